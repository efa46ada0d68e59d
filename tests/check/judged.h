/* tests/check/judged.h: one action judged by a rule set that a test writes down. */
#ifndef TESTS_CHECK_JUDGED_H
#define TESTS_CHECK_JUDGED_H

#include "check/small_rules.h"

#include "check/check.h"

#define JUDGED_HEAD "ruleset: wcasp\ntitle: {zh: 甲, en: a}\nprovisions: wcasp\n"

typedef struct judged {
    bylaw_checker *checker;
    bylaw_diags *diags;
    bylaw_status status;
    const bylaw_result *result;
    const bl_set_result *set; /* of the only rule set; NULL where the action has no result */
} judged;

/* `options`: all but the set. */
static inline judged judge_with(const bylaw_ruleset *set, bylaw_options options, const char *text)
{
    judged j = {.checker = NULL};

    options.sets = &set;
    options.set_count = 1;
    assert_int_equal(bylaw_diags_new(&j.diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_checker_new(&j.checker, &options, NULL), BYLAW_OK);
    j.status = bylaw_checker_read(j.checker, BYLAW_STR("a.yaml"), bylaw_str_from(text),
                                  BYLAW_FORMAT_YAML, j.diags);
    if (j.status == BYLAW_OK)
        j.status = bylaw_checker_check(j.checker, 0, &j.result, j.diags);
    if (j.status == BYLAW_OK)
        j.set = &j.result->sets[0];
    return j;
}

static inline judged judge(const bylaw_ruleset *set, const char *text)
{
    return judge_with(set, (bylaw_options){.strict = false}, text);
}

static inline void judged_free(judged *j)
{
    bylaw_checker_free(j->checker);
    bylaw_diags_free(j->diags);
}

static inline const bl_finding *finding_of(const judged *j, const char *norm)
{
    for (size_t i = 0; j->set != NULL && i < j->set->finding_count; i++) {
        if (bl_str_is(j->set->findings[i].norm->id, norm))
            return &j->set->findings[i];
    }
    return NULL;
}

/* "satisfied", …; "" where there is no such finding, "!code" where nothing was judged. */
static inline const char *status_of(const judged *j, const char *norm)
{
    static char code[80];
    const bl_finding *f = finding_of(j, norm);

    if (j->status != BYLAW_OK) {
        const bylaw_str told = bylaw_diags_count(j->diags) > 0 ? bylaw_diags_get(j->diags, 0)->code
                                                               : (bylaw_str){NULL, 0};

        snprintf(code, sizeof code, "!%.*s", (int)told.len, told.ptr);
        return code;
    }
    return f != NULL ? bl_status_name(f->status) : "";
}

#endif
