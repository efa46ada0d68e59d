/* tests/fuzz/check_target.c: see check_target.h. */
#include "check_target.h"

#include <bylaw/bylaw.h>

#include "base/str.h"
#include "doc/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIXTURE  BYLAW_SOURCE_DIR "/tests/fixtures/wcasp/"
#define MAX_FILE ((size_t)1 << 20)

enum { PART_SET, PART_YAML, PART_JSON, PART_REGISTER, PARTS };

static const char *const heads[PARTS] = {"=set", "=yaml", "=json", "=register"};

static const char own_action[] =
    "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
    "facts: {proposer: {office: chair}, present: 7, vote: {yes: 5, no: 2}}\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
    "facts:\n  present: 3\n  ballots: [{member: 甲会, choice: yes}, {member: 乙会, choice: no}]\n";
static const char own_register[] = "facts: {roll: [甲会, 乙会, 丙会]}\n";

static void broken(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

static bylaw_str file_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(MAX_FILE);

    if (file == NULL || bytes == NULL)
        broken(path);
    const size_t size = fread(bytes, 1, MAX_FILE, file);

    fclose(file);
    return (bylaw_str){bytes, size};
}

static bylaw_status find_text(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    static bylaw_str vocabulary, provisions; /* read once, kept until the end */

    (void)context;
    if (vocabulary.ptr == NULL) {
        vocabulary = file_text(FIXTURE "vocabulary/assembly.yaml");
        provisions = file_text(FIXTURE "provisions/wcasp.yaml");
    }
    *shown = name;
    *text = bl_str_is(name, "vocabulary/assembly.yaml") ? vocabulary : provisions;
    return bl_str_is(name, "vocabulary/assembly.yaml") || bl_str_is(name, "provisions/wcasp.yaml")
               ? BYLAW_OK
               : BYLAW_ENOTFOUND;
}

/* Was it refused with a reason, or taken without one? */
static bool taken(bylaw_status status, const bylaw_diags *diags)
{
    if (status == BYLAW_ENOMEM)
        broken("no memory");
    if ((status == BYLAW_OK) != (bylaw_diags_errors(diags) == 0))
        broken(status == BYLAW_OK ? "taken with mistakes" : "refused without a reason");
    return status == BYLAW_OK;
}

static bylaw_ruleset *read_set(bylaw_str text)
{
    static const bylaw_resolver resolver = {find_text, NULL};
    bylaw_diags *diags;
    bylaw_ruleset *set = NULL;

    if (bylaw_diags_new(&diags, NULL) != BYLAW_OK)
        abort();
    const bylaw_status status =
        bylaw_ruleset_read(&set, BYLAW_STR("wcasp.yaml"), text, &resolver, NULL, diags);

    if (taken(status, diags)) {
        bylaw_diags_clear(diags);
        if (bylaw_ruleset_lint(set, NULL, diags) == BYLAW_ENOMEM)
            broken("no memory");
    }
    bylaw_diags_free(diags);
    return set;
}

static bylaw_ruleset *own_set(void)
{
    static bylaw_str text;
    static bylaw_ruleset *set; /* leaks nothing: it is reachable until the end */

    if (set == NULL) {
        text = file_text(FIXTURE "wcasp.yaml");
        set = read_set(text);
    }
    if (set == NULL)
        broken("the project's own rule set");
    return set;
}

typedef struct output {
    bl_arena arena;
    bl_str text;
} output;

static bylaw_status add(void *context, bylaw_str text)
{
    output *out = context;

    bl_str_add(&out->text, text);
    return BYLAW_OK;
}

/* Everything about the text, in one format: reports, then mistakes. */
static void tell(output *out, const bylaw_options *options, bylaw_str text, bylaw_format format,
                 bylaw_report_format as)
{
    static const bylaw_lang langs[] = {BYLAW_ZH, BYLAW_EN};
    const bylaw_report_options wanted = {.format = as,
                                         .langs = langs,
                                         .lang_count = 1 + (as == BYLAW_REPORT_TEXT),
                                         .verbosity = 1,
                                         .template_text = BYLAW_STR("{verdict} {violated}"),
                                         .write = add,
                                         .context = out};
    bylaw_summary summary = {.failed = 0};
    bylaw_checker *checker;
    bylaw_report *report;
    bylaw_diags *diags;

    bl_arena_init(&out->arena, NULL);
    out->text = bl_str_init(&out->arena);
    if (bylaw_diags_new(&diags, NULL) != BYLAW_OK ||
        bylaw_checker_new(&checker, options, NULL) != BYLAW_OK ||
        bylaw_report_new(&report, &wanted, NULL) != BYLAW_OK)
        abort();
    const bylaw_status status = bylaw_checker_read(checker, BYLAW_STR("x"), text, format, diags);
    bool fine = taken(status, diags);

    for (size_t i = 0; fine && i < bylaw_checker_count(checker); i++) {
        const bylaw_result *result = NULL;

        if (bylaw_checker_check(checker, i, &result, diags) != BYLAW_OK)
            summary.failed++;
        else if (bylaw_report_add(report, result) != BYLAW_OK)
            broken("a result is not told");
        else
            summary.verdicts[bylaw_result_verdict(result)]++;
    }
    if ((bylaw_diags_errors(diags) > 0 &&
         bylaw_report_add_errors(report, BYLAW_STR("x"), diags) != BYLAW_OK) ||
        bylaw_report_end(report, &summary) != BYLAW_OK)
        broken("the end is not told");
    const bylaw_diag_style style = {.lang = BYLAW_EN, .codes = true, .excerpts = true};

    if (as == BYLAW_REPORT_TEXT && bylaw_diags_write(diags, &style, add, out) != BYLAW_OK)
        broken("mistakes are not told");
    bylaw_report_free(report);
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
}

static void must_be_json(bylaw_str text, bl_doc_format format)
{
    const bl_source source = {.name = BYLAW_STR("report"), .text = text};
    bl_document doc = {0};
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    if (text.len > 0 && bl_document_read(&doc, &source, format, NULL, &arena, NULL) != BYLAW_OK)
        broken("what is written as JSON is not");
    bl_arena_dispose(&arena);
}

static void check(const bylaw_options *options, bylaw_str text, bylaw_format format)
{
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        output once, again;

        tell(&once, options, text, format, (bylaw_report_format)i);
        tell(&again, options, text, format, (bylaw_report_format)i);
        const bylaw_str first = bl_str_view(&once.text), second = bl_str_view(&again.text);

        if (!bl_str_equal(first, second))
            broken("checked twice, told differently");
        if (i == BYLAW_REPORT_JSON || i == BYLAW_REPORT_SARIF || i == BYLAW_REPORT_GITLAB)
            must_be_json(first, BL_DOC_JSON);
        if (i == BYLAW_REPORT_JSONL)
            must_be_json(first, BL_DOC_JSONL);
        bl_arena_dispose(&once.arena);
        bl_arena_dispose(&again.arena);
    }
}

static void split(bylaw_str text, bylaw_str parts[PARTS])
{
    size_t from = 0, part = PART_YAML;

    for (size_t at = 0; at <= text.len;) {
        size_t end = bl_str_find(text, BYLAW_STR("\n"), at);

        end = end == SIZE_MAX ? text.len : end;
        for (size_t i = 0; i < PARTS; i++) {
            if (!bl_str_is(bl_str_slice(text, at, end), heads[i]))
                continue;
            if (at > from)
                parts[part] = bl_str_slice(text, from, at);
            part = i;
            from = end < text.len ? end + 1 : end;
        }
        at = end + 1;
    }
    if (from < text.len)
        parts[part] = bl_str_slice(text, from, text.len);
}

void fuzz_check(const uint8_t *data, size_t size)
{
    bylaw_str parts[PARTS] = {{NULL, 0}};

    split((bylaw_str){(const char *)data, size}, parts);
    bylaw_ruleset *set = parts[PART_SET].ptr != NULL ? read_set(parts[PART_SET]) : NULL;
    const bylaw_ruleset *sets[] = {set != NULL ? set : own_set()};
    const bylaw_register reg = {BYLAW_STR("r"), parts[PART_REGISTER].ptr != NULL
                                                    ? parts[PART_REGISTER]
                                                    : BYLAW_STR(own_register)};
    const bylaw_options options = {.sets = sets,
                                   .set_count = 1,
                                   .registers = &reg,
                                   .register_count = 1,
                                   .remedies = true,
                                   .grid = true};

    if (parts[PART_YAML].ptr != NULL || (parts[PART_JSON].ptr == NULL && set != NULL) ||
        parts[PART_REGISTER].ptr != NULL)
        check(&options, parts[PART_YAML].ptr != NULL ? parts[PART_YAML] : BYLAW_STR(own_action),
              BYLAW_FORMAT_YAML);
    if (parts[PART_JSON].ptr != NULL)
        check(&options, parts[PART_JSON], BYLAW_FORMAT_JSON);
    bylaw_ruleset_free(set);
}
