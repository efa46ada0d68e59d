/* tests/house/test_includes.c: reads every #include of the project and fails on one that climbs to
 * a higher layer, on a ring, and on an external library outside its one file. The checks are tried
 * on made-up files first, so that they are known to bite. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/str.h"
#include "base/vec.h"

/* From the bottom up: a layer includes itself and those before it. */
static const char *const layers[] = {"base", "text",  "value", "expr",
                                     "doc",  "rules", "check", "report"};

/* Upward by the order above and yet wrong, or an exception to it. */
static const struct forbidden {
    const char *layer, *included;
} forbidden[] = {{"doc", "expr"}};

/* The layer that a public header belongs to. */
static const struct public_header {
    const char *name, *layer;
} public_headers[] = {
    {"bylaw/limits.h", "base"},     {"bylaw/base.h", "base"},       {"bylaw/diag.h", "base"},
    {"bylaw/ruleset.h", "rules"},   {"bylaw/check.h", "check"},     {"bylaw/report.h", "report"},
    {"bylaw/bylaw.h", "report"},    {"bylaw/test.h", "check"},      {"bylaw/expr.h", "check"},
    {"bylaw/coverage.h", "rules"},  {"bylaw/mutate.h", "check"},    {"bylaw/need.h", "report"},
    {"bylaw/exhaust.h", "report"},  {"bylaw/diff.h", "report"},     {"bylaw/config.h", "report"},
    {"bylaw/blank.h", "report"},    {"bylaw/handbook.h", "report"}, {"bylaw/explain.h", "report"},
    {"bylaw/baseline.h", "report"}, {"bylaw/record.h", "report"},
};

/* Each external library enters at one file. */
static const struct external {
    const char *header, *file; /* header: a prefix */
} externals[] = {
    {"unicode/", "src/text/unicode.c"}, {"yaml.h", "src/doc/yaml_reader.c"},
    {"nettle/", "src/base/hash.c"},     {"dlfcn.h", "src/base/late.c"},
    {"pthread.h", "src/base/late.c"},   {"emmintrin.h", "src/check/record.c"},
};

static const char *const standard_headers[] = {
    "assert.h", "ctype.h",  "errno.h",    "float.h",  "inttypes.h",  "limits.h",  "locale.h",
    "math.h",   "setjmp.h", "stdalign.h", "stdarg.h", "stdatomic.h", "stdbool.h", "stddef.h",
    "stdint.h", "stdio.h",  "stdlib.h",   "string.h", "time.h",
};

/* The program may use the system it runs on; the library may not. */
static const char *const system_headers[] = {
    "dirent.h",   "fcntl.h",     "poll.h",     "pthread.h", "signal.h", "strings.h",  "sys/ioctl.h",
    "sys/stat.h", "sys/types.h", "sys/wait.h", "termios.h", "unistd.h", "langinfo.h",
};

typedef struct source_file {
    bylaw_str path; /* from the project's folder: src/doc/shape.c */
    bylaw_str text;
} source_file;

typedef BL_VEC(source_file) file_list;

typedef struct house {
    bl_arena arena;
    file_list files;
    bl_str complaints; /* one a line */
} house;

static void complain(house *h, bylaw_str path, bylaw_str header, const char *why)
{
    bl_str_addf(&h->complaints, "%.*s includes %.*s: %s\n", (int)path.len, path.ptr,
                (int)header.len, header.ptr, why);
}

static bool is_one_of(bylaw_str name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bl_str_is(name, names[i]))
            return true;
    }
    return false;
}

#define IS_ONE_OF(name, names) is_one_of((name), (names), sizeof(names) / sizeof *(names))

/* The rank of the layer whose name stands between byte `from` and the next slash; -1: no layer. */
static int rank_at(bylaw_str path, size_t from)
{
    const bylaw_str name = bl_str_slice(path, from, bl_str_find(path, BYLAW_STR("/"), from));

    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        if (bl_str_is(name, layers[i]))
            return (int)i;
    }
    return -1;
}

static int rank_of(const char *layer)
{
    return rank_at(bylaw_str_from(layer), 0);
}

static int public_rank(bylaw_str header)
{
    for (size_t i = 0; i < sizeof public_headers / sizeof *public_headers; i++) {
        if (bl_str_is(header, public_headers[i].name))
            return rank_of(public_headers[i].layer);
    }
    return -1;
}

/* The rank of a file of ours, by its path or by the name under which it is included. */
static int rank_of_file(bylaw_str path)
{
    if (bl_str_starts(path, BYLAW_STR("src/")))
        return rank_at(path, 4);
    return public_rank(bl_str_slice(path, sizeof "include/" - 1, path.len));
}

static bool is_forbidden(int rank, int included)
{
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        if (rank == rank_of(forbidden[i].layer) && included == rank_of(forbidden[i].included))
            return true;
    }
    return included > rank;
}

/* An include of the library: "layer/file.h", <bylaw/…>, the standard library, one's own external.
 */
static void check_library(house *h, bylaw_str path, bylaw_str header, bool quoted)
{
    const int rank = rank_of_file(path);
    const bool open = bl_str_starts(header, BYLAW_STR("bylaw/"));
    const int included = open ? public_rank(header) : quoted ? rank_at(header, 0) : -1;

    if (rank < 0)
        complain(h, path, header, "the file stands in no layer");
    else if (open && included < 0)
        complain(h, path, header, "this public header is in no layer");
    else if (quoted && included < 0)
        complain(h, path, header, "not of the form \"layer/file\"");
    else if (included >= 0 && is_forbidden(rank, included))
        complain(h, path, header, "a higher layer");
    else if (included >= 0 && !open && bl_str_starts(path, BYLAW_STR("include/")))
        complain(h, path, header, "a public header shows an internal one");
    if (included >= 0 || quoted || open || IS_ONE_OF(header, standard_headers))
        return;
    for (size_t i = 0; i < sizeof externals / sizeof *externals; i++) {
        if (bl_str_starts(header, bylaw_str_from(externals[i].header)) &&
            bl_str_is(path, externals[i].file))
            return;
    }
    complain(h, path, header, "an external header outside its one file");
}

/* An include of the program: public headers, its own, the standard library and the system. */
static void check_program(house *h, bylaw_str path, bylaw_str header, bool quoted)
{
    if (quoted ? rank_at(header, 0) < 0
               : bl_str_starts(header, BYLAW_STR("bylaw/")) ||
                     IS_ONE_OF(header, standard_headers) || IS_ONE_OF(header, system_headers))
        return;
    complain(h, path, header, "the program sees <bylaw/*.h> only");
}

/* The header named by the #include in this line; false where there is none. */
static bool include_in(bylaw_str line, bylaw_str *header, bool *quoted)
{
    line = bl_str_trim(line);
    if (line.len == 0 || line.ptr[0] != '#')
        return false;
    line = bl_str_trim(bl_str_slice(line, 1, line.len));
    if (!bl_str_starts(line, BYLAW_STR("include")))
        return false;
    line = bl_str_trim(bl_str_slice(line, 7, line.len));
    *quoted = line.len > 0 && line.ptr[0] == '"';
    *header =
        bl_str_slice(line, 1, bl_str_find(line, *quoted ? BYLAW_STR("\"") : BYLAW_STR(">"), 1));
    return header->len > 0;
}

/* Calls `visit` for each include of a file. */
typedef void visit_fn(house *h, bylaw_str path, bylaw_str header, bool quoted, void *data);

static void each_include(house *h, const source_file *file, visit_fn *visit, void *data)
{
    for (size_t at = 0; at < file->text.len;) {
        const size_t end = bl_str_find(file->text, BYLAW_STR("\n"), at);
        bylaw_str header;
        bool quoted;

        if (include_in(bl_str_slice(file->text, at, end), &header, &quoted))
            visit(h, file->path, header, quoted, data);
        at = end == SIZE_MAX ? file->text.len : end + 1;
    }
}

static void check_include(house *h, bylaw_str path, bylaw_str header, bool quoted, void *data)
{
    (void)data;
    if (bl_str_is(path, "tools/embed.c") || bl_str_is(path, "tools/unicode_tables.c"))
        return; /* they build the library's own tables, before there is a library */
    if (bl_str_starts(path, BYLAW_STR("tools/")))
        check_program(h, path, header, quoted);
    else
        check_library(h, path, header, quoted);
}

/* The file of ours that a header names; SIZE_MAX: none. */
static size_t file_of(const house *h, bylaw_str header)
{
    static const char *const folders[] = {"src/", "include/", "tools/"};

    for (size_t i = 0; i < h->files.count; i++) {
        for (size_t k = 0; k < sizeof folders / sizeof *folders; k++) {
            const bylaw_str path = h->files.items[i].path, folder = bylaw_str_from(folders[k]);

            if (bl_str_starts(path, folder) &&
                bl_str_equal(bl_str_slice(path, folder.len, path.len), header))
                return i;
        }
    }
    return SIZE_MAX;
}

/* Depth first: a file met again while it is still open closes a ring. */
typedef struct search {
    enum { UNSEEN, OPEN, DONE } * marks;
} search;

static void visit_file(house *h, size_t i, search *s);

static void follow(house *h, bylaw_str path, bylaw_str header, bool quoted, void *data)
{
    search *s = data;
    const size_t next = file_of(h, header);

    (void)quoted;
    if (next == SIZE_MAX || s->marks[next] == DONE)
        return;
    if (s->marks[next] == OPEN)
        complain(h, path, header, "a ring");
    else
        visit_file(h, next, s);
}

static void visit_file(house *h, size_t i, search *s)
{
    s->marks[i] = OPEN;
    each_include(h, &h->files.items[i], follow, s);
    s->marks[i] = DONE;
}

static void check_house(house *h)
{
    search s = {BL_NEW_N(&h->arena, __typeof__(*s.marks), h->files.count)};

    assert_non_null(s.marks);
    for (size_t i = 0; i < h->files.count; i++)
        each_include(h, &h->files.items[i], check_include, NULL);
    for (size_t i = 0; i < h->files.count; i++) {
        if (s.marks[i] == UNSEEN)
            visit_file(h, i, &s);
    }
}

static void open_house(house *h)
{
    *h = (house){.complaints = {0}};
    bl_arena_init(&h->arena, NULL);
    h->complaints = bl_str_init(&h->arena);
}

static bylaw_str close_house(house *h)
{
    bylaw_str complaints;

    check_house(h);
    assert_int_equal(bl_str_take(&complaints, &h->complaints), BYLAW_OK);
    return complaints;
}

static void add_file(house *h, bylaw_str path, bylaw_str text)
{
    assert_true(bl_vec_push(&h->arena, &h->files, ((source_file){path, text})));
}

static const struct made_up {
    const char *path, *text, *complaint;
} made_up[] = {
    {"src/base/a.c", "#include \"text/x.h\"\n", "a higher layer"},
    {"src/text/a.c", "#include \"base/x.h\"\n#include <string.h>\n", ""},
    {"src/doc/a.c", "#include \"value/x.h\"\n", ""},
    {"src/doc/a.c", " # include \"expr/x.h\"\n", "a higher layer"},
    {"src/value/a.h", "#include <bylaw/check.h>\n", "a higher layer"},
    {"src/check/a.h", "#include <bylaw/check.h>\n", ""},
    {"src/check/a.h", "#include <bylaw/new.h>\n", "this public header is in no layer"},
    {"src/check/a.h", "#include \"a.h\"\n", "not of the form"},
    {"src/check/a.h", "#include <unicode/uchar.h>\n", "outside its one file"},
    {"src/text/unicode.c", "#include <unicode/uchar.h>\n", ""},
    {"src/rules/a.c", "#include <yaml.h>\n", "outside its one file"},
    {"src/rules/a.c", "#include <unistd.h>\n", "outside its one file"},
    {"src/new/a.c", "#include \"base/x.h\"\n", "stands in no layer"},
    {"include/bylaw/base.h", "#include \"base/x.h\"\n", "shows an internal one"},
    {"include/bylaw/base.h", "#include <bylaw/check.h>\n", "a higher layer"},
    {"tools/a.c", "#include <bylaw/check.h>\n#include \"cli.h\"\n#include <unistd.h>\n", ""},
    {"tools/a.c", "#include \"base/x.h\"\n", "the program sees <bylaw/*.h> only"},
    {"tools/a.c", "#include <yaml.h>\n", "the program sees <bylaw/*.h> only"},
};

static void the_checks_bite(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof made_up / sizeof *made_up; i++) {
        const struct made_up *m = &made_up[i];
        house h;

        open_house(&h);
        add_file(&h, bylaw_str_from(m->path), bylaw_str_from(m->text));
        const bylaw_str complaints = close_house(&h);

        if (m->complaint[0] == '\0' ? complaints.len > 0
                                    : strstr(complaints.ptr, m->complaint) == NULL)
            fail_msg("%s: %s: %s", m->path, m->text, complaints.ptr);
        bl_arena_dispose(&h.arena);
    }
}

static void a_ring_is_found(void **state)
{
    (void)state;
    house h;

    open_house(&h);
    add_file(&h, BYLAW_STR("src/base/a.h"), BYLAW_STR("#include \"base/b.h\"\n"));
    add_file(&h, BYLAW_STR("src/base/b.h"), BYLAW_STR("#include \"base/c.h\"\n"));
    add_file(&h, BYLAW_STR("src/base/c.h"), BYLAW_STR("#include \"base/a.h\"\n"));
    add_file(&h, BYLAW_STR("src/base/d.c"), BYLAW_STR("#include \"base/a.h\"\n"));
    assert_string_equal(close_house(&h).ptr, "src/base/c.h includes base/a.h: a ring\n");
    bl_arena_dispose(&h.arena);
}

static bylaw_str read_file(house *h, const char *path)
{
    FILE *file = fopen(path, "rb");
    bl_str text = bl_str_init(&h->arena);
    bylaw_str out;
    int c;

    assert_non_null(file);
    while ((c = getc(file)) != EOF)
        bl_str_addc(&text, (char)c);
    fclose(file);
    assert_int_equal(bl_str_take(&out, &text), BYLAW_OK);
    return out;
}

static bylaw_str join(house *h, bylaw_str folder, const char *name)
{
    bl_str path = bl_str_init(&h->arena);
    bylaw_str out;

    bl_str_add(&path, folder);
    bl_str_addc(&path, '/');
    bl_str_addz(&path, name);
    assert_int_equal(bl_str_take(&out, &path), BYLAW_OK);
    return out;
}

/* All files that C includes or compiles, below BYLAW_SOURCE_DIR/`folder`. */
static void add_folder(house *h, bylaw_str folder)
{
    const bylaw_str root = BYLAW_STR(BYLAW_SOURCE_DIR);
    DIR *dir = opendir(join(h, root, folder.ptr).ptr);

    if (dir == NULL)
        return;
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        struct stat info;

        if (entry->d_name[0] == '.')
            continue;
        const bylaw_str name = join(h, folder, entry->d_name), path = join(h, root, name.ptr);

        assert_int_equal(stat(path.ptr, &info), 0);
        if (S_ISDIR(info.st_mode))
            add_folder(h, name);
        else if (bl_str_ends(name, BYLAW_STR(".c")) || bl_str_ends(name, BYLAW_STR(".h")) ||
                 bl_str_ends(name, BYLAW_STR(".def")))
            add_file(h, name, read_file(h, path.ptr));
    }
    closedir(dir);
}

static void the_house_is_in_order(void **state)
{
    (void)state;
    house h;

    open_house(&h);
    add_folder(&h, BYLAW_STR("src"));
    add_folder(&h, BYLAW_STR("include"));
    add_folder(&h, BYLAW_STR("tools"));
    assert_true(h.files.count > 40); /* it did find the project */
    const bylaw_str complaints = close_house(&h);

    if (complaints.len > 0)
        fail_msg("%s", complaints.ptr);
    bl_arena_dispose(&h.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checks_bite),
        cmocka_unit_test(a_ring_is_found),
        cmocka_unit_test(the_house_is_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
