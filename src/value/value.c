/* value/value.c: see value.h: makers, unknowns, maps. Equality and order stand in compare.c, the
 * text of a value in write.c. */
#include "value/value.h"

#include "text/unicode.h"
#include "value/messages.h"

#include <math.h>
#include <string.h>

#define BL_MSG(name, code_, zh, en) const bl_msg bl_msg_##name = {code_, {zh, en}};
#include "value/messages.def"
#undef BL_MSG

bl_value bl_oom_value(void)
{
    static const bl_fault fault = {
        .msg = &bl_msg_no_memory,
        .message = {{{"内存不足", sizeof "内存不足" - 1},
                     {"out of memory", sizeof "out of memory" - 1}}},
    };

    return (bl_value){.kind = BL_ERROR, .as.fault = &fault};
}

static bl_value text_value(bl_arena *arena, bl_kind kind, bylaw_str text)
{
    bylaw_str *s = bl_arena_alloc(arena, sizeof *s);

    if (s == NULL)
        return bl_oom_value();
    *s = text;
    return (bl_value){.kind = (uint8_t)kind, .as.s = s};
}

bl_value bl_string_value(bl_arena *arena, bylaw_str text)
{
    return text_value(arena, BL_STRING, text);
}

bl_value bl_bytes_value(bl_arena *arena, bylaw_str bytes)
{
    return text_value(arena, BL_BYTES, bytes);
}

bl_value bl_list_value(bl_arena *arena, const bl_value *items, size_t count)
{
    bl_list *list = bl_arena_alloc(arena, sizeof *list);

    if (list == NULL)
        return bl_oom_value();
    *list = (bl_list){.count = count, .items = items};
    return (bl_value){.kind = BL_LIST, .as.list = list};
}

bl_value bl_type_value(const bl_type *type)
{
    return (bl_value){.kind = BL_TYPE, .as.type = type};
}

bl_value bl_fraction_value(bl_arena *arena, bylaw_fraction f)
{
    bylaw_fraction *copy = BL_NEW(arena, bylaw_fraction);

    if (copy == NULL)
        return bl_oom_value();
    *copy = f;
    return (bl_value){.kind = BL_FRACTION, .as.fraction = copy};
}

bl_value bl_name_value(bl_arena *arena, bylaw_str text)
{
    bl_name *name = BL_NEW(arena, bl_name);

    if (name == NULL || bl_name_key(arena, &name->key, text) != BYLAW_OK)
        return bl_oom_value();
    name->text = text;
    return (bl_value){.kind = BL_NAME, .as.name = name};
}

bl_value bl_optional_value(bl_arena *arena, const bl_value *inner)
{
    bl_value *copy = NULL;

    if (inner != NULL) {
        copy = BL_NEW(arena, bl_value);
        if (copy == NULL)
            return bl_oom_value();
        *copy = *inner;
    }
    return (bl_value){.kind = BL_OPTIONAL, .as.inner = copy};
}

bl_value bl_error_value(bl_arena *arena, const bl_msg *msg, const bl_arg *args, size_t n)
{
    bl_fault *fault = BL_NEW(arena, bl_fault);

    if (fault == NULL)
        return bl_oom_value();
    fault->msg = msg;
    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        bl_str text = bl_str_init(arena);

        bl_msg_format(&text, msg->in[lang], (bylaw_lang)lang, args, n);
        if (bl_str_take(&fault->message.in[lang], &text) != BYLAW_OK)
            return bl_oom_value();
    }
    return (bl_value){.kind = BL_ERROR, .as.fault = fault};
}

/* --- unknowns --------------------------------------------------------------------------------- */

static bl_value unknown_of(bl_arena *arena, const bl_attr *const *attrs, size_t count)
{
    bl_unknown *unknown = BL_NEW(arena, bl_unknown);

    if (unknown == NULL)
        return bl_oom_value();
    *unknown = (bl_unknown){count, attrs};
    return (bl_value){.kind = BL_UNKNOWN, .as.unknown = unknown};
}

bl_value bl_unknown_value(bl_arena *arena, const bl_attr *attr)
{
    const bl_attr **attrs = BL_NEW_N(arena, const bl_attr *, 1);

    if (attrs == NULL)
        return bl_oom_value();
    attrs[0] = attr;
    return unknown_of(arena, attrs, 1);
}

static bl_value doubt(bl_arena *arena, uint32_t slot, bylaw_str a, bylaw_str b)
{
    bl_attr *attr = BL_NEW(arena, bl_attr);
    bl_str path = bl_str_init(arena);

    bl_str_add(&path, a);
    bl_str_addc(&path, '\t');
    bl_str_add(&path, b);
    if (attr == NULL || bl_str_take(&attr->path, &path) != BYLAW_OK)
        return bl_oom_value();
    attr->slot = slot;
    return bl_unknown_value(arena, attr);
}

static bool doubt_parts(const bl_attr *attr, uint32_t slot, bylaw_str *a, bylaw_str *b)
{
    const size_t tab = bl_str_find(attr->path, BYLAW_STR("\t"), 0);

    if (attr->slot != slot || tab == SIZE_MAX)
        return false;
    *a = bl_str_slice(attr->path, 0, tab);
    *b = bl_str_slice(attr->path, tab + 1, attr->path.len);
    return true;
}

bl_value bl_look_alike_value(bl_arena *arena, bylaw_str a, bylaw_str b)
{
    /* One doubt, whichever is asked about first. */
    return bl_str_compare(a, b) <= 0 ? doubt(arena, BL_SLOT_LOOK_ALIKE, a, b)
                                     : doubt(arena, BL_SLOT_LOOK_ALIKE, b, a);
}

bool bl_attr_look_alike(const bl_attr *attr, bylaw_str *a, bylaw_str *b)
{
    return doubt_parts(attr, BL_SLOT_LOOK_ALIKE, a, b);
}

bool bl_attr_too_broad(const bl_attr *attr, bylaw_str *value, bylaw_str *asked)
{
    return doubt_parts(attr, BL_SLOT_TOO_BROAD, value, asked);
}

/* Without a checker the value asked for may come as its id. */
static const bl_enum_value *asked_value(const bl_enum *e, bl_value asked)
{
    if (asked.kind == BL_ENUM)
        return asked.as.enumerated;
    for (size_t i = 0; asked.kind == BL_STRING && i < e->count; i++) {
        if (bl_str_equal(e->values[i]->id, *asked.as.s))
            return e->values[i];
    }
    return NULL;
}

bl_value bl_value_is(bl_arena *arena, bl_value v, bl_value asked)
{
    if (!bl_is_known(v) || !bl_is_known(asked))
        return bl_unknown_merge(arena, v, asked);
    if (v.kind != BL_ENUM)
        return bl_bool(false);
    const bl_enum_value *value = v.as.enumerated;
    const bl_enum_value *wanted = asked_value(value->of, asked);

    if (wanted == NULL)
        return bl_bool(false);
    if (bl_enum_is(value, wanted))
        return bl_bool(true);
    return !value->of->exact && bl_enum_is(wanted, value)
               ? doubt(arena, BL_SLOT_TOO_BROAD, value->id, wanted->id)
               : bl_bool(false);
}

static int compare_attrs(const bl_attr *a, const bl_attr *b)
{
    if (a == b)
        return 0;
    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    return bl_str_compare(a->path, b->path);
}

bl_value bl_unknown_merge(bl_arena *arena, bl_value a, bl_value b)
{
    if (a.kind == BL_ERROR || b.kind == BL_ERROR)
        return a.kind == BL_ERROR ? a : b;
    if (a.kind != BL_UNKNOWN || b.kind != BL_UNKNOWN)
        return a.kind == BL_UNKNOWN ? a : b;
    const bl_unknown *x = a.as.unknown, *y = b.as.unknown;
    const bl_attr **attrs;
    size_t i = 0, k = 0, n = 0;

    if (x == y)
        return a;
    attrs = BL_NEW_N(arena, const bl_attr *, x->count + y->count);
    if (attrs == NULL)
        return bl_oom_value();
    while (i < x->count || k < y->count) {
        const int order = i == x->count   ? 1
                          : k == y->count ? -1
                                          : compare_attrs(x->attrs[i], y->attrs[k]);

        attrs[n++] = order <= 0 ? x->attrs[i] : y->attrs[k];
        i += order <= 0;
        k += order >= 0;
    }
    if (n == x->count)
        return a;
    return unknown_of(arena, attrs, n);
}

/* --- maps ------------------------------------------------------------------------------------- */

#define LINEAR_UP_TO 8 /* pairs; below it a walk is as fast as a hash */

/* The key as it is compared: a double or uint that is a whole number within int64 becomes an int.
 * false: it can be no key. */
static bool plain_key(bl_value *key)
{
    switch (key->kind) {
    case BL_BOOL:
    case BL_INT:
    case BL_STRING:
        return true;
    case BL_UINT:
        if (key->as.u <= INT64_MAX)
            *key = bl_int((int64_t)key->as.u);
        return true;
    case BL_DOUBLE: {
        const double d = key->as.d;

        /* cppcheck-suppress incorrectLogicOperator ; it misreads hexadecimal fractions */
        if (d >= -0x1p63 && d < 0x1p63 && d == trunc(d))
            *key = bl_int((int64_t)d);
        else if (d >= 0x1p63 && d < 0x1p64)
            *key = bl_uint((uint64_t)d);
        else
            return false;
        return true;
    }
    default:
        return false;
    }
}

static bool same_key(bl_value a, bl_value b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == BL_STRING)
        return bl_str_equal(*a.as.s, *b.as.s);
    return a.kind == BL_BOOL ? a.as.b == b.as.b : a.as.u == b.as.u;
}

static uint64_t hash_key(bl_value key)
{
    if (key.kind == BL_STRING)
        return bl_str_hash(*key.as.s);
    uint64_t h = key.kind == BL_BOOL ? (uint64_t)key.as.b : key.as.u + 2;

    h ^= h >> 31;
    h *= UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

static bool build_index(bl_arena *arena, bl_mapping *map)
{
    size_t size = 16;

    while (size < map->count * 2)
        size *= 2;
    map->index = BL_NEW_N(arena, uint32_t, size);
    if (map->index == NULL)
        return false;
    map->index_size = size;
    for (size_t i = 0; i < map->count; i++) {
        bl_value key = map->pairs[i].key;

        plain_key(&key);
        size_t at = hash_key(key) & (size - 1);

        while (map->index[at] != 0)
            at = (at + 1) & (size - 1);
        map->index[at] = (uint32_t)i + 1;
    }
    return true;
}

bl_value bl_map_value(bl_arena *arena, const bl_map_pair *pairs, size_t count)
{
    bl_mapping *map = BL_NEW(arena, bl_mapping);

    if (map == NULL)
        return bl_oom_value();
    *map = (bl_mapping){.count = count, .pairs = pairs};
    if (count > LINEAR_UP_TO && !build_index(arena, map))
        return bl_oom_value();
    return (bl_value){.kind = BL_MAP, .as.map = map};
}

static const bl_value *value_at(const bl_mapping *map, size_t i, bl_value wanted)
{
    bl_value key = map->pairs[i].key;

    return plain_key(&key) && same_key(key, wanted) ? &map->pairs[i].value : NULL;
}

const bl_value *bl_map_find(const bl_mapping *map, bl_value key)
{
    const bl_value *found = NULL;

    if (!plain_key(&key))
        return NULL;
    if (map->index == NULL) {
        for (size_t i = 0; i < map->count && found == NULL; i++)
            found = value_at(map, i, key);
        return found;
    }
    const size_t mask = map->index_size - 1;

    for (size_t at = hash_key(key) & mask; map->index[at] != 0 && found == NULL;
         at = (at + 1) & mask)
        found = value_at(map, map->index[at] - 1, key);
    return found;
}

bylaw_str bl_string_of(bl_value v)
{
    switch (v.kind) {
    case BL_STRING:
    case BL_BYTES:
        return *v.as.s;
    case BL_NAME:
        return v.as.name->text;
    case BL_ENUM:
        return v.as.enumerated->id;
    default:
        return (bylaw_str){NULL, 0};
    }
}
