/* expr/checker.c: building the tree: nodes, literals, logic, lists and maps; see checker.h. */
#include "expr/checker.h"

#include "text/utf8.h"

#include <assert.h>
#include <string.h>

static const char *const kind_names[BL_NODE__COUNT] = {
#define BL_NODE(kind, name, meaning) #kind,
#include "expr/nodes.def"
#undef BL_NODE
};

const char *bl_node_kind_name(bl_node_kind kind)
{
    return kind_names[kind];
}

/* ---- Nodes ---- */

bl_node *bl_check_node(bl_checker *c, uint32_t index)
{
    return &c->nodes.items[index];
}

const bl_type *bl_check_type(bl_checker *c, uint32_t index)
{
    return bl_infer_head(c->nodes.items[index].type);
}

bylaw_str bl_check_text(bl_checker *c, uint32_t index)
{
    enum { LONGEST = 120 };
    const bl_node *node = &c->nodes.items[index];
    const bylaw_str text = bl_str_slice(c->report->text.text, node->from, node->to);
    bl_str cut = bl_str_init(c->arena);
    bylaw_str shown = text;

    if (text.len <= LONGEST)
        return text;
    bl_str_add(&cut, bl_str_slice(text, 0, bl_utf8_offset(text, LONGEST / 4)));
    bl_str_addz(&cut, "…");
    if (bl_str_take(&shown, &cut) != BYLAW_OK)
        c->failed = true;
    return shown;
}

bylaw_str bl_check_type_text(bl_checker *c, const bl_type *type)
{
    bl_str out = bl_str_init(c->arena);
    bylaw_str text = BYLAW_STR("?");

    bl_type_write(&out, bl_infer_resolve(&c->infer, type, true));
    if (bl_str_take(&text, &out) != BYLAW_OK)
        c->failed = true;
    return text;
}

bylaw_str bl_check_short_name(const bl_checker *c, uint32_t index)
{
    const bl_node *node = &c->nodes.items[index];
    size_t start = node->name.len;

    if (node->kind != BL_NODE_VAR && node->kind != BL_NODE_LOCAL && node->kind != BL_NODE_SELECT)
        return (bylaw_str){NULL, 0};
    while (start > 0 && node->name.ptr[start - 1] != '.')
        start--;
    return bl_str_slice(node->name, start, node->name.len);
}

void bl_check_push(bl_checker *c, uint32_t child)
{
    if (!bl_vec_push(c->scratch, &c->pending, child))
        c->failed = true;
}

uint32_t bl_check_child(bl_checker *c, const bl_syntax *s)
{
    const uint32_t index = bl_check_build(c, s);

    bl_check_push(c, index);
    return index;
}

uint32_t bl_check_pending(const bl_checker *c, size_t mark, size_t i)
{
    return c->failed ? 0 : c->pending.items[mark + i];
}

/* After running out of memory node 0 stands for all: nothing of the tree is handed out. */
uint32_t bl_check_emit(bl_checker *c, bl_node_kind kind, const bl_syntax *s, size_t mark,
                       uint32_t first, const bl_type *type)
{
    const bl_node node = {.kind = (uint8_t)kind,
                          .first = first,
                          .from = s->from,
                          .to = s->to,
                          .child = (uint32_t)c->children.count,
                          .child_count = (uint32_t)(c->pending.count - mark),
                          .type = c->check && !bl_infer_is_huge(type) ? type : BL_SIMPLE(DYN)};

    for (size_t i = mark; i < c->pending.count && !c->failed; i++) {
        if (!bl_vec_push(c->scratch, &c->children, c->pending.items[i]))
            c->failed = true;
    }
    c->pending.count = mark;
    if (c->failed || !bl_vec_push(c->scratch, &c->nodes, node)) {
        c->failed = true;
        return 0;
    }
    return (uint32_t)c->nodes.count - 1;
}

static uint32_t emit_leaf(bl_checker *c, bl_node_kind kind, const bl_syntax *s, const bl_type *type)
{
    return bl_check_emit(c, kind, s, c->pending.count, (uint32_t)c->nodes.count, type);
}

uint32_t bl_check_bad(bl_checker *c, const bl_syntax *s)
{
    const uint32_t index = emit_leaf(c, BL_NODE_UNDECLARED, s, BL_SIMPLE(ERROR));

    if (c->check)
        c->nodes.items[index].type = BL_SIMPLE(ERROR);
    return index;
}

/* ---- Literals, lists, maps ---- */

static uint32_t build_literal(bl_checker *c, const bl_syntax *s)
{
    const bl_type *type = bl_type_of_value(s->value);
    const uint32_t index =
        emit_leaf(c, BL_NODE_CONST, s, c->charter ? bl_charter_no_double(c, s, type) : type);

    bl_check_node(c, index)->as.value = s->value;
    return index;
}

const bl_type *bl_check_made(bl_checker *c, const bl_type *type)
{
    c->failed |= type == NULL;
    return type != NULL ? type : BL_SIMPLE(ERROR);
}

const bl_type *bl_check_with_none(bl_checker *c, const bl_type *type)
{
    if (type->kind == BL_T_NULLABLE || type->kind <= BL_T_NULL)
        return type;
    return bl_check_made(c, bl_type_nullable(c->arena, type));
}

const bl_type *bl_check_join(bl_checker *c, const bl_type *so_far, uint32_t index,
                             const bl_type *type)
{
    if (so_far == NULL || !c->check)
        return type;
    so_far = bl_infer_head(so_far);
    if (c->charter && bl_charter_may_become(c, index, so_far)) {
        bl_charter_become(c, index, so_far, (bylaw_str){NULL, 0});
        return so_far;
    }
    if (c->charter && (so_far->kind == BL_T_NULL) != (type->kind == BL_T_NULL))
        return bl_check_with_none(c, so_far->kind == BL_T_NULL ? type : so_far);
    const size_t mark = bl_infer_mark(&c->infer);

    if (bl_infer_fits(&c->infer, so_far, type))
        return bl_infer_general(so_far, type);
    bl_infer_undo(&c->infer, mark);
    return NULL;
}

/* Inside `?x`: x must be an optional; the type within it. */
static const bl_type *unwrap(bl_checker *c, uint32_t index)
{
    const bl_type *type = bl_check_type(c, index);
    const bl_node *node = bl_check_node(c, index);

    if (type->kind <= BL_T_ERROR)
        return type;
    const bl_type *inner = bl_infer_fresh(&c->infer);
    const bl_type *optional = bl_check_made(c, bl_type_optional(c->arena, inner));

    if (!bl_infer_fits(&c->infer, type, optional)) {
        bl_tell(c->report, not_optional, node->from, node->to,
                BL_TEXT("type", bl_check_type_text(c, type)));
        return BL_SIMPLE(ERROR);
    }
    return bl_infer_head(inner);
}

static const bl_type *tell_mixed(bl_checker *c, uint32_t index, const bl_type *type,
                                 const bl_type *others)
{
    const bl_node *node = bl_check_node(c, index);

    bl_tell(c->report, mixed_types, node->from, node->to,
            BL_TEXT("type", bl_check_type_text(c, type)),
            BL_TEXT("others", bl_check_type_text(c, others)));
    return BL_SIMPLE(ERROR);
}

/* The common type of the pending children number begin, begin + step, …. In charters text literals
 * are joined last, so that they can become what the others are. */
static const bl_type *join_all(bl_checker *c, const bl_syntax *s, size_t mark, size_t begin,
                               size_t step)
{
    const size_t count = c->pending.count - mark;
    const bl_type *type = NULL;

    for (int late = 0; late <= (c->charter ? 1 : 0) && !c->failed; late++) {
        const bl_syntax *entry = s->first, *before = s->first;

        for (size_t i = 0; i < count; i++, before = entry, entry = entry->next) {
            const uint32_t index = bl_check_pending(c, mark, i);

            assert(entry != NULL && before != NULL); /* there is one for each pending child */
            if (i % step != begin || (c->charter && bl_charter_literal(c, index) != (late == 1)))
                continue;
            const bool key = step == 2 && begin == 0; /* its `?` is about the value */
            const bool optional = !key && ((step == 2 ? before : entry)->flags & BL_SYN_ENTRY) != 0;

            const bl_type *own = optional ? unwrap(c, index) : bl_check_type(c, index);
            const bl_type *joined = bl_check_join(c, type, index, own);

            if (joined == NULL && c->charter && !c->mixed)
                joined = tell_mixed(c, index, own, type);
            type = joined != NULL ? joined : BL_SIMPLE(DYN);
        }
    }
    return type != NULL ? type : bl_infer_fresh(&c->infer);
}

/* Which entries are written with `?`; NULL where none is. */
static const bool *optional_entries(bl_checker *c, const bl_syntax *s, size_t step)
{
    bool *flags = NULL;
    size_t i = 0;

    for (const bl_syntax *e = s->first; e != NULL; e = e->next, i++) {
        if ((e->flags & BL_SYN_ENTRY) == 0 || i % step != 0)
            continue;
        if (flags == NULL && (flags = BL_NEW_N(c->arena, bool, s->count / step)) == NULL) {
            c->failed = true;
            return NULL;
        }
        flags[i / step] = true;
    }
    return flags;
}

static uint32_t build_list(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;

    for (const bl_syntax *e = s->first; e != NULL; e = e->next)
        bl_check_child(c, e);
    const bl_type *type = BL_SIMPLE(DYN);

    if (c->check)
        type = bl_check_made(c, bl_type_list(c->arena, join_all(c, s, mark, 0, 1)));
    const uint32_t index = bl_check_emit(c, BL_NODE_LIST, s, mark, first, type);

    bl_check_node(c, index)->as.optional = optional_entries(c, s, 1);
    return index;
}

static void check_keys(bl_checker *c, const bl_type *key, const bl_syntax *s)
{
    const bl_type_kind kind = bl_infer_head(key)->kind;

    if (c->charter && kind != BL_T_STRING && kind != BL_T_INT && kind != BL_T_UINT &&
        kind != BL_T_BOOL && kind != BL_T_PARAM && kind > BL_T_ERROR)
        bl_tell(c->report, key_type, s->first->from, s->first->to,
                BL_TEXT("type", bl_check_type_text(c, key)));
}

static uint32_t build_map(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const bl_type *type = BL_SIMPLE(DYN);

    for (const bl_syntax *e = s->first; e != NULL; e = e->next)
        bl_check_child(c, e);
    if (c->check) {
        const bl_type *key = join_all(c, s, mark, 0, 2);

        if (s->first != NULL)
            check_keys(c, key, s);
        type = bl_check_made(c, bl_type_map(c->arena, key, join_all(c, s, mark, 1, 2)));
    }
    const uint32_t index = bl_check_emit(c, BL_NODE_MAP, s, mark, first, type);

    bl_check_node(c, index)->as.optional = optional_entries(c, s, 2);
    return index;
}

/* ---- Logic ---- */

void bl_check_bool(bl_checker *c, uint32_t index)
{
    if (!c->check || bl_infer_fits(&c->infer, bl_check_type(c, index), BL_SIMPLE(BOOL)))
        return;
    const bl_node *node = bl_check_node(c, index);

    bl_tell(c->report, not_bool, node->from, node->to,
            BL_TEXT("type", bl_check_type_text(c, node->type)));
}

static uint32_t build_logic(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;

    for (const bl_syntax *e = s->first; e != NULL; e = e->next)
        bl_check_bool(c, bl_check_child(c, e));
    return bl_check_emit(c, s->kind == BL_SYN_AND ? BL_NODE_AND : BL_NODE_OR, s, mark, first,
                         BL_SIMPLE(BOOL));
}

/* The type of two branches; unlike the elements of a list they may not differ. */
static const bl_type *join_branches(bl_checker *c, uint32_t yes, uint32_t no)
{
    const bool swap = c->charter && bl_charter_literal(c, yes);
    const uint32_t a = swap ? no : yes, b = swap ? yes : no;
    const bl_type *type = bl_check_join(c, bl_check_type(c, a), b, bl_check_type(c, b));

    if (type != NULL)
        return type;
    const bl_node *node = bl_check_node(c, b);

    bl_tell(c->report, branch_types, node->from, node->to,
            BL_TEXT("type", bl_check_type_text(c, bl_check_type(c, b))),
            BL_TEXT("other", bl_check_type_text(c, bl_check_type(c, a))));
    return BL_SIMPLE(ERROR);
}

static uint32_t build_condition(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const bl_type *type = BL_SIMPLE(DYN);

    bl_check_bool(c, bl_check_child(c, s->first));
    const uint32_t yes = bl_check_child(c, s->first->next);
    const uint32_t no = bl_check_child(c, s->first->next->next);

    if (c->check && !c->failed)
        type = join_branches(c, yes, no);
    return bl_check_emit(c, BL_NODE_COND, s, mark, first, type);
}

/* ---- All of it ---- */

uint32_t bl_check_build(bl_checker *c, const bl_syntax *s)
{
    if (c->failed)
        return 0;
    switch ((bl_syntax_kind)s->kind) {
    case BL_SYN_LITERAL:
        return build_literal(c, s);
    case BL_SYN_NAME:
        return bl_check_name(c, s);
    case BL_SYN_SELECT:
        return bl_check_select(c, s);
    case BL_SYN_INDEX:
        return bl_check_index(c, s);
    case BL_SYN_CALL:
        return bl_check_call(c, s);
    case BL_SYN_BINARY:
        return bl_check_operator(c, s, s->name);
    case BL_SYN_NOT:
        return bl_check_operator(c, s, BYLAW_STR("!_"));
    case BL_SYN_NEGATE:
        return bl_check_operator(c, s, BYLAW_STR("-_"));
    case BL_SYN_AND:
    case BL_SYN_OR:
        return build_logic(c, s);
    case BL_SYN_COND:
        return build_condition(c, s);
    case BL_SYN_LIST:
        return build_list(c, s);
    case BL_SYN_MAP:
        return build_map(c, s);
    case BL_SYN_MACRO:
        return bl_check_macro(c, s);
    case BL_SYN_BAD:
        break;
    }
    return bl_check_bad(c, s);
}

/* May a value of that type be of another kind? CEL lets null pass for some. */
static bool is_doubtful(const bl_type *type)
{
    return type->kind <= BL_T_NULL || type->kind == BL_T_NULLABLE || type->kind == BL_T_TIMESTAMP ||
           type->kind == BL_T_DURATION || type->kind == BL_T_OPTIONAL ||
           type->kind == BL_T_ABSTRACT;
}

/* Does an argument of this type surely have the kinds that the parameter asks for? */
static bool is_exact(const bl_type *parameter, const bl_type *type, bool top)
{
    if (is_doubtful(type))
        return parameter->kind == BL_T_PARAM && !top;
    if (parameter->kind == BL_T_PARAM)
        return true;
    if (parameter->kind != type->kind)
        return false;
    for (size_t i = 0; i < parameter->param_count && i < type->param_count; i++) {
        if (!is_exact(parameter->params[i], type->params[i], false))
            return false;
    }
    return true;
}

static bool call_is_exact(const bl_checker *c, const bl_node *node)
{
    const bl_signature *s = node->as.call.candidates[0];

    for (uint32_t i = 0; i < node->child_count; i++) {
        const bl_type *parameter = s->params[i < s->param_count ? i : s->param_count - 1];
        const bl_node *argument = &c->nodes.items[c->children.items[node->child + i]];

        if (!is_exact(parameter, argument->type, true))
            return false;
    }
    return true;
}

static bool index_is_exact(const bl_checker *c, const bl_node *node)
{
    const bl_type *target = c->nodes.items[c->children.items[node->child]].type;
    const bl_type *key = c->nodes.items[c->children.items[node->child + 1]].type;

    return (target->kind == BL_T_LIST && key->kind == BL_T_INT) ||
           (target->kind == BL_T_MAP && target->param_count == 2 &&
            target->params[0]->kind == key->kind && key->kind > BL_T_ERROR &&
            key->kind != BL_T_NULLABLE);
}

/* Types are final now: no variable is left. */
static void finish_nodes(bl_checker *c)
{
    for (size_t i = 0; i < c->nodes.count; i++) {
        bl_node *node = &c->nodes.items[i];

        node->type = bl_infer_resolve(&c->infer, node->type, true);
        if ((node->kind == BL_NODE_CALL && node->as.call.candidate_count == 1 &&
             call_is_exact(c, node)) ||
            (node->kind == BL_NODE_INDEX && index_is_exact(c, node)))
            node->flags |= BL_NODE_EXACT;
    }
}

static void check_result(bl_checker *c, uint32_t root, const bl_type *want)
{
    if (want == NULL || c->failed)
        return;
    if (c->charter && bl_charter_may_become(c, root, want)) {
        bl_charter_become(c, root, want, (bylaw_str){NULL, 0});
        return;
    }
    const bl_type *type = bl_check_type(c, root);
    const bool none = type->kind == BL_T_NULLABLE && want->kind != BL_T_NULLABLE;

    if (bl_infer_has_error(type) || (!none && bl_infer_fits(&c->infer, type, want)))
        return;
    const bl_node *node = bl_check_node(c, root);

    bl_tell(c->report, result_type, node->from, node->to,
            BL_TEXT("type", bl_check_type_text(c, type)),
            BL_TEXT("want", bl_check_type_text(c, want)));
}

static bl_tree *make_tree(bl_checker *c, uint32_t height)
{
    const size_t nodes = c->nodes.count * sizeof *c->nodes.items;
    const size_t children = c->children.count * sizeof *c->children.items;
    bl_tree *tree = BL_NEW(c->arena, bl_tree);
    bl_node *kept_nodes = bl_arena_alloc(c->arena, nodes);
    uint32_t *kept_children = bl_arena_alloc(c->arena, children);

    if (tree == NULL || kept_nodes == NULL || kept_children == NULL)
        return NULL;
    memcpy(kept_nodes, c->nodes.items, nodes);
    memcpy(kept_children, c->children.items, children);
    *tree = (bl_tree){.text = c->report->text.text,
                      .nodes = kept_nodes,
                      .children = kept_children,
                      .count = (uint32_t)c->nodes.count,
                      .local_count = c->locals,
                      .height = height};
    return tree;
}

/* Room for most expressions at once, and a node 0 even when nothing could be emitted. */
static bool reserve_nodes(bl_checker *c, size_t text_length)
{
    const size_t wanted = 8 + (text_length < 4096 ? text_length / 4 : 1024);

    if (!bl_vec_reserve(c->scratch, (void **)(void *)&c->nodes.items, &c->nodes.room, wanted,
                        sizeof *c->nodes.items) ||
        !bl_vec_reserve(c->scratch, (void **)(void *)&c->children.items, &c->children.room, wanted,
                        sizeof *c->children.items))
        return false;
    c->nodes.items[0] = (bl_node){.type = BL_SIMPLE(ERROR)};
    return true;
}

static bylaw_status read_tree(bl_tree **out, const bl_env *env, bl_arena *arena, bl_arena *scratch,
                              bl_expr_text text, const bl_type *want, bool check,
                              bylaw_diags *diags)
{
    bl_report report = {.text = text, .diags = diags};
    bl_syntax *syntax = NULL;
    bylaw_status status;

    if (!bl_arena_copy(arena, &report.text.text, text.text))
        return BYLAW_ENOMEM;
    status = bl_parse(&syntax, scratch, arena, env->options, &env->limits, &report);
    if (status != BYLAW_OK)
        return status;
    bl_checker c = {.env = env,
                    .arena = arena,
                    .scratch = scratch,
                    .report = &report,
                    .check = check,
                    .charter = check && bl_env_is_charter(env),
                    .infer = {.arena = arena}};
    if (!reserve_nodes(&c, text.text.len))
        return BYLAW_ENOMEM;
    const uint32_t root = bl_check_build(&c, syntax);

    if (check)
        check_result(&c, root, want);
    if (!c.failed && report.errors == 0)
        finish_nodes(&c);
    if (c.failed || c.infer.failed || bl_diags_status(diags, SIZE_MAX) == BYLAW_ENOMEM)
        return BYLAW_ENOMEM;
    if (report.errors > 0)
        return BYLAW_EINPUT;
    bl_tree *tree = make_tree(&c, syntax->height);

    if (tree == NULL)
        return BYLAW_ENOMEM;
    *out = tree;
    return BYLAW_OK;
}

bylaw_status bl_tree_read(bl_tree **out, const bl_env *env, bl_arena *arena, bl_expr_text text,
                          const bl_type *want, bool check, bylaw_diags *diags)
{
    bl_arena scratch;

    bl_arena_init(&scratch, &arena->allocator);
    scratch.limit = arena->limit;
    const bylaw_status status = read_tree(out, env, arena, &scratch, text, want, check, diags);

    bl_arena_dispose(&scratch);
    return status;
}
