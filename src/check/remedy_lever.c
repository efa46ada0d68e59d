/* check/remedy_lever.c: what can be changed, and the values that it is tried with.
 *
 * Both booleans; of an enumeration every value that some expression tells from the others, and one
 * that none does; numbers and dates at which a comparison can turn, with their neighbours, and
 * small numbers; names and texts that are compared with. An element of a list can have a field
 * changed, be added where it is a plain value, or be left out. */
#include "check/remedy.h"

#include "rules/build.h"

#define SMALL_COUNTS 16                 /* numbers from nothing up to this are tried */
#define MOST_VALUES  64                 /* of one lever */
#define MOST_ITEMS   256                /* of a list that something is compared with */
#define FAR_AWAY     40000              /* days: no due date of a charter is a hundred years away */
#define FAR_OFF      (INT64_C(1) << 32) /* of a number that stands within a computation */

/* ---- what something depends on ---- */

bool bl_reads_begin(bl_reads *reads, const bl_seek *s)
{
    *reads = (bl_reads){.slots = BL_NEW_N(s->c->arena, bool, s->c->set->slot_count),
                        .direct = BL_NEW_N(s->c->arena, bool, s->c->set->slot_count)};
    reads->fails = reads->slots == NULL || reads->direct == NULL;
    return !reads->fails;
}

static void follow(bl_reads *reads, const bl_seek *s, const bl_program *program);

static void reach(bl_reads *reads, const bl_seek *s, uint32_t slot)
{
    if (reads->slots[slot])
        return;
    reads->slots[slot] = true;
    if (slot < BL_SLOT_FACTS)
        return;
    const bl_fact *fact = bl_seek_fact(s, slot);

    if (fact->counts >= 0)
        reach(reads, s, (uint32_t)fact->counts);
    follow(reads, s, bl_seek_derivation(s, fact));
}

static void follow(bl_reads *reads, const bl_seek *s, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    if (program != NULL && !bl_vec_push(s->c->arena, &reads->programs, program))
        reads->fails = true;
    for (size_t i = 0; i < n; i++)
        reach(reads, s, slots[i]);
}

void bl_reads_slot(bl_reads *reads, const bl_seek *s, uint32_t slot)
{
    reads->direct[slot] = true;
    reach(reads, s, slot);
}

void bl_reads_program(bl_reads *reads, const bl_seek *s, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    follow(reads, s, program);
    for (size_t i = 0; i < n; i++)
        reads->direct[slots[i]] = true;
}

uint32_t bl_each_slot(const bl_norm *norm)
{
    size_t n = 0;
    const uint32_t *slots = norm->each != NULL ? bl_program_slots(norm->each, &n) : NULL;

    return n == 1 && bl_program_size(norm->each) == 1 ? slots[0] : UINT32_MAX;
}

void bl_reads_sum(bl_reads *reads, const bl_seek *s, const bl_norm *norm, const bl_sum *sum)
{
    const bl_type *list = norm->each != NULL ? bl_program_type(norm->each) : NULL;

    for (size_t i = 0; i < sum->count; i++) {
        bl_reads_slot(reads, s, sum->slots[i]);
        if (list != NULL && sum->fields != NULL && sum->fields[i] != UINT32_MAX &&
            !bl_vec_push(s->c->arena, &reads->fields, &list->params[0]->fields[sum->fields[i]]))
            reads->fails = true;
    }
}

void bl_reads_body(bl_reads *reads, const bl_seek *s, const bl_norm *norm, const bl_body *body)
{
    if (body->has & BL_HAS_COUNT)
        bl_reads_sum(reads, s, norm, &body->count);
    if (body->has & BL_HAS_OF)
        bl_reads_sum(reads, s, norm, &body->of);
    bl_reads_program(reads, s, body->require);
}

bool bl_reads_field(const bl_reads *reads, const bl_type *record, uint32_t field)
{
    for (size_t i = 0; i < reads->programs.count; i++) {
        if (bl_program_reads_field(reads->programs.items[i], record, field))
            return true;
    }
    for (size_t i = 0; i < reads->fields.count; i++) {
        if (reads->fields.items[i] == &record->fields[field])
            return true;
    }
    return false;
}

/* ---- what can be changed ---- */

static const bl_type *plain_type(const bl_type *type)
{
    return type->kind == BL_T_NULLABLE && type->param_count > 0 ? type->params[0] : type;
}

static bool already(const bl_levers *levers, const bl_change *like)
{
    for (size_t i = 0; i < levers->all.count; i++) {
        const bl_change *other = &levers->all.items[i].like;

        if (other->kind == like->kind && bl_same_place(other, like) &&
            (like->kind != BL_CHANGE_REMOVE || other->element == like->element) &&
            (like->kind != BL_CHANGE_ADD || bl_value_same(other->value, like->value)))
            return true;
    }
    return false;
}

static void leave_out(bl_lever *lever)
{
    lever->more = true;
    lever->whole = false;
}

static void add_value(bl_levers *levers, const bl_seek *s, bl_lever *lever, bl_value v)
{
    if (lever->is_count && v.kind == BL_INT && v.as.i < 0)
        return;
    if (lever->finer && (v.kind != BL_ENUM || v.as.enumerated == lever->now.as.enumerated ||
                         !bl_enum_is(v.as.enumerated, lever->now.as.enumerated)))
        return;
    if (bl_value_same(v, lever->now))
        return;
    for (size_t i = 0; i < lever->values.count; i++) {
        if (bl_value_same(lever->values.items[i], v))
            return;
    }
    if (lever->values.count == MOST_VALUES)
        leave_out(lever);
    else if (!bl_vec_push(s->c->arena, &lever->values, v))
        levers->fails = true;
}

static void push(bl_levers *levers, const bl_seek *s, bl_lever lever, const bl_type *type)
{
    const bl_type *plain = plain_type(type);

    if (already(levers, &lever.like))
        return;
    if (levers->all.count == BL_MOST_LEVERS) {
        levers->cut = true;
        return;
    }
    lever.type = plain;
    if (lever.like.kind != BL_CHANGE_TO) {
        lever.whole = true;
        add_value(levers, s, &lever, lever.like.value);
    } else {
        lever.whole =
            plain->kind == BL_T_BOOL || plain->kind == BL_T_ENUM || plain->kind == BL_T_NAME;
        if (plain->kind == BL_T_NAME)
            lever.stranger = bl_name_value(s->c->arena, BYLAW_STR("※ ※ ※"));
        lever.bounded = plain->kind == BL_T_INT || plain->kind == BL_T_DATE;
        if (plain->kind == BL_T_BOOL) {
            add_value(levers, s, &lever, bl_bool(true));
            add_value(levers, s, &lever, bl_bool(false));
        }
        if (type->kind == BL_T_NULLABLE)
            add_value(levers, s, &lever, BL_NULL_VALUE);
    }
    if (!bl_vec_push(s->c->arena, &levers->all, lever))
        levers->fails = true;
}

/* The elements of a list that is known: fields that the programs read, elements left out. */
static void push_elements(bl_levers *levers, bl_seek *s, const bl_reads *reads, uint32_t slot,
                          bool removable)
{
    const bl_fact *fact = bl_seek_fact(s, slot);
    const bl_value list = s->j->facts.slots[slot];
    const bl_type *type = plain_type(fact->type)->params[0];

    for (size_t i = 0; i < list.as.list->count && i < BL_MOST_LEVERS; i++) {
        const bl_value element = list.as.list->items[i];
        const bl_change place = {.slot = slot, .element = i};

        for (uint32_t k = 0; element.kind == BL_RECORD && k < type->field_count; k++) {
            bl_lever lever = {.like = place, .now = element.as.record->fields[k]};

            lever.like.within = true;
            lever.like.field = k;
            lever.is_count = plain_type(type->fields[k].type) == &bl_type_count;
            if (bl_reads_field(reads, type, k) && bl_seek_open_field(s, slot, lever.now))
                push(levers, s, lever, type->fields[k].type);
        }
        if (removable) {
            bl_lever lever = {.like = place, .now = BL_NULL_VALUE};

            lever.like.kind = BL_CHANGE_REMOVE;
            lever.like.value = element;
            push(levers, s, lever, type);
        }
    }
}

/* A value that says less than there is to say can be made more exact, though it is settled. */
static bool is_inexact(const bl_seek *s, const bl_fact *fact, bl_value v)
{
    const bl_origin origin = s->j->facts.origins[fact->slot];

    return v.kind == BL_ENUM && v.as.enumerated->has_below && !v.as.enumerated->of->exact &&
           !fact->judgement &&
           (origin == BL_FROM_ACTION || origin == BL_FROM_REGISTER || origin == BL_FROM_OPTION);
}

static void add_slot(bl_levers *levers, bl_seek *s, const bl_reads *reads, uint32_t slot,
                     uint32_t but)
{
    if (slot < BL_SLOT_FACTS)
        return;
    const bl_fact *fact = bl_seek_fact(s, slot);
    const bl_value now = s->j->facts.slots[slot];
    const bool open = bl_seek_open(s, slot);
    bl_lever lever = {.like = {.slot = slot}, .now = now, .is_count = fact->is_count};
    size_t n = 0;

    if (now.kind == BL_LIST) { /* other programs may read other fields of it */
        push_elements(levers, s, reads, slot, open && slot != but);
    } else if (!levers->seen[slot] && (open || is_inexact(s, fact, now))) {
        lever.finer = !open;
        push(levers, s, lever, fact->type);
    }
    const bool seen = levers->seen[slot];

    levers->seen[slot] = true;
    if (seen || open || s->j->facts.origins[slot] != BL_FROM_DERIVATION)
        return;
    const bl_program *derive = bl_seek_derivation(s, fact);
    const uint32_t *slots = derive != NULL ? bl_program_slots(derive, &n) : NULL;

    for (size_t i = 0; i < n; i++)
        add_slot(levers, s, reads, slots[i], but);
    if (fact->counts >= 0)
        add_slot(levers, s, reads, (uint32_t)fact->counts, but);
}

void bl_levers_add(bl_levers *levers, bl_seek *s, const bl_reads *reads, uint32_t but)
{
    if (levers->seen == NULL)
        levers->seen = BL_NEW_N(s->c->arena, bool, s->c->set->slot_count);
    levers->fails = levers->fails || levers->seen == NULL || reads->fails;
    for (uint32_t slot = 0; slot < s->c->set->slot_count && !levers->fails; slot++) {
        if (reads->direct[slot])
            add_slot(levers, s, reads, slot, but);
    }
}

/* ---- the values ---- */

static bool fits(const bl_type *type, bl_value v)
{
    switch (v.kind) {
    case BL_INT:
        return type->kind == BL_T_INT;
    case BL_DATE:
        return type->kind == BL_T_DATE;
    case BL_ENUM:
        return type->kind == BL_T_ENUM && v.as.enumerated->of == type->enumerated;
    case BL_NAME:
        return type->kind == BL_T_NAME;
    case BL_STRING:
        return type->kind == BL_T_STRING;
    case BL_FRACTION:
        return type->kind == BL_T_FRACTION;
    default:
        return false;
    }
}

/* One program's values go to the levers that it reads. */
typedef struct filling {
    bl_levers *levers;
    bl_seek *s;
    const bl_program *program;
    const uint32_t *slots;
    size_t slot_count;
    uint32_t but;
} filling;

static bool reads_slot(const filling *w, uint32_t slot)
{
    for (size_t i = 0; i < w->slot_count; i++) {
        if (w->slots[i] == slot)
            return true;
    }
    return false;
}

static bool reads_lever(const filling *w, const bl_lever *lever)
{
    if (lever->like.kind != BL_CHANGE_TO)
        return false;
    if (!lever->like.within)
        return reads_slot(w, lever->like.slot);
    const bl_type *record = plain_type(bl_seek_fact(w->s, lever->like.slot)->type)->params[0];

    return bl_program_reads_field(w->program, record, lever->like.field);
}

/* A list that is compared with is what one that is not known may have to be. */
static bool fits_list(const bl_lever *lever, bl_value v)
{
    return v.kind == BL_LIST && lever->type->kind == BL_T_LIST && v.as.list->count > 0 &&
           fits(lever->type->params[0], v.as.list->items[0]);
}

static void offer_lever(const filling *w, bl_lever *lever, bl_value v)
{
    if (fits_list(lever, v))
        add_value(w->levers, w->s, lever, v);
    if (!fits(lever->type, v))
        return;
    add_value(w->levers, w->s, lever, v);
    for (int step = -1; lever->bounded && step <= 1; step += 2) {
        bl_value near = v;

        if ((step < 0 && v.as.i == INT64_MIN) || (step > 0 && v.as.i == INT64_MAX))
            continue;
        near.as.i += step;
        add_value(w->levers, w->s, lever, near);
    }
}

/* The element is added to each list that the program reads, can still change and has it not. */
static void offer_lists(const filling *w, bl_value v)
{
    for (size_t i = 0; i < w->slot_count; i++) {
        const uint32_t slot = w->slots[i];

        if (slot < BL_SLOT_FACTS || slot == w->but)
            continue;
        const bl_value list = w->s->j->facts.slots[slot];
        const bl_type *type = plain_type(bl_seek_fact(w->s, slot)->type);
        bool there = false;

        if (list.kind != BL_LIST || !fits(type->params[0], v) || !bl_seek_open(w->s, slot))
            continue;
        for (size_t k = 0; k < list.as.list->count && !there; k++)
            there = !bl_is_false(bl_value_equal(w->s->c->arena, list.as.list->items[k], v));
        if (!there)
            push(w->levers, w->s,
                 (bl_lever){.like = {.slot = slot, .kind = BL_CHANGE_ADD, .value = v}},
                 type->params[0]);
    }
}

/* What the values of a long list that are not offered would have gone to. */
static void leave_out_like(void *context, bl_value v)
{
    const filling *w = context;

    for (size_t i = 0; i < w->levers->all.count; i++) {
        bl_lever *lever = &w->levers->all.items[i];

        if (reads_lever(w, lever) && fits(lever->type, v))
            leave_out(lever);
    }
}

static void offer(void *context, bl_value v)
{
    const filling *w = context;

    if (v.kind == BL_UNKNOWN || v.kind == BL_RECORD)
        return;
    for (size_t i = 0; i < w->levers->all.count; i++) {
        if (reads_lever(w, &w->levers->all.items[i]))
            offer_lever(w, &w->levers->all.items[i], v);
    }
    if (v.kind != BL_LIST)
        offer_lists(w, v);
    for (size_t i = 0; v.kind == BL_LIST && i < v.as.list->count; i++) {
        if (i == MOST_ITEMS) {
            leave_out_like(context, v.as.list->items[i]);
            break;
        }
        offer(context, v.as.list->items[i]);
    }
}

/* The element under `each`, or what stands in its fields, is compared with as well. */
static void offer_elements(const filling *w, const bl_reads *reads, bl_value list)
{
    for (size_t i = 0; list.kind == BL_LIST && i < list.as.list->count && i <= MOST_ITEMS; i++) {
        void (*use)(void *, bl_value) = i < MOST_ITEMS ? offer : leave_out_like;
        const bl_value e = list.as.list->items[i];

        if (e.kind != BL_RECORD)
            use((void *)(uintptr_t)w, e);
        for (uint32_t k = 0; e.kind == BL_RECORD && k < e.as.record->type->field_count; k++) {
            if (e.as.record->fields[k].kind == BL_NAME &&
                bl_reads_field(reads, e.as.record->type, k))
                use((void *)(uintptr_t)w, e.as.record->fields[k]);
        }
    }
}

void bl_levers_fill(bl_levers *levers, bl_seek *s, const bl_reads *reads, uint32_t but)
{
    const bl_value *slots = s->j->facts.slots;

    for (size_t i = 0; i < reads->programs.count && !levers->fails; i++) {
        filling w = {.levers = levers, .s = s, .program = reads->programs.items[i], .but = but};

        w.slots = bl_program_slots(w.program, &w.slot_count);
        bl_program_each_value(w.program, NULL, offer, &w);
        for (size_t k = 0; k < w.slot_count; k++)
            offer(&w, slots[w.slots[k]]);
        offer(&w, slots[BL_SLOT_DATE]);
        offer(&w, slots[BL_SLOT_AS_OF]);
        for (uint32_t slot = BL_SLOT_FACTS; slot < s->c->set->slot_count; slot++) {
            if (reads->direct[slot] && reads_slot(&w, BL_SLOT_ELEMENT))
                offer_elements(&w, reads, slots[slot]);
        }
        for (size_t k = 0; k < levers->all.count; k++) {
            if (reads_lever(&w, &levers->all.items[k]))
                levers->all.items[k].small = true;
        }
    }
}

/* One value that no expression names stands for all of them. */
static void add_another(bl_levers *levers, const bl_seek *s, bl_lever *lever)
{
    const bl_enum *e = lever->type->enumerated;

    for (size_t i = 0; i < e->count; i++) {
        const bl_value v = bl_enum_of(e->values[i]);
        bool related = e->values[i]->has_below || bl_value_same(v, lever->now);

        for (size_t k = 0; k < lever->values.count && !related; k++) {
            const bl_value named = lever->values.items[k];

            related = named.kind == BL_ENUM && (bl_enum_is(e->values[i], named.as.enumerated) ||
                                                bl_enum_is(named.as.enumerated, e->values[i]));
        }
        if (!related) {
            add_value(levers, s, lever, v);
            return;
        }
    }
}

/* ---- order ---- */

static bl_value start_of(const bl_lever *lever, const bl_seek *s)
{
    if (lever->now.kind == BL_INT || lever->now.kind == BL_DATE)
        return lever->now;
    if (lever->type->kind != BL_T_DATE)
        return bl_int(0);
    return bl_date_value(s->c->has_as_of          ? s->c->as_of
                         : s->c->action->has_date ? s->c->action->date
                                                  : 0);
}

uint64_t bl_lever_units(const bl_lever *lever, const bl_seek *s, bl_value value)
{
    const bl_value from = start_of(lever, s);

    if (lever->like.kind != BL_CHANGE_TO || (value.kind != BL_INT && value.kind != BL_DATE))
        return 1;
    const bl_i128 way = (bl_i128)value.as.i - from.as.i;
    const uint64_t units = (uint64_t)(way < 0 ? -way : way);

    return units > 0 ? units : 1;
}

static void sort_values(bl_lever *lever, const bl_seek *s)
{
    for (size_t i = 1; i < lever->values.count; i++) {
        const bl_value v = lever->values.items[i];
        size_t k = i;

        for (; k > 0 && lever->values.items[k - 1].kind == v.kind &&
               (lever->type->kind == BL_T_ENUM && v.kind == BL_ENUM
                    ? lever->values.items[k - 1].as.enumerated->index > v.as.enumerated->index
                    : bl_lever_units(lever, s, lever->values.items[k - 1]) >
                          bl_lever_units(lever, s, v));
             k--)
            lever->values.items[k] = lever->values.items[k - 1];
        lever->values.items[k] = v;
    }
}

static bool stands_before(const bl_change *a, const bl_change *b)
{
    if (a->slot != b->slot)
        return a->slot < b->slot;
    if (a->kind != b->kind)
        return a->kind < b->kind;
    return a->element != b->element ? a->element < b->element : a->field < b->field;
}

/* Small numbers; of a figure that only thresholds weigh, none, one and as far as it can go. */
static void add_numbers(bl_levers *levers, const bl_seek *s, bl_lever *lever)
{
    for (int64_t n = 0; n <= (lever->small ? SMALL_COUNTS : 1); n++)
        add_value(levers, s, lever, bl_int(n));
    if (lever->like.within || lever->now.kind != BL_UNKNOWN)
        return;
    const int64_t least = s->j->facts.least[lever->like.slot];
    const int64_t most = s->j->facts.most[lever->like.slot];

    if (least > 0)
        add_value(levers, s, lever, bl_int(least));
    if (most < INT64_MAX)
        add_value(levers, s, lever, bl_int(most));
}

void bl_levers_sort(bl_levers *levers, const bl_seek *s)
{
    for (size_t i = 0; i < levers->all.count; i++) {
        bl_lever *lever = &levers->all.items[i];

        if (lever->like.kind != BL_CHANGE_TO)
            continue;
        if (lever->type->kind == BL_T_ENUM)
            add_another(levers, s, lever);
        if (lever->type->kind == BL_T_INT)
            add_numbers(levers, s, lever);
        sort_values(lever, s);
    }
    size_t kept = 0;

    /* a list that nobody stated and nothing is compared with as a whole: its figures are tried */
    for (size_t i = 0; i < levers->all.count; i++) {
        const bl_lever *lever = &levers->all.items[i];

        if (lever->type->kind != BL_T_LIST || lever->values.count > 0)
            levers->all.items[kept++] = *lever;
    }
    levers->all.count = kept;
    for (size_t i = 1; i < levers->all.count; i++) {
        const bl_lever lever = levers->all.items[i];
        size_t k = i;

        for (; k > 0 && stands_before(&lever.like, &levers->all.items[k - 1].like); k--)
            levers->all.items[k] = levers->all.items[k - 1];
        levers->all.items[k] = lever;
    }
}

bool bl_lever_read(const bl_lever *lever, const bl_seek *s, const bl_reads *reads)
{
    if (!reads->slots[lever->like.slot])
        return false;
    return !lever->like.within ||
           bl_reads_field(reads, plain_type(bl_seek_fact(s, lever->like.slot)->type)->params[0],
                          lever->like.field);
}

bl_change bl_lever_change(const bl_lever *lever, bl_value value)
{
    bl_change change = lever->like;

    change.value = value;
    return change;
}

/* ---- where it turns ---- */

static bool reached(bl_seek *s, const bl_lever *lever, bl_value v, bl_goal *goal,
                    const void *context)
{
    const bl_change change = bl_lever_change(lever, v);

    return bl_seek_try(s, &change, 1, goal, context);
}

bool bl_lever_probe(bl_value *out, bl_seek *s, const bl_lever *lever, bl_goal *goal,
                    const void *context)
{
    const bl_value from = start_of(lever, s);
    const int64_t most = lever->type->kind == BL_T_DATE ? FAR_AWAY : FAR_OFF;

    for (int64_t step = 1; step <= most; step *= 2) {
        for (int side = -1; side <= 1; side += 2) {
            bl_value v = from;
            int64_t near = step / 2, far = step;

            if (__builtin_add_overflow(from.as.i, side * step, &v.as.i) ||
                (lever->is_count && v.as.i < 0) || !reached(s, lever, v, goal, context))
                continue;
            while (far - near > 1) {
                const int64_t middle = near + (far - near) / 2;

                v.as.i = from.as.i + side * middle;
                if (reached(s, lever, v, goal, context))
                    far = middle;
                else
                    near = middle;
            }
            v.as.i = from.as.i + side * far;
            *out = v;
            return true;
        }
    }
    return false;
}
