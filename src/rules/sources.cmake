# sources of the layer rules, by name
