# sources of the layer value, by name
