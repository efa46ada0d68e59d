/* tests/rules/one_set.h: the rule set of the fixture, read once for all tests of a file: open_set
 * and close_set stand around the group. */
#ifndef BL_TESTS_RULES_ONE_SET_H
#define BL_TESTS_RULES_ONE_SET_H

#include "rules/fixture.h"

static texts files;
static bylaw_ruleset *set;

static int open_set(void **state)
{
    (void)state;
    files = fixture_texts();
    return read_texts(&set, &files, NULL, NULL) == BYLAW_OK ? 0 : -1;
}

static int close_set(void **state)
{
    (void)state;
    bylaw_ruleset_free(set);
    free_texts(&files);
    return 0;
}

#endif
