/* expr/faults.c: see faults.h. */
#include "expr/faults.h"

#include "text/utf8.h"

#define BL_FAULT(name, code_, zh, en) const bl_msg bl_fault_##name = {code_, {zh, en}};
#include "expr/faults.def"
#include "expr/faults_ext.def"
#undef BL_FAULT

static const char *const kind_names[BL_KIND__COUNT] = {
    [BL_NULL] = "null",
    [BL_BOOL] = "bool",
    [BL_INT] = "int",
    [BL_UINT] = "uint",
    [BL_DOUBLE] = "double",
    [BL_STRING] = "string",
    [BL_BYTES] = "bytes",
    [BL_LIST] = "list",
    [BL_MAP] = "map",
    [BL_TIMESTAMP] = "timestamp",
    [BL_DURATION] = "duration",
    [BL_TYPE] = "type",
    [BL_OPTIONAL] = "optional_type",
    [BL_FRACTION] = "fraction",
    [BL_DATE] = "date",
    [BL_NAME] = "name",
    [BL_ENUM] = "enum",
    [BL_RECORD] = "record",
    [BL_ERROR] = "error",
    [BL_UNKNOWN] = "unknown",
};

bylaw_str bl_kind_name(uint8_t kind)
{
    return bylaw_str_from(kind_names[kind]);
}

bylaw_str bl_function_shown(bylaw_str function)
{
    if (bl_str_is(function, "@in"))
        return BYLAW_STR("in");
    if (bl_str_is(function, "_[_]"))
        return BYLAW_STR("[]");
    if (function.len > 1 && function.ptr[0] == '_') /* _+_ */
        return bl_str_slice(function, 1, function.len - 1);
    if (function.len > 1 && function.ptr[function.len - 1] == '_') /* -_ */
        return bl_str_slice(function, 0, function.len - 1);
    return function;
}

#define SHOWN_CODEPOINTS 60 /* a message is one line */

static size_t shown_bytes(bylaw_str text)
{
    return bl_utf8_offset(bl_str_slice(text, 0, (size_t)4 * SHOWN_CODEPOINTS), SHOWN_CODEPOINTS);
}

bylaw_str bl_text_shown(bl_arena *arena, bylaw_str text)
{
    const size_t end = shown_bytes(text);
    bl_str shown = bl_str_init(arena);
    bylaw_str result;

    if (end == text.len)
        return text;
    bl_str_add(&shown, bl_str_slice(text, 0, end));
    bl_str_addz(&shown, "…");
    return bl_str_take(&result, &shown) == BYLAW_OK ? result : BYLAW_STR("…");
}

bylaw_str bl_value_shown(bl_arena *arena, bl_value v)
{
    bl_str text = bl_str_init(arena);
    bylaw_str whole;

    /* What may be large is told by its kind: an error must not cost more than what it is about. */
    if (v.kind == BL_LIST || v.kind == BL_MAP || v.kind == BL_RECORD || v.kind == BL_OPTIONAL)
        return bl_kind_name(v.kind);
    if (v.kind == BL_STRING) {
        const size_t end = shown_bytes(*v.as.s);

        bl_value_write(&text, bl_string_value(arena, bl_str_slice(*v.as.s, 0, end)));
        if (end < v.as.s->len)
            bl_str_addz(&text, "…");
    } else if (v.kind == BL_BYTES && v.as.s->len > SHOWN_CODEPOINTS) {
        bl_str_addz(&text, "bytes");
    } else {
        bl_value_write(&text, v);
    }
    return bl_str_take(&whole, &text) == BYLAW_OK ? whole : BYLAW_STR("…");
}
