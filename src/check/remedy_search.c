/* check/remedy_search.c: the smallest set of changes that reaches a goal: fewest facts first, then
 * fewest units, then the order of declaration.
 *
 * Whatever is wrong must be mended by a change of something that it depends on. So a set is built
 * up from what is wrong now: one thing that is wrong is taken, each of its levers is tried with
 * each of its values, and what is still wrong then asks for the next change. A lever that was tried
 * in all ways is left out of what is tried after it, so no set comes twice. A number that turned
 * out too small once others have changed is moved on to where the thing turns now. All sets of one
 * change are tried before those of two: what is found first is smallest, and if no larger set is
 * asked for there is none. */
#include "check/remedy.h"

#define MOST_MOVES 3 /* of a number within a set */
#define MOST_SIZE  3 /* values changed together for one finding */

static void visit(bl_hunt *h, size_t moves);

/* ---- the values of a lever, as things stand ---- */

typedef BL_VEC(bl_value) value_list;

static void add_value(bl_hunt *h, const bl_lever *lever, value_list *values, bl_value v)
{
    if ((lever->is_count && v.kind == BL_INT && v.as.i < 0) || bl_value_same(v, lever->now))
        return;
    for (size_t i = 0; i < values->count; i++) {
        if (bl_value_same(values->items[i], v))
            return;
    }
    if (!bl_vec_push(h->s->c->arena, values, v))
        h->s->status = BYLAW_ENOMEM;
}

/* What the lever's own value is compared with, and its neighbours. */
static void add_near(bl_hunt *h, const bl_lever *lever, value_list *values, bl_value v,
                     bl_value current)
{
    const bl_kind kind = lever->type->kind == BL_T_DATE ? BL_DATE : BL_INT;

    if (v.kind != kind || v.as.i == INT64_MIN || v.as.i == INT64_MAX || bl_value_same(v, current))
        return;
    for (int step = -1; step <= 1; step++) {
        const bl_value near = {.kind = v.kind, .as.i = v.as.i + step};

        add_value(h, lever, values, near);
    }
}

/* What a comparison compares with, as it came out this time. */
static void add_compared(bl_hunt *h, const bl_lever *lever, value_list *values,
                         const bl_cause *cause, bl_value current)
{
    if (cause == NULL)
        return;
    const bool alone = lever->like.within || cause->left_slot == (int64_t)lever->like.slot ||
                       cause->right_slot == (int64_t)lever->like.slot;

    if (cause->op != BL_OP_NONE && alone) {
        add_near(h, lever, values, cause->left, current);
        add_near(h, lever, values, cause->right, current);
    }
    for (size_t i = 0; i < cause->child_count; i++)
        add_compared(h, lever, values, cause->children[i], current);
}

/* What the fact is once the changes that are picked are made. */
static bl_value value_now(const bl_hunt *h, uint32_t slot)
{
    for (size_t i = 0; i < h->count; i++) {
        if (h->picked[i].slot == slot && !h->picked[i].within)
            return h->picked[i].value;
    }
    return h->s->j->facts.slots[slot];
}

/* More votes than may be present: where the invariant holds again. */
static void add_invariant(bl_hunt *h, const bl_lever *lever, value_list *values,
                          const bl_invariant *inv)
{
    bl_i128 sides[2] = {inv->left.constant, inv->right.constant};
    int64_t times = 0;

    if (!inv->linear || lever->like.within || lever->type->kind != BL_T_INT)
        return;
    for (int side = 0; side < 2; side++) {
        const bl_sum *sum = side == 0 ? &inv->left : &inv->right;

        for (size_t i = 0; i < sum->count; i++) {
            const bl_value v = value_now(h, sum->slots[i]);

            if (sum->slots[i] == lever->like.slot)
                times += side == 0 ? -1 : 1;
            if (v.kind == BL_INT)
                sides[side] += v.as.i;
            else if (sum->slots[i] != lever->like.slot)
                return;
        }
    }
    const bl_value now = value_now(h, lever->like.slot);
    const bl_i128 x = (now.kind == BL_INT ? now.as.i : 0) + (sides[0] - sides[1]) * times;

    if ((times == 1 || times == -1) && x <= INT64_MAX && x >= INT64_MIN)
        add_value(h, lever, values, bl_int((int64_t)x));
}

/* Where the thing turns in this lever, all else as it stands now; `current` is its own value. */
static void add_turns(bl_hunt *h, const bl_lever *lever, value_list *values, const bl_thing *thing,
                      const bl_judgement *j, bl_value current)
{
    const bl_finding *f = thing->finding;
    int64_t turn;

    if (!lever->bounded || lever->like.kind != BL_CHANGE_TO)
        return;
    if (thing->clash != NULL && thing->clash->kind == BL_CLASH_INVARIANT)
        add_invariant(h, lever, values, thing->clash->invariant);
    if (f == NULL)
        return;
    if (f->figures->present) {
        if (!lever->like.within && lever->type->kind == BL_T_INT &&
            bl_threshold_turn(&turn, &j->facts, f->figures, lever->like.slot, lever->is_count))
            add_value(h, lever, values, bl_int(turn));
        return;
    }
    add_compared(h, lever, values, f->cause, current);
}

/* ---- sets ---- */

static uint64_t units_of(const bl_hunt *h)
{
    uint64_t units = 0;

    for (size_t i = 0; i < h->count; i++) {
        const uint64_t more =
            bl_lever_units(&h->levers->all.items[h->levers_picked[i]], h->s, h->picked[i].value);

        units = more > UINT64_MAX - units ? UINT64_MAX : units + more;
    }
    return units;
}

/* How much of what is known already would be altered. */
static size_t altered(const bl_hunt *h, const size_t *levers)
{
    size_t n = 0;

    for (size_t i = 0; i < h->count; i++)
        n += h->levers->all.items[levers[i]].now.kind != BL_UNKNOWN;
    return n;
}

/* Of as many units: what is only filled in before what is altered, then what is declared first. */
static bool stands_before(const bl_hunt *h, const size_t *levers)
{
    const size_t these = altered(h, levers), those = altered(h, h->best_levers);

    if (these != those)
        return these < those;
    for (size_t i = 0; i < h->count; i++) {
        if (levers[i] != h->best_levers[i])
            return levers[i] < h->best_levers[i];
    }
    return false;
}

/* The set is enough. */
static void take(bl_hunt *h)
{
    const uint64_t units = units_of(h);
    bl_change changes[BL_MOST_CHANGES];
    size_t levers[BL_MOST_CHANGES];

    for (size_t i = 0; i < h->count; i++) {
        const bl_value stranger = h->levers->all.items[h->levers_picked[i]].stranger;
        size_t k = i;

        if (stranger.kind == BL_NAME && bl_value_same(stranger, h->picked[i].value)) {
            h->narrow = true; /* some other name would do: which, nobody can say */
            return;
        }

        for (; k > 0 && levers[k - 1] > h->levers_picked[i]; k--) {
            levers[k] = levers[k - 1];
            changes[k] = changes[k - 1];
        }
        levers[k] = h->levers_picked[i];
        changes[k] = h->picked[i];
    }
    if (h->found &&
        (units > h->best_units || (units == h->best_units && !stands_before(h, levers))))
        return;
    h->found = true;
    h->best_units = units;
    h->best_count = h->count;
    for (size_t i = 0; i < h->count; i++) {
        h->best[i] = changes[i];
        h->best_levers[i] = levers[i];
    }
}

/* How many levers are left that mend it. */
static size_t choices(const bl_hunt *h, const bl_thing *thing)
{
    size_t n = 0;

    for (size_t i = 0; thing->depends != NULL && i < h->levers->all.count; i++)
        n += thing->depends[i] && !h->in_use[i] && !h->left_out[i];
    return n;
}

static bool share(const bl_hunt *h, const bool *taken, const bl_thing *thing)
{
    for (size_t i = 0; thing->depends != NULL && i < h->levers->all.count; i++) {
        if (taken[i] && thing->depends[i])
            return true;
    }
    return false;
}

/* How many changes are needed besides at least: of things that share no lever each needs one. */
static size_t still_needed(bl_hunt *h, const bl_things *things)
{
    bool *taken = BL_NEW_N(h->s->c->arena, bool, h->levers->all.count + 1);
    size_t n = 0;

    if (taken == NULL) {
        h->s->status = BYLAW_ENOMEM;
        return 0;
    }
    for (size_t i = 0; i < h->count; i++)
        taken[h->levers_picked[i]] = true;
    for (size_t i = 0; i < things->count; i++) {
        const bl_thing *thing = &things->items[i];

        if (share(h, taken, thing))
            continue;
        n++;
        for (size_t k = 0; thing->depends != NULL && k < h->levers->all.count; k++)
            taken[k] |= thing->depends[k];
    }
    return n;
}

/* A number among those picked, moved on, and ever further, to where the thing turns now. */
static void move_on(bl_hunt *h, const bl_thing *thing, const bl_judgement *j, size_t moves)
{
    for (size_t i = 0; i < h->count && !h->cut; i++) {
        const bl_lever *lever = &h->levers->all.items[h->levers_picked[i]];
        const bl_change was = h->picked[i];
        value_list values = {0};

        if (thing->depends == NULL || !thing->depends[h->levers_picked[i]])
            continue;
        add_turns(h, lever, &values, thing, j, was.value);
        for (size_t k = 0; k < values.count && !h->cut && h->s->status == BYLAW_OK; k++) {
            if (bl_lever_units(lever, h->s, values.items[k]) <=
                bl_lever_units(lever, h->s, was.value))
                continue;
            h->narrow |= moves == MOST_MOVES;
            if (moves == MOST_MOVES)
                return;
            h->picked[i] = bl_lever_change(lever, values.items[k]);
            visit(h, moves + 1);
            h->picked[i] = was;
        }
    }
}

static void try_lever(bl_hunt *h, size_t index, const bl_things *things, const bl_judgement *j)
{
    const bl_lever *lever = &h->levers->all.items[index];
    value_list values = {0};

    for (size_t i = 0; i < lever->values.count; i++)
        add_value(h, lever, &values, lever->values.items[i]);
    if (lever->stranger.kind == BL_NAME)
        add_value(h, lever, &values, lever->stranger);
    for (size_t i = 0; i < things->count; i++) {
        if (things->items[i].depends != NULL && things->items[i].depends[index])
            add_turns(h, lever, &values, &things->items[i], j, lever->now);
    }
    /* of a list that nobody stated the figures are tried, not the list */
    h->narrow = h->narrow || lever->more ||
                (!lever->whole && !lever->bounded && lever->type->kind != BL_T_LIST);
    h->in_use[index] = true;
    for (size_t i = 0; i < values.count && !h->cut && h->s->status == BYLAW_OK; i++) {
        h->levers_picked[h->count] = index;
        h->picked[h->count++] = bl_lever_change(lever, values.items[i]);
        if (!h->found || units_of(h) <= h->best_units)
            visit(h, 0);
        h->count--;
    }
    h->in_use[index] = false;
}

/* One more change: of what the thing with the fewest ways out depends on. */
static void branch(bl_hunt *h, const bl_things *things, const bl_judgement *j, size_t moves)
{
    const bl_thing *hardest = &things->items[0];
    bool *left_out;

    for (size_t i = 1; i < things->count; i++) {
        if (choices(h, &things->items[i]) < choices(h, hardest))
            hardest = &things->items[i];
    }
    if (choices(h, hardest) == 0) {
        if (h->count == 0) {
            h->blocked = true;
            h->block = hardest->finding != NULL ? bl_seek_same(h->s->j, hardest->finding) : NULL;
        }
        move_on(h, hardest, j, moves);
        return;
    }
    if (h->count == h->size) {
        h->deeper = true;
        move_on(h, hardest, j, moves);
        return;
    }
    if (h->count + still_needed(h, things) > h->size) {
        h->deeper = true;
        return;
    }
    left_out = BL_NEW_N(h->s->c->arena, bool, h->levers->all.count);
    if (left_out == NULL) {
        h->s->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < h->levers->all.count && !h->cut && h->s->status == BYLAW_OK; i++) {
        if (!hardest->depends[i] || h->in_use[i] || h->left_out[i])
            continue;
        try_lever(h, i, things, j);
        h->left_out[i] = left_out[i] = true;
    }
    for (size_t i = 0; i < h->levers->all.count; i++)
        h->left_out[i] = h->left_out[i] && !left_out[i];
}

/* Judges the action with what is picked, and goes on from there. */
static void visit(bl_hunt *h, size_t moves)
{
    bl_seek *s = h->s;
    const bl_mark mark = bl_arena_mark(s->c->arena);
    bl_judgement j = {0};
    bl_action action;
    bl_case changed;
    bl_things things = {0};

    if (s->trials >= h->most) {
        h->cut = true;
        return;
    }
    s->trials++;
    if (!bl_seek_change(s, &changed, &action, h->picked, h->count, false)) {
        s->status = BYLAW_ENOMEM;
        return;
    }
    const bylaw_status status = bl_judge(&j, &changed, s->chosen);

    /* an expression that fails for these values is no way out, and no failure of the action */
    if (status == BYLAW_EINPUT)
        h->narrow = true;
    else if (status != BYLAW_OK)
        s->status = status;
    else if (h->goal(&j, h->context))
        take(h);
    else if (!h->wrong(h, &things, &j))
        s->status = BYLAW_ENOMEM;
    else if (things.count > 0)
        branch(h, &things, &j, moves);
    bl_arena_release(s->c->arena, mark);
}

bylaw_status bl_hunt_run(bl_hunt *h, size_t most_size)
{
    const size_t n = h->levers->all.count;

    h->in_use = BL_NEW_N(h->s->c->arena, bool, n + 1);
    h->left_out = BL_NEW_N(h->s->c->arena, bool, n + 1);
    if (h->in_use == NULL || h->left_out == NULL || h->levers->fails)
        return BYLAW_ENOMEM;
    h->cut = h->levers->cut;
    h->deeper = true;
    for (h->size = 1; h->size <= most_size && h->deeper && !h->found && h->s->status == BYLAW_OK;
         h->size++) {
        h->deeper = false;
        visit(h, 0);
        if (h->cut || h->blocked)
            break;
    }
    return h->s->status;
}

/* ---- bounds ---- */

void bl_tell_bounds(bl_seek *s, bl_change *changes, size_t count, bl_goal *goal,
                    const void *context)
{
    for (size_t i = 0; i < count && s->status == BYLAW_OK; i++) {
        bl_change *change = &changes[i];
        const bl_value v = change->value;
        bool good[2] = {false, false};

        if (change->kind != BL_CHANGE_TO || (v.kind != BL_INT && v.kind != BL_DATE) ||
            v.as.i == INT64_MIN || v.as.i == INT64_MAX)
            continue;
        for (int side = 0; side < 2; side++) {
            change->value.as.i = v.as.i + (side == 0 ? -1 : 1);
            good[side] = bl_seek_try(s, changes, count, goal, context);
        }
        change->value = v;
        if (good[0] != good[1])
            change->kind = good[1] ? BL_CHANGE_AT_LEAST : BL_CHANGE_AT_MOST;
    }
}

/* ---- one finding ---- */

/* What the search for one finding goes by. */
typedef struct aim {
    const bl_finding *f;
    const bool *depends;
} aim;

static bool satisfied(const bl_judgement *j, const void *context)
{
    return bl_goal_finding(j, ((const aim *)context)->f);
}

static bool still_wrong(bl_hunt *h, bl_things *out, const bl_judgement *j)
{
    const aim *a = h->context;
    const bl_thing thing = {.finding = bl_seek_same(j, a->f), .depends = a->depends};

    if (j->facts.clash_count > 0) {
        const bl_thing clash = {.clash = &j->facts.clashes[0], .depends = a->depends};

        return bl_vec_push(h->s->c->arena, out, clash);
    }
    return thing.finding == NULL || bl_vec_push(h->s->c->arena, out, thing);
}

/* Is the fact itself compared? Then what it is compared with is known. */
static bool stands_alone(const bl_cause *c, uint32_t slot)
{
    bool alone = c != NULL && c->op != BL_OP_NONE &&
                 (c->left_slot == (int64_t)slot || c->right_slot == (int64_t)slot);

    for (size_t i = 0; c != NULL && i < c->child_count && !alone; i++)
        alone = stands_alone(c->children[i], slot);
    return alone;
}

void bl_hunt_probe(bl_seek *s, bl_levers *levers, const bool *depends, const bl_finding *f)
{
    if (f->figures->present && f->figures->count_sum.fields == NULL &&
        f->figures->base_sum.fields == NULL)
        return; /* a threshold is inverted */
    for (size_t i = 0; i < levers->all.count && s->status == BYLAW_OK; i++) {
        bl_lever *lever = &levers->all.items[i];
        bl_value v;

        if (lever->bounded && depends[i] && s->trials < BL_MOST_TRIALS / 2 &&
            (lever->like.within || !stands_alone(f->cause, lever->like.slot)) &&
            bl_lever_probe(&v, s, lever, bl_goal_finding, f) &&
            !bl_vec_push(s->c->arena, &lever->values, v))
            s->status = BYLAW_ENOMEM;
    }
}

bl_remedy_kind bl_why_closed(const bl_seek *s, const bl_finding *f)
{
    for (size_t i = 0; f->missing != NULL && i < f->missing->count; i++) {
        const uint32_t slot = f->missing->attrs[i]->slot;

        if (slot < BL_SLOT_FACTS || slot >= s->c->set->slot_count ||
            s->j->facts.origins[slot] == BL_IMPOSSIBLE)
            return BL_REMEDY_NOT_KNOWN;
        if (bl_seek_fact(s, slot)->judgement)
            return BL_REMEDY_JUDGEMENT;
    }
    return BL_REMEDY_SETTLED;
}

/* The levers that the finding's body depends on; of a list under `each` those of its element. */
static bool levers_of(bl_seek *s, bl_levers *levers, bool **depends, const bl_finding *f)
{
    const bl_body body = bl_effective_body(f->norm, s->chosen);
    const uint32_t each = bl_each_slot(f->norm);
    bl_reads reads;

    if (!bl_reads_begin(&reads, s))
        return false;
    bl_reads_body(&reads, s, f->norm, &body);
    const bool all = each != UINT32_MAX && reads.slots[each];

    if (each != UINT32_MAX)
        bl_reads_slot(&reads, s, each);
    bl_levers_add(levers, s, &reads, each);
    bl_levers_fill(levers, s, &reads, each);
    bl_levers_sort(levers, s);
    *depends = BL_NEW_N(s->c->arena, bool, levers->all.count + 1);
    if (*depends == NULL || levers->fails || reads.fails)
        return false;
    for (size_t i = 0; i < levers->all.count; i++) {
        const bl_change *like = &levers->all.items[i].like;

        (*depends)[i] = all || like->slot != each || like->element == f->element;
    }
    return true;
}

void bl_search_finding(bl_seek *s, bl_remedy *out, const bl_finding *f)
{
    aim a = {.f = f};
    bool *depends = NULL;
    bl_levers levers = {0};
    bl_seek here = *s;
    bl_hunt h = {.s = &here,
                 .levers = &levers,
                 .goal = satisfied,
                 .wrong = still_wrong,
                 .context = &a,
                 .most = BL_MOST_TRIALS};

    out->kind = BL_REMEDY_NOT_KNOWN;
    here.trials = 0;
    if (!levers_of(&here, &levers, &depends, f)) {
        s->status = BYLAW_ENOMEM;
        return;
    }
    a.depends = depends;
    bl_hunt_probe(&here, &levers, depends, f);
    s->status = here.status == BYLAW_OK ? bl_hunt_run(&h, MOST_SIZE) : here.status;
    if (s->status != BYLAW_OK)
        return;
    if (h.found) {
        bl_tell_bounds(&here, h.best, h.best_count, satisfied, &a);
        bl_seek_keep(&here, out, BL_REMEDY_CHANGES, h.best, h.best_count);
        s->status = here.status;
    } else if (h.blocked) {
        out->kind = bl_why_closed(s, f);
    } else if (!h.cut && !h.deeper) {
        bool whole = true;

        for (size_t i = 0; i < levers.all.count; i++)
            whole = whole && (levers.all.items[i].whole || !depends[i]);
        out->kind = whole ? BL_REMEDY_NEVER : BL_REMEDY_NOT_KNOWN;
    }
    out->trials = here.trials;
}
