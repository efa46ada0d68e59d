/* value/compare.c: equality, order and sameness of values, see value.h.
 *
 * Numbers compare across kinds. CEL's conformance data wants int and double compared after rounding
 * the int to a double; int, uint and fraction compare exactly. */
#include "text/unicode.h"
#include "value/time.h"
#include "value/type.h"

#include <math.h>

static bool is_number(bl_value v)
{
    return v.kind == BL_INT || v.kind == BL_UINT || v.kind == BL_DOUBLE || v.kind == BL_FRACTION;
}

static int order_of(bl_i128 a, bl_i128 b)
{
    return (a > b) - (a < b);
}

static int compare_doubles(double a, double b)
{
    return isnan(a) || isnan(b) ? 2 : (a > b) - (a < b);
}

static double as_double(bl_value v)
{
    return v.kind == BL_INT ? (double)v.as.i : v.kind == BL_UINT ? (double)v.as.u : v.as.d;
}

static bl_i128 as_wide(bl_value v)
{
    return v.kind == BL_UINT ? (bl_i128)v.as.u : (bl_i128)v.as.i;
}

/* a/b against a whole number of up to 64 bits: the product fits 128. */
static int compare_fraction(bylaw_fraction f, bl_i128 whole)
{
    return order_of(f.num, whole * f.den);
}

static int compare_numbers(bl_value a, bl_value b)
{
    const bool fraction = a.kind == BL_FRACTION || b.kind == BL_FRACTION;

    if (a.kind == BL_DOUBLE || b.kind == BL_DOUBLE)
        return fraction ? 2 : compare_doubles(as_double(a), as_double(b));
    if (a.kind == BL_FRACTION && b.kind == BL_FRACTION)
        return bl_fraction_compare(*a.as.fraction, *b.as.fraction);
    if (a.kind == BL_FRACTION)
        return compare_fraction(*a.as.fraction, as_wide(b));
    if (b.kind == BL_FRACTION)
        return -compare_fraction(*b.as.fraction, as_wide(a));
    return order_of(as_wide(a), as_wide(b));
}

static bl_time time_of(bl_value v)
{
    return (bl_time){v.as.i, v.extra};
}

int bl_value_compare(bl_value a, bl_value b)
{
    if (is_number(a) && is_number(b))
        return compare_numbers(a, b);
    if (a.kind != b.kind)
        return 2;
    switch (a.kind) {
    case BL_BOOL:
        return (int)a.as.b - (int)b.as.b;
    case BL_STRING:
    case BL_BYTES:
        return bl_str_compare(*a.as.s, *b.as.s);
    case BL_TIMESTAMP:
    case BL_DURATION:
        return bl_time_compare(time_of(a), time_of(b));
    case BL_DATE:
        return order_of(a.as.i, b.as.i);
    default:
        return 2;
    }
}

/* --- equality --------------------------------------------------------------------------------- */

/* All parts so far: false decides, unknown is kept. */
static bool add_part(bl_arena *arena, bl_value *all, bl_value part)
{
    if (bl_is_false(part) || part.kind == BL_ERROR) {
        *all = part;
        return false;
    }
    if (part.kind == BL_UNKNOWN)
        *all = bl_unknown_merge(arena, *all, part);
    return all->kind != BL_ERROR;
}

static bl_value equal_arrays(bl_arena *arena, const bl_value *a, const bl_value *b, size_t count)
{
    bl_value all = bl_bool(true);

    for (size_t i = 0; i < count; i++) {
        if (!add_part(arena, &all, bl_value_equal(arena, a[i], b[i])))
            break;
    }
    return all;
}

static bl_value equal_maps(bl_arena *arena, const bl_mapping *a, const bl_mapping *b)
{
    bl_value all = bl_bool(a->count == b->count);

    for (size_t i = 0; i < a->count && bl_is_known(all) && all.as.b; i++) {
        if (bl_map_find(b, a->pairs[i].key) == NULL)
            all = bl_bool(false);
    }
    if (bl_is_false(all))
        return all;
    for (size_t i = 0; i < a->count; i++) {
        const bl_value *other = bl_map_find(b, a->pairs[i].key);

        if (!add_part(arena, &all, bl_value_equal(arena, a->pairs[i].value, *other)))
            break;
    }
    return all;
}

static bl_value equal_names(bl_arena *arena, const bl_name *a, const bl_name *b)
{
    bool alike = false;

    if (bl_str_equal(a->key, b->key))
        return bl_bool(true);
    if (bl_name_looks_like(arena, &alike, a->key, b->key) != BYLAW_OK)
        return bl_oom_value();
    return alike ? bl_look_alike_value(arena, a->text, b->text) : bl_bool(false);
}

static bl_value equal_optionals(bl_arena *arena, const bl_value *a, const bl_value *b)
{
    if (a == NULL || b == NULL)
        return bl_bool(a == b);
    return bl_value_equal(arena, *a, *b);
}

static size_t decisive_fields(const bl_type *type)
{
    return type->kind == BL_T_ABSTRACT ? 1 : type->field_count;
}

static bl_value equal_records(bl_arena *arena, const bl_record *a, const bl_record *b)
{
    if (!bl_type_same(a->type, b->type))
        return bl_bool(false);
    return equal_arrays(arena, a->fields, b->fields, decisive_fields(a->type));
}

/* A text beside a name is a name; beside a value of an enumeration it is that value's id. */
static bl_value equal_mixed(bl_arena *arena, bl_value a, bl_value b)
{
    if (a.kind == BL_STRING) {
        const bl_value swap = a;

        a = b;
        b = swap;
    }
    if (b.kind != BL_STRING)
        return bl_bool(false);
    if (a.kind == BL_ENUM)
        return bl_bool(bl_str_equal(a.as.enumerated->id, *b.as.s));
    if (a.kind == BL_NAME) {
        const bl_value name = bl_name_value(arena, *b.as.s);

        return name.kind == BL_NAME ? equal_names(arena, a.as.name, name.as.name) : name;
    }
    return bl_bool(false);
}

static bl_value equal_alike(bl_arena *arena, bl_value a, bl_value b)
{
    switch (a.kind) {
    case BL_NULL:
        return bl_bool(true);
    case BL_STRING:
        return bl_bool(bl_str_equal(*a.as.s, *b.as.s));
    case BL_LIST:
        if (a.as.list->count != b.as.list->count)
            return bl_bool(false);
        return equal_arrays(arena, a.as.list->items, b.as.list->items, a.as.list->count);
    case BL_MAP:
        return equal_maps(arena, a.as.map, b.as.map);
    case BL_TYPE:
        return bl_bool(bl_type_same_at_run_time(a.as.type, b.as.type));
    case BL_OPTIONAL:
        return equal_optionals(arena, a.as.inner, b.as.inner);
    case BL_NAME:
        return equal_names(arena, a.as.name, b.as.name);
    case BL_ENUM:
        return bl_bool(a.as.enumerated == b.as.enumerated);
    case BL_RECORD:
        return equal_records(arena, a.as.record, b.as.record);
    default:
        return bl_bool(bl_value_compare(a, b) == 0);
    }
}

bl_value bl_value_equal(bl_arena *arena, bl_value a, bl_value b)
{
    if (!bl_is_known(a) || !bl_is_known(b))
        return bl_unknown_merge(arena, a, b);
    if (is_number(a) && is_number(b))
        return bl_bool(bl_value_compare(a, b) == 0);
    if (a.kind != b.kind)
        return equal_mixed(arena, a, b);
    return equal_alike(arena, a, b);
}

/* --- lists of names --------------------------------------------------------------------------- */

static bl_value as_name(bl_arena *arena, bl_value v)
{
    return v.kind == BL_STRING ? bl_name_value(arena, *v.as.s) : v;
}

/* No name of the list is this one. Is exactly one of them so near that it may be meant? */
static bl_value near_miss(bl_arena *arena, const bl_name *name, const bl_list *list,
                          const bl_near_names *but)
{
    const bl_name *nearest = NULL;
    size_t near = 0, at = 0;

    for (size_t i = 0; i < list->count; i++) {
        const bl_value other = as_name(arena, list->items[i]);

        if (other.kind == BL_ERROR)
            return other;
        if (other.kind != BL_NAME || !bl_name_one_off(name->key, other.as.name->key) ||
            (near == 1 && bl_str_equal(nearest->key, other.as.name->key)))
            continue;
        nearest = other.as.name;
        at = i;
        near++;
    }
    if (near != 1 || (but->taken != NULL && but->taken[at]) ||
        (but->apart != NULL && but->apart(but->context, name, nearest)))
        return bl_bool(false);
    return bl_look_alike_value(arena, name->text, nearest->text);
}

bl_value bl_value_in_list_but(bl_arena *arena, bl_value element, const bl_list *list,
                              const bl_near_names *but)
{
    bl_value none = bl_bool(false);

    if (!bl_is_known(element))
        return element;
    for (size_t i = 0; i < list->count; i++) {
        const bl_value equal = bl_value_equal(arena, element, list->items[i]);

        if (bl_is_true(equal) || equal.kind == BL_ERROR)
            return equal;
        if (equal.kind == BL_UNKNOWN)
            none = bl_unknown_merge(arena, none, equal);
    }
    return element.kind == BL_NAME
               ? bl_unknown_merge(arena, none, near_miss(arena, element.as.name, list, but))
               : none;
}

bl_value bl_value_in_list(bl_arena *arena, bl_value element, const bl_list *list)
{
    return bl_value_in_list_but(arena, element, list, &(const bl_near_names){NULL, NULL, NULL});
}

/* --- sameness --------------------------------------------------------------------------------- */

static bool same_arrays(const bl_value *a, const bl_value *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!bl_value_same(a[i], b[i]))
            return false;
    }
    return true;
}

static bool same_maps(const bl_mapping *a, const bl_mapping *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const bl_value *other = bl_map_find(b, a->pairs[i].key);

        if (other == NULL || !bl_value_same(a->pairs[i].value, *other))
            return false;
    }
    return true;
}

static bool same_unknowns(const bl_unknown *a, const bl_unknown *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (a->attrs[i]->slot != b->attrs[i]->slot ||
            !bl_str_equal(a->attrs[i]->path, b->attrs[i]->path))
            return false;
    }
    return true;
}

bool bl_value_same(bl_value a, bl_value b)
{
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case BL_NULL:
        return true;
    case BL_DOUBLE:
        return a.as.d == b.as.d || (isnan(a.as.d) && isnan(b.as.d));
    case BL_LIST:
        return a.as.list->count == b.as.list->count &&
               same_arrays(a.as.list->items, b.as.list->items, a.as.list->count);
    case BL_MAP:
        return same_maps(a.as.map, b.as.map);
    case BL_TYPE:
        return bl_type_same_at_run_time(a.as.type, b.as.type);
    case BL_OPTIONAL:
        if (a.as.inner == NULL || b.as.inner == NULL)
            return a.as.inner == b.as.inner;
        return bl_value_same(*a.as.inner, *b.as.inner);
    case BL_NAME:
        return bl_str_equal(a.as.name->key, b.as.name->key);
    case BL_ENUM:
        return a.as.enumerated == b.as.enumerated;
    case BL_RECORD:
        return bl_type_same(a.as.record->type, b.as.record->type) &&
               same_arrays(a.as.record->fields, b.as.record->fields,
                           decisive_fields(a.as.record->type));
    case BL_ERROR:
        return a.as.fault->msg == b.as.fault->msg &&
               bl_str_equal(a.as.fault->message.in[0], b.as.fault->message.in[0]);
    case BL_UNKNOWN:
        return same_unknowns(a.as.unknown, b.as.unknown);
    default:
        return bl_value_compare(a, b) == 0;
    }
}
