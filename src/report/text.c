/* report/text.c: the whole report of one action, in words: verdict, what it is, the result of the
 * vote, what is wrong, what is missing, what is in order, what other readings give. */
#include "report/text.h"

#include <assert.h>

void bl_text_put(bl_text *t, size_t indent, size_t hang, bl_str *text)
{
    bl_page_line(t->page, indent, hang, bl_str_taken(text));
}

void bl_text_head(bl_text *t, char mark, bl_style style, bylaw_str cite, bylaw_str found)
{
    bl_str line = bl_text_begin(t);

    bl_styled(&line, style, bylaw_str_from(bl_mark_text(mark)));
    bl_str_addc(&line, ' ');
    if (cite.len > 0) {
        bl_styled(&line, BL_BOLD, cite);
        bl_str_addz(&line, "  ");
    }
    bl_str_add(&line, found);
    bl_text_put(t, t->indent, t->indent + 2, &line);
}

void bl_text_labelled(bl_text *t, const bl_msg *label, bylaw_str text)
{
    const size_t width = t->v->lang == BYLAW_ZH ? 4 : 5;
    bl_str line = bl_text_begin(t), padded = bl_text_begin(t);

    if (text.len == 0)
        return;
    bl_pad(&padded, bl_say(t->v, label, NULL, 0), width);
    bl_styled(&line, BL_DIM, bl_str_taken(&padded));
    bl_str_addz(&line, "  ");
    bl_str_add(&line, text);
    bl_text_put(t, t->indent + 2, t->indent + 2 + width + 2, &line);
}

void bl_text_quoted(bl_text *t, const bl_norm *norm)
{
    for (size_t i = 0; i < norm->provision_count; i++)
        bl_text_labelled(t, &bl_word_original,
                         bl_say_quote(t->v, t->page->quoter, norm->provisions[i]));
}

bylaw_str bl_text_at_line(const bl_text *t, const bl_msg *msg, bl_span span)
{
    return bl_say(t->v, msg, BL_ARGS(BL_INT("line", (int64_t)bl_line_of_span(span))));
}

/* ---- head ---- */

bylaw_str bl_action_name(const bl_voice *v, bool with_line)
{
    bl_str out = bl_str_init(v->arena);

    bl_str_add(&out, bl_say_foreign(v, v->result->action->source->name));
    if (with_line)
        bl_str_addf(&out, ":%zu", v->result->action->line);
    return bl_str_taken(&out);
}

static size_t total(const bylaw_result *result, bl_status status)
{
    size_t n = 0;

    for (size_t i = 0; i < result->set_count; i++)
        n += result->sets[i].governed ? result->sets[i].counts[status] : 0;
    return n;
}

static void verdict_line(bl_text *t)
{
    const bylaw_result *result = t->v->result;
    const size_t pending = total(result, BL_PENDING), waived = total(result, BL_WAIVED);
    bl_str line = bl_text_begin(t), word = bl_text_begin(t);

    bl_str_addz(&word, bl_mark_text(bl_verdict_mark(result->verdict)));
    bl_str_addc(&word, ' ');
    bl_str_add(&word, bl_say_verdict(t->v, result->verdict));
    bl_styled(&line, bl_verdict_style(result->verdict), bl_str_taken(&word));
    if (pending > 0 && result->verdict == BYLAW_COMPLIANT)
        bl_str_add(&line, BL_SAYF(t->v, some_pending, BL_INT("n", (int64_t)pending)));
    if (waived > 0 && result->verdict == BYLAW_COMPLIANT)
        bl_str_add(&line, BL_SAYF(t->v, some_waived, BL_INT("n", (int64_t)waived)));
    bl_str_addz(&line, "  ");
    bl_str_add(&line, bl_action_name(t->v, false));
    bl_text_put(t, 0, 2, &line);
}

static bylaw_str capital(bl_voice *v, bylaw_str text)
{
    bl_str out = bl_str_init(v->arena);

    if (text.len == 0 || v->lang == BYLAW_ZH || text.ptr[0] < 'a' || text.ptr[0] > 'z')
        return text;
    bl_str_addc(&out, (char)(text.ptr[0] - 'a' + 'A'));
    bl_str_add(&out, bl_str_slice(text, 1, text.len));
    return bl_str_taken(&out);
}

/* What departs from the usual way of checking: strictness, readings that the user fixed. */
static bylaw_str mode(bl_text *t)
{
    bl_str out = bl_text_begin(t);

    if (t->v->result->strict)
        bl_str_add(&out, BL_SAY0(t->v, strict));
    if (t->v->result->partial)
        bl_str_add(&out, BL_SAY0(t->v, partial));
    for (size_t i = 0; i < t->v->result->set_count; i++) {
        const bl_set_result *r = &t->v->result->sets[i];

        for (size_t k = 0; r->governed && k < r->set->reading_count; k++) {
            const bl_reading *reading = &r->set->readings[k];

            if (r->chosen[k] != reading->default_option)
                bl_str_add(
                    &out,
                    BL_SAYF(t->v, fixed_reading,
                            BL_TEXT("phrase",
                                    bl_say_foreign(t->v, reading->phrase.len > 0 ? reading->phrase
                                                                                 : reading->name)),
                            BL_TEXT("option",
                                    bl_say_label(t->v, reading->options[r->chosen[k]].label))));
        }
    }
    return bl_str_taken(&out);
}

static size_t governing(const bylaw_result *result, const bl_set_result **only)
{
    size_t n = 0;

    for (size_t i = 0; i < result->set_count; i++) {
        if (result->sets[i].governed) {
            if (n++ == 0)
                *only = &result->sets[i];
        }
    }
    return n;
}

static void what_line(bl_text *t)
{
    const bylaw_result *r = t->v->result;
    const bl_set_result *only = NULL;
    const size_t n = governing(r, &only);
    const bylaw_str date =
        r->action->has_date ? bl_say_date(t->v, r->action->date) : BL_SAY0(t->v, no_date);
    const bylaw_str as_of = r->as_of_told
                                ? BL_SAYF(t->v, as_of, BL_TEXT("date", bl_say_date(t->v, r->as_of)))
                                : (bylaw_str){NULL, 0};
    bl_str line = bl_text_begin(t);

    assert(only != NULL); /* what no set governs is told otherwise */
    bl_str_add(&line,
               bl_say(t->v, n == 1 ? &bl_word_head : &bl_word_head_many,
                      BL_ARGS(BL_TEXT("kind", capital(t->v, bl_say_label(t->v, r->kind->label))),
                              BL_TEXT("date", date), BL_TEXT("as_of", as_of),
                              BL_TEXT("title", bl_say_label(t->v, only->set->title)),
                              BL_INT("n", (int64_t)n), BL_TEXT("mode", mode(t)))));
    bl_text_put(t, 2, 2, &line);
}

/* ---- one set ---- */

static void result_line(bl_text *t)
{
    const bylaw_str text = bl_say_result_line(t->v);

    if (text.len > 0)
        bl_page_line(t->page, t->indent, t->indent, text);
}

static void set_body(bl_text *t, bool with_readings)
{
    bl_page_line_clashes(t->page, t->v, t->indent);
    const bool cautioned = bl_text_readings(t);

    if (!cautioned || t->v->set->verdict == BYLAW_VIOLATION)
        bl_text_blocks(t, BL_VIOLATED);
    bl_text_declared(t);
    bl_text_blocks(t, BL_DEPARTED);
    bl_text_gaps(t);
    bl_text_blocks(t, BL_PENDING);
    bl_text_blocks(t, BL_WAIVED);
    bl_text_missing(t);
    bl_text_next(t);
    if (t->verbosity > 0) {
        bl_text_all_findings(t);
    } else {
        bl_text_folded(t);
    }
    if (with_readings && (!cautioned || t->v->set->verdict != BYLAW_CAUTION))
        bl_page_line(t->page, t->indent, t->indent, bl_say_readings_line(t->v, t->verbosity > 0));
    if (t->verbosity > 0) {
        if (t->v->set->remedy != NULL)
            bl_page_line(t->page, t->indent, t->indent, bl_say_whole_remedy(t->v));
        bl_text_silent_gaps(t);
    }
    bl_text_grid(t->page, t->v, t->indent);
}

/* 按《联合体章程》通过；按《…》未通过。 */
static void joint_result(bl_text *t)
{
    bl_str line = bl_text_begin(t);
    size_t n = 0;

    for (size_t i = 0; i < t->v->result->set_count; i++) {
        const bl_set_result *r = &t->v->result->sets[i];

        if (!r->governed || r->outcome == BYLAW_NO_OUTCOME)
            continue;
        bl_str_add(&line, n++ > 0 ? bl_say(t->v, &bl_word_sep, NULL, 0) : BL_SAY0(t->v, result));
        bl_str_add(&line, BL_SAYF(t->v, by_set, BL_TEXT("title", bl_say_label(t->v, r->set->title)),
                                  BL_TEXT("outcome", bl_say_outcome(t->v, r->outcome))));
    }
    if (n == 0)
        return;
    bl_str_addz(&line, bl_word_stop.in[t->v->lang]);
    bl_text_put(t, 2, 2, &line);
}

/* The figures of a set among several, under its title. */
static void set_figures(bl_text *t)
{
    const bl_finding *f = bl_telling_finding(t->v->set->findings, t->v->set->finding_count);
    bl_str line = bl_text_begin(t);

    if (f == NULL || f->status == BL_VIOLATED)
        return;
    bl_str_add(&line, bl_say_figures(t->v, f->figures, true, true));
    if (line.len == 0)
        return;
    bl_str_addz(&line, bl_word_stop.in[t->v->lang]);
    bl_text_put(t, t->indent, t->indent, &line);
}

static void several_sets(bl_text *t)
{
    joint_result(t);
    for (size_t i = 0; i < t->v->result->set_count; i++) {
        bl_text one = {.page = t->page, .v = t->v, .verbosity = t->verbosity, .indent = 2};
        bl_str line = bl_text_begin(t), word = bl_text_begin(t);

        t->v->set = &t->v->result->sets[i];
        if (!t->v->set->governed)
            continue;
        bl_str_addz(&word, bl_mark_text(bl_verdict_mark(t->v->set->verdict)));
        bl_str_addc(&word, ' ');
        bl_str_add(&word, bl_say_verdict(t->v, t->v->set->verdict));
        bl_styled(&line, bl_verdict_style(t->v->set->verdict), bl_str_taken(&word));
        bl_str_addz(&line, "  ");
        bl_str_add(&line, BL_SAYF(t->v, title,
                                  BL_TEXT("title", bl_say_label(t->v, t->v->set->set->title))));
        bl_text_put(t, 2, 4, &line);
        one.indent = 4;
        set_figures(&one);
        set_body(&one, !t->v->set->firm);
    }
    if (t->v->result->firm) {
        bl_str line = bl_text_begin(t);

        bl_str_add(&line, BL_SAY0(t->v, readings_same));
        bl_str_addz(&line, bl_word_stop.in[t->v->lang]);
        bl_text_put(t, 2, 2, &line);
    }
}

void bl_text_headline(bl_page *page, bl_voice *v)
{
    bl_text t = {.page = page, .v = v, .indent = 2};

    verdict_line(&t);
}

void bl_text_single(bl_page *page, bl_voice *v, int verbosity)
{
    bl_text t = {.page = page, .v = v, .verbosity = verbosity, .indent = 2};
    const bl_set_result *only = NULL;
    const size_t n = governing(v->result, &only);

    v->set = only;
    verdict_line(&t);
    what_line(&t);
    if (n > 1) {
        several_sets(&t);
        return;
    }
    result_line(&t);
    set_body(&t, true);
}
