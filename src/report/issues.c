/* report/issues.c: see issues.h. What is told, and in which order, follows the list of many files:
 * a violation that an open reading removes is told as that reading. */
#include "report/issues.h"

#include "base/hash.h"
#include "text/excerpt.h"

typedef struct collector {
    bl_voice *v;
    BL_VEC(bl_issue) items;
    bool failed;
} collector;

static void add(collector *c, bl_issue issue)
{
    issue.set = c->v->set;
    if (!bl_vec_push(c->v->arena, &c->items, issue))
        c->failed = true;
}

static bylaw_str id_of(collector *c, bylaw_str name)
{
    bl_str out = bl_str_init(c->v->arena);

    bl_str_add(&out, c->v->set->set->id);
    bl_str_addc(&out, '/');
    bl_str_add(&out, name);
    return bl_str_taken(&out);
}

/* ---- places ---- */

static bool in_file(const bl_voice *v, bl_span span)
{
    return span.source != NULL && bl_same_file(span.source, v->result->action->source);
}

/* Where a fact stands, or what it is derived from; of the action's own file. */
static bl_span slot_place(const bl_voice *v, uint32_t slot, int depth)
{
    bl_span place = BL_NO_SPAN;
    size_t n = 0;

    if (slot == BL_SLOT_DECLARED || slot == BL_SLOT_OUTCOME)
        return in_file(v, v->result->action->declared_span) ? v->result->action->declared_span
                                                            : place;
    if (slot < BL_SLOT_FACTS || slot >= v->set->set->slot_count || depth > 4)
        return place;
    const bl_fact *fact = &v->set->set->facts[slot - BL_SLOT_FACTS];

    if (in_file(v, bl_said_at(v->set, slot)))
        return bl_said_at(v->set, slot);
    if (in_file(v, bl_said_key(v->set, slot)))
        return bl_said_key(v->set, slot);
    if (fact->counts >= 0)
        place = slot_place(v, (uint32_t)fact->counts, depth + 1);
    const uint32_t *slots = fact->derive != NULL ? bl_program_slots(fact->derive, &n) : NULL;

    for (size_t i = 0; i < n && place.source == NULL; i++)
        place = slot_place(v, slots[i], depth + 1);
    return place;
}

static bl_span cause_place(const bl_voice *v, const bl_cause *c)
{
    bl_span place = BL_NO_SPAN;

    if (c->left_slot >= 0)
        place = slot_place(v, (uint32_t)c->left_slot, 0);
    if (place.source == NULL && c->right_slot >= 0)
        place = slot_place(v, (uint32_t)c->right_slot, 0);
    for (size_t i = 0; i < c->child_count && place.source == NULL; i++)
        place = cause_place(v, c->children[i]);
    return place;
}

/* "b.terms >= 2" reads field `terms` of the element `b`. */
static bool reads_field(const bl_norm *norm, const bl_cause *c, bylaw_str field)
{
    bylaw_str rest = c->text;

    if (!bl_str_starts(rest, norm->each_name))
        return false;
    rest = bl_str_slice(rest, norm->each_name.len, rest.len);
    if (!bl_str_starts(rest, BYLAW_STR(".")))
        return false;
    rest = bl_str_slice(rest, 1, rest.len);
    return bl_str_starts(rest, field) &&
           (rest.len == field.len || rest.ptr[field.len] == ' ' || rest.ptr[field.len] == '.');
}

static bl_span element_place(const bl_voice *v, const bl_finding *f)
{
    const bl_action *action = v->result->action;
    size_t n = 0;
    const uint32_t *slots = bl_program_slots(f->norm->each, &n);

    for (size_t i = 0; n > 0 && slots[0] >= BL_SLOT_FACTS && i < action->entry_count; i++) {
        const bl_entry *entry = &action->entries[i];

        if (!bl_str_equal(entry->name, v->set->set->facts[slots[0] - BL_SLOT_FACTS].name) ||
            entry->value->shape != BL_DOC_SEQ || f->element >= entry->value->count ||
            !in_file(v, entry->value->span))
            continue;
        const bl_doc_node *node = entry->value->items[f->element];

        for (size_t k = 0; f->cause != NULL && node->shape == BL_DOC_MAP && k < node->count; k++) {
            if (reads_field(f->norm, f->cause, node->pairs[k].key->text))
                return node->pairs[k].value->span;
        }
        return node->span;
    }
    return BL_NO_SPAN;
}

static bl_span finding_place(const bl_voice *v, const bl_finding *f)
{
    const bl_body body = bl_effective_body(f->norm, v->set->chosen);
    bl_span place = BL_NO_SPAN;
    size_t n = 0;

    if (f->norm->each != NULL)
        place = element_place(v, f);
    for (size_t i = 0;
         f->figures->present && i < f->figures->count_sum.count && place.source == NULL; i++)
        place = slot_place(v, f->figures->count_sum.slots[i], 0);
    if (place.source == NULL && f->cause != NULL)
        place = cause_place(v, f->cause);
    const uint32_t *slots = body.require != NULL ? bl_program_slots(body.require, &n) : NULL;

    for (size_t i = 0; i < n && place.source == NULL; i++)
        place = slot_place(v, slots[i], 0);
    return place;
}

/* ---- entries ---- */

static const struct kind_row {
    bl_issue_kind kind;
    bylaw_verdict weight;
} by_status[BL_STATUS__COUNT] = {
    [BL_VIOLATED] = {BL_ISSUE_VIOLATED, BYLAW_VIOLATION},
    [BL_UNDETERMINED_FINDING] = {BL_ISSUE_OPEN, BYLAW_COMPLIANT},
    [BL_DEPARTED] = {BL_ISSUE_DEPARTED, BYLAW_CAUTION},
    [BL_WAIVED] = {BL_ISSUE_WAIVED, BYLAW_COMPLIANT},
    [BL_PENDING] = {BL_ISSUE_PENDING, BYLAW_COMPLIANT},
    [BL_NOT_MET] = {BL_ISSUE_NOT_MET, BYLAW_COMPLIANT},
    [BL_NOT_EXAMINED] = {BL_ISSUE_NOT_EXAMINED, BYLAW_COMPLIANT},
    [BL_SATISFIED] = {BL_ISSUE_SATISFIED, BYLAW_COMPLIANT},
    [BL_NOT_APPLICABLE] = {BL_ISSUE_NOT_APPLICABLE, BYLAW_COMPLIANT},
};

static bylaw_str found_here(const bl_voice *v, const bl_finding *f)
{
    if (f->figures->present && f->status != BL_NOT_APPLICABLE)
        return bl_say_figures(v, f->figures, false, true);
    if (f->status == BL_VIOLATED || f->status == BL_DEPARTED || f->status == BL_NOT_MET ||
        f->status == BL_PENDING || f->status == BL_WAIVED)
        return bl_say_found(v, f);
    return (bylaw_str){NULL, 0};
}

static bylaw_str found_text(const bl_voice *v, const bl_finding *whole, const bl_finding *f)
{
    bl_str out = bl_str_init(v->arena);
    const bylaw_str found = found_here(v, f);

    if (f == whole)
        bl_str_add(&out, found);
    else
        bl_str_add(&out, bl_say_element(v, whole, f, true,
                                        found.len > 0 ? found : bl_say_status(v, f->status)));
    bl_str_add(&out, bl_say_due(v, f));
    if (out.len == 0)
        bl_str_add(&out, bl_say_status(v, f->status));
    if (f->status == BL_WAIVED)
        bl_str_add(&out, BL_SAY0(v, waived_so));
    else if (f->waiver != NULL && f->waiver->has_until)
        bl_str_add(&out,
                   BL_SAYF(v, waiver_expired, BL_TEXT("date", bl_say_date(v, f->waiver->until))));
    return bl_str_taken(&out);
}

static void add_finding(collector *c, const bl_finding *whole)
{
    const struct kind_row *row = &by_status[whole->status];
    const size_t elements = row->kind >= BL_ISSUE_SATISFIED ? 0 : whole->element_count;

    for (size_t i = 0; i == 0 || i < elements; i++) {
        const bl_finding *f = elements > 0 ? &whole->elements[i] : whole;

        if (f->status != whole->status)
            continue;
        add(c, (bl_issue){.kind = row->kind,
                          .weight = row->weight,
                          .finding = f,
                          .whole = whole,
                          .id = id_of(c, whole->norm->id),
                          .rule = bl_say_label(c->v, whole->norm->says),
                          .cite = bl_say_cite(c->v, whole->norm),
                          .text = found_text(c->v, whole, f),
                          .subject = f != whole ? f->label : (bylaw_str){NULL, 0},
                          .place = finding_place(c->v, f)});
    }
}

static void add_clashes(collector *c)
{
    for (size_t i = 0; i < c->v->set->clash_count; i++) {
        const bl_clash *clash = &c->v->set->clashes[i];
        bl_span place = BL_NO_SPAN;

        for (size_t k = 0; k < clash->count && place.source == NULL; k++) {
            if (in_file(c->v, clash->statements[k].span))
                place = clash->statements[k].span;
        }
        if (clash->count > 0)
            add(c, (bl_issue){
                       .kind = BL_ISSUE_CLASH,
                       .weight = BYLAW_UNDETERMINED,
                       .text = bl_say_clash(c->v, clash),
                       .rule = bl_say_clash_fix(c->v, clash),
                       .id = id_of(c, BYLAW_STR("record")),
                       .subject =
                           c->v->set->set->facts[clash->statements[0].slot - BL_SLOT_FACTS].name,
                       .place = place});
    }
}

static void add_gaps(collector *c)
{
    for (size_t i = 0; i < c->v->set->gap_count; i++) {
        const bl_gap *gap = c->v->set->gaps[i].gap;

        if (!c->v->set->gaps[i].decides)
            continue;
        add(c,
            (bl_issue){.kind = BL_ISSUE_GAP,
                       .weight = BYLAW_UNDETERMINED,
                       .id = id_of(c, gap->id),
                       .rule = bl_say_label(c->v, gap->says),
                       .cite = gap->provision_count > 0 ? bl_say_provision(c->v, gap->provisions[0])
                                                        : (bylaw_str){NULL, 0},
                       .text = BL_SAYF(c->v, gap, BL_TEXT("says", bl_say_label(c->v, gap->says)))});
    }
}

/* One entry for all that is missing: it is one gap in the file, to be filled in at once. */
static void add_missing(collector *c)
{
    const bl_set_result *r = c->v->set;
    bylaw_str names[7];
    size_t n = 0;
    bl_span place = BL_NO_SPAN;

    if (r->verdict != BYLAW_UNDETERMINED || r->missing_count == 0)
        return;
    for (size_t i = 0; i < r->missing_count; i++) {
        if (n < 6)
            names[n++] = bl_say_attr(c->v, r->missing[i]);
        if (place.source == NULL)
            place = slot_place(c->v, r->missing[i]->slot, 0);
    }
    add(c, (bl_issue){
               .kind = BL_ISSUE_MISSING,
               .weight = BYLAW_UNDETERMINED,
               .id = id_of(c, BYLAW_STR("missing")),
               .rule = BL_SAY0(c->v, missing),
               .text = BL_SAYF(c->v, lack,
                               BL_TEXT("names", bl_say_join(c->v, names, n, &bl_word_enum_comma))),
               .place = place});
}

static void add_readings(collector *c)
{
    const bl_set_result *r = c->v->set;
    const bl_alternative *a;
    uint64_t told = 0;
    size_t at = 0;

    while ((a = bl_next_turning(r, &at, &told)) != NULL) {
        const bl_reading *reading = &r->set->readings[a->choices[0].reading];
        const bl_finding *f = bl_altered_threshold(r, a);

        add(c, (bl_issue){.kind = BL_ISSUE_READING,
                          .weight = BYLAW_CAUTION,
                          .id = id_of(c, f != NULL ? f->norm->id : reading->name),
                          .rule = f != NULL ? bl_say_label(c->v, f->norm->says)
                                            : bl_say_label(c->v, reading->asks),
                          .cite = f != NULL ? bl_say_cite(c->v, f->norm) : (bylaw_str){NULL, 0},
                          .text = bl_say_reading(c->v, reading),
                          .subject = reading->name,
                          .place = f != NULL ? finding_place(c->v, f) : BL_NO_SPAN});
    }
}

/* Recorded as rejected, adopted by the conditions: only the record is wrong. */
static void add_declared(collector *c)
{
    const bl_set_result *r = c->v->set;
    const bl_finding *f = bl_telling_finding(r->findings, r->finding_count);

    if (!r->declared_otherwise || c->v->result->action->declared != BL_DECLARED_REJECTED ||
        f == NULL || r->verdict == BYLAW_CAUTION)
        return;
    add(c, (bl_issue){.kind = BL_ISSUE_DECLARED,
                      .weight = BYLAW_VIOLATION,
                      .whole = f,
                      .finding = f,
                      .id = id_of(c, f->norm->id),
                      .rule = bl_say_label(c->v, f->norm->says),
                      .cite = bl_say_cite(c->v, f->norm),
                      .text = BL_SAY0(c->v, adopted_but),
                      .subject = BYLAW_STR("declared"),
                      .place = slot_place(c->v, BL_SLOT_DECLARED, 0)});
}

static void add_statuses(collector *c, bl_status status)
{
    for (size_t i = 0; i < c->v->set->finding_count; i++) {
        if (c->v->set->findings[i].status == status)
            add_finding(c, &c->v->set->findings[i]);
    }
}

static void add_set(collector *c, bool all)
{
    static const bl_status worth_telling[] = {BL_DEPARTED, BL_PENDING, BL_WAIVED};
    static const bl_status the_rest[] = {BL_SATISFIED, BL_NOT_MET, BL_UNDETERMINED_FINDING,
                                         BL_NOT_EXAMINED, BL_NOT_APPLICABLE};
    const bl_set_result *r = c->v->set;
    const bool by_reading = r->verdict == BYLAW_CAUTION && !r->firm;

    if (!by_reading)
        add_statuses(c, BL_VIOLATED);
    add_declared(c);
    add_clashes(c);
    add_gaps(c);
    add_missing(c);
    if (by_reading)
        add_readings(c);
    for (size_t i = 0; i < sizeof worth_telling / sizeof *worth_telling; i++)
        add_statuses(c, worth_telling[i]);
    for (size_t i = 0; all && i < sizeof the_rest / sizeof *the_rest; i++)
        add_statuses(c, the_rest[i]);
}

static void add_not_governed(collector *c)
{
    for (size_t i = 0; i < c->v->result->set_count; i++) {
        c->v->set = &c->v->result->sets[i];
        add(c,
            (bl_issue){.kind = BL_ISSUE_NOT_GOVERNED,
                       .weight = BYLAW_NOT_GOVERNED,
                       .id = id_of(c, BYLAW_STR("not-governed")),
                       .rule = BL_SAYF(c->v, title,
                                       BL_TEXT("title", bl_say_label(c->v, c->v->set->set->title))),
                       .text = BL_SAYF(c->v, not_governed,
                                       BL_TEXT("title", bl_say_label(c->v, c->v->set->set->title)),
                                       BL_TEXT("why", bl_say_why_not(c->v, c->v->set))),
                       .place = bl_why_not_place(c->v->result, c->v->set)});
    }
}

/* What a baseline accepts has no weight, and says so. Entries that are told only where everything
 * is asked for are not counted: a baseline does not know them. */
static void accept(collector *c)
{
    const bylaw_result *result = c->v->result;
    size_t known = 0;

    for (size_t i = 0; result->accepted != NULL && i < c->items.count; i++) {
        bl_issue *issue = &c->items.items[i];
        bl_str text = bl_str_init(c->v->arena);

        if (issue->kind >= BL_ISSUE_SATISFIED || known >= result->accepted_count ||
            !result->accepted[known++].yes)
            continue;
        bl_str_add(&text, issue->text);
        bl_str_add(&text, BL_SAY0(c->v, accepted_so));
        issue->text = bl_str_taken(&text);
        issue->weight = BYLAW_COMPLIANT;
        issue->accepted = true;
    }
}

bl_issues bl_issues_of(bl_voice *v, bool all)
{
    collector c = {.v = v};

    if (v->result->verdict == BYLAW_NOT_GOVERNED)
        add_not_governed(&c);
    for (size_t i = 0; i < v->result->set_count; i++) {
        v->set = &v->result->sets[i];
        if (v->set->governed)
            add_set(&c, all);
    }
    accept(&c);
    return (bl_issues){c.items.items, c.items.count, c.failed};
}

/* ---- what the formats ask of an entry ---- */

bl_spot bl_issue_spot(const bl_voice *v, const bl_issue *issue)
{
    const bl_action *action = v->result->action;
    const bl_span span = issue->place.source != NULL ? issue->place : action->key_span;
    bl_spot spot = {.line = action->line, .end_line = action->line};

    if (span.source == NULL)
        return spot;
    const bl_place from = bl_place_of(span.source, span.from),
                   to = bl_place_of(span.source, span.to);

    spot = (bl_spot){.line = from.line, .end_line = from.line, .column = from.column};
    if (to.line == from.line && to.column > from.column)
        spot.end_column = to.column;
    return spot;
}

bylaw_str bl_issue_file(const bl_voice *v, const bl_issue *issue)
{
    return issue->place.source != NULL ? issue->place.source->name
                                       : v->result->action->source->name;
}

bool bl_weight_fails(const bylaw_report *report, bylaw_verdict weight)
{
    return weight >= BYLAW_UNDETERMINED ||
           (weight == BYLAW_CAUTION && report->options.fail_on <= BYLAW_CAUTION);
}

bylaw_str bl_relative(bylaw_str file)
{
    while (bl_str_starts(file, BYLAW_STR("./")))
        file = bl_str_slice(file, 2, file.len);
    return file;
}

bylaw_str bl_fingerprint(bylaw_report *report, const bylaw_str *parts, size_t count)
{
    bl_str all = bl_str_init(&report->arena);
    char hex[BL_SHA256_HEX];
    bylaw_str out = {NULL, 0};

    for (size_t i = 0; i < count; i++) {
        bl_str_add(&all, parts[i]);
        bl_str_addc(&all, '\0');
    }
    if (!bl_sha256_hex(bl_str_view(&all), hex)) {
        report->kept.failed = true; /* no report without its fingerprints */
        return out;
    }
    const uintptr_t told = (uintptr_t)bl_map_get(&report->fingerprints, (bylaw_str){hex, 64});

    if (!bl_arena_copy(&report->kept, &out, (bylaw_str){hex, 64}) ||
        !bl_map_put(&report->fingerprints, out, (void *)(told + 1)))
        return (bylaw_str){NULL, 0};
    if (told == 0)
        return out;
    bl_str_add_uint(&all, told);
    return bl_sha256_hex(bl_str_view(&all), hex) &&
                   bl_arena_copy(&report->arena, &out, (bylaw_str){hex, 64})
               ? out
               : (bylaw_str){NULL, 0};
}

bylaw_str bl_issue_fingerprint(bylaw_report *report, const bl_voice *v, const bl_issue *issue)
{
    static const char *const kinds[] = {"violated", "declared",     "clash",         "gap",
                                        "missing",  "reading",      "departed",      "pending",
                                        "waived",   "governed",     "satisfied",     "not-met",
                                        "open",     "not-examined", "not-applicable"};
    const bylaw_str parts[] = {issue->id,
                               bylaw_str_from(kinds[issue->kind]),
                               bl_relative(bl_issue_file(v, issue)),
                               v->result->action->kind,
                               v->result->action->title,
                               issue->subject};

    return bl_fingerprint(report, parts, sizeof parts / sizeof *parts);
}
