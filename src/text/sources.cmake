# sources of the layer text, by name
bylaw_sources(text/numeral.c text/regex.c text/regex_parse.c text/unicode.c text/utf8.c)
