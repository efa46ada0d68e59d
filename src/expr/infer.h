/* expr/infer.h: type variables and which type fits where.
 *
 * The rules are those of CEL's checkers: dyn fits everything; a variable takes the first type that
 * it meets and becomes more general when a later one asks for it. For charters, moreover, T? and T
 * fit each other (what is none is dealt with when evaluated), and `enum` and `record` without a
 * name stand for any. */
#ifndef BL_EXPR_INFER_H
#define BL_EXPR_INFER_H

#include "base/vec.h"
#include "expr/signature.h"

/* A type of kind PARAM within the checker is the head of one of these. */
typedef struct bl_type_var {
    bl_type type;
    const bl_type *bound; /* NULL: free */
} bl_type_var;

typedef struct bl_binding_change {
    bl_type_var *var;
    const bl_type *before;
} bl_binding_change;

typedef struct bl_infer {
    bl_arena *arena;
    BL_VEC(bl_binding_change) trail; /* what to undo when an overload does not fit */
    bool failed;                     /* no memory */
} bl_infer;

const bl_type *bl_infer_fresh(bl_infer *infer);
/* A copy of the type with a variable for each of its parameters: those in names[0 .. *count) are
 * vars[…]; others are added. The arrays hold 8. */
enum { BL_INFER_MOST = 8 };
typedef struct bl_renaming {
    bylaw_str names[BL_INFER_MOST];
    const bl_type *vars[BL_INFER_MOST];
    size_t count;
} bl_renaming;
const bl_type *bl_infer_rename(bl_infer *infer, bl_renaming *renaming, const bl_type *type);

/* What a type is by now: variables replaced at the top; all the way down, those that are free
 * becoming dyn where `final`. */
const bl_type *bl_infer_head(const bl_type *type);
const bl_type *bl_infer_resolve(bl_infer *infer, const bl_type *type, bool final);

/* Does it consist of more types than anybody means? Then it is treated as dyn: {x: x} doubles a
 * type, and copying it again and again is what an attacker would want. */
bool bl_infer_is_huge(const bl_type *type);

/* Is something in it wrong, and told already? */
bool bl_infer_has_error(const bl_type *type);

/* Does a value of type `have` fit where `want` is asked for? Binds variables of both; on failure
 * may leave some bound: take a mark before and undo. */
bool bl_infer_fits(bl_infer *infer, const bl_type *have, const bl_type *want);
size_t bl_infer_mark(const bl_infer *infer);
void bl_infer_undo(bl_infer *infer, size_t mark);

/* The more general of two types that fit each other. */
const bl_type *bl_infer_general(const bl_type *a, const bl_type *b);

#endif
