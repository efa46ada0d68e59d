/* expr/op_convert.c: from one type to another. A value that the other type cannot hold exactly is
 * an error; only a double gives up what stands behind its point, as the specification says. */
#include "expr/operators.h"

#include "text/utf8.h"
#include "value/date.h"
#include "value/number.h"
#include "value/time.h"

static bl_value out_of_range(bl_call *call, bl_value v, const char *type)
{
    return bl_fail(call, range, BL_TEXT("value", bl_value_shown(call->eval->arena, v)),
                   BL_TEXT("type", bylaw_str_from(type)));
}

static bl_value unreadable(bl_call *call, bl_value v, const char *type)
{
    return bl_fail(call, unreadable, BL_TEXT("value", bl_value_shown(call->eval->arena, v)),
                   BL_TEXT("type", bylaw_str_from(type)));
}

bl_value bl_op_same(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return args[0];
}

bl_value bl_op_int_uint(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return args[0].as.u > INT64_MAX ? out_of_range(call, args[0], "int")
                                    : bl_int((int64_t)args[0].as.u);
}

bl_value bl_op_int_double(bl_call *call, const bl_value *args, size_t n)
{
    const double d = args[0].as.d;

    (void)n;
    /* Both ends are left out, as the specification's tests have it; NaN fails the test too. */
    if (!(d > -9223372036854775808.0 && d < 9223372036854775808.0))
        return out_of_range(call, args[0], "int");
    return bl_int((int64_t)d);
}

bl_value bl_op_int_string(bl_call *call, const bl_value *args, size_t n)
{
    int64_t result = 0;

    (void)n;
    switch (bl_int_read(&result, *args[0].as.s)) {
    case BL_NUMBER_OK:
        return bl_int(result);
    case BL_NUMBER_OUT_OF_RANGE:
        return out_of_range(call, args[0], "int");
    default:
        return unreadable(call, args[0], "int");
    }
}

bl_value bl_op_int_timestamp(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int(args[0].as.i);
}

bl_value bl_op_uint_int(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return args[0].as.i < 0 ? out_of_range(call, args[0], "uint") : bl_uint(args[0].as.u);
}

bl_value bl_op_uint_double(bl_call *call, const bl_value *args, size_t n)
{
    const double d = args[0].as.d;

    (void)n;
    if (!(d >= 0 && d < 18446744073709551616.0))
        return out_of_range(call, args[0], "uint");
    return bl_uint((uint64_t)d);
}

bl_value bl_op_uint_string(bl_call *call, const bl_value *args, size_t n)
{
    uint64_t result = 0;

    (void)n;
    switch (bl_uint_read(&result, *args[0].as.s)) {
    case BL_NUMBER_OK:
        return bl_uint(result);
    case BL_NUMBER_OUT_OF_RANGE:
        return out_of_range(call, args[0], "uint");
    default:
        return unreadable(call, args[0], "uint");
    }
}

bl_value bl_op_double_int(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_double((double)args[0].as.i);
}

bl_value bl_op_double_uint(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_double((double)args[0].as.u);
}

bl_value bl_op_double_string(bl_call *call, const bl_value *args, size_t n)
{
    double result = 0;

    (void)n;
    switch (bl_double_read(&result, *args[0].as.s)) {
    case BL_NUMBER_OK:
        return bl_double(result);
    case BL_NUMBER_OUT_OF_RANGE:
        return out_of_range(call, args[0], "double");
    default:
        return unreadable(call, args[0], "double");
    }
}

/* The text that was built, as a value. */
static bl_value text_value(bl_call *call, bl_str *text)
{
    bylaw_str result;

    if (bl_str_take(&result, text) != BYLAW_OK)
        return bl_oom_value();
    return bl_string_value(call->eval->arena, result);
}

bl_value bl_op_string_int(bl_call *call, const bl_value *args, size_t n)
{
    bl_str text = bl_str_init(call->eval->arena);

    (void)n;
    bl_str_add_int(&text, args[0].as.i);
    return text_value(call, &text);
}

bl_value bl_op_string_uint(bl_call *call, const bl_value *args, size_t n)
{
    bl_str text = bl_str_init(call->eval->arena);

    (void)n;
    bl_str_add_uint(&text, args[0].as.u);
    return text_value(call, &text);
}

bl_value bl_op_string_double(bl_call *call, const bl_value *args, size_t n)
{
    bl_str text = bl_str_init(call->eval->arena);

    (void)n;
    bl_double_write(&text, args[0].as.d);
    return text_value(call, &text);
}

bl_value bl_op_string_bool(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return bl_string_value(call->eval->arena,
                           args[0].as.b ? BYLAW_STR("true") : BYLAW_STR("false"));
}

bl_value bl_op_string_bytes(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (!bl_charge(call, bl_value_units(args[0], 0)))
        return bl_cost_error(call);
    if (!bl_utf8_valid(*args[0].as.s, NULL))
        return bl_fail0(call, not_utf8);
    return bl_string_value(call->eval->arena, *args[0].as.s);
}

bl_value bl_op_string_timestamp(bl_call *call, const bl_value *args, size_t n)
{
    bl_str text = bl_str_init(call->eval->arena);

    (void)n;
    bl_timestamp_write(&text, (bl_time){args[0].as.i, args[0].extra});
    return text_value(call, &text);
}

bl_value bl_op_string_duration(bl_call *call, const bl_value *args, size_t n)
{
    bl_str text = bl_str_init(call->eval->arena);

    (void)n;
    bl_duration_write(&text, (bl_time){args[0].as.i, args[0].extra});
    return text_value(call, &text);
}

/* fraction, date, name: 2/3, 2026-11-21, the name as it was written. */
bl_value bl_op_string_charter(bl_call *call, const bl_value *args, size_t n)
{
    bl_str text = bl_str_init(call->eval->arena);

    (void)n;
    switch (args[0].kind) {
    case BL_FRACTION:
        bl_str_add_int(&text, args[0].as.fraction->num);
        bl_str_addc(&text, '/');
        bl_str_add_int(&text, args[0].as.fraction->den);
        break;
    case BL_DATE:
        bl_date_write_iso(&text, args[0].as.i);
        break;
    default:
        bl_str_add(&text, bl_string_of(args[0]));
        break;
    }
    return text_value(call, &text);
}

bl_value bl_op_bytes_string(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return bl_bytes_value(call->eval->arena, *args[0].as.s);
}

static const struct bool_word {
    const char *text;
    bool value;
} bool_words[] = {
    {"true", true},   {"True", true},   {"TRUE", true},   {"t", true},  {"1", true},
    {"false", false}, {"False", false}, {"FALSE", false}, {"f", false}, {"0", false},
};

bl_value bl_op_bool_string(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    for (size_t i = 0; i < sizeof bool_words / sizeof bool_words[0]; i++) {
        if (bl_str_is(*args[0].as.s, bool_words[i].text))
            return bl_bool(bool_words[i].value);
    }
    return unreadable(call, args[0], "bool");
}

bl_value bl_op_timestamp_int(bl_call *call, const bl_value *args, size_t n)
{
    const bl_time t = {args[0].as.i, 0};

    (void)n;
    if (!bl_timestamp_in_range(t))
        return out_of_range(call, args[0], "timestamp");
    return (bl_value){.kind = BL_TIMESTAMP, .as.i = t.seconds};
}

bl_value bl_op_timestamp_string(bl_call *call, const bl_value *args, size_t n)
{
    bl_time t = {0, 0};

    (void)n;
    switch (bl_timestamp_read(&t, *args[0].as.s)) {
    case BL_TIME_OK:
        return (bl_value){.kind = BL_TIMESTAMP, .extra = t.nanos, .as.i = t.seconds};
    case BL_TIME_OUT_OF_RANGE:
        return out_of_range(call, args[0], "timestamp");
    default:
        return unreadable(call, args[0], "timestamp");
    }
}

bl_value bl_op_duration_string(bl_call *call, const bl_value *args, size_t n)
{
    bl_time t = {0, 0};

    (void)n;
    switch (bl_duration_read(&t, *args[0].as.s)) {
    case BL_TIME_OK:
        return (bl_value){.kind = BL_DURATION, .extra = t.nanos, .as.i = t.seconds};
    case BL_TIME_OUT_OF_RANGE:
        return out_of_range(call, args[0], "duration");
    default:
        return unreadable(call, args[0], "duration");
    }
}

bl_value bl_op_type_of(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return (bl_value){.kind = BL_TYPE, .as.type = bl_type_of_value(args[0])};
}
