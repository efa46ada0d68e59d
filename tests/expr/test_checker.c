/* tests/expr/test_checker.c: names, types and mistakes of expressions; what trees look like.
 *
 * Case records: an expression, and its static type or every mistake told about it, in Chinese and
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
#include "poor_arena.h"
#include "sample.h"

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
    return bl_str_taken(&text); /* with a NUL behind it */
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

/* Whichever allocation fails, nothing but that comes out: not a tree, and no mistakes but where the
 * arena says that it failed. */
static void starve(const bl_env *env, bl_expr_text text, bool check, bylaw_status status,
                   bylaw_diags *diags)
{
    bool failed = true;

    for (size_t fail_at = 1; failed; fail_at++) {
        poor_arena poor;
        bl_tree *tree = NULL;

        bylaw_diags_clear(diags);
        poor_arena_open(&poor, fail_at);
        const bylaw_status got = bl_tree_read(&tree, env, &poor.arena, text, NULL, check, diags);

        const bool told = got == BYLAW_ENOMEM || (got == status && poor.arena.failed);

        failed = poor_arena_close(&poor);
        assert_int_equal(told, failed);
        assert_true(told || got == status);
    }
}

/* What compiling says, as the record does. */
static void write_outcome(bl_str *out, bl_arena *arena, const struct mode *mode, bylaw_str text)
{
    const bl_source source = {.name = BYLAW_STR(""), .text = text};
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
    starve(env, (bl_expr_text){text, {&source, 0, (uint32_t)text.len}, true}, mode->check, status,
           diags);
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
        assert_string_equal(bl_str_taken(&out).ptr, text.ptr);
    }
    bl_arena_dispose(&arena);
}

/* ---- Tables of builtins ---- */

static const bl_overload *const tables[] = {bl_builtins_std,     bl_builtins_string,
                                            bl_builtins_math,    bl_builtins_time,
                                            bl_builtins_charter, bl_builtins_misc};

static void assert_known_type(const bl_type *type, const char *id)
{
    if (type->kind == BL_T_ABSTRACT || type->kind == BL_T_ERROR)
        fail_msg("%s: no such type as %.*s", id, (int)type->name.len, type->name.ptr);
    for (size_t i = 0; i < type->param_count; i++)
        assert_known_type(type->params[i], id);
}

static void assert_known_overload(const bl_env *env, const bl_overload *row)
{
    const bl_function *function = NULL;
    const bl_signature *found = NULL;

    assert_int_equal(bl_env_function(env, bylaw_str_from(row->function), &function), BYLAW_OK);
    for (size_t i = 0; i < function->count; i++) {
        if (function->overloads[i]->overload == row)
            found = function->overloads[i];
    }
    assert_non_null(found);
    assert_true(row->run != NULL);
    for (uint32_t i = 0; i < found->param_count; i++)
        assert_known_type(found->params[i], row->id);
    assert_known_type(found->result, row->id);
    if ((row->flags & BL_MEMBER) != 0)
        assert_true(found->param_count > 0);
}

static void every_overload_of_the_tables_can_be_read(void **state)
{
    (void)state;
    bl_arena arena;
    bl_map ids;

    bl_arena_init(&arena, NULL);
    ids = bl_map_init(&arena);
    const bl_env *env = bl_env_new(&arena, BL_ENV_CHARTER, NULL);
    const bl_env *plain = bl_env_new(&arena, BL_ENV_PLAIN, NULL);

    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        for (const bl_overload *row = tables[t]; row->function != NULL; row++) {
            const bl_function *function = NULL;

            assert_known_overload(env, row);
            if (bl_map_get(&ids, bylaw_str_from(row->id)) != NULL)
                fail_msg("%s is the id of two overloads", row->id);
            assert_true(bl_map_put(&ids, bylaw_str_from(row->id), (void *)(uintptr_t)row));
            if (bl_env_function(plain, bylaw_str_from(row->function), &function) != BYLAW_OK)
                continue;
            for (size_t i = 0; i < function->count; i++) /* hidden from plain expressions */
                assert_int_equal(function->overloads[i]->overload->flags & BL_CHARTER_ONLY, 0);
        }
    }
    bl_arena_dispose(&arena);
}

static const struct type_case {
    const char *text, *again; /* NULL: no type */
} type_cases[] = {{"int", "int"},
                  {"list(string)", "list(string)"},
                  {"map(string,dyn)", "map(string, dyn)"},
                  {"optional_type(<A>)", "optional_type(<A>)"},
                  {"tuple(int, <T>, list(<U>))", "tuple(int, <T>, list(<U>))"},
                  {"date?", "date?"},
                  {"list(name?)?", "list(name?)?"},
                  {"type", "type"},
                  {"type(int)", "type(int)"},
                  {"own", "own"},
                  {"list", "list"},
                  {"", NULL},
                  {"list(", NULL},
                  {"list(int", NULL},
                  {"map(int,)", NULL},
                  {"<A", NULL},
                  {"int int", NULL},
                  {"t(a,a,a,a,a,a,a,a,a)", NULL}};

static void types_are_read_as_they_are_written(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof type_cases / sizeof *type_cases; i++) {
        const bl_type *type = NULL;
        bl_str out = bl_str_init(&arena);
        const bylaw_status status = bl_type_read(&type, &arena, bylaw_str_from(type_cases[i].text));

        assert_int_equal(status, type_cases[i].again != NULL ? BYLAW_OK : BYLAW_EINPUT);
        assert_int_equal(type != NULL, type_cases[i].again != NULL);
        if (type == NULL)
            continue;
        bl_type_write(&out, type);
        bl_str_addc(&out, '\0');
        assert_string_equal(bl_str_view(&out).ptr, type_cases[i].again);
    }
    bl_arena_dispose(&arena);
}

/* ---- Trees ---- */

static const char *const good[] = {
    "proposer.office in ['chair', 'vice_chair'] && present >= 3 || !announced",
    "approved.by.is('cast') && approved.on <= date && stated(approved)",
    "ballots.exists_one(o, o.member == '甲' && stated(o.choice)) ? 1 : members + 2",
    "votes(ballots, 'yes', roll) >= 3 && fraction(2, 3) <= share",
    "at(register.members, date).filter(m, m.to == none).map(m, m.name) == roll",
    "cel.bind(n, size(roll), roll.all(i, m, i < n && m != '乙') && n > 1)",
    "{'a': [1, 2], 'b': []}.transformMap(k, v, k != 'a', v.size()).all(k, v, v == 0)",
    "optional.of(date).optMap(d, d.year()).orValue(1) == 2026 && has({'a': 1}.a)",
    "{'a': {'b': 1}}.?a[?'b'].value() == register.members.size()",
    "[?optional.of(1), 2].exists(x, [x].exists(x, x == 1))",
    "'%s %d'.format([body.id, members]) == ''",
};

static const bl_tree *read_tree(bl_arena *arena, const bl_env *env, const char *text)
{
    bl_tree *tree = NULL;
    const bl_expr_text expression = {bylaw_str_from(text), BL_NO_SPAN, true};

    assert_int_equal(bl_tree_read(&tree, env, arena, expression, NULL, true, NULL), BYLAW_OK);
    return tree;
}

/* Children before parents, every subtree an unbroken run, all of it reached once from the root. */
static void assert_well_formed(const bl_tree *tree)
{
    size_t parents = 0;

    for (uint32_t i = 0; i < tree->count; i++) {
        const bl_node *node = &tree->nodes[i];
        uint32_t next = node->first;

        assert_non_null(node->type);
        assert_int_not_equal(node->type->kind, BL_T_ERROR);
        assert_int_not_equal(node->type->kind, BL_T_PARAM);
        assert_true(node->from < node->to && node->to <= tree->text.len);
        for (uint32_t c = 0; c < node->child_count; c++) {
            const uint32_t child = bl_tree_child(tree, node, c);

            assert_int_equal(tree->nodes[child].first, next);
            next = child + 1;
            parents++;
        }
        assert_int_equal(next, i);
        if (node->kind == BL_NODE_CALL)
            assert_true(node->as.call.candidate_count > 0);
    }
    assert_int_equal(parents, tree->count - 1);
    assert_int_equal(tree->nodes[bl_tree_root(tree)].first, 0);
}

static void trees_are_in_evaluation_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        assert_well_formed(read_tree(&arena, sample_env(&arena, BL_ENV_CHARTER), good[i]));
        bl_arena_dispose(&arena);
    }
}

static void every_scope_has_locals_of_its_own(void **state)
{
    (void)state;
    bl_arena arena;
    bool taken[8] = {false};

    bl_arena_init(&arena, NULL);
    const bl_tree *tree =
        read_tree(&arena, sample_env(&arena, BL_ENV_PLAIN),
                  "xs.all(x, xs.exists(x, x > 1)) && xs.all(i, x, cel.bind(y, x, y == i))");

    assert_int_equal(tree->local_count, 5);
    for (uint32_t i = 0; i < tree->count; i++) {
        const bl_node *node = &tree->nodes[i];

        for (uint32_t l = 0; l < node->local_count; l++) {
            assert_false(taken[node->as.local + l]);
            taken[node->as.local + l] = true;
        }
        if (node->kind == BL_NODE_LOCAL) /* the inner x hides the outer one */
            assert_true(node->as.local < 5 && !(i < 6 && node->as.local == 0));
    }
    bl_arena_dispose(&arena);
}

static const bl_node *root_of(const bl_tree *tree)
{
    return &tree->nodes[bl_tree_root(tree)];
}

static void exact_is_said_only_where_kinds_are_certain(void **state)
{
    static const struct {
        const char *text;
        unsigned options;
        bool exact;
    } cases[] = {{"x + 1", BL_ENV_PLAIN, true},
                 {"x + d", BL_ENV_PLAIN, false},
                 {"xs.size()", BL_ENV_PLAIN, true},
                 {"[d].size()", BL_ENV_PLAIN, true},
                 {"d.size()", BL_ENV_PLAIN, false},
                 {"xs[x]", BL_ENV_PLAIN, true},
                 {"xs[d]", BL_ENV_PLAIN, false},
                 {"d[0]", BL_ENV_PLAIN, false},
                 {"m[s]", BL_ENV_PLAIN, true},
                 {"t < timestamp(0)", BL_ENV_PLAIN, false}, /* null passes for a timestamp */
                 {"members > present", BL_ENV_CHARTER, true},
                 {"approved.on <= date", BL_ENV_CHARTER, false},
                 {"approved.on.year() == 2026", BL_ENV_CHARTER, false},
                 {"date.year() == 2026", BL_ENV_CHARTER, true}};
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bl_arena arena;

        bl_arena_init(&arena, NULL);
        const bl_node *root =
            root_of(read_tree(&arena, sample_env(&arena, cases[i].options), cases[i].text));

        assert_int_equal((root->flags & BL_NODE_EXACT) != 0, cases[i].exact);
        bl_arena_dispose(&arena);
    }
}

static void texts_become_values_when_checked(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    const bl_env *env = sample_env(&arena, BL_ENV_CHARTER);
    const bl_node *nodes = read_tree(&arena, env, "'chair' == proposer.office")->nodes;

    assert_int_equal(nodes[0].as.value.kind, BL_ENUM);
    assert_true(bl_str_is(nodes[0].as.value.as.enumerated->id, "chair"));
    assert_int_equal(nodes[0].type->kind, BL_T_ENUM);
    nodes = read_tree(&arena, env, "date == '2026年11月21日'")->nodes;
    assert_int_equal(nodes[1].as.value.kind, BL_DATE);
    assert_int_equal(nodes[1].as.value.as.i, 20778);
    nodes = read_tree(&arena, env, "roll == ['甲']")->nodes;
    assert_int_equal(nodes[1].as.value.kind, BL_NAME);
    nodes = read_tree(&arena, env, "approved.on in ['2026-01-31']")->nodes;
    assert_int_equal(nodes[1].as.value.kind, BL_DATE);
    bl_arena_dispose(&arena);
}

static void stated_names_slots_not_values(void **state)
{
    (void)state;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    const bl_env *env = sample_env(&arena, BL_ENV_CHARTER);
    const bl_tree *tree = read_tree(&arena, env, "stated(approved)");

    assert_int_equal(root_of(tree)->kind, BL_NODE_OR);
    assert_int_equal(tree->nodes[0].kind, BL_NODE_STATED);
    assert_int_equal(tree->nodes[0].child_count, 0);
    assert_int_equal(tree->nodes[0].as.slot, bl_env_lookup(env, BYLAW_STR("approved.by"))->slot);
    tree = read_tree(&arena, env, "ballots.all(b, stated(b.choice))");
    assert_int_equal(tree->nodes[tree->count - 2].kind, BL_NODE_STATED);
    assert_int_equal(tree->nodes[tree->count - 2].child_count, 1);
    bl_arena_dispose(&arena);
}

static void the_result_has_the_type_that_is_wanted(void **state)
{
    static const struct {
        const char *text;
        bl_type_kind want;
        bylaw_status status;
    } cases[] = {{"members", BL_T_INT, BYLAW_OK},       {"members", BL_T_BOOL, BYLAW_EINPUT},
                 {"'2026-01-31'", BL_T_DATE, BYLAW_OK}, {"'2026-02-31'", BL_T_DATE, BYLAW_EINPUT},
                 {"'甲'", BL_T_NAME, BYLAW_OK},         {"approved.on", BL_T_DATE, BYLAW_EINPUT},
                 {"announced", BL_T_BOOL, BYLAW_OK}};
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bl_arena arena;
        bl_tree *tree = NULL;

        bl_arena_init(&arena, NULL);
        assert_int_equal(
            bl_tree_read(&tree, sample_env(&arena, BL_ENV_CHARTER), &arena,
                         (bl_expr_text){bylaw_str_from(cases[i].text), BL_NO_SPAN, true},
                         &bl_type_simple[cases[i].want], true, NULL),
            cases[i].status);
        assert_int_equal(tree != NULL, cases[i].status == BYLAW_OK); /* untouched on failure */
        bl_arena_dispose(&arena);
    }
}

static void a_place_that_is_not_exact_is_the_whole(void **state)
{
    (void)state;
    bl_arena arena;
    bylaw_diags *diags = NULL;
    bl_tree *tree = NULL;
    const bl_source source = {.name = BYLAW_STR("f.yaml"),
                              .text = BYLAW_STR("require: \"nope >= 1\"")};
    bl_expr_text text = {BYLAW_STR("nope >= 1"), {&source, 9, 20}, false};

    bl_arena_init(&arena, NULL);
    assert_int_equal(bylaw_diags_new(&diags, NULL), BYLAW_OK);
    bl_tree_read(&tree, sample_env(&arena, BL_ENV_CHARTER), &arena, text, NULL, true, diags);
    text.span.from = 10;
    text.exact = true;
    bl_tree_read(&tree, sample_env(&arena, BL_ENV_CHARTER), &arena, text, NULL, true, diags);
    assert_int_equal(bylaw_diags_get(diags, 0)->column, 10);
    assert_int_equal(bylaw_diags_get(diags, 0)->end_column, 21);
    assert_int_equal(bylaw_diags_get(diags, 1)->column, 11);
    assert_int_equal(bylaw_diags_get(diags, 1)->end_column, 15);
    bylaw_diags_free(diags);
    bl_arena_dispose(&arena);
}

/* ---- Attacks ---- */

/* Deep, doubling and many types end soon and in little memory. */
static void types_stay_small(void **state)
{
    (void)state;
    enum { MOST_BYTES = 64 << 20 };
    static const struct {
        const char *before, *repeat, *middle, *after;
        size_t times;
    } cases[] = {
        {"", "[", "", "]", 240},
        {"", "{1:", "1", "}", 240},
        {"cel.bind(a, 1, ", "cel.bind(a, {a: a}, ", "a", ")", 100},
        {"cel.bind(a, [1], ", "cel.bind(a, [a, a], ", "a", ")", 100},
        {"", "optional.of(", "1", ")", 200},
        {"", "[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]] == [] || ", "true", "", 1500}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bl_arena arena;
        bl_tree *tree = NULL;

        bl_arena_init(&arena, NULL);
        arena.limit = MOST_BYTES;
        const bl_env *env = sample_env(&arena, BL_ENV_PLAIN);
        bl_str text = bl_str_init(&arena);

        bl_str_addz(&text, cases[i].before);
        for (size_t r = 0; r < cases[i].times; r++)
            bl_str_addz(&text, cases[i].repeat);
        bl_str_addz(&text, cases[i].middle);
        for (size_t r = 0; r < cases[i].times + (cases[i].before[0] != '\0'); r++)
            bl_str_addz(&text, cases[i].after);
        const bylaw_status status =
            bl_tree_read(&tree, env, &arena, (bl_expr_text){bl_str_view(&text), BL_NO_SPAN, true},
                         NULL, true, NULL);

        assert_int_equal(status, BYLAW_OK);
        bl_arena_dispose(&arena);
    }
}

/* ---- Memory ---- */

static bylaw_status read_everything(const bylaw_allocator *allocator, void *data)
{
    static const char *const bad[] = {"vote.yess / memers >= 2/3 && proposer.office == '会长'",
                                      "[1, 'a'] == {roll: 2.5} || attending >= 3",
                                      "ballots.al(b, b.c) && size() && vote + approved"};
    bylaw_status status = BYLAW_OK;
    bylaw_diags *diags = NULL;
    bl_arena arena;

    (void)data;
    bl_arena_init(&arena, allocator);
    const bl_env *env = sample_env(&arena, BL_ENV_CHARTER);

    if (env == NULL || bylaw_diags_new(&diags, allocator) != BYLAW_OK)
        status = BYLAW_ENOMEM;
    for (size_t i = 0; i < sizeof good / sizeof *good && status == BYLAW_OK; i++) {
        bl_tree *tree = NULL;

        status = bl_tree_read(&tree, env, &arena,
                              (bl_expr_text){bylaw_str_from(good[i]), BL_NO_SPAN, true}, NULL, true,
                              diags);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad && status == BYLAW_OK; i++) {
        bl_tree *tree = NULL;

        status = bl_tree_read(&tree, env, &arena,
                              (bl_expr_text){bylaw_str_from(bad[i]), BL_NO_SPAN, true}, NULL, true,
                              diags);
        if (status == BYLAW_EINPUT)
            status = BYLAW_OK;
    }
    bylaw_diags_free(diags);
    bl_arena_dispose(&arena);
    return status;
}

static void running_out_of_memory_is_told(void **state)
{
    (void)state;
    assert_fault_sweep(read_everything, NULL);
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
        cmocka_unit_test(every_overload_of_the_tables_can_be_read),
        cmocka_unit_test(types_are_read_as_they_are_written),
        cmocka_unit_test(trees_are_in_evaluation_order),
        cmocka_unit_test(every_scope_has_locals_of_its_own),
        cmocka_unit_test(exact_is_said_only_where_kinds_are_certain),
        cmocka_unit_test(texts_become_values_when_checked),
        cmocka_unit_test(stated_names_slots_not_values),
        cmocka_unit_test(the_result_has_the_type_that_is_wanted),
        cmocka_unit_test(a_place_that_is_not_exact_is_the_whole),
        cmocka_unit_test(types_stay_small),
        cmocka_unit_test(running_out_of_memory_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
