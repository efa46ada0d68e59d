/* value/mapping.c: see mapping.h. A few pairs are searched one by one; from INDEX_FROM on an open
 * addressing index of twice to four times the number of pairs stands beside them. */
#include "value/mapping.h"

#include "base/str.h"

#include <string.h>

#define INDEX_FROM 9

static uint64_t mix(uint64_t x)
{
    x ^= x >> 33;
    x *= UINT64_C(0xff51afd7ed558ccd);
    x ^= x >> 33;
    x *= UINT64_C(0xc4ceb9fe1a85ec53);
    return x ^ (x >> 33);
}

/* A double that is a whole number of 64 bits hashes as that number. */
static uint64_t hash_double(double d)
{
    uint64_t bits;

    if (d >= 0 && d < 18446744073709551616.0 && d == (double)(uint64_t)d)
        return mix((uint64_t)d);
    if (d < 0 && d >= -9223372036854775808.0 && d == (double)(int64_t)d)
        return mix((uint64_t)(int64_t)d);
    memcpy(&bits, &d, sizeof bits);
    return mix(bits);
}

bool bl_value_hash(uint64_t *out, bl_value v)
{
    switch (v.kind) {
    case BL_NULL:
        *out = mix(0xA5);
        return true;
    case BL_BOOL:
        *out = mix(v.as.b ? 0xB1 : 0xB0);
        return true;
    case BL_INT:
    case BL_UINT:
        *out = mix(v.as.u);
        return true;
    case BL_DOUBLE:
        *out = hash_double(v.as.d);
        return v.as.d == v.as.d;
    case BL_STRING:
        *out = bl_str_hash(*v.as.s);
        return true;
    case BL_DATE:
        *out = mix(v.as.u ^ UINT64_C(0xDA7E000000000000));
        return true;
    case BL_ENUM:
        *out = mix((uint64_t)(uintptr_t)v.as.enumerated);
        return true;
    default:
        return false;
    }
}

bool bl_mapping_takes_key(uint8_t kind)
{
    return kind == BL_BOOL || kind == BL_INT || kind == BL_UINT || kind == BL_STRING;
}

static bool number_equals(bl_value key, double d)
{
    if (key.kind == BL_UINT)
        return d >= 0 && d < 18446744073709551616.0 && d == (double)(uint64_t)d &&
               (uint64_t)d == key.as.u;
    return d >= -9223372036854775808.0 && d < 9223372036854775808.0 && d == (double)(int64_t)d &&
           (int64_t)d == key.as.i;
}

static bool is_number(uint8_t kind)
{
    return kind == BL_INT || kind == BL_UINT || kind == BL_DOUBLE;
}

/* Does the pair's key, a bool, int, uint or string, equal the one that is looked for? */
static bool key_equals(bl_value key, bl_value wanted)
{
    if (is_number(key.kind) && is_number(wanted.kind)) {
        if (wanted.kind == BL_DOUBLE)
            return number_equals(key, wanted.as.d);
        return key.as.u == wanted.as.u && (key.kind == wanted.kind || key.as.i >= 0);
    }
    if (key.kind != wanted.kind)
        return false;
    return key.kind == BL_STRING ? bl_str_equal(*key.as.s, *wanted.as.s) : key.as.b == wanted.as.b;
}

/* The place of the key in the index: of its pair, or the free one where it belongs. */
static size_t index_place(const uint32_t *index, size_t size, const bl_map_pair *pairs,
                          bl_value key, uint64_t hash)
{
    size_t at = (size_t)hash & (size - 1);

    while (index[at] != 0 && !key_equals(pairs[index[at] - 1].key, key))
        at = (at + 1) & (size - 1);
    return at;
}

static const bl_map_pair *find(const bl_map_pair *pairs, size_t count, const uint32_t *index,
                               size_t index_size, bl_value key)
{
    uint64_t hash;

    if (!bl_mapping_takes_key(key.kind) && key.kind != BL_DOUBLE)
        return NULL;
    if (index != NULL) {
        if (!bl_value_hash(&hash, key))
            return NULL;
        const uint32_t hit = index[index_place(index, index_size, pairs, key, hash)];

        return hit == 0 ? NULL : &pairs[hit - 1];
    }
    for (size_t i = 0; i < count; i++) {
        if (key_equals(pairs[i].key, key))
            return &pairs[i];
    }
    return NULL;
}

const bl_value *bl_mapping_get(const bl_mapping *map, bl_value key)
{
    const bl_map_pair *pair = find(map->pairs, map->count, map->index, map->index_size, key);

    return pair == NULL ? NULL : &pair->value;
}

bl_mapping_builder bl_mapping_begin(bl_arena *arena)
{
    return (bl_mapping_builder){.arena = arena};
}

static void index_pair(bl_mapping_builder *builder, size_t i)
{
    const bl_value key = builder->pairs[i].key;
    uint64_t hash = 0;

    (void)bl_value_hash(&hash, key); /* every possible key has one */
    const size_t at = index_place(builder->index, builder->index_size, builder->pairs, key, hash);

    builder->index[at] = (uint32_t)(i + 1);
}

static bool grow(bl_mapping_builder *builder)
{
    const size_t room = builder->room == 0 ? 4 : builder->room * 2;

    if (room >= UINT32_MAX / 4)
        return false;
    bl_map_pair *pairs = bl_arena_grow(builder->arena, builder->pairs,
                                       builder->room * sizeof *pairs, room * sizeof *pairs);

    if (pairs == NULL)
        return false;
    builder->pairs = pairs;
    builder->room = room;
    if (room < INDEX_FROM)
        return true;
    builder->index = BL_NEW_N(builder->arena, uint32_t, room * 2);
    builder->index_size = room * 2;
    if (builder->index == NULL)
        return false;
    for (size_t i = 0; i < builder->count; i++)
        index_pair(builder, i);
    return true;
}

bylaw_status bl_mapping_add(bl_mapping_builder *builder, bl_value key, bl_value value)
{
    if (!bl_mapping_takes_key(key.kind))
        return BYLAW_EDOMAIN;
    if (find(builder->pairs, builder->count, builder->index, builder->index_size, key) != NULL)
        return BYLAW_EINPUT;
    if (builder->count == builder->room && !grow(builder))
        return BYLAW_ENOMEM;
    builder->pairs[builder->count++] = (bl_map_pair){key, value};
    if (builder->index != NULL)
        index_pair(builder, builder->count - 1);
    return BYLAW_OK;
}

bl_value bl_mapping_end(bl_mapping_builder *builder)
{
    bl_mapping *map = BL_NEW(builder->arena, bl_mapping);

    if (map == NULL)
        return bl_oom_value();
    *map = (bl_mapping){builder->count, builder->pairs, builder->index, builder->index_size};
    return (bl_value){.kind = BL_MAP, .as.map = map};
}
