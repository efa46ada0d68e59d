/* value/mapping.h: finding in map values, and building them. */
#ifndef BL_VALUE_MAPPING_H
#define BL_VALUE_MAPPING_H

#include "value/value.h"

/* The value under a key, or NULL. Numbers are one key whatever their kind: 1, 1u and 1.0. */
const bl_value *bl_mapping_get(const bl_mapping *map, bl_value key);

/* May a value of that kind be a key: bool, int, uint, string? */
bool bl_mapping_takes_key(uint8_t kind);

/* A hash under which values that are equal (==) have the same one. false: the value has none, or is
 * not equal to itself (lists, maps, NaN, names that may look alike). */
bool bl_value_hash(uint64_t *out, bl_value v);

typedef struct bl_mapping_builder {
    bl_arena *arena;
    bl_map_pair *pairs;
    size_t count, room;
    uint32_t *index; /* pair + 1 by hash; NULL while there are few */
    size_t index_size;
} bl_mapping_builder;

bl_mapping_builder bl_mapping_begin(bl_arena *arena);
/* BYLAW_ENOMEM; BYLAW_EDOMAIN: a key of that kind is not possible; BYLAW_EINPUT: the key is there
 * already. */
bylaw_status bl_mapping_add(bl_mapping_builder *builder, bl_value key, bl_value value);
/* The map value; the builder is used up. */
bl_value bl_mapping_end(bl_mapping_builder *builder);

#endif
