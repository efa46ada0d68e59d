/* check/checker.c: the public checker: from a text to actions, from an action to a result.
 *
 * The arena of the text is reset with each bylaw_checker_read; results live in it. Rule sets that
 * actions name are looked for among those given, then asked of the caller. */
#include "base/vec.h"
#include "check/action.h"
#include "check/case.h"
#include "check/messages.h"
#include "check/record.h"
#include "doc/document.h"

#include <string.h>

struct bylaw_checker {
    bylaw_allocator allocator;
    bylaw_options options;
    bl_arena own;   /* what is read once: registers, --set, --at */
    bl_arena arena; /* of the current text */
    bool prepared;
    bl_entries registers, extra;
    bl_accept accept;
    bool has_at;
    int64_t at;
    bl_source source;
    bool is_line;    /* the text is one line of a stream */
    bl_arena stream; /* what lines of the stream share with those after them */
    BL_VEC(const bl_doc_node *) shared;
    bl_record_plan *plan; /* where records are read without a tree */
    bl_case like;         /* what every case of a record has in common */
    bl_mark read;         /* of the arena when the text had been read: results lie behind it */
    bl_action_list actions;
    bl_case **cases; /* by action */
    size_t *case_counts;
};

const char *bylaw_verdict_name(bylaw_verdict verdict)
{
    static const char *const names[] = {"compliant", "caution", "undetermined", "violation",
                                        "not-governed"};

    return names[verdict];
}

const char *bylaw_outcome_name(bylaw_outcome outcome)
{
    static const char *const names[] = {"none", "adopted", "not-adopted", "open"};

    return names[outcome];
}

bylaw_status bylaw_checker_new(bylaw_checker **out, const bylaw_options *options,
                               const bylaw_allocator *allocator)
{
    bylaw_checker *checker = bl_new(allocator, sizeof *checker);

    if (checker == NULL)
        return BYLAW_ENOMEM;
    checker->allocator = bl_allocator_or_default(allocator);
    checker->options = *options;
    bl_arena_init(&checker->own, allocator);
    bl_arena_init(&checker->arena, allocator);
    bl_arena_init(&checker->stream, allocator);
    *out = checker;
    return BYLAW_OK;
}

void bylaw_checker_free(bylaw_checker *checker)
{
    if (checker == NULL)
        return;
    const bylaw_allocator allocator = checker->allocator;

    bl_arena_dispose(&checker->own);
    bl_arena_dispose(&checker->arena);
    bl_arena_dispose(&checker->stream);
    bl_free(&allocator, checker, sizeof *checker);
}

/* The text of an option as a source of its own, so that its mistakes have a place. */
static bl_source *option_source(bylaw_checker *checker, bylaw_str name, bylaw_str text)
{
    bl_source *source = BL_NEW(&checker->own, bl_source);

    if (source != NULL)
        *source = (bl_source){.name = name, .text = text};
    return source;
}

/* --set name=value: the value is read as the value of a key would be. */
static bylaw_status read_setting(bylaw_checker *checker, bl_entry *out,
                                 const bylaw_setting *setting, bylaw_diags *diags)
{
    bl_str text = bl_str_init(&checker->own);
    bl_source *source = option_source(checker, BYLAW_STR("--set"), (bylaw_str){NULL, 0});
    bl_document doc;
    bylaw_status status;

    bl_str_add(&text, setting->name);
    bl_str_addz(&text, ": ");
    bl_str_add(&text, setting->value);
    if (source == NULL || bl_str_take(&source->text, &text) != BYLAW_OK)
        return BYLAW_ENOMEM;
    status = bl_document_read(&doc, source, BL_DOC_YAML, NULL, &checker->own, diags);
    if (status != BYLAW_OK)
        return status;
    if (doc.count != 1 || doc.roots[0] == NULL || doc.roots[0]->shape != BL_DOC_MAP ||
        doc.roots[0]->count != 1) {
        bl_error0(diags, &bl_check_msg_not_a_mapping, ((bl_span){source, 0, 0}));
        return BYLAW_EINPUT;
    }
    *out = (bl_entry){setting->name, doc.roots[0]->pairs[0].key, doc.roots[0]->pairs[0].value,
                      BL_FROM_OPTION};
    return BYLAW_OK;
}

static bylaw_status read_registers(bylaw_checker *checker, bylaw_diags *diags)
{
    BL_VEC(bl_entry) all = {0};

    for (size_t i = 0; i < checker->options.register_count; i++) {
        const bylaw_register *file = &checker->options.registers[i];
        bl_source *source = option_source(checker, file->file, file->text);
        bl_entries entries = {0};

        if (source == NULL || !bl_source_survey(source, &checker->own))
            return BYLAW_ENOMEM;
        const bylaw_status status =
            bl_register_read(&entries, source, checker->options.limits, &checker->own, diags);

        if (status != BYLAW_OK)
            return status;
        for (size_t k = 0; k < entries.count; k++) {
            if (!bl_vec_push(&checker->own, &all, entries.items[k]))
                return BYLAW_ENOMEM;
        }
    }
    checker->registers = (bl_entries){all.items, all.count};
    return BYLAW_OK;
}

/* What the options hold, read once. */
static bylaw_status prepare(bylaw_checker *checker, bylaw_diags *diags)
{
    const bylaw_options *options = &checker->options;
    bylaw_str rest;
    bylaw_status status;

    if (checker->prepared)
        return BYLAW_OK;
    bl_arena_reset(&checker->own);
    bl_entry *extra = BL_NEW_N(&checker->own, bl_entry, options->fact_count + 1);

    if (extra == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < options->fact_count; i++) {
        if ((status = read_setting(checker, &extra[i], &options->facts[i], diags)) != BYLAW_OK)
            return status;
    }
    checker->extra = (bl_entries){extra, options->fact_count};
    if ((status = read_registers(checker, diags)) != BYLAW_OK)
        return status;
    if ((status = bl_accept_init(&checker->accept, options, &checker->own, diags)) != BYLAW_OK)
        return status;
    if (options->at.len > 0) {
        const bl_source *source = option_source(checker, BYLAW_STR("--at"), options->at);

        if (source == NULL)
            return BYLAW_ENOMEM;
        if (!bl_date_of_text(&checker->at, &rest, options->at,
                             (bl_span){source, 0, (uint32_t)options->at.len}, &checker->own, diags))
            return BYLAW_EINPUT;
        checker->has_at = true;
    }
    checker->prepared = true;
    return BYLAW_OK;
}

static const bylaw_ruleset *given_set(const bylaw_checker *checker, bylaw_str name)
{
    for (size_t i = 0; i < checker->options.set_count; i++) {
        if (bl_str_equal(checker->options.sets[i]->id, name))
            return checker->options.sets[i];
    }
    return NULL;
}

/* The nearest name among the sets given and those bundled. */
static bylaw_str nearest_set(const bylaw_checker *checker, bylaw_str name)
{
    bylaw_str best = {NULL, 0};
    size_t least = 3;

    for (size_t i = 0; i < checker->options.set_count + bylaw_bundled_count(); i++) {
        const bylaw_str other = i < checker->options.set_count
                                    ? checker->options.sets[i]->id
                                    : bylaw_bundled_name(i - checker->options.set_count);
        const size_t distance = bl_str_distance(other, name, least);

        if (distance < least) {
            least = distance;
            best = other;
        }
    }
    return best;
}

static bylaw_status named_set(bylaw_checker *checker, const bl_action *action, size_t i,
                              const bylaw_ruleset **out, bylaw_diags *diags)
{
    const bylaw_str name = action->rules[i];
    bylaw_status status = BYLAW_ENOTFOUND;

    if ((*out = given_set(checker, name)) != NULL)
        return BYLAW_OK;
    if (checker->options.load != NULL)
        status =
            checker->options.load(checker->options.context, name, checker->source.name, out, diags);
    if (status != BYLAW_ENOTFOUND)
        return status;
    const bylaw_str near = nearest_set(checker, name);

    if (near.len > 0)
        bl_error(diags, &bl_check_msg_unknown_set_near, action->rule_spans[i],
                 BL_TEXT("name", name), BL_TEXT("near", near));
    else
        bl_error(diags, &bl_check_msg_unknown_set, action->rule_spans[i], BL_TEXT("name", name));
    return BYLAW_EINPUT;
}

/* The sets of an action: those it names, else all that are given. */
static bylaw_status sets_of(bylaw_checker *checker, const bl_action *action,
                            const bylaw_ruleset ***sets, size_t *count, bylaw_diags *diags)
{
    const size_t n = action->rule_count > 0 ? action->rule_count : checker->options.set_count;
    const bylaw_ruleset **found = BL_NEW_N(&checker->arena, const bylaw_ruleset *, n + 1);
    bylaw_status worst = BYLAW_OK;

    if (found == NULL)
        return BYLAW_ENOMEM;
    if (n == 0) {
        bl_error0(diags, &bl_check_msg_no_sets, action->key_span);
        return BYLAW_EINPUT;
    }
    for (size_t i = 0; i < n; i++) {
        bylaw_status status = BYLAW_OK;

        if (action->rule_count == 0)
            found[i] = checker->options.sets[i];
        else
            status = named_set(checker, action, i, &found[i], diags);
        if (status == BYLAW_ENOMEM)
            return status;
        worst = worst == BYLAW_OK ? status : worst;
    }
    *sets = found;
    *count = n;
    return worst;
}

static const bl_reading *find_reading(const bylaw_ruleset *set, bylaw_str name, size_t *index)
{
    for (size_t i = 0; i < set->reading_count; i++) {
        if (bl_str_equal(set->readings[i].name, name)) {
            *index = i;
            return &set->readings[i];
        }
    }
    return NULL;
}

/* [set:]reading of a --reading: does it speak of this set, and what is the reading's name? */
static bool speaks_of(const bylaw_ruleset *set, bylaw_str name, bylaw_str *reading)
{
    const size_t colon = bl_str_find(name, BYLAW_STR(":"), 0);

    *reading = colon == SIZE_MAX ? name : bl_str_slice(name, colon + 1, name.len);
    return colon == SIZE_MAX || bl_str_equal(bl_str_slice(name, 0, colon), set->id);
}

static bylaw_status unknown_option(bylaw_checker *checker, const bl_reading *reading,
                                   const bylaw_setting *setting, bylaw_diags *diags)
{
    bl_str list = bl_str_init(&checker->arena);
    bylaw_str text, near = {NULL, 0};
    size_t least = 3;

    for (size_t i = 0; i < reading->option_count; i++) {
        const size_t distance = bl_str_distance(reading->options[i].name, setting->value, least);

        if (distance < least) {
            least = distance;
            near = reading->options[i].name;
        }
        if (i > 0)
            bl_str_addz(&list, ", ");
        bl_str_add(&list, reading->options[i].name);
    }
    if (bl_str_take(&text, &list) != BYLAW_OK)
        return BYLAW_ENOMEM;
    if (near.len > 0)
        bl_error(diags, &bl_check_msg_unknown_option_near, BL_NO_SPAN,
                 BL_TEXT("reading", reading->name), BL_TEXT("name", setting->value),
                 BL_TEXT("near", near));
    else
        bl_error(diags, &bl_check_msg_unknown_option, BL_NO_SPAN, BL_TEXT("reading", reading->name),
                 BL_TEXT("name", setting->value), BL_TEXT("options", text));
    return BYLAW_EINPUT;
}

/* Lays one --reading over the cases; it must be known to one of their sets. */
static bylaw_status fix_reading(bylaw_checker *checker, bl_case *cases, size_t count,
                                const bylaw_setting *setting, bylaw_diags *diags)
{
    bool known = false;
    bylaw_str near = {NULL, 0};

    for (size_t i = 0; i < count; i++) {
        const bylaw_ruleset *set = cases[i].set;
        bylaw_str name;
        size_t index = 0;
        bool option_known = false;

        if (!speaks_of(set, setting->name, &name))
            continue;
        const bl_reading *reading = find_reading(set, name, &index);

        for (size_t k = 0; reading == NULL && k < set->reading_count; k++) {
            if (bl_str_distance(set->readings[k].name, name, 2) <= 2)
                near = set->readings[k].name;
        }
        if (reading == NULL)
            continue;
        known = true;
        for (size_t o = 0; o < reading->option_count; o++) {
            if (bl_str_equal(reading->options[o].name, setting->value)) {
                ((uint8_t *)(uintptr_t)cases[i].chosen)[index] = (uint8_t)o;
                cases[i].fixed |= UINT64_C(1) << index;
                option_known = true;
            }
        }
        if (!option_known)
            return unknown_option(checker, reading, setting, diags);
    }
    if (known)
        return BYLAW_OK;
    if (near.len > 0)
        bl_error(diags, &bl_check_msg_unknown_reading_near, BL_NO_SPAN,
                 BL_TEXT("name", setting->name), BL_TEXT("near", near));
    else
        bl_error(diags, &bl_check_msg_unknown_reading, BL_NO_SPAN, BL_TEXT("name", setting->name),
                 BL_TEXT("set", count > 0 ? cases[0].set->id : BYLAW_STR("")));
    return BYLAW_EINPUT;
}

static bylaw_status choose_readings(bylaw_checker *checker, bl_case *cases, size_t count,
                                    bl_arena *arena, bylaw_diags *diags)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t *chosen = BL_NEW_N(arena, uint8_t, cases[i].set->reading_count + 1);

        if (chosen == NULL)
            return BYLAW_ENOMEM;
        for (size_t k = 0; k < cases[i].set->reading_count; k++)
            chosen[k] = (uint8_t)cases[i].set->readings[k].default_option;
        cases[i].chosen = chosen;
    }
    for (size_t i = 0; i < checker->options.reading_count; i++) {
        const bylaw_status status =
            fix_reading(checker, cases, count, &checker->options.readings[i], diags);

        if (status != BYLAW_OK)
            return status;
    }
    return BYLAW_OK;
}

static void set_limits(bl_case *c, const bylaw_limits *limits)
{
    c->limits = limits;
    c->cost = bylaw_limit_of(limits, BYLAW_LIMIT_COST);
    c->regex_states = (uint32_t)bylaw_limit_of(limits, BYLAW_LIMIT_REGEX_STATES);
}

/* One action under its sets. */
static bylaw_status make_cases(bylaw_checker *checker, size_t i, bylaw_diags *diags)
{
    const bl_action *action = &checker->actions.items[i];
    const bylaw_ruleset **sets = NULL;
    size_t count = 0;
    bylaw_status status = sets_of(checker, action, &sets, &count, diags);

    if (status != BYLAW_OK)
        return status;
    bl_case *cases = BL_NEW_N(&checker->arena, bl_case, count);

    if (cases == NULL)
        return BYLAW_ENOMEM;
    status = bl_cases_make(cases, sets, count, action, &checker->extra, &checker->arena, diags);
    if (status != BYLAW_OK)
        return status;
    for (size_t k = 0; k < count; k++) {
        bl_case *c = &cases[k];

        c->named = action->rule_count > 0;
        c->strict = checker->options.strict;
        c->remedies = checker->options.remedies;
        c->grid = checker->options.grid;
        c->brief = checker->options.brief;
        set_limits(c, checker->options.limits);
        c->accept = &checker->accept;
        if ((status = bl_accept_pick(&checker->accept, c->set, &c->picked)) != BYLAW_OK)
            return status;
        c->has_as_of = checker->has_at || action->has_as_of || action->has_date;
        c->as_of = checker->has_at ? checker->at : action->has_as_of ? action->as_of : action->date;
    }
    checker->cases[i] = cases;
    checker->case_counts[i] = count;
    return choose_readings(checker, cases, count, &checker->arena, diags);
}

/* Can records be read without a tree? Where elements of lists are told one by one, their places are
 * looked up in it; so are the facts that a remedy may change. */
static bool without_tree(const bylaw_checker *checker)
{
    const bylaw_options *o = &checker->options;

    if (o->flat.len == 0 || o->set_count != 1 || o->register_count > 0 || o->fact_count > 0 ||
        o->remedies || o->grid)
        return false;
    for (size_t i = 0; i < o->sets[0]->norm_count; i++) {
        if (o->sets[0]->norms[i].each != NULL)
            return false;
    }
    return true;
}

static bylaw_status plan_records(bylaw_checker *checker, bylaw_diags *diags)
{
    const bylaw_options *o = &checker->options;

    if (checker->plan != NULL || !without_tree(checker))
        return BYLAW_OK;
    checker->like = (bl_case){.set = o->sets[0],
                              .strict = o->strict,
                              .brief = o->brief,
                              .accept = &checker->accept,
                              .arena = &checker->arena};
    set_limits(&checker->like, o->limits);
    bylaw_status status = bl_accept_pick(&checker->accept, o->sets[0], &checker->like.picked);

    if (status == BYLAW_OK)
        status = choose_readings(checker, &checker->like, 1, &checker->own, diags);
    if (status == BYLAW_OK)
        checker->plan =
            bl_record_plan_new(&checker->like, o->flat, o->ignore_unknown, &checker->own);
    return status != BYLAW_OK || checker->plan != NULL ? status : BYLAW_ENOMEM;
}

/* One record; false: it is left to the tree reader. */
static bool read_record(bylaw_checker *checker, bl_case *c, bl_action *action, size_t *at)
{
    *c = checker->like;
    *action = (bl_action){.ignore_unknown = checker->options.ignore_unknown};
    if (!bl_record_read(checker->plan, c, action, &checker->source, at, &checker->arena))
        return false;
    c->action = action;
    c->has_as_of = checker->has_at || action->has_date;
    c->as_of = checker->has_at ? checker->at : action->date;
    return c->settled == NULL || bl_settle_rest((bl_settled *)(uintptr_t)c->settled, c) == BYLAW_OK;
}

/* All records of the text; false: it is left to the tree reader. */
static bool read_records(bylaw_checker *checker)
{
    const bylaw_str text = checker->source.text;
    size_t count = 0, at = 0, line = checker->source.first_line + 1, seen = 0;

    for (const char *p = text.ptr, *end = p + text.len; p != NULL && p < end; count++) {
        p = memchr(p, '\n', (size_t)(end - p));
        p = p != NULL ? p + 1 : NULL;
    }
    bl_action *actions = bl_arena_alloc(&checker->arena, count * sizeof *actions);
    bl_case *cases = bl_arena_alloc(&checker->arena, count * sizeof *cases);

    checker->cases = bl_arena_alloc(&checker->arena, count * sizeof *checker->cases);
    checker->case_counts = bl_arena_alloc(&checker->arena, count * sizeof *checker->case_counts);
    if (actions == NULL || cases == NULL || checker->cases == NULL || checker->case_counts == NULL)
        return false;
    size_t n = 0;

    for (; n < count && at < text.len; n++) {
        if (!read_record(checker, &cases[n], &actions[n], &at))
            return false;
        for (; seen < actions[n].key_span.from; seen++)
            line += text.ptr[seen] == '\n';
        actions[n].line = line;
        checker->cases[n] = &cases[n];
        checker->case_counts[n] = 1;
    }
    checker->actions = (bl_action_list){actions, n};
    return at == text.len && n > 0;
}

static bylaw_status read_actions(bylaw_checker *checker, bylaw_format format, bylaw_diags *diags)
{
    bylaw_status status, worst = BYLAW_OK;
    const size_t before = diags != NULL ? bylaw_diags_count(diags) : 0;

    checker->actions = (bl_action_list){0};
    bl_arena_reset(&checker->arena);
    if ((status = prepare(checker, diags)) != BYLAW_OK ||
        (status = plan_records(checker, diags)) != BYLAW_OK)
        return status;
    if (format == BYLAW_FORMAT_JSONL && checker->plan != NULL) {
        if (read_records(checker)) {
            checker->read = bl_arena_mark(&checker->arena);
            return BYLAW_OK;
        }
        checker->actions = (bl_action_list){0};
        bl_arena_reset(&checker->arena);
    }
    const bl_action_reading how = {.arena = &checker->arena,
                                   .diags = diags,
                                   .options = &checker->options,
                                   .registers = &checker->registers,
                                   .is_line = checker->is_line,
                                   .shared = checker->is_line ? checker->shared.items : NULL,
                                   .shared_count = checker->is_line ? checker->shared.count : 0};
    bl_action_list actions = {0};

    if (!bl_source_survey(&checker->source, &checker->arena))
        return BYLAW_ENOMEM;
    worst = bl_actions_read(&actions, &checker->source, format, &how);
    if (worst == BYLAW_ENOMEM || worst == BYLAW_ELIMIT)
        return worst;
    checker->actions = actions;
    checker->cases = BL_NEW_N(&checker->arena, bl_case *, actions.count + 1);
    checker->case_counts = BL_NEW_N(&checker->arena, size_t, actions.count + 1);
    if (checker->cases == NULL || checker->case_counts == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < actions.count; i++) {
        if ((status = make_cases(checker, i, diags)) == BYLAW_ENOMEM)
            return status;
        worst = worst == BYLAW_OK ? status : worst;
    }
    bl_diags_sort(diags, before);
    if (worst != BYLAW_OK)
        checker->actions = (bl_action_list){0};
    checker->read = bl_arena_mark(&checker->arena);
    return worst;
}

/* What a step could not allocate may be missing without anybody having said so: an arena that once
 * failed makes no verdict. */
static bylaw_status unless_failed(const bylaw_checker *checker, const bylaw_diags *diags,
                                  bylaw_status status)
{
    const bool told = bl_diags_status(diags, SIZE_MAX) == BYLAW_OK;

    return checker->own.failed || checker->arena.failed || !told ? BYLAW_ENOMEM : status;
}

static bylaw_status read_text(bylaw_checker *checker, bylaw_format format, bylaw_diags *diags)
{
    checker->own.failed = checker->arena.failed = false;
    const bylaw_status status = unless_failed(checker, diags, read_actions(checker, format, diags));

    if (status != BYLAW_OK)
        checker->actions = (bl_action_list){0};
    return status;
}

bylaw_status bylaw_checker_read(bylaw_checker *checker, bylaw_str file, bylaw_str text,
                                bylaw_format format, bylaw_diags *diags)
{
    checker->source = (bl_source){.name = file, .text = text};
    checker->is_line = false;
    return read_text(checker, format, diags);
}

/* A line without an action is shared by those after it: it is kept, with a text of its own. */
static bylaw_status share_line(bylaw_checker *checker)
{
    bl_source *source = BL_NEW(&checker->stream, bl_source);
    bl_document document = {0};

    if (source == NULL || !bl_arena_copy(&checker->stream, &source->name, checker->source.name) ||
        !bl_arena_copy(&checker->stream, &source->text, checker->source.text))
        return BYLAW_ENOMEM;
    source->first_line = checker->source.first_line;
    const bylaw_status status =
        bl_document_read(&document, source, BL_DOC_JSONL, NULL, &checker->stream, NULL);

    if (status == BYLAW_OK && document.count > 0 &&
        !bl_vec_push(&checker->stream, &checker->shared, document.roots[0]))
        return BYLAW_ENOMEM;
    return status;
}

bylaw_status bylaw_checker_read_line(bylaw_checker *checker, bylaw_str file, size_t line,
                                     bylaw_str text, bylaw_diags *diags)
{
    checker->source = (bl_source){.name = file, .text = text, .first_line = line - 1};
    checker->is_line = true;
    if (line == 1) {
        bl_arena_reset(&checker->stream);
        checker->shared.items = NULL;
        checker->shared.count = checker->shared.room = 0;
    }
    const bylaw_status status = read_text(checker, BYLAW_FORMAT_JSONL, diags);

    return status == BYLAW_OK && checker->actions.count == 0 && checker->options.flat.len == 0 &&
                   bl_str_trim(text).len > 0
               ? share_line(checker)
               : status;
}

void bylaw_checker_forget(bylaw_checker *checker)
{
    bl_arena_release(&checker->arena, checker->read);
}

size_t bylaw_checker_count(const bylaw_checker *checker)
{
    return checker->actions.count;
}

size_t bylaw_checker_line(const bylaw_checker *checker, size_t i)
{
    return checker->actions.items[i].line;
}

static void sum_up(bylaw_result *result)
{
    bool any = false;

    result->firm = true;
    for (size_t i = 0; i < result->set_count; i++) {
        const bl_set_result *r = &result->sets[i];

        if (!r->governed)
            continue;
        if (!any || r->verdict > result->verdict)
            result->verdict = r->verdict;
        if (!any || result->outcome == BYLAW_NO_OUTCOME)
            result->outcome = r->outcome;
        else if (r->outcome != BYLAW_NO_OUTCOME && r->outcome != result->outcome)
            result->outcome = BYLAW_OPEN;
        result->firm &= r->firm;
        any = true;
    }
    if (!any)
        result->verdict = BYLAW_NOT_GOVERNED;
}

static bylaw_status judge(bylaw_checker *checker, size_t i, const bylaw_result **out,
                          bylaw_diags *diags)
{
    bl_case *cases = checker->cases[i];
    const size_t count = checker->case_counts[i];
    bl_set_result *sets =
        bl_arena_calloc(&checker->arena, 1, count * sizeof(bl_set_result) + sizeof(bylaw_result));
    bylaw_status worst = BYLAW_OK;

    if (sets == NULL)
        return BYLAW_ENOMEM;
    bylaw_result *result = (bylaw_result *)(sets + count);

    for (size_t k = 0; k < count; k++) {
        cases[k].diags = diags;
        const bylaw_status status = bl_case_judge(&sets[k], &cases[k]);

        if (status == BYLAW_ENOMEM)
            return status;
        worst = worst == BYLAW_OK ? status : worst;
        if (result->kind == NULL)
            result->kind = cases[k].kind;
    }
    if (worst != BYLAW_OK)
        return worst;
    result->action = &checker->actions.items[i];
    result->sets = sets;
    result->set_count = count;
    result->strict = checker->options.strict;
    result->brief = checker->options.brief;
    result->partial = checker->options.select_count > 0 || checker->options.ignore_count > 0;
    result->file_has_several = checker->actions.count > 1 || checker->is_line;
    result->has_as_of = cases[0].has_as_of;
    result->as_of = cases[0].as_of;
    result->as_of_told =
        result->has_as_of && (!result->action->has_date || result->as_of != result->action->date);
    sum_up(result);
    *out = result;
    return BYLAW_OK;
}

bylaw_status bylaw_checker_check(bylaw_checker *checker, size_t i, const bylaw_result **out,
                                 bylaw_diags *diags)
{
    const bylaw_result *result = NULL;

    checker->own.failed = checker->arena.failed = false;
    const bylaw_status status = unless_failed(checker, diags, judge(checker, i, &result, diags));

    if (status == BYLAW_OK)
        *out = result;
    return status;
}

bylaw_status bylaw_checker_join(bylaw_checker *checker, const bylaw_checker *other)
{
    if (!other->prepared)
        return BYLAW_OK;
    const bylaw_status status = prepare(checker, NULL);

    return status == BYLAW_OK ? bl_accept_join(&checker->accept, &other->accept) : status;
}

void bylaw_checker_unused(const bylaw_checker *checker, bylaw_diags *diags)
{
    if (checker->prepared)
        bl_accept_unused(&checker->accept, diags);
}

static bool is_used(const bl_finding *findings, size_t count, const bl_waiver *waiver)
{
    for (size_t i = 0; i < count; i++) {
        if (findings[i].waiver == waiver ||
            is_used(findings[i].elements, findings[i].element_count, waiver))
            return true;
    }
    return false;
}

/* Needed also where only another reading would be broken without it. */
static bool set_uses(const bl_set_result *r, const bl_waiver *waiver)
{
    if (is_used(r->findings, r->finding_count, waiver))
        return true;
    for (size_t i = 0; i < r->alternative_count; i++) {
        if (is_used(r->alternatives[i].findings, r->alternatives[i].finding_count, waiver))
            return true;
    }
    return false;
}

void bylaw_result_unused_waivers(const bylaw_result *result, bylaw_diags *diags)
{
    for (size_t i = 0; i < result->action->waiver_count; i++) {
        const bl_waiver *waiver = &result->action->waivers[i];
        bool used = false;

        for (size_t k = 0; k < result->set_count && !used; k++)
            used = result->sets[k].governed && set_uses(&result->sets[k], waiver);
        if (!used)
            bl_warn(diags, &bl_check_msg_waiver_unused, waiver->span,
                    BL_TEXT("name", waiver->norm));
    }
}

bylaw_verdict bylaw_result_verdict(const bylaw_result *result)
{
    return result->verdict;
}

bylaw_outcome bylaw_result_outcome(const bylaw_result *result)
{
    return result->outcome;
}

bool bylaw_result_firm(const bylaw_result *result)
{
    return result->firm;
}

size_t bylaw_result_norm_count(const bylaw_result *result)
{
    size_t count = 0;

    for (size_t i = 0; i < result->set_count; i++)
        count += result->sets[i].standing_count;
    return count;
}

/* bylaw_standing is bl_status for those outside. */
_Static_assert((int)BYLAW_NORM_VIOLATED == (int)BL_VIOLATED &&
                   (int)BYLAW_NORM_DEPARTED == (int)BL_DEPARTED &&
                   (int)BYLAW_NORM_NOT_MET == (int)BL_NOT_MET,
               "the same statuses in the same order");

bylaw_norm_result bylaw_result_norm(const bylaw_result *result, size_t i)
{
    const bl_set_result *r = result->sets;

    for (; i >= r->standing_count; r++)
        i -= r->standing_count;
    return (bylaw_norm_result){r->set->id, r->standings[i].norm->id,
                               (bylaw_standing)r->standings[i].status};
}

size_t bylaw_result_standing_count(const bylaw_result *result, bylaw_standing standing)
{
    size_t count = 0;

    for (size_t i = 0; i < result->set_count; i++)
        count += result->sets[i].counts[standing];
    return count;
}

bylaw_str bylaw_result_file(const bylaw_result *result)
{
    return result->action->source->name;
}

size_t bylaw_result_line(const bylaw_result *result)
{
    return result->action->line;
}

bylaw_str bylaw_result_proposed(const bylaw_result *result)
{
    return result->action->proposed;
}

const bylaw_ruleset *bylaw_result_ruleset(const bylaw_result *result)
{
    for (size_t i = 0; i < result->set_count; i++) {
        if (result->sets[i].governed)
            return result->sets[i].set;
    }
    return NULL;
}
