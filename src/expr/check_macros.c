/* expr/check_macros.c: macros: their variables, and the types that flow through them; see
 * checker.h. */
#include "expr/checker.h"

/* ---- Ranges ---- */

/* What a macro goes through: index and element of a list, key and value of a map. */
typedef struct range_types {
    const bl_type *key, *value;
    bool map;
} range_types;

static range_types range_of(bl_checker *c, uint32_t index)
{
    const bl_type *type = bl_check_type(c, index);
    const bl_node *node = bl_check_node(c, index);
    range_types unknown = {BL_SIMPLE(DYN), BL_SIMPLE(DYN), false};

    if (!c->check)
        return unknown;
    if (type->kind == BL_T_NULLABLE && type->param_count == 1)
        type = bl_infer_head(type->params[0]);
    if (type->kind == BL_T_PARAM)
        bl_infer_fits(&c->infer, BL_SIMPLE(DYN), type);
    if (type->kind == BL_T_LIST && type->param_count == 1)
        return (range_types){BL_SIMPLE(INT), type->params[0], false};
    if (type->kind == BL_T_MAP && type->param_count == 2)
        return (range_types){type->params[0], type->params[1], true};
    if (type->kind <= BL_T_ERROR || type->kind == BL_T_PARAM)
        return unknown;
    bl_tell(c->report, not_a_range, node->from, node->to,
            BL_TEXT("type", bl_check_type_text(c, type)));
    return (range_types){BL_SIMPLE(ERROR), BL_SIMPLE(ERROR), false};
}

/* ---- Scopes ---- */

enum { MOST_VARIABLES = 2 };

/* The scope of a macro under way. */
typedef struct scopes {
    bl_scope variables[MOST_VARIABLES];
    const bl_scope *before;
    uint32_t first;
} scopes;

/* Makes the macro's variables visible. `names` are NAME nodes, or BAD ones already told. */
static void enter(bl_checker *c, scopes *s, const bl_syntax *names, unsigned count,
                  const bl_type *const *types)
{
    s->before = c->scope;
    s->first = c->locals;
    for (unsigned i = 0; i < count; i++, names = names->next) {
        s->variables[i] = (bl_scope){.type = types[i], .local = c->locals++, .up = c->scope};
        if (names->kind == BL_SYN_NAME)
            s->variables[i].name = names->name;
        c->scope = &s->variables[i];
    }
}

static void leave(bl_checker *c, const scopes *s)
{
    c->scope = s->before;
}

static uint32_t emit_macro(bl_checker *c, const bl_syntax *s, size_t mark, uint32_t first,
                           const bl_type *type, uint32_t local)
{
    const bl_macro *macro = &bl_macros[s->op];
    const uint32_t index = bl_check_emit(c, (bl_node_kind)macro->node, s, mark, first, type);
    bl_node *node = bl_check_node(c, index);

    node->as.local = local;
    node->local_count = macro->variables;
    node->flags = macro->filtered ? BL_NODE_FILTERED : 0;
    return index;
}

/* ---- Comprehensions ---- */

static const bl_type *comprehension_type(bl_checker *c, const bl_macro *macro,
                                         const range_types *range, uint32_t body)
{
    const bl_type *element = range->map ? range->key : range->value;

    if (!c->check)
        return BL_SIMPLE(DYN);
    switch ((bl_node_kind)macro->node) {
    case BL_NODE_FILTER:
        return bl_check_made(c, bl_type_list(c->arena, element));
    case BL_NODE_TRANSFORM_LIST:
        return bl_check_made(c, bl_type_list(c->arena, bl_check_type(c, body)));
    case BL_NODE_TRANSFORM_MAP:
        return bl_check_made(c, bl_type_map(c->arena, range->key, bl_check_type(c, body)));
    default:
        return BL_SIMPLE(BOOL);
    }
}

/* range.macro(variables, [filter,] body) */
static uint32_t build_comprehension(bl_checker *c, const bl_syntax *s)
{
    const bl_macro *macro = &bl_macros[s->op];
    const bool transform =
        macro->node == BL_NODE_TRANSFORM_LIST || macro->node == BL_NODE_TRANSFORM_MAP;
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const range_types range = range_of(c, bl_check_child(c, s->first));
    const bl_type *two[] = {range.key, range.value};
    const bl_type *one[] = {range.map ? range.key : range.value};
    const bl_syntax *argument = s->first->next;
    scopes scope;

    enter(c, &scope, argument, macro->variables, macro->variables == 2 ? two : one);
    for (unsigned i = 0; i < macro->variables; i++)
        argument = argument->next;
    if (macro->filtered) {
        bl_check_bool(c, bl_check_child(c, argument));
        argument = argument->next;
    }
    const uint32_t body = bl_check_child(c, argument);

    if (!transform)
        bl_check_bool(c, body);
    leave(c, &scope);
    return emit_macro(c, s, mark, first, comprehension_type(c, macro, &range, body), scope.first);
}

/* ---- cel.bind, optMap, optFlatMap ---- */

/* cel.bind(variable, value, body) */
static uint32_t build_bind(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const uint32_t value = bl_check_child(c, s->first->next);
    const bl_type *types[] = {bl_check_type(c, value)};
    scopes scope;

    enter(c, &scope, s->first, 1, types);
    const uint32_t body = bl_check_child(c, s->first->next->next);

    leave(c, &scope);
    return emit_macro(c, s, mark, first, bl_check_type(c, body), scope.first);
}

/* The type within an optional, told where it is none. */
static const bl_type *inside_optional(bl_checker *c, uint32_t index)
{
    const bl_type *type = bl_check_type(c, index);
    const bl_type *inner = bl_infer_fresh(&c->infer);
    const bl_node *node = bl_check_node(c, index);

    if (!c->check || type->kind <= BL_T_ERROR)
        return c->check ? type : BL_SIMPLE(DYN);
    if (!bl_infer_fits(&c->infer, type, bl_check_made(c, bl_type_optional(c->arena, inner)))) {
        bl_tell(c->report, not_optional, node->from, node->to,
                BL_TEXT("type", bl_check_type_text(c, type)));
        return BL_SIMPLE(ERROR);
    }
    return bl_infer_head(inner);
}

/* optional.optMap(variable, body), optional.optFlatMap(variable, body) */
static uint32_t build_optional(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const bl_type *types[] = {inside_optional(c, bl_check_child(c, s->first))};
    const bl_type *type;
    scopes scope;

    enter(c, &scope, s->first->next, 1, types);
    const uint32_t body = bl_check_child(c, s->first->next->next);

    leave(c, &scope);
    if (bl_macros[s->op].node == BL_NODE_OPT_FLAT_MAP) {
        inside_optional(c, body);
        type = bl_check_type(c, body);
    } else {
        type = bl_check_made(c, bl_type_optional(c->arena, bl_check_type(c, body)));
    }
    return emit_macro(c, s, mark, first, type, scope.first);
}

/* ---- cel.block ---- */

static bl_scope *name_entry(bl_checker *c, size_t i)
{
    bl_scope *scope = BL_NEW(c->scratch, bl_scope);
    bl_str name = bl_str_init(c->arena);

    bl_str_addz(&name, "@index");
    bl_str_add_uint(&name, i);
    if (scope == NULL || bl_str_take(&scope->name, &name) != BYLAW_OK) {
        c->failed = true;
        return NULL;
    }
    return scope;
}

/* cel.block([entry, …], body): entry i is @index{i} in those after it and in the body. As upstream,
 * entries are dyn. */
static uint32_t build_block(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const bl_scope *before = c->scope;
    const uint32_t base = c->locals;
    size_t i = 0;

    c->locals += s->first->count;
    for (const bl_syntax *entry = s->first->first; entry != NULL; entry = entry->next, i++) {
        bl_check_child(c, entry);
        bl_scope *scope = name_entry(c, i);

        if (scope == NULL)
            return 0;
        scope->type = BL_SIMPLE(DYN);
        scope->local = base + (uint32_t)i;
        scope->up = c->scope;
        c->scope = scope;
    }
    const uint32_t body = bl_check_child(c, s->first->next);

    c->scope = before;
    return emit_macro(c, s, mark, first, bl_check_type(c, body), base);
}

uint32_t bl_check_macro(bl_checker *c, const bl_syntax *s)
{
    switch ((bl_node_kind)bl_macros[s->op].node) {
    case BL_NODE_HAS:
        return bl_check_has(c, s, s->first);
    case BL_NODE_BIND:
        return build_bind(c, s);
    case BL_NODE_BLOCK:
        return build_block(c, s);
    case BL_NODE_OPT_MAP:
    case BL_NODE_OPT_FLAT_MAP:
        return build_optional(c, s);
    default:
        return build_comprehension(c, s);
    }
}
