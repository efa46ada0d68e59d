/* expr/builtins_misc.c: base64 and optional values. */
#include "expr/builtin_util.h"

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static bl_value base64_encode(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str bytes = *args[0].as.s;
    bl_str out = bl_str_init(call->eval->arena);

    (void)n;
    if (!bl_pay_text(call, bytes.len))
        return bl_cost_error(call);
    for (size_t i = 0; i < bytes.len; i += 3) {
        const size_t left = bytes.len - i;
        uint32_t group = (uint32_t)(unsigned char)bytes.ptr[i] << 16;

        if (left > 1)
            group |= (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8;
        if (left > 2)
            group |= (unsigned char)bytes.ptr[i + 2];
        for (size_t k = 0; k < 4; k++)
            bl_str_addc(&out, k <= left ? base64_digits[group >> (18 - 6 * k) & 63] : '=');
    }
    return bl_built_string(call, &out);
}

static int base64_value(char c)
{
    for (int i = 0; i < 64; i++) {
        if (base64_digits[i] == c)
            return i;
    }
    return -1;
}

static bl_value bad_base64(bl_call *call, bl_value text)
{
    return bl_fail(call, bad_base64, BL_TEXT("value", bl_value_shown(call->eval->arena, text)));
}

/* Padding may be left out; where it stands it is right. Bits that no byte takes are zero. */
static bl_value base64_decode(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s;
    bl_str out = bl_str_init(call->eval->arena);
    size_t len = text.len;
    uint32_t group = 0;
    bylaw_str bytes;

    (void)n;
    if (!bl_pay_text(call, text.len))
        return bl_cost_error(call);
    while (len > 0 && text.len - len < 2 && text.ptr[len - 1] == '=')
        len--;
    if (len % 4 == 1 || (len < text.len && text.len % 4 != 0))
        return bad_base64(call, args[0]);
    for (size_t i = 0; i < len; i++) {
        const int value = base64_value(text.ptr[i]);

        if (value < 0)
            return bad_base64(call, args[0]);
        group = group << 6 | (uint32_t)value;
        if (i % 4 > 0) /* every digit but the first of four completes a byte */
            bl_str_addc(&out, (char)(group >> (6 - 2 * (i % 4)) & 0xFF));
    }
    if (len % 4 > 0 && (group & (len % 4 == 2 ? 0xFu : 0x3u)) != 0)
        return bad_base64(call, args[0]);
    if (bl_str_take(&bytes, &out) != BYLAW_OK)
        return bl_oom_value();
    return bl_bytes_value(call->eval->arena, bytes);
}

/* --- optionals -------------------------------------------------------------------------------- */

static bl_value optional_none(bl_call *call, const bl_value *args, size_t n)
{
    (void)args;
    (void)n;
    return bl_optional_value(call->eval->arena, NULL);
}

static bl_value optional_of(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return bl_optional_value(call->eval->arena, &args[0]);
}

/* The value that a field or variable of this kind has while nobody sets it. */
static bool is_zero(bl_value v)
{
    switch (v.kind) {
    case BL_NULL:
        return true;
    case BL_BOOL:
        return !v.as.b;
    case BL_INT:
    case BL_UINT:
        return v.as.u == 0;
    case BL_DOUBLE:
        return v.as.d == 0;
    case BL_STRING:
    case BL_BYTES:
        return v.as.s->len == 0;
    case BL_LIST:
        return v.as.list->count == 0;
    case BL_MAP:
        return v.as.map->count == 0;
    case BL_TIMESTAMP:
    case BL_DURATION:
        return v.as.i == 0 && v.extra == 0;
    case BL_FRACTION:
        return v.as.fraction->num == 0;
    case BL_OPTIONAL:
        return v.as.inner == NULL;
    default:
        return false;
    }
}

static bl_value optional_of_non_zero(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return bl_optional_value(call->eval->arena, is_zero(args[0]) ? NULL : &args[0]);
}

static bl_value has_value(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_bool(args[0].as.inner != NULL);
}

static bl_value value_of(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return args[0].as.inner != NULL ? *args[0].as.inner : bl_fail0(call, no_value);
}

static bl_value or_optional(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return args[0].as.inner != NULL ? args[0] : args[1];
}

static bl_value or_value(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return args[0].as.inner != NULL ? *args[0].as.inner : args[1];
}

static bl_value first_of(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[0].as.list;

    (void)n;
    return bl_optional_value(call->eval->arena, list->count > 0 ? &list->items[0] : NULL);
}

static bl_value last_of(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[0].as.list;

    (void)n;
    return bl_optional_value(call->eval->arena,
                             list->count > 0 ? &list->items[list->count - 1] : NULL);
}

/* The values of the optionals that hold one. */
static bl_value unwrap(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[0].as.list;
    bl_value *items = BL_NEW_N(call->eval->arena, bl_value, list->count);
    size_t count = 0;

    (void)n;
    if (!bl_charge(call, list->count))
        return bl_cost_error(call);
    if (items == NULL)
        return bl_oom_value();
    for (size_t i = 0; i < list->count; i++) {
        const bl_value v = list->items[i];

        if (v.kind == BL_UNKNOWN) /* whether there is an element at all is not known */
            return bl_unknown_items(call, list);
        if (v.kind != BL_OPTIONAL)
            return bl_fail(call, not_optional, BL_TEXT("type", bl_kind_name(v.kind)));
        if (v.as.inner != NULL)
            items[count++] = *v.as.inner;
    }
    return bl_list_value(call->eval->arena, items, count);
}

const bl_overload bl_builtins_misc[] = {
    {"base64.encode", "base64_encode_bytes", 0, "bytes->string", base64_encode},
    {"base64.decode", "base64_decode_string", 0, "string->bytes", base64_decode},
    {"optional.none", "optional_none", 0, "->optional_type(<T>)", optional_none},
    {"optional.of", "optional_of", 0, "<T>->optional_type(<T>)", optional_of},
    {"optional.ofNonZeroValue", "optional_ofNonZeroValue", 0, "<T>->optional_type(<T>)",
     optional_of_non_zero},
    {"optional.unwrap", "optional_unwrap", 0, "list(optional_type(<T>))->list(<T>)", unwrap},
    {"unwrapOpt", "optional_unwrapOpt", BL_MEMBER, "list(optional_type(<T>))->list(<T>)", unwrap},
    {"hasValue", "optional_hasValue", BL_MEMBER, "optional_type(<T>)->bool", has_value},
    {"value", "optional_value", BL_MEMBER, "optional_type(<T>)-><T>", value_of},
    {"or", "optional_or_optional", BL_MEMBER,
     "optional_type(<T>),optional_type(<T>)->optional_type(<T>)", or_optional},
    {"orValue", "optional_orValue_value", BL_MEMBER, "optional_type(<T>),<T>-><T>", or_value},
    {"first", "list_first", BL_MEMBER, "list(<T>)->optional_type(<T>)", first_of},
    {"last", "list_last", BL_MEMBER, "list(<T>)->optional_type(<T>)", last_of},
    {NULL, NULL, 0, NULL, NULL},
};
