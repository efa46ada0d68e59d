/* outputs.c: where reports go. A file appears whole or not at all: it is written beside its place
 * and renamed at the end. And what a long run shows and does when it is interrupted. */
#define _POSIX_C_SOURCE 200809L /* mkstemp, sigaction, isatty */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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
    const int fd = mkstemp(out->temporary);

    if (fd < 0) {
        free(out->temporary);
        out->temporary = NULL;
        return tell(c, path);
    }
    (void)fchmod(fd, 0666 & ~mask);
    out->file = fdopen(fd, "wb");
    return out->file != NULL ? true : tell(c, path);
}

bool cli_output_close(cli *c, cli_output *out, bool keep)
{
    bool fine = true;

    if (out->file == stdout || (out->file == NULL && out->temporary == NULL))
        return true;
    if (out->file != NULL) {
        fine = !ferror(out->file);
        if (fclose(out->file) != 0)
            fine = false;
    }
    if (!fine && keep)
        tell(c, out->path);
    if (out->temporary != NULL) {
        if (fine && keep && rename(out->temporary, out->path) != 0)
            fine = tell(c, out->path);
        if (!fine || !keep)
            unlink(out->temporary);
        free(out->temporary);
    }
    *out = (cli_output){.file = stdout};
    return fine;
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

    (void)number;
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
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

    if (wake[0] < 0 && !open_wake())
        return; /* then an interrupt ends the program as ever */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL); /* a second one ends the program at once */
    sigaction(SIGTERM, &action, NULL);
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
