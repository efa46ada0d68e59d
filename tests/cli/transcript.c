/* tests/cli/transcript.c: runs a transcript and compares what the program says, byte for byte.
 *
 *   transcript BYLAW FIXTURES FILE...
 *
 * A transcript is a text of lines:
 *   [1] $ bylaw check 解散.yaml     a command for sh, with the exit code of bylaw (also in a pipe)
 *   anything else                   what it prints, standard output and standard error together
 *   %file NAME … %end               a file of the working folder, which starts with the fixtures
 *   %lang zh                        the locale of the commands that follow; zh at first
 *   %with OPTIONS                   what every following call of bylaw gets behind its own
 * arguments %wide                           the next output may be wider than 80 columns
 *   %% text                         a remark
 * `-u` in front writes what was printed into the transcripts: read the change before you keep it.
 */
#define _POSIX_C_SOURCE 200809L
#define _XOPEN_SOURCE   700 /* nftw */

#include "base/str.h"
#include "text/unicode.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_COLUMNS 80
#define MOST_BYTES   (4 << 20)

typedef struct session {
    const char *bylaw, *fixtures, *name;
    char folder[64];
    char lang[16];
    char with[512];
    bool wide;
    size_t commands, failures;
    FILE *rewritten;
} session;

static void fail(session *s, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", s->name, line, what);
    s->failures++;
}

/* What cannot go on: no memory. */
static void *had(void *pointer)
{
    if (pointer == NULL) {
        perror("transcript");
        exit(2);
    }
    return pointer;
}

static char *read_all(const char *path)
{
    FILE *in = fopen(path, "rb");
    char *text = in != NULL ? malloc(MOST_BYTES + 1) : NULL;

    if (text != NULL)
        text[fread(text, 1, MOST_BYTES, in)] = '\0';
    if (in != NULL)
        fclose(in);
    return text;
}

static void write_all(const char *path, const char *text, size_t length)
{
    FILE *out = fopen(path, "wb");

    if (out == NULL || fwrite(text, 1, length, out) != length || fclose(out) != 0) {
        perror(path);
        exit(2);
    }
}

/* ---- the working folder ---- */

/* `bylaw` on the PATH is a script that adds the options of %with and keeps the exit code, which a
 * pipe would hide. */
static void write_wrapper(const session *s)
{
    char path[128], text[1024];

    snprintf(path, sizeof path, "%s/.bin", s->folder);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/.bin/bylaw", s->folder);
    snprintf(text, sizeof text, "#!/bin/sh\n'%s' \"$@\" $BYLAW_WITH\necho $? > '%s/.code'\n",
             s->bylaw, s->folder);
    write_all(path, text, strlen(text));
    chmod(path, 0755);
}

static void enter_folder(session *s)
{
    char command[1024];

    snprintf(s->folder, sizeof s->folder, "/tmp/bylaw-transcript-XXXXXX");
    if (mkdtemp(s->folder) == NULL || chdir(s->folder) != 0) {
        perror(s->folder);
        exit(2);
    }
    snprintf(command, sizeof command, "cp -R '%s'/. .", s->fixtures);
    if (system(command) != 0)
        exit(2);
    write_wrapper(s);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about, (void)kind, (void)walk;
    return remove(path);
}

static void leave_folder(session *s)
{
    if (chdir("/") == 0)
        nftw(s->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- commands ---- */

static void environment(const session *s)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/.bin:/usr/local/bin:/usr/bin:/bin", s->folder);
    setenv("PATH", path, 1);
    setenv("LANG", strcmp(s->lang, "zh") == 0 ? "zh_CN.UTF-8" : "en_US.UTF-8", 1);
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    unsetenv("FORCE_COLOR");
    unsetenv("CLICOLOR_FORCE");
    setenv("BYLAW_WITH", s->with, 1);
}

/* Runs it; the text is to be freed. *code is that of the last call of bylaw, -1 without any. */
static char *run(const session *s, const char *command, int *code)
{
    char *script = NULL, *kept, *output;
    size_t size = 0;
    FILE *build = had(open_memstream(&script, &size));

    environment(s);
    remove(".code");
    fprintf(build, "{ %s\n} > .output 2>&1 < /dev/null", command);
    fclose(build);
    if (system(script) == -1)
        perror("sh");
    free(script);
    output = read_all(".output");
    kept = read_all(".code");
    *code = kept != NULL ? atoi(kept) : -1;
    free(kept);
    remove(".output");
    return output != NULL ? output : had(calloc(1, 1));
}

static void check_width(session *s, size_t line, const char *output)
{
    for (const char *from = output; *from != '\0';) {
        const char *end = strchr(from, '\n');
        const size_t length = end != NULL ? (size_t)(end - from) : strlen(from);

        if (bl_display_width((bylaw_str){from, length}) > MOST_COLUMNS) {
            fail(s, line, "a line is wider than 80 columns:");
            fprintf(stderr, "  %.*s\n", (int)length, from);
        }
        from += length + (end != NULL);
    }
}

static void tell_difference(const char *expected, const char *output)
{
    while (*expected != '\0' || *output != '\0') {
        const size_t e = strcspn(expected, "\n"), o = strcspn(output, "\n");
        const bool same = e == o && memcmp(expected, output, e) == 0;

        if (same && *expected != '\0') {
            fprintf(stderr, "    %.*s\n", (int)e, expected);
        } else {
            if (*expected != '\0')
                fprintf(stderr, "  - %.*s\n", (int)e, expected);
            if (*output != '\0')
                fprintf(stderr, "  + %.*s\n", (int)o, output);
        }
        expected += e + (expected[e] != '\0');
        output += o + (output[o] != '\0');
    }
}

static void try_command(session *s, size_t line, const char *head, const char *expected)
{
    const int wanted = head[1] - '0';
    int code = -1;
    char *output = run(s, head + strlen("[0] $ "), &code);
    const size_t length = strlen(output);

    s->commands++;
    if (code != wanted) {
        char what[64];

        snprintf(what, sizeof what, "exit code %d, not %d", code, wanted);
        fail(s, line, what);
    }
    if (strcmp(output, expected) != 0) {
        fail(s, line, head);
        tell_difference(expected, output);
    }
    if (!s->wide)
        check_width(s, line, output);
    s->wide = false;
    if (s->rewritten != NULL)
        fprintf(s->rewritten, "[%d%s\n%s%s", code < 0 ? wanted : code, head + 2, output,
                length > 0 && output[length - 1] != '\n' ? "\n" : "");
    free(output);
}

/* ---- the transcript ---- */

static bool is_command(const char *line)
{
    return line[0] == '[' && line[1] >= '0' && line[1] <= '9' && strncmp(line + 2, "] $ ", 4) == 0;
}

/* The lines from *at up to the one that ends them; *at is behind it. To be freed. */
static char *gather(char *const *lines, size_t count, size_t *at, bool file)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = had(open_memstream(&text, &size));

    for (; *at < count; ++*at) {
        if (file ? strcmp(lines[*at], "%end") == 0 : is_command(lines[*at]) || lines[*at][0] == '%')
            break;
        fprintf(out, "%s\n", lines[*at]);
    }
    fclose(out);
    return text;
}

/* Blank lines behind an output only part it from what follows. How many there were. */
static size_t drop_blank_lines(char *text)
{
    size_t length = strlen(text), blank = 0;

    while (length > 0 && text[length - 1] == '\n' && (length == 1 || text[length - 2] == '\n')) {
        text[--length] = '\0';
        blank++;
    }
    return blank;
}

static void write_file(session *s, const char *name, const char *text)
{
    char folder[512];
    const char *slash = strrchr(name, '/');

    if (slash != NULL) {
        snprintf(folder, sizeof folder, "mkdir -p '%.*s'", (int)(slash - name), name);
        if (system(folder) != 0)
            s->failures++;
    }
    write_all(name, text, strlen(text));
}

static void directive(session *s, size_t line, const char *text)
{
    if (strncmp(text, "%lang ", 6) == 0)
        snprintf(s->lang, sizeof s->lang, "%s", text + 6);
    else if (strncmp(text, "%with", 5) == 0)
        snprintf(s->with, sizeof s->with, "%s", text + 5);
    else if (strcmp(text, "%wide") == 0)
        s->wide = true;
    else if (strncmp(text, "%%", 2) != 0)
        fail(s, line, "unknown directive");
}

static void play(session *s, char *const *lines, size_t count)
{
    for (size_t i = 0; i < count;) {
        const size_t line = i + 1;
        const char *head = lines[i++];
        const bool file = strncmp(head, "%file ", 6) == 0;

        if (!is_command(head)) {
            if (s->rewritten != NULL)
                fprintf(s->rewritten, "%s\n", head);
            if (file) {
                char *text = gather(lines, count, &i, true);

                write_file(s, head + 6, text);
                if (s->rewritten != NULL)
                    fprintf(s->rewritten, "%s%%end\n", text);
                free(text);
                i++;
            } else if (head[0] == '%') {
                directive(s, line, head);
            } else if (head[0] != '\0') {
                fail(s, line, "this line belongs to no command");
            }
            continue;
        }
        char *expected = gather(lines, count, &i, false);
        const size_t blank = drop_blank_lines(expected);

        try_command(s, line, head, expected);
        if (s->rewritten != NULL)
            fprintf(s->rewritten, "%.*s", (int)blank, "\n\n\n\n");
        free(expected);
    }
}

static size_t split(char *text, char **lines, size_t most)
{
    size_t n = 0;

    for (char *p = text; *p != '\0' && n < most; n++) {
        lines[n] = p;
        p += strcspn(p, "\n");
        if (*p != '\0')
            *p++ = '\0';
    }
    return n;
}

static size_t play_file(const char *bylaw, const char *fixtures, const char *path, bool update)
{
    static char *lines[20000];
    session s = {.bylaw = bylaw, .fixtures = fixtures, .name = path, .lang = "zh"};
    char *text = read_all(path), *rewritten = NULL;
    size_t size = 0;

    if (text == NULL) {
        perror(path);
        return 1;
    }
    if (update)
        s.rewritten = open_memstream(&rewritten, &size);
    enter_folder(&s);
    play(&s, lines, split(text, lines, sizeof lines / sizeof *lines));
    leave_folder(&s);
    if (s.commands == 0)
        fail(&s, 1, "no command");
    if (update) {
        fclose(s.rewritten);
        write_all(path, rewritten, size);
        free(rewritten);
    }
    printf("%s: %zu commands, %zu failures\n", path, s.commands, s.failures);
    free(text);
    return s.failures;
}

int main(int argc, char **argv)
{
    size_t failures = 0;
    const bool update = argc > 1 && strcmp(argv[1], "-u") == 0;
    const int first = update ? 2 : 1;

    if (argc < first + 3) {
        fprintf(stderr, "usage: transcript [-u] BYLAW FIXTURES FILE...\n");
        return 2;
    }
    for (int i = first + 2; i < argc; i++)
        failures += play_file(argv[first], argv[first + 1], argv[i], update);
    return failures > 0;
}
