/* doc/yaml_reader.c: the only file that knows libyaml. Events become nodes as they come, so that a
 * text made to hurt is refused at its limit and not after all of it was taken in.
 *
 * libyaml stops at the first mistake. Where yaml_hint.c can mend a copy of the text without moving
 * anything, the copy is read again and the next mistakes are found; what was told is told once. */
#include "doc/yaml_reader.h"

#include "base/map.h"
#include "doc/yaml_hint.h"
#include "doc/yaml_line.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define MAX_REREAD ((size_t)256 << 20) /* bytes read over and over to find further mistakes */

typedef struct bl_anchor {
    const bl_doc_node *node; /* NULL while it is being read */
    size_t nodes, height;    /* what an alias of it adds */
} bl_anchor;

typedef struct bl_yaml {
    bl_build *build;
    yaml_parser_t parser;
    bylaw_str text;               /* what is read: the source's text or the mended copy */
    size_t from;                  /* where it begins, behind a byte order mark */
    bl_map anchors;               /* of the document at hand */
    size_t flow;                  /* innermost open [ or {, or BL_NOWHERE */
    size_t mark_index, mark_byte; /* a mark whose byte is known: the last one asked for */
    size_t end;                   /* behind the last scalar, alias or closing bracket */
    bool broken;                  /* libyaml found a mistake */
} bl_yaml;

/* libyaml counts code points, we count bytes. Marks come nearly in order, so a cursor that steps
 * both ways makes this linear over a text. */
static size_t byte_of(bl_yaml *yaml, yaml_mark_t mark)
{
    const bylaw_str text = yaml->text;

    while (yaml->mark_index < mark.index && yaml->mark_byte < text.len) {
        yaml->mark_byte++;
        while (yaml->mark_byte < text.len &&
               ((unsigned char)text.ptr[yaml->mark_byte] & 0xC0) == 0x80)
            yaml->mark_byte++;
        yaml->mark_index++;
    }
    while (yaml->mark_index > mark.index && yaml->mark_byte > yaml->from) {
        yaml->mark_byte--;
        while (yaml->mark_byte > yaml->from &&
               ((unsigned char)text.ptr[yaml->mark_byte] & 0xC0) == 0x80)
            yaml->mark_byte--;
        yaml->mark_index--;
    }
    return yaml->mark_byte;
}

/* The next event; false when the reading is over or broken. The caller deletes the event. */
static bool next_event(bl_yaml *yaml, yaml_event_t *event)
{
    if (bl_build_over(yaml->build) || yaml->broken)
        return false;
    if (yaml_parser_parse(&yaml->parser, event))
        return true;
    if (yaml->parser.error == YAML_MEMORY_ERROR)
        bl_build_no_memory(yaml->build);
    else
        yaml->broken = true;
    return false;
}

/* Where the scalar itself begins, behind an anchor and blanks. */
static size_t behind_properties(bylaw_str text, size_t from, size_t to)
{
    while (from < to && text.ptr[from] == '&') {
        while (from < to && strchr(" \t\r\n", text.ptr[from]) == NULL)
            from++;
        while (from < to && strchr(" \t\r\n", text.ptr[from]) != NULL)
            from++;
    }
    return from;
}

/* Where the text of a scalar begins, as an offset from the scalar's own beginning. */
static size_t text_offset(bylaw_str source, size_t from, size_t to, yaml_scalar_style_t style)
{
    size_t at = from;

    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return 1;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        while (at < to && source.ptr[at] != '\n') /* the header: |, >- and a comment */
            at++;
        while (at < to && (source.ptr[at] == ' ' || source.ptr[at] == '\n'))
            at++;
        return at - from;
    default:
        return 0;
    }
}

static size_t trimmed_end(bylaw_str text, size_t from, size_t to)
{
    while (to > from && strchr(" \t\r\n", text.ptr[to - 1]) != NULL)
        to--;
    return to;
}

static bl_doc_node *read_scalar(bl_yaml *yaml, const yaml_event_t *event)
{
    bl_build *build = yaml->build;
    const yaml_scalar_style_t style = event->data.scalar.style;
    const bylaw_str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    size_t from = byte_of(yaml, event->start_mark), to = byte_of(yaml, event->end_mark);

    from = behind_properties(yaml->text, from, to);
    to = trimmed_end(yaml->text, from, to);
    const bl_span span = bl_build_span(build, from, to);

    yaml->end = to;
    if (text.len > build->limits.scalar) {
        bl_build_limit(build, BL_DOC_MSG(SCALAR_TOO_LONG), span, text.len, build->limits.scalar);
        return NULL;
    }
    bl_doc_node *node = bl_build_node(build, BL_DOC_SCALAR, span);

    if (node == NULL)
        return NULL;
    const size_t inner = text_offset(yaml->text, from, to, style);
    const bylaw_str written =
        bl_str_slice(build->source->text, from + inner, from + inner + text.len);

    node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    node->exact = bl_str_equal(written, text);
    if (node->exact) {
        node->inner = (uint32_t)inner;
        node->text = written; /* the source outlives the document: no copy */
    } else if (!bl_arena_copy(build->arena, &node->text, text)) {
        bl_build_no_memory(build);
        return NULL;
    }
    return node;
}

static const bl_doc_node *read_alias(bl_yaml *yaml, const yaml_event_t *event, size_t depth,
                                     size_t *height)
{
    bl_build *build = yaml->build;
    const bylaw_str name = bylaw_str_from((const char *)event->data.alias.anchor);
    const bl_anchor *anchor = bl_map_get(&yaml->anchors, name);
    const bl_span span =
        bl_build_span(build, byte_of(yaml, event->start_mark), byte_of(yaml, event->end_mark));

    yaml->end = span.to;
    if (anchor == NULL) {
        bl_build_tell(build, UNKNOWN_ALIAS, span, BL_TEXT("name", name));
        return NULL;
    }
    if (anchor->node == NULL) {
        bl_build_tell(build, ALIAS_OF_SELF, span, BL_TEXT("name", name));
        return NULL;
    }
    if (depth + anchor->height > build->limits.depth) {
        bl_build_limit(build, BL_DOC_MSG(TOO_DEEP), span, 0, build->limits.depth);
        return NULL;
    }
    bl_build_count(build, anchor->nodes, span);
    *height = anchor->height;
    return anchor->node;
}

/* Remembers the anchor's name before its node is read, so that an alias within is recognised. */
static bl_anchor *open_anchor(bl_yaml *yaml, const yaml_char_t *name, bl_span span)
{
    bl_build *build = yaml->build;

    if (name == NULL)
        return NULL;
    if (yaml->anchors.count >= build->limits.anchors) {
        bl_build_limit(build, BL_DOC_MSG(TOO_MANY_ANCHORS), span, 0, build->limits.anchors);
        return NULL;
    }
    bl_anchor *anchor = BL_NEW(&build->scratch, bl_anchor);
    bylaw_str copy;

    if (anchor == NULL ||
        !bl_arena_copy(&build->scratch, &copy, bylaw_str_from((const char *)name)) ||
        !bl_map_put(&yaml->anchors, copy, anchor)) {
        bl_build_no_memory(build);
        return NULL;
    }
    return anchor;
}

static const bl_doc_node *read_node(bl_yaml *yaml, const yaml_event_t *event, size_t depth,
                                    size_t *height);

/* The key if it is one, NULL where it is told that it is not. */
static const bl_doc_node *checked_key(bl_yaml *yaml, const bl_doc_node *key, size_t from)
{
    const bl_span span = bl_build_span(yaml->build, from, from + 1);

    if (key == NULL)
        return NULL;
    if (key->shape != BL_DOC_SCALAR)
        bl_build_tell0(yaml->build, KEY_NOT_TEXT, span);
    else if (key->text.len == 0 && !key->quoted)
        bl_build_tell0(yaml->build, KEY_EMPTY, span);
    else if (!key->quoted && bl_yaml_odd_blank(key->text) > 0)
        bl_build_tell0(yaml->build, ODD_BLANK,
                       bl_build_span(yaml->build, from, from + bl_yaml_odd_blank(key->text)));
    else
        return key;
    return NULL;
}

/* In {yes：5, no 2} YAML finds two keys without a value: where no colon stands between a key and
 * its empty value, in bytes [from, to), one was meant. */
static const bl_doc_node *checked_value(bl_yaml *yaml, const bl_doc_node *key,
                                        const bl_doc_node *value, size_t from, size_t to)
{
    bl_build *build = yaml->build;
    bl_near_colon colon;

    if (key == NULL || value == NULL || key->quoted || value->quoted ||
        value->shape != BL_DOC_SCALAR || value->text.len > 0 ||
        bl_str_find(bl_str_slice(yaml->text, from, to), BYLAW_STR(":"), 0) != SIZE_MAX)
        return value;
    if (bl_yaml_near_colon(&colon, &build->scratch, key->text))
        bl_build_error(build, colon.msg, bl_doc_part(key, colon.at, colon.at + colon.width),
                       BL_ARGS(BL_TEXT("fixed", colon.fixed)));
    else
        bl_build_tell0(build, NO_COLON, key->span);
    return NULL;
}

/* Reads the children of a list or mapping up to its end event. A mapping's keys and values
 * alternate; what cannot be one is told and leaves a NULL. */
static bool read_children(bl_yaml *yaml, yaml_event_type_t end, size_t depth, size_t *height)
{
    const bool map = end == YAML_MAPPING_END_EVENT;
    bl_build *build = yaml->build;
    const bl_doc_node *key = NULL;
    yaml_event_t event;

    for (size_t i = 0; next_event(yaml, &event); i++) {
        const size_t from = byte_of(yaml, event.start_mark), before = yaml->end;
        const bool more = event.type != end;
        size_t below = 0;
        const bl_doc_node *child = more ? read_node(yaml, &event, depth, &below) : NULL;

        if (!more &&
            event.start_mark.index != event.end_mark.index) /* a bracket; a block has none */
            yaml->end = byte_of(yaml, event.end_mark);
        yaml_event_delete(&event);
        if (!more)
            return true;
        if (below > *height)
            *height = below;
        if (map && i % 2 == 0)
            key = child = checked_key(yaml, child, from);
        else if (map)
            child = checked_value(yaml, key, child, before, from + 1);
        if (!bl_build_push(build, child))
            return false;
    }
    return false;
}

static bl_doc_node *read_collection(bl_yaml *yaml, const yaml_event_t *event, size_t depth,
                                    size_t *height)
{
    bl_build *build = yaml->build;
    const bool map = event->type == YAML_MAPPING_START_EVENT;
    const bool flow = map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                          : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    const size_t from =
        behind_properties(yaml->text, byte_of(yaml, event->start_mark), yaml->text.len);
    const size_t outer_flow = yaml->flow, base = build->stack.count;

    if (depth >= build->limits.depth) {
        bl_build_limit(build, BL_DOC_MSG(TOO_DEEP), bl_build_span(build, from, from + 1), 0,
                       build->limits.depth);
        return NULL;
    }
    bl_doc_node *node =
        bl_build_node(build, map ? BL_DOC_MAP : BL_DOC_SEQ, bl_build_span(build, from, from));

    if (node == NULL)
        return NULL;
    if (flow)
        yaml->flow = from;
    if (!read_children(yaml, map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT, depth + 1,
                       height))
        return NULL; /* yaml->flow stays: it tells what was left open */
    yaml->flow = outer_flow;
    node->span = bl_build_span(build, from, yaml->end > from ? yaml->end : from);
    if (map)
        bl_build_pairs(build, node, base);
    else
        bl_build_items(build, node, base);
    ++*height;
    return node;
}

static const bl_doc_node *read_node(bl_yaml *yaml, const yaml_event_t *event, size_t depth,
                                    size_t *height)
{
    const yaml_char_t *name = NULL, *tag = NULL;

    if (event->type == YAML_ALIAS_EVENT)
        return read_alias(yaml, event, depth, height);
    if (event->type == YAML_SCALAR_EVENT) {
        name = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        name = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else {
        name = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    const size_t from = byte_of(yaml, event->start_mark), before = yaml->build->nodes;
    bl_anchor *anchor = open_anchor(yaml, name, bl_build_span(yaml->build, from, from + 1));

    if (tag != NULL)
        bl_yaml_tell_tag(yaml->build, yaml->text, from, yaml->flow != BL_NOWHERE);
    if (bl_build_over(yaml->build))
        return NULL;
    const bl_doc_node *node = event->type == YAML_SCALAR_EVENT
                                  ? read_scalar(yaml, event)
                                  : read_collection(yaml, event, depth, height);

    if (anchor != NULL)
        *anchor = (bl_anchor){node, yaml->build->nodes - before, *height};
    return node;
}

static void read_document(bl_yaml *yaml)
{
    yaml_event_t event;
    size_t height = 0;

    yaml->anchors = bl_map_init(&yaml->build->scratch);
    if (!next_event(yaml, &event))
        return;
    const bl_doc_node *root = read_node(yaml, &event, 0, &height);

    yaml_event_delete(&event);
    bl_build_push(yaml->build, root != NULL && bl_doc_is_empty(root) ? NULL : root);
}

/* All documents of the text as it stands. */
static void read_stream(bl_yaml *yaml)
{
    yaml_event_t event;
    bool more = true;

    while (more && next_event(yaml, &event)) {
        const yaml_event_type_t type = event.type;

        yaml_event_delete(&event);
        more = type != YAML_STREAM_END_EVENT;
        if (type == YAML_DOCUMENT_START_EVENT)
            read_document(yaml);
    }
}

static bl_yaml_trouble trouble_of(bl_yaml *yaml)
{
    const yaml_parser_t *parser = &yaml->parser;
    bl_yaml_trouble trouble = {.problem = parser->problem,
                               .context = parser->context,
                               .from = BL_NOWHERE,
                               .flow = yaml->flow};

    if (parser->error == YAML_READER_ERROR) {
        trouble.at = yaml->from + parser->problem_offset;
    } else {
        trouble.at = byte_of(yaml, parser->problem_mark);
        if (parser->context != NULL)
            trouble.from = byte_of(yaml, parser->context_mark);
    }
    return trouble;
}

/* Reads once. true when a mistake was told and mended in `copy`. */
static bool read_once(bl_yaml *yaml, char **copy)
{
    bl_build *build = yaml->build;
    bool again = false;

    if (!yaml_parser_initialize(&yaml->parser)) {
        bl_build_no_memory(build);
        return false;
    }
    yaml_parser_set_encoding(&yaml->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&yaml->parser, (const unsigned char *)yaml->text.ptr + yaml->from,
                                 yaml->text.len - yaml->from);
    read_stream(yaml);
    if (yaml->broken && !bl_build_over(build)) {
        const bl_yaml_trouble trouble = trouble_of(yaml);
        bylaw_str copied;

        if (*copy == NULL && bl_arena_copy(&build->scratch, &copied, yaml->text))
            *copy = (char *)copied.ptr;
        if (*copy == NULL)
            bl_build_no_memory(build);
        else
            again = bl_yaml_explain(build, *copy, &trouble);
    }
    yaml_parser_delete(&yaml->parser);
    return again;
}

void bl_yaml_read(bl_build *build, size_t from)
{
    const bylaw_str source = build->source->text;
    const bl_mark mark = bl_arena_mark(build->arena);
    char *copy = NULL;
    size_t read = 0;
    bool again = true;

    while (again && read <= MAX_REREAD) {
        bl_yaml yaml = {.build = build,
                        .text = {copy != NULL ? copy : source.ptr, source.len},
                        .from = from,
                        .flow = BL_NOWHERE,
                        .mark_byte = from};

        bl_arena_release(build->arena, mark);
        build->stack.count = 0;
        build->nodes = 0;
        again = read_once(&yaml, &copy);
        read += source.len + 4096;
    }
}

const char *bl_yaml_version(void)
{
    return yaml_get_version_string();
}
