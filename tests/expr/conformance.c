/* tests/expr/conformance.c: runs the Common Expression Language's conformance tests, kept as JSON
 * (see the README beside the data for the format and the rules of judging).
 *
 *     cel_conformance [--list-failures] [--except NAME]... DIR...
 *
 * A line a file, `name passed/total`, then a total line; exit 0 only when all pass. */
#define _POSIX_C_SOURCE 200809L

#include "base/vec.h"
#include "doc/document.h"
#include "expr/expr.h"
#include "expr/signature.h"
#include "value/number.h"
#include "value/time.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct tally {
    size_t passed, total;
} tally;

typedef struct options {
    bool list_failures;
    const char *except[16];
    size_t except_count;
} options;

static const options *given;

static void die(const char *what, const char *which)
{
    fprintf(stderr, "cel_conformance: %s: %s\n", which, what);
    exit(2);
}

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    size_t room = 1 << 16;
    char *text = malloc(room);

    if (file == NULL || text == NULL)
        die("cannot be read", path);
    *len = 0;
    for (size_t got; (got = fread(text + *len, 1, room - *len, file)) > 0;) {
        *len += got;
        if (*len == room && (text = realloc(text, room *= 2)) == NULL)
            die("too large", path);
    }
    fclose(file);
    return text;
}

/* Values of the tests */

static bool is_true(const bl_doc_node *node)
{
    return node != NULL && bl_str_is(node->text, "true");
}

static bylaw_str text_of(const bl_doc_node *test, const char *key)
{
    const bl_doc_node *node = bl_doc_get(test, key);

    return node == NULL ? BYLAW_STR("") : node->text;
}

static bl_value time_value(bl_kind kind, bl_time t)
{
    return (bl_value){.kind = (uint8_t)kind, .extra = t.nanos, .as.i = t.seconds};
}

static bylaw_str base64_decode(bl_arena *arena, bylaw_str text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *bytes = bl_arena_alloc(arena, text.len + 1);
    size_t count = 0;
    uint32_t bits = 0;
    int have = 0;

    if (bytes == NULL)
        abort();
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        const char *digit = strchr(digits, text.ptr[i]);

        if (digit == NULL || text.ptr[i] == '\0')
            die("bad base64", "a test");
        bits = bits << 6 | (uint32_t)(digit - digits);
        have += 6;
        if (have >= 8) {
            have -= 8;
            bytes[count++] = (char)(bits >> have & 0xFF);
        }
    }
    return (bylaw_str){bytes, count};
}

static bl_value value_from(bl_arena *arena, const bl_doc_node *node);

static bl_value list_from(bl_arena *arena, const bl_doc_node *node)
{
    bl_value *items = BL_NEW_N(arena, bl_value, node->count);

    for (size_t i = 0; i < node->count; i++)
        items[i] = value_from(arena, node->items[i]);
    return bl_list_value(arena, items, node->count);
}

static bl_value map_from(bl_arena *arena, const bl_doc_node *node)
{
    bl_map_pair *pairs = BL_NEW_N(arena, bl_map_pair, node->count);

    for (size_t i = 0; i < node->count; i++) {
        const bl_doc_node *pair = node->items[i];

        pairs[i] =
            (bl_map_pair){value_from(arena, pair->items[0]), value_from(arena, pair->items[1])};
    }
    return bl_map_value(arena, pairs, node->count);
}

static bl_value type_from(bl_arena *arena, bylaw_str name)
{
    const bl_type *type = NULL;

    if (bl_str_is(name, "null_type"))
        name = BYLAW_STR("null");
    else if (bl_str_is(name, "google.protobuf.Timestamp"))
        name = BYLAW_STR("timestamp");
    else if (bl_str_is(name, "google.protobuf.Duration"))
        name = BYLAW_STR("duration");
    if (bl_str_is(name, "list"))
        type = BL_SIMPLE(LIST);
    else if (bl_str_is(name, "map"))
        type = BL_SIMPLE(MAP);
    else if (bl_str_is(name, "type"))
        type = BL_SIMPLE(TYPE);
    else if (bl_str_is(name, "optional_type"))
        type = BL_SIMPLE(OPTIONAL);
    else if (bl_type_read(&type, arena, name) != BYLAW_OK)
        die("unknown type", "a test");
    return (bl_value){.kind = BL_TYPE, .as.type = type};
}

static bl_value value_from(bl_arena *arena, const bl_doc_node *node)
{
    const bylaw_str kind = node->pairs[0].key->text;
    const bl_doc_node *of = node->pairs[0].value;
    bl_value v = BL_NULL_VALUE;
    bl_time t = {0, 0};
    bool ok = true;

    if (bl_str_is(kind, "null"))
        return v;
    if (bl_str_is(kind, "bool"))
        return bl_bool(is_true(of));
    if (bl_str_is(kind, "string"))
        return bl_string_value(arena, of->text);
    if (bl_str_is(kind, "bytes"))
        return bl_bytes_value(arena, base64_decode(arena, of->text));
    if (bl_str_is(kind, "list"))
        return list_from(arena, of);
    if (bl_str_is(kind, "map"))
        return map_from(arena, of);
    if (bl_str_is(kind, "type"))
        return type_from(arena, of->text);
    if (bl_str_is(kind, "int64")) {
        v.kind = BL_INT;
        ok = bl_int_read(&v.as.i, of->text) == BL_NUMBER_OK;
    } else if (bl_str_is(kind, "uint64")) {
        v.kind = BL_UINT;
        ok = bl_uint_read(&v.as.u, of->text) == BL_NUMBER_OK;
    } else if (bl_str_is(kind, "double")) {
        v.kind = BL_DOUBLE;
        ok = bl_double_read(&v.as.d, of->text) == BL_NUMBER_OK;
    } else if (bl_str_is(kind, "timestamp")) {
        ok = bl_timestamp_read(&t, of->text) == BL_TIME_OK;
        v = time_value(BL_TIMESTAMP, t);
    } else if (bl_str_is(kind, "duration")) {
        ok = bl_duration_read(&t, of->text) == BL_TIME_OK;
        v = time_value(BL_DURATION, t);
    } else {
        ok = false;
    }
    if (!ok)
        die("unreadable value", "a test");
    return v;
}

/* Judging */

static bool matches(bl_value want, bl_value got);

static bool maps_match(const bl_mapping *want, const bl_mapping *got)
{
    if (want->count != got->count)
        return false;
    for (size_t i = 0; i < want->count; i++) {
        size_t k = 0;

        while (k < got->count && !matches(want->pairs[i].key, got->pairs[k].key))
            k++;
        if (k == got->count || !matches(want->pairs[i].value, got->pairs[k].value))
            return false;
    }
    return true;
}

/* Same kind and same value; NaN is NaN, -0.0 is 0.0, maps in any order. */
static bool matches(bl_value want, bl_value got)
{
    if (want.kind != got.kind)
        return false;
    switch (want.kind) {
    case BL_NULL:
        return true;
    case BL_BOOL:
        return want.as.b == got.as.b;
    case BL_DOUBLE:
        return want.as.d == got.as.d || (want.as.d != want.as.d && got.as.d != got.as.d);
    case BL_STRING:
    case BL_BYTES:
        return bl_str_equal(*want.as.s, *got.as.s);
    case BL_LIST:
        if (want.as.list->count != got.as.list->count)
            return false;
        for (size_t i = 0; i < want.as.list->count; i++) {
            if (!matches(want.as.list->items[i], got.as.list->items[i]))
                return false;
        }
        return true;
    case BL_MAP:
        return maps_match(want.as.map, got.as.map);
    case BL_TYPE:
        return want.as.type->kind == got.as.type->kind;
    default:
        return want.as.i == got.as.i && want.extra == got.extra;
    }
}

/* One test */

typedef struct trial {
    bl_arena *arena;
    const bl_doc_node *test;
    bl_env *env;
    bylaw_diags *diags;
    bl_value *slots;
    size_t slot_count;
    const char *why; /* it failed */
    bylaw_str detail;
} trial;

static bool fails(trial *t, const char *why)
{
    t->why = why;
    return false;
}

static bool declare_vars(trial *t)
{
    const bl_doc_node *vars = bl_doc_get(t->test, "vars");
    const bl_doc_node *bindings = bl_doc_get(t->test, "bindings");

    t->slots = BL_NEW_N(t->arena, bl_value, vars->count + bindings->count);
    for (size_t i = 0; i < vars->count; i++) {
        const bl_attr *attr = BL_NEW(t->arena, bl_attr);
        const bl_type *type = NULL;
        const bylaw_str name = text_of(vars->items[i], "name");

        t->slots[t->slot_count] = bl_unknown_value(t->arena, attr);
        for (size_t k = 0; k < bindings->count; k++) {
            if (bl_str_equal(bindings->pairs[k].key->text, name))
                t->slots[t->slot_count] = value_from(t->arena, bindings->pairs[k].value);
        }
        if (bl_type_read(&type, t->arena, text_of(vars->items[i], "type")) != BYLAW_OK ||
            bl_env_add_variable(t->env, name, type, (uint32_t)t->slot_count++) != BYLAW_OK)
            return fails(t, "a variable cannot be declared");
    }
    return true;
}

static bool declare_funcs(trial *t)
{
    const bl_doc_node *funcs = bl_doc_get(t->test, "funcs");

    for (size_t i = 0; i < funcs->count; i++) {
        const bl_doc_node *overloads = bl_doc_get(funcs->items[i], "overloads");

        for (size_t k = 0; k < overloads->count; k++) {
            const bl_doc_node *overload = overloads->items[k];
            const bl_doc_node *params = bl_doc_get(overload, "params");
            const bl_type **types = BL_NEW_N(t->arena, const bl_type *, params->count);
            const bl_type *result = NULL;

            for (size_t p = 0; p < params->count; p++) {
                if (bl_type_read(&types[p], t->arena, params->items[p]->text) != BYLAW_OK)
                    return fails(t, "a parameter type cannot be read");
            }
            if (bl_type_read(&result, t->arena, text_of(overload, "result")) != BYLAW_OK ||
                bl_env_add_overload(t->env, text_of(funcs->items[i], "name"),
                                    text_of(overload, "id"),
                                    is_true(bl_doc_get(overload, "member")), types, params->count,
                                    result) != BYLAW_OK)
                return fails(t, "a function cannot be declared");
        }
    }
    return true;
}

static bool type_agrees(trial *t, const bl_program *program)
{
    const bl_doc_node *wanted = bl_doc_get(t->test, "expect_type");
    const bl_type *type = NULL;
    bl_str found = bl_str_init(t->arena);

    if (bl_doc_is_empty(wanted))
        return true;
    if (bl_type_read(&type, t->arena, wanted->text) != BYLAW_OK)
        return fails(t, "the expected type cannot be read");
    if (bl_type_same(type, bl_program_type(program)))
        return true;
    bl_type_write(&found, bl_program_type(program));
    if (bl_str_take(&t->detail, &found) != BYLAW_OK)
        abort();
    return fails(t, "another type");
}

static bool value_agrees(trial *t, const bl_program *program, const bl_doc_node *expect)
{
    bl_eval eval = {.arena = t->arena, .slots = t->slots, .slot_count = t->slot_count};
    const bl_value got = bl_evaluate(program, &eval);
    bl_str text = bl_str_init(t->arena);

    if (bl_doc_get(expect, "error") != NULL)
        return got.kind == BL_ERROR || fails(t, "no error");
    if (matches(value_from(t->arena, expect), got))
        return true;
    if (got.kind == BL_ERROR)
        t->detail = got.as.fault->message.in[BYLAW_EN];
    else {
        bl_value_write(&text, got);
        if (bl_str_take(&t->detail, &text) != BYLAW_OK)
            abort();
    }
    return fails(t, got.kind == BL_ERROR ? "an error" : "another value");
}

/* Compiles in one environment and judges. */
static bool judge(trial *t, const bl_env *env, const bl_doc_node *expect, bool want_check_error)
{
    const bool check = !is_true(bl_doc_get(t->test, "disable_check"));
    const bl_source source = {.name = text_of(t->test, "id"), .text = text_of(t->test, "expr")};
    const bl_expr_text text = {source.text, {&source, 0, (uint32_t)source.text.len}, true};
    bl_program *program = NULL;
    const bylaw_status status = bl_compile(&program, env, t->arena, text, NULL, check, t->diags);

    if (status != BYLAW_OK) {
        if (want_check_error)
            return true;
        t->detail = bylaw_diags_count(t->diags) > 0
                        ? bylaw_diags_get(t->diags, 0)->message.in[BYLAW_EN]
                        : BYLAW_STR("no diagnostic");
        return fails(t, "does not compile");
    }
    if (want_check_error)
        return fails(t, "no error of the checker");
    if (!type_agrees(t, program))
        return false;
    return is_true(bl_doc_get(t->test, "check_only")) || value_agrees(t, program, expect);
}

/* Twice: most of these expressions need no fact, so that planning computes them; what is left to
 * run time otherwise must come to the same. */
static bool run(trial *t)
{
    const bl_doc_node *expect = bl_doc_get(t->test, "expect");
    const bool want_check_error = expect != NULL && expect->shape == BL_DOC_MAP &&
                                  bl_str_is(text_of(expect, "stage"), "check");

    t->env = bl_env_new(t->arena, BL_ENV_TEST_BLOCK, NULL);
    bl_env_set_container(t->env, text_of(t->test, "container"));
    if (!declare_vars(t) || !declare_funcs(t))
        return false;
    bl_env *unfolded = bl_env_new(t->arena, BL_ENV_TEST_BLOCK | BL_ENV_UNFOLDED, t->env);

    bl_env_set_container(unfolded, text_of(t->test, "container"));
    return judge(t, t->env, expect, want_check_error) &&
           judge(t, unfolded, expect, want_check_error);
}

static void run_file(const char *dir, const char *file, tally *sum)
{
    char path[4096];
    bl_arena document_arena, arena;
    bl_document document;
    bylaw_diags *diags;
    tally here = {0, 0};
    size_t len;

    snprintf(path, sizeof path, "%s/%s", dir, file);
    bl_arena_init(&document_arena, NULL);
    bl_arena_init(&arena, NULL);
    if (bylaw_diags_new(&diags, NULL) != BYLAW_OK)
        abort();
    char *text = read_file(path, &len);
    const bl_source source = {.name = bylaw_str_from(path), .text = {text, len}};

    if (bl_document_read(&document, &source, BL_DOC_JSON, NULL, &document_arena, diags) != BYLAW_OK)
        die("not readable as JSON", path);
    const bl_doc_node *tests = bl_doc_get(document.roots[0], "tests");

    for (size_t i = 0; i < tests->count; i++) {
        trial t = {.arena = &arena, .test = tests->items[i], .diags = diags};

        bylaw_diags_clear(diags);
        here.total++;
        if (run(&t)) {
            here.passed++;
        } else if (given->list_failures) {
            const bylaw_str id = text_of(t.test, "id");
            const bylaw_str expr = text_of(t.test, "expr");

            printf("  %.*s: %s: %.*s\n    %.*s\n", (int)id.len, id.ptr, t.why, (int)t.detail.len,
                   t.detail.ptr, (int)expr.len, expr.ptr);
        }
        bl_arena_reset(&arena);
    }
    printf("%.*s %zu/%zu\n", (int)(strlen(file) - strlen(".json")), file, here.passed, here.total);
    sum->passed += here.passed;
    sum->total += here.total;
    bylaw_diags_free(diags);
    bl_arena_dispose(&arena);
    bl_arena_dispose(&document_arena);
    free(text);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool wanted(const char *name)
{
    const size_t len = strlen(name);

    if (len < 5 || strcmp(name + len - 5, ".json") != 0)
        return false;
    for (size_t i = 0; i < given->except_count; i++) {
        if (strlen(given->except[i]) == len - 5 && strncmp(name, given->except[i], len - 5) == 0)
            return false;
    }
    return true;
}

static void run_folder(const char *dir, tally *sum)
{
    DIR *folder = opendir(dir);
    bl_arena arena;
    BL_VEC(char *) names = {0};

    if (folder == NULL)
        die("no such folder", dir);
    bl_arena_init(&arena, NULL);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        bylaw_str copy;

        if (wanted(entry->d_name) &&
            (!bl_arena_copy(&arena, &copy, bylaw_str_from(entry->d_name)) ||
             !bl_vec_push(&arena, &names, (char *)(uintptr_t)copy.ptr)))
            abort();
    }
    closedir(folder);
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, by_name);
    for (size_t i = 0; i < names.count; i++)
        run_file(dir, names.items[i], sum);
    bl_arena_dispose(&arena);
}

int main(int argc, char **argv)
{
    static options chosen;
    tally sum = {0, 0};

    given = &chosen;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--list-failures") == 0)
            chosen.list_failures = true;
        else if (strcmp(argv[i], "--except") == 0 && i + 1 < argc && chosen.except_count < 16)
            chosen.except[chosen.except_count++] = argv[++i];
        else if (argv[i][0] != '-')
            run_folder(argv[i], &sum);
        else
            die("no such option", argv[i]);
    }
    printf("total %zu/%zu\n", sum.passed, sum.total);
    return sum.total > 0 && sum.passed == sum.total ? 0 : 1;
}
