/* report/clash.c: records that cannot be true: which facts, where, and what to compare. */
#include "report/page.h"

#include "text/excerpt.h"

static bylaw_str taken(bl_str *text)
{
    bylaw_str out = {NULL, 0};

    return bl_str_take(&out, text) == BYLAW_OK ? out : (bylaw_str){NULL, 0};
}

static const bl_fact *fact_of(const bl_voice *v, const bl_statement *s)
{
    return &v->set->set->facts[s->slot - BL_SLOT_FACTS];
}

static bylaw_str told_value(const bl_voice *v, const bl_statement *s)
{
    return bl_say_value(v, s->value, s->slot);
}

static int64_t line_of(const bl_statement *s)
{
    return (int64_t)bl_line_of_span(s->span);
}

/* 第 8 行写 4 票，第 10 行起逐票数是 3 票 */
static bylaw_str told_sources(const bl_voice *v, const bl_clash *c)
{
    const bl_statement *a = &c->statements[0];
    const bl_statement *b = &c->statements[c->count > 1 ? 1 : 0];
    const bool derived = c->kind == BL_CLASH_DERIVED;
    const bl_value other = derived ? c->derived : b->value;
    const bl_msg *msg = !derived                             ? &bl_word_clash_sources
                        : b->value.kind == BL_LIST && b != a ? &bl_word_clash_ballots
                                                             : &bl_word_clash_derived;

    return bl_say(v, msg,
                  BL_ARGS(BL_INT("line", line_of(a)), BL_TEXT("value", told_value(v, a)),
                          BL_INT("line2", (int64_t)bl_line_of_span(b->key_span)),
                          BL_TEXT("value2", bl_say_value(v, other, a->slot))));
}

/* One fact greater than another: 第 11 行写 9 个，多于第 10 行的全体成员 8 个. Else all places. */
static bylaw_str told_invariant(const bl_voice *v, const bl_clash *c)
{
    bylaw_str places[8];
    size_t n = 0;

    if (c->count == 2 && c->invariant != NULL && c->invariant->linear &&
        c->invariant->left.count == 1 && c->invariant->right.count == 1 &&
        c->statements[1].slot == c->invariant->right.slots[0])
        return BL_SAYF(
            v, clash_more, BL_INT("line", line_of(&c->statements[0])),
            BL_TEXT("value", told_value(v, &c->statements[0])),
            BL_INT("line2", line_of(&c->statements[1])),
            BL_TEXT("other", bl_say_count(v, &c->invariant->right, c->statements[1].value.as.i)));
    for (size_t i = 0; i < c->count && n < 8; i++)
        places[n++] =
            BL_SAYF(v, place_value, BL_INT("line", line_of(&c->statements[i])),
                    BL_TEXT("label", bl_say_label(v, fact_of(v, &c->statements[i])->label)),
                    BL_TEXT("value", told_value(v, &c->statements[i])));
    return BL_SAYF(v, clash_invariant,
                   BL_TEXT("places", bl_say_join(v, places, n, &bl_word_enum_comma)));
}

bylaw_str bl_say_clash(const bl_voice *v, const bl_clash *c)
{
    return c->kind == BL_CLASH_INVARIANT ? told_invariant(v, c) : told_sources(v, c);
}

static bylaw_str fix_of(const bl_voice *v, const bl_clash *c)
{
    if (c->kind == BL_CLASH_DERIVED && c->count > 1 && c->statements[1].value.kind == BL_LIST)
        return BL_SAYF(v, clash_fix_list,
                       BL_TEXT("list", bl_say_label(v, fact_of(v, &c->statements[1])->label)),
                       BL_INT("line", line_of(&c->statements[0])));
    return BL_SAY0(v, clash_fix);
}

/* The value itself where it stands on one line; the key of a list. */
static bl_span pointed(const bl_statement *s)
{
    return s->value.kind == BL_LIST ? s->key_span : s->span;
}

static void write_excerpt(bl_str *out, bl_span span, size_t columns, bool color)
{
    const bl_place from = bl_place_of(span.source, span.from),
                   to = bl_place_of(span.source, span.to);
    const bl_caret caret = {from.column, to.line == from.line ? to.column : from.column + 1};
    const bl_excerpt_style style = {columns, color ? "\033[1;31m" : NULL, color ? "\033[0m" : NULL};

    bl_excerpt_write(out, bl_line_of(span.source, span.from), from.line, &caret, 1, &style);
}

static void excerpts(bl_page *page, const bl_voice *v, const bl_clash *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const bl_span span = pointed(&c->statements[i]);

        /* the reader has this file open; what a register says is named in words */
        if (span.source != v->result->action->source && i > 0)
            continue;
        bl_str text = bl_str_init(v->arena);

        if (span.source == NULL)
            continue;
        write_excerpt(&text, span, page->columns, page->color);
        bl_str_add(&page->out, taken(&text));
    }
}

void bl_page_line_clashes(bl_page *page, bl_voice *v, size_t indent)
{
    for (size_t i = 0; i < v->set->clash_count; i++) {
        const bl_clash *c = &v->set->clashes[i];
        bl_str line = bl_str_init(v->arena), fix = bl_str_init(v->arena);

        if (c->count == 0)
            continue;
        bl_styled(&line, BL_BLUE, BYLAW_STR("?"));
        bl_str_addc(&line, ' ');
        bl_styled(&line, BL_BOLD, bl_say_label(v, fact_of(v, &c->statements[0])->label));
        bl_str_addz(&line, "  ");
        bl_str_add(&line, bl_say_clash(v, c));
        bl_page_line(page, indent, indent + 2, taken(&line));
        excerpts(page, v, c);
        bl_styled(&fix, BL_DIM, BL_SAY0(v, to_do));
        bl_str_addz(&fix, "  ");
        bl_str_add(&fix, fix_of(v, c));
        bl_page_line(page, indent + 2, indent + 2 + (v->lang == BYLAW_ZH ? 6 : 7), taken(&fix));
    }
}
