/* value/write.c: a value as CEL would read it again, see value.h. */
#include "text/utf8.h"
#include "value/date.h"
#include "value/number.h"
#include "value/time.h"
#include "value/type.h"

static void write_escape(bl_str *out, uint32_t cp)
{
    static const char letters[] = {7, 'a', 8, 'b', 9, 't', 10, 'n', 11, 'v', 12, 'f', 13, 'r'};

    for (size_t i = 0; i < sizeof letters; i += 2) {
        if ((uint32_t)letters[i] == cp) {
            bl_str_addc(out, '\\');
            bl_str_addc(out, letters[i + 1]);
            return;
        }
    }
    bl_str_addf(out, "\\u%04x", (unsigned)cp);
}

static void write_string(bl_str *out, bylaw_str text)
{
    bl_str_addc(out, '"');
    for (size_t at = 0; at < text.len;) {
        const uint32_t cp = bl_utf8_next(text, &at);

        if (cp == '"' || cp == '\\')
            bl_str_addc(out, '\\');
        if (cp == BL_BAD_CODEPOINT)
            bl_str_add_codepoint(out, 0xFFFD);
        else if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            write_escape(out, cp);
        else
            bl_str_add_codepoint(out, cp);
    }
    bl_str_addc(out, '"');
}

static void write_bytes(bl_str *out, bylaw_str bytes)
{
    bl_str_addz(out, "b\"");
    for (size_t i = 0; i < bytes.len; i++) {
        const unsigned char c = (unsigned char)bytes.ptr[i];

        if (c == '"' || c == '\\')
            bl_str_addf(out, "\\%c", c);
        else if (c < 0x20 || c >= 0x7F)
            bl_str_addf(out, "\\x%02x", c);
        else
            bl_str_addc(out, (char)c);
    }
    bl_str_addc(out, '"');
}

/* A whole double gets ".0", so that it is read as a double again. */
static void write_double(bl_str *out, double d)
{
    bl_str text = bl_str_init(out->arena);

    bl_double_write(&text, d);
    const bylaw_str view = bl_str_view(&text);
    bool whole = true;

    for (size_t i = 0; i < view.len; i++)
        whole = whole && (view.ptr[i] == '-' || (view.ptr[i] >= '0' && view.ptr[i] <= '9'));
    out->failed |= text.failed;
    if (view.len > 0 && (view.ptr[view.len - 1] == 'N' || view.ptr[view.len - 1] == 'y')) {
        bl_str_addz(out, "double(\"");
        bl_str_add(out, view);
        bl_str_addz(out, "\")");
        return;
    }
    bl_str_add(out, view);
    if (whole)
        bl_str_addz(out, ".0");
}

static void write_list(bl_str *out, const bl_list *list)
{
    bl_str_addc(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            bl_str_addz(out, ", ");
        bl_value_write(out, list->items[i]);
    }
    bl_str_addc(out, ']');
}

static void write_map(bl_str *out, const bl_mapping *map)
{
    bl_str_addc(out, '{');
    for (size_t i = 0; i < map->count; i++) {
        if (i > 0)
            bl_str_addz(out, ", ");
        bl_value_write(out, map->pairs[i].key);
        bl_str_addz(out, ": ");
        bl_value_write(out, map->pairs[i].value);
    }
    bl_str_addc(out, '}');
}

static void write_record(bl_str *out, const bl_record *record)
{
    if (record->type->kind == BL_T_ABSTRACT) {
        bl_str_add(out, bl_string_of(record->fields[1]));
        return;
    }
    bl_str_addc(out, '{');
    for (size_t i = 0; i < record->type->field_count; i++) {
        if (i > 0)
            bl_str_addz(out, ", ");
        bl_str_add(out, record->type->fields[i].name);
        bl_str_addz(out, ": ");
        bl_value_write(out, record->fields[i]);
    }
    bl_str_addc(out, '}');
}

static void write_optional(bl_str *out, const bl_value *inner)
{
    if (inner == NULL) {
        bl_str_addz(out, "optional.none()");
        return;
    }
    bl_str_addz(out, "optional.of(");
    bl_value_write(out, *inner);
    bl_str_addc(out, ')');
}

static void write_day(bl_str *out, bl_value v)
{
    const bl_time t = {v.as.i, v.extra};

    bl_str_addz(out, v.kind == BL_DATE        ? "date(\""
                     : v.kind == BL_TIMESTAMP ? "timestamp(\""
                                              : "duration(\"");
    if (v.kind == BL_DATE)
        bl_date_write_iso(out, v.as.i);
    else if (v.kind == BL_TIMESTAMP)
        bl_timestamp_write(out, t);
    else
        bl_duration_write(out, t);
    bl_str_addz(out, "\")");
}

static void write_unknown(bl_str *out, const bl_unknown *unknown)
{
    bl_str_addz(out, "unknown(");
    for (size_t i = 0; i < unknown->count; i++) {
        const bl_attr *attr = unknown->attrs[i];
        bylaw_str a, b;

        if (i > 0)
            bl_str_addz(out, ", ");
        if (bl_attr_look_alike(attr, &a, &b)) {
            write_string(out, a);
            bl_str_addz(out, " ~ ");
            write_string(out, b);
        } else if (bl_attr_too_broad(attr, &a, &b)) {
            write_string(out, a);
            bl_str_addz(out, " > ");
            write_string(out, b);
        } else {
            bl_str_addf(out, "#%u", (unsigned)attr->slot);
            bl_str_add(out, attr->path);
        }
    }
    bl_str_addc(out, ')');
}

void bl_value_write(bl_str *out, bl_value v)
{
    switch (v.kind) {
    case BL_NULL:
        bl_str_addz(out, "null");
        break;
    case BL_BOOL:
        bl_str_addz(out, v.as.b ? "true" : "false");
        break;
    case BL_INT:
        bl_str_add_int(out, v.as.i);
        break;
    case BL_UINT:
        bl_str_add_uint(out, v.as.u);
        bl_str_addc(out, 'u');
        break;
    case BL_DOUBLE:
        write_double(out, v.as.d);
        break;
    case BL_BYTES:
        write_bytes(out, *v.as.s);
        break;
    case BL_STRING:
    case BL_NAME:
    case BL_ENUM:
        write_string(out, bl_string_of(v));
        break;
    case BL_LIST:
        write_list(out, v.as.list);
        break;
    case BL_MAP:
        write_map(out, v.as.map);
        break;
    case BL_TYPE:
        bl_str_add(out, bl_type_run_time_name(v.as.type));
        break;
    case BL_OPTIONAL:
        write_optional(out, v.as.inner);
        break;
    case BL_FRACTION:
        bl_str_addf(out, "fraction(%lld, %lld)", (long long)v.as.fraction->num,
                    (long long)v.as.fraction->den);
        break;
    case BL_DATE:
    case BL_TIMESTAMP:
    case BL_DURATION:
        write_day(out, v);
        break;
    case BL_RECORD:
        write_record(out, v.as.record);
        break;
    case BL_ERROR:
        bl_str_addz(out, "error(");
        write_string(out, v.as.fault->message.in[BYLAW_EN]);
        bl_str_addc(out, ')');
        break;
    default:
        write_unknown(out, v.as.unknown);
        break;
    }
}
