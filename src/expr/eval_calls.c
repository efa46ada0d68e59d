/* expr/eval_calls.c: functions and operators: strict in their arguments, found by the kinds of
 * these where the checker could not tell. */
#include "expr/eval.h"

#include "expr/operators.h"

#if defined(__GNUC__)
#define BL_SLOW __attribute__((noinline, cold)) /* keeps the steps that call it small */
#else
#define BL_SLOW
#endif

#define SMALL_ARGS 6 /* arguments of a call that stand on the stack */

static bool kinds_fit(const bl_choice *choice, const bl_value *args, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t mask = choice->masks[i < choice->count ? i : choice->count - 1];

        if ((mask >> args[i].kind & 1) == 0 &&
            !(choice->takes_unknown && args[i].kind == BL_UNKNOWN))
            return false;
    }
    return true;
}

static bool is_order(uint8_t compare)
{
    return compare == BL_OP_LT || compare == BL_OP_LE || compare == BL_OP_GT || compare == BL_OP_GE;
}

static bool has_none(const bl_run *run, const bl_value *args, size_t n)
{
    for (size_t i = 0; run->program->charter && i < n; i++) {
        if (args[i].kind == BL_NULL)
            return true;
    }
    return false;
}

/* No overload takes these kinds. In the rules of a charter, nothing holds of none, it is before and
 * after nothing, and what is computed from it is none again. */
static bl_value unfit(bl_run *run, const bl_op *op, const bl_value *args, size_t n)
{
    const bl_node *node = &run->program->tree->nodes[op->index];
    bl_call call = bl_call_of(run, NULL);

    if (op->choice_count == 0)
        return bl_placed(run, op, bl_fail(&call, no_function, BL_TEXT("function", node->name)));
    if (has_none(run, args, n))
        return node->type->kind == BL_T_BOOL ? bl_bool(false) : BL_NULL_VALUE;
    return bl_no_overload(run, op, NULL, args, n);
}

/* The call itself, its arguments being evaluated. */
static bl_value apply(bl_run *run, const bl_op *op, const bl_value *args, size_t n)
{
    const bl_value blocked = bl_strict(run, args, n);
    bl_call call = bl_call_of(run, op->as.call.cached);

    if (blocked.kind == BL_UNKNOWN && is_order(op->compare) && has_none(run, args, n))
        return bl_bool(false); /* whatever the other side is */
    if (blocked.kind == BL_ERROR || (blocked.kind == BL_UNKNOWN && !op->takes_unknown))
        return blocked;
    if (op->as.call.run != NULL)
        return bl_placed(run, op, op->as.call.run(&call, args, n));
    for (uint32_t i = 0; i < op->choice_count; i++) {
        const bl_choice *choice = &op->choices[i];

        if (kinds_fit(choice, args, n)) {
            if (choice->run == NULL)
                break;
            return bl_placed(run, op, choice->run(&call, args, n));
        }
    }
    return blocked.kind == BL_UNKNOWN ? blocked : unfit(run, op, args, n);
}

bl_value bl_step_call(bl_run *run, const bl_op *op)
{
    bl_value small[SMALL_ARGS];
    bl_value *args = small;

    if (op->child_count > SMALL_ARGS)
        args = bl_arena_alloc(run->eval->arena, op->child_count * sizeof *args);
    if (args == NULL)
        return bl_oom_value();
    for (uint32_t i = 0; i < op->child_count; i++)
        args[i] = bl_value_at(run, op->operands[i]);
    run->eval->cost++;
    return apply(run, op, args, op->child_count);
}

static bool is_same_name(const bl_name *a, const bl_name *b)
{
    return a == b || bl_str_equal(a->key, b->key);
}

/* Two texts, at the price that bl_op_eq has: one is read no further than the other. The limit is
 * looked at when the evaluation ends. */
static bool same_text(bl_run *run, const bylaw_str *a, const bylaw_str *b)
{
    run->eval->cost += (a->len < b->len ? a->len : b->len) / BL_BYTES_PER_UNIT;
    return bl_str_equal(*a, *b);
}

/* All that is not done in the steps below. The pair is put together here, so that the steps keep
 * their values in registers. */
BL_SLOW static bl_value apply_pair(bl_run *run, const bl_op *op, bl_value a, bl_value b)
{
    const bl_value args[2] = {a, b};

    return apply(run, op, args, 2);
}

/* An operand that is evaluated, and one that only has to be read. */
#define EVALUATED(i) bl_value_at(run, op->operands[i])
#define READ(i)      (op->is_constant[i] ? run->constants : run->slots)[op->leaf[i]]

/* Calls of two whole numbers, dates, enumeration values or truths are most of what rules do: they
 * are done here, and all else by the builtin. Each step exists twice: for any operands, and for
 * those that are slots or constants. */
#define FAST_EQUALITY(step, sign, operand)                                                         \
    static bl_value step(bl_run *run, const bl_op *op)                                             \
    {                                                                                              \
        const bl_value a = operand(0);                                                             \
        const bl_value b = operand(1);                                                             \
                                                                                                   \
        run->eval->cost++;                                                                         \
        if (a.kind == b.kind) {                                                                    \
            if (a.kind == BL_ENUM)                                                                 \
                return bl_bool(a.as.enumerated sign b.as.enumerated);                              \
            if (a.kind == BL_INT || a.kind == BL_DATE)                                             \
                return bl_bool(a.as.i sign b.as.i);                                                \
            if (a.kind == BL_BOOL)                                                                 \
                return bl_bool(a.as.b sign b.as.b);                                                \
            if (a.kind == BL_STRING)                                                               \
                return bl_bool(same_text(run, a.as.s, b.as.s) sign true);                          \
            if (a.kind == BL_NAME && is_same_name(a.as.name, b.as.name))                           \
                return bl_bool(0 sign 0);                                                          \
        }                                                                                          \
        return apply_pair(run, op, a, b);                                                          \
    }

#define FAST_ORDER(step, sign, operand)                                                            \
    static bl_value step(bl_run *run, const bl_op *op)                                             \
    {                                                                                              \
        const bl_value a = operand(0);                                                             \
        const bl_value b = operand(1);                                                             \
                                                                                                   \
        run->eval->cost++;                                                                         \
        if (a.kind == b.kind && (a.kind == BL_INT || a.kind == BL_DATE))                           \
            return bl_bool(a.as.i sign b.as.i);                                                    \
        return apply_pair(run, op, a, b);                                                          \
    }

#define FAST_SUM(step, overflows, operand)                                                         \
    static bl_value step(bl_run *run, const bl_op *op)                                             \
    {                                                                                              \
        const bl_value a = operand(0);                                                             \
        const bl_value b = operand(1);                                                             \
        int64_t result;                                                                            \
                                                                                                   \
        run->eval->cost++;                                                                         \
        if (a.kind == BL_INT && b.kind == BL_INT && !overflows(a.as.i, b.as.i, &result))           \
            return bl_int(result);                                                                 \
        return apply_pair(run, op, a, b);                                                          \
    }

FAST_EQUALITY(eq_any, ==, EVALUATED)
FAST_EQUALITY(eq_leaves, ==, READ)
FAST_EQUALITY(ne_any, !=, EVALUATED)
FAST_EQUALITY(ne_leaves, !=, READ)
FAST_ORDER(lt_any, <, EVALUATED)
FAST_ORDER(lt_leaves, <, READ)
FAST_ORDER(le_any, <=, EVALUATED)
FAST_ORDER(le_leaves, <=, READ)
FAST_ORDER(gt_any, >, EVALUATED)
FAST_ORDER(gt_leaves, >, READ)
FAST_ORDER(ge_any, >=, EVALUATED)
FAST_ORDER(ge_leaves, >=, READ)
FAST_SUM(add_any, __builtin_add_overflow, EVALUATED)
FAST_SUM(add_leaves, __builtin_add_overflow, READ)
FAST_SUM(sub_any, __builtin_sub_overflow, EVALUATED)
FAST_SUM(sub_leaves, __builtin_sub_overflow, READ)
FAST_SUM(mul_any, __builtin_mul_overflow, EVALUATED)
FAST_SUM(mul_leaves, __builtin_mul_overflow, READ)

static bl_value step_not(bl_run *run, const bl_op *op)
{
    const bl_value v = EVALUATED(0);

    run->eval->cost++;
    if (v.kind == BL_BOOL)
        return bl_bool(!v.as.b);
    return has_none(run, &v, 1) ? bl_bool(true) : apply(run, op, &v, 1);
}

/* size() of a list. */
static bl_value step_size(bl_run *run, const bl_op *op)
{
    const bl_value v = EVALUATED(0);

    run->eval->cost++;
    return v.kind == BL_LIST ? bl_int((int64_t)v.as.list->count) : apply(run, op, &v, 1);
}

/* Builtins that have steps of their own: for any operands, and for slots and constants. */
static const struct fast_step {
    bl_builtin *run;
    bl_step *any, *leaves;
} fast_steps[] = {
    {bl_op_eq, eq_any, eq_leaves},           {bl_op_ne, ne_any, ne_leaves},
    {bl_op_lt, lt_any, lt_leaves},           {bl_op_le, le_any, le_leaves},
    {bl_op_gt, gt_any, gt_leaves},           {bl_op_ge, ge_any, ge_leaves},
    {bl_op_add_int, add_any, add_leaves},    {bl_op_sub_int, sub_any, sub_leaves},
    {bl_op_mul_int, mul_any, mul_leaves},    {bl_op_not, step_not, step_not},
    {bl_op_size_list, step_size, step_size},
};

bl_step *bl_call_step(bl_builtin *run, bool leaves)
{
    for (size_t i = 0; i < sizeof fast_steps / sizeof fast_steps[0]; i++) {
        if (fast_steps[i].run == run)
            return leaves ? fast_steps[i].leaves : fast_steps[i].any;
    }
    return bl_step_call;
}
