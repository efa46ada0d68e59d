/* report/text_folded.c: of the text report of one action, what is in order: folded into one line,
 * or every finding. */
#include "report/text.h"
#include "text/unicode.h"

/* ---- what is in order, folded ---- */

static bylaw_str presumed_names(bl_text *t, bool all, size_t *count)
{
    const bl_set_result *r = t->v->set;
    bl_str out = bl_text_begin(t);

    *count = 0;
    for (size_t i = 0; i < r->presumed_count; i++) {
        const bl_fact *fact = &r->set->facts[r->presumed[i] - BL_SLOT_FACTS];

        if (!all && !fact->is_conduct)
            continue;
        if ((*count)++ > 0)
            bl_str_addz(&out, all ? bl_word_sep.in[t->v->lang] : bl_word_enum_comma.in[t->v->lang]);
        if (all)
            bl_str_add(&out,
                       BL_SAYF(t->v, presumed_value, BL_TEXT("name", bl_say_fact(t->v, fact)),
                               BL_TEXT("value", bl_say_value(t->v, fact->presumed, fact->slot))));
        else
            bl_str_add(&out, bl_say_fact(t->v, fact));
    }
    return bl_str_taken(&out);
}

static void presumed_line(bl_text *t, bl_str *line, bool all)
{
    size_t n = 0;
    const bylaw_str names = presumed_names(t, all, &n);

    if (n == 0)
        return;
    if (line->len > 0)
        bl_str_addz(line, bl_word_sep.in[t->v->lang]);
    bl_str_add(line, BL_SAYF(t->v, presumed, BL_INT("n", (int64_t)n), BL_TEXT("names", names)));
}

void bl_text_folded(bl_text *t)
{
    static const struct {
        bl_status status;
        const bl_msg *words;
    } parts[] = {
        {BL_SATISFIED, &bl_word_n_satisfied},
        {BL_NOT_MET, &bl_word_n_not_met},
        {BL_UNDETERMINED_FINDING, &bl_word_n_undetermined},
        {BL_NOT_EXAMINED, &bl_word_n_not_examined},
        {BL_NOT_APPLICABLE, &bl_word_n_not_applicable},
    };
    bl_str line = bl_text_begin(t);
    size_t said = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t n = t->v->set->counts[parts[i].status];

        if (parts[i].status == BL_SATISFIED && n >= t->shown_cautioned)
            n -= t->shown_cautioned;
        if (n == 0)
            continue;
        if (said++ > 0)
            bl_str_addz(&line, bl_word_comma.in[t->v->lang]);
        else if (t->any_block)
            bl_str_addz(&line, bl_word_the_rest.in[t->v->lang]);
        bl_str_add(&line, bl_say(t->v, parts[i].words, BL_ARGS(BL_INT("n", (int64_t)n))));
    }
    presumed_line(t, &line, false);
    if (line.len == 0)
        return;
    bl_str_addz(&line, bl_word_stop.in[t->v->lang]);
    bl_text_put(t, t->indent, t->indent, &line);
}

/* ---- every finding, -v ---- */

/* Why it does not apply, or what was found, with its line. */
static bylaw_str detail_of(bl_text *t, const bl_finding *f)
{
    const bl_body body = bl_effective_body(f->norm, t->v->set->chosen);
    size_t n = 0;
    const uint32_t *slots = NULL;

    if (f->status == BL_NOT_APPLICABLE || f->when_unknown) {
        slots = body.when != NULL ? bl_program_slots(body.when, &n) : NULL;
        for (size_t i = 0; i < n && f->status == BL_NOT_APPLICABLE; i++) {
            if (slots[i] >= BL_SLOT_FACTS && !bl_is_known(t->v->set->slots[slots[i]]))
                return BL_SAYF(t->v, not_stated,
                               BL_TEXT("label", bl_say_fact_label(t->v, slots[i])));
        }
        return bl_say_status(t->v, f->status);
    }
    if (f->figures->present)
        return bl_say_figures(t->v, f->figures, false, true);
    if (f->status != BL_SATISFIED)
        return f->status == BL_UNDETERMINED_FINDING || f->status == BL_NOT_EXAMINED
                   ? bl_say_status(t->v, f->status)
                   : bl_say_found(t->v, f);
    slots = body.require != NULL ? bl_program_slots(body.require, &n) : NULL;
    if (n != 1 || slots[0] < BL_SLOT_FACTS)
        return bl_say_status(t->v, f->status);
    const bl_span said = bl_said_at(t->v->set, slots[0]);
    const bylaw_str value = bl_say_value(t->v, t->v->set->slots[slots[0]], slots[0]);

    if (t->v->set->origins[slots[0]] == BL_FROM_PRESUMPTION)
        return BL_SAYF(t->v, presumed_as, BL_TEXT("value", value));
    if (said.source != NULL && said.source == t->v->result->action->source)
        return BL_SAYF(t->v, value_line, BL_TEXT("value", value),
                       BL_INT("line", (int64_t)bl_line_of_span(said)));
    return value;
}

void bl_text_all_findings(bl_text *t)
{
    size_t cite_width = 0, says_width = 0;

    for (size_t i = 0; i < t->v->set->finding_count; i++) {
        const bl_finding *f = &t->v->set->findings[i];
        const size_t cite = bl_display_width(bl_say_cite(t->v, f->norm));
        const size_t says = bl_display_width(bl_say_label(t->v, f->norm->says));

        cite_width = cite > cite_width ? cite : cite_width;
        says_width = says > says_width ? says : says_width;
    }
    says_width = says_width > 40 ? 40 : says_width;
    const size_t beside = t->indent + 2 + cite_width + 2 + says_width + 2;

    for (size_t i = 0; i < t->v->set->finding_count; i++) {
        const bl_finding *f = &t->v->set->findings[i];
        bl_str line = bl_text_begin(t), cite = bl_text_begin(t);

        bl_styled(&line, bl_status_style(f->status),
                  bylaw_str_from(bl_mark_text(bl_status_mark(f->status))));
        bl_str_addc(&line, ' ');
        bl_pad(&cite, bl_say_cite(t->v, f->norm), cite_width);
        bl_styled(&line, BL_BOLD, bl_str_taken(&cite));
        bl_str_addz(&line, "  ");
        const bylaw_str detail = detail_of(t, f), says = bl_say_label(t->v, f->norm->says);
        const bool fits = bl_display_width(says) <= says_width &&
                          beside + bl_display_width(detail) <= t->page->columns;

        if (!fits) { /* the detail gets a line of its own */
            bl_str_add(&line, says);
            bl_text_put(t, t->indent, t->indent + 2, &line);
            bl_page_line(t->page, t->indent + 4, t->indent + 4, detail);
            continue;
        }
        bl_pad(&line, says, says_width);
        bl_str_addz(&line, "  ");
        bl_str_add(&line, detail);
        bl_text_put(t, t->indent, t->indent + 2, &line);
    }
    bl_str presumed = bl_text_begin(t);

    presumed_line(t, &presumed, true);
    if (presumed.len == 0)
        return;
    bl_str_addz(&presumed, bl_word_stop.in[t->v->lang]);
    bl_text_put(t, t->indent, t->indent, &presumed);
}

void bl_text_silent_gaps(bl_text *t)
{
    bl_str line = bl_text_begin(t);
    size_t n = 0;

    for (size_t i = 0; i < t->v->set->gap_count; i++) {
        if (t->v->set->gaps[i].decides)
            continue;
        if (n++ > 0)
            bl_str_addz(&line, bl_word_sep.in[t->v->lang]);
        bl_str_add(&line, bl_say_label(t->v, t->v->set->gaps[i].gap->says));
    }
    if (n == 0)
        return;
    bl_str all = bl_text_begin(t);

    bl_str_add(&all, BL_SAYF(t->v, silent, BL_TEXT("says", bl_str_taken(&line))));
    bl_str_addz(&all, bl_word_stop.in[t->v->lang]);
    bl_text_put(t, t->indent, t->indent, &all);
}
