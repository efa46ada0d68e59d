/* report/diff_search.c: an action for which a norm comes out otherwise in the other rule set.
 *
 * What either form of the norm reads is varied, at the values that either looks at (check/trial.h);
 * counts of a share go from MOST members down to none, and stand where the two bars first ask for
 * different counts. Every action is written out and judged by both sets as a user's would be. */
#include "report/diff.h"

#include "expr/builtin_util.h"

#include <string.h>

#define MOST       8    /* members in the small actions that are tried, from many to none */
#define FAR        2000 /* up to this base the two bars are compared */
#define MOST_TRIED 4000 /* actions, of one norm */
#define MOST_KINDS 8

/* One thing that varies, by name: each set has its own slot for it, or none. */
typedef struct common_axis {
    uint32_t slots[2]; /* UINT32_MAX: the set does not know it */
    BL_VEC(bylaw_str) texts;
    bl_values values; /* of the side that brought it */
    int side;
} common_axis;

typedef struct search {
    bl_differing *d;
    const bl_norm *norms[2];
    bl_body bodies[2]; /* of the norms, by the readings in use */
    bylaw_str kind;
    bl_trials trials[2];
    common_axis axes[2 * BL_MOST_AXES];
    size_t count;
    size_t at[2 * BL_MOST_AXES];
    size_t tried;
    bl_witness *out;
} search;

/* ---- what varies ---- */

static bool write_value(bl_str *out, bl_value v)
{
    bool good = true;

    switch (v.kind) {
    case BL_NULL:
        bl_str_addz(out, "none");
        return true;
    case BL_LIST:
        bl_str_addc(out, '[');
        for (size_t i = 0; i < v.as.list->count && good; i++) {
            bl_str_addz(out, i > 0 ? ", " : "");
            good = write_value(out, v.as.list->items[i]);
        }
        bl_str_addc(out, ']');
        return good;
    case BL_RECORD:
        bl_str_addc(out, '{');
        for (size_t i = 0; i < v.as.record->type->field_count && good; i++) {
            bl_str_addz(out, i > 0 ? ", " : "");
            bl_str_add(out, v.as.record->type->fields[i].name);
            bl_str_addz(out, ": ");
            good = write_value(out, v.as.record->fields[i]);
        }
        bl_str_addc(out, '}');
        return good;
    case BL_STRING:
    case BL_NAME:
        bl_str_addc(out, '"');
        bl_str_add(out, bl_string_of(v));
        bl_str_addc(out, '"');
        return bl_str_find(bl_string_of(v), BYLAW_STR("\""), 0) == SIZE_MAX &&
               bl_str_find(bl_string_of(v), BYLAW_STR("\\"), 0) == SIZE_MAX;
    default:
        return v.kind != BL_UNKNOWN && bl_write_plain(out, v);
    }
}

static common_axis *axis_of(search *s, int side, uint32_t slot)
{
    const bylaw_ruleset *mine = s->d->sets[side], *other = s->d->sets[1 - side];
    const bl_fact *twin = NULL;

    for (size_t i = 0; i < s->count; i++) {
        if (s->axes[i].slots[side] == slot)
            return &s->axes[i];
    }
    if (slot >= BL_SLOT_FACTS)
        twin = bl_map_get(&other->fact_index, mine->facts[slot - BL_SLOT_FACTS].name);
    common_axis *axis = &s->axes[s->count++];

    *axis = (common_axis){.side = side};
    axis->slots[side] = slot;
    axis->slots[1 - side] = slot < BL_SLOT_FACTS ? slot : twin != NULL ? twin->slot : UINT32_MAX;
    return axis;
}

/* The value, unless another with the same text stands there. Empty: not stated. */
static void add_value(search *s, common_axis *axis, bl_value v)
{
    bl_str text = bl_str_init(&s->d->arena);
    bylaw_str kept = {NULL, 0};

    if (v.kind != BL_UNKNOWN) {
        if (!write_value(&text, v))
            return;
        kept = bl_diff_taken(s->d, &text);
    }
    for (size_t i = 0; i < axis->texts.count; i++) {
        if (bl_str_equal(axis->texts.items[i], kept))
            return;
    }
    if (!bl_vec_push(&s->d->arena, &axis->texts, kept) ||
        !bl_vec_push(&s->d->arena, &axis->values, v))
        s->d->status = BYLAW_ENOMEM;
}

static bool is_in(const bl_sum *sum, uint32_t slot)
{
    for (size_t i = 0; i < sum->count; i++) {
        if (sum->slots[i] == slot)
            return true;
    }
    return false;
}

/* A count or a base of the norm, under whichever reading: what one leaves aside may bound what it
 * weighs, as the members do those present. */
static bool is_counted(const bl_norm *norm, uint32_t slot)
{
    bool is = is_in(&norm->body.count, slot) || is_in(&norm->body.of, slot);

    for (size_t i = 0; i < norm->overlay_count; i++)
        is = is || is_in(&norm->overlays[i].body.count, slot) ||
             is_in(&norm->overlays[i].body.of, slot);
    return is;
}

/* The counts of a share, from many to none. */
static void add_counts(search *s, int side)
{
    const bl_body *body = s->norms[side] != NULL ? &s->bodies[side] : NULL;

    for (size_t i = 0; body != NULL && (body->has & BL_HAS_OF) != 0 && i < s->trials[side].count;
         i++) {
        const uint32_t slot = s->trials[side].axes[i].slot;

        if (!is_counted(s->norms[side], slot))
            continue;
        for (int64_t n = MOST; n >= 0; n--)
            add_value(s, axis_of(s, side, slot), bl_int(n));
    }
}

static void add_others(search *s, int side)
{
    const bl_trials *t = &s->trials[side];

    for (size_t i = 0; s->norms[side] != NULL && i < t->count; i++) {
        for (size_t k = 0; t->axes[i].slot != BL_SLOT_OUTCOME && k < t->axes[i].values.count; k++)
            add_value(s, axis_of(s, side, t->axes[i].slot), t->axes[i].values.items[k]);
    }
}

/* Where the two bars first ask for different counts: that base, and the smaller of the counts. */
static void add_parting(search *s)
{
    const bl_body *a = s->norms[0] != NULL ? &s->bodies[0] : NULL;
    const bl_body *b = s->norms[1] != NULL ? &s->bodies[1] : NULL;

    if (a == NULL || b == NULL || (a->has & b->has & BL_HAS_OF) == 0)
        return;
    for (int64_t base = MOST + 1; base <= FAR; base++) {
        int64_t need[2] = {0, 0};

        if (bylaw_share_least(&need[0], base, a->bound, a->strict) != BYLAW_OK ||
            bylaw_share_least(&need[1], base, b->bound, b->strict) != BYLAW_OK ||
            need[0] == need[1])
            continue;
        for (size_t i = 0; i < s->count; i++) {
            const uint32_t slot = s->axes[i].slots[0];

            if (is_in(&a->of, slot))
                add_value(s, &s->axes[i], bl_int(base));
            if (is_in(&a->count, slot))
                add_value(s, &s->axes[i], bl_int(need[0] < need[1] ? need[0] : need[1]));
        }
        return;
    }
}

/* Days on which only one of the two is in force. */
static void add_days(search *s)
{
    const bl_norm *a = s->norms[0], *b = s->norms[1];

    if (a == NULL || b == NULL || (a->from == b->from && a->until == b->until))
        return;
    common_axis *axis = axis_of(s, 0, BL_SLOT_DATE);
    const int64_t days[] = {a->from, b->from, a->until, b->until};

    for (size_t i = 0; i < 4; i++) {
        for (int64_t step = -1; step <= 1; step++) {
            if (days[i] > INT64_MIN + 1 && days[i] < INT64_MAX - 1)
                add_value(s, axis, bl_date_value(days[i] + step));
        }
    }
}

/* As the facts are declared: members before those present before their votes. */
static void sort_axes(search *s)
{
    for (size_t i = 1; i < s->count; i++) {
        const common_axis axis = s->axes[i];
        const int side = s->norms[0] != NULL && axis.slots[0] != UINT32_MAX ? 0 : 1;
        size_t k = i;

        for (; k > 0 && s->axes[k - 1].slots[side] > axis.slots[side]; k--)
            s->axes[k] = s->axes[k - 1];
        s->axes[k] = axis;
    }
}

/* ---- trying ---- */

static bylaw_str write_action(search *s, int side)
{
    bl_str text = bl_str_init(&s->d->scratch);
    bylaw_str out = {NULL, 0};
    bool dated = false, first = true;

    bl_str_addz(&text, "action: ");
    bl_str_add(&text, s->kind);
    bl_str_addz(&text, "\nrules: [");
    bl_str_add(&text, s->d->sets[side]->id);
    bl_str_addz(&text, "]\n");
    for (size_t i = 0; i < s->count; i++) {
        static const struct {
            uint32_t slot;
            const char *key;
        } keys[] = {
            {BL_SLOT_DATE, "date: "}, {BL_SLOT_AS_OF, "as_of: "}, {BL_SLOT_DECLARED, "declared: "}};

        for (size_t k = 0; k < 3; k++) {
            if (s->axes[i].slots[0] != keys[k].slot ||
                bl_str_is(s->axes[i].texts.items[s->at[i]], "none"))
                continue;
            dated = dated || keys[k].slot == BL_SLOT_DATE;
            bl_str_addz(&text, keys[k].key);
            bl_str_add(&text, s->axes[i].texts.items[s->at[i]]);
            bl_str_addc(&text, '\n');
        }
    }
    if (!dated) {
        bl_str_addz(&text, "date: ");
        (void)bl_write_plain(&text, bl_date_value(s->trials[s->norms[0] == NULL ? 1 : 0].day));
        bl_str_addc(&text, '\n');
    }
    bl_str_addz(&text, "facts: {");
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t slot = s->axes[i].slots[side];
        const bylaw_str value = s->axes[i].texts.items[s->at[i]];

        if (slot < BL_SLOT_FACTS || slot == UINT32_MAX || value.len == 0)
            continue;
        bl_str_addz(&text, first ? "" : ", ");
        first = false;
        bl_str_add(&text, s->d->sets[side]->facts[slot - BL_SLOT_FACTS].name);
        bl_str_addz(&text, ": ");
        bl_str_add(&text, value);
    }
    bl_str_addz(&text, "}\n");
    if (bl_str_take(&out, &text) != BYLAW_OK)
        s->d->status = BYLAW_ENOMEM;
    return out;
}

/* How the norm comes out for the action at hand. false: there can be no such action here. */
static bool come_out(search *s, int side, bl_status *status, bool *exists)
{
    const bylaw_result *result = NULL;
    bylaw_checker *checker = s->d->checkers[side];
    const bylaw_str text = write_action(s, side);
    bylaw_status done = s->d->status;

    *status = BL_NOT_APPLICABLE;
    *exists = false;
    if (done == BYLAW_OK)
        done = bylaw_checker_read(checker, BYLAW_STR("diff"), text, BYLAW_FORMAT_YAML, NULL);
    if (done == BYLAW_OK)
        done = bylaw_checker_check(checker, 0, &result, NULL);
    if (done == BYLAW_ENOMEM)
        s->d->status = done;
    if (done != BYLAW_OK || result->sets[0].clash_count > 0)
        return false;
    for (size_t i = 0; result->sets[0].governed && i < result->sets[0].standing_count; i++) {
        const bl_standing *standing = &result->sets[0].standings[i];

        if (standing->norm == s->norms[side]) {
            *status = (bl_status)standing->status;
            *exists = true;
        }
    }
    return true;
}

/* How grave it is; a negative number where it is not known. */
static int gravity(bl_status status)
{
    switch (status) {
    case BL_VIOLATED:
    case BL_NOT_MET:
        return 3;
    case BL_DEPARTED:
        return 2;
    case BL_PENDING:
        return 1;
    case BL_UNDETERMINED_FINDING:
    case BL_NOT_EXAMINED:
        return -1;
    default:
        return 0;
    }
}

static void keep(search *s, const bl_status *statuses, const bool *exists)
{
    const int side = s->norms[0] != NULL ? 0 : 1;
    bl_given *facts = BL_NEW_N(&s->d->arena, bl_given, s->count + 1);
    size_t n = 0;

    if (facts == NULL) {
        s->d->status = BYLAW_ENOMEM;
        return;
    }
    for (size_t i = 0; i < s->count; i++) {
        const common_axis *axis = &s->axes[i];
        const bl_value v = axis->values.items[s->at[i]];

        if (axis->slots[side] == UINT32_MAX || v.kind == BL_UNKNOWN ||
            (axis->slots[side] == BL_SLOT_DECLARED && v.kind == BL_NULL) ||
            (axis->slots[side] == BL_SLOT_DATE && axis->values.count == 1))
            continue;
        facts[n++] = (bl_given){axis->slots[side], v};
    }
    s->out->facts = facts;
    s->out->count = n;
    s->out->side = side;
    s->out->kind = s->kind;
    memcpy(s->out->statuses, statuses, sizeof s->out->statuses);
    memcpy(s->out->exists, exists, sizeof s->out->exists);
}

/* How it comes out in both sets; a norm that one of them does not have can differ only where it
 * is not met in the other. */
static bool come_out_in_both(search *s, bl_status *statuses, bool *exists)
{
    const int has = s->norms[0] != NULL ? 0 : 1, other = 1 - has;

    return come_out(s, has, &statuses[has], &exists[has]) &&
           (s->norms[other] != NULL || gravity(statuses[has]) > 0) &&
           come_out(s, other, &statuses[other], &exists[other]);
}

static void try_one(search *s)
{
    const bl_mark mark = bl_arena_mark(&s->d->scratch);
    bl_status statuses[2];
    bool exists[2];

    if (come_out_in_both(s, statuses, exists)) {
        const int before = gravity(statuses[0]), now = gravity(statuses[1]);
        const bool looser = now >= 0 && before > now, tighter = before >= 0 && now > before;

        if ((looser && !s->out->looser) || (tighter && !s->out->tighter)) {
            if (!s->out->looser && !s->out->tighter)
                keep(s, statuses, exists);
            s->out->looser = s->out->looser || looser;
            s->out->tighter = s->out->tighter || tighter;
        }
    }
    bl_arena_release(&s->d->scratch, mark);
}

static void go(search *s, size_t number)
{
    for (size_t i = s->count; i > 0; i--) {
        s->at[i - 1] = number % s->axes[i - 1].texts.count;
        number /= s->axes[i - 1].texts.count;
    }
}

/* A norm that one set does not have can differ in one way only. */
static bool done(const search *s)
{
    return s->d->status != BYLAW_OK || s->tried >= MOST_TRIED ||
           ((s->out->looser || s->norms[0] == NULL) && (s->out->tighter || s->norms[1] == NULL));
}

/* In order where they are few; else spread over all of them. */
static void try_all(search *s)
{
    size_t size = 1, at = 0;

    for (size_t i = 0; i < s->count; i++) {
        if (s->axes[i].texts.count == 0)
            return;
        if (__builtin_mul_overflow(size, s->axes[i].texts.count, &size))
            size = SIZE_MAX;
    }
    const size_t stride = bl_stride(size, MOST_TRIED);

    for (size_t i = 0; i < size && !done(s); i++) {
        go(s, at);
        at = at >= size - stride ? at - (size - stride) : at + stride;
        s->tried++;
        try_one(s);
    }
}

/* ---- the kinds ---- */

static bool bears_on(const bylaw_ruleset *set, const bl_enum_value *kind, const bl_norm *norm)
{
    const bl_kind_def *def = kind != NULL ? &set->kind_defs[kind->index] : NULL;

    for (size_t i = 0; def != NULL && norm != NULL && i < def->norm_count; i++) {
        if (def->norms[i] == norm->index)
            return true;
    }
    return false;
}

/* A duty that follows the act turns on the conditions of the act. */
static void add_conditions(bl_trials *t, const bylaw_ruleset *set, const bl_enum_value *kind)
{
    const bl_kind_def *def = &set->kind_defs[kind->index];

    for (size_t i = 0; i < def->norm_count; i++) {
        if (set->norms[def->norms[i]].body.modality == BL_CONDITION)
            bl_trials_add(t, &set->norms[def->norms[i]]);
    }
}

static void add_fact(bl_trials *t, const bylaw_ruleset *set, bylaw_str name)
{
    const bl_fact *fact = name.len > 0 ? bl_map_get(&set->fact_index, name) : NULL;
    size_t n = 0;
    const uint32_t *slots =
        fact != NULL && fact->derive != NULL ? bl_program_slots(fact->derive, &n) : NULL;

    for (size_t i = 0; i < n; i++)
        (void)bl_trials_add_slot(t, slots[i]);
}

static void search_kind(search *s, bylaw_str kind, bylaw_str fact)
{
    s->kind = kind;
    s->count = 0;
    for (int side = 0; side < 2; side++) {
        const bylaw_ruleset *set = s->d->sets[side];
        const bl_enum_value *value = bl_enum_find(set->kinds, kind);

        s->trials[side].count = 0;
        if (value == NULL || s->norms[side] == NULL)
            continue;
        bl_trials_init(&s->trials[side], set, value, &s->d->arena, &s->d->scratch);
        bl_trials_add(&s->trials[side], s->norms[side]);
        if (s->norms[side]->reads_outcome)
            add_conditions(&s->trials[side], set, value);
        add_fact(&s->trials[side], set, fact);
        if (s->d->status == BYLAW_OK)
            s->d->status = bl_trials_fill(&s->trials[side]);
        add_counts(s, side);
    }
    for (int side = 0; side < 2; side++)
        add_others(s, side);
    for (size_t i = 0; fact.len > 0 && i < s->count; i++) {
        const uint32_t slot = s->axes[i].slots[0];

        if (slot >= BL_SLOT_FACTS && slot != UINT32_MAX &&
            bl_str_equal(s->d->sets[0]->facts[slot - BL_SLOT_FACTS].name, fact))
            add_value(s, &s->axes[i], BL_NOT_STATED);
    }
    add_parting(s);
    add_days(s);
    sort_axes(s);
    if (s->d->status == BYLAW_OK)
        try_all(s);
}

bylaw_status bl_diff_search(bl_witness *out, bl_differing *d, const bl_norm *a, const bl_norm *b,
                            bylaw_str fact)
{
    const bl_norm *norms[2] = {a, b};
    search *s = BL_NEW(&d->arena, search);
    bylaw_str kinds[MOST_KINDS];
    size_t n = 0;

    *out = (bl_witness){.looser = false};
    if (s == NULL)
        return d->status = BYLAW_ENOMEM;
    *s = (search){.d = d, .norms = {a, b}, .out = out};
    out->vote = a != NULL && b != NULL && a->body.modality == BL_CONDITION &&
                (a->body.has & BL_HAS_OF) != 0;
    for (int side = 0; side < 2; side++) {
        if (norms[side] != NULL)
            s->bodies[side] = bl_effective_body(norms[side], d->chosen[side]);
        for (size_t i = 0;
             norms[side] != NULL && i < norms[side]->on_count + norms[side]->except_count; i++) {
            const bl_enum_value *kind = i < norms[side]->on_count
                                            ? norms[side]->on[i]
                                            : norms[side]->except[i - norms[side]->on_count];
            bool there = n == MOST_KINDS;

            for (size_t k = 0; k < n && !there; k++)
                there = bl_str_equal(kinds[k], kind->id);
            if (!there)
                kinds[n++] = kind->id;
        }
    }
    for (size_t i = 0; i < n && !done(s); i++) {
        const bl_enum_value *before = bl_enum_find(d->sets[0]->kinds, kinds[i]);
        const bl_enum_value *now = bl_enum_find(d->sets[1]->kinds, kinds[i]);

        if (before != NULL && now != NULL &&
            (bears_on(d->sets[0], before, a) || bears_on(d->sets[1], now, b)))
            search_kind(s, kinds[i], fact);
        bl_arena_reset(&d->scratch);
    }
    return d->status;
}

/* ---- under other readings ---- */

static const bl_option *option_of(const bylaw_ruleset *set, bylaw_str reading, bylaw_str option,
                                  bl_choice *choice)
{
    for (uint32_t i = 0; i < set->reading_count; i++) {
        for (uint32_t k = 0; k < set->readings[i].option_count; k++) {
            if (!bl_str_equal(set->readings[i].name, reading) ||
                !bl_str_equal(set->readings[i].options[k].name, option))
                continue;
            *choice = (bl_choice){i, k};
            return &set->readings[i].options[k];
        }
    }
    return NULL;
}

/* Takes that option in both sets, or in the one that has it. */
static bylaw_status take_option(bl_differing *d, bylaw_str reading, bylaw_str option)
{
    d->other = (bylaw_setting){reading, option};
    for (int side = 0; side < 2 && d->status == BYLAW_OK; side++) {
        bylaw_options options = {.sets = &d->sets[side], .set_count = 1, .brief = true};
        bl_choice choice;

        d->checkers[side] = NULL;
        if (option_of(d->sets[side], reading, option, &choice) != NULL) {
            d->chosen[side][choice.reading] = (uint8_t)choice.option;
            options.readings = &d->other;
            options.reading_count = 1;
        }
        d->status = bylaw_checker_new(&d->checkers[side], &options, d->allocator);
    }
    return d->status;
}

static void search_under(bl_witness *out, bl_differing *d, const bl_norm *norms[2],
                         const bl_reading *reading, const bl_option *option, int side)
{
    bylaw_checker *const usual[] = {d->checkers[0], d->checkers[1]};

    if (take_option(d, reading->name, option->name) == BYLAW_OK)
        (void)bl_diff_search(out, d, norms[0], norms[1], BYLAW_STR(""));
    for (int i = 0; i < 2; i++) {
        bl_choice choice;

        if (option_of(d->sets[i], reading->name, option->name, &choice) != NULL)
            d->chosen[i][choice.reading] =
                (uint8_t)d->sets[i]->readings[choice.reading].default_option;
        bylaw_checker_free(d->checkers[i]);
        d->checkers[i] = usual[i];
    }
    out->reading = reading;
    out->option = option;
    out->told_by = side;
}

bylaw_status bl_diff_search_readings(bl_witness *out, bl_differing *d, const bl_norm *a,
                                     const bl_norm *b)
{
    const bl_norm *norms[] = {a, b};

    for (int side = 0; side < 2; side++) {
        const bl_norm *norm = norms[side];
        const size_t count = norm != NULL ? norm->overlay_count + norm->has_under : 0;

        for (size_t i = 0; i < count && d->status == BYLAW_OK && !out->looser && !out->tighter;
             i++) {
            const bl_choice choice =
                i < norm->overlay_count ? norm->overlays[i].choice : norm->under;
            const bl_reading *reading = &d->sets[side]->readings[choice.reading];

            search_under(out, d, norms, reading, &reading->options[choice.option], side);
        }
    }
    return d->status;
}
