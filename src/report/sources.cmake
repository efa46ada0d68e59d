# sources of the layer report, by name
