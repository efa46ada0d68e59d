/* check/exhaust_votes.c: all votes of small bodies on one kind of action.
 *
 * The conditions that are decided by counting are judged for every attendance and every vote
 * that the invariants allow, for every setting of what else these conditions read, under the
 * readings in use and under every other one of theirs: each option alone, those that weigh together
 * as well. Conditions that read no vote are the same for every vote and are tried by themselves
 * (exhaust.c). The facts are settled once for a setting; only the counts change within it. */
#include "check/exhaust_votes.h"

#include <string.h>

#define MOST_COUNTS  8
#define MOST_TALLIES 400000
#define MOST_FLAGS   256
#define MOST_CHOICES 64

/* A way to read the phrases: options taken instead of those in use. */
typedef struct way {
    bl_choice choices[4];
    size_t count;
} way;

typedef struct sweep {
    bl_exhausting *x;
    bl_votes_tried *v;
    bl_trials t;
    size_t flags;      /* axes[0 .. flags) are no counts */
    size_t attendance; /* axes[flags .. attendance) are what bounds the votes */
    int64_t *tallies;  /* one after another, `counts` numbers each, the count itself last */
    size_t counts, tally_count;
    bool *adopted; /* by tally, under the readings in use */
    bool
        *reachable; /* by tally: the first of its attendance tells whether any vote carries there */
    size_t together[BL_MOST_VOTE_NORMS][BL_MOST_VOTE_NORMS][2]; /* both apply, both are met */
    way ways[MOST_CHOICES];
    size_t way_count;
    bl_settled facts;
    bool settle_each; /* something else follows from the counts */
    bool one_counts;  /* the last axis is of what a threshold counts */
} sweep;

/* Does it read a count that the vote gives? */
static bool reads_votes(const bylaw_ruleset *set, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    for (size_t i = 0; i < n; i++) {
        const bl_fact *fact =
            slots[i] >= BL_SLOT_FACTS ? &set->facts[slots[i] - BL_SLOT_FACTS] : NULL;

        if (fact != NULL && fact->is_count && fact->open_until == BL_OPEN_VOTE)
            return true;
    }
    return false;
}

bool bl_exhaust_is_vote(const bylaw_ruleset *set, const bl_norm *norm)
{
    return norm->body.modality == BL_CONDITION && norm->each == NULL &&
           ((norm->body.has & BL_HAS_OF) != 0 || reads_votes(set, norm->body.require));
}

/* ---- what is counted ---- */

static bool is_in(const bl_sum *sum, uint32_t slot)
{
    for (size_t i = 0; i < sum->count; i++) {
        if (sum->slots[i] == slot)
            return true;
    }
    return false;
}

static bool is_count(const sweep *s, uint32_t slot)
{
    return slot >= BL_SLOT_FACTS && s->t.set->facts[slot - BL_SLOT_FACTS].is_count;
}

/* Adds the counts that an invariant binds to those that are there, until none is left. */
static void add_bound_counts(sweep *s)
{
    const bylaw_ruleset *set = s->t.set;
    size_t before;

    do {
        before = s->t.count;
        for (size_t i = 0; i < set->invariant_count; i++) {
            const bl_invariant *inv = &set->invariants[i];
            bool touches = false;

            for (size_t k = 0; inv->linear && k < s->t.count && !touches; k++)
                touches = is_count(s, s->t.axes[k].slot) && (is_in(&inv->left, s->t.axes[k].slot) ||
                                                             is_in(&inv->right, s->t.axes[k].slot));
            for (size_t k = 0; touches && k < inv->left.count; k++)
                (void)bl_trials_add_slot(&s->t, inv->left.slots[k]);
            for (size_t k = 0; touches && k < inv->right.count; k++)
                (void)bl_trials_add_slot(&s->t, inv->right.slots[k]);
        }
    } while (s->t.count > before);
}

static bool bounds_others(const bylaw_ruleset *set, uint32_t slot)
{
    for (size_t i = 0; i < set->invariant_count; i++) {
        if (set->invariants[i].linear && is_in(&set->invariants[i].right, slot))
            return true;
    }
    return false;
}

/* The votes that are to suffice: of what thresholds count, the first that bounds nothing else (a
 * quorum counts those present). UINT32_MAX: there are none. */
static uint32_t votes_for(const sweep *s)
{
    uint32_t first = UINT32_MAX;

    for (size_t i = 0; i < s->v->norm_count; i++) {
        const bl_body *body = &s->v->norms[i].norm->body;

        for (size_t k = 0; (body->has & BL_HAS_OF) != 0 && k < body->count.count; k++) {
            const uint32_t slot = body->count.slots[k];

            if (slot < first && is_count(s, slot) && !bounds_others(s->t.set, slot))
                first = slot;
        }
    }
    return first;
}

/* 0 no count, 1 what bounds others, 2 a vote, 3 the votes that are to suffice. */
static int rank_of(const sweep *s, uint32_t slot)
{
    return !is_count(s, slot)              ? 0
           : bounds_others(s->t.set, slot) ? 1
           : slot == votes_for(s)          ? 3
                                           : 2;
}

static bool stands_before(const sweep *s, const bl_axis *a, const bl_axis *b)
{
    const int ra = rank_of(s, a->slot), rb = rank_of(s, b->slot);

    return ra != rb ? ra < rb : a->slot < b->slot;
}

static void sort_axes(sweep *s)
{
    for (size_t i = 1; i < s->t.count; i++) {
        const bl_axis axis = s->t.axes[i];
        size_t k = i;

        for (; k > 0 && stands_before(s, &axis, &s->t.axes[k - 1]); k--)
            s->t.axes[k] = s->t.axes[k - 1];
        s->t.axes[k] = axis;
    }
    for (size_t i = 0; i < s->t.count; i++) {
        s->flags += rank_of(s, s->t.axes[i].slot) == 0;
        s->attendance += rank_of(s, s->t.axes[i].slot) <= 1;
    }
    s->counts = s->t.count - s->flags;
    s->one_counts = s->counts > 0 && rank_of(s, s->t.axes[s->t.count - 1].slot) == 3;
}

/* Can the invariants still hold, the first `known` counts being these? */
static bool can_hold(const sweep *s, const int64_t *counts, size_t known)
{
    for (size_t i = 0; i < s->t.set->invariant_count; i++) {
        const bl_invariant *inv = &s->t.set->invariants[i];
        int64_t left = inv->left.constant, right = inv->right.constant;
        size_t found = 0;

        for (size_t k = 0; inv->linear && k < known; k++) {
            const uint32_t slot = s->t.axes[s->flags + k].slot;

            for (size_t n = 0; n < inv->left.count; n++)
                left += inv->left.slots[n] == slot ? counts[k] : 0;
            for (size_t n = 0; n < inv->right.count; n++) {
                found += inv->right.slots[n] == slot;
                right += inv->right.slots[n] == slot ? counts[k] : 0;
            }
        }
        if (inv->linear && found == inv->right.count && left > right)
            return false;
    }
    return true;
}

typedef BL_VEC(int64_t) numbers;

static void add_tallies(sweep *s, numbers *all, int64_t *counts, size_t known)
{
    if (known == s->counts) {
        for (size_t i = 0; i < known && s->x->status == BYLAW_OK; i++) {
            if (!bl_vec_push(s->x->scratch, all, counts[i]))
                s->x->status = BYLAW_ENOMEM;
        }
        s->tally_count++;
        return;
    }
    /* a body of nobody decides nothing */
    for (int64_t n = s->flags + known < s->attendance ? 1 : 0; n <= s->x->most; n++) {
        counts[known] = n;
        if (s->tally_count == MOST_TALLIES)
            s->v->cut = true;
        else if (s->x->status == BYLAW_OK && can_hold(s, counts, known + 1))
            add_tallies(s, all, counts, known + 1);
    }
}

static bool reads_a_count(const sweep *s, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    for (size_t i = 0; i < n; i++) {
        for (size_t k = s->flags; k < s->t.count; k++) {
            if (s->t.axes[k].slot == slots[i])
                return true;
        }
    }
    return false;
}

/* Does a derivation read a count, or an invariant that is more than sums? */
static bool follows_from_counts(const sweep *s)
{
    const bylaw_ruleset *set = s->t.set;
    bool found = false;

    for (size_t i = 0; i < set->fact_count && !found; i++) {
        found = reads_a_count(s, set->facts[i].derive);
        for (size_t k = 0; k < set->facts[i].overlay_count && !found; k++)
            found = reads_a_count(s, set->facts[i].overlays[k].derive);
    }
    for (size_t i = 0; i < set->invariant_count && !found; i++)
        found = !set->invariants[i].linear && reads_a_count(s, set->invariants[i].holds);
    return found;
}

/* The axes of the counts hold one value each: that of the tally at hand. */
static bool prepare(sweep *s)
{
    bl_arena *scratch = s->x->scratch;
    int64_t counts[MOST_COUNTS];
    numbers all = {0};

    add_bound_counts(s);
    sort_axes(s);
    if (s->counts > MOST_COUNTS || s->t.status != BYLAW_OK) {
        s->v->cut = true;
        return false;
    }
    for (size_t i = s->flags; i < s->t.count; i++) {
        if (!bl_vec_push(s->x->arena, &s->t.axes[i].values, bl_int(0)))
            s->x->status = BYLAW_ENOMEM;
    }
    if (s->x->status == BYLAW_OK)
        s->x->status = bl_trials_fill(&s->t);
    if (s->x->status == BYLAW_OK)
        add_tallies(s, &all, counts, 0);
    s->tallies = all.items;
    s->adopted = BL_NEW_N(scratch, bool, s->tally_count + 1);
    s->reachable = BL_NEW_N(scratch, bool, s->tally_count + 1);
    if (s->adopted == NULL || s->reachable == NULL)
        s->x->status = BYLAW_ENOMEM;
    s->v->cut |= s->t.cut;
    s->settle_each = follows_from_counts(s);
    return s->x->status == BYLAW_OK && s->tally_count > 0;
}

/* ---- under which readings ---- */

static bool is_remote(const sweep *s, bl_choice choice)
{
    return s->t.set->readings[choice.reading].options[choice.option].remote;
}

/* Every option of these readings alone, then pairs of those that weigh. */
static void add_ways(sweep *s)
{
    uint64_t bears = 0;
    size_t singles;

    s->ways[s->way_count++] = (way){.count = 0};
    for (size_t i = 0; i < s->v->norm_count; i++)
        bears |= s->v->norms[i].norm->readings;
    for (uint32_t r = 0; r < s->t.set->reading_count; r++) {
        for (uint32_t o = 0; bears >> r & 1 && o < s->t.set->readings[r].option_count; o++) {
            if (o == s->t.set->readings[r].default_option)
                continue;
            if (s->way_count == MOST_CHOICES)
                s->v->cut = true;
            else
                s->ways[s->way_count++] = (way){{{r, o}}, 1};
        }
    }
    singles = s->way_count;
    for (size_t i = 1; i < singles; i++) {
        for (size_t k = i + 1; k < singles; k++) {
            const bl_choice a = s->ways[i].choices[0], b = s->ways[k].choices[0];

            if (a.reading == b.reading || is_remote(s, a) || is_remote(s, b))
                continue;
            if (s->way_count == MOST_CHOICES)
                s->v->cut = true;
            else
                s->ways[s->way_count++] = (way){{a, b}, 2};
        }
    }
}

static void choose(sweep *s, const way *w, bool back)
{
    for (size_t i = 0; i < w->count; i++) {
        const bl_choice c = w->choices[i];

        s->x->chosen[c.reading] =
            (uint8_t)(back ? s->t.set->readings[c.reading].default_option : c.option);
    }
}

/* ---- judging ---- */

static void take_tally(sweep *s, size_t tally)
{
    for (size_t k = 0; k < s->counts; k++) {
        bl_axis *axis = &s->t.axes[s->flags + k];
        const int64_t n = s->tallies[tally * s->counts + k];

        axis->values.items[0] = bl_int(n);
        if (s->facts.slots != NULL) {
            s->facts.slots[axis->slot] = bl_int(n);
            if (s->facts.least != NULL)
                s->facts.least[axis->slot] = s->facts.most[axis->slot] = n;
        }
    }
}

/* Does the vote carry: do all conditions hold that weigh it and apply? Under the readings in use
 * what became of each is counted. */
static bool carries(sweep *s, const way *w)
{
    bl_finding found[BL_MOST_VOTE_NORMS];
    bool any = false, all = true;

    for (size_t i = 0; i < s->v->norm_count && s->x->status == BYLAW_OK; i++) {
        bl_tried *n = &s->v->norms[i];
        const bylaw_status status =
            bl_judge_norm(&found[i], &s->t.the_case, s->x->chosen, &s->facts, n->norm);
        const bool applies = found[i].status != BL_NOT_APPLICABLE;

        if (status == BYLAW_ENOMEM)
            s->x->status = status;
        s->x->out->judged++;
        any |= applies;
        all = all && (!applies || bl_is_true(found[i].value));
        if (w->count > 0 && (w->count > 1 || !n->norm->has_under ||
                             n->norm->under.reading != w->choices[0].reading))
            continue;
        n->cases++;
        n->applies += applies;
        n->met += applies && bl_is_true(found[i].value);
        n->unmet += applies && bl_is_false(found[i].value);
        for (size_t k = 0; k < i; k++) {
            const bool both = applies && found[k].status != BL_NOT_APPLICABLE;

            s->together[k][i][0] += both;
            s->together[k][i][1] +=
                both && bl_is_true(found[k].value) && bl_is_true(found[i].value);
        }
    }
    return any && all;
}

/* Is this tally the one before and one vote more? */
static bool is_one_more(const sweep *s, size_t tally)
{
    const int64_t *a = &s->tallies[(tally - 1) * s->counts], *b = a + s->counts;

    return s->one_counts && memcmp(a, b, (s->counts - 1) * sizeof *a) == 0 &&
           b[s->counts - 1] == a[s->counts - 1] + 1;
}

static bool same_attendance(const sweep *s, size_t a, size_t b)
{
    return memcmp(&s->tallies[a * s->counts], &s->tallies[b * s->counts],
                  (s->attendance - s->flags) * sizeof(int64_t)) == 0;
}

/* The facts of the case at hand; false: there can be no such record, or it cannot be judged. */
static bool settle(sweep *s)
{
    const bylaw_status status = bl_trials_settle(&s->facts, &s->t, s->x->chosen, s->x->scratch);

    if (status == BYLAW_ENOMEM)
        s->x->status = status;
    s->v->cut |= status == BYLAW_EINPUT;
    return status == BYLAW_OK && s->facts.clash_count == 0;
}

/* One more vote has undone an adoption. */
static void undo(sweep *s, const way *w)
{
    if (w->count == 0 && s->v->undone++ == 0)
        s->v->undone_at = bl_exhaust_example(s->x, &s->t, 0, s->t.count);
    if (w->count == 1 && s->v->undone == 0)
        bl_exhaust_part(s->x, &s->v->undone_under, w->choices[0], &s->t);
}

static void compare(sweep *s, const way *w, size_t tally, bool now)
{
    if (w->count == 0)
        s->adopted[tally] = now;
    else if (w->count == 1 && now != s->adopted[tally])
        bl_exhaust_part(s->x, &s->v->partings, w->choices[0], &s->t);
}

static void go_through(sweep *s, const way *w)
{
    bool before = false;
    size_t first = 0;

    for (size_t i = 0; i < s->tally_count && s->x->status == BYLAW_OK; i++) {
        const bl_mark mark = bl_arena_mark(s->x->scratch);

        take_tally(s, i);
        if (!s->settle_each || settle(s)) {
            const bool now = carries(s, w);

            if (before && !now && is_one_more(s, i))
                undo(s, w);
            first = same_attendance(s, first, i) ? first : i;
            s->reachable[first] = s->reachable[first] || (now && w->count == 0);
            s->v->cases += w->count == 0;
            compare(s, w, i, now);
            before = now;
        }
        bl_arena_release(s->x->scratch, mark);
    }
}

static void try_settings(sweep *s)
{
    size_t tried = 0;

    do {
        if (tried++ == MOST_FLAGS) {
            s->v->cut = true;
            break;
        }
        for (size_t i = 0; i < s->way_count && s->x->status == BYLAW_OK; i++) {
            const bl_mark mark = bl_arena_mark(s->x->scratch);

            take_tally(s, 0);
            choose(s, &s->ways[i], false);
            if (settle(s)) {
                s->v->flags += i == 0;
                go_through(s, &s->ways[i]);
            }
            choose(s, &s->ways[i], true);
            s->facts.slots = NULL;
            bl_arena_release(s->x->scratch, mark);
        }
    } while (s->x->status == BYLAW_OK && bl_trials_step(&s->t, 0, s->flags));
}

/* ---- what was found ---- */

static void find_stuck(sweep *s)
{
    size_t first = 0;

    for (size_t i = 0; i < s->tally_count; i++) {
        if (i > 0 && same_attendance(s, first, i))
            continue;
        first = i;
        if (s->reachable[i] || s->v->stuck++ > 0)
            continue;
        take_tally(s, i);
        s->v->stuck_at = bl_exhaust_example(s->x, &s->t, s->flags, s->attendance);
    }
}

static void find_contraries(sweep *s)
{
    for (size_t i = 0; i < s->v->norm_count; i++) {
        for (size_t k = 0; k < i; k++) {
            const bl_contrary found = {{s->v->norms[k].norm, s->v->norms[i].norm}};

            if (s->together[k][i][0] > 0 && s->together[k][i][1] == 0 && s->v->norms[i].met > 0 &&
                s->v->norms[k].met > 0 && !bl_vec_push(s->x->arena, &s->v->contraries, found))
                s->x->status = BYLAW_ENOMEM;
        }
    }
}

void bl_exhaust_votes(bl_exhausting *x, const bl_enum_value *kind)
{
    const bl_kind_def *def = &x->set->kind_defs[kind->index];
    bl_votes_tried *v = BL_NEW(x->arena, bl_votes_tried);
    sweep *s = BL_NEW(x->scratch, sweep);

    if (v == NULL || s == NULL) {
        x->status = BYLAW_ENOMEM;
        return;
    }
    v->kind = kind;
    s->x = x;
    s->v = v;
    bl_trials_init(&s->t, x->set, kind, x->arena, x->scratch);
    for (size_t i = 0; i < def->norm_count; i++) {
        const bl_norm *norm = &x->set->norms[def->norms[i]];

        if (!bl_exhaust_is_vote(x->set, norm))
            continue;
        if (v->norm_count == BL_MOST_VOTE_NORMS) {
            v->cut = true;
            break;
        }
        v->norms[v->norm_count++] = (bl_tried){.norm = norm};
        bl_trials_add(&s->t, norm);
    }
    if (v->norm_count == 0 || !prepare(s))
        return;
    add_ways(s);
    try_settings(s);
    find_stuck(s);
    find_contraries(s);
    x->out->cases += v->cases;
    if (x->status == BYLAW_OK && !bl_vec_push(x->arena, &x->out->votes, *v))
        x->status = BYLAW_ENOMEM;
}
