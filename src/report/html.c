/* report/html.c: the page for the minutes: one self-contained file without script or web font, to
 * be printed. One page an action; before several, a table of them. Every line of the file begins
 * with a tag, none with foreign text. */
#include "report/html_head.h"
#include "report/issues.h"

#include "base/hash.h"

#define MOST_CELLS 60 /* above that the figures alone */

static void text(bl_str *out, bylaw_str foreign)
{
    bl_escape_add(out, BL_ESCAPE_XML, foreign);
}

static void element(bl_str *out, const char *tag, bylaw_str content)
{
    bl_str_addf(out, "<%s>", tag);
    text(out, content);
    bl_str_addf(out, "</%s>\n", tag);
}

/* ---- the head: whose rules, what, when, the verdict in a box ---- */

static const bl_set_result *first_governing(const bylaw_result *result)
{
    for (size_t i = 0; i < result->set_count; i++) {
        if (result->sets[i].governed)
            return &result->sets[i];
    }
    return NULL;
}

static bylaw_str kind_of(const bl_voice *v)
{
    return bl_say_label(v, v->result->kind->label);
}

/* English headings begin with a capital. */
static bylaw_str capital(const bl_voice *v, bylaw_str said)
{
    bl_str out = bl_str_init(v->arena);
    bylaw_str made = said;

    if (said.len == 0 || said.ptr[0] < 'a' || said.ptr[0] > 'z')
        return said;
    bl_str_addc(&out, (char)(said.ptr[0] - 'a' + 'A'));
    bl_str_add(&out, bl_str_slice(said, 1, said.len));
    return bl_str_take(&made, &out) == BYLAW_OK ? made : said;
}

static void page_head(bl_str *out, const bl_voice *v)
{
    const bl_set_result *set = first_governing(v->result);
    const bl_action *action = v->result->action;

    bl_str_addz(out, "<div class=\"head\"><span>");
    if (set != NULL)
        text(out, bl_say_label(v, set->set->title));
    bl_str_addz(out, "</span><span>");
    text(out, capital(v, BL_SAY0(v, form)));
    bl_str_addz(out, "</span></div>\n<div class=\"title\"><h1>");
    text(out, action->title.len > 0 ? bl_say_foreign(v, action->title) : capital(v, kind_of(v)));
    bl_str_addz(out, "</h1><span>");
    if (action->title.len > 0) {
        text(out, kind_of(v));
        bl_str_addz(out, bl_word_comma.in[v->lang]);
    }
    text(out, action->has_date ? bl_say_date(v, action->date) : BL_SAY0(v, no_date));
    if (v->result->as_of_told)
        text(out, BL_SAYF(v, as_of, BL_TEXT("date", bl_say_date(v, v->result->as_of))));
    if (v->result->strict)
        text(out, BL_SAY0(v, strict));
    if (v->result->partial)
        text(out, BL_SAY0(v, partial));
    bl_str_addz(out, "</span></div>\n");
}

/* The sentence for the hall; a lost vote's figures belong to it here. */
static void result_sentence(bl_str *out, bl_voice *v)
{
    const bl_finding *f = bl_telling_finding(v->set->findings, v->set->finding_count);
    const bylaw_str line = bl_say_result_line(v);

    bl_str_addz(out, "<p>");
    if (v->result->set_count > 1) {
        text(out, BL_SAYF(v, title, BL_TEXT("title", bl_say_label(v, v->set->set->title))));
        bl_str_addz(out, line.len > 0 ? bl_word_colon.in[v->lang] : "");
    }
    text(out, line);
    if (f != NULL && f->status == BL_VIOLATED) {
        bl_str_addz(out, v->lang == BYLAW_EN ? " " : "");
        text(out, bl_say_figures(v, f->figures, true, true));
        bl_str_addz(out, bl_word_stop.in[v->lang]);
    }
    bl_str_addz(out, "</p>\n");
}

/* 换用其他理解，结论不变。 */
static bylaw_str same_line(const bl_voice *v)
{
    bl_str line = bl_str_init(v->arena);

    bl_str_add(&line, BL_SAY0(v, readings_same));
    bl_str_addz(&line, bl_word_stop.in[v->lang]);
    return bl_str_view(&line);
}

static bool says_same(const bl_voice *v)
{
    bool any = false;

    for (size_t i = 0; i < v->result->set_count; i++)
        any = any || (v->result->sets[i].governed && v->result->sets[i].alternative_count > 0);
    return any && v->result->firm && v->result->verdict != BYLAW_UNDETERMINED;
}

static void box(bl_str *out, bl_voice *v)
{
    const bylaw_verdict verdict = v->result->verdict;

    bl_str_addf(out, "<div class=\"box %s\"><p class=\"verdict\">%s ", bylaw_verdict_name(verdict),
                bl_mark_text(bl_verdict_mark(verdict)));
    text(out, capital(v, bl_say_verdict(v, verdict)));
    bl_str_addz(out, "</p>\n");
    for (size_t i = 0; i < v->result->set_count; i++) {
        v->set = &v->result->sets[i];
        if (v->set->governed)
            result_sentence(out, v);
    }
    if (says_same(v))
        element(out, "p", same_line(v));
    bl_str_addz(out, "</div>\n");
}

/* One cell a vote, up to the base; a line where the need is. */
static void bar(bl_str *out, bl_voice *v)
{
    const bl_finding *f = bl_telling_finding(v->set->findings, v->set->finding_count);

    if (f == NULL || !f->figures->count_known || !f->figures->need_known)
        return;
    const bl_figures *n = f->figures;
    const int64_t cells = n->base_known && n->base > n->need ? n->base : n->need;
    const int64_t all = cells > n->count ? cells : n->count;

    bl_str_addz(out, "<div class=\"bar\"><span>");
    text(out, bl_say_count(v, &n->count_sum, n->count));
    bl_str_addz(out, "</span>");
    if (all <= MOST_CELLS && n->count >= 0 && n->need >= 0) {
        bl_str_addz(out, "<span class=\"cells\" aria-hidden=\"true\">");
        for (int64_t i = 0; i < all; i++) {
            bl_str_addz(out, i == n->need ? "<i class=\"need\"></i>" : "");
            bl_str_addz(out, i < n->count ? "<i class=\"on\"></i>" : "<i></i>");
        }
        bl_str_addz(out, all == n->need ? "<i class=\"need\"></i></span>" : "</span>");
    }
    bl_str_addz(out, "<span>");
    text(out, BL_SAYF(v, need_here, BL_TEXT("need", bl_say_units(v, &n->count_sum, n->need))));
    bl_str_addz(out, "</span>");
    if (n->has_base && n->base_known) {
        bl_str_addz(out, "<span>");
        text(out, bl_say_base(v, &n->base_sum, n->base));
        bl_str_addz(out, "</span>");
    }
    bl_str_addz(out, "</div>\n");
}

/* ---- sections ---- */

typedef struct sections {
    bl_str *out;
    bl_voice *v;
    bl_issues issues;
    bl_quoter quoter;
    size_t number; /* of the last heading: empty sections are left out */
} sections;

static void heading(sections *s, const bl_msg *words)
{
    static const char *const numbers[] = {"一、", "二、", "三、", "四、", "五、", "六、"};

    s->number++;
    bl_str_addz(s->out, "<h2>");
    if (s->v->lang == BYLAW_ZH)
        bl_str_addz(s->out, numbers[s->number - 1]);
    else
        bl_str_addf(s->out, "%zu. ", s->number);
    text(s->out, bl_say(s->v, words, NULL, 0));
    bl_str_addz(s->out, "</h2>\n");
}

static void labelled(sections *s, const bl_msg *label, bylaw_str content)
{
    if (content.len == 0)
        return;
    bl_str_addz(s->out, "<dt>");
    text(s->out, bl_say(s->v, label, NULL, 0));
    bl_str_addz(s->out, "</dt><dd>");
    text(s->out, content);
    bl_str_addz(s->out, "</dd>\n");
}

static void waiver_lines(sections *s, const bl_waiver *waiver)
{
    bl_str granted = bl_str_init(s->v->arena);

    bl_str_add(&granted, bl_say_foreign(s->v, waiver->by));
    if (waiver->has_until)
        bl_str_add(&granted,
                   BL_SAYF(s->v, waived_until, BL_TEXT("date", bl_say_date(s->v, waiver->until))));
    labelled(s, &bl_word_reason, bl_say_foreign(s->v, waiver->reason));
    labelled(s, &bl_word_granted, bl_str_view(&granted));
}

/* The provisions word for word, where their document is at hand. */
static void quotes(sections *s, const bl_norm *norm)
{
    for (size_t i = 0; i < norm->provision_count; i++)
        labelled(s, &bl_word_original, bl_say_quote(s->v, s->quoter, norm->provisions[i]));
}

static void missing_list(sections *s)
{
    const bl_set_result *r = s->v->set;

    for (size_t i = 0; i < r->missing_count; i++)
        element(s->out, "dd", bl_say_attr(s->v, r->missing[i]));
}

static void finding(sections *s, const bl_issue *issue)
{
    static const char marks[] = {'x', 'x', '?', '?', '?', '!', '~', '>', '/', '-'};

    s->v->set = issue->set;
    bl_str_addf(s->out, "<div class=\"finding\"><h3>%s ",
                bl_mark_text(issue->accepted ? '/' : marks[issue->kind]));
    text(s->out, issue->cite);
    bl_str_addz(s->out, issue->cite.len > 0 ? "　" : "");
    text(s->out, issue->kind == BL_ISSUE_MISSING ? BL_SAY0(s->v, missing) : issue->text);
    if (issue->kind == BL_ISSUE_MISSING && issue->accepted)
        text(s->out, BL_SAY0(s->v, accepted_so));
    bl_str_addz(s->out, "</h3>\n<dl>");
    if (issue->kind == BL_ISSUE_MISSING) {
        missing_list(s);
    } else if (issue->kind == BL_ISSUE_WAIVED) {
        waiver_lines(s, issue->finding->waiver);
    } else if (issue->finding != NULL) {
        labelled(s, &bl_word_requirement, issue->rule);
        quotes(s, issue->finding->norm);
        labelled(s, &bl_word_place, bl_say_places(s->v, issue->finding));
        if (issue->kind == BL_ISSUE_VIOLATED || issue->kind == BL_ISSUE_DEPARTED)
            labelled(s, &bl_word_to_do, bl_say_fix(s->v, issue->finding));
    } else if (issue->kind == BL_ISSUE_CLASH) {
        labelled(s, &bl_word_to_do, issue->rule);
    } else if (issue->kind == BL_ISSUE_GAP) {
        labelled(s, &bl_word_to_do, BL_SAY0(s->v, gap_fix));
    } else if (issue->kind == BL_ISSUE_READING) {
        labelled(s, &bl_word_requirement, issue->rule);
        labelled(s, &bl_word_to_do, BL_SAY0(s->v, minute_it));
    }
    bl_str_addz(s->out, "</dl></div>\n");
}

/* The entries of those kinds, under one heading. */
static void part(sections *s, const bl_msg *words, bl_issue_kind from, bl_issue_kind to)
{
    size_t told = 0;

    for (size_t i = 0; i < s->issues.count; i++) {
        const bl_issue *issue = &s->issues.items[i];

        if (issue->kind < from || issue->kind > to)
            continue;
        if (told++ == 0)
            heading(s, words);
        finding(s, issue);
    }
}

/* What other readings would give is said even where nothing else is to be noted. */
static void notes(sections *s)
{
    const size_t before = s->number;

    part(s, &bl_word_to_note, BL_ISSUE_READING, BL_ISSUE_WAIVED);
    for (size_t i = 0; i < s->v->result->set_count; i++) {
        s->v->set = &s->v->result->sets[i];
        if (!s->v->set->governed || s->v->set->alternative_count == 0)
            continue;
        const bylaw_str line = bl_say_readings_line(s->v, true);

        if (line.len == 0 || bl_str_equal(line, same_line(s->v))) /* the box says so */
            continue;
        if (s->number == before)
            heading(s, &bl_word_to_note);
        element(s->out, "p", line);
    }
}

static void in_order(sections *s)
{
    size_t told = 0;

    for (size_t i = 0; i < s->issues.count; i++) {
        const bl_issue *issue = &s->issues.items[i];

        if (issue->kind != BL_ISSUE_SATISFIED && issue->kind != BL_ISSUE_NOT_MET)
            continue;
        if (told++ == 0) {
            heading(s, &bl_word_in_order);
            bl_str_addz(s->out, "<dl class=\"met\">\n");
        }
        bl_str_addz(s->out, "<dt>");
        text(s->out, issue->cite);
        bl_str_addz(s->out, "</dt><dd>");
        text(s->out, issue->rule);
        if (issue->finding->figures->present || issue->kind == BL_ISSUE_NOT_MET) {
            bl_str_addz(s->out, bl_word_sep.in[s->v->lang]);
            text(s->out, issue->text);
        }
        bl_str_addz(s->out, "</dd>\n");
    }
    bl_str_addz(s->out, told > 0 ? "</dl>\n" : "");
}

static void silences(sections *s)
{
    bl_str line = bl_str_init(s->v->arena);

    for (size_t i = 0; i < s->v->result->set_count; i++) {
        const bl_set_result *r = &s->v->result->sets[i];

        for (size_t k = 0; r->governed && k < r->gap_count; k++) {
            if (r->gaps[k].decides)
                continue;
            bl_str_addz(&line, line.len > 0 ? bl_word_sep.in[s->v->lang] : "");
            bl_str_add(&line, bl_say_label(s->v, r->gaps[k].gap->says));
        }
    }
    if (line.len == 0)
        return;
    heading(s, &bl_word_gaps_here);
    bl_str_addz(&line, bl_word_stop.in[s->v->lang]);
    element(s->out, "p", capital(s->v, bl_str_view(&line)));
}

/* ---- what it rests on ---- */

static bylaw_str origin_of(const bl_voice *v, uint32_t slot)
{
    const bl_span at = bl_said_at(v->set, slot);
    const bl_span span = at.source != NULL ? at : bl_said_key(v->set, slot);
    const int64_t line = (int64_t)bl_line_of_span(span);

    switch (v->set->origins[slot]) {
    case BL_FROM_REGISTER:
        if (span.source != NULL)
            return BL_SAYF(v, by_register, BL_TEXT("file", bl_say_foreign(v, span.source->name)),
                           BL_INT("line", line));
        break;
    case BL_FROM_OPTION:
        return BL_SAY0(v, by_option);
    case BL_FROM_DERIVATION:
        return BL_SAY0(v, by_derivation);
    case BL_FROM_PRESUMPTION:
        return BL_SAY0(v, presumed_so);
    default:
        break;
    }
    return line > 0 ? BL_SAYF(v, missing_line, BL_INT("line", line)) : (bylaw_str){NULL, 0};
}

static bool rests_on(const bl_set_result *r, uint32_t slot)
{
    const bl_origin origin = r->origins[slot];

    for (size_t i = 0; i < r->presumed_count; i++) {
        if (r->presumed[i] == slot)
            return true;
    }
    return origin == BL_FROM_ACTION || origin == BL_FROM_REGISTER || origin == BL_FROM_OPTION ||
           origin == BL_IMPOSSIBLE;
}

static void facts(sections *s)
{
    const bl_set_result *r = s->v->set = first_governing(s->v->result);
    size_t told = 0;

    for (size_t i = 0; r != NULL && i < r->set->fact_count; i++) {
        const uint32_t slot = r->set->facts[i].slot;

        if (!rests_on(r, slot))
            continue;
        if (told++ == 0) {
            heading(s, &bl_word_based_on);
            bl_str_addz(s->out, "<table><tr><th>");
            text(s->out, BL_SAY0(s->v, entry));
            bl_str_addz(s->out, "</th><th>");
            text(s->out, BL_SAY0(s->v, value));
            bl_str_addz(s->out, "</th><th>");
            text(s->out, BL_SAY0(s->v, source));
            bl_str_addz(s->out, "</th></tr>\n");
        }
        bl_str_addz(s->out, r->origins[slot] == BL_FROM_PRESUMPTION ? "<tr class=\"presumed\"><td>"
                                                                    : "<tr><td>");
        text(s->out, bl_say_fact_label(s->v, slot));
        bl_str_addz(s->out, "</td><td>");
        text(s->out, bl_say_value(s->v, r->slots[slot], slot));
        bl_str_addz(s->out, "</td><td>");
        text(s->out, origin_of(s->v, slot));
        bl_str_addz(s->out, "</td></tr>\n");
    }
    bl_str_addz(s->out, told > 0 ? "</table>\n" : "");
}

static void signatures(bl_str *out, const bl_voice *v)
{
    static const bl_msg *const who[] = {&bl_word_sign_chair, &bl_word_sign_teller,
                                        &bl_word_sign_secretary, &bl_word_sign_date};

    bl_str_addz(out, "<div class=\"sign\">");
    for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
        bl_str_addz(out, "<span>");
        text(out, bl_say(v, who[i], NULL, 0));
        bl_str_addz(out, "</span>");
    }
    bl_str_addz(out, "</div>\n");
}

/* Hashes of file and rules, versions: so that the page can be made again and compared. */
static void foot(bl_str *out, const bl_voice *v)
{
    const bl_source *source = v->result->action->source;
    char hex[BL_SHA256_HEX];

    if (!bl_source_digest(source, hex)) {
        out->arena->failed = true; /* the file is not written */
        return;
    }
    bl_str_addz(out, "<div class=\"foot\"><span>");
    text(out, source->name);
    if (v->result->file_has_several)
        bl_str_addf(out, ":%zu", v->result->action->line);
    bl_str_addf(out, " %.8s</span>", hex);
    for (size_t i = 0; i < v->result->set_count; i++) {
        const bylaw_ruleset *set = v->result->sets[i].set;

        bl_str_addz(out, "<span>");
        text(out, set->id);
        bl_str_addc(out, ' ');
        if (set->from != INT64_MIN) {
            bl_str_add(out, bl_say_date(v, set->from));
            bl_str_addc(out, ' ');
        }
        bl_str_add(out, bl_str_slice(set->sha256, 0, 8));
        bl_str_addz(out, "</span>");
    }
    bl_str_addf(out, "<span>bylaw %s</span></div>\n", bylaw_version());
}

/* Where the page of an action begins, by number. */
static const char *const anchors[BYLAW_LANGS] = {"zh-", "en-"};

static void page(bl_str *out, bl_voice *v, bl_quoter quoter, size_t number)
{
    sections s = {.out = out, .v = v, .issues = bl_issues_of(v, true), .quoter = quoter};

    bl_str_addf(out, "<section class=\"p%zu\" id=\"%s%zu\">\n", number, anchors[v->lang], number);
    page_head(out, v);
    box(out, v);
    if ((v->set = first_governing(v->result)) != NULL)
        bar(out, v);
    part(&s, &bl_word_to_handle, BL_ISSUE_VIOLATED, BL_ISSUE_MISSING);
    part(&s, &bl_word_to_handle, BL_ISSUE_NOT_GOVERNED, BL_ISSUE_NOT_GOVERNED);
    notes(&s);
    in_order(&s);
    silences(&s);
    facts(&s);
    signatures(out, v);
    foot(out, v);
    bl_str_addz(out, "</section>\n");
    out->failed = out->failed || s.issues.failed;
}

/* ---- the file ---- */

/* The name as a CSS string: what is not plain is written as its code point. */
static void css_string(bl_str *out, bylaw_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        const unsigned char c = (unsigned char)name.ptr[i];

        if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0x7F)
            bl_str_addf(out, "\\%x ", c);
        else
            bl_str_addc(out, (char)c);
    }
}

static void contents_row(bl_str *out, const bl_voice *v, size_t number)
{
    bl_str_addf(out, "<tr><td>%zu</td><td><a href=\"#%s%zu\">", number, anchors[v->lang], number);
    text(out, v->result->action->title.len > 0 ? bl_say_foreign(v, v->result->action->title)
                                               : kind_of(v));
    bl_str_addz(out, "</a></td><td>");
    text(out, bl_action_name(v, v->result->file_has_several));
    bl_str_addz(out, "</td><td>");
    if (v->result->outcome != BYLAW_NO_OUTCOME && v->result->verdict != BYLAW_NOT_GOVERNED)
        text(out, bl_say_outcome(v, v->result->outcome));
    bl_str_addf(out, "</td><td class=\"tone %s\">%s ", bylaw_verdict_name(v->result->verdict),
                bl_mark_text(bl_verdict_mark(v->result->verdict)));
    text(out, bl_say_verdict(v, v->result->verdict));
    bl_str_addz(out, "</td></tr>\n");
}

static bylaw_status finish_call(bylaw_report *report)
{
    bool failed = report->style.failed;

    for (size_t i = 0; i < report->options.lang_count; i++)
        failed = failed || report->bodies[i].failed || report->contents[i].failed;
    bl_arena_reset(&report->arena);
    return failed ? BYLAW_ENOMEM : BYLAW_OK;
}

static bylaw_status html_add(bylaw_report *report, const bylaw_result *result)
{
    const size_t number = ++report->written;

    bl_str_addf(&report->style, ".p%zu{page:p%zu}@page p%zu{@bottom-left{content:\"", number,
                number, number);
    css_string(&report->style, result->action->source->name);
    bl_str_addz(&report->style, "\";font:9pt serif}}\n");
    for (size_t i = 0; i < report->options.lang_count; i++) {
        bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i], .result = result};

        contents_row(&report->contents[i], &v, number);
        page(&report->bodies[i], &v, bl_quoter_of(report), number);
    }
    return finish_call(report);
}

static bylaw_status html_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    const size_t number = ++report->written;

    for (size_t i = 0; i < report->options.lang_count; i++) {
        const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i]};
        bl_str *out = &report->bodies[i];

        bl_str_addz(out, "<section>\n<div class=\"box not-governed\"><p class=\"verdict\">");
        text(out, BL_SAY0(&v, error));
        bl_str_addz(out, "</p><p>");
        text(out, file);
        bl_str_addz(out, "</p></div>\n<ul>");
        for (size_t k = 0; k < bylaw_diags_count(diags); k++) {
            const bylaw_diag *d = bylaw_diags_get(diags, k);

            bl_str_addf(out, "<li>%zu:%zu ", d->line, d->column);
            text(out, d->message.in[v.lang]);
            bl_str_addz(out, "</li>\n");
        }
        bl_str_addz(out, "</ul></section>\n");
        bl_str_addf(&report->contents[i], "<tr><td>%zu</td><td></td><td>", number);
        text(&report->contents[i], file);
        bl_str_addz(&report->contents[i], "</td><td></td><td>");
        text(&report->contents[i], BL_SAY0(&v, error));
        bl_str_addz(&report->contents[i], "</td></tr>\n");
    }
    return finish_call(report);
}

static void file_head(bylaw_report *report, bl_str *out)
{
    const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0]};

    bl_html_head(out, v.lang, BL_SAY0(&v, form), bl_str_view(&report->style));
}

static void contents(bylaw_report *report, bl_str *out, size_t i, const bylaw_summary *summary)
{
    static const bl_msg *const columns[] = {&bl_word_number, &bl_word_motion, &bl_word_source,
                                            &bl_word_outcome_word, &bl_word_verdict_word};
    const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i]};

    bl_str_addz(out, "<section>\n<h1>");
    text(out, BL_SAY0(&v, form));
    bl_str_addz(out, "</h1>\n");
    element(out, "p", bl_say_total(&v, summary));
    bl_str_addz(out, "<table class=\"contents\"><tr>");
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
        bl_str_addz(out, "<th>");
        text(out, bl_say(&v, columns[k], NULL, 0));
        bl_str_addz(out, "</th>");
    }
    bl_str_addz(out, "</tr>\n");
    bl_str_add(out, bl_str_view(&report->contents[i]));
    bl_str_addz(out, "</table></section>\n");
}

static bylaw_status html_end(bylaw_report *report, const bylaw_summary *summary)
{
    bl_str out = bl_str_init(&report->arena);

    file_head(report, &out);
    for (size_t i = 0; i < report->options.lang_count; i++) {
        bl_str_addz(&out, report->options.langs[i] == BYLAW_ZH ? "<div lang=\"zh-CN\">\n"
                                                               : "<div lang=\"en\">\n");
        if (report->written != 1)
            contents(report, &out, i, summary);
        bl_str_add(&out, bl_str_view(&report->bodies[i]));
        bl_str_addz(&out, "</div>\n");
    }
    bl_html_end(&out);
    return bl_emit(report, &out);
}

const bl_writer bl_writer_html = {"html", html_add, html_errors, html_end, NULL};
