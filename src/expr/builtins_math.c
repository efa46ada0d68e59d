/* expr/builtins_math.c: cel-go's math extension. */
#include "expr/builtin_util.h"

#include <math.h>

/* --- greatest and least ----------------------------------------------------------------------- */

static bool is_number(bl_value v)
{
    return v.kind == BL_INT || v.kind == BL_UINT || v.kind == BL_DOUBLE || v.kind == BL_FRACTION;
}

/* The first of those that are beyond all others; wanted -1 the least, +1 the greatest. */
static bl_value extreme(bl_call *call, const bl_value *values, size_t n, int wanted)
{
    bl_value best = n > 0 ? values[0] : BL_NULL_VALUE;

    for (size_t i = 0; i < n; i++) {
        const int order = bl_value_compare(values[i], best);

        if (!is_number(values[i]))
            return bl_fail(call, no_overload,
                           BL_TEXT("function", wanted > 0 ? BYLAW_STR("math.greatest")
                                                          : BYLAW_STR("math.least")),
                           BL_TEXT("types", bl_kind_name(values[i].kind)));
        if (order == 2)
            return bl_fail0(call, not_a_number);
        if (order == wanted)
            best = values[i];
    }
    return best;
}

/* The numbers are the arguments or the elements of the only one. */
static bl_value extreme_of(bl_call *call, const bl_value *args, size_t n, int wanted)
{
    bl_value unknown;

    if (n != 1 || args[0].kind != BL_LIST)
        return extreme(call, args, n, wanted);
    const bl_list *list = args[0].as.list;

    if (!bl_charge(call, list->count))
        return bl_cost_error(call);
    unknown = bl_unknown_items(call, list);
    if (unknown.kind != BL_NULL)
        return unknown;
    if (list->count == 0)
        return bl_fail0(call, empty_list);
    return extreme(call, list->items, list->count, wanted);
}

static bl_value greatest(bl_call *call, const bl_value *args, size_t n)
{
    return extreme_of(call, args, n, +1);
}

static bl_value least(bl_call *call, const bl_value *args, size_t n)
{
    return extreme_of(call, args, n, -1);
}

/* --- rounding and signs ----------------------------------------------------------------------- */

#define OF_DOUBLE(name, result)                                                                    \
    static bl_value name(bl_call *call, const bl_value *args, size_t n)                            \
    {                                                                                              \
        const double d = args[0].as.d;                                                             \
                                                                                                   \
        (void)call;                                                                                \
        (void)n;                                                                                   \
        return result;                                                                             \
    }

/* Half away from zero. Of the library's functions this one alone would have to be called: without
 * it and sqrt, which is one instruction, the program starts without libm. */
static double round_away(double d)
{
    const double whole = trunc(d);

    return fabs(d - whole) >= 0.5 ? whole + copysign(1, d) : whole;
}

OF_DOUBLE(ceil_double, bl_double(ceil(d)))
OF_DOUBLE(floor_double, bl_double(floor(d)))
OF_DOUBLE(round_double, bl_double(round_away(d)))
OF_DOUBLE(trunc_double, bl_double(trunc(d)))
OF_DOUBLE(sqrt_double, bl_double(sqrt(d)))
OF_DOUBLE(abs_double, bl_double(fabs(d)))
OF_DOUBLE(sign_double, bl_double(isnan(d) || d == 0 ? d : d < 0 ? -1 : 1))
OF_DOUBLE(is_nan, bl_bool(isnan(d) != 0))
OF_DOUBLE(is_inf, bl_bool(isinf(d) != 0))
OF_DOUBLE(is_finite, bl_bool(isfinite(d) != 0))

static bl_value sqrt_int(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_double(sqrt((double)args[0].as.i));
}

static bl_value sqrt_uint(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_double(sqrt((double)args[0].as.u));
}

static bl_value abs_int(bl_call *call, const bl_value *args, size_t n)
{
    const int64_t i = args[0].as.i;

    (void)n;
    if (i == INT64_MIN)
        return bl_fail0(call, overflow);
    return bl_int(i < 0 ? -i : i);
}

static bl_value same_uint(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return args[0];
}

static bl_value sign_int(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int((args[0].as.i > 0) - (args[0].as.i < 0));
}

static bl_value sign_uint(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_uint(args[0].as.u > 0);
}

/* --- bits ------------------------------------------------------------------------------------- */

/* The result has the kind of the first argument; both are read as 64 bits. */
static bl_value with_bits(bl_value like, uint64_t bits)
{
    like.as.u = bits;
    return like;
}

#define OF_BITS(name, result)                                                                      \
    static bl_value name(bl_call *call, const bl_value *args, size_t n)                            \
    {                                                                                              \
        (void)call;                                                                                \
        (void)n;                                                                                   \
        return with_bits(args[0], result);                                                         \
    }

OF_BITS(bit_and, args[0].as.u &args[1].as.u)
OF_BITS(bit_or, args[0].as.u | args[1].as.u)
OF_BITS(bit_xor, args[0].as.u ^ args[1].as.u)
OF_BITS(bit_not, ~args[0].as.u)

/* Zeros move in on either side, also for a negative int. */
static bl_value shift(bl_call *call, const bl_value *args, bool left)
{
    const uint64_t bits = args[0].as.u;
    const int64_t count = args[1].as.i;

    if (count < 0)
        return bl_fail(call, negative_shift, BL_INT("count", count));
    return with_bits(args[0], count > 63 ? 0 : left ? bits << count : bits >> count);
}

static bl_value shift_left(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return shift(call, args, true);
}

static bl_value shift_right(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return shift(call, args, false);
}

#define EXTREME_ROWS(function, id, run)                                                            \
    {function, id "_int", 0, "...int->int", run}, {function, id "_uint", 0, "...uint->uint", run}, \
        {function, id "_double", 0, "...double->double", run},                                     \
        {function, id "_list_int", 0, "list(int)->int", run},                                      \
        {function, id "_list_uint", 0, "list(uint)->uint", run},                                   \
        {function, id "_list_double", 0, "list(double)->double", run},                             \
        {function, id "_list_fraction", BL_CHARTER_ONLY, "list(fraction)->fraction", run},         \
        {function, id "_fraction", BL_CHARTER_ONLY, "...fraction->fraction", run},                 \
        {function, id "_list_dyn", 0, "list(dyn)->dyn", run},                                      \
    {                                                                                              \
        function, id "_dyn", 0, "...dyn->dyn", run                                                 \
    }

const bl_overload bl_builtins_math[] = {
    EXTREME_ROWS("math.greatest", "math_greatest", greatest),
    EXTREME_ROWS("math.least", "math_least", least),
    {"math.ceil", "math_ceil_double", 0, "double->double", ceil_double},
    {"math.floor", "math_floor_double", 0, "double->double", floor_double},
    {"math.round", "math_round_double", 0, "double->double", round_double},
    {"math.trunc", "math_trunc_double", 0, "double->double", trunc_double},
    {"math.abs", "math_abs_int", 0, "int->int", abs_int},
    {"math.abs", "math_abs_uint", 0, "uint->uint", same_uint},
    {"math.abs", "math_abs_double", 0, "double->double", abs_double},
    {"math.sign", "math_sign_int", 0, "int->int", sign_int},
    {"math.sign", "math_sign_uint", 0, "uint->uint", sign_uint},
    {"math.sign", "math_sign_double", 0, "double->double", sign_double},
    {"math.sqrt", "math_sqrt_double", 0, "double->double", sqrt_double},
    {"math.sqrt", "math_sqrt_int", 0, "int->double", sqrt_int},
    {"math.sqrt", "math_sqrt_uint", 0, "uint->double", sqrt_uint},
    {"math.isNaN", "math_isNaN_double", 0, "double->bool", is_nan},
    {"math.isInf", "math_isInf_double", 0, "double->bool", is_inf},
    {"math.isFinite", "math_isFinite_double", 0, "double->bool", is_finite},
    {"math.bitAnd", "math_bitAnd_int_int", 0, "int,int->int", bit_and},
    {"math.bitAnd", "math_bitAnd_uint_uint", 0, "uint,uint->uint", bit_and},
    {"math.bitOr", "math_bitOr_int_int", 0, "int,int->int", bit_or},
    {"math.bitOr", "math_bitOr_uint_uint", 0, "uint,uint->uint", bit_or},
    {"math.bitXor", "math_bitXor_int_int", 0, "int,int->int", bit_xor},
    {"math.bitXor", "math_bitXor_uint_uint", 0, "uint,uint->uint", bit_xor},
    {"math.bitNot", "math_bitNot_int_int", 0, "int->int", bit_not},
    {"math.bitNot", "math_bitNot_uint_uint", 0, "uint->uint", bit_not},
    {"math.bitShiftLeft", "math_bitShiftLeft_int_int", 0, "int,int->int", shift_left},
    {"math.bitShiftLeft", "math_bitShiftLeft_uint_int", 0, "uint,int->uint", shift_left},
    {"math.bitShiftRight", "math_bitShiftRight_int_int", 0, "int,int->int", shift_right},
    {"math.bitShiftRight", "math_bitShiftRight_uint_int", 0, "uint,int->uint", shift_right},
    {NULL, NULL, 0, NULL, NULL},
};
