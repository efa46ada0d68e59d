/* doc/shape.c: see shape.h. */
#include "doc/shape.h"

#include "doc/messages.h"
#include "doc/yaml_line.h"
#include "doc/yaml_slip.h"

#include <string.h>

static bylaw_str key_text(const bl_reader *reader)
{
    return reader->key != NULL ? reader->key->text : (bylaw_str){NULL, 0};
}

/* Is the node the value of the reader's key? One that is read later, or stands in a list, is not.
 */
static bool is_named(const bl_reader *reader, const bl_doc_node *node)
{
    const bl_doc_node *key = reader->key;

    if (key == NULL || key->span.source != node->span.source || key->span.to > node->span.from)
        return false;
    for (size_t at = key->span.to; at < node->span.from; at++) {
        if (memchr(": \t\r\n", key->span.source->text.ptr[at], 5) == NULL)
            return false;
    }
    return true;
}

static bool wrong(bl_reader *reader, const bl_doc_node *node, const bl_msg *of_key,
                  const bl_msg *here)
{
    if (is_named(reader, node))
        bl_error(reader->diags, of_key, bl_doc_place(node), BL_TEXT("key", reader->key->text));
    else
        bl_error0(reader->diags, here, bl_doc_place(node));
    return false;
}

/* WANT_x of a key, or WANT_x_HERE */
#define WRONG(reader, node, what) wrong(reader, node, BL_DOC_MSG(what), BL_DOC_MSG(what##_HERE))

#define MOST_COLONS 20 /* told of one scalar: the reader has understood by then */

/* A scalar where a mapping is wanted: often one whose colons are full-width or have no blank behind
 * them. Each of its lines that is so is told. */
static bool tell_colons(bl_arena *arena, bylaw_diags *diags, const bl_doc_node *node)
{
    const bl_span span = node->span;
    size_t at = span.from;
    size_t told = 0;

    while (node->shape == BL_DOC_SCALAR && !node->quoted && at < span.to && told < MOST_COLONS) {
        const size_t newline = bl_str_find(span.source->text, BYLAW_STR("\n"), at);
        const size_t end = newline < span.to ? newline : span.to;
        bl_near_colon colon;

        if (bl_yaml_near_colon(&colon, arena, bl_str_slice(span.source->text, at, end))) {
            const uint32_t from = (uint32_t)(at + colon.at);

            bl_error(diags, colon.msg, ((bl_span){span.source, from, from + (uint32_t)colon.width}),
                     BL_TEXT("fixed", colon.fixed));
            told++;
        }
        at = end + 1;
    }
    return told > 0;
}

/* A scalar that begins with a full-width bracket was meant to be a list or a mapping. */
static bool tell_bracket(bylaw_diags *diags, const bl_doc_node *node)
{
    if (node->shape != BL_DOC_SCALAR || node->quoted || !node->exact)
        return false;
    const bylaw_str half = bl_yaml_near_bracket(node->text);

    if (half.len > 0)
        bl_error(diags, BL_DOC_MSG(WIDE_BRACKET), bl_doc_part(node, 0, 3), BL_TEXT("fixed", half));
    return half.len > 0;
}

bool bl_doc_near_miss(bl_arena *arena, bylaw_diags *diags, const bl_doc_node *node)
{
    return tell_bracket(diags, node) || tell_colons(arena, diags, node);
}

static bool near_miss(bl_reader *reader, const bl_doc_node *node)
{
    return bl_doc_near_miss(reader->arena, reader->diags, node);
}

bool bl_want_map(bl_reader *reader, const bl_doc_node *node)
{
    if (node->shape == BL_DOC_MAP)
        return true;
    return !near_miss(reader, node) && WRONG(reader, node, WANT_MAPPING);
}

bool bl_want_list(bl_reader *reader, const bl_doc_node *node)
{
    if (node->shape == BL_DOC_SEQ)
        return true;
    return !tell_bracket(reader->diags, node) && WRONG(reader, node, WANT_LIST);
}

bool bl_want_text(bl_reader *reader, const bl_doc_node *node)
{
    return (node->shape == BL_DOC_SCALAR && !bl_doc_is_empty(node) && node->text.len > 0) ||
           WRONG(reader, node, WANT_TEXT);
}

void bl_unknown_key(bl_reader *reader, const bl_doc_node *key, bylaw_str nearest)
{
    if (tell_colons(reader->arena, reader->diags, key))
        return;
    if (nearest.len > 0)
        bl_error(reader->diags, BL_DOC_MSG(UNKNOWN_KEY_NEAR), bl_doc_place(key),
                 BL_TEXT("key", key->text), BL_TEXT("near", nearest));
    else
        bl_error(reader->diags, BL_DOC_MSG(UNKNOWN_KEY), bl_doc_place(key),
                 BL_TEXT("key", key->text));
}

/* Looked for from `hint` on, behind what was found last. */
static const bl_key *find_key(const bl_key *keys, const bl_key *hint, bylaw_str name)
{
    for (const bl_key *key = hint; key->name != NULL; key++) {
        if (bl_str_is(name, key->name))
            return key;
    }
    for (const bl_key *key = keys; key != hint; key++) {
        if (bl_str_is(name, key->name))
            return key;
    }
    return NULL;
}

/* The nearest known key, by the measure of bl_map_nearest. */
static bylaw_str nearest_key(const bl_key *keys, bylaw_str name)
{
    size_t best = bl_str_near(name) + 1;
    bylaw_str found = {NULL, 0};

    for (; keys->name != NULL; keys++) {
        const size_t distance = bl_str_distance(bylaw_str_from(keys->name), name, best);

        if (distance < best) {
            best = distance;
            found = bylaw_str_from(keys->name);
        }
    }
    return found;
}

/* The pair under a key, looked for from the one that was found last on: mappings mostly keep the
 * order of the table. */
static const bl_doc_pair *find_pair(const bl_doc_node *node, const char *name, size_t *last)
{
    for (size_t n = 0, i = *last; n < node->count; n++, i++) {
        if (i >= node->count)
            i = 0;
        if (bl_str_is(node->pairs[i].key->text, name)) {
            *last = i;
            return &node->pairs[i];
        }
    }
    return NULL;
}

/* Required keys that are absent or left empty. */
static bool have_required(bl_reader *reader, const bl_doc_node *node, bylaw_label what,
                          const bl_key *keys)
{
    size_t last = 0;
    bool complete = true;

    for (; keys->name != NULL; keys++) {
        if (!(keys->flags & BL_REQUIRED))
            continue;
        const bl_doc_pair *pair = find_pair(node, keys->name, &last);

        if (pair != NULL && !bl_doc_is_empty(pair->value))
            continue;
        const bl_msg *msg = pair != NULL ? BL_DOC_MSG(EMPTY_KEY) : BL_DOC_MSG(MISSING_KEY);

        bl_error(reader->diags, msg, bl_doc_place(pair != NULL ? pair->key : node),
                 BL_LABEL("what", what), BL_TEXT("key", bylaw_str_from(keys->name)));
        complete = false;
    }
    return complete;
}

bool bl_shape_read(bl_reader *reader, const bl_doc_node *node, bylaw_label what, const bl_key *keys,
                   void *out)
{
    const bl_doc_node *outer = reader->key;
    const bl_key *hint = keys;

    if (!bl_want_map(reader, node))
        return false;
    bool good = have_required(reader, node, what, keys);

    for (size_t i = 0; i < node->count; i++) {
        const bl_doc_pair *pair = &node->pairs[i];
        const bl_key *key = find_key(keys, hint, pair->key->text);

        reader->key = pair->key;
        hint = key != NULL ? key + 1 : hint;
        if (key == NULL) {
            bl_unknown_key(reader, pair->key, nearest_key(keys, pair->key->text));
            good = false;
        } else if (!bl_doc_is_empty(pair->value)) {
            good &= key->read(reader, pair->value, (char *)out + key->offset);
        }
    }
    reader->key = outer;
    return good && !reader->failed;
}

bool bl_read_text(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    bylaw_str *text = slot;

    if (!bl_want_text(reader, node))
        return false;
    *text = node->text;
    return true;
}

static const struct yes_no {
    const char *word;
    bool value;
} yes_no_words[] = {
    {"true", true}, {"false", false}, {"yes", true}, {"no", false}, {"是", true}, {"否", false},
};

bool bl_read_bool(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    bool *value = slot;

    for (size_t i = 0; i < sizeof yes_no_words / sizeof *yes_no_words; i++) {
        if (node->shape == BL_DOC_SCALAR && bl_str_is(node->text, yes_no_words[i].word)) {
            *value = yes_no_words[i].value;
            return true;
        }
    }
    return WRONG(reader, node, WANT_BOOL);
}

/* One language of a label; absent or empty is told at the label's key. */
static bool read_language(bl_reader *reader, const bl_doc_node *node, const char *name,
                          const bl_msg *missing, bylaw_str *text)
{
    const bl_doc_node *value = bl_doc_get(node, name);

    if (!bl_doc_is_empty(value)) {
        const bl_doc_node *outer = reader->key;

        reader->key = bl_doc_pair_of(node, name)->key;
        const bool good = bl_read_text(reader, value, text);

        reader->key = outer;
        return good;
    }
    bl_error(reader->diags, missing, bl_doc_place(reader->key != NULL ? reader->key : node),
             BL_TEXT("key", key_text(reader)));
    return false;
}

bool bl_read_label(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {{"zh", 0, NULL, 0}, {"en", 0, NULL, 0}, {NULL, 0, NULL, 0}};
    bylaw_label label = {{{NULL, 0}, {NULL, 0}}};

    if (node->shape != BL_DOC_MAP)
        return WRONG(reader, node, WANT_LABEL);
    bool good =
        read_language(reader, node, "zh", BL_DOC_MSG(MISSING_TRANSLATION_ZH), &label.in[BYLAW_ZH]);

    good &=
        read_language(reader, node, "en", BL_DOC_MSG(MISSING_TRANSLATION_EN), &label.in[BYLAW_EN]);
    for (size_t i = 0; i < node->count; i++) {
        const bl_doc_node *key = node->pairs[i].key;

        if (find_key(keys, keys, key->text) == NULL) {
            bl_unknown_key(reader, key, nearest_key(keys, key->text));
            good = false;
        }
    }
    if (good)
        *(bylaw_label *)slot = label;
    return good;
}

bool bl_read_node(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    (void)reader;
    *(const bl_doc_node **)slot = node;
    return true;
}
