/* check/expression.c: bylaw/expr.h: one expression by itself, over plain facts or over those of a
 * rule set's vocabulary. It is always evaluated with a trace: here nobody waits for nanoseconds. */
#include "check/expression.h"

#include "base/vec.h"
#include "check/action.h"
#include "check/case.h"
#include "value/messages.h"

/* What evaluating needs, from either source. */
typedef struct ground {
    bl_env *env;
    const bl_value *slots;
    const bool *stated;
    size_t count;
    const bylaw_str *names;
} ground;

/* ---- plain facts ---- */

static bylaw_status plain_ground(ground *out, const bylaw_expr_options *options, bl_arena *arena,
                                 bylaw_diags *diags)
{
    bl_plain_facts facts = {0};
    const bylaw_status status = bl_plain_facts_read(&facts, options, arena, diags);
    bool *stated = BL_NEW_N(arena, bool, facts.count);

    if (status != BYLAW_OK)
        return status;
    bl_env *env = bl_env_new(arena, BL_ENV_FUNCTIONS | BL_ENV_UNFOLDED, NULL);

    if (env == NULL || stated == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < facts.count; i++) {
        stated[i] = facts.values[i].kind != BL_UNKNOWN;
        if (bl_env_add_variable(env, facts.names[i], facts.types[i], (uint32_t)i) == BYLAW_ENOMEM)
            return BYLAW_ENOMEM;
    }
    const bl_limits limits = bl_limits_of(options->limits);

    bl_env_set_limits(env, &limits);
    *out = (ground){env, facts.values, stated, facts.count, facts.names};
    return BYLAW_OK;
}

/* ---- facts of a rule set ---- */

/* The names of the slots that every set has. */
static const char *const frame_names[BL_SLOT_FACTS] = {
    [BL_SLOT_KIND] = "kind",         [BL_SLOT_DATE] = "date",       [BL_SLOT_AS_OF] = "as_of",
    [BL_SLOT_DECLARED] = "declared", [BL_SLOT_OUTCOME] = "outcome", [BL_SLOT_ELEMENT] = "element",
};

static const bylaw_str *slot_names(const bylaw_ruleset *set, bl_arena *arena)
{
    bylaw_str *names = BL_NEW_N(arena, bylaw_str, set->slot_count);

    for (size_t i = 0; names != NULL && i < set->slot_count; i++)
        names[i] =
            i < BL_SLOT_FACTS ? bylaw_str_from(frame_names[i]) : set->facts[i - BL_SLOT_FACTS].name;
    return names;
}

static bylaw_status setting_entry(bl_entry *out, const bylaw_setting *setting, bl_arena *arena,
                                  bylaw_diags *diags)
{
    const bl_source *source = bl_setting_source(arena, setting);
    bl_document doc = {0};

    if (source == NULL)
        return BYLAW_ENOMEM;
    const bylaw_status status = bl_document_read(&doc, source, BL_DOC_YAML, NULL, arena, diags);

    if (status != BYLAW_OK)
        return status;
    if (doc.count != 1 || doc.roots[0] == NULL || doc.roots[0]->shape != BL_DOC_MAP ||
        doc.roots[0]->count != 1)
        return BYLAW_EINPUT;
    *out = (bl_entry){setting->name, doc.roots[0]->pairs[0].key, doc.roots[0]->pairs[0].value,
                      BL_FROM_OPTION};
    return BYLAW_OK;
}

/* The registers and settings as the entries of an action of no kind. */
static bylaw_status read_entries(bl_action *action, bl_entries *extra,
                                 const bylaw_expr_options *options, bl_arena *arena,
                                 bylaw_diags *diags)
{
    bl_entry *settings = BL_NEW_N(arena, bl_entry, options->setting_count);
    BL_VEC(bl_entry) all = {0};
    bylaw_status status = BYLAW_OK;

    if (settings == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < options->setting_count; i++) {
        status = setting_entry(&settings[i], &options->settings[i], arena, diags);
        if (status != BYLAW_OK)
            return status;
    }
    for (size_t i = 0; i < options->fact_count; i++) {
        bl_source *source = BL_NEW(arena, bl_source);
        bl_entries entries = {0};

        if (source == NULL)
            return BYLAW_ENOMEM;
        *source = (bl_source){.name = options->facts[i].file, .text = options->facts[i].text};
        status = bl_facts_read(&entries, source, options->limits, arena, diags);
        if (status != BYLAW_OK)
            return status;
        action->source = source;
        for (size_t k = 0; k < entries.count; k++) {
            if (!bl_vec_push(arena, &all, entries.items[k]))
                return BYLAW_ENOMEM;
        }
    }
    action->entries = all.items;
    action->entry_count = all.count;
    *extra = (bl_entries){settings, options->setting_count};
    return BYLAW_OK;
}

static bylaw_status set_ground(ground *out, const bylaw_expr_options *options, bl_arena *arena,
                               bylaw_diags *diags)
{
    const bylaw_ruleset *set = options->set;
    uint8_t *chosen = BL_NEW_N(arena, uint8_t, set->reading_count + 1);
    bl_action action = {0};
    bl_entries extra = {0};
    bl_case one = {0};
    bl_settled settled;
    bylaw_status status;

    if (chosen == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < set->reading_count; i++)
        chosen[i] = (uint8_t)set->readings[i].default_option;
    if ((status = read_entries(&action, &extra, options, arena, diags)) != BYLAW_OK ||
        (status = bl_cases_make(&one, &set, 1, &action, &extra, arena, diags)) != BYLAW_OK)
        return status;
    one.chosen = chosen;
    one.cost = bylaw_limit_of(options->limits, BYLAW_LIMIT_COST);
    one.regex_states = (uint32_t)bylaw_limit_of(options->limits, BYLAW_LIMIT_REGEX_STATES);
    if ((status = bl_settle(&settled, &one, chosen)) != BYLAW_OK)
        return status;
    *out = (ground){bl_env_new(arena, BL_ENV_CHARTER | BL_ENV_APART | BL_ENV_UNFOLDED, set->env),
                    settled.slots, settled.stated, set->slot_count, slot_names(set, arena)};
    if (out->env == NULL || out->names == NULL)
        return BYLAW_ENOMEM;
    const bl_limits limits = bl_limits_of(options->limits);

    bl_env_set_limits(out->env, &limits);
    return BYLAW_OK;
}

/* ---- the result ---- */

static bylaw_status write_result(bylaw_expr *e)
{
    bl_str type = bl_str_init(&e->arena);
    bl_str value = bl_str_init(&e->arena);
    const bl_unknown *unknown = e->value.kind == BL_UNKNOWN ? e->value.as.unknown : NULL;
    const size_t n = unknown == NULL ? 0 : unknown->count;
    bylaw_str *missing = BL_NEW_N(&e->arena, bylaw_str, n);

    bl_type_write(&type, bl_program_type(e->program));
    if (bl_is_known(e->value))
        bl_value_write(&value, e->value);
    if (missing == NULL || bl_str_take(&e->type, &type) != BYLAW_OK ||
        bl_str_take(&e->shown, &value) != BYLAW_OK)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        const bl_attr *attr = unknown->attrs[i];
        bl_str name = bl_str_init(&e->arena);
        bylaw_str a, b;

        if (attr->slot < e->eval.slot_count) {
            bl_str_add(&name, e->names[attr->slot]);
            bl_str_add(&name, attr->path);
        } else if (bl_attr_look_alike(attr, &a, &b) || bl_attr_too_broad(attr, &a, &b)) {
            bl_str_add(&name, a); /* no fact: a doubt about two values */
            bl_str_addz(&name, " ~ ");
            bl_str_add(&name, b);
        }
        if (bl_str_take(&missing[i], &name) != BYLAW_OK)
            return BYLAW_ENOMEM;
    }
    e->missing = missing;
    e->missing_count = n;
    return BYLAW_OK;
}

static bylaw_status run(bylaw_expr *e, bylaw_str text, const bylaw_expr_options *options,
                        bylaw_diags *diags)
{
    bl_source *source = BL_NEW(&e->arena, bl_source);
    bl_program *program = NULL;
    ground g = {0};
    bylaw_status status;

    if (source == NULL || !bl_arena_copy(&e->arena, &source->text, text))
        return BYLAW_ENOMEM;
    source->name = BYLAW_STR("expression");
    status = options->set != NULL ? set_ground(&g, options, &e->arena, diags)
                                  : plain_ground(&g, options, &e->arena, diags);
    if (status != BYLAW_OK)
        return status;
    const bl_expr_text whole = {source->text, {source, 0, (uint32_t)source->text.len}, true};

    status = bl_compile(&program, g.env, &e->arena, whole, NULL,
                        options->set != NULL || !options->unchecked, diags);
    if (status != BYLAW_OK)
        return status;
    e->program = program;
    e->names = g.names;
    e->eval = (bl_eval){.arena = &e->arena,
                        .slots = g.slots,
                        .slot_count = g.count,
                        .stated = g.stated,
                        .cost_limit = bylaw_limit_of(options->limits, BYLAW_LIMIT_COST),
                        .regex_states =
                            (uint32_t)bylaw_limit_of(options->limits, BYLAW_LIMIT_REGEX_STATES),
                        .trace = BL_NEW_N(&e->arena, bl_value, bl_program_size(program))};
    if (e->eval.trace == NULL)
        return BYLAW_ENOMEM;
    e->value = bl_evaluate(program, &e->eval);
    if (e->value.kind == BL_ERROR && e->value.as.fault->msg == &bl_msg_no_memory)
        return BYLAW_ENOMEM;
    e->cause = bl_explain(program, &e->eval);
    return e->cause != NULL ? write_result(e) : BYLAW_ENOMEM;
}

bylaw_status bylaw_expr_evaluate(bylaw_expr **out, bylaw_str text,
                                 const bylaw_expr_options *options,
                                 const bylaw_allocator *allocator, bylaw_diags *diags)
{
    static const bylaw_expr_options none = {0};
    bylaw_expr *e = bl_new(allocator, sizeof *e);

    if (e == NULL)
        return BYLAW_ENOMEM;
    e->allocator = bl_allocator_or_default(allocator);
    bl_arena_init(&e->arena, allocator);
    bylaw_status status = run(e, text, options != NULL ? options : &none, diags);

    if (e->arena.failed)
        status = BYLAW_ENOMEM;
    if (status == BYLAW_OK)
        *out = e;
    else
        bylaw_expr_free(e);
    return status;
}

void bylaw_expr_free(bylaw_expr *expr)
{
    if (expr == NULL)
        return;
    const bylaw_allocator allocator = expr->allocator;

    bl_arena_dispose(&expr->arena);
    bl_free(&allocator, expr, sizeof *expr);
}

bylaw_expr_state bylaw_expr_state_of(const bylaw_expr *expr)
{
    if (expr->value.kind == BL_ERROR)
        return BYLAW_EXPR_FAILED;
    return expr->value.kind == BL_UNKNOWN ? BYLAW_EXPR_UNKNOWN : BYLAW_EXPR_VALUE;
}

bylaw_str bylaw_expr_value(const bylaw_expr *expr)
{
    return expr->shown;
}

bool bylaw_expr_truth(const bylaw_expr *expr, bool *out)
{
    if (expr->value.kind != BL_BOOL)
        return false;
    *out = expr->value.as.b;
    return true;
}

bylaw_str bylaw_expr_type(const bylaw_expr *expr)
{
    return expr->type;
}

size_t bylaw_expr_missing_count(const bylaw_expr *expr)
{
    return expr->missing_count;
}

bylaw_str bylaw_expr_missing(const bylaw_expr *expr, size_t i)
{
    return expr->missing[i];
}

bylaw_str bylaw_expr_message(const bylaw_expr *expr, bylaw_lang lang)
{
    return expr->value.kind == BL_ERROR ? expr->value.as.fault->message.in[lang]
                                        : (bylaw_str){NULL, 0};
}

uint64_t bylaw_expr_cost(const bylaw_expr *expr)
{
    return expr->eval.cost;
}
