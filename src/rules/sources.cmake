# sources of the layer rules, by name
bylaw_sources(rules/bundled.c)
