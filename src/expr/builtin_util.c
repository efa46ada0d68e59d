/* expr/builtin_util.c: see builtin_util.h. */
#include "expr/builtin_util.h"

#include "value/date.h"
#include "value/number.h"
#include "value/time.h"

#include <stdlib.h>

bool bl_pay_text(bl_call *call, uint64_t bytes)
{
    return bl_charge(call, bytes / 10);
}

bool bl_pay_search(bl_call *call, uint64_t text, uint64_t part)
{
    return bl_pay_text(call, text) && bl_pay_pairs(call, text / 32, part / 32);
}

bool bl_pay_pairs(bl_call *call, uint64_t a, uint64_t b)
{
    uint64_t steps;

    return bl_charge(call, __builtin_mul_overflow(a, b, &steps) ? UINT64_MAX : steps);
}

bl_value bl_built_string(bl_call *call, bl_str *text)
{
    bylaw_str taken;

    if (!bl_pay_text(call, text->len))
        return bl_cost_error(call);
    if (bl_str_take(&taken, text) != BYLAW_OK)
        return bl_oom_value();
    return bl_string_value(call->eval->arena, taken);
}

bl_value bl_unknown_items(bl_call *call, const bl_list *list)
{
    bl_value all = BL_NULL_VALUE;

    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == BL_UNKNOWN)
            all = bl_unknown_merge(call->eval->arena, all, list->items[i]);
    }
    return all;
}

static bool has_name(const bl_list *list, const bl_name *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == BL_NAME && bl_str_equal(list->items[i].as.name->key, name->key))
            return true;
    }
    return false;
}

/* Asked only when a name is missing and another is near, so a walk over the facts will do. */
bool bl_names_apart(const void *eval, const bl_name *a, const bl_name *b)
{
    const bl_eval *e = eval;

    for (size_t i = 0; i < e->slot_count; i++) {
        if (e->slots[i].kind == BL_LIST && has_name(e->slots[i].as.list, a) &&
            has_name(e->slots[i].as.list, b))
            return true;
    }
    return false;
}

/* --- values in running text ------------------------------------------------------------------- */

static bool write_list(bl_str *out, const bl_list *list)
{
    bool ok = true;

    bl_str_addc(out, '[');
    for (size_t i = 0; i < list->count && ok; i++) {
        if (i > 0)
            bl_str_addz(out, ", ");
        ok = bl_write_plain(out, list->items[i]);
    }
    bl_str_addc(out, ']');
    return ok;
}

typedef struct entry {
    bylaw_str key;
    size_t at;
} entry;

static int by_key(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    const int order = bl_str_compare(x->key, y->key);

    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* In order of the keys' text. */
static bool write_map(bl_str *out, const bl_mapping *map)
{
    entry *entries = BL_NEW_N(out->arena, entry, map->count + 1);
    bool ok = true;

    if (entries == NULL) {
        out->failed = true;
        return true;
    }
    for (size_t i = 0; i < map->count && ok; i++) {
        bl_str key = bl_str_init(out->arena);

        ok = bl_write_plain(&key, map->pairs[i].key);
        out->failed |= key.failed;
        entries[i] = (entry){bl_str_view(&key), i};
    }
    qsort(entries, map->count, sizeof *entries, by_key);
    bl_str_addc(out, '{');
    for (size_t i = 0; i < map->count && ok; i++) {
        if (i > 0)
            bl_str_addz(out, ", ");
        bl_str_add(out, entries[i].key);
        bl_str_addz(out, ": ");
        ok = bl_write_plain(out, map->pairs[entries[i].at].value);
    }
    bl_str_addc(out, '}');
    return ok;
}

static bool write_record(bl_str *out, const bl_record *record)
{
    bool ok = record->type->kind != BL_T_ABSTRACT;

    bl_str_addc(out, '{');
    for (size_t i = 0; i < record->type->field_count && ok; i++) {
        if (i > 0)
            bl_str_addz(out, ", ");
        bl_str_add(out, record->type->fields[i].name);
        bl_str_addz(out, ": ");
        ok = bl_write_plain(out, record->fields[i]);
    }
    bl_str_addc(out, '}');
    return ok;
}

bool bl_write_plain(bl_str *out, bl_value v)
{
    switch (v.kind) {
    case BL_STRING:
    case BL_BYTES:
    case BL_NAME:
    case BL_ENUM:
        bl_str_add(out, bl_string_of(v));
        return true;
    case BL_UINT:
        bl_str_add_uint(out, v.as.u);
        return true;
    case BL_DOUBLE:
        bl_double_write_plain(out, v.as.d);
        return true;
    case BL_TIMESTAMP:
        bl_timestamp_write(out, (bl_time){v.as.i, v.extra});
        return true;
    case BL_DURATION:
        bl_duration_write(out, (bl_time){v.as.i, v.extra});
        return true;
    case BL_DATE:
        bl_date_write_iso(out, v.as.i);
        return true;
    case BL_FRACTION:
        bl_str_add_int(out, v.as.fraction->num);
        bl_str_addc(out, '/');
        bl_str_add_int(out, v.as.fraction->den);
        return true;
    case BL_LIST:
        return write_list(out, v.as.list);
    case BL_MAP:
        return write_map(out, v.as.map);
    case BL_RECORD:
        return write_record(out, v.as.record);
    case BL_UNKNOWN:
        bl_str_addc(out, '?');
        return true;
    case BL_NULL:
    case BL_BOOL:
    case BL_INT:
    case BL_TYPE:
        bl_value_write(out, v);
        return true;
    default:
        return false;
    }
}
