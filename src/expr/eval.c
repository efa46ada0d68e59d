/* expr/eval.c: evaluating a program. A step computes the value of one op from those of its
 * children, which it asks for itself: so && and ||, ?: and the loops decide what is evaluated at
 * all. The height of the tree, bounded when it was parsed, bounds the recursion.
 *
 * Errors and unknowns travel as values. In && || and the loops built on them the absorbing value
 * wins, then unknown, then error: what is unknown may still turn out to decide. Everywhere else an
 * error wins over unknowns, and the unknowns of all arguments are merged, so that a verdict can
 * name every fact that is missing.
 *
 * With a trace, operands and elements behind the one that decided are looked at too, so that an
 * explanation can tell all that failed; they change neither value nor cost. */
#include "expr/eval.h"

#include "value/messages.h"

/* Cost */

bool bl_charge(bl_call *call, uint64_t units)
{
    bl_eval *eval = call->eval;

    if (__builtin_add_overflow(eval->cost, units, &eval->cost))
        eval->cost = UINT64_MAX;
    return eval->cost <= bl_cost_limit(eval);
}

bl_value bl_cost_error(bl_call *call)
{
    const uint64_t limit = bl_cost_limit(call->eval);
    const bylaw_str text = call->program == NULL ? BYLAW_STR("…") : bl_program_text(call->program);

    return bl_fail(call, cost_limit, BL_TEXT("expression", bl_text_shown(call->eval->arena, text)),
                   BL_INT("limit", limit > INT64_MAX ? INT64_MAX : (int64_t)limit));
}

bool bl_spend(bl_eval *eval, uint64_t units)
{
    bl_call call = bl_call_of(eval, NULL);

    return bl_charge(&call, units);
}

/* Errors */

/* The place of an error is the innermost op that raised it. */
bl_value bl_placed(bl_eval *eval, const bl_op *op, bl_value v)
{
    if (v.kind != BL_ERROR || v.as.fault->from != v.as.fault->to ||
        v.as.fault->msg == &bl_msg_no_memory)
        return v;
    const bl_node *node = &eval->program->tree->nodes[op->index];
    bl_fault *fault = bl_arena_alloc(eval->arena, sizeof *fault);

    if (fault == NULL)
        return bl_oom_value();
    *fault = *v.as.fault;
    fault->from = node->from;
    fault->to = node->to;
    v.as.fault = fault;
    return v;
}

bl_value bl_over_limit(bl_eval *eval, const bl_op *op)
{
    bl_call call = bl_call_of(eval, NULL);

    return bl_placed(eval, op, bl_cost_error(&call));
}

bl_value bl_wrong_kind(bl_eval *eval, uint32_t child, bl_value v, const bl_msg *msg)
{
    return bl_placed(
        eval, &eval->program->ops[child],
        bl_error_value(eval->arena, msg, BL_ARGS(BL_TEXT("type", bl_kind_name(v.kind)))));
}

bl_value bl_not_bool(bl_eval *eval, uint32_t child, bl_value v)
{
    return v.kind == BL_ERROR ? v : bl_wrong_kind(eval, child, v, &bl_fault_not_bool);
}

bl_value bl_no_overload(bl_eval *eval, const bl_op *op, const char *function, const bl_value *args,
                        size_t n)
{
    bl_str types = bl_str_init(eval->arena);
    const bylaw_str name =
        function != NULL ? bylaw_str_from(function) : eval->program->tree->nodes[op->index].name;

    for (size_t i = 0; i < n; i++) {
        bl_str_addz(&types, i == 0 ? "" : ", ");
        bl_str_add(&types, bl_kind_name(args[i].kind));
    }
    bl_call call = bl_call_of(eval, NULL);

    if (types.failed)
        return bl_oom_value();
    return bl_placed(eval, op,
                     bl_fail(&call, no_overload, BL_TEXT("function", bl_function_shown(name)),
                             BL_TEXT("types", bl_str_view(&types))));
}

/* Unknowns */

/* The union with what was unknown before; `so_far` is null before the first. */
bl_value bl_merged(bl_eval *eval, bl_value so_far, bl_value v)
{
    return so_far.kind == BL_UNKNOWN ? bl_unknown_merge(eval->arena, so_far, v) : v;
}

/* The values of a strict op: BL_NULL when all are known, else its result: the first error, or what
 * is unknown of all of them. */
bl_value bl_strict(bl_eval *eval, const bl_value *values, size_t n)
{
    bl_value unknown = BL_NULL_VALUE;

    for (size_t i = 0; i < n; i++) {
        if (values[i].kind == BL_ERROR)
            return values[i];
        if (values[i].kind == BL_UNKNOWN)
            unknown = bl_merged(eval, unknown, values[i]);
        if (unknown.kind == BL_ERROR)
            return unknown;
    }
    return unknown;
}

/* Names */

bl_value bl_step_const(bl_eval *eval, const bl_op *op)
{
    (void)eval;
    return op->as.value;
}

bl_value bl_step_var(bl_eval *eval, const bl_op *op)
{
    return eval->slots[op->at];
}

bl_value bl_step_local(bl_eval *eval, const bl_op *op)
{
    return eval->locals[op->at];
}

bl_value bl_step_undeclared(bl_eval *eval, const bl_op *op)
{
    bl_call call = bl_call_of(eval, NULL);

    return bl_placed(
        eval, op,
        bl_fail(&call, no_variable, BL_TEXT("name", eval->program->tree->nodes[op->index].name)));
}

bl_value bl_step_stated(bl_eval *eval, const bl_op *op)
{
    if (op->child_count == 0)
        return bl_bool(eval->stated != NULL && eval->stated[op->at]);
    const bl_value v = bl_value_at(eval, op->operands[0]);

    return v.kind == BL_ERROR ? v : bl_bool(v.kind != BL_UNKNOWN);
}

/* Logic */

/* The value of && (absorbing false) or || (absorbing true) where no operand decided. */
bl_value bl_undecided(bl_value unknown, bl_value error, bool absorbing)
{
    if (unknown.kind != BL_NULL)
        return unknown;
    return error.kind != BL_NULL ? error : bl_bool(!absorbing);
}

/* From the i-th operand on, whose value is `v`; those before it did not decide. */
static bl_value logic_from(bl_eval *eval, const bl_op *op, bool absorbing, uint32_t i, bl_value v)
{
    bl_value unknown = BL_NULL_VALUE;
    bl_value error = BL_NULL_VALUE;

    for (;;) {
        v = bl_truth(eval, v);
        if (v.kind == BL_BOOL && v.as.b == absorbing) {
            const uint64_t cost = eval->cost;

            for (i++; eval->trace != NULL && i < op->child_count && bl_goes_on(eval, cost); i++)
                (void)bl_value_at(eval, op->operands[i]);
            eval->cost = cost;
            return v;
        }
        if (v.kind == BL_UNKNOWN)
            unknown = bl_merged(eval, unknown, v);
        else if (v.kind != BL_BOOL && error.kind == BL_NULL)
            error = bl_not_bool(eval, op->children[i], v);
        if (++i == op->child_count)
            return bl_undecided(unknown, error, absorbing);
        v = bl_value_at(eval, op->operands[i]);
    }
}

/* As long as operands are truths that leave it open, nothing has to be kept. */
static inline bl_value logic(bl_eval *eval, const bl_op *op, bool absorbing)
{
    eval->cost++;
    for (uint32_t i = 0; i < op->child_count; i++) {
        const bl_value v = bl_value_at(eval, op->operands[i]);

        if (v.kind != BL_BOOL || v.as.b == absorbing)
            return logic_from(eval, op, absorbing, i, v);
    }
    return bl_bool(!absorbing);
}

bl_value bl_step_and(bl_eval *eval, const bl_op *op)
{
    return logic(eval, op, false);
}

bl_value bl_step_or(bl_eval *eval, const bl_op *op)
{
    return logic(eval, op, true);
}

bl_value bl_step_cond(bl_eval *eval, const bl_op *op)
{
    const bl_value test = bl_truth(eval, bl_value_at(eval, op->operands[0]));

    eval->cost++;
    if (test.kind == BL_UNKNOWN)
        return test;
    if (test.kind != BL_BOOL)
        return bl_not_bool(eval, op->children[0], test);
    return bl_value_at(eval, op->operands[test.as.b ? 1 : 2]);
}

/* Names for values */

bl_value bl_step_bind(bl_eval *eval, const bl_op *op)
{
    eval->locals[op->at] = bl_value_at(eval, op->operands[0]);
    return bl_value_at(eval, op->operands[1]);
}

/* An entry may name those before it, never those after it, so in order each is evaluated once. */
bl_value bl_step_block(bl_eval *eval, const bl_op *op)
{
    const uint32_t entries = op->child_count - 1;

    for (uint32_t i = 0; i < entries; i++)
        eval->locals[op->at + i] = bl_value_at(eval, op->operands[i]);
    return bl_value_at(eval, op->operands[entries]);
}

/* The tables */

static bl_step *const steps[BL_NODE__COUNT] = {
#define BL_NODE(kind, name, meaning) [BL_NODE_##kind] = bl_step_##name,
#include "expr/nodes.def"
#undef BL_NODE
};

bl_step *bl_step_of(const bl_program *program, const bl_op *op, bl_leaves leaves)
{
    if (bl_counts_distinct(program, op))
        return bl_step_count_distinct;
    if (op->kind == BL_NODE_CALL && op->choice_count > 0)
        return bl_call_step(op->choices[0].run, leaves);
    return bl_plucks(program, op) ? bl_step_pluck : steps[op->kind];
}

bl_value bl_limited(bl_eval *eval, const bl_op *op, bl_value v)
{
    if (eval->cost <= bl_cost_limit(eval) ||
        (v.kind == BL_ERROR && v.as.fault->msg == &bl_fault_cost_limit))
        return v;
    return bl_over_limit(eval, op);
}

bl_value bl_evaluate_part(const bl_program *program, bl_eval *eval, uint32_t index,
                          bl_value *locals)
{
    const bl_op *op = &program->ops[index];

    eval->program = program;
    eval->locals = locals;
    eval->no_memory = false;
    for (uint32_t i = 0; eval->trace != NULL && i < program->cells; i++)
        eval->trace[i] = BL_NOT_EVALUATED;
    const bl_value v = bl_value_at(eval, op);

    return eval->no_memory ? bl_oom_value() : bl_limited(eval, op, v);
}

static bl_value evaluate_all(const bl_program *program, bl_eval *eval)
{
    bl_value *locals = NULL;

    if (program->local_count > 0 &&
        (locals = BL_NEW_N(eval->arena, bl_value, program->local_count)) == NULL)
        return bl_oom_value();
    return bl_evaluate_part(program, eval, program->count - 1, locals);
}

bl_entrance bl_program_entrance(const bl_program *program)
{
    const bl_op *root = program->root;

    return (bl_entrance){program, root, program->local_count > 0 ? NULL : root->step};
}

bl_value bl_evaluate(const bl_program *program, bl_eval *eval)
{
    const bl_entrance entrance = bl_program_entrance(program);

    return entrance.step == NULL || eval->trace != NULL ? evaluate_all(program, eval)
                                                        : bl_enter(&entrance, eval);
}
