/* tests/expr/harness.h: expressions in, text out: the value, "?names" of what is unknown, or
 * "!code from-to" of an error. */
#ifndef TESTS_EXPR_HARNESS_H
#define TESTS_EXPR_HARNESS_H

#include "poor_arena.h"

#include "expr/expr.h"
#include "expr/signature.h"

#include <stdio.h>

typedef struct harness {
    bl_arena arena;
    bl_env *env;
    bylaw_diags *diags;
    bl_value slots[64];
    bylaw_str names[64];
    bool stated[64];
    uint32_t count;
    bl_eval eval; /* of the last evaluation */
    uint64_t cost_limit;
} harness;

static inline void harness_open(harness *h, unsigned options)
{
    assert_non_null(h);
    *h = (harness){0};
    bl_arena_init(&h->arena, NULL);
    h->env = bl_env_new(&h->arena, options, NULL);
    assert_non_null(h->env);
    assert_int_equal(bylaw_diags_new(&h->diags, NULL), BYLAW_OK);
}

static inline void harness_close(harness *h)
{
    bylaw_diags_free(h->diags);
    bl_arena_dispose(&h->arena);
}

static inline void harness_declare(harness *h, const char *name, const bl_type *type,
                                   bl_value value)
{
    h->names[h->count] = bylaw_str_from(name);
    h->slots[h->count] = value;
    h->stated[h->count] = value.kind != BL_UNKNOWN;
    assert_int_equal(bl_env_add_variable(h->env, h->names[h->count], type, h->count), BYLAW_OK);
    h->count++;
}

/* A variable that is not known. */
static inline void harness_unknown(harness *h, const char *name, const bl_type *type)
{
    bl_attr *attr = BL_NEW(&h->arena, bl_attr);

    attr->slot = h->count;
    harness_declare(h, name, type, bl_unknown_value(&h->arena, attr));
}

static inline const bl_type *harness_type(harness *h, const char *text)
{
    const bl_type *type = NULL;

    assert_int_equal(bl_type_read(&type, &h->arena, bylaw_str_from(text)), BYLAW_OK);
    return type;
}

static inline bl_program *harness_compile(harness *h, const char *text, bool check)
{
    bl_program *program = NULL;
    const bl_source *source = NULL;
    bl_source *made = BL_NEW(&h->arena, bl_source);

    *made = (bl_source){.name = BYLAW_STR("test"), .text = bylaw_str_from(text)};
    source = made;
    bylaw_diags_clear(h->diags);
    const bl_expr_text expr = {source->text, {source, 0, (uint32_t)source->text.len}, true};

    if (bl_compile(&program, h->env, &h->arena, expr, NULL, check, h->diags) != BYLAW_OK)
        return NULL;
    return program;
}

static inline void harness_write(harness *h, bl_str *out, bl_value v)
{
    if (v.kind == BL_ERROR) {
        bl_str_addf(out, "!%s %u-%u", v.as.fault->msg->code, v.as.fault->from, v.as.fault->to);
    } else if (v.kind == BL_UNKNOWN) {
        for (size_t i = 0; i < v.as.unknown->count; i++) {
            const bl_attr *attr = v.as.unknown->attrs[i];
            bylaw_str a, b;

            bl_str_addz(out, i == 0 ? "?" : ",");
            if (bl_attr_look_alike(attr, &a, &b) || bl_attr_too_broad(attr, &a, &b)) {
                bl_str_add(out, a);
                bl_str_addz(out, attr->slot == BL_SLOT_LOOK_ALIKE ? "~" : ">");
                bl_str_add(out, b);
                continue;
            }
            bl_str_add(out, h->names[attr->slot]);
            bl_str_add(out, attr->path);
        }
    } else {
        bl_value_write(out, v);
    }
}

/* NUL-terminated, in the harness's arena. */
static inline const char *harness_text(harness *h, bl_value v)
{
    bl_str text = bl_str_init(&h->arena);
    bylaw_str result;

    harness_write(h, &text, v);
    assert_int_equal(bl_str_take(&result, &text), BYLAW_OK);
    return result.ptr;
}

static inline bl_value harness_run(harness *h, const bl_program *program, bool traced)
{
    h->eval = (bl_eval){.arena = &h->arena,
                        .slots = h->slots,
                        .slot_count = h->count,
                        .stated = h->stated,
                        .cost_limit = h->cost_limit};
    if (traced)
        h->eval.trace = BL_NEW_N(&h->arena, bl_value, bl_program_size(program));
    return bl_evaluate(program, &h->eval);
}

/* With less to spend the answer is the same, or that the limit was passed. Where it is an error
 * anyway it may be another one. */
static inline void harness_spend(harness *h, const bl_program *program, const char *text,
                                 const char *result, uint64_t cost)
{
    const bl_mark mark = bl_arena_mark(&h->arena);

    for (uint64_t limit = 1; limit < cost; limit += 1 + limit / 64) {
        h->cost_limit = limit;
        const char *got = harness_text(h, harness_run(h, program, limit % 2 == 0));

        if (strcmp(got, result) != 0 && got[0] != '!')
            fail_msg("%s: %s where %s is due, with %llu to spend", text, got, result,
                     (unsigned long long)limit);
        bl_arena_release(&h->arena, mark);
    }
    h->cost_limit = 0;
}

/* Whichever allocation fails, nothing but that comes out: of compiling, of evaluating. */
static inline void harness_starve(harness *h, const bl_program *program, const char *text,
                                  const char *result, bool check)
{
    const bl_mark mark = bl_arena_mark(&h->arena);
    bool failed = true;
    poor_arena poor;

    for (size_t fail_at = 1; failed; fail_at += 1 + fail_at / 32) {
        poor_arena_open(&poor, fail_at);
        for (int traced = 0; traced < 2; traced++) {
            bl_eval eval = {.arena = &poor.arena,
                            .slots = h->slots,
                            .slot_count = h->count,
                            .stated = h->stated,
                            .cost_limit = h->cost_limit};

            if (traced)
                eval.trace = BL_NEW_N(&h->arena, bl_value, bl_program_size(program));
            const bl_value v = bl_evaluate(program, &eval);

            if (v.kind != BL_ERROR && !poor.arena.failed)
                assert_string_equal(harness_text(h, v), result);
            if (v.kind != BL_ERROR && eval.trace != NULL && bl_explain(program, &eval) == NULL)
                assert_true(poor.arena.failed);
        }
        failed = poor_arena_close(&poor);
        bl_arena_release(&h->arena, mark);
    }
    failed = true;
    for (size_t fail_at = 1; failed; fail_at += 1 + fail_at / 32) {
        const bl_source source = {.name = BYLAW_STR("test"), .text = bylaw_str_from(text)};
        const bl_expr_text expr = {source.text, {&source, 0, (uint32_t)source.text.len}, true};
        bl_program *again = NULL;

        poor_arena_open(&poor, fail_at);
        const bylaw_status status =
            bl_compile(&again, h->env, &poor.arena, expr, NULL, check, h->diags);

        /* a constant that could not be worked out beforehand is worked out later */
        const bool told = status == BYLAW_ENOMEM || (status == BYLAW_OK && poor.arena.failed);

        failed = poor_arena_close(&poor);
        assert_int_equal(told, failed);
        assert_true(told || status == BYLAW_OK);
    }
}

/* The result as text; "compile: …" where it does not compile. A trace must not change it. */
static inline const char *harness_eval(harness *h, const char *text, bool check)
{
    const bl_program *program = harness_compile(h, text, check);

    if (program == NULL)
        return bylaw_diags_count(h->diags) > 0
                   ? bylaw_diags_get(h->diags, 0)->message.in[BYLAW_EN].ptr
                   : "compile: no diagnostic";
    const char *result = harness_text(h, harness_run(h, program, false));
    const uint64_t cost = h->eval.cost;

    assert_string_equal(harness_text(h, harness_run(h, program, true)), result);
    assert_true(h->eval.cost == cost);
    if (h->cost_limit == 0)
        harness_spend(h, program, text, result, cost);
    harness_starve(h, program, text, result, check);
    return result;
}

typedef struct eval_case {
    const char *expr;
    const char *result;
} eval_case;

static inline size_t harness_cases(harness *h, const eval_case *cases, size_t n, bool check)
{
    size_t wrong = 0;

    for (size_t i = 0; i < n; i++) {
        const char *got = harness_eval(h, cases[i].expr, check);

        if (strcmp(got, cases[i].result) != 0) {
            fprintf(stderr, "%s\n    is   %s\n    not  %s\n", cases[i].expr, got, cases[i].result);
            wrong++;
        }
    }
    return wrong;
}

#define HARNESS_CASES(h, cases, check)                                                             \
    assert_int_equal(harness_cases((h), (cases), sizeof(cases) / sizeof(cases)[0], (check)), 0)

#endif
