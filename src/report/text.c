/* report/text.c: the whole report of one action, in words: verdict, what it is, the result of the
 * vote, what is wrong, what is missing, what is in order, what other readings give. */
#include "report/page.h"
#include "text/unicode.h"

#include <assert.h>

typedef struct text_state {
    bl_page *page;
    bl_voice *v;
    int verbosity;
    size_t indent; /* 2; 4 inside the paragraph of one set among several */
    bool shown[BL_STATUS__COUNT];
    bool any_block;         /* something stands above the folded line: 其余 */
    size_t shown_cautioned; /* satisfied or lost findings that a caution section has told */
} text_state;

static bl_str begin(text_state *t)
{
    return bl_str_init(t->v->arena);
}

static void put(text_state *t, size_t indent, size_t hang, bl_str *text)
{
    bl_page_line(t->page, indent, hang, bl_str_taken(text));
}

/* "  ✗ 第十一条  what": mark, citation in bold, what was found. */
static void head_line(text_state *t, char mark, bl_style style, bylaw_str cite, bylaw_str found)
{
    bl_str line = begin(t);

    bl_styled(&line, style, bylaw_str_from(bl_mark_text(mark)));
    bl_str_addc(&line, ' ');
    if (cite.len > 0) {
        bl_styled(&line, BL_BOLD, cite);
        bl_str_addz(&line, "  ");
    }
    bl_str_add(&line, found);
    put(t, t->indent, t->indent + 2, &line);
}

/* "    要求  text": labels are of one width in each language. */
static void labelled(text_state *t, const bl_msg *label, bylaw_str text)
{
    const size_t width = t->v->lang == BYLAW_ZH ? 4 : 5;
    bl_str line = begin(t), padded = begin(t);

    if (text.len == 0)
        return;
    bl_pad(&padded, bl_say(t->v, label, NULL, 0), width);
    bl_styled(&line, BL_DIM, bl_str_taken(&padded));
    bl_str_addz(&line, "  ");
    bl_str_add(&line, text);
    put(t, t->indent + 2, t->indent + 2 + width + 2, &line);
}

/* The provision word for word, where the document is at hand. */
static void quoted(text_state *t, const bl_norm *norm)
{
    for (size_t i = 0; i < norm->provision_count; i++)
        labelled(t, &bl_word_original, bl_say_quote(t->v, t->page->quoter, norm->provisions[i]));
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

static void verdict_line(text_state *t)
{
    const bylaw_result *result = t->v->result;
    const size_t pending = total(result, BL_PENDING), waived = total(result, BL_WAIVED);
    bl_str line = begin(t), word = begin(t);

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
    put(t, 0, 2, &line);
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
static bylaw_str mode(text_state *t)
{
    bl_str out = begin(t);

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

static void what_line(text_state *t)
{
    const bylaw_result *r = t->v->result;
    const bl_set_result *only = NULL;
    const size_t n = governing(r, &only);
    const bylaw_str date =
        r->action->has_date ? bl_say_date(t->v, r->action->date) : BL_SAY0(t->v, no_date);
    const bylaw_str as_of = r->as_of_told
                                ? BL_SAYF(t->v, as_of, BL_TEXT("date", bl_say_date(t->v, r->as_of)))
                                : (bylaw_str){NULL, 0};
    bl_str line = begin(t);

    assert(only != NULL); /* what no set governs is told otherwise */
    bl_str_add(&line,
               bl_say(t->v, n == 1 ? &bl_word_head : &bl_word_head_many,
                      BL_ARGS(BL_TEXT("kind", capital(t->v, bl_say_label(t->v, r->kind->label))),
                              BL_TEXT("date", date), BL_TEXT("as_of", as_of),
                              BL_TEXT("title", bl_say_label(t->v, only->set->title)),
                              BL_INT("n", (int64_t)n), BL_TEXT("mode", mode(t)))));
    put(t, 2, 2, &line);
}

/* ---- findings ---- */

static bylaw_str line_number(text_state *t, const bl_msg *msg, bl_span span)
{
    return bl_say(t->v, msg, BL_ARGS(BL_INT("line", (int64_t)bl_line_of_span(span))));
}

/* 候选人张三、王五符合 */
static bylaw_str the_others(text_state *t, const bl_finding *whole)
{
    bylaw_str names[6];
    size_t n = 0;

    for (size_t i = 0; i < whole->element_count && n < 6; i++) {
        if (whole->elements[i].status == BL_SATISFIED && whole->elements[i].label.len > 0)
            names[n++] = bl_say_foreign(t->v, whole->elements[i].label);
    }
    if (n == 0)
        return (bylaw_str){NULL, 0};
    bl_str all = begin(t);

    if (t->v->lang == BYLAW_ZH)
        bl_str_add(&all, bl_say_each_label(t->v, whole->norm));
    bl_str_add(&all, bl_say_join(t->v, names, n, &bl_word_enum_comma));
    return BL_SAYF(t->v, element_fine, BL_TEXT("names", bl_str_taken(&all)));
}

/* One finding, or one element's, with its labelled lines. */
static void block(text_state *t, const bl_finding *whole, const bl_finding *f, bool last)
{
    bl_str found = begin(t);

    bl_str_add(&found, f == whole ? bl_say_found(t->v, f)
                                  : bl_say_element(t->v, whole, f, false, bl_say_found(t->v, f)));
    bl_str_add(&found, bl_say_due(t->v, f));
    if (f->status == BL_WAIVED)
        bl_str_add(&found, BL_SAY0(t->v, waived_so));
    else if (f->waiver != NULL && f->waiver->has_until)
        bl_str_add(&found, BL_SAYF(t->v, waiver_expired,
                                   BL_TEXT("date", bl_say_date(t->v, f->waiver->until))));
    head_line(t, bl_status_mark(f->status), bl_status_style(f->status), bl_say_cite(t->v, f->norm),
              bl_str_taken(&found));
    if (f->status == BL_WAIVED) {
        bl_str granted = begin(t);

        labelled(t, &bl_word_reason, bl_say_foreign(t->v, f->waiver->reason));
        bl_str_add(&granted, bl_say_foreign(t->v, f->waiver->by));
        if (f->waiver->has_until)
            bl_str_add(&granted, BL_SAYF(t->v, waived_until,
                                         BL_TEXT("date", bl_say_date(t->v, f->waiver->until))));
        labelled(t, &bl_word_granted, bl_str_taken(&granted));
        return;
    }
    labelled(t, &bl_word_requirement, bl_say_label(t->v, f->norm->says));
    quoted(t, f->norm);
    if (f->status == BL_PENDING)
        return;
    labelled(t, &bl_word_place, bl_say_places(t->v, f));
    labelled(t, &bl_word_to_do, bl_say_fix(t->v, f));
    if (f != whole && last)
        labelled(t, &bl_word_others, the_others(t, whole));
}

static void blocks(text_state *t, bl_status status)
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
static void declared_block(text_state *t)
{
    const bl_finding *f = bl_telling_finding(t->v->set->findings, t->v->set->finding_count);
    const bl_action *action = t->v->result->action;

    if (!t->v->set->declared_otherwise || action->declared != BL_DECLARED_REJECTED || f == NULL ||
        t->v->set->verdict == BYLAW_CAUTION)
        return;
    t->any_block = true;
    head_line(t, 'x', BL_RED, bl_say_cite(t->v, f->norm),
              bl_say_figures(t->v, f->figures, false, false));
    labelled(t, &bl_word_requirement, bl_say_label(t->v, f->norm->says));
    quoted(t, f->norm);
    labelled(t, &bl_word_place, bl_say_places(t->v, f));
    labelled(t, &bl_word_to_do, line_number(t, &bl_word_declare_adopted, action->declared_span));
}

/* ---- readings ---- */

/* 算：至少 4 票，通过；依据民法典第1259条 */
static bylaw_str option_line(text_state *t, const bl_option *option, const bl_finding *f,
                             bylaw_outcome outcome, bylaw_verdict verdict)
{
    bl_str line = begin(t), gives = begin(t);

    if (f != NULL && f->figures->need_known)
        bl_str_add(&gives, BL_SAYF(t->v, at_least,
                                   BL_TEXT("need", bl_say_units(t->v, &f->figures->count_sum,
                                                                f->figures->need)),
                                   BL_INT("need_n", f->figures->need)));
    if (gives.len > 0)
        bl_str_addz(&gives, bl_word_comma.in[t->v->lang]);
    bl_str_add(&gives, outcome != BYLAW_NO_OUTCOME && f != NULL ? bl_say_outcome(t->v, outcome)
                                                                : bl_say_verdict(t->v, verdict));
    bl_str_add(&line,
               BL_SAYF(t->v, option_gives, BL_TEXT("option", bl_say_label(t->v, option->label)),
                       BL_TEXT("figures", bl_str_taken(&gives)),
                       BL_TEXT("outcome", BYLAW_STR(""))));
    if (option->basis.in[t->v->lang].len > 0)
        bl_str_add(&line,
                   BL_SAYF(t->v, basis, BL_TEXT("basis", bl_say_label(t->v, option->basis))));
    return bl_str_taken(&line);
}

static const bl_finding *of_norm(const bl_finding *findings, size_t count, const bl_norm *norm)
{
    for (size_t i = 0; i < count; i++) {
        if (findings[i].norm == norm)
            return &findings[i];
    }
    return NULL;
}

/* The norm that the reading alters here: a threshold, else any that depends on it. */
static const bl_norm *altered_norm(const bl_set_result *r, const bl_alternative *a)
{
    const bl_finding *f = bl_altered_threshold(r, a);

    for (size_t i = 0; f == NULL && i < a->finding_count; i++) {
        const bl_finding *base = of_norm(r->findings, r->finding_count, a->findings[i].norm);

        if (base == NULL || base->status != a->findings[i].status)
            f = &a->findings[i];
    }
    return f != NULL ? f->norm : NULL;
}

static void reading_fix(text_state *t, const bl_finding *base, uint32_t reading)
{
    const bl_set_result *r = t->v->set;
    int64_t most = base != NULL && base->figures->need_known ? base->figures->need : 0;
    size_t ways = 1;
    bool reached = base != NULL && base->figures->need_known;

    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];
        const bl_finding *f =
            base != NULL ? of_norm(a->findings, a->finding_count, base->norm) : NULL;

        if (a->choice_count != 1 || a->choices[0].reading != reading || !a->weighed)
            continue;
        ways++;
        reached = reached && f != NULL && f->figures->need_known;
        if (reached && f->figures->need > most)
            most = f->figures->need;
    }
    if (!reached || !base->figures->count_known) {
        labelled(t, &bl_word_to_do, BL_SAY0(t->v, minute_it));
        return;
    }
    labelled(
        t, &bl_word_to_do,
        BL_SAYF(t->v, either_way,
                BL_TEXT("what", bl_say_sum_label(t->v, &base->figures->count_sum)),
                BL_TEXT("need", bl_say_units(t->v, &base->figures->count_sum, most)),
                BL_TEXT("need_en", bl_say_count_short(t->v, &base->figures->count_sum, most)),
                BL_TEXT("ways", ways == 2 ? BL_SAY0(t->v, two_ways) : BL_SAY0(t->v, all_ways))));
}

/* One reading whose options disagree on the conclusion. */
static void reading_block(text_state *t, uint32_t index, const bl_alternative *first)
{
    const bl_set_result *r = t->v->set;
    const bl_reading *reading = &r->set->readings[index];
    const bl_norm *norm = altered_norm(r, first);
    const bl_finding *base = norm != NULL ? of_norm(r->findings, r->finding_count, norm) : NULL;

    t->any_block = true;
    t->shown_cautioned +=
        base != NULL &&
        (base->status == BL_SATISFIED || base->status == BL_NOT_MET || base->status == BL_VIOLATED);
    head_line(t, '!', BL_YELLOW,
              norm != NULL ? bl_say_cite(t->v, norm)
                           : bl_say_cites(t->v, reading->provisions, reading->provision_count),
              bl_say_reading(t->v, reading));
    labelled(
        t, &bl_word_used,
        option_line(t, &reading->options[r->chosen[index]], base, r->outcome, r->base_verdict));
    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];

        if (a->choice_count == 1 && a->choices[0].reading == index && a->weighed && a->changes)
            labelled(t, &bl_word_other,
                     option_line(t, &reading->options[a->choices[0].option],
                                 norm != NULL ? of_norm(a->findings, a->finding_count, norm) : NULL,
                                 a->outcome, a->verdict));
    }
    reading_fix(t, base != NULL && base->figures->present ? base : NULL, index);
}

/* A section for each reading that makes the verdict a caution. true: there was one. */
static bool reading_blocks(text_state *t)
{
    const bl_set_result *r = t->v->set;
    uint64_t told = 0;

    if (r->verdict != BYLAW_CAUTION || r->firm)
        return false;
    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];
        const uint32_t index = a->choices[0].reading;

        if (a->choice_count != 1 || !a->weighed || !a->changes || (told >> index & 1))
            continue;
        told |= UINT64_C(1) << index;
        reading_block(t, index, a);
    }
    return told != 0;
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
static void missing_line(text_state *t, const bl_attr *attr)
{
    const bl_set_result *r = t->v->set;
    const bool is_fact = attr->slot >= BL_SLOT_FACTS && attr->slot < r->set->slot_count;
    const bl_fact *fact = is_fact ? &r->set->facts[attr->slot - BL_SLOT_FACTS] : NULL;
    const bl_span place = attr->slot == BL_SLOT_DATE ? t->v->result->action->date_span
                          : is_fact                  ? bl_said_key(r, attr->slot)
                                                     : BL_NO_SPAN;
    const bool has_line = place.source == t->v->result->action->source && place.source != NULL;
    bl_str line = begin(t);

    if (has_line)
        bl_str_add(&line, line_number(t, &bl_word_missing_line, place));
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
    put(t, t->indent + 2, t->indent + 4, &line);
}

static void missing_block(text_state *t)
{
    const bl_set_result *r = t->v->set;
    bl_attr date = {.slot = BL_SLOT_DATE};
    bool date_listed = false;

    for (size_t i = 0; i < r->missing_count; i++)
        date_listed = date_listed || r->missing[i]->slot == BL_SLOT_DATE;
    if (r->missing_count == 0 && !r->date_matters)
        return;
    bl_page_line(t->page, t->indent, t->indent, BL_SAY0(t->v, missing));
    if (r->date_matters && !date_listed)
        missing_line(t, &date);
    for (size_t i = 0; i < r->missing_count; i++)
        missing_line(t, r->missing[i]);
}

/* Duties that follow once it is known whether they do. */
static void next_block(text_state *t)
{
    for (size_t i = 0; i < t->v->set->finding_count; i++) {
        const bl_finding *f = &t->v->set->findings[i];
        bl_str line = begin(t);

        if (f->status != BL_UNDETERMINED_FINDING || !f->when_unknown || !f->norm->reads_outcome)
            continue;
        bl_str_add(&line, BL_SAYF(t->v, next, BL_TEXT("says", bl_say_label(t->v, f->norm->says)),
                                  BL_TEXT("cite", bl_say_cite(t->v, f->norm))));
        put(t, t->indent, t->indent, &line);
    }
}

/* A silence on which the outcome turns. */
static void gap_blocks(text_state *t)
{
    for (size_t i = 0; i < t->v->set->gap_count; i++) {
        const bl_gap *gap = t->v->set->gaps[i].gap;

        if (!t->v->set->gaps[i].decides)
            continue;
        t->any_block = true;
        head_line(t, '?', BL_BLUE,
                  gap->provision_count > 0 ? bl_say_provision(t->v, gap->provisions[0])
                                           : (bylaw_str){NULL, 0},
                  BL_SAYF(t->v, gap, BL_TEXT("says", bl_say_label(t->v, gap->says))));
        labelled(t, &bl_word_to_do, BL_SAY0(t->v, gap_fix));
    }
}

/* ---- what is in order, folded ---- */

static bylaw_str presumed_names(text_state *t, bool all, size_t *count)
{
    const bl_set_result *r = t->v->set;
    bl_str out = begin(t);

    *count = 0;
    for (size_t i = 0; i < r->presumed_count; i++) {
        const bl_fact *fact = &r->set->facts[r->presumed[i] - BL_SLOT_FACTS];

        if (!all && !fact->is_conduct)
            continue;
        if ((*count)++ > 0)
            bl_str_addz(&out, all ? bl_word_sep.in[t->v->lang] : bl_word_enum_comma.in[t->v->lang]);
        if (all)
            bl_str_add(&out,
                       BL_SAYF(t->v, presumed_value,
                               BL_TEXT("name", bl_say_label(t->v, fact->label)),
                               BL_TEXT("value", bl_say_value(t->v, fact->presumed, fact->slot))));
        else
            bl_str_add(&out, bl_say_label(t->v, fact->label));
    }
    return bl_str_taken(&out);
}

static void presumed_line(text_state *t, bl_str *line, bool all)
{
    size_t n = 0;
    const bylaw_str names = presumed_names(t, all, &n);

    if (n == 0)
        return;
    if (line->len > 0)
        bl_str_addz(line, bl_word_sep.in[t->v->lang]);
    bl_str_add(line, BL_SAYF(t->v, presumed, BL_INT("n", (int64_t)n), BL_TEXT("names", names)));
}

static void folded_line(text_state *t)
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
    bl_str line = begin(t);
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
    put(t, t->indent, t->indent, &line);
}

/* ---- every finding, -v ---- */

/* Why it does not apply, or what was found, with its line. */
static bylaw_str detail_of(text_state *t, const bl_finding *f)
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

static void all_findings(text_state *t)
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
        bl_str line = begin(t), cite = begin(t);

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
            put(t, t->indent, t->indent + 2, &line);
            bl_page_line(t->page, t->indent + 4, t->indent + 4, detail);
            continue;
        }
        bl_pad(&line, says, says_width);
        bl_str_addz(&line, "  ");
        bl_str_add(&line, detail);
        put(t, t->indent, t->indent + 2, &line);
    }
}

static void silent_gaps(text_state *t)
{
    bl_str line = begin(t);
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
    bl_str all = begin(t);

    bl_str_add(&all, BL_SAYF(t->v, silent, BL_TEXT("says", bl_str_taken(&line))));
    bl_str_addz(&all, bl_word_stop.in[t->v->lang]);
    put(t, t->indent, t->indent, &all);
}

/* ---- one set ---- */

static void result_line(text_state *t)
{
    const bylaw_str text = bl_say_result_line(t->v);

    if (text.len > 0)
        bl_page_line(t->page, t->indent, t->indent, text);
}

static void set_body(text_state *t, bool with_readings)
{
    bl_page_line_clashes(t->page, t->v, t->indent);
    const bool cautioned = reading_blocks(t);

    if (!cautioned || t->v->set->verdict == BYLAW_VIOLATION)
        blocks(t, BL_VIOLATED);
    declared_block(t);
    blocks(t, BL_DEPARTED);
    gap_blocks(t);
    blocks(t, BL_PENDING);
    blocks(t, BL_WAIVED);
    missing_block(t);
    next_block(t);
    if (t->verbosity > 0) {
        bl_str line = begin(t);

        all_findings(t);
        presumed_line(t, &line, true);
        if (line.len > 0) {
            bl_str_addz(&line, bl_word_stop.in[t->v->lang]);
            put(t, t->indent, t->indent, &line);
        }
    } else {
        folded_line(t);
    }
    if (with_readings && (!cautioned || t->v->set->verdict != BYLAW_CAUTION))
        bl_page_line(t->page, t->indent, t->indent, bl_say_readings_line(t->v, t->verbosity > 0));
    if (t->verbosity > 0) {
        if (t->v->set->remedy != NULL)
            bl_page_line(t->page, t->indent, t->indent, bl_say_whole_remedy(t->v));
        silent_gaps(t);
    }
    bl_text_grid(t->page, t->v, t->indent);
}

/* 按《联合体章程》通过；按《…》未通过。 */
static void joint_result(text_state *t)
{
    bl_str line = begin(t);
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
    put(t, 2, 2, &line);
}

/* The figures of a set among several, under its title. */
static void set_figures(text_state *t)
{
    const bl_finding *f = bl_telling_finding(t->v->set->findings, t->v->set->finding_count);
    bl_str line = begin(t);

    if (f == NULL || f->status == BL_VIOLATED)
        return;
    bl_str_add(&line, bl_say_figures(t->v, f->figures, true, true));
    if (line.len == 0)
        return;
    bl_str_addz(&line, bl_word_stop.in[t->v->lang]);
    put(t, t->indent, t->indent, &line);
}

static void several_sets(text_state *t)
{
    joint_result(t);
    for (size_t i = 0; i < t->v->result->set_count; i++) {
        text_state one = {.page = t->page, .v = t->v, .verbosity = t->verbosity, .indent = 2};
        bl_str line = begin(t), word = begin(t);

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
        put(t, 2, 4, &line);
        one.indent = 4;
        set_figures(&one);
        set_body(&one, !t->v->set->firm);
    }
    if (t->v->result->firm) {
        bl_str line = begin(t);

        bl_str_add(&line, BL_SAY0(t->v, readings_same));
        bl_str_addz(&line, bl_word_stop.in[t->v->lang]);
        put(t, 2, 2, &line);
    }
}

void bl_text_headline(bl_page *page, bl_voice *v)
{
    text_state t = {.page = page, .v = v, .indent = 2};

    verdict_line(&t);
}

void bl_text_single(bl_page *page, bl_voice *v, int verbosity)
{
    text_state t = {.page = page, .v = v, .verbosity = verbosity, .indent = 2};
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
