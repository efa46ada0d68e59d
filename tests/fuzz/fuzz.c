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

void fuzz_placed(const bylaw_diags *diags)
{
    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);

        if (d->file.len == 0 || d->line == 0 || d->column == 0)
            fuzz_broken("a mistake without a place", d->message.in[BYLAW_EN]);
    }
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

bylaw_str fuzz_told(const fuzz_output *out)
{
    return bl_str_view(&out->text);
}

void fuzz_same_output(fuzz_output *once, fuzz_output *again, const char *what)
{
    if (!bl_str_equal(fuzz_told(once), fuzz_told(again)))
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

/* One run over a text: a report a format, and what each has written. */
typedef struct run {
    const bylaw_options *options;
    const fuzz_manner *manner;
    bylaw_str text;
    bylaw_format format;
    bool other_way; /* with a checker that has other actions behind it, and in two parts */
    bylaw_report *reports[BYLAW_REPORT_FORMATS], *parts[BYLAW_REPORT_FORMATS];
    fuzz_output told[BYLAW_REPORT_FORMATS], told_apart[BYLAW_REPORT_FORMATS];
    bylaw_summary summary;
    bylaw_diags *diags;
} run;

static bool is_wanted(const run *r, int format)
{
    return (r->manner->formats >> format & 1) != 0;
}

static void open_report(const run *r, int format, bool single, bylaw_report **out,
                        fuzz_output *output)
{
    static const bylaw_lang chinese_first[] = {BYLAW_ZH, BYLAW_EN};
    static const bylaw_lang english_first[] = {BYLAW_EN, BYLAW_ZH};
    const bool both = format == BYLAW_REPORT_TEXT || format == BYLAW_REPORT_MARKDOWN ||
                      format == BYLAW_REPORT_HTML;
    const bylaw_report_options wanted = {
        .format = (bylaw_report_format)format,
        .langs = r->manner->english ? english_first : chinese_first,
        .lang_count = 1 + both,
        .verbosity = r->manner->verbosity,
        .single = single,
        .template_text = BYLAW_STR("{file}:{line} {kind} {date} {verdict} {outcome} {violated} {"
                                   "present}"),
        .write = fuzz_write,
        .context = output};

    fuzz_output_open(output);
    if (bylaw_report_new(out, &wanted, NULL) != BYLAW_OK)
        fuzz_broken("no memory", BYLAW_STR(""));
}

static void open_reports(run *r, bool single)
{
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        if (!is_wanted(r, i))
            continue;
        open_report(r, i, single, &r->reports[i], &r->told[i]);
        if (r->other_way && !single && bylaw_report_format_joins((bylaw_report_format)i))
            open_report(r, i, single, &r->parts[i], &r->told_apart[i]);
    }
}

/* The second half of the results goes to the parts. */
static void add_to_reports(run *r, const bylaw_result *result, bool second_half)
{
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        bylaw_report *to = second_half && r->parts[i] != NULL ? r->parts[i] : r->reports[i];

        if (to != NULL && bylaw_report_add(to, result) != BYLAW_OK)
            fuzz_broken("a result is not told", BYLAW_STR(""));
    }
}

static void end_report(run *r, int i)
{
    const bylaw_diag_style style = {.lang = BYLAW_EN, .codes = true, .excerpts = true};

    if (r->parts[i] != NULL) {
        (void)fuzz_write(&r->told[i], fuzz_told(&r->told_apart[i]));
        if (bylaw_report_join(r->reports[i], r->parts[i]) != BYLAW_OK)
            fuzz_broken("two parts are not joined", BYLAW_STR(""));
        bylaw_report_free(r->parts[i]);
        fuzz_output_close(&r->told_apart[i]);
    }
    if ((bylaw_diags_errors(r->diags) > 0 &&
         bylaw_report_add_errors(r->reports[i], BYLAW_STR("x"), r->diags) != BYLAW_OK) ||
        bylaw_report_end(r->reports[i], &r->summary) != BYLAW_OK)
        fuzz_broken("the end is not told", BYLAW_STR(""));
    bylaw_report_free(r->reports[i]);
    if (i == BYLAW_REPORT_TEXT &&
        bylaw_diags_write(r->diags, &style, fuzz_write, &r->told[i]) != BYLAW_OK)
        fuzz_broken("mistakes are not told", BYLAW_STR(""));
}

static void check_one(run *r, bylaw_checker *checker, size_t i, size_t count)
{
    const size_t told = bylaw_diags_errors(r->diags);
    const bylaw_result *result = NULL;
    const bylaw_status status = bylaw_checker_check(checker, i, &result, r->diags);

    if (status != BYLAW_OK) {
        if (status == BYLAW_ENOMEM || bylaw_diags_errors(r->diags) == told)
            fuzz_broken("not checked, without a reason", BYLAW_STR(""));
        r->summary.failed++;
        return;
    }
    const char *differs = twin_differs(result);

    if (differs != NULL)
        fuzz_broken("the twin says otherwise", bylaw_str_from(differs));
    add_to_reports(r, result, i >= count / 2);
    bylaw_result_unused_waivers(result, r->diags);
    if (bylaw_result_not_governed(result, BYLAW_WARNING, r->diags) != BYLAW_OK)
        fuzz_broken("why it is not governed is not told", BYLAW_STR(""));
    r->summary.verdicts[bylaw_result_verdict(result)]++;
}

/* What is checked before leaves nothing behind: another text, then all of this one backwards. */
static void check_others(bylaw_checker *checker, const run *r)
{
    static const char others[] =
        "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
        "facts: {members: 8, vote: {yes: 5, no: 2}, announced: yes}\n";
    const bylaw_result *result = NULL;
    bylaw_diags *diags = fuzz_diags();

    if (bylaw_checker_read(checker, BYLAW_STR("y"), BYLAW_STR(others), BYLAW_FORMAT_YAML, diags) ==
            BYLAW_OK &&
        bylaw_checker_count(checker) > 0)
        fuzz_taken(bylaw_checker_check(checker, 0, &result, diags), diags);
    bylaw_diags_clear(diags);
    if (bylaw_checker_read(checker, BYLAW_STR("x"), r->text, r->format, diags) == BYLAW_OK) {
        for (size_t i = bylaw_checker_count(checker); i-- > 0;)
            (void)!bylaw_checker_check(checker, i, &result, diags);
    }
    bylaw_checker_forget(checker);
    fuzz_drop(diags);
}

/* Everything about the text, in every format: reports, then mistakes. */
static void tell(run *r)
{
    bylaw_checker *checker = NULL;

    r->diags = fuzz_diags();
    if (bylaw_checker_new(&checker, r->options, NULL) != BYLAW_OK)
        fuzz_broken("no memory", BYLAW_STR(""));
    if (r->other_way)
        check_others(checker, r);
    if (fuzz_taken(bylaw_checker_read(checker, BYLAW_STR("x"), r->text, r->format, r->diags),
                   r->diags)) {
        const size_t count = bylaw_checker_count(checker);

        open_reports(r, count == 1);
        for (size_t i = 0; i < count; i++)
            check_one(r, checker, i, count);
        bylaw_checker_unused(checker, r->diags);
    } else {
        open_reports(r, false);
    }
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        if (is_wanted(r, i))
            end_report(r, i);
    }
    bylaw_checker_free(checker);
    bylaw_diags_free(r->diags);
}

void fuzz_check_and_tell(const bylaw_options *options, bylaw_str text, bylaw_format format,
                         const fuzz_manner *manner)
{
    run once = {.options = options, .manner = manner, .text = text, .format = format};
    run again = once;

    again.other_way = true;
    tell(&once);
    tell(&again);
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        if (!is_wanted(&once, i))
            continue;
        fuzz_must_be_format(fuzz_told(&once.told[i]), (bylaw_report_format)i);
        fuzz_same_output(&once.told[i], &again.told[i],
                         bylaw_report_format_name((bylaw_report_format)i));
    }
}

void fuzz_check_actions(const bylaw_options *options, bylaw_str text, bylaw_format format,
                        unsigned formats)
{
    const fuzz_manner manner = {.formats = formats, .verbosity = 1};

    fuzz_check_and_tell(options, text, format, &manner);
}
