/* tests/check/small_rules.h: a small rule set whose norms share facts and read the elements of a
 * list, for the tests of remedies; and rule sets read from a text. */
#ifndef TESTS_CHECK_SMALL_RULES_H
#define TESTS_CHECK_SMALL_RULES_H

#include "rules/fixture.h"

#include <bylaw/bylaw.h>

#define RULE_HEAD                                                                                  \
    "ruleset: wcasp\ntitle: {zh: 甲, en: a}\nprovisions: wcasp\n"                                 \
    "kinds: {filing: {zh: 备案, en: filing}}\n"

static const char small_rules[] = RULE_HEAD
    "enums: {grade: {low: {zh: 低, en: low}, mid: {zh: 中, en: mid}, high: {zh: 高, en: high}}}\n"
    "types:\n  row:\n    name: {type: name, zh: 名称, en: name}\n"
    "    grade: {type: grade, zh: 等级, en: grade}\n    score: {type: count, zh: 分数, en: score}\n"
    "    done: {type: bool, zh: 已办, en: done}\n"
    "facts:\n"
    "  a: {type: bool, open_until: always, zh: 甲项, en: item a}\n"
    "  b: {type: bool, open_until: always, zh: 乙项, en: item b}\n"
    "  c: {type: bool, open_until: effect, zh: 丙项, en: item c}\n"
    "  past: {type: bool, zh: 往事, en: the past}\n"
    "  n: {type: count, open_until: always, zh: 件数, en: pieces}\n"
    "  m: {type: count, open_until: always, zh: 总数, en: all pieces}\n"
    "  p: {type: grade, open_until: always, zh: 等级, en: grade}\n"
    "  rows: {type: list(row), open_until: always, zh: 各行, en: rows}\n"
    "norms:\n"
    "  - {id: one, provision: wcasp:7.1a, on: [filing], modality: must, require: a || b,\n"
    "     says: {zh: 一, en: one}}\n"
    "  - {id: two, provision: wcasp:7.1a, on: [filing], modality: must, require: b || c || n >= "
    "3,\n"
    "     says: {zh: 二, en: two}}\n"
    "  - {id: share, provision: wcasp:7.1a, on: [filing], modality: must,\n"
    "     threshold: {count: n, of: m, at_least: 2/3}, says: {zh: 三, en: three}}\n"
    "  - {id: row-done, provision: wcasp:7.1a, on: [filing], each: {r: rows}, label: r.name,\n"
    "     modality: must, require: r.done || r.grade == 'high', says: {zh: 四, en: four}}\n"
    "  - {id: row-score, provision: wcasp:7.1a, on: [filing], each: {r: rows}, label: r.name,\n"
    "     modality: must, threshold: {count: r.score, at_least: 2}, says: {zh: 五, en: five}}\n"
    "  - {id: graded, provision: wcasp:7.1a, on: [filing], when: c, modality: must,\n"
    "     require: p == 'mid', says: {zh: 六, en: six}}\n"
    "  - {id: settled, provision: wcasp:7.1a, on: [filing], modality: must,\n"
    "     require: past || !a, says: {zh: 七, en: seven}}\n"
    "  - {id: room, provision: wcasp:7.1a, on: [filing], modality: must, require: n + m <= 9,\n"
    "     says: {zh: 八, en: eight}}\n"
    "  - {id: all-rows, provision: wcasp:7.1a, on: [filing], when: a, modality: must,\n"
    "     require: 'rows.all(r, r.score <= n)', says: {zh: 九, en: nine}}\n";

static inline bylaw_ruleset *rules_of(const char *text)
{
    texts t = fixture_texts();
    char *copy = malloc(strlen(text) + 1);
    bylaw_ruleset *set = NULL;
    bylaw_diags *diags = NULL;

    assert_non_null(copy);
    strcpy(copy, text);
    set_text(&t, "wcasp.yaml", (bylaw_str){copy, strlen(text)});
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    if (read_texts(&set, &t, NULL, diags) != BYLAW_OK) {
        const bylaw_diag *d = bylaw_diags_get(diags, 0);

        fail_msg("%zu: %.*s", d->line, (int)d->message.in[BYLAW_EN].len,
                 d->message.in[BYLAW_EN].ptr);
    }
    bylaw_diags_free(diags);
    free_texts(&t);
    return set;
}

#endif
