/* report/record_read.c: a verdict record read back: strictly, so that nothing stands in it that its
 * digest would not cover. */
#include "base/hash.h"
#include "doc/shape.h"
#include "report/recorded.h"
#include "report/say.h"

#include <stddef.h>

/* ---- values ---- */

/* A text, also an empty one. */
static bool read_any_text(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    if (!node->quoted && !bl_want_text(reader, node))
        return false;
    *(bylaw_str *)slot = node->text;
    return true;
}

static bool tell(bl_reader *reader, const bl_doc_node *node, const bl_msg *msg)
{
    bl_error(reader->diags, msg, bl_doc_place(node), BL_TEXT("value", node->text));
    return false;
}

static bool read_digest(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    if (!bl_want_text(reader, node))
        return false;
    *(bylaw_str *)slot = node->text;
    return bl_is_sha256(node->text) || tell(reader, node, &bl_word_record_digest);
}

static bylaw_label words(const char *zh, const char *en)
{
    return (bylaw_label){{bylaw_str_from(zh), bylaw_str_from(en)}};
}

/* A whole number from 1 on. */
static bool read_number(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    size_t n = 0;

    if (!bl_want_text(reader, node))
        return false;
    for (size_t i = 0; i < node->text.len; i++) {
        const char c = node->text.ptr[i];

        if (c < '0' || c > '9' || n > SIZE_MAX / 10 - 1)
            return tell(reader, node, &bl_word_record_number);
        n = n * 10 + (size_t)(c - '0');
    }
    *(size_t *)slot = n;
    return (node->number && n > 0) || tell(reader, node, &bl_word_record_number);
}

/* One of the words; a mistake lists them. */
static bool is_word(bl_reader *reader, const bl_doc_node *node, const char *const *words)
{
    bl_str all = bl_str_init(reader->arena);

    if (!bl_want_text(reader, node))
        return false;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (bl_str_is(node->text, words[i]))
            return true;
        bl_str_addz(&all, i > 0 ? " " : "");
        bl_str_addz(&all, words[i]);
    }
    bl_error(reader->diags, &bl_word_config_value, bl_doc_place(node), BL_TEXT("value", node->text),
             BL_TEXT("values", bl_str_view(&all)));
    return false;
}

static bool read_status(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const char *const statuses[] = {
        "not-applicable", "satisfied", "not-examined", "not-met",  "pending",
        "waived",         "departed",  "undetermined", "violated", NULL};

    *(bylaw_str *)slot = node->text;
    return is_word(reader, node, statuses);
}

static bool read_verdict(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const char *const verdicts[] = {"compliant", "caution",      "undetermined",
                                           "violation", "not-governed", NULL};

    *(bylaw_str *)slot = node->text;
    return is_word(reader, node, verdicts);
}

static bool read_outcome(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const char *const outcomes[] = {"none", "adopted", "not-adopted", "open", NULL};

    *(bylaw_str *)slot = node->text;
    return is_word(reader, node, outcomes);
}

static bool read_answer(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const char *const answers[] = {"true", "false", NULL};

    *(bylaw_str *)slot = node->text;
    return is_word(reader, node, answers);
}

static bool read_role(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    const char *names[BYLAW_INPUT_RULES + 2] = {NULL};

    for (int i = 0; i <= BYLAW_INPUT_RULES; i++)
        names[i] = bylaw_input_role_name((bylaw_input_role)i);
    for (int i = 0; names[i] != NULL; i++) {
        if (bl_str_is(node->text, names[i]))
            *(bylaw_input_role *)slot = (bylaw_input_role)i;
    }
    return is_word(reader, node, names);
}

/* ---- lists ---- */

typedef struct list {
    void *items;
    size_t count;
} list;

static bool read_list(bl_reader *reader, const bl_doc_node *node, list *out, size_t size,
                      bl_read_fn *one)
{
    bool good = true;

    if (!bl_want_list(reader, node))
        return false;
    char *items = bl_arena_calloc(reader->arena, node->count + 1, size);

    for (size_t i = 0; items != NULL && i < node->count; i++)
        good = one(reader, node->items[i], items + i * size) && good;
    reader->failed = reader->failed || items == NULL;
    *out = (list){items, items != NULL ? node->count : 0};
    return good;
}

/* read_NAMEs: a list of what read_NAME reads. */
#define LIST_READER(lists, type, one)                                                              \
    static bool lists(bl_reader *reader, const bl_doc_node *node, void *slot)                      \
    {                                                                                              \
        return read_list(reader, node, slot, sizeof(type), one);                                   \
    }

LIST_READER(read_texts, bylaw_str, bl_read_text)
LIST_READER(read_statuses, bylaw_str, read_status)

static bool read_setting(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {
        {"name", BL_REQUIRED, bl_read_text, offsetof(bylaw_setting, name)},
        {"value", BL_REQUIRED, read_any_text, offsetof(bylaw_setting, value)},
        {NULL, 0, NULL, 0}};

    return bl_shape_read(reader, node, words("一项设置", "a setting"), keys, slot);
}

LIST_READER(read_settings, bylaw_setting, read_setting)

static bool read_used(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {
        {"name", BL_REQUIRED, bl_read_text, offsetof(bl_used_text, name)},
        {"sha256", BL_REQUIRED, read_digest, offsetof(bl_used_text, sha256)},
        {NULL, 0, NULL, 0}};

    return bl_shape_read(reader, node, words("所用的文件", "a text in use"), keys, slot);
}

LIST_READER(read_useds, bl_used_text, read_used)

static bool read_choice(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {
        {"reading", BL_REQUIRED, bl_read_text, offsetof(bl_recorded_choice, reading)},
        {"option", BL_REQUIRED, bl_read_text, offsetof(bl_recorded_choice, option)},
        {NULL, 0, NULL, 0}};

    return bl_shape_read(reader, node, words("一种理解", "a reading"), keys, slot);
}

LIST_READER(read_choices, bl_recorded_choice, read_choice)

/* ---- the parts ---- */

typedef struct raw_options {
    bylaw_record_options out;
    list rules, set, reading, limit, select, ignore;
} raw_options;

static bool read_options(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {
        {"rules", 0, read_texts, offsetof(raw_options, rules)},
        {"set", 0, read_settings, offsetof(raw_options, set)},
        {"reading", 0, read_settings, offsetof(raw_options, reading)},
        {"limit", 0, read_settings, offsetof(raw_options, limit)},
        {"at", 0, bl_read_text, offsetof(raw_options, out.at)},
        {"strict", 0, bl_read_bool, offsetof(raw_options, out.strict)},
        {"select", 0, read_texts, offsetof(raw_options, select)},
        {"ignore", 0, read_texts, offsetof(raw_options, ignore)},
        {"flat", 0, bl_read_text, offsetof(raw_options, out.flat)},
        {"ignore_unknown", 0, bl_read_bool, offsetof(raw_options, out.ignore_unknown)},
        {"line", 0, read_number, offsetof(raw_options, out.line)},
        {NULL, 0, NULL, 0}};
    raw_options raw = {.rules = {NULL, 0}};
    bylaw_record_options *o = slot;
    const bool good = bl_shape_read(reader, node, words("选项", "the options"), keys, &raw);

    *o = raw.out;
    o->rules = raw.rules.items;
    o->rule_count = raw.rules.count;
    o->facts = raw.set.items;
    o->fact_count = raw.set.count;
    o->readings = raw.reading.items;
    o->reading_count = raw.reading.count;
    o->limits = raw.limit.items;
    o->limit_count = raw.limit.count;
    o->select = raw.select.items;
    o->select_count = raw.select.count;
    o->ignore = raw.ignore.items;
    o->ignore_count = raw.ignore.count;
    return good;
}

typedef struct raw_set {
    bl_recorded_set out;
    list uses;
} raw_set;

static bool read_set(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {
        {"id", BL_REQUIRED, bl_read_text, offsetof(raw_set, out.id)},
        {"from", 0, bl_read_text, offsetof(raw_set, out.from)},
        {"until", 0, bl_read_text, offsetof(raw_set, out.until)},
        {"sha256", BL_REQUIRED, read_digest, offsetof(raw_set, out.sha256)},
        {"uses", 0, read_useds, offsetof(raw_set, uses)},
        {NULL, 0, NULL, 0}};
    raw_set raw = {.uses = {NULL, 0}};
    const bool good = bl_shape_read(reader, node, words("规定", "a rule set"), keys, &raw);

    raw.out.texts = raw.uses.items;
    raw.out.text_count = raw.uses.count;
    *(bl_recorded_set *)slot = raw.out;
    return good;
}

LIST_READER(read_sets, bl_recorded_set, read_set)

static bool read_input(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {
        {"role", BL_REQUIRED, read_role, offsetof(bylaw_record_input, role)},
        {"file", BL_REQUIRED, bl_read_text, offsetof(bylaw_record_input, name)},
        {"standard_input", 0, bl_read_bool, offsetof(bylaw_record_input, standard_input)},
        {"sha256", BL_REQUIRED, read_digest, offsetof(bylaw_record_input, sha256)},
        {NULL, 0, NULL, 0}};
    bl_recorded_input *input = slot;
    const bool good = bl_shape_read(reader, node, words("文件", "a file"), keys, &input->of);
    const bl_doc_node *file = node->shape == BL_DOC_MAP ? bl_doc_get(node, "file") : NULL;
    const bl_span span = bl_doc_place(file != NULL ? file : node);
    const bl_place place = bl_place_of(span.source, span.from);

    input->of.line = place.line;
    input->of.column = place.column;
    return good;
}

LIST_READER(read_inputs, bl_recorded_input, read_input)

typedef struct raw_finding {
    bl_recorded_finding out;
    list readings, elements;
} raw_finding;

static bool read_finding(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {
        {"norm", BL_REQUIRED, bl_read_text, offsetof(raw_finding, out.norm)},
        {"status", BL_REQUIRED, read_status, offsetof(raw_finding, out.status)},
        {"readings", 0, read_choices, offsetof(raw_finding, readings)},
        {"elements", 0, read_statuses, offsetof(raw_finding, elements)},
        {NULL, 0, NULL, 0}};
    raw_finding raw = {.readings = {NULL, 0}};
    bl_recorded_finding *out = &raw.out;
    const bool good = bl_shape_read(reader, node, words("一项要求", "a finding"), keys, &raw);

    out->choices = raw.readings.items;
    out->choice_count = raw.readings.count;
    out->elements = raw.elements.items;
    out->element_count = raw.elements.count;
    *(bl_recorded_finding *)slot = *out;
    return good;
}

LIST_READER(read_findings, bl_recorded_finding, read_finding)

typedef struct raw_judgement {
    bl_recorded_judgement out;
    list findings, gaps;
} raw_judgement;

static bool read_judgement(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static const bl_key keys[] = {
        {"ruleset", BL_REQUIRED, bl_read_text, offsetof(raw_judgement, out.ruleset)},
        {"verdict", BL_REQUIRED, read_verdict, offsetof(raw_judgement, out.verdict)},
        {"outcome", BL_REQUIRED, read_outcome, offsetof(raw_judgement, out.outcome)},
        {"findings", BL_REQUIRED, read_findings, offsetof(raw_judgement, findings)},
        {"gaps", 0, read_texts, offsetof(raw_judgement, gaps)},
        {NULL, 0, NULL, 0}};
    raw_judgement raw = {.findings = {NULL, 0}};
    bl_recorded_judgement *out = &raw.out;
    const bool good = bl_shape_read(
        reader, node, words("一套规定的结论", "the verdict of a rule set"), keys, &raw);

    out->findings = raw.findings.items;
    out->finding_count = raw.findings.count;
    out->gaps = raw.gaps.items;
    out->gap_count = raw.gaps.count;
    *(bl_recorded_judgement *)slot = *out;
    return good;
}

LIST_READER(read_judgements, bl_recorded_judgement, read_judgement)

typedef struct raw_action {
    bl_recorded_action out;
    list rules;
} raw_action;

static bool read_action(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    static bl_read_fn *const readers[BL_FIELDS] = {
        [BL_FIELD_KIND] = bl_read_text,    [BL_FIELD_DATE] = bl_read_text,
        [BL_FIELD_AS_OF] = bl_read_text,   [BL_FIELD_FACTS] = read_digest,
        [BL_FIELD_VERDICT] = read_verdict, [BL_FIELD_OUTCOME] = read_outcome,
        [BL_FIELD_FIRM] = read_answer,
    };
    bl_key keys[BL_FIELDS + 4] = {
        {"file", BL_REQUIRED, bl_read_text, offsetof(raw_action, out.file)},
        {"line", BL_REQUIRED, read_number, offsetof(raw_action, out.line)},
        {"rules", BL_REQUIRED, read_judgements, offsetof(raw_action, rules)}};
    raw_action raw = {.rules = {NULL, 0}};

    for (size_t i = 0; i < BL_FIELDS; i++)
        keys[3 + i] =
            (bl_key){bl_field_rows[i].key, bl_field_rows[i].required ? BL_REQUIRED : 0, readers[i],
                     offsetof(raw_action, out.fields) + i * sizeof(bylaw_str)};
    const bool good = bl_shape_read(reader, node, words("事项", "an action"), keys, &raw);

    raw.out.sets = raw.rules.items;
    raw.out.set_count = raw.rules.count;
    *(bl_recorded_action *)slot = raw.out;
    return good;
}

LIST_READER(read_actions, bl_recorded_action, read_action)

/* ---- the whole ---- */

typedef struct raw_record {
    size_t schema;
    bylaw_str versions[BL_VERSIONS];
    bylaw_record_options options;
    list rulesets, inputs, actions;
    bylaw_str sha256;
} raw_record;

static bool read_schema(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    return read_number(reader, node, slot) &&
           (*(size_t *)slot == BL_RECORD_SCHEMA || tell(reader, node, &bl_word_record_schema));
}

static const bl_key record_keys[] = {
    {"schema_version", BL_REQUIRED, read_schema, offsetof(raw_record, schema)},
    {"bylaw", BL_REQUIRED, bl_read_text, offsetof(raw_record, versions[BL_VERSION_PROGRAM])},
    {"yaml", BL_REQUIRED, read_any_text, offsetof(raw_record, versions[BL_VERSION_YAML])},
    {"icu", BL_REQUIRED, read_any_text, offsetof(raw_record, versions[BL_VERSION_ICU])},
    {"options", BL_REQUIRED, read_options, offsetof(raw_record, options)},
    {"rulesets", BL_REQUIRED, read_sets, offsetof(raw_record, rulesets)},
    {"inputs", BL_REQUIRED, read_inputs, offsetof(raw_record, inputs)},
    {"actions", BL_REQUIRED, read_actions, offsetof(raw_record, actions)},
    {"sha256", BL_REQUIRED, read_digest, offsetof(raw_record, sha256)},
    {NULL, 0, NULL, 0}};

/* Into a record that is new and empty; the mistakes are told. */
static void read_parts(bylaw_record *record, bl_reader *reader, const bl_doc_node *root,
                       bylaw_str *sha256)
{
    raw_record raw = {.schema = 0};

    (void)bl_shape_read(reader, root, words("记录", "a verdict record"), record_keys, &raw);
    record->sets.items = raw.rulesets.items;
    record->sets.count = raw.rulesets.count;
    record->inputs.items = raw.inputs.items;
    record->inputs.count = raw.inputs.count;
    record->actions.items = raw.actions.items;
    record->actions.count = raw.actions.count;
    record->options = raw.options;
    for (size_t i = 0; i < BL_VERSIONS; i++)
        record->versions[i] = raw.versions[i];
    *sha256 = raw.sha256;
}

static bylaw_status read_into(bylaw_record *record, bylaw_str file, bylaw_str text,
                              bylaw_diags *diags)
{
    bl_source *source = BL_NEW(&record->arena, bl_source);
    const size_t before = bylaw_diags_errors(diags), known = bylaw_diags_count(diags);
    bl_reader reader = {.arena = &record->arena, .diags = diags};
    bl_document document = {0};
    bylaw_str sha256 = {NULL, 0};
    char now[BL_SHA256_HEX];

    if (source == NULL || !bl_arena_copy(&record->arena, &source->name, file) ||
        !bl_arena_copy(&record->arena, &source->text, text) ||
        !bl_source_survey(source, &record->arena))
        return BYLAW_ENOMEM;
    bylaw_status status =
        bl_document_read(&document, source, BL_DOC_JSON, NULL, &record->arena, diags);

    if (status != BYLAW_OK)
        return status;
    if (document.count == 0 || bl_doc_is_empty(document.roots[0]))
        bl_error0(diags, &bl_word_record_empty, ((bl_span){source, 0, 0}));
    else
        read_parts(record, &reader, document.roots[0], &sha256);
    bl_diags_sort(diags, known);
    if (reader.failed || record->arena.failed)
        return BYLAW_ENOMEM;
    if ((status = bl_diags_status(diags, before)) != BYLAW_OK)
        return status;
    const size_t things = record->sets.count + record->inputs.count + record->actions.count;

    /* What stands there twice would otherwise vanish without a word. */
    status = bl_record_put(record, NULL, NULL, now);
    record->altered = !bl_str_is(sha256, now) ||
                      things != record->sets.count + record->inputs.count + record->actions.count;
    return status;
}

bylaw_status bylaw_record_read(bylaw_record **out, bylaw_str file, bylaw_str text,
                               const bylaw_allocator *allocator, bylaw_diags *diags)
{
    const bylaw_record_options none = {.rules = NULL};
    bylaw_diags *own = NULL; /* the status comes from a list, whether the caller wants one or not */
    bylaw_record *record = NULL;
    bylaw_status status = bylaw_record_new(&record, &none, allocator);

    if (status == BYLAW_OK && diags == NULL)
        status = bylaw_diags_new(&own, allocator);
    if (status == BYLAW_OK)
        status = read_into(record, file, text, diags != NULL ? diags : own);
    bylaw_diags_free(own);
    if (status != BYLAW_OK) {
        bylaw_record_free(record);
        return status;
    }
    *out = record;
    return BYLAW_OK;
}
