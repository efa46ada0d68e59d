/* expr/program.h: a planned expression: what program.c makes, eval.c runs and explain.c reads.
 *
 * There is one op for each node of the checked tree, under the same index and in the same order:
 * children before parents, a subtree an unbroken run. An op holds what evaluating needs and nothing
 * else; text, positions and types stay in the tree.
 *
 * A trace has one cell for each op, in the same order, and before the cell of a loop (all, exists,
 * exists_one) one more that holds what happened to its elements: so the cells of a subtree are an
 * unbroken run as well, and those of a loop's body can be copied aside for every element. */
#ifndef BL_EXPR_PROGRAM_H
#define BL_EXPR_PROGRAM_H

#include "expr/ast.h"
#include "expr/faults.h"

/* One overload as a call finds it at run time: a mask of kinds (1 << bl_kind) for each parameter.
 */
typedef struct bl_choice {
    bl_builtin *run;
    const uint32_t *masks;
    uint32_t count;
    bool variadic; /* the last mask serves all further arguments */
    bool takes_unknown;
} bl_choice;

/* What most steps read stands at the front. */
struct bl_op {
    bl_step *step;
    /* CALL of two operands: of each that is a slot or a constant, where it stands. */
    uint32_t slot[2];
    const bl_value *constant[2];  /* NULL: it is the slot */
    const bl_op *const *operands; /* its children */
    uint8_t kind;                 /* bl_node_kind; CONST when folded */
    uint8_t flags;                /* BL_NODE_… */
    uint8_t compare;              /* bl_compare_op */
    uint8_t local_count;
    uint32_t index; /* its own, also of its node */
    uint32_t child_count;
    uint32_t at;              /* VAR: slot; LOCAL, loops, BIND, BLOCK: local; SELECT, HAS: field */
    const uint32_t *children; /* indices of ops */
    uint32_t cell;            /* in a trace */
    uint32_t choice_count;
    bool takes_unknown; /* CALL: some overload looks at unknown arguments itself */
    union {
        bl_value value; /* CONST, folded */
        struct {
            bl_builtin *run; /* the one that is certain; NULL: choose by kinds */
            const void *cached;
        } call;
        const bool *optional;  /* LIST, MAP */
        const bl_type *record; /* SELECT, HAS: the type whose field number `at` is meant, or NULL */
    } as;
    const bl_choice *choices; /* CALL, INDEX */
};

struct bl_program {
    const bl_tree *tree;
    const bl_op *ops;
    const bl_op *root;
    uint32_t local_count; /* of the tree */
    uint32_t count;
    uint32_t cells;
    bool charter;
    const bl_type *type;
    const uint32_t *slots;
    size_t slot_count;
};

/* A cell of a trace whose op was not evaluated. */
#define BL_NOT_EVALUATED ((bl_value){.kind = BL_UNKNOWN, .as.unknown = NULL})

static inline bool bl_was_evaluated(bl_value cell)
{
    return cell.kind != BL_UNKNOWN || cell.as.unknown != NULL;
}

static inline bool bl_is_loop(uint8_t kind)
{
    return kind == BL_NODE_ALL || kind == BL_NODE_EXISTS || kind == BL_NODE_EXISTS_ONE;
}

/* The cells of the subtree whose root is op `i`: from this one to ops[i].cell. Its first op is a
 * leaf, so no extra cell stands before it. */
static inline uint32_t bl_first_cell(const bl_program *program, uint32_t i)
{
    return program->ops[program->tree->nodes[i].first].cell;
}

/* What a loop's extra cell holds: a list value of records, each ELEMENT_HEAD values (the place of
 * the element and the element) and then the cells of the predicate. */
#define BL_ELEMENT_HEAD 2

/* Which operands of a call of two are slots or constants: they are read without a detour. */
typedef enum bl_leaves { BL_NO_LEAVES, BL_RIGHT_LEAF, BL_BOTH_LEAVES, BL_LEAVES__COUNT } bl_leaves;

/* The step that runs an op whose children are made, chosen by its kind and, for calls, by the
 * builtin (eval.c). */
bl_step *bl_step_of(const bl_program *program, const bl_op *op, bl_leaves leaves);

/* Evaluates the subtree of one op, with room for tree->local_count locals. */
bl_value bl_evaluate_part(const bl_program *program, bl_eval *eval, uint32_t index,
                          bl_value *locals);

#endif
