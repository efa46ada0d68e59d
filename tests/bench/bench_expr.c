/* tests/bench/bench_expr.c: what an expression costs, in nanoseconds: parsing, checking, planning,
 * evaluating, beside a C function written by hand for the same condition. Ten expressions as rule
 * sets have them, ten of the conformance suite.
 *
 * Machines are noisy: each figure is the best of several rounds, and what counts are the ratios. */
#define _POSIX_C_SOURCE 199309L

#include "expr/ast.h"
#include "expr/syntax.h"
#include "text/unicode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS  9
#define MEMBERS 8

/* The facts: as C has them, and as slots. */
typedef struct office {
    const char *name;
    const char *parent;
} office;

static const office offices[] = {{"chair", NULL},    {"vice_chair", NULL},
                                 {"assembly", NULL}, {"secretariat", NULL},
                                 {"cast", NULL},     {"cast_council", "cast"}};

enum { CHAIR, VICE_CHAIR, ASSEMBLY, SECRETARIAT, CAST, CAST_COUNCIL, OFFICES };

static struct facts {
    int64_t yes, no, present, members, term_years, date, approved_on;
    const bl_enum_value *proposer, *approver, *decider;
    bool announced, delegated, vacant;
    bl_value roll[MEMBERS];
    bl_value ballots[MEMBERS];
} facts;

static bl_enum_value office_values[OFFICES];
static bl_enum_value *office_list[OFFICES];
static bl_enum office_enum = {.name = {"actor", 5}, .values = office_list, .count = OFFICES};

/* The same conditions by hand. Each reads the facts through memory, as a rule does; names that look
 * alike are neither the same nor different, so that is asked as well. */
static bl_arena names_arena;

static bool same_name(const bl_value *a, const bl_value *b)
{
    bool alike = false;

    if (bl_str_equal(a->as.name->key, b->as.name->key))
        return true;
    if (bl_name_looks_like(&names_arena, &alike, a->as.name->key, b->as.name->key) != BYLAW_OK ||
        alike)
        abort();
    return false;
}

static bool c_office(void)
{
    return facts.proposer == &office_values[CHAIR];
}

static bool c_sum(void)
{
    int64_t sum;

    return !__builtin_add_overflow(facts.yes, facts.no, &sum) && sum <= facts.present;
}

static bool c_bounds(void)
{
    return facts.present > 0 && facts.present <= facts.members && facts.members < 1000;
}

static bool is_below(const bl_enum_value *v, const bl_enum_value *above)
{
    while (v != NULL && v != above)
        v = v->parent;
    return v != NULL;
}

static bool c_is(void)
{
    return is_below(facts.approver, &office_values[CAST]);
}

static bool c_dates(void)
{
    return facts.approved_on <= facts.date && facts.date >= 18523;
}

static bool c_either(void)
{
    return facts.proposer == &office_values[CHAIR] || facts.delegated;
}

static bool c_not(void)
{
    return !(facts.vacant || facts.delegated) && facts.decider == &office_values[ASSEMBLY];
}

static bool c_terms(void)
{
    return facts.term_years == 5 && facts.announced && facts.decider != &office_values[CHAIR];
}

static bool c_in_roll(void)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        if (same_name(&facts.roll[5], &facts.roll[i]))
            return true;
    }
    return false;
}

static bool c_one_ballot(void)
{
    size_t found = 0;

    for (size_t i = 0; i < MEMBERS; i++)
        found += same_name(&facts.ballots[i].as.record->fields[0], &facts.roll[5]);
    return found == 1;
}

/* Those of the suite have no facts: by hand they are constants as well. */
static bool c_constant(void)
{
    return true;
}

static const struct subject {
    const char *expr;
    bool (*by_hand)(void);
    bool charter;
} subjects[] = {
    {"proposer.office == 'chair'", c_office, true},
    {"vote.yes + vote.no <= present", c_sum, true},
    {"present > 0 && present <= members && members < 1000", c_bounds, true},
    {"approved.by.is('cast')", c_is, true},
    {"approved.on <= date && date >= date('2020-09-18')", c_dates, true},
    {"proposer.office == 'chair' || delegated", c_either, true},
    {"!(vacant || delegated) && deciding_body == 'assembly'", c_not, true},
    {"term_years == 5 && announced && deciding_body != 'chair'", c_terms, true},
    {"someone in roll", c_in_roll, true},
    {"ballots.exists_one(o, o.member == someone)", c_one_ballot, true},
    {"-9223372036854775808 < 9223372036854775807", c_constant, false},
    {"[1, 2, 3].all(x, x > 0)", c_constant, false},
    {"'banana'.matches('ba(na)*')", c_constant, false},
    {"{'key1': 1, 'key2': 2}.exists(k, v, k == 'key2' && v == 2)", c_constant, false},
    {"timestamp('2009-02-13T23:31:30Z') + duration('240s') > timestamp('2009-02-13T23:04:00Z')",
     c_constant, false},
    {"[1, 'foo', 3].exists(e, e != '1')", c_constant, false},
    {"(15u * (23u * 88u)) == ((15u * 23u) * 88u)", c_constant, false},
    {"dyn(3.0) in [5, 4, 3, 2, 1]", c_constant, false},
    {"{0: 1, 2: 2, 5: 3}[5] == 3 && 'a' + 'b' == 'ab'", c_constant, false},
    {"[0, 1, 2] + [3, 4, 5] == [0, 1, 2, 3, 4, 5]", c_constant, false},
};

#define SUBJECTS (sizeof subjects / sizeof subjects[0])

static double now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* The best time of one run of `work`, run often enough for the clock. */
static double best(void (*work)(void *), void *context, int turns)
{
    double least = 1e300;

    for (int round = 0; round < ROUNDS; round++) {
        const double start = now_ns();

        for (int i = 0; i < turns; i++)
            work(context);
        const double each = (now_ns() - start) / turns;

        if (each < least)
            least = each;
    }
    return least;
}

typedef struct bench {
    bl_arena fixed;   /* environment and facts */
    bl_arena scratch; /* reset for each turn */
    bl_arena values;  /* of evaluations; reset as well */
    bl_eval eval;
    bl_env *env[2];
    bl_value slots[24];
    uint32_t slot_count;
    const struct subject *subject;
    bl_program *program;
} bench;

static bl_expr_text text_of(const bench *b)
{
    return (bl_expr_text){.text = bylaw_str_from(b->subject->expr)};
}

static void parse(void *context)
{
    bench *b = context;
    bl_report report = {.text = text_of(b)};
    bl_syntax *tree = NULL;

    bl_arena_reset(&b->scratch);
    if (bl_parse(&tree, &b->scratch, &b->scratch,
                 b->subject->charter ? BL_ENV_CHARTER : BL_ENV_PLAIN, &bl_limits_default,
                 &report) != BYLAW_OK)
        abort();
}

static void check(void *context)
{
    bench *b = context;
    bl_tree *tree = NULL;

    bl_arena_reset(&b->scratch);
    if (bl_tree_read(&tree, b->env[b->subject->charter], &b->scratch, text_of(b), BL_SIMPLE(BOOL),
                     true, NULL) != BYLAW_OK) {
        fprintf(stderr, "does not check: %s\n", b->subject->expr);
        exit(1);
    }
}

static void compile(void *context)
{
    bench *b = context;

    bl_arena_reset(&b->scratch);
    if (bl_compile(&b->program, b->env[b->subject->charter], &b->scratch, text_of(b),
                   BL_SIMPLE(BOOL), true, NULL) != BYLAW_OK)
        abort();
}

/* As a checker does: one context for an action, its arena reset when the action is done. */
static void evaluate(void *context)
{
    bench *b = context;

    if (!bl_is_true(bl_evaluate(b->program, &b->eval))) {
        fprintf(stderr, "is not true: %s\n", b->subject->expr);
        exit(1);
    }
    if (b->eval.cost > 100000) {
        bl_arena_reset(&b->values);
        b->eval.cost = 0;
    }
}

static void by_hand(void *context)
{
    bench *b = context;

    if (!b->subject->by_hand())
        abort();
}

static void declare(bench *b, const char *name, const bl_type *type, bl_value value)
{
    b->slots[b->slot_count] = value;
    if (bl_env_add_variable(b->env[1], bylaw_str_from(name), type, b->slot_count++) != BYLAW_OK)
        abort();
}

static bl_value name_value(bench *b, size_t i)
{
    char *text = bl_arena_alloc(&b->fixed, 32);

    snprintf(text, 32, "成员学会%zu", i);
    return bl_name_value(&b->fixed, bylaw_str_from(text));
}

static void make_lists(bench *b, const bl_type *ballot)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        bl_record *record = BL_NEW(&b->fixed, bl_record);
        bl_value *fields = BL_NEW_N(&b->fixed, bl_value, 2);

        facts.roll[i] = name_value(b, i);
        fields[0] = facts.roll[i];
        fields[1] = bl_int(1);
        *record = (bl_record){ballot, fields};
        facts.ballots[i] = (bl_value){.kind = BL_RECORD, .as.record = record};
    }
}

static void make_facts(bench *b)
{
    static bl_field fields[2];
    static bl_type ballot = {
        .kind = BL_T_RECORD, .name = {"ballot", 6}, .fields = fields, .field_count = 2};
    const bl_type *actor;

    for (size_t i = 0; i < OFFICES; i++) {
        office_values[i] =
            (bl_enum_value){.id = bylaw_str_from(offices[i].name),
                            .parent = i == CAST_COUNCIL ? &office_values[CAST] : NULL,
                            .of = &office_enum,
                            .index = (uint32_t)i,
                            .has_below = i == CAST};
        office_list[i] = &office_values[i];
    }
    actor = bl_type_enum(&b->fixed, &office_enum);
    fields[0] = (bl_field){.name = BYLAW_STR("member"), .type = BL_SIMPLE(NAME)};
    fields[1] = (bl_field){.name = BYLAW_STR("weight"), .type = BL_SIMPLE(INT)};
    make_lists(b, &ballot);
    facts = (struct facts){.yes = 5,
                           .no = 2,
                           .present = 8,
                           .members = 8,
                           .term_years = 5,
                           .date = 20778,
                           .approved_on = 20700,
                           .proposer = &office_values[CHAIR],
                           .approver = &office_values[CAST_COUNCIL],
                           .decider = &office_values[ASSEMBLY],
                           .announced = true};
    make_lists(b, &ballot);
    declare(b, "proposer.office", actor, bl_enum_of(facts.proposer));
    declare(b, "approved.by", actor, bl_enum_of(facts.approver));
    declare(b, "deciding_body", actor, bl_enum_of(facts.decider));
    declare(b, "vote.yes", BL_SIMPLE(INT), bl_int(facts.yes));
    declare(b, "vote.no", BL_SIMPLE(INT), bl_int(facts.no));
    declare(b, "present", BL_SIMPLE(INT), bl_int(facts.present));
    declare(b, "members", BL_SIMPLE(INT), bl_int(facts.members));
    declare(b, "term_years", BL_SIMPLE(INT), bl_int(facts.term_years));
    declare(b, "date", BL_SIMPLE(DATE), bl_date_value(facts.date));
    declare(b, "approved.on", BL_SIMPLE(DATE), bl_date_value(facts.approved_on));
    declare(b, "announced", BL_SIMPLE(BOOL), bl_bool(facts.announced));
    declare(b, "delegated", BL_SIMPLE(BOOL), bl_bool(facts.delegated));
    declare(b, "vacant", BL_SIMPLE(BOOL), bl_bool(facts.vacant));
    declare(b, "someone", BL_SIMPLE(NAME), facts.roll[5]);
    declare(b, "roll", bl_type_list(&b->fixed, BL_SIMPLE(NAME)),
            bl_list_value(&b->fixed, facts.roll, MEMBERS));
    declare(b, "ballots", bl_type_list(&b->fixed, &ballot),
            bl_list_value(&b->fixed, facts.ballots, MEMBERS));
}

int main(void)
{
    static bench b;
    double sum = 0, floor = 0;

    bl_arena_init(&b.fixed, NULL);
    bl_arena_init(&b.scratch, NULL);
    bl_arena_init(&b.values, NULL);
    bl_arena_init(&names_arena, NULL);
    b.env[0] = bl_env_new(&b.fixed, BL_ENV_PLAIN, NULL);
    b.env[1] = bl_env_new(&b.fixed, BL_ENV_CHARTER, NULL);
    if (b.env[0] == NULL || b.env[1] == NULL)
        abort();
    make_facts(&b);
    b.eval = (bl_eval){.arena = &b.values, .slots = b.slots, .slot_count = b.slot_count};
    printf("%8s %8s %8s %8s %8s  ns, best of %d\n", "parse", "check", "plan", "evaluate", "by hand",
           ROUNDS);
    for (size_t i = 0; i < SUBJECTS; i++) {
        b.subject = &subjects[i];
        const double parsed = best(parse, &b, 2000);
        const double checked = best(check, &b, 2000);
        const double compiled = best(compile, &b, 2000);
        const double evaluated = best(evaluate, &b, 20000);
        const double hand = best(by_hand, &b, 20000);

        printf("%8.0f %8.0f %8.0f %8.1f %8.1f  %s\n", parsed, checked - parsed, compiled - checked,
               evaluated, hand, subjects[i].expr);
        if (subjects[i].charter) {
            sum += evaluated;
            floor += hand;
        }
    }
    printf("rules: evaluating takes %.1f times the C written by hand\n", sum / floor);
    bl_arena_dispose(&b.values);
    bl_arena_dispose(&names_arena);
    bl_arena_dispose(&b.scratch);
    bl_arena_dispose(&b.fixed);
    return 0;
}
