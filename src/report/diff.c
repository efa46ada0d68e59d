/* report/diff.c: two rule sets, norm by norm: see bylaw/diff.h. */
#include "base/vec.h"
#include "report/page.h"

#include <bylaw/diff.h>

#define MOST        8 /* members in the small actions that are tried, from many to none */
#define MAX_FACTS   4
#define MAX_CHECKS  4000 /* actions tried for one norm */
#define MAX_CHOICES 48

typedef struct trying {
    const bylaw_ruleset *sets[2];
    bylaw_checker *checkers[2];
    bl_arena arena; /* of the report */
    const bylaw_diff_telling *telling;
    bl_page page;
    bl_voice v;
    bylaw_status status;
} trying;

/* A fact of the small actions with the values it takes. */
typedef struct axis {
    const bl_fact *fact;
    bylaw_str texts[MAX_CHOICES]; /* as JSON */
    bl_value values[MAX_CHOICES];
    size_t count;
} axis;

typedef struct space {
    axis axes[MAX_FACTS];
    size_t count;
    size_t at[MAX_FACTS];
    bool found[2]; /* looser, tighter: by index of who is satisfied */
    bylaw_str example, kind;
    bool vote; /* the norm is a threshold on which the act turns */
} space;

static bylaw_str taken(bl_str *text)
{
    bylaw_str out = {NULL, 0};

    return bl_str_take(&out, text) == BYLAW_OK ? out : (bylaw_str){NULL, 0};
}

/* ---- are two norms the same? ---- */

static bool same_program(const bl_program *a, const bl_program *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return bl_str_equal(bl_program_text(a), bl_program_text(b));
}

static bool same_sum(const trying *t, const bl_sum *a, const bl_sum *b)
{
    if (a->count != b->count || a->constant != b->constant)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const uint32_t x = a->slots[i], y = b->slots[i];

        if ((x < BL_SLOT_FACTS) != (y < BL_SLOT_FACTS))
            return false;
        if (x >= BL_SLOT_FACTS && !bl_str_equal(t->sets[0]->facts[x - BL_SLOT_FACTS].name,
                                                t->sets[1]->facts[y - BL_SLOT_FACTS].name))
            return false;
    }
    return true;
}

static bool same_kinds(const bl_enum_value *const *a, size_t an, const bl_enum_value *const *b,
                       size_t bn)
{
    if (an != bn)
        return false;
    for (size_t i = 0; i < an; i++) {
        if (!bl_str_equal(a[i]->id, b[i]->id))
            return false;
    }
    return true;
}

static bool same_body(const trying *t, const bl_body *a, const bl_body *b)
{
    return a->has == b->has && a->modality == b->modality && same_program(a->when, b->when) &&
           same_program(a->require, b->require) && same_program(a->due, b->due) &&
           same_sum(t, &a->count, &b->count) && same_sum(t, &a->of, &b->of) &&
           a->bound.num == b->bound.num && a->bound.den == b->bound.den && a->strict == b->strict;
}

static bool same_norm(const trying *t, const bl_norm *a, const bl_norm *b)
{
    return same_body(t, &a->body, &b->body) && same_program(a->scope, b->scope) &&
           same_program(a->each, b->each) && a->from == b->from && a->until == b->until &&
           same_kinds(a->on, a->on_count, b->on, b->on_count) &&
           same_kinds(a->except, a->except_count, b->except, b->except_count);
}

/* ---- the search for an action that comes out otherwise ---- */

static void add_choice(trying *t, axis *x, bl_value value)
{
    bl_str text = bl_str_init(&t->arena);

    if (x->count == MAX_CHOICES)
        return;
    if (value.kind == BL_ENUM) {
        bl_str_addc(&text, '"');
        bl_str_add(&text, value.as.enumerated->id);
        bl_str_addc(&text, '"');
    } else {
        bl_value_write(&text, value);
    }
    x->values[x->count] = value;
    x->texts[x->count++] = taken(&text);
}

static void add_axis(trying *t, space *s, const bylaw_ruleset *set, uint32_t slot)
{
    if (slot < BL_SLOT_FACTS || s->count == MAX_FACTS)
        return;
    const bl_fact *fact = &set->facts[slot - BL_SLOT_FACTS];
    const bl_type *type = fact->type->kind == BL_T_NULLABLE ? fact->type->params[0] : fact->type;
    axis *x = &s->axes[s->count];

    for (size_t i = 0; i < s->count; i++) {
        if (bl_str_equal(s->axes[i].fact->name, fact->name))
            return;
    }
    *x = (axis){.fact = fact};
    if (type->kind == BL_T_INT) {
        for (int64_t n = MOST; n >= 0; n--)
            add_choice(t, x, bl_int(n));
    } else if (type->kind == BL_T_BOOL) {
        add_choice(t, x, bl_bool(true));
        add_choice(t, x, bl_bool(false));
    } else if (type->kind == BL_T_ENUM) {
        for (size_t i = 0; i < type->enumerated->count; i++)
            add_choice(t, x, bl_enum_of(type->enumerated->values[i]));
    }
    s->count += x->count > 0;
}

static void add_program(trying *t, space *s, const bylaw_ruleset *set, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    for (size_t i = 0; i < n; i++)
        add_axis(t, s, set, slots[i]);
}

static void add_body(trying *t, space *s, int side, const bl_norm *norm)
{
    const bylaw_ruleset *set = t->sets[side];

    for (size_t i = 0; i < norm->body.of.count; i++)
        add_axis(t, s, set, norm->body.of.slots[i]);
    for (size_t i = 0; i < norm->body.count.count; i++)
        add_axis(t, s, set, norm->body.count.slots[i]);
    add_program(t, s, set, norm->body.require);
    add_program(t, s, set, norm->body.when);
}

/* As the facts are declared: members before those present before their votes. */
static void sort_axes(space *s)
{
    for (size_t i = 1; i < s->count; i++) {
        const axis x = s->axes[i];
        size_t k = i;

        for (; k > 0 && s->axes[k - 1].fact->slot > x.fact->slot; k--)
            s->axes[k] = s->axes[k - 1];
        s->axes[k] = x;
    }
}

/* How the norm comes out for the action at hand, by one of the sets. */
static bl_status come_out(trying *t, int side, bylaw_str text, bylaw_str norm)
{
    const bylaw_result *result = NULL;
    bylaw_status status =
        bylaw_checker_read(t->checkers[side], BYLAW_STR("diff"), text, BYLAW_FORMAT_JSON, NULL);

    if (status == BYLAW_OK)
        status = bylaw_checker_check(t->checkers[side], 0, &result, NULL);
    if (status == BYLAW_ENOMEM)
        t->status = status;
    if (status != BYLAW_OK)
        return BL_UNDETERMINED_FINDING;
    for (size_t i = 0; result->sets[0].governed && i < result->sets[0].finding_count; i++) {
        if (bl_str_equal(result->sets[0].findings[i].norm->id, norm))
            return result->sets[0].findings[i].status;
    }
    return BL_NOT_APPLICABLE;
}

/* 全体 8 个，到会 7 个，赞成 5 票 */
static bylaw_str say_facts(trying *t, const space *s)
{
    bl_str out = bl_str_init(&t->arena);

    for (size_t i = 0; i < s->count; i++) {
        const uint32_t slots[] = {s->axes[i].fact->slot};
        const bl_sum sum = {.slots = slots, .count = 1};
        const bl_value v = s->axes[i].values[s->at[i]];
        bylaw_str said = v.kind == BL_INT
                             ? bl_say_count(&t->v, &sum, v.as.i)
                             : bl_say(&t->v, &bl_word_label_value,
                                      BL_ARGS(BL_TEXT("label", bl_say_fact_label(&t->v, slots[0])),
                                              BL_TEXT("value", bl_say_value(&t->v, v, slots[0]))));
        const size_t members = bl_str_find(said, BYLAW_STR("成员 "), 0);

        if (i > 0)
            bl_str_addz(&out, bl_word_comma.in[t->v.lang]);
        if (members != SIZE_MAX && t->v.lang == BYLAW_ZH) { /* 全体 8 个 */
            bl_str_add(&out, bl_str_slice(said, 0, members));
            bl_str_add(&out, bl_str_slice(said, members + 6, said.len));
        } else {
            bl_str_add(&out, said);
        }
    }
    return taken(&out);
}

/* Of a vote whether it is won; else the status. */
static bylaw_str say_came_out(trying *t, bl_status status, bool vote)
{
    if (vote && (status == BL_SATISFIED || status == BL_NOT_MET || status == BL_VIOLATED))
        return bl_say_outcome(&t->v, status == BL_SATISFIED ? BYLAW_ADOPTED : BYLAW_NOT_ADOPTED);
    return bl_say_status(&t->v, status);
}

static bool fine(bl_status status)
{
    return status == BL_SATISFIED || status == BL_NOT_APPLICABLE;
}

static bool wrong(bl_status status)
{
    return status == BL_VIOLATED || status == BL_NOT_MET || status == BL_DEPARTED;
}

/* The action at hand; each set is named by its own id. */
static bylaw_str write_action(trying *t, int side, const space *s)
{
    bl_str text = bl_str_init(&t->arena);

    bl_str_addz(&text, "{\"action\":\"");
    bl_str_add(&text, s->kind);
    bl_str_addz(&text, "\",\"rules\":[\"");
    bl_str_add(&text, t->sets[side]->id);
    bl_str_addz(&text, "\"],\"facts\":{");
    for (size_t i = 0; i < s->count; i++) {
        bl_str_addz(&text, i > 0 ? ",\"" : "\"");
        bl_str_add(&text, s->axes[i].fact->name);
        bl_str_addz(&text, "\":");
        bl_str_add(&text, s->axes[i].texts[s->at[i]]);
    }
    bl_str_addz(&text, "}}");
    return taken(&text);
}

static void try_one(trying *t, space *s, bylaw_str norm)
{
    bl_mark mark = bl_arena_mark(&t->arena);
    bl_status statuses[2];

    for (int side = 0; side < 2; side++)
        statuses[side] = come_out(t, side, write_action(t, side, s), norm);
    const bool looser = wrong(statuses[0]) && fine(statuses[1]);
    const bool tighter = fine(statuses[0]) && wrong(statuses[1]);

    if ((looser && !s->found[0]) || (tighter && !s->found[1])) {
        s->found[looser ? 0 : 1] = true;
        if (s->example.len == 0) {
            s->example = BL_SAYF(&t->v, diff_example, BL_TEXT("facts", say_facts(t, s)),
                                 BL_TEXT("before", say_came_out(t, statuses[0], s->vote)),
                                 BL_TEXT("after", say_came_out(t, statuses[1], s->vote)));
            return; /* its text is kept */
        }
    }
    bl_arena_release(&t->arena, mark);
}

static bylaw_change compare(trying *t, const bl_norm *a, const bl_norm *b, bylaw_str *example)
{
    space s = {.kind = a->on[0]->id,
               .vote = a->body.modality == BL_CONDITION && a->body.has & BL_HAS_OF};
    size_t checks = 0;
    bool more = true;

    add_body(t, &s, 0, a);
    add_body(t, &s, 1, b);
    sort_axes(&s);
    while (more && checks++ < MAX_CHECKS && !(s.found[0] && s.found[1])) {
        size_t i = s.count;

        try_one(t, &s, a->id);
        for (more = false; i > 0 && !more; i--) {
            more = ++s.at[i - 1] < s.axes[i - 1].count;
            if (!more)
                s.at[i - 1] = 0;
        }
    }
    *example = s.example;
    return s.found[0] && s.found[1] ? BYLAW_CHANGE_BOTH
           : s.found[0]             ? BYLAW_CHANGE_LOOSENED
           : s.found[1]             ? BYLAW_CHANGE_TIGHTENED
                                    : BYLAW_CHANGE_OTHER;
}

/* ---- telling ---- */

static bylaw_str say_kinds(const bl_voice *v, const bl_norm *norm)
{
    bylaw_str names[8];
    size_t n = 0;

    for (size_t i = 0; i < norm->on_count && n < 8; i++)
        names[n++] = bl_say_label(v, norm->on[i]->label);
    return bl_say_join(v, names, n, &bl_word_enum_comma);
}

static bylaw_str say_demand(trying *t, int side, const bl_norm *norm, bool base, bool same_says)
{
    const bl_set_result result = {.set = t->sets[side]};
    bl_voice v = t->v;

    v.set = &result;
    /* the same sentence over another expression: the expressions tell the difference */
    if (!(norm->body.has & BL_HAS_OF))
        return same_says && norm->body.require != NULL
                   ? bl_say_foreign(&v, bl_program_text(norm->body.require))
                   : bl_say_label(&v, norm->says);
    const bylaw_str share = bl_say_fraction(&v, norm->body.bound);

    if (base)
        return BL_SAYF(&v, diff_of, BL_TEXT("base", bl_say_sum_label(&v, &norm->body.of)),
                       BL_TEXT("share", share));
    return bl_say(&v, norm->body.strict ? &bl_word_diff_strict : &bl_word_diff_incl,
                  BL_ARGS(BL_TEXT("share", share)));
}

static bool same_label(bylaw_label a, bylaw_label b)
{
    return bl_str_equal(a.in[BYLAW_ZH], b.in[BYLAW_ZH]) &&
           bl_str_equal(a.in[BYLAW_EN], b.in[BYLAW_EN]);
}

static const bl_msg *const change_words[BYLAW_CHANGES] = {
    &bl_word_diff_added, &bl_word_diff_removed, &bl_word_diff_loosened, &bl_word_diff_tightened,
    &bl_word_diff_both,  &bl_word_diff_other,   &bl_word_diff_reworded, &bl_word_diff_none,
};

static void tell(trying *t, bylaw_change change, const bl_norm *a, const bl_norm *b,
                 bylaw_str example)
{
    const bl_norm *norm = a != NULL ? a : b;
    const bl_style style =
        change == BYLAW_CHANGE_LOOSENED || change == BYLAW_CHANGE_REMOVED ? BL_YELLOW : BL_BOLD;
    bl_str line = bl_str_init(&t->arena);

    bl_styled(&line, style, bl_say(&t->v, change_words[change], NULL, 0));
    bl_str_addz(&line, "  ");
    bl_str_add(&line, bl_say_cite(&t->v, norm));
    bl_str_addz(&line, "  ");
    if (a != NULL && b != NULL) {
        const bool base = !same_sum(t, &a->body.of, &b->body.of) ||
                          a->body.bound.num != b->body.bound.num ||
                          a->body.bound.den != b->body.bound.den;
        const bool same = same_label(a->says, b->says);

        bl_str_add(&line, BL_SAYF(&t->v, diff_now, BL_TEXT("kinds", say_kinds(&t->v, a)),
                                  BL_TEXT("before", say_demand(t, 0, a, base, same)),
                                  BL_TEXT("after", say_demand(t, 1, b, base, same))));
    } else {
        bl_str_add(&line, BL_SAYF(&t->v, diff_one, BL_TEXT("kinds", say_kinds(&t->v, norm)),
                                  BL_TEXT("says", bl_say_label(&t->v, norm->says))));
    }
    bl_page_line(&t->page, 0, 6, taken(&line));
    if (example.len > 0)
        bl_page_line(&t->page, 6, 8, example);
    else if (change == BYLAW_CHANGE_OTHER)
        bl_page_line(&t->page, 6, 8, BL_SAY0(&t->v, diff_no_example));
}

static const bl_norm *find_norm(const bylaw_ruleset *set, const bl_norm *like, size_t nth)
{
    for (size_t i = 0; i < set->norm_count; i++) {
        if (bl_str_equal(set->norms[i].id, like->id) && nth-- == 0)
            return &set->norms[i];
    }
    return NULL;
}

/* Versions of a norm share its id: the n-th of one set is the n-th of the other. */
static size_t place_among(const bylaw_ruleset *set, const bl_norm *norm)
{
    size_t n = 0;

    for (const bl_norm *other = set->norms; other < norm; other++)
        n += bl_str_equal(other->id, norm->id);
    return n;
}

static void compare_all(trying *t, size_t counts[BYLAW_CHANGES])
{
    for (size_t i = 0; i < t->sets[0]->norm_count; i++) {
        const bl_norm *a = &t->sets[0]->norms[i];
        const bl_norm *b = find_norm(t->sets[1], a, place_among(t->sets[0], a));
        bylaw_str example = {NULL, 0};
        bylaw_change change = BYLAW_CHANGE_REMOVED;

        if (b != NULL)
            change = !same_norm(t, a, b)             ? compare(t, a, b, &example)
                     : !same_label(a->says, b->says) ? BYLAW_CHANGE_REWORDED
                                                     : BYLAW_CHANGE_NONE;
        counts[change]++;
        if (change != BYLAW_CHANGE_NONE)
            tell(t, change, a, b, example);
    }
    for (size_t i = 0; i < t->sets[1]->norm_count; i++) {
        const bl_norm *b = &t->sets[1]->norms[i];

        if (find_norm(t->sets[0], b, place_among(t->sets[1], b)) != NULL)
            continue;
        counts[BYLAW_CHANGE_ADDED]++;
        tell(t, BYLAW_CHANGE_ADDED, NULL, b, (bylaw_str){NULL, 0});
    }
}

/* 放宽 1 项，收紧 1 项，51 项不变。 */
static void total_line(trying *t, const size_t counts[BYLAW_CHANGES])
{
    bl_str line = bl_str_init(&t->arena);

    for (size_t i = 0; i < BYLAW_CHANGES; i++) {
        if (counts[i] == 0)
            continue;
        if (line.len > 0)
            bl_str_addz(&line, bl_word_comma.in[t->v.lang]);
        bl_str_add(&line,
                   bl_say(&t->v, i == BYLAW_CHANGE_NONE ? &bl_word_diff_total : &bl_word_diff_count,
                          BL_ARGS(BL_TEXT("what", bl_say(&t->v, change_words[i], NULL, 0)),
                                  BL_INT("n", (int64_t)counts[i]))));
    }
    bl_str_addz(&line, bl_word_stop.in[t->v.lang]);
    bl_page_line(&t->page, 0, 2, taken(&line));
}

bylaw_status bylaw_diff(const bylaw_ruleset *before, const bylaw_ruleset *after,
                        const bylaw_diff_telling *telling, size_t counts[BYLAW_CHANGES],
                        const bylaw_allocator *allocator)
{
    const bl_set_result result = {.set = before};
    trying t = {.sets = {before, after}, .telling = telling};
    size_t found[BYLAW_CHANGES] = {0};
    bylaw_str text;

    bl_arena_init(&t.arena, allocator);
    t.v = (bl_voice){&t.arena, telling->lang, NULL, &result};
    t.page = (bl_page){.out = bl_str_init(&t.arena),
                       .columns = telling->columns == 0 ? 80 : telling->columns,
                       .color = telling->color};
    for (int side = 0; side < 2 && t.status == BYLAW_OK; side++) {
        const bylaw_options options = {.sets = &t.sets[side], .set_count = 1};

        t.status = bylaw_checker_new(&t.checkers[side], &options, allocator);
    }
    if (t.status == BYLAW_OK) {
        compare_all(&t, found);
        total_line(&t, found);
    }
    if (t.status == BYLAW_OK)
        t.status = bl_str_take(&text, &t.page.out);
    if (t.status == BYLAW_OK)
        t.status = telling->write(telling->context, text);
    for (size_t i = 0; t.status == BYLAW_OK && i < BYLAW_CHANGES; i++)
        counts[i] = found[i];
    bylaw_checker_free(t.checkers[0]);
    bylaw_checker_free(t.checkers[1]);
    bl_arena_dispose(&t.arena);
    return t.status;
}
