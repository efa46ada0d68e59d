/* tests/fuzz/json_target.c: any bytes as JSON. Our reader takes what jansson takes, with the same
 * values, but for what it refuses with a limit; as an action it is checked like any other; and flat
 * records that are read without a tree come out as the tree reader has them. */
#include "fuzz.h"

#include "check/records.h"
#include "doc/document.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- against jansson ---- */

static bool same_text(bylaw_str text, const char *bytes, size_t len)
{
    return bl_str_equal(text, (bylaw_str){bytes, len});
}

/* A number of ours is its text. */
static bool same_number(bylaw_str text, const json_t *value)
{
    char copy[1000], *end;

    if (text.len >= sizeof copy)
        return true;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    if (json_is_integer(value))
        return strtoll(copy, &end, 10) == json_integer_value(value) && *end == '\0';
    const double there = json_real_value(value), here = strtod(copy, &end);

    return *end == '\0' && memcmp(&here, &there, sizeof here) == 0;
}

static bool same_scalar(const bl_doc_node *node, const json_t *value)
{
    const char *word = json_is_true(value)    ? "true"
                       : json_is_false(value) ? "false"
                       : json_is_null(value)  ? "null"
                                              : NULL;

    if (node->shape != BL_DOC_SCALAR)
        return false;
    if (json_is_string(value))
        return node->quoted &&
               same_text(node->text, json_string_value(value), json_string_length(value));
    if (node->quoted || node->number != (json_is_number(value) != 0))
        return false;
    return word != NULL ? bl_str_is(node->text, word) : same_number(node->text, value);
}

static bool same_value(const bl_doc_node *node, json_t *value);

static bool same_object(const bl_doc_node *node, json_t *object)
{
    const char *key;
    json_t *value;
    size_t i = 0;

    if (node->shape != BL_DOC_MAP || node->count != json_object_size(object))
        return false;
    json_object_foreach(object, key, value)
    {
        const bl_doc_pair *pair = &node->pairs[i++];

        if (!same_text(pair->key->text, key, strlen(key)) || !same_value(pair->value, value))
            return false;
    }
    return true;
}

static bool same_value(const bl_doc_node *node, json_t *value)
{
    if (json_is_object(value))
        return same_object(node, value);
    if (!json_is_array(value))
        return same_scalar(node, value);
    if (node->shape != BL_DOC_SEQ || node->count != json_array_size(value))
        return false;
    for (size_t i = 0; i < node->count; i++) {
        if (!same_value(node->items[i], json_array_get(value, i)))
            return false;
    }
    return true;
}

/* What jansson cannot hold, and JSON allows: numbers beyond 64 bits or a double, NUL in a key. */
static bool beyond_jansson(const json_error_t *error)
{
    const enum json_error_code code = json_error_code(error);

    return code == json_error_numeric_overflow || code == json_error_null_byte_in_key ||
           code == json_error_stack_overflow;
}

static void compare_readers(bylaw_str text)
{
    const bl_source source = {.name = BYLAW_STR("x.json"), .text = text};
    bylaw_diags *diags = fuzz_diags();
    json_error_t error;
    bl_document doc = {0};
    bl_arena arena;

    /* a byte order mark may stand before JSON (RFC 8259, 8.1): we pass over it, jansson does not */
    const size_t mark = bl_str_starts(text, BYLAW_STR("\xEF\xBB\xBF")) ? 3 : 0;

    bl_arena_init(&arena, NULL);
    const bylaw_status status = bl_document_read(&doc, &source, BL_DOC_JSON, NULL, &arena, diags);
    json_t *value = json_loadb(text.len > 0 ? text.ptr + mark : "", text.len - mark,
                               JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

    fuzz_taken(status, diags);
    if (status == BYLAW_OK && doc.count == 1 && value == NULL && !beyond_jansson(&error))
        fuzz_broken("jansson refuses", text);
    if (status == BYLAW_EINPUT && value != NULL)
        fuzz_broken("jansson takes", text);
    if (status == BYLAW_OK && value != NULL && !same_value(doc.roots[0], value))
        fuzz_broken("jansson reads otherwise", text);
    json_decref(value);
    bl_arena_dispose(&arena);
    fuzz_drop(diags);
}

/* ---- flat records, with and without a tree ---- */

static bylaw_status find_records(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    (void)context;
    *text = BYLAW_STR(records_provisions);
    *shown = name;
    return bl_str_is(name, "provisions/records.yaml") ? BYLAW_OK : BYLAW_ENOTFOUND;
}

static const bylaw_ruleset *records_set(void)
{
    static const bylaw_resolver resolver = {find_records, NULL};
    static bylaw_ruleset *set;

    if (set == NULL && bylaw_ruleset_read(&set, BYLAW_STR("records.yaml"), BYLAW_STR(records_rules),
                                          &resolver, NULL, NULL) != BYLAW_OK)
        fuzz_broken("the rule set of records is refused", BYLAW_STR(""));
    return set;
}

/* An empty register alone sends every record to the tree reader. */
static void tell_records(fuzz_output *out, bylaw_str text, bool tree, bool ignore)
{
    static const bylaw_lang lang = BYLAW_EN;
    static const bylaw_register nothing = {{"r", 1}, {"facts: {}\n", 10}};
    const bylaw_ruleset *sets[] = {records_set()};
    const bylaw_options options = {.sets = sets,
                                   .set_count = 1,
                                   .flat = BYLAW_STR("kind"),
                                   .ignore_unknown = ignore,
                                   .registers = &nothing,
                                   .register_count = tree};
    const bylaw_report_options wanted = {.format = BYLAW_REPORT_JSON,
                                         .langs = &lang,
                                         .lang_count = 1,
                                         .verbosity = 1,
                                         .write = fuzz_write,
                                         .context = out};
    const bylaw_diag_style style = {.lang = BYLAW_EN, .codes = true, .excerpts = true};
    const bylaw_summary summary = {.failed = 0};
    bylaw_checker *checker = NULL;
    bylaw_report *report = NULL;
    bylaw_diags *diags = fuzz_diags();

    fuzz_output_open(out);
    if (bylaw_checker_new(&checker, &options, NULL) != BYLAW_OK ||
        bylaw_report_new(&report, &wanted, NULL) != BYLAW_OK)
        fuzz_broken("no memory", BYLAW_STR(""));
    if (fuzz_taken(
            bylaw_checker_read(checker, BYLAW_STR("x.jsonl"), text, BYLAW_FORMAT_JSONL, diags),
            diags)) {
        for (size_t i = 0; i < bylaw_checker_count(checker); i++) {
            const bylaw_result *result = NULL;

            if (bylaw_checker_check(checker, i, &result, diags) == BYLAW_OK &&
                bylaw_report_add(report, result) != BYLAW_OK)
                fuzz_broken("a result is not told", text);
        }
    }
    if (bylaw_report_end(report, &summary) != BYLAW_OK ||
        bylaw_diags_write(diags, &style, fuzz_write, out) != BYLAW_OK)
        fuzz_broken("the end is not told", text);
    bylaw_report_free(report);
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
}

static void compare_records(bylaw_str text, bool ignore)
{
    fuzz_output with, without;

    tell_records(&without, text, false, ignore);
    tell_records(&with, text, true, ignore);
    fuzz_same_output(&without, &with, "with and without a tree");
}

void fuzz(const uint8_t *data, size_t size)
{
    const bylaw_str text = {(const char *)data, size};
    const bylaw_ruleset *sets[] = {fuzz_own_set()};
    const bylaw_options options = {.sets = sets, .set_count = 1, .load = fuzz_load};

    compare_readers(text);
    compare_records(text, false);
    compare_records(text, true);
    fuzz_check_actions(&options, text, BYLAW_FORMAT_JSON, FUZZ_FEW_FORMATS);
    fuzz_check_actions(&options, text, BYLAW_FORMAT_JSONL, 1u << BYLAW_REPORT_JSONL);
}
