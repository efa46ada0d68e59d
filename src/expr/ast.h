/* expr/ast.h: the checked tree: what an expression means, ready to be planned.
 *
 * The parser keeps what the author wrote (syntax.h); the checker turns that into this tree, in
 * which names are slots, locals or constants, calls have overloads, and every node has a type.
 * Nodes stand in evaluation order: children before parents, so that the subtree of node i is the
 * unbroken run [node.first, i], a body that is evaluated on demand as well. The root is the last
 * node.
 *
 * Locals (iteration variables, cel.bind, cel.block) are numbered through the whole tree: no two
 * scopes share a number, so an evaluation needs an array of local_count values and no stack. A
 * scope nested in a loop is entered again with each turn; its numbers stay. */
#ifndef BL_EXPR_AST_H
#define BL_EXPR_AST_H

#include "expr/signature.h"

typedef enum bl_node_kind {
#define BL_NODE(kind, name, meaning) BL_NODE_##kind,
#include "expr/nodes.def"
#undef BL_NODE
    BL_NODE__COUNT
} bl_node_kind;

enum {
    BL_NODE_OPTIONAL = 1, /* SELECT, INDEX: the form with `?` */
    BL_NODE_FILTERED = 2, /* TRANSFORM_LIST, TRANSFORM_MAP: children[1] is a filter */
    BL_NODE_EXACT = 4,    /* CALL, INDEX: the one candidate is certain; known arguments need no
                             look at their kinds. Never set where an argument's type is dyn or
                             nullable, nor unchecked */
    BL_NODE_MEMBER = 8    /* CALL written x.f(y): children[0] is the receiver */
};

/* Two scope variables at most: element; or index and element, key and value. */
typedef struct bl_node {
    uint8_t kind;        /* bl_node_kind */
    uint8_t flags;       /* BL_NODE_… */
    uint8_t op;          /* CALL: bl_compare_op, so that explaining knows comparisons, `in`, `is` */
    uint8_t local_count; /* macros: 1 or 2 scope variables; 0 for BLOCK, see child_count */
    uint32_t first;      /* first node of this subtree; first == own index: a leaf */
    uint32_t from, to;   /* bytes of the expression's text */
    uint32_t child, child_count; /* tree->children[child …]: indices of nodes */
    const bl_type *type;         /* static type, never NULL; DYN when unchecked */
    bylaw_str name; /* VAR, LOCAL, UNDECLARED, STATED: as declared (vote.yes); SELECT, HAS: the
                       field; CALL: the function as in the tables ("size", "math.greatest",
                       "_+_", "!_", "-_", "@in") */
    union {
        bl_value value; /* CONST; a TYPE points to bl_type_simple[kind] */
        uint32_t slot;  /* VAR, STATED without child */
        uint32_t local; /* LOCAL; macros: the first of their variables; BLOCK: of its entries */
        int32_t field;  /* SELECT, HAS: index of the field in the record's type; -1: a map, or
                           not known before evaluation */
        const bool *optional; /* LIST: per element, MAP: per entry; NULL: none is */
        struct {
            /* CALL: the overloads that the static types leave, in order of the tables; when
             * unchecked, all of that name, form (member or not) and number of arguments. None
             * (unchecked): an error when evaluated. */
            const bl_signature *const *candidates;
            uint32_t candidate_count;
        } call;
    } as;
} bl_node;

typedef struct bl_tree {
    bylaw_str text;
    const bl_node *nodes;
    const uint32_t *children;
    uint32_t count;       /* at least 1 */
    uint32_t local_count; /* of the whole tree */
    uint32_t height;      /* of nodes: bounds the recursion of whoever walks it */
} bl_tree;

static inline uint32_t bl_tree_root(const bl_tree *tree)
{
    return tree->count - 1;
}

/* Index of a node's i-th child. */
static inline uint32_t bl_tree_child(const bl_tree *tree, const bl_node *node, uint32_t i)
{
    return tree->children[node->child + i];
}

const char *bl_node_kind_name(bl_node_kind kind); /* "CONST" */

/* Parses and checks (env.h: what names mean). `want`, `check`, status as for bl_compile; no
 * tree is given on failure. */
bylaw_status bl_tree_read(bl_tree **out, const bl_env *env, bl_arena *arena, bl_expr_text text,
                          const bl_type *want, bool check, bylaw_diags *diags);

#endif
