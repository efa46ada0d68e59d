/* value/type.c: see type.h. What a kind is called and how many parameters it has is one table. */
#include "value/type.h"

const bl_type bl_type_simple[BL_T__COUNT] = {
#define BL_KIND(KIND) [BL_T_##KIND] = {.kind = BL_T_##KIND}
    BL_KIND(DYN),      BL_KIND(ERROR),    BL_KIND(NULL),     BL_KIND(BOOL),     BL_KIND(INT),
    BL_KIND(UINT),     BL_KIND(DOUBLE),   BL_KIND(STRING),   BL_KIND(BYTES),    BL_KIND(TIMESTAMP),
    BL_KIND(DURATION), BL_KIND(FRACTION), BL_KIND(DATE),     BL_KIND(NAME),     BL_KIND(LIST),
    BL_KIND(MAP),      BL_KIND(TYPE),     BL_KIND(OPTIONAL), BL_KIND(NULLABLE), BL_KIND(ENUM),
    BL_KIND(RECORD),   BL_KIND(ABSTRACT), BL_KIND(PARAM),
#undef BL_KIND
};

/* What a static type is called, and its value at run time. Empty: the type has a name of its own.
 */
static const struct kind_name {
    const char *declared, *at_run_time;
} kind_names[BL_T__COUNT] = {
    [BL_T_DYN] = {"dyn", "dyn"},
    [BL_T_ERROR] = {"error", "error"},
    [BL_T_NULL] = {"null", "null_type"},
    [BL_T_BOOL] = {"bool", "bool"},
    [BL_T_INT] = {"int", "int"},
    [BL_T_UINT] = {"uint", "uint"},
    [BL_T_DOUBLE] = {"double", "double"},
    [BL_T_STRING] = {"string", "string"},
    [BL_T_BYTES] = {"bytes", "bytes"},
    [BL_T_TIMESTAMP] = {"timestamp", "google.protobuf.Timestamp"},
    [BL_T_DURATION] = {"duration", "google.protobuf.Duration"},
    [BL_T_FRACTION] = {"fraction", "fraction"},
    [BL_T_DATE] = {"date", "date"},
    [BL_T_NAME] = {"name", "name"},
    [BL_T_LIST] = {"list", "list"},
    [BL_T_MAP] = {"map", "map"},
    [BL_T_TYPE] = {"type", "type"},
    [BL_T_OPTIONAL] = {"optional_type", "optional_type"},
    [BL_T_NULLABLE] = {"nullable", "nullable"},
    [BL_T_ENUM] = {"enum", "enum"},
    [BL_T_RECORD] = {"record", "record"},
    [BL_T_ABSTRACT] = {"", ""},
    [BL_T_PARAM] = {"", ""},
};

static const bl_type *make(bl_arena *arena, bl_type_kind kind, const bl_type *const *params,
                           size_t count)
{
    bl_type *type = BL_NEW(arena, bl_type);
    const bl_type **copy = BL_NEW_N(arena, const bl_type *, count);

    if (type == NULL || copy == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (params[i] == NULL)
            return NULL;
        copy[i] = params[i];
    }
    type->kind = kind;
    type->params = copy;
    type->param_count = count;
    return type;
}

const bl_type *bl_type_list(bl_arena *arena, const bl_type *element)
{
    return make(arena, BL_T_LIST, &element, 1);
}

const bl_type *bl_type_map(bl_arena *arena, const bl_type *key, const bl_type *value)
{
    return make(arena, BL_T_MAP, (const bl_type *[]){key, value}, 2);
}

const bl_type *bl_type_optional(bl_arena *arena, const bl_type *inner)
{
    return make(arena, BL_T_OPTIONAL, &inner, 1);
}

const bl_type *bl_type_nullable(bl_arena *arena, const bl_type *inner)
{
    return make(arena, BL_T_NULLABLE, &inner, 1);
}

const bl_type *bl_type_of_type(bl_arena *arena, const bl_type *inner)
{
    return make(arena, BL_T_TYPE, &inner, 1);
}

const bl_type *bl_type_enum(bl_arena *arena, const bl_enum *e)
{
    bl_type *type = BL_NEW(arena, bl_type);

    if (type == NULL)
        return NULL;
    type->kind = BL_T_ENUM;
    type->enumerated = e;
    return type;
}

bool bl_type_same(const bl_type *a, const bl_type *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->param_count != b->param_count || a->enumerated != b->enumerated ||
        !bl_str_equal(a->name, b->name) || a->field_count != b->field_count)
        return false;
    for (size_t i = 0; i < a->param_count; i++) {
        if (!bl_type_same(a->params[i], b->params[i]))
            return false;
    }
    /* Records are declared once; two of one name and the same fields are one type. */
    for (size_t i = 0; i < a->field_count; i++) {
        if (!bl_str_equal(a->fields[i].name, b->fields[i].name) ||
            !bl_type_same(a->fields[i].type, b->fields[i].type))
            return false;
    }
    return true;
}

bool bl_type_same_at_run_time(const bl_type *a, const bl_type *b)
{
    return a == b ||
           (a->kind == b->kind && bl_str_equal(a->name, b->name) && a->enumerated == b->enumerated);
}

const bl_type *bl_type_of_value(bl_value v)
{
    static const bl_type_kind kinds[BL_KIND__COUNT] = {
        [BL_NULL] = BL_T_NULL,           [BL_BOOL] = BL_T_BOOL,         [BL_INT] = BL_T_INT,
        [BL_UINT] = BL_T_UINT,           [BL_DOUBLE] = BL_T_DOUBLE,     [BL_STRING] = BL_T_STRING,
        [BL_BYTES] = BL_T_BYTES,         [BL_LIST] = BL_T_LIST,         [BL_MAP] = BL_T_MAP,
        [BL_TIMESTAMP] = BL_T_TIMESTAMP, [BL_DURATION] = BL_T_DURATION, [BL_TYPE] = BL_T_TYPE,
        [BL_OPTIONAL] = BL_T_OPTIONAL,   [BL_FRACTION] = BL_T_FRACTION, [BL_DATE] = BL_T_DATE,
        [BL_NAME] = BL_T_NAME,           [BL_ENUM] = BL_T_ENUM,         [BL_RECORD] = BL_T_RECORD,
        [BL_ERROR] = BL_T_ERROR,         [BL_UNKNOWN] = BL_T_DYN,
    };

    return v.kind == BL_RECORD ? v.as.record->type : &bl_type_simple[kinds[v.kind]];
}

bylaw_str bl_type_run_time_name(const bl_type *type)
{
    return type->name.len > 0 ? type->name : bylaw_str_from(kind_names[type->kind].at_run_time);
}

void bl_type_write(bl_str *out, const bl_type *type)
{
    if (type->kind == BL_T_PARAM) {
        bl_str_addc(out, '<');
        bl_str_add(out, type->name);
        bl_str_addc(out, '>');
        return;
    }
    if (type->kind == BL_T_NULLABLE && type->param_count == 1) {
        bl_type_write(out, type->params[0]);
        bl_str_addc(out, '?');
        return;
    }
    if (type->kind == BL_T_ENUM && type->enumerated != NULL)
        bl_str_add(out, type->enumerated->name);
    else if (type->name.len > 0)
        bl_str_add(out, type->name);
    else
        bl_str_addz(out, kind_names[type->kind].declared);
    for (size_t i = 0; i < type->param_count; i++) {
        bl_str_addz(out, i == 0 ? "(" : ", ");
        bl_type_write(out, type->params[i]);
    }
    if (type->param_count > 0)
        bl_str_addc(out, ')');
}
