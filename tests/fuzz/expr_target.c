/* tests/fuzz/expr_target.c: one text through the whole path of an expression. For every text:
 *   - what is printed of its tree parses to the same tree again;
 *   - the printed text evaluates to the same value;
 *   - computing parts while planning changes neither the value nor raises the cost;
 *   - recording a trace changes neither the value nor the cost;
 *   - what is reported is told, and limits hold. */
#include "fuzz.h"

#include "expr/faults.h"
#include "expr/signature.h"
#include "expr/syntax.h"

#include <stdlib.h>

#define FACTS 9

typedef struct world {
    bl_arena arena;
    bl_env *env, *unfolded;
    bylaw_diags *diags;
    bl_value slots[FACTS];
    bl_attr attrs[2];
} world;

static void declare(world *w, uint32_t slot, const char *name, const char *type, bl_value value)
{
    const bl_type *read = NULL;

    w->slots[slot] = value;
    if (bl_type_read(&read, &w->arena, bylaw_str_from(type)) != BYLAW_OK ||
        bl_env_add_variable(w->env, bylaw_str_from(name), read, slot) != BYLAW_OK)
        abort();
}

static void open_world(world *w, unsigned options)
{
    static const bl_value numbers[] = {
        {.kind = BL_INT, .as.i = 1}, {.kind = BL_INT, .as.i = 2}, {.kind = BL_INT, .as.i = 3}};
    const bl_map_pair pairs[] = {{bl_string_value(&w->arena, BYLAW_STR("k")), bl_int(1)}};

    w->attrs[0] = (bl_attr){.slot = 7};
    w->attrs[1] = (bl_attr){.slot = 8};
    w->env = bl_env_new(&w->arena, options, NULL);
    if (w->env == NULL || bylaw_diags_new(&w->diags, NULL) != BYLAW_OK)
        abort();
    bl_map_pair *kept = BL_NEW(&w->arena, bl_map_pair);

    *kept = pairs[0];
    declare(w, 0, "i", "int", bl_int(7));
    declare(w, 1, "a.b", "int", bl_int(-1));
    declare(w, 2, "s", "string", bl_string_value(&w->arena, BYLAW_STR("十三 and b")));
    declare(w, 3, "l", "list(int)", bl_list_value(&w->arena, numbers, 3));
    declare(w, 4, "m", "map(string, int)", bl_map_value(&w->arena, kept, 1));
    declare(w, 5, "d", "dyn", bl_double(1.5));
    declare(w, 6, "t", "bool", bl_bool(true));
    declare(w, 7, "u", "int", bl_unknown_value(&w->arena, &w->attrs[0]));
    declare(w, 8, "v", "bool", bl_unknown_value(&w->arena, &w->attrs[1]));
    w->unfolded = bl_env_new(&w->arena, options | BL_ENV_UNFOLDED, w->env);
    if (w->unfolded == NULL)
        abort();
}

static void close_world(world *w)
{
    bylaw_diags_free(w->diags);
    bl_arena_dispose(&w->arena);
}

/* Parses, prints, parses again; false where the text does not parse. */
static bool round_trip(world *w, unsigned options, bylaw_str text, bylaw_str *printed)
{
    bl_report report = {.text = {.text = text}};
    bl_syntax *tree = NULL;
    bl_syntax *again = NULL;
    bl_str out = bl_str_init(&w->arena);

    if (bl_parse(&tree, &w->arena, &w->arena, options, &bl_limits_default, &report) != BYLAW_OK ||
        report.errors > 0)
        return false;
    bl_syntax_write(&out, tree);
    if (bl_str_take(printed, &out) != BYLAW_OK)
        abort();
    /* Printing may add parentheses: what stood at a limit may then stand beyond it. */
    bl_limits wider = bl_limits_default;

    wider.depth *= 2;
    wider.text *= 4;
    report = (bl_report){.text = {.text = *printed}};
    if (bl_parse(&again, &w->arena, &w->arena, options, &wider, &report) != BYLAW_OK ||
        report.errors > 0)
        fuzz_broken("what was printed does not parse", text);
    if (!bl_syntax_same(tree, again))
        fuzz_broken("what was printed parses to another tree", text);
    return true;
}

/* folded: what needs no fact is computed while planning. */
static bl_program *compile(world *w, bylaw_str text, bool check, bool folded)
{
    const bl_source *source = NULL;
    bl_source *made = BL_NEW(&w->arena, bl_source);
    bl_program *program = NULL;

    *made = (bl_source){.name = BYLAW_STR("fuzz"), .text = text};
    source = made;
    bylaw_diags_clear(w->diags);
    const bylaw_status status = bl_compile(
        &program, folded ? w->env : w->unfolded, &w->arena,
        (bl_expr_text){text, {source, 0, (uint32_t)text.len}, true}, NULL, check, w->diags);

    if (status != BYLAW_OK && bylaw_diags_errors(w->diags) == 0)
        fuzz_broken("refused without a reason", text);
    return status == BYLAW_OK ? program : NULL;
}

static bool same(bl_value a, bl_value b)
{
    if (a.kind == BL_ERROR && b.kind == BL_ERROR)
        return a.as.fault->msg == b.as.fault->msg;
    if (a.kind == BL_UNKNOWN && b.kind == BL_UNKNOWN)
        return a.as.unknown->count == b.as.unknown->count;
    return a.kind == b.kind && bl_value_same(a, b);
}

static bl_value evaluate(world *w, const bl_program *program, bl_value *trace, uint64_t *cost)
{
    bl_eval eval = {.arena = &w->arena,
                    .slots = w->slots,
                    .slot_count = FACTS,
                    .cost_limit = 100000,
                    .trace = trace};
    const bl_value v = bl_evaluate(program, &eval);

    *cost = eval.cost;
    if (trace != NULL && bl_explain(program, &eval) == NULL)
        fuzz_broken("no explanation", bl_program_text(program));
    return v;
}

static bool is_cost(bl_value v)
{
    return v.kind == BL_ERROR && v.as.fault->msg == &bl_fault_cost_limit;
}

static void run(world *w, bylaw_str text, bylaw_str printed, bool check)
{
    bl_program *program = compile(w, text, check, true);
    uint64_t cost, traced_cost, unfolded_cost;

    if (program == NULL)
        return;
    bl_value *trace = BL_NEW_N(&w->arena, bl_value, bl_program_size(program));
    const bl_value plain = evaluate(w, program, NULL, &cost);
    const bl_value traced = evaluate(w, program, trace, &traced_cost);

    if (!same(plain, traced) || cost != traced_cost)
        fuzz_broken("a trace changes the result", text);
    program = compile(w, text, check, false);
    if (program == NULL)
        fuzz_broken("compiles only when folded", text);
    const bl_value unfolded = evaluate(w, program, NULL, &unfolded_cost);

    if (!is_cost(unfolded) && (!same(plain, unfolded) || cost > unfolded_cost))
        fuzz_broken("folding changes the result", text);
    program = compile(w, printed, check, true);
    if (program == NULL)
        fuzz_broken("what was printed does not compile", text);
    if (!same(plain, evaluate(w, program, NULL, &cost)))
        fuzz_broken("what was printed has another value", text);
}

void fuzz(const uint8_t *data, size_t size)
{
    static const unsigned options[] = {BL_ENV_PLAIN, BL_ENV_CHARTER};
    const bylaw_str text = {(const char *)data, size};

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        world w;
        bylaw_str printed = {NULL, 0};

        bl_arena_init(&w.arena, NULL);
        open_world(&w, options[i]);
        if (round_trip(&w, options[i], text, &printed)) {
            run(&w, text, printed, true);
            if (options[i] == BL_ENV_PLAIN)
                run(&w, text, printed, false);
        } else if (compile(&w, text, false, true) != NULL) {
            fuzz_broken("compiles though it does not parse", text);
        }
        close_world(&w);
    }
}
