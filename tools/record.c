/* record.c: the verdict record of a run (check --record), and checking again what a record holds
 * (verify). Files stand in a record as they are seen from its folder: it can be moved with them,
 * and does not change with the place where the program was started. */
#define _XOPEN_SOURCE 700 /* realpath, strdup */
#include "cli.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct cli_recording {
    bylaw_record *record;
    cli_output output; /* closed, where nothing is written */
    char *folder;      /* of the record, without links */
    bool failed;       /* memory ran out */
};

/* The folder of a path, without links; to be freed. NULL: there is none. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? strdup(".")
                   : slash == path ? strdup("/")
                                   : strndup(path, (size_t)(slash - path));
    char *whole = folder != NULL ? realpath(folder, NULL) : NULL;

    if (folder == NULL || (whole == NULL && errno == ENOMEM))
        cli_forget();
    free(folder);
    return whole;
}

/* How many bytes of two folders are the same steps. */
static size_t common(const char *a, const char *b)
{
    size_t same = 0, i = 0;

    for (; a[i] != '\0' && a[i] == b[i]; i++) {
        if (a[i] == '/')
            same = i + 1;
    }
    if ((a[i] == '\0' || a[i] == '/') && (b[i] == '\0' || b[i] == '/'))
        same = i + (a[i] == '/' || b[i] == '/');
    return same;
}

/* `path` as seen from the folder; kept until the program ends. A name without a dot or a slash,
 * which would be that of a bundled set, gets ./ before it. */
static const char *seen_from(cli *c, const char *folder, const char *path)
{
    char *own = folder_of(path);
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;

    if (own == NULL)
        return path;
    const size_t same = common(folder, own);
    const char *up = strlen(folder) > same ? folder + same : "";
    const char *down = strlen(own) > same ? own + same : "";
    size_t steps = *up != '\0';

    for (const char *p = up; *p != '\0'; p++)
        steps += *p == '/';
    const size_t size = 3 * steps + strlen(down) + strlen(name) + sizeof ".//";
    char *text = calloc(1, size);

    for (size_t i = 0; text != NULL && i < steps; i++)
        strcat(text, "../");
    if (text != NULL) {
        if (steps == 0 && *down == '\0' && strchr(name, '.') == NULL)
            strcat(text, "./");
        strcat(text, down);
        strcat(text, *down != '\0' ? "/" : "");
        strcat(text, name);
    }
    if (text == NULL)
        cli_forget();
    const char *kept = text != NULL ? cli_copy(c, cli_str(text)) : path;

    free(text);
    free(own);
    return kept;
}

/* ---- the record of a run ---- */

static bylaw_str *texts_of(const cli_strings *list)
{
    bylaw_str *out = calloc(list->count + 1, sizeof *out);

    for (size_t i = 0; out != NULL && i < list->count; i++)
        out[i] = cli_str(list->items[i]);
    return out;
}

/* The limits that are not the usual ones, with their numbers in `numbers`. */
static size_t unusual_limits(const cli_options *o, bylaw_setting out[BYLAW_LIMITS],
                             char numbers[BYLAW_LIMITS][24])
{
    size_t n = 0;

    for (int i = 0; i < BYLAW_LIMITS; i++) {
        const uint64_t most = bylaw_limit_of(&o->limits, (bylaw_limit)i);

        if (most == bylaw_limit_default((bylaw_limit)i))
            continue;
        snprintf(numbers[n], sizeof numbers[n], "%llu", (unsigned long long)most);
        out[n] = (bylaw_setting){cli_str(bylaw_limit_name((bylaw_limit)i)), cli_str(numbers[n])};
        n++;
    }
    return n;
}

static bool new_record(cli *c, cli_recording *r, size_t line)
{
    const cli_options *o = &c->options;
    bylaw_str *rules = texts_of(&o->rules), *select = texts_of(&o->select),
              *ignore = texts_of(&o->ignore);
    bylaw_setting limits[BYLAW_LIMITS];
    char numbers[BYLAW_LIMITS][24];
    const size_t limit_count = unusual_limits(o, limits, numbers);
    bylaw_status status = BYLAW_ENOMEM;

    for (size_t i = 0; rules != NULL && i < o->rules.count; i++) {
        if (cli_is_path(o->rules.items[i]) || cli_is_folder(o->rules.items[i]))
            rules[i] = cli_str(seen_from(c, r->folder, o->rules.items[i]));
    }
    if (rules != NULL && select != NULL && ignore != NULL) {
        const bylaw_record_options options = {
            .rules = rules,
            .rule_count = o->rules.count,
            .facts = o->facts,
            .fact_count = o->fact_count,
            .readings = o->readings,
            .reading_count = o->reading_count,
            .limits = limits,
            .limit_count = limit_count,
            .select = select,
            .select_count = o->select.count,
            .ignore = ignore,
            .ignore_count = o->ignore.count,
            .at = o->at != NULL ? cli_str(o->at) : (bylaw_str){NULL, 0},
            .flat = o->flat != NULL ? cli_str(o->flat) : (bylaw_str){NULL, 0},
            .strict = o->strict,
            .ignore_unknown = o->ignore_unknown,
            .line = line};

        status = bylaw_record_new(&r->record, &options, &cli_memory);
    }
    free(rules);
    free(select);
    free(ignore);
    return status == BYLAW_OK;
}

/* What begins a record; its folder is that of the path. */
static cli_recording *begin(cli *c, const char *path, size_t line)
{
    cli_recording *r = calloc(1, sizeof *r);

    if (r != NULL)
        r->output = (cli_output){.file = stdout};
    if (r != NULL && (r->folder = folder_of(path)) == NULL) {
        cli_error(c, CLI_cannot_write, "file", path, "why", strerror(errno), NULL);
        free(r);
        return NULL;
    }
    if (r == NULL || !new_record(c, r, line)) {
        cli_error(c, CLI_no_memory, NULL);
        free(r != NULL ? r->folder : NULL);
        free(r);
        return NULL;
    }
    return r;
}

bool cli_record_begin(cli *c, size_t line)
{
    const char *path = c->options.record;

    if (path == NULL)
        return true;
    if (strcmp(path, "-") == 0) {
        cli_error(c, CLI_record_needs_file, NULL);
        return false;
    }
    for (size_t i = 0; i < c->options.outputs.count; i++) {
        if (strcmp(c->options.outputs.items[i], path) == 0) {
            cli_error(c, CLI_output_twice, "file", path, NULL);
            return false;
        }
    }
    c->recording = begin(c, path, line);
    return c->recording != NULL && cli_output_open(c, &c->recording->output, path);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* lanes add to one record */

size_t cli_record_file(cli *c, bylaw_input_role role, const char *path, const char *shown)
{
    cli_recording *r = c->recording;
    size_t file = 0;

    if (r == NULL)
        return 0;
    const bool is_input = strcmp(path, "-") == 0;
    const char *name = is_input ? shown : seen_from(c, r->folder, path);

    pthread_mutex_lock(&lock);
    if (bylaw_record_file(&file, r->record, role, cli_str(shown), cli_str(name), is_input) !=
        BYLAW_OK)
        r->failed = true;
    pthread_mutex_unlock(&lock);
    return file;
}

void cli_record_text(cli *c, size_t file, bylaw_str text)
{
    if (c->recording == NULL)
        return;
    pthread_mutex_lock(&lock);
    if (!c->recording->failed) /* else there may be no such file */
        bylaw_record_text(c->recording->record, file, text);
    pthread_mutex_unlock(&lock);
}

void cli_record_whole(cli *c, bylaw_input_role role, const char *path, const char *shown,
                      bylaw_str text)
{
    cli_record_text(c, cli_record_file(c, role, path, shown), text);
}

void cli_record_result(cli *c, const bylaw_result *result)
{
    if (c->recording == NULL)
        return;
    pthread_mutex_lock(&lock);
    if (bylaw_record_add(c->recording->record, result) != BYLAW_OK)
        c->recording->failed = true;
    pthread_mutex_unlock(&lock);
}

bool cli_record_end(cli *c, bool keep)
{
    cli_recording *r = c->recording;
    bool fine = true;

    if (r == NULL)
        return true;
    c->recording = NULL;
    if (keep && r->failed) {
        cli_error(c, CLI_no_memory, NULL);
        fine = keep = false;
    }
    if (keep)
        (void)cli_wrote(c, r->output.file,
                        bylaw_record_write(r->record, cli_write, r->output.file));
    const bool closed = cli_output_close(c, &r->output, keep); /* tells a failed write */

    bylaw_record_free(r->record);
    free(r->folder);
    free(r);
    return fine && closed;
}

/* ---- checking again ---- */

/* A file of the record as it is opened from here: PREFIX is its folder, with a slash, or empty. */
static const char *opened_as(cli *c, const char *prefix, bylaw_str name)
{
    const char *text = cli_copy(c, name);

    if (text[0] == '/' || prefix[0] == '\0' || !cli_is_path(text))
        return text;
    char *path = malloc(strlen(prefix) + strlen(text) + 1);

    if (path == NULL) {
        cli_forget();
        return text;
    }
    strcpy(path, prefix);
    strcat(path, text);
    text = cli_copy(c, cli_str(path));
    free(path);
    return text;
}

/* Every file that cannot be read again is told, with its place in the record. */
static bool files_are_there(cli *c, const char *path, const char *prefix,
                            const bylaw_record *record, bool has_input)
{
    bool all = true;

    for (size_t i = 0; i < bylaw_record_input_count(record); i++) {
        const bylaw_record_input input = bylaw_record_input_get(record, i);
        const char *file = opened_as(c, prefix, input.name);
        char place[4200];
        bool there = false;

        snprintf(place, sizeof place, "%s:%zu:%zu", path, input.line, input.column);
        if (input.standard_input && has_input)
            continue;
        if (input.standard_input)
            cli_error(c, CLI_record_was_input, "place", place, "file", cli_copy(c, input.name),
                      NULL);
        else if (!(there = access(file, R_OK) == 0))
            cli_error(c, CLI_record_no_file, "place", place, "file", file, NULL);
        all = all && there;
    }
    return all;
}

static bool add_all(cli *c, cli_strings *out, const char *prefix, const bylaw_str *items,
                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!cli_strings_add(out, prefix != NULL ? opened_as(c, prefix, items[i])
                                                 : cli_copy(c, items[i])))
            return false;
    }
    return true;
}

static bool add_inputs(cli *c, const char *prefix, const bylaw_record *record, cli_strings *files)
{
    cli_options *o = &c->options;

    for (size_t i = 0; i < bylaw_record_input_count(record); i++) {
        const bylaw_record_input input = bylaw_record_input_get(record, i);
        const char *name = opened_as(c, prefix, input.name);
        cli_strings *list = input.role == BYLAW_INPUT_ACTION     ? files
                            : input.role == BYLAW_INPUT_REGISTER ? &o->registers
                            : input.role == BYLAW_INPUT_WAIVERS  ? &o->waivers
                                                                 : NULL;

        if (input.standard_input) {
            o->stdin_filename = cli_copy(c, input.name);
            name = "-";
        }
        if (list != NULL && !cli_strings_add(list, name))
            return false;
    }
    return true;
}

/* The texts stay those of the record. */
static bool copy_settings(bylaw_setting **out, size_t *count, const bylaw_setting *from, size_t n)
{
    *out = malloc((n + 1) * sizeof **out);
    for (size_t i = 0; *out != NULL && i < n; i++)
        (*out)[i] = from[i];
    *count = *out != NULL ? n : 0;
    return *out != NULL;
}

static bool take_limits(cli *c, const bylaw_record_options *from)
{
    for (size_t i = 0; i < from->limit_count; i++) {
        if (!cli_set_limit(c, "limit", from->limits[i].name, cli_copy(c, from->limits[i].value),
                           true))
            return false;
    }
    return true;
}

/* The options of the record become those of the run. */
static bool take_options(cli *c, const char *prefix, const bylaw_record *record, cli_strings *files)
{
    const bylaw_record_options *from = bylaw_record_options_of(record);
    cli_options *o = &c->options;

    o->at = from->at.len > 0 ? cli_copy(c, from->at) : NULL;
    o->flat = from->flat.len > 0 ? cli_copy(c, from->flat) : NULL;
    o->strict = from->strict;
    o->ignore_unknown = from->ignore_unknown;
    return add_all(c, &o->rules, prefix, from->rules, from->rule_count) &&
           add_all(c, &o->select, NULL, from->select, from->select_count) &&
           add_all(c, &o->ignore, NULL, from->ignore, from->ignore_count) &&
           copy_settings(&o->facts, &o->fact_count, from->facts, from->fact_count) &&
           copy_settings(&o->readings, &o->reading_count, from->readings, from->reading_count) &&
           take_limits(c, from) && add_inputs(c, prefix, record, files);
}

bylaw_record *cli_check_again(cli *c, const char *path, const bylaw_record *then, bool has_input)
{
    const size_t line = bylaw_record_options_of(then)->line;
    const char *slash = strrchr(path, '/');
    const char *prefix =
        slash != NULL ? cli_copy(c, (bylaw_str){path, (size_t)(slash - path + 1)}) : "";
    cli_strings files = {0};
    bylaw_record *now = NULL;

    if (files_are_there(c, path, prefix, then, has_input) &&
        take_options(c, prefix, then, &files) && (c->recording = begin(c, path, line)) != NULL) {
        if (cli_check_for_record(c, &files, line) && !c->recording->failed) {
            now = c->recording->record;
            c->recording->record = NULL;
        }
        (void)cli_record_end(c, false);
    }
    cli_strings_free(&files);
    return now;
}
