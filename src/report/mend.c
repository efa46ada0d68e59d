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

/* ---- the line of a report ---- */

/* The step (approval, filing …) that the finding lacks, where the file has a line for it. */
static const bl_fact *lacking_step(const bl_voice *v, const bl_cause *c)
{
    if (c->left_slot >= BL_SLOT_FACTS && c->left.kind == BL_NULL) {
        const bl_fact *fact = &v->set->set->facts[c->left_slot - BL_SLOT_FACTS];

        if (fact->group != NULL && bl_said_at(v->set, fact->slot).source != NULL)
            return fact;
    }
    for (size_t i = 0; i < c->child_count; i++) {
        const bl_fact *found = lacking_step(v, c->children[i]);

        if (found != NULL)
            return found;
    }
    return NULL;
}

static bylaw_str remedy_of_norm(const bl_voice *v, const bl_finding *f)
{
    bl_str out = bl_str_init(v->arena);
    const bl_fact *step = f->cause != NULL ? lacking_step(v, f->cause) : NULL;

    bl_str_add(&out, bl_say_label(v, f->norm->remedy));
    if (step != NULL)
        bl_str_add(
            &out,
            BL_SAYF(v, then_fill, BL_TEXT("label", bl_say_label(v, step->group->label)),
                    BL_INT("line", (int64_t)bl_line_of_span(bl_said_at(v->set, step->slot)))));
    if (f->waiver != NULL && f->waiver->by.len > 0)
        bl_str_add(&out,
                   BL_SAYF(v, extend_waiver, BL_TEXT("by", bl_say_foreign(v, f->waiver->by))));
    return taken(&out);
}

/* The remedy as it was worked out: for one entry of the file, its line; else what must be. */
static bylaw_str worked_out(const bl_voice *v, const bl_finding *f)
{
    const bl_remedy *remedy = f->remedy;

    if (remedy == NULL || remedy->kind != BL_REMEDY_CHANGES)
        return (bylaw_str){NULL, 0};
    const bl_change *change = &remedy->changes[0];
    const bl_span place = bl_said_at(v->set, change->slot);

    if (remedy->count == 1 && change->kind == BL_CHANGE_TO && !change->unknown &&
        place.source == v->result->action->source && place.source != NULL)
        return BL_SAYF(v, mend_line, BL_INT("line", (int64_t)bl_line_of_span(place)),
                       BL_TEXT("value", bl_say_value(v, change->value, change->slot)));
    return bl_say_remedy(v, remedy);
}

bylaw_str bl_say_fix(const bl_voice *v, const bl_finding *f)
{
    const bl_action *action = v->result->action;

    if (f->status == BL_DEPARTED)
        return BL_SAY0(v, give_reason);
    if (f->figures->present && f->modality == BL_CONDITION && f->figures->need_known &&
        action->declared == BL_DECLARED_ADOPTED)
        return BL_SAYF(v, recount, BL_INT("line", (int64_t)bl_line_of_span(action->declared_span)),
                       BL_TEXT("kind", bl_say_label(v, v->result->kind->label)),
                       BL_TEXT("need", bl_say_units(v, &f->figures->count_sum, f->figures->need)),
                       BL_INT("need_n", f->figures->need));
    if (f->norm->remedy.in[v->lang].len > 0)
        return remedy_of_norm(v, f);
    if (f->has_due) {
        const size_t line = bl_finding_line(v, f);

        return line > 0 ? BL_SAYF(v, overdue_fix, BL_INT("line", (int64_t)line))
                        : BL_SAY0(v, overdue_fix_plain);
    }
    return worked_out(v, f);
}
