/* expr/expr.h: what the layers above use of expressions: declare, compile, evaluate, explain.
 *
 * An environment holds the declarations; a program is compiled against one and is immutable: any
 * number of evaluations, each with its own bl_eval, may use it at once from several threads. */
#ifndef BL_EXPR_EXPR_H
#define BL_EXPR_EXPR_H

#include "base/map.h"
#include "value/type.h"

#include <bylaw/limits.h>

typedef struct bl_env bl_env;
typedef struct bl_program bl_program;

typedef enum bl_env_option {
    BL_ENV_PLAIN = 0,   /* plain CEL: the conformance suite, `eval` without rule sets */
    BL_ENV_CHARTER = 1, /* the functions for charters (is, stated, votes, …); int / int refused; no
                           dyn; a string literal beside an enumeration must be one of its values,
                           beside a name is one, beside a date must be a date */
    BL_ENV_TEST_BLOCK = 2, /* cel.block and friends, which only an optimizer writes */
    BL_ENV_FUNCTIONS = 4,  /* plain CEL that has the functions for charters as well */
    BL_ENV_APART = 8, /* shares nothing that changes with its parent, which other threads use */
    BL_ENV_UNFOLDED =
        16 /* nothing is computed while planning: every part can be explained, and compared */
} bl_env_option;

typedef struct bl_limits {
    uint32_t depth;  /* nesting of an expression: 250 */
    uint32_t nodes;  /* 100,000 */
    uint32_t text;   /* code points of an expression: 100,000 */
    uint64_t cost;   /* units an evaluation may spend: 10,000,000 */
    uint32_t states; /* of a regular expression: 10,000 */
} bl_limits;
extern const bl_limits bl_limits_default;
/* Those of what a caller sets; NULL: the defaults. */
bl_limits bl_limits_of(const bylaw_limits *limits);

/* All in the arena, freed with it. NULL: no memory. `parent` may be NULL: what it declares is seen
 * too. */
bl_env *bl_env_new(bl_arena *arena, unsigned options, const bl_env *parent);
void bl_env_set_limits(bl_env *env, const bl_limits *limits);
void bl_env_set_container(bl_env *env, bylaw_str container);

/* Declares a variable; the name may be dotted ("vote.yes"). Its value is read from slots[slot].
 * BYLAW_EDOMAIN: the name is declared already with another type or slot. */
bylaw_status bl_env_add_variable(bl_env *env, bylaw_str name, const bl_type *type, uint32_t slot);
/* Declares a constant: folded into programs. */
bylaw_status bl_env_add_constant(bl_env *env, bylaw_str name, const bl_type *type, bl_value value);
/* Only for check_only tests: an overload without implementation. member: its first parameter is the
 * receiver. */
bylaw_status bl_env_add_overload(bl_env *env, bylaw_str function, bylaw_str id, bool member,
                                 const bl_type *const *params, size_t n, const bl_type *result);
/* Asked, for messages only, which declared name a text that is none may stand for: `present` for
 * its label 到会成员数; empty where it stands for none. */
typedef bylaw_str bl_env_namer(const void *context, bylaw_str text);
void bl_env_set_namer(bl_env *env, bl_env_namer *namer, const void *context);
/* The nearest declared variable name to one that is not declared; empty when none is near. */
bylaw_str bl_env_nearest(const bl_env *env, bylaw_str name);

/* The text of an expression and where it stands. When `exact`, byte i of text is byte span.from + i
 * of the file; otherwise (escapes, folded lines) every mistake is shown at the whole span. */
typedef struct bl_expr_text {
    bylaw_str text;
    bl_span span;
    bool exact;
} bl_expr_text;

/* Parses and checks; `want` is the type that the result must be assignable to, NULL for any. With
 * check == false nothing is type-checked: overloads are found at run time.
 *   BYLAW_EINPUT  each mistake is in diags
 *   BYLAW_ELIMIT  a limit was reached; it is in diags as well */
bylaw_status bl_compile(bl_program **out, const bl_env *env, bl_arena *arena, bl_expr_text text,
                        const bl_type *want, bool check, bylaw_diags *diags);

const bl_type *bl_program_type(const bl_program *program); /* as checked; DYN when unchecked */
bylaw_str bl_program_text(const bl_program *program);
size_t bl_program_size(const bl_program *program); /* number of nodes = of values in a trace */
/* The slots that it reads, ascending, without repetition. */
const uint32_t *bl_program_slots(const bl_program *program, size_t *count);
/* The constant it was folded to, or NULL. */
const bl_value *bl_program_constant(const bl_program *program);
/* Does it ask whether this fact is stated at all? */
bool bl_program_asks_stated(const bl_program *program, uint32_t slot);
/* Does it select this field of records of that type? */
bool bl_program_reads_field(const bl_program *program, const bl_type *record, size_t field);
/* Every constant that it names and, with the trace of an evaluation, every value that came up. */
typedef void bl_value_visit(void *context, bl_value value);
void bl_program_each_value(const bl_program *program, const bl_value *trace, bl_value_visit *visit,
                           void *context);

typedef struct bl_list_indexes bl_list_indexes; /* expr/list_index.c */

typedef struct bl_op bl_op;
typedef struct bl_eval bl_eval;
typedef bl_value bl_step(bl_eval *eval, const bl_op *op);

/* One evaluation context: belongs to one thread; values it makes live in `arena`. While it is used
 * again, what it was given before must stay in place. */
struct bl_eval {
    bl_arena *arena;
    const bl_value *slots; /* value of each variable; unknown facts are BL_UNKNOWN */
    size_t slot_count;
    const bool *stated;       /* per slot: for stated(x); NULL: none is */
    uint64_t cost;            /* spent so far; the caller sets it to 0 */
    uint64_t cost_limit;      /* 0: the default */
    uint32_t regex_states;    /* of a pattern; 0: the default */
    bl_value *trace;          /* bl_program_size values, or NULL: not recorded */
    bl_list_indexes *indexes; /* of lists asked again and again, in `arena`; NULL at first */
    /* Of the evaluation under way; the evaluator's own. */
    const bl_program *program;
    bl_value *locals;
    bool no_memory; /* a record of the trace could not be kept */
};

/* The value of the program: an ordinary value, BL_ERROR or BL_UNKNOWN. Never fails otherwise. */
bl_value bl_evaluate(const bl_program *program, bl_eval *eval);
/* The value, or the error that too much was spent: what && absorbs, the limit is not. */
bl_value bl_limited(bl_eval *eval, const bl_op *op, bl_value v);

static inline uint64_t bl_cost_limit(const bl_eval *eval)
{
    return eval->cost_limit != 0 ? eval->cost_limit : bl_limits_default.cost;
}

/* Where the evaluation of a program begins, for those who go through thousands of them. */
typedef struct bl_entrance {
    const bl_program *program;
    const bl_op *op;
    bl_step *step; /* NULL: it binds something, so there is more to do first */
} bl_entrance;
bl_entrance bl_program_entrance(const bl_program *program);

/* What bl_evaluate gives without a trace. */
static inline bl_value bl_enter(const bl_entrance *entrance, bl_eval *eval)
{
    if (entrance->step == NULL)
        return bl_evaluate(entrance->program, eval);
    eval->program = entrance->program;
    const bl_value v = entrance->step(eval, entrance->op);

    return eval->cost <= bl_cost_limit(eval) ? v : bl_limited(eval, entrance->op, v);
}

/* Why a traced evaluation gave what it gave: the tree of sub-expressions that suffice, shortest
 * cause first, read off the trace. Leaves are comparisons, single facts, calls. */
typedef enum bl_cause_kind {
    BL_CAUSE_VALUE,   /* a sub-expression with its value */
    BL_CAUSE_COMPARE, /* left OP right */
    BL_CAUSE_ALL,     /* every one of the children holds (and true, or false) */
    BL_CAUSE_ANY,     /* the one or more children that decided */
    BL_CAUSE_ELEMENT  /* an element of a list decided: `element`, children tell why */
} bl_cause_kind;

typedef enum bl_compare_op {
    BL_OP_NONE = 0,
    BL_OP_EQ,
    BL_OP_NE,
    BL_OP_LT,
    BL_OP_LE,
    BL_OP_GT,
    BL_OP_GE,
    BL_OP_IN,
    BL_OP_IS
} bl_compare_op;

typedef struct bl_cause {
    bl_cause_kind kind;
    bylaw_str text;    /* in the author's own spelling */
    uint32_t from, to; /* bytes of the expression's text */
    bl_value value;    /* of this sub-expression */
    bl_compare_op op;  /* COMPARE */
    bl_value left, right;
    int64_t left_slot; /* the fact that stands alone on that side, or -1 */
    int64_t right_slot;
    bool negated;     /* stands under an odd number of ! */
    bl_value element; /* ELEMENT */
    size_t element_index;
    const struct bl_cause *const *children;
    size_t child_count;
} bl_cause;

/* NULL: no memory. The tree lives in eval->arena. Needs eval->trace of that very evaluation. */
const bl_cause *bl_explain(const bl_program *program, const bl_eval *eval);

#endif
