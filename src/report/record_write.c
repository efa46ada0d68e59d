/* report/record_write.c: a verdict record as JSON: a line for each rule set, file and action, so
 * that what two records differ in is seen line by line. What is not given is left out. */
#include "report/json.h"
#include "report/recorded.h"

/* Where the text goes, piece by piece; a record of a long stream is never held as text. */
typedef struct sink {
    bl_arena *arena; /* of one piece */
    bl_sha256 hash;
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
    bylaw_status status;
} sink;

static void hand_over(sink *s, bl_str *text)
{
    bylaw_str piece;

    if (s->status == BYLAW_OK)
        s->status = bl_str_take(&piece, text);
    if (s->status == BYLAW_OK) {
        bl_sha256_add(&s->hash, piece);
        if (s->write != NULL)
            s->status = s->write(s->context, piece);
    }
    bl_arena_reset(s->arena);
    *text = bl_str_init(s->arena);
}

static void put_texts(bl_json *j, const char *key, const bylaw_str *items, size_t count)
{
    if (count == 0)
        return;
    bl_json_open(j, key, '[');
    for (size_t i = 0; i < count; i++)
        bl_json_text(j, NULL, items[i]);
    bl_json_close(j, ']');
}

/* An object of two texts. */
static void put_pair(bl_json *j, const char *a, bylaw_str of_a, const char *b, bylaw_str of_b)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, a, of_a);
    bl_json_text(j, b, of_b);
    bl_json_close(j, '}');
}

static void put_settings(bl_json *j, const char *key, const bylaw_setting *items, size_t count)
{
    if (count == 0)
        return;
    bl_json_open(j, key, '[');
    for (size_t i = 0; i < count; i++)
        put_pair(j, "name", items[i].name, "value", items[i].value);
    bl_json_close(j, ']');
}

static void put_text(bl_json *j, const char *key, bylaw_str text)
{
    if (text.len > 0)
        bl_json_text(j, key, text);
}

static void put_head(bl_json *j, const bylaw_record *record)
{
    const bylaw_record_options *o = &record->options;

    bl_str_addf(j->out, "{\"schema_version\":%d,\n", BL_RECORD_SCHEMA);
    for (size_t i = 0; i < BL_VERSIONS; i++)
        bl_json_text(j, bl_version_keys[i], record->versions[i]);
    bl_str_addz(j->out, ",\n\"options\":");
    j->comma = false;
    bl_json_open(j, NULL, '{');
    put_texts(j, "rules", o->rules, o->rule_count);
    put_settings(j, "set", o->facts, o->fact_count);
    put_settings(j, "reading", o->readings, o->reading_count);
    put_settings(j, "limit", o->limits, o->limit_count);
    put_text(j, "at", o->at);
    if (o->strict)
        bl_json_bool(j, "strict", true);
    put_texts(j, "select", o->select, o->select_count);
    put_texts(j, "ignore", o->ignore, o->ignore_count);
    put_text(j, "flat", o->flat);
    if (o->ignore_unknown)
        bl_json_bool(j, "ignore_unknown", true);
    if (o->line > 0)
        bl_json_int(j, "line", (int64_t)o->line);
    bl_json_close(j, '}');
}

static void put_set(bl_json *j, const bl_recorded_set *set)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "id", set->id);
    put_text(j, "from", set->from);
    put_text(j, "until", set->until);
    bl_json_text(j, "sha256", set->sha256);
    bl_json_open(j, "uses", '[');
    for (size_t i = 0; i < set->text_count; i++)
        put_pair(j, "name", set->texts[i].name, "sha256", set->texts[i].sha256);
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}

static void put_input(bl_json *j, const bylaw_record_input *input)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "role", bylaw_str_from(bylaw_input_role_name(input->role)));
    bl_json_text(j, "file", input->name);
    if (input->standard_input)
        bl_json_bool(j, "standard_input", true);
    bl_json_text(j, "sha256", input->sha256);
    bl_json_close(j, '}');
}

static void put_finding(bl_json *j, const bl_recorded_finding *f)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "norm", f->norm);
    bl_json_text(j, "status", f->status);
    if (f->choice_count > 0) {
        bl_json_open(j, "readings", '[');
        for (size_t i = 0; i < f->choice_count; i++)
            put_pair(j, "reading", f->choices[i].reading, "option", f->choices[i].option);
        bl_json_close(j, ']');
    }
    put_texts(j, "elements", f->elements, f->element_count);
    bl_json_close(j, '}');
}

static void put_judgement(bl_json *j, const bl_recorded_judgement *r)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "ruleset", r->ruleset);
    bl_json_text(j, "verdict", r->verdict);
    bl_json_text(j, "outcome", r->outcome);
    bl_json_open(j, "findings", '[');
    for (size_t i = 0; i < r->finding_count; i++)
        put_finding(j, &r->findings[i]);
    bl_json_close(j, ']');
    put_texts(j, "gaps", r->gaps, r->gap_count);
    bl_json_close(j, '}');
}

static void put_action(bl_json *j, const bl_recorded_action *action)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "file", action->file);
    bl_json_int(j, "line", (int64_t)action->line);
    for (size_t i = 0; i < BL_FIELDS; i++) {
        if (bl_field_rows[i].boolean)
            bl_json_bool(j, bl_field_rows[i].key, bl_str_is(action->fields[i], "true"));
        else
            put_text(j, bl_field_rows[i].key, action->fields[i]);
    }
    bl_json_open(j, "rules", '[');
    for (size_t i = 0; i < action->set_count; i++)
        put_judgement(j, &action->sets[i]);
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}

/* Begins the i-th line of a list. */
static bl_json item(bl_str *out, size_t i)
{
    bl_str_addz(out, i > 0 ? ",\n" : "\n");
    return (bl_json){.out = out};
}

bylaw_status bl_record_put(bylaw_record *record, bylaw_status (*write)(void *, bylaw_str),
                           void *context, char sha256[BL_SHA256_HEX])
{
    sink s = {&record->scratch, {{0}}, write, context, BYLAW_OK};
    bl_str out = bl_str_init(&record->scratch);
    bl_json j = {.out = &out};

    bl_record_seal(record);
    if (!bl_sha256_init(&s.hash))
        return BYLAW_ENOMEM;
    put_head(&j, record);
    bl_str_addz(&out, ",\n\"rulesets\":[");
    for (size_t i = 0; i < record->sets.count; i++) {
        j = item(&out, i);
        put_set(&j, &record->sets.items[i]);
    }
    bl_str_addz(&out, "\n],\n\"inputs\":[");
    for (size_t i = 0; i < record->inputs.count; i++) {
        j = item(&out, i);
        put_input(&j, &record->inputs.items[i].of);
    }
    bl_str_addz(&out, "\n],\n\"actions\":[");
    for (size_t i = 0; i < record->actions.count; i++) {
        j = item(&out, i);
        put_action(&j, &record->actions.items[i]);
        hand_over(&s, &out);
    }
    bl_str_addz(&out, "\n]");
    hand_over(&s, &out);
    bl_sha256_end(&s.hash, sha256);
    return record->arena.failed || record->scratch.failed ? BYLAW_ENOMEM : s.status;
}

bylaw_status bylaw_record_write(bylaw_record *record,
                                bylaw_status (*write)(void *context, bylaw_str text), void *context)
{
    char sha256[BL_SHA256_HEX];
    bylaw_status status = bl_record_put(record, write, context, sha256);
    bl_str end = bl_str_init(&record->scratch);
    bylaw_str text;

    bl_str_addf(&end, ",\n\"sha256\":\"%s\"}\n", sha256);
    if (status == BYLAW_OK && (status = bl_str_take(&text, &end)) == BYLAW_OK)
        status = write(context, text);
    bl_arena_reset(&record->scratch);
    return status;
}
