# sources of the layer doc, by name
bylaw_sources(doc/build.c doc/document.c doc/json_reader.c doc/messages.c doc/shape.c doc/yaml_hint.c doc/yaml_line.c
              doc/yaml_reader.c doc/yaml_slip.c)
bylaw_sources(doc/packed.c)
