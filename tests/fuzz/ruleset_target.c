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

/* The file to be filled in can be read as it is. */
static void read_blank(const bylaw_ruleset *set, bylaw_str blank)
{
    const bylaw_ruleset *sets[] = {set};
    const bylaw_options options = {.sets = sets, .set_count = 1};
    bylaw_checker *checker = NULL;
    bylaw_diags *diags = fuzz_diags();

    want(bylaw_checker_new(&checker, &options, NULL), "a checker");
    if (!fuzz_taken(
            bylaw_checker_read(checker, BYLAW_STR("blank"), blank, BYLAW_FORMAT_YAML, diags),
            diags) ||
        bylaw_checker_count(checker) != 1)
        fuzz_broken("a blank that cannot be read", blank);
    bylaw_checker_free(checker);
    fuzz_drop(diags);
}

static void tell_kind(fuzz_output *out, const bylaw_ruleset *set, size_t i, bylaw_lang lang)
{
    fuzz_output blank;
    const bylaw_blank_telling telling = {
        .lang = lang, .all = true, .write = fuzz_write, .context = &blank};
    bylaw_asks *asks = NULL;
    size_t required = 0;

    want(bylaw_asks_new(&asks, set, i, NULL), "what is asked for");
    bylaw_asks_free(asks);
    fuzz_output_open(&blank);
    want(bylaw_blank_write(set, i, &telling, &required, NULL), "a blank");
    read_blank(set, fuzz_told(&blank));
    (void)fuzz_write(out, fuzz_told(&blank));
    fuzz_output_close(&blank);
}

typedef bylaw_status writer(const bylaw_ruleset *set, bylaw_lang lang, fuzz_output *out);

static bylaw_status describe(const bylaw_ruleset *set, bylaw_lang lang, fuzz_output *out)
{
    const bylaw_description how = {.lang = lang, .write = fuzz_write, .context = out};
    const bylaw_status status = bylaw_rule_describe(set, BYLAW_STR("7.1d"), &how);

    return status == BYLAW_OK || status == BYLAW_ENOTFOUND ? bylaw_ruleset_describe(set, &how)
                                                           : status;
}

static bylaw_status describe_as_json(const bylaw_ruleset *set, bylaw_lang lang, fuzz_output *out)
{
    const bylaw_description how = {.lang = lang, .json = true, .write = fuzz_write, .context = out};

    return bylaw_ruleset_describe(set, &how);
}

static bylaw_status list_actors(const bylaw_ruleset *set, bylaw_lang lang, fuzz_output *out)
{
    const bylaw_description how = {.lang = lang, .write = fuzz_write, .context = out};

    return bylaw_values_describe(set, BYLAW_STR("actor"), &how);
}

static bylaw_status write_handbook(const bylaw_ruleset *set, bylaw_lang lang, fuzz_output *out)
{
    const bylaw_handbook_options book = {.lang = lang, .write = fuzz_write, .context = out};

    return bylaw_handbook_write(set, &book, NULL);
}

static bylaw_status write_page(const bylaw_ruleset *set, bylaw_lang lang, fuzz_output *out)
{
    const bylaw_handbook_options book = {
        .lang = lang, .html = true, .write = fuzz_write, .context = out};

    return bylaw_handbook_write(set, &book, NULL);
}

/* From the fixture to it; and from itself to itself, where nothing has changed. */
static bylaw_status compare(const bylaw_ruleset *set, bylaw_lang lang, fuzz_output *out)
{
    const bylaw_diff_telling how = {.lang = lang, .write = fuzz_write, .context = out};
    size_t counts[BYLAW_CHANGES] = {0};
    const bylaw_status status = bylaw_diff(set, set, &how, counts, NULL);

    for (size_t i = 0; i < BYLAW_CHANGE_NONE; i++) {
        if (counts[i] > 0)
            fuzz_broken("differs from itself", fuzz_told(out));
    }
    return status == BYLAW_OK ? bylaw_diff(fuzz_own_set(), set, &how, counts, NULL) : status;
}

static void tell(fuzz_output *out, const bylaw_ruleset *set)
{
    static const struct way {
        const char *what;
        writer *write;
        bylaw_report_format like; /* what is written reads as this does */
    } ways[] = {
        {"a description", describe, BYLAW_REPORT_TEXT},
        {"a description", describe_as_json, BYLAW_REPORT_JSON},
        {"the values of a fact", list_actors, BYLAW_REPORT_TEXT},
        {"a handbook", write_handbook, BYLAW_REPORT_MARKDOWN},
        {"a page", write_page, BYLAW_REPORT_HTML},
        {"a comparison", compare, BYLAW_REPORT_TEXT},
    };

    fuzz_output_open(out);
    for (int k = 0; k < BYLAW_LANGS; k++) {
        for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
            fuzz_output one;

            fuzz_output_open(&one);
            const bylaw_status status = ways[i].write(set, (bylaw_lang)k, &one);

            want(status, ways[i].what);
            if (status == BYLAW_OK)
                fuzz_must_be_format(fuzz_told(&one), ways[i].like);
            (void)fuzz_write(out, fuzz_told(&one));
            fuzz_output_close(&one);
        }
        for (size_t i = 0; i < bylaw_ruleset_kind_count(set); i++)
            tell_kind(out, set, i, (bylaw_lang)k);
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
