/* check/result.c: one case to a set's result: does the set bear on it, the findings, what is
 * missing, what was presumed, what other readings give. */
#include "base/vec.h"
#include "check/case.h"

#include <assert.h>
#include <string.h>

/* The statement that the value is taken from; else that which leaves the fact empty. */
static const bl_statement *statement_of(const bl_set_result *r, uint32_t slot)
{
    const bl_statement *found = NULL;

    for (size_t i = 0; i < r->statement_count; i++) {
        const bl_statement *s = &r->statements[i];

        if (s->slot != slot)
            continue;
        if (s->value.kind != BL_UNKNOWN)
            return s;
        found = found != NULL ? found : s;
    }
    return found;
}

bl_span bl_said_at(const bl_set_result *r, uint32_t slot)
{
    const bl_statement *s = statement_of(r, slot);

    return s != NULL ? s->span : BL_NO_SPAN;
}

bl_span bl_said_key(const bl_set_result *r, uint32_t slot)
{
    const bl_statement *s = statement_of(r, slot);

    return s != NULL ? s->key_span : BL_NO_SPAN;
}

/* Which fact takes the case out of the set's scope, and what it would have to be. */
static void out_of_scope(bl_set_result *r, const bl_case *c, bl_eval *eval)
{
    size_t n = 0;
    const uint32_t *slots = bl_program_slots(c->set->scope, &n);
    const bl_cause *cause = NULL;

    r->why_not = BL_OUT_OF_SCOPE;
    r->scope_slot = n > 0 ? slots[0] : BL_SLOT_KIND;
    eval->trace = BL_NEW_N(c->arena, bl_value, bl_program_size(c->set->scope));
    if (eval->trace != NULL && bl_is_false(bl_evaluate(c->set->scope, eval)))
        cause = bl_explain(c->set->scope, eval);
    if (cause != NULL && cause->kind == BL_CAUSE_COMPARE && cause->op == BL_OP_EQ &&
        !cause->negated && cause->left_slot >= BL_SLOT_FACTS && cause->right_slot < 0) {
        r->scope_slot = (uint32_t)cause->left_slot;
        r->scope_wanted = cause->right;
    }
}

/* Does anything of the set bear on the case? Fills why_not. */
static bool governs(bl_set_result *r, const bl_case *c, const bl_judgement *j)
{
    const int64_t date = c->action->date;

    if (c->action->has_date && (date < c->set->from || date > c->set->until)) {
        r->why_not = BL_OUT_OF_FORCE;
        return false;
    }
    if (c->set->scope != NULL) {
        bl_eval eval = {.arena = c->arena,
                        .cost_limit = c->cost,
                        .regex_states = c->regex_states,
                        .slots = j->facts.slots,
                        .slot_count = c->set->slot_count,
                        .stated = j->facts.stated};
        const bl_value scope = bl_evaluate(c->set->scope, &eval);

        if (bl_is_false(scope) || (!c->named && !bl_is_true(scope))) {
            out_of_scope(r, c, &eval);
            return false;
        }
    }
    if (j->standing_count > 0)
        return true;
    for (size_t i = 0; i < j->gap_count; i++) {
        if (j->gaps[i].decides)
            return true;
    }
    r->why_not = BL_NO_NORM_OF_KIND;
    return false;
}

typedef BL_VEC(const bl_attr *) attr_vec;

static int attr_order(const bl_set_result *r, const bl_attr *a, const bl_attr *b)
{
    const bl_span sa = bl_said_key(r, a->slot), sb = bl_said_key(r, b->slot);

    /* those that have a line in the file come first, in its order */
    if ((sa.source != NULL) != (sb.source != NULL))
        return sa.source != NULL ? -1 : 1;
    if (sa.source != NULL && sa.from != sb.from)
        return sa.from < sb.from ? -1 : 1;
    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    return bl_str_compare(a->path, b->path);
}

static bool ask(bl_set_result *r, bl_arena *arena, attr_vec *asked, const bl_unknown *unknown)
{
    assert(unknown != NULL); /* what is undetermined lacks something */

    for (size_t i = 0; i < unknown->count; i++) {
        const bl_attr *attr = unknown->attrs[i];
        size_t at = 0;

        if (attr->slot < r->set->slot_count && r->origins[attr->slot] == BL_IMPOSSIBLE)
            continue;
        if (attr->slot < r->set->slot_count) {
            while (at < asked->count && (asked->items[at]->slot >= r->set->slot_count ||
                                         attr_order(r, asked->items[at], attr) < 0))
                at++;
        } else {
            at = asked->count;
        }
        if (at < asked->count && asked->items[at]->slot == attr->slot &&
            bl_str_equal(asked->items[at]->path, attr->path))
            continue;
        if (!bl_vec_push(arena, asked, attr))
            return false;
        memmove(asked->items + at + 1, asked->items + at,
                (asked->count - 1 - at) * sizeof *asked->items);
        asked->items[at] = attr;
    }
    return true;
}

/* The date comes first, where it is not asked for anyway. */
static bool ask_date(const bl_set_result *r, bl_arena *arena, attr_vec *asked)
{
    const bl_unknown *unknown = r->slots[BL_SLOT_DATE].as.unknown;

    for (size_t i = 0; i < asked->count; i++) {
        if (asked->items[i]->slot == BL_SLOT_DATE)
            return true;
    }
    if (!bl_vec_push(arena, asked, unknown->attrs[0]))
        return false;
    memmove(asked->items + 1, asked->items, (asked->count - 1) * sizeof *asked->items);
    asked->items[0] = unknown->attrs[0];
    return true;
}

static bool collect_missing(bl_set_result *r, bl_arena *arena)
{
    attr_vec asked = {0};

    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *f = &r->findings[i];

        if (f->status != BL_UNDETERMINED_FINDING)
            continue;
        if (f->element_count == 0 && !ask(r, arena, &asked, f->missing))
            return false;
        for (size_t k = 0; k < f->element_count; k++) {
            if (f->elements[k].status == BL_UNDETERMINED_FINDING &&
                !ask(r, arena, &asked, f->elements[k].missing))
                return false;
        }
    }
    if (r->date_matters && !ask_date(r, arena, &asked))
        return false;
    r->missing = asked.items;
    r->missing_count = asked.count;
    return true;
}

typedef struct presumed_slots {
    bl_set_result *r;
    uint32_t *slots;
    size_t count;
} presumed_slots;

static void note_presumed(presumed_slots *p, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    for (size_t i = 0; i < n; i++) {
        bool listed = p->r->origins[slots[i]] != BL_FROM_PRESUMPTION;

        for (size_t k = 0; k < p->count && !listed; k++)
            listed = p->slots[k] == slots[i];
        if (!listed)
            p->slots[p->count++] = slots[i];
    }
}

/* The presumptions that the findings and gaps rest on: those that an evaluated expression read. */
static bool collect_presumed(bl_set_result *r, size_t presumed, bl_arena *arena)
{
    if (presumed == 0)
        return true;
    presumed_slots p = {r, BL_NEW_N(arena, uint32_t, r->set->slot_count), 0};

    if (p.slots == NULL)
        return false;
    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *f = &r->findings[i];
        bl_body room;
        const bl_body *body = bl_body_in_use(&room, f->norm, r->chosen);

        note_presumed(&p, body->when);
        if (f->status != BL_NOT_APPLICABLE && !f->when_unknown)
            note_presumed(&p, body->require);
    }
    for (size_t i = 0; i < r->gap_count; i++)
        note_presumed(&p, r->gaps[i].gap->decides);
    r->presumed = p.slots;
    r->presumed_count = p.count;
    return true;
}

/* Is it enough to tell what became of each norm? Other readings are weighed by their findings, and
 * waivers are told by them. */
static bool is_brief(const bl_case *c)
{
    const uint64_t readings = c->set->kind_defs[c->kind->index].readings & ~c->fixed;
    const bool waived =
        c->action->waiver_count > 0 || (c->accept != NULL && c->accept->waivers.waiver_count > 0);

    return c->brief && !c->remedies && !c->grid && readings == 0 && !waived;
}

bylaw_status bl_case_judge(bl_set_result *r, const bl_case *c)
{
    bl_judgement j;
    bylaw_status status;

    r->set = c->set;
    r->chosen = c->chosen;
    r->why_not = BL_NO_NORM_OF_KIND;
    r->statements = c->statements;
    r->statement_count = c->statement_count;
    if (c->kind == NULL)
        return BYLAW_OK;
    const bool briefly = is_brief(c);

    status = briefly ? bl_judge_briefly(&j, c, c->chosen) : bl_judge(&j, c, c->chosen);
    if (status != BYLAW_OK)
        return status;
    r->slots = j.facts.slots;
    r->origins = j.facts.origins;
    if (!governs(r, c, &j))
        return BYLAW_OK;
    r->governed = true;
    r->why_not = BL_GOVERNED;
    r->standings = j.standings;
    r->standing_count = j.standing_count;
    r->findings = j.findings;
    r->finding_count = j.finding_count;
    r->gaps = j.gaps;
    r->gap_count = j.gap_count;
    r->clashes = j.facts.clashes;
    r->clash_count = j.facts.clash_count;
    r->outcome = j.outcome;
    r->declared_otherwise = j.declared_otherwise;
    r->date_matters = bl_lacks_date(c);
    memcpy(r->counts, j.counts, sizeof r->counts);
    j.verdict = bl_dated_verdict(c, j.verdict);
    if (briefly) {
        r->verdict = r->base_verdict = j.verdict;
        r->firm = true;
        return BYLAW_OK;
    }
    if (((r->counts[BL_UNDETERMINED_FINDING] > 0 || r->date_matters) &&
         !collect_missing(r, c->arena)) ||
        !collect_presumed(r, j.facts.presumed, c->arena))
        return BYLAW_ENOMEM;
    status = bl_weigh_readings(r, c, &j);
    return status == BYLAW_OK && c->remedies ? bl_seek_remedies(r, c, &j) : status;
}
