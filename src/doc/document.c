/* doc/document.c: what YAML and JSON have in common: the checks of the whole file, and access to
 * the tree. */
#include "doc/document.h"

#include "doc/json_reader.h"
#include "doc/yaml_reader.h"
#include "text/utf8.h"

static bl_doc_format format_of(const bl_source *source, bl_doc_format format)
{
    if (format != BL_DOC_BY_NAME)
        return format;
    if (bl_str_ends(source->name, BYLAW_STR(".json")))
        return BL_DOC_JSON;
    if (bl_str_ends(source->name, BYLAW_STR(".jsonl")) ||
        bl_str_ends(source->name, BYLAW_STR(".ndjson")))
        return BL_DOC_JSONL;
    return BL_DOC_YAML;
}

/* Tells it on a copy of the lines up to there in which the bad bytes read “?”: an excerpt is UTF-8
 * like everything that is shown. */
static void tell_not_utf8(bl_build *build, size_t bad)
{
    const bylaw_str text = build->source->text;
    const size_t line = bl_str_find(text, BYLAW_STR("\n"), bad);
    bl_source shown = *build->source;
    size_t at = bad, more = 0;
    bylaw_str copy;

    if (!bl_arena_copy(&build->scratch, &copy, bl_str_slice(text, 0, line))) {
        bl_build_no_memory(build);
        return;
    }
    while (!bl_utf8_valid(bl_str_slice(copy, at, copy.len), &more)) {
        at += more;
        ((char *)copy.ptr)[at] = '?';
    }
    shown.text = copy;
    bl_build_tell0(build, NOT_UTF8, ((bl_span){&shown, (uint32_t)bad, (uint32_t)bad + 1}));
}

/* Size and encoding, before anything is read. */
static bool check_bytes(bl_build *build)
{
    const bylaw_str text = build->source->text;
    size_t most = build->limits.bytes, bad = 0;

    if (most > UINT32_MAX - 1) /* spans count bytes in 32 bits */
        most = UINT32_MAX - 1;
    if (text.len > most) {
        bl_build_limit(build, BL_DOC_MSG(FILE_TOO_LARGE), bl_build_span(build, 0, 0), text.len,
                       most);
        return false;
    }
    if (bl_utf8_valid(text, &bad))
        return true;
    tell_not_utf8(build, bad);
    return false;
}

static void read_json(bl_build *build, bl_doc_format format, size_t from)
{
    const bylaw_str text = build->source->text;
    size_t at = from;

    for (;;) {
        const bl_doc_node *value = bl_json_read(build, &at);

        if (value == NULL)
            return;
        if (!bl_build_push(build, bl_doc_is_empty(value) ? NULL : value))
            return;
        if (format == BL_DOC_JSON && at < text.len) {
            bl_build_tell0(build, JSON_AFTER, bl_build_span(build, at, at + 1));
            return;
        }
    }
}

static size_t behind_mark(bylaw_str text)
{
    return bl_str_starts(text, BYLAW_STR("\xEF\xBB\xBF")) ? 3 : 0;
}

/* The status of what was built, the diagnostics in order. */
static bylaw_status finish(bl_build *build, size_t known)
{
    bl_diags_sort(build->diags, known);
    if (build->status == BYLAW_OK || build->status == BYLAW_EINPUT) {
        if (build->scratch.failed || bl_diags_status(build->diags, SIZE_MAX) == BYLAW_ENOMEM)
            return BYLAW_ENOMEM;
    }
    return build->status;
}

bylaw_status bl_document_read(bl_document *out, const bl_source *source, bl_doc_format format,
                              const bylaw_limits *limits, bl_arena *arena, bylaw_diags *diags)
{
    const size_t known = diags != NULL ? bylaw_diags_count(diags) : 0;
    bl_build build;
    const bl_doc_node **roots = NULL;

    bl_build_init(&build, source, limits, arena, diags);
    format = format_of(source, format);
    if (check_bytes(&build)) {
        if (format == BL_DOC_YAML)
            bl_yaml_read(&build, behind_mark(source->text));
        else
            read_json(&build, format, behind_mark(source->text));
    }
    const size_t count = build.stack.count;

    if (build.status == BYLAW_OK && count > 0) {
        roots = BL_NEW_N(arena, const bl_doc_node *, count);
        if (roots == NULL)
            bl_build_no_memory(&build);
        for (size_t i = 0; roots != NULL && i < count; i++)
            roots[i] = build.stack.items[i];
    }
    const bylaw_status status = finish(&build, known);

    bl_build_dispose(&build);
    if (status == BYLAW_OK)
        *out = (bl_document){source, roots, count};
    return status;
}

bylaw_status bl_document_next(const bl_doc_node **out, const bl_source *source, size_t *at,
                              const bylaw_limits *limits, bl_arena *arena, bylaw_diags *diags)
{
    const size_t known = diags != NULL ? bylaw_diags_count(diags) : 0;
    const bl_doc_node *value = NULL;
    size_t end = *at;
    bl_build build;

    bl_build_init(&build, source, limits, arena, diags);
    if (*at > 0 || check_bytes(&build)) /* the whole source was looked at with its first value */
        value = bl_json_read(&build, &end);
    const bylaw_status status = finish(&build, known);

    bl_build_dispose(&build);
    if (status == BYLAW_OK) {
        *out = value;
        *at = end;
    }
    return status;
}

const bl_doc_pair *bl_doc_pair_of(const bl_doc_node *map, const char *key)
{
    if (map == NULL || map->shape != BL_DOC_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++) {
        if (bl_str_is(map->pairs[i].key->text, key))
            return &map->pairs[i];
    }
    return NULL;
}

const bl_doc_node *bl_doc_get(const bl_doc_node *map, const char *key)
{
    const bl_doc_pair *pair = bl_doc_pair_of(map, key);

    return pair != NULL ? pair->value : NULL;
}

bool bl_doc_is_empty(const bl_doc_node *node)
{
    if (node == NULL)
        return true;
    return node->shape == BL_DOC_SCALAR && !node->quoted &&
           (node->text.len == 0 || bl_str_is(node->text, "~") || bl_str_is(node->text, "null"));
}

bl_span bl_doc_place(const bl_doc_node *node)
{
    bl_span span = node->span;
    const bylaw_str text = bl_str_slice(span.source->text, span.from, span.to);
    const size_t end = bl_str_find(text, BYLAW_STR("\n"), 0);

    if (end != SIZE_MAX)
        span.to = span.from + (uint32_t)bl_str_trim(bl_str_slice(text, 0, end)).len;
    return span;
}

bl_span bl_doc_part(const bl_doc_node *scalar, size_t from, size_t to)
{
    bl_span span = scalar->span;

    if (!scalar->exact || from > to || to > scalar->text.len)
        return bl_doc_place(scalar);
    span.from = scalar->span.from + scalar->inner + (uint32_t)from;
    span.to = scalar->span.from + scalar->inner + (uint32_t)to;
    return span;
}
