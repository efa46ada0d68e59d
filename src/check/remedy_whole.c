/* check/remedy_whole.c: the smallest set of changes after which the whole action is in order.
 *
 * Sought first so that what was to be adopted is adopted; where that cannot be, so that nothing is
 * wrong all the same. Wrong is a finding, or an element's, that is not in order, a record that
 * contradicts itself, a gap that decides. If there are too many sets to try them all, what mends
 * one finding after another is joined and freed of what is superfluous: it is enough, and it is
 * said that a smaller set is not ruled out. */
#include "check/remedy.h"

#define MOST_LINKS 4000000 /* of norms to facts; a real rule set has fifty thousand */

/* What one norm or gap depends on. */
typedef struct links {
    bool *all;
    bool *apart; /* of a norm under `each`: without the elements of its list */
    uint32_t each;
} links;

typedef struct whole {
    bl_hunt h;
    bl_levers levers;
    links *norms, *gaps; /* by index; all == NULL: it is not of this kind */
    bool *outcome;       /* what the conditions depend on */
    bool adopt;          /* and what was to be adopted is */
} whole;

/* ---- what depends on what ---- */

static const bl_kind_def *kind_of(const bl_seek *s)
{
    return &s->c->set->kind_defs[s->c->kind->index];
}

static bool reads_any(const bl_reads *reads, const bl_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        if (reads->slots[sum->slots[i]])
            return true;
    }
    return false;
}

static bool is_known(const bl_seek *s, const bl_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        if (s->j->facts.slots[sum->slots[i]].kind == BL_UNKNOWN)
            return false;
    }
    return true;
}

/* A count that is not known is bounded by what the invariants say of others. */
static void read_bounds(bl_reads *reads, const bl_seek *s, const bl_norm *norm)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < s->c->set->invariant_count; i++) {
            const bl_invariant *inv = &s->c->set->invariants[i];
            const bl_sum *sums[] = {&inv->left, &inv->right};

            if (!inv->linear || (!reads_any(reads, sums[0]) && !reads_any(reads, sums[1])))
                continue;
            for (size_t k = 0; k < 4; k++) {
                for (size_t n = 0; n < sums[k % 2]->count; n++)
                    more |= !reads->slots[sums[k % 2]->slots[n]];
                if (k >= 2)
                    bl_reads_sum(reads, s, norm, sums[k % 2]);
            }
        }
    }
}

static bool read_norm(bl_reads *reads, const bl_seek *s, const bl_norm *norm)
{
    const bl_body body = bl_effective_body(norm, s->chosen);

    if (!bl_reads_begin(reads, s))
        return false;
    bl_reads_body(reads, s, norm, &body);
    bl_reads_program(reads, s, body.when);
    bl_reads_program(reads, s, body.due);
    bl_reads_program(reads, s, norm->scope);
    if (body.has & BL_HAS_COUNT && (!is_known(s, &body.count) || !is_known(s, &body.of)))
        read_bounds(reads, s, norm);
    return !reads->fails;
}

static bool read_gap(bl_reads *reads, const bl_seek *s, const bl_gap *gap)
{
    if (!bl_reads_begin(reads, s))
        return false;
    bl_reads_program(reads, s, gap->when);
    bl_reads_program(reads, s, gap->decides);
    for (size_t i = 0; i < gap->overlay_count; i++) {
        bl_reads_program(reads, s, gap->overlays[i].when);
        bl_reads_program(reads, s, gap->overlays[i].decides);
    }
    return !reads->fails;
}

static bool *levers_read(const whole *w, const bl_reads *reads)
{
    const bl_seek *s = w->h.s;
    bool *out = BL_NEW_N(s->c->arena, bool, w->levers.all.count + 1);

    for (size_t i = 0; out != NULL && i < w->levers.all.count; i++)
        out[i] = bl_lever_read(&w->levers.all.items[i], s, reads);
    return out;
}

/* The record claims the other outcome: it can be corrected. */
static void add_declared(whole *w)
{
    bl_seek *s = w->h.s;
    const bl_enum *outcomes = s->c->set->outcomes;
    bl_lever lever = {.like = {.slot = BL_SLOT_DECLARED},
                      .now = s->j->facts.slots[BL_SLOT_DECLARED],
                      .type = BL_SIMPLE(BOOL), /* there is one other value */
                      .whole = true};

    if (!s->j->declared_otherwise)
        return;
    if (!bl_vec_push(s->c->arena, &lever.values,
                     bl_enum_of(outcomes->values[s->j->outcome == BYLAW_ADOPTED ? 0 : 1])) ||
        !bl_vec_push(s->c->arena, &w->levers.all, lever))
        w->levers.fails = true;
}

/* The reads of every norm and gap of the kind; all levers; then which depends on which. */
static bool look_around(whole *w)
{
    bl_seek *s = w->h.s;
    const bl_kind_def *kind = kind_of(s);
    const size_t n = kind->norm_count, count = n + kind->gap_count;
    bl_reads *reads = BL_NEW_N(s->c->arena, bl_reads, count + 1);
    bl_reads *with = BL_NEW_N(s->c->arena, bl_reads, count + 1); /* the list under `each` too */

    w->norms = BL_NEW_N(s->c->arena, links, s->c->set->norm_count + 1);
    w->gaps = BL_NEW_N(s->c->arena, links, s->c->set->gap_count + 1);
    if (reads == NULL || with == NULL || w->norms == NULL || w->gaps == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const bl_norm *norm = i < n ? &s->c->set->norms[kind->norms[i]] : NULL;

        for (int pass = 0; pass < 2; pass++) {
            bl_reads *r = pass == 0 ? &reads[i] : &with[i];

            if (norm != NULL ? !read_norm(r, s, norm)
                             : !read_gap(r, s, &s->c->set->gaps[kind->gaps[i - n]]))
                return false;
        }
        if (norm != NULL)
            bl_reads_program(&with[i], s, norm->each);
        bl_levers_add(&w->levers, s, &with[i], UINT32_MAX);
    }
    for (size_t i = 0; i < count; i++)
        bl_levers_fill(&w->levers, s, &with[i], UINT32_MAX);
    add_declared(w);
    bl_levers_sort(&w->levers, s);
    w->outcome = BL_NEW_N(s->c->arena, bool, w->levers.all.count + 1);
    if (w->outcome == NULL || w->levers.fails)
        return false;
    for (size_t i = 0; i < count; i++) {
        const bl_norm *norm = i < n ? &s->c->set->norms[kind->norms[i]] : NULL;
        links *d = norm != NULL ? &w->norms[kind->norms[i]] : &w->gaps[kind->gaps[i - n]];

        *d = (links){levers_read(w, &with[i]), levers_read(w, &reads[i]), UINT32_MAX};
        if (d->all == NULL || d->apart == NULL)
            return false;
        if (norm == NULL)
            continue;
        /* where the norm itself reads the list, its elements hang together */
        d->each = bl_each_slot(norm);
        if (d->each != UINT32_MAX && reads[i].slots[d->each])
            d->each = UINT32_MAX;
        for (size_t k = 0; k < w->levers.all.count; k++) {
            const bool declared = w->levers.all.items[k].like.slot == BL_SLOT_DECLARED;

            d->all[k] = d->all[k] || (declared && norm->body.modality == BL_CONDITION);
            d->apart[k] = d->apart[k] || (declared && norm->body.modality == BL_CONDITION);
            w->outcome[k] =
                w->outcome[k] || declared || (d->all[k] && norm->body.modality == BL_CONDITION);
        }
    }
    /* what reads the outcome depends on all that the conditions depend on */
    for (size_t i = 0; i < count; i++) {
        links *d = i < n ? &w->norms[kind->norms[i]] : &w->gaps[kind->gaps[i - n]];

        for (size_t k = 0; with[i].slots[BL_SLOT_OUTCOME] && k < w->levers.all.count; k++) {
            d->all[k] |= w->outcome[k];
            d->apart[k] |= w->outcome[k];
        }
    }
    return true;
}

/* So many norms of so many facts that what depends on what is not worked out. */
static bool is_vast(const bl_seek *s)
{
    const bl_kind_def *kind = kind_of(s);

    return (kind->norm_count + kind->gap_count) * s->c->set->slot_count > MOST_LINKS;
}

/* ---- the goal, and what is wrong ---- */

static bool is_rejected(const bl_judgement *j)
{
    const bl_value v = j->facts.slots[BL_SLOT_DECLARED];

    return v.kind == BL_ENUM && v.as.enumerated->index == 1;
}

/* In order; and what was to be adopted is adopted, unless it is recorded as lost. */
static bool in_order(const bl_judgement *j, const void *context)
{
    const whole *w = context;

    return j->verdict == BYLAW_COMPLIANT &&
           (!w->adopt || is_rejected(j) || j->outcome == BYLAW_ADOPTED ||
            j->outcome == BYLAW_NO_OUTCOME);
}

static bool is_wrong(const whole *w, const bl_judgement *j, const bl_finding *f)
{
    return f->status == BL_VIOLATED || f->status == BL_DEPARTED ||
           f->status == BL_UNDETERMINED_FINDING ||
           (w->adopt && f->status == BL_NOT_MET && f->modality == BL_CONDITION && !is_rejected(j));
}

/* The levers of one element: those of the others do not bear on it, unless elements come or go. */
static const bool *of_element(const whole *w, const links *d, size_t element)
{
    const bl_hunt *h = &w->h;
    bool *out;

    if (d->each == UINT32_MAX)
        return d->all;
    for (size_t i = 0; i < h->count; i++) {
        if (h->picked[i].slot == d->each && h->picked[i].kind != BL_CHANGE_TO)
            return d->all;
    }
    out = BL_NEW_N(h->s->c->arena, bool, w->levers.all.count + 1);
    for (size_t i = 0; out != NULL && i < w->levers.all.count; i++) {
        const bl_change *like = &w->levers.all.items[i].like;

        out[i] = d->apart[i] || (d->all[i] && (like->slot != d->each || like->element == element));
    }
    return out;
}

static bool add_thing(whole *w, bl_things *out, bl_thing thing)
{
    return bl_vec_push(w->h.s->c->arena, out, thing);
}

/* After the day that was set nothing makes it good. */
static const bool *mends(const whole *w, const bl_finding *f, const bl_norm *norm, bool element)
{
    const links *d = &w->norms[norm->index];

    if (f->has_due && f->status == BL_VIOLATED)
        return NULL;
    return element ? of_element(w, d, f->element) : d->all;
}

static bool wrong_findings(whole *w, bl_things *out, const bl_judgement *j)
{
    for (size_t i = 0; i < j->finding_count; i++) {
        const bl_finding *f = &j->findings[i];

        if (!is_wrong(w, j, f))
            continue;
        if (f->element_count == 0 &&
            !add_thing(w, out, (bl_thing){.finding = f, .depends = mends(w, f, f->norm, false)}))
            return false;
        for (size_t k = 0; k < f->element_count; k++) {
            const bl_finding *e = &f->elements[k];

            if (is_wrong(w, j, e) &&
                !add_thing(w, out, (bl_thing){.finding = e, .depends = mends(w, e, f->norm, true)}))
                return false;
        }
    }
    return true;
}

/* A record that contradicts itself: whatever its facts follow from. */
static bool wrong_clash(whole *w, bl_things *out, const bl_clash *clash)
{
    const bl_seek *s = w->h.s;
    bl_reads reads;

    if (!bl_reads_begin(&reads, s))
        return false;
    for (size_t i = 0; i < clash->count; i++)
        bl_reads_slot(&reads, s, clash->statements[i].slot);
    if (clash->kind == BL_CLASH_INVARIANT && !clash->invariant->linear)
        bl_reads_program(&reads, s, clash->invariant->holds);
    for (int side = 0; clash->kind == BL_CLASH_INVARIANT && clash->invariant->linear && side < 2;
         side++) {
        const bl_sum *sum = side == 0 ? &clash->invariant->left : &clash->invariant->right;

        for (size_t i = 0; i < sum->count; i++)
            bl_reads_slot(&reads, s, sum->slots[i]);
    }
    const bool *depends = levers_read(w, &reads);

    return depends != NULL && !reads.fails &&
           add_thing(w, out, (bl_thing){.clash = clash, .depends = depends});
}

/* The record claims the other outcome: it is put right, or the outcome becomes that. */
static bool wrong_record(whole *w, bl_things *out)
{
    return add_thing(w, out, (bl_thing){.depends = w->outcome});
}

static bool wrong_things(bl_hunt *h, bl_things *out, const bl_judgement *j)
{
    whole *w = (whole *)(uintptr_t)h->context;

    if (!wrong_findings(w, out, j) || (j->declared_otherwise && !wrong_record(w, out)))
        return false;
    for (size_t i = 0; i < j->gap_count; i++) {
        if (j->gaps[i].decides &&
            !add_thing(w, out, (bl_thing){.depends = w->gaps[j->gaps[i].gap->index].all}))
            return false;
    }
    for (size_t i = 0; i < j->facts.clash_count; i++) {
        if (!wrong_clash(w, out, &j->facts.clashes[i]))
            return false;
    }
    return true;
}

/* ---- joined from what mends each finding ---- */

typedef struct joined {
    bl_change changes[BL_MOST_CHANGES];
    size_t count;
    bool done, stuck;
} joined;

static void add_changes(joined *r, const bl_remedy *remedy)
{
    r->stuck = remedy == NULL || remedy->kind != BL_REMEDY_CHANGES;
    for (size_t i = 0; !r->stuck && i < remedy->count; i++) {
        const bl_change *change = &remedy->changes[i];

        r->stuck = r->count == BL_MOST_CHANGES || change->kind == BL_CHANGE_ADD ||
                   change->kind == BL_CHANGE_REMOVE;
        for (size_t k = 0; k < r->count && !r->stuck; k++)
            r->stuck = bl_same_place(&r->changes[k], change);
        if (!r->stuck)
            r->changes[r->count++] = *change;
    }
}

/* The first that is wrong; a condition before the duties that may follow from it. */
static const bl_finding *first_wrong(const whole *w, const bl_judgement *j)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < j->finding_count; i++) {
            const bl_finding *f = &j->findings[i];

            if (!is_wrong(w, j, f) || f->when_unknown || (pass == 0 && f->modality != BL_CONDITION))
                continue;
            for (size_t k = 0; k < f->element_count; k++) {
                if (is_wrong(w, j, &f->elements[k]))
                    return &f->elements[k];
            }
            return f;
        }
    }
    return NULL;
}

/* One step: judges what has been changed so far, and mends the first thing that is wrong. The
 * arena keeps this judgement: its findings are read by the remedy. */
static bylaw_status join_next(whole *w, joined *r)
{
    bl_seek *s = w->h.s;
    bl_judgement *j = BL_NEW(s->c->arena, bl_judgement);
    bl_action *action = BL_NEW(s->c->arena, bl_action);
    bl_case *changed = BL_NEW(s->c->arena, bl_case);
    const bl_remedy *remedy = NULL;

    if (j == NULL || action == NULL || changed == NULL ||
        !bl_seek_change(s, changed, action, r->changes, r->count, false))
        return BYLAW_ENOMEM;
    const bylaw_status status = bl_judge(j, changed, s->chosen);

    if (status != BYLAW_OK)
        return status;
    const bl_finding *wrong = first_wrong(w, j);

    r->done = in_order(j, w);
    r->stuck = !r->done && (wrong == NULL || j->facts.clash_count > 0);
    if (r->done || r->stuck)
        return BYLAW_OK;
    const bylaw_status sought = bl_seek_remedy(&remedy, changed, s->chosen, j, wrong);

    if (sought == BYLAW_OK)
        add_changes(r, remedy);
    return sought;
}

/* Leaves out what is not needed after all. */
static void prune(whole *w, joined *r)
{
    for (size_t i = 0; i < r->count;) {
        bl_change fewer[BL_MOST_CHANGES];
        size_t n = 0;

        for (size_t k = 0; k < r->count; k++) {
            if (k != i)
                fewer[n++] = r->changes[k];
        }
        if (!bl_seek_try(w->h.s, fewer, n, in_order, w)) {
            i++;
            continue;
        }
        for (size_t k = 0; k < n; k++)
            r->changes[k] = fewer[k];
        r->count = n;
    }
}

static bylaw_status join(whole *w, bl_remedy *out)
{
    joined r = {.count = 0};
    bylaw_status status = BYLAW_OK;

    while (status == BYLAW_OK && !r.done && !r.stuck)
        status = join_next(w, &r);
    if (status != BYLAW_OK && status != BYLAW_EINPUT)
        return status;
    if (status != BYLAW_OK || !r.done)
        return BYLAW_OK;
    prune(w, &r);
    if (bl_seek_try(w->h.s, r.changes, r.count, in_order, w))
        bl_seek_keep(w->h.s, out, BL_REMEDY_CHANGES, r.changes, r.count);
    return w->h.s->status;
}

/* ---- all together ---- */

/* What mends one finding alone is tried with the others as well. */
static bool offer(whole *w, const bl_finding *f)
{
    for (size_t i = 0; f->remedy != NULL && i < f->remedy->count; i++) {
        const bl_change *change = &f->remedy->changes[i];

        for (size_t k = 0; k < w->levers.all.count; k++) {
            bl_lever *lever = &w->levers.all.items[k];

            if (change->kind <= BL_CHANGE_AT_MOST && lever->like.kind == BL_CHANGE_TO &&
                bl_same_place(&lever->like, change) &&
                !bl_vec_push(w->h.s->c->arena, &lever->values, change->value))
                return false;
        }
    }
    return true;
}

/* Where comparisons of numbers and dates turn, as things stand. */
static bool probe(whole *w)
{
    bl_things things = {0};

    w->adopt = true;
    if (!wrong_findings(w, &things, w->h.s->j))
        return false;
    for (size_t i = 0; i < things.count; i++) {
        if (!offer(w, things.items[i].finding))
            return false;
        if (things.items[i].depends != NULL && !things.items[i].finding->when_unknown)
            bl_hunt_probe(w->h.s, &w->levers, things.items[i].depends, things.items[i].finding);
    }
    return true;
}

/* A finding whose own body nothing can mend; that it does not apply was tried as well. */
static const bl_finding *hopeless(const bl_finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const bl_finding *f = &findings[i];
        const bl_finding *e = f->element_count > 0 ? hopeless(f->elements, f->element_count) : NULL;

        if (e != NULL)
            return e;
        if (f->remedy != NULL &&
            (f->remedy->kind == BL_REMEDY_SETTLED || f->remedy->kind == BL_REMEDY_TOO_LATE ||
             f->remedy->kind == BL_REMEDY_JUDGEMENT))
            return f;
    }
    return NULL;
}

/* Nothing was found: why. */
static bl_remedy_kind why_none(const whole *w)
{
    const bl_hunt *h = &w->h;
    const bl_finding *f = h->block;

    if (h->blocked && f != NULL)
        return f->has_due && f->status == BL_VIOLATED ? BL_REMEDY_TOO_LATE : bl_why_closed(h->s, f);
    if (h->blocked || h->cut || h->deeper || h->narrow)
        return BL_REMEDY_NOT_KNOWN;
    if ((f = hopeless(h->s->j->findings, h->s->j->finding_count)) != NULL)
        return f->remedy->kind;
    for (size_t i = 0; i < w->levers.all.count; i++) {
        if (!w->levers.all.items[i].whole)
            return BL_REMEDY_NOT_KNOWN;
    }
    return BL_REMEDY_NEVER;
}

static bylaw_status keep(whole *w, bl_remedy *out)
{
    bl_hunt *h = &w->h;
    const bool smallest = !h->cut && (h->best_count == 1 || !h->narrow);

    bl_tell_bounds(h->s, h->best, h->best_count, in_order, w);
    bl_seek_keep(h->s, out,
                 h->best_count == 1 && h->best[0].slot == BL_SLOT_DECLARED ? BL_REMEDY_DECLARE
                                                                           : BL_REMEDY_CHANGES,
                 h->best, h->best_count);
    out->smallest = smallest;
    return h->s->status;
}

bylaw_status bl_search_whole(bl_seek *s, bl_remedy *out)
{
    bl_seek here = *s;
    whole w = {.h = {.s = &here, .goal = in_order, .wrong = wrong_things, .most = BL_MOST_TRIALS}};
    bylaw_status status = BYLAW_OK;

    w.h.context = &w;
    w.h.levers = &w.levers;
    here.trials = 0;
    out->kind = BL_REMEDY_NOT_KNOWN;
    w.h.cut = is_vast(s);
    if (!w.h.cut && (!look_around(&w) || !probe(&w)))
        return BYLAW_ENOMEM;
    for (int pass = 0; pass < 2 && status == BYLAW_OK && !w.h.found && !w.h.cut; pass++) {
        w.adopt = pass == 0;
        w.h.blocked = w.h.narrow = false;
        status = bl_hunt_run(&w.h, BL_MOST_CHANGES);
    }
    if (status != BYLAW_OK)
        return status;
    if (w.h.found)
        return keep(&w, out);
    if (w.h.cut) {
        w.adopt = true;
        status = join(&w, out);
    } else {
        out->kind = why_none(&w);
    }
    out->trials = here.trials;
    return status;
}
