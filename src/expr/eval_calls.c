/* expr/eval_calls.c: functions and operators: strict in their arguments, found by the kinds of
 * these where the checker could not tell. */
#include "expr/eval.h"

#include "expr/operators.h"

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
        args[i] = bl_value_of(run, op->children[i]);
    run->eval->cost++;
    return apply(run, op, args, op->child_count);
}

static bool is_same_name(const bl_name *a, const bl_name *b)
{
    return a == b || bl_str_equal(a->key, b->key);
}

/* Calls of two whole numbers, dates, enumeration values or truths are most of what rules do: they
 * are done here, and all else by the builtin. */
#define FAST_EQUALITY(step, sign)                                                                  \
    static bl_value step_##step(bl_run *run, const bl_op *op)                                      \
    {                                                                                              \
        const bl_value args[2] = {bl_value_of(run, op->children[0]),                               \
                                  bl_value_of(run, op->children[1])};                              \
                                                                                                   \
        run->eval->cost++;                                                                         \
        if (args[0].kind == args[1].kind) {                                                        \
            if (args[0].kind == BL_ENUM)                                                           \
                return bl_bool(args[0].as.enumerated sign args[1].as.enumerated);                  \
            if (args[0].kind == BL_INT || args[0].kind == BL_DATE)                                 \
                return bl_bool(args[0].as.i sign args[1].as.i);                                    \
            if (args[0].kind == BL_BOOL)                                                           \
                return bl_bool(args[0].as.b sign args[1].as.b);                                    \
            if (args[0].kind == BL_NAME && is_same_name(args[0].as.name, args[1].as.name))         \
                return bl_bool(0 sign 0);                                                          \
        }                                                                                          \
        return apply(run, op, args, 2);                                                            \
    }

FAST_EQUALITY(eq, ==)
FAST_EQUALITY(ne, !=)

#define FAST_ORDER(name, operator)                                                                 \
    static bl_value step_##name(bl_run *run, const bl_op *op)                                      \
    {                                                                                              \
        const bl_value args[2] = {bl_value_of(run, op->children[0]),                               \
                                  bl_value_of(run, op->children[1])};                              \
                                                                                                   \
        run->eval->cost++;                                                                         \
        if (args[0].kind == args[1].kind && (args[0].kind == BL_INT || args[0].kind == BL_DATE))   \
            return bl_bool(args[0].as.i operator args[1].as.i);                                    \
        return apply(run, op, args, 2);                                                            \
    }

FAST_ORDER(lt, <)
FAST_ORDER(le, <=)
FAST_ORDER(gt, >)
FAST_ORDER(ge, >=)

#define FAST_SUM(name, overflows)                                                                  \
    static bl_value step_##name(bl_run *run, const bl_op *op)                                      \
    {                                                                                              \
        const bl_value args[2] = {bl_value_of(run, op->children[0]),                               \
                                  bl_value_of(run, op->children[1])};                              \
        int64_t result;                                                                            \
                                                                                                   \
        run->eval->cost++;                                                                         \
        if (args[0].kind == BL_INT && args[1].kind == BL_INT &&                                    \
            !overflows(args[0].as.i, args[1].as.i, &result))                                       \
            return bl_int(result);                                                                 \
        return apply(run, op, args, 2);                                                            \
    }

FAST_SUM(add, __builtin_add_overflow)
FAST_SUM(sub, __builtin_sub_overflow)
FAST_SUM(mul, __builtin_mul_overflow)

static bl_value step_not(bl_run *run, const bl_op *op)
{
    const bl_value v = bl_value_of(run, op->children[0]);

    run->eval->cost++;
    if (v.kind == BL_BOOL)
        return bl_bool(!v.as.b);
    return has_none(run, &v, 1) ? bl_bool(true) : apply(run, op, &v, 1);
}

/* Builtins that have a step of their own. */
static const struct fast_step {
    bl_builtin *run;
    bl_step *step;
} fast_steps[] = {
    {bl_op_eq, step_eq},       {bl_op_ne, step_ne},       {bl_op_lt, step_lt},
    {bl_op_le, step_le},       {bl_op_gt, step_gt},       {bl_op_ge, step_ge},
    {bl_op_add_int, step_add}, {bl_op_sub_int, step_sub}, {bl_op_not, step_not},
    {bl_op_mul_int, step_mul},
};

bl_step *bl_call_step(bl_builtin *run)
{
    for (size_t i = 0; i < sizeof fast_steps / sizeof fast_steps[0]; i++) {
        if (fast_steps[i].run == run)
            return fast_steps[i].step;
    }
    return bl_step_call;
}
