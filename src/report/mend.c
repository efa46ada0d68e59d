/* report/mend.c: what it would take, in words. */
#include "report/say.h"

static bylaw_str taken(bl_str *text)
{
    bylaw_str out = {NULL, 0};

    return bl_str_take(&out, text) == BYLAW_OK ? out : (bylaw_str){NULL, 0};
}

/* 至少 6 票 follows the label without the measure word: 赞成至少 6 票. */
static bylaw_str say_bound(const bl_voice *v, const bl_change *change)
{
    const uint32_t slots[] = {change->slot};
    const bl_sum sum = {.slots = slots, .count = 1};
    const bool number = change->value.kind == BL_INT;
    const bl_msg *words =
        number ? (change->kind == BL_CHANGE_AT_LEAST ? &bl_word_change_least : &bl_word_change_most)
               : (change->kind == BL_CHANGE_AT_LEAST ? &bl_word_change_not_before
                                                     : &bl_word_change_not_after);

    return bl_say(v, words,
                  BL_ARGS(BL_TEXT("label", number ? bl_say_sum_label(v, &sum)
                                                  : bl_say_fact_label(v, change->slot)),
                          BL_TEXT("value", !number ? bl_say_value(v, change->value, change->slot)
                                           : v->lang == BYLAW_EN
                                               ? bl_say_units(v, &sum, change->value.as.i)
                                               : bl_say_units_bare(v, &sum, change->value.as.i))));
}

bylaw_str bl_say_change(const bl_voice *v, const bl_change *change)
{
    bylaw_str label;

    if (change->slot == BL_SLOT_DECLARED)
        return BL_SAYF(v, change_declared,
                       BL_TEXT("value", bl_say_outcome(v, bl_string_of(change->value).ptr[0] == 'a'
                                                              ? BYLAW_ADOPTED
                                                              : BYLAW_NOT_ADOPTED)));
    label = bl_say_fact_label(v, change->slot);
    if (change->kind != BL_CHANGE_TO)
        return say_bound(v, change);
    if (change->value.kind == BL_NULL)
        return BL_SAYF(v, change_none, BL_TEXT("label", label));
    return BL_SAYF(v, change_to, BL_TEXT("label", label),
                   BL_TEXT("value", bl_say_value(v, change->value, change->slot)));
}

bylaw_str bl_say_remedy(const bl_voice *v, const bl_remedy *remedy)
{
    static const bl_msg *const words[] = {
        [BL_REMEDY_SETTLED] = &bl_word_remedy_settled,
        [BL_REMEDY_TOO_LATE] = &bl_word_remedy_too_late,
        [BL_REMEDY_NEVER] = &bl_word_remedy_never,
        [BL_REMEDY_LATER] = &bl_word_remedy_later,
        [BL_REMEDY_NOT_KNOWN] = &bl_word_remedy_not_known,
    };
    bl_str out = bl_str_init(v->arena);

    if (remedy->kind > BL_REMEDY_DECLARE)
        return bl_say(v, words[remedy->kind], NULL, 0);
    for (size_t i = 0; i < remedy->count; i++) {
        if (i > 0)
            bl_str_addz(&out, bl_word_sep.in[v->lang]);
        bl_str_add(&out, bl_say_change(v, &remedy->changes[i]));
    }
    const bylaw_str changes = taken(&out);

    return remedy->kind == BL_REMEDY_NEW_VOTE
               ? BL_SAYF(v, remedy_new_vote, BL_TEXT("changes", changes))
               : changes;
}
