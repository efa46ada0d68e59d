/* command_check.c: bylaw check FILE…: reads, checks, reports; the exit code is the gravest over all
 * actions. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    if (access(operand, F_OK) == 0) { /* a file of that very name */
        free(*file);
        *file = strdup(operand);
        return 0;
    }
    return line;
}

static void tell_interrupted(check_run *r)
{
    size_t checked = 0;
    char n[24], bad[24];

    for (int i = 0; i < BYLAW_NOT_GOVERNED; i++)
        checked += r->tally.summary.verdicts[i];
    snprintf(n, sizeof n, "%zu", checked);
    snprintf(bad, sizeof bad, "%zu", r->tally.summary.verdicts[BYLAW_VIOLATION]);
    cli_say(r->c, stderr, CLI_interrupted, "n", n, "bad", bad, NULL);
    r->tally.code = CLI_TROUBLE;
    r->stopped = true;
}

/* The files of an option, read whole, and noted in the record. */
static bool read_files(cli *c, bylaw_input_role role, const cli_strings *names, cli_registers *out)
{
    if (!cli_read_registers(c, names, out))
        return false;
    for (size_t i = 0; i < out->count; i++)
        cli_record_whole(c, role, names->items[i], names->items[i], out->items[i].text);
    return true;
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

/* The whole report of one action tells what it would take, and so does the data; a template and a
 * stream do not. */
static bool wants_remedies(const check_run *r)
{
    const bool words = r->c->options.formats.count == 0 && r->c->options.template_text == NULL;

    for (size_t i = 0; i < r->c->options.formats.count; i++) {
        if (strncmp(r->c->options.formats.items[i], "json", 4) == 0)
            return true;
    }
    return r->one_file && (words || r->c->options.flat == NULL);
}

/* A template tells ids; a baseline and a record tell findings, as the other formats do. */
static bool asks_why(const cli_options *o)
{
    bool other =
        o->template_text == NULL || o->baseline != NULL || o->write_baseline || o->record != NULL;

    for (size_t i = 0; i < o->formats.count; i++)
        other = other || strcmp(o->formats.items[i], "template") != 0;
    return other;
}

/* ---- the baseline ---- */

#define BASELINE_NAME ".bylaw-baseline.json"

static const char *baseline_target(const cli_options *o)
{
    return o->baseline_out != NULL ? o->baseline_out
           : o->baseline != NULL   ? o->baseline
                                   : BASELINE_NAME;
}

static bool is_gone(void *context, bylaw_str file)
{
    return access(cli_copy(context, file), F_OK) != 0;
}

/* What stands in the file that is to be written stays, of files that this run does not look at. */
static bool read_baseline(check_run *r)
{
    cli *c = r->c;
    const cli_options *o = &c->options;
    const char *file = o->baseline != NULL ? o->baseline : baseline_target(o);
    cli_text text;

    if (o->baseline == NULL && !o->write_baseline)
        return true;
    bylaw_status status = bylaw_baseline_new(&r->baseline, o->write_baseline, &cli_memory);

    if (status == BYLAW_OK && (!o->write_baseline || access(file, F_OK) == 0)) {
        if (!cli_read_file(c, file, &text))
            return false;
        status = bylaw_baseline_read(r->baseline, cli_str(file), (bylaw_str){text.bytes, text.size},
                                     c->diags);
        cli_free_text(&text);
    }
    if (status == BYLAW_ENOMEM)
        cli_error(c, CLI_no_memory, NULL);
    cli_tell_diags(c, false);
    return status == BYLAW_OK;
}

/* A list of a run that could not see everything would leave out what it did not see. */
static void write_baseline(check_run *r)
{
    cli *c = r->c;
    const char *path = baseline_target(&c->options);
    const bool whole = r->tally.code != CLI_TROUBLE;
    cli_output out;

    if (!whole) {
        cli_error(c, CLI_baseline_unwritten, "file", path, NULL);
        return;
    }
    if (!cli_output_open(c, &out, path)) {
        r->tally.code = CLI_TROUBLE;
        return;
    }
    (void)cli_wrote(c, out.file,
                    bylaw_baseline_write(r->baseline, is_gone, c, cli_write, out.file));
    if (!cli_output_close(c, &out, true))
        r->tally.code = CLI_TROUBLE;
    else if (c->options.verbosity >= 0)
        cli_say(c, stderr, CLI_written, "file", path, NULL);
}

static void end_baseline(check_run *r)
{
    cli *c = r->c;

    if (r->baseline == NULL || cli_interrupted() || r->stopped || r->cut)
        return;
    if (c->options.write_baseline) {
        write_baseline(r);
    } else {
        bylaw_baseline_obsolete(r->baseline, is_gone, c, c->diags);
        cli_tell_diags(c, false);
    }
}

static void check_all(check_run *r)
{
    const cli_options *o = &r->c->options;
    cli_registers registers = {.count = 0}, waivers = {.count = 0};
    bylaw_str *select = patterns(r->c, &o->select), *ignore = patterns(r->c, &o->ignore);
    const bylaw_ruleset **sets = malloc((r->c->set_count + 1) * sizeof *sets);
    const bool ready = sets != NULL && select != NULL && ignore != NULL &&
                       read_files(r->c, BYLAW_INPUT_REGISTER, &o->registers, &registers) &&
                       read_files(r->c, BYLAW_INPUT_WAIVERS, &o->waivers, &waivers) &&
                       read_baseline(r);

    for (size_t i = 0; ready && i < r->c->set_count; i++)
        sets[i] = cli_set(r->c, i);
    const bylaw_options options = {.sets = sets,
                                   .set_count = r->c->set_count,
                                   .load = cli_load_named,
                                   .open = cli_open_named,
                                   .registers = registers.items,
                                   .register_count = registers.count,
                                   .waiver_files = waivers.items,
                                   .waiver_file_count = waivers.count,
                                   .select = select,
                                   .select_count = o->select.count,
                                   .ignore = ignore,
                                   .ignore_count = o->ignore.count,
                                   .facts = o->facts,
                                   .fact_count = o->fact_count,
                                   .readings = o->readings,
                                   .reading_count = o->reading_count,
                                   .at = cli_str(o->at),
                                   .flat = cli_str(o->flat),
                                   .ignore_unknown = o->ignore_unknown,
                                   .brief = !asks_why(o),
                                   .strict = o->strict,
                                   .remedies = wants_remedies(r),
                                   .grid = o->extra[CLI_READINGS],
                                   .limits = &o->limits};

    r->options = &options;
    r->tally.code = ready ? CLI_OK : CLI_TROUBLE;
    r->stopped = !ready;
    if (ready) {
        check_files(r, o->jobs);
        if (!r->stopped && !check_open_reports(r))
            r->tally.code = CLI_TROUBLE;
        check_close_reports(r);
        end_baseline(r);
        if (cli_interrupted() || r->cut)
            tell_interrupted(r);
    }
    r->options = NULL; /* it ends here, and so does what it borrows */
    bylaw_baseline_free(r->baseline);
    cli_free_registers(&registers);
    cli_free_registers(&waivers);
    free(sets);
    free(select);
    free(ignore);
}

static void tell_nothing(check_run *r)
{
    size_t checked = 0;

    for (int i = 0; i < BYLAW_NOT_GOVERNED; i++)
        checked += r->tally.summary.verdicts[i];
    if (checked > 0 || r->c->options.allow_empty || r->stopped)
        return;
    if (r->tally.summary.verdicts[BYLAW_NOT_GOVERNED] > 0)
        cli_say(r->c, stderr, CLI_not_governed_end, NULL);
    else if (r->tally.summary.failed == 0)
        cli_say(r->c, stderr, CLI_nothing_checked, NULL);
    r->tally.code = CLI_TROUBLE;
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
static bool few_formats(cli *c)
{
    char most[24];

    if (c->options.formats.count <= MAX_REPORTS)
        return true;
    snprintf(most, sizeof most, "%d", MAX_REPORTS);
    cli_error(c, CLI_too_many, "option", "--format", "most", most, NULL);
    return false;
}

/* A record vouches for all that was asked for, or is not made. */
static bool is_whole(const check_run *r)
{
    return r->tally.summary.failed == 0 && !r->stopped && !r->stop && !r->misnamed &&
           !cli_interrupted();
}

bool cli_check_for_record(cli *c, const cli_strings *files, size_t line)
{
    check_run r = {.c = c, .again = true, .opened = true, .files = files, .line = line};
    const bool loaded = cli_load_rules(c);

    cli_tell_diags(c, true);
    if (loaded)
        check_all(&r);
    return loaded && is_whole(&r);
}

static void end_record(check_run *r)
{
    const char *path = r->c->options.record;
    size_t judged = 0;

    for (int i = 0; i <= BYLAW_NOT_GOVERNED; i++)
        judged += r->tally.summary.verdicts[i];
    const bool keep = is_whole(r) && judged > 0;

    if (path == NULL)
        return;
    if (!keep && judged > 0 && !cli_interrupted())
        cli_say(r->c, stderr, CLI_no_record, "file", path, NULL);
    if (!cli_record_end(r->c, keep))
        r->tally.code = CLI_TROUBLE;
    else if (keep && r->c->options.verbosity >= 0)
        cli_say(r->c, stderr, CLI_written, "file", path, NULL);
}

/* Everything that is read before the first action; false: told. What these lists mean does not
 * depend on their order, so nor does anything that is told: it is that of their names. Rule sets
 * are told as they were named, one's own charter first. */
static bool prepare(cli *c, const cli_strings *operands, size_t line, cli_strings *files)
{
    cli_options *o = &c->options;
    cli_strings *const lists[] = {&o->registers, &o->waivers, &o->select, &o->ignore};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        cli_strings_sort(lists[i]);
    if (!cli_read_sources(c) || !cli_record_begin(c, line))
        return false;
    if (!cli_load_rules(c)) {
        cli_tell_diags(c, true);
        return false;
    }
    if (!template_fits(c) || !cli_expand(c, operands, files))
        return false;
    cli_strings_sort(files);
    return true;
}

int command_check(cli *c)
{
    check_run r = {.c = c, .fail_on = threshold(c->options.fail_on)};
    cli_strings files = {0}, operands = c->options.files;
    char *file = NULL;

    if (operands.count == 0)
        return cli_error(c, CLI_no_operand, NULL);
    if (!cli_pair_outputs(c) || !few_formats(c))
        return CLI_TROUBLE;
    r.tally.code = CLI_TROUBLE;
    if (operands.count == 1) {
        r.line = chosen_line(operands.items[0], &file);
        if (file == NULL)
            return cli_error(c, CLI_no_memory, NULL);
        operands = (cli_strings){(const char **)(void *)&file, 1};
    }
    if (prepare(c, &operands, r.line, &files)) {
        for (size_t i = 0; i < operands.count; i++)
            r.from_folder = r.from_folder || cli_is_folder(operands.items[i]);
        r.one_file = operands.count == 1 && files.count == 1 && !cli_is_folder(operands.items[0]);
        r.files = &files;
        check_all(&r);
        tell_nothing(&r);
    }
    end_record(&r);
    cli_strings_free(&files);
    free(file);
    return r.tally.code;
}
