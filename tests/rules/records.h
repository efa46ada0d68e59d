/* tests/rules/records.h: records of edits to the small rule set and of what must be told of them.
 *
 * A file of records, a blank line between two:
 *
 *     # what is wrong
 *     @ wcasp.yaml                      the file that is edited; this one where not given
 *     - a text that stands in it        its first occurrence becomes …
 *     + … this one
 *     = a line of a file of its own
 *     ! wcasp.yaml:3:5-12 unknown-key 多出 …       everything that is told, in order
 *     ~ unknown key …
 *
 * `\n` in an edit is a line end. The files are those of tests/fixtures/wcasp. */
#ifndef TESTS_RULES_RECORDS_H
#define TESTS_RULES_RECORDS_H

#include "fixture.h"

typedef struct record {
    bl_arena *arena;
    texts files;
    char file[64];
    bylaw_str old; /* of the edit being read */
    bl_str own;    /* a file of its own being read */
    bl_str expected;
    bylaw_str title;
    const char *cases; /* file of records */
    size_t line;
} record;

static inline bylaw_str unescape(bl_arena *arena, bylaw_str text)
{
    bl_str out = bl_str_init(arena);
    bylaw_str done;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\\' && i + 1 < text.len && text.ptr[i + 1] == 'n') {
            bl_str_addc(&out, '\n');
            i++;
        } else {
            bl_str_addc(&out, text.ptr[i]);
        }
    }
    assert_int_equal(bl_str_take(&done, &out), BYLAW_OK);
    return done;
}

static inline bylaw_str on_heap(bylaw_str text)
{
    char *copy = malloc(text.len + 1);

    assert_non_null(copy);
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (bylaw_str){copy, text.len};
}

static inline void edit(record *r, bylaw_str replacement)
{
    const bylaw_str text = get_text(&r->files, r->file);
    const size_t at = bl_str_find(text, r->old, 0);
    bl_str out = bl_str_init(r->arena);

    if (at == SIZE_MAX)
        fail_msg("%s:%zu: %s has no “%.*s”", r->cases, r->line, r->file, (int)r->old.len,
                 r->old.ptr);
    bl_str_add(&out, bl_str_slice(text, 0, at));
    bl_str_add(&out, replacement);
    bl_str_add(&out, bl_str_slice(text, at + r->old.len, text.len));
    set_text(&r->files, r->file, on_heap(bl_str_view(&out)));
}

static inline void read_line(record *r, bylaw_str line)
{
    const char mark = line.ptr[0];
    const bylaw_str rest = bl_str_slice(line, line.len > 2 ? 2 : line.len, line.len);

    switch (mark) {
    case '#':
        r->title = rest;
        break;
    case '@':
        assert_true(rest.len < sizeof r->file);
        memcpy(r->file, rest.ptr, rest.len);
        r->file[rest.len] = '\0';
        r->own = bl_str_init(r->arena);
        break;
    case '-':
        r->old = unescape(r->arena, rest);
        break;
    case '+':
        edit(r, unescape(r->arena, rest));
        break;
    case '=':
        bl_str_add(&r->own, rest);
        bl_str_addc(&r->own, '\n');
        set_text(&r->files, r->file, on_heap(bl_str_view(&r->own)));
        break;
    case '!':
    case '~':
        bl_str_add(&r->expected, line);
        bl_str_addc(&r->expected, '\n');
        break;
    default:
        fail_msg("%s:%zu: what is “%c”?", r->cases, r->line, mark);
    }
}

static inline void write_told(bl_str *out, const bylaw_diags *diags)
{
    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *diag = bylaw_diags_get(diags, i);

        bl_str_addz(out, "! ");
        bl_str_add(out, diag->file);
        bl_str_addf(out, ":%zu:%zu-", diag->line, diag->column);
        if (diag->end_line != diag->line)
            bl_str_addf(out, "%zu:", diag->end_line);
        bl_str_addf(out, "%zu ", diag->end_column);
        bl_str_add(out, diag->code);
        bl_str_addc(out, ' ');
        bl_str_add(out, diag->message.in[BYLAW_ZH]);
        bl_str_addz(out, "\n~ ");
        bl_str_add(out, diag->message.in[BYLAW_EN]);
        bl_str_addc(out, '\n');
    }
}

/* Is what is told what was expected? Shows it when not. */
static inline bool same_as_expected(const record *r, const bl_str *told)
{
    const bool same = bl_str_equal(bl_str_view(told), bl_str_view(&r->expected));

    if (!same)
        fprintf(stderr, "%s:%zu: %.*s\n%.*s\n", r->cases, r->line, (int)r->title.len, r->title.ptr,
                (int)told->len, told->len > 0 ? told->ptr : "");
    return same;
}

/* One record from byte *at of the file; false when only blank lines were left. */
static inline bool read_record(record *r, bylaw_str cases, size_t *at, size_t *line_number)
{
    bool any = false;

    r->line = *line_number + 1;
    while (*at < cases.len) {
        size_t end = bl_str_find(cases, BYLAW_STR("\n"), *at);

        if (end == SIZE_MAX)
            end = cases.len;
        const bylaw_str line = bl_str_slice(cases, *at, end);

        *at = end + 1;
        ++*line_number;
        if (line.len == 0)
            break;
        any = true;
        read_line(r, line);
    }
    return any;
}

/* Runs all records of a file, fails when one is not as expected; how many there were. */
static inline size_t run_records(const char *name, bool (*run)(record *r))
{
    char path[1024];
    size_t at = 0, line_number = 0, records = 0, wrong = 0;

    snprintf(path, sizeof path, BYLAW_SOURCE_DIR "/tests/rules/%s", name);
    const bylaw_str cases = read_file(path);

    assert_non_null(cases.ptr);
    while (at < cases.len) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        record r = {.arena = &arena,
                    .files = fixture_texts(),
                    .file = "wcasp.yaml",
                    .expected = bl_str_init(&arena),
                    .own = bl_str_init(&arena),
                    .cases = name};

        if (read_record(&r, cases, &at, &line_number)) {
            records++;
            wrong += !run(&r);
        }
        free_texts(&r.files);
        bl_arena_dispose(&arena);
    }
    free_text(cases);
    assert_int_equal(wrong, 0);
    return records;
}

#endif
