/* rules/layers.c: finding and reading the texts that make up a rule set: its own, and before it the
 * vocabularies that it uses, each once, those that they use first. */
#include "rules/build.h"

#include "base/hash.h"
#include "doc/packed.h"
#include "rules/bundled.h"

#include <stddef.h>

/* A chain of vocabularies that use each other; real ones are two or three deep. */

static const bylaw_label what_vocabulary = {
    {{"这份词汇", sizeof "这份词汇" - 1}, {"this vocabulary", sizeof "this vocabulary" - 1}}};
static const bylaw_label what_set = {
    {{"这套规定", sizeof "这套规定" - 1}, {"this rule set", sizeof "this rule set" - 1}}};

static bl_source *new_source(bl_builder *b, bylaw_str name, bylaw_str text, bool is_static)
{
    bl_source *source = BL_NEW(b->reader.arena, bl_source);

    if (source == NULL || !bl_arena_copy(b->reader.arena, &source->name, name) ||
        !(is_static || bl_arena_copy(b->reader.arena, &text, text))) {
        bl_no_memory(b);
        return NULL;
    }
    source->text = text;
    if (!is_static && !bl_source_survey(source, b->reader.arena)) {
        bl_no_memory(b);
        return NULL;
    }
    return source;
}

/* The one mapping of a text; NULL when told. */
static const bl_doc_node *read_root(bl_builder *b, const bl_source *source)
{
    const bl_bundled_file *bundled = bl_bundled_of(source->text);
    bl_document document;

    b->reader.key = NULL;
    if (bundled != NULL) {
        const bl_doc_node *root = bl_document_unpack(bundled->packed, source, b->reader.arena);

        return root != NULL || bl_no_memory(b) ? root : NULL;
    }
    const bylaw_status status = bl_document_read(&document, source, BL_DOC_BY_NAME, b->limits,
                                                 b->reader.arena, b->reader.diags);

    if (status == BYLAW_ENOMEM)
        bl_no_memory(b);
    if (status != BYLAW_OK)
        return NULL;
    if (document.count == 0 || (document.count == 1 && document.roots[0] == NULL)) {
        bl_rules_error0(b, EMPTY_FILE, ((bl_span){source, 0, 0}));
        return NULL;
    }
    if (document.count != 1) {
        bl_rules_error(b, NOT_ONE_DOCUMENT, ((bl_span){source, 0, 0}),
                       BL_INT("n", (int64_t)document.count));
        return NULL;
    }
    b->reader.key = NULL;
    return bl_want_map(&b->reader, document.roots[0]) ? document.roots[0] : NULL;
}

bool bl_text_sha256(bl_builder *b, bylaw_str text, bylaw_str *out)
{
    const bl_bundled_file *bundled = bl_bundled_of(text);
    char hex[BL_SHA256_HEX];

    if (bundled != NULL) {
        *out = bundled->sha256;
        return true;
    }
    return (bl_sha256_hex(text, hex) && bl_arena_copy(b->reader.arena, out, bylaw_str_from(hex))) ||
           bl_no_memory(b);
}

/* What a verdict record names: the text under the name that the set gave it. */
static void note_text(bl_builder *b, bylaw_str name, const bl_source *source)
{
    bl_used_text used = {.name = name};

    if (source != NULL && bl_text_sha256(b, source->text, &used.sha256) &&
        (!bl_arena_copy(b->reader.arena, &used.name, name) ||
         !bl_vec_push(b->reader.arena, &b->texts, used)))
        bl_no_memory(b);
}

/* "folder/name.yaml", of the resolver or the bundled texts; NULL: there is none, or it failed. */
static const bl_source *find_text(bl_builder *b, const char *folder, bylaw_str name)
{
    bl_str path = bl_str_init(&b->scratch);
    bylaw_str text = {NULL, 0}, shown;
    bylaw_status status = BYLAW_ENOTFOUND;

    bl_str_addf(&path, "%s/", folder);
    bl_str_add(&path, name);
    bl_str_addz(&path, ".yaml");
    if (bl_str_take(&shown, &path) != BYLAW_OK) {
        bl_no_memory(b);
        return NULL;
    }
    const bylaw_str wanted = shown;

    if (b->resolver != NULL && b->resolver->find != NULL)
        status = b->resolver->find(b->resolver->context, wanted, &text, &shown);
    if (status != BYLAW_OK && status != BYLAW_ENOTFOUND) {
        b->status = status;
        return NULL;
    }
    const bool is_static = status == BYLAW_ENOTFOUND;

    if (is_static && !bl_bundled_find(wanted, &text))
        return NULL;
    const bl_source *source = new_source(b, is_static ? wanted : shown, text, is_static);

    note_text(b, wanted, source);
    return source;
}

const bl_doc_node *bl_load_text(bl_builder *b, const char *folder, bylaw_str name, bool *found)
{
    const bl_source *source = find_text(b, folder, name);

    *found = source != NULL || b->reader.failed || b->status != BYLAW_OK;
    return source == NULL ? NULL : read_root(b, source);
}

typedef struct vocabulary_head {
    bylaw_str name;
    bl_layer layer;
} vocabulary_head;

#define WORDS_KEYS(type, layer)                                                                    \
    {"uses", 0, bl_read_node, offsetof(type, layer.uses)},                                         \
        {"kinds", 0, bl_read_node, offsetof(type, layer.kinds)},                                   \
        {"units", 0, bl_read_node, offsetof(type, layer.units)},                                   \
        {"enums", 0, bl_read_node, offsetof(type, layer.enums)},                                   \
        {"types", 0, bl_read_node, offsetof(type, layer.types)},                                   \
        {"facts", 0, bl_read_node, offsetof(type, layer.facts)},                                   \
        {"constants", 0, bl_read_node, offsetof(type, layer.constants)},                           \
    {                                                                                              \
        "invariants", 0, bl_read_node, offsetof(type, layer.invariants)                            \
    }

static const bl_key vocabulary_keys[] = {
    {"vocabulary", BL_REQUIRED, bl_read_text, offsetof(vocabulary_head, name)},
    WORDS_KEYS(vocabulary_head, layer),
    {NULL, 0, NULL, 0}};

/* The file's name without folders and ending; empty for standard input and the like. */
static bylaw_str file_stem(bylaw_str file)
{
    static const char *const endings[] = {".yaml", ".yml", ".json"};
    size_t from = file.len;

    while (from > 0 && file.ptr[from - 1] != '/' && file.ptr[from - 1] != '\\')
        from--;
    const bylaw_str name = bl_str_slice(file, from, file.len);

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const bylaw_str ending = bylaw_str_from(endings[i]);

        if (bl_str_ends(name, ending))
            return bl_str_slice(name, 0, name.len - ending.len);
    }
    return (bylaw_str){NULL, 0};
}

static bool check_stem(bl_builder *b, const bl_doc_node *root, const char *key, bylaw_str file)
{
    const bl_doc_node *id = bl_doc_get(root, key);
    const bylaw_str stem = file_stem(file);

    if (bl_doc_is_empty(id) || id->shape != BL_DOC_SCALAR || !bl_want_name(b, id, "-_"))
        return false;
    if (stem.len == 0 || bl_str_equal(stem, id->text))
        return true;
    bl_rules_error(b, ID_NOT_FILE, bl_doc_place(id), BL_TEXT("id", id->text),
                   BL_TEXT("file", stem));
    return false;
}

typedef struct uses_state {
    bl_map seen; /* name -> itself */
    size_t depth;
} uses_state;

static void use_one(bl_builder *b, const bl_doc_node *node, void *context);

static void use_all(bl_builder *b, const bl_doc_node *uses, uses_state *state)
{
    if (!bl_doc_is_empty(uses))
        bl_read_scalars(b, uses, use_one, state);
}

static void add_layer(bl_builder *b, const bl_layer *layer)
{
    bl_layer *kept = BL_NEW(&b->scratch, bl_layer);

    if (kept == NULL || !bl_vec_push(&b->scratch, &b->layers, kept)) {
        bl_no_memory(b);
        return;
    }
    *kept = *layer;
}

/* The bundled vocabulary nearest in name. */
static bylaw_label nearest_vocabulary(bl_builder *b, bylaw_str name)
{
    bl_map names = bl_map_init(&b->scratch);

    for (size_t i = 0; i < bl_bundled_text_count(); i++) {
        const bylaw_str path = bl_bundled_text_name(i);
        const bylaw_str folder = BYLAW_STR("vocabulary/"), ending = BYLAW_STR(".yaml");

        if (bl_str_starts(path, folder) && bl_str_ends(path, ending) &&
            !bl_map_put(&names, bl_str_slice(path, folder.len, path.len - ending.len), b))
            bl_no_memory(b);
    }
    return bl_hint_near(b, bl_map_nearest(&names, name));
}

static void use_one(bl_builder *b, const bl_doc_node *node, void *context)
{
    uses_state *state = context;
    vocabulary_head head = {.name = {NULL, 0}};
    bool found = false;

    if (bl_map_get(&state->seen, node->text) != NULL || !bl_want_name(b, node, "-_"))
        return;
    if (!bl_map_put(&state->seen, node->text, b)) {
        bl_no_memory(b);
        return;
    }
    const bl_doc_node *root = bl_load_text(b, "vocabulary", node->text, &found);

    if (!found)
        bl_rules_error(b, UNKNOWN_VOCABULARY, bl_doc_place(node), BL_TEXT("name", node->text),
                       BL_LABEL("hint", nearest_vocabulary(b, node->text)));
    if (root == NULL)
        return;
    if (state->depth == bl_limit(b, BYLAW_LIMIT_USES)) {
        bl_rules_error(b, USES_DEPTH, bl_doc_place(node), BL_INT("most", (int64_t)state->depth));
        return;
    }
    bl_shape_read(&b->reader, root, what_vocabulary, vocabulary_keys, &head);
    (void)check_stem(b, root, "vocabulary", root->span.source->name);
    state->depth++;
    use_all(b, head.layer.uses, state);
    state->depth--;
    head.layer.name = node->text;
    head.layer.root = root;
    add_layer(b, &head.layer);
}

typedef struct set_head {
    bylaw_str id;
    bylaw_label title, short_title;
    bl_layer layer;
    bl_set_nodes nodes;
} set_head;

static const bl_key set_keys[] = {
    {"ruleset", BL_REQUIRED, bl_read_text, offsetof(set_head, id)},
    {"title", BL_REQUIRED, bl_read_label, offsetof(set_head, title)},
    {"short", 0, bl_read_label, offsetof(set_head, short_title)},
    {"in_force", 0, bl_read_node, offsetof(set_head, nodes.in_force)},
    {"scope", 0, bl_read_node, offsetof(set_head, nodes.scope)},
    {"provisions", 0, bl_read_node, offsetof(set_head, nodes.provisions)},
    {"readings", 0, bl_read_node, offsetof(set_head, nodes.readings)},
    {"norms", BL_REQUIRED, bl_read_node, offsetof(set_head, nodes.norms)},
    {"gaps", 0, bl_read_node, offsetof(set_head, nodes.gaps)},
    {"reasons", 0, bl_read_node, offsetof(set_head, nodes.reasons)},
    {"notes", 0, bl_read_node, offsetof(set_head, nodes.notes)},
    WORDS_KEYS(set_head, layer),
    {NULL, 0, NULL, 0}};

bool bl_load_layers(bl_builder *b, bylaw_str file, bylaw_str text, bool is_static)
{
    const bl_source *source = new_source(b, file, text, is_static);
    const bl_doc_node *root = source == NULL ? NULL : read_root(b, source);
    uses_state state = {.seen = bl_map_init(&b->scratch)};
    set_head head = {.id = {NULL, 0}};

    if (root == NULL)
        return false;
    bl_shape_read(&b->reader, root, what_set, set_keys, &head);
    b->id_is_good = check_stem(b, root, "ruleset", file);
    use_all(b, head.layer.uses, &state);
    head.layer.name = head.id;
    head.layer.is_set = true;
    head.layer.root = root;
    add_layer(b, &head.layer);
    b->nodes = head.nodes;
    b->set->id = head.id;
    b->set->id_span = bl_doc_place(head.id.len > 0 ? bl_doc_get(root, "ruleset") : root);
    b->set->title = head.title;
    b->set->short_title = head.short_title.in[0].len > 0 ? head.short_title : head.title;
    b->set->source = source;
    return !b->reader.failed && b->status == BYLAW_OK;
}
