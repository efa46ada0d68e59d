/* tests/rules/fixture.h: rule sets read from files and from edited copies of them. */
#ifndef TESTS_RULES_FIXTURE_H
#define TESTS_RULES_FIXTURE_H

#include "support.h"

#include "rules/ruleset.h"

#include <stdio.h>

#define FIXTURE BYLAW_SOURCE_DIR "/tests/fixtures/wcasp/"

/* The whole file, to be freed; ptr NULL when there is none. */
static inline bylaw_str read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    bylaw_str text = {NULL, 0};

    if (file == NULL)
        return text;
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    const long size = ftell(file);

    assert_true(size >= 0);
    rewind(file);
    char *bytes = malloc((size_t)size + 1);

    assert_non_null(bytes);
    text.len = fread(bytes, 1, (size_t)size, file);
    assert_int_equal(text.len, (size_t)size);
    bytes[text.len] = '\0';
    text.ptr = bytes;
    fclose(file);
    return text;
}

static inline void free_text(bylaw_str text)
{
    free((void *)(uintptr_t)text.ptr);
}

/* Texts that a rule set is read from, by their names below its folder. */
typedef struct texts {
    struct {
        char name[64];
        bylaw_str text;
    } files[8];
    size_t count;
} texts;

static inline void set_text(texts *t, const char *name, bylaw_str text)
{
    for (size_t i = 0; i < t->count; i++) {
        if (strcmp(t->files[i].name, name) == 0) {
            free_text(t->files[i].text);
            t->files[i].text = text;
            return;
        }
    }
    assert_true(t->count < sizeof t->files / sizeof *t->files);
    assert_true(strlen(name) < sizeof t->files[0].name);
    strcpy(t->files[t->count].name, name);
    t->files[t->count++].text = text;
}

static inline bylaw_str get_text(const texts *t, const char *name)
{
    for (size_t i = 0; i < t->count; i++) {
        if (strcmp(t->files[i].name, name) == 0)
            return t->files[i].text;
    }
    return (bylaw_str){NULL, 0};
}

static inline texts fixture_texts(void)
{
    texts t = {.count = 0};

    set_text(&t, "wcasp.yaml", read_file(FIXTURE "wcasp.yaml"));
    set_text(&t, "vocabulary/assembly.yaml", read_file(FIXTURE "vocabulary/assembly.yaml"));
    set_text(&t, "provisions/wcasp.yaml", read_file(FIXTURE "provisions/wcasp.yaml"));
    return t;
}

static inline void free_texts(texts *t)
{
    for (size_t i = 0; i < t->count; i++)
        free_text(t->files[i].text);
    t->count = 0;
}

static inline bylaw_status find_text(void *context, bylaw_str name, bylaw_str *text,
                                     bylaw_str *shown)
{
    const texts *t = context;

    for (size_t i = 0; i < t->count; i++) {
        if (bl_str_is(name, t->files[i].name)) {
            *text = t->files[i].text;
            *shown = name;
            return BYLAW_OK;
        }
    }
    return BYLAW_ENOTFOUND;
}

/* The rule set "wcasp.yaml" of these texts. */
static inline bylaw_status read_texts(bylaw_ruleset **set, texts *t,
                                      const bylaw_allocator *allocator, bylaw_diags *diags)
{
    const bylaw_resolver resolver = {find_text, t};

    return bylaw_ruleset_read(set, BYLAW_STR("wcasp.yaml"), get_text(t, "wcasp.yaml"), &resolver,
                              allocator, diags);
}

/* A step of a sweep of failing memory: the rule set of some texts is read and freed. */
static inline bylaw_status read_texts_once(const bylaw_allocator *allocator, void *data)
{
    bylaw_diags *diags = NULL;
    bylaw_ruleset *set = NULL;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    if (status == BYLAW_OK)
        status = read_texts(&set, data, allocator, diags);
    bylaw_ruleset_free(set);
    bylaw_diags_free(diags);
    return status;
}

/* A rule set with mistakes is read to its end: that is success here. */
static inline bylaw_status read_wrong_texts_once(const bylaw_allocator *allocator, void *data)
{
    const bylaw_status status = read_texts_once(allocator, data);

    return status == BYLAW_EINPUT ? BYLAW_OK : status;
}

#endif
