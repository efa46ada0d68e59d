/* expr/eval_loops.c: the macros as loops: a variable is set, the body evaluated again. */
#include "expr/eval.h"
#include "expr/list_index.h"
#include "expr/operators.h"

#include <assert.h>

#define MOST_RECORDS 256 /* elements of a loop whose reasons are kept */

typedef struct range {
    const bl_value *items;    /* of a list */
    const bl_map_pair *pairs; /* of a map */
    size_t count;
} range;

/* BL_NULL, or the result of the loop where there is nothing to go through. */
static bl_value open_range(bl_eval *eval, const bl_op *op, range *out)
{
    const bl_value v = bl_value_at(eval, op->operands[0]);

    *out = (range){NULL, NULL, 0};
    eval->cost++;
    switch (v.kind) {
    case BL_LIST:
        *out = (range){v.as.list->items, NULL, v.as.list->count};
        return BL_NULL_VALUE;
    case BL_MAP:
        *out = (range){NULL, v.as.map->pairs, v.as.map->count};
        return BL_NULL_VALUE;
    case BL_ERROR:
    case BL_UNKNOWN:
        return v;
    case BL_NULL:
        if (eval->program->charter) /* none: known to be nothing, so nothing to go through */
            return BL_NULL_VALUE;
        break;
    default:
        break;
    }
    return bl_wrong_kind(eval, op->children[0], v, &bl_fault_not_a_range);
}

static bl_value element_of(const range *r, size_t i)
{
    return r->items != NULL ? r->items[i] : r->pairs[i].key;
}

/* Sets the variables of turn i. false: the limit is passed. */
static bool enter(bl_eval *eval, const bl_op *op, const range *r, size_t i)
{
    bl_value *locals = eval->locals + op->at;
    const bool both = op->local_count != 1;

    if (r->items != NULL) {
        locals[0] = both ? bl_int((int64_t)i) : r->items[i];
        if (both)
            locals[1] = r->items[i];
    } else {
        assert(r->pairs != NULL); /* there is a turn: the range is not empty */
        locals[0] = r->pairs[i].key;
        if (both)
            locals[1] = r->pairs[i].value;
    }
    return bl_spend(eval, 1);
}

/* A list value that is still being made; const is for its readers. */
static bl_value *building(const bl_value *items)
{
    return (bl_value *)(uintptr_t)items;
}

/* Room for `n` more values in the list of records that the cell holds; NULL: no memory. */
static bl_list *records_of(bl_eval *eval, bl_value *cell, size_t n)
{
    bl_list *list =
        cell->kind == BL_LIST ? (bl_list *)(uintptr_t)cell->as.list : BL_NEW(eval->arena, bl_list);

    if (list == NULL)
        return NULL;
    *cell = (bl_value){.kind = BL_LIST, .as.list = list};
    if (list->room - list->count < n) {
        const size_t room = 2 * list->room + 4 * n;
        bl_value *items = bl_arena_grow(eval->arena, building(list->items),
                                        list->room * sizeof *items, room * sizeof *items);

        if (items == NULL)
            return NULL;
        list->items = items;
        list->room = room;
    }
    return list;
}

/* Does the list hold as many records as are kept? Of elements that did not tell anything, fewer. */
static bool is_full(const bl_value *cell, size_t stride, bool telling)
{
    return cell->kind == BL_LIST &&
           cell->as.list->count / stride >= (telling ? MOST_RECORDS : MOST_RECORDS / 4);
}

/* Keeps the cells of the predicate, just evaluated for element i, for the explanation. */
static void record(bl_eval *eval, const bl_op *op, const range *r, size_t i, bl_value v)
{
    const uint32_t body = op->children[1];
    const uint32_t first = bl_first_cell(eval->program, body);
    const size_t cells = eval->program->ops[body].cell - first + 1;
    bl_value *cell = &eval->trace[op->cell - 1];
    const bool telling = v.kind != BL_BOOL || v.as.b != (op->kind == BL_NODE_ALL);

    if (is_full(cell, BL_ELEMENT_HEAD + cells, telling))
        return;
    bl_list *list = records_of(eval, cell, BL_ELEMENT_HEAD + cells);

    if (list == NULL) {
        eval->no_memory = true;
        return;
    }
    bl_value *to = building(list->items) + list->count;

    to[0] = bl_int((int64_t)i);
    to[1] = element_of(r, i);
    for (size_t k = 0; k < cells; k++)
        to[BL_ELEMENT_HEAD + k] = eval->trace[first + k];
    list->count += BL_ELEMENT_HEAD + cells;
}

static void forget(bl_eval *eval, uint32_t body)
{
    for (uint32_t k = bl_first_cell(eval->program, body); k <= eval->program->ops[body].cell; k++)
        eval->trace[k] = BL_NOT_EVALUATED;
}

/* The predicate for element i, told to the trace. */
static bl_value predicate(bl_eval *eval, const bl_op *op, const range *r, size_t i)
{
    if (!enter(eval, op, r, i))
        return bl_over_limit(eval, op);
    if (eval->trace == NULL)
        return bl_truth(eval, bl_value_at(eval, op->operands[1]));
    forget(eval, op->children[1]);
    const bl_value v = bl_truth(eval, bl_value_at(eval, op->operands[1]));

    record(eval, op, r, i, v);
    return v;
}

/* The elements behind the one that decided. */
static void rest_of_loop(bl_eval *eval, const bl_op *op, const range *r, size_t i)
{
    const uint64_t cost = eval->cost;
    const size_t most = i + MOST_RECORDS;

    for (; eval->trace != NULL && i < r->count && i < most && bl_goes_on(eval, cost); i++)
        (void)predicate(eval, op, r, i);
    eval->cost = cost;
}

static bl_value quantifier(bl_eval *eval, const bl_op *op, bool absorbing)
{
    bl_value unknown = BL_NULL_VALUE;
    bl_value error = BL_NULL_VALUE;
    range r;
    const bl_value blocked = open_range(eval, op, &r);

    if (blocked.kind != BL_NULL)
        return blocked;
    for (size_t i = 0; i < r.count; i++) {
        const bl_value v = predicate(eval, op, &r, i);

        if (v.kind == BL_BOOL) {
            if (v.as.b != absorbing)
                continue;
            rest_of_loop(eval, op, &r, i + 1);
            return v;
        }
        if (v.kind == BL_UNKNOWN)
            unknown = bl_merged(eval, unknown, v);
        else if (error.kind == BL_NULL)
            error = bl_not_bool(eval, op->children[1], v);
        if (eval->cost > bl_cost_limit(eval))
            return bl_over_limit(eval, op);
    }
    return bl_undecided(unknown, error, absorbing);
}

bl_value bl_step_all(bl_eval *eval, const bl_op *op)
{
    return quantifier(eval, op, false);
}

/* Does the op read nothing that the loop sets: a slot, a constant, another variable, a field of
 * these? */
static bool stands_still(const bl_op *ops, const bl_op *op, uint32_t variable)
{
    if (op->kind == BL_NODE_SELECT && (op->flags & BL_NODE_OPTIONAL) == 0)
        op = &ops[op->children[0]];
    return op->kind == BL_NODE_VAR || op->kind == BL_NODE_CONST ||
           (op->kind == BL_NODE_LOCAL && op->at != variable);
}

static bool is_part(const bl_op *ops, const bl_op *op, uint32_t variable)
{
    if (op->kind == BL_NODE_SELECT) {
        if ((op->flags & BL_NODE_OPTIONAL) != 0 || op->as.record == NULL)
            return false;
        op = &ops[op->children[0]];
    }
    return op->kind == BL_NODE_LOCAL && op->at == variable;
}

/* Is it fact.exists_one(x, x.field == other), or exists? Which operand of == is of the element. */
static bool finds_equal(const bl_op *ops, const bl_op *op, uint32_t *part)
{
    const bl_op *body = &ops[op->children[1]];

    if (op->local_count != 1 || ops[op->children[0]].kind != BL_NODE_VAR ||
        body->kind != BL_NODE_CALL || body->compare != BL_OP_EQ || body->child_count != 2)
        return false;
    for (*part = 0; *part < 2; ++*part) {
        if (is_part(ops, &ops[body->children[*part]], op->at) &&
            stands_still(ops, &ops[body->children[1 - *part]], op->at))
            return true;
    }
    return false;
}

/* How many elements hold, by an index of the names, and the first. false: they are gone through. */
static bool count_equal(bl_eval *eval, const bl_op *op, size_t *count, size_t *first)
{
    const bl_op *body = &eval->program->ops[op->children[1]];
    uint32_t part;

    if (!finds_equal(eval->program->ops, op, &part))
        return false;
    const bl_value from = eval->slots[eval->program->ops[op->children[0]].at];

    if (from.kind != BL_LIST)
        return false;
    const bl_op *element = &eval->program->ops[body->children[part]];
    const bl_value other = bl_value_of(eval, body->children[1 - part]);
    const bl_list_part of = element->kind == BL_NODE_SELECT
                                ? (bl_list_part){element->as.record, element->at}
                                : (bl_list_part){NULL, 0};

    eval->cost += 2;
    return other.kind == BL_NAME &&
           bl_list_count_name(count, first, eval, from.as.list, of, other.as.name);
}

/* With a trace the elements are gone through all the same, at the price that it has without one. */
bl_value bl_step_exists(bl_eval *eval, const bl_op *op)
{
    size_t count, first;
    const bool told = count_equal(eval, op, &count, &first);
    const uint64_t cost = eval->cost;

    if (told && eval->trace == NULL)
        return bl_bool(count > 0);
    const bl_value v = quantifier(eval, op, true);

    if (told)
        eval->cost = cost;
    return v;
}

/* Errors are not absorbed; two that hold decide whatever the unknown ones are. */
static bl_value go_through_all(bl_eval *eval, const bl_op *op, const range *r)
{
    bl_value unknown = BL_NULL_VALUE;
    size_t holding = 0;

    for (size_t i = 0; i < r->count; i++) {
        const bl_value v = predicate(eval, op, r, i);

        if (v.kind == BL_UNKNOWN)
            unknown = bl_merged(eval, unknown, v);
        else if (v.kind != BL_BOOL)
            return bl_not_bool(eval, op->children[1], v);
        else
            holding += v.as.b;
    }
    if (holding < 2 && unknown.kind != BL_NULL)
        return unknown;
    return bl_bool(holding == 1);
}

/* As exists; where one element holds, that one is all that explains it. */
bl_value bl_step_exists_one(bl_eval *eval, const bl_op *op)
{
    size_t count, first;
    range r;
    const bl_value blocked = open_range(eval, op, &r);

    if (blocked.kind != BL_NULL)
        return blocked;
    const bool told = count_equal(eval, op, &count, &first);
    const uint64_t cost = eval->cost;

    if (told && eval->trace == NULL)
        return bl_bool(count == 1);
    const bl_value v =
        told && count == 1 ? predicate(eval, op, &r, first) : go_through_all(eval, op, &r);

    if (told)
        eval->cost = cost;
    return v;
}

/* Evaluates the filter of a turn: true to keep the element; else *result has what ends or marks the
 * loop. */
static bool passes(bl_eval *eval, uint32_t child, bl_value *unknown, bl_value *error)
{
    const bl_value v = bl_truth(eval, bl_value_of(eval, child));

    if (v.kind == BL_BOOL)
        return v.as.b;
    if (v.kind == BL_UNKNOWN)
        *unknown = bl_merged(eval, *unknown, v);
    else
        *error = bl_not_bool(eval, child, v);
    return false;
}

/* Has the turn an element to make something of? It may be filtered away, or *error end the loop. */
static bool begin_turn(bl_eval *eval, const bl_op *op, const range *r, size_t i, bool filtered,
                       bl_value *unknown, bl_value *error)
{
    if (!enter(eval, op, r, i)) {
        *error = bl_over_limit(eval, op);
        return false;
    }
    return !filtered || passes(eval, op->children[1], unknown, error);
}

/* filter, map and transformList append to one list, that has room for every element. */
static bl_value collect(bl_eval *eval, const bl_op *op, bool filtered, bool transformed)
{
    bl_value unknown = BL_NULL_VALUE;
    bl_value error = BL_NULL_VALUE;
    range r;
    const bl_value blocked = open_range(eval, op, &r);

    if (blocked.kind != BL_NULL)
        return blocked;
    bl_value *items = bl_arena_alloc(eval->arena, r.count * sizeof *items);
    size_t count = 0;

    if (items == NULL)
        return bl_oom_value();
    for (size_t i = 0; i < r.count; i++) {
        if (!begin_turn(eval, op, &r, i, filtered, &unknown, &error)) {
            if (error.kind == BL_ERROR)
                return error;
            continue;
        }
        const bl_value v =
            transformed ? bl_value_at(eval, op->operands[filtered ? 2 : 1]) : element_of(&r, i);

        if (v.kind == BL_ERROR)
            return v;
        if (v.kind == BL_UNKNOWN && transformed)
            unknown = bl_merged(eval, unknown, v);
        items[count++] = v;
    }
    return unknown.kind != BL_NULL ? unknown : bl_list_value(eval->arena, items, count);
}

bl_value bl_step_filter(bl_eval *eval, const bl_op *op)
{
    return collect(eval, op, true, false);
}

bl_value bl_step_transform_list(bl_eval *eval, const bl_op *op)
{
    return collect(eval, op, (op->flags & BL_NODE_FILTERED) != 0, true);
}

bool bl_plucks(const bl_program *program, const bl_op *op)
{
    if (op->kind != BL_NODE_TRANSFORM_LIST || op->child_count != 2 || op->local_count != 1 ||
        program->ops[op->children[0]].kind != BL_NODE_VAR)
        return false;
    const bl_op *body = &program->ops[op->children[1]];
    const bl_op *of = body->kind == BL_NODE_SELECT ? &program->ops[body->children[0]] : NULL;

    return of != NULL && of->kind == BL_NODE_LOCAL && of->at == op->at && body->as.record != NULL &&
           (body->flags & BL_NODE_OPTIONAL) == 0;
}

/* Takes the field of every record without a turn of the loop for each. false: some element is no
 * such record, or its field is not known, and nothing has happened. */
static bool pluck(bl_eval *eval, const bl_op *op, const bl_list *list, bl_value *out)
{
    const bl_op *body = &eval->program->ops[op->children[1]];
    const size_t count = list->count;
    const bl_mark mark = bl_arena_mark(eval->arena);
    bl_value *items = bl_arena_alloc(eval->arena, count * sizeof *items);

    for (size_t i = 0; items != NULL && i < count; i++) {
        const bl_value v = list->items[i];

        if (v.kind != BL_RECORD || v.as.record->type != body->as.record ||
            !bl_is_known(items[i] = v.as.record->fields[body->at])) {
            bl_arena_release(eval->arena, mark);
            return false;
        }
    }
    eval->cost += 1;                          /* of the loop itself, as open_range has it */
    if (!bl_spend(eval, 2 * (uint64_t)count)) /* a turn, and the field */
        *out = bl_over_limit(eval, op);
    else
        *out = items == NULL ? bl_oom_value() : bl_list_value(eval->arena, items, count);
    return true;
}

bl_value bl_step_pluck(bl_eval *eval, const bl_op *op)
{
    const bl_value from = eval->slots[eval->program->ops[op->children[0]].at];
    bl_value out;

    if (eval->trace == NULL && from.kind == BL_LIST && pluck(eval, op, from.as.list, &out))
        return out;
    return bl_step_transform_list(eval, op);
}

static bool calls(const bl_op *op, bl_builtin *run)
{
    return op->kind == BL_NODE_CALL && op->child_count == 1 && op->choice_count > 0 &&
           op->choices[0].run == run;
}

bool bl_counts_distinct(const bl_program *program, const bl_op *op)
{
    return calls(op, bl_op_size_list) && calls(op->operands[0], bl_op_distinct) &&
           bl_plucks(program, op->operands[0]->operands[0]);
}

/* No list is made of a few texts; it costs what the three calls would. */
bl_value bl_step_count_distinct(bl_eval *eval, const bl_op *op)
{
    const bl_op *plucked = op->operands[0]->operands[0], *field = plucked->operands[1];
    const bl_value from = eval->slots[plucked->operands[0]->at];
    uint64_t price;
    size_t count;

    if (eval->trace != NULL || from.kind != BL_LIST ||
        !bl_list_count_texts(&count, &price, from.as.list,
                             (bl_list_part){field->as.record, field->at}))
        return bl_step_call(eval, op);
    const uint64_t cost = 1 + 2 * (uint64_t)from.as.list->count + 1 + price + 1;

    if (eval->cost + cost > bl_cost_limit(eval))
        return bl_step_call(eval, op);
    eval->cost += cost;
    return bl_int((int64_t)count);
}

bl_value bl_step_transform_map(bl_eval *eval, const bl_op *op)
{
    const bool filtered = (op->flags & BL_NODE_FILTERED) != 0;
    bl_value unknown = BL_NULL_VALUE;
    bl_value error = BL_NULL_VALUE;
    range r;
    const bl_value blocked = open_range(eval, op, &r);

    if (blocked.kind != BL_NULL)
        return blocked;
    bl_map_pair *pairs = bl_arena_alloc(eval->arena, r.count * sizeof *pairs);
    size_t count = 0;

    if (pairs == NULL)
        return bl_oom_value();
    for (size_t i = 0; i < r.count; i++) {
        if (!begin_turn(eval, op, &r, i, filtered, &unknown, &error)) {
            if (error.kind == BL_ERROR)
                return error;
            continue;
        }
        const bl_value v = bl_value_at(eval, op->operands[filtered ? 2 : 1]);

        if (v.kind == BL_ERROR)
            return v;
        if (v.kind == BL_UNKNOWN)
            unknown = bl_merged(eval, unknown, v);
        /* The keys are those of the range: none is there twice. */
        pairs[count++] = (bl_map_pair){r.items != NULL ? bl_int((int64_t)i) : r.pairs[i].key, v};
    }
    return unknown.kind != BL_NULL ? unknown : bl_map_value(eval->arena, pairs, count);
}
