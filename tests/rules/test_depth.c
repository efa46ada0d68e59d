/* tests/rules/test_depth.c: what may stand within what, up to how deep: vocabularies that use one
 * another, lists of lists. Each at its limit, and one beyond. */
#include "fixture.h"

/* vN uses vN+1, up to the last. */
typedef struct chain {
    texts texts;
    size_t length;
    char text[40][200];
} chain;

static bylaw_status find_link(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    chain *c = context;
    char wanted[48];

    for (size_t i = 0; i < c->length; i++) {
        snprintf(wanted, sizeof wanted, "vocabulary/v%zu.yaml", i);
        if (!bl_str_is(name, wanted))
            continue;
        if (i + 1 < c->length)
            snprintf(c->text[i], sizeof c->text[i],
                     "vocabulary: v%zu\nuses: [v%zu]\nunits: {u%zu: {zh: 个, en: [one, ones]}}\n",
                     i, i + 1, i);
        else
            snprintf(c->text[i], sizeof c->text[i],
                     "vocabulary: v%zu\nunits: {u%zu: {zh: 个, en: [one, ones]}}\n", i, i);
        *text = bylaw_str_from(c->text[i]);
        *shown = name;
        return BYLAW_OK;
    }
    return find_text(&c->texts, name, text, shown);
}

/* How many mistakes the set has; the code of the first. */
static size_t mistakes(const char *text, chain *c, char code[32])
{
    const bylaw_resolver resolver = {find_link, c};
    bylaw_ruleset *set = NULL;
    bylaw_diags *diags;

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    const bylaw_status status = bylaw_ruleset_read(&set, BYLAW_STR("wcasp.yaml"),
                                                   bylaw_str_from(text), &resolver, NULL, diags);
    const size_t n = bylaw_diags_errors(diags);

    assert_int_equal(status == BYLAW_OK, n == 0);
    code[0] = '\0';
    if (n > 0)
        snprintf(code, 32, "%.*s", (int)bylaw_diags_get(diags, 0)->code.len,
                 bylaw_diags_get(diags, 0)->code.ptr);
    bylaw_ruleset_free(set);
    bylaw_diags_free(diags);
    return n;
}

static const char head[] = "ruleset: wcasp\ntitle: {zh: 试, en: trial}\n"
                           "norms: [{id: n, provision: wcasp:7.1d, on: [resolution], modality: "
                           "must, require: present > 0, "
                           "says: {zh: 要, en: must}}]\n";

static void vocabularies_use_each_other_32_deep(void **state)
{
    chain c = {.texts = fixture_texts()};
    char text[400], code[32];

    (void)state;
    snprintf(text, sizeof text, "%suses: [assembly, v0]\n", head);
    c.length = 31; /* and the rule set itself, the 32nd */
    assert_int_equal(mistakes(text, &c, code), 0);
    c.length = 40;
    assert_true(mistakes(text, &c, code) > 0);
    assert_string_equal(code, "limit");
    free_texts(&c.texts);
}

static size_t mistakes_of_lists(size_t depth, char code[32])
{
    chain c = {.texts = fixture_texts()};
    char text[4000];
    size_t n =
        (size_t)snprintf(text, sizeof text, "%suses: [assembly]\nfacts: {f: {type: \"", head);

    for (size_t i = 0; i < depth; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "list(");
    n += (size_t)snprintf(text + n, sizeof text - n, "int");
    for (size_t i = 0; i < depth; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, ")");
    snprintf(text + n, sizeof text - n, "\", zh: 甲, en: f}}\n");
    const size_t found = mistakes(text, &c, code);

    free_texts(&c.texts);
    return found;
}

static void lists_of_lists_are_16_deep(void **state)
{
    char code[32];

    (void)state;
    assert_int_equal(mistakes_of_lists(16, code), 0);
    assert_true(mistakes_of_lists(17, code) > 0);
    assert_string_equal(code, "limit");
    assert_true(mistakes_of_lists(150, code) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vocabularies_use_each_other_32_deep),
        cmocka_unit_test(lists_of_lists_are_16_deep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
