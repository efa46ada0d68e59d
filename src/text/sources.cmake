# sources of the layer text, by name
