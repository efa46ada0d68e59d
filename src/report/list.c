/* report/list.c: one line an action, below it only what decides its verdict; the total last. */
#include "report/page.h"

#include <assert.h>

static void row_line(bl_page *page, bl_voice *v, char mark, bl_style style, bylaw_str cite,
                     bylaw_str text)
{
    bl_str line = bl_str_init(v->arena);

    bl_styled(&line, style, bylaw_str_from(bl_mark_text(mark)));
    bl_str_addc(&line, ' ');
    if (cite.len > 0) {
        bl_styled(&line, BL_BOLD, cite);
        bl_str_addz(&line, "  ");
    }
    bl_str_add(&line, text);
    bl_page_line(page, 2, 4, bl_str_taken(&line));
}

/* Several sets bear on the action: whose article it is. 《联合体规范》第二十一条 */
static bylaw_str of_set(const bl_voice *v, bylaw_str cite)
{
    size_t governing = 0;

    for (size_t i = 0; i < v->result->set_count; i++)
        governing += v->result->sets[i].governed;
    if (governing < 2)
        return cite;
    return bl_say(v, cite.len > 0 ? &bl_word_cite_of_set : &bl_word_title,
                  BL_ARGS(BL_TEXT("title", bl_say_label(v, v->set->set->short_title)),
                          BL_TEXT("cite", cite)));
}

/* What was found, of the norm or of each of its elements that is so. */
static void finding_rows(bl_page *page, bl_voice *v, const bl_finding *f)
{
    for (size_t i = 0; i == 0 || i < f->element_count; i++) {
        const bl_finding *one = f->element_count > 0 ? &f->elements[i] : f;
        bl_str text = bl_str_init(v->arena);

        if (one->status != f->status)
            continue;
        bl_str_add(&text, one == f ? bl_say_found(v, one)
                                   : bl_say_element(v, f, one, true, bl_say_found(v, one)));
        bl_str_add(&text, bl_say_due(v, one));
        if (f->status == BL_VIOLATED && !v->set->firm)
            bl_str_add(&text, BL_SAY0(v, not_firm));
        row_line(page, v, bl_status_mark(f->status), bl_status_style(f->status),
                 of_set(v, bl_say_cite(v, f->norm)), bl_str_taken(&text));
    }
}

/* Has a set before this one asked for it already? */
static bool asked_before(const bl_voice *v, bylaw_str name)
{
    bl_voice other = *v;

    for (const bl_set_result *r = v->result->sets; r < v->set; r++) {
        other.set = r;
        for (size_t i = 0; r->governed && r->verdict == BYLAW_UNDETERMINED && i < r->missing_count;
             i++) {
            if (bl_str_equal(bl_say_attr(&other, r->missing[i]), name))
                return true;
        }
    }
    return false;
}

static void missing_row(bl_page *page, bl_voice *v)
{
    bylaw_str names[6];
    size_t n = 0;

    for (size_t i = 0; i < v->set->missing_count && n < 6; i++) {
        names[n] = bl_say_attr(v, v->set->missing[i]);
        n += !asked_before(v, names[n]);
    }
    if (n > 0)
        row_line(page, v, '?', BL_BLUE, (bylaw_str){NULL, 0},
                 BL_SAYF(v, lack, BL_TEXT("names", bl_say_join(v, names, n, &bl_word_enum_comma))));
}

static void reading_rows(bl_page *page, bl_voice *v)
{
    const bl_set_result *r = v->set;
    const bl_alternative *a;
    uint64_t told = 0;
    size_t at = 0;

    while ((a = bl_next_turning(r, &at, &told)) != NULL) {
        const bl_reading *reading = &r->set->readings[a->choices[0].reading];
        const bl_finding *f = bl_altered_threshold(r, a);

        row_line(page, v, '!', BL_YELLOW,
                 of_set(v, f != NULL
                               ? bl_say_cite(v, f->norm)
                               : bl_say_cites(v, reading->provisions, reading->provision_count)),
                 bl_say_reading(v, reading));
    }
}

/* The record says rejected, the conditions say adopted. */
static void declared_row(bl_page *page, bl_voice *v)
{
    const bl_finding *f = bl_telling_finding(v->set->findings, v->set->finding_count);

    if (f != NULL && v->set->declared_otherwise && v->set->verdict != BYLAW_CAUTION &&
        v->result->action->declared == BL_DECLARED_REJECTED)
        row_line(page, v, 'x', BL_RED, of_set(v, bl_say_cite(v, f->norm)),
                 BL_SAYF(v, but_rejected,
                         BL_TEXT("figures", bl_say_figures(v, f->figures, false, false))));
}

static void set_rows(bl_page *page, bl_voice *v)
{
    const bl_set_result *r = v->set;
    const bool by_reading = r->verdict == BYLAW_CAUTION && !r->firm;

    for (size_t i = 0; i < r->clash_count; i++)
        row_line(page, v, '?', BL_BLUE, (bylaw_str){NULL, 0}, bl_say_clash(v, &r->clashes[i]));
    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_status status = r->findings[i].status;

        if ((status == BL_VIOLATED && !by_reading) || status == BL_DEPARTED)
            finding_rows(page, v, &r->findings[i]);
    }
    declared_row(page, v);
    for (size_t i = 0; i < r->gap_count; i++) {
        if (r->gaps[i].decides)
            row_line(page, v, '?', BL_BLUE,
                     of_set(v, bl_say_cites(v, r->gaps[i].gap->provisions,
                                            r->gaps[i].gap->provision_count > 0)),
                     BL_SAYF(v, gap, BL_TEXT("says", bl_say_label(v, r->gaps[i].gap->says))));
    }
    if (r->verdict == BYLAW_UNDETERMINED)
        missing_row(page, v);
    if (by_reading)
        reading_rows(page, v);
}

/* Sets that come to different outcomes have none in common. */
static bylaw_str say_joint_outcome(const bl_voice *v)
{
    bylaw_outcome first = BYLAW_NO_OUTCOME;

    for (size_t i = 0; i < v->result->set_count; i++) {
        const bl_set_result *r = &v->result->sets[i];

        if (!r->governed || r->outcome == BYLAW_NO_OUTCOME)
            continue;
        if (first != BYLAW_NO_OUTCOME && r->outcome != first)
            return BL_SAY0(v, outcomes_differ);
        first = r->outcome;
    }
    return bl_say_outcome(v, v->result->outcome);
}

/* 决议，通过：赞成 5 票，至少需 4 票 */
static bylaw_str outcome_part(bl_voice *v)
{
    const bl_finding *f = bl_telling_finding(v->set->findings, v->set->finding_count);
    bl_str out = bl_str_init(v->arena);
    size_t pending = 0, waived = 0;

    for (size_t i = 0; i < v->result->set_count; i++) {
        if (!v->result->sets[i].governed)
            continue;
        pending += v->result->sets[i].counts[BL_PENDING];
        waived += v->result->sets[i].counts[BL_WAIVED];
    }
    if (v->set->outcome == BYLAW_NO_OUTCOME)
        bl_str_add(&out, bl_say_label(v, v->result->kind->label));
    else
        bl_str_add(&out, BL_SAYF(v, list_outcome,
                                 BL_TEXT("kind", bl_say_label(v, v->result->kind->label)),
                                 BL_TEXT("outcome", say_joint_outcome(v))));
    if (f != NULL) {
        const bylaw_str figures = bl_say_figures(v, f->figures, false, false);

        if (figures.len > 0) {
            bl_str_addz(&out, bl_word_colon.in[v->lang]);
            bl_str_add(&out, figures);
        }
    }
    if (pending > 0)
        bl_str_add(&out, BL_SAYF(v, list_pending, BL_INT("n", (int64_t)pending)));
    if (waived > 0)
        bl_str_add(&out, BL_SAYF(v, list_waived, BL_INT("n", (int64_t)waived)));
    return bl_str_taken(&out);
}

void bl_text_row(bl_row *row, bl_voice *v, bl_arena *arena, const bl_page *like, bool with_line)
{
    bl_page page = {.out = bl_str_init(arena), .columns = like->columns, .color = like->color};
    bl_str line = bl_str_init(arena);

    for (size_t i = 0; i < v->result->set_count && v->set == NULL; i++) {
        if (v->result->sets[i].governed)
            v->set = &v->result->sets[i];
    }
    assert(v->set != NULL); /* what no set governs is told as a mistake and has no row */
    bl_str_add(&line, bl_action_name(v, with_line));
    bl_str_addz(&line, "  ");
    bl_str_add(&line, outcome_part(v));
    for (size_t i = 0; i < v->result->set_count; i++) {
        v->set = &v->result->sets[i];
        if (v->set->governed)
            set_rows(&page, v);
    }
    *row = (bl_row){v->result->verdict, bl_str_taken(&line), bl_str_taken(&page.out)};
}
