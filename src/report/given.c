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

#define MOST_TOLD 2 /* records that are told field by field */

static bool is_told_by_fields(bl_value v)
{
    return v.kind == BL_LIST && v.as.list->count > 0 && v.as.list->count <= MOST_TOLD &&
           v.as.list->items[0].kind == BL_RECORD;
}

/* 姓名：红山学会、已连任：2; what is not known is left out. */
static bylaw_str say_record(const bl_voice *v, const bl_record *record)
{
    bl_str out = bl_str_init(v->arena);
    bylaw_str said = {NULL, 0};

    for (size_t i = 0; i < record->type->field_count; i++) {
        if (!bl_is_known(record->fields[i]))
            continue;
        if (out.len > 0)
            bl_str_addz(&out, bl_word_enum_comma.in[v->lang]);
        bl_str_add(&out, BL_SAYF(v, label_value,
                                 BL_TEXT("label", bl_say_label(v, record->type->fields[i].label)),
                                 BL_TEXT("value", bl_say_value(v, record->fields[i], UINT32_MAX))));
    }
    return bl_str_take(&said, &out) == BYLAW_OK ? said : (bylaw_str){NULL, 0};
}

static bylaw_str say_records(const bl_voice *v, const bl_list *list)
{
    bylaw_str rows[MOST_TOLD];

    for (size_t i = 0; i < list->count; i++)
        rows[i] = say_record(v, list->items[i].as.record);
    return bl_say_join(v, rows, list->count, &bl_word_semicolon);
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

    if (count == 0)
        return BL_SAY0(v, given_nothing);
    for (size_t i = 0; i < count; i++) {
        const bl_given *g = &items[i];

        if (i > 0)
            bl_str_addz(&out, bl_word_comma.in[v->lang]);
        if (g->value.kind == BL_INT && g->slot >= BL_SLOT_FACTS)
            add_count(v, &out, g);
        else if (is_told_by_fields(g->value))
            bl_str_add(&out, BL_SAYF(v, given_records, BL_TEXT("label", label_of(v, g->slot)),
                                     BL_TEXT("rows", say_records(v, g->value.as.list))));
        else
            bl_str_add(&out, BL_SAYF(v, label_value, BL_TEXT("label", label_of(v, g->slot)),
                                     BL_TEXT("value", bl_say_value(v, g->value, g->slot))));
    }
    return bl_str_taken(&out);
}
