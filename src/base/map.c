/* base/map.c: see map.h. */
#include "base/map.h"

#include <string.h>

bl_map bl_map_init(bl_arena *arena)
{
    return (bl_map){.arena = arena};
}

static bl_map_entry *find(const bl_map *map, bylaw_str key, uint64_t hash, size_t *slot)
{
    if (map->slot_count == 0)
        return NULL;
    size_t at = (size_t)hash & (map->slot_count - 1);

    while (map->slots[at] != 0) {
        bl_map_entry *entry = &map->entries[map->slots[at] - 1];

        if (entry->hash == hash && bl_str_equal(entry->key, key))
            return entry;
        at = (at + 1) & (map->slot_count - 1);
    }
    if (slot != NULL)
        *slot = at;
    return NULL;
}

void *bl_map_get(const bl_map *map, bylaw_str key)
{
    const bl_map_entry *entry = find(map, key, bl_str_hash(key), NULL);

    return entry != NULL ? entry->value : NULL;
}

/* The slots are doubled before they are three quarters full. */
static bool is_full(const bl_map *map)
{
    return map->slot_count == 0 || (map->count + 1) * 4 > map->slot_count * 3;
}

static bool widen(bl_map *map)
{
    const size_t wanted = map->slot_count == 0 ? 16 : map->slot_count * 2;
    uint32_t *slots = bl_arena_calloc(map->arena, wanted, sizeof *slots);

    if (slots == NULL)
        return false;
    for (size_t i = 0; i < map->count; i++) {
        size_t at = (size_t)map->entries[i].hash & (wanted - 1);

        while (slots[at] != 0)
            at = (at + 1) & (wanted - 1);
        slots[at] = (uint32_t)i + 1;
    }
    map->slots = slots;
    map->slot_count = wanted;
    return true;
}

bool bl_map_put(bl_map *map, bylaw_str key, void *value)
{
    const uint64_t hash = bl_str_hash(key);
    size_t slot = 0;
    bl_map_entry *entry = find(map, key, hash, &slot);

    if (entry != NULL) {
        entry->value = value;
        return true;
    }
    if (is_full(map)) {
        if (!widen(map))
            return false;
        find(map, key, hash, &slot);
    }
    if (map->count == map->room) {
        const size_t room = map->room == 0 ? 8 : map->room * 2;
        bl_map_entry *entries = bl_arena_grow(map->arena, map->entries, map->room * sizeof *entries,
                                              room * sizeof *entries);

        if (entries == NULL)
            return false;
        map->entries = entries;
        map->room = room;
    }
    map->entries[map->count++] = (bl_map_entry){key, value, hash};
    map->slots[slot] = (uint32_t)map->count;
    return true;
}

bylaw_str bl_map_nearest(const bl_map *map, bylaw_str key)
{
    size_t best = bl_str_near(key) + 1;
    bylaw_str found = {NULL, 0};

    for (size_t i = 0; i < map->count && best > 0; i++) {
        const size_t distance = bl_str_distance(map->entries[i].key, key, best - 1);

        if (distance < best) {
            best = distance;
            found = map->entries[i].key;
        }
    }
    return found;
}
