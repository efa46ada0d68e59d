/* report/diff_words.c: what two rule sets differ in beside their norms: the set itself, kinds,
 * values of enumerations, facts, readings, silences. Told in the order in which a set is written.
 */
#include "report/diff.h"

static bylaw_str say_added(const bl_differing *d, bool added)
{
    return added ? BL_SAY0(&d->v, diff_added) : BL_SAY0(&d->v, diff_removed);
}

static void tell(bl_differing *d, const char *what, bylaw_change change, bylaw_str id,
                 bylaw_str line)
{
    bl_diff_tell(d, (bl_told){.what = what, .change = change, .id = id, .line = line});
}

static bylaw_change change_of(bool before, bool now)
{
    return !before ? BYLAW_CHANGE_ADDED : !now ? BYLAW_CHANGE_REMOVED : BYLAW_CHANGE_OTHER;
}

/* ---- the set ---- */

static bylaw_str say_day(const bl_differing *d, int64_t day)
{
    return day == INT64_MIN || day == INT64_MAX ? BL_SAY0(&d->v, diff_nothing)
                                                : bl_say_date(&d->v, day);
}

static void compare_sets(bl_differing *d)
{
    const bylaw_ruleset *a = d->sets[0], *b = d->sets[1];
    bl_diff_parts p = {d, bl_str_init(&d->arena)};

    bl_diff_put_labels(&p, &bl_word_diff_title, a->title, b->title);
    if (a->from != b->from)
        bl_diff_put_change(&p, &bl_word_diff_from, say_day(d, a->from), say_day(d, b->from));
    if (a->until != b->until)
        bl_diff_put_change(&p, &bl_word_diff_until, say_day(d, a->until), say_day(d, b->until));
    bl_diff_put_programs(&p, &bl_word_diff_scope, a->scope, b->scope);
    if (p.out.len > 0)
        tell(d, "set", BYLAW_CHANGE_OTHER, b->id,
             BL_SAYF(&d->v, diff_set, BL_TEXT("what", bl_diff_taken(d, &p.out))));
}

/* ---- kinds and values ---- */

static bylaw_str say_parents(bl_differing *d, const bl_enum_value *value)
{
    bl_str out = bl_str_init(&d->arena);

    if (value->parent == NULL)
        return BL_SAY0(&d->v, diff_nothing);
    bl_str_add(&out, bl_say_label(&d->v, value->parent->label));
    if (value->more_count > 0) {
        bl_str_addz(&out, bl_word_enum_comma.in[d->v.lang]);
        bl_str_add(&out, bl_diff_say_kinds(d, value->more_parents, value->more_count));
    }
    return bl_diff_taken(d, &out);
}

static bool same_parents(const bl_enum_value *a, const bl_enum_value *b)
{
    return bl_diff_same_kinds(&a->parent, a->parent != NULL, &b->parent, b->parent != NULL) &&
           bl_diff_same_kinds(a->more_parents, a->more_count, b->more_parents, b->more_count);
}

static void compare_value(bl_differing *d, const bl_msg *frame, const char *what,
                          const bl_enum_value *a, const bl_enum_value *b)
{
    const bl_enum_value *value = a != NULL ? a : b;
    bl_diff_parts p = {d, bl_str_init(&d->arena)};

    if (a == NULL || b == NULL) {
        bl_diff_put(&p, say_added(d, a == NULL));
    } else {
        bl_diff_put_labels(&p, &bl_word_diff_label, a->label, b->label);
        if (!same_parents(a, b))
            bl_diff_put_change(&p, &bl_word_diff_is, say_parents(d, a), say_parents(d, b));
    }
    if (p.out.len > 0)
        tell(d, what, change_of(a != NULL, b != NULL), value->id,
             bl_say(&d->v, frame,
                    BL_ARGS(BL_TEXT("label", bl_say_label(&d->v, value->label)),
                            BL_TEXT("id", bl_say_foreign(&d->v, value->id)),
                            BL_TEXT("what", bl_diff_taken(d, &p.out)))));
}

static const bl_enum_value *by_id(const bl_enum *e, bylaw_str id)
{
    for (size_t i = 0; e != NULL && i < e->count; i++) {
        if (bl_str_equal(e->values[i]->id, id))
            return e->values[i];
    }
    return NULL;
}

static void compare_enums(bl_differing *d, const bl_msg *frame, const char *what, const bl_enum *a,
                          const bl_enum *b)
{
    for (size_t i = 0; a != NULL && i < a->count; i++)
        compare_value(d, frame, what, a->values[i], by_id(b, a->values[i]->id));
    for (size_t i = 0; b != NULL && i < b->count; i++) {
        if (by_id(a, b->values[i]->id) == NULL)
            compare_value(d, frame, what, NULL, b->values[i]);
    }
}

static const bl_enum *enum_named(const bylaw_ruleset *set, bylaw_str name)
{
    for (size_t i = 0; i < set->enum_count; i++) {
        if (bl_str_equal(set->enums[i]->name, name))
            return set->enums[i];
    }
    return NULL;
}

static void compare_values(bl_differing *d)
{
    compare_enums(d, &bl_word_diff_kind, "kind", d->sets[0]->kinds, d->sets[1]->kinds);
    for (size_t i = 0; i < d->sets[0]->enum_count; i++) {
        const bl_enum *a = d->sets[0]->enums[i];

        compare_enums(d, &bl_word_diff_value, "value", a, enum_named(d->sets[1], a->name));
    }
    for (size_t i = 0; i < d->sets[1]->enum_count; i++) {
        const bl_enum *b = d->sets[1]->enums[i];

        if (enum_named(d->sets[0], b->name) == NULL)
            compare_enums(d, &bl_word_diff_value, "value", NULL, b);
    }
}

/* ---- facts ---- */

static bylaw_str say_type(bl_differing *d, const bl_fact *fact)
{
    bl_str text = bl_str_init(&d->arena);

    if (fact->is_count)
        bl_str_addz(&text, "count");
    else
        bl_type_write(&text, fact->type);
    return bl_say_foreign(&d->v, bl_diff_taken(d, &text));
}

static bylaw_str say_presumed(bl_differing *d, int side, const bl_fact *fact)
{
    return fact->is_presumed ? bl_say_value(&d->voices[side], fact->presumed, fact->slot)
                             : BL_SAY0(&d->v, diff_nothing);
}

static bylaw_str say_open(const bl_differing *d, bl_open_until until)
{
    static const char *const names[] = {"-", "vote", "effect", "always"};

    return bl_say_foreign(&d->v, bylaw_str_from(names[until]));
}

static bool reads(const bl_program *program, uint32_t slot)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    for (size_t i = 0; i < n; i++) {
        if (slots[i] == slot)
            return true;
    }
    return false;
}

static bool norm_reads(const bl_norm *norm, uint32_t slot)
{
    bool found = reads(norm->body.when, slot) || reads(norm->body.require, slot) ||
                 reads(norm->body.due, slot) || reads(norm->each, slot);

    for (size_t i = 0; i < norm->body.count.count; i++)
        found = found || norm->body.count.slots[i] == slot;
    for (size_t i = 0; i < norm->body.of.count; i++)
        found = found || norm->body.of.slots[i] == slot;
    return found;
}

#define MOST_READERS 6 /* norms that are tried for the difference that a fact makes */

/* An action that some norm, itself the same, judges otherwise because the fact is taken otherwise.
 */
static void find_difference(bl_differing *d, const bl_fact *a, bl_told *told)
{
    size_t tried = 0;

    told->sought = true;
    for (size_t i = 0; i < d->sets[0]->norm_count && tried < MOST_READERS; i++) {
        const bl_norm *norm = &d->sets[0]->norms[i], *twin = bl_diff_twin(d, 0, norm);

        if (!norm_reads(norm, a->slot) || twin == NULL || !bl_diff_same_norm(d, norm, twin))
            continue;
        tried++;
        (void)bl_diff_search(&told->witness, d, norm, twin, a->name);
        if (told->witness.looser || told->witness.tighter)
            return;
    }
}

static bylaw_str counted_by(const bylaw_ruleset *set, const bl_fact *fact)
{
    return fact->counts < 0 ? BYLAW_STR("-") : set->facts[fact->counts - BL_SLOT_FACTS].name;
}

static bool same_derivations(const bl_differing *d, const bl_fact *a, const bl_fact *b)
{
    bool same = a->overlay_count == b->overlay_count;

    for (size_t i = 0; same && i < a->overlay_count; i++) {
        const bl_fact_overlay *over = &a->overlays[i];

        same = false;
        for (size_t k = 0; k < b->overlay_count && !same; k++)
            same = bl_diff_same_choice(d, over->choice, b->overlays[k].choice) &&
                   bl_diff_same_program(over->derive, b->overlays[k].derive);
    }
    return same;
}

static void compare_fact(bl_differing *d, const bl_fact *a, const bl_fact *b)
{
    const bl_fact *fact = a != NULL ? a : b;
    bl_diff_parts p = {d, bl_str_init(&d->arena)};
    bool judged = false; /* can the difference alter a verdict? */

    if (a == NULL || b == NULL) {
        bl_diff_put(&p, say_added(d, a == NULL));
    } else {
        const bylaw_str types[] = {say_type(d, a), say_type(d, b)};
        const bylaw_str presumed[] = {say_presumed(d, 0, a), say_presumed(d, 1, b)};

        bl_diff_put_labels(&p, &bl_word_diff_label, a->label, b->label);
        if (!bl_str_equal(types[0], types[1]))
            bl_diff_put_change(&p, &bl_word_diff_type, types[0], types[1]);
        judged =
            !bl_str_equal(presumed[0], presumed[1]) || !bl_diff_same_program(a->derive, b->derive);
        if (!bl_str_equal(presumed[0], presumed[1]))
            bl_diff_put_change(&p, &bl_word_diff_presumed, presumed[0], presumed[1]);
        bl_diff_put_programs(&p, &bl_word_diff_derived, a->derive, b->derive);
        if (bl_diff_same_program(a->derive, b->derive) && !same_derivations(d, a, b))
            bl_diff_put(&p, BL_SAY0(&d->v, diff_overlays));
        if (!bl_str_equal(counted_by(d->sets[0], a), counted_by(d->sets[1], b)))
            bl_diff_put_change(&p, &bl_word_diff_counts_of,
                               bl_say_foreign(&d->v, counted_by(d->sets[0], a)),
                               bl_say_foreign(&d->v, counted_by(d->sets[1], b)));
        if (a->open_until != b->open_until)
            bl_diff_put_change(&p, &bl_word_diff_open_until, say_open(d, a->open_until),
                               say_open(d, b->open_until));
    }
    if (p.out.len == 0)
        return;
    bl_told told = {.what = "fact",
                    .change = change_of(a != NULL, b != NULL),
                    .id = fact->name,
                    .line = BL_SAYF(&d->v, diff_fact,
                                    BL_TEXT("label", bl_say_label(&d->v, fact->label)),
                                    BL_TEXT("id", bl_say_foreign(&d->v, fact->name)),
                                    BL_TEXT("what", bl_diff_taken(d, &p.out)))};

    if (judged)
        find_difference(d, a, &told);
    bl_diff_tell(d, told);
}

static const bl_fact *fact_named(const bylaw_ruleset *set, bylaw_str name)
{
    const bl_fact *fact = bl_map_get(&set->fact_index, name);

    return fact != NULL && bl_str_equal(fact->name, name) ? fact : NULL;
}

static void compare_facts(bl_differing *d)
{
    for (size_t i = 0; i < d->sets[0]->fact_count && d->status == BYLAW_OK; i++) {
        const bl_fact *a = &d->sets[0]->facts[i];

        compare_fact(d, a, fact_named(d->sets[1], a->name));
    }
    for (size_t i = 0; i < d->sets[1]->fact_count && d->status == BYLAW_OK; i++) {
        const bl_fact *b = &d->sets[1]->facts[i];

        if (fact_named(d->sets[0], b->name) == NULL)
            compare_fact(d, NULL, b);
    }
}

/* ---- readings ---- */

static const bl_option *option_named(const bl_reading *reading, bylaw_str name)
{
    for (size_t i = 0; i < reading->option_count; i++) {
        if (bl_str_equal(reading->options[i].name, name))
            return &reading->options[i];
    }
    return NULL;
}

static bylaw_str say_option(const bl_differing *d, const bl_msg *msg, const bl_option *option)
{
    return bl_say(&d->v, msg, BL_ARGS(BL_TEXT("option", bl_say_label(&d->v, option->label))));
}

static bylaw_str say_basis(const bl_differing *d, const bl_option *option)
{
    return option->basis.in[BYLAW_ZH].len > 0 ? bl_say_label(&d->v, option->basis)
                                              : BL_SAY0(&d->v, diff_nothing);
}

static void compare_options(bl_diff_parts *p, const bl_reading *a, const bl_reading *b)
{
    bl_differing *d = p->d;

    for (size_t i = 0; i < a->option_count; i++) {
        const bl_option *x = &a->options[i], *y = option_named(b, x->name);

        if (y == NULL) {
            bl_diff_put(p, say_option(d, &bl_word_diff_option_removed, x));
            continue;
        }
        bl_diff_put_labels(p, NULL, x->label, y->label);
        if (x->remote != y->remote)
            bl_diff_put(p, say_option(d,
                                      y->remote ? &bl_word_diff_option_remote
                                                : &bl_word_diff_option_arguable,
                                      y));
        if (!bl_diff_same_label(x->basis, y->basis)) {
            bl_str text = bl_str_init(&d->arena);

            bl_str_add(&text, say_option(d, &bl_word_diff_basis, y));
            bl_str_add(&text, BL_SAYF(&d->v, diff_to, BL_TEXT("before", say_basis(d, x)),
                                      BL_TEXT("after", say_basis(d, y))));
            bl_diff_put(p, bl_diff_taken(d, &text));
        }
    }
    for (size_t i = 0; i < b->option_count; i++) {
        if (option_named(a, b->options[i].name) == NULL)
            bl_diff_put(p, say_option(d, &bl_word_diff_option_added, &b->options[i]));
    }
}

static void compare_reading(bl_differing *d, const bl_reading *a, const bl_reading *b)
{
    const bl_reading *reading = a != NULL ? a : b;
    bl_diff_parts p = {d, bl_str_init(&d->arena)};

    if (a == NULL || b == NULL) {
        bl_diff_put(&p, say_added(d, a == NULL));
    } else {
        const bl_option *x = &a->options[a->default_option], *y = &b->options[b->default_option];

        bl_diff_put_labels(&p, &bl_word_diff_asks, a->asks, b->asks);
        if (!bl_str_equal(x->name, y->name))
            bl_diff_put(&p, BL_SAYF(&d->v, diff_default,
                                    BL_TEXT("before", bl_say_label(&d->v, x->label)),
                                    BL_TEXT("after", bl_say_label(&d->v, y->label))));
        if (a->open != b->open)
            bl_diff_put(&p, b->open ? BL_SAY0(&d->v, diff_opened) : BL_SAY0(&d->v, diff_closed));
        compare_options(&p, a, b);
    }
    if (p.out.len > 0)
        tell(d, "reading", change_of(a != NULL, b != NULL), reading->name,
             BL_SAYF(
                 &d->v, diff_reading,
                 BL_TEXT("phrase", bl_say_foreign(&d->v, reading->phrase.len > 0 ? reading->phrase
                                                                                 : reading->name)),
                 BL_TEXT("id", bl_say_foreign(&d->v, reading->name)),
                 BL_TEXT("what", bl_diff_taken(d, &p.out))));
}

static const bl_reading *reading_named(const bylaw_ruleset *set, bylaw_str name)
{
    for (size_t i = 0; i < set->reading_count; i++) {
        if (bl_str_equal(set->readings[i].name, name))
            return &set->readings[i];
    }
    return NULL;
}

static void compare_readings(bl_differing *d)
{
    for (size_t i = 0; i < d->sets[0]->reading_count; i++) {
        const bl_reading *a = &d->sets[0]->readings[i];

        compare_reading(d, a, reading_named(d->sets[1], a->name));
    }
    for (size_t i = 0; i < d->sets[1]->reading_count; i++) {
        const bl_reading *b = &d->sets[1]->readings[i];

        if (reading_named(d->sets[0], b->name) == NULL)
            compare_reading(d, NULL, b);
    }
}

/* ---- silences ---- */

/* What readings lay over it, in whatever order they are written. */
static bool same_gap_overlays(const bl_differing *d, const bl_gap *a, const bl_gap *b)
{
    bool same = a->overlay_count == b->overlay_count;

    for (size_t i = 0; same && i < a->overlay_count; i++) {
        const bl_gap_overlay *over = &a->overlays[i];

        same = false;
        for (size_t k = 0; k < b->overlay_count && !same; k++)
            same = bl_diff_same_choice(d, over->choice, b->overlays[k].choice) &&
                   bl_diff_same_program(over->when, b->overlays[k].when) &&
                   bl_diff_same_program(over->decides, b->overlays[k].decides);
    }
    return same;
}

static void compare_gap(bl_differing *d, const bl_gap *a, const bl_gap *b)
{
    const bl_gap *gap = a != NULL ? a : b;
    bl_diff_parts p = {d, bl_str_init(&d->arena)};

    if (a == NULL || b == NULL) {
        bl_diff_put(&p, say_added(d, a == NULL));
    } else {
        bl_diff_put_labels(&p, NULL, a->says, b->says);
        bl_diff_put_programs(&p, &bl_word_diff_when, a->when, b->when);
        bl_diff_put_programs(&p, &bl_word_diff_decides, a->decides, b->decides);
        if (!bl_diff_same_kinds(a->on, a->on_count, b->on, b->on_count))
            bl_diff_put_change(&p, &bl_word_diff_on, bl_diff_say_kinds(d, a->on, a->on_count),
                               bl_diff_say_kinds(d, b->on, b->on_count));
        if (!same_gap_overlays(d, a, b))
            bl_diff_put(&p, BL_SAY0(&d->v, diff_overlays));
    }
    if (p.out.len > 0)
        tell(d, "gap", change_of(a != NULL, b != NULL), gap->id,
             BL_SAYF(&d->v, diff_gap, BL_TEXT("label", bl_say_label(&d->v, gap->says)),
                     BL_TEXT("id", bl_say_foreign(&d->v, gap->id)),
                     BL_TEXT("what", bl_diff_taken(d, &p.out))));
}

static const bl_gap *gap_named(const bylaw_ruleset *set, bylaw_str id)
{
    for (size_t i = 0; i < set->gap_count; i++) {
        if (bl_str_equal(set->gaps[i].id, id))
            return &set->gaps[i];
    }
    return NULL;
}

static void compare_gaps(bl_differing *d)
{
    for (size_t i = 0; i < d->sets[0]->gap_count; i++) {
        const bl_gap *a = &d->sets[0]->gaps[i];

        compare_gap(d, a, gap_named(d->sets[1], a->id));
    }
    for (size_t i = 0; i < d->sets[1]->gap_count; i++) {
        const bl_gap *b = &d->sets[1]->gaps[i];

        if (gap_named(d->sets[0], b->id) == NULL)
            compare_gap(d, NULL, b);
    }
}

void bl_diff_words(bl_differing *d)
{
    compare_readings(d);
    compare_gaps(d);
    compare_facts(d);
    compare_values(d);
    compare_sets(d);
}
