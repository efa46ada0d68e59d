# sources of the layer text, by name
bylaw_sources(text/excerpt.c text/numeral.c text/properties.c text/regex.c text/regex_parse.c text/unicode.c
              text/utf8.c text/wrap.c)
