/* check_reports.c: telling what a check comes to: the reports of a run and of its lanes, the
 * mistakes, and the exit code. */
#define _POSIX_C_SOURCE 200809L /* fseeko */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#define MOST_KEPT                                                                                  \
    ((size_t)1 << 20) /* what a lane keeps of its output before it waits for its turn */

/* ---- opening ---- */

static size_t wanted_reports(const check_run *r)
{
    const size_t n = r->c->options.formats.count;

    return n == 0 ? 1 : n < MAX_REPORTS ? n : MAX_REPORTS;
}

/* The options of the i-th report; without -f, text. */
static bool options_of(const check_run *r, size_t i, bylaw_report_options *out)
{
    const cli_options *o = &r->c->options;

    *out = (bylaw_report_options){.langs = o->langs,
                                  .lang_count = o->lang_count,
                                  .verbosity = o->verbosity,
                                  .columns = r->c->columns,
                                  .single = r->single,
                                  .stream = r->has_lines,
                                  .fail_on = r->fail_on,
                                  .quote = cli_quote,
                                  .quote_context = r->c};
    if (i == wanted_reports(r)) {
        out->headline = true;
        return true;
    }
    if (o->formats.count == 0 && o->template_text != NULL)
        out->format = BYLAW_REPORT_TEMPLATE;
    if (o->template_text != NULL)
        out->template_text = cli_str(o->template_text);
    return o->formats.count == 0 ||
           bylaw_report_format_named(&out->format, cli_str(o->formats.items[i]));
}

static bool is_colored(const check_run *r, size_t i)
{
    return r->outputs[i].file == stdout && r->c->color;
}

/* Every report goes to a file of its own. A device may be what standard output is. */
static bool all_in_files(const check_run *r)
{
    bool all = true;

    for (size_t i = 0; i < r->report_count; i++)
        all = all && r->outputs[i].temporary != NULL;
    return all;
}

/* Where nothing would be said on standard output, the verdict is. */
bool check_open_reports(check_run *r)
{
    const cli_options *o = &r->c->options;

    if (r->opened)
        return true;
    r->opened = true;
    for (size_t i = 0; i < wanted_reports(r) || (i == wanted_reports(r) && all_in_files(r)); i++) {
        const bool has_path = i < wanted_reports(r) && i < o->outputs.count;
        const char *path = has_path ? o->outputs.items[i] : "-";
        bylaw_report_options options;

        if (!options_of(r, i, &options))
            return false;
        r->report_count = i + 1;
        if (!cli_output_open(r->c, &r->outputs[i], path))
            return false;
        options.write = cli_write;
        options.context = r->outputs[i].file;
        options.color = is_colored(r, i);
        if (bylaw_report_new(&r->reports[i], &options, &cli_memory) != BYLAW_OK) {
            cli_error(r->c, CLI_no_memory, NULL);
            return false;
        }
    }
    return true;
}

bool check_parts_join(const check_run *r)
{
    bylaw_report_options options;

    if (r->baseline != NULL) /* findings that are alike are counted in order */
        return false;
    for (size_t i = 0; i < r->report_count; i++) {
        if (!options_of(r, i, &options) || !bylaw_report_format_joins(options.format))
            return false;
    }
    return true;
}

static bylaw_status append(void *context, bylaw_str text)
{
    check_bytes *to = context;

    if (to->room - to->size < text.len) {
        const size_t room = 2 * (to->size + text.len);
        char *bytes = realloc(to->bytes, room);

        if (bytes == NULL)
            return BYLAW_ENOMEM;
        to->bytes = bytes;
        to->room = room;
    }
    memcpy(to->bytes + to->size, text.ptr, text.len);
    to->size += text.len;
    return BYLAW_OK;
}

bool check_open_parts(check_lane *l)
{
    for (size_t i = 0; i < l->r->report_count; i++) {
        bylaw_report_options options;

        if (!options_of(l->r, i, &options))
            return false;
        options.write = append;
        options.context = &l->written[i];
        options.quote_context = &l->c;
        options.color = is_colored(l->r, i);
        if (bylaw_report_new(&l->parts[i], &options, &cli_memory) != BYLAW_OK) {
            cli_error(&l->c, CLI_no_memory, NULL);
            return false;
        }
    }
    return true;
}

/* ---- the end ---- */

static void tell_written(check_run *r, size_t i)
{
    const cli_options *o = &r->c->options;
    const bool html = i < o->formats.count && strcmp(o->formats.items[i], "html") == 0;

    if (o->verbosity >= 0)
        cli_say(r->c, stderr, html ? CLI_written_html : CLI_written, "file", o->outputs.items[i],
                NULL);
}

/* What was interrupted leaves no report: half of one would be taken for the whole. */
void check_close_reports(check_run *r)
{
    const bool whole = !cli_interrupted() && !r->cut;

    for (size_t i = 0; i < r->report_count; i++) {
        const bool is_file = r->outputs[i].file != stdout && r->outputs[i].file != NULL;
        const bool made = r->reports[i] != NULL;

        const bylaw_status status =
            made && whole ? bylaw_report_end(r->reports[i], &r->tally.summary) : BYLAW_OK;
        const bool keep = made && whole;

        (void)cli_wrote(r->c, r->outputs[i].file, status);
        bylaw_report_free(r->reports[i]);
        if (!cli_output_close(r->c, &r->outputs[i], keep))
            r->tally.code = CLI_TROUBLE;
        else if (is_file && keep)
            tell_written(r, i);
    }
}

/* ---- results ---- */

/* Nothing more is checked where what comes of it cannot be told. */
static void tell_or_stop(check_lane *l, size_t i, bylaw_status status)
{
    if (!cli_wrote(&l->c, l->r->outputs[i].file, status))
        l->r->stop = true;
}

static size_t told(const check_run *r)
{
    size_t n = r->tally.summary.failed;

    for (int i = 0; i <= BYLAW_NOT_GOVERNED; i++)
        n += r->tally.summary.verdicts[i];
    return n;
}

void check_flush(check_lane *l)
{
    check_run *r = l->r;

    for (size_t i = 0; i < r->report_count && l->parts[i] != NULL; i++) {
        const bylaw_str text = {l->written[i].bytes, l->written[i].size};

        l->written[i].size = 0;
        if (text.len > 0)
            tell_or_stop(l, i, cli_write(r->outputs[i].file, text));
        tell_or_stop(l, i, bylaw_report_join(r->reports[i], l->parts[i]));
    }
    if (l->c.err != stderr && ftello(l->c.err) > 0) {
        fflush(l->c.err);
        cli_progress_end(&r->progress);
        fwrite(l->said, 1, l->said_size, stderr);
        fseeko(l->c.err, 0, SEEK_SET);
    }
    for (int i = 0; i <= BYLAW_NOT_GOVERNED; i++)
        r->tally.summary.verdicts[i] += l->tally.summary.verdicts[i];
    r->tally.summary.failed += l->tally.summary.failed;
    r->tally.summary.accepted += l->tally.summary.accepted;
    r->tally.code = cli_graver(r->tally.code, l->tally.code);
    l->tally = (check_tally){.code = CLI_OK};
    cli_strings_free(&l->c.copies);
    cli_progress_tell(r->c, &r->progress, r->has_lines ? told(r) : l->unit + 1,
                      r->tally.summary.verdicts[BYLAW_VIOLATION]);
}

/* The reports to tell to: its own, or in its turn those of the run. NULL: they cannot be opened,
 * which has been told. */
static bylaw_report **reports_of(check_lane *l)
{
    if (l->parts[0] != NULL)
        return l->parts;
    check_take_turn(l);
    if (check_open_reports(l->r))
        return l->r->reports;
    l->tally.code = CLI_TROUBLE;
    l->r->stopped = true;
    return NULL;
}

static void bound(check_lane *l)
{
    if (l->has_turn) {
        check_flush(l);
        return;
    }
    for (size_t i = 0; i < l->r->report_count; i++) {
        if (l->written[i].size > MOST_KEPT) {
            check_take_turn(l);
            check_flush(l);
        }
    }
}

static int exit_code(const check_run *r, bylaw_verdict verdict)
{
    if (r->fail_on == BYLAW_NOT_GOVERNED && verdict != BYLAW_NOT_GOVERNED)
        return CLI_OK;
    switch (verdict) {
    case BYLAW_VIOLATION:
        return CLI_VIOLATION;
    case BYLAW_UNDETERMINED:
        return r->fail_on <= BYLAW_UNDETERMINED && r->c->options.fail_on != NULL ? CLI_VIOLATION
                                                                                 : CLI_UNDETERMINED;
    case BYLAW_CAUTION:
        return r->fail_on <= BYLAW_CAUTION ? CLI_VIOLATION : CLI_OK;
    case BYLAW_NOT_GOVERNED:
        return r->c->options.allow_empty ? CLI_OK : CLI_TROUBLE;
    case BYLAW_COMPLIANT:
        break;
    }
    return CLI_OK;
}

/* --expect: the outcome must be this one, in every action that has one. */
static int expectation(check_lane *l, const bylaw_result *result)
{
    static const cli_word shown[] = {CLI_outcome_none, CLI_outcome_adopted, CLI_outcome_not_adopted,
                                     CLI_outcome_open};
    const char *wanted = l->c.options.expect;
    const bylaw_outcome outcome = bylaw_result_outcome(result);
    int w = 0;

    if (wanted == NULL || strcmp(bylaw_outcome_name(outcome), wanted) == 0)
        return CLI_OK;
    for (int i = 1; i < 4; i++) {
        if (strcmp(bylaw_outcome_name((bylaw_outcome)i), wanted) == 0)
            w = i;
    }
    cli_error(&l->c, CLI_outcome_differs, "file", cli_copy(&l->c, bylaw_result_file(result)),
              "wanted", cli_word_text(&l->c, shown[w]), "outcome",
              cli_word_text(&l->c, shown[outcome]), NULL);
    return CLI_VIOLATION;
}

void check_tell_result(check_lane *l, const bylaw_result *result)
{
    const check_run *r = l->r;

    cli_record_result(&l->c, result);
    if (r->again)
        return;
    bylaw_report **reports = reports_of(l);
    bylaw_verdict verdict = bylaw_result_verdict(result);
    size_t accepted = 0;

    if (reports == NULL)
        return;
    l->tally.summary.verdicts[verdict]++;
    if (r->baseline != NULL &&
        bylaw_baseline_weigh(r->baseline, result, &verdict, &accepted) != BYLAW_OK) {
        l->tally.code = cli_error(&l->c, CLI_no_memory, NULL);
        return;
    }
    l->tally.summary.accepted += accepted;
    l->tally.code = cli_graver(l->tally.code, exit_code(r, verdict));
    l->tally.code = cli_graver(l->tally.code, expectation(l, result));
    for (size_t i = 0; i < r->report_count; i++)
        tell_or_stop(l, i, bylaw_report_add(reports[i], result));
    if (bylaw_result_not_governed(result, r->c->options.allow_empty ? BYLAW_WARNING : BYLAW_ERROR,
                                  l->c.diags) != BYLAW_OK)
        cli_error(&l->c, CLI_no_memory, NULL);
    bylaw_result_unused_waivers(result, l->c.diags);
    cli_tell_diags(&l->c, false);
    bound(l);
}

void check_tell_errors(check_lane *l, const char *file)
{
    check_run *r = l->r;
    const size_t errors = bylaw_diags_errors(l->c.diags);
    char n[24];

    l->tally.summary.failed++;
    l->tally.code = CLI_TROUBLE;
    if (!r->opened)
        r->single = r->one_file;
    bylaw_report **reports = reports_of(l);

    for (size_t i = 0; reports != NULL && i < r->report_count; i++)
        tell_or_stop(l, i, bylaw_report_add_errors(reports[i], cli_str(file), l->c.diags));
    snprintf(n, sizeof n, "%zu", errors);
    cli_tell_diags(&l->c, false);
    if (r->single && errors > 1)
        cli_say(&l->c, l->c.err, CLI_n_errors, "n", n, NULL);
    bound(l);
}
