/* tests/fuzz/driver.c: a target without libFuzzer.
 *
 *     NAME_driver [--random N] [--seed S] [--dict FILE] FILE-OR-FOLDER...
 *
 * Every file once, and then N texts made of them by cutting, doubling, replacing and joining
 * pieces, and by putting in words of the dictionary (libFuzzer's format). The generator is simple
 * and repeatable: the same seed and files give the same texts. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST  65536 /* bytes of a text */
#define FILES 4000
#define WORDS 1000

typedef struct text {
    char *bytes;
    size_t size;
} text;

static text files[FILES], words[WORDS];
static size_t file_count, word_count;
static uint64_t random_state = 1;

static size_t random_below(size_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return n == 0 ? 0 : (size_t)((random_state >> 33) % n);
}

static _Noreturn void give_up(const char *what, const char *path)
{
    fprintf(stderr, "fuzz driver: %s %s\n", what, path);
    exit(2);
}

/* ---- files ---- */

static void read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(MOST);

    if (file == NULL || bytes == NULL || file_count == FILES)
        give_up("cannot read", path);
    files[file_count].bytes = bytes;
    files[file_count++].size = fread(bytes, 1, MOST, file);
    fclose(file);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The files of a folder by name, so that a run can be repeated. */
static void read_folder(const char *path, DIR *folder)
{
    static char *names[FILES];
    size_t count = 0;

    for (const struct dirent *e = readdir(folder); e != NULL; e = readdir(folder)) {
        if (e->d_name[0] == '.')
            continue;
        char *name = malloc(strlen(path) + strlen(e->d_name) + 2);

        if (name == NULL)
            give_up("no memory for the files of", path);
        if (count == FILES)
            give_up("too many files in", path);
        strcat(strcat(strcpy(name, path), "/"), e->d_name);
        names[count++] = name;
    }
    closedir(folder);
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        read_file(names[i]);
        free(names[i]);
    }
}

static void read_path(const char *path)
{
    DIR *folder = opendir(path);

    if (folder != NULL)
        read_folder(path, folder);
    else
        read_file(path);
}

/* "text" with \xNN, \" and \\, one a line. */
static void read_dictionary(const char *path)
{
    FILE *file = fopen(path, "rb");
    char line[400];

    if (file == NULL)
        give_up("cannot read", path);
    while (fgets(line, sizeof line, file) != NULL && word_count < WORDS) {
        char *to = malloc(sizeof line), *out = to;

        if (to == NULL || line[0] != '"')
            give_up("cannot use", path);
        for (const char *p = line + 1; *p != '"' && *p != '\0'; p++) {
            unsigned byte = (unsigned char)*p;

            if (*p == '\\' && p[1] == 'x' && sscanf(p + 2, "%2x", &byte) == 1)
                p += 3;
            else if (*p == '\\')
                byte = (unsigned char)*++p;
            *out++ = (char)byte;
        }
        words[word_count++] = (text){to, (size_t)(out - to)};
    }
    fclose(file);
}

/* ---- texts made of them ---- */

/* Puts `n` bytes in place of `gone` bytes at `at`. */
static void put(text *t, size_t at, size_t gone, const char *bytes, size_t n)
{
    if (t->size - gone + n > MOST)
        return;
    memmove(t->bytes + at + n, t->bytes + at + gone, t->size - at - gone);
    memcpy(t->bytes + at, bytes, n);
    t->size = t->size - gone + n;
}

static void change(text *t)
{
    const size_t at = random_below(t->size + 1), rest = t->size - at;
    const size_t some = random_below(rest < 20 ? rest + 1 : 20);
    const text *from = &files[random_below(file_count)];
    const size_t start = random_below(from->size), length = random_below(from->size - start);
    const text none = {(char[]){(char)random_below(256)}, 1};
    const text *word = word_count > 0 ? &words[random_below(word_count)] : &none;

    switch (random_below(5)) {
    case 0:
        put(t, at, some, "", 0);
        break;
    case 1:
        put(t, at, some, word->bytes, word->size);
        break;
    case 2:
        put(t, at, 0, word->bytes, word->size);
        break;
    case 3:
        put(t, at, 0, none.bytes, 1);
        break;
    default:
        put(t, at, some, from->bytes + start, length < 60 ? length : 60);
        break;
    }
}

/* A copy of the very size, so that a sanitizer sees a byte too many. */
static void run(const text *t)
{
    uint8_t *exact = malloc(t->size + 1);

    if (exact == NULL)
        give_up("no memory for", "a text");
    memcpy(exact, t->bytes, t->size);
    fuzz(exact, t->size);
    free(exact);
}

static void run_random(size_t n)
{
    static char room[MOST];
    text made = {room, 0};

    for (size_t i = 0; i < n; i++) {
        const text *from = &files[random_below(file_count)];

        made.size = 0;
        put(&made, 0, 0, from->bytes, from->size);
        if (random_below(4) == 0) { /* two of them together */
            from = &files[random_below(file_count)];
            put(&made, made.size, 0, from->bytes, from->size);
        }
        for (size_t k = 1 + random_below(5); k > 0; k--)
            change(&made);
        run(&made);
    }
}

int main(int argc, char **argv)
{
    size_t random = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--random") == 0 && i + 1 < argc)
            random = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            random_state = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--dict") == 0 && i + 1 < argc)
            read_dictionary(argv[++i]);
        else
            read_path(argv[i]);
    }
    if (file_count == 0)
        give_up("no seeds", "were given");
    for (size_t i = 0; i < file_count; i++)
        run(&files[i]);
    run_random(random);
    return 0;
}
