/* report/report.c: the public report: a format is a row of three functions: a result, what could
 * not be checked, the end. */
#include "report/json.h"
#include "report/writer.h"
#include "text/unicode.h"
#include "text/wrap.h"

bylaw_status bl_emit(bylaw_report *report, bl_str *text)
{
    bylaw_str out;
    bylaw_status status = bl_str_take(&out, text);

    /* A sentence that found no memory is missing from the text: nothing is told rather than less.
     */
    if (report->arena.failed || report->kept.failed)
        status = BYLAW_ENOMEM;
    if (status == BYLAW_OK && out.len > 0)
        status = report->options.write(report->options.context, out);
    bl_arena_reset(&report->arena);
    return status;
}

/* ---- text ---- */

bl_quoter bl_quoter_of(const bylaw_report *report)
{
    return (bl_quoter){report->options.quote, report->options.quote_context};
}

static size_t columns_of(const bylaw_report *report)
{
    return report->options.columns == 0   ? 80
           : report->options.columns < 40 ? 40
                                          : report->options.columns;
}

static bool wanted(const bylaw_report *report, bylaw_verdict verdict)
{
    return report->options.verbosity >= 0 ||
           (report->options.verbosity == -1 && verdict != BYLAW_COMPLIANT);
}

static bylaw_status add_single(bylaw_report *report, const bylaw_result *result)
{
    bl_page page = {.out = bl_str_init(&report->arena),
                    .columns = columns_of(report),
                    .color = report->options.color,
                    .quoter = bl_quoter_of(report)};

    if (!wanted(report, result->verdict) || result->verdict == BYLAW_NOT_GOVERNED)
        return BYLAW_OK;
    for (size_t i = 0; i < report->options.lang_count; i++) {
        bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i], .result = result};

        if (i > 0 && !report->options.headline)
            bl_str_addc(&page.out, '\n');
        if (report->options.headline)
            bl_text_headline(&page, &v);
        else
            bl_text_single(&page, &v, report->options.verbosity);
    }
    return bl_emit(report, &page.out);
}

static size_t verdict_width(const bl_voice *v, bylaw_verdict verdict)
{
    return bl_display_width(bl_say_verdict(v, verdict));
}

static void write_row(bl_page *page, const bl_voice *v, const bl_row *row, size_t width)
{
    bl_str line = bl_str_init(v->arena), word = bl_str_init(v->arena),
           padded = bl_str_init(v->arena);

    bl_str_addz(&word, bl_mark_text(bl_verdict_mark(row->verdict)));
    bl_str_addc(&word, ' ');
    bl_str_add(&word, bl_say_verdict(v, row->verdict));
    bl_add_padded(&padded, bl_str_view(&word), width + 2);
    bl_styled(&line, bl_verdict_style(row->verdict), bl_str_view(&padded));
    bl_str_addz(&line, "  ");
    bl_str_add(&line, row->line);
    bl_page_line(page, 0, 4, bl_str_view(&line));
    bl_str_add(&page->out, row->more);
}

static bool streams(const bylaw_report *report)
{
    return report->options.stream && report->options.lang_count == 1;
}

/* The gravest action so far is the one that the end speaks of. */
static bool note_worst(bylaw_report *report, const bylaw_result *result)
{
    const bl_voice v = {.arena = &report->arena, .lang = BYLAW_ZH, .result = result};

    if (report->any && result->verdict <= report->worst_verdict)
        return true;
    report->any = true;
    report->worst_verdict = result->verdict;
    return bl_arena_copy(&report->kept, &report->worst,
                         bl_action_name(&v, result->file_has_several));
}

/* The verdict column is as wide as the widest that may come. */
static bylaw_status stream_row(bylaw_report *report, const bylaw_result *result)
{
    bl_page page = {.out = bl_str_init(&report->arena),
                    .columns = columns_of(report),
                    .color = report->options.color};
    bl_voice v = {.arena = &report->arena, .lang = report->options.langs[0], .result = result};
    bl_row row = {.verdict = result->verdict};
    size_t width = 0;

    if (result->verdict == BYLAW_NOT_GOVERNED)
        return BYLAW_OK;
    if (!note_worst(report, result))
        return BYLAW_ENOMEM;
    if (wanted(report, result->verdict)) {
        bl_text_row(&row, &v, &report->arena, &page, result->file_has_several);
        for (int i = BYLAW_COMPLIANT; i < BYLAW_NOT_GOVERNED; i++) {
            const size_t w = verdict_width(&v, (bylaw_verdict)i);

            width = w > width ? w : width;
        }
        write_row(&page, &v, &row, width);
    }
    return bl_emit(report, &page.out);
}

/* Rows are kept until the end: the width of the verdict column is that of the widest. */
static bylaw_status add_row(bylaw_report *report, const bylaw_result *result)
{
    const bl_page like = {.columns = columns_of(report), .color = report->options.color};

    if (result->verdict == BYLAW_NOT_GOVERNED) /* told as a mistake, on the error stream */
        return BYLAW_OK;
    for (size_t i = 0; i < report->options.lang_count; i++) {
        bl_voice v = {.arena = &report->kept, .lang = report->options.langs[i], .result = result};
        bl_row row = {.verdict = result->verdict};

        bl_text_row(&row, &v, &report->kept, &like, result->file_has_several);
        if (!bl_vec_push(&report->kept, &report->rows[i], row))
            return BYLAW_ENOMEM;
    }
    const bool noted = note_worst(report, result);

    bl_arena_reset(&report->arena);
    return noted ? BYLAW_OK : BYLAW_ENOMEM;
}

static bylaw_status text_add(bylaw_report *report, const bylaw_result *result)
{
    report->written++;
    if (report->options.single)
        return add_single(report, result);
    if (report->options.headline)
        return BYLAW_OK;
    return streams(report) ? stream_row(report, result) : add_row(report, result);
}

/* The rows of the part stand behind those of the report, and so did its actions. */
static bool text_join(bylaw_report *report, const bylaw_report *part)
{
    for (size_t i = 0; i < report->options.lang_count; i++) {
        for (size_t k = 0; k < part->rows[i].count; k++) {
            bl_row row = {.verdict = part->rows[i].items[k].verdict};

            if (!bl_arena_copy(&report->kept, &row.line, part->rows[i].items[k].line) ||
                !bl_arena_copy(&report->kept, &row.more, part->rows[i].items[k].more) ||
                !bl_vec_push(&report->kept, &report->rows[i], row))
                return false;
        }
    }
    if (part->any && (!report->any || part->worst_verdict > report->worst_verdict)) {
        report->any = true;
        report->worst_verdict = part->worst_verdict;
        return bl_arena_copy(&report->kept, &report->worst, part->worst);
    }
    return true;
}

static bylaw_status text_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    (void)report;
    (void)file;
    (void)diags; /* text: on the error stream, by bylaw_diags_write */
    return BYLAW_OK;
}

static size_t widest(const bl_voice *v, const bl_row *rows, size_t count)
{
    size_t width = 0;

    for (size_t i = 0; i < count; i++) {
        const size_t w = verdict_width(v, rows[i].verdict);

        width = w > width ? w : width;
    }
    return width;
}

bylaw_str bl_say_total(const bl_voice *v, const bylaw_summary *summary)
{
    static const struct {
        bylaw_verdict verdict;
        const bl_msg *words;
    } parts[] = {
        {BYLAW_VIOLATION, &bl_word_total_violation},
        {BYLAW_UNDETERMINED, &bl_word_total_undetermined},
        {BYLAW_CAUTION, &bl_word_total_caution},
        {BYLAW_COMPLIANT, &bl_word_total_compliant},
    };
    bl_str line = bl_str_init(v->arena);
    size_t n = summary->failed + summary->verdicts[BYLAW_NOT_GOVERNED], said = 0;
    const size_t failed = n;

    for (size_t i = 0; i < 4; i++)
        n += summary->verdicts[parts[i].verdict];
    bl_str_add(&line, n > 0 ? BL_SAYF(v, total, BL_INT("n", (int64_t)n)) : BL_SAY0(v, total_none));
    for (size_t i = 0; i < 4; i++) {
        const size_t k = summary->verdicts[parts[i].verdict];

        if (k == 0)
            continue;
        if (said++ > 0)
            bl_str_addz(&line, bl_word_comma.in[v->lang]);
        bl_str_add(&line, bl_say(v, parts[i].words, BL_ARGS(BL_INT("n", (int64_t)k))));
    }
    if (failed > 0) {
        bl_str_addz(&line, said > 0 ? bl_word_comma.in[v->lang] : "");
        bl_str_add(&line, BL_SAYF(v, total_failed, BL_INT("n", (int64_t)failed)));
    }
    if (summary->accepted > 0) {
        bl_str_addz(&line, bl_word_sep.in[v->lang]);
        bl_str_add(&line, BL_SAYF(v, total_accepted, BL_INT("n", (int64_t)summary->accepted)));
    }
    bl_str_addz(&line, bl_word_stop.in[v->lang]);

    return bl_str_taken(&line);
}

static bylaw_status text_end(bylaw_report *report, const bylaw_summary *summary)
{
    bl_page page = {.out = bl_str_init(&report->arena),
                    .columns = columns_of(report),
                    .color = report->options.color};

    if (report->options.verbosity < -1)
        return BYLAW_OK;
    for (size_t i = 0;
         report->options.single && summary->accepted > 0 && i < report->options.lang_count; i++) {
        const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i]};
        bl_str line = bl_str_init(&report->arena);

        bl_str_add(&line, BL_SAYF(&v, total_accepted, BL_INT("n", (int64_t)summary->accepted)));
        bl_str_addz(&line, bl_word_stop.in[v.lang]);
        bl_page_line(&page, 0, 2, bl_str_view(&line));
    }
    for (size_t i = 0; !report->options.single && i < report->options.lang_count; i++) {
        const bl_voice v = {.arena = &report->arena, .lang = report->options.langs[i]};
        const size_t width = widest(&v, report->rows[i].items, report->rows[i].count);

        if (i > 0)
            bl_str_addc(&page.out, '\n');
        for (size_t k = 0; k < report->rows[i].count; k++) {
            if (wanted(report, report->rows[i].items[k].verdict))
                write_row(&page, &v, &report->rows[i].items[k], width);
        }
        bl_page_line(&page, 0, 2, bl_say_total(&v, summary));
        if (report->any && report->worst_verdict > BYLAW_COMPLIANT &&
            report->options.verbosity >= 0)
            bl_page_line(&page, 0, 2, BL_SAYF(&v, see_one, BL_TEXT("file", report->worst)));
    }
    return bl_emit(report, &page.out);
}

/* ---- json ---- */

static void json_head(bylaw_report *report, bl_str *out)
{
    if (report->open)
        return;
    report->open = true;
    bl_str_addz(out, "{\"schema_version\":1,\"bylaw\":\"");
    bl_str_addz(out, bylaw_version());
    bl_str_addz(out, "\",\"results\":[");
}

static bylaw_status json_add(bylaw_report *report, const bylaw_result *result)
{
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out, .quoter = bl_quoter_of(report)};

    json_head(report, &out);
    bl_str_addz(&out, report->written++ > 0 ? ",\n" : "\n");
    bl_json_result(&j, result, &report->arena);
    return bl_emit(report, &out);
}

/* Errors are an entry among the results: the order of the files is kept. */
static bylaw_status json_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};

    json_head(report, &out);
    bl_str_addz(&out, report->written++ > 0 ? ",\n" : "\n");
    bl_json_errors(&j, file, diags);
    return bl_emit(report, &out);
}

static void json_summary(bl_json *j, const bylaw_summary *summary)
{
    bl_json_open(j, "summary", '{');
    for (int i = 0; i <= BYLAW_NOT_GOVERNED; i++)
        bl_json_int(j, bylaw_verdict_name((bylaw_verdict)i), (int64_t)summary->verdicts[i]);
    bl_json_int(j, "failed", (int64_t)summary->failed);
    if (summary->accepted > 0)
        bl_json_int(j, "accepted", (int64_t)summary->accepted);
    bl_json_close(j, '}');
}

static bylaw_status json_end(bylaw_report *report, const bylaw_summary *summary)
{
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};

    json_head(report, &out);
    bl_str_addz(&out, "\n]");
    j.comma = true;
    json_summary(&j, summary);
    bl_str_addz(&out, "}\n");
    return bl_emit(report, &out);
}

static bylaw_status jsonl_add(bylaw_report *report, const bylaw_result *result)
{
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out, .quoter = bl_quoter_of(report)};

    bl_json_result(&j, result, &report->arena);
    bl_str_addc(&out, '\n');
    return bl_emit(report, &out);
}

static bylaw_status jsonl_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    bl_str out = bl_str_init(&report->arena);
    bl_json j = {.out = &out};

    bl_json_errors(&j, file, diags);
    bl_str_addc(&out, '\n');
    return bl_emit(report, &out);
}

bylaw_status bl_nothing_at_end(bylaw_report *report, const bylaw_summary *summary)
{
    (void)report;
    (void)summary;
    return BYLAW_OK;
}

bool bl_nothing_to_join(bylaw_report *report, const bylaw_report *part)
{
    (void)report;
    (void)part;
    return true;
}

static bylaw_status template_add(bylaw_report *report, const bylaw_result *result)
{
    bl_str out = bl_str_init(&report->arena);

    bl_template_write(&out, &report->template_, result);
    return bl_emit(report, &out);
}

/* ---- the table ---- */

static const bl_writer writer_text = {"text", text_add, text_errors, text_end, text_join};
static const bl_writer writer_json = {"json", json_add, json_errors, json_end, NULL};
static const bl_writer writer_jsonl = {"jsonl", jsonl_add, jsonl_errors, bl_nothing_at_end,
                                       bl_nothing_to_join};
static const bl_writer writer_template = {"template", template_add, text_errors, bl_nothing_at_end,
                                          bl_nothing_to_join};

static const bl_writer *const writers[BYLAW_REPORT_FORMATS] = {
    [BYLAW_REPORT_TEXT] = &writer_text,
    [BYLAW_REPORT_JSON] = &writer_json,
    [BYLAW_REPORT_JSONL] = &writer_jsonl,
    [BYLAW_REPORT_SARIF] = &bl_writer_sarif,
    [BYLAW_REPORT_JUNIT] = &bl_writer_junit,
    [BYLAW_REPORT_TAP] = &bl_writer_tap,
    [BYLAW_REPORT_GITHUB] = &bl_writer_github,
    [BYLAW_REPORT_GITLAB] = &bl_writer_gitlab,
    [BYLAW_REPORT_MARKDOWN] = &bl_writer_markdown,
    [BYLAW_REPORT_HTML] = &bl_writer_html,
    [BYLAW_REPORT_COMPACT] = &bl_writer_compact,
    [BYLAW_REPORT_TEMPLATE] = &writer_template,
    [BYLAW_REPORT_JUNIT_STRICT] = &bl_writer_junit_strict,
};

bool bylaw_report_format_named(bylaw_report_format *out, bylaw_str name)
{
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        if (bl_str_is(name, writers[i]->name)) {
            *out = (bylaw_report_format)i;
            return true;
        }
    }
    return false;
}

const char *bylaw_report_format_name(bylaw_report_format format)
{
    return writers[format]->name;
}

bool bylaw_report_format_joins(bylaw_report_format format)
{
    return writers[format]->join != NULL;
}

/* As nothing had been told yet. */
static void start(bylaw_report *report)
{
    report->fingerprints = bl_map_init(&report->kept);
    report->rules = bl_map_init(&report->kept);
    for (size_t i = 0; i < BYLAW_LANGS; i++) {
        report->bodies[i] = report->contents[i] = bl_str_init(&report->kept);
        report->rows[i].items = NULL;
        report->rows[i].count = report->rows[i].room = 0;
    }
    report->style = bl_str_init(&report->kept);
    report->lines.items = NULL;
    report->lines.count = report->lines.room = 0;
    report->last_file = report->worst = (bylaw_str){NULL, 0};
    report->in_file = report->written = 0;
    report->open = report->any = false;
}

bylaw_status bylaw_report_new(bylaw_report **out, const bylaw_report_options *options,
                              const bylaw_allocator *allocator)
{
    bylaw_report *report;

    if (options->lang_count == 0 || options->lang_count > BYLAW_LANGS)
        return BYLAW_EDOMAIN;
    report = bl_new(allocator, sizeof *report);
    if (report == NULL)
        return BYLAW_ENOMEM;
    report->allocator = bl_allocator_or_default(allocator);
    report->options = *options;
    bl_arena_init(&report->arena, allocator);
    bl_arena_init(&report->kept, allocator);
    bl_arena_init(&report->own, allocator);
    start(report);
    if (options->format == BYLAW_REPORT_TEMPLATE &&
        !bl_template_read(&report->template_, options->template_text, &report->own)) {
        bylaw_report_free(report);
        return BYLAW_ENOMEM;
    }
    *out = report;
    return BYLAW_OK;
}

void bylaw_report_free(bylaw_report *report)
{
    if (report == NULL)
        return;
    const bylaw_allocator allocator = report->allocator;

    bl_arena_dispose(&report->arena);
    bl_arena_dispose(&report->kept);
    bl_arena_dispose(&report->own);
    bl_free(&allocator, report, sizeof *report);
}

/* Rows and files are kept until the end: what is missing in them is known here. */
static bylaw_status whole(const bylaw_report *report, bylaw_status status)
{
    return report->arena.failed || report->kept.failed ? BYLAW_ENOMEM : status;
}

bylaw_status bylaw_report_add(bylaw_report *report, const bylaw_result *result)
{
    if (result->brief && report->options.format != BYLAW_REPORT_TEMPLATE)
        return BYLAW_EDOMAIN;
    return whole(report, writers[report->options.format]->add(report, result));
}

bylaw_status bylaw_report_add_errors(bylaw_report *report, bylaw_str file, const bylaw_diags *diags)
{
    return whole(report, writers[report->options.format]->errors(report, file, diags));
}

bylaw_status bylaw_report_end(bylaw_report *report, const bylaw_summary *summary)
{
    return whole(report, writers[report->options.format]->end(report, summary));
}

bylaw_status bylaw_report_join(bylaw_report *report, bylaw_report *part)
{
    const bl_writer *writer = writers[report->options.format];

    if (writer->join == NULL || part->options.format != report->options.format ||
        part->options.lang_count != report->options.lang_count)
        return BYLAW_EDOMAIN;
    if (!writer->join(report, part))
        return BYLAW_ENOMEM;
    bl_arena_reset(&part->kept);
    start(part);
    return whole(report, BYLAW_OK);
}
