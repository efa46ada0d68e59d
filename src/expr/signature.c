/* expr/signature.c: see signature.h. The tables are indexed by name when the first function is
 * looked for; signatures are read one function at a time. */
#include "expr/signature.h"

#include "base/vec.h"
#include "expr/env.h"

#include <assert.h>
#include <string.h>

/* ---- Types as text ---- */

/* What can be written without a declaration; any other name is an abstract type. */
static const struct type_name {
    const char *name;
    bl_type_kind kind;
    uint8_t params;
} type_names[] = {{"bool", BL_T_BOOL, 0},
                  {"int", BL_T_INT, 0},
                  {"uint", BL_T_UINT, 0},
                  {"double", BL_T_DOUBLE, 0},
                  {"string", BL_T_STRING, 0},
                  {"bytes", BL_T_BYTES, 0},
                  {"null", BL_T_NULL, 0},
                  {"dyn", BL_T_DYN, 0},
                  {"timestamp", BL_T_TIMESTAMP, 0},
                  {"duration", BL_T_DURATION, 0},
                  {"fraction", BL_T_FRACTION, 0},
                  {"date", BL_T_DATE, 0},
                  {"name", BL_T_NAME, 0},
                  {"enum", BL_T_ENUM, 0},
                  {"record", BL_T_RECORD, 0},
                  {"type", BL_T_TYPE, 0},
                  {"type", BL_T_TYPE, 1},
                  {"list", BL_T_LIST, 1},
                  {"map", BL_T_MAP, 2},
                  {"optional_type", BL_T_OPTIONAL, 1}};

enum { MOST_PARAMS = 8 };

typedef struct type_reader {
    bylaw_str text;
    size_t at;
    bl_arena *arena;
    bylaw_status status;
} type_reader;

static const bl_type *fail(type_reader *r, bylaw_status status)
{
    if (r->status == BYLAW_OK)
        r->status = status;
    return BL_SIMPLE(ERROR);
}

static bool accept(type_reader *r, const char *sign)
{
    size_t at = r->at;

    while (at < r->text.len && r->text.ptr[at] == ' ')
        at++;
    for (; *sign != '\0'; sign++, at++) {
        if (at == r->text.len || r->text.ptr[at] != *sign)
            return false;
    }
    r->at = at;
    return true;
}

static bylaw_str read_word(type_reader *r)
{
    while (r->at < r->text.len && r->text.ptr[r->at] == ' ')
        r->at++;
    const size_t start = r->at;

    while (r->at < r->text.len && strchr("<>(),?- ", r->text.ptr[r->at]) == NULL)
        r->at++;
    return bl_str_slice(r->text, start, r->at);
}

static const bl_type *make_type(type_reader *r, bl_type_kind kind, bylaw_str name,
                                const bl_type *const *params, size_t count)
{
    bl_type *type = BL_NEW(r->arena, bl_type);
    const bl_type **copy = BL_NEW_N(r->arena, const bl_type *, count);

    if (type == NULL || copy == NULL)
        return fail(r, BYLAW_ENOMEM);
    for (size_t i = 0; i < count; i++)
        copy[i] = params[i];
    *type = (bl_type){.kind = kind, .name = name, .params = copy, .param_count = count};
    return type;
}

static const bl_type *read_type(type_reader *r);

/* named = NAME [ "(" type { "," type } ")" ] */
static const bl_type *read_named(type_reader *r)
{
    const bl_type *params[MOST_PARAMS];
    size_t count = 0;
    const bylaw_str name = read_word(r);

    if (name.len == 0)
        return fail(r, BYLAW_EINPUT);
    if (accept(r, "(")) {
        do {
            if (count == MOST_PARAMS)
                return fail(r, BYLAW_EINPUT);
            params[count++] = read_type(r);
        } while (r->status == BYLAW_OK && accept(r, ","));
        if (!accept(r, ")"))
            return fail(r, BYLAW_EINPUT);
    }
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
        const struct type_name *t = &type_names[i];

        if (t->params == count && bl_str_is(name, t->name))
            return count == 0 ? &bl_type_simple[t->kind]
                              : make_type(r, t->kind, (bylaw_str){NULL, 0}, params, count);
    }
    return make_type(r, BL_T_ABSTRACT, name, params, count);
}

/* type = ( "<" NAME ">" | named ) [ "?" ] */
static const bl_type *read_type(type_reader *r)
{
    const bl_type *type;

    if (accept(r, "<")) {
        const bylaw_str name = read_word(r);

        if (!accept(r, ">"))
            return fail(r, BYLAW_EINPUT);
        type = make_type(r, BL_T_PARAM, name, NULL, 0);
    } else {
        type = read_named(r);
    }
    if (r->status == BYLAW_OK && accept(r, "?"))
        type = make_type(r, BL_T_NULLABLE, (bylaw_str){NULL, 0}, &type, 1);
    return type;
}

bylaw_status bl_type_read(const bl_type **out, bl_arena *arena, bylaw_str text)
{
    type_reader r = {.text = text, .arena = arena};
    const bl_type *type = read_type(&r);

    if (r.status == BYLAW_OK && r.at != text.len)
        r.status = BYLAW_EINPUT;
    if (r.status == BYLAW_OK)
        *out = type;
    return r.status;
}

/* signature = [ ["..."] type { "," ["..."] type } ] "->" type */
static bylaw_status read_signature(bl_signature *out, bl_arena *arena, const bl_overload *overload)
{
    type_reader r = {.text = bylaw_str_from(overload->signature), .arena = arena};
    const bl_type *params[MOST_PARAMS];
    bl_signature s = {.overload = overload};

    while (r.status == BYLAW_OK && !accept(&r, "->")) {
        if (s.param_count == MOST_PARAMS)
            return BYLAW_EINPUT;
        s.variadic = accept(&r, "...");
        params[s.param_count++] = read_type(&r);
        accept(&r, ",");
    }
    s.result = read_type(&r);
    const bl_type **copy = BL_NEW_N(arena, const bl_type *, s.param_count);

    if (r.status != BYLAW_OK || copy == NULL)
        return r.status != BYLAW_OK ? r.status : BYLAW_ENOMEM;
    for (size_t i = 0; i < s.param_count; i++)
        copy[i] = params[i];
    s.params = copy;
    *out = s;
    return BYLAW_OK;
}

/* ---- The registry ---- */

static const bl_overload *const tables[] = {
    bl_builtins_std,     bl_builtins_string, bl_builtins_math,   bl_builtins_time,
    bl_builtins_charter, bl_builtins_misc,   bl_builtins_network};

/* A run of rows of one function; functions whose rows stand in several tables have several. */
typedef struct row_run {
    const bl_overload *rows;
    size_t count; /* rows that this environment sees, all of them adjacent rows of the table */
    struct row_run *next;
} row_run;

typedef struct entry {
    row_run *runs, *last;
    size_t count;
    bl_function *read; /* NULL until asked for */
} entry;

struct bl_registry {
    bl_arena *arena;
    bool charter;
    bool indexed;
    bl_map names;
};

bl_registry *bl_registry_new(bl_arena *arena, bool charter)
{
    bl_registry *registry = BL_NEW(arena, bl_registry);

    if (registry != NULL)
        *registry = (bl_registry){arena, charter, false, bl_map_init(arena)};
    return registry;
}

static bool seen(const bl_registry *registry, const bl_overload *row)
{
    return registry->charter || (row->flags & BL_CHARTER_ONLY) == 0;
}

static bool add_row(bl_registry *registry, const bl_overload *row, entry **current)
{
    const bylaw_str name = bylaw_str_from(row->function);
    entry *e = *current;

    if (e == NULL || strcmp(e->last->rows->function, row->function) != 0 ||
        e->last->rows + e->last->count != row) {
        row_run *run = BL_NEW(registry->arena, row_run);

        if (run == NULL)
            return false;
        run->rows = row;
        e = bl_map_get(&registry->names, name);
        if (e == NULL) {
            e = BL_NEW(registry->arena, entry);
            if (e == NULL || !bl_map_put(&registry->names, name, e))
                return false;
            e->runs = run;
        } else {
            e->last->next = run;
        }
        e->last = run;
    }
    e->last->count++;
    e->count++;
    *current = e;
    return true;
}

static bool build_index(bl_registry *registry)
{
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        entry *current = NULL;

        for (const bl_overload *row = tables[t]; row->function != NULL; row++) {
            if (seen(registry, row) && !add_row(registry, row, &current))
                return false;
        }
    }
    registry->indexed = true;
    return true;
}

static bylaw_status read_function(bl_registry *registry, entry *e)
{
    bl_function *function = BL_NEW(registry->arena, bl_function);
    bl_signature *signatures = BL_NEW_N(registry->arena, bl_signature, e->count);
    const bl_signature **pointers = BL_NEW_N(registry->arena, const bl_signature *, e->count);
    size_t n = 0;

    if (function == NULL || signatures == NULL || pointers == NULL)
        return BYLAW_ENOMEM;
    for (const row_run *run = e->runs; run != NULL; run = run->next) {
        for (size_t i = 0; i < run->count; i++, n++) {
            const bylaw_status status =
                read_signature(&signatures[n], registry->arena, &run->rows[i]);

            assert(status != BYLAW_EINPUT); /* a table of ours has a mistake */
            if (status != BYLAW_OK)
                return status;
            pointers[n] = &signatures[n];
        }
    }
    assert(e->runs != NULL); /* what stands in the index has rows */
    *function = (bl_function){bylaw_str_from(e->runs->rows->function), pointers, n};
    e->read = function;
    return BYLAW_OK;
}

bylaw_status bl_registry_find(bl_registry *registry, bylaw_str name, const bl_function **out)
{
    bylaw_status status;

    if (!registry->indexed && !build_index(registry))
        return BYLAW_ENOMEM;
    entry *e = bl_map_get(&registry->names, name);

    if (e == NULL)
        return BYLAW_ENOTFOUND;
    if (e->read == NULL && (status = read_function(registry, e)) != BYLAW_OK)
        return status;
    *out = e->read;
    return BYLAW_OK;
}

const bl_map *bl_registry_names(const bl_registry *registry)
{
    return &registry->names;
}
