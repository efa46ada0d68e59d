# sources of the layer text, by name
bylaw_sources(text/unicode.c text/utf8.c)
