/* main.c: the table of commands, the options, and the way from a command line to an exit code. */
#define _XOPEN_SOURCE 700 /* strdup, isatty, SIGXFSZ */
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const cli_row cli_commands[] = {
#define CLI_COMMAND(name) {#name, command_##name},
#include "commands.def"
#undef CLI_COMMAND
    {NULL, NULL},
};

/* ---- options ---- */

typedef bool take_fn(cli *c, const char *name, const char *value);

static bool take_list(cli *c, cli_strings *list, const char *value)
{
    if (cli_strings_add(list, value))
        return true;
    cli_error(c, CLI_no_memory, NULL);
    return false;
}

static bool take_rules(cli *c, const char *name, const char *value)
{
    (void)name;
    return take_list(c, &c->options.rules, value);
}

static bool take_source(cli *c, const char *name, const char *value)
{
    (void)name;
    return take_list(c, &c->options.sources, value);
}

static bool take_ruleset(cli *c, const char *name, const char *value)
{
    (void)name;
    c->options.values[CLI_VALUE_RULESET] = value;
    return true;
}

static bool take_check(cli *c, const char *name, const char *value)
{
    (void)name;
    c->options.values[CLI_VALUE_CHECK] = value;
    return true;
}

static bool take_register(cli *c, const char *name, const char *value)
{
    (void)name;
    return take_list(c, &c->options.registers, value);
}

static bool take_config(cli *c, const char *name, const char *value)
{
    (void)name;
    c->options.config = value;
    return true;
}

static bool take_pick(cli *c, const char *name, const char *value)
{
    return take_list(c, strcmp(name, "--select") == 0 ? &c->options.select : &c->options.ignore,
                     value);
}

static bool take_waivers(cli *c, const char *name, const char *value)
{
    (void)name;
    return take_list(c, &c->options.waivers, value);
}

static bool take_baseline(cli *c, const char *name, const char *value)
{
    if (value != NULL && value[0] == '\0') {
        cli_error(c, CLI_option_value, "name", name, NULL);
        return false;
    }
    if (strcmp(name, "--baseline") == 0) {
        c->options.baseline = value;
    } else {
        c->options.write_baseline = true;
        c->options.baseline_out = value;
    }
    return true;
}

static bool take_output(cli *c, const char *name, const char *value)
{
    (void)name;
    if (cli_add_output(c, value))
        return true;
    cli_error(c, CLI_no_memory, NULL);
    return false;
}

static bool take_format(cli *c, const char *name, const char *value)
{
    (void)name;
    return take_list(c, &c->options.formats, value); /* which there are: see values.c */
}

static bool take_setting(cli *c, const char *option, const char *example, const char *value,
                         bylaw_setting **list, size_t *count)
{
    const char *equals = strchr(value, '=');
    bylaw_setting *more;

    if (equals == NULL || equals == value) {
        cli_error(c, CLI_bad_setting, "option", option, "example", example, NULL);
        return false;
    }
    more = realloc(*list, (*count + 1) * sizeof *more);
    if (more == NULL) {
        cli_error(c, CLI_no_memory, NULL);
        return false;
    }
    more[*count] = (bylaw_setting){{value, (size_t)(equals - value)}, cli_str(equals + 1)};
    *list = more;
    ++*count;
    return true;
}

static bool take_set(cli *c, const char *name, const char *value)
{
    return take_setting(c, name, "--set present=7", value, &c->options.facts,
                        &c->options.fact_count);
}

static bool take_limit(cli *c, const char *name, const char *value)
{
    const char *equals = strchr(value, '=');

    if (equals == NULL || equals == value) {
        cli_error(c, CLI_bad_setting, "option", name, "example", "--limit nesting=200", NULL);
        return false;
    }
    return cli_set_limit(c, name, (bylaw_str){value, (size_t)(equals - value)}, equals + 1, true);
}

static bool take_reading(cli *c, const char *name, const char *value)
{
    return take_setting(c, name, "--reading half=exclusive", value, &c->options.readings,
                        &c->options.reading_count);
}

static bool one_of(cli *c, const char *option, const char *value, const char *const *values)
{
    size_t n = 0;

    for (; values[n] != NULL; n++) {
        if (strcmp(values[n], value) == 0)
            return true;
    }
    return cli_bad_value(c, option, value, values, n);
}

static bool take_at(cli *c, const char *name, const char *value)
{
    (void)name;
    c->options.at = value;
    return true;
}

static bool take_expect(cli *c, const char *name, const char *value)
{
    static const char *const values[] = {"adopted", "not-adopted", "open", NULL};

    c->options.expect = value;
    return one_of(c, name, value, values);
}

static size_t place_of(const char *value, const char *const *values)
{
    size_t i = 0;

    while (values[i] != NULL && strcmp(values[i], value) != 0)
        i++;
    return i;
}

static bool take_fail_on(cli *c, const char *name, const char *value)
{
    static const char *const values[] = {"never",   "violation", "undetermined",
                                         "caution", "loosened",  "verdict",
                                         NULL}; /* each fails on more */

    (void)name;
    /* given more than once: whatever one of them fails on */
    if (c->options.fail_on == NULL ||
        place_of(value, values) > place_of(c->options.fail_on, values))
        c->options.fail_on = value; /* one that there is not lies behind all, and is told */
    return true;
}

static bool take_color(cli *c, const char *name, const char *value)
{
    static const char *const values[] = {"auto", "always", "never", NULL};

    c->options.color = value;
    return one_of(c, name, value, values);
}

static bool take_stdin_filename(cli *c, const char *name, const char *value)
{
    (void)name;
    c->options.stdin_filename = value;
    return true;
}

static bool take_lang(cli *c, const char *name, const char *value)
{
    const char *comma = strchr(value, ',');
    const bylaw_str first = {value, comma != NULL ? (size_t)(comma - value) : strlen(value)};

    c->options.lang_given = true;
    c->options.lang_count = comma != NULL ? 2 : 1;
    if (cli_lang_named(&c->options.langs[0], first) &&
        (comma == NULL || cli_lang_named(&c->options.langs[1], cli_str(comma + 1)))) {
        c->lang = c->options.langs[0];
        return true;
    }
    cli_error(c, CLI_bad_value, "option", name, "value", value, "values", "zh en zh,en en,zh",
              NULL);
    return false;
}

static bool take_flat(cli *c, const char *name, const char *value)
{
    (void)name;
    c->options.flat = value;
    return true;
}

/* --jobs N; 0: one for each processor. */
static bool take_jobs(cli *c, const char *name, const char *value)
{
    char *end = NULL, most[24];
    const unsigned long n = strtoul(value, &end, 10);
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (value[0] < '0' || value[0] > '9' || *end != '\0' || n > CLI_MOST_JOBS) {
        snprintf(most, sizeof most, "%d", CLI_MOST_JOBS);
        cli_error(c, CLI_bad_jobs, "option", name, "value", value, "most", most, NULL);
        return false;
    }
    c->options.jobs = n > 0 ? n : processors > 1 ? (size_t)processors : 1;
    if (c->options.jobs > CLI_MOST_JOBS)
        c->options.jobs = CLI_MOST_JOBS;
    return true;
}

static bool take_record(cli *c, const char *name, const char *value)
{
    (void)name;
    c->options.record = value;
    return true;
}

static bool take_template(cli *c, const char *name, const char *value)
{
    (void)name;
    c->options.template_text = value;
    return true;
}

static bool take_unknown_keys(cli *c, const char *name, const char *value)
{
    static const char *const values[] = {"error", "ignore", NULL};

    c->options.ignore_unknown = strcmp(value, "ignore") == 0;
    return one_of(c, name, value, values);
}

/* --table, --max, --actions: text that only single commands look at. */
static bool take_text(cli *c, const char *name, const char *value)
{
    c->options.values[strcmp(name, "--table") == 0 ? CLI_TABLE
                      : strcmp(name, "--max") == 0 ? CLI_MAX
                                                   : CLI_ACTIONS] = value;
    return true;
}

static bool take_flag(cli *c, const char *name, const char *value)
{
    (void)value;
    if (strcmp(name, "--strict") == 0 || strcmp(name, "--no-strict") == 0) {
        c->options.strict = strcmp(name, "--strict") == 0; /* the last one holds */
        c->options.strict_given = true;
    } else if (strcmp(name, "--isolated") == 0)
        c->options.isolated = true;
    else if (strcmp(name, "--allow-empty") == 0)
        c->options.allow_empty = true;
    else if (strcmp(name, "--quiet") == 0)
        c->options.verbosity--;
    else if (strcmp(name, "--verbose") == 0)
        c->options.verbosity++;
    else if (strcmp(name, "--explain") == 0)
        c->options.extra[CLI_FLAG_EXPLAIN] = true;
    else if (strcmp(name, "--mutate") == 0)
        c->options.extra[CLI_FLAG_MUTATE] = true;
    else if (strcmp(name, "--boundary") == 0)
        c->options.extra[CLI_FLAG_BOUNDARY] = true;
    else if (strcmp(name, "--all") == 0)
        c->options.all = true;
    else if (strcmp(name, "--readings") == 0)
        c->options.extra[CLI_READINGS] = true;
    else if (strcmp(name, "--exhaustive") == 0)
        c->options.extra[CLI_EXHAUSTIVE] = true;
    return true;
}

static const struct option_row {
    char letter; /* 0: none */
    const char *name;
    bool has_value;
    take_fn *take;
    bool may_lack_it; /* the value, which then can only stand behind = */
} option_rows[] = {
    {'r', "--rules", true, take_rules, false},
    {0, "--facts", true, take_register, false},
    {0, "--set", true, take_set, false},
    {0, "--reading", true, take_reading, false},
    {0, "--at", true, take_at, false},
    {0, "--limit", true, take_limit, false},
    {0, "--expect", true, take_expect, false},
    {0, "--fail-on", true, take_fail_on, false},
    {'f', "--format", true, take_format, false},
    {'o', "--output", true, take_output, false},
    {0, "--lang", true, take_lang, false},
    {0, "--color", true, take_color, false},
    {0, "--stdin-filename", true, take_stdin_filename, false},
    {0, "--source", true, take_source, false},
    {0, "--config", true, take_config, false},
    {0, "--select", true, take_pick, false},
    {0, "--ignore", true, take_pick, false},
    {0, "--waivers", true, take_waivers, false},
    {0, "--baseline", true, take_baseline, false},
    {0, "--write-baseline", true, take_baseline, true},
    {0, "--check", true, take_check, false},
    {0, "--ruleset", true, take_ruleset, false},
    {'j', "--jobs", true, take_jobs, false},
    {0, "--flat", true, take_flat, false},
    {0, "--template", true, take_template, false},
    {0, "--record", true, take_record, false},
    {0, "--unknown-keys", true, take_unknown_keys, false},
    {0, "--strict", false, take_flag, false},
    {0, "--no-strict", false, take_flag, false},
    {0, "--isolated", false, take_flag, false},
    {0, "--allow-empty", false, take_flag, false},
    {0, "--explain", false, take_flag, false},
    {0, "--mutate", false, take_flag, false},
    {0, "--boundary", false, take_flag, false},
    {'q', "--quiet", false, take_flag, false},
    {'v', "--verbose", false, take_flag, false},
    {0, "--all", false, take_flag, false},
    {0, "--readings", false, take_flag, false},
    {0, "--exhaustive", false, take_flag, false},
    {0, "--table", true, take_text, false},
    {0, "--max", true, take_text, false},
    {0, "--actions", true, take_text, false},
};
#define OPTION_COUNT (sizeof option_rows / sizeof *option_rows)
_Static_assert(OPTION_COUNT <= sizeof((cli_options *)0)->given, "a flag for each option");

bool cli_option_at(size_t i, cli_option_info *out)
{
    if (i >= OPTION_COUNT)
        return false;
    *out = (cli_option_info){option_rows[i].name, option_rows[i].letter,
                             option_rows[i].has_value && !option_rows[i].may_lack_it};
    return true;
}

static bool unknown_option(cli *c, const char *name)
{
    const char *names[OPTION_COUNT];

    for (size_t i = 0; i < OPTION_COUNT; i++)
        names[i] = option_rows[i].name;
    const char *near = cli_nearest(name, names, OPTION_COUNT);

    if (near != NULL)
        cli_error(c, CLI_unknown_option_near, "name", name, "near", near, NULL);
    else
        cli_error(c, CLI_unknown_option, "name", name, "command",
                  c->options.files.count > 0 ? c->options.files.items[0] : "", NULL);
    return false;
}

static bool take(cli *c, size_t i, const char *value)
{
    c->options.given[i] = true;
    return option_rows[i].take(c, option_rows[i].name, value);
}

/* --name, --name=value, --name value. */
static bool long_option(cli *c, char **argv, int *i)
{
    const char *equals = strchr(argv[*i], '=');
    const size_t length = equals != NULL ? (size_t)(equals - argv[*i]) : strlen(argv[*i]);

    for (size_t k = 0; k < OPTION_COUNT; k++) {
        const struct option_row *row = &option_rows[k];

        if (strlen(row->name) != length || strncmp(row->name, argv[*i], length) != 0)
            continue;
        if (!row->has_value) {
            if (equals == NULL)
                return take(c, k, NULL);
            cli_error(c, CLI_option_no_value, "name", row->name, NULL);
            return false;
        }
        if (equals != NULL || row->may_lack_it)
            return take(c, k, equals != NULL ? equals + 1 : NULL);
        if (argv[*i + 1] == NULL) {
            cli_error(c, CLI_option_value, "name", row->name, NULL);
            return false;
        }
        return take(c, k, argv[++*i]);
    }
    return unknown_option(c, argv[*i]);
}

/* -q, -qq, -rwcasp, -r wcasp */
static bool short_options(cli *c, char **argv, int *i)
{
    for (const char *p = argv[*i] + 1; *p != '\0'; p++) {
        size_t k = 0;

        while (k < OPTION_COUNT && option_rows[k].letter != *p)
            k++;
        if (k == OPTION_COUNT)
            return unknown_option(c, argv[*i]);
        if (!option_rows[k].has_value) {
            if (!take(c, k, NULL))
                return false;
            continue;
        }
        if (p[1] != '\0')
            return take(c, k, p + 1);
        if (argv[*i + 1] == NULL) {
            cli_error(c, CLI_option_value, "name", option_rows[k].name, NULL);
            return false;
        }
        return take(c, k, argv[++*i]);
    }
    return true;
}

/* Options may stand before and after operands; behind `--` everything is an operand. */
static bool read_arguments(cli *c, char **argv)
{
    bool options = true, fine = true;

    for (int i = 1; argv[i] != NULL; i++) {
        if (options && strcmp(argv[i], "--") == 0)
            options = false;
        else if (options && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0))
            c->options.help = true;
        else if (options && strcmp(argv[i], "--version") == 0)
            fine = take_list(c, &c->options.files, "version") && fine;
        else if (options && strncmp(argv[i], "--", 2) == 0)
            fine = long_option(c, argv, &i) && fine;
        else if (options && argv[i][0] == '-' && argv[i][1] != '\0')
            fine = short_options(c, argv, &i) && fine;
        else
            fine = take_list(c, &c->options.files, argv[i]) && fine;
    }
    return fine;
}

/* ---- surroundings ---- */

/* LC_ALL over LC_MESSAGES over LANG: Chinese for zh, else English. The C library's locale is left
 * alone. */
static bylaw_lang locale_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && value[0] != '\0')
            return strncmp(value, "zh", 2) == 0 ? BYLAW_ZH : BYLAW_EN;
    }
    return BYLAW_EN;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0';
}

/* --color over NO_COLOR over FORCE_COLOR and CLICOLOR_FORCE over: is it a terminal, and no dumb
 * one. */
static bool wants_color(const cli *c, int fd)
{
    const char *term = getenv("TERM");

    if (c->options.color != NULL && strcmp(c->options.color, "auto") != 0)
        return strcmp(c->options.color, "always") == 0;
    if (is_set("NO_COLOR"))
        return false;
    if (is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE"))
        return true;
    return isatty(fd) && (term == NULL || strcmp(term, "dumb") != 0);
}

/* 80, fewer only in a narrower terminal. */
static size_t columns(void)
{
    struct winsize size;

    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
        size.ws_col < 80)
        return size.ws_col < 40 ? 40 : size.ws_col;
    return 80;
}

/* ---- the run ---- */

static const cli_row *find_command(const char *name)
{
    for (const cli_row *row = cli_commands; row->name != NULL; row++) {
        if (strcmp(row->name, name) == 0)
            return row;
    }
    return NULL;
}

/* `bylaw FILE` is `bylaw check FILE`: what looks like a file, or is one. */
static bool looks_like_file(const char *name)
{
    return strcmp(name, "-") == 0 || strchr(name, '.') != NULL || strchr(name, '/') != NULL ||
           access(name, F_OK) == 0;
}

static int unknown_command(cli *c, const char *name)
{
    const char *names[64];
    size_t n = 0;

    for (const cli_row *row = cli_commands; row->name != NULL && n < 64; row++)
        names[n++] = row->name;
    const char *near = cli_nearest(name, names, n);

    if (near != NULL)
        return cli_error(c, CLI_unknown_command_near, "name", name, "near", near, NULL);
    return cli_error(c, CLI_unknown_command, "name", name, NULL);
}

/* --help: of the command that stands before it, else of all. */
static int help_wanted(cli *c)
{
    cli_strings *files = &c->options.files;
    const size_t keep = files->count > 0 && find_command(files->items[0]) != NULL ? 1 : 0;

    while (files->count > keep)
        free((void *)(uintptr_t)files->items[--files->count]);
    return command_help(c);
}

/* An option that the command would pass over is a mistake of whoever wrote it. */
static bool takes_all(cli *c, const char *command)
{
    cli_option_info option;
    bool fine = true;

    for (size_t i = 0; cli_option_at(i, &option); i++) {
        if (c->options.given[i] && cli_option_means(command, &option, c->lang) == NULL) {
            cli_error(c, CLI_option_not_taken, "name", option.name, "command", command, NULL);
            fine = false;
        }
    }
    return fine;
}

static int run(cli *c)
{
    cli_strings *files = &c->options.files;

    if (c->options.help)
        return help_wanted(c);
    if (files->count == 0) {
        cli_say(c, stderr, CLI_first_contact, NULL);
        return CLI_TROUBLE;
    }
    const cli_row *row = find_command(files->items[0]);

    if (row == NULL && !looks_like_file(files->items[0]))
        return unknown_command(c, files->items[0]);
    const char *command = row != NULL ? row->name : "check";

    if (!takes_all(c, command) || !cli_values_fit(c, command) || !cli_apply_config(c, command))
        return CLI_TROUBLE;
    if (row == NULL)
        return command_check(c);
    free((void *)(uintptr_t)files->items[0]);
    memmove(files->items, files->items + 1, (files->count - 1) * sizeof *files->items);
    files->count--;
    return row->run(c);
}

static void free_options(cli_options *o)
{
    cli_strings *const lists[] = {&o->rules,  &o->registers, &o->formats, &o->outputs, &o->select,
                                  &o->ignore, &o->sources,   &o->waivers, &o->files};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        cli_strings_free(lists[i]);
    free(o->facts);
    free(o->readings);
}

/* Tells what is only known at the end. */
static int end_code(cli *c, int code)
{
    const bool unwritten = fflush(stdout) != 0 || ferror(stdout) || c->failed_write;
    const int why = unwritten ? cli_write_error() : 0;

    /* what fails without a word has failed for want of memory: all else is told where it is found
     */
    if (code == CLI_TROUBLE && !cli_has_told() && !unwritten)
        cli_forget();
    cli_tell_forgotten(c);
    if (cli_has_forgotten())
        code = CLI_TROUBLE;
    if (unwritten && why != EPIPE) /* a reader that has seen enough (`| head`) is no mistake */
        code = cli_error(c, CLI_cannot_write_output, "why", strerror(why), NULL);
    return code;
}

int main(int argc, char **argv)
{
    cli c = {.options = {.lang_count = 1}};
    int code = CLI_TROUBLE;

    (void)argc;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, and told as one */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow any more */
    cli_hold_streams();
    c.err = stderr;
    c.lang = c.options.langs[0] = locale_language();
    c.columns = columns();
    c.color_err = wants_color(&c, STDERR_FILENO);
    if (bylaw_diags_new(&c.diags, &cli_memory) != BYLAW_OK)
        return cli_error(&c, CLI_no_memory, NULL);
    if (read_arguments(&c, argv)) {
        c.color = wants_color(&c, STDOUT_FILENO);
        c.color_err = wants_color(&c, STDERR_FILENO);
        code = run(&c);
    }
    code = end_code(&c, code);
    cli_strings_free(&c.copies);
    cli_free_sources();
    cli_free_sets(&c);
    bylaw_diags_free(c.diags);
    free_options(&c.options);
    return code;
}
