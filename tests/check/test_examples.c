/* tests/check/test_examples.c: every example that ships with the rule sets, checked through the
 * public headers as a program would, has the verdict and outcome that rules/examples/expected.tsv
 * states, and is what the naive twin finds. */
#include "check/twin.h"
#include "support.h"

#include "check/check.h"

#include <bylaw/bylaw.h>

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#define MAX_SETS  16
#define MAX_FILES 64

typedef struct world {
    bylaw_ruleset *sets[MAX_SETS];
    size_t set_count;
    bylaw_str files[MAX_FILES];
    size_t file_count;
} world;

static bylaw_str read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    bylaw_str text = {NULL, 0};

    if (in == NULL)
        return text;
    char *bytes = malloc(1 << 20);

    assert_non_null(bytes);
    text = (bylaw_str){bytes, fread(bytes, 1, 1 << 20, in)};
    fclose(in);
    return text;
}

static void free_text(bylaw_str text)
{
    free((void *)(uintptr_t)text.ptr);
}

static bylaw_status load(void *context, bylaw_str name, bylaw_str file, const bylaw_ruleset **out,
                         bylaw_diags *diags)
{
    world *w = context;
    bylaw_status status;

    (void)file;
    for (size_t i = 0; i < w->set_count; i++) {
        const bylaw_str id = bylaw_ruleset_id(w->sets[i]);

        if (id.len == name.len && memcmp(id.ptr, name.ptr, id.len) == 0) {
            *out = w->sets[i];
            return BYLAW_OK;
        }
    }
    assert_true(w->set_count < MAX_SETS);
    status = bylaw_ruleset_bundled(&w->sets[w->set_count], name, NULL, diags);
    if (status == BYLAW_OK)
        *out = w->sets[w->set_count++];
    return status;
}

static bylaw_status open_file(void *context, bylaw_str name, bylaw_str file, bylaw_str *text,
                              bylaw_str *shown)
{
    world *w = context;
    char path[1024];
    const char *slash = strrchr(file.ptr, '/');

    snprintf(path, sizeof path, "%.*s/%.*s", (int)(slash - file.ptr), file.ptr, (int)name.len,
             name.ptr);
    *text = read_file(path);
    *shown = name;
    if (text->ptr == NULL)
        return BYLAW_ENOTFOUND;
    assert_true(w->file_count < MAX_FILES);
    w->files[w->file_count++] = *text;
    return BYLAW_OK;
}

static void forget_files(world *w)
{
    while (w->file_count > 0)
        free_text(w->files[--w->file_count]);
}

#define MAX_READINGS 256

/* The readings in use of every set that judged the result, as settings: [set:]reading=option. */
static size_t readings_in_use(const bylaw_result *result, bylaw_setting *settings)
{
    static char names[MAX_READINGS][128];
    size_t n = 0;

    for (size_t i = 0; i < result->set_count; i++) {
        const bl_set_result *r = &result->sets[i];

        for (size_t k = 0; k < r->set->reading_count; k++, n++) {
            const bl_reading *reading = &r->set->readings[k];

            assert_true(n < MAX_READINGS);
            snprintf(names[n], sizeof names[n], "%.*s:%.*s", (int)r->set->id.len, r->set->id.ptr,
                     (int)reading->name.len, reading->name.ptr);
            settings[n] =
                (bylaw_setting){bylaw_str_from(names[n]), reading->options[r->chosen[k]].name};
        }
    }
    return n;
}

/* A brief result is refused by all that tells why. */
static void nobody_asks_why(const bylaw_result *brief)
{
    const bylaw_explain_telling explain = {.write = NULL};
    const bylaw_need_telling need = {.write = NULL};
    const bylaw_report_options options = {.format = BYLAW_REPORT_JSON, .lang_count = 1};
    bylaw_baseline *baseline = NULL;
    bylaw_report *report = NULL;
    bylaw_verdict verdict;
    size_t accepted;

    assert_int_equal(bylaw_explain(brief, BYLAW_STR(""), &explain, NULL), BYLAW_EDOMAIN);
    assert_int_equal(bylaw_need_result(brief, &need, NULL), BYLAW_EDOMAIN);
    assert_int_equal(bylaw_baseline_new(&baseline, false, NULL), BYLAW_OK);
    assert_int_equal(bylaw_baseline_weigh(baseline, brief, &verdict, &accepted), BYLAW_EDOMAIN);
    bylaw_baseline_free(baseline);
    assert_int_equal(bylaw_report_new(&report, &options, NULL), BYLAW_OK);
    assert_int_equal(bylaw_report_add(report, brief), BYLAW_EDOMAIN);
    bylaw_report_free(report);
}

static bool same_norms(const bylaw_result *a, const bylaw_result *b)
{
    bool same = bylaw_result_norm_count(a) == bylaw_result_norm_count(b);

    for (size_t i = 0; same && i < bylaw_result_norm_count(a); i++) {
        const bylaw_norm_result x = bylaw_result_norm(a, i), y = bylaw_result_norm(b, i);

        same = x.norm.ptr == y.norm.ptr && x.standing == y.standing;
    }
    for (bylaw_standing s = BYLAW_NORM_NOT_APPLICABLE; same && s <= BYLAW_NORM_VIOLATED; s++)
        same = bylaw_result_standing_count(a, s) == bylaw_result_standing_count(b, s);
    return same;
}

/* Judged briefly, under the same readings and no others, it comes out the same. */
static size_t briefly_judged;

static void check_briefly(world *w, bylaw_str file, bylaw_str text, const bylaw_result *full)
{
    bylaw_setting readings[MAX_READINGS];
    bylaw_options options = {.load = load, .open = open_file, .context = w, .readings = readings};
    bylaw_checker *checkers[2] = {NULL, NULL};
    const bylaw_result *results[2] = {NULL, NULL};

    options.reading_count = readings_in_use(full, readings);
    for (int i = 0; i < 2; i++) {
        options.brief = i == 1;
        assert_int_equal(bylaw_checker_new(&checkers[i], &options, NULL), BYLAW_OK);
        assert_int_equal(bylaw_checker_read(checkers[i], file, text, BYLAW_FORMAT_BY_NAME, NULL),
                         BYLAW_OK);
        assert_int_equal(bylaw_checker_check(checkers[i], 0, &results[i], NULL), BYLAW_OK);
    }
    if (bylaw_result_verdict(results[0]) != bylaw_result_verdict(results[1]) ||
        bylaw_result_outcome(results[0]) != bylaw_result_outcome(results[1]) ||
        bylaw_result_firm(results[0]) != bylaw_result_firm(results[1]) ||
        !same_norms(results[0], results[1]))
        fail_msg("%.*s: briefly it comes out otherwise", (int)file.len, file.ptr);
    for (size_t i = 0; i < results[1]->set_count; i++)
        briefly_judged +=
            results[1]->sets[i].standing_count > 0 && results[1]->sets[i].findings == NULL;
    nobody_asks_why(results[1]);
    bylaw_checker_free(checkers[0]);
    bylaw_checker_free(checkers[1]);
}

/* One line of the table: file, verdict, outcome, parted by tabs. */
static bool check_line(world *w, char *line)
{
    const char *file = strtok(line, "\t"), *verdict = strtok(NULL, "\t"),
               *outcome = strtok(NULL, "\t\n");
    const bylaw_options options = {.load = load, .open = open_file, .context = w};
    bylaw_checker *checker = NULL;
    bylaw_diags *diags = NULL;
    const bylaw_result *result = NULL;
    bool same;

    assert_non_null(outcome);
    const bylaw_str text = read_file(file);

    assert_non_null(text.ptr);
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    assert_int_equal(bylaw_checker_new(&checker, &options, NULL), BYLAW_OK);
    if (bylaw_checker_read(checker, bylaw_str_from(file), text, BYLAW_FORMAT_BY_NAME, diags) !=
            BYLAW_OK ||
        bylaw_checker_check(checker, 0, &result, diags) != BYLAW_OK) {
        const bylaw_str why = bylaw_diags_get(diags, 0)->message.in[BYLAW_EN];

        fprintf(stderr, "%s: %.*s\n", file, (int)why.len, why.ptr);
        fail();
    }
    same = strcmp(bylaw_verdict_name(bylaw_result_verdict(result)), verdict) == 0 &&
           strcmp(bylaw_outcome_name(bylaw_result_outcome(result)), outcome) == 0;
    if (!same)
        fprintf(stderr, "%s: %s %s, not %s %s\n", file,
                bylaw_verdict_name(bylaw_result_verdict(result)),
                bylaw_outcome_name(bylaw_result_outcome(result)), verdict, outcome);
    if (twin_differs(result) != NULL)
        fail_msg("%s: the twin differs: %s", file, twin_differs(result));
    assert_non_null(result);
    check_briefly(w, bylaw_str_from(file), text, result);
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
    free_text(text);
    forget_files(w);
    return same;
}

static size_t examples_in(const char *folder)
{
    DIR *dir = opendir(folder);
    size_t n = 0;

    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        const char *dot = strrchr(e->d_name, '.');

        n += dot != NULL && strcmp(dot, ".yaml") == 0 && strcmp(e->d_name, "名册.yaml") != 0;
    }
    closedir(dir);
    return n;
}

static void every_example_comes_out_as_stated(void **state)
{
    world w = {.set_count = 0};
    char line[1024];
    size_t lines = 0, wrong = 0;
    FILE *table = fopen("rules/examples/expected.tsv", "r");

    (void)state;
    assert_non_null(table);
    while (fgets(line, sizeof line, table) != NULL) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        lines++;
        wrong += !check_line(&w, line);
    }
    fclose(table);
    while (w.set_count > 0)
        bylaw_ruleset_free(w.sets[--w.set_count]);
    assert_int_equal(wrong, 0);
    assert_true(twin_compared().known > 20 && twin_compared().tried > 5); /* it did compare */
    assert_true(briefly_judged > 100);
    assert_int_equal(lines, examples_in("rules/examples")); /* none is left out */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_comes_out_as_stated),
    };

    if (chdir(BYLAW_SOURCE_DIR) != 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
