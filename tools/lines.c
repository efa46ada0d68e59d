/* lines.c: a file as lines, for streams of any length: JSON lines. */
#define _POSIX_C_SOURCE 200809L /* open, read */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_ROOM ((size_t)64 * 1024) /* stays in the cache of one core */

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
    *lines = (cli_lines){.fd = STDIN_FILENO, .path = path, .number = 1};
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

static bool make_room(cli *c, const char *path, char **bytes, size_t *room, size_t wanted)
{
    const size_t most = cli_limit(c, BYLAW_LIMIT_FILE_SIZE);
    size_t more = *room == 0 ? FIRST_ROOM : *room;

    while (more < wanted)
        more *= 2;
    if (more == *room)
        return true;
    if (more > FIRST_ROOM && more > most)
        more = wanted <= most ? most : 0; /* a line that the library would not read either */
    char *grown = more > 0 ? realloc(*bytes, more) : NULL;

    if (more == 0)
        cli_tell_too_large(c, path);
    else if (grown == NULL)
        cli_error(c, CLI_no_memory, NULL);
    if (grown == NULL)
        return false;
    *bytes = grown;
    *room = more;
    return true;
}

static size_t count_lines(const cli_block *block)
{
    const char *p = block->bytes, *end = p + block->size;
    size_t n = 0;

    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        n++;
        p++;
    }
    return n;
}

/* Behind the last line end among the bytes from `seen` on; 0: there is none. */
static size_t behind_last(const cli_block *block, size_t seen)
{
    size_t at = block->size;

    while (at > seen && block->bytes[at - 1] != '\n')
        at--;
    return at > seen ? at : 0;
}

/* What stands behind the last whole line waits for the next block. */
static bool keep_rest(cli *c, cli_lines *lines, cli_block *block, size_t whole)
{
    const size_t rest = block->size - whole;

    if (!make_room(c, lines->path, &lines->rest, &lines->room, rest))
        return false;
    memcpy(lines->rest, block->bytes + whole, rest);
    lines->size = rest;
    block->size = whole;
    return true;
}

bool cli_lines_block(cli *c, cli_lines *lines, cli_block *block, bool *failed)
{
    size_t whole = 0;

    block->size = block->from = 0;
    block->line = lines->number;
    *failed = true;
    if (!make_room(c, lines->path, &block->bytes, &block->room, lines->size + 1))
        return false;
    if (lines->size > 0)
        memcpy(block->bytes, lines->rest, lines->size);
    block->size = lines->size;
    lines->size = 0;
    while (whole == 0) {
        if (!make_room(c, lines->path, &block->bytes, &block->room, block->size + 1))
            return false;
        const size_t seen = block->size;
        const ptrdiff_t n = cli_read_some(lines->fd, block->bytes + seen, block->room - seen);

        if (n < 0 && errno != EINTR)
            cli_error(c, CLI_cannot_read, "file", lines->path, "why", strerror(errno), NULL);
        if (n < 0) {
            *failed = errno != EINTR;
            return false;
        }
        cli_record_text(c, lines->recorded, (bylaw_str){block->bytes + seen, (size_t)n});
        block->size += (size_t)n;
        whole = n == 0 ? block->size : behind_last(block, seen);
        if (n == 0)
            break;
    }
    if (!keep_rest(c, lines, block, whole))
        return false;
    lines->number += count_lines(block);
    *failed = false;
    return block->size > 0;
}

bool cli_block_line(cli_block *block, bylaw_str *line, size_t *number)
{
    if (block->from >= block->size)
        return false;
    const char *start = block->bytes + block->from;
    const char *end = memchr(start, '\n', block->size - block->from);

    *line = (bylaw_str){start, end != NULL ? (size_t)(end - start) : block->size - block->from};
    *number = block->line++;
    block->from += line->len + (end != NULL);
    return true;
}

void cli_lines_close(cli_lines *lines)
{
    if (lines->fd > STDERR_FILENO)
        close(lines->fd);
    free(lines->rest);
    *lines = (cli_lines){.fd = -1};
}
