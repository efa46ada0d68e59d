/* base/map.h: text to pointer, open addressing in an arena, iterated in order of insertion. */
#ifndef BL_BASE_MAP_H
#define BL_BASE_MAP_H

#include "base/str.h"

typedef struct bl_map_entry {
    bylaw_str key;
    void *value;
    uint64_t hash;
} bl_map_entry;

typedef struct bl_map {
    bl_arena *arena;
    bl_map_entry *entries; /* in order of insertion */
    size_t count, room;
    uint32_t *slots; /* index + 1 into entries; 0 is free */
    size_t slot_count;
} bl_map;

bl_map bl_map_init(bl_arena *arena);
void *bl_map_get(const bl_map *map, bylaw_str key); /* NULL where absent */
/* Adds or replaces. The key is borrowed: it must live as long as the map. false on failure. */
bool bl_map_put(bl_map *map, bylaw_str key, void *value);

/* The nearest key (bl_str_near), or an empty text. */
bylaw_str bl_map_nearest(const bl_map *map, bylaw_str key);

#endif
