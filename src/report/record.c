/* report/record.c: a verdict record being put together; see bylaw/record.h. */
#include "report/json.h"
#include "report/recorded.h"
#include "value/date.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- the words of a record ---- */

const char *const bl_version_keys[BL_VERSIONS] = {"bylaw", "yaml", "icu"};

const bl_field_row bl_field_rows[BL_FIELDS] = {
    [BL_FIELD_KIND] = {.key = "kind", .required = true, .content = true},
    [BL_FIELD_DATE] = {.key = "date", .content = true},
    [BL_FIELD_AS_OF] = {.key = "as_of", .content = true},
    [BL_FIELD_FACTS] = {.key = "facts", .required = true, .content = true},
    [BL_FIELD_VERDICT] = {.key = "verdict", .required = true},
    [BL_FIELD_OUTCOME] = {.key = "outcome", .required = true},
    [BL_FIELD_FIRM] = {.key = "firm", .required = true, .boolean = true},
};

const char *bylaw_input_role_name(bylaw_input_role role)
{
    static const char *const names[] = {"action", "register", "named", "waivers", "rules"};

    return names[role];
}

/* ---- a new record ---- */

static bool copy_texts(bl_arena *arena, const bylaw_str **list, size_t count)
{
    bylaw_str *copy = BL_NEW_N(arena, bylaw_str, count + 1);

    for (size_t i = 0; copy != NULL && i < count; i++) {
        if (!bl_arena_copy(arena, &copy[i], (*list)[i]))
            return false;
    }
    *list = copy;
    return copy != NULL;
}

static bool copy_settings(bl_arena *arena, const bylaw_setting **list, size_t count)
{
    bylaw_setting *copy = BL_NEW_N(arena, bylaw_setting, count + 1);

    for (size_t i = 0; copy != NULL && i < count; i++) {
        if (!bl_arena_copy(arena, &copy[i].name, (*list)[i].name) ||
            !bl_arena_copy(arena, &copy[i].value, (*list)[i].value))
            return false;
    }
    *list = copy;
    return copy != NULL;
}

static int text_order(const void *a, const void *b)
{
    return bl_str_compare(*(const bylaw_str *)a, *(const bylaw_str *)b);
}

/* Sets and patterns mean the same in any order; of several settings of one name the last counts. */
static bool copy_options(bylaw_record *record, const bylaw_record_options *options)
{
    bylaw_record_options *o = &record->options;

    *o = *options;
    if (!copy_texts(&record->arena, &o->rules, o->rule_count) ||
        !copy_texts(&record->arena, &o->select, o->select_count) ||
        !copy_texts(&record->arena, &o->ignore, o->ignore_count) ||
        !copy_settings(&record->arena, &o->facts, o->fact_count) ||
        !copy_settings(&record->arena, &o->readings, o->reading_count) ||
        !copy_settings(&record->arena, &o->limits, o->limit_count) ||
        !bl_arena_copy(&record->arena, &o->at, options->at) ||
        !bl_arena_copy(&record->arena, &o->flat, options->flat))
        return false;
    qsort((bylaw_str *)(uintptr_t)o->rules, o->rule_count, sizeof *o->rules, text_order);
    qsort((bylaw_str *)(uintptr_t)o->select, o->select_count, sizeof *o->select, text_order);
    qsort((bylaw_str *)(uintptr_t)o->ignore, o->ignore_count, sizeof *o->ignore, text_order);
    return true;
}

bylaw_status bylaw_record_new(bylaw_record **out, const bylaw_record_options *options,
                              const bylaw_allocator *allocator)
{
    bylaw_record *record = bl_new(allocator, sizeof *record);

    if (record == NULL)
        return BYLAW_ENOMEM;
    record->allocator = bl_allocator_or_default(allocator);
    bl_arena_init(&record->arena, allocator);
    bl_arena_init(&record->scratch, allocator);
    record->names = bl_map_init(&record->arena);
    record->versions[BL_VERSION_PROGRAM] = bylaw_str_from(bylaw_version());
    record->versions[BL_VERSION_YAML] = bylaw_str_from(bylaw_library_version(BYLAW_LIBRARY_YAML));
    record->versions[BL_VERSION_ICU] = bylaw_str_from(bylaw_library_version(BYLAW_LIBRARY_ICU));
    if (!copy_options(record, options)) {
        bylaw_record_free(record);
        return BYLAW_ENOMEM;
    }
    *out = record;
    return BYLAW_OK;
}

void bylaw_record_free(bylaw_record *record)
{
    if (record == NULL)
        return;
    const bylaw_allocator allocator = record->allocator;

    bl_arena_dispose(&record->arena);
    bl_arena_dispose(&record->scratch);
    bl_free(&allocator, record, sizeof *record);
}

/* ---- files ---- */

bylaw_status bylaw_record_file(size_t *out, bylaw_record *record, bylaw_input_role role,
                               bylaw_str shown, bylaw_str name, bool standard_input)
{
    bl_recorded_input input = {.of = {.role = role, .standard_input = standard_input},
                               .open = true};
    bylaw_str *kept = BL_NEW(&record->arena, bylaw_str);

    assert(!record->sealed);
    if (kept == NULL || !bl_sha256_init(&input.hash) ||
        !bl_arena_copy(&record->arena, kept, name) ||
        !bl_arena_copy(&record->arena, &shown, shown) || !bl_map_put(&record->names, shown, kept))
        return BYLAW_ENOMEM;
    input.of.name = *kept;
    if (!bl_vec_push(&record->arena, &record->inputs, input))
        return BYLAW_ENOMEM;
    *out = record->inputs.count - 1;
    return BYLAW_OK;
}

void bylaw_record_text(bylaw_record *record, size_t file, bylaw_str text)
{
    assert(!record->sealed && file < record->inputs.count);
    bl_sha256_add(&record->inputs.items[file].hash, text);
}

static void end_inputs(bylaw_record *record)
{
    char hex[BL_SHA256_HEX];

    for (size_t i = 0; i < record->inputs.count; i++) {
        bl_recorded_input *input = &record->inputs.items[i];

        if (!input->open)
            continue;
        input->open = false;
        bl_sha256_end(&input->hash, hex);
        (void)bl_arena_copy(&record->arena, &input->of.sha256, bylaw_str_from(hex));
    }
}

/* ---- results ---- */

static bylaw_str date_text(bl_arena *arena, int64_t days)
{
    bl_str out = bl_str_init(arena);

    bl_date_write_iso(&out, days);
    return bl_str_taken(&out);
}

static bylaw_str day(bl_arena *arena, int64_t days, int64_t none)
{
    return days == none ? (bylaw_str){NULL, 0} : date_text(arena, days);
}

static bool add_set(bylaw_record *record, const bylaw_ruleset *set)
{
    for (size_t i = 0; i < record->sets.count; i++) {
        if (bl_str_equal(record->sets.items[i].id, set->id) &&
            bl_str_equal(record->sets.items[i].sha256, set->sha256))
            return true;
    }
    const bl_recorded_set kept = {.id = set->id,
                                  .sha256 = set->sha256,
                                  .from = day(&record->arena, set->from, INT64_MIN),
                                  .until = day(&record->arena, set->until, INT64_MAX),
                                  .texts = set->texts,
                                  .text_count = set->text_count};

    return bl_vec_push(&record->arena, &record->sets, kept);
}

static bool is_stated(bl_origin origin)
{
    return origin == BL_FROM_ACTION || origin == BL_FROM_REGISTER || origin == BL_FROM_OPTION;
}

/* What is stated, by name: a set that declares its facts in another order changes nothing. */
static void put_stated(bl_json *j, bl_arena *arena, const bl_set_result *r)
{
    const bylaw_ruleset *set = r->set;
    bylaw_str *names = BL_NEW_N(arena, bylaw_str, set->fact_count + 1);
    size_t count = 0;

    for (size_t i = 0; names != NULL && r->origins != NULL && i < set->fact_count; i++) {
        if (is_stated((bl_origin)r->origins[set->facts[i].slot]))
            names[count++] = set->facts[i].name;
    }
    if (count > 0)
        qsort(names, count, sizeof *names, text_order);
    bl_json_open(j, NULL, '[');
    for (size_t i = 0; i < count; i++) {
        const bl_fact *fact = bl_map_get(&set->fact_index, names[i]);

        bl_json_text(j, NULL, names[i]);
        bl_json_value(j, NULL, r->slots[fact->slot]);
    }
    for (size_t i = 0; i < r->clash_count; i++) { /* what contradicts itself is unknown by now */
        for (size_t k = 0; k < r->clashes[i].count; k++) {
            const bl_statement *s = &r->clashes[i].statements[k];

            bl_json_text(j, NULL, set->facts[s->slot - BL_SLOT_FACTS].name);
            bl_json_value(j, NULL, s->value);
        }
    }
    bl_json_close(j, ']');
}

static int by_set_id(const void *a, const void *b)
{
    return bl_str_compare((*(const bl_set_result *const *)a)->set->id,
                          (*(const bl_set_result *const *)b)->set->id);
}

/* One digest of all that the action states, under its sets in order of id: the declared outcome,
 * then each stated fact with its value, as JSON. */
static bylaw_str stated_digest(bylaw_record *record, const bylaw_result *result)
{
    bl_arena *scratch = &record->scratch;
    const bl_set_result **sets = BL_NEW_N(scratch, const bl_set_result *, result->set_count + 1);
    bl_str out = bl_str_init(scratch);
    bl_json j = {.out = &out};
    bylaw_str text, digest = {NULL, 0};
    char hex[BL_SHA256_HEX];

    for (size_t i = 0; sets != NULL && i < result->set_count; i++)
        sets[i] = &result->sets[i];
    if (sets != NULL && result->set_count > 1)
        qsort(sets, result->set_count, sizeof *sets, by_set_id);
    bl_json_open(&j, NULL, '[');
    bl_json_int(&j, NULL, result->action->declared);
    for (size_t i = 0; sets != NULL && i < result->set_count; i++)
        put_stated(&j, scratch, sets[i]);
    bl_json_close(&j, ']');
    if (bl_str_take(&text, &out) == BYLAW_OK && bl_sha256_hex(text, hex))
        (void)bl_arena_copy(&record->arena, &digest, bylaw_str_from(hex));
    bl_arena_reset(scratch);
    return digest;
}

static void add_choices(bl_arena *arena, bl_recorded_finding *out, const bl_set_result *r,
                        uint64_t readings)
{
    bl_recorded_choice *choices = BL_NEW_N(arena, bl_recorded_choice, r->set->reading_count + 1);

    for (size_t i = 0; choices != NULL && i < r->set->reading_count; i++) {
        const bl_reading *reading = &r->set->readings[i];

        if (readings >> i & 1)
            choices[out->choice_count++] =
                (bl_recorded_choice){reading->name, reading->options[r->chosen[i]].name};
    }
    out->choices = choices;
}

static void add_elements(bl_arena *arena, bl_recorded_finding *out, const bl_finding *f)
{
    bylaw_str *elements = BL_NEW_N(arena, bylaw_str, f->element_count);

    for (size_t i = 0; elements != NULL && i < f->element_count; i++)
        elements[i] = bylaw_str_from(bl_status_name(f->elements[i].status));
    out->elements = elements;
    out->element_count = elements != NULL ? f->element_count : 0;
}

static void add_findings(bl_arena *arena, bl_recorded_judgement *out, const bl_set_result *r)
{
    size_t count = 0;

    for (size_t i = 0; i < r->finding_count; i++)
        count += r->findings[i].status != BL_NOT_APPLICABLE;
    bl_recorded_finding *findings = BL_NEW_N(arena, bl_recorded_finding, count + 1);

    for (size_t i = 0; findings != NULL && i < r->finding_count; i++) {
        const bl_finding *f = &r->findings[i];
        bl_recorded_finding *kept = &findings[out->finding_count];

        if (f->status == BL_NOT_APPLICABLE)
            continue;
        *kept = (bl_recorded_finding){.norm = f->norm->id,
                                      .known = f->norm,
                                      .status = bylaw_str_from(bl_status_name(f->status))};
        if (f->norm->readings != 0)
            add_choices(arena, kept, r, f->norm->readings);
        if (f->element_count > 0)
            add_elements(arena, kept, f);
        out->finding_count++;
    }
    out->findings = findings;
}

static bl_recorded_judgement judgement(bl_arena *arena, const bl_set_result *r)
{
    bl_recorded_judgement out = {.ruleset = r->set->id,
                                 .verdict = bylaw_str_from(bylaw_verdict_name(
                                     r->governed ? r->verdict : BYLAW_NOT_GOVERNED)),
                                 .outcome = bylaw_str_from(bylaw_outcome_name(r->outcome))};
    bylaw_str *gaps = BL_NEW_N(arena, bylaw_str, r->gap_count + 1);

    for (size_t i = 0; gaps != NULL && i < r->gap_count; i++) {
        if (r->gaps[i].decides)
            gaps[out.gap_count++] = r->gaps[i].gap->id;
    }
    out.gaps = gaps;
    add_findings(arena, &out, r);
    return out;
}

static void add_fields(bylaw_record *record, bl_recorded_action *out, const bylaw_result *result)
{
    const bl_action *action = result->action;
    bl_arena *arena = &record->arena;

    out->fields[BL_FIELD_KIND] = result->kind->id;
    if (action->has_date)
        out->fields[BL_FIELD_DATE] = date_text(arena, action->date);
    if (result->as_of_told)
        out->fields[BL_FIELD_AS_OF] = date_text(arena, result->as_of);
    out->fields[BL_FIELD_FACTS] = stated_digest(record, result);
    out->fields[BL_FIELD_VERDICT] = bylaw_str_from(bylaw_verdict_name(result->verdict));
    out->fields[BL_FIELD_OUTCOME] = bylaw_str_from(bylaw_outcome_name(result->outcome));
    out->fields[BL_FIELD_FIRM] = bylaw_str_from(result->firm ? "true" : "false");
}

bylaw_status bylaw_record_add(bylaw_record *record, const bylaw_result *result)
{
    bl_arena *arena = &record->arena;
    const bylaw_str *name = bl_map_get(&record->names, result->action->source->name);
    bl_recorded_action action = {.line = result->action->line};
    bl_recorded_judgement *sets = BL_NEW_N(arena, bl_recorded_judgement, result->set_count);

    assert(!record->sealed);
    if (result->brief)
        return BYLAW_EDOMAIN;
    if (name != NULL)
        action.file = *name;
    else
        (void)bl_arena_copy(arena, &action.file, result->action->source->name);
    for (size_t i = 0; sets != NULL && i < result->set_count; i++) {
        sets[i] = judgement(arena, &result->sets[i]);
        (void)add_set(record, result->sets[i].set);
    }
    action.sets = sets;
    action.set_count = result->set_count;
    add_fields(record, &action, result);
    (void)bl_vec_push(arena, &record->actions, action);
    return arena->failed || record->scratch.failed || action.fields[BL_FIELD_FACTS].len == 0
               ? BYLAW_ENOMEM
               : BYLAW_OK;
}

/* ---- the order of things ---- */

static int input_order(const void *a, const void *b)
{
    const bylaw_record_input *x = &((const bl_recorded_input *)a)->of,
                             *y = &((const bl_recorded_input *)b)->of;
    int order = (int)x->role - (int)y->role;

    order = order != 0 ? order : bl_str_compare(x->name, y->name);
    order = order != 0 ? order : bl_str_compare(x->sha256, y->sha256);
    return order != 0 ? order : (int)x->standard_input - (int)y->standard_input;
}

static int set_order(const void *a, const void *b)
{
    const bl_recorded_set *x = a, *y = b;
    const int order = bl_str_compare(x->id, y->id);

    return order != 0 ? order : bl_str_compare(x->sha256, y->sha256);
}

static int action_order(const void *a, const void *b)
{
    const bl_recorded_action *x = a, *y = b;
    const int order = bl_str_compare(x->file, y->file);

    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static int judgement_order(const void *a, const void *b)
{
    return bl_str_compare(((const bl_recorded_judgement *)a)->ruleset,
                          ((const bl_recorded_judgement *)b)->ruleset);
}

static int used_text_order(const void *a, const void *b)
{
    return bl_str_compare(((const bl_used_text *)a)->name, ((const bl_used_text *)b)->name);
}

/* Sorts, and keeps one of those that are the same; how many are left. */
static size_t in_order(void *items, size_t count, size_t size,
                       int (*order)(const void *, const void *))
{
    char *bytes = items;
    size_t kept = count > 0;

    if (count > 1)
        qsort(items, count, size, order);
    for (size_t i = 1; i < count; i++) {
        if (order(bytes + (kept - 1) * size, bytes + i * size) == 0)
            continue;
        if (kept != i)
            memcpy(bytes + kept * size, bytes + i * size, size);
        kept++;
    }
    return kept;
}

static void number_actions(bylaw_record *record)
{
    bl_recorded_action *actions = record->actions.items;
    const size_t count = record->actions.count;

    for (size_t i = 0; i < count; i++) {
        const bool first = i == 0 || !bl_str_equal(actions[i - 1].file, actions[i].file);
        const bool last = i + 1 == count || !bl_str_equal(actions[i + 1].file, actions[i].file);

        actions[i].number = first ? 1 : actions[i - 1].number + 1;
        actions[i].alone = first && last;
        if (actions[i].set_count > 1)
            qsort((bl_recorded_judgement *)(uintptr_t)actions[i].sets, actions[i].set_count,
                  sizeof *actions[i].sets, judgement_order);
    }
}

/* The texts of a set, in an order of their own; the set's list is left as it is. */
static void order_texts(bylaw_record *record, bl_recorded_set *set)
{
    bl_used_text *copy = BL_NEW_N(&record->arena, bl_used_text, set->text_count + 1);

    if (copy == NULL || set->text_count == 0)
        return;
    memcpy(copy, set->texts, set->text_count * sizeof *copy);
    set->text_count = in_order(copy, set->text_count, sizeof *copy, used_text_order);
    set->texts = copy;
}

void bl_record_seal(bylaw_record *record)
{
    if (record->sealed)
        return;
    end_inputs(record);
    record->inputs.count = in_order(record->inputs.items, record->inputs.count,
                                    sizeof *record->inputs.items, input_order);
    record->sets.count =
        in_order(record->sets.items, record->sets.count, sizeof *record->sets.items, set_order);
    record->actions.count = in_order(record->actions.items, record->actions.count,
                                     sizeof *record->actions.items, action_order);
    for (size_t i = 0; i < record->sets.count; i++)
        order_texts(record, &record->sets.items[i]);
    number_actions(record);
    record->sealed = true;
}

/* ---- what a record holds ---- */

const bylaw_record_options *bylaw_record_options_of(const bylaw_record *record)
{
    return &record->options;
}

size_t bylaw_record_input_count(const bylaw_record *record)
{
    return record->inputs.count;
}

bylaw_record_input bylaw_record_input_get(const bylaw_record *record, size_t i)
{
    return record->inputs.items[i].of;
}

bool bylaw_record_altered(const bylaw_record *record)
{
    return record->altered;
}
