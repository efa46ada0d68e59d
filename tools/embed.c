/* tools/embed.c: writes files as C arrays, so that the library carries its rule sets within itself.
 *
 *     bylaw_embed OUT.c ROOT NAME...
 *
 * writes the files ROOT/NAME, sorted by name, as the table that src/rules/bundled.c searches. Run
 * by the build. Arrays of numbers, not string literals: C bounds the length of those. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;

    return strcmp(*left, *right);
}

static int fail(const char *path)
{
    fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
    return 1;
}

/* One array, 24 bytes a line, with a NUL behind the text. */
static int write_text(FILE *out, size_t number, const char *path)
{
    FILE *in = fopen(path, "rb");
    size_t n = 0;
    int c;

    if (in == NULL)
        return fail(path);
    fprintf(out, "static const unsigned char text_%zu[] = {", number);
    while ((c = getc(in)) != EOF)
        fprintf(out, "%s%d,", n++ % 24 == 0 ? "\n    " : " ", c);
    fprintf(out, "\n    0};\n");
    const int broken = ferror(in);

    fclose(in);
    return broken ? fail(path) : 0;
}

/* Names come from the build: letters, digits, - _ . / only. */
static int write_table(FILE *out, char **names, size_t count)
{
    fprintf(out, "const bl_bundled_file bl_bundled_files[] = {\n");
    for (size_t i = 0; i < count; i++) {
        if (strspn(names[i],
                   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") !=
            strlen(names[i])) {
            fprintf(stderr, "embed: %s: not a plain name\n", names[i]);
            return 1;
        }
        fprintf(out, "    {{\"%s\", %zu}, {(const char *)text_%zu, sizeof text_%zu - 1}},\n",
                names[i], strlen(names[i]), i, i);
    }
    fprintf(out, "};\nconst size_t bl_bundled_file_count = %zu;\n", count);
    return 0;
}

static int write_all(FILE *out, const char *root, char **names, size_t count)
{
    fprintf(out, "/* Written by tools/embed.c. */\n#include \"rules/bundled.h\"\n\n");
    for (size_t i = 0; i < count; i++) {
        const size_t size = strlen(root) + strlen(names[i]) + 2;
        char *path = malloc(size);

        if (path == NULL)
            return fail(names[i]);
        snprintf(path, size, "%s/%s", root, names[i]);
        const int status = write_text(out, i, path);

        free(path);
        if (status != 0)
            return status;
    }
    return write_table(out, names, count);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: bylaw_embed OUT.c ROOT NAME...\n");
        return 2;
    }
    char **names = argv + 3;
    const size_t count = (size_t)argc - 3;
    FILE *out = fopen(argv[1], "wb");

    if (out == NULL)
        return fail(argv[1]);
    qsort(names, count, sizeof *names, by_name);
    int status = write_all(out, argv[2], names, count);

    if (fclose(out) != 0 && status == 0)
        status = fail(argv[1]);
    if (status != 0)
        remove(argv[1]); /* a half-written file must not look finished to the build */
    return status;
}
