/* report/explain.c: why one finding is what it is: see bylaw/explain.h. */
#include "report/page.h"

#include <bylaw/explain.h>

typedef struct explaining {
    bl_page page;
    bl_voice v;
} explaining;

/* Columns before what stands under a label. */
static size_t sub(const explaining *x)
{
    return x->v.lang == BYLAW_ZH ? 8 : 11;
}

/* "要求  text"; an empty label continues. */
static void labelled(explaining *x, const bl_msg *label, bylaw_str text)
{
    const size_t width = x->v.lang == BYLAW_ZH ? 4 : 7;
    bl_str line = bl_str_init(x->v.arena), padded = bl_str_init(x->v.arena);

    if (text.len == 0)
        return;
    bl_pad(&padded, label != NULL ? bl_say(&x->v, label, NULL, 0) : (bylaw_str){NULL, 0}, width);
    bl_styled(&line, BL_DIM, bl_str_taken(&padded));
    bl_str_addz(&line, "  ");
    bl_str_add(&line, text);
    bl_page_line(&x->page, 0, width + 2, bl_str_taken(&line));
}

static void below(explaining *x, size_t depth, bylaw_str text)
{
    if (text.len > 0)
        bl_page_line(&x->page, sub(x) + 2 * depth, sub(x) + 2 * depth + 2, text);
}

/* （第 13 行）, where the fact stands in the action's own file. */
static bylaw_str where(const bl_voice *v, uint32_t slot)
{
    const bl_span span = bl_said_at(v->set, slot);

    if (slot < BL_SLOT_FACTS || span.source == NULL || span.source != v->result->action->source)
        return (bylaw_str){NULL, 0};
    return BL_SAYF(v, why_at_line, BL_INT("line", (int64_t)bl_line_of_span(span)));
}

static bylaw_str where_sum(const bl_voice *v, const bl_sum *sum)
{
    return sum->count == 1 && sum->slots[0] >= BL_SLOT_FACTS ? where(v, sum->slots[0])
                                                             : (bylaw_str){NULL, 0};
}

/* ---- a threshold ---- */

/* 5 又 1/3: the share of the base, exactly. */
static bylaw_str say_mixed(const bl_voice *v, const bl_figures *f, bool *whole)
{
    const bl_i128 product = (bl_i128)f->bound.num * f->base;
    const int64_t quotient = (int64_t)(product / f->bound.den);
    bylaw_fraction rest = {0, 1};

    if (!bl_fraction_make(&rest, product % f->bound.den, f->bound.den))
        rest = (bylaw_fraction){0, 1};
    *whole = rest.num == 0;
    if (*whole)
        return bl_say_value(v, bl_int(quotient), UINT32_MAX);
    return BL_SAYF(v, why_mixed, BL_INT("whole", quotient), BL_INT("num", rest.num),
                   BL_INT("den", rest.den));
}

/* 票 of 6 票 */
static bylaw_str unit_of(const bl_voice *v, const bl_sum *sum)
{
    const bylaw_str one = bl_say_units_bare(v, sum, 1);

    return one.len > 2 ? bl_str_slice(one, 2, one.len) : BYLAW_STR("票");
}

static bylaw_str say_need_of(const bl_voice *v, const bl_figures *f)
{
    bool whole = false;
    const bylaw_str mixed = say_mixed(v, f, &whole);
    const bl_arg args[] = {BL_TEXT("need", bl_say_units_bare(v, &f->count_sum, f->need)),
                           BL_TEXT("base", bl_say_base(v, &f->base_sum, f->base)),
                           BL_TEXT("where", where_sum(v, &f->base_sum)),
                           BL_TEXT("fraction", bl_say_fraction(v, f->bound)),
                           BL_TEXT("mixed", mixed),
                           BL_TEXT("unit", unit_of(v, &f->count_sum))};

    return bl_say(v,
                  !whole      ? &bl_word_why_need_part
                  : f->strict ? &bl_word_why_need_more
                              : &bl_word_why_need_whole,
                  args, sizeof args / sizeof *args);
}

static bylaw_str say_missing(const bl_voice *v, const bl_finding *f)
{
    bylaw_str names[8];
    size_t n = 0;

    for (size_t i = 0; f->missing != NULL && i < f->missing->count && n < 8; i++)
        names[n++] = bl_say_attr(v, f->missing->attrs[i]);
    return n == 0 ? (bylaw_str){NULL, 0}
                  : BL_SAYF(v, why_unknown,
                            BL_TEXT("names", bl_say_join(v, names, n, &bl_word_enum_comma)));
}

static void why_threshold(explaining *x, const bl_finding *f)
{
    const bl_voice *v = &x->v;
    const bl_figures *g = f->figures;
    const bl_action *action = v->result->action;
    const bool declared = f->status == BL_VIOLATED && f->modality == BL_CONDITION &&
                          action->declared == BL_DECLARED_ADOPTED && g->count_sum.count == 1;
    bylaw_str have = bl_say_figures(v, g, true, true);

    if (have.len == 0)
        have = say_missing(v, f);
    if (g->count_known && g->need_known)
        have = bl_say(v, g->count < g->need ? &bl_word_why_fewer : &bl_word_why_enough,
                      BL_ARGS(BL_TEXT("count", bl_say_count(v, &g->count_sum, g->count)),
                              BL_TEXT("where", where_sum(v, &g->count_sum)),
                              BL_TEXT("need", v->lang == BYLAW_ZH
                                                  ? bl_say_units_bare(v, &g->count_sum, g->need)
                                                  : bl_say_value(v, bl_int(g->need), UINT32_MAX))));
    if (declared) {
        labelled(x, &bl_word_why,
                 BL_SAYF(v, why_declared,
                         BL_INT("line", (int64_t)bl_line_of_span(action->declared_span)),
                         BL_TEXT("label", bl_say_fact_label(v, g->count_sum.slots[0]))));
        below(x, 0, have);
    } else {
        labelled(x, &bl_word_why, have);
    }
    if (g->has_base && g->base_known && g->need_known)
        below(x, 0, say_need_of(v, g));
}

/* ---- an expression ---- */

static size_t leaves(const bl_cause *c)
{
    size_t n = c->child_count == 0;

    for (size_t i = 0; i < c->child_count; i++)
        n += leaves(c->children[i]);
    return n;
}

static bylaw_str say_leaf(const bl_voice *v, const bl_finding *f, const bl_cause *c)
{
    bl_str out = bl_str_init(v->arena);

    bl_str_add(&out, bl_say_cause(v, f->norm, c));
    if (out.len > 0 && c->left_slot >= BL_SLOT_FACTS)
        bl_str_add(&out, where(v, (uint32_t)c->left_slot));
    else if (out.len > 0 && c->right_slot >= BL_SLOT_FACTS)
        bl_str_add(&out, where(v, (uint32_t)c->right_slot));
    return bl_str_taken(&out);
}

/* The causes as they hang together: what had to hold together, what would each have been enough. */
static void tree(explaining *x, const bl_finding *f, const bl_cause *c, size_t depth)
{
    if (c->child_count == 0) {
        below(x, depth, say_leaf(&x->v, f, c));
        return;
    }
    const bool heading = c->child_count > 1 && leaves(c) > 1;

    if (heading)
        below(x, depth,
              c->kind == BL_CAUSE_ALL ? BL_SAY0(&x->v, why_any) : BL_SAY0(&x->v, why_all));
    for (size_t i = 0; i < c->child_count; i++)
        tree(x, f, c->children[i], depth + (heading ? 1 : 0));
}

/* What the norm read and found in order. */
static bylaw_str say_values(const bl_voice *v, const bl_finding *f)
{
    const bl_body body = bl_effective_body(f->norm, v->set->chosen);
    const bl_program *program = f->status == BL_NOT_APPLICABLE ? body.when : body.require;
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < n; i++) {
        if (slots[i] < BL_SLOT_FACTS || !bl_is_known(v->set->slots[slots[i]]))
            continue;
        if (out.len > 0)
            bl_str_addz(&out, bl_word_sep.in[v->lang]);
        bl_str_add(
            &out,
            bl_say(v,
                   v->set->origins[slots[i]] == BL_FROM_PRESUMPTION ? &bl_word_why_presumed
                                                                    : &bl_word_label_value,
                   BL_ARGS(BL_TEXT("label", bl_say_fact_label(v, slots[i])),
                           BL_TEXT("value", bl_say_value(v, v->set->slots[slots[i]], slots[i])))));
        bl_str_add(&out, where(v, slots[i]));
    }
    return bl_str_taken(&out);
}

static void why_expression(explaining *x, const bl_finding *f)
{
    const bl_voice *v = &x->v;
    bylaw_str said = {NULL, 0};

    if (f->status == BL_UNDETERMINED_FINDING || f->status == BL_NOT_EXAMINED)
        said = say_missing(v, f);
    else if (f->status == BL_NOT_APPLICABLE || f->status == BL_SATISFIED || f->cause == NULL)
        said = say_values(v, f);
    else if (leaves(f->cause) == 1) {
        const bl_cause *only = f->cause;

        while (only->child_count > 0)
            only = only->children[0];
        said = say_leaf(v, f, only);
    } else {
        labelled(x, &bl_word_why, bl_say_found(v, f));
        tree(x, f, f->cause, 0);
        return;
    }
    if (said.len == 0)
        said = f->status == BL_NOT_APPLICABLE ? BL_SAY0(v, why_not_applicable)
               : f->status == BL_SATISFIED    ? BL_SAY0(v, why_met)
                                              : bl_say_found(v, f);
    labelled(x, &bl_word_why, said);
}

/* ---- readings ---- */

static const bl_finding *of_norm(const bl_finding *findings, size_t count, const bl_norm *norm)
{
    for (size_t i = 0; i < count; i++) {
        if (findings[i].norm == norm)
            return &findings[i];
    }
    return NULL;
}

static bool same_base(const bl_finding *a, const bl_finding *b)
{
    return a == NULL || b == NULL || a->figures->base_sum.count != b->figures->base_sum.count ||
           a->figures->base_sum.count == 0 ||
           a->figures->base_sum.slots[0] == b->figures->base_sum.slots[0];
}

/* What comes of the norm under an option: of a vote adopted or not; else its status. */
static bylaw_str say_result(const bl_voice *v, const bl_finding *f)
{
    if (f == NULL)
        return bl_say_status(v, BL_NOT_APPLICABLE);
    if (f->figures->present && f->modality == BL_CONDITION && f->status != BL_NOT_APPLICABLE)
        return bl_say_outcome(v, bl_is_true(f->value)    ? BYLAW_ADOPTED
                                 : bl_is_false(f->value) ? BYLAW_NOT_ADOPTED
                                                         : BYLAW_OPEN);
    return bl_say_status(v, f->status);
}

/* 采用  全体成员 8 个：至少 6 票，未通过；依据第七条（一） */
static void option_line(explaining *x, const bl_msg *label, const bl_option *option,
                        const bl_finding *f, bool by_base, bylaw_str tail)
{
    const bl_voice *v = &x->v;
    bl_str line = bl_str_init(v->arena), gives = bl_str_init(v->arena),
           padded = bl_str_init(v->arena);

    if (f != NULL && f->figures->present && f->figures->need_known) {
        bl_str_add(&gives, BL_SAYF(v, at_least,
                                   BL_TEXT("need", bl_say_units_bare(v, &f->figures->count_sum,
                                                                     f->figures->need)),
                                   BL_INT("need_n", f->figures->need)));
        bl_str_addz(&gives, bl_word_comma.in[v->lang]);
    }
    bl_str_add(&gives, say_result(v, f));
    bl_pad(&padded, bl_say(v, label, NULL, 0), v->lang == BYLAW_ZH ? 4 : 5);
    bl_styled(&line, BL_DIM, bl_str_taken(&padded));
    bl_str_addz(&line, "  ");
    bl_str_add(&line,
               BL_SAYF(v, option_gives,
                       BL_TEXT("option", by_base && f != NULL && f->figures->base_known
                                             ? bl_say_reading_base(v, option->label, f->figures)
                                             : bl_say_label(v, option->label)),
                       BL_TEXT("figures", bl_str_taken(&gives)),
                       BL_TEXT("outcome", BYLAW_STR(""))));
    if (option->basis.in[v->lang].len > 0)
        bl_str_add(&line, BL_SAYF(v, basis, BL_TEXT("basis", bl_say_label(v, option->basis))));
    bl_str_add(&line, tail);
    bl_page_line(&x->page, sub(x), sub(x) + (v->lang == BYLAW_ZH ? 6 : 7), bl_str_taken(&line));
}

static bylaw_str tail_of(const bl_voice *v, const bl_alternative *a, const bl_option *option)
{
    bl_str out = bl_str_init(v->arena);

    bl_str_add(&out, option->remote ? BL_SAY0(v, why_remote) : BL_SAY0(v, why_arguable));
    if (a->changes && a->weighed)
        bl_str_add(&out, BL_SAY0(v, why_flips));
    return bl_str_taken(&out);
}

static void reading_of(explaining *x, const bl_finding *f, uint32_t index, bool first)
{
    const bl_voice *v = &x->v;
    const bl_set_result *r = v->set;
    const bl_reading *reading = &r->set->readings[index];
    bool base = false;

    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];

        if (a->choice_count == 1 && a->choices[0].reading == index)
            base = base || !same_base(f, of_norm(a->findings, a->finding_count, f->norm));
    }
    labelled(x, first ? &bl_word_why_reading : NULL,
             BL_SAYF(v, why_asks,
                     BL_TEXT("phrase", bl_say_foreign(v, reading->phrase.len > 0 ? reading->phrase
                                                                                 : reading->name)),
                     BL_TEXT("asks", bl_say_label(v, reading->asks))));
    option_line(x, &bl_word_used, &reading->options[r->chosen[index]], f, base,
                (bylaw_str){NULL, 0});
    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];

        if (a->choice_count != 1 || a->choices[0].reading != index)
            continue;
        const bl_option *option = &reading->options[a->choices[0].option];

        option_line(x, &bl_word_other, option, of_norm(a->findings, a->finding_count, f->norm),
                    base, tail_of(v, a, option));
    }
}

/* The readings on which this norm depends and that were tried. */
static void readings_of(explaining *x, const bl_finding *f)
{
    const bl_set_result *r = x->v.set;
    bool first = true;

    for (uint32_t i = 0; i < r->set->reading_count; i++) {
        bool tried = false;

        for (size_t k = 0; k < r->alternative_count; k++)
            tried = tried || (r->alternatives[k].choice_count == 1 &&
                              r->alternatives[k].choices[0].reading == i);
        if (!(f->norm->readings >> i & 1) || !tried)
            continue;
        reading_of(x, f, i, first);
        first = false;
    }
}

/* ---- for the minutes ---- */

/* ，还差 1 票, of a vote that is lost. */
static bylaw_str say_short(const bl_voice *v, const bl_figures *g)
{
    const int64_t n = g->need - g->count;

    if (!g->count_known || n <= 0)
        return (bylaw_str){NULL, 0};
    return BL_SAYF(v, why_short,
                   BL_TEXT("n", v->lang == BYLAW_ZH ? bl_say_units(v, &g->count_sum, n)
                                                    : bl_say_value(v, bl_int(n), UINT32_MAX)));
}

static bylaw_str minutes_of_vote(const bl_voice *v, const bl_finding *f)
{
    const bl_figures *g = f->figures;
    const bylaw_str count =
        g->count_known ? bl_say_count(v, &g->count_sum, g->count) : (bylaw_str){NULL, 0};
    const bylaw_str outcome =
        v->set->outcome == BYLAW_ADOPTED ? BL_SAY0(v, why_won) : BL_SAY0(v, why_lost);
    const bl_arg args[] = {
        BL_TEXT("kind", bl_say_label(v, v->result->kind->label)),
        BL_TEXT("base", bl_say_base(v, &g->base_sum, g->base)),
        BL_TEXT("fraction", bl_say_bar(v, g)),
        BL_TEXT("need", bl_say_units(v, &g->count_sum, g->need)),
        BL_TEXT("count", count),
        BL_TEXT("short", say_short(v, g)),
        BL_TEXT("title", bl_say_label(v, v->set->set->title)),
        BL_TEXT("cite", bl_say_cite(v, f->norm)),
        BL_TEXT("outcome", outcome),
    };

    return bl_say(v, g->count_known ? &bl_word_why_minutes_vote : &bl_word_why_minutes_open, args,
                  sizeof args / sizeof *args);
}

static bylaw_str minutes_of(const bl_voice *v, const bl_finding *f)
{
    if (f->status == BL_NOT_APPLICABLE)
        return (bylaw_str){NULL, 0};
    if (f->figures->present && f->modality == BL_CONDITION && f->figures->base_known &&
        f->figures->need_known)
        return minutes_of_vote(v, f);
    return BL_SAYF(
        v, why_minutes_other, BL_TEXT("title", bl_say_label(v, v->set->set->title)),
        BL_TEXT("cite", bl_say_cite(v, f->norm)), BL_TEXT("says", bl_say_label(v, f->norm->says)),
        BL_TEXT("found", f->status == BL_SATISFIED && say_values(v, f).len > 0 ? say_values(v, f)
                         : f->status == BL_UNDETERMINED_FINDING                ? say_missing(v, f)
                                                                : bl_say_found(v, f)),
        BL_TEXT("status", bl_say_status(v, f->status)));
}

/* ---- one finding ---- */

static bylaw_str what_was_found(const bl_voice *v, const bl_finding *f)
{
    if (f->figures->present) {
        const bylaw_str figures = bl_say_figures(v, f->figures, false, true);

        return figures.len > 0 ? figures : bl_say_status(v, f->status);
    }
    if (f->status == BL_VIOLATED || f->status == BL_DEPARTED || f->status == BL_NOT_MET ||
        f->status == BL_PENDING || f->status == BL_WAIVED)
        return bl_say_found(v, f);
    return bl_say_status(v, f->status);
}

static void explain_one(explaining *x, const bl_finding *whole, const bl_finding *f)
{
    const bl_voice *v = &x->v;
    bl_str head = bl_str_init(v->arena);
    bylaw_str says = bl_say_label(v, f->norm->says), paragraph;

    bl_styled(&head, bl_status_style(f->status),
              bylaw_str_from(bl_mark_text(bl_status_mark(f->status))));
    bl_str_addc(&head, ' ');
    bl_styled(&head, BL_BOLD, bl_say_cite(v, f->norm));
    bl_str_addz(&head, "  ");
    bl_str_add(&head, f == whole ? what_was_found(v, f)
                                 : bl_say_element(v, whole, f, false, what_was_found(v, f)));
    bl_str_add(&head, bl_say_due(v, f));
    bl_page_line(&x->page, 0, 2, bl_str_taken(&head));
    if (f->modality == BL_CONDITION)
        says = BL_SAYF(v, why_no_effect, BL_TEXT("says", says),
                       BL_TEXT("kind", bl_say_label(v, v->result->kind->label)));
    labelled(x, &bl_word_requirement, says);
    for (size_t i = 0; i < f->norm->provision_count; i++)
        labelled(x, &bl_word_original, bl_say_quote(v, x->page.quoter, f->norm->provisions[i]));
    if (f->figures->present)
        why_threshold(x, f);
    else
        why_expression(x, f);
    readings_of(x, whole);
    if (f->status == BL_VIOLATED || f->status == BL_DEPARTED)
        labelled(x, &bl_word_to_do, bl_say_fix(v, f));
    else if (f->remedy != NULL && f->remedy->kind <= BL_REMEDY_DECLARE)
        labelled(x, &bl_word_to_do, bl_say_remedy(v, f->remedy));
    paragraph = minutes_of(v, f);
    if (paragraph.len > 0) {
        bl_page_line(&x->page, 0, 0, BL_SAY0(v, why_minutes));
        bl_page_line(&x->page, 2, 2, paragraph);
    }
}

/* ---- which ---- */

static bool is_named(const bylaw_ruleset *set, const bl_norm *norm, bylaw_str which)
{
    if (bl_str_equal(norm->id, which))
        return true;
    if (which.len == set->id.len + 1 + norm->id.len && bl_str_starts(which, set->id) &&
        which.ptr[set->id.len] == '/' && bl_str_ends(which, norm->id))
        return true;
    for (size_t i = 0; i < norm->provision_count; i++) {
        if (bl_str_equal(norm->provisions[i]->cite.in[BYLAW_ZH], which) ||
            bl_str_equal(norm->provisions[i]->cite.in[BYLAW_EN], which) ||
            bl_str_equal(norm->provisions[i]->id, which))
            return true;
    }
    return false;
}

static bool wrong(const bl_finding *f)
{
    return f->status == BL_VIOLATED || f->status == BL_DEPARTED ||
           f->status == BL_UNDETERMINED_FINDING || f->status == BL_NOT_MET;
}

/* Of those named the gravest; without a name all that is wrong, else what decided the vote. */
static bool wanted(const bl_set_result *r, const bl_finding *f, bylaw_str which, bl_status gravest,
                   bool any_wrong)
{
    if (which.len > 0)
        return is_named(r->set, f->norm, which) && f->status == gravest;
    return any_wrong ? wrong(f) : f == bl_telling_finding(r->findings, r->finding_count);
}

static size_t explain_set(explaining *x, bylaw_str which, size_t told)
{
    const bl_set_result *r = x->v.set;
    bl_status gravest = BL_NOT_APPLICABLE;
    bool any_wrong = false;

    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *f = &r->findings[i];

        any_wrong = any_wrong || wrong(f);
        if (which.len > 0 && is_named(r->set, f->norm, which) && f->status > gravest)
            gravest = f->status;
    }
    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *f = &r->findings[i];

        if (!wanted(r, f, which, gravest, any_wrong))
            continue;
        for (size_t k = 0; k < f->element_count; k++) {
            if (f->elements[k].status != f->status)
                continue;
            if (told++ > 0)
                bl_str_addc(&x->page.out, '\n');
            explain_one(x, f, &f->elements[k]);
        }
        if (f->element_count > 0)
            continue;
        if (told++ > 0)
            bl_str_addc(&x->page.out, '\n');
        explain_one(x, f, f);
    }
    return told;
}

bylaw_status bylaw_explain(const bylaw_result *result, bylaw_str which,
                           const bylaw_explain_telling *telling, const bylaw_allocator *allocator)
{
    bl_arena arena;
    explaining x = {.page = {.columns = telling->columns == 0 ? 80 : telling->columns,
                             .color = telling->color,
                             .quoter = {telling->quote, telling->quote_context}},
                    .v = {.arena = &arena, .lang = telling->lang, .result = result}};
    bylaw_status status = BYLAW_ENOTFOUND;
    size_t told = 0;
    bylaw_str text;

    if (result->brief)
        return BYLAW_EDOMAIN;
    bl_arena_init(&arena, allocator);
    x.page.out = bl_str_init(&arena);
    for (size_t i = 0; i < result->set_count; i++) {
        x.v.set = &result->sets[i];
        if (x.v.set->governed)
            told = explain_set(&x, which, told);
    }
    if (told > 0 && (status = bl_str_take(&text, &x.page.out)) == BYLAW_OK)
        status = telling->write(telling->context, text);
    bl_arena_dispose(&arena);
    return status;
}
