/* report/mend.c: what it would take, in words. */
#include "report/say.h"

/* 应为 5 年: a blank before the number; none before a word or a date. */
static bylaw_str spaced(const bl_voice *v, bl_value value, bylaw_str said)
{
    bl_str out = bl_str_init(v->arena);

    if (v->lang == BYLAW_ZH && value.kind == BL_INT)
        bl_str_addc(&out, ' ');
    bl_str_add(&out, said);
    return bl_str_taken(&out);
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

/* ---- elements of lists ---- */

static const bl_fact *list_of(const bl_voice *v, const bl_change *change)
{
    return &v->set->set->facts[change->slot - BL_SLOT_FACTS];
}

static bylaw_str unit_of_list(const bl_voice *v, const bl_change *change)
{
    const bl_unit *unit = list_of(v, change)->unit;

    (void)v;
    return unit != NULL ? unit->zh : BYLAW_STR("项");
}

/* What an element is called: itself, or its first name or text; empty where it has none. */
static bylaw_str name_of_element(const bl_voice *v, bl_value element)
{
    if (element.kind != BL_RECORD)
        return bl_say_value_of(v, element, NULL);
    for (size_t i = 0; i < element.as.record->type->field_count; i++) {
        const bl_value field = element.as.record->fields[i];

        if (field.kind == BL_NAME || field.kind == BL_STRING)
            return bl_say_foreign(v, bl_string_of(field));
    }
    return (bylaw_str){NULL, 0};
}

/* 候选人第 2 人（李四）：已连任至多 1 届 */
static bylaw_str say_within(const bl_voice *v, const bl_change *change)
{
    static const bl_msg *const bounds[] = {&bl_word_change_to, &bl_word_change_least,
                                           &bl_word_change_most};
    static const bl_msg *const dates[] = {&bl_word_change_to, &bl_word_change_not_before,
                                          &bl_word_change_not_after};
    const bl_list *list = v->set->slots[change->slot].as.list;
    const bl_value element = list->items[change->element];
    const bl_field *field = &element.as.record->type->fields[change->field];
    const bl_msg *words = change->value.kind == BL_DATE   ? dates[change->kind]
                          : change->value.kind == BL_NULL ? &bl_word_change_none
                          : change->value.kind == BL_BOOL ? &bl_word_change_is
                                                          : bounds[change->kind];
    const bool bound = change->kind != BL_CHANGE_TO && change->value.kind == BL_INT;
    const bylaw_str bare = bl_say_value_of(v, change->value, field->unit);
    const bylaw_str value = bound ? bare : spaced(v, change->value, bare);
    const bylaw_str said =
        bl_say(v, words,
               BL_ARGS(BL_TEXT("label", bl_say_label(v, field->label)), BL_TEXT("value", value)));
    bylaw_str name = name_of_element(v, element);

    if (name.len > 0)
        name = BL_SAYF(v, element_name, BL_TEXT("name", name));
    bl_str change_said = bl_str_init(v->arena);

    if (bound && v->lang == BYLAW_EN) { /* at least 2 terms: of what is not in the number */
        bl_str_add(&change_said, bl_say_label(v, field->label));
        bl_str_addz(&change_said, " ");
    }
    bl_str_add(&change_said, said);
    return BL_SAYF(v, change_within, BL_TEXT("list", bl_say_label(v, list_of(v, change)->label)),
                   BL_INT("i", (int64_t)change->element + 1),
                   BL_TEXT("unit", unit_of_list(v, change)), BL_TEXT("name", name),
                   BL_TEXT("change", bl_str_taken(&change_said)));
}

/* 印发对象增加张三；当选理事去掉李四 */
static bylaw_str say_element(const bl_voice *v, const bl_change *change)
{
    bylaw_str name = name_of_element(v, change->value);

    if (name.len == 0)
        name = BL_SAYF(v, element_number, BL_INT("i", (int64_t)change->element + 1),
                       BL_TEXT("unit", unit_of_list(v, change)));
    const bl_arg args[] = {BL_TEXT("label", bl_say_label(v, list_of(v, change)->label)),
                           BL_TEXT("value", name)};

    return bl_say(v, change->kind == BL_CHANGE_ADD ? &bl_word_change_add : &bl_word_change_remove,
                  args, 2);
}

bylaw_str bl_say_change(const bl_voice *v, const bl_change *change)
{
    bylaw_str label;

    if (change->slot == BL_SLOT_DECLARED)
        return BL_SAYF(v, change_declared,
                       BL_TEXT("value", bl_say_outcome(v, bl_string_of(change->value).ptr[0] == 'a'
                                                              ? BYLAW_ADOPTED
                                                              : BYLAW_NOT_ADOPTED)));
    if (change->within)
        return say_within(v, change);
    if (change->kind == BL_CHANGE_ADD || change->kind == BL_CHANGE_REMOVE)
        return say_element(v, change);
    label = bl_say_fact_label(v, change->slot);
    if (change->kind != BL_CHANGE_TO)
        return say_bound(v, change);
    if (change->value.kind == BL_NULL)
        return BL_SAYF(v, change_none, BL_TEXT("label", label));
    const bl_arg args[] = {
        BL_TEXT("label", label),
        BL_TEXT("value", spaced(v, change->value, bl_say_value(v, change->value, change->slot)))};

    return bl_say(v, change->value.kind == BL_BOOL ? &bl_word_change_is : &bl_word_change_to, args,
                  2);
}

static bylaw_str say_changes(const bl_voice *v, const bl_remedy *remedy)
{
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < remedy->count; i++) {
        if (i > 0)
            bl_str_addz(&out, bl_word_sep.in[v->lang]);
        bl_str_add(&out, bl_say_change(v, &remedy->changes[i]));
    }
    return bl_str_taken(&out);
}

bylaw_str bl_say_remedy(const bl_voice *v, const bl_remedy *remedy)
{
    static const bl_msg *const words[] = {
        [BL_REMEDY_SETTLED] = &bl_word_remedy_settled,
        [BL_REMEDY_TOO_LATE] = &bl_word_remedy_too_late,
        [BL_REMEDY_NEVER] = &bl_word_remedy_never,
        [BL_REMEDY_JUDGEMENT] = &bl_word_remedy_judgement,
        [BL_REMEDY_LATER] = &bl_word_remedy_later,
        [BL_REMEDY_NOT_KNOWN] = &bl_word_remedy_not_known,
    };

    if (remedy->kind > BL_REMEDY_DECLARE)
        return bl_say(v, words[remedy->kind], NULL, 0);
    const bylaw_str changes = say_changes(v, remedy);

    if (remedy->kind == BL_REMEDY_NEW_VOTE)
        return BL_SAYF(v, remedy_new_vote, BL_TEXT("changes", changes));
    if (remedy != v->set->remedy || (remedy->smallest && !v->set->date_matters))
        return changes;
    bl_str out = bl_str_init(v->arena);

    bl_str_add(&out, changes);
    if (v->set->date_matters)
        bl_str_add(&out, BL_SAY0(v, remedy_and_date));
    if (!remedy->smallest)
        bl_str_add(&out, BL_SAY0(v, remedy_not_smallest));
    return bl_str_taken(&out);
}

bylaw_str bl_say_whole_remedy(const bl_voice *v)
{
    const bl_remedy *remedy = v->set->remedy;

    if (remedy == NULL)
        return (bylaw_str){NULL, 0};
    const bylaw_str said = bl_say_remedy(v, remedy);

    if (remedy->kind > BL_REMEDY_DECLARE)
        return BL_SAYF(v, remedy_whole_none, BL_TEXT("why", said));
    const bl_arg args[] = {BL_INT("n", (int64_t)remedy->count), BL_TEXT("changes", said)};

    return bl_say(v, remedy->smallest ? &bl_word_remedy_whole : &bl_word_remedy_whole_some, args,
                  2);
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

/* Whoever granted the waiver may be named, or the decision by which it was granted: only the first
 * can be asked to extend it. */
static bool is_somebody(bylaw_str by)
{
    static const char *const acts[] = {"决定", "决议", "批准", "同意",     "纪要",       "通知",
                                       "文件", "批复", "授权", "decision", "resolution", "minutes"};

    for (size_t i = 0; i < by.len; i++) {
        if (by.ptr[i] >= '0' && by.ptr[i] <= '9')
            return false;
    }
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (bl_str_ends(by, bylaw_str_from(acts[i])))
            return false;
    }
    return true;
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
    if (f->waiver != NULL && f->waiver->by.len > 0) {
        const bl_arg by[] = {BL_TEXT("by", bl_say_foreign(v, f->waiver->by))};

        bl_str_add(
            &out,
            bl_say(v, is_somebody(f->waiver->by) ? &bl_word_extend_waiver : &bl_word_renew_waiver,
                   by, 1));
    }
    return bl_str_taken(&out);
}

/* Is the change something that can still be done (a duty), rather than a record put right? */
static bool is_done(const bl_voice *v, const bl_change *change)
{
    const bl_value was = v->set->slots[change->slot];

    return list_of(v, change)->open_until == BL_OPEN_ALWAYS &&
           (bl_is_true(change->value) || was.kind == BL_NULL ||
            (change->value.kind == BL_INT && was.kind == BL_INT && change->value.as.i > was.as.i));
}

/* The remedy as it was worked out: for one entry of the file, its line; else what must be. */
static bylaw_str worked_out(const bl_voice *v, const bl_finding *f)
{
    const bl_remedy *remedy = f->remedy;

    if (remedy == NULL || remedy->kind != BL_REMEDY_CHANGES)
        return (bylaw_str){NULL, 0};
    const bl_change *change = &remedy->changes[0];
    const bl_span place = bl_said_at(v->set, change->slot);

    if (remedy->count == 1 && change->kind == BL_CHANGE_TO && !change->unknown && !change->within &&
        place.source == v->result->action->source && place.source != NULL) {
        const bl_arg args[] = {BL_INT("line", (int64_t)bl_line_of_span(place)),
                               BL_TEXT("value", bl_say_value(v, change->value, change->slot))};

        return bl_say(v, is_done(v, change) ? &bl_word_mend_done : &bl_word_mend_corrected, args,
                      2);
    }
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
