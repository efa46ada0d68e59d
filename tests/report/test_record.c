/* tests/report/test_record.c: a verdict record through the public functions: what order does not
 * change, what is told of every piece of it that is altered, memory and writing that fail. */
#include "support.h"

#include <bylaw/bylaw.h>

#include "rules/fixture.h"

static const char motions[] = "rules: [wcasp]\ndate: 2026-11-21\nfacts: {members: 8, present: 8}\n"
                              "---\naction: resolution\nfacts: {vote: {yes: 4, no: 4}}\n"
                              "---\naction: dissolution\ndeclared: adopted\n"
                              "facts: {vote: {yes: 5, no: 3}, proposer: {office: chair},\n"
                              "  ballots: [{member: a, choice: yes}, {member: a, choice: no}]}\n";
static const char other[] = "action: resolution\nrules: [wcasp]\nfacts: {vote: {yes: 5}}\n";

static bylaw_ruleset *set;

/* What is written, up to the write number `fail_at` (0: all). */
typedef struct sink {
    char text[16384];
    size_t size, writes, fail_at;
} sink;

static bylaw_status keep(void *context, bylaw_str text)
{
    sink *s = context;

    if (++s->writes == s->fail_at)
        return BYLAW_EIO;
    assert_true(s->size + text.len < sizeof s->text);
    memcpy(s->text + s->size, text.ptr, text.len);
    s->size += text.len;
    s->text[s->size] = '\0';
    return BYLAW_OK;
}

static bylaw_status add_file(bylaw_record *record, bylaw_checker *checker, const char *name,
                             const char *text, bylaw_diags *diags)
{
    const size_t half = strlen(text) / 2; /* a text may come in pieces */
    bylaw_status status = bylaw_checker_read(checker, bylaw_str_from(name), bylaw_str_from(text),
                                             BYLAW_FORMAT_YAML, diags);
    size_t file = 0;

    if (status == BYLAW_OK)
        status = bylaw_record_file(&file, record, BYLAW_INPUT_ACTION, bylaw_str_from(name),
                                   bylaw_str_from(name), false);
    if (status != BYLAW_OK)
        return status;
    bylaw_record_text(record, file, (bylaw_str){text, half});
    bylaw_record_text(record, file, bylaw_str_from(text + half));
    for (size_t i = bylaw_checker_count(checker); i-- > 0 && status == BYLAW_OK;) {
        const bylaw_result *result = NULL;

        status = bylaw_checker_check(checker, i, &result, diags);
        if (status == BYLAW_OK)
            status = bylaw_record_add(record, result);
    }
    return status;
}

/* A record of both texts, in either order. */
static bylaw_status make(bylaw_record **out, bool backwards, const bylaw_allocator *allocator,
                         bylaw_diags *diags)
{
    const bylaw_str rules[] = {BYLAW_STR("wcasp.yaml"), BYLAW_STR("b")};
    const bylaw_str turned[] = {BYLAW_STR("b"), BYLAW_STR("wcasp.yaml")};
    const bylaw_setting given = {BYLAW_STR("announced"), BYLAW_STR("")};
    const bylaw_setting reading = {BYLAW_STR("half"), BYLAW_STR("inclusive")};
    const bylaw_setting limit = {BYLAW_STR("cost"), BYLAW_STR("9000000")};
    const bylaw_record_options what = {.rules = backwards ? turned : rules,
                                       .rule_count = 2,
                                       .facts = &given,
                                       .fact_count = 1,
                                       .readings = &reading,
                                       .reading_count = 1,
                                       .limits = &limit,
                                       .limit_count = 1,
                                       .select = rules,
                                       .select_count = 1,
                                       .ignore = rules + 1,
                                       .ignore_count = 1,
                                       .at = BYLAW_STR("2026-12-31"),
                                       .flat = BYLAW_STR("kind"),
                                       .ignore_unknown = true,
                                       .strict = true};
    const bylaw_ruleset *const sets[] = {set};
    const bylaw_options options = {.sets = sets, .set_count = 1, .strict = true};
    bylaw_record *record = NULL;
    bylaw_checker *checker = NULL;
    bylaw_status status = bylaw_record_new(&record, &what, allocator);

    if (status == BYLAW_OK)
        status = bylaw_checker_new(&checker, &options, allocator);
    for (int i = 0; i < 2 && status == BYLAW_OK; i++)
        status = (i == 0) == backwards ? add_file(record, checker, "b.yaml", other, diags)
                                       : add_file(record, checker, "a.yaml", motions, diags);
    bylaw_checker_free(checker);
    if (status == BYLAW_OK) {
        *out = record;
        record = NULL;
    }
    bylaw_record_free(record);
    return status;
}

static bylaw_record *made(bool backwards)
{
    bylaw_record *record = NULL;
    bylaw_diags *diags = NULL;

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    assert_int_equal(make(&record, backwards, NULL, diags), BYLAW_OK);
    bylaw_diags_free(diags);
    return record;
}

static bylaw_record *read_back(const char *text)
{
    bylaw_record *record = NULL;

    assert_int_equal(
        bylaw_record_read(&record, BYLAW_STR("r.json"), bylaw_str_from(text), NULL, NULL),
        BYLAW_OK);
    return record;
}

static void order_and_reading_back_change_nothing(void **state)
{
    static sink first, second, third;
    bylaw_record *a = made(false), *b = made(true);

    (void)state;
    first = second = third = (sink){.size = 0};
    assert_int_equal(bylaw_record_write(a, keep, &first), BYLAW_OK);
    assert_int_equal(bylaw_record_write(b, keep, &second), BYLAW_OK);
    assert_string_equal(first.text, second.text);
    bylaw_record *c = read_back(first.text);

    assert_false(bylaw_record_altered(c));
    assert_int_equal(bylaw_record_write(c, keep, &third), BYLAW_OK);
    assert_string_equal(first.text, third.text);
    assert_int_equal(bylaw_record_input_count(c), 2);
    assert_int_equal(bylaw_record_options_of(c)->fact_count, 1);
    assert_true(bylaw_record_options_of(c)->strict);
    bylaw_record_free(a);
    bylaw_record_free(b);
    bylaw_record_free(c);
}

/* Each value of the text is changed, one after the other: nothing can be without its being told. */
static void every_piece_is_under_the_digest(void **state)
{
    static const struct {
        const char *piece, *by;
    } edits[] = {
        {"\"bylaw\":\"", "\"bylaw\":\"9"},
        {"\"yaml\":\"", "\"yaml\":\"9"},
        {"\"wcasp.yaml\"", "\"wcasq.yaml\""},
        {"\"value\":\"\"", "\"value\":\"true\""},
        {"\"strict\":true", "\"strict\":false"},
        {"\"id\":\"wcasp\"", "\"id\":\"wcasq\""},
        {"\"from\":\"2020", "\"from\":\"2021"},
        {"\"role\":\"action\"", "\"role\":\"waivers\""},
        {"\"file\":\"a.yaml\",\"sha", "\"file\":\"c.yaml\",\"sha"},
        {"\"line\":5", "\"line\":6"},
        {"\"kind\":\"resolution\"", "\"kind\":\"election\""},
        {"\"date\":\"2026-11-21\"", "\"date\":\"2026-11-22\""},
        {"\"firm\":true", "\"firm\":false"},
        {"\"firm\":false", "\"firm\":true"},
        {"\"outcome\":\"adopted\"", "\"outcome\":\"open\""},
        {"\"status\":\"satisfied\"", "\"status\":\"violated\""},
        {"\"option\":\"inclusive\"", "\"option\":\"exclusive\""},
        {"\"norm\":\"majority\"", "\"norm\":\"minority\""},
        {"[\"violated\"", "[\"satisfied\""},
        {"}\n],\n\"sha256\":\"", "}\n],\n\"sha256\":\"0"},
    };
    static sink text;
    static char edited[sizeof text.text];
    bylaw_record *record = made(false);
    size_t tried = 0;

    (void)state;
    text = (sink){.size = 0};
    assert_int_equal(bylaw_record_write(record, keep, &text), BYLAW_OK);
    bylaw_record_free(record);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        const char *at = strstr(text.text, edits[i].piece);
        const char *rest = at != NULL ? at + strlen(edits[i].piece) : NULL;

        if (at == NULL)
            continue; /* firm is one of the two */
        /* the record's own digest stays 64 digits long */
        rest += i + 1 == sizeof edits / sizeof *edits;
        snprintf(edited, sizeof edited, "%.*s%s%s", (int)(at - text.text), text.text, edits[i].by,
                 rest);
        if (strcmp(edited, text.text) == 0)
            continue; /* the digest began with a 0 */
        record = read_back(edited);
        if (!bylaw_record_altered(record))
            fail_msg("%s may be %s", edits[i].piece, edits[i].by);
        bylaw_record_free(record);
        tried++;
    }
    assert_true(tried >= 17);
}

static void what_agrees_agrees_and_what_is_told_fails_with_its_writing(void **state)
{
    bylaw_record *then = made(false), *now = made(true);
    static sink s;

    (void)state;
    for (int i = 0; i < 8; i++) {
        const bylaw_record_telling how = {.lang = i & 1 ? BYLAW_EN : BYLAW_ZH,
                                          .json = (i & 2) != 0,
                                          .quiet = (i & 4) != 0,
                                          .name = BYLAW_STR("r.json"),
                                          .write = keep,
                                          .context = &s};
        bylaw_record_match match = {.altered = true};

        s = (sink){.fail_at = 0};
        assert_int_equal(bylaw_record_compare(&match, then, now, &how), BYLAW_OK);
        assert_true(bylaw_record_agrees(&match, false));
        assert_int_equal(match.versions, 0);
        assert_int_equal(s.size == 0, how.quiet && !how.json);
        s = (sink){.fail_at = 1};
        if (!how.quiet)
            assert_int_equal(bylaw_record_compare(&match, then, now, &how), BYLAW_EIO);
    }
    s = (sink){.fail_at = 0};
    assert_int_equal(bylaw_record_write(then, keep, &s), BYLAW_OK);
    for (size_t at = s.writes; at > 0; at--) {
        s = (sink){.fail_at = at};
        assert_int_equal(bylaw_record_write(then, keep, &s), BYLAW_EIO);
        assert_int_equal(s.writes, at);
    }
    bylaw_record_free(then);
    bylaw_record_free(now);
}

/* ---- each thing that can differ ---- */

static bylaw_str file_of_record(const char *name)
{
    char path[256];

    snprintf(path, sizeof path, BYLAW_SOURCE_DIR "/tests/report/record/%s", name);
    const bylaw_str text = read_file(path);

    assert_non_null(text.ptr);
    return text;
}

static bylaw_record *record_of(const char *name)
{
    const bylaw_str text = file_of_record(name);
    bylaw_record *record = read_back(text.ptr);

    free_text(text);
    return record;
}

static void whatever_differs_is_told_in_its_own_words(void **state)
{
    static const char *const expected[] = {"told.zh", "told.en", "told.json"};
    bylaw_record *then = record_of("then.json"), *now = record_of("now.json");
    static sink s;

    (void)state;
    for (int i = 0; i < 3; i++) {
        const bylaw_record_telling how = {.lang = i == 1 ? BYLAW_EN : BYLAW_ZH,
                                          .json = i == 2,
                                          .columns = 30, /* fewer than is of use */
                                          .name = BYLAW_STR("r.json"),
                                          .write = keep,
                                          .context = &s};
        const bylaw_str text = file_of_record(expected[i]);
        bylaw_record_match match;

        s = (sink){.fail_at = 0};
        assert_int_equal(bylaw_record_compare(&match, then, now, &how), BYLAW_OK);
        assert_string_equal(s.text, text.ptr);
        free_text(text);
        assert_int_equal(match.versions, 1);
        assert_false(bylaw_record_agrees(&match, true));
    }
    bylaw_record_free(then);
    bylaw_record_free(now);
}

/* ---- memory ---- */

static sink written;

static bylaw_status whole_way(const bylaw_allocator *allocator, void *data)
{
    const bylaw_record_telling how = {.lang = BYLAW_EN,
                                      .json = data != NULL,
                                      .name = BYLAW_STR("r.json"),
                                      .write = keep,
                                      .context = &written};
    bylaw_record *then = NULL, *now = NULL;
    bylaw_record_match match;
    bylaw_diags *diags = NULL;
    bylaw_status status = bylaw_diags_new(&diags, allocator);
    static sink copy;

    written = (sink){.size = 0};
    if (status == BYLAW_OK)
        status = make(&now, false, allocator, diags);
    if (status == BYLAW_OK)
        status = bylaw_record_write(now, keep, &written);
    copy = written;
    if (status == BYLAW_OK) { /* something to tell */
        char *at = strstr(copy.text, "\"line\":5");

        at[strlen("\"line\":")] = '6';
        status = bylaw_record_read(&then, BYLAW_STR("r.json"), (bylaw_str){copy.text, copy.size},
                                   allocator, diags);
    }
    written = (sink){.size = 0};
    if (status == BYLAW_OK)
        status = bylaw_record_compare(&match, then, now, &how);
    if (status == BYLAW_OK)
        assert_true(match.altered && match.verdicts == 0);
    bylaw_record_free(then);
    bylaw_record_free(now);
    bylaw_diags_free(diags);
    return status;
}

static void memory_that_runs_out_is_told_at_every_point(void **state)
{
    static int json;

    (void)state;
    assert_fault_sweep(whole_way, NULL);
    assert_fault_sweep(whole_way, &json);
}

static bylaw_status read_mistaken(const bylaw_allocator *allocator, void *data)
{
    bylaw_record *record = NULL;
    bylaw_diags *diags = NULL;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    if (status == BYLAW_OK)
        status =
            bylaw_record_read(&record, BYLAW_STR("r.json"), bylaw_str_from(data), allocator, diags);
    assert_null(record);
    bylaw_diags_free(diags);
    return status == BYLAW_EINPUT ? BYLAW_OK : status;
}

static void mistakes_are_told_or_memory_is(void **state)
{
    (void)state;
    assert_fault_sweep(read_mistaken, (void *)(uintptr_t) "{\"schema_version\":3,\"options\":[],"
                                                          "\"rulesets\":[{\"id\":1}],\"inputs\":"
                                                          "[3,{}],\"actions\":{},\"sha\":0}");
    assert_fault_sweep(read_mistaken, (void *)(uintptr_t) "");
}

static int open_set(void **state)
{
    texts files = fixture_texts();
    const bylaw_status status = read_texts(&set, &files, NULL, NULL);

    (void)state;
    free_texts(&files);
    return status == BYLAW_OK ? 0 : -1;
}

static int close_set(void **state)
{
    (void)state;
    bylaw_ruleset_free(set);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_and_reading_back_change_nothing),
        cmocka_unit_test(every_piece_is_under_the_digest),
        cmocka_unit_test(what_agrees_agrees_and_what_is_told_fails_with_its_writing),
        cmocka_unit_test(whatever_differs_is_told_in_its_own_words),
        cmocka_unit_test(memory_that_runs_out_is_told_at_every_point),
        cmocka_unit_test(mistakes_are_told_or_memory_is),
    };

    return cmocka_run_group_tests(tests, open_set, close_set);
}
