/* expr/signature.h: the overloads of functions, found by name, with their types read.
 *
 * A signature is read from its text when first asked for and kept in the environment: an expression
 * pays only for the functions that it names. So one environment is used by one thread at a time;
 * the programs compiled against it are shared freely. */
#ifndef BL_EXPR_SIGNATURE_H
#define BL_EXPR_SIGNATURE_H

#include "expr/builtin.h"

typedef struct bl_signature {
    const bl_overload *overload;  /* run is NULL for those of bl_env_add_overload */
    const bl_type *const *params; /* for members the receiver first */
    uint32_t param_count;
    bool variadic; /* the last parameter stands for one or more arguments */
    const bl_type *result;
} bl_signature;

/* All overloads of one name, in order of the tables std, string, math, time, charter, misc. */
typedef struct bl_function {
    bylaw_str name;
    const bl_signature *const *overloads;
    size_t count;
} bl_function;

/* What the environment has under this exact name: BL_CHARTER_ONLY only with BL_ENV_CHARTER.
 *   BYLAW_ENOTFOUND  no overload of that name */
bylaw_status bl_env_function(const bl_env *env, bylaw_str name, const bl_function **out);

/* A type as the conformance data writes it: int, list(string), map(string, dyn), <T>,
 * optional_type(<A>), tuple(int, <U>); ours are told in builtin.h. The name of an abstract type or
 * of a parameter is borrowed from the text.
 *   BYLAW_EINPUT  it is no type */
bylaw_status bl_type_read(const bl_type **out, bl_arena *arena, bylaw_str text);

/* Can it be called with n arguments, in this form? */
static inline bool bl_signature_fits(const bl_signature *s, size_t n, bool member)
{
    return ((s->overload->flags & BL_MEMBER) != 0) == member &&
           (s->variadic ? n >= s->param_count : n == s->param_count);
}

#endif
