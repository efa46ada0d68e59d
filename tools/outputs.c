/* outputs.c: where reports go. A file appears whole or not at all: it is written beside its place
 * and renamed at the end, and what a signal finds unfinished is removed. And what a long run shows
 * and does when it is interrupted. */
#define _POSIX_C_SOURCE 200809L /* mkstemp, sigaction, isatty */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- standard streams ---- */

/* A file that is opened later must not take the place of a stream that is closed, or words would be
 * written into it. What stands there instead can neither be read nor written as the stream would
 * be: that fails, and is told. */
void cli_hold_streams(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", modes[fd]); /* the lowest that is free: this one */
    }
}

/* ---- what is unfinished ---- */

#define MOST_UNFINISHED 32 /* more than the outputs of any command */

/* Paths stay in their place while a handler may look at them: they are not freed. */
static struct {
    atomic_bool is_there;
    char path[PATH_MAX];
} unfinished[MOST_UNFINISHED];

static const int endings[] = {SIGINT, SIGTERM, SIGHUP};

static void remove_unfinished(void)
{
    for (size_t i = 0; i < MOST_UNFINISHED; i++) {
        if (unfinished[i].is_there)
            (void)unlink(unfinished[i].path);
    }
}

static void end_by(int number)
{
    remove_unfinished();
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* What is ignored, as by nohup, stays so. */
static void handle(int number, void (*handler)(int))
{
    struct sigaction before, action = {.sa_handler = handler};

    sigemptyset(&action.sa_mask);
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        (void)sigaction(number, &action, NULL);
}

/* No signal comes between the making of a file and its being noted. */
static void hold_signals(sigset_t *before)
{
    static bool handled;
    sigset_t held;

    sigemptyset(&held);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct sigaction now;

        sigaddset(&held, endings[i]);
        if (!handled && sigaction(endings[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL)
            handle(endings[i], end_by);
    }
    handled = true;
    (void)pthread_sigmask(SIG_BLOCK, &held, before);
}

static void note_unfinished(const char *path)
{
    size_t i = 0;

    while (i < MOST_UNFINISHED && unfinished[i].is_there)
        i++;
    if (i == MOST_UNFINISHED || strlen(path) >= sizeof unfinished[i].path)
        return;
    strcpy(unfinished[i].path, path);
    unfinished[i].is_there = true;
}

static void note_finished(const char *path)
{
    for (size_t i = 0; i < MOST_UNFINISHED; i++) {
        if (unfinished[i].is_there && strcmp(unfinished[i].path, path) == 0)
            unfinished[i].is_there = false;
    }
}

/* ---- files ---- */

static bool tell(cli *c, const char *path)
{
    cli_error(c, CLI_cannot_write, "file", path, "why", strerror(errno), NULL);
    return false;
}

/* A device or a pipe cannot be replaced; it is written as it stands. */
static bool is_special(const char *path)
{
    struct stat s;

    return stat(path, &s) == 0 && !S_ISREG(s.st_mode);
}

/* A file of its own for the text, noted as unfinished; NULL: it cannot be made, see errno. */
static FILE *make_temporary(char *path, mode_t mode)
{
    sigset_t before;
    FILE *file = NULL;

    hold_signals(&before);
    const int fd = mkstemp(path);

    if (fd >= 0)
        note_unfinished(path);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (fd < 0)
        return NULL;
    (void)fchmod(fd, mode);
    file = fdopen(fd, "wb");
    if (file == NULL) {
        const int error = errno;

        close(fd);
        unlink(path);
        note_finished(path);
        errno = error;
    }
    return file;
}

bool cli_output_open(cli *c, cli_output *out, const char *path)
{
    static const char suffix[] = ".XXXXXX";
    const mode_t mask = umask(0);

    umask(mask);
    *out = (cli_output){.path = path, .file = stdout};
    if (strcmp(path, "-") == 0)
        return true;
    if (is_special(path)) {
        out->file = fopen(path, "wb");
        return out->file != NULL ? true : tell(c, path);
    }
    out->temporary = malloc(strlen(path) + sizeof suffix);
    out->file = NULL;
    if (out->temporary == NULL) {
        cli_error(c, CLI_no_memory, NULL);
        return false;
    }
    strcpy(out->temporary, path);
    strcat(out->temporary, suffix);
    out->file = make_temporary(out->temporary, 0666 & ~mask);
    if (out->file != NULL)
        return true;
    tell(c, path);
    free(out->temporary);
    out->temporary = NULL;
    return false;
}

bool cli_output_close(cli *c, cli_output *out, bool keep)
{
    bool fine = !keep || !cli_has_forgotten();

    if (out->file == stdout || (out->file == NULL && out->temporary == NULL))
        return true;
    if (out->file != NULL) {
        const bool whole = !ferror(out->file);
        const bool closed = fclose(out->file) == 0;

        if (closed && !whole)
            errno = cli_write_error();
        if (keep && !(closed && whole))
            fine = tell(c, out->path);
    }
    if (out->temporary != NULL) {
        if (fine && keep && rename(out->temporary, out->path) != 0)
            fine = tell(c, out->path);
        if (!fine || !keep)
            unlink(out->temporary);
        note_finished(out->temporary);
        free(out->temporary);
    }
    *out = (cli_output){.file = stdout};
    return fine;
}

FILE *cli_create(cli *c, const char *path)
{
    sigset_t before;

    hold_signals(&before);
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd >= 0)
        note_unfinished(path);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    FILE *out = fd >= 0 ? fdopen(fd, "wb") : NULL;

    if (out != NULL)
        return out;
    if (fd < 0 && errno == EEXIST)
        cli_error(c, CLI_new_exists, "file", path, NULL);
    else
        tell(c, path);
    if (fd >= 0) {
        close(fd);
        unlink(path);
        note_finished(path);
    }
    return NULL;
}

bool cli_finish_file(cli *c, FILE *out, const char *path, bylaw_status status)
{
    const bool failed = ferror(out) != 0;
    const bool closed = fclose(out) == 0;
    const bool whole = closed && !failed && status == BYLAW_OK && !cli_has_forgotten();
    const char *why = strerror(closed ? cli_write_error() : errno);

    if (!whole)
        (void)unlink(path);
    note_finished(path);
    if (status == BYLAW_ENOMEM)
        cli_error(c, CLI_no_memory, NULL);
    else if (status != BYLAW_OK || failed || !closed)
        cli_error(c, CLI_cannot_write, "file", path, "why", why, NULL);
    return whole;
}

/* Each -o belongs to the -f of its place in the line: `-f json -o a -f sarif -o b`, and also
 * `-o a -f json`. A format without one goes to standard output, and only one of the structured ones
 * may, lest they mix. */
bool cli_pair_outputs(cli *c)
{
    static const char *const lines[] = {"text", "compact", "github", "template", "markdown"};
    const cli_options *o = &c->options;
    const size_t formats = o->formats.count > 0 ? o->formats.count : 1;
    size_t structured = 0, on_stdout = 0;

    if (o->outputs.count > formats) {
        cli_error(c, CLI_output_without_format, "file", o->outputs.items[formats], NULL);
        return false;
    }
    for (size_t i = 0; i < formats; i++) {
        const char *path = i < o->outputs.count ? o->outputs.items[i] : "-";
        bool plain = o->formats.count == 0;

        for (size_t k = 0; strcmp(path, "-") != 0 && k < i && k < o->outputs.count; k++) {
            if (strcmp(o->outputs.items[k], path) == 0) {
                cli_error(c, CLI_output_twice, "file", path, NULL);
                return false;
            }
        }
        for (size_t k = 0; k < sizeof lines / sizeof *lines && !plain; k++)
            plain = strcmp(o->formats.items[i], lines[k]) == 0;
        on_stdout += strcmp(path, "-") == 0;
        structured += strcmp(path, "-") == 0 && !plain;
    }
    if (structured > 0 && on_stdout > 1) {
        cli_error(c, CLI_formats_mixed, NULL);
        return false;
    }
    return true;
}

bool cli_add_output(cli *c, const char *path)
{
    const cli_options *o = &c->options;

    while (o->outputs.count + 1 < o->formats.count) {
        if (!cli_strings_add(&c->options.outputs, "-"))
            return false;
    }
    return cli_strings_add(&c->options.outputs, path);
}

/* ---- long runs ---- */

/* The handler sets a flag, and fills a pipe that everything which waits for input watches: a signal
 * falls on any one thread, and must end the waiting of each. */
static atomic_bool interrupted;
static int wake[2] = {-1, -1};

static void on_signal(int number)
{
    const int error = errno;

    if (interrupted) { /* a second one ends the program at once */
        end_by(number);
        return;
    }
    interrupted = true;
    (void)!write(wake[1], "", 1);
    errno = error;
}

/* Above the three standard streams, whichever of them are closed. */
static bool open_wake(void)
{
    int ends[2];

    if (pipe(ends) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        wake[i] = fcntl(ends[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        close(ends[i]);
    }
    return wake[0] >= 0 && wake[1] >= 0;
}

void cli_catch_interrupts(void)
{
    if (wake[0] < 0 && !open_wake())
        return; /* then an interrupt ends the program as ever */
    handle(SIGINT, on_signal);
    handle(SIGTERM, on_signal);
}

bool cli_interrupted(void)
{
    return interrupted;
}

ptrdiff_t cli_read_some(int fd, void *bytes, size_t room)
{
    struct pollfd both[] = {{.fd = fd, .events = POLLIN}, {.fd = wake[0], .events = POLLIN}};

    for (;;) {
        if (cli_interrupted()) {
            errno = EINTR;
            return -1;
        }
        if (wake[0] >= 0 && poll(both, 2, -1) < 0 && errno != EINTR)
            return -1;
        if (cli_interrupted())
            continue;
        const ssize_t n = read(fd, bytes, room);

        if (n >= 0 || errno != EINTR)
            return n;
    }
}

static int64_t now_ms(void)
{
    struct timespec t = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* CI systems may hand out a terminal, but what they keep of it is a log. */
static bool shows_lines_in_place(void)
{
    const char *ci = getenv("CI"), *term = getenv("TERM");
    const bool in_ci = ci != NULL && ci[0] != '\0' && strcmp(ci, "false") != 0;

    return !in_ci && isatty(STDERR_FILENO) && (term == NULL || strcmp(term, "dumb") != 0);
}

void cli_progress_begin(cli_progress *p, size_t all, bool wanted)
{
    *p = (cli_progress){.all = all, .begun = now_ms(), .on = wanted && shows_lines_in_place()};
}

/* After the first second, ten times a second at most, on the one line. */
void cli_progress_tell(cli *c, cli_progress *p, size_t done, size_t violations)
{
    const int64_t now = p->on ? now_ms() : 0;
    char n[24], all[24], bad[24];

    if (!p->on || now - p->begun < 1000 || now - p->told < 100)
        return;
    p->told = now;
    snprintf(n, sizeof n, "%zu", done);
    snprintf(all, sizeof all, "%zu", p->all);
    snprintf(bad, sizeof bad, "%zu", violations);
    fputc('\r', stderr);
    cli_put(c, stderr, p->all > 0 ? CLI_progress : CLI_progress_stream, "n", n, "all", all, "bad",
            bad, NULL);
    fputs("\033[K", stderr);
    fflush(stderr);
}

void cli_progress_end(cli_progress *p)
{
    if (p->told != 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    p->told = 0;
}
