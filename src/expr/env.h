/* expr/env.h: what names mean in an environment; for the checker. Declaring is in expr.h. */
#ifndef BL_EXPR_ENV_H
#define BL_EXPR_ENV_H

#include "base/vec.h"
#include "expr/signature.h"

/* The builtin tables, indexed by name. */
typedef struct bl_registry bl_registry;
bl_registry *bl_registry_new(bl_arena *arena, bool charter); /* NULL: no memory */
/* BYLAW_ENOTFOUND, BYLAW_ENOMEM */
bylaw_status bl_registry_find(bl_registry *registry, bylaw_str name, const bl_function **out);
const bl_map *bl_registry_names(const bl_registry *registry); /* empty before the first find */

/* A declared name. */
typedef struct bl_binding {
    bylaw_str name;
    const bl_type *type;
    bool constant;
    uint32_t slot;  /* of a variable */
    bl_value value; /* of a constant */
} bl_binding;

/* A function declared by bl_env_add_overload. */
typedef struct bl_declared_function {
    bl_function function;
    BL_VEC(const bl_signature *) overloads;
} bl_declared_function;

struct bl_env {
    bl_arena *arena;
    const bl_env *parent;
    unsigned options;
    bl_limits limits;
    bylaw_str container;
    bl_map names;        /* bl_binding */
    bl_map functions;    /* bl_declared_function */
    bl_env_namer *namer; /* or NULL */
    const void *namer_context;
    size_t most_segments;  /* of the names declared here and in the parents */
    bl_registry *registry; /* shared with the parent where the options agree */
};

static inline bool bl_env_is_charter(const bl_env *env)
{
    return (env->options & BL_ENV_CHARTER) != 0;
}

/* Exactly this name, here or in a parent; NULL where nothing declares it. */
const bl_binding *bl_env_lookup(const bl_env *env, bylaw_str name);
/* Calls `visit` for every declared name that begins with `prefix` and a dot, until it says false.
 */
void bl_env_each_below(const bl_env *env, bylaw_str prefix,
                       bool (*visit)(void *context, const bl_binding *binding), void *context);
/* The name that was probably meant: what the namer says, or the nearest spelling; else empty.
 */
bylaw_str bl_env_meant(const bl_env *env, bylaw_str name);
/* Are there functions NAME.f? */
bool bl_env_has_namespace(const bl_env *env, bylaw_str name);
/* The nearest name of a function; else empty. */
bylaw_str bl_env_nearest_function(const bl_env *env, bylaw_str name);

#endif
