/* report/record_compare.c: see record_compare.h. Both records are in order, so things are met in
 * pairs by walking through both lists at once. */
#include "report/record_compare.h"

typedef struct comparing {
    const bylaw_record *then, *now;
    bl_difference_fn *tell;
    void *context;
    const bl_recorded_action *action; /* at hand */
} comparing;

static void differ(const comparing *c, bl_difference d)
{
    if (bl_str_equal(d.from, d.to))
        return;
    d.action = c->action;
    c->tell(c->context, &d);
}

/* The next pair of two ordered lists: negative, the left one stands alone; positive, the right.
 * Where one stands alone, an empty thing stands for what is not there: its texts are empty. */
static int next_of(int order, bool left, bool right)
{
    return !left ? 1 : !right ? -1 : order;
}

/* ---- the whole ---- */

static void compare_texts(const comparing *c, const bl_recorded_set *a, const bl_recorded_set *b)
{
    static const bl_used_text none;
    size_t i = 0, k = 0;

    while (i < a->text_count || k < b->text_count) {
        const bool left = i < a->text_count, right = k < b->text_count;
        const bl_used_text *then = left ? &a->texts[i] : &none, *now = right ? &b->texts[k] : &none;
        const int order = next_of(bl_str_compare(then->name, now->name), left, right);

        differ(c, (bl_difference){.kind = BL_DIFFERS_TEXT,
                                  .ruleset = a->id,
                                  .name = order <= 0 ? then->name : now->name,
                                  .from = order <= 0 ? then->sha256 : none.sha256,
                                  .to = order >= 0 ? now->sha256 : none.sha256});
        i += order <= 0;
        k += order >= 0;
    }
}

static void compare_sets(const comparing *c)
{
    static const bl_recorded_set none;
    size_t i = 0, k = 0;

    while (i < c->then->sets.count || k < c->now->sets.count) {
        const bool left = i < c->then->sets.count, right = k < c->now->sets.count;
        const bl_recorded_set *then = left ? &c->then->sets.items[i] : &none,
                              *now = right ? &c->now->sets.items[k] : &none;
        const int order = next_of(bl_str_compare(then->id, now->id), left, right);

        differ(c, (bl_difference){.kind = BL_DIFFERS_RULESET,
                                  .ruleset = order <= 0 ? then->id : now->id,
                                  .from = order <= 0 ? then->sha256 : none.sha256,
                                  .to = order >= 0 ? now->sha256 : none.sha256});
        if (order == 0)
            compare_texts(c, then, now);
        i += order <= 0;
        k += order >= 0;
    }
}

static int input_order(const bylaw_record_input *a, const bylaw_record_input *b)
{
    return a->role != b->role ? (int)a->role - (int)b->role : bl_str_compare(a->name, b->name);
}

static void compare_inputs(const comparing *c)
{
    static const bylaw_record_input none;
    size_t i = 0, k = 0;

    while (i < c->then->inputs.count || k < c->now->inputs.count) {
        const bool left = i < c->then->inputs.count, right = k < c->now->inputs.count;
        const bylaw_record_input *then = left ? &c->then->inputs.items[i].of : &none,
                                 *now = right ? &c->now->inputs.items[k].of : &none;
        const int order = next_of(input_order(then, now), left, right);

        differ(c, (bl_difference){.kind = BL_DIFFERS_INPUT,
                                  .name = order <= 0 ? then->name : now->name,
                                  .from = order <= 0 ? then->sha256 : none.sha256,
                                  .to = order >= 0 ? now->sha256 : none.sha256});
        i += order <= 0;
        k += order >= 0;
    }
}

/* ---- one action ---- */

static bylaw_str option_of(const bl_recorded_finding *f, bylaw_str reading)
{
    for (size_t i = 0; i < f->choice_count; i++) {
        if (bl_str_equal(f->choices[i].reading, reading))
            return f->choices[i].option;
    }
    return (bylaw_str){NULL, 0};
}

/* Of one norm that both have. */
static void compare_within(const comparing *c, bl_difference d, const bl_recorded_finding *a,
                           const bl_recorded_finding *b)
{
    const bylaw_str none = {NULL, 0};

    for (size_t i = 0; i < a->element_count || i < b->element_count; i++) {
        d.kind = BL_DIFFERS_ELEMENT;
        d.element = i;
        d.from = i < a->element_count ? a->elements[i] : none;
        d.to = i < b->element_count ? b->elements[i] : none;
        differ(c, d);
    }
    d.kind = BL_DIFFERS_READING;
    for (size_t i = 0; i < a->choice_count; i++) {
        d.name = a->choices[i].reading;
        d.from = a->choices[i].option;
        d.to = option_of(b, d.name);
        differ(c, d);
    }
    for (size_t i = 0; i < b->choice_count; i++) {
        d.name = b->choices[i].reading;
        d.from = none;
        d.to = b->choices[i].option;
        if (option_of(a, d.name).len == 0)
            differ(c, d);
    }
}

static const bl_recorded_finding *finding_of(const bl_recorded_judgement *set, bylaw_str norm)
{
    for (size_t i = 0; i < set->finding_count; i++) {
        if (bl_str_equal(set->findings[i].norm, norm))
            return &set->findings[i];
    }
    return NULL;
}

static bl_difference finding_difference(bylaw_str ruleset, const bl_recorded_finding *named,
                                        bylaw_str from, bylaw_str to)
{
    return (bl_difference){.kind = BL_DIFFERS_FINDING,
                           .ruleset = ruleset,
                           .norm = named->norm,
                           .known = named->known,
                           .from = from,
                           .to = to};
}

/* Every norm that either has; what one lacks does not apply there. */
static void compare_findings(const comparing *c, bylaw_str ruleset, const bl_recorded_judgement *a,
                             const bl_recorded_judgement *b)
{
    const bylaw_str nothing = BYLAW_STR("not-applicable");

    for (size_t i = 0; i < b->finding_count; i++) {
        const bl_recorded_finding *now = &b->findings[i], *then = finding_of(a, now->norm);
        const bl_difference d =
            finding_difference(ruleset, now, then != NULL ? then->status : nothing, now->status);

        differ(c, d);
        if (then != NULL)
            compare_within(c, d, then, now);
    }
    for (size_t i = 0; i < a->finding_count; i++) {
        const bl_recorded_finding *then = &a->findings[i];

        if (finding_of(b, then->norm) == NULL)
            differ(c, finding_difference(ruleset, then, then->status, nothing));
    }
}

static bool has_gap(const bl_recorded_judgement *set, bylaw_str gap)
{
    for (size_t i = 0; i < set->gap_count; i++) {
        if (bl_str_equal(set->gaps[i], gap))
            return true;
    }
    return false;
}

/* The gaps that decide on one side only. */
static void compare_gaps(const comparing *c, bylaw_str ruleset, const bl_recorded_judgement *has,
                         const bl_recorded_judgement *other, bool before)
{
    const bylaw_str decides = BYLAW_STR("decides"), none = {NULL, 0};

    for (size_t i = 0; i < has->gap_count; i++) {
        if (!has_gap(other, has->gaps[i]))
            differ(c, (bl_difference){.kind = BL_DIFFERS_GAP,
                                      .ruleset = ruleset,
                                      .norm = has->gaps[i],
                                      .from = before ? decides : none,
                                      .to = before ? none : decides});
    }
}

/* One set's judgement; of a set that only one record has, every finding differs. */
static void compare_judgement(const comparing *c, bylaw_str ruleset, const bl_recorded_judgement *a,
                              const bl_recorded_judgement *b, bool among_several)
{
    if (among_several) {
        differ(c, (bl_difference){.kind = BL_DIFFERS_VERDICT,
                                  .name = BYLAW_STR("verdict"),
                                  .ruleset = ruleset,
                                  .from = a->verdict,
                                  .to = b->verdict});
        differ(c, (bl_difference){.kind = BL_DIFFERS_VERDICT,
                                  .name = BYLAW_STR("outcome"),
                                  .ruleset = ruleset,
                                  .from = a->outcome,
                                  .to = b->outcome});
    }
    compare_findings(c, ruleset, a, b);
    compare_gaps(c, ruleset, a, b, true);
    compare_gaps(c, ruleset, b, a, false);
}

static void compare_action(comparing *c, const bl_recorded_action *a, const bl_recorded_action *b)
{
    /* nothing found, nothing decides */
    static const bl_recorded_judgement none = {.outcome = {"none", sizeof "none" - 1}};
    const bool among_several = a->set_count > 1 || b->set_count > 1;
    size_t i = 0, k = 0;

    c->action = b;
    for (int field = 0; field < BL_FIELDS; field++)
        differ(c, (bl_difference){.kind = BL_DIFFERS_FIELD,
                                  .name = bylaw_str_from(bl_field_rows[field].key),
                                  .field = (bl_recorded_field)field,
                                  .from = a->fields[field],
                                  .to = b->fields[field]});
    while (i < a->set_count || k < b->set_count) {
        const bl_recorded_judgement *then = i < a->set_count ? &a->sets[i] : &none,
                                    *now = k < b->set_count ? &b->sets[k] : &none;
        const int order = next_of(bl_str_compare(then->ruleset, now->ruleset), i < a->set_count,
                                  k < b->set_count);

        compare_judgement(c, order <= 0 ? then->ruleset : now->ruleset, order <= 0 ? then : &none,
                          order >= 0 ? now : &none, among_several);
        i += order <= 0;
        k += order >= 0;
    }
}

static int action_order(const bl_recorded_action *a, const bl_recorded_action *b)
{
    const int order = bl_str_compare(a->file, b->file);

    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

/* By file and place among its actions: lines move when a remark is added. */
static void compare_actions(comparing *c)
{
    static const bl_recorded_action none;
    size_t i = 0, k = 0;

    while (i < c->then->actions.count || k < c->now->actions.count) {
        const bool left = i < c->then->actions.count, right = k < c->now->actions.count;
        const bl_recorded_action *then = left ? &c->then->actions.items[i] : &none,
                                 *now = right ? &c->now->actions.items[k] : &none;
        const int order = next_of(action_order(then, now), left, right);

        if (order == 0) {
            compare_action(c, then, now);
        } else {
            c->action = order < 0 ? then : now;
            differ(c, (bl_difference){.kind = BL_DIFFERS_ACTION,
                                      .from = (order < 0 ? then : &none)->fields[BL_FIELD_VERDICT],
                                      .to = (order > 0 ? now : &none)->fields[BL_FIELD_VERDICT]});
        }
        i += order <= 0;
        k += order >= 0;
    }
}

void bl_record_differences(const bylaw_record *then, const bylaw_record *now,
                           bl_difference_fn *tell, void *context)
{
    comparing c = {then, now, tell, context, NULL};

    for (size_t i = 0; i < BL_VERSIONS; i++)
        differ(&c, (bl_difference){.kind = BL_DIFFERS_VERSION,
                                   .name = bylaw_str_from(bl_version_keys[i]),
                                   .from = then->versions[i],
                                   .to = now->versions[i]});
    compare_sets(&c);
    compare_inputs(&c);
    compare_actions(&c);
}
