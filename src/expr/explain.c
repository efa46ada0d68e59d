/* expr/explain.c: why an evaluation gave what it gave, read off its trace.
 *
 * Only what suffices is told: of an && that is false its false operands, of one that is true all of
 * them; of an all() that is false the elements that fail. Among causes of which each suffices the
 * shortest comes first. */
#include "expr/program.h"

#include "base/vec.h"

#include <assert.h>

/* The cells to read: those of the whole trace, or of the predicate for one element of a loop, and
 * around these the others. */
typedef struct view {
    const bl_value *cells;
    uint32_t first, last;
    const struct view *outer;
} view;

typedef struct explainer {
    const bl_program *program;
    const bl_eval *eval;
    size_t made; /* causes so far */
    bool failed; /* no memory */
} explainer;

#define MOST_CAUSES 4000 /* from there on a cause is told as a value, without its own causes */

typedef BL_VEC(const bl_cause *) cause_list;

typedef const bl_cause *teller(explainer *x, const view *v, uint32_t index, bool negated);
static teller cause_of;

static bl_value value_at(const explainer *x, const view *v, uint32_t index)
{
    const bl_op *op = &x->program->ops[index];

    if (op->kind == BL_NODE_CONST)
        return op->as.value;
    if (op->kind == BL_NODE_VAR)
        return x->eval->slots[op->at];
    while (op->cell < v->first || op->cell > v->last) {
        v = v->outer;
        assert(v != NULL); /* every cell lies in a turn around this one, or in the whole */
    }
    return v->cells[op->cell - v->first];
}

static int64_t slot_at(const explainer *x, uint32_t index)
{
    const bl_op *op = &x->program->ops[index];

    return op->kind == BL_NODE_VAR || (op->kind == BL_NODE_STATED && op->child_count == 0)
               ? (int64_t)op->at
               : -1;
}

static bl_cause *cause_new(explainer *x, const view *v, uint32_t index, bool negated,
                           bl_cause_kind kind)
{
    const bl_node *node = &x->program->tree->nodes[index];
    bl_cause *cause = BL_NEW(x->eval->arena, bl_cause);

    if (cause == NULL) {
        x->failed = true;
        return NULL;
    }
    *cause = (bl_cause){.kind = kind,
                        .text = bl_str_slice(x->program->tree->text, node->from, node->to),
                        .from = node->from,
                        .to = node->to,
                        .value = value_at(x, v, index),
                        .left_slot = slot_at(x, index),
                        .right_slot = -1,
                        .negated = negated};
    return cause;
}

/* How much there is to read in a cause. */
static size_t weight(const bl_cause *cause)
{
    size_t sum = 1;

    for (size_t i = 0; i < cause->child_count; i++)
        sum += weight(cause->children[i]);
    return sum;
}

static void add_child(explainer *x, cause_list *list, const bl_cause *cause)
{
    if (cause != NULL && !bl_vec_push(x->eval->arena, list, cause))
        x->failed = true;
}

static void shortest_first(cause_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        const bl_cause *cause = list->items[i];
        const size_t size = weight(cause);
        size_t at = i;

        for (; at > 0 && weight(list->items[at - 1]) > size; at--)
            list->items[at] = list->items[at - 1];
        list->items[at] = cause;
    }
}

static const bl_cause *group(bl_cause *cause, const cause_list *children)
{
    if (cause != NULL) {
        cause->children = children->items;
        cause->child_count = children->count;
    }
    return cause;
}

static const bl_cause *tell_value(explainer *x, const view *v, uint32_t index, bool negated)
{
    bl_cause *cause = cause_new(x, v, index, negated, BL_CAUSE_VALUE);

    if (cause != NULL)
        cause->left = cause->value;
    return cause;
}

/* The arguments from the n-th on, as a list: x.is('a', 'b') is compared with both. */
static bl_value values_from(explainer *x, const view *v, const bl_op *op, uint32_t n)
{
    const size_t count = op->child_count - n;
    bl_value *items = BL_NEW_N(x->eval->arena, bl_value, count);

    if (items == NULL) {
        x->failed = true;
        return BL_NULL_VALUE;
    }
    for (size_t i = 0; i < count; i++)
        items[i] = value_at(x, v, op->children[n + i]);
    return bl_list_value(x->eval->arena, items, count);
}

static const bl_cause *tell_call(explainer *x, const view *v, uint32_t index, bool negated)
{
    const bl_op *op = &x->program->ops[index];
    const bl_node *node = &x->program->tree->nodes[index];

    if (bl_str_is(node->name, "!_"))
        return cause_of(x, v, op->children[0], !negated);
    if (op->compare == BL_OP_NONE || op->child_count < 2)
        return tell_value(x, v, index, negated);
    bl_cause *cause = cause_new(x, v, index, negated, BL_CAUSE_COMPARE);

    if (cause != NULL) {
        cause->op = (bl_compare_op)op->compare;
        cause->left = value_at(x, v, op->children[0]);
        cause->right =
            op->child_count > 2 ? values_from(x, v, op, 1) : value_at(x, v, op->children[1]);
        cause->left_slot = slot_at(x, op->children[0]);
        cause->right_slot = slot_at(x, op->children[1]);
    }
    return cause;
}

/* Do the operands or elements with value `part` explain the whole, which is `whole`? */
static bool tells(bl_value whole, bl_value part)
{
    if (!bl_was_evaluated(part))
        return false;
    switch (whole.kind) {
    case BL_UNKNOWN:
        return part.kind == BL_UNKNOWN;
    case BL_ERROR:
        return part.kind != BL_BOOL && part.kind != BL_UNKNOWN;
    default:
        return part.kind == BL_BOOL && part.as.b == whole.as.b;
    }
}

static const bl_cause *tell_logic(explainer *x, const view *v, uint32_t index, bool negated)
{
    const bl_op *op = &x->program->ops[index];
    const bl_value whole = value_at(x, v, index);
    /* All operands are needed where none of them decided. */
    const bool every = whole.kind == BL_BOOL && whole.as.b == (op->kind == BL_NODE_AND);
    cause_list children = {0};

    for (uint32_t i = 0; i < op->child_count; i++) {
        if (tells(whole, value_at(x, v, op->children[i])))
            add_child(x, &children, cause_of(x, v, op->children[i], negated));
    }
    if (!every)
        shortest_first(&children);
    if (children.count == 1)
        return children.items[0];
    return group(cause_new(x, v, index, negated, every ? BL_CAUSE_ALL : BL_CAUSE_ANY), &children);
}

static const bl_cause *tell_cond(explainer *x, const view *v, uint32_t index, bool negated)
{
    const bl_op *op = &x->program->ops[index];
    const bl_value test = value_at(x, v, op->children[0]);
    cause_list children = {0};

    if (test.kind != BL_BOOL)
        return cause_of(x, v, op->children[0], negated);
    add_child(x, &children, cause_of(x, v, op->children[0], false));
    add_child(x, &children, cause_of(x, v, op->children[test.as.b ? 1 : 2], negated));
    return group(cause_new(x, v, index, negated, BL_CAUSE_ALL), &children);
}

/* Which elements explain the loop. */
typedef enum loop_part { LOOP_EVERY, LOOP_DECIDING, LOOP_HOLDING } loop_part;

static size_t records_that_hold(const bl_list *records, size_t stride)
{
    size_t holding = 0;

    for (size_t at = 0; at < records->count; at += stride)
        holding += bl_is_true(records->items[at + stride - 1]);
    return holding;
}

static loop_part explaining_part(uint8_t kind, bl_value whole, const bl_list *records,
                                 size_t stride)
{
    if (whole.kind != BL_BOOL)
        return LOOP_DECIDING;
    if (kind != BL_NODE_EXISTS_ONE)
        return whole.as.b == (kind == BL_NODE_ALL) ? LOOP_EVERY : LOOP_DECIDING;
    return whole.as.b || records_that_hold(records, stride) > 1 ? LOOP_HOLDING : LOOP_EVERY;
}

/* One element: why its predicate, whose cells follow the head, is what it is. */
static const bl_cause *tell_element(explainer *x, const view *v, uint32_t loop,
                                    const bl_value *record, bool negated)
{
    const uint32_t body = x->program->ops[loop].children[1];
    const view inner = {record + BL_ELEMENT_HEAD, bl_first_cell(x->program, body),
                        x->program->ops[body].cell, v};
    bl_cause *cause = cause_new(x, &inner, body, negated, BL_CAUSE_ELEMENT);
    cause_list children = {0};

    if (cause == NULL)
        return NULL;
    cause->element_index = (size_t)record[0].as.i;
    cause->element = record[1];
    cause->left_slot = -1;
    add_child(x, &children, cause_of(x, &inner, body, negated));
    return group(cause, &children);
}

static const bl_cause *tell_loop(explainer *x, const view *v, uint32_t index, bool negated)
{
    const bl_op *op = &x->program->ops[index];
    const bl_value whole = value_at(x, v, index);
    const view *here = v;

    while (op->cell < here->first || op->cell > here->last)
        here = here->outer;
    const bl_value kept = here->cells[op->cell - 1 - here->first];
    const uint32_t body = op->children[1];
    const size_t stride =
        BL_ELEMENT_HEAD + x->program->ops[body].cell - bl_first_cell(x->program, body) + 1;
    const bl_list none = {0};
    const bl_list *records = kept.kind == BL_LIST ? kept.as.list : &none;
    const loop_part part = explaining_part(op->kind, whole, records, stride);
    cause_list children = {0};

    for (size_t at = 0; at < records->count; at += stride) {
        const bl_value turn = records->items[at + stride - 1];

        if (part == LOOP_EVERY || (part == LOOP_HOLDING ? bl_is_true(turn) : tells(whole, turn)))
            add_child(x, &children, tell_element(x, v, index, &records->items[at], negated));
    }
    if (children.count == 0 && !bl_is_known(value_at(x, v, op->children[0])))
        return cause_of(x, v, op->children[0], false);
    const bool any = part == LOOP_DECIDING || (part == LOOP_HOLDING && bl_is_true(whole));
    bl_cause *cause = cause_new(x, v, index, negated,
                                children.count == 0 ? BL_CAUSE_VALUE
                                : any               ? BL_CAUSE_ANY
                                                    : BL_CAUSE_ALL);

    if (cause != NULL) { /* what it went through */
        cause->left = value_at(x, v, op->children[0]);
        cause->left_slot = slot_at(x, op->children[0]);
    }
    return group(cause, &children);
}

static const bl_cause *tell_body(explainer *x, const view *v, uint32_t index, bool negated)
{
    const bl_op *op = &x->program->ops[index];

    return cause_of(x, v, op->children[op->child_count - 1], negated);
}

/* A name that cel.bind or cel.block gave to a value: why that is what it is. */
static const bl_cause *tell_local(explainer *x, const view *v, uint32_t index, bool negated)
{
    const uint32_t local = x->program->ops[index].at;

    for (uint32_t i = index + 1; i < x->program->count; i++) {
        const bl_op *op = &x->program->ops[i];
        const uint32_t entries = op->kind == BL_NODE_BIND    ? 1
                                 : op->kind == BL_NODE_BLOCK ? op->child_count - 1
                                                             : 0;

        if (local >= op->at && local < op->at + entries)
            return cause_of(x, v, op->children[local - op->at], negated);
    }
    return tell_value(x, v, index, negated);
}

/* How to tell a kind of node; a value where there is none. */
static teller *const tellers[BL_NODE__COUNT] = {
    [BL_NODE_CALL] = tell_call,       [BL_NODE_AND] = tell_logic, [BL_NODE_OR] = tell_logic,
    [BL_NODE_COND] = tell_cond,       [BL_NODE_ALL] = tell_loop,  [BL_NODE_EXISTS] = tell_loop,
    [BL_NODE_EXISTS_ONE] = tell_loop, [BL_NODE_BIND] = tell_body, [BL_NODE_BLOCK] = tell_body,
    [BL_NODE_LOCAL] = tell_local,
};

static const bl_cause *cause_of(explainer *x, const view *v, uint32_t index, bool negated)
{
    teller *const tell = x->made++ < MOST_CAUSES ? tellers[x->program->ops[index].kind] : NULL;

    return tell != NULL ? tell(x, v, index, negated) : tell_value(x, v, index, negated);
}

const bl_cause *bl_explain(const bl_program *program, const bl_eval *eval)
{
    const view whole = {eval->trace, 0, program->cells - 1, NULL};
    explainer x = {.program = program, .eval = eval};
    const bl_cause *cause = cause_of(&x, &whole, program->count - 1, false);

    return x.failed ? NULL : cause;
}
