/* tests/fuzz/fuzz.c: see fuzz.h. */
#include "fuzz.h"

#include "check/twin.h"
#include "doc/document.h"

#include <stdio.h>
#include <stdlib.h>

#define FIXTURE   BYLAW_SOURCE_DIR "/tests/fixtures/wcasp/"
#define MAX_FILE  ((size_t)1 << 20)
#define MAX_NAMED 16

void fuzz_broken(const char *what, bylaw_str text)
{
    fprintf(stderr, "%s: %.*s\n", what, (int)text.len, text.len > 0 ? text.ptr : "");
    abort();
}

/* ---- texts ---- */

static size_t head_of(bylaw_str line, const char *const *heads, size_t count)
{
    size_t i = 0;

    while (i < count && !bl_str_is(line, heads[i]))
        i++;
    return i;
}

void fuzz_split(bylaw_str text, const char *const *heads, bylaw_str *parts, size_t count)
{
    size_t from = 0, part = 0;

    for (size_t i = 0; i < count; i++)
        parts[i] = (bylaw_str){NULL, 0};
    for (size_t at = 0; at <= text.len;) {
        size_t end = bl_str_find(text, BYLAW_STR("\n"), at);

        end = end == SIZE_MAX ? text.len : end;
        const size_t next = head_of(bl_str_slice(text, at, end), heads, count);

        if (next < count) {
            if (at > from)
                parts[part] = bl_str_slice(text, from, at);
            part = next;
            from = end < text.len ? end + 1 : end;
        }
        at = end + 1;
    }
    if (from < text.len)
        parts[part] = bl_str_slice(text, from, text.len);
}

static bylaw_str file_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(MAX_FILE);

    if (file == NULL || bytes == NULL)
        fuzz_broken("cannot read", bylaw_str_from(path));
    const size_t size = fread(bytes, 1, MAX_FILE, file);

    fclose(file);
    return (bylaw_str){bytes, size};
}

/* ---- mistakes ---- */

bool fuzz_taken(bylaw_status status, const bylaw_diags *diags)
{
    if (status == BYLAW_ENOMEM)
        fuzz_broken("no memory", BYLAW_STR(""));
    if (status != BYLAW_OK && bylaw_diags_errors(diags) == 0)
        fuzz_broken("refused without a reason", BYLAW_STR(""));
    if (status == BYLAW_OK && bylaw_diags_errors(diags) > 0)
        fuzz_broken("taken with mistakes", bylaw_diags_get(diags, 0)->message.in[BYLAW_EN]);
    return status == BYLAW_OK;
}

bylaw_diags *fuzz_diags(void)
{
    bylaw_diags *diags = NULL;

    if (bylaw_diags_new(&diags, NULL) != BYLAW_OK)
        fuzz_broken("no memory", BYLAW_STR(""));
    return diags;
}

static bylaw_status nowhere(void *context, bylaw_str text)
{
    (void)context;
    (void)text;
    return BYLAW_OK;
}

void fuzz_drop(bylaw_diags *diags)
{
    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        const bylaw_diag_style style = {.lang = (bylaw_lang)lang, .codes = true, .excerpts = true};

        if (bylaw_diags_write(diags, &style, nowhere, NULL) != BYLAW_OK)
            fuzz_broken("mistakes are not told", BYLAW_STR(""));
    }
    bylaw_diags_free(diags);
}

/* ---- rule sets ---- */

static bylaw_status find_text(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    static bylaw_str vocabulary, provisions; /* read once, kept until the end */
    const fuzz_beside *given = context;

    if (vocabulary.ptr == NULL) {
        vocabulary = file_text(FIXTURE "vocabulary/assembly.yaml");
        provisions = file_text(FIXTURE "provisions/wcasp.yaml");
    }
    *shown = name;
    if (bl_str_is(name, "vocabulary/assembly.yaml"))
        *text = given != NULL && given->vocabulary.ptr != NULL ? given->vocabulary : vocabulary;
    else if (bl_str_is(name, "provisions/wcasp.yaml"))
        *text = given != NULL && given->provisions.ptr != NULL ? given->provisions : provisions;
    else
        return BYLAW_ENOTFOUND;
    return BYLAW_OK;
}

bylaw_ruleset *fuzz_read_set(bylaw_str text, const fuzz_beside *beside)
{
    const bylaw_resolver resolver = {find_text, (void *)(uintptr_t)beside};
    bylaw_diags *diags = fuzz_diags();
    bylaw_ruleset *set = NULL;

    if (fuzz_taken(bylaw_ruleset_read(&set, BYLAW_STR("wcasp.yaml"), text, &resolver, NULL, diags),
                   diags) &&
        bylaw_ruleset_lint(set, NULL, diags) != BYLAW_OK)
        fuzz_broken("lint fails", BYLAW_STR(""));
    fuzz_drop(diags);
    return set;
}

const bylaw_ruleset *fuzz_own_set(void)
{
    static bylaw_ruleset *set; /* leaks nothing: it is reachable until the end */
    static bylaw_str text;

    if (set == NULL) {
        text = file_text(FIXTURE "wcasp.yaml");
        set = fuzz_read_set(text, NULL);
    }
    if (set == NULL)
        fuzz_broken("the project's own rule set is refused", text);
    return set;
}

bylaw_status fuzz_load(void *context, bylaw_str name, bylaw_str file, const bylaw_ruleset **out,
                       bylaw_diags *diags)
{
    static bylaw_ruleset *sets[MAX_NAMED];

    (void)context;
    (void)file;
    for (size_t i = 0; i < bylaw_bundled_count() && i < MAX_NAMED; i++) {
        if (!bl_str_equal(bylaw_bundled_name(i), name))
            continue;
        if (sets[i] == NULL && bylaw_ruleset_bundled(&sets[i], name, NULL, diags) != BYLAW_OK)
            fuzz_broken("a bundled set is refused", name);
        *out = sets[i];
        return BYLAW_OK;
    }
    return BYLAW_ENOTFOUND;
}

/* ---- what is written ---- */

void fuzz_output_open(fuzz_output *out)
{
    bl_arena_init(&out->arena, NULL);
    out->text = bl_str_init(&out->arena);
}

bylaw_status fuzz_write(void *output, bylaw_str text)
{
    fuzz_output *out = output;

    bl_str_add(&out->text, text);
    return BYLAW_OK;
}

void fuzz_output_close(fuzz_output *out)
{
    bl_arena_dispose(&out->arena);
}

void fuzz_same_output(fuzz_output *once, fuzz_output *again, const char *what)
{
    const bylaw_str first = bl_str_view(&once->text), second = bl_str_view(&again->text);

    if (!bl_str_equal(first, second))
        fuzz_broken("told twice, differently", bylaw_str_from(what));
    fuzz_output_close(once);
    fuzz_output_close(again);
}

void fuzz_must_be_json(bylaw_str text, bool lines)
{
    const bl_source source = {.name = BYLAW_STR("report"), .text = text};
    bl_document doc = {0};
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    if (text.len > 0 && bl_document_read(&doc, &source, lines ? BL_DOC_JSONL : BL_DOC_JSON, NULL,
                                         &arena, NULL) != BYLAW_OK)
        fuzz_broken("what is written as JSON is not", text);
    bl_arena_dispose(&arena);
}

/* ---- actions ---- */

static void check_one(bylaw_checker *checker, size_t i, bylaw_report *report,
                      bylaw_summary *summary, bylaw_diags *diags)
{
    const size_t told = bylaw_diags_errors(diags);
    const bylaw_result *result = NULL;
    const bylaw_status status = bylaw_checker_check(checker, i, &result, diags);

    if (status != BYLAW_OK) {
        if (status == BYLAW_ENOMEM || bylaw_diags_errors(diags) == told)
            fuzz_broken("not checked, without a reason", BYLAW_STR(""));
        summary->failed++;
        return;
    }
    const char *differs = twin_differs(result);

    if (differs != NULL)
        fuzz_broken("the twin says otherwise", bylaw_str_from(differs));
    if (bylaw_report_add(report, result) != BYLAW_OK)
        fuzz_broken("a result is not told", BYLAW_STR(""));
    bylaw_result_unused_waivers(result, diags);
    summary->verdicts[bylaw_result_verdict(result)]++;
}

/* Everything about the text, in one format: reports, then mistakes. */
static void tell(fuzz_output *out, const bylaw_options *options, bylaw_str text,
                 bylaw_format format, bylaw_report_format as)
{
    static const bylaw_lang langs[] = {BYLAW_ZH, BYLAW_EN};
    const bylaw_report_options wanted = {.format = as,
                                         .langs = langs,
                                         .lang_count = 1 + (as == BYLAW_REPORT_TEXT),
                                         .verbosity = 1,
                                         .template_text = BYLAW_STR("{verdict} {violated}"),
                                         .write = fuzz_write,
                                         .context = out};
    bylaw_summary summary = {.failed = 0};
    bylaw_checker *checker = NULL;
    bylaw_report *report = NULL;
    bylaw_diags *diags = fuzz_diags();

    fuzz_output_open(out);
    if (bylaw_checker_new(&checker, options, NULL) != BYLAW_OK ||
        bylaw_report_new(&report, &wanted, NULL) != BYLAW_OK)
        fuzz_broken("no memory", BYLAW_STR(""));
    if (fuzz_taken(bylaw_checker_read(checker, BYLAW_STR("x"), text, format, diags), diags)) {
        for (size_t i = 0; i < bylaw_checker_count(checker); i++)
            check_one(checker, i, report, &summary, diags);
        bylaw_checker_unused(checker, diags);
    }
    if ((bylaw_diags_errors(diags) > 0 &&
         bylaw_report_add_errors(report, BYLAW_STR("x"), diags) != BYLAW_OK) ||
        bylaw_report_end(report, &summary) != BYLAW_OK)
        fuzz_broken("the end is not told", BYLAW_STR(""));
    const bylaw_diag_style style = {.lang = BYLAW_EN, .codes = true, .excerpts = true};

    if (as == BYLAW_REPORT_TEXT && bylaw_diags_write(diags, &style, fuzz_write, out) != BYLAW_OK)
        fuzz_broken("mistakes are not told", BYLAW_STR(""));
    bylaw_report_free(report);
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
}

void fuzz_check_actions(const bylaw_options *options, bylaw_str text, bylaw_format format,
                        unsigned formats)
{
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        fuzz_output once, again;

        if ((formats >> i & 1) == 0)
            continue;
        tell(&once, options, text, format, (bylaw_report_format)i);
        tell(&again, options, text, format, (bylaw_report_format)i);
        const bylaw_str told = bl_str_view(&once.text);

        if (i == BYLAW_REPORT_JSON || i == BYLAW_REPORT_SARIF || i == BYLAW_REPORT_GITLAB)
            fuzz_must_be_json(told, false);
        if (i == BYLAW_REPORT_JSONL)
            fuzz_must_be_json(told, true);
        fuzz_same_output(&once, &again, bylaw_report_format_name((bylaw_report_format)i));
    }
}
