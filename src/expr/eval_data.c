/* expr/eval_data.c: fields, keys and elements, literals of lists and maps, optionals. */
#include "expr/eval.h"

#include "expr/operators.h"

/* Fields, keys and elements */

/* A container without the optional around it: false when that holds nothing. */
static bool unwrap(bl_value *v, bool *optional)
{
    *optional = v->kind == BL_OPTIONAL;
    if (!*optional)
        return true;
    if (v->as.inner == NULL)
        return false;
    *v = *v->as.inner;
    return true;
}

static bl_value as_optional(bl_eval *eval, const bl_value *v)
{
    return bl_optional_value(eval->arena, v);
}

/* The field of that name; NULL with *failure set where the record's type has none. */
static const bl_value *record_field(bl_eval *eval, const bl_op *op, const bl_record *record,
                                    bl_value *failure)
{
    const bylaw_str name = eval->program->tree->nodes[op->index].name;
    const bl_type *type = record->type;
    bl_call call = bl_call_of(eval, NULL);

    for (size_t i = 0; i < type->field_count; i++) {
        if (bl_str_equal(type->fields[i].name, name))
            return &record->fields[i];
    }
    *failure = bl_placed(
        eval, op, bl_fail(&call, no_field, BL_TEXT("type", type->name), BL_TEXT("field", name)));
    return NULL;
}

/* The field of a record or the value under a key; NULL where there is none. *failure is set when
 * `v` has no fields at all, or not this one. */
static const bl_value *field_of(bl_eval *eval, const bl_op *op, bl_value v, bl_value *failure)
{
    *failure = BL_NULL_VALUE;
    if (v.kind == BL_RECORD)
        return v.as.record->type == op->as.record ? &v.as.record->fields[op->at]
                                                  : record_field(eval, op, v.as.record, failure);
    const bylaw_str name = eval->program->tree->nodes[op->index].name;

    if (v.kind != BL_MAP)
        *failure = bl_no_overload(eval, op, "_._", &v, 1);
    else if (!bl_spend(eval, name.len / 16))
        *failure = bl_over_limit(eval, op);
    else
        return bl_map_find(v.as.map, (bl_value){.kind = BL_STRING, .as.s = &name});
    return NULL;
}

bl_value bl_step_select(bl_eval *eval, const bl_op *op)
{
    bl_value v = bl_value_at(eval, op->operands[0]);
    bl_value failure;
    bool optional;

    eval->cost++;
    if (v.kind == BL_RECORD && v.as.record->type == op->as.record &&
        (op->flags & BL_NODE_OPTIONAL) == 0)
        return v.as.record->fields[op->at];
    if (!bl_is_known(v) || (v.kind == BL_NULL && eval->program->charter))
        return v;
    if (!unwrap(&v, &optional))
        return as_optional(eval, NULL);
    optional = optional || (op->flags & BL_NODE_OPTIONAL) != 0;
    const bl_value *found = field_of(eval, op, v, &failure);

    if (failure.kind == BL_ERROR)
        return failure;
    if (found != NULL && optional && v.kind == BL_RECORD && found->kind == BL_NULL)
        found = NULL; /* none is nothing */
    if (optional)
        return found != NULL && !bl_is_known(*found) ? *found : as_optional(eval, found);
    if (found != NULL)
        return *found;
    bl_call call = bl_call_of(eval, NULL);

    return bl_placed(
        eval, op,
        bl_fail(&call, no_key, BL_TEXT("key", eval->program->tree->nodes[op->index].name)));
}

/* In a record, none is nothing: has() is false. A map has the keys it has. */
bl_value bl_step_has(bl_eval *eval, const bl_op *op)
{
    bl_value v = bl_value_at(eval, op->operands[0]);
    bl_value failure;
    bool optional;

    eval->cost++;
    if (!bl_is_known(v))
        return v;
    if (!unwrap(&v, &optional) || (v.kind == BL_NULL && eval->program->charter))
        return bl_bool(false);
    const bl_value *found = field_of(eval, op, v, &failure);

    if (failure.kind == BL_ERROR)
        return failure;
    if (v.kind == BL_RECORD && !bl_is_known(*found))
        return *found;
    return bl_bool(found != NULL && (v.kind != BL_RECORD || found->kind != BL_NULL));
}

/* Is there no such element, as an optional index allows? Of a key of another kind it is said too.
 */
static bool is_absent(bl_value failure)
{
    return failure.kind == BL_ERROR && (failure.as.fault->msg == &bl_fault_no_index ||
                                        failure.as.fault->msg == &bl_fault_no_key);
}

bl_value bl_step_index(bl_eval *eval, const bl_op *op)
{
    bl_value args[2] = {bl_value_at(eval, op->operands[0]), bl_value_at(eval, op->operands[1])};
    bl_call call = bl_call_of(eval, NULL);
    bool optional;
    bl_value found;

    eval->cost++;
    const bl_value blocked = bl_strict(eval, args, 2);

    if (blocked.kind != BL_NULL)
        return blocked;
    if (args[0].kind == BL_NULL && eval->program->charter)
        return args[0];
    if (!unwrap(&args[0], &optional))
        return as_optional(eval, NULL);
    optional = optional || (op->flags & BL_NODE_OPTIONAL) != 0;
    if (args[0].kind == BL_LIST)
        found = bl_op_index_list(&call, args, 2);
    else if (args[0].kind == BL_MAP)
        found = bl_op_index_map(&call, args, 2);
    else
        return bl_no_overload(eval, op, "_[_]", args, 2);
    if (!optional || !bl_is_known(found))
        return optional && is_absent(found) ? as_optional(eval, NULL) : bl_placed(eval, op, found);
    return as_optional(eval, &found);
}

/* Lists and maps */

/* An entry with `?`: false when it is left out; *v becomes what the optional holds. */
static bool keep_entry(bl_eval *eval, uint32_t child, bool has_mark, bl_value *v)
{
    if (!has_mark || !bl_is_known(*v))
        return true;
    if (v->kind != BL_OPTIONAL) {
        *v = bl_wrong_kind(eval, child, *v, &bl_fault_not_optional);
        return true;
    }
    if (v->as.inner == NULL)
        return false;
    *v = *v->as.inner;
    return true;
}

bl_value bl_step_list(bl_eval *eval, const bl_op *op)
{
    const uint32_t n = op->child_count;
    bl_value *items = bl_arena_alloc(eval->arena, n * sizeof *items);
    uint32_t count = 0;

    if (items == NULL)
        return bl_oom_value();
    for (uint32_t i = 0; i < n; i++) {
        items[count] = bl_value_at(eval, op->operands[i]);
        if (keep_entry(eval, op->children[i], op->as.optional != NULL && op->as.optional[i],
                       &items[count]))
            count++;
    }
    const bl_value blocked = bl_strict(eval, items, count);

    if (blocked.kind != BL_NULL)
        return blocked;
    return bl_spend(eval, 1 + n) ? bl_list_value(eval->arena, items, count)
                                 : bl_over_limit(eval, op);
}

static bool can_be_key(uint8_t kind)
{
    return kind == BL_BOOL || kind == BL_INT || kind == BL_UINT || kind == BL_STRING;
}

/* The map of these pairs, which must have keys that a map may have, each once. */
static bl_value map_of(bl_eval *eval, const bl_op *op, const bl_map_pair *pairs, size_t count)
{
    bl_call call = bl_call_of(eval, NULL);

    for (size_t i = 0; i < count; i++) {
        if (!can_be_key(pairs[i].key.kind))
            return bl_placed(
                eval, op,
                bl_fail(&call, key_type, BL_TEXT("type", bl_kind_name(pairs[i].key.kind))));
    }
    const bl_value made = bl_map_value(eval->arena, pairs, count);

    /* A key finds the first pair that has it. */
    for (size_t i = 0; i < count && made.kind == BL_MAP; i++) {
        if (bl_map_find(made.as.map, pairs[i].key) != &pairs[i].value)
            return bl_placed(eval, op,
                             bl_fail(&call, duplicate_key,
                                     BL_TEXT("key", bl_value_shown(eval->arena, pairs[i].key))));
    }
    return made;
}

bl_value bl_step_map(bl_eval *eval, const bl_op *op)
{
    bl_map_pair *pairs = bl_arena_alloc(eval->arena, op->child_count / 2 * sizeof *pairs);
    bl_value unknown = BL_NULL_VALUE;
    size_t count = 0;

    if (pairs == NULL)
        return bl_oom_value();
    for (uint32_t i = 0; i < op->child_count; i += 2) {
        bl_value pair[2] = {bl_value_at(eval, op->operands[i]),
                            bl_value_at(eval, op->operands[i + 1])};
        const bool kept = keep_entry(eval, op->children[i + 1],
                                     op->as.optional != NULL && op->as.optional[i / 2], &pair[1]);
        const bl_value blocked = bl_strict(eval, pair, kept ? 2 : 1);

        if (blocked.kind == BL_ERROR)
            return blocked;
        if (blocked.kind == BL_UNKNOWN)
            unknown = bl_merged(eval, unknown, blocked);
        else if (kept)
            pairs[count++] = (bl_map_pair){pair[0], pair[1]};
    }
    if (unknown.kind != BL_NULL)
        return unknown;
    return bl_spend(eval, 1 + op->child_count) ? map_of(eval, op, pairs, count)
                                               : bl_over_limit(eval, op);
}

static bl_value opt_map(bl_eval *eval, const bl_op *op, bool flat)
{
    const bl_value v = bl_value_at(eval, op->operands[0]);

    eval->cost++;
    if (!bl_is_known(v))
        return v;
    if (v.kind != BL_OPTIONAL)
        return bl_no_overload(eval, op, flat ? "optFlatMap" : "optMap", &v, 1);
    if (v.as.inner == NULL)
        return v;
    eval->locals[op->at] = *v.as.inner;
    const bl_value made = bl_value_at(eval, op->operands[1]);

    if (!bl_is_known(made))
        return made;
    if (!flat)
        return as_optional(eval, &made);
    return made.kind == BL_OPTIONAL ? made : bl_no_overload(eval, op, "optFlatMap", &made, 1);
}

bl_value bl_step_opt_map(bl_eval *eval, const bl_op *op)
{
    return opt_map(eval, op, false);
}

bl_value bl_step_opt_flat_map(bl_eval *eval, const bl_op *op)
{
    return opt_map(eval, op, true);
}
