/* rules/draft.c: a provisions file drafted from the text of a document: a line, a provision. The
 * author then cuts finer, writes the gist, and says what can be checked; anchors stay right as long
 * as the cuts follow the lines. */
#include "base/hash.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <bylaw/coverage.h>

typedef struct draft {
    bl_str out;
    int64_t article; /* that the line belongs to; 0 before the first */
    bylaw_str cite;  /* 第三条, as printed */
    unsigned part;   /* of the article, from 0 */
    unsigned head;   /* lines before the first article */
} draft;

static bylaw_str trimmed(bylaw_str line)
{
    size_t from = 0, space;

    while (from < line.len && (space = bl_white_space_at(line, from)) > 0)
        from += space;
    return bl_str_trim(bl_str_slice(line, from, line.len));
}

/* 第十二条 …: its number. */
static bool article_of(bylaw_str line, int64_t *number, bylaw_str *cite)
{
    static const bylaw_str first = {"第", sizeof "第" - 1}, last = {"条", sizeof "条" - 1};
    const size_t end = bl_str_find(line, last, 0);

    if (!bl_str_starts(line, first) || end == SIZE_MAX || end > 32 ||
        bl_read_int(number, bl_str_slice(line, first.len, end)) != BYLAW_OK || *number <= 0)
        return false;
    *cite = bl_str_slice(line, 0, end + last.len);
    return true;
}

static void add_quoted(bl_str *out, bylaw_str text)
{
    bl_str_addc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            bl_str_addc(out, '\\');
        bl_str_addc(out, (unsigned char)text.ptr[i] < 0x20 ? ' ' : text.ptr[i]);
    }
    bl_str_addc(out, '"');
}

static size_t dense_length(bylaw_str text)
{
    size_t count = 0;

    for (size_t at = 0; at < text.len;) {
        const size_t space = bl_white_space_at(text, at);

        if (space > 0) {
            at += space;
        } else {
            (void)bl_utf8_next(text, &at);
            count++;
        }
    }
    return count;
}

/* 3, 3b, 3c …: the article's first line has its bare number. */
static void add_id(draft *d)
{
    if (d->article == 0)
        bl_str_addf(&d->out, "head%u", ++d->head);
    else if (d->part == 0)
        bl_str_addf(&d->out, "%lld", (long long)d->article);
    else
        bl_str_addf(&d->out, "%lld%c", (long long)d->article,
                    (char)('a' + (d->part < 25 ? d->part : 25)));
}

static void add_line(draft *d, bylaw_str line)
{
    char hex[BL_SHA256_HEX];
    int64_t number = 0;

    if (article_of(line, &number, &d->cite)) {
        d->article = number;
        d->part = 0;
    } else {
        d->part++;
    }
    if (!bl_sha256_hex_dense(line, hex)) {
        d->out.failed = true;
        return;
    }
    bl_str_addz(&d->out, "  - {id: \"");
    add_id(d);
    if (d->article == 0)
        bl_str_addz(&d->out, "\", cite: \"[题]\", en: \"[Head]\", class: metadata, testable: no");
    else
        bl_str_addf(&d->out, "\", cite: \"%.*s\", en: Art. %lld, class: obligation, testable: yes",
                    (int)d->cite.len, d->cite.ptr, (long long)d->article);
    bl_str_addz(&d->out, ", kinds: [none],\n     gist: {zh: ");
    add_quoted(&d->out, line);
    bl_str_addz(&d->out, ", en: \"(to be written)\"},\n     anchor: ");
    bl_str_addz(&d->out, hex);
    bl_str_addf(&d->out, ", length: %zu}\n", dense_length(line));
}

bylaw_status bylaw_provisions_draft(bylaw_str name, bylaw_str text,
                                    bylaw_status (*write)(void *context, bylaw_str text),
                                    void *context, const bylaw_allocator *allocator)
{
    bl_arena arena;
    bylaw_str made;
    bylaw_status status;

    bl_arena_init(&arena, allocator);
    draft d = {.out = bl_str_init(&arena)};

    bl_str_addz(&d.out, "provisions: ");
    bl_str_add(&d.out, name);
    bl_str_addz(&d.out, "\nitems:\n");
    for (size_t at = 0; at < text.len;) {
        size_t end = bl_str_find(text, BYLAW_STR("\n"), at);

        end = end == SIZE_MAX ? text.len : end;
        const bylaw_str line = trimmed(bl_str_slice(text, at, end));

        if (line.len > 0)
            add_line(&d, line);
        at = end + 1;
    }
    status = bl_str_take(&made, &d.out);
    if (status == BYLAW_OK)
        status = write(context, made);
    bl_arena_dispose(&arena);
    return status;
}
