/* tests/fuzz/ruleset_target.c: any bytes as a rule set, with the vocabulary and the provisions
 * beside it: read, looked over, and told in every way that a rule set is told. */
#include "fuzz.h"

enum { PART_SET, PART_VOCABULARY, PART_PROVISIONS, PARTS };

static const char *const heads[PARTS] = {"=set", "=vocabulary", "=provisions"};

static void want(bylaw_status status, const char *what)
{
    if (status != BYLAW_OK && status != BYLAW_ENOTFOUND)
        fuzz_broken(what, BYLAW_STR("fails"));
}

static void tell_kinds(fuzz_output *out, const bylaw_ruleset *set, bylaw_lang lang)
{
    for (size_t i = 0; i < bylaw_ruleset_kind_count(set); i++) {
        const bylaw_blank_telling blank = {
            .lang = lang, .all = true, .write = fuzz_write, .context = out};
        bylaw_asks *asks = NULL;
        size_t required = 0;

        want(bylaw_asks_new(&asks, set, i, NULL), "what is asked for");
        bylaw_asks_free(asks);
        want(bylaw_blank_write(set, i, &blank, &required, NULL), "a blank");
    }
}

static void tell(fuzz_output *out, const bylaw_ruleset *set)
{
    fuzz_output_open(out);
    for (int k = 0; k < 4; k++) {
        const bylaw_lang lang = k % 2 == 0 ? BYLAW_ZH : BYLAW_EN;
        const bylaw_description how = {
            .lang = lang, .json = k > 1, .write = fuzz_write, .context = out};
        const bylaw_handbook_options book = {
            .lang = lang, .html = k > 1, .write = fuzz_write, .context = out};
        fuzz_output json;

        want(bylaw_handbook_write(set, &book, NULL), "a handbook");
        if (k < 2) {
            tell_kinds(out, set, lang);
            want(bylaw_ruleset_describe(set, &how), "a description");
            continue;
        }
        fuzz_output_open(&json);
        want(bylaw_ruleset_describe(set, &(bylaw_description){.lang = lang,
                                                              .json = true,
                                                              .write = fuzz_write,
                                                              .context = &json}),
             "a description");
        fuzz_must_be_json(bl_str_view(&json.text), false);
        fuzz_output_close(&json);
    }
}

/* What a vote needs, for every kind, before anybody votes. */
static void ask(const bylaw_ruleset *set)
{
    const bylaw_setting facts[] = {{BYLAW_STR("members"), BYLAW_STR("8")}};
    const bylaw_need_question question = {.set = set,
                                          .facts = facts,
                                          .fact_count = 1,
                                          .vary = BYLAW_STR("present"),
                                          .from = 0,
                                          .to = 5};
    fuzz_output out;
    bylaw_diags *diags = fuzz_diags();

    fuzz_output_open(&out);
    const bylaw_need_telling telling = {
        .format = BYLAW_NEED_JSON, .write = fuzz_write, .context = &out};
    const bylaw_status status = bylaw_need_ask(&question, &telling, NULL, diags);

    if (status == BYLAW_OK)
        fuzz_must_be_json(bl_str_view(&out.text), false);
    else if (status != BYLAW_ENOTFOUND)
        fuzz_taken(status, diags);
    fuzz_drop(diags);
    fuzz_output_close(&out);
}

void fuzz(const uint8_t *data, size_t size)
{
    bylaw_str parts[PARTS];

    fuzz_split((bylaw_str){(const char *)data, size}, heads, parts, PARTS);
    const fuzz_beside beside = {parts[PART_VOCABULARY], parts[PART_PROVISIONS]};
    bylaw_ruleset *set = NULL;
    bylaw_coverage *coverage = NULL;
    fuzz_output once, again;

    if (parts[PART_SET].ptr != NULL)
        set = fuzz_read_set(parts[PART_SET], &beside);
    if (set == NULL)
        return;
    want(bylaw_coverage_new(&coverage, set, NULL), "coverage");
    bylaw_coverage_free(coverage);
    ask(set);
    tell(&once, set);
    tell(&again, set);
    fuzz_same_output(&once, &again, "a rule set");
    bylaw_ruleset_free(set);
}
