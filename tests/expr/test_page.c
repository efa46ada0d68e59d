/* rules/EXPRESSIONS.md, the reference of the expression language: every example on it is run, and
 * every overload of the tables must stand on it.
 *
 * In a table of functions the first cell holds signatures as code, the last one examples:
 * `expression` → `value`, `expression` → error, `expression` → unknown. Under a heading that says
 * "charter" they are rules of a charter, over the facts that declare_facts makes. */
#include "harness.h"

#include "expr/ast.h"
#include "expr/syntax.h"
#include "value/date.h"

#include <stdio.h>

static const bl_overload *const tables[] = {
    bl_builtins_std,     bl_builtins_string, bl_builtins_math,   bl_builtins_time,
    bl_builtins_charter, bl_builtins_misc,   bl_builtins_network};

static char *page;

static int read_page(void **state)
{
    FILE *file = fopen(BYLAW_SOURCE_DIR "/rules/EXPRESSIONS.md", "rb");
    const size_t room = 1 << 20;

    (void)state;
    page = malloc(room);
    if (file == NULL || page == NULL)
        return -1;
    const size_t len = fread(page, 1, room - 1, file);

    page[len] = '\0';
    fclose(file);
    return len == 0 ? -1 : 0;
}

static int free_page(void **state)
{
    (void)state;
    free(page);
    return 0;
}

/* Signatures */

/* The function that stands on the page for an operator: those of order share their rows. */
static bylaw_str shown_operator(bylaw_str function)
{
    static const char *const orders[] = {"_<=_", "_>_", "_>=_"};

    for (size_t i = 0; i < 3; i++) {
        if (bl_str_is(function, orders[i]))
            return BYLAW_STR("_<_");
    }
    return bl_str_is(function, "_!=_") ? BYLAW_STR("_==_") : function;
}

/* The parameters of a signature's text, without the angle brackets of type parameters. */
static size_t split_params(bl_arena *arena, bylaw_str text, bylaw_str *params)
{
    size_t count = 0, depth = 0;
    bl_str one = bl_str_init(arena);

    for (size_t i = 0; i <= text.len; i++) {
        const char c = i < text.len ? text.ptr[i] : ',';

        depth += c == '(';
        depth -= c == ')';
        if (c == ',' && depth == 0) {
            if (one.len > 0)
                assert_int_equal(bl_str_take(&params[count++], &one), BYLAW_OK);
            one = bl_str_init(arena);
        } else if (c != '<' && c != '>') {
            bl_str_addc(&one, c);
        }
    }
    return count;
}

/* As the page writes it: string.contains(string) -> bool, int + int -> int. */
static bylaw_str shown_signature(bl_arena *arena, const bl_overload *o)
{
    const bylaw_str text = bylaw_str_from(o->signature);
    const size_t arrow = bl_str_find(text, BYLAW_STR("->"), 0);
    const bylaw_str name = shown_operator(bylaw_str_from(o->function));
    bylaw_str p[8] = {{NULL, 0}}, result[1] = {{NULL, 0}}, out;
    const size_t n = split_params(arena, bl_str_slice(text, 0, arrow), p);
    bl_str s = bl_str_init(arena);
    size_t first = 0;

    (void)split_params(arena, bl_str_slice(text, arrow + 2, text.len), result);
    if (bl_str_is(name, "@in")) {
        bl_str_addf(&s, "%s in %s", p[0].ptr, p[1].ptr);
    } else if (bl_str_is(name, "_[_]")) {
        bl_str_addf(&s, "%s[%s]", p[0].ptr, p[1].ptr);
    } else if (name.ptr[0] == '_') {
        bl_str_addf(&s, "%s %.*s %s", p[0].ptr, (int)name.len - 2, name.ptr + 1, p[1].ptr);
    } else if (name.ptr[name.len - 1] == '_') {
        bl_str_addf(&s, "%c%s", name.ptr[0], p[0].ptr);
    } else {
        if ((o->flags & BL_MEMBER) != 0)
            bl_str_addf(&s, "%s.", p[first++].ptr);
        bl_str_addf(&s, "%.*s(", (int)name.len, name.ptr);
        for (size_t i = first; i < n; i++)
            bl_str_addf(&s, "%s%s", i > first ? ", " : "", p[i].ptr);
        bl_str_addc(&s, ')');
    }
    bl_str_addf(&s, " -> %s", result[0].ptr);
    assert_int_equal(bl_str_take(&out, &s), BYLAW_OK);
    return out;
}

static void every_overload_stands_on_the_page(void **state)
{
    bl_arena arena;
    size_t missing = 0;

    (void)state;
    bl_arena_init(&arena, NULL);
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        for (const bl_overload *o = tables[t]; o->function != NULL; o++) {
            bl_str code = bl_str_init(&arena);
            bylaw_str text;

            bl_str_addf(&code, "`%s`", shown_signature(&arena, o).ptr);
            assert_int_equal(bl_str_take(&text, &code), BYLAW_OK);
            if (strstr(page, text.ptr) == NULL) {
                fprintf(stderr, "not on the page: %s\n", text.ptr);
                missing++;
            }
        }
    }
    bl_arena_dispose(&arena);
    assert_int_equal(missing, 0);
}

static void every_macro_stands_on_the_page(void **state)
{
    size_t missing = 0;

    (void)state;
    for (size_t i = 0; i < bl_macro_count; i++) {
        char code[64];

        if (bl_macros[i].node == BL_NODE_BLOCK) /* of no use to authors */
            continue;
        snprintf(code, sizeof code, "`%s`", bl_macros[i].usage);
        if (strstr(page, code) == NULL) {
            fprintf(stderr, "not on the page: %s\n", code);
            missing++;
        }
    }
    assert_int_equal(missing, 0);
}

/* Examples */

static bl_enum_value office_values[6];
static bl_enum_value *office_list[6];
static const bl_enum offices = {.name = {"office", 6}, .values = office_list, .count = 6};
static bl_field ballot_fields[2], term_fields[3];
static const bl_type ballot = {
    .kind = BL_T_RECORD, .name = {"ballot", 6}, .fields = ballot_fields, .field_count = 2};
static const bl_type term = {
    .kind = BL_T_RECORD, .name = {"term", 4}, .fields = term_fields, .field_count = 3};
static bl_enum_value choice_values[3];
static bl_enum_value *choice_list[3];
static const bl_enum choices = {.name = {"choice", 6}, .values = choice_list, .count = 3};

static void make_enum(bl_enum_value *values, bl_enum_value **list, const bl_enum *e,
                      const char *const *ids)
{
    for (uint32_t i = 0; i < e->count; i++) {
        values[i] = (bl_enum_value){.id = bylaw_str_from(ids[i]), .of = e, .index = i};
        list[i] = &values[i];
    }
}

static bl_value record_of(harness *h, const bl_type *type, const bl_value *fields)
{
    bl_record *record = BL_NEW(&h->arena, bl_record);
    bl_value *copy = BL_NEW_N(&h->arena, bl_value, type->field_count);

    memcpy(copy, fields, type->field_count * sizeof *copy);
    *record = (bl_record){type, copy};
    return (bl_value){.kind = BL_RECORD, .as.record = record};
}

static bl_value list_of(harness *h, const bl_value *items, size_t count)
{
    bl_value *copy = BL_NEW_N(&h->arena, bl_value, count);

    memcpy(copy, items, count * sizeof *copy);
    return bl_list_value(&h->arena, copy, count);
}

static bl_value name_of(harness *h, const char *text)
{
    return bl_name_value(&h->arena, bylaw_str_from(text));
}

static bl_value day(int64_t year, int64_t month, int64_t d)
{
    int64_t days = 0;

    assert_true(bl_date_make(&days, year, month, d));
    return bl_date_value(days);
}

/* The facts of the page's section on charters: what is changed here is changed there. */
static void declare_facts(harness *h)
{
    static const char *const office_ids[] = {"chair", "vice_chair",   "assembly",
                                             "cast",  "cast_council", "outsider"};
    static const char *const choice_ids[] = {"yes", "no", "abstain"};

    make_enum(office_values, office_list, &offices, office_ids);
    make_enum(choice_values, choice_list, &choices, choice_ids);
    office_values[4].parent = &office_values[3];
    office_values[3].has_below = true;
    const bl_type *office = bl_type_enum(&h->arena, &offices);

    ballot_fields[0] = (bl_field){.name = BYLAW_STR("member"), .type = BL_SIMPLE(NAME)};
    ballot_fields[1] =
        (bl_field){.name = BYLAW_STR("choice"), .type = bl_type_enum(&h->arena, &choices)};
    term_fields[0] = (bl_field){.name = BYLAW_STR("holder"), .type = BL_SIMPLE(NAME)};
    term_fields[1] = (bl_field){.name = BYLAW_STR("from"), .type = BL_SIMPLE(DATE)};
    term_fields[2] =
        (bl_field){.name = BYLAW_STR("to"), .type = bl_type_nullable(&h->arena, BL_SIMPLE(DATE))};
    const bl_value a = name_of(h, "力学学会"), b = name_of(h, "化学会"), c = name_of(h, "植物学会");
    const bl_value yes = bl_enum_of(&choice_values[0]), no = bl_enum_of(&choice_values[1]);
    const bl_value roll[] = {a, b, c};
    const bl_value ballots[] = {record_of(h, &ballot, (bl_value[]){a, yes}),
                                record_of(h, &ballot, (bl_value[]){b, yes}),
                                record_of(h, &ballot, (bl_value[]){c, no})};
    const bl_value terms[] = {
        record_of(h, &term, (bl_value[]){a, day(2018, 1, 1), day(2022, 12, 31)}),
        record_of(h, &term, (bl_value[]){b, day(2023, 1, 1), BL_NULL_VALUE})};

    harness_declare(h, "members", BL_SIMPLE(INT), bl_int(3));
    harness_declare(h, "present", BL_SIMPLE(INT), bl_int(2));
    harness_unknown(h, "guests", BL_SIMPLE(INT));
    harness_declare(h, "proposer.office", office, bl_enum_of(&office_values[0]));
    harness_declare(h, "approved.by", bl_type_nullable(&h->arena, office),
                    bl_enum_of(&office_values[4]));
    harness_declare(h, "convened.by", office, bl_enum_of(&office_values[3]));
    harness_declare(h, "held_on", BL_SIMPLE(DATE), day(2026, 11, 21));
    harness_declare(h, "announced_on", bl_type_nullable(&h->arena, BL_SIMPLE(DATE)), BL_NULL_VALUE);
    harness_declare(h, "speaker", BL_SIMPLE(NAME), name_of(h, "力學 學會"));
    harness_declare(h, "roll", harness_type(h, "list(name)"), list_of(h, roll, 3));
    harness_declare(h, "ballots", bl_type_list(&h->arena, &ballot), list_of(h, ballots, 3));
    harness_declare(h, "terms", bl_type_list(&h->arena, &term), list_of(h, terms, 2));
}

/* The next piece of code of a cell, with \| as |; NULL: there is none. */
static char *next_code(harness *h, const char **at, const char *end)
{
    const char *from = memchr(*at, '`', (size_t)(end - *at));

    if (from == NULL)
        return NULL;
    const bool wide = from[1] == '`'; /* ``has a ` within`` */
    const char *to = from + 1 + wide;
    bl_str code = bl_str_init(&h->arena);
    bylaw_str text;

    for (; to < end && !(to[0] == '`' && (!wide || to[1] == '`')); to++) {
        if (!(to[0] == '\\' && to[1] == '|'))
            bl_str_addc(&code, to[0]);
    }
    assert_true(to < end);
    *at = to + 1 + wide;
    assert_int_equal(bl_str_take(&text, &code), BYLAW_OK);
    return (char *)(uintptr_t)text.ptr;
}

static bool begins(const char *at, const char *what)
{
    return strncmp(at, what, strlen(what)) == 0;
}

static bool run_example(harness *h, const char *expr, const char *wanted)
{
    const bl_program *program = harness_compile(h, expr, true);
    const char *got;

    assert_non_null(wanted);
    if (program == NULL) {
        got = bylaw_diags_get(h->diags, 0)->message.in[BYLAW_EN].ptr;
    } else {
        const bl_value v = harness_run(h, program, true);

        got = v.kind == BL_ERROR ? "error" : v.kind == BL_UNKNOWN ? "unknown" : harness_text(h, v);
    }
    if (strcmp(got, wanted) == 0)
        return true;
    fprintf(stderr, "%s\n    is   %s\n    not  %s\n", expr, got, wanted);
    return false;
}

/* `expression` → `value` `expression` → error … */
static size_t run_cell(harness *h, const char *at, const char *end, size_t *examples)
{
    static const char arrow[] = " → ";
    size_t wrong = 0;
    const char *expr;

    assert_non_null(at);
    while ((expr = next_code(h, &at, end)) != NULL) {
        const char *wanted = begins(at, " → error") ? "error" : "unknown";

        assert_true(begins(at, arrow));
        at += strlen(arrow);
        if (*at == '`')
            wanted = next_code(h, &at, end);
        else
            assert_true(begins(at, wanted));
        wrong += !run_example(h, expr, wanted);
        ++*examples;
    }
    return wrong;
}

/* The last cell of a row: from behind the last bar but one. */
static const char *last_cell(const char *line, const char *end)
{
    const char *cell = NULL;

    for (const char *at = line; at < end - 1; at++) {
        if (*at == '|' && (at == line || at[-1] != '\\'))
            cell = at + 1;
    }
    return cell;
}

static void every_example_gives_what_the_page_says(void **state)
{
    harness plain, charter;
    size_t wrong = 0, examples = 0, rows = 0;
    bool of_charter = false;

    (void)state;
    harness_open(&plain, BL_ENV_PLAIN);
    harness_open(&charter, BL_ENV_CHARTER);
    declare_facts(&charter);
    for (const char *line = page, *end; *line != '\0'; line = *end == '\0' ? end : end + 1) {
        end = line + strcspn(line, "\n");
        if (line[0] == '#') {
            const char *word = strstr(line, "harter");

            of_charter = word != NULL && word < end;
        }
        if (!begins(line, "| `") || end[-1] != '|')
            continue;
        const size_t before = examples;

        wrong += run_cell(of_charter ? &charter : &plain, last_cell(line, end), end - 1, &examples);
        rows++;
        if (examples == before) {
            fprintf(stderr, "without an example: %.*s\n", (int)(end - line), line);
            wrong++;
        }
    }
    harness_close(&charter);
    harness_close(&plain);
    assert_int_equal(wrong, 0);
    assert_true(rows > 80 && examples > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_overload_stands_on_the_page),
        cmocka_unit_test(every_macro_stands_on_the_page),
        cmocka_unit_test(every_example_gives_what_the_page_says),
    };

    return cmocka_run_group_tests(tests, read_page, free_page);
}
