/* check/judge.c: one case under one choice of readings: every norm to a finding, the conditions to
 * an outcome, all of it to a verdict. Conditions come first, for duties that follow the act read
 * the outcome. */
#include "check/case.h"
#include "check/threshold.h"
#include "check/told.h"
#include "value/date.h"

#include <string.h>

typedef struct bench {
    const bl_case *c;
    const uint8_t *chosen;
    const bl_kind_def *kind;
    bl_judgement *out;
    size_t placed; /* norms that exist here */
    bl_value open; /* what the conditions that are not known want; null: none is */
    bylaw_status status;
    bl_eval eval; /* over the settled facts */
} bench;

const bl_figures bl_no_figures = {0};

const char *bl_status_name(bl_status status)
{
    static const char *const names[BL_STATUS__COUNT] = {
        [BL_NOT_APPLICABLE] = "not-applicable",
        [BL_SATISFIED] = "satisfied",
        [BL_NOT_EXAMINED] = "not-examined",
        [BL_NOT_MET] = "not-met",
        [BL_PENDING] = "pending",
        [BL_WAIVED] = "waived",
        [BL_DEPARTED] = "departed",
        [BL_UNDETERMINED_FINDING] = "undetermined",
        [BL_VIOLATED] = "violated",
    };

    return names[status];
}

/* What a modality makes of a body that is not met, or not known (design, the table of statuses). */
static const struct consequence {
    bl_status unmet, unknown;
} consequences[] = {
    [BL_MUST] = {BL_VIOLATED, BL_UNDETERMINED_FINDING},
    [BL_MUST_NOT] = {BL_VIOLATED, BL_UNDETERMINED_FINDING},
    [BL_COMPETENCE] = {BL_VIOLATED, BL_UNDETERMINED_FINDING},
    [BL_CONDITION] = {BL_VIOLATED, BL_UNDETERMINED_FINDING},
    [BL_IN_PRINCIPLE] = {BL_DEPARTED, BL_NOT_EXAMINED},
    [BL_SHOULD] = {BL_DEPARTED, BL_NOT_EXAMINED},
    [BL_MAY] = {BL_NOT_APPLICABLE, BL_NOT_EXAMINED},
};

static void lay_over(bl_body *body, const bl_body *over)
{
    body->has |= over->has;
    if (over->has & BL_HAS_WHEN)
        body->when = over->when;
    if (over->has & BL_HAS_COUNT)
        body->count = over->count;
    if (over->has & BL_HAS_OF)
        body->of = over->of;
    if (over->has & BL_HAS_BOUND) {
        body->bound = over->bound;
        body->strict = over->strict;
    }
    if (over->has & BL_HAS_REQUIRE)
        body->require = over->require;
    if (over->has & BL_HAS_DUE)
        body->due = over->due;
    if (over->has & BL_HAS_MODALITY)
        body->modality = over->modality;
}

bl_body bl_effective_body(const bl_norm *norm, const uint8_t *chosen)
{
    bl_body body = norm->body;

    for (size_t i = 0; i < norm->overlay_count; i++) {
        const bl_overlay *overlay = &norm->overlays[i];

        if (chosen[overlay->choice.reading] == overlay->choice.option)
            lay_over(&body, &overlay->body);
    }
    return body;
}

const bl_body *bl_body_in_use(bl_body *room, const bl_norm *norm, const uint8_t *chosen)
{
    if (norm->overlay_count == 0)
        return &norm->body;
    *room = bl_effective_body(norm, chosen);
    return room;
}

/* Evaluates a program over the settled facts. A failure ends the judging of the action. */
static bl_value evaluate(bench *b, const bylaw_label *where, const bl_program *program)
{
    b->eval.cost = 0;
    const bl_value value = bl_evaluate(program, &b->eval);

    if (value.kind == BL_ERROR && b->status == BYLAW_OK)
        b->status = bl_tell_fault(b->c, *where, program, value, b->out->facts.slots);
    return value;
}

/* The same evaluation with every value kept, and the causes read off them. */
static const bl_cause *cause_of(bench *b, const bl_program *program)
{
    bl_value *trace = BL_NEW_N(b->c->arena, bl_value, bl_program_size(program));
    bl_eval eval = b->eval;

    eval.cost = 0;
    eval.trace = trace;
    if (trace == NULL) {
        b->status = BYLAW_ENOMEM;
        return NULL;
    }
    const bl_value value = bl_evaluate(program, &eval);
    const bl_cause *cause = value.kind == BL_ERROR ? NULL : bl_explain(program, &eval);

    if (cause == NULL && value.kind != BL_ERROR)
        b->status = BYLAW_ENOMEM;
    return cause;
}

static const bl_unknown *unknown_of(bl_value value)
{
    return value.kind == BL_UNKNOWN ? value.as.unknown : NULL;
}

/* The value of the body: true, false or unknown. */
static bl_value body_value(bench *b, const bl_norm *norm, const bl_body *body, bl_finding *f)
{
    bl_value value = bl_bool(true);

    if (body->has & BL_HAS_BOUND) {
        bl_figures *figures = BL_NEW(b->c->arena, bl_figures);

        if (figures == NULL) {
            b->status = BYLAW_ENOMEM;
            return value;
        }
        f->figures = figures;
        value = bl_threshold_judge(figures, body, &b->out->facts, b->c->arena);
    } else if (body->has & BL_HAS_REQUIRE) {
        value = evaluate(b, &norm->says, body->require);
        if (!bl_is_true(value) && b->status == BYLAW_OK && !b->c->brief)
            f->cause = cause_of(b, body->require);
    }
    if (value.kind == BL_ERROR && b->status == BYLAW_OK)
        b->status = BYLAW_ENOMEM;
    return value;
}

static bl_status unknown_status(const bl_finding *f)
{
    return f->norm->ask ? BL_UNDETERMINED_FINDING : consequences[f->modality].unknown;
}

/* Not met, or not known, with a day until which it may be. */
static bl_status until_due(bench *b, const bl_norm *norm, const bl_body *body, bl_finding *f,
                           bl_status status)
{
    if (!(body->has & BL_HAS_DUE))
        return status;
    const bl_value due = evaluate(b, &norm->says, body->due);

    if (due.kind == BL_UNKNOWN) {
        f->missing = unknown_of(due);
        return unknown_status(f);
    }
    if (due.kind != BL_DATE)
        return status;
    f->has_due = true;
    f->due = due.as.i;
    if (!b->c->has_as_of) {
        f->missing = unknown_of(b->out->facts.slots[BL_SLOT_AS_OF]);
        return unknown_status(f);
    }
    return b->c->as_of <= f->due ? BL_PENDING : status;
}

static bl_status unmet_status(const bench *b, bl_modality modality, bool is_vote)
{
    if (modality != BL_CONDITION)
        return consequences[modality].unmet;
    /* A vote that is lost breaks nothing, unless the record says that it was won. A missing
     * approval is known to be missing: it breaks the rule unless the act was rejected anyway. */
    if (is_vote)
        return b->c->action->declared == BL_DECLARED_ADOPTED ? BL_VIOLATED : BL_NOT_MET;
    return b->c->action->declared == BL_DECLARED_REJECTED ? BL_NOT_MET : BL_VIOLATED;
}

static void apply_waiver(const bench *b, bl_finding *f)
{
    if (f->status != BL_VIOLATED && f->status != BL_DEPARTED)
        return;
    f->waiver = bl_waiver_of(b->c, f->norm);
    if (f->waiver != NULL &&
        (!f->waiver->has_until || (b->c->has_as_of && b->c->as_of <= f->waiver->until)))
        f->status = BL_WAIVED;
}

static void judge_body(bench *b, const bl_norm *norm, const bl_body *body, bl_finding *f)
{
    if (body->when != NULL) {
        const bl_value when = evaluate(b, &norm->says, body->when);

        if (bl_is_false(when)) {
            f->status = BL_NOT_APPLICABLE;
            return;
        }
        if (!bl_is_true(when)) {
            f->when_unknown = true;
            f->value = when;
            f->missing = unknown_of(when);
            f->status = unknown_status(f);
            return;
        }
    }
    f->value = body_value(b, norm, body, f);
    if (bl_is_true(f->value)) {
        f->status = BL_SATISFIED;
    } else if (f->value.kind == BL_UNKNOWN) {
        f->missing = unknown_of(f->value);
        f->status = until_due(b, norm, body, f, unknown_status(f));
    } else {
        f->status = until_due(b, norm, body, f, unmet_status(b, f->modality, f->figures->present));
    }
    apply_waiver(b, f);
}

static bylaw_str text_of(bl_arena *arena, bl_value v)
{
    bl_str text = bl_str_init(arena);
    bylaw_str out = {NULL, 0};

    switch (v.kind) {
    case BL_STRING:
    case BL_NAME:
        return bl_string_of(v);
    case BL_ENUM:
        return v.as.enumerated->label.in[BYLAW_ZH];
    case BL_UNKNOWN:
    case BL_ERROR:
    case BL_NULL:
        return out;
    case BL_DATE:
        bl_date_write_iso(&text, v.as.i);
        return bl_str_taken(&text);
    default:
        bl_value_write(&text, v);
        return bl_str_taken(&text);
    }
}

/* The gravest element speaks for the norm. */
static void sum_up(bl_finding *f)
{
    const bl_finding *gravest = NULL;

    for (size_t i = 0; i < f->element_count; i++) {
        if (gravest == NULL || f->elements[i].status > gravest->status)
            gravest = &f->elements[i];
    }
    if (gravest == NULL) {
        f->status = BL_NOT_APPLICABLE;
        return;
    }
    f->status = gravest->status;
    f->value = gravest->value;
    f->missing = gravest->missing;
    f->when_unknown = gravest->when_unknown;
    f->waiver = gravest->waiver;
    f->has_due = gravest->has_due;
    f->due = gravest->due;
}

/* The list is not known. Whether the norm applies is decided first all the same, with an element
 * that is not known either: ballots that nobody wrote down are not asked for where `when` wants
 * them stated. */
static void judge_unlisted(bench *b, const bl_norm *norm, const bl_body *body, bl_finding *f,
                           bl_value list)
{
    bl_value *slot = &b->out->facts.slots[BL_SLOT_ELEMENT];
    bl_value when = bl_bool(true);

    if (body->when != NULL) {
        *slot = list;
        when = evaluate(b, &norm->says, body->when);
        *slot = BL_NULL_VALUE;
    }
    if (bl_is_false(when)) {
        f->status = BL_NOT_APPLICABLE;
        return;
    }
    f->when_unknown = !bl_is_true(when);
    f->value = f->when_unknown ? when : list;
    f->missing = unknown_of(f->value);
    f->status = unknown_status(f);
}

static void judge_elements(bench *b, const bl_norm *norm, const bl_body *body, bl_finding *f)
{
    const bl_value list = evaluate(b, &norm->says, norm->each);
    bl_value *slot = &b->out->facts.slots[BL_SLOT_ELEMENT];

    if (list.kind == BL_UNKNOWN) {
        judge_unlisted(b, norm, body, f, list);
        return;
    }
    if (list.kind != BL_LIST) {
        f->status = BL_NOT_APPLICABLE;
        return;
    }
    bl_finding *elements =
        bl_arena_alloc(b->c->arena, (list.as.list->count + 1) * sizeof *elements);

    if (elements == NULL) {
        b->status = BYLAW_ENOMEM;
        return;
    }
    size_t i = 0;

    for (; i < list.as.list->count && b->status == BYLAW_OK; i++) {
        bl_finding *e = &elements[i];

        *e = (bl_finding){
            .norm = norm, .modality = f->modality, .figures = &bl_no_figures, .element = i};
        *slot = list.as.list->items[i];
        judge_body(b, norm, body, e);
        if (norm->each_label != NULL)
            e->label = text_of(b->c->arena, evaluate(b, &norm->says, norm->each_label));
    }
    *slot = BL_NULL_VALUE;
    f->elements = elements;
    f->element_count = i;
    sum_up(f);
}

static bool is_picked(const bench *b, const bl_norm *norm)
{
    return b->c->picked == NULL || b->c->picked->norms[norm->index];
}

/* Does the norm exist here: under this choice, on this day, for this body? */
static bool exists(bench *b, const bl_norm *norm)
{
    if (norm->has_under && b->chosen[norm->under.reading] != norm->under.option)
        return false;
    if (b->c->action->has_date &&
        (b->c->action->date < norm->from || b->c->action->date > norm->until))
        return false;
    return norm->scope == NULL || !bl_is_false(evaluate(b, &norm->says, norm->scope));
}

static bl_eval eval_of(const bl_case *c)
{
    return (bl_eval){.arena = c->arena,
                     .cost_limit = c->cost,
                     .regex_states = c->regex_states,
                     .slot_count = c->set->slot_count};
}

static void over(bl_eval *eval, const bl_settled *facts)
{
    eval->slots = facts->slots;
    eval->stated = facts->stated;
}

static void judge_norm(bench *b, const bl_norm *norm, bl_finding *f)
{
    bl_body room;
    const bl_body *body = bl_body_in_use(&room, norm, b->chosen);

    *f = (bl_finding){.norm = norm, .modality = body->modality, .figures = &bl_no_figures};
    if (norm->each != NULL)
        judge_elements(b, norm, body, f);
    else
        judge_body(b, norm, body, f);
}

bylaw_status bl_judge_norm(bl_finding *out, const bl_case *the_case, const uint8_t *chosen,
                           const bl_settled *facts, const bl_norm *norm)
{
    bl_judgement judgement = {.facts = *facts};
    bench b = {.c = the_case, .chosen = chosen, .out = &judgement, .eval = eval_of(the_case)};

    over(&b.eval, facts);
    *out = (bl_finding){.norm = norm, .status = BL_NOT_APPLICABLE, .figures = &bl_no_figures};
    if (exists(&b, norm))
        judge_norm(&b, norm, out);
    return b.status;
}

/* Notes what became of a norm. */
static void stand(bench *b, size_t place, const bl_norm *norm, bl_status status,
                  bl_modality modality)
{
    b->out->standings[place] = (bl_standing){norm, (uint8_t)status, (uint8_t)modality};
    b->out->counts[status]++;
    b->placed++;
}

/* Where the next norm stands. Those that read the outcome come later: their places are kept free.
 */
static size_t place_of(const bench *b, size_t i)
{
    return b->kind->reads_outcome ? i : b->placed;
}

static void judge_any(bench *b, const bl_norm *norm, size_t place)
{
    bl_finding room;
    bl_finding *f = &room; /* where nobody asks why, it is not kept */

    if (b->out->findings != NULL)
        f = &b->out->findings[place];
    judge_norm(b, norm, f);
    stand(b, place, norm, f->status, f->modality);
    if (f->status == BL_UNDETERMINED_FINDING && f->modality == BL_CONDITION)
        b->open = b->open.kind == BL_UNKNOWN ? bl_unknown_merge(b->c->arena, b->open, f->value)
                                             : f->value;
}

/* Are there no more than plain norms, of which nobody asks why? */
static bool are_plain(const bench *b)
{
    return b->kind->all_plain && b->out->findings == NULL && b->c->picked == NULL;
}

/* A plain norm is told by one truth value; where it has none, it is looked at as any other. */
static void judge_plain_norms(bench *b)
{
    const bl_kind_def *kind = b->kind;
    bl_standing *standing = b->out->standings;
    uint32_t *counts = b->out->counts;

    for (size_t i = 0; i < kind->norm_count && b->status == BYLAW_OK; i++) {
        const bl_kind_norm *plain = &kind->in_order[i];

        b->eval.cost = 0;
        const bl_value value = bl_enter(&plain->require, &b->eval);
        bl_status status = BL_SATISFIED;

        if (value.kind != BL_BOOL) {
            judge_any(b, plain->norm, i);
            continue;
        }
        if (!value.as.b)
            status = unmet_status(b, plain->modality, false);
        standing[i] = (bl_standing){plain->norm, (uint8_t)status, (uint8_t)plain->modality};
        counts[status]++;
    }
    b->placed = kind->norm_count;
}

/* The norms that read the outcome, or those that do not. */
static void judge_norms(bench *b, bool after_outcome)
{
    for (size_t i = 0; i < b->kind->norm_count && b->status == BYLAW_OK; i++) {
        const bl_norm *norm = b->kind->in_order[i].norm;

        if (norm->reads_outcome == after_outcome && is_picked(b, norm) && exists(b, norm))
            judge_any(b, norm, place_of(b, i));
    }
}

/* Adopted if all conditions hold, not adopted if one fails, else open. The slot of the outcome
 * becomes that, or unknown for want of what the conditions want. */
static void decide_outcome(bench *b)
{
    bl_judgement *out = b->out;
    bl_value *slot = &out->facts.slots[BL_SLOT_OUTCOME];
    const size_t end = b->kind->decides ? place_of(b, b->kind->norm_count) : 0;
    size_t conditions = 0, failed = 0, unknown = 0;

    for (size_t i = 0; i < end; i++) {
        const bl_standing *s = &out->standings[i];

        if (s->norm == NULL || s->modality != BL_CONDITION || s->status == BL_NOT_APPLICABLE)
            continue;
        conditions++;
        unknown += s->status == BL_UNDETERMINED_FINDING;
        failed += s->status != BL_UNDETERMINED_FINDING && s->status != BL_SATISFIED &&
                  s->status != BL_WAIVED;
    }
    out->outcome = failed > 0       ? BYLAW_NOT_ADOPTED
                   : unknown > 0    ? BYLAW_OPEN
                   : conditions > 0 ? BYLAW_ADOPTED
                                    : BYLAW_NO_OUTCOME;
    if (out->outcome == BYLAW_OPEN)
        *slot = b->open;
    else if (out->outcome != BYLAW_NO_OUTCOME)
        *slot = bl_enum_of(b->c->set->outcomes->values[out->outcome == BYLAW_ADOPTED ? 0 : 1]);
}

/* Rejected, and not adopted: nothing further is asked of the conditions. */
static void let_rest(bench *b)
{
    bl_judgement *out = b->out;

    if (b->c->action->declared != BL_DECLARED_REJECTED || out->outcome != BYLAW_NOT_ADOPTED)
        return;
    for (size_t i = 0; i < out->standing_count; i++) {
        bl_standing *s = &out->standings[i];

        if (s->modality != BL_CONDITION || s->status != BL_UNDETERMINED_FINDING)
            continue;
        s->status = BL_NOT_EXAMINED;
        out->counts[BL_UNDETERMINED_FINDING]--;
        out->counts[BL_NOT_EXAMINED]++;
        if (out->findings != NULL)
            out->findings[i].status = BL_NOT_EXAMINED;
    }
}

/* Places that were kept free for norms that do not exist here: what stands behind moves up. */
static void close_up(bench *b)
{
    bl_judgement *out = b->out;
    const size_t end = place_of(b, b->kind->norm_count);
    size_t n = 0;

    for (size_t i = 0; b->placed < end && i < end; i++) {
        if (out->standings[i].norm == NULL)
            continue;
        if (n < i) {
            out->standings[n] = out->standings[i];
            if (out->findings != NULL)
                out->findings[n] = out->findings[i];
        }
        n++;
    }
    out->standing_count = b->placed;
    out->finding_count = out->findings != NULL ? b->placed : 0;
}

static void judge_gaps(bench *b)
{
    for (size_t i = 0; i < b->kind->gap_count && b->status == BYLAW_OK; i++) {
        const bl_gap *gap = &b->c->set->gaps[b->kind->gaps[i]];
        const bl_program *when = gap->when, *decides = gap->decides;

        if (b->c->picked != NULL && !b->c->picked->gaps[gap->index])
            continue;

        for (size_t k = 0; k < gap->overlay_count; k++) {
            const bl_gap_overlay *over = &gap->overlays[k];

            if (b->chosen[over->choice.reading] == over->choice.option) {
                when = over->when != NULL ? over->when : when;
                decides = over->decides != NULL ? over->decides : decides;
            }
        }
        if (when != NULL && !bl_is_true(evaluate(b, &gap->says, when)))
            continue;
        b->out->gaps[b->out->gap_count++] =
            (bl_gap_result){gap, decides != NULL && bl_is_true(evaluate(b, &gap->says, decides))};
    }
}

/* What a status makes of the verdict; others leave it as it is. */
static const struct weight {
    bl_status status;
    bylaw_verdict verdict;
} weights[] = {
    {BL_VIOLATED, BYLAW_VIOLATION},
    {BL_UNDETERMINED_FINDING, BYLAW_UNDETERMINED},
    {BL_DEPARTED, BYLAW_CAUTION},
};

static void decide_verdict(bench *b)
{
    bl_judgement *out = b->out;
    const bl_declared declared = b->c->action->declared;
    bylaw_verdict verdict = BYLAW_COMPLIANT;

    out->declared_otherwise =
        (declared == BL_DECLARED_REJECTED && out->outcome == BYLAW_ADOPTED) ||
        (declared == BL_DECLARED_ADOPTED && out->outcome == BYLAW_NOT_ADOPTED);
    if (out->declared_otherwise)
        verdict = BYLAW_VIOLATION;
    if (out->facts.clash_count > 0 && verdict < BYLAW_UNDETERMINED)
        verdict = BYLAW_UNDETERMINED;
    for (size_t i = 0; i < out->gap_count; i++) {
        if (out->gaps[i].decides && verdict < BYLAW_UNDETERMINED)
            verdict = BYLAW_UNDETERMINED;
    }
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        if (out->counts[weights[i].status] > 0 && weights[i].verdict > verdict)
            verdict = weights[i].verdict;
    }
    out->verdict = verdict;
}

/* Room for all that the kind may have. */
static bool make_room(bl_judgement *out, const bl_kind_def *kind, bl_arena *arena, bool briefly)
{
    const size_t n = kind->norm_count + 1;

    out->standings = kind->reads_outcome ? BL_NEW_N(arena, bl_standing, n)
                                         : bl_arena_alloc(arena, n * sizeof(bl_standing));
    out->findings = briefly ? NULL : bl_arena_alloc(arena, n * sizeof(bl_finding));
    out->gaps = NULL;
    out->gap_count = 0;
    if (kind->gap_count > 0)
        out->gaps = bl_arena_alloc(arena, kind->gap_count * sizeof(bl_gap_result));
    memset(out->counts, 0, sizeof out->counts);
    return out->standings != NULL && (briefly || out->findings != NULL) &&
           (kind->gap_count == 0 || out->gaps != NULL);
}

static bylaw_status judge_all(bl_judgement *out, const bl_case *the_case, const uint8_t *chosen,
                              bool briefly)
{
    const bl_kind_def *kind = &the_case->set->kind_defs[the_case->kind->index];
    bench b = {
        .c = the_case, .chosen = chosen, .kind = kind, .out = out, .eval = eval_of(the_case)};

    if (!make_room(out, kind, the_case->arena, briefly))
        return BYLAW_ENOMEM;
    if ((b.status = bl_settle(&out->facts, the_case, chosen)) != BYLAW_OK)
        return b.status;
    over(&b.eval, &out->facts);
    if (are_plain(&b))
        judge_plain_norms(&b);
    else
        judge_norms(&b, false);
    if (b.status != BYLAW_OK)
        return b.status;
    decide_outcome(&b);
    if (b.out->facts.slots[BL_SLOT_OUTCOME].kind == BL_ERROR)
        return BYLAW_ENOMEM;
    if (kind->reads_outcome)
        judge_norms(&b, true);
    close_up(&b);
    let_rest(&b);
    judge_gaps(&b);
    decide_verdict(&b);
    return b.status;
}

bylaw_status bl_judge(bl_judgement *out, const bl_case *the_case, const uint8_t *chosen)
{
    return judge_all(out, the_case, chosen, false);
}

bylaw_status bl_judge_briefly(bl_judgement *out, const bl_case *the_case, const uint8_t *chosen)
{
    return judge_all(out, the_case, chosen, true);
}
