# sources of the layer value, by name
bylaw_sources(value/compare.c value/date.c value/number.c value/time.c value/type.c value/value.c
              value/write.c)
