/* expr/op_arithmetic.c: + - * / % and negation for every kind of value that has them. Whole
 * numbers, fractions and times never wrap around and never round: what does not fit is an error. */
#include "expr/operators.h"

#include "value/time.h"

#include <string.h>

#define CHECKED(name, member, type, builtin, make)                                                 \
    bl_value bl_op_##name(bl_call *call, const bl_value *args, size_t n)                           \
    {                                                                                              \
        type result;                                                                               \
                                                                                                   \
        (void)n;                                                                                   \
        if (builtin(args[0].as.member, args[1].as.member, &result))                                \
            return bl_fail0(call, overflow);                                                       \
        return make(result);                                                                       \
    }

CHECKED(add_int, i, int64_t, __builtin_add_overflow, bl_int)
CHECKED(sub_int, i, int64_t, __builtin_sub_overflow, bl_int)
CHECKED(mul_int, i, int64_t, __builtin_mul_overflow, bl_int)
CHECKED(add_uint, u, uint64_t, __builtin_add_overflow, bl_uint)
CHECKED(sub_uint, u, uint64_t, __builtin_sub_overflow, bl_uint)
CHECKED(mul_uint, u, uint64_t, __builtin_mul_overflow, bl_uint)

bl_value bl_op_div_int(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (args[1].as.i == 0)
        return bl_fail0(call, divide_by_zero);
    if (args[0].as.i == INT64_MIN && args[1].as.i == -1)
        return bl_fail0(call, overflow);
    return bl_int(args[0].as.i / args[1].as.i);
}

bl_value bl_op_mod_int(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    if (args[1].as.i == 0)
        return bl_fail0(call, divide_by_zero);
    /* The quotient of INT64_MIN and -1 has no place, and the processor computes both at once. */
    if (args[1].as.i == -1)
        return args[0].as.i == INT64_MIN ? bl_fail0(call, overflow) : bl_int(0);
    return bl_int(args[0].as.i % args[1].as.i);
}

bl_value bl_op_neg_int(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return args[0].as.i == INT64_MIN ? bl_fail0(call, overflow) : bl_int(-args[0].as.i);
}

bl_value bl_op_div_uint(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return args[1].as.u == 0 ? bl_fail0(call, divide_by_zero)
                             : bl_uint(args[0].as.u / args[1].as.u);
}

bl_value bl_op_mod_uint(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return args[1].as.u == 0 ? bl_fail0(call, divide_by_zero)
                             : bl_uint(args[0].as.u % args[1].as.u);
}

#define FLOATING(name, operator)                                                                   \
    bl_value bl_op_##name(bl_call *call, const bl_value *args, size_t n)                           \
    {                                                                                              \
        (void)call;                                                                                \
        (void)n;                                                                                   \
        return bl_double(args[0].as.d operator args[1].as.d);                                      \
    }

FLOATING(add_double, +)
FLOATING(sub_double, -)
FLOATING(mul_double, *)
FLOATING(div_double, /)

bl_value bl_op_neg_double(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_double(-args[0].as.d);
}

bl_value bl_op_add_text(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str a = *args[0].as.s;
    const bylaw_str b = *args[1].as.s;
    bl_arena *arena = call->eval->arena;

    (void)n;
    if (!bl_charge(call, (a.len + b.len) / 16))
        return bl_cost_error(call);
    if (a.len == 0 || b.len == 0)
        return args[a.len == 0];
    char *bytes = bl_arena_alloc(arena, a.len + b.len);

    if (bytes == NULL)
        return bl_oom_value();
    memcpy(bytes, a.ptr, a.len);
    memcpy(bytes + a.len, b.ptr, b.len);
    return args[0].kind == BL_BYTES ? bl_bytes_value(arena, (bylaw_str){bytes, a.len + b.len})
                                    : bl_string_value(arena, (bylaw_str){bytes, a.len + b.len});
}

bl_value bl_op_add_list(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *a = args[0].as.list;
    const bl_list *b = args[1].as.list;
    const size_t count = a->count + b->count;

    (void)n;
    if (!bl_charge(call, count))
        return bl_cost_error(call);
    if (a->count == 0 || b->count == 0)
        return args[a->count == 0];
    bl_value *items = bl_arena_alloc(call->eval->arena, count * sizeof *items);

    if (items == NULL)
        return bl_oom_value();
    memcpy(items, a->items, a->count * sizeof *items);
    memcpy(items + a->count, b->items, b->count * sizeof *items);
    return bl_list_value(call->eval->arena, items, count);
}

/* Timestamps and durations: value/time.h knows their ranges. */
static bl_time as_time(bl_value v)
{
    return (bl_time){v.as.i, v.extra};
}

static bl_value time_result(bl_call *call, bl_kind kind, bool fits, bl_time t)
{
    if (!fits)
        return bl_fail0(call, overflow);
    return (bl_value){.kind = (uint8_t)kind, .extra = t.nanos, .as.i = t.seconds};
}

#define TEMPORAL(name, kind, function, left, right)                                                \
    bl_value bl_op_##name(bl_call *call, const bl_value *args, size_t n)                           \
    {                                                                                              \
        bl_time result = {0, 0};                                                                   \
        const bool fits = function(&result, as_time(args[left]), as_time(args[right]));            \
                                                                                                   \
        (void)n;                                                                                   \
        return time_result(call, kind, fits, result);                                              \
    }

TEMPORAL(add_timestamp_duration, BL_TIMESTAMP, bl_timestamp_add, 0, 1)
TEMPORAL(add_duration_timestamp, BL_TIMESTAMP, bl_timestamp_add, 1, 0)
TEMPORAL(add_duration, BL_DURATION, bl_duration_add, 0, 1)
TEMPORAL(sub_timestamp_duration, BL_TIMESTAMP, bl_timestamp_sub, 0, 1)
TEMPORAL(sub_duration, BL_DURATION, bl_duration_sub, 0, 1)
TEMPORAL(sub_timestamp, BL_DURATION, bl_timestamp_diff, 0, 1)

bl_value bl_op_sub_date(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int(args[0].as.i - args[1].as.i); /* days of years 1 to 9999: no overflow */
}

/* A whole number counts as a fraction over one, so that the two mix in every operator. */
static bylaw_fraction as_fraction(bl_value v)
{
    return v.kind == BL_FRACTION ? *v.as.fraction : (bylaw_fraction){v.as.i, 1};
}

static bl_value fraction_result(bl_call *call, bool fits, bylaw_fraction result)
{
    return fits ? bl_fraction_value(call->eval->arena, result) : bl_fail0(call, overflow);
}

#define FRACTIONAL(name, function)                                                                 \
    bl_value bl_op_##name(bl_call *call, const bl_value *args, size_t n)                           \
    {                                                                                              \
        bylaw_fraction result = {0, 1};                                                            \
        const bool fits = function(&result, as_fraction(args[0]), as_fraction(args[1]));           \
                                                                                                   \
        (void)n;                                                                                   \
        return fraction_result(call, fits, result);                                                \
    }

FRACTIONAL(add_fraction, bl_fraction_add)
FRACTIONAL(sub_fraction, bl_fraction_sub)
FRACTIONAL(mul_fraction, bl_fraction_mul)

bl_value bl_op_div_fraction(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_fraction by = as_fraction(args[1]);
    bylaw_fraction result = {0, 1};

    (void)n;
    if (by.num == 0)
        return bl_fail0(call, divide_by_zero);
    const bool fits = bl_fraction_div(&result, as_fraction(args[0]), by);

    return fraction_result(call, fits, result);
}

bl_value bl_op_neg_fraction(bl_call *call, const bl_value *args, size_t n)
{
    bylaw_fraction result = *args[0].as.fraction;

    (void)n;
    if (result.num == INT64_MIN)
        return bl_fail0(call, overflow);
    result.num = -result.num;
    return bl_fraction_value(call->eval->arena, result);
}
