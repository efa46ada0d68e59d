/* tests/house/test_messages.c: every sentence of every table exists in both languages, with the
 * same parts, ends without a full stop and has a code that reads well. The tables are found by the
 * build: each .def file that holds sentences (tests/house/CMakeLists.txt). */
#include "support.h"

#include "base/diag.h"

typedef struct row {
    const char *file, *name, *code, *zh, *en;
} row;

#define BL_MSG(name, code, zh, en)   {BL_FILE, #name, (code), (zh), (en)},
#define BL_FAULT(name, code, zh, en) {BL_FILE, #name, (code), (zh), (en)},
#define BL_SAY(name, zh, en)         {BL_FILE, #name, NULL, (zh), (en)},
#define CLI_WORD(name, zh, en)       {BL_FILE, #name, NULL, (zh), (en)},
static const row rows[] = {
#include "all_messages.inc"
};

/* The next {name} or {name|one|many} at or behind *at: the name, and *at behind it. Anything else
 * in braces is text: {zh: …, en: …}. */
static bool next_part(bylaw_str text, size_t *at, bylaw_str *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

    for (; *at < text.len; ++*at) {
        if (text.ptr[*at] != '{')
            continue;
        const char *from = text.ptr + *at + 1;
        const size_t n = strspn(from, letters);

        if (n > 0 && (from[n] == '}' || from[n] == '|')) {
            *name = (bylaw_str){from, n};
            *at += n + 1;
            return true;
        }
    }
    return false;
}

/* English inflects by a part of its own: {need} of Chinese, "6 票", is {need_n} "6" or {need_en}
 * "6 votes". */
static bylaw_str stem(bylaw_str name)
{
    static const char *const endings[] = {"_en", "_n"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const bylaw_str ending = bylaw_str_from(endings[i]);

        if (bl_str_ends(name, ending))
            return bl_str_slice(name, 0, name.len - ending.len);
    }
    return name;
}

static bool has_part(bylaw_str text, bylaw_str wanted)
{
    size_t at = 0;
    bylaw_str name;

    while (next_part(text, &at, &name)) {
        if (bl_str_equal(stem(name), stem(wanted)))
            return true;
    }
    return false;
}

/* Only Chinese glosses a name with its label: 是不是 present（到会成员数）？ */
static const char gloss[] = "label";

static bool parts_within(bylaw_str text, bylaw_str other, const char *exception)
{
    size_t at = 0;
    bylaw_str name;

    while (next_part(text, &at, &name)) {
        if (!has_part(other, name) && !bl_str_is(name, exception))
            return false;
    }
    return true;
}

static bool has_han(bylaw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0xE4 && (unsigned char)text.ptr[i] <= 0xE9)
            return true;
    }
    return false;
}

/* What is wrong with a sentence, or NULL. */
static const char *fault_of(const row *r)
{
    const bylaw_str zh = bylaw_str_from(r->zh), en = bylaw_str_from(r->en);

    if (zh.len == 0 || en.len == 0)
        return "a language is missing";
    if (!parts_within(en, zh, ""))
        return "English has a {part} that Chinese lacks";
    if (r->code == NULL)
        return NULL; /* a phrase of a report: Chinese says more of them, measure words above all */
    if (!parts_within(zh, en, gloss))
        return "Chinese has a {part} that English lacks";
    if (!has_han(zh))
        return "the Chinese is none";
    if (r->code[0] == '\0' ||
        strspn(r->code, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(r->code))
        return "a code is lower-case letters, digits and -";
    if (bl_str_ends(zh, BYLAW_STR("。")) || bl_str_ends(en, BYLAW_STR(".")) ||
        bl_str_ends(zh, BYLAW_STR("！")) || bl_str_ends(en, BYLAW_STR("!")))
        return "a message ends without a full stop or exclamation mark";
    return NULL;
}

static void the_check_bites(void **state)
{
    (void)state;
    static const row good[] = {
        {"f", "a", "a-b", "缺 {key}：{zh: …, en: …}", "{key} is missing: {zh: …, en: …}"},
        {"f", "b", "b", "{n} 处错误", "{n} {n|error|errors}"},
        {"f", "c", NULL, "：", ": "},
        {"f", "d", "d", "是不是 {near}（{label}）？", "did you mean {near}?"},
        {"f", "e", NULL, "至少 {need}，{unit}", "at least {need_n}"},
    };
    static const row bad[] = {
        {"f", "a", "a", "", "x"},
        {"f", "b", "b", "缺", ""},
        {"f", "c", "c", "缺 {key}", "x"},
        {"f", "d", "d", "缺 {a}", "{b} x"},
        {"f", "e", "E_", "缺", "x"},
        {"f", "f", "f", "x", "x"},
        {"f", "g", "g", "缺。", "x"},
        {"f", "h", "h", "缺", "x."},
        {"f", "k", "k", "缺 {near}", "{near} ({label})"},
        {"f", "i", NULL, "甲", "a {x}"},
        {"f", "j", "", "缺", "x"},
    };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(fault_of(&good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(fault_of(&bad[i]));
}

static void every_sentence_is_in_both_languages(void **state)
{
    (void)state;
    size_t bad = 0;

    assert_true(sizeof rows / sizeof *rows > 60); /* the tables were found */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *fault = fault_of(&rows[i]);

        if (fault != NULL) {
            print_error("%s: %s: %s\n  %s\n  %s\n", rows[i].file, rows[i].name, fault, rows[i].zh,
                        rows[i].en);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_check_bites),
        cmocka_unit_test(every_sentence_is_in_both_languages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
