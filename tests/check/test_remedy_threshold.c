/* tests/check/test_remedy_threshold.c: thresholds inverted: the figure of one fact while all else
 * is known, while something is not, with more who attend, in a new vote; and where there is none.
 */
#include "check/judged.h"

static const char words[] = JUDGED_HEAD
    "kinds: {filing: {zh: 备案, en: filing}}\n"
    "units: {vote: {zh: 票, en: [vote, votes]}}\n"
    "types: {row: {score: {type: count, zh: 分, en: score}, of: {type: count, zh: 总, en: of}}}\n"
    "facts:\n"
    "  yes: {type: count, unit: vote, open_until: vote, zh: 赞成, en: votes for}\n"
    "  no: {type: count, unit: vote, open_until: vote, zh: 反对, en: votes against}\n"
    "  abs: {type: count, unit: vote, open_until: vote, zh: 弃权, en: abstentions}\n"
    "  spoilt: {type: count, unit: vote, open_until: vote, zh: 无效, en: spoilt}\n"
    "  lost: {type: count, unit: vote, open_until: vote, zh: 遗失, en: lost}\n"
    "  f6: {type: count, unit: vote, open_until: vote, zh: 六, en: f6}\n"
    "  f7: {type: count, unit: vote, open_until: vote, zh: 七, en: f7}\n"
    "  f8: {type: count, unit: vote, open_until: vote, zh: 八, en: f8}\n"
    "  f9: {type: count, unit: vote, open_until: vote, zh: 九, en: f9}\n"
    "  numbers: {type: list(int), open_until: always, zh: 各数, en: numbers}\n"
    "  usual: {type: count, presumed: 3, open_until: always, zh: 常数, en: usual}\n"
    "  present: {type: count, open_until: always, zh: 到会, en: attending}\n"
    "  guests: {type: count, open_until: always, zh: 来宾, en: guests}\n"
    "  members: {type: count, zh: 成员, en: members}\n"
    "  done: {type: count, open_until: always, zh: 已办, en: done}\n"
    "  all: {type: count, open_until: always, zh: 总数, en: all}\n"
    "  debt: {type: int, open_until: always, zh: 欠款, en: debt}\n"
    "  other: {type: int, open_until: always, zh: 其他, en: other}\n"
    "  rows: {type: list(row), open_until: always, zh: 各行, en: rows}\n";

static const char *const kinds[] = {"", ">=", "<=", "+", "-"};

/* "changes yes>=6", "never", …; "" where there is no remedy. */
static const char *told(const bl_set_result *r, const bl_remedy *remedy)
{
    static char text[300];
    size_t n = 0;

    if (remedy == NULL)
        return "";
    n = (size_t)sprintf(text, "%s", bl_remedy_name(remedy->kind));
    for (size_t i = 0; i < remedy->count; i++) {
        const bl_change *c = &remedy->changes[i];
        const bylaw_str name = r->set->facts[c->slot - BL_SLOT_FACTS].name;

        n += (size_t)sprintf(text + n, " %.*s%s%lld", (int)name.len, name.ptr,
                             c->kind == BL_CHANGE_TO ? "=" : kinds[c->kind],
                             (long long)c->value.as.i);
    }
    return text;
}

static const struct threshold_case {
    const char *label, *modality, *more, *threshold, *facts, *told;
} threshold_cases[] = {
    /* one fact, all else known: below the bar, on it, above it */
    {"done, one below", "must", "", "count: done, of: members, at_least: 2/3",
     "done: 5, members: 9", "changes done>=6"},
    {"done, on the bar", "must", "", "count: done, of: members, at_least: 2/3",
     "done: 6, members: 9", ""},
    {"done, above it", "must", "", "count: done, of: members, at_least: 2/3", "done: 7, members: 9",
     ""},
    {"the base falls", "must", "", "count: members, of: all, more_than: 1/2", "members: 5, all: 10",
     "changes all<=9"},
    {"no base", "must", "", "count: done, at_least: 4", "done: 3", "changes done>=4"},
    {"no base, no room", "must", "invariants: [done <= members]", "count: done, at_least: 4",
     "done: 3, members: 3", "never"},
    {"no base, not open", "must", "", "count: members, at_least: 4", "members: 3", "settled"},
    /* in its own base it can never be more than all of it */
    {"all of itself", "must", "", "count: done, of: done + members, more_than: 1",
     "done: 3, members: 2", "never"},
    {"it makes no difference", "must", "", "count: done, of: done, more_than: 1", "done: 3",
     "never"},
    {"only an empty rest will do", "must", "", "count: done, of: done + all, at_least: 1",
     "done: 3, all: 2", "changes all<=0"},
    /* something else is unknown: the figure is found by halving, upwards and downwards */
    {"more with one unknown", "must", "invariants: [guests <= 4]",
     "count: done, of: members + guests, at_least: 1/2", "done: 1, members: 6", "changes done>=5"},
    {"fewer with one unknown", "must", "invariants: [done <= 8, 2 <= done]",
     "count: done, of: all, more_than: 1/2", "all: 40", "changes all<=3"},
    {"fewer, the count not open", "must", "invariants: [members <= 8, 2 <= members]",
     "count: members, of: all, more_than: 1/2", "all: 40", "changes all<=3"},
    {"every figure will do", "must", "invariants: [guests <= 4]",
     "count: done, of: all + guests, at_least: 1/9", "done: 1, all: 7", "changes done>=2"},
    {"unanimity among an unknown number", "must", "invariants: [guests <= 4]",
     "count: done, of: done + guests, at_least: 1", "done: 1", "changes guests<=0"},
    /* whole numbers below nothing */
    {"a number that is no count", "must", "", "count: debt + other, at_least: 4", "debt: -9",
     "changes other>=13"},
    {"up to a number", "must", "", "count: members, of: debt, at_least: 1/2", "members: 3, debt: 9",
     "changes debt<=6"},
    /* more than attend: they have to be more as well */
    {"more attend", "must", "invariants: [done <= present]",
     "count: done, of: members, at_least: 1/2", "done: 1, present: 3, members: 10",
     "changes done>=5 present>=5"},
    {"who attends is settled", "must", "invariants: [done <= members]", "count: done, at_least: 9",
     "done: 1, members: 3", "never"},
    {"two have to be more", "must", "invariants: [done <= present, done <= guests]",
     "count: done, of: members, at_least: 1/2", "done: 1, present: 3, guests: 3, members: 10",
     "not-known"},
    {"two together would do", "must", "invariants: [done <= 4, all <= 8]",
     "count: done + all, at_least: 12", "done: 1, all: 1", "not-known"},
    {"two together would not do", "must", "invariants: [done <= 4, all <= 8]",
     "count: done + all, at_least: 13", "done: 1, all: 1", "never"},
    {"two unknown numbers", "must", "", "count: debt + other, at_least: 4", "", "not-known"},
    {"what is presumed stands in for what is unknown", "must",
     "invariants: [done <= usual, done <= guests]", "count: done, at_least: 9",
     "done: 1, usual: 4, guests: 4", "not-known"},
    {"beyond every number", "must", "", "count: done, of: members, at_least: 3/2",
     "done: 1, members: 9223372036854775807", "never"},
    {"over an empty base", "must", "", "count: done + guests, of: members, at_least: 1/2",
     "done: 1, guests: 3, members: 0", "never"},
    {"where it is stated only", "must, scope: stated(done)", "invariants: [done <= members]",
     "count: done, at_least: 4", "done: 3, members: 3", "not-known"},
    /* a vote that is over */
    {"a new vote", "condition", "", "count: yes, of: members, at_least: 2/3", "yes: 5, members: 9",
     "new-vote yes>=6"},
    {"a new vote among as many who vote", "condition", "",
     "count: yes, of: yes + no, more_than: 1/2", "yes: 4, no: 5", "new-vote yes>=5"},
    {"a new vote, five figures", "condition", "",
     "count: yes, of: yes + no + abs + spoilt + lost, more_than: 1/2",
     "yes: 4, no: 1, abs: 1, spoilt: 1, lost: 1", "new-vote yes>=5"},
    {"a new vote, more figures than are laid down", "condition", "",
     "count: yes, of: yes + no + abs + spoilt + lost + f6 + f7 + f8 + f9, more_than: 1/2",
     "yes: 4, no: 1, abs: 1, spoilt: 1, lost: 1, f6: 0, f7: 0, f8: 0, f9: 0", "settled"},
    {"a new vote of two figures", "condition", "", "count: yes + abs, of: members, at_least: 2/3",
     "yes: 4, abs: 1, members: 9", "settled"},
    {"a new vote over no base", "condition", "", "count: yes, of: members, at_least: 2/3",
     "yes: 0, members: 0", "settled"},
    {"no new vote can do", "condition", "invariants: [yes <= members]",
     "count: yes, of: members, more_than: 1", "yes: 4, members: 9", "settled"},
    {"no vote is needed", "must", "", "count: members, of: yes, at_least: 2", "yes: 4, members: 4",
     "changes yes<=2"},
    /* what is not known */
    {"the base is not known", "must", "", "count: done, of: guests, at_least: 1/2", "done: 1",
     "changes guests<=2"},
    {"nothing is known", "must", "", "count: members, of: done, more_than: 1/2", "", "not-known"},
    /* a field of an element is no term that is solved for */
    {"a field of an element", "each", "", "count: r.score, at_least: 2",
     "rows: [{score: 1, of: 5}]", "changes rows>=2"},
    {"a field of an element, over another", "each", "", "count: r.score, of: r.of, at_least: 1/2",
     "rows: [{score: 1, of: 5}]", "changes rows>=3"},
    {"a fact over a field", "each", "", "count: done, of: r.of, at_least: 1/2",
     "rows: [{score: 1, of: 5}], done: 1", "changes done>=3"},
    {"a field and a fact", "each", "", "count: r.score + done, at_least: 5",
     "rows: [{score: 1, of: 5}], done: 1", "changes done>=4"},
    {"a number of a list", "number", "", "count: r, at_least: 3", "numbers: [1]", "settled"},
    {"a fact of a number of a list", "number", "", "count: done, of: r, at_least: 1/2",
     "numbers: [5], done: 1", "changes done>=3"},
};

static void what_a_threshold_takes(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof threshold_cases / sizeof *threshold_cases; i++) {
        const struct threshold_case *c = &threshold_cases[i];
        const bool number = strcmp(c->modality, "number") == 0;
        const bool each = number || strcmp(c->modality, "each") == 0;
        char rules[4000], text[300];

        snprintf(rules, sizeof rules,
                 "%s%s\nnorms:\n  - {id: n, provision: wcasp:7.1a, on: [filing], %s"
                 "modality: %s,\n     threshold: {%s}, says: {zh: 甲, en: a}}\n",
                 words, c->more,
                 number ? "each: {r: numbers}, "
                 : each ? "each: {r: rows}, "
                        : "",
                 each ? "must" : c->modality, c->threshold);
        snprintf(text, sizeof text, "action: filing\ndate: 2026-11-21\nfacts: {%s}\n", c->facts);
        bylaw_ruleset *set = rules_of(rules);
        judged j = judge_with(set, (bylaw_options){.remedies = true}, text);

        assert_non_null(j.set);
        const bl_finding *f = finding_of(&j, "n");
        const char *said = told(j.set, each ? f->elements[0].remedy : f->remedy);

        if (strcmp(said, c->told) != 0) {
            print_error("%s: %s, not %s\n", c->label, said, c->told);
            wrong++;
        }
        judged_free(&j);
        bylaw_ruleset_free(set);
    }
    assert_int_equal(wrong, 0);
}

typedef struct checking {
    const bylaw_ruleset *set;
    const char *facts;
} checking;

static bylaw_status check_once(const bylaw_allocator *allocator, void *data)
{
    const checking *c = data;
    const bylaw_options options = {.sets = &c->set, .set_count = 1, .remedies = true};
    const bylaw_result *result = NULL;
    bylaw_checker *checker = NULL;
    bylaw_status status = bylaw_checker_new(&checker, &options, allocator);
    char text[200];

    snprintf(text, sizeof text, "action: filing\ndate: 2026-11-21\nfacts: {%s}\n", c->facts);
    if (status == BYLAW_OK)
        status = bylaw_checker_read(checker, BYLAW_STR("x.yaml"), bylaw_str_from(text),
                                    BYLAW_FORMAT_YAML, NULL);
    if (status == BYLAW_OK)
        status = bylaw_checker_check(checker, 0, &result, NULL);
    bylaw_checker_free(checker);
    return status;
}

/* While a figure is sought for two facts, for a new vote, and for none at all. */
static void a_search_without_memory_ends_with_that(void **state)
{
    static const char *const cases[][2] = {
        {"modality: condition, threshold: {count: yes, of: members, at_least: 2/3}",
         "yes: 5, members: 9"},
        {"modality: must, threshold: {count: done + all, of: members, at_least: 2}",
         "done: 1, all: 1, members: 9, present: 3"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[4000];

        snprintf(
            rules, sizeof rules,
            "%sinvariants: [done <= present, present <= members]\nnorms:\n  - {id: n, provision: "
            "wcasp:7.1a, on: [filing], %s, says: {zh: 甲, en: a}}\n",
            words, cases[i][0]);
        checking c = {rules_of(rules), cases[i][1]};

        assert_fault_sweep(check_once, &c);
        bylaw_ruleset_free((bylaw_ruleset *)(uintptr_t)c.set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_threshold_takes),
        cmocka_unit_test(a_search_without_memory_ends_with_that),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
