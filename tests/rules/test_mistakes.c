/* tests/rules/test_mistakes.c: wrong rule sets, and exactly what is told of them.
 *
 * mistakes.cases holds records, a blank line between two:
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
#include "fixture.h"

#include "base/vec.h"

typedef struct record {
    bl_arena *arena;
    texts files;
    char file[64];
    bylaw_str old; /* of the edit being read */
    bl_str own;    /* a file of its own being read */
    bl_str expected;
    bylaw_str title;
    size_t line;
} record;

static bylaw_str unescape(bl_arena *arena, bylaw_str text)
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

static bylaw_str on_heap(bylaw_str text)
{
    char *copy = malloc(text.len + 1);

    assert_non_null(copy);
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (bylaw_str){copy, text.len};
}

static void edit(record *r, bylaw_str replacement)
{
    const bylaw_str text = get_text(&r->files, r->file);
    const size_t at = bl_str_find(text, r->old, 0);
    bl_str out = bl_str_init(r->arena);

    if (at == SIZE_MAX)
        fail_msg("mistakes.cases:%zu: %s has no “%.*s”", r->line, r->file, (int)r->old.len,
                 r->old.ptr);
    bl_str_add(&out, bl_str_slice(text, 0, at));
    bl_str_add(&out, replacement);
    bl_str_add(&out, bl_str_slice(text, at + r->old.len, text.len));
    set_text(&r->files, r->file, on_heap(bl_str_view(&out)));
}

static void read_line(record *r, bylaw_str line)
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
        fail_msg("mistakes.cases:%zu: what is “%c”?", r->line, mark);
    }
}

static void write_told(bl_str *out, const bylaw_diags *diags)
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

/* true when what is told is what was expected; a record that expects nothing must load. */
static bool run(record *r)
{
    bylaw_ruleset *set = NULL, *untouched = NULL;
    bylaw_diags *diags;
    bl_str told = bl_str_init(r->arena);

    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    const bylaw_status status = read_texts(&set, &r->files, NULL, diags);

    write_told(&told, diags);
    assert_int_equal(status, bylaw_diags_count(diags) > 0 ? BYLAW_EINPUT : BYLAW_OK);
    if (status != BYLAW_OK)
        assert_ptr_equal(set, untouched);
    const bool same = bl_str_equal(bl_str_view(&told), bl_str_view(&r->expected));

    if (!same)
        fprintf(stderr, "mistakes.cases:%zu: %.*s\n%.*s\n", r->line, (int)r->title.len,
                r->title.ptr, (int)told.len, told.len > 0 ? told.ptr : "");
    bylaw_ruleset_free(set);
    bylaw_diags_free(diags);
    return same;
}

static void every_mistake_is_told_with_its_place(void **state)
{
    const bylaw_str cases = read_file(BYLAW_SOURCE_DIR "/tests/rules/mistakes.cases");
    size_t at = 0, line_number = 0, records = 0, wrong = 0;

    (void)state;
    assert_non_null(cases.ptr);
    while (at < cases.len) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        record r = {.arena = &arena,
                    .files = fixture_texts(),
                    .file = "wcasp.yaml",
                    .expected = bl_str_init(&arena),
                    .own = bl_str_init(&arena),
                    .line = line_number + 1};
        bool empty = true;

        while (at < cases.len) {
            size_t end = bl_str_find(cases, BYLAW_STR("\n"), at);

            if (end == SIZE_MAX)
                end = cases.len;
            const bylaw_str line = bl_str_slice(cases, at, end);

            at = end + 1;
            line_number++;
            if (line.len == 0)
                break;
            empty = false;
            read_line(&r, line);
        }
        if (!empty) {
            records++;
            wrong += !run(&r);
        }
        free_texts(&r.files);
        bl_arena_dispose(&arena);
    }
    free_text(cases);
    assert_true(records >= 60);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_is_told_with_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
