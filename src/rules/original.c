/* rules/original.c: the text of a document, cut into its provisions by their anchors.
 *
 * An anchor is a hash of the provision's text without white space, and `length` its number of
 * characters: so a place in the dense text either is the provision or is not. Provisions are looked
 * for where the one before them ended, then from there to the end, then from the beginning: an
 * unchanged document costs one hash a provision, a changed provision one hash a character. */
#include "base/hash.h"
#include "rules/ruleset.h"
#include "text/utf8.h"

#include <assert.h>
#include <bylaw/coverage.h>

struct bylaw_original {
    bylaw_allocator allocator;
    bl_arena arena;
    bylaw_str dense; /* the text without white space */
    uint32_t *bytes; /* by character of `dense`: its byte offset there; count + 1 entries */
    uint32_t *lines; /* by character: its line in the text */
    size_t length;   /* characters of `dense` */
    bylaw_passage *passages;
    bl_map by_id; /* id -> bylaw_passage * */
    size_t count, changed, uncovered;
};

/* The dense text, with the place of each of its characters. */
static bool make_dense(bylaw_original *o, bylaw_str text)
{
    char *dense = bl_arena_alloc(&o->arena, text.len + 1);
    uint32_t line = 1;
    size_t used = 0;

    o->bytes = BL_NEW_N(&o->arena, uint32_t, text.len + 1);
    o->lines = BL_NEW_N(&o->arena, uint32_t, text.len + 1);
    if (dense == NULL || o->bytes == NULL || o->lines == NULL)
        return false;
    for (size_t at = 0; at < text.len;) {
        const size_t from = at, space = bl_white_space_at(text, at);

        if (space > 0) {
            line += text.ptr[at] == '\n';
            at += space;
            continue;
        }
        (void)bl_utf8_next(text, &at);
        o->bytes[o->length] = (uint32_t)used;
        o->lines[o->length++] = line;
        for (size_t i = from; i < at; i++)
            dense[used++] = text.ptr[i];
    }
    o->bytes[o->length] = (uint32_t)used;
    dense[used] = '\0';
    o->dense = (bylaw_str){dense, used};
    return true;
}

static bylaw_str part(const bylaw_original *o, size_t from, size_t to)
{
    return bl_str_slice(o->dense, o->bytes[from], o->bytes[to]);
}

static bool stands_at(bylaw_original *o, const bl_provision *p, size_t from)
{
    char hex[BL_SHA256_HEX];

    if (from + p->length > o->length)
        return false;
    if (!bl_sha256_hex(part(o, from, from + p->length), hex)) {
        o->arena.failed = true;
        return false;
    }
    return bl_str_is(p->anchor, hex);
}

/* Where the provision stands, looked for from `from` on, then before it; o->length: nowhere. */
static size_t find(bylaw_original *o, const bl_provision *p, size_t from)
{
    for (size_t i = from; i + p->length <= o->length; i++) {
        if (stands_at(o, p, i))
            return i;
    }
    for (size_t i = 0; i < from; i++) {
        if (stands_at(o, p, i))
            return i;
    }
    return o->length;
}

typedef struct leaf { /* a leaf with an anchor, in order of the document */
    const bl_provision *provision;
    bylaw_passage *passage;
    size_t from, to; /* characters of the dense text; from == length: not found */
} leaf;

static bool is_composite(const bl_provision *p)
{
    return bl_str_is(p->class_, "composite");
}

static void set_found(const bylaw_original *o, bylaw_passage *passage, size_t from, size_t to)
{
    passage->found = true;
    passage->text = part(o, from, to);
    passage->line = o->lines[from];
}

/* What now stands between the nearest leaves that were found. */
static void set_changed(const bylaw_original *o, leaf *leaves, size_t count, size_t i)
{
    size_t from = 0, to = o->length, k = i;

    while (k > 0 && leaves[k - 1].from == o->length)
        k--;
    if (k > 0)
        from = leaves[k - 1].to;
    for (k = i + 1; k < count && leaves[k].from == o->length; k++) {
    }
    if (k < count)
        to = leaves[k].from;
    if (from >= to)
        return;
    leaves[i].passage->text = part(o, from, to);
    leaves[i].passage->line = o->lines[from];
}

static void find_leaves(bylaw_original *o, leaf *leaves, size_t count)
{
    size_t at = 0, covered = 0;

    for (size_t i = 0; i < count; i++) {
        leaves[i].from = find(o, leaves[i].provision, at);
        if (leaves[i].from == o->length)
            continue;
        at = leaves[i].to = leaves[i].from + leaves[i].provision->length;
        covered += leaves[i].provision->length;
        set_found(o, leaves[i].passage, leaves[i].from, leaves[i].to);
    }
    o->uncovered = covered < o->length ? o->length - covered : 0;
    for (size_t i = 0; i < count; i++) {
        if (leaves[i].from == o->length)
            set_changed(o, leaves, count, i);
    }
}

/* A composite that is gone: what its parts, or what stands in their place, now span. */
static void span_parts(const bylaw_original *o, const bl_provision *p, bylaw_passage *passage)
{
    const char *from = NULL, *to = NULL;

    for (size_t i = 0; i < p->part_count; i++) {
        const bylaw_passage *one = bl_map_get(&o->by_id, p->parts[i]);

        if (one == NULL || one->text.len == 0)
            continue;
        if (from == NULL || one->text.ptr < from) {
            from = one->text.ptr;
            passage->line = one->line;
        }
        if (to == NULL || one->text.ptr + one->text.len > to)
            to = one->text.ptr + one->text.len;
    }
    if (from != NULL)
        passage->text = (bylaw_str){from, (size_t)(to - from)};
}

/* A composite begins with its first part: the leaf that follows it in the file. */
static void find_composites(bylaw_original *o, const bylaw_ruleset *set, const leaf *leaves,
                            size_t count)
{
    size_t next = 0;

    for (size_t i = 0; i < set->provision_count; i++) {
        const bl_provision *p = &set->provisions[i];
        bylaw_passage *passage = bl_map_get(&o->by_id, p->id);
        size_t at;

        if (passage == NULL)
            continue;
        if (!is_composite(p)) {
            next++;
            continue;
        }
        at = next < count && leaves[next].from < o->length ? leaves[next].from : 0;
        at = find(o, p, at);
        if (at < o->length)
            set_found(o, passage, at, at + p->length);
        else
            span_parts(o, p, passage);
    }
}

static bylaw_status cut(bylaw_original *o, const bylaw_ruleset *set)
{
    leaf *leaves = BL_NEW_N(&o->arena, leaf, set->provision_count + 1);
    size_t count = 0;

    o->passages = BL_NEW_N(&o->arena, bylaw_passage, set->provision_count + 1);
    o->by_id = bl_map_init(&o->arena);
    if (leaves == NULL || o->passages == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < set->provision_count; i++) {
        const bl_provision *p = &set->provisions[i];
        bylaw_passage *passage = &o->passages[o->count];

        if (p->anchor.len == 0)
            continue;
        *passage = (bylaw_passage){.id = p->id, .cite = p->cite};
        if (!bl_map_put(&o->by_id, p->id, passage))
            return BYLAW_ENOMEM;
        o->count++;
        if (!is_composite(p))
            leaves[count++] = (leaf){p, passage, 0, 0};
    }
    find_leaves(o, leaves, count);
    find_composites(o, set, leaves, count);
    for (size_t i = 0; i < o->count; i++)
        o->changed += !o->passages[i].found;
    return BYLAW_OK;
}

bylaw_status bylaw_original_new(bylaw_original **out, const bylaw_ruleset *set, bylaw_str text,
                                const bylaw_allocator *allocator)
{
    bylaw_original *o = bl_new(allocator, sizeof *o);
    bylaw_status status = BYLAW_ENOMEM;

    assert(out != NULL && set != NULL);
    if (o == NULL)
        return BYLAW_ENOMEM;
    o->allocator = bl_allocator_or_default(allocator);
    bl_arena_init(&o->arena, allocator);
    if (make_dense(o, text))
        status = cut(o, set);
    if (o->arena.failed)
        status = BYLAW_ENOMEM;
    /* Titles and headings of other documents may agree by chance; a document that was amended keeps
     * more than a quarter of its provisions. */
    if (status == BYLAW_OK && (o->count == 0 || o->count - o->changed <= o->count / 4))
        status = BYLAW_ENOTFOUND;
    if (status != BYLAW_OK) {
        bylaw_original_free(o);
        return status;
    }
    *out = o;
    return BYLAW_OK;
}

void bylaw_original_free(bylaw_original *original)
{
    if (original == NULL)
        return;
    const bylaw_allocator allocator = original->allocator;

    bl_arena_dispose(&original->arena);
    bl_free(&allocator, original, sizeof *original);
}

size_t bylaw_original_count(const bylaw_original *original)
{
    return original->count;
}

const bylaw_passage *bylaw_original_get(const bylaw_original *original, size_t i)
{
    assert(i < original->count);
    return &original->passages[i];
}

size_t bylaw_original_changed(const bylaw_original *original)
{
    return original->changed;
}

size_t bylaw_original_uncovered(const bylaw_original *original)
{
    return original->uncovered;
}

bylaw_quote bylaw_original_quote(const bylaw_original *original, bylaw_str id, bylaw_str *out)
{
    const bylaw_passage *passage = bl_map_get(&original->by_id, id);

    if (passage == NULL)
        return BYLAW_QUOTE_NONE;
    *out = passage->text;
    return passage->found ? BYLAW_QUOTE_WORDS : BYLAW_QUOTE_CHANGED;
}
