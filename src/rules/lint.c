/* rules/lint.c: see lint.h. A table of checks; each looks at the whole set. */
#include "rules/lint.h"

#include "rules/asks.h"
#include "rules/messages.h"

typedef struct lint {
    const bylaw_ruleset *set;
    bl_arena arena;
    bylaw_diags *diags;
    bool *read;    /* by slot: some program, sum or count reads it */
    bool **chosen; /* by reading and option: something depends on it */
    bool failed;
} lint;

#define warn(l, NAME, span, ...) bl_warn((l)->diags, BL_RULES_MSG(NAME), (span), __VA_ARGS__)

/* --- what is read, what is chosen --- */

static void mark_program(lint *l, const bl_program *program)
{
    size_t count = 0;
    const uint32_t *slots = program == NULL ? NULL : bl_program_slots(program, &count);

    for (size_t i = 0; i < count; i++)
        l->read[slots[i]] = true;
}

static void mark_sum(lint *l, const bl_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++)
        l->read[sum->slots[i]] = true;
}

static void mark_body(lint *l, const bl_body *body)
{
    mark_program(l, body->when);
    mark_program(l, body->require);
    mark_program(l, body->due);
    mark_sum(l, &body->count);
    mark_sum(l, &body->of);
}

static void mark_choice(lint *l, bl_choice choice)
{
    l->chosen[choice.reading][choice.option] = true;
}

static void mark_norm(lint *l, const bl_norm *norm)
{
    mark_body(l, &norm->body);
    mark_program(l, norm->scope);
    mark_program(l, norm->each);
    mark_program(l, norm->each_label);
    if (norm->has_under)
        mark_choice(l, norm->under);
    for (size_t i = 0; i < norm->overlay_count; i++) {
        mark_body(l, &norm->overlays[i].body);
        mark_choice(l, norm->overlays[i].choice);
    }
}

static void mark_gap(lint *l, const bl_gap *gap)
{
    mark_program(l, gap->when);
    mark_program(l, gap->decides);
    for (size_t i = 0; i < gap->overlay_count; i++) {
        mark_program(l, gap->overlays[i].when);
        mark_program(l, gap->overlays[i].decides);
        mark_choice(l, gap->overlays[i].choice);
    }
}

static void mark_fact(lint *l, const bl_fact *fact)
{
    mark_program(l, fact->derive);
    if (fact->counts >= 0)
        l->read[fact->counts] = true;
    for (size_t i = 0; i < fact->overlay_count; i++) {
        mark_program(l, fact->overlays[i].derive);
        mark_choice(l, fact->overlays[i].choice);
    }
}

static bool mark_all(lint *l)
{
    const bylaw_ruleset *set = l->set;

    l->read = BL_NEW_N(&l->arena, bool, set->slot_count);
    l->chosen = BL_NEW_N(&l->arena, bool *, set->reading_count + 1);
    if (l->read == NULL || l->chosen == NULL)
        return false;
    for (size_t i = 0; i < set->reading_count; i++) {
        l->chosen[i] = BL_NEW_N(&l->arena, bool, set->readings[i].option_count + 1);
        if (l->chosen[i] == NULL)
            return false;
    }
    mark_program(l, set->scope);
    for (size_t i = 0; i < set->norm_count; i++)
        mark_norm(l, &set->norms[i]);
    for (size_t i = 0; i < set->gap_count; i++)
        mark_gap(l, &set->gaps[i]);
    for (size_t i = 0; i < set->fact_count; i++)
        mark_fact(l, &set->facts[i]);
    for (size_t i = 0; i < set->invariant_count; i++) {
        mark_program(l, set->invariants[i].holds);
        mark_sum(l, &set->invariants[i].left);
        mark_sum(l, &set->invariants[i].right);
    }
    return true;
}

/* --- the checks --- */

/* Readings that nothing uses, and options that change nothing though they are not the default. A
 * norm that exists under one option uses the others too: there it does not. */
static void unused_readings(lint *l)
{
    for (size_t i = 0; i < l->set->reading_count; i++) {
        const bl_reading *reading = &l->set->readings[i];
        bool any = false, by_default = l->chosen[i][reading->default_option];

        for (size_t k = 0; k < reading->option_count; k++)
            any |= l->chosen[i][k];
        if (!any) {
            warn(l, LINT_READING, reading->span, BL_TEXT("name", reading->name));
            continue;
        }
        for (size_t k = 0; k < reading->option_count && !by_default; k++) {
            if (!l->chosen[i][k] && k != reading->default_option)
                warn(l, LINT_OPTION, reading->span, BL_TEXT("reading", reading->name),
                     BL_TEXT("name", reading->options[k].name));
        }
    }
}

/* Facts that the set itself declares and nothing reads; those of vocabularies are for others too.
 */
static void unused_facts(lint *l)
{
    for (size_t i = 0; i < l->set->fact_count; i++) {
        const bl_fact *fact = &l->set->facts[i];
        bool read = l->read[fact->slot];

        /* A step is used when one of its facts is. */
        for (size_t k = 0; fact->group != NULL && k < fact->group->count; k++)
            read |= l->read[BL_SLOT_FACTS + fact->group->first + k];
        if (!read && fact->span.source == l->set->source &&
            (fact->group == NULL || fact->slot == BL_SLOT_FACTS + fact->group->first))
            warn(l, LINT_FACT, fact->span,
                 BL_TEXT("name", fact->group != NULL ? fact->group->name : fact->name));
    }
}

/* A vote, a base, a day is never presumed. */
static void presumed_figures(lint *l)
{
    for (size_t i = 0; i < l->set->fact_count; i++) {
        const bl_fact *fact = &l->set->facts[i];
        const bl_type *type = fact->type;

        if (type->kind == BL_T_NULLABLE)
            type = type->params[0];
        if (fact->is_presumed && (type->kind == BL_T_INT || type->kind == BL_T_FRACTION ||
                                  type->kind == BL_T_DATE || type->kind == BL_T_LIST))
            warn(l, LINT_PRESUMED, fact->presumed_span, BL_TEXT("name", fact->name));
    }
}

static bool bears_on_some_kind(const bylaw_ruleset *set, uint32_t norm)
{
    for (size_t i = 0; i < set->kinds->count; i++) {
        const bl_kind_def *def = &set->kind_defs[i];

        for (size_t k = 0; k < def->norm_count; k++) {
            if (def->norms[k] == norm)
                return true;
        }
    }
    return false;
}

static void never_applies(lint *l)
{
    const bylaw_ruleset *set = l->set;

    for (size_t i = 0; i < set->norm_count; i++) {
        const bl_norm *norm = &set->norms[i];
        const bl_value *when =
            norm->body.when == NULL ? NULL : bl_program_constant(norm->body.when);
        const bool never = !bears_on_some_kind(set, norm->index) || norm->from > set->until ||
                           norm->until < set->from ||
                           (when != NULL && bl_is_false(*when) && norm->overlay_count == 0);

        if (never)
            warn(l, LINT_NEVER, norm->span, BL_TEXT("id", norm->id));
    }
}

/* Words that say two things at once, or nothing exact. */
static const char *const odd_phrases[] = {"过半数以上", "超过半数以上", "过半以上",
                                          "绝大多数",   "大多数成员",   "大约",
                                          "左右以上",   "至少以上",     "超过三分之二以上"};

static void odd_phrase(lint *l, bylaw_str text, bl_span span)
{
    for (size_t i = 0; i < sizeof odd_phrases / sizeof *odd_phrases; i++) {
        const bylaw_str phrase = bylaw_str_from(odd_phrases[i]);

        if (bl_str_find(text, phrase, 0) != SIZE_MAX) {
            warn(l, LINT_PHRASE, span, BL_TEXT("phrase", phrase));
            return;
        }
    }
}

static void odd_phrases_of_norms(lint *l)
{
    for (size_t i = 0; i < l->set->norm_count; i++)
        odd_phrase(l, l->set->norms[i].says.in[BYLAW_ZH], l->set->norms[i].span);
    for (size_t i = 0; i < l->set->gap_count; i++)
        odd_phrase(l, l->set->gaps[i].says.in[BYLAW_ZH], l->set->gaps[i].span);
}

/* --- provisions --- */

static void cover(bl_cover *covers, const bylaw_ruleset *set, const bl_provision *provision)
{
    covers[provision - set->provisions] = BL_COVER_NORM;
    for (size_t i = 0; i < provision->part_count; i++) {
        const bl_provision *part = bl_map_get(&set->provision_index, provision->parts[i]);

        if (part != NULL)
            covers[part - set->provisions] = BL_COVER_NORM;
    }
}

const bl_cover *bl_coverage(const bylaw_ruleset *set, bl_arena *arena)
{
    bl_cover *covers = BL_NEW_N(arena, bl_cover, set->provision_count + 1);

    if (covers == NULL)
        return NULL;
    for (size_t i = 0; i < set->norm_count; i++) {
        for (size_t k = 0; k < set->norms[i].provision_count; k++)
            cover(covers, set, set->norms[i].provisions[k]);
    }
    for (size_t i = 0; i < set->gap_count; i++) {
        for (size_t k = 0; k < set->gaps[i].provision_count; k++)
            covers[set->gaps[i].provisions[k] - set->provisions] = BL_COVER_NORM;
    }
    for (size_t i = 0; i < set->provision_count; i++) {
        const bl_provision *provision = &set->provisions[i];
        const bool leaf = !bl_str_is(provision->class_, "composite");
        const bool needed =
            leaf && (bl_str_is(provision->class_, "gap") || !bl_str_is(provision->testable, "no"));

        if (covers[i] == BL_COVER_NORM)
            continue;
        if (bl_map_get(&set->reasons, provision->id) != NULL)
            covers[i] = BL_COVER_REASON;
        else if (needed)
            covers[i] = BL_COVER_MISSING;
    }
    return covers;
}

/* So many are named one by one; of more, a set that is just being begun, the number is told. */
#define NAMED 3

static void uncovered_one(lint *l, const bl_provision *provision)
{
    if (bl_str_is(provision->class_, "gap"))
        warn(l, LINT_SILENCE, provision->span, BL_TEXT("id", provision->id),
             BL_LABEL("gist", provision->gist));
    else
        warn(l, LINT_PROVISION, provision->span, BL_TEXT("id", provision->id),
             BL_LABEL("cite", provision->cite));
}

static void uncovered(lint *l)
{
    const bylaw_ruleset *set = l->set;
    const bl_cover *covers = bl_coverage(set, &l->arena);
    size_t missing = 0;

    l->failed |= covers == NULL;
    for (size_t i = 0; covers != NULL && i < set->provision_count; i++) {
        const bl_provision *provision = &set->provisions[i];

        missing += covers[i] == BL_COVER_MISSING;
        if (covers[i] == BL_COVER_NORM && bl_map_get(&set->reasons, provision->id) != NULL)
            warn(l, LINT_REASON, provision->span, BL_TEXT("id", provision->id),
                 BL_LABEL("cite", provision->cite));
    }
    if (missing > NAMED)
        warn(l, LINT_UNCOVERED, set->id_span, BL_INT("n", (int64_t)missing),
             BL_TEXT("id", set->id));
    for (size_t i = 0; missing <= NAMED && missing > 0 && i < set->provision_count; i++) {
        if (covers[i] == BL_COVER_MISSING)
            uncovered_one(l, &set->provisions[i]);
    }
}

/* --- kinds --- */

/* The first norm that names the kind, bears on it, and is more than advice or another reading's:
 * those ask for nothing anyway. */
static const bl_norm *named_on(const bylaw_ruleset *set, const bl_enum_value *kind)
{
    const bl_kind_def *def = &set->kind_defs[kind->index];

    for (size_t i = 0; i < def->norm_count; i++) {
        const bl_norm *norm = &set->norms[def->norms[i]];
        const bool by_default =
            !norm->has_under ||
            norm->under.option == set->readings[norm->under.reading].default_option;

        for (size_t k = 0; by_default && bl_norm_asks(norm) && k < norm->on_count; k++) {
            if (norm->on[k] == kind)
                return norm;
        }
    }
    return NULL;
}

/* Kinds that a norm names and for which nothing need be stated: an empty action would comply. */
static void asks_nothing(lint *l)
{
    for (size_t i = 0; i < l->set->kinds->count && !l->failed; i++) {
        const bl_enum_value *kind = l->set->kinds->values[i];
        const bl_norm *norm = named_on(l->set, kind);
        bl_asks asks;

        if (norm == NULL)
            continue;
        const bl_mark mark = bl_arena_mark(&l->arena);

        if (bl_asks_of(&asks, l->set, kind, &l->arena) != BYLAW_OK)
            l->failed = true;
        else if (asks.needs[BL_NEED_ALWAYS] == 0)
            warn(l, LINT_ASKS_NOTHING, norm->span, BL_LABEL("kind", kind->label));
        bl_arena_release(&l->arena, mark);
    }
}

typedef void check(lint *l);

static check *const checks[] = {asks_nothing,  unused_readings,      unused_facts, presumed_figures,
                                never_applies, odd_phrases_of_norms, uncovered};

bylaw_status bl_lint(const bylaw_ruleset *set, const bylaw_allocator *allocator, bylaw_diags *diags)
{
    lint l = {.set = set, .diags = diags};
    const size_t known = bylaw_diags_count(diags);

    bl_arena_init(&l.arena, allocator);
    l.failed = !mark_all(&l);
    for (size_t i = 0; i < sizeof checks / sizeof *checks && !l.failed; i++)
        checks[i](&l);
    l.failed = l.failed || l.arena.failed;
    bl_arena_dispose(&l.arena);
    bl_diags_sort(diags, known);
    return l.failed ? BYLAW_ENOMEM : bl_diags_status(diags, bylaw_diags_errors(diags));
}
