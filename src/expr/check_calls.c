/* expr/check_calls.c: calls: which function, which of its overloads; see checker.h.
 *
 * a.b.f(x) is the function a.b.f where there is one, otherwise the method f of a.b. Every overload
 * that fits is a candidate; where no argument's type is in doubt, the first that fits is the only
 * one. */
#include "expr/checker.h"

#include "value/number.h"

bylaw_str bl_check_shown(bylaw_str function)
{
    for (size_t i = 0; i < bl_operator_count; i++) {
        if (bl_str_is(function, bl_operators[i].function))
            return bylaw_str_from(bl_operators[i].sign);
    }
    if (bl_str_is(function, "!_") || bl_str_is(function, "-_"))
        return bl_str_slice(function, 0, 1);
    return function;
}

static bool is_operator(const bl_syntax *s)
{
    return s->kind != BL_SYN_CALL;
}

/* ---- Overloads ---- */

/* A call under way: the arguments are the pending children from mark. */
typedef struct call {
    const bl_syntax *s;
    const bl_function *function;
    bool member;
    size_t mark, count;
    const bl_signature **candidates;
    uint32_t candidate_count;
    const bl_type *result;
    const bl_type *params[BL_INFER_MOST]; /* of the first candidate, its parameters renamed */
} call;

/* Is the type free of dyn all the way down? */
static bool is_certain(const bl_type *type)
{
    type = bl_infer_head(type);
    if (type->kind <= BL_T_ERROR || type->kind == BL_T_PARAM)
        return false;
    for (size_t i = 0; i < type->param_count; i++) {
        if (!is_certain(type->params[i]))
            return false;
    }
    return true;
}

static const bl_type *param_of(const bl_signature *s, const bl_type *const *params, size_t i)
{
    return params[i < s->param_count ? i : s->param_count - 1];
}

/* Do all arguments fit? Text literals come last: what the others are decides what they become.
 * `types` replaces the types of the arguments where it is not NULL. */
static bool arguments_fit(bl_checker *c, const call *k, const bl_signature *s,
                          const bl_type *const *params, const bl_type *const *types)
{
    for (int late = 0; late <= (c->charter ? 1 : 0); late++) {
        for (size_t i = 0; i < k->count; i++) {
            const uint32_t index = bl_check_pending(c, k->mark, i);
            const bl_type *param = param_of(s, params, i);
            const bl_type *type = types != NULL ? types[i] : bl_check_type(c, index);
            const bool literal = c->charter && types == NULL && bl_charter_literal(c, index);

            if (literal != (late == 1))
                continue;
            if (!(literal && bl_charter_may_become(c, index, param)) &&
                !bl_infer_fits(&c->infer, type, param))
                return false;
        }
    }
    return true;
}

static void rename_params(bl_checker *c, const bl_signature *s, bl_renaming *renaming,
                          const bl_type **params)
{
    for (size_t i = 0; i < s->param_count && i < BL_INFER_MOST; i++)
        params[i] = bl_infer_rename(&c->infer, renaming, s->params[i]);
}

static void add_candidate(bl_checker *c, call *k, const bl_signature *s, const bl_type *result)
{
    k->candidates[k->candidate_count++] = s;
    if (k->result == NULL)
        k->result = result;
    else if (k->result->kind != BL_T_DYN &&
             !bl_type_same(k->result, bl_infer_resolve(&c->infer, result, false)))
        k->result = BL_SIMPLE(DYN);
}

static bool make_room(bl_checker *c, call *k)
{
    k->candidates = BL_NEW_N(c->arena, const bl_signature *, k->function->count);
    c->failed |= k->candidates == NULL;
    return !c->failed;
}

/* Collects the candidates and their common result type; none: k->result stays NULL. */
static void resolve(bl_checker *c, call *k)
{
    bool certain = true;

    if (!make_room(c, k))
        return;
    for (size_t i = 0; i < k->function->count; i++) {
        const bl_signature *s = k->function->overloads[i];
        const bl_type *params[BL_INFER_MOST];
        bl_renaming renaming = {.count = 0};
        const size_t mark = bl_infer_mark(&c->infer);

        if (!bl_signature_fits(s, k->count, k->member))
            continue;
        rename_params(c, s, &renaming, params);
        if (!arguments_fit(c, k, s, params, NULL)) {
            bl_infer_undo(&c->infer, mark);
            continue;
        }
        if (k->candidate_count == 0) {
            for (size_t p = 0; p < s->param_count; p++)
                k->params[p] = params[p];
        }
        const bl_type *result = bl_infer_rename(&c->infer, &renaming, s->result);

        add_candidate(c, k, s, bl_infer_resolve(&c->infer, result, false));
        for (size_t a = 0; a < k->count && certain; a++)
            certain = is_certain(bl_check_type(c, bl_check_pending(c, k->mark, a)));
        if (certain)
            return;
    }
}

/* Unchecked: whatever has that name, form and number of arguments. */
static void collect_all(bl_checker *c, call *k)
{
    if (!make_room(c, k))
        return;
    for (size_t i = 0; i < k->function->count; i++) {
        if (bl_signature_fits(k->function->overloads[i], k->count, k->member))
            k->candidates[k->candidate_count++] = k->function->overloads[i];
    }
}

/* Text literals become what the one candidate asks for. */
static void settle_literals(bl_checker *c, const call *k)
{
    bylaw_str beside = {NULL, 0};

    for (size_t i = 0; i < k->count && beside.len == 0; i++)
        beside = bl_check_short_name(c, bl_check_pending(c, k->mark, i));
    for (size_t i = 0; i < k->count && k->candidate_count == 1 && !c->failed; i++) {
        const uint32_t index = bl_check_pending(c, k->mark, i);
        const bl_type *param = param_of(k->candidates[0], k->params, i);

        if (bl_charter_literal(c, index) && bl_charter_may_become(c, index, param))
            bl_charter_become(c, index, param, beside);
    }
}

/* ---- No overload ---- */

static bylaw_label argument_types(bl_checker *c, const call *k)
{
    static const char *const separators[BYLAW_LANGS][2] = {{"、", "和 "}, {", ", " and "}};
    bylaw_label label = {{BYLAW_STR("?"), BYLAW_STR("?")}};

    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        bl_str out = bl_str_init(c->arena);

        for (size_t i = 0; i < k->count; i++) {
            if (i > 0) {
                bl_str_addz(&out, lang == BYLAW_ZH && i + 1 == k->count ? " " : "");
                bl_str_addz(&out, separators[lang][i + 1 == k->count]);
            }
            bl_str_add(&out,
                       bl_check_type_text(c, bl_check_type(c, bl_check_pending(c, k->mark, i))));
        }
        if (bl_str_take(&label.in[lang], &out) != BYLAW_OK)
            c->failed = true;
    }
    return label;
}

/* Would the call fit if argument i had that type? */
static bool fits_with(bl_checker *c, const call *k, size_t i, const bl_type *type)
{
    const bl_type *types[BL_INFER_MOST];
    bool found = false;

    if (k->count > BL_INFER_MOST)
        return false;
    for (size_t a = 0; a < k->count; a++)
        types[a] = a == i ? type : bl_check_type(c, bl_check_pending(c, k->mark, a));
    for (size_t o = 0; o < k->function->count && !found; o++) {
        const bl_signature *s = k->function->overloads[o];
        const bl_type *params[BL_INFER_MOST];
        bl_renaming renaming = {.count = 0};
        const size_t mark = bl_infer_mark(&c->infer);

        if (!bl_signature_fits(s, k->count, k->member))
            continue;
        rename_params(c, s, &renaming, params);
        found = arguments_fit(c, k, s, params, types);
        bl_infer_undo(&c->infer, mark);
    }
    return found;
}

/* The type of wrapper(x) for an x of that type; NULL where it takes none such. */
static const bl_type *wrapped_type(bl_checker *c, const char *wrapper, const bl_type *type)
{
    const bl_function *function = bl_check_function(c, bylaw_str_from(wrapper), true);

    for (size_t i = 0; function != NULL && i < function->count; i++) {
        const bl_signature *s = function->overloads[i];

        if (bl_signature_fits(s, 1, false) && s->params[0]->kind == type->kind &&
            s->result->kind != type->kind && s->result->kind != BL_T_PARAM)
            return s->result;
    }
    return NULL;
}

/* 8 for '8', where a whole number fits. */
static bool find_number(bl_checker *c, const call *k, size_t i, bylaw_str *meant)
{
    const bl_node *node = bl_check_node(c, bl_check_pending(c, k->mark, i));
    int64_t n;

    if (node->kind != BL_NODE_CONST || node->as.value.kind != BL_STRING)
        return false;
    *meant = bl_string_of(node->as.value);
    return bl_int_read(&n, *meant) == BL_NUMBER_OK && fits_with(c, k, i, BL_SIMPLE(INT));
}

/* size(present) for present, where that fits. */
static bool find_wrapped(bl_checker *c, const call *k, size_t i, const char *wrapper,
                         bylaw_str *meant)
{
    const uint32_t index = bl_check_pending(c, k->mark, i);
    const bl_node *node = bl_check_node(c, index);
    const bl_type *wrapped = wrapped_type(c, wrapper, bl_check_type(c, index));
    bl_str out = bl_str_init(c->arena);

    if (wrapped == NULL || (c->charter && wrapped->kind == BL_T_DOUBLE) ||
        (node->kind == BL_NODE_CONST && node->as.value.kind == BL_STRING) ||
        !fits_with(c, k, i, wrapped))
        return false;
    bl_str_addz(&out, wrapper);
    bl_str_addc(&out, '(');
    bl_str_add(&out, bl_check_text(c, index));
    bl_str_addc(&out, ')');
    return bl_str_take(meant, &out) == BYLAW_OK;
}

/* date + 3 is date.addDays(3). */
static bool find_step(bl_checker *c, const call *k, bylaw_str *meant)
{
    static const struct {
        const char *operator, * before, *after;
    } steps[] = {{"_+_", ".addDays(", ")"}, {"_-_", ".addDays(-", ")"}};

    if (!c->charter || k->count != 2 ||
        bl_check_type(c, bl_check_pending(c, k->mark, 0))->kind != BL_T_DATE ||
        bl_check_type(c, bl_check_pending(c, k->mark, 1))->kind != BL_T_INT)
        return false;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        bl_str out = bl_str_init(c->arena);

        if (!bl_str_is(k->function->name, steps[i].operator))
            continue;
        bl_str_add(&out, bl_check_text(c, bl_check_pending(c, k->mark, 0)));
        bl_str_addz(&out, steps[i].before);
        bl_str_add(&out, bl_check_text(c, bl_check_pending(c, k->mark, 1)));
        bl_str_addz(&out, steps[i].after);
        return bl_str_take(meant, &out) == BYLAW_OK;
    }
    return false;
}

static bl_type_kind kind_of(bl_checker *c, const call *k, size_t i)
{
    return bl_check_type(c, bl_check_pending(c, k->mark, i))->kind;
}

/* A text is no name, for names are compared as names of one bearer: string(name) is its text.
 * `text in names` asks each of them. */
static bool find_name_as_text(bl_checker *c, const call *k, bylaw_str *meant)
{
    const bl_compare_op op = k->s->kind == BL_SYN_BINARY ? bl_operators[k->s->op].op : BL_OP_NONE;
    bl_str out = bl_str_init(c->arena);

    if (k->count != 2)
        return false;
    const bl_type *right = bl_check_type(c, bl_check_pending(c, k->mark, 1));

    if (op == BL_OP_IN && kind_of(c, k, 0) == BL_T_STRING && right->kind == BL_T_LIST &&
        right->params[0]->kind == BL_T_NAME) {
        bl_str_add(&out, bl_check_text(c, bl_check_pending(c, k->mark, 1)));
        bl_str_addz(&out, ".exists(n, string(n) == ");
        bl_str_add(&out, bl_check_text(c, bl_check_pending(c, k->mark, 0)));
        bl_str_addc(&out, ')');
        return bl_str_take(meant, &out) == BYLAW_OK;
    }
    if (op == BL_OP_IN && kind_of(c, k, 0) == BL_T_NAME && right->kind == BL_T_LIST &&
        right->params[0]->kind == BL_T_STRING)
        return find_wrapped(c, k, 0, "string", meant);
    if (op != BL_OP_EQ && op != BL_OP_NE)
        return false;
    for (size_t i = 0; i < 2; i++) {
        if (kind_of(c, k, i) == BL_T_NAME && kind_of(c, k, 1 - i) == BL_T_STRING)
            return find_wrapped(c, k, i, "string", meant);
    }
    return false;
}

/* What would make an operator fit, if one thing does. */
static bool find_meant(bl_checker *c, const call *k, bylaw_str *meant)
{
    static const struct {
        const char *function;
        bool compares, computes; /* where it is worth proposing */
    } wrappers[] = {{"size", true, false},
                    {"date", true, true},
                    {"string", false, true},
                    {"double", true, true},
                    {"int", true, true}};
    const bool compares = k->s->kind == BL_SYN_BINARY && bl_operators[k->s->op].op != BL_OP_NONE;

    if (find_step(c, k, meant) || find_name_as_text(c, k, meant))
        return true;
    for (size_t i = 0; i < k->count; i++) {
        if (find_number(c, k, i, meant))
            return true;
    }
    for (size_t w = 0; w < sizeof wrappers / sizeof *wrappers && k->count == 2; w++) {
        for (size_t i = 0; i < k->count; i++) {
            if ((compares ? wrappers[w].compares : wrappers[w].computes) &&
                find_wrapped(c, k, i, wrappers[w].function, meant))
                return true;
        }
    }
    return false;
}

static bool orders(uint8_t op)
{
    return op == BL_OP_LT || op == BL_OP_LE || op == BL_OP_GT || op == BL_OP_GE;
}

/* 1 < x < 3 */
static bool is_chain(bl_checker *c, const call *k)
{
    if (k->s->kind != BL_SYN_BINARY || !orders(bl_operators[k->s->op].op))
        return false;
    const bl_node *left = bl_check_node(c, bl_check_pending(c, k->mark, 0));

    return left->kind == BL_NODE_CALL && orders(left->op);
}

/* A type in a usage: parameters that may be anything are left out. */
static void write_usage_type(bl_str *out, const bl_type *type)
{
    if (type->kind == BL_T_PARAM)
        bl_str_addz(out, "any");
    else if (type->kind == BL_T_OPTIONAL)
        bl_str_addz(out, "optional");
    else if (type->kind == BL_T_NULLABLE)
        write_usage_type(out, type->params[0]);
    else if (type->param_count > 0 && type->params[0]->kind == BL_T_PARAM)
        bl_type_write(out, &bl_type_simple[type->kind]);
    else
        bl_type_write(out, type);
}

/* The overloads as an author would write them: size(string), x.size(). */
static bylaw_str usages(bl_checker *c, const call *k)
{
    enum { MOST_SHOWN = 4 };
    bl_str out = bl_str_init(c->arena);
    bylaw_str text = BYLAW_STR("?");
    size_t shown = 0;

    for (size_t i = 0; i < k->function->count && shown < MOST_SHOWN; i++, shown++) {
        const bl_signature *s = k->function->overloads[i];
        const bool member = (s->overload->flags & BL_MEMBER) != 0;

        bl_str_addz(&out, shown > 0 ? ", " : "");
        if (member) {
            write_usage_type(&out, s->params[0]);
            bl_str_addc(&out, '.');
        }
        bl_str_add(&out, k->function->name);
        bl_str_addc(&out, '(');
        for (uint32_t p = member; p < s->param_count; p++) {
            bl_str_addz(&out, p > (uint32_t)member ? ", " : "");
            write_usage_type(&out, s->params[p]);
            if (s->variadic && p + 1 == s->param_count)
                bl_str_addz(&out, "…");
        }
        bl_str_addc(&out, ')');
    }
    if (bl_str_take(&text, &out) != BYLAW_OK)
        c->failed = true;
    return text;
}

/* Does any overload have this form and number of arguments? */
static bool any_form_fits(const call *k)
{
    for (size_t i = 0; i < k->function->count; i++) {
        if (bl_signature_fits(k->function->overloads[i], k->count, k->member))
            return true;
    }
    return false;
}

static void tell_no_overload(bl_checker *c, const call *k)
{
    const bl_syntax *s = k->s;
    const bylaw_str shown = bl_check_shown(k->function->name);
    const bylaw_label types = argument_types(c, k);
    bylaw_str meant;

    if (is_chain(c, k))
        bl_tell0(c->report, chained, s->from, s->to);
    else if (is_operator(s) && find_meant(c, k, &meant))
        bl_tell(c->report, no_operator_near, s->from, s->to, BL_TEXT("function", shown),
                BL_LABEL("types", types), BL_TEXT("meant", meant));
    else if (is_operator(s))
        bl_tell(c->report, no_operator, s->from, s->to, BL_TEXT("function", shown),
                BL_LABEL("types", types));
    else if (!any_form_fits(k))
        bl_tell(c->report, wrong_form, s->from, s->to, BL_TEXT("function", shown),
                BL_TEXT("usage", usages(c, k)));
    else
        bl_tell(c->report, no_overload, s->from, s->to, BL_TEXT("function", shown),
                BL_LABEL("types", types), BL_TEXT("usage", usages(c, k)));
}

/* How a macro of that name is written; NULL where there is none. */
static const char *macro_usage(const bl_syntax *s)
{
    for (size_t i = 0; i < bl_macro_count; i++) {
        if (bl_str_is(s->name, bl_macros[i].name) &&
            (bl_macros[i].form != BL_MACRO_PLAIN) == ((s->flags & BL_SYN_MEMBER) != 0))
            return bl_macros[i].usage;
    }
    return NULL;
}

static void tell_no_function(bl_checker *c, const bl_syntax *s, bylaw_str name)
{
    const char *usage = macro_usage(s);
    const bylaw_str near = bl_env_nearest_function(c->env, name);
    const bool is_name = (s->flags & BL_SYN_MEMBER) == 0 && bl_env_lookup(c->env, name) != NULL;

    if (is_name)
        bl_tell(c->report, not_a_function, s->name_from, s->name_to, BL_TEXT("name", name));
    else if (usage != NULL)
        bl_tell(c->report, macro_form, s->name_from, s->name_to,
                BL_TEXT("usage", bylaw_str_from(usage)));
    else if (near.len > 0)
        bl_tell(c->report, unknown_function_near, s->name_from, s->name_to, BL_TEXT("name", name),
                BL_TEXT("meant", near));
    else
        bl_tell(c->report, unknown_function, s->name_from, s->name_to, BL_TEXT("name", name));
}

/* ---- Calls ---- */

static uint8_t compare_op(const bl_syntax *s, bylaw_str function)
{
    if (s->kind == BL_SYN_BINARY)
        return bl_operators[s->op].op;
    return bl_str_is(function, "is") ? BL_OP_IS : BL_OP_NONE;
}

/* What is computed from none is none, but for questions, which it answers with no. */
static bool may_be_none(bl_checker *c, const call *k)
{
    const bl_signature *s = k->candidates[0];

    for (size_t i = 0; i < k->count && k->result->kind != BL_T_BOOL; i++) {
        const bl_type_kind param = param_of(s, s->params, i)->kind;
        const bl_type_kind type = bl_check_type(c, bl_check_pending(c, k->mark, i))->kind;

        if ((type == BL_T_NULLABLE || type == BL_T_NULL) && param != BL_T_NULLABLE &&
            param != BL_T_PARAM && param != BL_T_DYN && param != BL_T_NULL)
            return true;
    }
    return false;
}

static bool any_error(bl_checker *c, const call *k)
{
    for (size_t i = 0; i < k->count; i++) {
        if (bl_infer_has_error(bl_check_type(c, bl_check_pending(c, k->mark, i))))
            return true;
    }
    return false;
}

/* The type of a checked call; what is wrong with it is told. */
static const bl_type *check_call(bl_checker *c, call *k, bylaw_str name)
{
    if (c->failed || (c->charter && !bl_charter_before(c, k->s, name, k->mark)))
        return BL_SIMPLE(ERROR);
    resolve(c, k);
    if (k->candidate_count == 0) {
        if (!any_error(c, k) && !c->failed)
            tell_no_overload(c, k);
        return BL_SIMPLE(ERROR);
    }
    if (c->charter && !c->failed) {
        settle_literals(c, k);
        bl_charter_after(c, k->s, name, k->mark);
        k->result = bl_charter_no_double(c, k->s, k->result);
        if (may_be_none(c, k))
            k->result = bl_check_with_none(c, k->result);
    }
    return any_error(c, k) && k->candidate_count > 1 ? BL_SIMPLE(ERROR) : k->result;
}

static uint32_t finish_call(bl_checker *c, call *k, bylaw_str name, uint32_t first)
{
    const bl_type *type = BL_SIMPLE(ERROR);

    k->count = c->pending.count - k->mark;
    if (k->function == NULL) {
        if (c->check)
            tell_no_function(c, k->s, name);
    } else if (c->check) {
        type = check_call(c, k, name);
    } else {
        collect_all(c, k);
    }
    const uint32_t index = bl_check_emit(c, BL_NODE_CALL, k->s, k->mark, first, type);
    bl_node *node = bl_check_node(c, index);

    node->name = k->function != NULL ? k->function->name : name;
    node->op = compare_op(k->s, name);
    node->flags = k->member ? BL_NODE_MEMBER : 0;
    node->as.call.candidates = k->candidates;
    node->as.call.candidate_count = k->candidate_count;
    return index;
}

/* a.b.f as the name of a function: then the receiver is no value. *name is a.b.f; *missing: a.b is
 * not declared and has functions, but no f. */
static const bl_function *namespaced(bl_checker *c, const bl_syntax *s, bylaw_str *name,
                                     bool *missing)
{
    const bl_syntax *root;
    bl_syntax whole = {.kind = BL_SYN_SELECT,
                       .first = s->first,
                       .name = s->name,
                       .name_from = s->name_from,
                       .name_to = s->name_to};

    *name = s->name;
    *missing = false;
    if (!bl_check_chain(c, &whole, name, &root) || bl_check_local(c, root) != NULL) {
        *name = s->name;
        return NULL;
    }
    const bl_function *function = bl_check_function(c, *name, (root->flags & BL_SYN_ROOTED) != 0);

    *missing = function == NULL && c->check && !bl_check_is_declared(c, s->first) &&
               bl_env_has_namespace(c->env, bl_str_slice(*name, 0, name->len - s->name.len - 1));
    return function;
}

uint32_t bl_check_call(bl_checker *c, const bl_syntax *s)
{
    const uint32_t first = (uint32_t)c->nodes.count;
    call k = {.s = s, .mark = c->pending.count};
    const bl_syntax *argument = s->first;
    bylaw_str name = s->name;
    bool missing = false;

    if (c->charter && (s->flags & BL_SYN_MEMBER) == 0 && bl_str_is(s->name, "stated"))
        return bl_charter_stated(c, s);
    if ((s->flags & BL_SYN_MEMBER) == 0) {
        k.function = bl_check_function(c, s->name, (s->flags & BL_SYN_ROOTED) != 0);
    } else if ((k.function = namespaced(c, s, &name, &missing)) != NULL || missing) {
        argument = argument->next;
    } else {
        k.member = true;
        name = s->name;
        k.function = bl_check_function(c, name, true);
    }
    const bool mixed = c->mixed;

    c->mixed = mixed || bl_str_is(name, "format"); /* takes a list of anything */
    for (; argument != NULL; argument = argument->next)
        bl_check_child(c, argument);
    c->mixed = mixed;
    return finish_call(c, &k, name, first);
}

uint32_t bl_check_operator(bl_checker *c, const bl_syntax *s, bylaw_str function)
{
    const uint32_t first = (uint32_t)c->nodes.count;
    call k = {.s = s, .mark = c->pending.count};

    k.function = bl_check_function(c, function, true);
    for (const bl_syntax *operand = s->first; operand != NULL; operand = operand->next)
        bl_check_child(c, operand);
    return finish_call(c, &k, function, first);
}
