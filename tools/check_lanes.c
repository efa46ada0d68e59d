/* check_lanes.c: the way through the files of a run, on one thread or on several. A lane takes the
 * next unit, checks it while others check theirs, and tells it when those before it have been told:
 * the output is that of one thread, whatever the number. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- turns ---- */

void check_take_turn(check_lane *l)
{
    check_run *r = l->r;

    if (l->has_turn)
        return;
    pthread_mutex_lock(&r->lock);
    while (r->turn != l->unit)
        pthread_cond_wait(&r->passed, &r->lock);
    pthread_mutex_unlock(&r->lock);
    l->has_turn = true;
}

static void end_unit(check_lane *l)
{
    check_run *r = l->r;

    check_take_turn(l);
    check_flush(l);
    l->has_turn = false;
    pthread_mutex_lock(&r->lock);
    r->turn++;
    pthread_cond_broadcast(&r->passed);
    pthread_mutex_unlock(&r->lock);
}

/* ---- units ---- */

static const char *shown_as(const check_run *r, const char *path)
{
    const char *name = r->c->options.stdin_filename;

    return strcmp(path, "-") == 0 && name != NULL ? name : path;
}

/* Read line by line, so that its length does not matter. */
static bool has_lines(const check_run *r, const char *path)
{
    return cli_is_lines(shown_as(r, path));
}

/* Records share nothing with one another, so their lines are units; other actions may share what
 * stands before them, so that one lane reads them all. */
static bool is_stream(const check_run *r, const char *path)
{
    return r->c->options.flat != NULL && r->line == 0 && has_lines(r, path);
}

static void fail(check_lane *l)
{
    if (!l->r->opened)
        l->r->single = l->r->one_file;
    l->tally.code = CLI_TROUBLE;
    l->tally.summary.failed++;
}

/* The next unit; l->file is NULL where there is nothing more to do of it than to tell a mistake. */
static bool take_unit(check_lane *l)
{
    check_run *r = l->r;

    while (!cli_interrupted() && !r->stop) {
        bool failed = false;

        l->is_lines = r->stream != NULL;
        if (r->stream != NULL) {
            l->file = r->stream;
            if (cli_lines_block(&l->c, &r->lines, &l->block, &failed))
                return true;
            cli_lines_close(&r->lines);
            r->stream = NULL;
        } else if (r->next_file == r->files->count) {
            return false;
        } else {
            l->file = r->files->items[r->next_file++];
            if (!is_stream(r, l->file))
                return true;
            failed = !cli_lines_open(&l->c, &r->lines, l->file);
            r->stream = failed ? NULL : l->file;
            if (!failed)
                r->lines.recorded =
                    cli_record_file(&l->c, BYLAW_INPUT_ACTION, l->file, shown_as(r, l->file));
        }
        if (failed) {
            fail(l);
            l->file = NULL;
            return true;
        }
    }
    r->cut = r->cut || r->stream != NULL || r->next_file < r->files->count;
    return false;
}

static bool next_unit(check_lane *l)
{
    check_run *r = l->r;

    pthread_mutex_lock(&r->source);
    const bool taken = take_unit(l);

    if (taken) {
        l->unit = r->units++;
        l->shown = l->file != NULL ? shown_as(r, l->file) : NULL;
    }
    pthread_mutex_unlock(&r->source);
    return taken;
}

/* ---- a whole file ---- */

static bool only_line(check_lane *l)
{
    const check_run *r = l->r;
    char *lines = NULL, number[24];
    size_t size = 0;
    FILE *list = open_memstream(&lines, &size);

    if (list == NULL)
        cli_forget();
    for (size_t i = 0; i < bylaw_checker_count(l->checker); i++) {
        if (bylaw_checker_line(l->checker, i) == r->line) {
            if (list != NULL)
                fclose(list);
            free(lines);
            return true;
        }
        if (list != NULL)
            fprintf(list, "%s%zu", i > 0 ? " " : "", bylaw_checker_line(l->checker, i));
    }
    if (list != NULL)
        fclose(list);
    snprintf(number, sizeof number, "%zu", r->line);
    cli_error(&l->c, CLI_no_such_action, "file", l->shown, "line", number, "lines",
              lines != NULL ? lines : "", NULL);
    free(lines);
    fail(l);
    return false;
}

/* A rule set, a vocabulary, tests: met in a folder of charters and motions they are no mistake. */
static bool is_other_file(const bylaw_diags *diags)
{
    static const char code[] = "not-an-action";

    return bylaw_diags_count(diags) == 1 && bylaw_diags_get(diags, 0)->code.len == strlen(code) &&
           memcmp(bylaw_diags_get(diags, 0)->code.ptr, code, strlen(code)) == 0;
}

/* An amendment that names the rules it proposes: what the assembly votes on, told behind the report
 * in words. */
static void tell_proposed(check_lane *l, const bylaw_result *result)
{
    cli *c = &l->c;
    const bylaw_str name = bylaw_result_proposed(result);
    const bylaw_ruleset *before = bylaw_result_ruleset(result), *after = NULL;
    const bylaw_diff_telling telling = {.lang = c->lang,
                                        .color = c->color,
                                        .columns = c->columns,
                                        .write = cli_write,
                                        .context = stdout};
    size_t counts[BYLAW_CHANGES];

    if (name.len == 0 || before == NULL || !l->r->single || c->options.formats.count > 0)
        return;
    if (cli_load_named(c, name, bylaw_result_file(result), &after, c->diags) != BYLAW_OK) {
        cli_tell_diags(c, true);
        l->tally.code = cli_error(c, CLI_no_file, "file", cli_copy(c, name), NULL);
        return;
    }
    cli_say(c, stdout, CLI_proposed, "file", cli_copy(c, name), NULL);
    (void)cli_wrote(c, stdout, bylaw_diff(before, after, &telling, counts, &cli_memory));
}

static void check_actions(check_lane *l)
{
    check_run *r = l->r;

    for (size_t i = 0; i < bylaw_checker_count(l->checker); i++) {
        const bylaw_result *result = NULL;

        if (r->line > 0 && bylaw_checker_line(l->checker, i) != r->line)
            continue;
        if (!cli_done(bylaw_checker_check(l->checker, i, &result, l->c.diags))) {
            check_tell_errors(l, l->shown);
        } else {
            check_tell_result(l, result);
            tell_proposed(l, result);
        }
    }
}

static void check_text(check_lane *l, const cli_text *text)
{
    check_run *r = l->r;
    const bylaw_status status =
        bylaw_checker_read(l->checker, cli_str(l->shown), (bylaw_str){text->bytes, text->size},
                           BYLAW_FORMAT_BY_NAME, l->c.diags);

    (void)cli_done(status);
    if (r->from_folder && is_other_file(l->c.diags)) {
        bylaw_diags_clear(l->c.diags);
        return;
    }
    if (status != BYLAW_OK) {
        check_tell_errors(l, l->shown);
        return;
    }
    cli_record_whole(&l->c, BYLAW_INPUT_ACTION, l->file, l->shown,
                     (bylaw_str){text->bytes, text->size});
    if (r->line > 0 && !only_line(l))
        return;
    if (!r->opened)
        r->single = r->one_file && (r->line > 0 || bylaw_checker_count(l->checker) == 1);
    check_actions(l);
}

/* ---- lines ---- */

/* A line that cannot be checked is told, and the next ones are checked all the same. false: there
 * is no action on it. */
static bool check_line(check_lane *l, bylaw_str line, size_t number)
{
    const bylaw_result *result = NULL;
    bylaw_status status =
        bylaw_checker_read_line(l->checker, cli_str(l->shown), number, line, l->c.diags);

    if (status == BYLAW_OK && bylaw_checker_count(l->checker) == 0)
        return false; /* an empty line, or what those after it share */
    if (status == BYLAW_OK)
        status = bylaw_checker_check(l->checker, 0, &result, l->c.diags);
    if (!cli_done(status))
        check_tell_errors(l, l->shown);
    else
        check_tell_result(l, result);
    return true;
}

static void check_lines(check_lane *l)
{
    bylaw_str line;
    size_t number;

    while (!l->r->stop && !cli_interrupted() && cli_block_line(&l->block, &line, &number))
        (void)check_line(l, line, number);
    if (l->block.from < l->block.size)
        l->r->cut = true;
}

/* FILE:LINE of a stream: of the lines before it only what they share is looked at. false: there is
 * no such line, or no action on it. */
static bool check_one_line(check_lane *l, cli_lines *lines, bool *failed)
{
    check_run *r = l->r;
    bylaw_str line;
    size_t number = 0;

    while (cli_lines_block(&l->c, lines, &l->block, failed)) {
        while (cli_block_line(&l->block, &line, &number)) {
            if (number == r->line) {
                r->single = r->opened ? r->single : r->one_file;
                return check_line(l, line, number);
            }
            if (bylaw_checker_read_line(l->checker, cli_str(l->shown), number, line, l->c.diags) !=
                BYLAW_OK)
                bylaw_diags_clear(l->c.diags);
        }
    }
    return false;
}

static void check_all_lines(check_lane *l)
{
    cli_lines lines;
    char number[24];
    bool failed = !cli_lines_open(&l->c, &lines, l->file);

    if (!failed)
        lines.recorded = cli_record_file(&l->c, BYLAW_INPUT_ACTION, l->file, l->shown);
    if (!failed && l->r->line > 0) {
        const bool there = check_one_line(l, &lines, &failed);

        while (!failed && l->c.recording != NULL &&
               cli_lines_block(&l->c, &lines, &l->block, &failed))
            ; /* a record is of the whole file */
        if (!there && !failed && !cli_interrupted()) {
            snprintf(number, sizeof number, "%zu", l->r->line);
            cli_error(&l->c, CLI_no_action_there, "file", l->shown, "line", number, NULL);
            failed = true;
        }
        cli_lines_close(&lines);
    } else if (!failed) {
        while (!l->r->cut && cli_lines_block(&l->c, &lines, &l->block, &failed))
            check_lines(l);
        cli_lines_close(&lines);
    }
    if (failed)
        fail(l);
}

static void check_whole(check_lane *l)
{
    cli_text text;

    if (has_lines(l->r, l->file)) {
        check_all_lines(l);
    } else if (cli_read_file(&l->c, l->file, &text)) {
        check_text(l, &text);
        cli_free_text(&text);
    } else if (!cli_interrupted()) {
        fail(l);
    }
}

/* ---- lanes ---- */

static void *run_lane(void *context)
{
    check_lane *l = context;

    while (next_unit(l)) {
        if (l->file != NULL && l->is_lines)
            check_lines(l);
        else if (l->file != NULL)
            check_whole(l);
        end_unit(l);
    }
    return NULL;
}

/* direct: what it says needs no turn, and no keeping until then. */
static bool start_lane(check_lane *l, check_run *r, bool direct)
{
    bylaw_options options = *r->options;

    *l = (check_lane){.r = r, .c = *r->c, .tally = {.code = CLI_OK}};
    l->c.copies = (cli_strings){0};
    l->c.whole = r->c;
    options.context = &l->c;
    if (!direct) {
        l->c.diags = NULL;
        l->c.err = open_memstream(&l->said, &l->said_size);
        if (l->c.err == NULL || bylaw_diags_new(&l->c.diags, &cli_memory) != BYLAW_OK)
            return false;
    }
    return bylaw_checker_new(&l->checker, &options, &cli_memory) == BYLAW_OK &&
           (direct || r->lanes == 1 || !check_parts_join(r) || check_open_parts(l));
}

static void end_lane(check_lane *l, bool direct)
{
    check_run *r = l->r;

    if (r == NULL) /* never begun */
        return;
    r->c->failed_write = r->c->failed_write || l->c.failed_write;
    for (size_t i = 0; i <= MAX_REPORTS; i++) {
        bylaw_report_free(l->parts[i]);
        free(l->written[i].bytes);
    }
    bylaw_checker_free(l->checker);
    cli_strings_free(&l->c.copies);
    free(l->block.bytes);
    if (!direct) {
        bylaw_diags_free(l->c.diags);
        if (l->c.err != NULL)
            fclose(l->c.err);
        free(l->said);
    }
}

/* What was named and came to nothing is told last: only then is it known. */
static void tell_unused(check_run *r, check_lane *lanes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (bylaw_checker_join(lanes[0].checker, lanes[i].checker) != BYLAW_OK)
            r->tally.code = cli_error(r->c, CLI_no_memory, NULL);
    }
    bylaw_checker_unused(lanes[0].checker, r->c->diags);
    if (bylaw_diags_errors(r->c->diags) > 0) {
        r->tally.code = CLI_TROUBLE;
        r->misnamed = true;
    }
    cli_tell_diags(r->c, false);
}

/* All lanes but the first are threads; where one cannot be begun, the others do its work. */
static void run_lanes(check_run *r, check_lane *lanes, size_t count)
{
    pthread_t threads[CLI_MOST_JOBS];
    size_t begun = 1;

    while (begun < count && pthread_create(&threads[begun], NULL, run_lane, &lanes[begun]) == 0)
        begun++;
    (void)run_lane(&lanes[0]);
    for (size_t i = 1; i < begun; i++)
        pthread_join(threads[i], NULL);
    if (r->stream != NULL)
        cli_lines_close(&r->lines);
    cli_progress_end(&r->progress);
    if (!cli_interrupted())
        tell_unused(r, lanes, count);
}

static size_t lanes_for(check_run *r, size_t jobs)
{
    bool several = false;

    for (size_t i = 0; i < r->files->count; i++) {
        r->has_lines = r->has_lines || has_lines(r, r->files->items[i]);
        several = several || is_stream(r, r->files->items[i]);
    }
    if (several)
        return jobs;
    return jobs < r->files->count ? jobs : r->files->count > 0 ? r->files->count : 1;
}

/* One file that is no stream may hold one action, which is told in full: that is known once it has
 * been read. */
static bool open_now(check_run *r)
{
    const bool waits = r->one_file && (!r->has_lines || r->line > 0);

    return waits || check_open_reports(r);
}

/* What is written to the terminal meanwhile would mix with it: only lists wait for the end. */
static void begin_progress(check_run *r)
{
    const cli_options *o = &r->c->options;
    const bool waits = !r->has_lines && o->formats.count == 0 && o->template_text == NULL;

    cli_progress_begin(&r->progress, r->has_lines ? 0 : r->files->count,
                       o->verbosity >= 0 && (r->has_lines || r->files->count > 1) &&
                           (waits || !isatty(STDOUT_FILENO)));
}

void check_files(check_run *r, size_t jobs)
{
    const size_t count = r->lanes = lanes_for(r, jobs > 0 ? jobs : 1);
    const bool direct = r->one_file && (!r->has_lines || r->line > 0);
    check_lane *lanes = calloc(count, sizeof *lanes);
    bool fine = true;

    if (lanes == NULL) {
        r->tally.code = cli_error(r->c, CLI_no_memory, NULL);
        return;
    }
    pthread_mutex_init(&r->source, NULL);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->passed, NULL);
    cli_catch_interrupts();
    begin_progress(r);
    if (!open_now(r)) {
        r->tally.code = CLI_TROUBLE;
        r->stopped = true;
    } else {
        for (size_t i = 0; i < count && fine; i++)
            fine = start_lane(&lanes[i], r, direct);
        if (fine)
            run_lanes(r, lanes, count);
        else
            r->tally.code = cli_error(r->c, CLI_no_memory, NULL);
    }
    for (size_t i = 0; i < count; i++)
        end_lane(&lanes[i], direct);
    free(lanes);
    pthread_cond_destroy(&r->passed);
    pthread_mutex_destroy(&r->lock);
    pthread_mutex_destroy(&r->source);
}
