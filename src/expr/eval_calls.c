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

static bool has_none(const bl_eval *eval, const bl_value *args, size_t n)
{
    for (size_t i = 0; eval->program->charter && i < n; i++) {
        if (args[i].kind == BL_NULL)
            return true;
    }
    return false;
}

/* No overload takes these kinds. In the rules of a charter, nothing holds of none, it is before and
 * after nothing, and what is computed from it is none again. */
static bl_value unfit(bl_eval *eval, const bl_op *op, const bl_value *args, size_t n)
{
    const bl_node *node = &eval->program->tree->nodes[op->index];
    bl_call call = bl_call_of(eval, NULL);

    if (op->choice_count == 0)
        return bl_placed(eval, op, bl_fail(&call, no_function, BL_TEXT("function", node->name)));
    if (has_none(eval, args, n))
        return node->type->kind == BL_T_BOOL ? bl_bool(false) : BL_NULL_VALUE;
    return bl_no_overload(eval, op, NULL, args, n);
}

/* The call itself, its arguments being evaluated. */
static bl_value apply(bl_eval *eval, const bl_op *op, const bl_value *args, size_t n)
{
    const bl_value blocked = bl_strict(eval, args, n);
    bl_call call = bl_call_of(eval, op->as.call.cached);

    if (blocked.kind == BL_UNKNOWN && is_order(op->compare) && has_none(eval, args, n))
        return bl_bool(false); /* whatever the other side is */
    if (blocked.kind == BL_ERROR || (blocked.kind == BL_UNKNOWN && !op->takes_unknown))
        return blocked;
    if (op->as.call.run != NULL)
        return bl_placed(eval, op, op->as.call.run(&call, args, n));
    for (uint32_t i = 0; i < op->choice_count; i++) {
        const bl_choice *choice = &op->choices[i];

        if (kinds_fit(choice, args, n)) {
            if (choice->run == NULL)
                break;
            return bl_placed(eval, op, choice->run(&call, args, n));
        }
    }
    return blocked.kind == BL_UNKNOWN ? blocked : unfit(eval, op, args, n);
}

bl_value bl_step_call(bl_eval *eval, const bl_op *op)
{
    bl_value small[SMALL_ARGS];
    bl_value *args = small;

    if (op->child_count > SMALL_ARGS)
        args = bl_arena_alloc(eval->arena, op->child_count * sizeof *args);
    if (args == NULL)
        return bl_oom_value();
    for (uint32_t i = 0; i < op->child_count; i++)
        args[i] = bl_value_at(eval, op->operands[i]);
    eval->cost++;
    return apply(eval, op, args, op->child_count);
}

static bool is_same_name(const bl_name *a, const bl_name *b)
{
    return a == b || bl_str_equal(a->key, b->key);
}

/* Two texts, at the price that bl_op_eq has: one is read no further than the other. The limit is
 * looked at when the evaluation ends. */
static bool same_text(bl_eval *eval, const bylaw_str *a, const bylaw_str *b)
{
    eval->cost += (a->len < b->len ? a->len : b->len) / BL_BYTES_PER_UNIT;
    return bl_str_equal(*a, *b);
}

BL_SLOW static bl_value apply_one(bl_eval *eval, const bl_op *op, bl_value v)
{
    return apply(eval, op, &v, 1);
}

/* All that is not done in the steps below. The pair is put together here, so that the steps keep
 * their values in registers. */
BL_SLOW static bl_value apply_pair(bl_eval *eval, const bl_op *op, bl_value a, bl_value b)
{
    const bl_value args[2] = {a, b};

    return apply(eval, op, args, 2);
}

/* An operand that is evaluated, and one that only has to be read. */
#define EVALUATED(v, i)                                                                            \
    const bl_value v##_value = bl_value_at(eval, op->operands[i]), *const v = &v##_value
#define READ(v, i)                                                                                 \
    const bl_value *const v = op->constant[i] != NULL ? op->constant[i] : &eval->slots[op->slot[i]]

/* Calls of two whole numbers, dates, enumeration values or truths are most of what rules do: they
 * are done here, and all else by the builtin. Each step exists for any operands, for a slot or
 * constant on the right, and for two of those. */
#define THRICE(make, name, how)                                                                    \
    make(name##_any, how, EVALUATED, EVALUATED) make(name##_right, how, EVALUATED, READ)           \
        make(name##_leaves, how, READ, READ)

#define FAST_EQUALITY(step, sign, left, right)                                                     \
    static bl_value step(bl_eval *eval, const bl_op *op)                                           \
    {                                                                                              \
        left(a, 0);                                                                                \
        right(b, 1);                                                                               \
                                                                                                   \
        eval->cost++;                                                                              \
        if (a->kind == b->kind) {                                                                  \
            if (a->kind == BL_INT || a->kind == BL_DATE)                                           \
                return bl_bool(a->as.i sign b->as.i);                                              \
            if (a->kind == BL_ENUM)                                                                \
                return bl_bool(a->as.enumerated sign b->as.enumerated);                            \
            if (a->kind == BL_STRING)                                                              \
                return bl_bool(same_text(eval, a->as.s, b->as.s) sign true);                       \
            if (a->kind == BL_BOOL)                                                                \
                return bl_bool(a->as.b sign b->as.b);                                              \
            if (a->kind == BL_NAME && is_same_name(a->as.name, b->as.name))                        \
                return bl_bool(0 sign 0);                                                          \
        }                                                                                          \
        return apply_pair(eval, op, *a, *b);                                                       \
    }

#define FAST_ORDER(step, sign, left, right)                                                        \
    static bl_value step(bl_eval *eval, const bl_op *op)                                           \
    {                                                                                              \
        left(a, 0);                                                                                \
        right(b, 1);                                                                               \
                                                                                                   \
        eval->cost++;                                                                              \
        if (a->kind == b->kind && (a->kind == BL_INT || a->kind == BL_DATE))                       \
            return bl_bool(a->as.i sign b->as.i);                                                  \
        return apply_pair(eval, op, *a, *b);                                                       \
    }

#define FAST_SUM(step, overflows, left, right)                                                     \
    static bl_value step(bl_eval *eval, const bl_op *op)                                           \
    {                                                                                              \
        left(a, 0);                                                                                \
        right(b, 1);                                                                               \
        int64_t result;                                                                            \
                                                                                                   \
        eval->cost++;                                                                              \
        if (a->kind == BL_INT && b->kind == BL_INT && !overflows(a->as.i, b->as.i, &result))       \
            return bl_int(result);                                                                 \
        return apply_pair(eval, op, *a, *b);                                                       \
    }

THRICE(FAST_EQUALITY, eq, ==)
THRICE(FAST_EQUALITY, ne, !=)
THRICE(FAST_ORDER, lt, <)
THRICE(FAST_ORDER, le, <=)
THRICE(FAST_ORDER, gt, >)
THRICE(FAST_ORDER, ge, >=)
THRICE(FAST_SUM, add, __builtin_add_overflow)
THRICE(FAST_SUM, sub, __builtin_sub_overflow)
THRICE(FAST_SUM, mul, __builtin_mul_overflow)

static bl_value step_not(bl_eval *eval, const bl_op *op)
{
    EVALUATED(v, 0);

    eval->cost++;
    if (v->kind == BL_BOOL)
        return bl_bool(!v->as.b);
    return has_none(eval, v, 1) ? bl_bool(true) : apply_one(eval, op, *v);
}

/* size() of a list. */
static bl_value step_size(bl_eval *eval, const bl_op *op)
{
    EVALUATED(v, 0);

    eval->cost++;
    return v->kind == BL_LIST ? bl_int((int64_t)v->as.list->count) : apply_one(eval, op, *v);
}

/* Builtins that have steps of their own, by which operands are leaves. */
#define STEPS(name)                                                                                \
    {                                                                                              \
        name##_any, name##_right, name##_leaves                                                    \
    }
#define ONE(step)                                                                                  \
    {                                                                                              \
        step, step, step                                                                           \
    }

static const struct fast_step {
    bl_builtin *run;
    bl_step *steps[BL_LEAVES__COUNT];
} fast_steps[] = {
    {bl_op_eq, STEPS(eq)},
    {bl_op_ne, STEPS(ne)},
    {bl_op_lt, STEPS(lt)},
    {bl_op_le, STEPS(le)},
    {bl_op_gt, STEPS(gt)},
    {bl_op_ge, STEPS(ge)},
    {bl_op_add_int, STEPS(add)},
    {bl_op_sub_int, STEPS(sub)},
    {bl_op_mul_int, STEPS(mul)},
    {bl_op_not, ONE(step_not)},
    {bl_op_size_list, ONE(step_size)},
};

bl_step *bl_call_step(bl_builtin *run, bl_leaves leaves)
{
    for (size_t i = 0; i < sizeof fast_steps / sizeof fast_steps[0]; i++) {
        if (fast_steps[i].run == run)
            return fast_steps[i].steps[leaves];
    }
    return bl_step_call;
}
