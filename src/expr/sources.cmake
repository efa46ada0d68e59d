# sources of the layer expr, by name
bylaw_sources(expr/lexer.c)
bylaw_sources(expr/parser.c)
bylaw_sources(expr/report.c)
bylaw_sources(expr/unparse.c)
