/* tests/rules/test_coverage.c: every provision is accounted for, and the text of a document still
 * says what its anchors stand for: a small charter of our own, and the five documents where they
 * are present. */
#include "base/hash.h"
#include "base/str.h"
#include "fixture.h"
#include "text/utf8.h"

#include <bylaw/coverage.h>
#include <dirent.h>

#define DOCUMENT                                                                                   \
    "茶会章程\n第一条 本会名为茶会。\n第二条  每月开会一次；\n　　会长主持。\n第三条 会费十元。\n"

static const char set_text_of_tea[] =
    "ruleset: tea\n"
    "title: {zh: 茶会章程, en: Charter of the Tea Circle}\n"
    "kinds: {meeting: {zh: 例会, en: meeting}}\n"
    "facts: {met: {type: bool, zh: 已开会, en: it met}}\n"
    "norms:\n"
    "  - {id: monthly, provision: 'tea:2a', on: [meeting], modality: must, require: met,\n"
    "     says: {zh: 每月开会一次, en: it meets once a month}}\n"
    "reasons: {'tea:3': {zh: 数目, en: a mere figure}}\n";

typedef struct tea {
    texts files;
    bylaw_ruleset *set;
    bylaw_diags *diags;
    char provisions[4096];
} tea;

/* One line of the provisions file; text NULL: a gap. */
static void add_provision(tea *t, const char *id, const char *class_, const char *testable,
                          const char *more, const char *text)
{
    char hex[BL_SHA256_HEX] = "";
    char anchor[128] = "";
    const size_t used = strlen(t->provisions);
    size_t length = 0;

    if (text != NULL) {
        const bylaw_str whole = bylaw_str_from(text);

        for (size_t at = 0; at < whole.len;) {
            const size_t space = bl_white_space_at(whole, at);

            if (space == 0) {
                length++;
                (void)bl_utf8_next(whole, &at);
            } else {
                at += space;
            }
        }
        assert_true(bl_sha256_hex_dense(whole, hex));
        snprintf(anchor, sizeof anchor, ", anchor: %s, length: %zu", hex, length);
    }
    snprintf(t->provisions + used, sizeof t->provisions - used,
             "  - {id: '%s', cite: 第%s条, en: Art. %s, class: %s, testable: %s, kinds: [none]%s,\n"
             "     gist: {zh: 要旨%s, en: gist %s}%s}\n",
             id, id, id, class_, testable, more, id, id, anchor);
}

static bylaw_str copy(const char *text)
{
    char *out = malloc(strlen(text) + 1);

    assert_non_null(out);
    strcpy(out, text);
    return bylaw_str_from(out);
}

static int setup(void **state)
{
    tea *t = calloc(1, sizeof *t);

    assert_non_null(t);
    strcpy(t->provisions, "provisions: tea\nitems:\n");
    add_provision(t, "title", "metadata", "no", "", "茶会章程");
    add_provision(t, "1", "definition", "yes", "", "第一条本会名为茶会。");
    add_provision(t, "2", "composite", "yes", ", parts: ['2a', '2b']",
                  "第二条每月开会一次；会长主持。");
    add_provision(t, "2a", "obligation", "yes", "", "第二条每月开会一次；");
    add_provision(t, "2b", "obligation", "partly", "", "会长主持。");
    add_provision(t, "3", "obligation", "yes", "", "第三条会费十元。");
    add_provision(t, "gap.x", "gap", "no", "", NULL);
    set_text(&t->files, "tea.yaml", copy(set_text_of_tea));
    set_text(&t->files, "provisions/tea.yaml", copy(t->provisions));
    assert_int_equal(bylaw_diags_new(&t->diags, NULL), BYLAW_OK);
    const bylaw_resolver resolver = {find_text, &t->files};

    if (bylaw_ruleset_read(&t->set, BYLAW_STR("tea.yaml"), get_text(&t->files, "tea.yaml"),
                           &resolver, NULL, t->diags) != BYLAW_OK)
        fail_msg("%s", bylaw_diags_get(t->diags, 0)->message.in[BYLAW_EN].ptr);
    *state = t;
    return 0;
}

static int teardown(void **state)
{
    tea *t = *state;

    bylaw_ruleset_free(t->set);
    bylaw_diags_free(t->diags);
    free_texts(&t->files);
    free(t);
    return 0;
}

static void each_provision_is_counted_by_what_carries_it(void **state)
{
    const tea *t = *state;
    static const bylaw_cover covers[] = {
        BYLAW_COVER_CLASS,   BYLAW_COVER_MISSING, BYLAW_COVER_CLASS,  BYLAW_COVER_NORM,
        BYLAW_COVER_MISSING, BYLAW_COVER_REASON,  BYLAW_COVER_MISSING};
    bylaw_coverage *coverage = NULL;

    assert_int_equal(bylaw_coverage_new(&coverage, t->set, NULL), BYLAW_OK);
    const bylaw_coverage_sum *sum = bylaw_coverage_total(coverage);

    assert_int_equal(sum->leaves, 5);
    assert_int_equal(sum->testable, 4);
    assert_int_equal(sum->checked, 1);
    assert_int_equal(sum->linked, 2);
    assert_int_equal(sum->carried, 2); /* the title, and the one with a reason */
    assert_int_equal(sum->gaps, 1);
    assert_int_equal(sum->missing, 3);
    assert_int_equal(bylaw_coverage_count(coverage), 7);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(bylaw_coverage_get(coverage, i)->cover, covers[i]);
    assert_true(bl_str_is(bylaw_coverage_get(coverage, 5)->reason.in[BYLAW_EN], "a mere figure"));
    bylaw_coverage_free(coverage);
}

static bylaw_original *original_of(const tea *t, const char *text)
{
    bylaw_original *original = NULL;

    assert_int_equal(bylaw_original_new(&original, t->set, bylaw_str_from(text), NULL), BYLAW_OK);
    return original;
}

static void an_unchanged_text_is_quoted_word_for_word(void **state)
{
    const tea *t = *state;
    bylaw_original *o = original_of(t, DOCUMENT);
    bylaw_str text = {NULL, 0};

    assert_int_equal(bylaw_original_count(o), 6);
    assert_int_equal(bylaw_original_changed(o), 0);
    assert_int_equal(bylaw_original_uncovered(o), 0);
    assert_int_equal(bylaw_original_quote(o, BYLAW_STR("tea:2"), &text), BYLAW_QUOTE_WORDS);
    assert_true(bl_str_is(text, "第二条每月开会一次；会长主持。"));
    assert_int_equal(bylaw_original_quote(o, BYLAW_STR("tea:2b"), &text), BYLAW_QUOTE_WORDS);
    assert_true(bl_str_is(text, "会长主持。"));
    assert_int_equal(bylaw_original_get(o, 4)->line, 4);
    assert_int_equal(bylaw_original_quote(o, BYLAW_STR("tea:gap.x"), &text), BYLAW_QUOTE_NONE);
    assert_true(bl_str_is(text, "会长主持。")); /* untouched */
    bylaw_original_free(o);
}

static void a_changed_word_is_found_with_what_stands_there_now(void **state)
{
    const tea *t = *state;
    bylaw_original *o = original_of(
        t,
        "茶会章程\n第一条 本会名为茶会。\n第二条  每年开会一次；\n会长主持。\n第三条 会费十元。\n");
    bylaw_str text = BYLAW_STR("untouched");

    assert_int_equal(bylaw_original_changed(o), 2); /* 2a, and 2, of which it is a part */
    assert_false(bylaw_original_get(o, 3)->found);
    assert_true(bl_str_is(bylaw_original_get(o, 3)->text, "第二条每年开会一次；"));
    assert_int_equal(bylaw_original_get(o, 3)->line, 3);
    assert_false(bylaw_original_get(o, 2)->found);
    assert_true(bl_str_is(bylaw_original_get(o, 2)->text, "第二条每年开会一次；会长主持。"));
    assert_int_equal(bylaw_original_quote(o, BYLAW_STR("tea:2a"), &text), BYLAW_QUOTE_CHANGED);
    assert_true(bl_str_is(text, "第二条每年开会一次；"));
    assert_int_equal(bylaw_original_uncovered(o), 10);
    bylaw_original_free(o);
}

static void what_was_struck_out_stands_nowhere_and_what_moved_is_found(void **state)
{
    const tea *t = *state;
    bylaw_original *o = original_of(t, "茶会章程 第三条 会费十元。第二条每月开会一次；会长主持。");

    assert_int_equal(bylaw_original_changed(o), 1);
    assert_false(bylaw_original_get(o, 1)->found);
    assert_int_equal(bylaw_original_get(o, 1)->text.len > 0, 1); /* what pushed in */
    assert_true(bylaw_original_get(o, 5)->found);
    bylaw_original_free(o);
    o = original_of(t, "茶会章程第二条每月开会一次；会长主持。第三条会费十元。");
    assert_int_equal(bylaw_original_changed(o), 1);
    assert_int_equal(bylaw_original_get(o, 1)->text.len, 0);
    assert_int_equal(bylaw_original_get(o, 1)->line, 0);
    bylaw_original_free(o);
}

static void another_document_is_not_taken_for_this_one(void **state)
{
    const tea *t = *state;
    bylaw_original *o = NULL;

    assert_int_equal(bylaw_original_new(&o, t->set, BYLAW_STR("咖啡会章程"), NULL),
                     BYLAW_ENOTFOUND);
    assert_int_equal(bylaw_original_new(&o, t->set, BYLAW_STR(""), NULL), BYLAW_ENOTFOUND);
    assert_null(o);
}

static bylaw_status make_both(const bylaw_allocator *allocator, void *data)
{
    const tea *t = data;
    bylaw_coverage *coverage = NULL;
    bylaw_original *original = NULL;
    bylaw_status status = bylaw_coverage_new(&coverage, t->set, allocator);

    if (status == BYLAW_OK)
        status = bylaw_original_new(&original, t->set, BYLAW_STR(DOCUMENT), allocator);
    bylaw_coverage_free(coverage);
    bylaw_original_free(original);
    return status;
}

static void a_failed_allocation_leaves_nothing_behind(void **state)
{
    assert_fault_sweep(make_both, *state);
}

/* The five documents, where they lie beside the project: nothing missing, nothing changed. */
static void the_bundled_sets_account_for_every_provision(void **state)
{
    (void)state;
    bylaw_coverage_sum all = {0};

    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        bylaw_ruleset *set = NULL;
        bylaw_coverage *coverage = NULL;

        assert_int_equal(bylaw_ruleset_bundled(&set, bylaw_bundled_name(i), NULL, NULL), BYLAW_OK);
        assert_int_equal(bylaw_coverage_new(&coverage, set, NULL), BYLAW_OK);
        const bylaw_coverage_sum *sum = bylaw_coverage_total(coverage);

        assert_int_equal(sum->missing, 0);
        all.leaves += sum->leaves;
        all.testable += sum->testable;
        all.linked += sum->linked;
        all.gaps += sum->gaps;
        bylaw_coverage_free(coverage);
        bylaw_ruleset_free(set);
    }
    assert_int_equal(all.leaves, 468);
    assert_int_equal(all.testable, 223);
    assert_int_equal(all.linked, 223);
    assert_int_equal(all.gaps, 78);
}

static size_t unchanged_in(const bylaw_ruleset *set)
{
    DIR *dir = opendir(BYLAW_SHARED_DATA "/seeds");
    size_t fits = 0;

    for (struct dirent *e = dir != NULL ? readdir(dir) : NULL; e != NULL; e = readdir(dir)) {
        char path[1024];
        bylaw_original *o = NULL;

        if (strstr(e->d_name, ".txt") == NULL)
            continue;
        snprintf(path, sizeof path, "%s/seeds/%s", BYLAW_SHARED_DATA, e->d_name);
        const bylaw_str text = read_file(path);

        if (bylaw_original_new(&o, set, text, NULL) == BYLAW_OK) {
            assert_int_equal(bylaw_original_changed(o), 0);
            fits++;
        }
        bylaw_original_free(o);
        free_text(text);
    }
    if (dir != NULL)
        closedir(dir);
    return fits;
}

static void every_anchor_agrees_with_its_document(void **state)
{
    (void)state;
    DIR *dir = opendir(BYLAW_SHARED_DATA "/seeds");

    if (dir == NULL)
        skip();
    closedir(dir);
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        bylaw_ruleset *set = NULL;

        assert_int_equal(bylaw_ruleset_bundled(&set, bylaw_bundled_name(i), NULL, NULL), BYLAW_OK);
        assert_int_equal(unchanged_in(set), 1);
        bylaw_ruleset_free(set);
    }
}

#define WITH_TEA(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_TEA(each_provision_is_counted_by_what_carries_it),
        WITH_TEA(an_unchanged_text_is_quoted_word_for_word),
        WITH_TEA(a_changed_word_is_found_with_what_stands_there_now),
        WITH_TEA(what_was_struck_out_stands_nowhere_and_what_moved_is_found),
        WITH_TEA(another_document_is_not_taken_for_this_one),
        WITH_TEA(a_failed_allocation_leaves_nothing_behind),
        cmocka_unit_test(the_bundled_sets_account_for_every_provision),
        cmocka_unit_test(every_anchor_agrees_with_its_document),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
