/* expr/program.c: planning: from a checked tree to the ops that eval.c runs.
 *
 * What does not depend on facts is evaluated here, by the evaluator itself, so folding can not mean
 * anything else than evaluating. An error is never folded: it is raised again at run time, where &&
 * and || may absorb it. */
#include "expr/program.h"

#include "expr/env.h"
#include "expr/operators.h"
#include "text/regex.h"
#include "value/messages.h"

#define FOLD_COST 10000 /* units that one part may cost here; a longer one is left to run time */

/* For each op while planning. */
typedef struct part {
    bool constant;   /* depends on no fact and calls nothing that must not be called here */
    bool live;       /* may be evaluated */
    uint32_t binder; /* the outermost op that binds a local read here: inside, where it is <= own */
} part;

typedef struct planner {
    bl_arena *arena;
    const bl_tree *tree;
    bl_program *program;
    bl_op *ops;
    const bl_op **operands; /* room for those of the ops to come */
    part *parts;
    uint32_t *binders;    /* op that binds each local */
    bl_value *locals;     /* for evaluating parts */
    uint32_t most_states; /* of a regular expression */
} planner;

#define KNOWN_KINDS                                                                                \
    (((uint32_t)1 << BL_ERROR) - 1) /* errors and unknowns are the last two kinds                  \
                                     */
_Static_assert(BL_UNKNOWN == BL_ERROR + 1 && BL_KIND__COUNT == BL_UNKNOWN + 1, "see above");

static const uint32_t type_masks[BL_T__COUNT] = {
    [BL_T_DYN] = KNOWN_KINDS,
    [BL_T_ERROR] = KNOWN_KINDS,
    [BL_T_PARAM] = KNOWN_KINDS,
    [BL_T_ABSTRACT] = 1u << BL_RECORD, /* which one, the builtin looks at */
    [BL_T_NULL] = 1u << BL_NULL,
    [BL_T_BOOL] = 1u << BL_BOOL,
    [BL_T_INT] = 1u << BL_INT,
    [BL_T_UINT] = 1u << BL_UINT,
    [BL_T_DOUBLE] = 1u << BL_DOUBLE,
    [BL_T_STRING] = 1u << BL_STRING,
    [BL_T_BYTES] = 1u << BL_BYTES,
    [BL_T_TIMESTAMP] = 1u << BL_TIMESTAMP,
    [BL_T_DURATION] = 1u << BL_DURATION,
    [BL_T_FRACTION] = 1u << BL_FRACTION,
    [BL_T_DATE] = 1u << BL_DATE,
    [BL_T_NAME] = 1u << BL_NAME,
    [BL_T_LIST] = 1u << BL_LIST,
    [BL_T_MAP] = 1u << BL_MAP,
    [BL_T_TYPE] = 1u << BL_TYPE,
    [BL_T_OPTIONAL] = 1u << BL_OPTIONAL,
    [BL_T_NULLABLE] = 1u << BL_NULL,
    [BL_T_ENUM] = 1u << BL_ENUM,
    [BL_T_RECORD] = 1u << BL_RECORD,
};

static uint32_t mask_of(const bl_type *type)
{
    uint32_t mask = 0;

    for (; type->kind == BL_T_NULLABLE && type->param_count == 1; type = type->params[0])
        mask |= type_masks[BL_T_NULLABLE];
    return mask | type_masks[type->kind];
}

static bool plan_choices(planner *p, bl_op *op, const bl_node *node)
{
    const uint32_t count = node->as.call.candidate_count;
    bl_choice *choices = BL_NEW_N(p->arena, bl_choice, count);

    if (choices == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const bl_signature *signature = node->as.call.candidates[i];
        uint32_t *masks = BL_NEW_N(p->arena, uint32_t, signature->param_count);

        if (masks == NULL)
            return false;
        for (uint32_t k = 0; k < signature->param_count; k++)
            masks[k] = mask_of(signature->params[k]);
        choices[i] =
            (bl_choice){.run = signature->overload->run,
                        .masks = masks,
                        .count = signature->param_count,
                        .variadic = signature->variadic,
                        .takes_unknown = (signature->overload->flags & BL_TAKES_UNKNOWN) != 0};
        op->takes_unknown |= choices[i].takes_unknown;
    }
    op->choices = choices;
    op->choice_count = count;
    if ((node->flags & BL_NODE_EXACT) != 0 && count == 1)
        op->as.call.run = choices[0].run;
    return true;
}

static const bl_op *child_of(const planner *p, const bl_op *op, uint32_t i)
{
    return &p->ops[op->children[i]];
}

/* What a call can prepare from constant arguments: the program of a regular expression, the set for
 * `in`. A pattern that does not compile stays as it is: the call fails when it is evaluated. */
static bylaw_status prepare_call(planner *p, bl_op *op)
{
    bl_builtin *const run = op->choice_count == 0 ? NULL : op->choices[0].run;
    const bl_op *second = op->child_count == 2 ? child_of(p, op, 1) : NULL;

    if (second == NULL || second->kind != BL_NODE_CONST)
        return BYLAW_OK;
    if (op->compare == BL_OP_IN && second->as.value.kind == BL_LIST) {
        const bl_set *set = NULL;

        if (!bl_set_make(&set, p->arena, second->as.value.as.list))
            return BYLAW_ENOMEM;
        op->as.call.cached = set;
    } else if (run == bl_op_matches && second->as.value.kind == BL_STRING) {
        const bl_regex *regex = NULL;

        if (bl_regex_compile(&regex, p->arena, *second->as.value.as.s, p->most_states) ==
            BYLAW_ENOMEM)
            return BYLAW_ENOMEM;
        op->as.call.cached = regex;
    }
    return BYLAW_OK;
}

/* The type of the record that a field is selected from; NULL where only evaluating can tell. */
static const bl_type *record_of(const planner *p, const bl_node *node)
{
    const bl_type *type = p->tree->nodes[p->tree->children[node->child]].type;

    while ((type->kind == BL_T_NULLABLE || type->kind == BL_T_OPTIONAL) && type->param_count == 1)
        type = type->params[0];
    return type->kind == BL_T_RECORD && node->as.field >= 0 ? type : NULL;
}

static bool make_op(planner *p, uint32_t index, uint32_t *cells)
{
    const bl_node *node = &p->tree->nodes[index];
    bl_op *op = &p->ops[index];

    *op = (bl_op){.kind = node->kind,
                  .flags = node->flags,
                  .compare = node->op,
                  .local_count = node->local_count,
                  .index = index,
                  .child_count = node->child_count,
                  .children = p->tree->children + node->child,
                  .operands = p->operands};
    for (uint32_t i = 0; i < op->child_count; i++)
        *p->operands++ = &p->ops[op->children[i]];
    *cells += bl_is_loop(op->kind);
    op->cell = (*cells)++;
    switch (node->kind) {
    case BL_NODE_CONST:
        op->as.value = node->as.value;
        break;
    case BL_NODE_VAR:
    case BL_NODE_STATED:
        op->at = node->as.slot;
        break;
    case BL_NODE_SELECT:
    case BL_NODE_HAS:
        op->at = (uint32_t)node->as.field;
        op->as.record = record_of(p, node);
        break;
    case BL_NODE_LIST:
    case BL_NODE_MAP:
        op->as.optional = node->as.optional;
        break;
    case BL_NODE_CALL:
        if (!plan_choices(p, op, node))
            return false;
        break;
    default:
        op->at = node->as.local;
        break;
    }
    op->step = bl_step_of(p->program, op, BL_NO_LEAVES);
    return true;
}

/* How many locals an op binds. */
static uint32_t bound_by(const bl_op *op)
{
    switch (op->kind) {
    case BL_NODE_BIND:
    case BL_NODE_OPT_MAP:
    case BL_NODE_OPT_FLAT_MAP:
        return 1;
    case BL_NODE_BLOCK:
        return op->child_count - 1;
    default:
        return bl_is_loop(op->kind) || op->kind == BL_NODE_FILTER ||
                       op->kind == BL_NODE_TRANSFORM_LIST || op->kind == BL_NODE_TRANSFORM_MAP
                   ? op->local_count
                   : 0;
    }
}

/* Does the value of the op depend on the program alone? */
static void weigh(planner *p, uint32_t index)
{
    const bl_op *op = &p->ops[index];
    part *self = &p->parts[index];

    self->constant =
        op->kind != BL_NODE_VAR && op->kind != BL_NODE_STATED && op->kind != BL_NODE_UNDECLARED;
    if (op->kind == BL_NODE_LOCAL)
        self->binder = p->binders[op->at];
    for (uint32_t i = 0; i < op->child_count; i++) {
        const part *child = &p->parts[op->children[i]];

        self->constant = self->constant && child->constant;
        if (child->binder > self->binder)
            self->binder = child->binder;
    }
}

static void fold_to(const planner *p, bl_op *op, bl_value value)
{
    op->kind = BL_NODE_CONST;
    op->as.value = value;
    op->step = bl_step_of(p->program, op, BL_NO_LEAVES);
}

/* An operand that decides && or ||, whatever the others are. */
static const bl_op *deciding_operand(const planner *p, const bl_op *op)
{
    for (uint32_t i = 0; i < op->child_count; i++) {
        const bl_op *child = child_of(p, op, i);

        if (child->kind == BL_NODE_CONST && child->as.value.kind == BL_BOOL &&
            child->as.value.as.b == (op->kind == BL_NODE_OR))
            return child;
    }
    return NULL;
}

/* Replaces a constant op by its value. Where that is an error, it is left to be raised again. */
static bylaw_status fold(planner *p, uint32_t index)
{
    bl_op *op = &p->ops[index];
    part *self = &p->parts[index];

    weigh(p, index);
    if (op->kind == BL_NODE_CONST || op->kind == BL_NODE_LOCAL)
        return BYLAW_OK;
    if (op->kind == BL_NODE_AND || op->kind == BL_NODE_OR) {
        const bl_op *deciding = deciding_operand(p, op);

        if (deciding != NULL) {
            fold_to(p, op, deciding->as.value);
            *self = (part){.constant = true};
            return BYLAW_OK;
        }
    }
    if (!self->constant || self->binder > index)
        return BYLAW_OK;
    const bl_mark mark = bl_arena_mark(p->arena);
    bl_eval eval = {.arena = p->arena, .cost_limit = FOLD_COST};
    const bl_value value = bl_evaluate_part(p->program, &eval, index, p->locals);

    if (bl_is_known(value)) {
        fold_to(p, op, value);
        return BYLAW_OK;
    }
    if (value.kind == BL_ERROR && value.as.fault->msg == &bl_msg_no_memory)
        return BYLAW_ENOMEM;
    self->constant = eval.cost <= FOLD_COST; /* too long here: nor any part that holds it */
    bl_arena_release(p->arena, mark);
    return BYLAW_OK;
}

static bool reads_slot(const bl_op *op)
{
    return op->kind == BL_NODE_VAR || (op->kind == BL_NODE_STATED && op->child_count == 0);
}

/* Marks what may be evaluated; returns how many of that read a slot. */
static size_t mark_live(planner *p)
{
    size_t readers = 0;

    p->parts[p->tree->count - 1].live = true;
    for (uint32_t i = p->tree->count; i-- > 0;) {
        const bl_op *op = &p->ops[i];
        const bl_op *test = op->kind == BL_NODE_COND ? child_of(p, op, 0) : NULL;
        const bool settled = test != NULL && test->kind == BL_NODE_CONST;

        if (!p->parts[i].live || op->kind == BL_NODE_CONST)
            continue;
        readers += reads_slot(op);
        for (uint32_t k = 0; k < op->child_count; k++) {
            const bool skipped = settled && k == (bl_is_true(test->as.value) ? 2 : 1);

            if (!skipped)
                p->parts[op->children[k]].live = true;
        }
    }
    return readers;
}

/* Lists the slots that are read, ascending, each once. */
static bool find_slots(planner *p)
{
    uint32_t *slots = BL_NEW_N(p->arena, uint32_t, mark_live(p));
    size_t count = 0;

    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < p->tree->count; i++) {
        const bl_op *op = &p->ops[i];
        size_t at = count;

        if (!p->parts[i].live || !reads_slot(op))
            continue;
        while (at > 0 && slots[at - 1] > op->at)
            at--;
        if (at > 0 && slots[at - 1] == op->at)
            continue;
        for (size_t k = count++; k > at; k--)
            slots[k] = slots[k - 1];
        slots[at] = op->at;
    }
    p->program->slots = slots;
    p->program->slot_count = count;
    return true;
}

static bool is_leaf(const bl_op *op)
{
    return op->kind == BL_NODE_VAR || op->kind == BL_NODE_CONST;
}

/* Calls read operands that are slots or constants where they stand. */
static void place_leaves(planner *p, bl_op *op)
{
    bool leaf[2];

    if (op->kind != BL_NODE_CALL || op->child_count != 2)
        return;
    for (uint32_t k = 0; k < 2; k++) {
        const bl_op *operand = child_of(p, op, k);

        leaf[k] = is_leaf(operand);
        op->slot[k] = operand->at;
        op->constant[k] = operand->kind == BL_NODE_CONST ? &operand->as.value : NULL;
    }
    if (leaf[1])
        op->step = bl_step_of(p->program, op, leaf[0] ? BL_BOTH_LEAVES : BL_RIGHT_LEAF);
}

static size_t count_operands(const bl_tree *tree)
{
    size_t n = 0;

    for (uint32_t i = 0; i < tree->count; i++)
        n += tree->nodes[i].child_count;
    return n;
}

static bylaw_status plan(planner *p, bool folding)
{
    const uint32_t count = p->tree->count;
    uint32_t cells = 0;

    p->ops = bl_arena_alloc(p->arena, count * sizeof *p->ops);
    p->parts = BL_NEW_N(p->arena, part, count);
    p->binders = BL_NEW_N(p->arena, uint32_t, p->tree->local_count);
    p->locals = BL_NEW_N(p->arena, bl_value, p->tree->local_count);
    p->operands = BL_NEW_N(p->arena, const bl_op *, count_operands(p->tree));
    if (p->ops == NULL || p->operands == NULL || p->parts == NULL || p->binders == NULL ||
        p->locals == NULL)
        return BYLAW_ENOMEM;
    p->program->ops = p->ops;
    p->program->root = &p->ops[count - 1];
    p->program->local_count = p->tree->local_count;
    for (uint32_t i = 0; i < count; i++) {
        if (!make_op(p, i, &cells))
            return BYLAW_ENOMEM;
        for (uint32_t k = 0; k < bound_by(&p->ops[i]); k++)
            p->binders[p->ops[i].at + k] = i;
    }
    p->program->cells = cells;
    for (uint32_t i = 0; folding && i < count; i++) {
        bylaw_status status = fold(p, i);

        if (status == BYLAW_OK && p->ops[i].kind == BL_NODE_CALL)
            status = prepare_call(p, &p->ops[i]);
        if (status != BYLAW_OK)
            return status;
    }
    for (uint32_t i = 0; i < count; i++)
        place_leaves(p, &p->ops[i]);
    return find_slots(p) ? BYLAW_OK : BYLAW_ENOMEM;
}

bylaw_status bl_compile(bl_program **out, const bl_env *env, bl_arena *arena, bl_expr_text text,
                        const bl_type *want, bool check, bylaw_diags *diags)
{
    bl_tree *tree = NULL;
    const bylaw_status status = bl_tree_read(&tree, env, arena, text, want, check, diags);

    if (status != BYLAW_OK)
        return status;
    bl_program *program = BL_NEW(arena, bl_program);

    if (program == NULL)
        return BYLAW_ENOMEM;
    *program = (bl_program){.tree = tree,
                            .count = tree->count,
                            .charter = bl_env_is_charter(env),
                            .type = tree->nodes[bl_tree_root(tree)].type};
    planner p = {
        .arena = arena, .tree = tree, .program = program, .most_states = env->limits.states};
    const bylaw_status planned = plan(&p, (env->options & BL_ENV_UNFOLDED) == 0);

    if (planned == BYLAW_OK)
        *out = program;
    return planned;
}

const bl_type *bl_program_type(const bl_program *program)
{
    return program->type;
}

bylaw_str bl_program_text(const bl_program *program)
{
    return program->tree->text;
}

size_t bl_program_size(const bl_program *program)
{
    return program->cells;
}

const uint32_t *bl_program_slots(const bl_program *program, size_t *count)
{
    *count = program->slot_count;
    return program->slots;
}

const bl_value *bl_program_constant(const bl_program *program)
{
    const bl_op *root = &program->ops[program->count - 1];

    return root->kind == BL_NODE_CONST ? &root->as.value : NULL;
}

bool bl_program_asks_stated(const bl_program *program, uint32_t slot)
{
    for (uint32_t i = 0; i < program->count; i++) {
        const bl_op *op = &program->ops[i];

        if (op->kind == BL_NODE_STATED && op->child_count == 0 && op->at == slot)
            return true;
    }
    return false;
}

bool bl_program_reads_field(const bl_program *program, const bl_type *record, size_t field)
{
    for (uint32_t i = 0; i < program->count; i++) {
        const bl_op *op = &program->ops[i];

        if ((op->kind == BL_NODE_SELECT || op->kind == BL_NODE_HAS) && op->as.record == record &&
            op->at == field)
            return true;
    }
    return false;
}

void bl_program_each_value(const bl_program *program, const bl_value *trace, bl_value_visit *visit,
                           void *context)
{
    for (uint32_t i = 0; i < program->count; i++) {
        if (program->ops[i].kind == BL_NODE_CONST)
            visit(context, program->ops[i].as.value);
    }
    for (uint32_t i = 0; trace != NULL && i < program->cells; i++) {
        if (bl_was_evaluated(trace[i]))
            visit(context, trace[i]);
    }
}
