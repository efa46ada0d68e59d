/* report/json.c: see json.h. What the fields mean is said by the schema that is shipped with the
 * program. */
#include "report/json.h"

#include "report/escape.h"
#include "value/date.h"

static void begin(bl_json *j, const char *key)
{
    if (j->comma)
        bl_str_addc(j->out, ',');
    j->comma = true;
    if (key != NULL) {
        bl_str_addc(j->out, '"');
        bl_str_addz(j->out, key);
        bl_str_addz(j->out, "\":");
    }
}

void bl_json_open(bl_json *j, const char *key, char bracket)
{
    begin(j, key);
    bl_str_addc(j->out, bracket);
    j->comma = false;
}

void bl_json_close(bl_json *j, char bracket)
{
    bl_str_addc(j->out, bracket);
    j->comma = true;
}

static void quoted(bl_json *j, bylaw_str text)
{
    bl_str_addc(j->out, '"');
    bl_escape_add(j->out, BL_ESCAPE_JSON, text);
    bl_str_addc(j->out, '"');
}

void bl_json_text(bl_json *j, const char *key, bylaw_str text)
{
    begin(j, key);
    quoted(j, text);
}

void bl_json_int(bl_json *j, const char *key, int64_t n)
{
    begin(j, key);
    bl_str_add_int(j->out, n);
}

void bl_json_bool(bl_json *j, const char *key, bool b)
{
    begin(j, key);
    bl_str_addz(j->out, b ? "true" : "false");
}

void bl_json_null(bl_json *j, const char *key)
{
    begin(j, key);
    bl_str_addz(j->out, "null");
}

void bl_json_label(bl_json *j, const char *key, bylaw_label label)
{
    bl_json_open(j, key, '{');
    bl_json_text(j, "zh", label.in[BYLAW_ZH]);
    bl_json_text(j, "en", label.in[BYLAW_EN]);
    bl_json_close(j, '}');
}

void bl_json_date(bl_json *j, const char *key, int64_t days)
{
    begin(j, key);
    bl_str_addc(j->out, '"');
    bl_date_write_iso(j->out, days);
    bl_str_addc(j->out, '"');
}

static void json_record(bl_json *j, const char *key, const bl_record *record)
{
    bl_json_open(j, key, '{');
    for (size_t i = 0; i < record->type->field_count; i++) {
        if (j->comma)
            bl_str_addc(j->out, ',');
        quoted(j, record->type->fields[i].name);
        bl_str_addc(j->out, ':');
        j->comma = false;
        bl_json_value(j, NULL, record->fields[i]);
    }
    bl_json_close(j, '}');
}

void bl_json_value(bl_json *j, const char *key, bl_value value)
{
    bl_str text = bl_str_init(j->out->arena);

    switch (value.kind) {
    case BL_NULL:
        bl_json_text(j, key, BYLAW_STR("none"));
        return;
    case BL_UNKNOWN:
        bl_json_null(j, key);
        return;
    case BL_BOOL:
        bl_json_bool(j, key, value.as.b);
        return;
    case BL_INT:
        bl_json_int(j, key, value.as.i);
        return;
    case BL_DATE:
        bl_json_date(j, key, value.as.i);
        return;
    case BL_STRING:
    case BL_NAME:
    case BL_ENUM:
        bl_json_text(j, key, bl_string_of(value));
        return;
    case BL_LIST:
        bl_json_open(j, key, '[');
        for (size_t i = 0; i < value.as.list->count; i++)
            bl_json_value(j, NULL, value.as.list->items[i]);
        bl_json_close(j, ']');
        return;
    case BL_RECORD:
        json_record(j, key, value.as.record);
        return;
    case BL_FRACTION:
        bl_str_addf(&text, "%lld/%lld", (long long)value.as.fraction->num,
                    (long long)value.as.fraction->den);
        break;
    default:
        bl_value_write(&text, value);
        break;
    }
    bl_json_text(j, key, bl_str_view(&text));
}

/* ---- findings ---- */

void bl_json_quote(bl_json *j, const bl_provision *provision)
{
    bylaw_str text = {NULL, 0};
    const bylaw_quote quote = j->quoter.ask != NULL
                                  ? j->quoter.ask(j->quoter.context, provision->id, &text)
                                  : BYLAW_QUOTE_NONE;

    if (quote == BYLAW_QUOTE_NONE)
        return;
    bl_json_text(j, "text", text);
    if (quote == BYLAW_QUOTE_CHANGED)
        bl_json_bool(j, "text_changed", true);
}

static void json_provisions(bl_json *j, const bl_provision *const *items, size_t count)
{
    bl_json_open(j, "provisions", '[');
    for (size_t i = 0; i < count; i++) {
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "id", items[i]->id);
        bl_json_label(j, "cite", items[i]->cite);
        bl_json_quote(j, items[i]);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

static void json_figures(bl_json *j, const bl_figures *f)
{
    bl_str bar = bl_str_init(j->out->arena);

    if (!f->present)
        return;
    bl_json_open(j, "figures", '{');
    if (f->count_known)
        bl_json_int(j, "count", f->count);
    if (f->base_known)
        bl_json_int(j, "base", f->base);
    if (f->need_known)
        bl_json_int(j, "need", f->need);
    if (f->count_known && f->need_known)
        bl_json_int(j, "short", f->need > f->count ? f->need - f->count : 0);
    bl_str_addf(&bar, f->bound.den == 1 ? "%lld" : "%lld/%lld", (long long)f->bound.num,
                (long long)f->bound.den);
    bl_json_text(j, f->strict ? "more_than" : "at_least", bl_str_view(&bar));
    bl_json_bool(j, "unreachable", f->unreachable);
    bl_json_close(j, '}');
}

static void json_attrs(bl_json *j, const char *key, const bl_set_result *r,
                       const bl_attr *const *attrs, size_t count, bl_arena *arena)
{
    bl_json_open(j, key, '[');
    for (size_t i = 0; i < count; i++)
        bl_json_text(j, NULL, bl_attr_name(r->set, attrs[i], arena));
    bl_json_close(j, ']');
}

static void json_place(bl_json *j, bl_span span)
{
    const bl_place from = bl_place_of(span.source, span.from),
                   to = bl_place_of(span.source, span.to);

    bl_json_text(j, "file", span.source->name);
    bl_json_int(j, "line", (int64_t)from.line);
    bl_json_int(j, "column", (int64_t)from.column);
    bl_json_int(j, "end_line", (int64_t)to.line);
    bl_json_int(j, "end_column", (int64_t)to.column);
}

/* Every fact that the finding read, with its value, where it comes from, and its place. */
static void json_facts(bl_json *j, const bl_set_result *r, const bl_finding *f)
{
    static const char *const origins[] = {"unknown", "action",   "register",  "option",
                                          "derived", "presumed", "impossible"};
    const bl_body body = bl_effective_body(f->norm, r->chosen);
    const bl_program *programs[] = {body.when, f->norm->each, body.require, body.due};
    const bl_sum *sums[] = {&body.count, &body.of};
    bool seen[256] = {false};

    bl_json_open(j, "facts", '[');
    for (size_t i = 0; i < 6; i++) {
        size_t n = 0;
        const uint32_t *slots = NULL;

        if (i < 4)
            slots = programs[i] != NULL ? bl_program_slots(programs[i], &n) : NULL;
        else {
            slots = sums[i - 4]->slots;
            n = body.has & (i == 4 ? BL_HAS_COUNT : BL_HAS_OF) ? sums[i - 4]->count : 0;
        }
        for (size_t k = 0; k < n; k++) {
            const uint32_t slot = slots[k];

            if (slot < BL_SLOT_FACTS || (slot < 256 && seen[slot]))
                continue;
            if (slot < 256)
                seen[slot] = true;
            bl_json_open(j, NULL, '{');
            bl_json_text(j, "fact", r->set->facts[slot - BL_SLOT_FACTS].name);
            bl_json_value(j, "value", r->slots[slot]);
            bl_json_text(j, "origin", bylaw_str_from(origins[r->origins[slot]]));
            if (bl_said_at(r, slot).source != NULL)
                json_place(j, bl_said_at(r, slot));
            bl_json_close(j, '}');
        }
    }
    bl_json_close(j, ']');
}

static void json_said(bl_json *j, const char *key, const bylaw_result *result,
                      const bl_set_result *r, const bl_finding *f, bl_arena *arena)
{
    bylaw_label said;

    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        const bl_voice v = {.arena = arena, .lang = (bylaw_lang)lang, .result = result, .set = r};

        said.in[lang] = bl_say_found(&v, f);
    }
    bl_json_label(j, key, said);
}

static void json_waiver(bl_json *j, const bl_waiver *waiver, bool honoured)
{
    bl_json_open(j, "waiver", '{');
    bl_json_text(j, "reason", waiver->reason);
    bl_json_text(j, "by", waiver->by);
    if (waiver->has_until)
        bl_json_date(j, "until", waiver->until);
    bl_json_bool(j, "honoured", honoured);
    bl_json_close(j, '}');
}

/* The element of a list, and the field of it: council.elected[2].is_member, counted from 0. */
static bylaw_str path_of(const bl_set_result *r, const bl_change *change, bl_arena *arena)
{
    const bl_list *list = r->slots[change->slot].as.list;
    bl_str path = bl_str_init(arena);
    bylaw_str out = {NULL, 0};

    bl_str_add(&path, r->set->facts[change->slot - BL_SLOT_FACTS].name);
    bl_str_addc(&path, '[');
    bl_str_add_int(&path, (int64_t)change->element);
    bl_str_addc(&path, ']');
    if (change->within) {
        bl_str_addc(&path, '.');
        bl_str_add(&path, list->items[change->element].as.record->type->fields[change->field].name);
    }
    return bl_str_take(&out, &path) == BYLAW_OK ? out : (bylaw_str){NULL, 0};
}

/* What it would take, as data and as a sentence. */
static void json_remedy(bl_json *j, const bylaw_result *result, const bl_set_result *r,
                        const bl_remedy *remedy, bl_arena *arena)
{
    static const char *const bounds[] = {"exactly", "at-least", "at-most", "add", "remove"};
    bylaw_label said;

    if (remedy == NULL)
        return;
    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        const bl_voice v = {.arena = arena, .lang = (bylaw_lang)lang, .result = result, .set = r};

        said.in[lang] = bl_say_remedy(&v, remedy);
    }
    bl_json_open(j, "remedy", '{');
    bl_json_text(j, "kind", bylaw_str_from(bl_remedy_name(remedy->kind)));
    if (remedy == r->remedy && remedy->count > 0)
        bl_json_bool(j, "smallest", remedy->smallest);
    bl_json_label(j, "says", said);
    bl_json_open(j, "changes", '[');
    for (size_t i = 0; i < remedy->count; i++) {
        const bl_change *change = &remedy->changes[i];

        bl_json_open(j, NULL, '{');
        bl_json_text(j, "fact",
                     change->slot < BL_SLOT_FACTS
                         ? BYLAW_STR("declared")
                         : r->set->facts[change->slot - BL_SLOT_FACTS].name);
        if (change->within || change->kind == BL_CHANGE_REMOVE)
            bl_json_text(j, "path", path_of(r, change, arena));
        bl_json_text(j, "bound", bylaw_str_from(bounds[change->kind]));
        bl_json_value(j, "value", change->value);
        bl_json_bool(j, "unknown", change->unknown);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}

static void json_finding_body(bl_json *j, const bylaw_result *result, const bl_set_result *r,
                              const bl_finding *f, bl_arena *arena)
{
    bl_json_text(j, "status", bylaw_str_from(bl_status_name(f->status)));
    if (f->status == BL_VIOLATED || f->status == BL_DEPARTED || f->status == BL_NOT_MET ||
        f->status == BL_PENDING)
        json_said(j, "found", result, r, f, arena);
    json_figures(j, f->figures);
    if (f->missing != NULL)
        json_attrs(j, "missing", r, f->missing->attrs, f->missing->count, arena);
    if (f->has_due)
        bl_json_date(j, "due", f->due);
    if (f->waiver != NULL)
        json_waiver(j, f->waiver, f->status == BL_WAIVED);
    json_remedy(j, result, r, f->remedy, arena);
}

static void json_finding(bl_json *j, const bylaw_result *result, const bl_set_result *r,
                         const bl_finding *f, bl_arena *arena)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "norm", f->norm->id);
    json_provisions(j, f->norm->provisions, f->norm->provision_count);
    bl_json_text(j, "modality", bylaw_str_from(bl_modality_names[f->modality]));
    bl_json_label(j, "says", f->norm->says);
    json_finding_body(j, result, r, f, arena);
    json_facts(j, r, f);
    if (f->element_count > 0) {
        bl_json_open(j, "elements", '[');
        for (size_t i = 0; i < f->element_count; i++) {
            bl_json_open(j, NULL, '{');
            bl_json_int(j, "index", (int64_t)i);
            if (f->elements[i].label.len > 0)
                bl_json_text(j, "label", f->elements[i].label);
            json_finding_body(j, result, r, &f->elements[i], arena);
            bl_json_close(j, '}');
        }
        bl_json_close(j, ']');
    }
    bl_json_close(j, '}');
}

/* ---- a set ---- */

/* Where another reading asks something else of a norm: its figures and what it would take then. */
static void json_altered(bl_json *j, const bylaw_result *result, const bl_set_result *r,
                         const bl_alternative *a, bl_arena *arena)
{
    bl_json_open(j, "findings", '[');
    for (size_t i = 0; i < a->finding_count; i++) {
        if (a->findings[i].remedy == NULL)
            continue;
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "norm", a->findings[i].norm->id);
        bl_json_text(j, "status", bylaw_str_from(bl_status_name(a->findings[i].status)));
        json_figures(j, a->findings[i].figures);
        json_remedy(j, result, r, a->findings[i].remedy, arena);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

/* The options that an alternative chooses. */
static void json_choices(bl_json *j, const bl_set_result *r, const bl_alternative *a)
{
    bl_json_open(j, "choices", '[');
    for (size_t k = 0; k < a->choice_count; k++) {
        const bl_reading *reading = &r->set->readings[a->choices[k].reading];

        bl_json_open(j, NULL, '{');
        bl_json_text(j, "reading", reading->name);
        bl_json_text(j, "option", reading->options[a->choices[k].option].name);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

/* One way to read it: the options, and what comes of them. */
static void json_grid(bl_json *j, const bl_set_result *r)
{
    if (r->grid_count == 0)
        return;
    bl_json_open(j, "grid", '[');
    for (size_t i = 0; i < r->grid_count; i++) {
        const bl_alternative *a = &r->grid[i];

        bl_json_open(j, NULL, '{');
        json_choices(j, r, a);
        bl_json_text(j, "outcome", bylaw_str_from(bylaw_outcome_name(a->outcome)));
        bl_json_text(j, "verdict", bylaw_str_from(bylaw_verdict_name(a->verdict)));
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
    bl_json_bool(j, "grid_cut", r->grid_cut);
}

static void json_alternatives(bl_json *j, const bylaw_result *result, const bl_set_result *r,
                              bl_arena *arena)
{
    bl_json_open(j, "readings", '[');
    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];

        bl_json_open(j, NULL, '{');
        json_choices(j, r, a);
        bl_json_text(j, "verdict", bylaw_str_from(bylaw_verdict_name(a->verdict)));
        bl_json_text(j, "outcome", bylaw_str_from(bylaw_outcome_name(a->outcome)));
        bl_json_bool(j, "weighed", a->weighed);
        bl_json_bool(j, "changes", a->changes);
        json_altered(j, result, r, a, arena);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

static void json_clashes(bl_json *j, const bylaw_result *result, const bl_set_result *r,
                         bl_arena *arena)
{
    bl_json_open(j, "impossible", '[');
    for (size_t i = 0; i < r->clash_count; i++) {
        const bl_clash *c = &r->clashes[i];
        bylaw_label said;

        for (int lang = 0; lang < BYLAW_LANGS; lang++) {
            const bl_voice v = {
                .arena = arena, .lang = (bylaw_lang)lang, .result = result, .set = r};

            said.in[lang] = c->count > 0 ? bl_say_clash(&v, c) : (bylaw_str){NULL, 0};
        }
        bl_json_open(j, NULL, '{');
        bl_json_label(j, "says", said);
        bl_json_open(j, "places", '[');
        for (size_t k = 0; k < c->count; k++) {
            bl_json_open(j, NULL, '{');
            bl_json_text(j, "fact", r->set->facts[c->statements[k].slot - BL_SLOT_FACTS].name);
            bl_json_value(j, "value", c->statements[k].value);
            if (c->statements[k].span.source != NULL)
                json_place(j, c->statements[k].span);
            bl_json_close(j, '}');
        }
        bl_json_close(j, ']');
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

static void json_gaps(bl_json *j, const bl_set_result *r)
{
    bl_json_open(j, "gaps", '[');
    for (size_t i = 0; i < r->gap_count; i++) {
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "gap", r->gaps[i].gap->id);
        json_provisions(j, r->gaps[i].gap->provisions, r->gaps[i].gap->provision_count);
        bl_json_bool(j, "decides", r->gaps[i].decides);
        bl_json_label(j, "says", r->gaps[i].gap->says);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

static void json_presumed(bl_json *j, const bl_set_result *r)
{
    bl_json_open(j, "presumed", '[');
    for (size_t i = 0; i < r->presumed_count; i++) {
        const bl_fact *fact = &r->set->facts[r->presumed[i] - BL_SLOT_FACTS];

        bl_json_open(j, NULL, '{');
        bl_json_text(j, "fact", fact->name);
        bl_json_value(j, "value", fact->presumed);
        bl_json_bool(j, "conduct", fact->is_conduct);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

static void json_chosen(bl_json *j, const bl_set_result *r)
{
    bl_json_open(j, "fixed_readings", '[');
    for (size_t i = 0; i < r->set->reading_count; i++) {
        const bl_reading *reading = &r->set->readings[i];

        if (r->chosen[i] == reading->default_option)
            continue;
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "reading", reading->name);
        bl_json_text(j, "option", reading->options[r->chosen[i]].name);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

static void json_set(bl_json *j, const bylaw_result *result, const bl_set_result *r,
                     bl_arena *arena)
{
    static const char *const why[] = {NULL, "out-of-force", "out-of-scope", "no-norm-of-kind"};

    bl_json_open(j, NULL, '{');
    bl_json_text(j, "ruleset", r->set->id);
    bl_json_label(j, "title", r->set->title);
    bl_json_bool(j, "governed", r->governed);
    if (!r->governed) {
        bl_json_text(j, "reason", bylaw_str_from(why[r->why_not]));
        bl_json_close(j, '}');
        return;
    }
    bl_json_text(j, "verdict", bylaw_str_from(bylaw_verdict_name(r->verdict)));
    bl_json_text(j, "outcome", bylaw_str_from(bylaw_outcome_name(r->outcome)));
    bl_json_bool(j, "firm", r->firm);
    bl_json_bool(j, "declared_otherwise", r->declared_otherwise);
    bl_json_open(j, "findings", '[');
    for (size_t i = 0; i < r->finding_count; i++)
        json_finding(j, result, r, &r->findings[i], arena);
    bl_json_close(j, ']');
    json_attrs(j, "missing", r, r->missing, r->missing_count, arena);
    json_presumed(j, r);
    json_gaps(j, r);
    json_clashes(j, result, r, arena);
    json_chosen(j, r);
    json_remedy(j, result, r, r->remedy, arena);
    json_alternatives(j, result, r, arena);
    json_grid(j, r);
    bl_json_bool(j, "readings_cut", r->cut);
    bl_json_close(j, '}');
}

static void json_accepted(bl_json *j, const bylaw_result *result)
{
    if (result->accepted == NULL)
        return;
    bl_json_open(j, "accepted", '[');
    for (size_t i = 0; i < result->accepted_count; i++) {
        if (!result->accepted[i].yes)
            continue;
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "id", result->accepted[i].id);
        bl_json_text(j, "fingerprint", result->accepted[i].fingerprint);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

void bl_json_result(bl_json *j, const bylaw_result *result, bl_arena *arena)
{
    static const char *const declared[] = {NULL, "adopted", "rejected"};
    const bl_action *action = result->action;

    bl_json_open(j, NULL, '{');
    bl_json_text(j, "file", action->source->name);
    bl_json_int(j, "line", (int64_t)action->line);
    bl_json_text(j, "action", result->kind->id);
    bl_json_label(j, "kind", result->kind->label);
    if (action->title.len > 0)
        bl_json_text(j, "title", action->title);
    if (action->has_date)
        bl_json_date(j, "date", action->date);
    if (result->has_as_of)
        bl_json_date(j, "as_of", result->as_of);
    if (declared[action->declared] != NULL)
        bl_json_text(j, "declared", bylaw_str_from(declared[action->declared]));
    bl_json_bool(j, "strict", result->strict);
    if (result->partial)
        bl_json_bool(j, "partial", true);
    bl_json_text(j, "verdict", bylaw_str_from(bylaw_verdict_name(result->verdict)));
    bl_json_text(j, "outcome", bylaw_str_from(bylaw_outcome_name(result->outcome)));
    bl_json_bool(j, "firm", result->firm);
    json_accepted(j, result);
    bl_json_open(j, "rules", '[');
    for (size_t i = 0; i < result->set_count; i++)
        json_set(j, result, &result->sets[i], arena);
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}

void bl_json_errors(bl_json *j, bylaw_str file, const bylaw_diags *diags)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "file", file);
    bl_json_open(j, "errors", '[');
    for (size_t i = 0; i < bylaw_diags_count(diags); i++) {
        const bylaw_diag *d = bylaw_diags_get(diags, i);

        bl_json_open(j, NULL, '{');
        bl_json_text(j, "severity",
                     d->severity == BYLAW_ERROR ? BYLAW_STR("error") : BYLAW_STR("warning"));
        bl_json_text(j, "code", d->code);
        bl_json_label(j, "message", d->message);
        if (d->line > 0) {
            bl_json_text(j, "file", d->file);
            bl_json_int(j, "line", (int64_t)d->line);
            bl_json_int(j, "column", (int64_t)d->column);
            bl_json_int(j, "end_line", (int64_t)d->end_line);
            bl_json_int(j, "end_column", (int64_t)d->end_column);
        }
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}
