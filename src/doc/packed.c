/* doc/packed.c: see packed.h. Three numbers say how many nodes, items of lists and pairs of
 * mappings there are, so that each kind takes one piece of memory. Then comes the root. A node is
 *
 *     byte     shape, and the flags quoted, exact, number, slice, bare
 *     signed   where it begins, counted from where the node before it began
 *     number   its length; the bytes before its text (neither where it is bare: the text alone)
 *     scalar   number of bytes, and the bytes themselves unless they are a slice of the source
 *     others   number of children, and the children (of a mapping: key, value, key, value …)
 */
#include "doc/packed.h"

#include <string.h>

enum { SHAPE = 3, QUOTED = 4, EXACT = 8, NUMBER = 16, SLICE = 32, BARE = 64 };

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
    const bool bare =
        slice && node->inner == 0 && node->span.to - node->span.from == node->text.len;

    bl_str_addc(out, (char)((unsigned)node->shape | (node->quoted ? QUOTED : 0u) |
                            (node->exact ? EXACT : 0u) | (node->number ? NUMBER : 0u) |
                            (slice ? SLICE : 0u) | (bare ? BARE : 0u)));
    put_signed(out, (int64_t)node->span.from - *last);
    *last = node->span.from;
    if (!bare) {
        put_number(out, node->span.to - node->span.from);
        put_number(out, node->inner);
    }
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

/* How many there are of each. */
typedef struct sizes {
    size_t nodes, items, pairs;
} sizes;

static void add_sizes(sizes *sum, const bl_doc_node *node)
{
    sum->nodes++;
    if (node->shape == BL_DOC_SCALAR)
        return;
    *(node->shape == BL_DOC_MAP ? &sum->pairs : &sum->items) += node->count;
    for (size_t i = 0; i < node->count; i++) {
        if (node->shape == BL_DOC_MAP)
            add_sizes(sum, node->pairs[i].key);
        add_sizes(sum, node->shape == BL_DOC_MAP ? node->pairs[i].value : node->items[i]);
    }
}

void bl_document_pack(bl_str *out, const bl_doc_node *root)
{
    uint32_t last = 0;
    sizes sum = {0, 0, 0};

    add_sizes(&sum, root);
    put_number(out, sum.nodes);
    put_number(out, sum.items);
    put_number(out, sum.pairs);
    pack(out, root, &last);
}

/* ---- reading ---- */

typedef struct unpacker {
    const unsigned char *at, *end;
    const bl_source *source;
    bl_doc_node *nodes;        /* those not yet taken … */
    const bl_doc_node **items; /* … and so on */
    bl_doc_pair *pairs;
    sizes left;
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

static bool take_items(unpacker *u, bl_doc_node *node)
{
    const bl_doc_node **items = u->items;

    if (node->count > u->left.items)
        return false;
    node->items = items;
    u->items += node->count;
    u->left.items -= node->count;
    for (size_t i = 0; i < node->count && !u->failed; i++)
        items[i] = unpack(u);
    return true;
}

static bool take_pairs(unpacker *u, bl_doc_node *node)
{
    bl_doc_pair *pairs = u->pairs;

    if (node->count > u->left.pairs)
        return false;
    node->pairs = pairs;
    u->pairs += node->count;
    u->left.pairs -= node->count;
    for (size_t i = 0; i < node->count && !u->failed; i++) {
        pairs[i].key = unpack(u);
        pairs[i].value = unpack(u);
    }
    return true;
}

static bool take_children(unpacker *u, bl_doc_node *node)
{
    node->count = (size_t)take_number(u);
    return node->shape == BL_DOC_MAP ? take_pairs(u, node) : take_items(u, node);
}

static const bl_doc_node *unpack(unpacker *u)
{
    if (u->failed || u->left.nodes == 0 || u->at == u->end) {
        u->failed = true;
        return NULL;
    }
    bl_doc_node *node = u->nodes++;
    const unsigned head = *u->at++;

    u->left.nodes--;
    *node = (bl_doc_node){.shape = head & SHAPE,
                          .quoted = (head & QUOTED) != 0,
                          .exact = (head & EXACT) != 0,
                          .number = (head & NUMBER) != 0};
    u->last = (uint32_t)((int64_t)u->last + take_signed(u));
    node->span = (bl_span){u->source, u->last, u->last};
    if (!(head & BARE)) {
        node->span.to += (uint32_t)take_number(u);
        node->inner = (uint32_t)take_number(u);
    }
    if (node->shape == BL_DOC_SCALAR ? !take_text(u, node, (head & SLICE) != 0)
                                     : !take_children(u, node))
        u->failed = true;
    if (head & BARE)
        node->span.to += (uint32_t)node->text.len;
    return u->failed ? NULL : node;
}

const bl_doc_node *bl_document_unpack(bylaw_str packed, const bl_source *source, bl_arena *arena)
{
    unpacker u = {.at = (const unsigned char *)packed.ptr, .source = source};

    u.end = u.at + packed.len;
    u.left.nodes = (size_t)take_number(&u);
    u.left.items = (size_t)take_number(&u);
    u.left.pairs = (size_t)take_number(&u);
    if (u.failed || u.left.nodes > packed.len || u.left.items > packed.len ||
        u.left.pairs > packed.len) /* each takes at least one byte */
        return NULL;
    u.nodes = bl_arena_alloc(arena, u.left.nodes * sizeof *u.nodes);
    u.items = bl_arena_alloc(arena, u.left.items * sizeof *u.items);
    u.pairs = bl_arena_alloc(arena, u.left.pairs * sizeof *u.pairs);
    if (u.nodes == NULL || u.items == NULL || u.pairs == NULL)
        return NULL;
    const bl_doc_node *root = unpack(&u);

    return u.at == u.end ? root : NULL;
}
