/* report/config.c: reads `.bylaw.yaml`. It stands in this layer because it knows the names of the
 * report formats. */
#include "base/vec.h"
#include "doc/shape.h"
#include "report/say.h"

#include <bylaw/config.h>
#include <bylaw/limits.h>
#include <bylaw/report.h>

#include <stddef.h>

struct bylaw_config {
    bylaw_allocator allocator;
    bl_arena arena;
    BL_VEC(bylaw_config_entry) entries;
};

typedef struct raw_config {
    const bl_doc_node *rules, *facts, *readings, *lang, *formats, *fail_on, *strict, *limits,
        *baseline;
} raw_config;

static const bl_key keys[] = {
    {"rules", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, rules)},
    {"facts", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, facts)},
    {"readings", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, readings)},
    {"lang", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, lang)},
    {"formats", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, formats)},
    {"fail-on", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, fail_on)},
    {"strict", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, strict)},
    {"limits", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, limits)},
    {"baseline", BL_OPTIONAL_KEY, bl_read_node, offsetof(raw_config, baseline)},
    {NULL, 0, NULL, 0},
};

typedef struct state {
    bylaw_config *config;
    bl_reader reader;
    bylaw_diags *diags;
} state;

static void add(state *s, const char *key, const bl_doc_node *at, bylaw_str value, bylaw_str more)
{
    bylaw_config_entry entry = {.key = bylaw_str_from(key)};

    entry.line = bl_place_of(at->span.source, at->span.from).line;
    if (!bl_arena_copy(&s->config->arena, &entry.value, value) ||
        !bl_arena_copy(&s->config->arena, &entry.more, more) ||
        !bl_vec_push(&s->config->arena, &s->config->entries, entry))
        s->reader.failed = true;
}

/* One of the words, or a mistake that lists them. */
static bool is_among(state *s, const bl_doc_node *node, const char *const *words)
{
    bl_str all = bl_str_init(&s->config->arena);

    for (size_t i = 0; words[i] != NULL; i++) {
        if (bl_str_is(node->text, words[i]))
            return true;
        bl_str_addz(&all, i > 0 ? " " : "");
        bl_str_addz(&all, words[i]);
    }
    bl_error(s->diags, &bl_word_config_value, node->span, BL_TEXT("value", node->text),
             BL_TEXT("values", bl_str_view(&all)));
    return false;
}

static void read_word(state *s, const char *key, const bl_doc_node *node, const char *const *words)
{
    if (bl_doc_is_empty(node) || !bl_want_text(&s->reader, node))
        return;
    if (is_among(s, node, words))
        add(s, key, node, node->text, (bylaw_str){NULL, 0});
}

/* A text, or a list of texts. */
static void read_texts(state *s, const char *key, const bl_doc_node *node)
{
    if (bl_doc_is_empty(node))
        return;
    const size_t count = node->shape == BL_DOC_SEQ ? node->count : 1;

    for (size_t i = 0; i < count; i++) {
        const bl_doc_node *one = node->shape == BL_DOC_SEQ ? node->items[i] : node;

        if (bl_want_text(&s->reader, one))
            add(s, key, one, one->text, (bylaw_str){NULL, 0});
    }
}

static void read_readings(state *s, const bl_doc_node *node)
{
    if (bl_doc_is_empty(node) || !bl_want_map(&s->reader, node))
        return;
    for (size_t i = 0; i < node->count; i++) {
        if (bl_want_text(&s->reader, node->pairs[i].value))
            add(s, "readings", node->pairs[i].key, node->pairs[i].value->text,
                node->pairs[i].key->text);
    }
}

/* {nesting: 200}: what the number may be is for the reader of the settings to say. */
static void read_limits(state *s, const bl_doc_node *node)
{
    const char *names[BYLAW_LIMITS + 1] = {NULL};

    if (bl_doc_is_empty(node) || !bl_want_map(&s->reader, node))
        return;
    for (int i = 0; i < BYLAW_LIMITS; i++)
        names[i] = bylaw_limit_name((bylaw_limit)i);
    for (size_t i = 0; i < node->count; i++) {
        const bl_doc_pair *pair = &node->pairs[i];

        if (is_among(s, pair->key, names) && bl_want_text(&s->reader, pair->value))
            add(s, "limits", pair->key, pair->value->text, pair->key->text);
    }
}

/* text, or {sarif: FILE} */
static void read_format(state *s, const bl_doc_node *node)
{
    const char *names[BYLAW_REPORT_FORMATS + 1] = {NULL};
    const bl_doc_node *name = node;
    bylaw_str file = {NULL, 0};
    size_t n = 0;

    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++)
        names[n++] = bylaw_report_format_name((bylaw_report_format)i);
    if (node->shape == BL_DOC_MAP && node->count == 1) {
        name = node->pairs[0].key;
        if (!bl_want_text(&s->reader, node->pairs[0].value))
            return;
        file = node->pairs[0].value->text;
    }
    if (bl_want_text(&s->reader, name) && is_among(s, name, names))
        add(s, "formats", name, name->text, file);
}

static void read_all(state *s, const raw_config *raw)
{
    static const char *const langs[] = {"zh", "en", "zh,en", "en,zh", NULL};
    static const char *const levels[] = {"violation", "undetermined", "caution", NULL};
    static const char *const answers[] = {"true", "false", "yes", "no", "是", "否", NULL};

    read_texts(s, "rules", raw->rules);
    read_texts(s, "facts", raw->facts);
    read_readings(s, raw->readings);
    read_word(s, "lang", raw->lang, langs);
    if (!bl_doc_is_empty(raw->formats) && raw->formats->shape == BL_DOC_SEQ) {
        for (size_t i = 0; i < raw->formats->count; i++)
            read_format(s, raw->formats->items[i]);
    } else if (!bl_doc_is_empty(raw->formats)) {
        read_format(s, raw->formats);
    }
    read_word(s, "fail-on", raw->fail_on, levels);
    read_word(s, "strict", raw->strict, answers);
    if (!bl_doc_is_empty(raw->baseline) && bl_want_text(&s->reader, raw->baseline))
        add(s, "baseline", raw->baseline, raw->baseline->text, (bylaw_str){NULL, 0});
    read_limits(s, raw->limits);
}

bylaw_status bylaw_config_read(bylaw_config **out, bylaw_str file, bylaw_str text,
                               const bylaw_allocator *allocator, bylaw_diags *diags)
{
    static const bylaw_label what = {
        {{"配置", sizeof "配置" - 1}, {"the settings", sizeof "the settings" - 1}}};
    const size_t before = bylaw_diags_errors(diags), told = bylaw_diags_count(diags);
    bylaw_config *config = bl_new(allocator, sizeof *config);
    bl_source source = {.name = file, .text = text};
    bl_document document = {0};
    raw_config raw = {.rules = NULL};

    if (config == NULL)
        return BYLAW_ENOMEM;
    config->allocator = bl_allocator_or_default(allocator);
    bl_arena_init(&config->arena, allocator);
    state s = {config, {.arena = &config->arena, .diags = diags}, diags};
    bylaw_status status =
        bl_source_survey(&source, &config->arena)
            ? bl_document_read(&document, &source, BL_DOC_YAML, NULL, &config->arena, diags)
            : BYLAW_ENOMEM;

    if (status == BYLAW_OK && document.count > 0 && !bl_doc_is_empty(document.roots[0])) {
        (void)bl_shape_read(&s.reader, document.roots[0], what, keys, &raw);
        read_all(&s, &raw);
        bl_diags_sort(diags, told);
        status =
            s.reader.failed || config->arena.failed ? BYLAW_ENOMEM : bl_diags_status(diags, before);
    }
    if (status != BYLAW_OK) {
        bylaw_config_free(config);
        return status;
    }
    *out = config;
    return BYLAW_OK;
}

void bylaw_config_free(bylaw_config *config)
{
    if (config == NULL)
        return;
    const bylaw_allocator allocator = config->allocator;

    bl_arena_dispose(&config->arena);
    bl_free(&allocator, config, sizeof *config);
}

size_t bylaw_config_count(const bylaw_config *config)
{
    return config->entries.count;
}

const bylaw_config_entry *bylaw_config_get(const bylaw_config *config, size_t i)
{
    return &config->entries.items[i];
}
