/* lines.c: a file as lines, for streams of any length: JSON lines. */
#define _POSIX_C_SOURCE 200809L /* open, read */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_ROOM ((size_t)64 * 1024) /* stays in the cache of one core */
#define MOST_ROOM  ((size_t)64 << 20)  /* the library reads no larger text either */

bool cli_is_lines(const char *path)
{
    static const char *const suffixes[] = {".jsonl", ".ndjson"};
    const size_t n = strlen(path);

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const size_t m = strlen(suffixes[i]);

        if (n > m && strcmp(path + n - m, suffixes[i]) == 0)
            return true;
    }
    return false;
}

bool cli_lines_open(cli *c, cli_lines *lines, const char *path)
{
    *lines = (cli_lines){.fd = STDIN_FILENO};
    if (strcmp(path, "-") != 0)
        lines->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (lines->fd >= 0)
        return true;
    if (errno == ENOENT)
        cli_error(c, CLI_no_file, "file", path, NULL);
    else
        cli_error(c, CLI_cannot_read, "file", path, "why", strerror(errno), NULL);
    return false;
}

/* Room for more behind what is left of the buffer. */
static bool make_room(cli *c, cli_lines *lines)
{
    const size_t rest = lines->to - lines->from;

    if (rest > 0 && lines->from > 0)
        memmove(lines->buffer, lines->buffer + lines->from, rest);
    lines->from = 0;
    lines->to = rest;
    if (rest < lines->room)
        return true;
    const size_t room = lines->room == 0 ? FIRST_ROOM : lines->room * 2;
    char *buffer = room <= MOST_ROOM ? realloc(lines->buffer, room) : NULL;

    if (buffer == NULL && room > MOST_ROOM)
        cli_error(c, CLI_too_large, "file", "-", "most", "64", NULL);
    else if (buffer == NULL)
        cli_error(c, CLI_no_memory, NULL);
    if (buffer == NULL)
        return false;
    lines->buffer = buffer;
    lines->room = room;
    return true;
}

static bool give(cli_lines *lines, bylaw_str *line, size_t end)
{
    *line = (bylaw_str){lines->buffer + lines->from, end - lines->from};
    lines->from = end < lines->to ? end + 1 : end;
    lines->number++;
    return true;
}

bool cli_lines_next(cli *c, cli_lines *lines, bylaw_str *line, bool *failed)
{
    size_t seen = lines->from;

    for (;;) {
        const char *end =
            seen < lines->to ? memchr(lines->buffer + seen, '\n', lines->to - seen) : NULL;

        if (end != NULL)
            return give(lines, line, (size_t)(end - lines->buffer));
        const size_t rest = lines->to - lines->from;

        if (!make_room(c, lines)) {
            *failed = true;
            return false;
        }
        seen = rest;
        const ssize_t n = read(lines->fd, lines->buffer + lines->to, lines->room - lines->to);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            cli_error(c, CLI_cannot_read, "file", "-", "why", strerror(errno), NULL);
            *failed = true;
            return false;
        }
        if (n == 0)
            return rest > 0 && give(lines, line, lines->to);
        lines->to += (size_t)n;
    }
}

void cli_lines_close(cli_lines *lines)
{
    if (lines->fd > STDERR_FILENO)
        close(lines->fd);
    free(lines->buffer);
    *lines = (cli_lines){.fd = -1};
}
