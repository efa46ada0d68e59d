/* check/trial.c: see trial.h. */
#include "check/trial.h"

#include "value/date.h"

#define MOST_VALUES 24 /* of one axis, but for counts that are gone through */
#define MOST_LISTS  96
#define MOST_ROWS   40 /* records that lists are made of */
#define MOST_POOL   48
#define ROUNDS      2 /* values that come up only where others have come up before */

static const char *const made_up[] = {"红山学会", "青松协会"}; /* alike in no character but one */

const bl_type *bl_plain_type(const bl_type *type)
{
    return type->kind == BL_T_NULLABLE && type->param_count > 0 ? type->params[0] : type;
}

/* ---- what is varied ---- */

static const bl_fact *fact_of(const bl_trials *t, uint32_t slot)
{
    return slot < BL_SLOT_FACTS ? NULL : &t->set->facts[slot - BL_SLOT_FACTS];
}

void bl_trials_init(bl_trials *t, const bylaw_ruleset *set, const bl_enum_value *kind,
                    bl_arena *arena, bl_arena *scratch)
{
    *t = (bl_trials){.set = set,
                     .kind = kind,
                     .arena = arena,
                     .scratch = scratch,
                     .from = set->from,
                     .until = set->until};
}

bl_axis *bl_trials_axis(bl_trials *t, uint32_t slot)
{
    for (size_t i = 0; i < t->count; i++) {
        if (t->axes[i].slot == slot)
            return &t->axes[i];
    }
    return NULL;
}

/* A fact that follows from nothing but the rules is no fact of the action. */
static bool is_fixed(const bl_fact *fact)
{
    size_t n = 1;

    if (fact != NULL && fact->derive != NULL)
        (void)bl_program_slots(fact->derive, &n);
    return n == 0;
}

static void add_program(bl_trials *t, const bl_program *program);

/* What the fact is derived from is varied with it, under every reading. */
static void add_derivations(bl_trials *t, const bl_fact *fact)
{
    add_program(t, fact->derive);
    for (size_t i = 0; i < fact->overlay_count; i++)
        add_program(t, fact->overlays[i].derive);
}

bl_axis *bl_trials_add_slot(bl_trials *t, uint32_t slot)
{
    bl_axis *axis = bl_trials_axis(t, slot);

    if (axis != NULL || slot == BL_SLOT_KIND || slot == BL_SLOT_ELEMENT)
        return axis;
    if (is_fixed(fact_of(t, slot))) {
        add_derivations(t, fact_of(t, slot));
        return NULL;
    }
    if (t->count == BL_MOST_AXES) {
        t->cut = true;
        return NULL;
    }
    axis = &t->axes[t->count++];
    *axis = (bl_axis){.slot = slot};
    return axis;
}

static void add_sum(bl_trials *t, const bl_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++)
        (void)bl_trials_add_slot(t, sum->slots[i]);
}

/* The value where nothing is known but the kind of the action: what does not turn on it then is the
 * same for every action of the kind. */
static bool is_settled_by_kind(const bl_trials *t, const bl_program *program)
{
    bl_value *slots = BL_NEW_N(t->scratch, bl_value, t->set->slot_count);
    bl_eval eval = {.arena = t->scratch, .slots = slots, .slot_count = t->set->slot_count};
    size_t n = 0;
    const uint32_t *read = bl_program_slots(program, &n);

    for (size_t i = 0; i < n; i++) {
        if (slots == NULL || bl_program_asks_stated(program, read[i]))
            return false;
    }
    for (uint32_t i = 0; i < t->set->slot_count; i++) {
        bl_attr *attr = BL_NEW(t->scratch, bl_attr);

        if (attr == NULL)
            return false;
        attr->slot = i;
        slots[i] = bl_unknown_value(t->scratch, attr);
    }
    slots[BL_SLOT_KIND] = bl_enum_of(t->kind);
    return bl_is_known(bl_evaluate(program, &eval));
}

static void add_program(bl_trials *t, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots;

    if (program == NULL)
        return;
    for (size_t i = 0; i < t->program_count; i++) {
        if (t->programs[i] == program)
            return;
    }
    const bl_mark mark = bl_arena_mark(t->scratch);
    const bool settled = bl_program_constant(program) == NULL && is_settled_by_kind(t, program);

    bl_arena_release(t->scratch, mark);
    if (settled)
        return;
    if (t->program_count == BL_MOST_PROGRAMS)
        t->cut = true;
    else
        t->programs[t->program_count++] = program;
    slots = bl_program_slots(program, &n);
    for (size_t i = 0; i < n; i++)
        (void)bl_trials_add_slot(t, slots[i]);
}

static void add_value(bl_trials *t, bl_values *values, size_t most, bl_value v)
{
    for (size_t i = 0; i < values->count; i++) {
        const bl_value there = values->items[i];

        if (v.kind == BL_UNKNOWN ? there.kind == BL_UNKNOWN : bl_value_same(there, v))
            return;
    }
    if (values->count == most)
        t->cut = true;
    else if (!bl_vec_push(t->arena, values, v))
        t->status = BYLAW_ENOMEM;
}

static void add_near(bl_trials *t, bl_values *values, bl_value v)
{
    for (int64_t step = -1; step <= 1; step++) {
        bl_value near = v;

        if (!__builtin_add_overflow(v.as.i, step, &near.as.i))
            add_value(t, values, MOST_POOL, near);
    }
}

static void add_body(bl_trials *t, const bl_body *body)
{
    add_program(t, body->when);
    add_program(t, body->require);
    add_program(t, body->due);
    if (body->has & BL_HAS_COUNT)
        add_sum(t, &body->count);
    if (body->has & BL_HAS_OF)
        add_sum(t, &body->of);
    else if (body->has & BL_HAS_BOUND)
        add_near(t, &t->pool.numbers, bl_int(body->bound.num / body->bound.den));
    if (body->due != NULL)
        (void)bl_trials_add_slot(t, BL_SLOT_AS_OF);
}

void bl_trials_add(bl_trials *t, const bl_norm *norm)
{
    if (norm->from > t->from)
        t->from = norm->from;
    if (norm->until < t->until)
        t->until = norm->until;
    if (t->norm_count < BL_MOST_PROGRAMS)
        t->norms[t->norm_count++] = norm;
    add_program(t, norm->each);
    add_body(t, &norm->body);
    for (size_t i = 0; i < norm->overlay_count; i++)
        add_body(t, &norm->overlays[i].body);
}

/* ---- values ---- */

/* Keeps a value that the expressions name or make. */
static void take(void *context, bl_value v)
{
    bl_trials *t = context;

    switch (v.kind) {
    case BL_INT:
        add_near(t, &t->pool.numbers, v);
        break;
    case BL_DATE:
        add_near(t, &t->pool.dates, v);
        break;
    case BL_STRING:
    case BL_NAME:
        add_value(t, &t->pool.texts, MOST_POOL, v);
        break;
    case BL_ENUM:
        add_value(t, &t->pool.enumerated, MOST_POOL, v);
        break;
    case BL_FRACTION:
        add_value(t, &t->pool.fractions, MOST_POOL, v);
        break;
    case BL_LIST:
        if (v.as.list->count > MOST_POOL)
            break;
        add_value(t, &t->pool.lists, MOST_POOL, v);
        for (size_t i = 0; i < v.as.list->count; i++)
            take(t, v.as.list->items[i]);
        break;
    default:
        break;
    }
}

/* Can the expressions tell the two apart: by ==, by is(…), by what leaves is(…) open? */
static bool told_apart(const bl_trials *t, const bl_enum_value *a, const bl_enum_value *b)
{
    for (size_t i = 0; i < t->pool.enumerated.count; i++) {
        const bl_enum_value *named = t->pool.enumerated.items[i].as.enumerated;

        if (named->of == a->of &&
            ((named == a) != (named == b) || bl_enum_is(a, named) != bl_enum_is(b, named) ||
             bl_enum_is(named, a) != bl_enum_is(named, b)))
            return true;
    }
    return false;
}

/* How many axes are of this enumeration: two of them may be compared with each other. */
static size_t axes_of_enum(const bl_trials *t, const bl_enum *e)
{
    size_t n = 0;

    for (size_t i = 0; i < t->count; i++) {
        const bl_fact *fact = fact_of(t, t->axes[i].slot);

        n += fact != NULL && bl_plain_type(fact->type)->kind == BL_T_ENUM &&
             bl_plain_type(fact->type)->enumerated == e;
    }
    return n;
}

static void add_enum(bl_trials *t, bl_values *out, const bl_enum *e)
{
    const size_t each = axes_of_enum(t, e) > 1 ? 2 : 1;

    for (size_t i = 0; i < e->count; i++) {
        size_t alike = 0;

        for (size_t k = 0; k < out->count; k++)
            alike += out->items[k].kind == BL_ENUM &&
                     !told_apart(t, out->items[k].as.enumerated, e->values[i]);
        if (alike < each)
            add_value(t, out, MOST_VALUES, bl_enum_of(e->values[i]));
    }
}

static void add_texts(bl_trials *t, bl_values *out, bool names)
{
    const size_t named = t->pool.texts.count;

    for (size_t i = 0; i < 2 + named; i++) {
        const bylaw_str text =
            i < 2 ? bylaw_str_from(made_up[i]) : bl_string_of(t->pool.texts.items[i - 2]);
        const bl_value v = names ? bl_name_value(t->arena, text) : bl_string_value(t->arena, text);

        if (v.kind == BL_ERROR)
            t->status = BYLAW_ENOMEM;
        else
            add_value(t, out, MOST_VALUES, v);
    }
}

static void add_values(bl_trials *t, bl_values *out, const bl_type *type);

static bool sums_field(const bl_sum *sum, size_t field)
{
    for (size_t i = 0; sum->fields != NULL && i < sum->count; i++) {
        if (sum->fields[i] == field)
            return true;
    }
    return false;
}

/* Also what an invariant reads, for it binds the list to other facts. */
static bool is_read(const bl_trials *t, const bl_type *record, size_t field)
{
    for (size_t i = 0; i < t->program_count; i++) {
        if (bl_program_reads_field(t->programs[i], record, field))
            return true;
    }
    for (size_t i = 0; i < t->set->invariant_count; i++) {
        const bl_invariant *inv = &t->set->invariants[i];

        if (!inv->linear && bl_program_reads_field(inv->holds, record, field))
            return true;
    }
    for (size_t i = 0; i < t->norm_count; i++) {
        if (sums_field(&t->norms[i]->body.count, field) || sums_field(&t->norms[i]->body.of, field))
            return true;
    }
    return false;
}

static void add_record(bl_trials *t, bl_values *out, const bl_type *type, const bl_values *fields,
                       const size_t *at)
{
    bl_value *values = BL_NEW_N(t->arena, bl_value, type->field_count);
    bl_record *record = BL_NEW(t->arena, bl_record);

    if (values == NULL || record == NULL) {
        t->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < type->field_count; i++)
        values[i] = fields[i].items[at[i]];
    *record = (bl_record){type, values};
    if (out->count < MOST_ROWS)
        add_value(t, out, MOST_ROWS, (bl_value){.kind = BL_RECORD, .as.record = record});
}

/* Records that differ in the fields that are read: first in one field, then in two. */
static void add_records(bl_trials *t, bl_values *out, const bl_type *type)
{
    bl_values *fields = BL_NEW_N(t->arena, bl_values, type->field_count);
    size_t *at = BL_NEW_N(t->arena, size_t, type->field_count);

    if (fields == NULL || at == NULL) {
        t->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < type->field_count; i++) {
        add_values(t, &fields[i], type->fields[i].type);
        if (fields[i].count == 0)
            return;
        if (!is_read(t, type, i))
            fields[i].count = 1;
    }
    add_record(t, out, type, fields, at);
    for (size_t i = 0; i < type->field_count; i++) {
        for (at[i] = 1; at[i] < fields[i].count; at[i]++)
            add_record(t, out, type, fields, at);
        at[i] = 0;
    }
    for (size_t i = 0; i < type->field_count; i++) {
        for (size_t k = 0; k < i; k++) {
            for (at[i] = 1; at[i] < fields[i].count; at[i]++) {
                for (at[k] = 1; at[k] < fields[k].count; at[k]++)
                    add_record(t, out, type, fields, at);
            }
            at[i] = at[k] = 0;
        }
    }
}

static void add_list(bl_trials *t, bl_values *out, const bl_value *items, size_t count)
{
    bl_value *kept = bl_arena_alloc(t->arena, (count + 1) * sizeof *kept);

    if (kept == NULL) {
        t->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < count; i++)
        kept[i] = items[i];
    const bl_value list = bl_list_value(t->arena, kept, count);

    if (list.kind != BL_LIST)
        t->status = BYLAW_ENOMEM;
    else if (out->count < MOST_LISTS)
        add_value(t, out, MOST_LISTS, list);
}

/* Nothing; the lists that are named; everything; one of each, the same twice, each beside the
 * first. */
static void add_lists(bl_trials *t, bl_values *out, const bl_type *element)
{
    bl_values items = {0};

    add_values(t, &items, element);
    add_list(t, out, NULL, 0);
    for (size_t i = 0; i < t->pool.lists.count && items.count > 0; i++) {
        const bl_list *list = t->pool.lists.items[i].as.list;

        if (list->count < 2 || list->items[0].kind != items.items[0].kind)
            continue;
        add_list(t, out, list->items, list->count);
        add_list(t, out, list->items, list->count - 1);
    }
    add_list(t, out, items.items, items.count);
    for (size_t i = 0; i < items.count; i++)
        add_list(t, out, &items.items[i], 1);
    for (size_t i = 0; i < items.count; i++) {
        const bl_value same[] = {items.items[i], items.items[i]};

        add_list(t, out, same, 2);
    }
    for (size_t i = 0; i < items.count; i++) {
        const bl_value pair[] = {items.items[0], items.items[i]};

        add_list(t, out, pair, 2);
    }
}

static void add_all(bl_trials *t, bl_values *out, const bl_values *from, bool natural)
{
    for (size_t i = 0; i < from->count; i++) {
        if (!natural || from->items[i].as.i >= 0)
            add_value(t, out, MOST_VALUES, from->items[i]);
    }
}

static void add_values(bl_trials *t, bl_values *out, const bl_type *type)
{
    const bl_type *plain = bl_plain_type(type);

    switch (plain->kind) {
    case BL_T_BOOL:
        add_value(t, out, MOST_VALUES, bl_bool(true));
        add_value(t, out, MOST_VALUES, bl_bool(false));
        break;
    case BL_T_ENUM:
        add_enum(t, out, plain->enumerated);
        break;
    case BL_T_INT:
        for (int64_t n = 0; n <= 2; n++)
            add_value(t, out, MOST_VALUES, bl_int(n));
        add_all(t, out, &t->pool.numbers, true);
        break;
    case BL_T_DATE:
        add_value(t, out, MOST_VALUES, bl_date_value(t->day));
        add_all(t, out, &t->pool.dates, false);
        break;
    case BL_T_FRACTION:
        add_all(t, out, &t->pool.fractions, false);
        break;
    case BL_T_STRING:
    case BL_T_NAME:
        add_texts(t, out, plain->kind == BL_T_NAME);
        break;
    case BL_T_RECORD:
        add_records(t, out, plain);
        break;
    case BL_T_LIST:
        add_lists(t, out, plain->params[0]);
        break;
    default:
        t->cut = true;
        break;
    }
    if (type->kind == BL_T_NULLABLE)
        add_value(t, out, MOST_VALUES + 1, BL_NULL_VALUE);
}

/* A day on which the norms are in force: one of 2026 where that is one. */
static int64_t pick_day(const bl_trials *t)
{
    int64_t day = 0;

    (void)bl_date_make(&day, 2026, 6, 15);
    return day < t->from ? t->from : day > t->until ? t->until : day;
}

static bool has_conditions(const bl_trials *t)
{
    const bl_kind_def *kind = &t->set->kind_defs[t->kind->index];

    for (size_t i = 0; i < kind->norm_count; i++) {
        if (t->set->norms[kind->norms[i]].body.modality == BL_CONDITION)
            return true;
    }
    return false;
}

static void fill_frame(bl_trials *t, bl_axis *axis)
{
    const bl_enum *outcomes = t->set->outcomes;

    if (axis->slot == BL_SLOT_DECLARED || !has_conditions(t))
        add_value(t, &axis->values, MOST_VALUES, BL_NULL_VALUE);
    for (size_t i = 0; i < outcomes->count && (axis->slot == BL_SLOT_DECLARED || has_conditions(t));
         i++)
        add_value(t, &axis->values, MOST_VALUES, bl_enum_of(outcomes->values[i]));
}

/* The day of the action stands still where another day moves beside it. */
static bool moves(const bl_trials *t, uint32_t slot)
{
    if (slot == BL_SLOT_AS_OF)
        return true;
    for (size_t i = 0; i < t->count; i++) {
        const bl_fact *fact = fact_of(t, t->axes[i].slot);
        const bl_type *type = fact != NULL ? bl_plain_type(fact->type) : NULL;

        if (t->axes[i].slot == BL_SLOT_AS_OF || (type != NULL && type->kind == BL_T_DATE))
            return false;
    }
    return true;
}

static void fill_days(bl_trials *t, bl_axis *axis)
{
    add_value(t, &axis->values, MOST_VALUES, bl_date_value(t->day));
    for (size_t i = 0; moves(t, axis->slot) && i < t->pool.dates.count; i++) {
        const bl_value day = t->pool.dates.items[i];

        if (axis->slot == BL_SLOT_AS_OF || (day.as.i >= t->from && day.as.i <= t->until))
            add_value(t, &axis->values, MOST_VALUES, day);
    }
}

static bool is_asked_stated(const bl_trials *t, uint32_t slot)
{
    for (size_t i = 0; i < t->program_count; i++) {
        if (bl_program_asks_stated(t->programs[i], slot))
            return true;
    }
    return false;
}

static bool reads_an_axis(bl_trials *t, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    for (size_t i = 0; i < n; i++) {
        if (slots[i] >= BL_SLOT_FACTS && bl_trials_axis(t, slots[i]) != NULL)
            return true;
    }
    return false;
}

/* What follows from a fact that varies as well is left to follow from it, or, where it is no list,
 * stated beside it: the two may be told apart. */
static bool follows(bl_trials *t, const bl_fact *fact)
{
    return fact != NULL && (reads_an_axis(t, fact->derive) ||
                            (fact->counts >= 0 && bl_trials_axis(t, (uint32_t)fact->counts)));
}

/* Values are added to those that are there; an axis filled by somebody else is left alone. */
static void fill_axis(bl_trials *t, bl_axis *axis, bool given)
{
    const bl_fact *fact = fact_of(t, axis->slot);

    if (given)
        return;
    if (follows(t, fact)) {
        add_value(t, &axis->values, MOST_VALUES, BL_NOT_STATED);
        if (bl_plain_type(fact->type)->kind == BL_T_LIST)
            return;
    }
    if (axis->slot == BL_SLOT_DECLARED || axis->slot == BL_SLOT_OUTCOME)
        fill_frame(t, axis);
    else if (fact == NULL)
        fill_days(t, axis);
    else
        add_values(t, &axis->values, fact->type);
    if (fact != NULL && is_asked_stated(t, axis->slot))
        add_value(t, &axis->values, MOST_VALUES + 2, BL_NOT_STATED);
}

/* Of what comes up, only what stands in the value itself: the rest is forgotten with the trace. */
static void take_scalar(void *context, bl_value v)
{
    if (v.kind == BL_INT || v.kind == BL_DATE)
        take(context, v);
}

static void trace(bl_trials *t, const bl_program *program, const bl_settled *facts)
{
    const size_t cells = bl_program_size(program);
    bl_eval eval = {.arena = t->scratch,
                    .slots = facts->slots,
                    .slot_count = t->set->slot_count,
                    .stated = facts->stated,
                    .trace = BL_NEW_N(t->scratch, bl_value, cells)};

    if (eval.trace == NULL) {
        t->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < cells; i++)
        eval.trace[i] = (bl_value){.kind = BL_UNKNOWN};
    (void)bl_evaluate(program, &eval);
    bl_program_each_value(program, eval.trace, take_scalar, t);
}

/* Evaluates every expression for the action at hand, and keeps the values that come up. */
static void look(bl_trials *t)
{
    const bl_mark mark = bl_arena_mark(t->scratch);
    uint8_t *chosen = BL_NEW_N(t->scratch, uint8_t, t->set->reading_count + 1);
    bylaw_status status = BYLAW_ENOMEM;
    bl_settled facts;

    for (size_t i = 0; chosen != NULL && i < t->set->reading_count; i++)
        chosen[i] = (uint8_t)t->set->readings[i].default_option;
    if (chosen != NULL)
        status = bl_trials_settle(&facts, t, chosen, t->scratch);
    if (status == BYLAW_ENOMEM)
        t->status = status;
    for (size_t i = 0; i < t->program_count && status == BYLAW_OK; i++)
        trace(t, t->programs[i], &facts);
    bl_arena_release(t->scratch, mark);
}

/* The values that come up at the first action, and where one fact at a time is another. */
static void look_around(bl_trials *t)
{
    look(t);
    for (size_t i = 0; i < t->count && t->status == BYLAW_OK; i++) {
        for (size_t k = 1; k < t->axes[i].values.count && k < 4; k++) {
            t->at[i] = k;
            look(t);
        }
        t->at[i] = 0;
    }
}

bylaw_status bl_trials_fill(bl_trials *t)
{
    bool given[BL_MOST_AXES] = {false};

    t->day = pick_day(t);
    add_near(t, &t->pool.dates, bl_date_value(t->day));
    for (size_t i = 0; i < t->count; i++) {
        const bl_fact *fact = fact_of(t, t->axes[i].slot);

        given[i] = t->axes[i].values.count > 0;
        if (follows(t, fact))
            add_derivations(t, fact); /* may add axes, which are filled below */
    }
    for (size_t i = 0; i < t->program_count; i++)
        bl_program_each_value(t->programs[i], NULL, take, t);
    for (int round = 0; round <= ROUNDS && t->status == BYLAW_OK; round++) {
        for (size_t i = 0; i < t->count; i++) {
            fill_axis(t, &t->axes[i], given[i]);
            if (t->axes[i].values.count == 0)
                add_value(t, &t->axes[i].values, 1, BL_NOT_STATED);
        }
        if (round < ROUNDS && t->status == BYLAW_OK)
            look_around(t);
    }
    return t->status;
}

/* ---- one after another ---- */

bool bl_trials_step(bl_trials *t, size_t from, size_t to)
{
    for (size_t i = to; i > from; i--) {
        if (++t->at[i - 1] < t->axes[i - 1].values.count)
            return true;
        t->at[i - 1] = 0;
    }
    return false;
}

void bl_trials_go(bl_trials *t, size_t number)
{
    for (size_t i = t->count; i > 0; i--) {
        t->at[i - 1] = number % t->axes[i - 1].values.count;
        number /= t->axes[i - 1].values.count;
    }
}

static size_t divisor_of_both(size_t a, size_t b)
{
    while (b != 0) {
        const size_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

size_t bl_stride(size_t size, size_t most)
{
    size_t stride = size / 13 * 8 + 1; /* near the golden section: spread however far it goes */

    if (size <= most)
        return 1;
    while (divisor_of_both(size, stride) != 1)
        stride++;
    return stride;
}

size_t bl_trials_size(const bl_trials *t)
{
    size_t size = 1;

    for (size_t i = 0; i < t->count; i++) {
        if (__builtin_mul_overflow(size, t->axes[i].values.count, &size))
            return SIZE_MAX;
    }
    return size;
}

bl_value bl_trials_value(const bl_trials *t, size_t axis)
{
    return t->axes[axis].values.items[t->at[axis]];
}

/* Puts one value in its place; how many facts are stated then. */
static size_t put(bl_trials *t, uint32_t slot, bl_value v, size_t stated)
{
    switch (slot) {
    case BL_SLOT_DATE:
        t->action.date = v.as.i;
        if (bl_trials_axis(t, BL_SLOT_AS_OF) == NULL)
            t->the_case.as_of = v.as.i;
        return stated;
    case BL_SLOT_AS_OF:
        t->the_case.as_of = v.as.i;
        return stated;
    case BL_SLOT_DECLARED:
        t->action.declared = v.kind == BL_NULL             ? BL_DECLARED_NOTHING
                             : v.as.enumerated->index == 0 ? BL_DECLARED_ADOPTED
                                                           : BL_DECLARED_REJECTED;
        return stated;
    case BL_SLOT_OUTCOME: /* no part of the record */
        return stated;
    default:
        if (v.kind == BL_UNKNOWN)
            return stated;
        t->statements[stated] = (bl_statement){.slot = slot, .origin = BL_FROM_ACTION, .value = v};
        return stated + 1;
    }
}

bylaw_status bl_trials_settle(bl_settled *out, bl_trials *t, const uint8_t *chosen, bl_arena *arena)
{
    bl_value outcome = BL_NULL_VALUE;
    size_t stated = 0;

    t->action = (bl_action){.has_date = true, .date = t->day};
    t->the_case = (bl_case){.set = t->set,
                            .action = &t->action,
                            .kind = t->kind,
                            .named = true,
                            .has_as_of = true,
                            .as_of = t->day,
                            .statements = t->statements,
                            .brief = true,
                            .arena = arena};
    for (size_t i = 0; i < t->count; i++) {
        const bl_value v = bl_trials_value(t, i);

        stated = put(t, t->axes[i].slot, v, stated);
        if (t->axes[i].slot == BL_SLOT_OUTCOME)
            outcome = v;
    }
    t->the_case.statement_count = stated;
    const bylaw_status status = bl_settle(out, &t->the_case, chosen);

    if (status == BYLAW_OK)
        out->slots[BL_SLOT_OUTCOME] = outcome;
    return status;
}
