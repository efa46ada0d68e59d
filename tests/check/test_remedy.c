/* tests/check/test_remedy.c: the exact remedy against its naive twin, which tries every number of
 * votes and asks the same rules each time.
 *
 * Every kind of every bundled set that is decided by counting, under the default and under every
 * other option of each reading that bears on it, for every (members, present, no, abstain) up to
 * MOST. MOST is 4; BYLAW_TWIN_MAX=16 asks for more. The counts compared are printed. */
#include "support.h"

#include "check/check.h"

#include <bylaw/check.h>
#include <stdio.h>

typedef struct twin {
    const bylaw_ruleset *set;
    bylaw_str kind;
    char text[600];
    bylaw_checker *plain, *checker; /* the second works out remedies */
    bylaw_setting readings[1];
    size_t reading_count;
    size_t compared, cases;
} twin;

static const bl_finding *telling(const bylaw_result *result, const bl_norm *norm)
{
    const bl_set_result *r = &result->sets[0];

    for (size_t i = 0; r->governed && i < r->finding_count; i++) {
        if (norm != NULL ? r->findings[i].norm == norm
                         : r->findings[i].modality == BL_CONDITION &&
                               r->findings[i].figures->present && r->findings[i].figures->has_base)
            return &r->findings[i];
    }
    return NULL;
}

/* Judges one action; a negative number is not stated. */
static const bl_finding *judge(twin *t, bylaw_checker *checker, int64_t members, int64_t present,
                               int64_t yes, int64_t no, int64_t abstain, const bl_norm *norm)
{
    const int64_t values[] = {members, present, yes, no, abstain};
    static const char *const names[] = {"members", "present", "vote.yes", "vote.no",
                                        "vote.abstain"};
    const bylaw_result *result = NULL;
    size_t n = (size_t)snprintf(t->text, sizeof t->text,
                                "{\"action\":\"%.*s\",\"rules\":[\"%.*s\"],\"facts\":{",
                                (int)t->kind.len, t->kind.ptr, (int)t->set->id.len, t->set->id.ptr);
    bool first = true;

    for (size_t i = 0; i < 5; i++) {
        if (values[i] < 0 || bl_map_get(&t->set->fact_index, bylaw_str_from(names[i])) == NULL)
            continue;
        n += (size_t)snprintf(t->text + n, sizeof t->text - n, "%s\"%s\":%lld", first ? "" : ",",
                              names[i], (long long)values[i]);
        first = false;
    }
    n += (size_t)snprintf(t->text + n, sizeof t->text - n, "}}");
    assert_int_equal(bylaw_checker_read(checker, BYLAW_STR("twin.json"), (bylaw_str){t->text, n},
                                        BYLAW_FORMAT_JSON, NULL),
                     BYLAW_OK);
    assert_int_equal(bylaw_checker_check(checker, 0, &result, NULL), BYLAW_OK);
    t->compared++;
    return telling(result, norm);
}

/* What the remedy says of a vote that has not been held: from how many votes on is it won? -1:
 * never with those present. */
static int64_t by_remedy(const bl_finding *f)
{
    assert_non_null(f);
    const bl_remedy *remedy = f->remedy;

    assert_non_null(remedy);
    if (remedy->kind != BL_REMEDY_CHANGES || remedy->count != 1)
        return -1;
    assert_int_equal(remedy->changes[0].kind, BL_CHANGE_AT_LEAST);
    return remedy->changes[0].value.as.i;
}

/* One attendance: the remedy before the vote, then every vote that could follow. */
static void compare(twin *t, int64_t members, int64_t present, const bl_norm *norm)
{
    const bl_finding *f = judge(t, t->checker, members, present, -1, -1, -1, norm);
    int64_t said, found = -1;

    if (f == NULL || f->status == BL_NOT_APPLICABLE)
        return;
    said = by_remedy(f);
    for (int64_t yes = present; yes >= 0; yes--) {
        bool always = true;

        /* whatever the others do: the twin tries every way to fill the room */
        for (int64_t no = 0; no <= present - yes && always; no++) {
            for (int64_t abstain = 0; abstain <= present - yes - no && always; abstain++) {
                f = judge(t, t->plain, members, present, yes, no, abstain, norm);
                assert_non_null(f);
                always = bl_is_true(f->value);
            }
        }
        if (!always)
            break;
        found = yes;
    }
    if (said != found)
        fail_msg("%.*s/%.*s, members %lld, present %lld: remedy %lld, twin %lld",
                 (int)t->set->id.len, t->set->id.ptr, (int)norm->id.len, norm->id.ptr,
                 (long long)members, (long long)present, (long long)said, (long long)found);
    t->cases++;
}

static int64_t most_members(void)
{
    const char *asked = getenv("BYLAW_TWIN_MAX");

    return asked != NULL ? atoll(asked) : 4;
}

static void compare_kind(twin *t)
{
    const bylaw_options options = {.sets = &t->set,
                                   .set_count = 1,
                                   .readings = t->readings,
                                   .reading_count = t->reading_count};
    bylaw_options with = options;

    with.remedies = true;
    assert_int_equal(bylaw_checker_new(&t->plain, &options, NULL), BYLAW_OK);
    assert_int_equal(bylaw_checker_new(&t->checker, &with, NULL), BYLAW_OK);
    for (size_t i = 0; i < t->set->norm_count; i++) {
        const bl_norm *norm = &t->set->norms[i];

        if (norm->body.modality != BL_CONDITION || !(norm->body.has & BL_HAS_OF) ||
            judge(t, t->plain, 3, 3, -1, -1, -1, norm) == NULL)
            continue;
        for (int64_t members = 1; members <= most_members(); members++) {
            for (int64_t present = 1; present <= members; present++)
                compare(t, members, present, norm);
        }
    }
    bylaw_checker_free(t->plain);
    bylaw_checker_free(t->checker);
}

/* Under the default, and under each other option of each reading that bears on a threshold. */
static void compare_set(twin *t)
{
    for (uint32_t k = 0; k < t->set->kinds->count; k++) {
        const bl_kind_def *def = &t->set->kind_defs[k];
        uint64_t bearing = 0;

        for (size_t i = 0; i < def->norm_count; i++) {
            const bl_norm *norm = &t->set->norms[def->norms[i]];

            if (norm->body.modality == BL_CONDITION && norm->body.has & BL_HAS_OF)
                bearing |= norm->readings | UINT64_C(1) << 63;
        }
        if (bearing == 0)
            continue;
        t->kind = t->set->kinds->values[k]->id;
        t->reading_count = 0;
        compare_kind(t);
        for (uint32_t r = 0; r < t->set->reading_count; r++) {
            const bl_reading *reading = &t->set->readings[r];

            for (uint32_t o = 0; bearing >> r & 1 && o < reading->option_count; o++) {
                if (o == reading->default_option)
                    continue;
                t->readings[0] = (bylaw_setting){reading->name, reading->options[o].name};
                t->reading_count = 1;
                compare_kind(t);
            }
        }
    }
}

static void the_remedy_is_what_trying_everything_finds(void **state)
{
    size_t compared = 0, cases = 0;

    (void)state;
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        twin t = {.set = NULL};

        assert_int_equal(bylaw_ruleset_bundled((bylaw_ruleset **)(uintptr_t)&t.set,
                                               bylaw_bundled_name(i), NULL, NULL),
                         BYLAW_OK);
        compare_set(&t);
        compared += t.compared;
        cases += t.cases;
        bylaw_ruleset_free((bylaw_ruleset *)(uintptr_t)t.set);
    }
    print_message("up to %lld members: %zu remedies agree; %zu actions judged\n",
                  (long long)most_members(), cases, compared);
    assert_true(cases > 100);
}

/* 10^0 to 10^18: the figure is the same fraction of any size, and one vote fewer is not enough. */
static void the_remedy_is_exact_at_any_size(void **state)
{
    twin t = {.kind = BYLAW_STR("dissolution")};
    int64_t size = 1;

    (void)state;
    assert_int_equal(
        bylaw_ruleset_bundled((bylaw_ruleset **)(uintptr_t)&t.set, BYLAW_STR("wcasp"), NULL, NULL),
        BYLAW_OK);
    const bylaw_options options = {.sets = &t.set, .set_count = 1, .remedies = true};

    assert_int_equal(bylaw_checker_new(&t.checker, &options, NULL), BYLAW_OK);
    for (int power = 0; power <= 18; power++, size *= power <= 18 ? 10 : 1) {
        for (int64_t more = 0; more < 3; more++) {
            const int64_t members = size + more;
            const bl_finding *f = NULL;
            const bl_norm *norm = NULL;

            for (size_t i = 0; i < t.set->norm_count; i++) {
                if (bl_str_is(t.set->norms[i].id, "dissolution-vote"))
                    norm = &t.set->norms[i];
            }
            assert_non_null(norm);
            f = judge(&t, t.checker, members, members, -1, -1, -1, norm);
            const int64_t least = (int64_t)(((bl_i128)members * 2 + 2) / 3);

            assert_int_equal(by_remedy(f), least);
            f = judge(&t, t.checker, members, members, least, members - least, 0, norm);
            assert_true(f != NULL && bl_is_true(f->value));
            f = judge(&t, t.checker, members, members, least - 1, 0, 0, norm);
            assert_true(f != NULL && bl_is_false(f->value));
        }
    }
    bylaw_checker_free(t.checker);
    bylaw_ruleset_free((bylaw_ruleset *)(uintptr_t)t.set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_remedy_is_what_trying_everything_finds),
        cmocka_unit_test(the_remedy_is_exact_at_any_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
