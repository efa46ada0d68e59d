/* command_check.c: bylaw check FILE…: reads, checks, reports; the exit code is the gravest over all
 * actions. */
#define _POSIX_C_SOURCE 200809L /* strdup, opendir, isatty */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MAX_REPORTS 16
#define MAX_FILES   64 /* registers, and waiver files */

typedef struct run {
    cli *c;
    bylaw_checker *checker;
    bylaw_report *reports[MAX_REPORTS];
    cli_output outputs[MAX_REPORTS];
    cli_progress progress;
    size_t report_count;
    bylaw_summary summary;
    bylaw_verdict fail_on;
    bool from_folder; /* a folder was named: what it holds beside actions is passed over */
    bool one_file;    /* the whole report of its one action; several actions get a line each */
    bool single, opened;
    bool stopped; /* before any file: the reason has been told */
    int code;
    cli_text registers[MAX_FILES], waivers[MAX_FILES];
} run;

static bylaw_verdict threshold(const char *name)
{
    if (name == NULL || strcmp(name, "violation") == 0)
        return BYLAW_VIOLATION;
    if (strcmp(name, "never") == 0) /* what was checked never fails; mistakes do */
        return BYLAW_NOT_GOVERNED;
    return strcmp(name, "caution") == 0 ? BYLAW_CAUTION : BYLAW_UNDETERMINED;
}

/* FILE:LINE names one action of a file; the operand itself may be a file with a colon. */
static size_t chosen_line(const char *operand, char **file)
{
    const char *colon = strrchr(operand, ':');
    char *end = NULL;
    unsigned long line = 0;

    *file = strdup(operand);
    if (colon == NULL || colon == operand || *file == NULL)
        return 0;
    line = strtoul(colon + 1, &end, 10);
    if (end == colon + 1 || *end != '\0')
        return 0;
    (*file)[colon - operand] = '\0';
    FILE *whole = fopen(operand, "rb");

    if (whole != NULL) { /* a file of that very name */
        fclose(whole);
        free(*file);
        *file = strdup(operand);
        return 0;
    }
    return line;
}

static int exit_code(const run *r, bylaw_verdict verdict)
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
static int expectation(run *r, const bylaw_result *result)
{
    static const cli_word outcomes[] = {CLI_outcome_none, CLI_outcome_adopted,
                                        CLI_outcome_not_adopted, CLI_outcome_open};
    static const char *const shown[][2] = {
        {"无表决结果", "none"}, {"通过", "adopted"}, {"未通过", "not adopted"}, {"待定", "open"}};
    const char *wanted = r->c->options.expect;
    const bylaw_outcome outcome = bylaw_result_outcome(result);
    int w = 0;

    (void)outcomes;
    if (wanted == NULL || strcmp(bylaw_outcome_name(outcome), wanted) == 0)
        return CLI_OK;
    for (int i = 1; i < 4; i++) {
        if (strcmp(bylaw_outcome_name((bylaw_outcome)i), wanted) == 0)
            w = i;
    }
    const bylaw_str file = bylaw_result_file(result);
    char name[512];

    snprintf(name, sizeof name, "%.*s", (int)file.len, file.ptr);
    cli_error(r->c, CLI_outcome_differs, "file", name, "wanted", shown[w][r->c->lang], "outcome",
              shown[outcome][r->c->lang], NULL);
    return CLI_VIOLATION;
}

/* One report a format, each with the output of its place; without -f, text. */
static bool open_reports(run *r)
{
    if (r->opened)
        return true;
    r->opened = true;
    const cli_options *o = &r->c->options;
    const size_t n = o->formats.count > 0 ? o->formats.count : 1;

    for (size_t i = 0; i < n && i < MAX_REPORTS; i++) {
        bylaw_report_options options = {.langs = o->langs,
                                        .lang_count = o->lang_count,
                                        .verbosity = o->verbosity,
                                        .columns = r->c->columns,
                                        .single = r->single,
                                        .fail_on = r->fail_on,
                                        .write = cli_write,
                                        .quote = o->sources.count > 0 ? cli_quote : NULL,
                                        .quote_context = r->c};
        const char *path = i < o->outputs.count ? o->outputs.items[i] : "-";

        if (o->formats.count == 0 && o->template_text != NULL)
            options.format = BYLAW_REPORT_TEMPLATE;
        if (o->template_text != NULL)
            options.template_text = cli_str(o->template_text);
        if (o->formats.count > 0 &&
            !bylaw_report_format_named(&options.format, cli_str(o->formats.items[i]))) {
            cli_error(r->c, CLI_only_of_need, "value", o->formats.items[i], NULL);
            return false;
        }
        r->report_count = i + 1;
        if (!cli_output_open(r->c, &r->outputs[i], path))
            return false;
        options.context = r->outputs[i].file;
        options.color = r->outputs[i].file == stdout && r->c->color;
        if (bylaw_report_new(&r->reports[i], &options, NULL) != BYLAW_OK) {
            cli_error(r->c, CLI_no_memory, NULL);
            return false;
        }
    }
    return true;
}

static void report_result(run *r, const bylaw_result *result)
{
    if (!open_reports(r)) {
        r->code = CLI_TROUBLE;
        r->stopped = true;
        return;
    }
    const bylaw_verdict verdict = bylaw_result_verdict(result);

    r->summary.verdicts[verdict]++;
    r->code = cli_graver(r->code, exit_code(r, verdict));
    r->code = cli_graver(r->code, expectation(r, result));
    for (size_t i = 0; i < r->report_count; i++) {
        if (bylaw_report_add(r->reports[i], result) != BYLAW_OK)
            r->c->failed_write = true;
    }
    if (bylaw_result_not_governed(result, r->c->options.allow_empty ? BYLAW_WARNING : BYLAW_ERROR,
                                  r->c->diags) != BYLAW_OK)
        cli_error(r->c, CLI_no_memory, NULL);
    bylaw_result_unused_waivers(result, r->c->diags);
    cli_tell_diags(r->c, false);
}

/* What could not be checked: words on standard error, entries in the machine formats. */
static void report_errors(run *r, const char *file)
{
    const size_t errors = bylaw_diags_errors(r->c->diags);
    char n[24];

    r->summary.failed++;
    r->code = CLI_TROUBLE;
    r->single = r->opened ? r->single : r->one_file;
    if (!open_reports(r))
        return;
    for (size_t i = 0; i < r->report_count; i++) {
        if (bylaw_report_add_errors(r->reports[i], cli_str(file), r->c->diags) != BYLAW_OK)
            r->c->failed_write = true;
    }
    snprintf(n, sizeof n, "%zu", errors);
    cli_tell_diags(r->c, false);
    if (r->single && errors > 1)
        cli_say(r->c, stderr, CLI_n_errors, "n", n, NULL);
}

static bool only_line(run *r, const char *file, size_t line)
{
    char lines[256] = "", number[24];

    for (size_t i = 0; i < bylaw_checker_count(r->checker); i++) {
        if (bylaw_checker_line(r->checker, i) == line)
            return true;
        snprintf(lines + strlen(lines), sizeof lines - strlen(lines), "%s%zu", i > 0 ? " " : "",
                 bylaw_checker_line(r->checker, i));
    }
    snprintf(number, sizeof number, "%zu", line);
    cli_error(r->c, CLI_no_such_action, "file", file, "line", number, "lines", lines, NULL);
    r->code = CLI_TROUBLE;
    r->single = r->opened ? r->single : true;
    r->summary.failed++;
    return false;
}

/* A rule set, a vocabulary, tests: met in a folder of charters and motions they are no mistake. */
static bool is_other_file(const bylaw_diags *diags)
{
    return bylaw_diags_count(diags) == 1 &&
           bylaw_diags_get(diags, 0)->code.len == strlen("not-an-action") &&
           memcmp(bylaw_diags_get(diags, 0)->code.ptr, "not-an-action", strlen("not-an-action")) ==
               0;
}

/* An amendment that names the rules it proposes: what the assembly votes on, told behind the report
 * in words. */
static void tell_proposed(run *r, const bylaw_result *result)
{
    const bylaw_str name = bylaw_result_proposed(result);
    const bylaw_ruleset *before = bylaw_result_ruleset(result), *after = NULL;
    const bylaw_diff_telling telling = {.lang = r->c->lang,
                                        .color = r->c->color,
                                        .columns = r->c->columns,
                                        .write = cli_write,
                                        .context = stdout};
    size_t counts[BYLAW_CHANGES];

    if (name.len == 0 || before == NULL || !r->single || r->c->options.formats.count > 0)
        return;
    if (cli_load_named(r->c, name, bylaw_result_file(result), &after, r->c->diags) != BYLAW_OK) {
        cli_tell_diags(r->c, true);
        r->code = cli_error(r->c, CLI_no_file, "file", cli_copy(r->c, name), NULL);
        return;
    }
    cli_say(r->c, stdout, CLI_proposed, "file", cli_copy(r->c, name), NULL);
    if (bylaw_diff(before, after, &telling, counts, NULL) != BYLAW_OK)
        r->c->failed_write = true;
}

static void check_text(run *r, const char *shown, cli_text *text, size_t line)
{
    const bylaw_status status =
        bylaw_checker_read(r->checker, cli_str(shown), (bylaw_str){text->bytes, text->size},
                           BYLAW_FORMAT_BY_NAME, r->c->diags);

    if (status == BYLAW_ENOMEM)
        cli_error(r->c, CLI_no_memory, NULL);
    if (r->from_folder && is_other_file(r->c->diags)) {
        bylaw_diags_clear(r->c->diags);
        return;
    }
    if (status != BYLAW_OK) {
        report_errors(r, shown);
        return;
    }
    if (line > 0 && !only_line(r, shown, line))
        return;
    if (!r->opened)
        r->single = r->one_file && (line > 0 || bylaw_checker_count(r->checker) == 1);
    for (size_t i = 0; i < bylaw_checker_count(r->checker); i++) {
        const bylaw_result *result = NULL;

        if (line > 0 && bylaw_checker_line(r->checker, i) != line)
            continue;
        if (bylaw_checker_check(r->checker, i, &result, r->c->diags) != BYLAW_OK)
            report_errors(r, shown);
        else {
            report_result(r, result);
            tell_proposed(r, result);
        }
    }
}

/* A stream of flat records, a line at a time: a line that cannot be checked is told, and the next
 * ones are checked all the same. */
static void check_lines(run *r, const char *path, const char *shown)
{
    cli_lines lines;
    bylaw_str line;
    bool failed = false;

    if (!cli_lines_open(r->c, &lines, path)) {
        r->code = CLI_TROUBLE;
        r->summary.failed++;
        return;
    }
    while (!r->c->failed_write && !cli_interrupted() &&
           cli_lines_next(r->c, &lines, &line, &failed)) {
        const bylaw_result *result = NULL;
        bylaw_status status =
            bylaw_checker_read_line(r->checker, cli_str(shown), lines.number, line, r->c->diags);

        if (status == BYLAW_OK && bylaw_checker_count(r->checker) == 0)
            continue; /* an empty line */
        if (status == BYLAW_OK)
            status = bylaw_checker_check(r->checker, 0, &result, r->c->diags);
        if (status == BYLAW_ENOMEM)
            cli_error(r->c, CLI_no_memory, NULL);
        if (status != BYLAW_OK)
            report_errors(r, shown);
        else
            report_result(r, result);
    }
    if (failed) {
        r->code = CLI_TROUBLE;
        r->summary.failed++;
    }
    cli_lines_close(&lines);
}

static void check_file(run *r, const char *path, size_t line)
{
    cli_text text;
    const char *shown = strcmp(path, "-") == 0 && r->c->options.stdin_filename != NULL
                            ? r->c->options.stdin_filename
                            : path;

    if (r->c->options.flat != NULL && line == 0 && cli_is_lines(shown)) {
        check_lines(r, path, shown);
        return;
    }
    if (!cli_read_file(r->c, path, &text)) {
        r->code = CLI_TROUBLE;
        r->single = r->opened ? r->single : r->one_file;
        r->summary.failed++;
        return;
    }
    check_text(r, shown, &text, line);
    cli_free_text(&text);
}

static void tell_written(run *r, size_t i)
{
    const cli_options *o = &r->c->options;
    const bool html = i < o->formats.count && strcmp(o->formats.items[i], "html") == 0;

    if (o->verbosity >= 0)
        cli_say(r->c, stderr, html ? CLI_written_html : CLI_written, "file", o->outputs.items[i],
                NULL);
}

/* What was interrupted leaves no report: half of one would be taken for the whole. */
static void close_reports(run *r)
{
    const bool whole = !cli_interrupted();

    for (size_t i = 0; i < r->report_count; i++) {
        const bool is_file = r->outputs[i].file != stdout && r->outputs[i].file != NULL;
        const bool made = r->reports[i] != NULL;

        if (made && whole && bylaw_report_end(r->reports[i], &r->summary) != BYLAW_OK)
            r->c->failed_write = r->c->failed_write || !is_file;
        bylaw_report_free(r->reports[i]);
        if (!cli_output_close(r->c, &r->outputs[i], made && whole))
            r->code = CLI_TROUBLE;
        else if (is_file && made && whole)
            tell_written(r, i);
    }
}

static void tell_interrupted(run *r)
{
    size_t checked = 0;
    char n[24], bad[24];

    for (int i = 0; i < BYLAW_NOT_GOVERNED; i++)
        checked += r->summary.verdicts[i];
    snprintf(n, sizeof n, "%zu", checked);
    snprintf(bad, sizeof bad, "%zu", r->summary.verdicts[BYLAW_VIOLATION]);
    cli_say(r->c, stderr, CLI_interrupted, "n", n, "bad", bad, NULL);
    r->code = CLI_TROUBLE;
    r->stopped = true;
}

static bool read_all(cli *c, const cli_strings *names, cli_text *texts, bylaw_register *out)
{
    for (size_t i = 0; i < names->count && i < MAX_FILES; i++) {
        if (!cli_read_file(c, names->items[i], &texts[i]))
            return false;
        out[i] = (bylaw_register){cli_str(names->items[i]), {texts[i].bytes, texts[i].size}};
    }
    return true;
}

static size_t at_most(size_t count)
{
    return count < MAX_FILES ? count : MAX_FILES;
}

/* The patterns as the library takes them; NULL with the mistake told. */
static bylaw_str *patterns(cli *c, const cli_strings *list)
{
    bylaw_str *out = malloc((list->count + 1) * sizeof *out);

    if (out == NULL)
        cli_error(c, CLI_no_memory, NULL);
    for (size_t i = 0; out != NULL && i < list->count; i++)
        out[i] = cli_str(list->items[i]);
    return out;
}

/* What was named and came to nothing is told last: only then is it known. */
static void tell_unused(run *r)
{
    bylaw_checker_unused(r->checker, r->c->diags);
    if (bylaw_diags_errors(r->c->diags) > 0)
        r->code = CLI_TROUBLE;
    cli_tell_diags(r->c, false);
}

/* The whole report of one action tells what it would take, and so does the data; a template and a
 * stream do not. */
static bool wants_remedies(const run *r)
{
    const bool words = r->c->options.formats.count == 0 && r->c->options.template_text == NULL;

    for (size_t i = 0; i < r->c->options.formats.count; i++) {
        if (strncmp(r->c->options.formats.items[i], "json", 4) == 0)
            return true;
    }
    return r->one_file && (words || r->c->options.flat == NULL);
}

/* Formats that tell ids only want no causes. */
static bool only_template(const cli_options *o)
{
    for (size_t i = 0; i < o->formats.count; i++) {
        if (strcmp(o->formats.items[i], "template") != 0)
            return false;
    }
    return o->template_text != NULL;
}

static void check_all(run *r, const cli_strings *files, const size_t line)
{
    const cli_options *o = &r->c->options;
    bylaw_register registers[MAX_FILES], waivers[MAX_FILES];
    bylaw_str *select = patterns(r->c, &o->select), *ignore = patterns(r->c, &o->ignore);
    const bylaw_ruleset **sets = malloc((r->c->set_count + 1) * sizeof *sets);

    if (sets == NULL || select == NULL || ignore == NULL ||
        !read_all(r->c, &o->registers, r->registers, registers) ||
        !read_all(r->c, &o->waivers, r->waivers, waivers)) {
        free(sets);
        free(select);
        free(ignore);
        r->code = CLI_TROUBLE;
        r->stopped = true;
        return;
    }
    for (size_t i = 0; i < r->c->set_count; i++)
        sets[i] = cli_set(r->c, i);
    const bylaw_options options = {.sets = sets,
                                   .set_count = r->c->set_count,
                                   .load = cli_load_named,
                                   .open = cli_open_named,
                                   .context = r->c,
                                   .registers = registers,
                                   .register_count = at_most(o->registers.count),
                                   .waiver_files = waivers,
                                   .waiver_file_count = at_most(o->waivers.count),
                                   .select = select,
                                   .select_count = o->select.count,
                                   .ignore = ignore,
                                   .ignore_count = o->ignore.count,
                                   .facts = o->facts,
                                   .fact_count = o->fact_count,
                                   .readings = o->readings,
                                   .reading_count = o->reading_count,
                                   .at = o->at != NULL ? cli_str(o->at) : (bylaw_str){NULL, 0},
                                   .flat =
                                       o->flat != NULL ? cli_str(o->flat) : (bylaw_str){NULL, 0},
                                   .ignore_unknown = o->ignore_unknown,
                                   .brief = only_template(o),
                                   .strict = o->strict,
                                   .remedies = wants_remedies(r),
                                   .grid = o->extra[CLI_READINGS]};

    if (bylaw_checker_new(&r->checker, &options, NULL) != BYLAW_OK) {
        r->code = cli_error(r->c, CLI_no_memory, NULL);
    } else {
        cli_catch_interrupts();
        cli_progress_begin(&r->progress, files->count);
        for (size_t i = 0; i < files->count && !cli_interrupted(); i++) {
            check_file(r, files->items[i], line);
            cli_progress_tell(r->c, &r->progress, i + 1, r->summary.verdicts[BYLAW_VIOLATION]);
        }
        cli_progress_end(&r->progress);
        if (!cli_interrupted())
            tell_unused(r);
        if (!open_reports(r))
            r->code = CLI_TROUBLE;
        close_reports(r);
        if (cli_interrupted())
            tell_interrupted(r);
    }
    bylaw_checker_free(r->checker);
    free(sets);
    free(select);
    free(ignore);
}

static void tell_nothing(run *r)
{
    size_t checked = 0;

    for (int i = 0; i < BYLAW_NOT_GOVERNED; i++)
        checked += r->summary.verdicts[i];
    if (checked > 0 || r->c->options.allow_empty || r->stopped)
        return;
    if (r->summary.verdicts[BYLAW_NOT_GOVERNED] > 0)
        cli_say(r->c, stderr, CLI_not_governed_end, NULL);
    else if (r->summary.failed == 0)
        cli_say(r->c, stderr, CLI_nothing_checked, NULL);
    r->code = CLI_TROUBLE;
}

/* --template must say something of the sets that are loaded; those that actions name are not known
 * yet. */
static bool template_fits(cli *c)
{
    const cli_options *o = &c->options;
    const bylaw_ruleset **sets = malloc((c->set_count + 1) * sizeof *sets);
    bool named = false, fits = true;
    bylaw_str unknown;

    for (size_t i = 0; i < o->formats.count; i++)
        named = named || strcmp(o->formats.items[i], "template") == 0;
    for (size_t i = 0; sets != NULL && i < c->set_count; i++)
        sets[i] = cli_set(c, i);
    if (sets == NULL) {
        cli_error(c, CLI_no_memory, NULL);
        fits = false;
    } else if (named && o->template_text == NULL) {
        cli_error(c, CLI_no_template, NULL);
        fits = false;
    } else if (o->template_text != NULL && c->set_count > 0) {
        fits = bylaw_template_fits(cli_str(o->template_text), sets, c->set_count, &unknown);
        if (!fits)
            cli_error(c, CLI_template_name, "name", cli_copy(c, unknown), NULL);
    }
    free(sets);
    return fits;
}

/* More would have to be left out, and what was asked for must not be. */
static bool few_enough(cli *c)
{
    const cli_options *o = &c->options;
    const struct {
        const char *option;
        size_t count, most;
    } lists[] = {{"--facts", o->registers.count, MAX_FILES},
                 {"--format", o->formats.count, MAX_REPORTS}};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char most[24];

        snprintf(most, sizeof most, "%zu", lists[i].most);
        if (lists[i].count > lists[i].most) {
            cli_error(c, CLI_too_many, "option", lists[i].option, "most", most, NULL);
            return false;
        }
    }
    return true;
}

int command_check(cli *c)
{
    run r = {.c = c, .fail_on = threshold(c->options.fail_on)};
    cli_strings files = {0}, operands = c->options.files;
    char *file = NULL;
    size_t line = 0;

    if (operands.count == 0)
        return cli_error(c, CLI_no_operand, NULL);
    if (!cli_apply_config(c) || !cli_pair_outputs(c) || !few_enough(c))
        return CLI_TROUBLE;
    if (operands.count == 1) {
        line = chosen_line(operands.items[0], &file);
        operands = (cli_strings){(const char **)(void *)&file, 1};
    }
    if (!cli_read_sources(c)) {
        r.code = CLI_TROUBLE;
    } else if (!cli_load_rules(c)) {
        cli_tell_diags(c, true);
        r.code = CLI_TROUBLE;
    } else if (!template_fits(c) || !cli_expand(c, &operands, &files)) {
        r.code = CLI_TROUBLE;
    } else {
        for (size_t i = 0; i < operands.count; i++)
            r.from_folder = r.from_folder || cli_is_folder(operands.items[i]);
        r.one_file = operands.count == 1 && files.count == 1 && !cli_is_folder(operands.items[0]);
        check_all(&r, &files, line);
        tell_nothing(&r);
    }
    for (size_t i = 0; i < MAX_FILES; i++) {
        cli_free_text(&r.registers[i]);
        cli_free_text(&r.waivers[i]);
    }
    cli_strings_free(&files);
    free(file);
    return r.code;
}
