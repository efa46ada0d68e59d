/* tests/check/test_exhaust.c: what trying a rule set out finds, against its naive twin: the same
 * votes, each an action of its own, judged by the public checker, with and without the reading. And
 * what the notes of the bundled sets say of them. */
#include "support.h"

#include "check/exhaust.h"

#include <bylaw/bylaw.h>
#include <stdio.h>

static bylaw_ruleset *bundled(const char *name)
{
    bylaw_ruleset *set = NULL;

    assert_int_equal(bylaw_ruleset_bundled(&set, bylaw_str_from(name), NULL, NULL), BYLAW_OK);
    return set;
}

/* ---- the naive twin ---- */

typedef struct twin {
    const bylaw_ruleset *set;
    const char *kind;
    bylaw_checker *usual, *other; /* under the readings in use; under another option */
} twin;

typedef struct tally {
    int64_t members, present, yes, no, abstain;
    bool major;
} tally;

/* Do the conditions that are decided by counting hold? */
static bool carries(bylaw_checker *checker, const char *kind, const tally *t)
{
    const bylaw_result *result = NULL;
    char text[400];
    bool any = false;
    const int n = snprintf(text, sizeof text,
                           "{\"action\":\"%s\",\"rules\":[\"wcasp\"],\"date\":\"2026-06-15\","
                           "\"facts\":{\"members\":%lld,\"present\":%lld,\"vote.yes\":%lld,"
                           "\"vote.no\":%lld,\"vote.abstain\":%lld,\"major\":%s}}",
                           kind, (long long)t->members, (long long)t->present, (long long)t->yes,
                           (long long)t->no, (long long)t->abstain, t->major ? "true" : "false");

    assert_true(n > 0 && (size_t)n < sizeof text);
    assert_int_equal(bylaw_checker_read(checker, BYLAW_STR("twin"), (bylaw_str){text, (size_t)n},
                                        BYLAW_FORMAT_JSON, NULL),
                     BYLAW_OK);
    assert_int_equal(bylaw_checker_check(checker, 0, &result, NULL), BYLAW_OK);
    for (size_t i = 0; i < result->sets[0].finding_count; i++) {
        const bl_finding *f = &result->sets[0].findings[i];

        if (f->modality != BL_CONDITION || !f->figures->present || f->status == BL_NOT_APPLICABLE)
            continue;
        if (!bl_is_true(f->value))
            return false;
        any = true;
    }
    return any;
}

typedef struct counts {
    size_t cases, parted, stuck;
} counts;

/* All votes of one attendance; true when one carries whatever the matter is called. */
static bool sweep(const twin *w, tally t, counts *found)
{
    bool reachable = false;

    for (t.no = 0; t.no <= t.present; t.no++) {
        for (t.abstain = 0; t.abstain <= t.present - t.no; t.abstain++) {
            for (t.yes = 0; t.yes <= t.present - t.no - t.abstain; t.yes++) {
                for (int major = 0; major < 2; major++) {
                    t.major = major == 1;
                    const bool usual = carries(w->usual, w->kind, &t);

                    reachable = reachable || usual;
                    found->cases++;
                    found->parted += usual != carries(w->other, w->kind, &t);
                }
            }
        }
    }
    return reachable;
}

static bylaw_checker *checker_of(const bylaw_ruleset *const *set, const bylaw_setting *reading)
{
    const bylaw_options options = {
        .sets = set, .set_count = 1, .readings = reading, .reading_count = reading != NULL};
    bylaw_checker *checker = NULL;

    assert_int_equal(bylaw_checker_new(&checker, &options, NULL), BYLAW_OK);
    return checker;
}

static counts count_naively(const bylaw_ruleset *set, const char *kind, bylaw_setting reading,
                            int64_t most)
{
    twin w = {set, kind, checker_of(&set, NULL), checker_of(&set, &reading)};
    counts found = {0, 0, 0};

    for (int64_t members = 1; members <= most; members++) {
        for (int64_t present = 1; present <= members; present++)
            found.stuck += !sweep(&w, (tally){.members = members, .present = present}, &found);
    }
    bylaw_checker_free(w.usual);
    bylaw_checker_free(w.other);
    return found;
}

static const bl_votes_tried *votes_on(const bl_exhausted *e, const char *kind)
{
    for (size_t i = 0; i < e->votes.count; i++) {
        if (bl_str_is(e->votes.items[i].kind->id, kind))
            return &e->votes.items[i];
    }
    fail_msg("no votes on %s", kind);
    return NULL;
}

static size_t parted_by(const bylaw_ruleset *set, const bl_votes_tried *v, bylaw_setting reading)
{
    for (size_t i = 0; i < v->partings.count; i++) {
        const bl_choice c = v->partings.items[i].choice;

        if (bl_str_equal(set->readings[c.reading].name, reading.name) &&
            bl_str_equal(set->readings[c.reading].options[c.option].name, reading.value))
            return v->partings.items[i].cases;
    }
    return 0;
}

#define READING(name, option)                                                                      \
    {                                                                                              \
        {name, sizeof name - 1},                                                                   \
        {                                                                                          \
            option, sizeof option - 1                                                              \
        }                                                                                          \
    }

static void every_vote_comes_out_as_the_checker_has_it(void **state)
{
    static const struct {
        const char *kind;
        bylaw_setting reading;
    } asked[] = {
        {"resolution", READING("half", "exclusive")},
        {"resolution", READING("attending", "for-against")},
        {"dissolution", READING("base", "attending")},
        {"dissolution", READING("two-thirds", "more-than")},
        {"amendment", READING("amendment-bar", "two-thirds")},
        {"election", READING("election-majority", "plurality")},
        {"expulsion", READING("major-matters", "declared")},
        {"removal", READING("consensus", "unanimity")},
    };
    enum { MOST = 3 };
    bylaw_ruleset *set = bundled("wcasp");
    bl_exhausted e;
    bl_arena arena;
    size_t compared = 0;

    (void)state;
    bl_arena_init(&arena, NULL);
    assert_int_equal(bl_exhaust(&e, set, MOST, &arena), BYLAW_OK);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const bl_votes_tried *v = votes_on(&e, asked[i].kind);
        const counts naive = count_naively(set, asked[i].kind, asked[i].reading, MOST);

        assert_int_equal(v->cases, naive.cases);
        assert_int_equal(v->stuck, naive.stuck);
        assert_int_equal(parted_by(set, v, asked[i].reading), naive.parted);
        compared += naive.cases;
    }
    print_message("%zu votes compared\n", compared);
    bl_arena_dispose(&arena);
    bylaw_ruleset_free(set);
}

/* ---- the bundled sets, as their notes have them ---- */

static void every_norm_of_the_bundled_sets_can_be_met_and_broken(void **state)
{
    static const char *const names[] = {"wcasp", "cast-union", "firstclass2021", "opinions2007",
                                        "workplan2020"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bylaw_ruleset *set = bundled(names[i]);
        bl_exhausted e;
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        assert_int_equal(bl_exhaust(&e, set, 2, &arena), BYLAW_OK);
        assert_true(e.norms.count > 0);
        for (size_t k = 0; k < e.norms.count; k++) {
            const bl_tried *n = &e.norms.items[k];

            if (n->met == 0 || n->unmet == 0)
                fail_msg("%s/%.*s: %zu cases, %zu met, %zu unmet", names[i], (int)n->norm->id.len,
                         n->norm->id.ptr, n->cases, n->met, n->unmet);
        }
        for (size_t k = 0; k < e.votes.count; k++) {
            const bl_votes_tried *v = &e.votes.items[k];

            assert_false(v->cut);
            assert_int_equal(v->undone, 0);
            assert_int_equal(v->undone_under.count, 0);
            assert_int_equal(v->contraries.count, 0);
            assert_int_equal(v->stuck > 0, bl_str_is(v->kind->id, "dissolution"));
        }
        /* announcement as a condition: what is not announced is rejected, and what is rejected is
         * not to be announced */
        assert_int_equal(e.contraries.count, i == 0 ? 1 : 0);
        bl_arena_dispose(&arena);
        bylaw_ruleset_free(set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vote_comes_out_as_the_checker_has_it),
        cmocka_unit_test(every_norm_of_the_bundled_sets_can_be_met_and_broken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
