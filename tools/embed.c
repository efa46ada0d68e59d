/* tools/embed.c: writes files as C arrays, so that the library carries its rule sets within itself:
 * the text, the tree that reading it gives, and its hash.
 *
 *     bylaw_embed OUT.c ROOT NAME...
 *
 * writes the files ROOT/NAME, sorted by name, as the table that src/rules/bundled.c searches. Run
 * by the build. Arrays of numbers, not string literals: C bounds the length of those. A file that
 * does not parse ends the build. */
#include "base/hash.h"
#include "base/late.h"
#include "doc/packed.h"

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

/* The whole file in the arena. */
static int read_text(bl_arena *arena, const char *path, bylaw_str *out)
{
    FILE *in = fopen(path, "rb");
    bl_str text = bl_str_init(arena);
    char part[4096];
    size_t n;

    if (in == NULL)
        return fail(path);
    while ((n = fread(part, 1, sizeof part, in)) > 0)
        bl_str_add(&text, (bylaw_str){part, n});
    const int broken = ferror(in);

    fclose(in);
    return broken || bl_str_take(out, &text) != BYLAW_OK ? fail(path) : 0;
}

/* One array, 24 bytes a line, with a NUL behind it. */
static void write_array(FILE *out, const char *kind, size_t number, bylaw_str bytes)
{
    fprintf(out, "static const unsigned char %s_%zu[] = {", kind, number);
    for (size_t i = 0; i < bytes.len; i++)
        fprintf(out, "%s%d,", i % 24 == 0 ? "\n    " : " ", (unsigned char)bytes.ptr[i]);
    fprintf(out, "\n    0};\n");
}

/* The tree of the file's one document. */
static int pack(bl_arena *arena, const bl_source *source, bylaw_str *out)
{
    bylaw_diags *diags = NULL;
    bl_document document = {0};
    bl_str packed = bl_str_init(arena);
    int status = 1;

    if (bylaw_diags_new(&diags, NULL) != BYLAW_OK)
        return fail(source->name.ptr);
    if (bl_document_read(&document, source, BL_DOC_YAML, NULL, arena, diags) == BYLAW_OK &&
        document.count == 1) {
        bl_document_pack(&packed, document.roots[0]);
        status = bl_str_take(out, &packed) == BYLAW_OK ? 0 : fail(source->name.ptr);
    }
    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);

        fprintf(stderr, "%s:%zu:%zu: %s\n", d->file.ptr, d->line, d->column,
                d->message.in[BYLAW_EN].ptr);
    }
    bylaw_diags_free(diags);
    return status;
}

/* One file: its text, its tree; the hash goes into the table. */
static int write_file(FILE *out, size_t number, const char *path, char sha256[BL_SHA256_HEX])
{
    bl_arena arena;
    bl_source source = {.name = bylaw_str_from(path)};
    bylaw_str packed = {NULL, 0};

    bl_arena_init(&arena, NULL);
    int status = read_text(&arena, path, &source.text);

    if (status == 0 && !bl_str_ends(source.name, BYLAW_STR(".json"))) /* schemas are only printed */
        status = pack(&arena, &source, &packed);
    if (status == 0) {
        write_array(out, "text", number, source.text);
        write_array(out, "tree", number, packed);
        status = bl_sha256_hex(source.text, sha256) ? 0 : fail(bl_late_missing());
    }
    bl_arena_dispose(&arena);
    return status;
}

/* Names come from the build: letters, digits, - _ . / only. */
static int write_row(FILE *out, const char *name, size_t i, const char *sha256)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";

    if (strspn(name, plain) != strlen(name)) {
        fprintf(stderr, "embed: %s: not a plain name\n", name);
        return 1;
    }
    fprintf(out, "    {{\"%s\", %zu}, {(const char *)text_%zu, sizeof text_%zu - 1},\n", name,
            strlen(name), i, i);
    fprintf(out, "     {(const char *)tree_%zu, sizeof tree_%zu - 1}, {\"%s\", 64}},\n", i, i,
            sha256);
    return 0;
}

static int write_all(FILE *out, const char *root, char **names, size_t count)
{
    char(*hashes)[BL_SHA256_HEX] = calloc(count, sizeof *hashes);
    int status = hashes == NULL ? fail(root) : 0;

    fprintf(out, "/* Written by tools/embed.c. */\n#include \"rules/bundled.h\"\n\n");
    for (size_t i = 0; i < count && status == 0; i++) {
        const size_t size = strlen(root) + strlen(names[i]) + 2;
        char *path = malloc(size);

        if (path == NULL) {
            status = fail(names[i]);
            break;
        }
        snprintf(path, size, "%s/%s", root, names[i]);
        status = write_file(out, i, path, hashes[i]);
        free(path);
    }
    fprintf(out, "const bl_bundled_file bl_bundled_files[] = {\n");
    for (size_t i = 0; i < count && status == 0; i++)
        status = write_row(out, names[i], i, hashes[i]);
    fprintf(out, "};\nconst size_t bl_bundled_file_count = %zu;\n", count);
    free(hashes);
    return status;
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
