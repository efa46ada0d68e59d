# sources of the layer expr, by name
