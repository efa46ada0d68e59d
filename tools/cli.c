/* cli.c: words, strings, files: what all commands need of the system. */
#define _POSIX_C_SOURCE 200809L /* strdup, opendir, isatty */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const cli_words words[CLI_WORD__COUNT] = {
#define CLI_WORD(name, zh, en) [CLI_##name] = {{(zh), (en)}},
#include "words.def"
#undef CLI_WORD
};

int cli_graver(int a, int b)
{
    static const int weight[] = {0, 2, 3, 1};

    return weight[a] >= weight[b] ? a : b;
}

bylaw_str cli_str(const char *text)
{
    return bylaw_str_from(text);
}

/* Controls and marks of direction, which could steer a terminal or hide what follows. */
static unsigned steering(const unsigned char *p, size_t *length)
{
    *length = 1;
    if (p[0] < 0x20 || p[0] == 0x7F)
        return p[0];
    if (p[0] == 0xC2 && p[1] >= 0x80 && p[1] <= 0x9F)
        return *length = 2, p[1];
    if (p[0] == 0xE2 && p[1] == 0x80 &&
        ((p[2] >= 0xAA && p[2] <= 0xAE) || p[2] == 0x8E || p[2] == 0x8F))
        return *length = 3, 0x2000u + (p[2] - 0x80u);
    if (p[0] == 0xE2 && p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9)
        return *length = 3, 0x2040u + (p[2] - 0x80u);
    return 0;
}

/* Foreign text in a sentence of ours; "##[" is a command to some CI systems. */
static void put_foreign(FILE *to, const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0';) {
        size_t length;
        const unsigned code = steering(p, &length);

        if (code > 0)
            fprintf(to, "\\u{%X}", code);
        else if (strncmp((const char *)p, "##[", 3) == 0)
            fputs("\\u{23}", to);
        else
            fputc(*p, to);
        p += length;
    }
}

static void put(FILE *to, const char *sentence, va_list args)
{
    struct {
        const char *name, *value;
    } parts[8];
    size_t n = 0;

    for (const char *name = va_arg(args, const char *); name != NULL && n < 8;
         name = va_arg(args, const char *)) {
        parts[n].name = name;
        parts[n++].value = va_arg(args, const char *);
    }
    while (*sentence != '\0') {
        const char *close = *sentence == '{' ? strchr(sentence, '}') : NULL;
        bool done = false;

        for (size_t i = 0; close != NULL && i < n && !done; i++) {
            const size_t length = (size_t)(close - sentence - 1);

            if (strlen(parts[i].name) == length &&
                memcmp(parts[i].name, sentence + 1, length) == 0) {
                put_foreign(to, parts[i].value);
                sentence = close + 1;
                done = true;
            }
        }
        if (!done)
            fputc(*sentence++, to);
    }
}

/* Has anything been told on standard error? Threads tell things too. */
static atomic_bool told;

bool cli_has_told(void)
{
    return told;
}

void cli_tells(void)
{
    told = true;
}

/* Was something left out for want of memory? Then nothing of the run can be relied on. And has that
 * been told? */
static atomic_bool forgot, forgot_told;

void cli_forget(void)
{
    forgot = true;
}

bool cli_has_forgotten(void)
{
    return forgot;
}

static void *resize(void *context, void *ptr, size_t old_size, size_t new_size)
{
    void *made = NULL;

    (void)context;
    (void)old_size;
    if (new_size == 0)
        free(ptr);
    else if ((made = realloc(ptr, new_size)) == NULL)
        cli_forget();
    return made;
}

const bylaw_allocator cli_memory = {resize, NULL};

bool cli_done(bylaw_status status)
{
    if (status == BYLAW_ENOMEM)
        cli_forget();
    return status == BYLAW_OK;
}

void cli_tell_forgotten(cli *c)
{
    if (forgot && !forgot_told)
        cli_error(c, CLI_no_memory, NULL);
}

void cli_say(cli *c, FILE *to, cli_word word, ...)
{
    va_list args;

    told = told || to == c->err || to == stderr;
    va_start(args, word);
    put(to, words[word].in[c->lang], args);
    va_end(args);
    fputc('\n', to);
}

void cli_put(cli *c, FILE *to, cli_word word, ...)
{
    va_list args;

    va_start(args, word);
    put(to, words[word].in[c->lang], args);
    va_end(args);
}

int cli_error(cli *c, cli_word word, ...)
{
    const char *missing = word == CLI_no_memory ? bylaw_library_missing() : NULL;
    va_list args;

    if (missing !=
        NULL) /* what the library could not do for want of it looks like want of memory */
        return cli_error(c, CLI_no_library, "file", missing, NULL);
    told = true;
    forgot = forgot || word == CLI_no_memory || word == CLI_no_library;
    forgot_told = forgot_told || word == CLI_no_memory || word == CLI_no_library;
    va_start(args, word);
    fprintf(c->err, c->color_err ? "\033[1;31m%s\033[0m  " : "%s  ", words[CLI_error].in[c->lang]);
    put(c->err, words[word].in[c->lang], args);
    va_end(args);
    fputc('\n', c->err);
    return CLI_TROUBLE;
}

const char *cli_word_text(const cli *c, cli_word word)
{
    return words[word].in[c->lang];
}

size_t cli_width(const char *text)
{
    size_t width = 0;

    for (; *text != '\0'; text++) {
        const unsigned char byte = (unsigned char)*text;

        width += byte < 0x80 ? 1 : byte >= 0xE3 ? 2 : byte >= 0xC0 ? 1 : 0;
    }
    return width;
}

void cli_json_string(FILE *to, bylaw_str text)
{
    fputc('"', to);
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.ptr[i];

        if (byte == '"' || byte == '\\')
            fprintf(to, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7F)
            fprintf(to, "\\u%04x", byte);
        else
            fputc(byte, to);
    }
    fputc('"', to);
}

static atomic_int write_error; /* errno belongs to the thread that failed */

bylaw_status cli_write(void *file, bylaw_str text)
{
    if (fwrite(text.ptr, 1, text.len, file) == text.len)
        return BYLAW_OK;
    write_error = errno;
    return BYLAW_EIO;
}

bool cli_wrote(cli *c, const FILE *to, bylaw_status status)
{
    if (!cli_done(status) && status != BYLAW_ENOMEM && to == stdout)
        c->failed_write = true;
    return status == BYLAW_OK;
}

int cli_write_error(void)
{
    return write_error != 0 ? write_error : errno;
}

void cli_tell_diags(cli *c, bool codes)
{
    const bylaw_diag_style style = {.lang = c->lang,
                                    .color = c->color_err,
                                    .codes = codes,
                                    .excerpts = true,
                                    .columns = c->columns};

    if (!bylaw_diags_complete(c->diags))
        cli_forget();
    else if (bylaw_diags_count(c->diags) == 0) /* so it is of most actions of a stream */
        return;
    else if (bylaw_diags_write(c->diags, &style, cli_write, c->err) == BYLAW_ENOMEM)
        cli_forget();
    else
        told = true;
    bylaw_diags_clear(c->diags);
}

bool cli_wants_json(const cli *c)
{
    return c->options.formats.count > 0 && strcmp(c->options.formats.items[0], "json") == 0;
}

bool cli_lang_named(bylaw_lang *out, bylaw_str name)
{
    if (name.len == 2 && memcmp(name.ptr, "zh", 2) == 0)
        *out = BYLAW_ZH;
    else if (name.len == 2 && memcmp(name.ptr, "en", 2) == 0)
        *out = BYLAW_EN;
    else
        return false;
    return true;
}

/* ---- strings ---- */

bool cli_strings_add(cli_strings *list, const char *text)
{
    const char **items = realloc(list->items, (list->count + 1) * sizeof *items);
    char *copy = NULL;

    if (items != NULL) {
        list->items = items;
        copy = strdup(text);
    }
    if (copy == NULL) {
        cli_forget();
        return false;
    }
    list->items[list->count++] = copy;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void cli_strings_sort(cli_strings *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_name);
}

void cli_strings_free(cli_strings *list)
{
    for (size_t i = 0; i < list->count; i++)
        free((void *)(uintptr_t)list->items[i]);
    free(list->items);
    *list = (cli_strings){0};
}

/* The characters of a name, at most 64; 65 tells that it is longer. */
static size_t characters(const char *text, unsigned out[64])
{
    size_t n = 0;

    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        if ((*p & 0xC0) == 0x80 && n > 0) {
            out[n - 1] = out[n - 1] << 6 | (*p & 0x3Fu);
            continue;
        }
        if (n == 64)
            return 65;
        out[n++] = *p;
    }
    return n;
}

/* Steps from one name to the other: a character added, left out, replaced, or two exchanged. */
static size_t distance(const char *from, const char *to)
{
    unsigned a[64], b[64];
    const size_t n = characters(from, a), m = characters(to, b);
    size_t rows[3][65] = {{0}};

    if (n > 64 || m > 64)
        return 99;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);

            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                higher[j - 2] + 1 < best)
                best = higher[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[n % 3][m];
}

/* How far off a name may not be: a third of it, the suffix of a file left aside. */
static size_t reach(const char *name)
{
    unsigned all[64];
    const char *dot = strrchr(name, '.');
    const size_t suffix = dot != NULL && dot != name ? strlen(dot) : 0;

    return (characters(name, all) - suffix) / 3 + 2;
}

const char *cli_nearest(const char *name, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t least = reach(name);

    for (size_t i = 0; i < count; i++) {
        const size_t d = distance(name, names[i]);

        if (d < least) {
            least = d;
            best = names[i];
        }
    }
    return best;
}

bool cli_bad_value(cli *c, const char *option, const char *value, const char *const *values,
                   size_t count)
{
    const char *near = cli_nearest(value, values, count);
    char all[512] = "";

    for (size_t i = 0; i < count; i++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i > 0 ? " " : "", values[i]);
    if (near != NULL)
        cli_error(c, CLI_bad_value_near, "option", option, "value", value, "near", near, "values",
                  all, NULL);
    else
        cli_error(c, CLI_bad_value, "option", option, "value", value, "values", all, NULL);
    return false;
}

const char *cli_copy(cli *c, bylaw_str text)
{
    char *copy = strndup(text.ptr != NULL ? text.ptr : "", text.len);
    const bool kept = copy != NULL && cli_strings_add(&c->copies, copy);

    free(copy);
    if (!kept)
        cli_forget();
    return kept ? c->copies.items[c->copies.count - 1] : "";
}

const char *cli_listed(cli *c, const char *so_far, bylaw_str more)
{
    const char *comma = c->lang == BYLAW_ZH ? "、" : ", ";
    const size_t room = (so_far != NULL ? strlen(so_far) : 0) + strlen(comma) + more.len + 1;
    char *text = malloc(room);

    if (text == NULL) {
        cli_forget();
        return so_far;
    }
    snprintf(text, room, "%s%s%.*s", so_far != NULL ? so_far : "", so_far != NULL ? comma : "",
             (int)more.len, more.ptr);
    const char *kept = cli_copy(c, cli_str(text));

    free(text);
    return kept;
}

/* ---- files ---- */

bool cli_is_folder(const char *path)
{
    struct stat s;

    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* The file of the same folder whose name is nearest; to be freed, or NULL. */
static char *near_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    char *folder = slash != NULL ? strndup(path, (size_t)(slash - path + 1)) : strdup(".");
    DIR *dir = folder != NULL ? opendir(folder) : NULL;
    char *best = NULL;
    size_t least = reach(name);

    for (struct dirent *e = dir != NULL ? readdir(dir) : NULL; e != NULL; e = readdir(dir)) {
        const size_t d = distance(name, e->d_name);

        if (e->d_name[0] != '.' && d < least) {
            free(best);
            best = strdup(e->d_name);
            least = d;
        }
    }
    if (dir != NULL)
        closedir(dir);
    free(folder);
    return best;
}

static bool tell_missing(cli *c, const char *path)
{
    char *near = errno == ENOENT ? near_file(path) : NULL;

    if (near != NULL)
        cli_error(c, CLI_no_file_near, "file", path, "near", near, NULL);
    else if (errno == ENOENT)
        cli_error(c, CLI_no_file, "file", path, NULL);
    else
        cli_error(c, CLI_cannot_read, "file", path, "why", strerror(errno), NULL);
    free(near);
    return false;
}

void cli_tell_too_large(cli *c, const char *path)
{
    char most[24];

    snprintf(most, sizeof most, "%zu", cli_limit(c, BYLAW_LIMIT_FILE_SIZE));
    cli_error(c, CLI_too_large, "file", path, "most", most, NULL);
}

static bool read_all(cli *c, int fd, const char *path, cli_text *out)
{
    const size_t most = cli_limit(c, BYLAW_LIMIT_FILE_SIZE);
    size_t room = 0;
    ptrdiff_t n = 1;

    *out = (cli_text){NULL, 0};
    while (n > 0 && out->size <= most) {
        if (room - out->size < 4096) {
            char *bytes = realloc(out->bytes, room = room == 0 ? 65536 : room * 2);

            if (bytes == NULL) {
                cli_error(c, CLI_no_memory, NULL);
                return false;
            }
            out->bytes = bytes;
        }
        n = cli_read_some(fd, out->bytes + out->size, room - out->size);
        out->size += n > 0 ? (size_t)n : 0;
    }
    if (out->size > most)
        cli_tell_too_large(c, path);
    else if (n < 0 && errno != EINTR) /* an interrupt is told once, at the end */
        cli_error(c, CLI_cannot_read, "file", path, "why", strerror(errno), NULL);
    return n == 0 && out->size <= most;
}

bool cli_read_file(cli *c, const char *path, cli_text *out)
{
    const bool is_input = strcmp(path, "-") == 0;

    if (!is_input && cli_is_folder(path)) {
        cli_error(c, CLI_is_folder, "file", path, NULL);
        return false;
    }
    const int fd = is_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return tell_missing(c, path);
    const bool done = read_all(c, fd, path, out);

    if (!is_input)
        close(fd);
    if (!done)
        cli_free_text(out);
    return done;
}

void cli_free_text(cli_text *text)
{
    free(text->bytes);
    *text = (cli_text){NULL, 0};
}

static bool has_suffix(const char *name)
{
    static const char *const suffixes[] = {".yaml", ".yml", ".json", ".jsonl"};
    const size_t n = strlen(name);

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const size_t m = strlen(suffixes[i]);

        if (n > m && strcmp(name + n - m, suffixes[i]) == 0)
            return true;
    }
    return false;
}

/* Links may go in circles. */
static bool too_deep(cli *c, const char *path)
{
    char most[24];

    snprintf(most, sizeof most, "%zu", cli_limit(c, BYLAW_LIMIT_FOLDERS));
    cli_error(c, CLI_too_deep, "file", path, "most", most, NULL);
    return false;
}

/* The next entry; NULL at the end, or where the folder cannot be read any further: *fine then is
 * false, and it has been told. */
static struct dirent *next_entry(cli *c, DIR *dir, const char *folder, bool *fine)
{
    errno = 0;
    struct dirent *entry = readdir(dir);

    if (entry == NULL && errno != 0)
        *fine = tell_missing(c, folder);
    return entry;
}

static bool walk(cli *c, const char *folder, cli_strings *out, size_t depth)
{
    DIR *dir = opendir(folder);
    cli_strings names = {0};
    bool fine = true;

    if (dir == NULL)
        return tell_missing(c, folder);
    for (struct dirent *e; fine && (e = next_entry(c, dir, folder, &fine)) != NULL;) {
        if (e->d_name[0] != '.')
            fine = cli_strings_add(&names, e->d_name);
    }
    closedir(dir);
    cli_strings_sort(&names);
    for (size_t i = 0; i < names.count && fine; i++) {
        const size_t n = strlen(folder) + strlen(names.items[i]) + 2;
        char *path = malloc(n);

        if (path == NULL) {
            cli_forget();
            fine = false;
            break;
        }
        snprintf(path, n, folder[strlen(folder) - 1] == '/' ? "%s%s" : "%s/%s", folder,
                 names.items[i]);
        if (cli_is_folder(path))
            fine = depth < cli_limit(c, BYLAW_LIMIT_FOLDERS) ? walk(c, path, out, depth + 1)
                                                             : too_deep(c, path);
        else if (has_suffix(path) && strstr(path, ".test.yaml") == NULL &&
                 strstr(path, ".mutants.yaml") == NULL)
            fine = cli_strings_add(out, path);
        free(path);
    }
    cli_strings_free(&names);
    return fine;
}

bool cli_list_files(cli *c, const char *path, const char *suffix, cli_strings *out)
{
    const size_t before = out->count, m = strlen(suffix);
    bool fine = true;

    if (!cli_is_folder(path))
        return cli_strings_add(out, path);
    DIR *dir = opendir(path);

    if (dir == NULL)
        return tell_missing(c, path);
    for (struct dirent *e; fine && (e = next_entry(c, dir, path, &fine)) != NULL;) {
        const size_t n = strlen(e->d_name);
        char full[4096];

        if (n <= m || strcmp(e->d_name + n - m, suffix) != 0)
            continue;
        snprintf(full, sizeof full, path[strlen(path) - 1] == '/' ? "%s%s" : "%s/%s", path,
                 e->d_name);
        fine = cli_strings_add(out, full);
    }
    closedir(dir);
    if (out->count > before + 1)
        qsort(out->items + before, out->count - before, sizeof *out->items, by_name);
    return fine;
}

bool cli_expand(cli *c, const cli_strings *operands, cli_strings *out)
{
    for (size_t i = 0; i < operands->count; i++) {
        const size_t before = out->count;

        if (!cli_is_folder(operands->items[i])) {
            if (!cli_strings_add(out, operands->items[i]))
                return false;
        } else if (!walk(c, operands->items[i], out, 0)) {
            return false;
        } else if (out->count == before && !c->options.allow_empty) {
            cli_error(c, CLI_nothing_in_folder, "file", operands->items[i], NULL);
            return false;
        }
    }
    return true;
}
