/* tests/fuzz/again.c: what a result says of other readings and of other facts, asked of the rules
 * again in the naive way: with the reading fixed, with the facts of the remedy filled in. And what
 * else is told of a single result. */
#include "fuzz.h"

#include "check/check.h"
#include "report/escape.h"
#include "value/date.h"

#define MOST_SETTINGS 16
#define MOST_ASKED    6 /* readings, and remedies of findings, of one result: it has to be fast */

typedef struct asker {
    const bylaw_options *options;
    bylaw_str text;
    bylaw_format format;
    size_t action; /* which of the text */
    size_t set;    /* which of the result's */
    bl_arena arena;
    bylaw_setting settings[MOST_SETTINGS];
    size_t count;
} asker;

/* The set's result of the same action under other options; it lives as long as `checker`. NULL: an
 * evaluation fails, which is no answer. */
static const bl_set_result *ask(const asker *a, const bylaw_options *options,
                                bylaw_checker **checker)
{
    const bylaw_result *result = NULL;
    bylaw_diags *diags = fuzz_diags();

    if (bylaw_checker_new(checker, options, NULL) != BYLAW_OK)
        fuzz_broken("no memory", a->text);
    const bylaw_status status =
        bylaw_checker_read(*checker, BYLAW_STR("x"), a->text, a->format, diags);

    if (!fuzz_taken(status, diags))
        fuzz_broken("refused when it is asked again",
                    bylaw_diags_get(diags, 0)->message.in[BYLAW_EN]);
    if (bylaw_checker_check(*checker, a->action, &result, diags) != BYLAW_OK)
        result = NULL;
    bylaw_diags_free(diags);
    return result != NULL ? &result->sets[a->set] : NULL;
}

/* ---- other readings ---- */

static bool is_plain(bylaw_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        const char c = name.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '.'))
            return false;
    }
    return name.len > 0;
}

static bylaw_str of_set(bl_arena *arena, bylaw_str set, bylaw_str reading)
{
    bl_str out = bl_str_init(arena);

    bl_str_add(&out, set);
    bl_str_addc(&out, ':');
    bl_str_add(&out, reading);
    return bl_str_taken(&out);
}

/* Verdict and outcome that other options are said to give, against those with the options fixed. */
static void compare_reading(asker *a, const bl_set_result *r, const bl_alternative *other)
{
    bylaw_options options = *a->options;
    bylaw_checker *checker = NULL;

    if (other->choice_count > MOST_SETTINGS)
        return;
    for (size_t i = 0; i < other->choice_count; i++) {
        const bl_reading *reading = &r->set->readings[other->choices[i].reading];

        a->settings[i] = (bylaw_setting){of_set(&a->arena, r->set->id, reading->name),
                                         reading->options[other->choices[i].option].name};
    }
    options.readings = a->settings;
    options.reading_count = other->choice_count;
    options.remedies = false;
    const bl_set_result *fixed = ask(a, &options, &checker);

    if (fixed == NULL || fixed->base_verdict != other->verdict || fixed->outcome != other->outcome)
        fuzz_broken("another verdict with the reading fixed", a->settings[0].name);
    bylaw_checker_free(checker);
}

/* ---- other facts ---- */

static bool write_value(bl_str *out, bl_value v);

static bool write_record(bl_str *out, const bl_record *record)
{
    const char *between = "{";

    for (size_t i = 0; i < record->type->field_count; i++) {
        if (record->fields[i].kind == BL_UNKNOWN)
            continue;
        bl_str_addz(out, between);
        bl_str_add(out, record->type->fields[i].name);
        bl_str_addz(out, ": ");
        if (!is_plain(record->type->fields[i].name) || !write_value(out, record->fields[i]))
            return false;
        between = ", ";
    }
    bl_str_addz(out, *between == '{' ? "{}" : "}");
    return true;
}

static bool write_list(bl_str *out, const bl_list *list)
{
    bl_str_addc(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        bl_str_addz(out, i > 0 ? ", " : "");
        if (!write_value(out, list->items[i]))
            return false;
    }
    bl_str_addc(out, ']');
    return true;
}

static bool write_text(bl_str *out, bylaw_str text)
{
    bl_str_addc(out, '"');
    bl_escape_add(out, BL_ESCAPE_JSON, text);
    bl_str_addc(out, '"');
    return text.len > 0; /* left empty it would be unknown */
}

/* As somebody would fill it in. false: nobody could. */
static bool write_value(bl_str *out, bl_value v)
{
    switch ((bl_kind)v.kind) {
    case BL_NULL:
        bl_str_addz(out, "none");
        return true;
    case BL_BOOL:
        bl_str_addz(out, v.as.b ? "true" : "false");
        return true;
    case BL_INT:
        bl_str_addf(out, "%lld", (long long)v.as.i);
        return true;
    case BL_DATE:
        bl_date_write_iso(out, v.as.i);
        return true;
    case BL_FRACTION:
        bl_str_addf(out, "%lld/%lld", (long long)v.as.fraction->num, (long long)v.as.fraction->den);
        return true;
    case BL_STRING:
    case BL_NAME:
    case BL_ENUM:
        return write_text(out, bl_string_of(v));
    case BL_RECORD:
        return write_record(out, v.as.record);
    case BL_LIST:
        return write_list(out, v.as.list);
    default:
        return false;
    }
}

static bool is_of(const bl_change *c, uint32_t slot, size_t element)
{
    return c->slot == slot && c->element == element;
}

/* One element of a list as the remedy has it. */
static bool write_element(bl_str *out, const bl_remedy *remedy, uint32_t slot, bl_value element,
                          size_t index)
{
    bl_value fields[64];
    bl_record changed;

    if (element.kind != BL_RECORD || element.as.record->type->field_count > 64)
        return write_value(out, element);
    changed = (bl_record){element.as.record->type, fields};
    for (size_t i = 0; i < changed.type->field_count; i++)
        fields[i] = element.as.record->fields[i];
    for (size_t i = 0; i < remedy->count; i++) {
        if (is_of(&remedy->changes[i], slot, index) && remedy->changes[i].within)
            fields[remedy->changes[i].field] = remedy->changes[i].value;
    }
    return write_record(out, &changed);
}

/* A list with its elements changed, removed and added. */
static bool write_changed(bl_str *out, const bl_remedy *remedy, uint32_t slot, bl_value list)
{
    const char *between = "";

    bl_str_addc(out, '[');
    for (size_t i = 0; list.kind == BL_LIST && i < list.as.list->count; i++) {
        bool removed = false;

        for (size_t k = 0; k < remedy->count; k++)
            removed = removed || (is_of(&remedy->changes[k], slot, i) &&
                                  remedy->changes[k].kind == BL_CHANGE_REMOVE);
        if (removed)
            continue;
        bl_str_addz(out, between);
        between = ", ";
        if (!write_element(out, remedy, slot, list.as.list->items[i], i))
            return false;
    }
    for (size_t k = 0; k < remedy->count; k++) {
        if (remedy->changes[k].slot != slot || remedy->changes[k].kind != BL_CHANGE_ADD)
            continue;
        bl_str_addz(out, between);
        between = ", ";
        if (!write_value(out, remedy->changes[k].value))
            return false;
    }
    bl_str_addc(out, ']');
    return true;
}

static bool is_set(const asker *a, bylaw_str name)
{
    for (size_t i = 0; i < a->count; i++) {
        if (bl_str_equal(a->settings[i].name, name))
            return true;
    }
    return false;
}

/* The changes as settings. false: not everything can be written so. */
static bool write_changes(asker *a, const bl_set_result *r, const bl_remedy *remedy)
{
    a->count = 0;
    for (size_t i = 0; i < remedy->count; i++) {
        const bl_change *c = &remedy->changes[i];
        bl_str out = bl_str_init(&a->arena);

        if (c->slot < BL_SLOT_FACTS) /* the declared outcome */
            return false;
        const bylaw_str name = r->set->facts[c->slot - BL_SLOT_FACTS].name;
        const bool of_list = c->within || c->kind == BL_CHANGE_ADD || c->kind == BL_CHANGE_REMOVE;

        if (is_set(a, name))
            continue; /* all changes of a list are written together */
        if (a->count == MOST_SETTINGS || !is_plain(name) ||
            !(of_list ? write_changed(&out, remedy, c->slot, r->slots[c->slot])
                      : write_value(&out, c->value)))
            return false;
        a->settings[a->count++] = (bylaw_setting){name, bl_str_taken(&out)};
    }
    return a->count > 0;
}

/* The same action with the changes made; NULL where they cannot be written. */
static const bl_set_result *mend(asker *a, const bl_set_result *r, const bl_remedy *remedy,
                                 bylaw_checker **checker)
{
    bylaw_options options = *a->options;
    bylaw_setting all[2 * MOST_SETTINGS];

    if (remedy == NULL || remedy->kind != BL_REMEDY_CHANGES || options.fact_count > MOST_SETTINGS ||
        !write_changes(a, r, remedy))
        return NULL;
    for (size_t i = 0; i < options.fact_count; i++)
        all[i] = options.facts[i];
    for (size_t i = 0; i < a->count; i++)
        all[options.fact_count + i] = a->settings[i];
    options.facts = all;
    options.fact_count += a->count;
    options.remedies = false;
    return ask(a, &options, checker);
}

static bylaw_str what_was_set(asker *a)
{
    bl_str out = bl_str_init(&a->arena);

    for (size_t i = 0; i < a->count; i++) {
        bl_str_addz(&out, i > 0 ? " " : "");
        bl_str_add(&out, a->settings[i].name);
        bl_str_addc(&out, '=');
        bl_str_add(&out, a->settings[i].value);
    }
    return bl_str_taken(&out);
}

/* What would put the whole action in order does, or leaves only the date to be given. */
static void mend_all(asker *a, const bl_set_result *r)
{
    bylaw_checker *checker = NULL;
    const bl_set_result *after = mend(a, r, r->remedy, &checker);

    if (after != NULL && after->base_verdict != BYLAW_COMPLIANT &&
        (!after->date_matters || after->base_verdict != BYLAW_UNDETERMINED ||
         after->missing_count != 1))
        fuzz_broken("not in order for all the remedy", what_was_set(a));
    bylaw_checker_free(checker);
}

/* What would meet one norm does. */
static void mend_one(asker *a, const bl_set_result *r, size_t i)
{
    bylaw_checker *checker = NULL;
    const bl_set_result *after = mend(a, r, r->findings[i].remedy, &checker);

    if (after != NULL && (!after->governed || after->findings[i].status != BL_SATISFIED))
        fuzz_broken("not met for all the remedy", what_was_set(a));
    bylaw_checker_free(checker);
}

static void ask_about(asker *a, const bl_set_result *r)
{
    size_t asked = 0;

    for (size_t i = 0; i < r->alternative_count && i < MOST_ASKED; i++)
        compare_reading(a, r, &r->alternatives[i]);
    mend_all(a, r);
    for (size_t i = 0; i < r->finding_count && asked < MOST_ASKED; i++) {
        if (r->findings[i].remedy == NULL || r->findings[i].element_count > 0)
            continue;
        mend_one(a, r, i);
        asked++;
    }
}

/* ---- one result ---- */

/* The standings add up, whichever way they are counted. */
static void count(const bylaw_result *result)
{
    size_t by_standing[BYLAW_NORM_VIOLATED + 1] = {0};

    for (size_t i = 0; i < bylaw_result_norm_count(result); i++)
        by_standing[bylaw_result_norm(result, i).standing]++;
    for (int s = 0; s <= BYLAW_NORM_VIOLATED; s++) {
        if (by_standing[s] != bylaw_result_standing_count(result, (bylaw_standing)s))
            fuzz_broken("the standings are counted differently", bylaw_result_file(result));
    }
    if (bylaw_result_verdict(result) == BYLAW_COMPLIANT && by_standing[BYLAW_NORM_VIOLATED] > 0)
        fuzz_broken("compliant with a violation", bylaw_result_file(result));
}

static void explain(const bylaw_result *result, bylaw_lang lang)
{
    fuzz_output out;
    const bylaw_explain_telling telling = {.lang = lang, .write = fuzz_write, .context = &out};

    fuzz_output_open(&out);
    const bylaw_status status = bylaw_explain(result, (bylaw_str){NULL, 0}, &telling, NULL);

    if (status != BYLAW_OK && status != BYLAW_ENOTFOUND)
        fuzz_broken("not explained", bylaw_result_file(result));
    fuzz_must_be_plain(fuzz_told(&out));
    fuzz_output_close(&out);
}

static void need(const bylaw_result *result, bylaw_need_format format)
{
    static const bylaw_report_format alike[] = {[BYLAW_NEED_TEXT] = BYLAW_REPORT_TEXT,
                                                [BYLAW_NEED_CSV] = BYLAW_REPORT_TEXT,
                                                [BYLAW_NEED_JSON] = BYLAW_REPORT_JSON,
                                                [BYLAW_NEED_SVG] = BYLAW_REPORT_JUNIT,
                                                [BYLAW_NEED_HTML] = BYLAW_REPORT_HTML};
    fuzz_output out;
    const bylaw_need_telling telling = {.format = format, .write = fuzz_write, .context = &out};

    fuzz_output_open(&out);
    const bylaw_status status = bylaw_need_result(result, &telling, NULL);

    if (status != BYLAW_OK && status != BYLAW_ENOTFOUND)
        fuzz_broken("what it needs is not told", bylaw_result_file(result));
    if (status == BYLAW_OK && format != BYLAW_NEED_CSV) /* whose lines end in CR and LF */
        fuzz_must_be_format(fuzz_told(&out), alike[format]);
    fuzz_output_close(&out);
}

void fuzz_ask_again(const bylaw_options *options, bylaw_str text, bylaw_format format)
{
    bylaw_diags *diags = fuzz_diags();
    bylaw_checker *checker = NULL;
    asker a = {.options = options, .text = text, .format = format};

    if (bylaw_checker_new(&checker, options, NULL) != BYLAW_OK)
        fuzz_broken("no memory", text);
    if (bylaw_checker_read(checker, BYLAW_STR("x"), text, format, diags) != BYLAW_OK)
        bylaw_diags_clear(diags);
    bl_arena_init(&a.arena, NULL);
    for (a.action = 0; a.action < bylaw_checker_count(checker); a.action++) {
        const bylaw_result *result = NULL;

        if (bylaw_checker_check(checker, a.action, &result, diags) != BYLAW_OK)
            continue;
        count(result);
        for (int k = 0; k < BYLAW_LANGS; k++)
            explain(result, (bylaw_lang)k);
        for (int k = BYLAW_NEED_TEXT; k <= BYLAW_NEED_HTML; k++)
            need(result, (bylaw_need_format)k);
        for (a.set = 0; a.set < result->set_count; a.set++) {
            if (result->sets[a.set].governed)
                ask_about(&a, &result->sets[a.set]);
        }
    }
    bl_arena_dispose(&a.arena);
    bylaw_checker_free(checker);
    bylaw_diags_free(diags);
}
