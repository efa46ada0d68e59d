# sources of the layer check, by name
