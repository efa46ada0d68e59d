/* tests/cli/faults.c: the whole program, every command, with memory that runs out and files that
 * fail, at each point in turn.
 *
 * The program is linked into this one, with the functions that it takes memory and reads and writes
 * through wrapped by the linker. Each run is a child process. What must come out: exit code 2 and a
 * word on standard error, and no new file; or, where a failure costs a hint only or is made good,
 * the very output of a run without it. Never a signal, never a sanitizer's report.
 *
 *     cli_faults FIXTURE [--all]     --all: every allocation, not MOST of them */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 60 /* failing allocations of a command, spread over all */

/* The program's; the C library starts ours, which is wrapped around it. */
int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);

typedef enum kind { ALLOC, OPEN, READ, WRITE, CLOSE, RENAME, KINDS } kind;

static const struct fault {
    const char *name;
    kind kind;
    int error;
    bool made_good; /* the program must do without noticing */
} faults[] = {
    {"memory", ALLOC, ENOMEM, false},        {"open: EMFILE", OPEN, EMFILE, false},
    {"open: EIO", OPEN, EIO, false},         {"read: EIO", READ, EIO, false},
    {"read: EINTR", READ, EINTR, true},      {"read: short", READ, 0, true},
    {"write: ENOSPC", WRITE, ENOSPC, false}, {"close: ENOSPC", CLOSE, ENOSPC, false},
    {"rename: EIO", RENAME, EIO, false},
};
#define FAULTS (sizeof faults / sizeof *faults)

static const struct fault *planned;
static size_t planned_at;
static bool armed;     /* only while the program runs */
static size_t *counts; /* by kind; shared with the parent */

/* Does this call fail? A short read does not fail: every read is short then. */
static bool fails(kind k)
{
    if (!armed)
        return false;
    counts[k]++;
    if (planned == NULL || planned->kind != k || planned->error == 0 || counts[k] != planned_at)
        return false;
    errno = planned->error;
    return true;
}

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
char *__real_strdup(const char *text);
int __real_open(const char *path, int flags, ...);
FILE *__real_fopen(const char *path, const char *mode);
ssize_t __real_read(int fd, void *bytes, size_t n);
size_t __real_fwrite(const void *bytes, size_t size, size_t n, FILE *file);
int __real_fclose(FILE *file);
int __real_rename(const char *from, const char *to);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *text);
int __wrap_open(const char *path, int flags, ...);
FILE *__wrap_fopen(const char *path, const char *mode);
ssize_t __wrap_read(int fd, void *bytes, size_t n);
size_t __wrap_fwrite(const void *bytes, size_t size, size_t n, FILE *file);
int __wrap_fclose(FILE *file);
int __wrap_rename(const char *from, const char *to);

void *__wrap_malloc(size_t n)
{
    return fails(ALLOC) ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails(ALLOC) ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return fails(ALLOC) ? NULL : __real_realloc(p, n);
}

char *__wrap_strdup(const char *text)
{
    return fails(ALLOC) ? NULL : __real_strdup(text);
}

int __wrap_open(const char *path, int flags, ...)
{
    return fails(OPEN) ? -1 : __real_open(path, flags, 0666);
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
    return fails(OPEN) ? NULL : __real_fopen(path, mode);
}

ssize_t __wrap_read(int fd, void *bytes, size_t n)
{
    const bool is_short = armed && planned != NULL && planned->kind == READ && planned->error == 0;

    return fails(READ) ? -1 : __real_read(fd, bytes, is_short && n > 7 ? 7 : n);
}

size_t __wrap_fwrite(const void *bytes, size_t size, size_t n, FILE *file)
{
    if (file == stderr || !fails(WRITE)) /* what cannot be said cannot be told either */
        return __real_fwrite(bytes, size, n, file);
    file->_flags |= 0x20; /* what the C library notes then: ferror() is true */
    errno = planned->error;
    return 0;
}

int __wrap_fclose(FILE *file)
{
    if (!fails(CLOSE))
        return __real_fclose(file);
    (void)__real_fclose(file);
    errno = planned->error;
    return EOF;
}

int __wrap_rename(const char *from, const char *to)
{
    return fails(RENAME) ? -1 : __real_rename(from, to);
}

/* ---- the commands ---- */

#define RULES "-r", "wcasp.yaml"
static const char *const commands[][14] = {
    {NULL}, /* bylaw alone */
    {"check", RULES, "motion.yaml"},
    {"check", RULES, "--facts", "register.yaml", "motion.yaml"},
    {"check", RULES, "-f", "json", "-o", "new.json", "-f", "sarif", "-o", "new.sarif",
     "motion.yaml"},
    {"check", RULES, "motions"},
    {"check", RULES, "--record", "new.record", "motion.yaml"},
    {"check", RULES, "--flat", "kind", "-f", "template", "--template", "{verdict}",
     "records.jsonl"},
    {"check", RULES, "--source", "charter.txt", "--readings", "-v", "motion.yaml"},
    {"check", RULES, "mistaken.yaml"},
    {"check", RULES, "motoin.yaml"}, /* with a near name */
    {"check", "--config", "settings.yaml", "motion.yaml"},
    {"need", RULES, "resolution", "--set", "members=8", "--set", "present=7"},
    {"need", RULES, "-f", "svg", "-o", "new.svg", "--table", "present=1..5", "resolution"},
    {"explain", RULES, "motion.yaml"},
    {"new", RULES, "dissolution", "-o", "new.yaml"},
    {"new", "--ruleset", "circle"},
    {"rules"},
    {"rules", "wcasp.yaml"},
    {"rule", RULES, "majority"},
    {"lint", "wcasp.yaml"},
    {"diff", "wcasp.yaml", "wcasp.yaml"},
    {"test", "wcasp.yaml"},
    {"coverage", "wcasp.yaml", "--source", "charter.txt"},
    {"doc", "wcasp.yaml", "-o", "new.md"},
    {"eval", RULES, "--set", "present=7", "--explain", "present * 2 >= 8"},
    {"config", "--config", "settings.yaml"},
    {"schema", "action"},
    {"completion", "bash"},
    {"version"},
    {"help", "check"},
    {"help", "actor", RULES},
};
#define COMMANDS (sizeof commands / sizeof *commands)

static const struct input {
    const char *name, *text;
} inputs[] = {
    {"motion.yaml", "action: resolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
                    "facts: {members: 8, present: 8, vote: {yes: 3, no: 5}}\n"},
    {"motions/a.yaml", "action: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
                       "facts: {members: 8, present: 8, vote: {yes: 6, no: 2}}\n"},
    {"motions/b.yaml", "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\n"},
    {"mistaken.yaml", "action: resolutoin\nfacts: {prsent: 3}\n"},
    {"register.yaml", "facts: {roll: [甲会, 乙会, 丙会]}\n"},
    {"settings.yaml", "rules: [wcasp.yaml]\nreadings: {half: exclusive}\nlimits: {nesting: 50}\n"},
    {"charter.txt", "第一条 甲。\n第二条 乙。\n"},
    {"records.jsonl", "{\"kind\":\"resolution\",\"members\":8,\"present\":8,\"vote.yes\":3}\n"
                      "{\"kind\":\"resolution\",\"members\":8,\"present\":7,\"vote.yes\":6}\n"},
    {"wcasp.test.yaml",
     "tests: wcasp\ndate: 2026-11-21\ncases:\n"
     "  - {name: half, action: resolution, facts: {present: 8, vote: {yes: 4}},\n"
     "     expect: {outcome: adopted}}\n"},
};

/* ---- one run ---- */

typedef struct result {
    int code; /* of wait: anything but an exit is negative */
    char *out, *err;
} result;

static char *slurp(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = calloc(1, 1 << 20);

    if (file == NULL || bytes == NULL)
        exit(2);
    (void)!fread(bytes, 1, (1 << 20) - 1, file);
    fclose(file);
    return bytes;
}

static void child(const char *const *command)
{
    char *argv[16] = {(char *)(uintptr_t) "bylaw"};

    for (size_t i = 0; command[i] != NULL; i++)
        argv[i + 1] = (char *)(uintptr_t)command[i];
    if (freopen("../out", "wb", stdout) == NULL || freopen("../err", "wb", stderr) == NULL)
        _exit(99);
    armed = true;
    const int code = __real_main(1, argv);

    armed = false;
    fflush(NULL);
    _exit(code);
}

static result run(const char *const *command, const struct fault *fault, size_t at)
{
    int status = 0;

    planned = fault;
    planned_at = at;
    memset(counts, 0, KINDS * sizeof *counts);
    fflush(NULL);
    const pid_t pid = fork();

    if (pid == 0)
        child(command);
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        exit(2);
    return (result){WIFEXITED(status) ? WEXITSTATUS(status) : -1, slurp("../out"), slurp("../err")};
}

/* A report is whole, or it is not there: it ends as all do. */
static bool is_whole(const char *path)
{
    const char *dot = strrchr(path, '.');
    char *text = slurp(path);
    const size_t n = strlen(text);
    const bool whole = dot != NULL && (strlen(dot) != 7 || strcmp(dot, ".record") == 0) && n > 1 &&
                       text[n - 1] == '\n' && (text[0] != '{' || text[n - 2] == '}');

    free(text);
    return whole;
}

/* Removes the files that were not there at the beginning. Is one of them only a part? */
static bool sweep_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    bool part = false;

    for (struct dirent *e = dir == NULL ? NULL : readdir(dir); e != NULL; e = readdir(dir)) {
        bool known = e->d_type == DT_DIR;
        char path[600];

        for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
            known = known || strcmp(e->d_name, inputs[i].name) == 0;
        if (known || strcmp(e->d_name, "wcasp.yaml") == 0 || strcmp(e->d_name, "old.record") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        part = !is_whole(path) || part;
        remove(path);
    }
    if (dir != NULL)
        closedir(dir);
    return part;
}

static bool sweep_new(void)
{
    const bool here = sweep_folder("."), below = sweep_folder("provisions");

    return here || below;
}

static size_t failures;

static void complain(const char *const *command, const struct fault *fault, size_t at,
                     const result *r, const char *what)
{
    failures++;
    printf("bylaw");
    for (size_t i = 0; command[i] != NULL; i++)
        printf(" %s", command[i]);
    printf(", %s, call %zu: %s; exit %d, says: %.700s\n", fault->name, at, what, r->code, r->err);
}

static void judge(const char *const *command, const struct fault *fault, size_t at,
                  const result *usual)
{
    const result r = run(command, fault, at);
    const bool reached = fault->error == 0 || counts[fault->kind] >= at;
    const bool made = sweep_new();
    const bool same = r.code == usual->code && strcmp(r.out, usual->out) == 0 &&
                      (strcmp(r.err, usual->err) == 0 || (r.code == 2 && r.err[0] != '\0'));

    if (r.code < 0)
        complain(command, fault, at, &r, "ended by a signal");
    else if (fault->made_good ? !same : !same && (r.code != 2 || r.err[0] == '\0'))
        complain(command, fault, at, &r, "neither told nor made good");
    else if (reached && !same && made)
        complain(command, fault, at, &r, "part of a file is left");
    free(r.out);
    free(r.err);
}

static void try_command(const char *const *command, bool all)
{
    const result usual = run(command, NULL, 0);
    size_t calls[KINDS];

    memcpy(calls, counts, sizeof calls);
    sweep_new();
    if (usual.code < 0 || strstr(usual.err, "Sanitizer") != NULL)
        complain(command, &faults[0], 0, &usual, "without any failure");
    for (size_t k = 0; k < FAULTS; k++) {
        const size_t n = faults[k].error == 0 ? 1 : calls[faults[k].kind];
        const size_t step = all || n <= MOST ? 1 : n / MOST + 1;

        for (size_t at = 1; at <= n; at += step)
            judge(command, &faults[k], at, &usual);
    }
    printf("%-10s %5zu allocations, %3zu opened, %3zu read, %4zu written\n",
           command[0] != NULL ? command[0] : "bylaw", calls[ALLOC], calls[OPEN], calls[READ],
           calls[WRITE]);
    free(usual.out);
    free(usual.err);
}

static void make_inputs(const char *fixture)
{
    static const char *const record[] = {"check",      RULES,         "--record",
                                         "old.record", "motion.yaml", NULL};
    char command[2000];
    const int length =
        snprintf(command, sizeof command, "mkdir -p work/motions && cp -r '%s'/. work/", fixture);

    if (length < 0 || (size_t)length >= sizeof command || system(command) != 0 ||
        chdir("work") != 0)
        exit(2);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        FILE *file = fopen(inputs[i].name, "wb");

        if (file == NULL || fputs(inputs[i].text, file) == EOF || fclose(file) != 0)
            exit(2);
    }
    const result r = run(record, NULL, 0);

    if (access("old.record", F_OK) != 0) {
        printf("no record: %s\n", r.err);
        exit(2);
    }
    free(r.out);
    free(r.err);
}

int __wrap_main(int argc, char **argv)
{
    char folder[] = "/tmp/bylaw-faults-XXXXXX";
    char fixture[4096];

    setenv("LC_ALL", "C.UTF-8", 1);
    counts = mmap(NULL, KINDS * sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                  -1, 0);
    if (argc < 2 || counts == MAP_FAILED || realpath(argv[1], fixture) == NULL ||
        mkdtemp(folder) == NULL || chdir(folder) != 0)
        return 2;
    make_inputs(fixture);
    for (size_t i = 0; i < COMMANDS; i++)
        try_command(commands[i], argc > 2);
    if (chdir("/") == 0) {
        char command[64];

        snprintf(command, sizeof command, "rm -rf %s", folder);
        (void)!system(command);
    }
    printf("%zu failures\n", failures);
    return failures > 0;
}
