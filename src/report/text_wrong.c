/* report/text_wrong.c: of the text report of one action, what is wrong and what is missing, each
 * with its labelled lines. */
#include "report/text.h"

/* ---- findings ---- */

/* 候选人张三、王五符合 */
static bylaw_str the_others(bl_text *t, const bl_finding *whole)
{
    bylaw_str names[6];
    size_t n = 0;

    for (size_t i = 0; i < whole->element_count && n < 6; i++) {
        if (whole->elements[i].status == BL_SATISFIED && whole->elements[i].label.len > 0)
            names[n++] = bl_say_foreign(t->v, whole->elements[i].label);
    }
    if (n == 0)
        return (bylaw_str){NULL, 0};
    bl_str all = bl_text_begin(t);

    if (t->v->lang == BYLAW_ZH)
        bl_str_add(&all, bl_say_each_label(t->v, whole->norm));
    bl_str_add(&all, bl_say_join(t->v, names, n, &bl_word_enum_comma));
    return BL_SAYF(t->v, element_fine, BL_TEXT("names", bl_str_taken(&all)));
}

/* One finding, or one element's, with its labelled lines. */
static void block(bl_text *t, const bl_finding *whole, const bl_finding *f, bool last)
{
    bl_str found = bl_text_begin(t);

    bl_str_add(&found, f == whole ? bl_say_found(t->v, f)
                                  : bl_say_element(t->v, whole, f, false, bl_say_found(t->v, f)));
    bl_str_add(&found, bl_say_due(t->v, f));
    if (f->status == BL_WAIVED)
        bl_str_add(&found, BL_SAY0(t->v, waived_so));
    else if (f->waiver != NULL && f->waiver->has_until)
        bl_str_add(&found, BL_SAYF(t->v, waiver_expired,
                                   BL_TEXT("date", bl_say_date(t->v, f->waiver->until))));
    bl_text_head(t, bl_status_mark(f->status), bl_status_style(f->status),
                 bl_say_cite(t->v, f->norm), bl_str_taken(&found));
    if (f->status == BL_WAIVED) {
        bl_str granted = bl_text_begin(t);

        bl_text_labelled(t, &bl_word_reason, bl_say_foreign(t->v, f->waiver->reason));
        bl_str_add(&granted, bl_say_foreign(t->v, f->waiver->by));
        if (f->waiver->has_until)
            bl_str_add(&granted, BL_SAYF(t->v, waived_until,
                                         BL_TEXT("date", bl_say_date(t->v, f->waiver->until))));
        bl_text_labelled(t, &bl_word_granted, bl_str_taken(&granted));
        return;
    }
    bl_text_labelled(t, &bl_word_requirement, bl_say_label(t->v, f->norm->says));
    bl_text_quoted(t, f->norm);
    if (f->status == BL_PENDING)
        return;
    bl_text_labelled(t, &bl_word_place, bl_say_places(t->v, f));
    bl_text_labelled(t, &bl_word_to_do, bl_say_fix(t->v, f));
    if (f != whole && last)
        bl_text_labelled(t, &bl_word_others, the_others(t, whole));
}

void bl_text_blocks(bl_text *t, bl_status status)
{
    for (size_t i = 0; i < t->v->set->finding_count; i++) {
        const bl_finding *f = &t->v->set->findings[i];

        if (f->status != status)
            continue;
        t->any_block = true;
        t->shown[status] = true;
        if (f->element_count == 0)
            block(t, f, f, true);
        for (size_t k = 0, left = bl_elements_with(f, status); k < f->element_count; k++) {
            if (f->elements[k].status == status)
                block(t, f, &f->elements[k], --left == 0);
        }
    }
}

/* The record says rejected, the conditions say adopted: nothing is violated but the record itself.
 */
void bl_text_declared(bl_text *t)
{
    const bl_finding *f = bl_telling_finding(t->v->set->findings, t->v->set->finding_count);
    const bl_action *action = t->v->result->action;

    if (!t->v->set->declared_otherwise || action->declared != BL_DECLARED_REJECTED || f == NULL ||
        t->v->set->verdict == BYLAW_CAUTION)
        return;
    t->any_block = true;
    bl_text_head(t, 'x', BL_RED, bl_say_cite(t->v, f->norm),
                 bl_say_figures(t->v, f->figures, false, false));
    bl_text_labelled(t, &bl_word_requirement, bl_say_label(t->v, f->norm->says));
    bl_text_quoted(t, f->norm);
    bl_text_labelled(t, &bl_word_place, bl_say_places(t->v, f));
    bl_text_labelled(t, &bl_word_to_do,
                     bl_text_at_line(t, &bl_word_declare_adopted, action->declared_span));
}

/* ---- what is missing ---- */

/* The norm that asks for the fact: for its citation. */
static const bl_norm *asker(const bl_set_result *r, const bl_attr *attr)
{
    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *f = &r->findings[i];

        if (f->status != BL_UNDETERMINED_FINDING || f->missing == NULL)
            continue;
        for (size_t k = 0; k < f->missing->count; k++) {
            if (f->missing->attrs[k]->slot == attr->slot)
                return f->norm;
        }
    }
    return NULL;
}

/* "第 13 行  赞成票  计票后填" or "facts 下加 all_called  全体成员均获通知  是、否；第七条（一）"
 */
static void missing_line(bl_text *t, const bl_attr *attr)
{
    const bl_set_result *r = t->v->set;
    const bool is_fact = attr->slot >= BL_SLOT_FACTS && attr->slot < r->set->slot_count;
    const bl_fact *fact = is_fact ? &r->set->facts[attr->slot - BL_SLOT_FACTS] : NULL;
    const bl_span place = attr->slot == BL_SLOT_DATE ? t->v->result->action->date_span
                          : is_fact                  ? bl_said_key(r, attr->slot)
                                                     : BL_NO_SPAN;
    const bool has_line = place.source == t->v->result->action->source && place.source != NULL;
    bl_str line = bl_text_begin(t);

    if (has_line)
        bl_str_add(&line, bl_text_at_line(t, &bl_word_missing_line, place));
    else if (fact != NULL)
        bl_str_add(&line,
                   BL_SAYF(t->v, missing_add, BL_TEXT("name", bl_say_foreign(t->v, fact->name))));
    else if (attr->slot == BL_SLOT_DATE)
        bl_str_add(&line, BL_SAYF(t->v, missing_key, BL_TEXT("name", BYLAW_STR("date"))));
    if (line.len > 0)
        bl_str_addz(&line, "  ");
    bl_str_add(&line, bl_say_attr(t->v, attr));
    if (fact != NULL && attr->path.len == 0) {
        const bylaw_str hint = bl_say_hint(t->v, fact);
        const bl_norm *norm = has_line ? NULL : asker(r, attr);

        bl_str_addz(&line, hint.len > 0 || norm != NULL ? "  " : "");
        bl_str_add(&line, hint);
        if (norm != NULL && hint.len > 0)
            bl_str_addz(&line, bl_word_sep.in[t->v->lang]);
        if (norm != NULL)
            bl_str_add(&line, bl_say_cite(t->v, norm));
    }
    bl_text_put(t, t->indent + 2, t->indent + 4, &line);
}

void bl_text_missing(bl_text *t)
{
    const bl_set_result *r = t->v->set;

    if (r->missing_count == 0)
        return;
    bl_page_line(t->page, t->indent, t->indent, BL_SAY0(t->v, missing));
    for (size_t i = 0; i < r->missing_count; i++)
        missing_line(t, r->missing[i]);
}

/* Duties that follow once it is known whether they do. */
void bl_text_next(bl_text *t)
{
    for (size_t i = 0; i < t->v->set->finding_count; i++) {
        const bl_finding *f = &t->v->set->findings[i];
        bl_str line = bl_text_begin(t);

        if (f->status != BL_UNDETERMINED_FINDING || !f->when_unknown || !f->norm->reads_outcome)
            continue;
        bl_str_add(&line, BL_SAYF(t->v, next, BL_TEXT("says", bl_say_label(t->v, f->norm->says)),
                                  BL_TEXT("cite", bl_say_cite(t->v, f->norm))));
        bl_text_put(t, t->indent, t->indent, &line);
    }
}

/* A silence on which the outcome turns. */
void bl_text_gaps(bl_text *t)
{
    for (size_t i = 0; i < t->v->set->gap_count; i++) {
        const bl_gap *gap = t->v->set->gaps[i].gap;

        if (!t->v->set->gaps[i].decides)
            continue;
        t->any_block = true;
        bl_text_head(t, '?', BL_BLUE,
                     gap->provision_count > 0 ? bl_say_provision(t->v, gap->provisions[0])
                                              : (bylaw_str){NULL, 0},
                     BL_SAYF(t->v, gap, BL_TEXT("says", bl_say_label(t->v, gap->says))));
        bl_text_labelled(t, &bl_word_to_do, BL_SAY0(t->v, gap_fix));
    }
}
