/* doc/build.c: see build.h. Duplicate keys are found by sorting, not by hashing: a file made to
 * hurt can choose keys that collide, but it cannot make a merge sort slow. */
#include "doc/build.h"

#include <assert.h>
#include <string.h>

void bl_build_init(bl_build *build, const bl_source *source, const bylaw_limits *limits,
                   bl_arena *arena, bylaw_diags *diags)
{
    *build = (bl_build){.source = source, .arena = arena, .diags = diags};
    build->limits = (bl_doc_limits){
        .bytes = (size_t)bylaw_limit_of(limits, BYLAW_LIMIT_FILE_SIZE),
        .depth = (size_t)bylaw_limit_of(limits, BYLAW_LIMIT_NESTING),
        .nodes = (size_t)bylaw_limit_of(limits, BYLAW_LIMIT_ENTRIES),
        .scalar = (size_t)bylaw_limit_of(limits, BYLAW_LIMIT_SCALAR_SIZE),
        .errors = (size_t)bylaw_limit_of(limits, BYLAW_LIMIT_MISTAKES),
        .anchors = (size_t)bylaw_limit_of(limits, BYLAW_LIMIT_ANCHORS),
    };
    bl_arena_init(&build->scratch, &arena->allocator);
}

void bl_build_dispose(bl_build *build)
{
    build->arena->failed = build->arena->failed || build->scratch.failed;
    bl_arena_dispose(&build->scratch);
}

bl_span bl_build_span(const bl_build *build, size_t from, size_t to)
{
    return (bl_span){build->source, (uint32_t)from, (uint32_t)to};
}

bool bl_build_over(const bl_build *build)
{
    return build->status == BYLAW_ENOMEM || build->status == BYLAW_ELIMIT;
}

void bl_build_no_memory(bl_build *build)
{
    build->status = BYLAW_ENOMEM;
}

/* Was this message told at this place before? Remembers it if not. There are few: limits.errors.
 */
static bool told_before(bl_build *build, const bl_msg *msg, bl_span span)
{
    const uint64_t mark = (uint64_t)span.from << 16 | (uint64_t)(msg - bl_doc_messages);

    for (size_t i = 0; i < build->told.count; i++) {
        if (build->told.items[i] == mark)
            return true;
    }
    if (!bl_vec_push(&build->scratch, &build->told, mark))
        bl_build_no_memory(build);
    return false;
}

void bl_build_error(bl_build *build, const bl_msg *msg, bl_span span, const bl_arg *args, size_t n)
{
    const size_t most = build->limits.errors;

    if (bl_build_over(build) || told_before(build, msg, span) || bl_build_over(build))
        return;
    if (build->told.count > most) {
        bl_build_limit(build, BL_DOC_MSG(TOO_MANY_ERRORS), span, build->told.count, most);
        return;
    }
    bl_diag_add(build->diags, BYLAW_ERROR, msg, span, args, n);
    build->status = BYLAW_EINPUT;
}

void bl_build_limit(bl_build *build, const bl_msg *msg, bl_span span, size_t size, size_t most)
{
    if (bl_build_over(build))
        return;
    bl_error(build->diags, msg, span, BL_INT("size", (int64_t)size), BL_INT("most", (int64_t)most));
    build->status = BYLAW_ELIMIT;
}

void bl_build_count(bl_build *build, size_t more, bl_span span)
{
    const size_t most = build->limits.nodes;

    if (more > most - build->nodes)
        bl_build_limit(build, BL_DOC_MSG(TOO_MANY_NODES), span, 0, most);
    else
        build->nodes += more;
}

bl_doc_node *bl_build_node(bl_build *build, bl_node_shape shape, bl_span span)
{
    if (bl_build_over(build))
        return NULL;
    bl_build_count(build, 1, span);
    if (bl_build_over(build))
        return NULL;
    bl_doc_node *node = BL_NEW(build->arena, bl_doc_node);

    if (node == NULL) {
        bl_build_no_memory(build);
        return NULL;
    }
    node->shape = (uint8_t)shape;
    node->span = span;
    return node;
}

bool bl_build_push(bl_build *build, const bl_doc_node *node)
{
    if (!bl_vec_push(&build->scratch, &build->stack, node))
        bl_build_no_memory(build);
    return !bl_build_over(build);
}

void bl_build_items(bl_build *build, bl_doc_node *seq, size_t base)
{
    const size_t n = build->stack.count - base;
    const bl_doc_node **items = n > 0 ? BL_NEW_N(build->arena, const bl_doc_node *, n) : NULL;

    if (n > 0 && items == NULL) {
        bl_build_no_memory(build);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (build->stack.items[base + i] != NULL)
            items[seq->count++] = build->stack.items[base + i];
    }
    seq->items = items;
    build->stack.count = base;
}

/* Up to this many keys, comparing each with each is quicker than sorting. */
#define FEW 12

static void tell_duplicate(bl_build *build, const bl_doc_node *first, const bl_doc_node *again)
{
    const bl_place place = bl_place_of(build->source, first->span.from);

    bl_build_tell(build, DUPLICATE_KEY, again->span, BL_TEXT("key", again->text),
                  BL_INT("line", (int64_t)place.line));
}

/* Merge sort of pair numbers by key, equal keys in order of the text. */
static void sort_by_key(uint32_t *order, uint32_t *spare, size_t n, const bl_doc_pair *pairs)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            const size_t mid = low + width < n ? low + width : n;
            const size_t high = mid + width < n ? mid + width : n;
            size_t a = low, b = mid;

            for (size_t i = low; i < high; i++) {
                const bool left =
                    a < mid && (b == high || bl_str_compare(pairs[order[a]].key->text,
                                                            pairs[order[b]].key->text) <= 0);

                spare[i] = left ? order[a++] : order[b++];
            }
        }
        memcpy(order, spare, n * sizeof *order);
    }
}

static void drop_marked(bl_doc_node *map, bl_doc_pair *pairs, const bool *drop)
{
    size_t kept = 0;

    assert(pairs != NULL || map->count == 0);
    for (size_t i = 0; i < map->count; i++) {
        if (!drop[i])
            pairs[kept++] = pairs[i];
    }
    map->count = kept;
}

static void drop_duplicates_of_many(bl_build *build, bl_doc_node *map, bl_doc_pair *pairs)
{
    const size_t n = map->count;
    const bl_mark mark = bl_arena_mark(&build->scratch);
    uint32_t *order = BL_NEW_N(&build->scratch, uint32_t, n);
    uint32_t *spare = BL_NEW_N(&build->scratch, uint32_t, n);
    bool *drop = BL_NEW_N(&build->scratch, bool, n);

    if (order == NULL || spare == NULL || drop == NULL) {
        bl_build_no_memory(build);
        return;
    }
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    sort_by_key(order, spare, n, pairs);
    for (size_t i = 1, first = 0; i < n; i++) {
        if (bl_str_equal(pairs[order[first]].key->text, pairs[order[i]].key->text)) {
            drop[order[i]] = true;
            tell_duplicate(build, pairs[order[first]].key, pairs[order[i]].key);
        } else {
            first = i;
        }
    }
    drop_marked(map, pairs, drop);
    if (build->told.count == 0) /* what was told lives there too */
        bl_arena_release(&build->scratch, mark);
}

static void drop_duplicates_of_few(bl_build *build, bl_doc_node *map, bl_doc_pair *pairs)
{
    bool drop[FEW] = {false};

    assert(pairs != NULL || map->count == 0);
    for (size_t i = 1; i < map->count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!bl_str_equal(pairs[i].key->text, pairs[k].key->text))
                continue;
            tell_duplicate(build, pairs[k].key, pairs[i].key);
            drop[i] = true;
            break;
        }
    }
    drop_marked(map, pairs, drop);
}

void bl_build_pairs(bl_build *build, bl_doc_node *map, size_t base)
{
    const size_t n = (build->stack.count - base) / 2;
    bl_doc_pair *pairs = n > 0 ? BL_NEW_N(build->arena, bl_doc_pair, n) : NULL;

    if (n > 0 && pairs == NULL) {
        bl_build_no_memory(build);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const bl_doc_node *key = build->stack.items[base + 2 * i];
        const bl_doc_node *value = build->stack.items[base + 2 * i + 1];

        if (key != NULL && value != NULL)
            pairs[map->count++] = (bl_doc_pair){key, value};
    }
    map->pairs = pairs;
    build->stack.count = base;
    if (map->count > FEW)
        drop_duplicates_of_many(build, map, pairs);
    else
        drop_duplicates_of_few(build, map, pairs);
}
