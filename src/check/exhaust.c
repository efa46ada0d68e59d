/* check/exhaust.c: see exhaust.h: every norm by itself over the facts that it reads, and every two
 * that share a fact. The result of a norm turns on nothing else, so trying it so is trying it among
 * all others: what it never does here it never does. */
#include "check/exhaust.h"

#include "check/exhaust_votes.h"

#define MOST_CASES   8000   /* of one norm */
#define MOST_OF_BOTH 262144 /* of two norms together */

bl_example bl_exhaust_example(bl_exhausting *x, const bl_trials *t, size_t from, size_t to)
{
    bl_given *items = BL_NEW_N(x->arena, bl_given, to - from + 1);

    if (items == NULL) {
        x->status = BYLAW_ENOMEM;
        return (bl_example){NULL, 0};
    }
    for (size_t i = from; i < to; i++) { /* as the facts are declared */
        const bl_given given = {t->axes[i].slot, bl_trials_value(t, i)};
        size_t k = i - from;

        for (; k > 0 && items[k - 1].slot > given.slot; k--)
            items[k] = items[k - 1];
        items[k] = given;
    }
    return (bl_example){items, to - from};
}

void bl_exhaust_part(bl_exhausting *x, bl_partings *partings, bl_choice choice, const bl_trials *t)
{
    size_t i = 0;

    while (i < partings->count && (partings->items[i].choice.reading != choice.reading ||
                                   partings->items[i].choice.option != choice.option))
        i++;
    if (i == partings->count) {
        const bl_parting found = {
            .choice = choice,
            .remote = x->set->readings[choice.reading].options[choice.option].remote,
            .example = bl_exhaust_example(x, t, 0, t->count)};

        if (!bl_vec_push(x->arena, partings, found)) {
            x->status = BYLAW_ENOMEM;
            return;
        }
    }
    partings->items[i].cases++;
}

/* ---- one norm ---- */

typedef enum result {
    NO_CASE, /* there can be no such record, or it cannot be judged */
    APART,   /* the norm does not apply */
    UNKNOWN,
    UNMET,
    MET
} result;

static result judge(bl_exhausting *x, bl_trials *t, const bl_norm *norm, const bl_settled *facts)
{
    bl_finding found;
    const bylaw_status status = bl_judge_norm(&found, &t->the_case, x->chosen, facts, norm);

    if (status == BYLAW_ENOMEM)
        x->status = status;
    x->out->judged++;
    if (status != BYLAW_OK)
        return NO_CASE;
    if (found.status == BL_NOT_APPLICABLE && !bl_is_false(found.value))
        return APART;
    return bl_is_true(found.value) ? MET : bl_is_false(found.value) ? UNMET : UNKNOWN;
}

static bool settle(bl_exhausting *x, bl_trials *t, bl_settled *facts)
{
    const bylaw_status status = bl_trials_settle(facts, t, x->chosen, x->scratch);

    if (status == BYLAW_ENOMEM)
        x->status = status;
    return status == BYLAW_OK && facts->clash_count == 0;
}

/* What becomes of the norm in the case at hand. */
static result try_case(bl_exhausting *x, bl_trials *t, const bl_norm *norm)
{
    const bl_mark mark = bl_arena_mark(x->scratch);
    bl_settled facts;
    const result r = settle(x, t, &facts) ? judge(x, t, norm, &facts) : NO_CASE;

    bl_arena_release(x->scratch, mark);
    return r;
}

/* The other options of what the norm depends on: where one finds fault and the other does not. A
 * norm that exists under another option than the default is what that option makes of the case. */
static void try_readings(bl_exhausting *x, bl_trials *t, bl_tried *n, result r)
{
    for (uint32_t i = 0; i < x->set->reading_count; i++) {
        const bool under = n->norm->has_under && n->norm->under.reading == i;
        const uint8_t used = x->chosen[i];

        if (!(n->norm->readings >> i & 1))
            continue;
        for (uint32_t o = 0; o < x->set->readings[i].option_count; o++) {
            const bool back = under && used != x->set->readings[i].default_option;

            x->chosen[i] = (uint8_t)o;
            if (o == used || (back && o != x->set->readings[i].default_option) ||
                x->status != BYLAW_OK || (try_case(x, t, n->norm) == UNMET) == (r == UNMET))
                continue;
            bl_exhaust_part(x, &n->partings, (bl_choice){i, back ? used : o}, t);
        }
        x->chosen[i] = used;
    }
}

/* Readings under which the norm exists. */
static void make_exist(bl_exhausting *x, const bl_norm *norm, bool back)
{
    if (norm->has_under)
        x->chosen[norm->under.reading] =
            (uint8_t)(back ? x->set->readings[norm->under.reading].default_option
                           : norm->under.option);
}

static void go_through(bl_exhausting *x, bl_trials *t, bl_tried *n)
{
    const size_t size = bl_trials_size(t), stride = bl_stride(size, MOST_CASES);
    const size_t most = size < MOST_CASES ? size : MOST_CASES;
    size_t at = 0;

    n->cut |= size > most;
    for (size_t i = 0; i < most && x->status == BYLAW_OK; i++) {
        bl_trials_go(t, at);
        at = at >= size - stride ? at - (size - stride) : at + stride;
        const result r = try_case(x, t, n->norm);

        if (r == NO_CASE)
            continue;
        n->cases++;
        n->applies += r != APART;
        n->met += r == MET;
        n->unmet += r == UNMET;
        try_readings(x, t, n, r);
    }
}

static bool reads_kind(const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    return n > 0 && slots[0] == BL_SLOT_KIND; /* ascending */
}

static bool turns_on_kind(const bl_norm *norm)
{
    bool found = reads_kind(norm->body.when) || reads_kind(norm->body.require);

    for (size_t i = 0; i < norm->overlay_count; i++)
        found = found || reads_kind(norm->overlays[i].body.when) ||
                reads_kind(norm->overlays[i].body.require);
    return found;
}

static bool bears_on(const bylaw_ruleset *set, uint32_t kind, const bl_norm *norm)
{
    const bl_kind_def *def = &set->kind_defs[kind];

    for (size_t i = 0; i < def->norm_count; i++) {
        if (def->norms[i] == norm->index)
            return true;
    }
    return false;
}

/* On every kind that it bears on where its expressions look at the kind, else on the first. */
static void try_norm(bl_exhausting *x, const bl_norm *norm)
{
    bl_tried n = {.norm = norm};
    bool more = true;

    for (uint32_t k = 0; k < x->set->kinds->count && more && x->status == BYLAW_OK; k++) {
        bl_trials t;

        if (!bears_on(x->set, k, norm))
            continue;
        bl_trials_init(&t, x->set, x->set->kinds->values[k], x->arena, x->scratch);
        bl_trials_add(&t, norm);
        x->status = bl_trials_fill(&t);
        make_exist(x, norm, false);
        if (x->status == BYLAW_OK)
            go_through(x, &t, &n);
        make_exist(x, norm, true);
        n.cut |= t.cut;
        more = turns_on_kind(norm);
        bl_arena_reset(x->scratch);
    }
    x->out->cases += n.cases;
    if (x->status == BYLAW_OK && !bl_vec_push(x->arena, &x->out->norms, n))
        x->status = BYLAW_ENOMEM;
}

/* ---- two norms ---- */

static bool share_a_fact(bl_trials *a, const bl_trials *b)
{
    for (size_t i = 0; i < b->count; i++) {
        if (b->axes[i].slot >= BL_SLOT_FACTS && bl_trials_axis(a, b->axes[i].slot) != NULL)
            return true;
    }
    return false;
}

/* What becomes of both in the case at hand. */
static void try_case_of_both(bl_exhausting *x, bl_trials *t, const bl_norm *a, const bl_norm *b,
                             result results[2])
{
    const bl_mark mark = bl_arena_mark(x->scratch);
    bl_settled facts;

    results[0] = results[1] = NO_CASE;
    if (settle(x, t, &facts)) {
        results[0] = judge(x, t, a, &facts);
        if (results[0] == MET || results[0] == UNMET)
            results[1] = judge(x, t, b, &facts);
    }
    bl_arena_release(x->scratch, mark);
}

/* Where both apply, is now one met and now the other, and never both? One that applies only where
 * the other is broken is no contradiction of it. Of too many cases some are tried, from all over
 * them: one in which both are met settles it, else it stays undecided. */
static void look_for_both(bl_exhausting *x, bl_trials *t, const bl_norm *a, const bl_norm *b)
{
    const size_t size = bl_trials_size(t), stride = bl_stride(size, MOST_OF_BOTH);
    const size_t most = size < MOST_OF_BOTH ? size : MOST_OF_BOTH;
    size_t at = 0, met[2] = {0, 0};

    for (size_t i = 0; i < most && x->status == BYLAW_OK; i++) {
        result r[2];

        bl_trials_go(t, at);
        at = at >= size - stride ? at - (size - stride) : at + stride;
        try_case_of_both(x, t, a, b, r);
        if (r[0] == MET && r[1] == MET)
            return;
        met[0] += r[0] == MET && r[1] == UNMET;
        met[1] += r[0] == UNMET && r[1] == MET;
    }
    if (x->status != BYLAW_OK)
        return;
    if (size > most
            ? !bl_vec_push(x->arena, &x->out->undecided, ((bl_undecided){{a, b}, size, most}))
            : met[0] > 0 && met[1] > 0 &&
                  !bl_vec_push(x->arena, &x->out->contraries, ((bl_contrary){{a, b}})))
        x->status = BYLAW_ENOMEM;
}

static void try_two(bl_exhausting *x, const bl_enum_value *kind, const bl_norm *a, const bl_norm *b)
{
    bl_trials t, alone;

    bl_trials_init(&t, x->set, kind, x->passing, x->scratch);
    bl_trials_init(&alone, x->set, kind, x->passing, x->scratch);
    bl_trials_add(&t, a);
    bl_trials_add(&alone, b);
    if (share_a_fact(&t, &alone)) {
        bl_trials_add(&t, b);
        x->status = bl_trials_fill(&t);
        make_exist(x, a, false);
        make_exist(x, b, false);
        if (x->status == BYLAW_OK)
            look_for_both(x, &t, a, b);
        make_exist(x, a, true);
        make_exist(x, b, true);
    }
    bl_arena_reset(x->scratch);
    bl_arena_reset(x->passing);
}

/* Can both be met at all, and exist side by side? */
static bool may_clash(const bl_tried *a, const bl_tried *b)
{
    const bool exist = !a->norm->has_under || !b->norm->has_under ||
                       a->norm->under.reading != b->norm->under.reading ||
                       a->norm->under.option == b->norm->under.option;

    return exist && a->met > 0 && b->met > 0 && a->unmet > 0 && b->unmet > 0;
}

/* Each two once, on the first kind on which both bear. */
static void try_pairs(bl_exhausting *x)
{
    for (size_t i = 0; i < x->out->norms.count; i++) {
        for (size_t k = 0; k < i && x->status == BYLAW_OK; k++) {
            const bl_tried *a = &x->out->norms.items[k], *b = &x->out->norms.items[i];
            uint32_t kind = 0;

            while (kind < x->set->kinds->count &&
                   !(bears_on(x->set, kind, a->norm) && bears_on(x->set, kind, b->norm)))
                kind++;
            if (kind < x->set->kinds->count && may_clash(a, b))
                try_two(x, x->set->kinds->values[kind], a->norm, b->norm);
        }
    }
}

/* ---- the set ---- */

/* `false` says that it may not be at all, and is not tried. */
static bool has_body(const bl_norm *norm)
{
    return (norm->body.has & BL_HAS_BOUND) != 0 ||
           (norm->body.require != NULL && bl_program_constant(norm->body.require) == NULL);
}

bylaw_status bl_exhaust(bl_exhausted *out, const bylaw_ruleset *set, int64_t most, bl_arena *arena)
{
    bl_arena scratch, passing;
    bl_exhausting x = {.out = out,
                       .set = set,
                       .most = most,
                       .arena = arena,
                       .scratch = &scratch,
                       .passing = &passing};

    *out = (bl_exhausted){.cases = 0};
    bl_arena_init(&scratch, &arena->allocator);
    bl_arena_init(&passing, &arena->allocator);
    x.chosen = BL_NEW_N(arena, uint8_t, set->reading_count + 1);
    if (x.chosen == NULL)
        x.status = BYLAW_ENOMEM;
    for (size_t i = 0; x.chosen != NULL && i < set->reading_count; i++)
        x.chosen[i] = (uint8_t)set->readings[i].default_option;
    for (uint32_t k = 0; k < set->kinds->count && x.status == BYLAW_OK; k++) {
        bl_exhaust_votes(&x, set->kinds->values[k]);
        bl_arena_reset(&scratch);
    }
    for (size_t i = 0; i < set->norm_count && x.status == BYLAW_OK; i++) {
        const bl_norm *norm = &set->norms[i];

        if (!has_body(norm))
            out->without_body++;
        else if (!bl_exhaust_is_vote(set, norm))
            try_norm(&x, norm);
    }
    try_pairs(&x);
    bl_arena_dispose(&scratch);
    bl_arena_dispose(&passing);
    return x.status;
}
