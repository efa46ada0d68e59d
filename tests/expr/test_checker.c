/* Case records: an expression, and its static type or every mistake told about it, in Chinese and
 * English.
 *
 *     @ charter            what follows is compiled so: charter, plain, unchecked, block
 *     > vote.yes / members the expression; further lines of it begin with > too
 *     : int                its type, or
 *     ! 1-19 int-division  bytes from 1, behind the last; code
 *       整数不能相除 …      in Chinese
 *       whole numbers …    in English
 *
 * A record ends with an empty line. With BYLAW_REWRITE set the files are written anew; read the
 * difference before committing it. */
#include "sample.h"
#include "support.h"

#include <stdio.h>

static const struct mode {
    const char *name;
    unsigned options;
    bool check;
} modes[] = {{"charter", BL_ENV_CHARTER, true},
             {"plain", BL_ENV_PLAIN, true},
             {"unchecked", BL_ENV_PLAIN, false},
             {"block", BL_ENV_TEST_BLOCK, true}};

static bylaw_str read_file(bl_arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    bl_str text = bl_str_init(arena);
    char buffer[4096];
    size_t n;

    assert_non_null(file);
    while ((n = fread(buffer, 1, sizeof buffer, file)) > 0)
        bl_str_add(&text, (bylaw_str){buffer, n});
    fclose(file);
    return bl_str_view(&text);
}

static bylaw_str next_line(bylaw_str text, size_t *at)
{
    const size_t end = bl_str_find(text, BYLAW_STR("\n"), *at);
    const bylaw_str line = bl_str_slice(text, *at, end == SIZE_MAX ? text.len : end);

    *at = end == SIZE_MAX ? text.len : end + 1;
    return line;
}

static void write_mistakes(bl_str *out, const bylaw_diags *diags)
{
    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);

        bl_str_addz(out, "! ");
        if (d->line > 1)
            bl_str_addf(out, "%zu:", d->line);
        bl_str_addf(out, "%zu-%zu ", d->column, d->end_column);
        bl_str_add(out, d->code);
        for (int lang = 0; lang < BYLAW_LANGS; lang++) {
            bl_str_addz(out, "\n  ");
            bl_str_add(out, d->message.in[lang]);
        }
        bl_str_addc(out, '\n');
    }
}

/* What compiling says, as the record does. */
static void write_outcome(bl_str *out, bl_arena *arena, const struct mode *mode, bylaw_str text)
{
    const bl_source source = {BYLAW_STR(""), text, 0};
    bl_env *env = sample_env(arena, mode->options);
    bylaw_diags *diags = NULL;
    bl_tree *tree = NULL;

    assert_non_null(env);
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    const bylaw_status status = bl_tree_read(
        &tree, env, arena, (bl_expr_text){text, {&source, 0, (uint32_t)text.len}, true}, NULL,
        mode->check, diags);

    if (status == BYLAW_OK) {
        bl_str_addz(out, ": ");
        bl_type_write(out, tree->nodes[bl_tree_root(tree)].type);
        bl_str_addc(out, '\n');
        assert_int_equal(bylaw_diags_count(diags), 0);
    } else {
        assert_true(bylaw_diags_count(diags) > 0);
        bl_diags_sort(diags, 0);
        write_mistakes(out, diags);
    }
    bylaw_diags_free(diags);
}

static void run_file(const char *name)
{
    bl_arena arena;
    char path[512];
    const struct mode *mode = NULL;
    size_t at = 0, records = 0;

    snprintf(path, sizeof path, "%s/tests/expr/cases/%s", BYLAW_SOURCE_DIR, name);
    bl_arena_init(&arena, NULL);
    const bylaw_str text = read_file(&arena, path);
    bl_str out = bl_str_init(&arena);

    while (at < text.len) {
        const bylaw_str line = next_line(text, &at);

        if (bl_str_starts(line, BYLAW_STR("@ "))) {
            mode = NULL;
            for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
                if (bl_str_is(bl_str_slice(line, 2, line.len), modes[i].name))
                    mode = &modes[i];
            }
        }
        bl_str_add(&out, line);
        bl_str_addc(&out, '\n');
        if (!bl_str_starts(line, BYLAW_STR("> ")) && !bl_str_is(line, ">"))
            continue;
        bl_str expression = bl_str_init(&arena);

        bl_str_add(&expression, bl_str_slice(line, 2, line.len));
        while (at < text.len && text.ptr[at] == '>') {
            const bylaw_str more = next_line(text, &at);

            bl_str_add(&out, more);
            bl_str_addc(&out, '\n');
            bl_str_addc(&expression, '\n');
            bl_str_add(&expression, bl_str_slice(more, 2, more.len));
        }
        while (at < text.len && text.ptr[at] != '\n') /* what is expected: written anew */
            next_line(text, &at);
        assert_non_null(mode);
        write_outcome(&out, &arena, mode, bl_str_view(&expression));
        records++;
    }
    assert_true(records > 10);
    if (getenv("BYLAW_REWRITE") != NULL) {
        FILE *file = fopen(path, "wb");

        assert_non_null(file);
        fwrite(out.ptr, 1, out.len, file);
        fclose(file);
    } else {
        assert_string_equal(out.ptr != NULL ? bl_str_view(&out).ptr : "", text.ptr);
    }
    bl_arena_dispose(&arena);
}

static void mistakes_of_rule_authors_are_told(void **state)
{
    (void)state;
    run_file("charter.cases");
}

static void mistakes_of_plain_expressions_are_told(void **state)
{
    (void)state;
    run_file("plain.cases");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_of_rule_authors_are_told),
        cmocka_unit_test(mistakes_of_plain_expressions_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
