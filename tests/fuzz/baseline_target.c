/* tests/fuzz/baseline_target.c: any bytes as a baseline, in JSON or in YAML. What is taken is
 * written so that it is read again the same, and so is what motions of our own leave of it; a
 * baseline of all their findings accepts every one. What is refused, and what is obsolete, is told
 * with a place. */
#include "fuzz.h"

#include <bylaw/baseline.h>

enum { PART_JSON, PART_YAML, PARTS };

static const char *const heads[PARTS] = {"=json", "=yaml"};
static const char *const names[PARTS] = {"基线.json", "基线.yaml"};

/* Those of tests/cli/baseline.transcript, whose entries are among the seeds; and one of which facts
 * are missing. */
static const struct motion {
    const char *file, *text;
} motions[] = {
    {"议案/解散.yaml", "action: 解散\nrules: [wcasp]\ndeclared: 通过\ndate: 2026-11-21\n"
                       "facts: {proposer: {office: 主席}, members: 8, present: 8,\n"
                       "        vote: {yes: 5, no: 3}, announced: 否}\n"},
    {"议案/决议.yaml", "action: 决议\nrules: [wcasp]\ndeclared: 通过\ndate: 2026-11-21\n"
                       "facts: {present: 8, vote: {yes: 3, no: 5}}\n"},
    {"待定.yaml", "action: 解散\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {members: 8}\n"},
};

#define MOTIONS (sizeof motions / sizeof motions[0])

/* Each checked once; kept until the end. */
static const bylaw_result *result_of(size_t i)
{
    static const bylaw_result *results[MOTIONS];
    static bylaw_checker *checkers[MOTIONS]; /* leaks nothing: they are reachable until the end */

    if (results[i] != NULL)
        return results[i];
    static const bylaw_ruleset *sets[1];

    sets[0] = fuzz_own_set();
    const bylaw_options options = {.sets = sets, .set_count = 1};

    if (bylaw_checker_new(&checkers[i], &options, NULL) != BYLAW_OK ||
        bylaw_checker_read(checkers[i], bylaw_str_from(motions[i].file),
                           bylaw_str_from(motions[i].text), BYLAW_FORMAT_YAML, NULL) != BYLAW_OK ||
        bylaw_checker_check(checkers[i], 0, &results[i], NULL) != BYLAW_OK)
        fuzz_broken("a motion of our own is not checked", bylaw_str_from(motions[i].file));
    return results[i];
}

static bool none_is_gone(void *context, bylaw_str file)
{
    (void)context;
    (void)file;
    return false;
}

static bool all_are_gone(void *context, bylaw_str file)
{
    (void)context;
    (void)file;
    return true;
}

/* NULL where it is refused. */
static bylaw_baseline *read_baseline(bylaw_str name, bylaw_str text)
{
    bylaw_diags *diags = fuzz_diags();
    bylaw_baseline *baseline = NULL;

    if (bylaw_baseline_new(&baseline, false, NULL) != BYLAW_OK)
        fuzz_broken("no memory", text);
    if (!fuzz_taken(bylaw_baseline_read(baseline, name, text, diags), diags)) {
        bylaw_baseline_free(baseline);
        baseline = NULL;
    }
    fuzz_placed(diags);
    fuzz_drop(diags);
    return baseline;
}

static bylaw_baseline *read_again(const fuzz_output *written)
{
    bylaw_baseline *again = read_baseline(bylaw_str_from(names[PART_JSON]), fuzz_told(written));

    if (again == NULL)
        fuzz_broken("what was written is refused", fuzz_told(written));
    return again;
}

static void write_to(fuzz_output *out, bylaw_baseline *baseline)
{
    fuzz_output_open(out);
    if (bylaw_baseline_write(baseline, none_is_gone, NULL, fuzz_write, out) != BYLAW_OK)
        fuzz_broken("a baseline is not written", BYLAW_STR(""));
    fuzz_must_be_json(fuzz_told(out), false);
}

/* How many findings of the motions it accepts. Each is told, with what is accepted as such, before
 * the next is weighed. */
static size_t weigh_all(bylaw_baseline *baseline, bylaw_report *report)
{
    size_t all = 0;

    for (size_t i = 0; i < MOTIONS; i++) {
        bylaw_verdict verdict = BYLAW_NOT_GOVERNED;
        size_t accepted = 0;

        if (bylaw_baseline_weigh(baseline, result_of(i), &verdict, &accepted) != BYLAW_OK)
            fuzz_broken("a result is not weighed", bylaw_str_from(motions[i].file));
        if (verdict > bylaw_result_verdict(result_of(i)))
            fuzz_broken("graver for what is accepted", bylaw_str_from(motions[i].file));
        if (report != NULL && bylaw_report_add(report, result_of(i)) != BYLAW_OK)
            fuzz_broken("a result is not told", bylaw_str_from(motions[i].file));
        all += accepted;
    }
    return all;
}

/* Of a baseline that accepts whatever there is. */
static size_t all_there_are(void)
{
    static size_t all;
    bylaw_baseline *baseline = NULL;

    if (all > 0)
        return all;
    if (bylaw_baseline_new(&baseline, true, NULL) != BYLAW_OK)
        fuzz_broken("no memory", BYLAW_STR(""));
    all = weigh_all(baseline, NULL);
    bylaw_baseline_free(baseline);
    if (all == 0)
        fuzz_broken("the motions are in order", BYLAW_STR(""));
    return all;
}

static void write_and_read(bylaw_baseline *baseline)
{
    fuzz_output once, again;

    write_to(&once, baseline);
    bylaw_baseline *same = read_again(&once);

    write_to(&again, same);
    bylaw_baseline_free(same);
    fuzz_same_output(&once, &again, "a baseline");
}

/* Weighed, written and read, it accepts all that was weighed, and is written the same again. */
static void weigh_and_read(bylaw_baseline *weighed)
{
    fuzz_output once, again;

    write_to(&once, weighed);
    bylaw_baseline *whole = read_again(&once);

    if (weigh_all(whole, NULL) != all_there_are())
        fuzz_broken("does not accept all that it lists", fuzz_told(&once));
    write_to(&again, whole);
    bylaw_baseline_free(whole);
    fuzz_same_output(&once, &again, "a baseline that was weighed");
}

static void tell_obsolete(bylaw_baseline *baseline)
{
    bylaw_diags *diags = fuzz_diags();

    bylaw_baseline_obsolete(baseline, all_are_gone, NULL, diags);
    if (bylaw_diags_errors(diags) > 0)
        fuzz_broken("obsolete is no error", BYLAW_STR(""));
    fuzz_placed(diags);
    fuzz_drop(diags);
}

static void weigh_and_tell(bylaw_baseline *baseline)
{
    static const bylaw_lang lang = BYLAW_EN;
    fuzz_output out;
    const bylaw_report_options options = {.format = BYLAW_REPORT_SARIF,
                                          .langs = &lang,
                                          .lang_count = 1,
                                          .write = fuzz_write,
                                          .context = &out};
    bylaw_summary summary = {.accepted = 0};
    bylaw_report *report = NULL;

    fuzz_output_open(&out);
    if (bylaw_report_new(&report, &options, NULL) != BYLAW_OK)
        fuzz_broken("no memory", BYLAW_STR(""));
    summary.accepted = weigh_all(baseline, report);
    if (summary.accepted > all_there_are())
        fuzz_broken("accepts more than there is", BYLAW_STR(""));
    if (bylaw_report_end(report, &summary) != BYLAW_OK)
        fuzz_broken("the end is not told", BYLAW_STR(""));
    fuzz_must_be_format(fuzz_told(&out), BYLAW_REPORT_SARIF);
    bylaw_report_free(report);
    fuzz_output_close(&out);
}

void fuzz(const uint8_t *data, size_t size)
{
    bylaw_str parts[PARTS];

    fuzz_split((bylaw_str){(const char *)data, size}, heads, parts, PARTS);
    for (size_t i = 0; i < PARTS; i++) {
        bylaw_baseline *baseline =
            parts[i].ptr != NULL ? read_baseline(bylaw_str_from(names[i]), parts[i]) : NULL;

        if (baseline == NULL)
            continue;
        write_and_read(baseline);
        weigh_and_tell(baseline);
        tell_obsolete(baseline);
        weigh_and_read(baseline);
        bylaw_baseline_free(baseline);
    }
}
