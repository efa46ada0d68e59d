/* cli.h: what the commands of the program share: options, words, files, rule sets, exit codes.
 *
 * The program sees the library's public headers only. One file a command: command_NAME.c, each with
 * one function of type cli_command; main.c holds the table. */
#ifndef CLI_H
#define CLI_H

#include <bylaw/bylaw.h>

#include <stddef.h>
#include <stdio.h>

/* Exit codes, in one place (the manual names them): the gravest over all actions, 2 before 1
 * before 3. */
enum {
    CLI_OK = 0,
    CLI_VIOLATION = 1,
    CLI_TROUBLE = 2, /* usage, input or rule error; nothing was checked */
    CLI_UNDETERMINED = 3
};
int cli_graver(int a, int b);

/* Every sentence of the program, once: words.def. */
typedef struct cli_words {
    const char *in[BYLAW_LANGS];
} cli_words;

typedef enum cli_word {
#define CLI_WORD(name, zh, en) CLI_##name,
#include "words.def"
#undef CLI_WORD
    CLI_WORD__COUNT
} cli_word;

/* Flags and values of single commands: places in cli_options.extra and .values. */
enum {
    CLI_FLAG_EXPLAIN = 0,
    CLI_FLAG_MUTATE = 8,
    CLI_FLAG_BOUNDARY = 9,
    CLI_VALUE_CHECK = 8,
    CLI_VALUE_RULESET = 9
};
enum cli_extra { CLI_READINGS = 1, CLI_EXHAUSTIVE };
enum cli_value { CLI_TABLE, CLI_MAX, CLI_ACTIONS };

#define CLI_MOST_JOBS 64

/* The options that any command may take; each command names those it does in its row. */
typedef struct cli_strings {
    const char **items;
    size_t count;
} cli_strings;

typedef struct cli_options {
    bylaw_lang langs[BYLAW_LANGS];
    size_t lang_count;
    cli_strings rules, registers, formats, outputs, select, ignore, sources, waivers;
    bylaw_setting *facts, *readings;
    size_t fact_count, reading_count;
    const char *at, *expect, *fail_on, *stdin_filename, *color, *width;
    const char *config; /* --config FILE */
    const char *baseline, *baseline_out;
    bool write_baseline; /* to baseline_out, or to where the baseline is */
    bool isolated, lang_given;
    const char *flat, *template_text; /* --flat KEY, --template TEXT */
    const char *record;               /* --record FILE */
    bool ignore_unknown;
    bool strict, strict_given, allow_empty, help, all, json;
    bool given[64]; /* by place in the table of options */
    bool extra[16]; /* flags of single commands, by the number in their option row */
    const char *values[16];
    bylaw_limits limits; /* 0: the usual one */
    int verbosity;
    size_t jobs; /* --jobs; 0: not given */
    cli_strings files;
} cli_options;

typedef struct cli {
    cli_options options;
    bylaw_lang lang; /* the first */
    bool color;      /* of standard output */
    bool color_err;
    size_t columns;
    bylaw_diags *diags;
    struct cli_loaded *sets; /* loaded, in order */
    size_t set_count;
    bylaw_ruleset **shelf; /* the bundled sets, by number; NULL: their titles were not asked for */
    bool failed_write;
    cli_strings copies;
    FILE *err;         /* standard error, or what a lane has yet to say on it */
    struct cli *whole; /* of a lane: the program, whose rule sets it shares; else NULL */
    struct cli_recording *recording; /* NULL: no record is made */
} cli;

/* The i-th option of the program; false behind the last. */
typedef struct cli_option_info {
    const char *name; /* --rules */
    char letter;      /* 0: none */
    bool has_value;
} cli_option_info;
bool cli_option_at(size_t i, cli_option_info *out);
/* What help.def says of the option for that command; NULL: the command does not take it. --lang and
 * --color are taken by all. */
const char *cli_option_means(const char *command, const cli_option_info *option, bylaw_lang lang);

typedef int cli_command(cli *c);

/* ---- words ---- */
/* Writes a sentence with {name} parts to a stream; args end with NULL: name, value, name, value …
 */
void cli_say(cli *c, FILE *to, cli_word word, ...);
/* The same without a line end. */
void cli_put(cli *c, FILE *to, cli_word word, ...);
/* 错误  sentence, on standard error; returns CLI_TROUBLE. */
int cli_error(cli *c, cli_word word, ...);
/* What the library makes for the program is made of this: what it does not find is not forgotten,
 * whatever becomes of the status of the call. */
extern const bylaw_allocator cli_memory;
/* For want of memory something is left out that a run goes on without: it ends with exit 2, and no
 * file that it writes is put in its place. CLI_no_memory says so too. */
void cli_forget(void);
bool cli_has_forgotten(void);
void cli_tell_forgotten(cli *c); /* unless it has been told */
/* Was it done? Want of memory is not forgotten: some libraries have memory of their own. */
bool cli_done(bylaw_status status);
/* Has anything been told on standard error? Where the report itself tells of a failure, cli_tells
 * counts it as told. */
bool cli_has_told(void);
void cli_tells(void);
/* Writes what the library wrote; for its callbacks. context is a FILE *. */
bylaw_status cli_write(void *file, bylaw_str text);
/* Was that written by the library? Want of memory and a failed write to standard output are told at
 * the end; of any other file its closing tells. */
bool cli_wrote(cli *c, const FILE *to, bylaw_status status);
/* Why the last writing failed, or the last call: an errno. */
int cli_write_error(void);
/* A new file, never an old one; NULL: told. */
FILE *cli_create(cli *c, const char *path);
/* Closes a file that was created. false: it could not be written wholly, or status says that what
 * writes it failed: told, and nothing is left behind. */
bool cli_finish_file(cli *c, FILE *out, const char *path, bylaw_status status);
/* Tells all diagnostics on standard error and clears them; codes: for authors of rule sets. */
void cli_tell_diags(cli *c, bool codes);
/* A sentence without parts, as it stands. */
const char *cli_word_text(const cli *c, cli_word word);
/* Columns of a text of ours: Chinese characters take two. */
size_t cli_width(const char *text);
/* "…", escaped. */
void cli_json_string(FILE *to, bylaw_str text);
/* Does -f name JSON? For commands that know words and JSON only. */
bool cli_wants_json(const cli *c);

/* Tells that no set has such a kind, with the nearest that there is. CLI_TROUBLE. */
int cli_unknown_kind(cli *c, const char *name);

/* The values of an option at a command that has words of its own for it, in the order in which they
 * are told; NULL at the end. */
typedef struct cli_own_values {
    const char *command, *option, *words;
} cli_own_values;
extern const cli_own_values cli_own_value_rows[];
/* Are the given values of --format and --fail-on among those of the command? Else false: told. */
bool cli_values_fit(cli *c, const char *command);
bool cli_lang_named(bylaw_lang *out, bylaw_str name);

/* ---- files ---- */
typedef struct cli_text {
    char *bytes;
    size_t size;
} cli_text;
/* Reads a whole file ("-": standard input). On failure the mistake has been told; false. */
bool cli_read_file(cli *c, const char *path, cli_text *out);
void cli_free_text(cli_text *text);
/* The lines of a file or of standard input, whole ones, as many at a time as came: a block grows
 * only for a line that is longer than it. */
typedef struct cli_lines {
    int fd;
    const char *path;
    char *rest; /* the beginning of the line that comes next */
    size_t room, size;
    size_t number;   /* of the line that comes next, from 1 */
    size_t recorded; /* the file's number in the record of the run */
} cli_lines;
typedef struct cli_block {
    char *bytes;
    size_t room, size;
    size_t line; /* the number of its first line */
    size_t from; /* where the next line of it begins */
} cli_block;
bool cli_lines_open(cli *c, cli_lines *lines, const char *path); /* false: told */
/* The next lines, valid until the next call with this block; false at the end, or after a failure,
 * which has been told and is kept in *failed. */
bool cli_lines_block(cli *c, cli_lines *lines, cli_block *block, bool *failed);
/* The next line of the block without its end, and its number. */
bool cli_block_line(cli_block *block, bylaw_str *line, size_t *number);
void cli_lines_close(cli_lines *lines);
/* Is it JSON lines, by its name? */
bool cli_is_lines(const char *path);
/* Every file to check that the operands name: folders are walked for .yaml, .yml, .json, .jsonl, by
 * name. */
bool cli_expand(cli *c, const cli_strings *operands, cli_strings *out);
/* The file itself; of a folder, every file in it with that suffix, by name. */
bool cli_list_files(cli *c, const char *path, const char *suffix, cli_strings *out);
void cli_strings_free(cli_strings *list);
bool cli_strings_add(cli_strings *list, const char *text); /* copies */
void cli_strings_sort(cli_strings *list);                  /* by bytes */
bool cli_is_folder(const char *path);
bylaw_str cli_str(const char *text);
/* "a, b" or "a、b", kept like cli_copy; what one has is NULL at first. */
const char *cli_listed(cli *c, const char *so_far, bylaw_str more);
/* The text as a C string, kept until the program ends; for the parts of sentences. */
const char *cli_copy(cli *c, bylaw_str text);

void cli_tell_too_large(cli *c, const char *path);
/* The files of --facts, or of --waivers. */
typedef struct cli_registers {
    bylaw_register *items;
    cli_text *texts;
    size_t count;
} cli_registers;
/* false: the mistake has been told; what was read is freed all the same with cli_free_registers. */
bool cli_read_registers(cli *c, const cli_strings *files, cli_registers *out);
void cli_free_registers(cli_registers *registers);

/* ---- limits: limits.c ---- */
/* NAME=VALUE of --limit or of the settings; over: it goes before what is set already. false: told.
 */
bool cli_set_limit(cli *c, const char *option, bylaw_str name, const char *value, bool over);
size_t cli_limit(const cli *c, bylaw_limit limit);
void cli_tell_limits(const cli *c);

/* ---- where reports go, and long runs: outputs.c ---- */
typedef struct cli_output {
    const char *path;
    FILE *file;      /* stdout for "-" */
    char *temporary; /* what is being written, until it is whole */
} cli_output;
bool cli_output_open(cli *c, cli_output *out, const char *path);
/* keep: put it in its place; else it never was. false: the failure has been told. */
bool cli_output_close(cli *c, cli_output *out, bool keep);
bool cli_add_output(cli *c, const char *path); /* -o, paired with its -f by place */
bool cli_pair_outputs(cli *c); /* after all options; false: they do not fit, which has been told */

/* .bylaw.yaml, where the command line says nothing; false: mistakes have been told. */
bool cli_apply_config(cli *c, const char *command);

/* A place for each standard stream that is closed; before any file is opened. */
void cli_hold_streams(void);
void cli_catch_interrupts(void);
bool cli_interrupted(void);
/* read(2) that an interrupt ends, on whichever thread it falls: -1 with errno EINTR. */
ptrdiff_t cli_read_some(int fd, void *bytes, size_t room);
typedef struct cli_progress {
    size_t all;
    int64_t begun, told; /* milliseconds */
    bool on;             /* standard error is a terminal */
} cli_progress;
/* all: 0 where nobody knows. Nothing is shown unless wanted, on a terminal, outside of CI. */
void cli_progress_begin(cli_progress *p, size_t all, bool wanted);
void cli_progress_tell(cli *c, cli_progress *p, size_t done, size_t violations);
void cli_progress_end(cli_progress *p);

/* ---- verdict records: record.c ---- */
typedef struct cli_recording cli_recording;
/* Begins the record that --record asks for, once the options are whole; false: told. Without it,
 * and for commands that make none, the calls below do nothing. */
bool cli_record_begin(cli *c, size_t line);
/* A file that is read: its path, and what messages call it; its text follows in pieces, under the
 * number that this gives. Lanes may call these at once. */
size_t cli_record_file(cli *c, bylaw_input_role role, const char *path, const char *shown);
void cli_record_text(cli *c, size_t file, bylaw_str text);
/* A file that was read as a whole. */
void cli_record_whole(cli *c, bylaw_input_role role, const char *path, const char *shown,
                      bylaw_str text);
void cli_record_result(cli *c, const bylaw_result *result);
/* keep: put it in its place, else it never was. false: the failure has been told. */
bool cli_record_end(cli *c, bool keep);
/* What the record at that path holds, checked again with its options; has_input: standard input
 * gives the text that came from it then. NULL: told. `then` must outlive the result. */
bylaw_record *cli_check_again(cli *c, const char *path, const bylaw_record *then, bool has_input);
/* Checks the files and tells nothing but mistakes; false: not everything could be checked. */
bool cli_check_for_record(cli *c, const cli_strings *files, size_t line);

/* ---- rule sets ---- */
/* A name that holds a dot or a slash is a file. */
bool cli_is_path(const char *name);
/* Loads those of -r; none given: nothing. false: the mistakes have been told. */
bool cli_load_rules(cli *c);
/* A set by bundled name, file or the id of one loaded; NULL with the mistake told (unless quiet).
 */
const bylaw_ruleset *cli_find_set(cli *c, const char *name, bool quiet);
/* The set that calls itself so, however it came to be loaded, else the bundled one; NULL: none. */
const bylaw_ruleset *cli_set_named(cli *c, const char *id);
bool cli_load_bundled(cli *c); /* all of them */
const bylaw_ruleset *cli_set(const cli *c, size_t i);
/* What a checker asks for: sets that actions name, files that they name. context is the cli. */
bylaw_status cli_load_named(void *context, bylaw_str name, bylaw_str file,
                            const bylaw_ruleset **out, bylaw_diags *diags);
bylaw_status cli_open_named(void *context, bylaw_str name, bylaw_str file, bylaw_str *text,
                            bylaw_str *shown);
void cli_free_sets(cli *c);
/* A rule set file is read again and again with changed text: what stands beside it is read once. */
typedef struct cli_beside cli_beside;
cli_beside *cli_beside_new(cli *c, const char *path); /* NULL: no memory */
void cli_beside_free(cli_beside *b);
bylaw_status cli_read_set(cli_beside *b, bylaw_str text, bylaw_ruleset **out, bylaw_diags *diags);
/* bylaw test --mutate, --boundary: one rule set file with its tests; the exit code. */
/* --source: of the texts, the one that a set is of (*out NULL: none); which[0] is its index. */
bylaw_status cli_fit_original(const bylaw_ruleset *set, const cli_text *texts, size_t count,
                              bylaw_original **out, size_t *which);
/* The article or norm of the loaded sets that is nearest to that name; NULL: none is near. */
const char *cli_nearest_rule(cli *c, const char *name);
bool cli_read_sources(cli *c); /* those of the options, for cli_quote */
/* What a report asks for; context is the cli. */
bylaw_quote cli_quote(void *context, bylaw_str provision, bylaw_str *text);
void cli_free_sources(void);
/* bylaw new --ruleset NAME [--source FILE]: the files that a rule set begins with. */
int cli_new_ruleset(cli *c, const char *name);
int cli_mutate(cli *c, const char *rules, const bylaw_ruleset *set, bylaw_tests *tests);

/* ---- one action after another, actions.c ---- */
/* Called with each result; what it returns is the exit code of that action. */
typedef int cli_use(cli *c, const bylaw_result *result, void *context);
/* Checks the actions of FILE, or of FILE:LINE; the mistakes have been told. The gravest code. */
int cli_each_result(cli *c, const char *operand, bool remedies, cli_use *use, void *context);
/* Whether an operand is a file, or looks like one. */
bool cli_looks_like_file(const char *name);

/* ---- the table of commands: commands.def ---- */
typedef struct cli_row {
    const char *name;
    cli_command *run;
} cli_row;
extern const cli_row cli_commands[];

#define CLI_COMMAND(name) cli_command command_##name;
#include "commands.def"
#undef CLI_COMMAND

/* The nearest of some names to one that is none of them; NULL where none is near. */
const char *cli_nearest(const char *name, const char *const *names, size_t count);
/* Tells that the option has no such value, which it may have and which is near. Always false. */
bool cli_bad_value(cli *c, const char *option, const char *value, const char *const *values,
                   size_t count);

#endif
