/* tests/check/test_threads.c: rule sets are immutable and shared: many checkers in many threads
 * over the same sets come to the same reports, byte for byte, as one alone. Under the thread
 * sanitizer (BYLAW_SANITIZE=thread) it is also a race detector. */
#include "support.h"

#include "base/str.h"

#include <bylaw/bylaw.h>

#include <glob.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { THREADS = 8, MOST_FILES = 256 };

static bylaw_ruleset *sets[8];
static size_t set_count;

typedef struct action_file {
    bylaw_str path, text;
    uint64_t alone; /* what one checker alone reports of it, as a hash */
} action_file;

static action_file files[MOST_FILES];
static size_t file_count;

typedef struct worker {
    pthread_t thread;
    size_t first; /* each begins elsewhere, so that different actions meet on a set */
    size_t wrong;
} worker;

static bylaw_status add_to_hash(void *context, bylaw_str text)
{
    uint64_t *hash = context;

    for (size_t i = 0; i < text.len; i++)
        *hash = (*hash ^ (unsigned char)text.ptr[i]) * 1099511628211u;
    return BYLAW_OK;
}

/* Checked with everything that a checker can be asked for, told as JSON. */
static uint64_t hash_of(const action_file *file)
{
    static const bylaw_lang langs[] = {BYLAW_ZH, BYLAW_EN};
    uint64_t hash = 14695981039346656037u;
    const bylaw_options options = {.sets = (const bylaw_ruleset *const *)sets,
                                   .set_count = set_count,
                                   .remedies = true,
                                   .grid = true};
    const bylaw_report_options how = {.format = BYLAW_REPORT_JSON,
                                      .langs = langs,
                                      .lang_count = 2,
                                      .write = add_to_hash,
                                      .context = &hash};
    const bylaw_summary summary = {.failed = 0};
    bylaw_checker *checker = NULL;
    bylaw_report *report = NULL;
    bylaw_diags *diags = NULL;

    if (bylaw_diags_new(&diags, NULL) == BYLAW_OK &&
        bylaw_checker_new(&checker, &options, NULL) == BYLAW_OK &&
        bylaw_report_new(&report, &how, NULL) == BYLAW_OK &&
        bylaw_checker_read(checker, file->path, file->text, BYLAW_FORMAT_YAML, diags) == BYLAW_OK) {
        for (size_t i = 0; i < bylaw_checker_count(checker); i++) {
            const bylaw_result *result = NULL;

            if (bylaw_checker_check(checker, i, &result, diags) != BYLAW_OK ||
                bylaw_report_add(report, result) != BYLAW_OK)
                hash = 0;
        }
    }
    if (bylaw_diags_write(diags, &(bylaw_diag_style){.lang = BYLAW_EN}, add_to_hash, &hash) !=
            BYLAW_OK ||
        bylaw_report_end(report, &summary) != BYLAW_OK)
        hash = 0;
    bylaw_report_free(report);
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
    return hash;
}

static void *check_all(void *data)
{
    worker *w = data;

    for (size_t i = 0; i < file_count; i++) {
        const action_file *file = &files[(w->first + i) % file_count];

        w->wrong += hash_of(file) != file->alone;
    }
    return NULL;
}

static void many_checkers_share_the_sets(void **state)
{
    worker workers[THREADS];

    (void)state;
    assert_true(file_count > 100);
    for (size_t i = 0; i < file_count; i++)
        files[i].alone = hash_of(&files[i]);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (worker){.first = i * file_count / THREADS};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, check_all, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        assert_int_equal(workers[i].wrong, 0);
    }
}

/* Reading a set, too, is nobody else's business: what is read first is told of no lock. */
static void *read_sets(void *data)
{
    worker *w = data;

    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        bylaw_ruleset *set = NULL;

        if (bylaw_ruleset_bundled(&set, bylaw_bundled_name(i), NULL, NULL) != BYLAW_OK)
            w->wrong++;
        else
            w->wrong += bylaw_ruleset_kind_count(set) != bylaw_ruleset_kind_count(sets[i]);
        bylaw_ruleset_free(set);
    }
    return NULL;
}

static void sets_are_read_side_by_side(void **state)
{
    worker workers[THREADS];

    (void)state;
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (worker){.first = 0};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, read_sets, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        assert_int_equal(workers[i].wrong, 0);
    }
}

static bylaw_str text_of(const char *path)
{
    FILE *in = fopen(path, "rb");
    char *bytes = malloc(1 << 16);

    assert_non_null(in);
    assert_non_null(bytes);
    const bylaw_str text = {bytes, fread(bytes, 1, 1 << 16, in)};

    fclose(in);
    return text;
}

static glob_t examples;

static int open_all(void **state)
{
    (void)state;
    if (chdir(BYLAW_SOURCE_DIR) != 0 || glob("rules/examples/*.yaml", 0, NULL, &examples) != 0)
        return -1;
    for (; file_count < examples.gl_pathc && file_count < MOST_FILES; file_count++) {
        files[file_count].path = bylaw_str_from(examples.gl_pathv[file_count]);
        files[file_count].text = text_of(examples.gl_pathv[file_count]);
    }
    for (; set_count < bylaw_bundled_count(); set_count++) {
        if (bylaw_ruleset_bundled(&sets[set_count], bylaw_bundled_name(set_count), NULL, NULL) !=
            BYLAW_OK)
            return -1;
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    while (set_count > 0)
        bylaw_ruleset_free(sets[--set_count]);
    while (file_count > 0)
        free((void *)(uintptr_t)files[--file_count].text.ptr);
    globfree(&examples);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_read_side_by_side),
        cmocka_unit_test(many_checkers_share_the_sets),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
