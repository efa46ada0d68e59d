# sources of the layer base, by name
bylaw_sources(base/alloc.c base/diag.c base/fraction.c base/hash.c base/late.c base/limits.c base/map.c base/str.c base/vec.c base/version.c)
