/* expr/checker.h: the parts of the checker among themselves; others use bl_tree_read (ast.h).
 *
 * The checker walks the syntax once and emits nodes in evaluation order. Wherever something is
 * wrong it says so and goes on with the type `error`, which fits everything, so that one mistake is
 * told once. Unchecked, it resolves names just the same and gives every node the type dyn. */
#ifndef BL_EXPR_CHECKER_H
#define BL_EXPR_CHECKER_H

#include "expr/ast.h"
#include "expr/env.h"
#include "expr/infer.h"
#include "expr/syntax.h"

/* A name that is visible in a part of the expression only. */
typedef struct bl_scope {
    bylaw_str name;
    const bl_type *type;
    uint32_t local;
    const struct bl_scope *up;
} bl_scope;

typedef struct bl_checker {
    const bl_env *env;
    bl_arena *arena;   /* of the tree */
    bl_arena *scratch; /* of the checking alone */
    bl_report *report;
    bool check, charter;
    bool failed; /* no memory */
    bl_infer infer;
    const bl_scope *scope;
    BL_VEC(bl_node) nodes;
    BL_VEC(uint32_t) children; /* of finished nodes */
    BL_VEC(uint32_t) pending;  /* children of nodes under way */
    uint32_t locals;
    bool mixed;         /* within a list that may hold anything, in charters too */
    bool told_division; /* the author knows by now that whole numbers are not divided */
    /* A chain a.b.c whose beginning a.b is a declared name: that part of it, and what it is. */
    const bl_syntax *resolved_at;
    const bl_binding *resolved;
} bl_checker;

/* ---- checker.c: nodes ---- */

/* Emits the nodes of an expression; the index of its own. */
uint32_t bl_check_build(bl_checker *c, const bl_syntax *s);
/* A node whose children are pending[mark …], its subtree beginning at node `first`. */
uint32_t bl_check_emit(bl_checker *c, bl_node_kind kind, const bl_syntax *s, size_t mark,
                       uint32_t first, const bl_type *type);
void bl_check_push(bl_checker *c, uint32_t child);
/* Builds it and makes it a pending child. */
uint32_t bl_check_child(bl_checker *c, const bl_syntax *s);
/* A leaf of type error, for what is not told again. */
uint32_t bl_check_bad(bl_checker *c, const bl_syntax *s);
bl_node *bl_check_node(bl_checker *c, uint32_t index);
/* Its type by now. */
const bl_type *bl_check_type(bl_checker *c, uint32_t index);
/* As the author wrote it, cut where it is long: for messages. */
bylaw_str bl_check_text(bl_checker *c, uint32_t index);
bylaw_str bl_check_type_text(bl_checker *c, const bl_type *type);
/* The last part of the name that it is: office for proposer.office; empty where it is no name. */
bylaw_str bl_check_short_name(const bl_checker *c, uint32_t index);
/* The i-th pending child from mark. */
uint32_t bl_check_pending(const bl_checker *c, size_t mark, size_t i);
/* The type common to what was seen so far (NULL: nothing yet) and to this node, of this type; NULL
 * when they do not agree. */
const bl_type *bl_check_join(bl_checker *c, const bl_type *so_far, uint32_t index,
                             const bl_type *type);
/* The type as it was made; where there was no memory for it the checker has failed and ERROR stands
 * for it. */
const bl_type *bl_check_made(bl_checker *c, const bl_type *type);
/* T?; of what can be anything or none already, itself. */
const bl_type *bl_check_with_none(bl_checker *c, const bl_type *type);
/* Reports unless the node is a bool. */
void bl_check_bool(bl_checker *c, uint32_t index);

/* ---- check_names.c ---- */

/* The name of a chain a.b.c of plain selects; false: s is something else. *root is its first name.
 */
bool bl_check_chain(bl_checker *c, const bl_syntax *s, bylaw_str *name, const bl_syntax **root);
const bl_scope *bl_check_local(const bl_checker *c, const bl_syntax *name);
/* Is the chain, or a beginning of it, declared? */
bool bl_check_is_declared(bl_checker *c, const bl_syntax *s);
uint32_t bl_check_name(bl_checker *c, const bl_syntax *s);
uint32_t bl_check_select(bl_checker *c, const bl_syntax *s);
uint32_t bl_check_has(bl_checker *c, const bl_syntax *s, const bl_syntax *select);
uint32_t bl_check_index(bl_checker *c, const bl_syntax *s);
/* The function under a name, tried within the container first. NULL: none. */
const bl_function *bl_check_function(bl_checker *c, bylaw_str name, bool rooted);

/* ---- check_calls.c ---- */

uint32_t bl_check_call(bl_checker *c, const bl_syntax *s);
/* An operator over the children of s. */
uint32_t bl_check_operator(bl_checker *c, const bl_syntax *s, bylaw_str function);
/* How a function is shown: `>=` for _>=_. */
bylaw_str bl_check_shown(bylaw_str function);

/* ---- check_macros.c ---- */

uint32_t bl_check_macro(bl_checker *c, const bl_syntax *s);

/* ---- check_charter.c: what holds in rule sets only ---- */

/* Is it a text, or a list or choice of texts, that may become another type? */
bool bl_charter_literal(const bl_checker *c, uint32_t index);
/* Could it become that type, whatever it says? */
bool bl_charter_may_become(const bl_checker *c, uint32_t index, const bl_type *want);
/* Makes the literal a value of that type, telling what is wrong with it. `beside`: what it is
 * compared with, for the message; may be empty. */
void bl_charter_become(bl_checker *c, uint32_t index, const bl_type *want, bylaw_str beside);
/* stated(fact): whether the record says anything about it. */
uint32_t bl_charter_stated(bl_checker *c, const bl_syntax *s);
/* Before overloads are sought: what functions of ours ask of their arguments beyond a signature,
 * and what is refused although an overload exists (int / int, none of what is never none). The
 * arguments are the pending children from mark. false: told; do not seek. */
bool bl_charter_before(bl_checker *c, const bl_syntax *s, bylaw_str function, size_t mark);
/* Once literals are settled: == and `in` with a value that has levels above or below. */
void bl_charter_after(bl_checker *c, const bl_syntax *s, bylaw_str function, size_t mark);
/* No floating point is on any path to a verdict: the type, or `error` where it was refused. */
const bl_type *bl_charter_no_double(bl_checker *c, const bl_syntax *s, const bl_type *type);

#endif
