/* report/record_tell.c: what a verdict record and what comes out now differ in, in words or as
 * JSON. */
#include "report/json.h"
#include "report/page.h"
#include "report/record_compare.h"

/* What differs is counted, grouped by action and told in one walk; the heads and totals, which need
 * the counts, stand before and behind it. */
typedef struct telling {
    const bylaw_record_telling *how;
    bylaw_record_match match;
    size_t actions;                   /* with another verdict or finding */
    size_t gone;                      /* actions that are not there now */
    const bl_recorded_action *action; /* told last */
    const bl_recorded_action *counted;
    bl_voice v;
    bl_page page;
    bl_json j;
} telling;

/* ---- counting ---- */

static size_t *count_of(bylaw_record_match *match, const bl_difference *d)
{
    switch (d->kind) {
    case BL_DIFFERS_VERSION:
        return &match->versions;
    case BL_DIFFERS_RULESET:
    case BL_DIFFERS_TEXT:
    case BL_DIFFERS_INPUT:
        return &match->contents;
    case BL_DIFFERS_FIELD:
        return bl_field_rows[d->field].content ? &match->contents : &match->verdicts;
    default:
        return &match->verdicts;
    }
}

static void count(void *context, const bl_difference *d)
{
    telling *t = context;
    size_t *n = count_of(&t->match, d);

    ++*n;
    t->gone += d->kind == BL_DIFFERS_ACTION && d->to.len == 0;
    if (n == &t->match.verdicts && d->action != t->counted) {
        t->counted = d->action;
        t->actions++;
    }
}

bool bylaw_record_agrees(const bylaw_record_match *match, bool verdicts_only)
{
    return match->verdicts == 0 && !match->altered && (match->contents == 0 || verdicts_only);
}

static bool agrees(const telling *t)
{
    return bylaw_record_agrees(&t->match, t->how->verdicts_only);
}

/* ---- in words ---- */

static bylaw_str say_text(const bl_voice *v, bylaw_str text)
{
    return text.len > 0 ? bl_say_foreign(v, text) : BL_SAY0(v, record_none);
}

static bylaw_str say_verdict_word(const bl_voice *v, bylaw_str word)
{
    for (int i = 0; i <= BYLAW_NOT_GOVERNED; i++) {
        if (bl_str_is(word, bylaw_verdict_name((bylaw_verdict)i)))
            return bl_say_verdict(v, (bylaw_verdict)i);
    }
    return say_text(v, word);
}

static bylaw_str say_outcome_word(const bl_voice *v, bylaw_str word)
{
    for (int i = BYLAW_ADOPTED; i <= BYLAW_OPEN; i++) {
        if (bl_str_is(word, bylaw_outcome_name((bylaw_outcome)i)))
            return bl_say_outcome(v, (bylaw_outcome)i);
    }
    return BL_SAY0(v, record_none);
}

static bylaw_str say_status_word(const bl_voice *v, bylaw_str word)
{
    for (int i = 0; i < BL_STATUS__COUNT; i++) {
        if (bl_str_is(word, bl_status_name((bl_status)i)))
            return bl_say_status(v, (bl_status)i);
    }
    return say_text(v, word);
}

static bylaw_str say_firm_word(const bl_voice *v, bylaw_str word)
{
    return bl_str_is(word, "true") ? BL_SAY0(v, record_firm) : BL_SAY0(v, record_not_firm);
}

typedef bylaw_str say_word(const bl_voice *v, bylaw_str word);

static const struct field_telling {
    const bl_msg *name;
    say_word *say; /* NULL: the name says it all */
} field_tellings[BL_FIELDS] = {
    [BL_FIELD_KIND] = {&bl_word_record_kind, say_text},
    [BL_FIELD_DATE] = {&bl_word_record_date, say_text},
    [BL_FIELD_AS_OF] = {&bl_word_record_as_of, say_text},
    [BL_FIELD_FACTS] = {&bl_word_record_facts, NULL},
    [BL_FIELD_VERDICT] = {&bl_word_verdict_word, say_verdict_word},
    [BL_FIELD_OUTCOME] = {&bl_word_record_outcome, say_outcome_word},
    [BL_FIELD_FIRM] = {&bl_word_record_stands, say_firm_word},
};

static bylaw_str say_from_to(const bl_voice *v, bylaw_str what, const bl_difference *d,
                             say_word *say)
{
    return BL_SAYF(v, record_from_to, BL_TEXT("what", what), BL_TEXT("from", say(v, d->from)),
                   BL_TEXT("to", say(v, d->to)));
}

/* 第七条（一） majority */
static bylaw_str say_norm(const bl_voice *v, const bl_difference *d)
{
    bl_str out = bl_str_init(v->arena);

    if (d->known != NULL) {
        bl_str_add(&out, bl_say_cite(v, d->known));
        bl_str_addc(&out, ' ');
    }
    bl_str_add(&out, bl_say_foreign(v, d->norm));
    return bl_str_view(&out);
}

/* One thing that is gone, new, or other than it was. */
static bylaw_str say_thing(const bl_voice *v, const bl_difference *d, const bl_msg *const words[3])
{
    const bl_msg *msg = d->to.len == 0 ? words[0] : d->from.len == 0 ? words[1] : words[2];

    return bl_say(v, msg,
                  BL_ARGS(BL_TEXT("name", bl_say_foreign(v, d->name)),
                          BL_TEXT("ruleset", bl_say_foreign(v, d->ruleset)),
                          BL_TEXT("from", say_verdict_word(v, d->from)),
                          BL_TEXT("to", say_verdict_word(v, d->to))));
}

static bylaw_str say_difference(const bl_voice *v, const bl_difference *d)
{
    static const bl_msg *const things[][3] = {
        [BL_DIFFERS_RULESET] = {&bl_word_record_set_gone, &bl_word_record_set_new,
                                &bl_word_record_set},
        [BL_DIFFERS_TEXT] = {&bl_word_record_text_gone, &bl_word_record_text_new,
                             &bl_word_record_text},
        [BL_DIFFERS_INPUT] = {&bl_word_record_input_gone, &bl_word_record_input_new,
                              &bl_word_record_input},
        [BL_DIFFERS_ACTION] = {&bl_word_record_action_gone, &bl_word_record_action_new, NULL},
    };
    const struct field_telling *field = &field_tellings[d->field];

    switch (d->kind) {
    case BL_DIFFERS_VERSION:
        return say_from_to(v, d->name, d, say_text);
    case BL_DIFFERS_RULESET:
    case BL_DIFFERS_TEXT:
    case BL_DIFFERS_INPUT:
    case BL_DIFFERS_ACTION:
        return say_thing(v, d, things[d->kind]);
    case BL_DIFFERS_FIELD:
        return field->say == NULL ? bl_say(v, field->name, NULL, 0)
                                  : say_from_to(v, bl_say(v, field->name, NULL, 0), d, field->say);
    case BL_DIFFERS_VERDICT:
        return BL_SAYF(
            v, record_by_set, BL_TEXT("ruleset", bl_say_foreign(v, d->ruleset)),
            BL_TEXT("text", bl_str_is(d->name, "verdict")
                                ? say_from_to(v, BL_SAY0(v, verdict_word), d, say_verdict_word)
                                : say_from_to(v, BL_SAY0(v, record_outcome), d, say_outcome_word)));
    case BL_DIFFERS_ELEMENT:
        return say_from_to(v,
                           BL_SAYF(v, record_element, BL_TEXT("norm", say_norm(v, d)),
                                   BL_INT("n", (int64_t)d->element + 1)),
                           d, say_status_word);
    case BL_DIFFERS_READING:
        return say_from_to(v,
                           BL_SAYF(v, record_reading, BL_TEXT("norm", say_norm(v, d)),
                                   BL_TEXT("reading", bl_say_foreign(v, d->name))),
                           d, say_text);
    case BL_DIFFERS_GAP:
        return bl_say(v, d->to.len > 0 ? &bl_word_record_gap : &bl_word_record_no_gap,
                      BL_ARGS(BL_TEXT("gap", bl_say_foreign(v, d->norm))));
    case BL_DIFFERS_FINDING:
    case BL_DIFFERENCE_KINDS:
        break;
    }
    return say_from_to(v, say_norm(v, d), d, say_status_word);
}

/* FILE, or FILE:LINE where the file has several, on a line of its own before what differs. */
static void tell_words(void *context, const bl_difference *d)
{
    telling *t = context;
    bl_str name = bl_str_init(t->v.arena);

    if (d->action != NULL && d->action != t->action) {
        bl_str_add(&name, bl_say_foreign(&t->v, d->action->file));
        if (!d->action->alone)
            bl_str_addf(&name, ":%zu", d->action->line);
        bl_page_line(&t->page, 2, 2, bl_str_view(&name));
    }
    t->action = d->action;
    const size_t indent = d->action != NULL ? 4 : 2;

    bl_page_line(&t->page, indent, indent + 2, say_difference(&t->v, d));
}

static void tell_head(telling *t)
{
    const bool same = agrees(t);
    const bl_msg *words = !same                   ? &bl_word_record_differs
                          : t->match.contents > 0 ? &bl_word_record_verdicts_agree
                                                  : &bl_word_record_agrees;
    bl_str head = bl_str_init(t->v.arena), line = bl_str_init(t->v.arena);

    bl_str_addz(&head, bl_mark_text(same ? 'v' : 'x'));
    bl_str_addc(&head, ' ');
    bl_str_add(&head, bl_say(&t->v, words, NULL, 0));
    bl_styled(&line, same ? BL_GREEN : BL_RED, bl_str_view(&head));
    bl_str_addz(&line, "  ");
    bl_str_add(&line, bl_say_foreign(&t->v, t->how->name));
    bl_page_line(&t->page, 0, 2, bl_str_view(&line));
}

static void tell_total(telling *t, const bylaw_record *now)
{
    const int64_t n = (int64_t)(now->actions.count + t->gone);
    bylaw_str text;

    if (t->match.verdicts > 0)
        text = BL_SAYF(&t->v, record_verdicts_differ, BL_INT("n", n),
                       BL_INT("k", (int64_t)t->actions));
    else if (bylaw_record_agrees(&t->match, false))
        text = BL_SAYF(&t->v, record_all_same, BL_INT("sets", (int64_t)now->sets.count),
                       BL_INT("files", (int64_t)now->inputs.count), BL_INT("n", n));
    else
        text = BL_SAYF(&t->v, record_verdicts_same, BL_INT("n", n));
    bl_page_line(&t->page, 2, 2, text);
    if (!agrees(t) && bylaw_record_agrees(&t->match, true))
        bl_page_line(&t->page, 2, 2, BL_SAY0(&t->v, record_content_only));
}

/* ---- as JSON ---- */

static void tell_json(void *context, const bl_difference *d)
{
    static const char *const kinds[BL_DIFFERENCE_KINDS] = {
        [BL_DIFFERS_VERSION] = "version", [BL_DIFFERS_RULESET] = "ruleset",
        [BL_DIFFERS_TEXT] = "text",       [BL_DIFFERS_INPUT] = "input",
        [BL_DIFFERS_ACTION] = "action",   [BL_DIFFERS_FIELD] = "field",
        [BL_DIFFERS_VERDICT] = "verdict", [BL_DIFFERS_FINDING] = "finding",
        [BL_DIFFERS_ELEMENT] = "element", [BL_DIFFERS_READING] = "reading",
        [BL_DIFFERS_GAP] = "gap",
    };
    telling *t = context;
    const struct {
        const char *key;
        bylaw_str text;
    } texts[] = {{"name", d->name}, {"ruleset", d->ruleset}, {"norm", d->norm}};

    bl_str_addz(t->j.out, t->j.comma ? ",\n" : "\n"); /* a line each */
    t->j.comma = false;
    bl_json_open(&t->j, NULL, '{');
    bl_json_text(&t->j, "kind", bylaw_str_from(kinds[d->kind]));
    if (d->action != NULL) {
        bl_json_text(&t->j, "file", d->action->file);
        bl_json_int(&t->j, "line", (int64_t)d->action->line);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text.len > 0)
            bl_json_text(&t->j, texts[i].key, texts[i].text);
    }
    if (d->kind == BL_DIFFERS_ELEMENT)
        bl_json_int(&t->j, "index", (int64_t)d->element);
    if (d->from.len > 0)
        bl_json_text(&t->j, "from", d->from);
    else
        bl_json_null(&t->j, "from");
    if (d->to.len > 0)
        bl_json_text(&t->j, "to", d->to);
    else
        bl_json_null(&t->j, "to");
    bl_json_close(&t->j, '}');
}

static void write_json(telling *t, bl_str *out, const bylaw_record *then, const bylaw_record *now)
{
    t->j = (bl_json){.out = out};
    bl_json_open(&t->j, NULL, '{');
    bl_json_int(&t->j, "schema_version", BL_RECORD_SCHEMA);
    bl_json_text(&t->j, "record", t->how->name);
    bl_json_bool(&t->j, "agrees", agrees(t));
    bl_json_bool(&t->j, "verdicts_agree", t->match.verdicts == 0);
    bl_json_bool(&t->j, "altered", t->match.altered);
    bl_json_int(&t->j, "actions", (int64_t)(now->actions.count + t->gone));
    bl_json_int(&t->j, "actions_differing", (int64_t)t->actions);
    bl_json_open(&t->j, "differences", '[');
    bl_record_differences(then, now, tell_json, t);
    bl_json_close(&t->j, ']');
    bl_json_close(&t->j, '}');
    bl_str_addc(out, '\n');
}

static void write_words(telling *t, const bylaw_record *then, const bylaw_record *now)
{
    if (t->how->quiet && agrees(t))
        return;
    tell_head(t);
    if (t->match.altered)
        bl_page_line(&t->page, 2, 2, BL_SAY0(&t->v, record_altered));
    bl_record_differences(then, now, tell_words, t);
    tell_total(t, now);
}

bylaw_status bylaw_record_compare(bylaw_record_match *out, bylaw_record *then, bylaw_record *now,
                                  const bylaw_record_telling *how)
{
    bl_arena *arena = &now->scratch;
    telling t = {.how = how, .match = {.altered = then->altered}};
    bylaw_str text = {NULL, 0};

    bl_record_seal(then);
    bl_record_seal(now);
    t.v = (bl_voice){.arena = arena, .lang = how->lang};
    t.page = (bl_page){.out = bl_str_init(arena),
                       .columns = how->columns == 0   ? 80
                                  : how->columns < 40 ? 40
                                                      : how->columns,
                       .color = how->color};
    bl_record_differences(then, now, count, &t);
    if (how->json)
        write_json(&t, &t.page.out, then, now);
    else
        write_words(&t, then, now);
    bylaw_status status = bl_str_take(&text, &t.page.out);

    if (status == BYLAW_OK && (arena->failed || now->arena.failed || then->arena.failed))
        status = BYLAW_ENOMEM;
    if (status == BYLAW_OK && text.len > 0)
        status = how->write(how->context, text);
    bl_arena_reset(arena);
    if (status == BYLAW_OK)
        *out = t.match;
    return status;
}
