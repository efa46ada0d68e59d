/* report/given.c: the facts of an action that was made up, as a clause of a sentence. */
#include "report/say.h"

#include "base/str.h"

/* 全体成员 8 个 is said 全体 8 个 where nothing else could be meant. */
static void add_count(const bl_voice *v, bl_str *out, const bl_given *given)
{
    const uint32_t slots[] = {given->slot};
    const bl_sum sum = {.slots = slots, .count = 1};
    const bylaw_str said = bl_say_count(v, &sum, given->value.as.i);
    const bylaw_str member = BYLAW_STR("成员 ");
    const size_t at = v->lang == BYLAW_ZH ? bl_str_find(said, member, 0) : SIZE_MAX;

    if (at == SIZE_MAX || at == 0) {
        bl_str_add(out, said);
        return;
    }
    bl_str_add(out, bl_str_slice(said, 0, at));
    bl_str_add(out, bl_str_slice(said, at + member.len - 1, said.len));
}

static bylaw_str label_of(const bl_voice *v, uint32_t slot)
{
    switch (slot) {
    case BL_SLOT_AS_OF:
        return BL_SAY0(v, given_as_of);
    case BL_SLOT_OUTCOME:
        return BL_SAY0(v, outcome_word);
    default:
        return bl_say_fact_label(v, slot);
    }
}

bylaw_str bl_say_given(const bl_voice *v, const bl_given *items, size_t count)
{
    bl_str out = bl_str_init(v->arena);
    bylaw_str said = {NULL, 0};

    for (size_t i = 0; i < count; i++) {
        const bl_given *g = &items[i];

        if (i > 0)
            bl_str_addz(&out, bl_word_comma.in[v->lang]);
        if (g->value.kind == BL_INT && g->slot >= BL_SLOT_FACTS)
            add_count(v, &out, g);
        else
            bl_str_add(&out, BL_SAYF(v, label_value, BL_TEXT("label", label_of(v, g->slot)),
                                     BL_TEXT("value", bl_say_value(v, g->value, g->slot))));
    }
    return bl_str_take(&said, &out) == BYLAW_OK ? said : (bylaw_str){NULL, 0};
}
