# sources of the layer doc, by name
