/* expr/builtin.h: how a function of the expression language is written.
 *
 * A builtin gets known values only (the evaluator deals with errors and unknowns first, unless the
 * overload says BL_TAKES_UNKNOWN) and returns a value; a failure is an error value. What it reads
 * and makes beyond a constant amount it charges with bl_charge. */
#ifndef BL_EXPR_BUILTIN_H
#define BL_EXPR_BUILTIN_H

#include "expr/expr.h"

typedef struct bl_call {
    bl_eval *eval;
    const void *cached;        /* what the planner prepared for this call from constant arguments (a
                                  compiled regular expression, a set), or NULL */
    const bl_program *program; /* the expression that calls, for messages; may be NULL */
} bl_call;

typedef bl_value bl_builtin(bl_call *call, const bl_value *args, size_t n);

/* Charges units of cost. false when the limit is passed: return bl_cost_error(call). */
bool bl_charge(bl_call *call, uint64_t units);
bl_value bl_cost_error(bl_call *call);

enum { BL_MEMBER = 1, BL_TAKES_UNKNOWN = 2, BL_CHARTER_ONLY = 4, BL_OPTIONAL_SYNTAX = 8 };

/* One overload. `signature` is written as the conformance data writes types, params separated by
 * commas: "string,int->string", "list(<A>)->int"; a leading "..." before the last parameter makes
 * it stand for one or more arguments. Of our own types: fraction, date, name; `enum` is any
 * enumeration and `record` any record, `T?` also takes none. A text literal where the parameter
 * (its type parameters resolved) is a name, a date or an enumeration is turned into one when
 * checked. Overloads of one function stand together; the more specific one first.
 *
 * Operators are called _+_ _-_ _*_ _/_ _%_ _==_ _!=_ _<_ _<=_ _>_ _>=_ @in !_ -_ ; && || ?: x[i]
 * x.f has() [..] {..} and macros are nodes of the tree (nodes.def) and have no overloads, nor has
 * stated(). */
typedef struct bl_overload {
    const char *function; /* "size", "math.greatest", "_+_" for operators */
    const char *id;       /* "size_string" */
    unsigned flags;
    const char *signature;
    bl_builtin *run;
} bl_overload;

/* The tables, one a file: builtins_std.c (operators, conversions, size, in …), builtins_string.c,
 * builtins_math.c, builtins_time.c, builtins_charter.c (our types), builtins_misc.c (encoders,
 * optional), builtins_network.c. Each ends with a row of NULLs. */
extern const bl_overload bl_builtins_std[];
extern const bl_overload bl_builtins_string[];
extern const bl_overload bl_builtins_math[];
extern const bl_overload bl_builtins_time[];
extern const bl_overload bl_builtins_charter[];
extern const bl_overload bl_builtins_misc[];
extern const bl_overload bl_builtins_network[];

#endif
