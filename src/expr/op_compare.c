/* expr/op_compare.c: equality, order, membership and indexing. */
#include "expr/operators.h"

#include "expr/builtin_util.h"
#include "expr/list_index.h"

bl_value bl_op_not(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_bool(!args[0].as.b);
}

uint64_t bl_value_units(bl_value v, uint64_t most)
{
    uint64_t units = 1;

    switch (v.kind) {
    case BL_STRING:
    case BL_BYTES:
        return v.as.s->len / BL_BYTES_PER_UNIT;
    case BL_NAME:
        return v.as.name->key.len / BL_BYTES_PER_UNIT;
    case BL_LIST:
        for (size_t i = 0; i < v.as.list->count && units <= most; i++)
            units += 1 + bl_value_units(v.as.list->items[i], most - units);
        return units;
    case BL_MAP:
        for (size_t i = 0; i < v.as.map->count && units <= most; i++)
            units += 2 + bl_value_units(v.as.map->pairs[i].key, most - units) +
                     bl_value_units(v.as.map->pairs[i].value, most - units);
        return units;
    case BL_RECORD:
        return 1 + v.as.record->type->field_count;
    case BL_OPTIONAL:
        return v.as.inner == NULL ? 0 : bl_value_units(*v.as.inner, most);
    default:
        return 0;
    }
}

static bool is_scalar(bl_value v)
{
    return v.kind != BL_LIST && v.kind != BL_MAP && v.kind != BL_STRING && v.kind != BL_BYTES &&
           v.kind != BL_NAME && v.kind != BL_RECORD && v.kind != BL_OPTIONAL;
}

/* Comparing reads no further than the smaller of the two. */
static bool charge_pair(bl_call *call, bl_value a, bl_value b)
{
    if (is_scalar(a) || is_scalar(b))
        return true;
    const uint64_t limit = call->eval->cost_limit;
    const uint64_t units = bl_value_units(a, limit != 0 ? limit : bl_limits_default.cost);
    const uint64_t others = bl_value_units(b, units);

    return bl_charge(call, others < units ? others : units);
}

bl_value bl_op_eq(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!charge_pair(call, args[0], args[1]))
        return bl_cost_error(call);
    return bl_value_equal(call->eval->arena, args[0], args[1]);
}

bl_value bl_op_ne(bl_call *call, const bl_value *args, size_t n)
{
    const bl_value same = bl_op_eq(call, args, n);

    return same.kind == BL_BOOL ? bl_bool(!same.as.b) : same;
}

/* Only pairs of kinds that have an order get here; 2 then means NaN, to which all is false. */
#define ORDERED(name, test)                                                                        \
    bl_value bl_op_##name(bl_call *call, const bl_value *args, size_t n)                           \
    {                                                                                              \
        (void)n;                                                                                   \
        if (!charge_pair(call, args[0], args[1]))                                                  \
            return bl_cost_error(call);                                                            \
        const int order = bl_value_compare(args[0], args[1]);                                      \
                                                                                                   \
        return bl_bool(order != 2 && (test));                                                      \
    }

ORDERED(lt, order < 0)
ORDERED(le, order <= 0)
ORDERED(gt, order > 0)
ORDERED(ge, order >= 0)

/* A set: open addressing over the elements of a list, all of one kind, whose equality is exact. */
struct bl_set {
    uint8_t kind;
    const bl_value *items;
    size_t size;
    uint32_t slots[]; /* item + 1; 0 is free */
};

#define SET_FROM 8 /* with fewer, comparing one by one is as fast */

/* Doubles are left out: 1.0 and NaN need the rule of ==; names may look alike. */
static bool takes_set(uint8_t kind)
{
    return kind == BL_INT || kind == BL_UINT || kind == BL_STRING || kind == BL_DATE ||
           kind == BL_ENUM;
}

static uint64_t hash_of(bl_value v)
{
    if (v.kind == BL_STRING)
        return bl_str_hash(*v.as.s);
    uint64_t h = v.as.u; /* of an enumeration: the address of its value */

    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    return h ^ h >> 33;
}

static size_t set_place(const bl_set *set, bl_value v)
{
    size_t at = (size_t)hash_of(v) & (set->size - 1);

    while (set->slots[at] != 0 && !bl_value_same(set->items[set->slots[at] - 1], v))
        at = (at + 1) & (set->size - 1);
    return at;
}

/* Number of slots of a set over the list; 0 where a set would not help. */
static size_t set_size(const bl_list *list)
{
    size_t size = (size_t)2 * SET_FROM;

    if (list->count < SET_FROM || list->count > UINT32_MAX / 4 || !takes_set(list->items[0].kind))
        return 0;
    for (size_t i = 1; i < list->count; i++) {
        if (list->items[i].kind != list->items[0].kind)
            return 0;
    }
    while (size < 2 * list->count)
        size *= 2;
    return size;
}

bool bl_set_make(const bl_set **out, bl_arena *arena, const bl_list *list)
{
    const size_t size = set_size(list);

    *out = NULL;
    if (size == 0)
        return true;
    bl_set *set = bl_arena_calloc(arena, 1, sizeof *set + size * sizeof set->slots[0]);

    if (set == NULL)
        return false;
    set->kind = list->items[0].kind;
    set->items = list->items;
    set->size = size;
    for (size_t i = 0; i < list->count; i++)
        set->slots[set_place(set, list->items[i])] = (uint32_t)(i + 1);
    *out = set;
    return true;
}

bl_value bl_op_in_list(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[1].as.list;
    const bl_set *set = call->cached;
    uint64_t units;

    (void)n;
    if (set != NULL && set->kind == args[0].kind)
        return bl_bool(set->slots[set_place(set, args[0])] != 0);
    if (args[0].kind == BL_NAME && bl_list_has_name(call->eval, list, args[0].as.name))
        return bl_bool(true);
    if (__builtin_mul_overflow(list->count, 1 + bl_value_units(args[0], UINT32_MAX), &units) ||
        !bl_charge(call, units))
        return bl_cost_error(call);
    return bl_value_in_list_but(
        call->eval->arena, args[0], list,
        &(const bl_near_names){.apart = bl_names_apart, .context = call->eval});
}

bl_value bl_op_in_map(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!bl_charge(call, 1 + bl_value_units(args[0], 0)))
        return bl_cost_error(call);
    return bl_bool(bl_map_find(args[1].as.map, args[0]) != NULL);
}

/* A double that is a whole number serves as an index, as it does as a key. */
static bool as_index(int64_t *out, bl_value v)
{
    switch (v.kind) {
    case BL_INT:
        *out = v.as.i;
        return true;
    case BL_UINT:
        *out = v.as.u > INT64_MAX ? -1 : v.as.i;
        return true;
    case BL_DOUBLE:
        if (!(v.as.d >= -9223372036854775808.0 && v.as.d < 9223372036854775808.0))
            return false;
        *out = (int64_t)v.as.d;
        return (double)*out == v.as.d;
    default:
        return false;
    }
}

bl_value bl_op_index_list(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[0].as.list;
    int64_t i;

    (void)n;
    if (!as_index(&i, args[1]))
        return bl_fail(call, unreadable,
                       BL_TEXT("value", bl_value_shown(call->eval->arena, args[1])),
                       BL_TEXT("type", BYLAW_STR("int")));
    if (i < 0 || (uint64_t)i >= list->count)
        return bl_fail(call, no_index, BL_INT("index", i), BL_INT("count", (int64_t)list->count));
    return list->items[i];
}

bl_value bl_op_index_map(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!bl_charge(call, bl_value_units(args[1], 0)))
        return bl_cost_error(call);
    const bl_value *found = bl_map_find(args[0].as.map, args[1]);

    if (found == NULL)
        return bl_fail(call, no_key, BL_TEXT("key", bl_value_shown(call->eval->arena, args[1])));
    return *found;
}
