/* tests/cli/faults.c: the whole program, every command, with memory that runs out and files that
 * fail, at each point in turn.
 *
 * The program is linked into this one, with the functions that it takes memory and reads and writes
 * through wrapped by the linker (fault_calls.h). Each run is a child process. What must come out:
 * exit code 2 and a word on standard error, and every file as it was or as it should be; or, where
 * a failure costs a hint only or is made good, the very output of a run without it. Never a signal,
 * never a sanitizer's report.
 *
 * A call fails once along each way to it (a chain of calls) that no row before took.
 *
 *     cli_faults FIXTURE PART       PART: memory, files, surroundings, or total: is every command,
 *                                   option and format in the table? Behind it --all: every call */
#define _GNU_SOURCE
#include "cli.h"
#include "fault_calls.h"
#include "fault_rows.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The program's; the C library starts ours, which is wrapped around it. */
int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);

enum { MOST_FILES = 12, MOST_BYTES = 1 << 20, PATIENCE = 60 };

/* ---- what a run leaves ---- */

typedef struct made_file {
    char name[300];
    char *text;
} made_file;

typedef struct result {
    int code; /* of an exit; of a signal, the negative of its number */
    char *out, *err;
    made_file files[MOST_FILES]; /* those that were not there at the beginning */
    size_t file_count;
} result;

static char *slurp(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = calloc(1, MOST_BYTES);

    if (file == NULL || bytes == NULL)
        exit(2);
    (void)!fread(bytes, 1, MOST_BYTES - 1, file);
    fclose(file);
    return realloc(bytes, strlen(bytes) + 1);
}

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL || fputs(text, file) == EOF || fclose(file) != 0)
        exit(2);
}

/* Those that the run has made, or changed; removed, so that the next run finds none of them. */
static void take_files(result *r, const char *folder)
{
    DIR *dir = opendir(folder);

    for (struct dirent *e = dir == NULL ? NULL : readdir(dir); e != NULL; e = readdir(dir)) {
        if (e->d_type == DT_DIR || fault_is_input(e->d_name))
            continue;
        if (r->file_count == MOST_FILES)
            exit(2);
        made_file *file = &r->files[r->file_count++];

        snprintf(file->name, sizeof file->name, "%s/%s", folder, e->d_name);
        file->text = slurp(file->name);
        remove(file->name);
    }
    if (dir != NULL)
        closedir(dir);
}

static void free_result(result *r)
{
    free(r->out);
    free(r->err);
    for (size_t i = 0; i < r->file_count; i++)
        free(r->files[i].text);
}

static const made_file *find_made(const result *r, const char *name)
{
    for (size_t i = 0; i < r->file_count; i++) {
        if (strcmp(r->files[i].name, name) == 0)
            return &r->files[i];
    }
    return NULL;
}

/* ---- surroundings that fail ---- */

typedef struct surrounding {
    const char *name;
    int stream;         /* that something is wrong with; -1: none */
    const char *device; /* opened in its place; NULL: it is closed */
    bool no_reader;     /* a pipe that nobody reads */
    size_t eighths;     /* files may not grow beyond this part of the longest */
    bool of_formats;    /* tried with each format too, the others only without one */
} surrounding;

static const surrounding surroundings[] = {
    {"standard output full", STDOUT_FILENO, "/dev/full", false, 0, true},
    {"standard output closed", STDOUT_FILENO, NULL, false, 0, false},
    {"standard output without a reader", STDOUT_FILENO, NULL, true, 0, false},
    {"standard error full", STDERR_FILENO, "/dev/full", false, 0, false},
    {"standard error closed", STDERR_FILENO, NULL, false, 0, false},
    {"standard input closed", STDIN_FILENO, NULL, false, 0, false},
    {"standard input a folder", STDIN_FILENO, ".", false, 0, false},
    {"no room for files", -1, NULL, false, 0, false},
    {"half the room for files", -1, NULL, false, 4, true},
    {"hardly enough room for files", -1, NULL, false, 7, false},
};
#define SURROUNDINGS (sizeof surroundings / sizeof *surroundings)

static void move_to(int from, int to)
{
    if (from < 0 || (from != to && (dup2(from, to) < 0 || close(from) != 0)))
        _exit(98);
}

static void close_reader(int fd)
{
    int ends[2];

    if (pipe(ends) != 0)
        _exit(98);
    move_to(ends[1], fd);
    close(ends[0]);
}

static void surround(const surrounding *s, size_t longest)
{
    const struct rlimit most = {longest * s->eighths / 8, longest * s->eighths / 8};

    if (s->stream < 0 && setrlimit(RLIMIT_FSIZE, &most) != 0)
        _exit(98);
    if (s->no_reader)
        close_reader(s->stream);
    else if (s->stream >= 0 && s->device == NULL)
        close(s->stream);
    else if (s->stream >= 0)
        move_to(open(s->device, s->stream == STDIN_FILENO ? O_RDONLY : O_WRONLY), s->stream);
}

/* ---- one run, in a process of its own ---- */

static void child(const fault_row *row, int err, const surrounding *s, size_t longest)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
    char *argv[FAULT_ARGS + 2] = {(char *)(uintptr_t) "bylaw"};

    for (size_t i = 0; row->args[i] != NULL; i++)
        argv[i + 1] = (char *)(uintptr_t)row->args[i];
    for (size_t i = 0; i < sizeof ending / sizeof *ending;
         i++) /* whoever started this may have ignored them */
        signal(ending[i], SIG_DFL);
    if (freopen(row->input != NULL ? row->input : "/dev/null", "rb", stdin) == NULL ||
        freopen("../out", "wb", stdout) == NULL || dup2(err, STDERR_FILENO) < 0)
        _exit(99);
    close(err);
    alarm(PATIENCE);
    if (s != NULL)
        surround(s, longest);
    faults_arm(true);
    const int code = __real_main(1, argv);

    faults_arm(false);
    fflush(NULL);
    _exit(code);
}

/* Standard error is a pipe: what is told gets through, however little room files have. */
static char *read_pipe(int fd)
{
    char *bytes = calloc(1, MOST_BYTES);
    size_t size = 0;
    ssize_t n = 1;

    while (bytes != NULL && n > 0 && size < MOST_BYTES - 1) {
        n = read(fd, bytes + size, MOST_BYTES - 1 - size);
        size += n > 0 ? (size_t)n : 0;
    }
    close(fd);
    return bytes != NULL ? realloc(bytes, size + 1) : NULL;
}

static result run_in(const fault_row *row, const surrounding *s, size_t longest)
{
    result r = {0};
    int status = 0, ends[2];

    fflush(NULL);
    if (pipe(ends) != 0)
        exit(2);
    const pid_t pid = fork();

    if (pid == 0) {
        close(ends[0]);
        child(row, ends[1], s, longest);
    }
    close(ends[1]);
    r.err = read_pipe(ends[0]);
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        exit(2);
    r.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    r.out = slurp("../out");
    take_files(&r, ".");
    take_files(&r, "provisions");
    return r;
}

static result run(const fault_row *row, const call_fault *fault, size_t at)
{
    faults_plan(fault, at);
    return run_in(row, NULL, 0);
}

/* ---- what must come out ---- */

static size_t failures, tries;

static void complain(const fault_row *row, const char *fault, size_t at, const result *r,
                     const char *what)
{
    failures++;
    printf("bylaw");
    for (size_t i = 0; row->args[i] != NULL; i++)
        printf(" %s", row->args[i]);
    printf(", %s, call %zu: %s; exit %d, says: %.700s\n", fault, at, what, r->code, r->err);
}

#define OLD "what stood there before\n"

/* Where the usual run writes files, others stand already; `new` writes over none. */
static void put_old_files(const fault_row *row, const result *usual)
{
    for (size_t i = 0; i < usual->file_count && strcmp(row->args[0], "new") != 0; i++) {
        const char *dot = strrchr(usual->files[i].name, '.');

        if (strcmp(dot, ".baseline") != 0) /* what stands in it already would stay */
            put_file(usual->files[i].name, OLD);
    }
}

static bool same_files(const result *r, const result *usual)
{
    bool same = r->file_count == usual->file_count;

    for (size_t i = 0; i < usual->file_count && same; i++) {
        const made_file *file = find_made(r, usual->files[i].name);

        same = file != NULL && strcmp(file->text, usual->files[i].text) == 0;
    }
    return same;
}

/* A report that tells what could not be read is another one, and as whole: it ends as all do. */
static bool is_whole_report(const made_file *file)
{
    const size_t n = strlen(file->text);

    return strstr(file->name, ".record") == NULL && n > 1 && file->text[n - 1] == '\n' &&
           (file->text[0] != '{' || file->text[n - 2] == '}');
}

/* Each is the old one or the new one, and there is no other. */
static bool whole_files(const result *r, const result *usual, bool may_tell_more)
{
    for (size_t i = 0; i < r->file_count; i++) {
        const made_file *now = &r->files[i], *file = find_made(usual, now->name);

        if (file == NULL || (strcmp(now->text, OLD) != 0 && strcmp(now->text, file->text) != 0 &&
                             !(may_tell_more && is_whole_report(now))))
            return false;
    }
    return true;
}

static bool same_words(const result *r, const result *usual)
{
    return r->code == usual->code && strcmp(r->out, usual->out) == 0 &&
           strcmp(r->err, usual->err) == 0;
}

/* What stands on standard error tells of memory, or of a library that finds none for itself. */
static bool tells_of_memory(const result *r)
{
    return strstr(r->err, "out of memory") != NULL || strstr(r->err, "library") != NULL ||
           strstr(r->err, "内存不足") != NULL || strstr(r->err, strerror(ENOMEM)) != NULL;
}

static bool is_told(const call_fault *fault, const result *r)
{
    return r->code == CLI_TROUBLE && r->err[0] != '\0' &&
           (fault->kind != ALLOC || tells_of_memory(r));
}

static void judge(const fault_row *row, const call_fault *fault, size_t at, const result *usual)
{
    put_old_files(row, usual);
    result r = run(row, fault, at);
    const bool same = same_words(&r, usual) && same_files(&r, usual);
    const bool ended = fault->signal != 0 && r.code == -fault->signal;

    tries++;
    if (strstr(r.err, "Sanitizer") != NULL || strstr(r.err, "runtime error") != NULL)
        complain(row, fault->name, at, &r, "a sanitizer's report");
    else if (r.code < 0 && !ended)
        complain(row, fault->name, at, &r, "ended by a signal");
    else if (fault->made_good ? !same : !same && !ended && !is_told(fault, &r))
        complain(row, fault->name, at, &r, "neither told nor made good");
    else if (!whole_files(&r, usual, fault->kind == OPEN || fault->kind == READ))
        complain(row, fault->name, at, &r, "part of a file is left");
    free_result(&r);
}

/* ---- calls that fail ---- */

static const call_fault faults[] = {
    {"memory", ALLOC, ENOMEM, false, 0},
    {"thread: EAGAIN", THREAD, EAGAIN, true, 0},
    {"open: EMFILE", OPEN, EMFILE, false, 0},
    {"open: EIO", OPEN, EIO, false, 0},
    {"read: EIO", READ, EIO, false, 0},
    {"read: EINTR", READ, EINTR, true, 0},
    {"read: short", READ, 0, true, 0},
    {"write: ENOSPC", WRITE, ENOSPC, false, 0},
    {"write: EINTR", WRITE, EINTR, false, 0},
    {"close: ENOSPC", CLOSE, ENOSPC, false, 0},
    {"rename: EIO", RENAME, EIO, false, 0},
    {"open: interrupted", OPEN, 0, false, SIGINT},
    {"write: interrupted", WRITE, 0, false, SIGINT},
    {"write: terminated", WRITE, 0, false, SIGTERM},
    {"close: interrupted", CLOSE, 0, false, SIGINT},
    {"rename: interrupted", RENAME, 0, false, SIGINT},
};
#define FAULTS (sizeof faults / sizeof *faults)

/* The ways that a fault has gone: a hash table, 0 is empty. */
enum { WAYS = 1 << 18 };
static uint64_t *gone[FAULTS];

static bool is_new_way(size_t k, uint64_t way)
{
    if (way == 0)
        return false;
    if (gone[k] == NULL && (gone[k] = calloc(WAYS, sizeof **gone)) == NULL)
        exit(2);
    for (size_t at = (size_t)way & (WAYS - 1);; at = (at + 1) & (WAYS - 1)) {
        if (gone[k][at] == way)
            return false;
        if (gone[k][at] == 0) {
            gone[k][at] = way;
            return true;
        }
    }
}

static bool of_part(const call_fault *fault, const char *part)
{
    return (strcmp(part, "memory") == 0) == (fault->kind == ALLOC || fault->kind == THREAD);
}

static bool is_short(const call_fault *fault)
{
    return fault->error == 0 && fault->signal == 0;
}

/* The calls of a kind that the usual run made, by their ways, to be freed. */
static uint64_t *ways_of(call_kind kind, size_t *count)
{
    const size_t n = *count = faults_count(kind);
    uint64_t *ways = calloc(n + 1, sizeof *ways);

    if (ways == NULL)
        exit(2);
    for (size_t i = 0; i < n; i++)
        ways[i] = faults_way(kind, i + 1);
    return ways;
}

/* A process under sanitizers takes so long to begin and to end that every second way of memory must
 * do; without them all are gone. */
#ifdef FAULTS_OF_ALL
enum { EVERY = 1 };
#else
enum { EVERY = 2 };
#endif

/* Every call of the fault's kind, along each way that was not gone before. */
static void try_fault(const fault_row *row, size_t k, const uint64_t *ways, size_t n, bool all,
                      const result *usual)
{
    if (is_short(&faults[k])) /* it is of all reads together */
        n = n > 0 ? 1 : 0;
    const size_t every = all || faults[k].kind != ALLOC ? 1 : EVERY;
    static size_t fresh;

    for (size_t i = 0; i < n; i++) {
        if ((is_new_way(k, ways[i]) && ++fresh % every == 0) || (all && ways[i] != 0))
            judge(row, &faults[k], i + 1, usual);
    }
}

static void try_calls(const fault_row *row, const char *part, bool all)
{
    const size_t before = tries;
    uint64_t *ways[KINDS];
    size_t calls[KINDS];

    faults_watch();
    result usual = run_in(row, NULL, 0);

    for (int k = 0; k < KINDS; k++)
        ways[k] = ways_of((call_kind)k, &calls[k]);
    if (usual.code < 0)
        complain(row, "no failure", 0, &usual, "ended by a signal");
    for (size_t k = 0; k < FAULTS; k++) {
        const call_kind kind = faults[k].kind;

        if (of_part(&faults[k], part))
            try_fault(row, k, ways[kind], calls[kind], all, &usual);
    }
    printf("%-10s %6zu allocations, %3zu opened, %3zu read, %4zu written: %4zu failed\n",
           row->args[0] != NULL ? row->args[0] : "bylaw", calls[ALLOC], calls[OPEN], calls[READ],
           calls[WRITE], tries - before);
    for (int k = 0; k < KINDS; k++)
        free(ways[k]);
    free_result(&usual);
}

/* ---- surroundings, tried ---- */

static size_t longest_of(const result *usual)
{
    size_t longest = strlen(usual->out);

    for (size_t i = 0; i < usual->file_count; i++) {
        const size_t n = strlen(usual->files[i].text);

        longest = n > longest ? n : longest;
    }
    return longest;
}

/* Nobody sees what went to a stream that is out of order. */
static bool as_usual(const surrounding *s, const result *r, const result *usual)
{
    return r->code == usual->code && same_files(r, usual) &&
           (s->stream == STDOUT_FILENO || strcmp(r->out, usual->out) == 0) &&
           (s->stream == STDERR_FILENO || strcmp(r->err, usual->err) == 0);
}

/* Does the surrounding take something from the run that it needs? */
static bool hurts(const fault_row *row, const surrounding *s, const result *r, const result *usual)
{
    if (s->stream == STDIN_FILENO)
        return row->input != NULL;
    if (s->stream == STDOUT_FILENO)
        return usual->out[0] != '\0' && (!s->no_reader || r->code == CLI_TROUBLE); /* else enough */
    return s->stream < 0 && (strcmp(r->out, usual->out) != 0 || !same_files(r, usual));
}

static void try_surrounding(const fault_row *row, const surrounding *s, const result *usual)
{
    put_old_files(row, usual);
    faults_plan(NULL, 0);
    result r = run_in(row, s, longest_of(usual));
    const bool told = r.code == CLI_TROUBLE && r.err[0] != '\0';

    tries++;
    if (r.code < 0)
        complain(row, s->name, 0, &r, "ended by a signal");
    else if (hurts(row, s, &r, usual) ? !told : !as_usual(s, &r, usual))
        complain(row, s->name, 0, &r, "neither told nor as usual");
    else if (!whole_files(&r, usual, false))
        complain(row, s->name, 0, &r, "part of a file is left");
    free_result(&r);
}

static void try_surroundings(const fault_row *row, const char *part, bool all)
{
    result usual = run(row, NULL, 0);

    (void)part;
    for (size_t i = 0; i < SURROUNDINGS; i++) {
        if (all || !row->of_format || surroundings[i].of_formats)
            try_surrounding(row, &surroundings[i], &usual);
    }
    free_result(&usual);
}

/* ---- the whole table ---- */

/* Those of reports, and those that only `need` has besides; NULL behind the last. */
static const char *format_name(size_t i)
{
    static const char *const of_need[] = {"csv", "svg", NULL};

    return i < BYLAW_REPORT_FORMATS ? bylaw_report_format_name((bylaw_report_format)i)
                                    : of_need[i - BYLAW_REPORT_FORMATS];
}

static fault_row with_format(const fault_row *row, const char *name)
{
    fault_row made = *row;
    const bool is_template = strcmp(name, "template") == 0;
    const char *const more[] = {"-f", name, "--template", "{verdict}"};
    size_t n = 0;

    while (made.args[n] != NULL)
        n++;
    for (size_t i = 0; i < (is_template ? 4u : 2u) && n < FAULT_ARGS; i++)
        made.args[n++] = more[i];
    made.args[n] = NULL;
    made.formats = false;
    made.of_format = true;
    return made;
}

typedef void use_row(const fault_row *row, const char *part, bool all);

/* A format that a command knows ends like one that is not named at all. */
static void each_format(const fault_row *row, use_row *use, const char *part, bool all)
{
    result plain = run(row, NULL, 0);

    for (size_t i = 0; format_name(i) != NULL; i++) {
        const fault_row made = with_format(row, format_name(i));
        result r = run(&made, NULL, 0);

        if (r.code == plain.code)
            use(&made, part, all);
        free_result(&r);
    }
    free_result(&plain);
}

static void each_row(use_row *use, const char *part, bool all)
{
    for (size_t i = 0; i < fault_row_count; i++) {
        use(&fault_rows[i], part, all);
        if (fault_rows[i].formats)
            each_format(&fault_rows[i], use, part, all);
    }
}

/* ---- is it whole? ---- */

static bool has_row(const char *command, bool formats)
{
    bool found = false;

    for (size_t i = 0; i < fault_row_count; i++)
        found = found ||
                (fault_rows[i].args[0] != NULL && strcmp(fault_rows[i].args[0], command) == 0 &&
                 (fault_rows[i].formats || !formats));
    return found;
}

/* Is the word the option, as --name, --name=value or -n? */
static bool is_option(const char *word, const cli_option_info *option)
{
    const size_t n = strlen(option->name);

    return (strncmp(word, option->name, n) == 0 && (word[n] == '\0' || word[n] == '=')) ||
           (option->letter != 0 && word[0] == '-' && word[1] == option->letter);
}

static bool is_used(const char *command, const cli_option_info *option)
{
    for (size_t i = 0; i < fault_row_count; i++) {
        const char *const *args = fault_rows[i].args;

        for (size_t k = 1; args[0] != NULL && strcmp(args[0], command) == 0 && args[k] != NULL;
             k++) {
            if (is_option(args[k], option))
                return true;
        }
    }
    return false;
}

static void want(bool there, const char *command, const char *what)
{
    if (there)
        return;
    failures++;
    printf("no row of the table runs bylaw %s %s\n", command, what);
}

/* config only names formats. --lang and --color mean the same everywhere, and check has rows for
 * what settings may say. */
static bool is_everywhere(const char *option)
{
    static const char *const names[] = {"--lang", "--color", "--config", "--isolated", "--limit"};
    bool found = false;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        found = found || strcmp(option, names[i]) == 0;
    return found;
}

static void look_for_holes(void)
{
    cli_option_info option;

    for (size_t i = 0; i <= BYLAW_NEED_HTML; i++) { /* each format of need has a name above */
        bylaw_need_format format;
        bool named = false;

        for (size_t k = 0; format_name(k) != NULL; k++)
            named = named || (bylaw_need_format_named(&format, bylaw_str_from(format_name(k))) &&
                              (size_t)format == i);
        want(named, "need", "with every format");
    }
    for (const cli_row *row = cli_commands; row->name != NULL; row++) {
        want(has_row(row->name, false), row->name, "");
        for (size_t i = 0; cli_option_at(i, &option); i++) {
            const bool taken = cli_option_means(row->name, &option, BYLAW_EN) != NULL;

            if (!taken || (is_everywhere(option.name) && strcmp(row->name, "check") != 0))
                continue;
            if (strcmp(option.name, "--format") == 0)
                want(has_row(row->name, strcmp(row->name, "config") != 0), row->name,
                     "with each of its formats");
            else
                want(is_used(row->name, &option), row->name, option.name);
        }
    }
}

/* ---- the program ---- */

static void make_inputs(const char *fixture)
{
    char command[2000];
    const int length = snprintf(command, sizeof command,
                                "mkdir -p work/motions work/rules && cp -r '%s'/. work/", fixture);

    if (length < 0 || (size_t)length >= sizeof command || system(command) != 0 ||
        chdir("work") != 0)
        exit(2);
    for (size_t i = 0; i < fault_input_count; i++)
        put_file(fault_inputs[i].name, fault_inputs[i].text);
    for (size_t i = 0; i < fault_made_count; i++) {
        result r = run(&fault_made[i].row, NULL, 0);

        if (r.file_count != 1) {
            printf("%s is not made: %s\n", fault_made[i].name, r.err);
            exit(2);
        }
        put_file(fault_made[i].name, r.files[0].text);
        free_result(&r);
    }
}

int __wrap_main(int argc, char **argv)
{
    char folder[] = "/tmp/bylaw-faults-XXXXXX";
    char fixture[4096], command[64];

    setenv("LC_ALL", "C.UTF-8", 1);
    if (argc < 3 || !faults_begin() || realpath(argv[1], fixture) == NULL ||
        mkdtemp(folder) == NULL || chdir(folder) != 0)
        return 2;
    make_inputs(fixture);
    if (strcmp(argv[2], "total") == 0)
        look_for_holes();
    else
        each_row(strcmp(argv[2], "surroundings") == 0 ? try_surroundings : try_calls, argv[2],
                 argc > 3);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (chdir("/") == 0)
        (void)!system(command);
    printf("%zu faults, %zu failures\n", tries, failures);
    return failures > 0;
}
