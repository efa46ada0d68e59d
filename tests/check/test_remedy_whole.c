/* tests/check/test_remedy_whole.c: the remedy of the whole action against its naive twin, which
 * writes down every action that differs in one fact, then in two, and asks the same rules each
 * time.
 *
 * The actions are made up: of every kind of every bundled set, with facts stated at random, and of
 * a small rule set whose norms share facts and read the elements of a list. What the remedy says is
 * written into the action and judged again; the twin must not find a smaller set, nor one of as
 * many facts and fewer units, and where it finds any there must be a remedy. BYLAW_TWIN_MAX, 2 by
 * default, asks for more actions and larger sets; the counts compared are printed. */
#include "check/small_rules.h"

#include "check/check.h"

#include <bylaw/check.h>
#include <stdio.h>

#define MOST_SPOTS  40
#define MOST_VALUES 90
#define UNKNOWN     (-1)

/* One thing that an action can say, and all that it can say there. */
typedef struct spot {
    const char *name;  /* of the fact; of a field: of the field */
    int element;       /* of the list `rows`; -1: a fact */
    bool open, number; /* can it still change; are its units counted */
    int count;
    char values[MOST_VALUES][40]; /* as JSON */
    int64_t sizes[MOST_VALUES];   /* of a number, of a date in days */
    int64_t start;                /* what an unknown date is counted from */
} spot;

typedef struct twin {
    const bylaw_ruleset *set;
    bylaw_checker *plain, *checker; /* the second works out remedies */
    bylaw_str kind;
    spot spots[MOST_SPOTS];
    int count, rows;
    int stated[MOST_SPOTS]; /* which value, or UNKNOWN */
    const char *date, *declared;
    char text[8000];
    size_t trials, most;
    /* what the twin has found */
    int best, size;
    uint64_t units;
} twin;

static uint64_t seed = 88172645463325252u;

static uint64_t any(uint64_t below)
{
    assert_true(below > 0);
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % below;
}

static int64_t wanted(void)
{
    const char *asked = getenv("BYLAW_TWIN_MAX");

    return asked != NULL ? atoll(asked) : 2;
}

/* ---- one action, written down and judged ---- */

static size_t add(twin *t, size_t n, const char *format, const char *a, const char *b)
{
    return n + (size_t)snprintf(t->text + n, sizeof t->text - n, format, a, b);
}

static const bl_set_result *judge(twin *t, bylaw_checker *checker, const int *values,
                                  const char *declared)
{
    const bylaw_result *result = NULL;
    size_t n =
        (size_t)snprintf(t->text, sizeof t->text, "{\"action\":\"%.*s\",\"rules\":[\"%.*s\"]",
                         (int)t->kind.len, t->kind.ptr, (int)t->set->id.len, t->set->id.ptr);
    const char *between = "";

    n = add(t, n, ",\"date\":\"%s\"%s", t->date, "");
    if (declared != NULL)
        n = add(t, n, ",\"declared\":\"%s\"%s", declared, "");
    n = add(t, n, ",\"facts\":{%s%s", "", "");
    for (int i = 0; i < t->count; i++) {
        if (t->spots[i].element >= 0 || values[i] == UNKNOWN)
            continue;
        n = add(t, n, "%s", between, "");
        n = add(t, n, "\"%s\":%s", t->spots[i].name, t->spots[i].values[values[i]]);
        between = ",";
    }
    if (t->rows > 0)
        n = add(t, n, "%s\"rows\":[%s", between, "");
    for (int row = 0; row < t->rows; row++) {
        n = add(t, n, "%s{%s", row > 0 ? "," : "", "");
        between = "";
        for (int i = 0; i < t->count; i++) {
            if (t->spots[i].element != row || values[i] == UNKNOWN)
                continue;
            n = add(t, n, "%s", between, "");
            n = add(t, n, "\"%s\":%s", t->spots[i].name, t->spots[i].values[values[i]]);
            between = ",";
        }
        n = add(t, n, "}%s%s", "", "");
    }
    n = add(t, n, t->rows > 0 ? "]}}%s%s" : "}}%s%s", "", "");
    assert_true(n < sizeof t->text);
    if (bylaw_checker_read(checker, BYLAW_STR("twin.yaml"), (bylaw_str){t->text, n},
                           BYLAW_FORMAT_YAML, NULL) != BYLAW_OK)
        fail_msg("cannot be read: %s", t->text);
    t->trials++;
    if (bylaw_checker_check(checker, 0, &result, NULL) != BYLAW_OK || !result->sets[0].governed)
        return NULL;
    return &result->sets[0];
}

static bool in_order(const bl_set_result *r, const char *declared)
{
    return r != NULL && r->base_verdict == BYLAW_COMPLIANT &&
           ((declared != NULL && declared[0] == 'r') || r->outcome == BYLAW_ADOPTED ||
            r->outcome == BYLAW_NO_OUTCOME);
}

/* ---- every set of changes ---- */

static uint64_t units(const twin *t, int i, int value)
{
    const spot *s = &t->spots[i];
    const int64_t from = t->stated[i] != UNKNOWN && s->sizes[t->stated[i]] != INT64_MIN
                             ? s->sizes[t->stated[i]]
                             : s->start;
    const int64_t way = s->number && s->sizes[value] != INT64_MIN ? s->sizes[value] - from : 1;

    return way == 0 ? 1 : (uint64_t)(way < 0 ? -way : way);
}

static bool spent(const twin *t)
{
    return t->trials >= t->most;
}

/* All ways to change `left` more of the spots from `first` on. */
static void enumerate(twin *t, int *values, const char *declared, int first, int left,
                      uint64_t so_far)
{
    if (left == 0) {
        if (so_far < t->units && in_order(judge(t, t->plain, values, declared), declared))
            t->units = so_far;
        return;
    }
    for (int i = first; i < t->count && !spent(t); i++) {
        const int was = values[i];

        if (!t->spots[i].open)
            continue;
        for (int v = 0; v < t->spots[i].count && !spent(t); v++) {
            if (v == was)
                continue;
            values[i] = v;
            enumerate(t, values, declared, i + 1, left - 1, so_far + units(t, i, v));
        }
        values[i] = was;
    }
}

/* Sets of one, then of two …; false: there were too many to try them all. */
static bool find(twin *t, bool may_correct, int most)
{
    int values[MOST_SPOTS];

    memcpy(values, t->stated, sizeof values);
    t->units = UINT64_MAX;
    t->trials = 0;
    for (t->size = 1; t->size <= most && t->units == UINT64_MAX; t->size++) {
        enumerate(t, values, t->declared, 0, t->size, 0);
        if (may_correct)
            enumerate(t, values, t->declared[0] == 'a' ? "rejected" : "adopted", 0, t->size - 1, 1);
        if (spent(t))
            return false;
    }
    t->size--;
    return true;
}

/* ---- what the remedy says ---- */

static uint64_t remedy_units(const twin *t, const bl_set_result *r, const bl_remedy *remedy)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < remedy->count; i++) {
        const bl_change *c = &remedy->changes[i];
        bl_value was = BL_NULL_VALUE;

        if (c->slot >= BL_SLOT_FACTS)
            was = c->within
                      ? r->slots[c->slot].as.list->items[c->element].as.record->fields[c->field]
                      : r->slots[c->slot];
        int64_t from = 0, way = 1;

        if (was.kind == BL_INT || was.kind == BL_DATE)
            from = was.as.i;
        else if (c->value.kind == BL_DATE)
            from = r->slots[BL_SLOT_DATE].as.i;
        if (c->value.kind == BL_INT || c->value.kind == BL_DATE)
            way = c->value.as.i - from;
        sum += way == 0 ? 1 : (uint64_t)(way < 0 ? -way : way);
    }
    (void)t;
    return sum;
}

/* Writes a change into the action; false where the twin has no such value. */
static bool apply(const twin *t, int *values, const char **declared, const bl_set_result *r,
                  const bl_change *c)
{
    char text[60];
    bl_arena arena;
    bl_str out;
    bool found = false;

    if (c->slot == BL_SLOT_DECLARED) {
        *declared = bl_string_of(c->value).ptr[0] == 'a' ? "adopted" : "rejected";
        return true;
    }
    const bl_fact *fact = &r->set->facts[c->slot - BL_SLOT_FACTS];
    const bylaw_str name = c->within ? fact->type->params[0]->fields[c->field].name : fact->name;

    bl_arena_init(&arena, NULL);
    out = bl_str_init(&arena);
    if (c->value.kind == BL_ENUM || c->value.kind == BL_NAME) {
        bl_str_add(&out, bl_string_of(c->value));
        snprintf(text, sizeof text, "\"%.*s\"", (int)out.len, bl_str_view(&out).ptr);
    } else if (c->value.kind == BL_NULL) {
        snprintf(text, sizeof text, "none");
    } else {
        bl_value_write(&out, c->value);
        const bylaw_str said = bl_str_view(&out);

        /* date("2026-11-21") stands as "2026-11-21" */
        if (c->value.kind == BL_DATE)
            snprintf(text, sizeof text, "%.*s", (int)said.len - 6, said.ptr + 5);
        else
            snprintf(text, sizeof text, "%.*s", (int)said.len, said.ptr);
    }
    for (int i = 0; i < t->count && !found; i++) {
        if (!bl_str_is(name, t->spots[i].name) ||
            t->spots[i].element != (c->within ? (int)c->element : -1))
            continue;
        for (int v = 0; v < t->spots[i].count && !found; v++) {
            if (strcmp(t->spots[i].values[v], text) == 0) {
                values[i] = v;
                found = true;
            }
        }
    }
    bl_arena_dispose(&arena);
    return found;
}

typedef struct tally {
    size_t actions, agree, none, beyond, judged;
} tally;

static void compare(twin *t, tally *all)
{
    const bl_set_result *r = judge(t, t->checker, t->stated, t->declared);
    int values[MOST_SPOTS];
    const char *declared = t->declared;
    bl_remedy_kind kind;
    size_t count;
    uint64_t said_units = 0;
    bool smallest, writable = true;

    /* a record that contradicts itself is put right by its author alone */
    if (r == NULL || r->remedy == NULL || r->clash_count > 0)
        return;
    kind = r->remedy->kind;
    count = r->remedy->count;
    smallest = r->remedy->smallest;
    memcpy(values, t->stated, sizeof values);
    const bool may_correct = r->declared_otherwise;

    assert_true(r->remedy->trials <= 1500 + 100);
    if (count > 0) {
        said_units = remedy_units(t, r, r->remedy);
        for (size_t i = 0; i < count; i++)
            writable = writable && apply(t, values, &declared, r, &r->remedy->changes[i]);
    }
    all->actions++;
    /* what it says is enough, when it is written down */
    bool adopted = false;

    if (count > 0 && writable) {
        const bl_set_result *after = judge(t, t->plain, values, declared);

        if (after == NULL || after->base_verdict != BYLAW_COMPLIANT) {
            print_message("%s\n", t->text);
            judge(t, t->plain, t->stated, t->declared);
            fail_msg("%s not enough: %s", bl_remedy_name(kind), t->text);
        }
        adopted = in_order(after, declared);
    }
    /* and the twin finds nothing smaller */
    const bool complete = find(t, may_correct, count > 0 && count < 3 ? (int)count : 2);

    all->judged += t->trials;
    if (t->units == UINT64_MAX) {
        all->none += complete;
        all->beyond += !complete;
        return;
    }
    judge(t, t->plain, t->stated, t->declared);
    if (count == 0)
        fail_msg("twin finds %d facts, %llu units, remedy says %s: %s", t->size,
                 (unsigned long long)t->units, bl_remedy_name(kind), t->text);
    if (writable && !adopted)
        fail_msg("twin has it adopted with %d facts, the remedy not: %s", t->size, t->text);
    if (smallest &&
        (count > (size_t)t->size || (count == (size_t)t->size && said_units > t->units)))
        fail_msg("twin finds %d facts, %llu units, remedy %zu, %llu: %s", t->size,
                 (unsigned long long)t->units, count, (unsigned long long)said_units, t->text);
    all->agree++;
}

/* ---- spots of the facts of a set ---- */

static void add_value(spot *s, int64_t size, const char *format, const char *text)
{
    if (s->count == MOST_VALUES)
        return;
    s->sizes[s->count] = size;
    snprintf(s->values[s->count++], sizeof s->values[0], format, text);
}

static bool fill_spot(spot *s, const bl_type *type, bool is_count, bool in_group, int64_t most)
{
    static const char *const dates[] = {"2026-11-19", "2026-11-20", "2026-11-21",
                                        "2026-11-22", "2026-11-23", "2027-01-31"};
    static const int64_t days[] = {-2, -1, 0, 1, 2, 71};
    const bool nullable = type->kind == BL_T_NULLABLE;
    char number[24];

    if (nullable)
        type = type->params[0];
    s->number = type->kind == BL_T_INT || type->kind == BL_T_DATE;
    switch (type->kind) {
    case BL_T_BOOL:
        add_value(s, 1, "%s", "true");
        add_value(s, 1, "%s", "false");
        break;
    case BL_T_ENUM:
        for (size_t i = 0; i < type->enumerated->count; i++) {
            char id[36];

            snprintf(id, sizeof id, "%.*s", (int)type->enumerated->values[i]->id.len,
                     type->enumerated->values[i]->id.ptr);
            add_value(s, 1, "\"%s\"", id);
        }
        break;
    case BL_T_INT:
        for (int64_t i = is_count ? 0 : -1; i <= most; i++) {
            snprintf(number, sizeof number, "%lld", (long long)i);
            add_value(s, i, "%s", number);
        }
        break;
    case BL_T_DATE:
        for (size_t i = 0; i < 6; i++)
            add_value(s, days[i], "\"%s\"", dates[i]);
        break;
    default:
        return false;
    }
    if (nullable && !in_group) /* a step is stated as none as a whole */
        add_value(s, INT64_MIN, "%s", "none");
    return true;
}

static void mark(const bylaw_ruleset *set, bool *read, uint32_t slot);

static void mark_program(const bylaw_ruleset *set, bool *read, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program != NULL ? bl_program_slots(program, &n) : NULL;

    for (size_t i = 0; i < n; i++)
        mark(set, read, slots[i]);
}

static void mark(const bylaw_ruleset *set, bool *read, uint32_t slot)
{
    if (slot < BL_SLOT_FACTS || read[slot])
        return;
    read[slot] = true;
    /* what is presumed is not proposed, nor what would say otherwise */
    if (!set->facts[slot - BL_SLOT_FACTS].is_presumed)
        mark_program(set, read, set->facts[slot - BL_SLOT_FACTS].derive);
}

/* The single facts that the norms of the kind read. */
static void make_spots(twin *t, const bl_kind_def *kind)
{
    static char names[MOST_SPOTS][64];
    bool *read = calloc(t->set->slot_count, sizeof *read);

    assert_non_null(read);
    t->count = t->rows = 0;
    for (size_t i = 0; i < kind->norm_count; i++) {
        const bl_norm *norm = &t->set->norms[kind->norms[i]];

        mark_program(t->set, read, norm->body.when);
        mark_program(t->set, read, norm->body.require);
        mark_program(t->set, read, norm->body.due);
        for (size_t k = 0; k < norm->body.count.count; k++)
            mark(t->set, read, norm->body.count.slots[k]);
        for (size_t k = 0; k < norm->body.of.count; k++)
            mark(t->set, read, norm->body.of.slots[k]);
    }
    for (size_t i = 0; i < t->set->fact_count && t->count < MOST_SPOTS; i++) {
        const bl_fact *fact = &t->set->facts[i];
        spot *s = &t->spots[t->count];

        if (!read[fact->slot])
            continue;
        *s = (spot){.name = names[t->count], .element = -1};
        if (!fill_spot(s, fact->type, fact->is_count, fact->group != NULL, 5))
            continue;
        snprintf(names[t->count], sizeof names[0], "%.*s", (int)fact->name.len, fact->name.ptr);
        t->count++;
    }
    free(read);
}

static const bl_fact *fact_of(const twin *t, const char *name)
{
    return bl_map_get(&t->set->fact_index, bylaw_str_from(name));
}

static bool is_vote(const char *name)
{
    return strncmp(name, "vote.", 5) == 0;
}

/* States facts at random; a presumed one mostly not. Then which can still change. */
static void state_facts(twin *t)
{
    bool held = false;

    for (int i = 0; i < t->count; i++) {
        const bl_fact *fact = fact_of(t, t->spots[i].name);
        const bool rarely = fact->is_presumed || fact->derive != NULL;

        t->stated[i] = UNKNOWN;
        if (any(10) < (rarely ? 1u : 7u))
            t->stated[i] = (int)any((uint64_t)t->spots[i].count);
        held = held || (t->stated[i] != UNKNOWN && is_vote(t->spots[i].name));
    }
    for (int i = 0; i < t->count; i++) {
        spot *s = &t->spots[i];
        const bl_fact *fact = fact_of(t, s->name);
        const bool known = t->stated[i] != UNKNOWN;
        const bool past = known && s->number && s->sizes[t->stated[i]] < 0 &&
                          s->sizes[t->stated[i]] != INT64_MIN && fact->type->kind != BL_T_INT;

        if (fact->judgement)
            s->open = false;
        else if (!known)
            s->open = !fact->is_presumed && fact->derive == NULL;
        else if (past && fact->open_until != BL_OPEN_EFFECT)
            s->open = false;
        else
            s->open = fact->open_until == BL_OPEN_ALWAYS ||
                      (fact->open_until == BL_OPEN_EFFECT && t->declared == NULL) ||
                      (fact->open_until == BL_OPEN_VOTE && t->declared == NULL && !held);
    }
}

static void open_checkers(twin *t)
{
    bylaw_options options = {.sets = &t->set, .set_count = 1};

    assert_int_equal(bylaw_checker_new(&t->plain, &options, NULL), BYLAW_OK);
    options.remedies = true;
    assert_int_equal(bylaw_checker_new(&t->checker, &options, NULL), BYLAW_OK);
}

static void close_checkers(twin *t)
{
    bylaw_checker_free(t->plain);
    bylaw_checker_free(t->checker);
}

static void compare_kind(twin *t, const bl_kind_def *kind, tally *all)
{
    static const char *const declared[] = {NULL, NULL, "adopted", "rejected"};

    t->kind = kind->value->id;
    t->date = "2026-11-21";
    make_spots(t, kind);
    for (int64_t i = 0; i < wanted(); i++) {
        t->declared = declared[any(4)];
        state_facts(t);
        compare(t, all);
    }
}

static void every_kind_agrees_with_trying_everything(void **state)
{
    tally all = {0};
    twin *t = calloc(1, sizeof *t);

    (void)state;
    assert_non_null(t);
    t->most = (size_t)(wanted() * 150);
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        assert_int_equal(bylaw_ruleset_bundled((bylaw_ruleset **)(uintptr_t)&t->set,
                                               bylaw_bundled_name(i), NULL, NULL),
                         BYLAW_OK);
        open_checkers(t);
        for (uint32_t k = 0; k < t->set->kinds->count; k++) {
            if (t->set->kind_defs[k].norm_count > 0)
                compare_kind(t, &t->set->kind_defs[k], &all);
        }
        close_checkers(t);
        bylaw_ruleset_free((bylaw_ruleset *)(uintptr_t)t->set);
    }
    print_message("%zu actions: %zu smallest sets agree, %zu where the twin finds none, %zu too "
                  "many to try; %zu judged\n",
                  all.actions, all.agree, all.none, all.beyond, all.judged);
    assert_true(all.actions > 50 && all.agree > 20);
    free(t);
}

/* ---- a small rule set whose norms share facts, and read the elements of a list ---- */

static void add_spot(twin *t, const char *name, int element, const bl_type *type, bool is_count,
                     bool open)
{
    spot *s = &t->spots[t->count++];

    *s = (spot){.name = name, .element = element, .open = open};
    if (type->kind == BL_T_NAME)
        add_value(s, 1, "%s", element == 0 ? "x" : "y");
    else
        assert_true(fill_spot(s, type, is_count, false, 5));
}

/* Mostly what is in order, so that few changes are enough; else anything, or nothing. */
static int state_of(const spot *s, const char *good)
{
    const bool as_it_should = any(3) > 0;

    for (int v = 0; v < s->count && as_it_should; v++) {
        if (strcmp(s->values[v], good) == 0)
            return v;
    }
    return any(4) == 0 ? UNKNOWN : (int)any((uint64_t)s->count);
}

static void state_small(twin *t)
{
    static const char *const facts[] = {"a", "b", "c", "past", "n", "m", "p"};
    static const char *const good[] = {"false", "true", "false", "true", "4", "5", "\"mid\""};
    const bl_type *row = fact_of(t, "rows")->type->params[0];

    t->count = 0;
    t->rows = (int)any(3);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const bl_fact *fact = fact_of(t, facts[i]);

        add_spot(t, facts[i], -1, fact->type, fact->is_count, true);
        t->stated[t->count - 1] = state_of(&t->spots[t->count - 1], good[i]);
        if (fact->open_until == BL_OPEN_NEVER && t->stated[t->count - 1] != UNKNOWN)
            t->spots[t->count - 1].open = false;
    }
    for (int r = 0; r < t->rows; r++) {
        static const char *const fields[] = {"name", "grade", "score", "done"};
        static const char *const fine[] = {"x", "\"high\"", "3", "true"};

        for (size_t k = 0; k < 4; k++) {
            add_spot(t, fields[k], r, row->fields[k].type, k == 2, k > 0);
            t->stated[t->count - 1] = k > 0 ? state_of(&t->spots[t->count - 1], fine[k]) : 0;
        }
    }
}

static void fields_of_elements_agree_with_trying_everything(void **state)
{
    tally all = {0};
    twin *t = calloc(1, sizeof *t);

    (void)state;
    assert_non_null(t);
    t->set = rules_of(small_rules);
    t->kind = BYLAW_STR("filing");
    t->date = "2026-11-21";
    t->most = (size_t)(wanted() * 1500);
    open_checkers(t);
    for (int64_t i = 0; i < wanted() * 20; i++) {
        state_small(t);
        compare(t, &all);
    }
    close_checkers(t);
    print_message("%zu actions: %zu smallest sets agree, %zu where the twin finds none, %zu too "
                  "many to try; %zu judged\n",
                  all.actions, all.agree, all.none, all.beyond, all.judged);
    assert_true(all.actions > 10 && all.agree > 5);
    bylaw_ruleset_free((bylaw_ruleset *)(uintptr_t)t->set);
    free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_agrees_with_trying_everything),
        cmocka_unit_test(fields_of_elements_agree_with_trying_everything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
