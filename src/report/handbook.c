/* report/handbook.c: a rule set as a handbook, in Markdown or HTML.
 *
 * What is told is the same in both; a book has the few pieces a handbook is made of (headings,
 * paragraphs, items, rows of a table), each with one markup a format. */
#include "report/escape.h"
#include "report/html_head.h"
#include "report/say.h"
#include "rules/asks.h"
#include "rules/lint.h"

#include <assert.h>
#include <bylaw/handbook.h>

typedef struct book {
    bl_arena arena;
    bl_str out;
    bl_voice v;
    const bylaw_ruleset *set;
    bool html;
    bool in_list; /* of HTML */
} book;

#define TELL(b, name, ...) bl_say(&(b)->v, &bl_word_##name, BL_ARGS(__VA_ARGS__))
#define WORD(b, name)      bylaw_str_from(bl_word_##name.in[(b)->v.lang])

/* ---- pieces ---- */

/* What says() gave is escaped for the page; code stands in it between two marks that no text of a
 * rule set can hold. */
static void put_text(book *b, bylaw_str text)
{
    const bl_escape how = b->html ? BL_ESCAPE_XML : BL_ESCAPE_MARKDOWN;
    bool code = false;
    size_t from = 0;

    for (size_t i = 0; i <= text.len; i++) {
        const bool mark = i < text.len && text.ptr[i] == '\x01';

        if (i < text.len && !mark)
            continue;
        const bylaw_str part = bl_str_slice(text, from, i);

        if (code && !b->html)
            bl_str_add(&b->out, part); /* nothing is escaped between backticks */
        else
            bl_escape_add(&b->out, how, part);
        from = i + 1;
        if (!mark)
            continue;
        code = !code;
        bl_str_addz(&b->out, !b->html ? "`" : code ? "<code>" : "</code>");
    }
}

static void end_list(book *b)
{
    if (b->in_list)
        bl_str_addz(&b->out, "</ul>\n");
    b->in_list = false;
}

static void heading(book *b, unsigned level, bylaw_str text)
{
    end_list(b);
    if (b->html) {
        bl_str_addf(&b->out, "<h%u>", level);
        put_text(b, text);
        bl_str_addf(&b->out, "</h%u>\n", level);
        return;
    }
    if (b->out.len > 1 && b->out.ptr[b->out.len - 2] != '\n')
        bl_str_addc(&b->out, '\n');
    for (unsigned i = 0; i < level; i++)
        bl_str_addc(&b->out, '#');
    bl_str_addc(&b->out, ' ');
    put_text(b, text);
    bl_str_addz(&b->out, "\n\n");
}

static void paragraph(book *b, bylaw_str text)
{
    end_list(b);
    bl_str_addz(&b->out, b->html ? "<p>" : "");
    put_text(b, text);
    bl_str_addz(&b->out, b->html ? "</p>\n" : "\n\n");
}

static void item(book *b, unsigned depth, bylaw_str text)
{
    if (b->html) {
        if (!b->in_list)
            bl_str_addz(&b->out, "<ul>\n");
        b->in_list = true;
        bl_str_addf(&b->out, "<li class=\"d%u\">", depth);
        put_text(b, text);
        bl_str_addz(&b->out, "</li>\n");
        return;
    }
    for (unsigned i = 1; i < depth; i++)
        bl_str_addz(&b->out, "  ");
    bl_str_addz(&b->out, "- ");
    put_text(b, text);
    bl_str_addc(&b->out, '\n');
}

static void table_row(book *b, const bylaw_str *cells, size_t count, bool head)
{
    bl_str_addz(&b->out, b->html ? "<tr>" : "|");
    for (size_t i = 0; i < count; i++) {
        bl_str_addz(&b->out, !b->html ? " " : head ? "<th>" : "<td>");
        put_text(b, cells[i]);
        bl_str_addz(&b->out, !b->html ? " |" : head ? "</th>" : "</td>");
    }
    bl_str_addz(&b->out, b->html ? "</tr>\n" : "\n");
    if (!head || b->html)
        return;
    bl_str_addc(&b->out, '|');
    for (size_t i = 0; i < count; i++)
        bl_str_addz(&b->out, " --- |");
    bl_str_addc(&b->out, '\n');
}

static void begin_table(book *b)
{
    end_list(b);
    if (b->html)
        bl_str_addz(&b->out, "<table>\n");
}

static void end_table(book *b)
{
    bl_str_addz(&b->out, b->html ? "</table>\n" : "\n");
}

/* ---- parts of sentences ---- */

/* An expression as code, on one line. */
static bylaw_str code_of(book *b, const bl_program *program)
{
    bl_str out = bl_str_init(&b->arena);
    const bylaw_str text = bl_program_text(program);
    bool blank = false;

    bl_str_addc(&out, '\x01');
    for (size_t i = 0; i < text.len; i++) {
        const bool is_blank = text.ptr[i] == ' ' || text.ptr[i] == '\n';

        if (!is_blank || !blank)
            bl_str_addc(&out, is_blank ? ' ' : text.ptr[i]);
        blank = is_blank;
    }
    bl_str_addc(&out, '\x01');
    return bl_str_taken(&out);
}

static bylaw_str fact_names(book *b, const uint32_t *slots, size_t count)
{
    bl_str out = bl_str_init(&b->arena);

    for (size_t i = 0; i < count; i++) {
        if (slots[i] < BL_SLOT_FACTS)
            continue;
        if (out.len > 0)
            bl_str_add(&out, WORD(b, enum_comma));
        bl_str_add(&out, bl_say_fact_label(&b->v, slots[i]));
    }
    return bl_str_taken(&out);
}

/* 全体成员均获通知（是） */
static bylaw_str presumptions(book *b, const uint32_t *slots, size_t count)
{
    bl_str out = bl_str_init(&b->arena);

    for (size_t i = 0; i < count; i++) {
        if (slots[i] < BL_SLOT_FACTS)
            continue;
        const bl_fact *fact = &b->set->facts[slots[i] - BL_SLOT_FACTS];

        if (out.len > 0)
            bl_str_add(&out, WORD(b, enum_comma));
        bl_str_add(&out, TELL(b, hb_presumption, BL_TEXT("fact", bl_say_label(&b->v, fact->label)),
                              BL_TEXT("value", bl_say_value(&b->v, fact->presumed, slots[i]))));
    }
    return bl_str_taken(&out);
}

/* 赞成票达到到会成员数的二分之一以上 */
static bylaw_str bar_of(book *b, const bl_body *body)
{
    const bylaw_str count = bl_say_sum_label(&b->v, &body->count);
    const bylaw_str base =
        body->has & BL_HAS_OF ? bl_say_sum_label(&b->v, &body->of) : (bylaw_str){NULL, 0};
    bl_str whole = bl_str_init(&b->arena);

    bl_str_add_int(&whole, body->bound.num);
    const bylaw_str bound = base.len == 0 && body->bound.den == 1
                                ? bl_str_taken(&whole)
                                : bl_say_fraction(&b->v, body->bound);
    const bl_arg args[] = {BL_TEXT("count", count), BL_TEXT("base", base), BL_TEXT("bar", bound)};
    const bl_msg *msg = base.len == 0  ? body->strict ? &bl_word_hb_more_than : &bl_word_hb_at_least
                        : body->strict ? &bl_word_hb_more_of
                                       : &bl_word_hb_least_of;

    return bl_say(&b->v, msg, args, 3);
}

static bl_body laid_over(const bl_body *norm, const bl_body *over)
{
    bl_body body = *norm;

    if (over->has & BL_HAS_COUNT)
        body.count = over->count;
    if (over->has & BL_HAS_OF)
        body.of = over->of;
    if (over->has & BL_HAS_BOUND) {
        body.bound = over->bound;
        body.strict = over->strict;
    }
    body.has |= over->has;
    return body;
}

static bylaw_str option_name(book *b, bl_choice choice)
{
    const bl_reading *reading = &b->set->readings[choice.reading];

    return TELL(b, hb_option,
                BL_TEXT("phrase", reading->phrase.len > 0 ? bl_say_foreign(&b->v, reading->phrase)
                                                          : bl_say_label(&b->v, reading->asks)),
                BL_TEXT("option", bl_say_label(&b->v, reading->options[choice.option].label)));
}

/* ---- one norm ---- */

static void tell_overlay(book *b, const bl_norm *norm, const bl_overlay *over)
{
    const bylaw_str option = option_name(b, over->choice);
    const bl_body body = laid_over(&norm->body, &over->body);

    if (over->body.has & (BL_HAS_COUNT | BL_HAS_OF | BL_HAS_BOUND))
        item(b, 3,
             TELL(b, hb_otherwise, BL_TEXT("option", option), BL_TEXT("how", bar_of(b, &body))));
    if (over->body.require != NULL)
        item(b, 3,
             TELL(b, hb_otherwise, BL_TEXT("option", option),
                  BL_TEXT("how", code_of(b, over->body.require))));
    if (over->body.when != NULL)
        item(b, 3,
             TELL(b, hb_otherwise_when, BL_TEXT("option", option),
                  BL_TEXT("how", code_of(b, over->body.when))));
    if (over->body.due != NULL)
        item(b, 3,
             TELL(b, hb_otherwise_due, BL_TEXT("option", option),
                  BL_TEXT("how", code_of(b, over->body.due))));
    if (over->body.has & BL_HAS_MODALITY)
        item(b, 3,
             TELL(b, hb_otherwise, BL_TEXT("option", option),
                  BL_TEXT("how", bl_say_modality(&b->v, over->body.modality))));
}

static bylaw_str facts_of(book *b, const bl_norm *norm)
{
    const bl_program *programs[] = {norm->body.when, norm->body.require, norm->each};
    bool *read = BL_NEW_N(&b->arena, bool, b->set->slot_count);
    uint32_t *slots = BL_NEW_N(&b->arena, uint32_t, b->set->slot_count);
    size_t n = 0;

    if (read == NULL || slots == NULL)
        return (bylaw_str){NULL, 0};
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        size_t count = 0;
        const uint32_t *of = programs[i] != NULL ? bl_program_slots(programs[i], &count) : NULL;

        for (size_t k = 0; k < count; k++)
            read[of[k]] = true;
    }
    for (size_t i = 0; i < norm->body.count.count; i++)
        read[norm->body.count.slots[i]] = true;
    for (size_t i = 0; i < norm->body.of.count; i++)
        read[norm->body.of.slots[i]] = true;
    for (uint32_t i = BL_SLOT_FACTS; i < b->set->slot_count; i++) {
        if (read[i])
            slots[n++] = i;
    }
    return fact_names(b, slots, n);
}

static void tell_norm(book *b, const bl_norm *norm)
{
    const bl_body *body = &norm->body;
    const bylaw_str facts = facts_of(b, norm);

    item(b, 1,
         TELL(b, hb_norm, BL_TEXT("modality", bl_say_modality(&b->v, body->modality)),
              BL_TEXT("says", bl_say_label(&b->v, norm->says)),
              BL_TEXT("id", bl_say_foreign(&b->v, norm->id))));
    item(b, 2, TELL(b, hb_on, BL_TEXT("kinds", bl_say_kinds(&b->v, norm))));
    if (norm->has_under)
        item(b, 2, TELL(b, hb_under, BL_TEXT("option", option_name(b, norm->under))));
    if (body->when != NULL)
        item(b, 2, TELL(b, hb_when, BL_TEXT("how", code_of(b, body->when))));
    if (norm->each != NULL)
        item(b, 2, TELL(b, hb_each, BL_TEXT("how", code_of(b, norm->each))));
    if (body->has & BL_HAS_COUNT)
        item(b, 2, TELL(b, hb_how, BL_TEXT("how", bar_of(b, body))));
    if (body->require != NULL)
        item(b, 2, TELL(b, hb_how, BL_TEXT("how", code_of(b, body->require))));
    if (body->due != NULL)
        item(b, 2, TELL(b, hb_due, BL_TEXT("how", code_of(b, body->due))));
    if (facts.len > 0)
        item(b, 2, TELL(b, hb_facts, BL_TEXT("facts", facts)));
    if (norm->remedy.in[b->v.lang].len > 0)
        item(b, 2, TELL(b, hb_remedy, BL_TEXT("text", bl_say_label(&b->v, norm->remedy))));
    for (size_t i = 0; i < norm->overlay_count; i++)
        tell_overlay(b, norm, &norm->overlays[i]);
}

/* ---- the chapters ---- */

static bool cites(const bl_norm *norm, const bl_provision *p)
{
    for (size_t i = 0; i < norm->provision_count; i++) {
        if (norm->provisions[i] == p)
            return true;
    }
    return false;
}

static void tell_provision(book *b, const bl_provision *p)
{
    const bylaw_label *reason = bl_map_get(&b->set->reasons, p->id);
    size_t norms = 0;

    paragraph(b, TELL(b, hb_provision, BL_TEXT("gist", bl_say_label(&b->v, p->gist)),
                      BL_TEXT("id", bl_say_foreign(&b->v, p->id))));
    for (size_t i = 0; i < b->set->norm_count; i++) {
        const bl_norm *norm = &b->set->norms[i];

        if (!cites(norm, p))
            continue;
        norms++;
        if (norm->provisions[0] == p)
            tell_norm(b, norm);
        else
            item(b, 1,
                 TELL(b, hb_see, BL_TEXT("says", bl_say_label(&b->v, norm->says)),
                      BL_TEXT("cite", bl_say_label(&b->v, norm->provisions[0]->cite))));
    }
    if (norms == 0 && reason != NULL)
        item(b, 1, TELL(b, hb_reason, BL_TEXT("text", bl_say_label(&b->v, *reason))));
    end_list(b);
    if ((norms > 0 || reason != NULL) && !b->html)
        bl_str_addc(&b->out, '\n');
}

static bool is_told(const book *b, const bl_provision *p)
{
    if (bl_str_is(p->class_, "composite") || bl_str_is(p->class_, "gap"))
        return false;
    for (size_t i = 0; i < b->set->norm_count; i++) {
        if (cites(&b->set->norms[i], p))
            return true;
    }
    return bl_map_get(&b->set->reasons, p->id) != NULL;
}

static void provisions_chapter(book *b)
{
    bylaw_str cite = {NULL, 0};
    size_t left = 0;

    heading(b, 2, WORD(b, hb_provisions));
    for (size_t i = 0; i < b->set->provision_count; i++) {
        const bl_provision *p = &b->set->provisions[i];

        left +=
            !bl_str_is(p->class_, "composite") && !bl_str_is(p->class_, "gap") && !is_told(b, p);
        if (!is_told(b, p))
            continue;
        if (!bl_str_equal(cite, p->cite.in[b->v.lang]))
            heading(b, 3, bl_say_provision(&b->v, p));
        cite = p->cite.in[b->v.lang];
        tell_provision(b, p);
    }
    if (left > 0)
        paragraph(b, TELL(b, hb_left, BL_INT("n", (int64_t)left)));
}

static bool is_named(const bylaw_ruleset *set, const bl_enum_value *kind)
{
    for (size_t i = 0; i < set->norm_count; i++) {
        for (size_t k = 0; k < set->norms[i].on_count; k++) {
            if (set->norms[i].on[k] == kind)
                return true;
        }
    }
    return false;
}

static bylaw_status kinds_chapter(book *b)
{
    const bylaw_str head[] = {WORD(b, hb_kind), WORD(b, hb_must_state), WORD(b, hb_presumed)};
    const bl_enum *kinds = b->set->kinds;

    heading(b, 2, WORD(b, hb_kinds));
    begin_table(b);
    table_row(b, head, 3, true);
    for (size_t i = 0; i < kinds->count; i++) {
        uint32_t *slots = BL_NEW_N(&b->arena, uint32_t, b->set->slot_count);
        size_t n = 0;
        bl_asks asks;

        if (!is_named(b->set, kinds->values[i]))
            continue;
        if (slots == NULL || bl_asks_of(&asks, b->set, kinds->values[i], &b->arena) != BYLAW_OK)
            return BYLAW_ENOMEM;
        for (size_t k = 0; k < asks.needs[BL_NEED_ALWAYS] && n < b->set->slot_count; k++)
            slots[n++] = asks.items[k].slot;
        const bylaw_str cells[] = {bl_say_label(&b->v, kinds->values[i]->label),
                                   fact_names(b, slots, n),
                                   presumptions(b, asks.presumed, asks.presumed_count)};

        table_row(b, cells, 3, false);
    }
    end_table(b);
    return BYLAW_OK;
}

#define TABLE_BASES 12

static void votes_row(book *b, bylaw_str name, const bl_body *body)
{
    bylaw_str cells[TABLE_BASES + 1] = {name};

    for (int64_t base = 1; base <= TABLE_BASES; base++) {
        bl_str text = bl_str_init(&b->arena);
        int64_t least = 0;

        if (bylaw_share_least(&least, base, body->bound, body->strict) == BYLAW_OK)
            bl_str_add_int(&text, least);
        cells[base] = bl_str_taken(&text);
    }
    table_row(b, cells, TABLE_BASES + 1, false);
}

static void votes_table(book *b, const bl_norm *norm)
{
    bylaw_str head[TABLE_BASES + 1] = {bl_say_sum_label(&b->v, &norm->body.of)};

    paragraph(b, TELL(b, hb_votes_of, BL_TEXT("says", bl_say_label(&b->v, norm->says)),
                      BL_TEXT("cite", bl_say_provision(&b->v, norm->provisions[0]))));
    for (int64_t base = 1; base <= TABLE_BASES; base++) {
        bl_str text = bl_str_init(&b->arena);

        bl_str_add_int(&text, base);
        head[base] = bl_str_taken(&text);
    }
    begin_table(b);
    table_row(b, head, TABLE_BASES + 1, true);
    votes_row(b, TELL(b, hb_least, BL_TEXT("count", bl_say_sum_label(&b->v, &norm->body.count))),
              &norm->body);
    for (size_t i = 0; i < norm->overlay_count; i++) {
        const bl_body body = laid_over(&norm->body, &norm->overlays[i].body);

        if (norm->overlays[i].body.has & BL_HAS_BOUND)
            votes_row(b, option_name(b, norm->overlays[i].choice), &body);
    }
    end_table(b);
}

static void votes_chapter(book *b)
{
    bool begun = false;

    for (size_t i = 0; i < b->set->norm_count; i++) {
        const bl_norm *norm = &b->set->norms[i];

        if (!(norm->body.has & BL_HAS_OF) || norm->body.of.count != 1)
            continue;
        if (!begun)
            heading(b, 2, WORD(b, hb_votes));
        begun = true;
        votes_table(b, norm);
    }
}

static void readings_chapter(book *b)
{
    if (b->set->reading_count > 0)
        heading(b, 2, WORD(b, hb_readings));
    for (size_t i = 0; i < b->set->reading_count; i++) {
        const bl_reading *r = &b->set->readings[i];

        item(b, 1,
             TELL(b, hb_reading, BL_TEXT("phrase", bl_say_foreign(&b->v, r->phrase)),
                  BL_TEXT("asks", bl_say_label(&b->v, r->asks)),
                  BL_TEXT("name", bl_say_foreign(&b->v, r->name))));
        for (uint32_t k = 0; k < r->option_count; k++) {
            const bl_option *o = &r->options[k];
            const bl_msg *msg = k == r->default_option
                                    ? r->open ? &bl_word_hb_default_open : &bl_word_hb_default
                                : o->remote ? &bl_word_hb_remote
                                            : &bl_word_hb_arguable;
            const bylaw_str basis = bl_say_label(&b->v, o->basis);
            const bl_arg args[] = {
                BL_TEXT("option", bl_say_label(&b->v, o->label)),
                BL_TEXT("name", bl_say_foreign(&b->v, o->name)),
                BL_TEXT("basis",
                        basis.len == 0 ? basis : TELL(b, hb_basis, BL_TEXT("basis", basis)))};

            item(b, 2, bl_say(&b->v, msg, args, 3));
        }
    }
    end_list(b);
}

static void gaps_chapter(book *b)
{
    if (b->set->gap_count > 0)
        heading(b, 2, WORD(b, hb_gaps));
    for (size_t i = 0; i < b->set->gap_count; i++) {
        const bl_gap *gap = &b->set->gaps[i];

        item(b, 1, bl_say_label(&b->v, gap->says));
        if (gap->decides != NULL)
            item(b, 2, TELL(b, hb_decides, BL_TEXT("how", code_of(b, gap->decides))));
    }
    if (b->set->note_count > 0)
        heading(b, 2, WORD(b, hb_notes));
    for (size_t i = 0; i < b->set->note_count; i++)
        item(b, 1, bl_say_label(&b->v, b->set->notes[i].text));
    end_list(b);
}

/* ---- the whole ---- */

static void begin_html(book *b)
{
    bl_html_head(&b->out, b->v.lang,
                 TELL(b, hb_title, BL_TEXT("title", bl_say_label(&b->v, b->set->title))),
                 (bylaw_str){NULL, 0});
    bl_str_addz(&b->out, "<main>\n");
}

static bylaw_status write_book(book *b)
{
    if (b->html)
        begin_html(b);
    heading(b, 1, TELL(b, hb_title, BL_TEXT("title", bl_say_label(&b->v, b->set->title))));
    paragraph(b, TELL(b, hb_intro, BL_TEXT("set", bl_say_foreign(&b->v, b->set->id)),
                      BL_TEXT("hash", bl_str_slice(b->set->sha256, 0, 8))));
    const bylaw_status status = kinds_chapter(b);

    votes_chapter(b);
    provisions_chapter(b);
    readings_chapter(b);
    gaps_chapter(b);
    if (b->html) {
        bl_str_addz(&b->out, "</main>\n");
        bl_html_end(&b->out);
    }
    return status;
}

bylaw_status bylaw_handbook_write(const bylaw_ruleset *set, const bylaw_handbook_options *options,
                                  const bylaw_allocator *allocator)
{
    book b = {.set = set, .html = options->html};
    bl_set_result none = {.set = set}; /* the voice looks facts up in it */
    bylaw_str text;
    bylaw_status status;

    assert(set != NULL && options->write != NULL);
    bl_arena_init(&b.arena, allocator);
    b.out = bl_str_init(&b.arena);
    b.v = (bl_voice){.arena = &b.arena, .lang = options->lang, .set = &none};
    status = write_book(&b);
    if (status == BYLAW_OK && (status = bl_str_take(&text, &b.out)) == BYLAW_OK)
        status = options->write(options->context, text);
    bl_arena_dispose(&b.arena);
    return status;
}
