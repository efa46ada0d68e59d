/* expr/env.c: see env.h. An environment is a map from names to what they mean, before those of its
 * parents. */
#include "expr/env.h"

#include <assert.h>

const bl_limits bl_limits_default = {
    .depth = 250, .nodes = 100000, .text = 100000, .cost = 10000000, .states = 10000};

bl_limits bl_limits_of(const bylaw_limits *limits)
{
    return (bl_limits){
        .depth = (uint32_t)bylaw_limit_of(limits, BYLAW_LIMIT_EXPRESSION_NESTING),
        .nodes = (uint32_t)bylaw_limit_of(limits, BYLAW_LIMIT_EXPRESSION_PARTS),
        .text = (uint32_t)bylaw_limit_of(limits, BYLAW_LIMIT_EXPRESSION_SIZE),
        .cost = bylaw_limit_of(limits, BYLAW_LIMIT_COST),
        .states = (uint32_t)bylaw_limit_of(limits, BYLAW_LIMIT_REGEX_STATES),
    };
}

static bool has_charter_functions(unsigned options)
{
    return (options & (BL_ENV_CHARTER | BL_ENV_FUNCTIONS)) != 0;
}

bl_env *bl_env_new(bl_arena *arena, unsigned options, const bl_env *parent)
{
    const bool charter = has_charter_functions(options);
    bl_env *env = BL_NEW(arena, bl_env);

    if (env == NULL)
        return NULL;
    *env = (bl_env){.arena = arena,
                    .parent = parent,
                    .options = options,
                    .limits = parent != NULL ? parent->limits : bl_limits_default,
                    .names = bl_map_init(arena),
                    .functions = bl_map_init(arena),
                    .most_segments = parent != NULL ? parent->most_segments : 0};
    if (parent != NULL && has_charter_functions(parent->options) == charter &&
        (options & BL_ENV_APART) == 0)
        env->registry = parent->registry;
    else
        env->registry = bl_registry_new(arena, charter);
    return env->registry != NULL ? env : NULL;
}

void bl_env_set_limits(bl_env *env, const bl_limits *limits)
{
    env->limits = *limits;
}

void bl_env_set_container(bl_env *env, bylaw_str container)
{
    env->container = container;
}

/* ---- Declaring ---- */

static size_t count_segments(bylaw_str name)
{
    size_t count = 1;

    for (size_t i = 0; i < name.len; i++)
        count += name.ptr[i] == '.';
    return count;
}

static bylaw_status declare(bl_env *env, const bl_binding *binding)
{
    const bl_binding *known = bl_env_lookup(env, binding->name);
    bl_binding *copy;

    assert(env != NULL); /* only a look-up is allowed to have none */
    if (known != NULL) {
        const bool same = known->constant == binding->constant &&
                          (known->constant ? bl_value_same(known->value, binding->value)
                                           : known->slot == binding->slot) &&
                          bl_type_same(known->type, binding->type);

        return same ? BYLAW_OK : BYLAW_EDOMAIN;
    }
    copy = BL_NEW(env->arena, bl_binding);
    if (copy == NULL)
        return BYLAW_ENOMEM;
    *copy = *binding;
    if (!bl_arena_copy(env->arena, &copy->name, binding->name) ||
        !bl_map_put(&env->names, copy->name, copy))
        return BYLAW_ENOMEM;
    if (count_segments(copy->name) > env->most_segments)
        env->most_segments = count_segments(copy->name);
    return BYLAW_OK;
}

bylaw_status bl_env_add_variable(bl_env *env, bylaw_str name, const bl_type *type, uint32_t slot)
{
    return declare(env, &(bl_binding){.name = name, .type = type, .slot = slot});
}

bylaw_status bl_env_add_constant(bl_env *env, bylaw_str name, const bl_type *type, bl_value value)
{
    return declare(env,
                   &(bl_binding){.name = name, .type = type, .constant = true, .value = value});
}

void bl_env_set_namer(bl_env *env, bl_env_namer *namer, const void *context)
{
    env->namer = namer;
    env->namer_context = context;
}

static const char *copy_name(bl_arena *arena, bylaw_str name)
{
    bylaw_str copy;

    return bl_arena_copy(arena, &copy, name) ? copy.ptr : NULL;
}

bylaw_status bl_env_add_overload(bl_env *env, bylaw_str function, bylaw_str id, bool member,
                                 const bl_type *const *params, size_t n, const bl_type *result)
{
    bl_overload *overload = BL_NEW(env->arena, bl_overload);
    bl_signature *signature = BL_NEW(env->arena, bl_signature);
    const bl_type **copy = BL_NEW_N(env->arena, const bl_type *, n);
    bl_declared_function *declared = bl_map_get(&env->functions, function);

    if (overload == NULL || signature == NULL || copy == NULL)
        return BYLAW_ENOMEM;
    overload->function = copy_name(env->arena, function);
    overload->id = copy_name(env->arena, id);
    overload->flags = member ? BL_MEMBER : 0;
    for (size_t i = 0; i < n; i++)
        copy[i] = params[i];
    *signature = (bl_signature){
        .overload = overload, .params = copy, .param_count = (uint32_t)n, .result = result};
    if (overload->function == NULL || overload->id == NULL)
        return BYLAW_ENOMEM;
    if (declared == NULL) {
        declared = BL_NEW(env->arena, bl_declared_function);
        if (declared == NULL ||
            !bl_map_put(&env->functions, bylaw_str_from(overload->function), declared))
            return BYLAW_ENOMEM;
        declared->function.name = bylaw_str_from(overload->function);
    }
    if (!bl_vec_push(env->arena, &declared->overloads, signature))
        return BYLAW_ENOMEM;
    declared->function.overloads = declared->overloads.items;
    declared->function.count = declared->overloads.count;
    return BYLAW_OK;
}

/* ---- Looking up ---- */

const bl_binding *bl_env_lookup(const bl_env *env, bylaw_str name)
{
    for (; env != NULL; env = env->parent) {
        const bl_binding *binding = bl_map_get(&env->names, name);

        if (binding != NULL)
            return binding;
    }
    return NULL;
}

bylaw_status bl_env_function(const bl_env *env, bylaw_str name, const bl_function **out)
{
    for (const bl_env *e = env; e != NULL; e = e->parent) {
        const bl_declared_function *declared =
            e->functions.count > 0 ? bl_map_get(&e->functions, name) : NULL;

        if (declared != NULL) {
            *out = &declared->function;
            return BYLAW_OK;
        }
    }
    assert(env != NULL);
    return bl_registry_find(env->registry, name, out);
}

void bl_env_each_below(const bl_env *env, bylaw_str prefix,
                       bool (*visit)(void *context, const bl_binding *binding), void *context)
{
    for (; env != NULL; env = env->parent) {
        for (size_t i = 0; i < env->names.count; i++) {
            const bl_map_entry *entry = &env->names.entries[i];

            if (entry->key.len > prefix.len && entry->key.ptr[prefix.len] == '.' &&
                bl_str_starts(entry->key, prefix) && !visit(context, entry->value))
                return;
        }
    }
}

/* ---- What was meant ---- */

bylaw_str bl_env_nearest(const bl_env *env, bylaw_str name)
{
    bylaw_str best = {NULL, 0};
    size_t least = SIZE_MAX;

    for (; env != NULL; env = env->parent) {
        const bylaw_str near = bl_map_nearest(&env->names, name);
        const size_t distance =
            near.len > 0 ? bl_str_distance(near, name, near.len + name.len) : SIZE_MAX;

        if (distance < least) {
            least = distance;
            best = near;
        }
    }
    return best;
}

bylaw_str bl_env_meant(const bl_env *env, bylaw_str name)
{
    for (const bl_env *e = env; e != NULL; e = e->parent) {
        const bylaw_str meant =
            e->namer != NULL ? e->namer(e->namer_context, name) : (bylaw_str){NULL, 0};

        if (meant.len > 0)
            return meant;
    }
    return bl_env_nearest(env, name);
}

bylaw_str bl_env_nearest_function(const bl_env *env, bylaw_str name)
{
    const bl_map *names = bl_registry_names(env->registry);
    const size_t most = name.len < 6 ? 1 + (name.len > 3) : name.len / 3;
    bylaw_str best = {NULL, 0};
    size_t least = most + 1;

    for (size_t i = 0; i < names->count; i++) {
        const bylaw_str other = names->entries[i].key;
        const bool sign =
            other.ptr[0] == '_' || other.ptr[0] == '@' || other.ptr[other.len - 1] == '_';
        const bool begins = name.len >= 3 && bl_str_starts(other, name); /* starts for startsWith */
        const size_t distance = begins ? 1 : bl_str_distance(other, name, most);

        if (!sign && distance < least) {
            least = distance;
            best = other;
        }
    }
    return best;
}

bool bl_env_has_namespace(const bl_env *env, bylaw_str name)
{
    const bl_map *names = bl_registry_names(env->registry);

    for (size_t i = 0; i < names->count; i++) {
        const bylaw_str other = names->entries[i].key;

        if (other.len > name.len && other.ptr[name.len] == '.' && bl_str_starts(other, name))
            return true;
    }
    return bl_str_is(name, "cel");
}
