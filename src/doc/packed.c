/* doc/packed.c: see packed.h. A node is
 *
 *     byte     shape, and the flags quoted, exact, number, slice
 *     signed   where it begins, counted from where the node before it began
 *     number   its length; the bytes before its text
 *     scalar   number of bytes, and the bytes themselves unless they are a slice of the source
 *     others   number of children, and the children (of a mapping: key, value, key, value …)
 */
#include "doc/packed.h"

#include <string.h>

enum { SHAPE = 3, QUOTED = 4, EXACT = 8, NUMBER = 16, SLICE = 32 };

static void put_number(bl_str *out, uint64_t n)
{
    for (; n >= 128; n >>= 7)
        bl_str_addc(out, (char)(unsigned char)(n | 128));
    bl_str_addc(out, (char)(unsigned char)n);
}

/* Small in either direction: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
static void put_signed(bl_str *out, int64_t n)
{
    put_number(out, n < 0 ? ((uint64_t) - (n + 1) << 1 | 1) : (uint64_t)n << 1);
}

static bool is_slice(const bl_doc_node *node)
{
    const bylaw_str text = node->span.source->text;
    const size_t from = (size_t)node->span.from + node->inner;

    return from + node->text.len <= text.len &&
           bl_str_equal(bl_str_slice(text, from, from + node->text.len), node->text);
}

static void pack(bl_str *out, const bl_doc_node *node, uint32_t *last)
{
    const bool slice = node->shape == BL_DOC_SCALAR && is_slice(node);

    bl_str_addc(out, (char)((unsigned)node->shape | (node->quoted ? QUOTED : 0u) |
                            (node->exact ? EXACT : 0u) | (node->number ? NUMBER : 0u) |
                            (slice ? SLICE : 0u)));
    put_signed(out, (int64_t)node->span.from - *last);
    *last = node->span.from;
    put_number(out, node->span.to - node->span.from);
    put_number(out, node->inner);
    if (node->shape == BL_DOC_SCALAR) {
        put_number(out, node->text.len);
        if (!slice)
            bl_str_add(out, node->text);
        return;
    }
    put_number(out, node->count);
    for (size_t i = 0; i < node->count; i++) {
        if (node->shape == BL_DOC_MAP) {
            pack(out, node->pairs[i].key, last);
            pack(out, node->pairs[i].value, last);
        } else {
            pack(out, node->items[i], last);
        }
    }
}

void bl_document_pack(bl_str *out, const bl_doc_node *root)
{
    uint32_t last = 0;

    pack(out, root, &last);
}

/* ---- reading ---- */

typedef struct unpacker {
    const unsigned char *at, *end;
    const bl_source *source;
    bl_arena *arena;
    uint32_t last;
    bool failed;
} unpacker;

static uint64_t take_number(unpacker *u)
{
    uint64_t n = 0;

    if (u->at < u->end && *u->at < 128) /* most take one byte */
        return *u->at++;

    for (unsigned shift = 0; u->at < u->end && shift < 64; shift += 7) {
        const unsigned char byte = *u->at++;

        n |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return n;
    }
    u->failed = true;
    return 0;
}

static int64_t take_signed(unpacker *u)
{
    const uint64_t n = take_number(u);

    return n & 1 ? -(int64_t)(n >> 1) - 1 : (int64_t)(n >> 1);
}

static bool take_text(unpacker *u, bl_doc_node *node, bool slice)
{
    const size_t len = (size_t)take_number(u);
    const size_t from = (size_t)node->span.from + node->inner;

    if (slice) {
        if (from > u->source->text.len || len > u->source->text.len - from)
            return false;
        node->text = (bylaw_str){u->source->text.ptr + from, len};
        return true;
    }
    if (len > (size_t)(u->end - u->at))
        return false;
    node->text = (bylaw_str){(const char *)u->at, len};
    u->at += len;
    return true;
}

static const bl_doc_node *unpack(unpacker *u);

static bool take_children(unpacker *u, bl_doc_node *node)
{
    const size_t count = (size_t)take_number(u);

    if (count > (size_t)(u->end - u->at)) /* a child takes at least one byte */
        return false;
    node->count = count;
    if (node->shape == BL_DOC_MAP) {
        bl_doc_pair *pairs = bl_arena_alloc(u->arena, count * sizeof *pairs);

        for (size_t i = 0; pairs != NULL && i < count && !u->failed; i++) {
            pairs[i].key = unpack(u);
            pairs[i].value = unpack(u);
        }
        node->pairs = pairs;
        return pairs != NULL;
    }
    const bl_doc_node **items = bl_arena_alloc(u->arena, count * sizeof *items);

    for (size_t i = 0; items != NULL && i < count && !u->failed; i++)
        items[i] = unpack(u);
    node->items = items;
    return items != NULL;
}

static const bl_doc_node *unpack(unpacker *u)
{
    bl_doc_node *node = bl_arena_alloc(u->arena, sizeof *node);

    if (node == NULL || u->at == u->end) {
        u->failed = true;
        return NULL;
    }
    const unsigned head = *u->at++;

    *node = (bl_doc_node){.shape = (bl_node_shape)(head & SHAPE),
                          .quoted = (head & QUOTED) != 0,
                          .exact = (head & EXACT) != 0,
                          .number = (head & NUMBER) != 0};
    u->last = (uint32_t)((int64_t)u->last + take_signed(u));
    node->span.source = u->source;
    node->span.from = u->last;
    node->span.to = u->last + (uint32_t)take_number(u);
    node->inner = (uint32_t)take_number(u);
    if (u->failed || !(node->shape == BL_DOC_SCALAR ? take_text(u, node, (head & SLICE) != 0)
                                                    : take_children(u, node)))
        u->failed = true;
    return u->failed ? NULL : node;
}

const bl_doc_node *bl_document_unpack(bylaw_str packed, const bl_source *source, bl_arena *arena)
{
    unpacker u = {(const unsigned char *)packed.ptr,
                  (const unsigned char *)packed.ptr + packed.len,
                  source,
                  arena,
                  0,
                  false};
    const bl_doc_node *root = unpack(&u);

    return u.at == u.end ? root : NULL;
}
