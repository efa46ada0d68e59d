/* expr/eval.h: what the files of the evaluator share: eval.c (cost, errors, unknowns, names,
 * logic), eval_calls.c, eval_data.c (fields, elements, lists, maps, optionals), eval_loops.c. */
#ifndef BL_EXPR_EVAL_H
#define BL_EXPR_EVAL_H

#include "expr/program.h"

#define BL_EXTRA_COST 100000 /* units spent at most on what only an explanation needs */

#define BL_NODE(kind, name, meaning) bl_step bl_step_##name;
#include "expr/nodes.def"
#undef BL_NODE
/* The step for a call of this builtin: one of its own, or bl_step_call. */
bl_step *bl_call_step(bl_builtin *run, bl_leaves leaves);
/* Is it fact.map(x, x.field), as most lists are taken apart? Then bl_step_pluck is its step. */
bool bl_plucks(const bl_program *program, const bl_op *op);
bl_step bl_step_pluck;
/* Is it fact.map(x, x.field).distinct().size(), as a name that stands twice is looked for? Then
 * bl_step_count_distinct is its step. */
bool bl_counts_distinct(const bl_program *program, const bl_op *op);
bl_step bl_step_count_distinct;

/* What a slot or a constant holds is not traced: an explanation reads it where it stands. */
static inline bl_value bl_value_at(bl_eval *eval, const bl_op *op)
{
    if (op->kind == BL_NODE_VAR)
        return eval->slots[op->at];
    if (op->kind == BL_NODE_CONST)
        return op->as.value;
    const bl_value v = op->step(eval, op);

    if (eval->trace != NULL)
        eval->trace[op->cell] = v;
    return v;
}

static inline bl_value bl_value_of(bl_eval *eval, uint32_t index)
{
    return bl_value_at(eval, &eval->program->ops[index]);
}

static inline bl_call bl_call_of(bl_eval *eval, const void *cached)
{
    return (bl_call){eval, cached, eval->program};
}

/* In the rules of a charter, none holds as little as false does. */
static inline bl_value bl_truth(const bl_eval *eval, bl_value v)
{
    return v.kind == BL_NULL && eval->program->charter ? bl_bool(false) : v;
}

bool bl_spend(bl_eval *eval, uint64_t units); /* false: the limit is passed */
bl_value bl_over_limit(bl_eval *eval, const bl_op *op);

/* The error with its place: that of the innermost op that raised it. Other values as they are. */
bl_value bl_placed(bl_eval *eval, const bl_op *op, bl_value v);
/* An error about the kind of a child's value. */
bl_value bl_wrong_kind(bl_eval *eval, uint32_t child, bl_value v, const bl_msg *msg);
/* The same where a bool is needed; an error stays as it is. */
bl_value bl_not_bool(bl_eval *eval, uint32_t child, bl_value v);
/* function NULL: that of the op. */
bl_value bl_no_overload(bl_eval *eval, const bl_op *op, const char *function, const bl_value *args,
                        size_t n);

/* The union with what was unknown before; `so_far` is null before the first. */
bl_value bl_merged(bl_eval *eval, bl_value so_far, bl_value v);
/* BL_NULL when all values are known; else the result of a strict op: the first error, or what is
 * unknown in all of them. */
bl_value bl_strict(bl_eval *eval, const bl_value *values, size_t n);
/* What stands behind the operand or element that decided is evaluated for the trace alone. */
static inline bool bl_goes_on(const bl_eval *eval, uint64_t cost_before)
{
    return eval->cost - cost_before < BL_EXTRA_COST;
}

/* && (absorbing false) or || (absorbing true) where no operand decided; null: there is none. */
bl_value bl_undecided(bl_value unknown, bl_value error, bool absorbing);
#endif
