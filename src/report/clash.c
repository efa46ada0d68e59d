/* report/clash.c: records that cannot be true: which facts, where, and what to compare. */
#include "report/page.h"

#include "text/excerpt.h"

static const bl_fact *fact_of(const bl_voice *v, const bl_statement *s)
{
    return &v->set->set->facts[s->slot - BL_SLOT_FACTS];
}

/* In English the entry's label says of what: a bare number will do. */
static bylaw_str told(const bl_voice *v, bl_value value, uint32_t slot)
{
    return bl_say_value(v, value, v->lang == BYLAW_EN && value.kind == BL_INT ? UINT32_MAX : slot);
}

static bylaw_str told_value(const bl_voice *v, const bl_statement *s)
{
    return told(v, s->value, s->slot);
}

/* 第 8 行; 名册.yaml 第 2 行; --set 的赞成票 */
static bylaw_str told_line(const bl_voice *v, const bl_statement *s, bl_span span)
{
    const bool own = span.source == NULL || span.source == v->result->action->source;
    const bylaw_str file = own ? BYLAW_STR("") : bl_say_foreign(v, span.source->name);

    if (s->origin == BL_FROM_OPTION)
        return BL_SAYF(v, from_option, BL_TEXT("label", bl_say_fact(v, fact_of(v, s))));
    return bl_say(v, own ? &bl_word_at_line : &bl_word_at_line_of,
                  BL_ARGS(BL_INT("line", (int64_t)bl_line_of_span(span)), BL_TEXT("file", file)));
}

/* What the figure was derived from: a list of the action itself before one of a register. */
static const bl_statement *basis_of(const bl_voice *v, const bl_clash *c)
{
    for (size_t i = 1; i < c->count; i++) {
        if (bl_same_file(c->statements[i].key_span.source, v->result->action->source))
            return &c->statements[i];
    }
    return &c->statements[c->count > 1 ? 1 : 0];
}

static const bl_msg *source_words(const bl_voice *v, const bl_clash *c, const bl_statement *basis)
{
    if (c->kind != BL_CLASH_DERIVED)
        return &bl_word_clash_sources;
    if (basis->value.kind != BL_LIST || basis == &c->statements[0])
        return &bl_word_clash_derived;
    return fact_of(v, &c->statements[0])->counts == (int64_t)basis->slot ? &bl_word_clash_list
                                                                         : &bl_word_clash_ballots;
}

/* 第 8 行写 4 票，第 10 行起逐票数是 3 票 */
static bylaw_str told_sources(const bl_voice *v, const bl_clash *c)
{
    const bl_statement *a = &c->statements[0], *b = basis_of(v, c);
    const bl_value other = c->kind == BL_CLASH_DERIVED ? c->derived : b->value;

    return bl_say(v, source_words(v, c, b),
                  BL_ARGS(BL_TEXT("at", told_line(v, a, a->span)),
                          BL_TEXT("value", told_value(v, a)),
                          BL_TEXT("at2", told_line(v, b, b->key_span)),
                          BL_TEXT("list", bl_say_fact(v, fact_of(v, b))),
                          BL_TEXT("value2", told(v, other, a->slot))));
}

/* Is the clash of a sum of whole numbers with one: sum <= other? */
static bool is_sum(const bl_clash *c)
{
    if (c->invariant == NULL || !c->invariant->linear || c->invariant->right.count != 1 ||
        c->count < 2 || c->count > 8)
        return false;
    for (size_t i = 0; i < c->count; i++) {
        const bool right = c->statements[i].slot == c->invariant->right.slots[0];

        if (c->statements[i].value.kind != BL_INT || right != (i + 1 == c->count))
            return false;
    }
    return true;
}

/* 第 11 行写 9 个，多于第 10 行的全体成员 8 个; 第 7 行的赞成与反对共 8 票，多于…. */
static bylaw_str told_sum(const bl_voice *v, const bl_clash *c)
{
    const bl_statement *first = &c->statements[0], *last = &c->statements[c->count - 1];
    uint32_t slots[8];
    bl_sum sum = {.slots = slots, .count = 0};
    int64_t total = 0;

    for (size_t i = 0; i + 1 < c->count; i++) {
        slots[sum.count++] = c->statements[i].slot;
        if (__builtin_add_overflow(total, c->statements[i].value.as.i, &total))
            total = INT64_MAX;
    }
    return bl_say(
        v, c->count == 2 ? &bl_word_clash_more : &bl_word_clash_sum,
        BL_ARGS(BL_TEXT("at", told_line(v, first, first->span)),
                BL_TEXT("what", bl_say_sum_label(v, &sum)),
                BL_TEXT("value", told(v, bl_int(total), first->slot)),
                BL_TEXT("at2", told_line(v, last, last->span)),
                BL_TEXT("other", bl_say_count(v, &c->invariant->right, last->value.as.i))));
}

static bylaw_str told_invariant(const bl_voice *v, const bl_clash *c)
{
    bylaw_str places[8];
    size_t n = 0;

    if (is_sum(c))
        return told_sum(v, c);
    for (size_t i = 0; i < c->count && n < 8; i++)
        places[n++] = BL_SAYF(v, place_value,
                              BL_TEXT("at", told_line(v, &c->statements[i], c->statements[i].span)),
                              BL_TEXT("label", bl_say_fact(v, fact_of(v, &c->statements[i]))),
                              BL_TEXT("value", told_value(v, &c->statements[i])));
    return BL_SAYF(v, clash_invariant,
                   BL_TEXT("places", bl_say_join(v, places, n, &bl_word_enum_comma)));
}

bylaw_str bl_say_clash(const bl_voice *v, const bl_clash *c)
{
    return c->kind == BL_CLASH_INVARIANT ? told_invariant(v, c) : told_sources(v, c);
}

bylaw_str bl_say_clash_fix(const bl_voice *v, const bl_clash *c)
{
    const bl_statement *basis = basis_of(v, c);
    const bl_msg *words = source_words(v, c, basis);
    const bl_arg args[] = {BL_TEXT("list", bl_say_fact(v, fact_of(v, basis))),
                           BL_TEXT("at", told_line(v, &c->statements[0], c->statements[0].span))};

    if (words == &bl_word_clash_list)
        return bl_say(v, &bl_word_clash_fix_list, args, 2);
    return bl_say(v,
                  words == &bl_word_clash_ballots ? &bl_word_clash_fix_ballots : &bl_word_clash_fix,
                  args, words == &bl_word_clash_ballots ? 2 : 0);
}

/* The value itself where it stands on one line; the key of a list. */
static bl_span pointed(const bl_statement *s)
{
    return s->value.kind == BL_LIST ? s->key_span : s->span;
}

/* Lines of the action's own file; places of others are told by name. Two of one line share it. */
static void excerpts(bl_page *page, const bl_voice *v, const bl_clash *c)
{
    const bl_excerpt_style style = {.columns = page->columns,
                                    .caret_on = page->color ? "\033[1;31m" : NULL,
                                    .caret_off = page->color ? "\033[0m" : NULL};
    bl_str text = bl_str_init(v->arena);

    for (size_t i = 0; i < c->count;) {
        const bl_span first = pointed(&c->statements[i]);
        const size_t line = bl_line_of_span(first);
        bl_caret carets[8];
        size_t n = 0;

        for (; i < c->count && n < 8; i++) {
            const bl_span span = pointed(&c->statements[i]);

            if (span.source != first.source || bl_line_of_span(span) != line)
                break;
            if (span.source == NULL)
                continue;
            const bl_place from = bl_place_of(span.source, span.from),
                           to = bl_place_of(span.source, span.to);

            carets[n++] =
                (bl_caret){from.column, to.line == from.line ? to.column : from.column + 1};
        }
        if (n > 0 && bl_same_file(first.source, v->result->action->source))
            bl_excerpt_write(&text, bl_line_of(first.source, first.from), line, carets, n, &style);
    }
    bl_str_add(&page->out, bl_str_taken(&text));
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
        bl_styled(&line, BL_BOLD, bl_say_fact(v, fact_of(v, &c->statements[0])));
        bl_str_addz(&line, "  ");
        bl_str_add(&line, bl_say_clash(v, c));
        bl_page_line(page, indent, indent + 2, bl_str_taken(&line));
        excerpts(page, v, c);
        bl_styled(&fix, BL_DIM, BL_SAY0(v, to_do));
        bl_str_addz(&fix, "  ");
        bl_str_add(&fix, bl_say_clash_fix(v, c));
        bl_page_line(page, indent + 2, indent + 2 + (v->lang == BYLAW_ZH ? 6 : 7),
                     bl_str_taken(&fix));
    }
}
