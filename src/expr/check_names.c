/* expr/check_names.c: what a name means: a local, a variable, a constant, a type; fields and
 * indexes; see checker.h.
 *
 * A chain a.b.c is looked up whole first (a declared name may have dots), within the container and
 * its parents before the root; what is left over selects fields. A local hides every declared name;
 * a leading dot looks past locals and containers. */
#include "expr/checker.h"

#include "expr/builtins_network.h"

#include <assert.h>

/* ---- Locals ---- */

const bl_scope *bl_check_local(const bl_checker *c, const bl_syntax *name)
{
    if (name->kind != BL_SYN_NAME || (name->flags & BL_SYN_ROOTED) != 0)
        return NULL;
    for (const bl_scope *scope = c->scope; scope != NULL; scope = scope->up) {
        if (bl_str_equal(scope->name, name->name))
            return scope;
    }
    return NULL;
}

static uint32_t emit_local(bl_checker *c, const bl_syntax *s, const bl_scope *scope)
{
    const uint32_t index =
        bl_check_emit(c, BL_NODE_LOCAL, s, c->pending.count, (uint32_t)c->nodes.count, scope->type);
    bl_node *node = bl_check_node(c, index);

    node->name = scope->name;
    node->as.local = scope->local;
    return index;
}

/* ---- Declared names ---- */

bool bl_check_chain(bl_checker *c, const bl_syntax *s, bylaw_str *name, const bl_syntax **root)
{
    const bl_syntax *end = s;
    size_t length = 0;

    for (; s->kind == BL_SYN_SELECT && (s->flags & BL_SYN_OPTIONAL) == 0; s = s->first) {
        if (bl_str_find(s->name, BYLAW_STR("."), 0) != SIZE_MAX)
            return false; /* a.`b.c` is no a.b.c */
        length += s->name.len + 1;
    }
    if (s->kind != BL_SYN_NAME)
        return false;
    length += s->name.len;
    *root = s;
    *name = bl_str_slice(c->report->text.text, s->name_from, end->name_to);
    if (name->len == length || end == s) {
        *name = end == s ? s->name : *name;
        return true; /* as it stands in the text */
    }
    /* With blanks, comments or backticks in between: built from its end. */
    char *built = bl_arena_alloc(c->arena, length);

    if (built == NULL) {
        c->failed = true;
        return false;
    }
    *name = (bylaw_str){built, length};
    for (const bl_syntax *part = end;; part = part->first) {
        length -= part->name.len;
        for (size_t i = 0; i < part->name.len; i++)
            built[length + i] = part->name.ptr[i];
        if (part == s)
            return true;
        built[--length] = '.';
    }
}

/* Container.name, its parents' and the bare name, in this order, until one is found. */
static bylaw_str container_name(bl_checker *c, bylaw_str container, bylaw_str name)
{
    bl_str joined = bl_str_init(c->arena);
    bylaw_str text = name;

    if (container.len == 0)
        return name;
    bl_str_add(&joined, container);
    bl_str_addc(&joined, '.');
    bl_str_add(&joined, name);
    if (bl_str_take(&text, &joined) != BYLAW_OK)
        c->failed = true;
    return text;
}

/* The container that holds this one; from the outermost, none. */
static bool step_out(bylaw_str *container)
{
    if (container->len == 0)
        return false;
    while (container->len > 0 && container->ptr[--container->len] != '.')
        ;
    return true;
}

static const bl_binding *look_up(bl_checker *c, bylaw_str name, bool rooted)
{
    bylaw_str container = rooted ? (bylaw_str){NULL, 0} : c->env->container;

    do {
        const bl_binding *binding = bl_env_lookup(c->env, container_name(c, container, name));

        if (binding != NULL)
            return binding;
    } while (step_out(&container));
    return NULL;
}

const bl_function *bl_check_function(bl_checker *c, bylaw_str name, bool rooted)
{
    bylaw_str container = rooted ? (bylaw_str){NULL, 0} : c->env->container;
    const bl_function *function = NULL;

    do {
        const bylaw_status status =
            bl_env_function(c->env, container_name(c, container, name), &function);

        if (status == BYLAW_OK)
            return function;
        c->failed |= status == BYLAW_ENOMEM;
    } while (step_out(&container));
    return NULL;
}

/* Names of types are values: int, list, google.protobuf.Timestamp. */
static const bl_type *find_type(bylaw_str name, bool charter)
{
    static const struct {
        const char *name;
        bl_type_kind kind;
        bool charter;
    } types[] = {{"bool", BL_T_BOOL, false},
                 {"int", BL_T_INT, false},
                 {"uint", BL_T_UINT, false},
                 {"double", BL_T_DOUBLE, false},
                 {"string", BL_T_STRING, false},
                 {"bytes", BL_T_BYTES, false},
                 {"list", BL_T_LIST, false},
                 {"map", BL_T_MAP, false},
                 {"null_type", BL_T_NULL, false},
                 {"type", BL_T_TYPE, false},
                 {"dyn", BL_T_DYN, false},
                 {"optional_type", BL_T_OPTIONAL, false},
                 {"google.protobuf.Timestamp", BL_T_TIMESTAMP, false},
                 {"google.protobuf.Duration", BL_T_DURATION, false},
                 {"fraction", BL_T_FRACTION, true}};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (bl_str_is(name, types[i].name) && (charter || !types[i].charter))
            return &bl_type_simple[types[i].kind];
    }
    if (bl_str_equal(name, bl_type_ip.name))
        return &bl_type_ip;
    return bl_str_equal(name, bl_type_cidr.name) ? &bl_type_cidr : NULL;
}

static uint32_t emit_value(bl_checker *c, const bl_syntax *s, bl_value value, const bl_type *type)
{
    const uint32_t index =
        bl_check_emit(c, BL_NODE_CONST, s, c->pending.count, (uint32_t)c->nodes.count, type);

    bl_check_node(c, index)->as.value = value;
    return index;
}

static uint32_t emit_binding(bl_checker *c, const bl_syntax *s, const bl_binding *binding)
{
    bl_renaming renaming = {.count = 0};
    const bl_type *type = bl_infer_rename(&c->infer, &renaming, binding->type);

    if (binding->constant)
        return emit_value(c, s, binding->value, type);
    const uint32_t index =
        bl_check_emit(c, BL_NODE_VAR, s, c->pending.count, (uint32_t)c->nodes.count, type);
    bl_node *node = bl_check_node(c, index);

    node->name = binding->name;
    node->as.slot = binding->slot;
    return index;
}

static bool first_below(void *context, const bl_binding *binding)
{
    *(const bl_binding **)context = binding;
    return false;
}

static bylaw_str nearest_local(const bl_checker *c, bylaw_str name)
{
    for (const bl_scope *scope = c->scope; scope != NULL; scope = scope->up) {
        if (bl_str_distance(scope->name, name, 1) <= 1 && name.len > 1)
            return scope->name;
    }
    return (bylaw_str){NULL, 0};
}

static void tell_unknown(bl_checker *c, const bl_syntax *s, bylaw_str name)
{
    const bl_binding *below = NULL;
    bylaw_str meant = nearest_local(c, name);

    bl_env_each_below(c->env, name, first_below, (void *)&below);
    if (below != NULL) {
        bl_tell(c->report, name_is_group, s->from, s->to, BL_TEXT("name", name),
                BL_TEXT("example", below->name));
        return;
    }
    if (s->kind == BL_SYN_NAME && bl_check_function(c, name, true) != NULL) {
        bl_tell(c->report, name_is_function, s->from, s->to, BL_TEXT("name", name));
        return;
    }
    if (meant.len == 0)
        meant = bl_env_meant(c->env, name);
    if (meant.len > 0 && c->charter)
        bl_tell(c->report, unknown_fact_near, s->from, s->to, BL_TEXT("name", name),
                BL_TEXT("meant", meant));
    else if (meant.len > 0)
        bl_tell(c->report, unknown_name_near, s->from, s->to, BL_TEXT("name", name),
                BL_TEXT("meant", meant));
    else if ((s->flags & BL_SYN_FOREIGN) != 0)
        bl_tell(c->report, foreign_name, s->from, s->to, BL_TEXT("name", name));
    else if (c->charter && s->kind == BL_SYN_NAME)
        bl_tell(c->report, unknown_fact_or_text, s->from, s->to, BL_TEXT("name", name));
    else if (c->charter)
        bl_tell(c->report, unknown_fact, s->from, s->to, BL_TEXT("name", name));
    else
        bl_tell(c->report, unknown_name, s->from, s->to, BL_TEXT("name", name));
}

/* No declaration: told when checking, otherwise an error of evaluation. */
static uint32_t emit_undeclared(bl_checker *c, const bl_syntax *s, bylaw_str name)
{
    if (c->check)
        tell_unknown(c, s, name);
    else if ((s->flags & BL_SYN_FOREIGN) != 0)
        bl_tell(c->report, foreign_name, s->from, s->to, BL_TEXT("name", name));
    const uint32_t index = bl_check_bad(c, s);

    bl_check_node(c, index)->name = name;
    return index;
}

uint32_t bl_check_name(bl_checker *c, const bl_syntax *s)
{
    const bool rooted = (s->flags & BL_SYN_ROOTED) != 0;
    const bl_scope *scope = bl_check_local(c, s);

    if (scope != NULL)
        return emit_local(c, s, scope);
    const bl_binding *binding = c->resolved_at == s ? c->resolved : look_up(c, s->name, rooted);

    if (binding != NULL)
        return emit_binding(c, s, binding);
    const bl_type *type = find_type(s->name, bl_env_is_charter(c->env));

    if (type != NULL) {
        const bl_type *outer = bl_type_of_type(c->arena, type);

        c->failed |= outer == NULL;
        return emit_value(c, s, bl_type_value(type), outer != NULL ? outer : BL_SIMPLE(TYPE));
    }
    if (c->charter && bl_str_is(s->name, "none"))
        return emit_value(c, s, BL_NULL_VALUE, BL_SIMPLE(NULL));
    return emit_undeclared(c, s, s->name);
}

/* ---- Fields ---- */

/* A field that was meant as a method: x.year for x.year(). */
static bool is_method(bl_checker *c, const bl_type *type, bylaw_str name)
{
    const bl_function *function = NULL;

    if (bl_env_function(c->env, name, &function) != BYLAW_OK)
        return false;
    for (size_t i = 0; i < function->count; i++) {
        const bl_signature *s = function->overloads[i];

        if (bl_signature_fits(s, 1, true) && s->params[0]->kind == type->kind)
            return true;
    }
    return false;
}

static bylaw_str nearest_field(const bl_type *record, bylaw_str name)
{
    const size_t most = name.len < 6 ? 1 + (name.len > 3) : name.len / 3;
    bylaw_str best = {NULL, 0};
    size_t least = most + 1;

    for (size_t i = 0; i < record->field_count; i++) {
        const bl_field *f = &record->fields[i];
        const size_t distance = bl_str_distance(f->name, name, most);

        for (int lang = 0; lang < BYLAW_LANGS; lang++) {
            if (bl_str_equal(f->label.in[lang], name))
                return f->name;
        }
        if (distance < least) {
            least = distance;
            best = f->name;
        }
    }
    return best;
}

static const bl_type *tell_field(bl_checker *c, const bl_type *type, const bl_syntax *s)
{
    const bylaw_str name = s->name;
    const bylaw_str near =
        type->kind == BL_T_RECORD ? nearest_field(type, name) : (bylaw_str){NULL, 0};
    const bylaw_str shown = bl_check_type_text(c, type);

    if (is_method(c, type, name))
        bl_tell(c->report, field_is_method, s->name_from, s->name_to, BL_TEXT("name", name));
    else if (near.len > 0)
        bl_tell(c->report, unknown_field_near, s->name_from, s->name_to, BL_TEXT("type", shown),
                BL_TEXT("name", name), BL_TEXT("meant", near));
    else if (type->kind == BL_T_RECORD)
        bl_tell(c->report, unknown_field, s->name_from, s->name_to, BL_TEXT("type", shown),
                BL_TEXT("name", name));
    else
        bl_tell(c->report, no_fields, s->name_from, s->name_to, BL_TEXT("type", shown),
                BL_TEXT("name", name));
    return BL_SIMPLE(ERROR);
}

/* optional_type(T) and T? stand for T where something is taken out of them; what is taken out is
 * wrapped again. */
typedef struct wrapping {
    bool optional, nullable;
} wrapping;

static const bl_type *unwrap(const bl_type *type, wrapping *w)
{
    w->optional = type->kind == BL_T_OPTIONAL && type->param_count == 1;
    w->nullable = type->kind == BL_T_NULLABLE && type->param_count == 1;
    return w->optional || w->nullable ? bl_infer_head(type->params[0]) : type;
}

static const bl_type *wrap(bl_checker *c, const wrapping *w, const bl_type *type)
{
    if (bl_infer_head(type)->kind == BL_T_ERROR)
        return BL_SIMPLE(ERROR);
    if (w->nullable)
        type = bl_check_with_none(c, bl_infer_head(type));
    if (!w->optional)
        return type;
    return bl_check_made(c, bl_type_optional(c->arena, type));
}

/* The type of operand.name, and where the field stands in a record. */
static const bl_type *field_type(bl_checker *c, const bl_type *type, const bl_syntax *s,
                                 int32_t *field)
{
    *field = -1;
    if ((s->flags & BL_SYN_FOREIGN) != 0 &&
        (type->kind == BL_T_MAP || type->kind == BL_T_DYN || type->kind == BL_T_PARAM))
        bl_tell(c->report, foreign_field, s->name_from, s->name_to, BL_TEXT("name", s->name));
    if (type->kind == BL_T_MAP && type->param_count == 2)
        return type->params[1];
    if (type->kind == BL_T_PARAM) { /* {}.key: whatever that is, it is looked at when evaluated */
        bl_infer_fits(&c->infer, BL_SIMPLE(DYN), type);
        return BL_SIMPLE(DYN);
    }
    if (type->kind <= BL_T_ERROR || type->kind == BL_T_MAP)
        return BL_SIMPLE(DYN);
    for (size_t i = 0; i < type->field_count; i++) {
        if (bl_str_equal(type->fields[i].name, s->name)) {
            *field = (int32_t)i;
            return type->fields[i].type;
        }
    }
    return tell_field(c, type, s);
}

/* child.name, or has(child.name). s is the whole node. */
static uint32_t emit_select(bl_checker *c, bl_node_kind kind, const bl_syntax *s,
                            const bl_syntax *select)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const uint32_t child = bl_check_child(c, select->first);
    const bl_type *type = BL_SIMPLE(DYN);
    int32_t field = -1;
    wrapping w = {false, false};

    if (c->check) {
        const bl_type *target = unwrap(bl_check_type(c, child), &w);

        type = field_type(c, target, select, &field);
        w.optional = w.optional || (select->flags & BL_SYN_OPTIONAL) != 0;
        type = wrap(c, &w, type);
        if (kind == BL_NODE_HAS)
            type = BL_SIMPLE(BOOL);
    } else if ((select->flags & BL_SYN_FOREIGN) != 0) {
        bl_tell(c->report, foreign_field, select->name_from, select->name_to,
                BL_TEXT("name", select->name));
    }
    const uint32_t index = bl_check_emit(c, kind, s, mark, first, type);
    bl_node *node = bl_check_node(c, index);

    node->name = select->name;
    node->as.field = w.optional || w.nullable ? -1 : field;
    node->flags = (select->flags & BL_SYN_OPTIONAL) != 0 ? BL_NODE_OPTIONAL : 0;
    return index;
}

/* Finds the longest beginning of the chain that is declared; false where none is. */
static bool resolve_chain(bl_checker *c, const bl_syntax *s, const bl_syntax *root)
{
    const bool rooted = (root->flags & BL_SYN_ROOTED) != 0;
    const bl_syntax *part = s;
    size_t segments = 1;

    for (const bl_syntax *p = s; p != root; p = p->first) {
        assert(p != NULL); /* the chain ends at its root */
        segments++;
    }
    for (; part != root; part = part->first, segments--) {
        const bl_syntax *same_root;
        bylaw_str name;

        if (segments > c->env->most_segments) /* no declared name is as long */
            continue;
        if (!bl_check_chain(c, part, &name, &same_root))
            return false;
        const bl_binding *binding = look_up(c, name, rooted);

        if (binding != NULL) {
            c->resolved_at = part;
            c->resolved = binding;
            return true;
        }
    }
    c->resolved = look_up(c, root->name, rooted);
    c->resolved_at = root;
    return c->resolved != NULL || find_type(root->name, bl_env_is_charter(c->env)) != NULL;
}

bool bl_check_is_declared(bl_checker *c, const bl_syntax *s)
{
    const bl_syntax *root = s;
    bool declared;

    while (root->kind == BL_SYN_SELECT)
        root = root->first;
    declared = resolve_chain(c, s, root);
    c->resolved_at = NULL;
    c->resolved = NULL;
    return declared;
}

uint32_t bl_check_select(bl_checker *c, const bl_syntax *s)
{
    const bl_syntax *root;
    bylaw_str name;

    if (c->resolved_at == s && c->resolved != NULL)
        return emit_binding(c, s, c->resolved);
    if (c->resolved_at != NULL || !bl_check_chain(c, s, &name, &root) ||
        bl_check_local(c, root) != NULL)
        return emit_select(c, BL_NODE_SELECT, s, s);
    const bool found = resolve_chain(c, s, root);
    const bl_type *type = found ? NULL : find_type(name, bl_env_is_charter(c->env));
    uint32_t index;

    if (type != NULL) {
        const bl_type *outer = bl_type_of_type(c->arena, type);

        c->failed |= outer == NULL;
        index = emit_value(c, s, bl_type_value(type), outer != NULL ? outer : BL_SIMPLE(TYPE));
    } else if (!found && c->check) {
        index = emit_undeclared(c, s, name);
    } else if (c->resolved_at == s) {
        index = emit_binding(c, s, c->resolved);
    } else {
        index = emit_select(c, BL_NODE_SELECT, s, s);
    }
    c->resolved_at = NULL;
    c->resolved = NULL;
    return index;
}

uint32_t bl_check_has(bl_checker *c, const bl_syntax *s, const bl_syntax *select)
{
    const bl_syntax *root;
    bylaw_str name;

    /* has(vote.yes) asks for a field of `vote`; whether a fact is stated is another question. */
    if (c->charter && bl_check_chain(c, select, &name, &root) && bl_check_local(c, root) == NULL &&
        look_up(c, name, (root->flags & BL_SYN_ROOTED) != 0) != NULL) {
        bl_tell(c->report, has_fact, s->from, s->to, BL_TEXT("name", name));
        return bl_check_bad(c, s);
    }
    return emit_select(c, BL_NODE_HAS, s, select);
}

/* ---- Indexes ---- */

static const bl_type *tell_index(bl_checker *c, const bl_syntax *s, const bl_type *type,
                                 const bl_type *key)
{
    if (type->kind == BL_T_LIST || type->kind == BL_T_MAP)
        bl_tell(c->report, index_type, s->first->next->from, s->first->next->to,
                BL_TEXT("type", bl_check_type_text(c, type)),
                BL_TEXT("key", bl_check_type_text(c, key)));
    else
        bl_tell(c->report, no_index, s->from, s->to, BL_TEXT("type", bl_check_type_text(c, type)));
    return BL_SIMPLE(ERROR);
}

static const bl_type *indexed_type(bl_checker *c, const bl_syntax *s, const bl_type *type,
                                   uint32_t key_index)
{
    const bl_type *key = bl_check_type(c, key_index);

    if (type->kind == BL_T_PARAM)
        bl_infer_fits(&c->infer, BL_SIMPLE(DYN), type);
    if (type->kind == BL_T_PARAM || type->kind <= BL_T_ERROR || type->param_count == 0)
        return type->kind <= BL_T_ERROR || type->kind == BL_T_PARAM || type->kind == BL_T_LIST ||
                       type->kind == BL_T_MAP
                   ? BL_SIMPLE(DYN)
                   : tell_index(c, s, type, key);
    if (type->kind == BL_T_LIST && bl_infer_fits(&c->infer, key, BL_SIMPLE(INT)))
        return type->params[0];
    if (type->kind == BL_T_MAP && bl_infer_fits(&c->infer, key, type->params[0]))
        return type->params[1];
    return tell_index(c, s, type, key);
}

uint32_t bl_check_index(bl_checker *c, const bl_syntax *s)
{
    const size_t mark = c->pending.count;
    const uint32_t first = (uint32_t)c->nodes.count;
    const uint32_t target = bl_check_child(c, s->first);
    const uint32_t key = bl_check_child(c, s->first->next);
    const bl_type *type = BL_SIMPLE(DYN);
    wrapping w = {false, false};

    if (c->check && !c->failed) {
        type = indexed_type(c, s, unwrap(bl_check_type(c, target), &w), key);
        w.optional = w.optional || (s->flags & BL_SYN_OPTIONAL) != 0;
        type = wrap(c, &w, type);
    }
    const uint32_t index = bl_check_emit(c, BL_NODE_INDEX, s, mark, first, type);

    bl_check_node(c, index)->flags = (s->flags & BL_SYN_OPTIONAL) != 0 ? BL_NODE_OPTIONAL : 0;
    return index;
}
