/* report/baseline.c: see bylaw/baseline.h. It stands in this layer because a finding is known by
 * what the reports tell of it: the fingerprint of report/issues. */
#include "base/hash.h"
#include "doc/shape.h"
#include "report/issues.h"
#include "report/json.h"

#include <bylaw/baseline.h>

#include <stddef.h>
#include <stdlib.h>

#define VERSION 1

typedef struct entry {
    bylaw_str file, id, fingerprint;
    bl_span span; /* of the file that was read; source NULL: met in this run */
    bool met;
} entry;

struct bylaw_baseline {
    bylaw_allocator allocator;
    bl_arena arena;
    bylaw_report *teller; /* counts findings that are alike, as every report does */
    bool accept_all;
    BL_VEC(entry) entries;
    bl_map by_fingerprint; /* -> place in entries + 1 */
    bl_map looked_at;      /* files of which actions were weighed */
};

static bylaw_status tell_nobody(void *context, bylaw_str text)
{
    (void)context;
    (void)text;
    return BYLAW_OK;
}

bylaw_status bylaw_baseline_new(bylaw_baseline **out, bool accept_all,
                                const bylaw_allocator *allocator)
{
    static const bylaw_lang lang = BYLAW_ZH;
    const bylaw_report_options options = {
        .format = BYLAW_REPORT_JSONL, .langs = &lang, .lang_count = 1, .write = tell_nobody};
    bylaw_baseline *baseline = bl_new(allocator, sizeof *baseline);

    if (baseline == NULL)
        return BYLAW_ENOMEM;
    baseline->allocator = bl_allocator_or_default(allocator);
    baseline->accept_all = accept_all;
    bl_arena_init(&baseline->arena, allocator);
    baseline->by_fingerprint = bl_map_init(&baseline->arena);
    baseline->looked_at = bl_map_init(&baseline->arena);
    if (bylaw_report_new(&baseline->teller, &options, allocator) != BYLAW_OK) {
        bylaw_baseline_free(baseline);
        return BYLAW_ENOMEM;
    }
    *out = baseline;
    return BYLAW_OK;
}

void bylaw_baseline_free(bylaw_baseline *baseline)
{
    if (baseline == NULL)
        return;
    const bylaw_allocator allocator = baseline->allocator;

    bylaw_report_free(baseline->teller);
    bl_arena_dispose(&baseline->arena);
    bl_free(&allocator, baseline, sizeof *baseline);
}

/* ---- reading ---- */

typedef struct raw_baseline {
    const bl_doc_node *version, *accepted;
} raw_baseline;

static const bl_key file_keys[] = {
    {"schema_version", BL_REQUIRED, bl_read_node, offsetof(raw_baseline, version)},
    {"accepted", BL_REQUIRED, bl_read_node, offsetof(raw_baseline, accepted)},
    {NULL, 0, NULL, 0},
};

static bool read_fingerprint(bl_reader *reader, const bl_doc_node *node, void *slot)
{
    if (!bl_read_text(reader, node, slot))
        return false;
    if (!bl_is_sha256(node->text)) {
        bl_error0(reader->diags, &bl_word_bad_fingerprint, node->span);
        return false;
    }
    return true;
}

static const bl_key entry_keys[] = {
    {"file", BL_REQUIRED, bl_read_text, offsetof(entry, file)},
    {"id", BL_REQUIRED, bl_read_text, offsetof(entry, id)},
    {"fingerprint", BL_REQUIRED, read_fingerprint, offsetof(entry, fingerprint)},
    {NULL, 0, NULL, 0},
};

static bool keep(bylaw_baseline *b, entry one)
{
    entry copy = one;

    return bl_arena_copy(&b->arena, &copy.file, one.file) &&
           bl_arena_copy(&b->arena, &copy.id, one.id) &&
           bl_arena_copy(&b->arena, &copy.fingerprint, one.fingerprint) &&
           bl_vec_push(&b->arena, &b->entries, copy) &&
           bl_map_put(&b->by_fingerprint, copy.fingerprint, (void *)(uintptr_t)b->entries.count);
}

static void read_entry(bylaw_baseline *b, bl_reader *reader, const bl_doc_node *node)
{
    static const bylaw_label what = {
        {{"基线的一项", sizeof "基线的一项" - 1}, {"an entry", sizeof "an entry" - 1}}};
    entry one = {.span = node->span};

    if (!bl_shape_read(reader, node, what, entry_keys, &one))
        return;
    if (bl_map_get(&b->by_fingerprint, one.fingerprint) != NULL)
        bl_error0(reader->diags, &bl_word_fingerprint_twice, node->span);
    else if (!keep(b, one))
        reader->failed = true;
}

static void read_root(bylaw_baseline *b, bl_reader *reader, const bl_doc_node *root)
{
    static const bylaw_label what = {
        {{"基线", sizeof "基线" - 1}, {"the baseline", sizeof "the baseline" - 1}}};
    raw_baseline raw = {.version = NULL};

    (void)bl_shape_read(reader, root, what, file_keys, &raw);
    if (raw.version != NULL && !bl_str_is(raw.version->text, "1"))
        bl_error0(reader->diags, &bl_word_baseline_version, raw.version->span);
    if (raw.accepted == NULL || !bl_want_list(reader, raw.accepted))
        return;
    for (size_t i = 0; i < raw.accepted->count; i++)
        read_entry(b, reader, raw.accepted->items[i]);
}

bylaw_status bylaw_baseline_read(bylaw_baseline *baseline, bylaw_str file, bylaw_str text,
                                 bylaw_diags *diags)
{
    const size_t before = bylaw_diags_errors(diags), told = bylaw_diags_count(diags);
    bl_source *source = BL_NEW(&baseline->arena, bl_source);
    bl_reader reader = {.arena = &baseline->arena, .diags = diags};
    bl_document document = {0};

    if (source == NULL || !bl_arena_copy(&baseline->arena, &source->name, file) ||
        !bl_arena_copy(&baseline->arena, &source->text, text) ||
        !bl_source_survey(source, &baseline->arena))
        return BYLAW_ENOMEM;
    const bylaw_status status =
        bl_document_read(&document, source, BL_DOC_BY_NAME, NULL, &baseline->arena, diags);

    if (status != BYLAW_OK)
        return status;
    if (document.count != 1 || bl_doc_is_empty(document.roots[0]))
        bl_error0(diags, &bl_word_baseline_empty, ((bl_span){source, 0, 0}));
    else
        read_root(baseline, &reader, document.roots[0]);
    bl_diags_sort(diags, told);
    return reader.failed || baseline->arena.failed ? BYLAW_ENOMEM : bl_diags_status(diags, before);
}

/* ---- weighing ---- */

static bool may_be_accepted(const bl_issue *issue)
{
    return issue->weight > BYLAW_COMPLIANT && issue->weight < BYLAW_NOT_GOVERNED;
}

/* Is this finding listed? It is met either way. */
static bool is_listed(bylaw_baseline *b, const bl_voice *v, const bl_issue *issue,
                      bylaw_str fingerprint)
{
    const uintptr_t place = (uintptr_t)bl_map_get(&b->by_fingerprint, fingerprint);

    if (place > 0) {
        b->entries.items[place - 1].met = true;
        return b->entries.items[place - 1].span.source != NULL || b->accept_all;
    }
    const entry one = {.file = bl_relative(bl_issue_file(v, issue)),
                       .id = issue->id,
                       .fingerprint = fingerprint,
                       .span = BL_NO_SPAN,
                       .met = true};

    if (!keep(b, one))
        b->arena.failed = true;
    return b->accept_all;
}

static bool look_at(bylaw_baseline *b, bylaw_str file)
{
    bylaw_str copy;

    if (bl_map_get(&b->looked_at, bl_relative(file)) != NULL)
        return true;
    return bl_arena_copy(&b->arena, &copy, bl_relative(file)) && bl_map_put(&b->looked_at, copy, b);
}

bylaw_status bylaw_baseline_weigh(bylaw_baseline *baseline, const bylaw_result *result,
                                  bylaw_verdict *verdict, size_t *accepted)
{
    bylaw_report *teller = baseline->teller;

    if (result->brief)
        return BYLAW_EDOMAIN;
    bl_arena_reset(&teller->arena);
    ((bylaw_result *)(uintptr_t)result)->accepted = NULL; /* the issues as they are */
    bl_voice v = {.arena = &teller->arena, .lang = BYLAW_ZH, .result = result};
    const bl_issues issues = bl_issues_of(&v, false);
    bl_accepted *marks = BL_NEW_N(&teller->arena, bl_accepted, issues.count + 1);
    bylaw_verdict gravest = BYLAW_COMPLIANT, rest = BYLAW_COMPLIANT;
    size_t count = 0;

    if (marks == NULL || issues.failed || !look_at(baseline, result->action->source->name))
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < issues.count; i++) {
        const bl_issue *issue = &issues.items[i];

        marks[i].id = issue->id;
        marks[i].fingerprint = bl_issue_fingerprint(teller, &v, issue);
        if (marks[i].fingerprint.len == 0)
            return BYLAW_ENOMEM;
        if (!may_be_accepted(issue))
            continue;
        marks[i].yes = is_listed(baseline, &v, issue, marks[i].fingerprint);
        count += marks[i].yes;
        gravest = issue->weight > gravest ? issue->weight : gravest;
        rest = !marks[i].yes && issue->weight > rest ? issue->weight : rest;
    }
    ((bylaw_result *)(uintptr_t)result)->accepted = marks;
    ((bylaw_result *)(uintptr_t)result)->accepted_count = issues.count;
    if (baseline->arena.failed || teller->kept.failed || teller->arena.failed)
        return BYLAW_ENOMEM;
    /* A verdict that no finding explains is not accepted with those that do. */
    *verdict = count > 0 && gravest == result->verdict ? rest : result->verdict;
    *accepted = count;
    return BYLAW_OK;
}

/* ---- what is left of it ---- */

static bool may_still_be(const bylaw_baseline *b, const entry *e, bool (*gone)(void *, bylaw_str),
                         void *context)
{
    return bl_map_get(&b->looked_at, bl_relative(e->file)) == NULL && !gone(context, e->file);
}

void bylaw_baseline_obsolete(const bylaw_baseline *baseline,
                             bool (*gone)(void *context, bylaw_str file), void *context,
                             bylaw_diags *diags)
{
    for (size_t i = 0; i < baseline->entries.count; i++) {
        const entry *e = &baseline->entries.items[i];

        if (!e->met && !may_still_be(baseline, e, gone, context))
            bl_warn(diags, &bl_word_baseline_obsolete, e->span, BL_TEXT("id", e->id),
                    BL_TEXT("file", e->file));
    }
}

static int by_place(const void *a, const void *b)
{
    const entry *one = a, *other = b;
    int order = bl_str_compare(one->file, other->file);

    if (order == 0)
        order = bl_str_compare(one->id, other->id);
    return order != 0 ? order : bl_str_compare(one->fingerprint, other->fingerprint);
}

bylaw_status bylaw_baseline_write(bylaw_baseline *baseline,
                                  bool (*gone)(void *context, bylaw_str file), void *gone_context,
                                  bylaw_status (*write)(void *, bylaw_str), void *context)
{
    bl_str out = bl_str_init(&baseline->arena);
    bylaw_str text;
    size_t n = 0;
    entry *sorted = BL_NEW_N(&baseline->arena, entry, baseline->entries.count + 1);

    if (sorted == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < baseline->entries.count; i++) {
        const entry *e = &baseline->entries.items[i];

        if (e->met || may_still_be(baseline, e, gone, gone_context))
            sorted[n++] = *e;
    }
    if (n > 0)
        qsort(sorted, n, sizeof *sorted, by_place);
    bl_str_addf(&out, "{\n  \"schema_version\": %d,\n  \"accepted\": [", VERSION);
    for (size_t i = 0; i < n; i++) {
        bl_json j = {.out = &out};

        bl_str_addz(&out, i > 0 ? ",\n    " : "\n    ");
        bl_json_open(&j, NULL, '{');
        bl_json_text(&j, "file", sorted[i].file);
        bl_json_text(&j, "id", sorted[i].id);
        bl_json_text(&j, "fingerprint", sorted[i].fingerprint);
        bl_json_close(&j, '}');
    }
    bl_str_addz(&out, n > 0 ? "\n  ]\n}\n" : "]\n}\n");
    const bylaw_status status = bl_str_take(&text, &out);

    return status == BYLAW_OK ? write(context, text) : status;
}
