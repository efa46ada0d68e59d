/* expr/operators.h: the operators as builtins; their overloads stand in builtins_std.c, and the
 * planner gives the commonest of them steps of their own. */
#ifndef BL_EXPR_OPERATORS_H
#define BL_EXPR_OPERATORS_H

#include "expr/faults.h"

/* X(name): bl_op_NAME */
#define BL_ARITHMETIC(X)                                                                           \
    X(add_int)                                                                                     \
    X(sub_int)                                                                                     \
    X(mul_int)                                                                                     \
    X(div_int)                                                                                     \
    X(mod_int)                                                                                     \
    X(neg_int)                                                                                     \
    X(add_uint)                                                                                    \
    X(sub_uint)                                                                                    \
    X(mul_uint)                                                                                    \
    X(div_uint)                                                                                    \
    X(mod_uint)                                                                                    \
    X(add_double)                                                                                  \
    X(sub_double)                                                                                  \
    X(mul_double)                                                                                  \
    X(div_double)                                                                                  \
    X(neg_double)                                                                                  \
    X(add_text)                                                                                    \
    X(add_list)                                                                                    \
    X(add_timestamp_duration)                                                                      \
    X(add_duration_timestamp)                                                                      \
    X(add_duration)                                                                                \
    X(sub_timestamp)                                                                               \
    X(sub_timestamp_duration)                                                                      \
    X(sub_duration)                                                                                \
    X(add_fraction)                                                                                \
    X(sub_fraction)                                                                                \
    X(mul_fraction)                                                                                \
    X(div_fraction)                                                                                \
    X(neg_fraction)                                                                                \
    X(sub_date)
#define BL_COMPARISONS(X)                                                                          \
    X(not )                                                                                        \
    X(eq)                                                                                          \
    X(ne)                                                                                          \
    X(lt)                                                                                          \
    X(le)                                                                                          \
    X(gt)                                                                                          \
    X(ge)                                                                                          \
    X(in_list)                                                                                     \
    X(in_map)                                                                                      \
    X(index_list)                                                                                  \
    X(index_map)                                                                                   \
    X(matches)
#define BL_CONVERSIONS(X)                                                                          \
    X(same)                                                                                        \
    X(int_uint)                                                                                    \
    X(int_double)                                                                                  \
    X(int_string)                                                                                  \
    X(int_timestamp)                                                                               \
    X(uint_int)                                                                                    \
    X(uint_double)                                                                                 \
    X(uint_string)                                                                                 \
    X(double_int)                                                                                  \
    X(double_uint)                                                                                 \
    X(double_string)                                                                               \
    X(string_int)                                                                                  \
    X(string_uint)                                                                                 \
    X(string_double)                                                                               \
    X(string_bool)                                                                                 \
    X(string_bytes)                                                                                \
    X(string_timestamp)                                                                            \
    X(string_duration)                                                                             \
    X(string_charter)                                                                              \
    X(bytes_string)                                                                                \
    X(bool_string)                                                                                 \
    X(timestamp_int)                                                                               \
    X(timestamp_string)                                                                            \
    X(duration_string)                                                                             \
    X(type_of)

#define BL_DECLARE(name) bl_builtin bl_op_##name;
BL_ARITHMETIC(BL_DECLARE)
BL_COMPARISONS(BL_DECLARE)
BL_CONVERSIONS(BL_DECLARE)
#undef BL_DECLARE

bl_builtin bl_op_distinct;
bl_builtin bl_op_size_list;

/* A set made of a constant list, for `x in [...]`: a plan keeps it in call->cached. */
typedef struct bl_set bl_set;
/* *out is NULL where a set would not help: few elements, of several kinds, or of kinds whose
 * equality is not that of a hash. false: no memory. */
bool bl_set_make(const bl_set **out, bl_arena *arena, const bl_list *list);

#define BL_BYTES_PER_UNIT 16 /* of text that is copied or compared */

/* Units that reading the whole of a value costs: one for every 16 bytes of text and for every
 * element, all the way down, as far as `most`. */
uint64_t bl_value_units(bl_value v, uint64_t most);

#endif
