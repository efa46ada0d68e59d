/* report/exhaust.c: what trying a rule set out has shown: see bylaw/exhaust.h. */
#include "check/exhaust.h"

#include "report/page.h"

#include <bylaw/exhaust.h>

typedef struct telling {
    bl_page page;
    bl_voice v;
    const bylaw_ruleset *set;
    int64_t most;
    size_t found;
} telling;

static bl_arg norm_arg(const telling *t, const char *name, const bl_norm *norm)
{
    return BL_TEXT(name, bl_say_label(&t->v, norm->says));
}

static bl_arg cite_arg(const telling *t, const char *name, const bl_norm *norm)
{
    return BL_TEXT(name, bl_say_cite(&t->v, norm));
}

static bl_arg facts_arg(const telling *t, const bl_example *example)
{
    return BL_TEXT("facts", bl_say_given(&t->v, example->items, example->count));
}

/* A number of cases that may be beyond counting. */
static bylaw_str say_many(const telling *t, size_t n)
{
    return n == SIZE_MAX ? BL_SAY0(&t->v, ex_countless)
                         : bl_say_value(&t->v, bl_int((int64_t)n), UINT32_MAX);
}

static void put(telling *t, bylaw_str line)
{
    t->found++;
    bl_page_line(&t->page, 2, 4, line);
}

static void tell_norm(telling *t, const bl_tried *n)
{
    const bl_msg *msg = n->applies == 0 ? &bl_word_ex_never_applies
                        : n->met == 0   ? &bl_word_ex_never_met
                        : n->unmet == 0 ? &bl_word_ex_never_unmet
                                        : NULL;

    if (msg != NULL)
        put(t, bl_say(&t->v, msg,
                      BL_ARGS(norm_arg(t, "norm", n->norm), cite_arg(t, "cite", n->norm),
                              BL_INT("n", (int64_t)n->cases))));
}

static void tell_contraries(telling *t, const bl_contraries *contraries)
{
    for (size_t i = 0; i < contraries->count; i++) {
        const bl_norm *a = contraries->items[i].norms[0], *b = contraries->items[i].norms[1];

        put(t, BL_SAYF(&t->v, ex_never_both, norm_arg(t, "norm", a), cite_arg(t, "cite", a),
                       norm_arg(t, "other", b), cite_arg(t, "other_cite", b)));
    }
}

/* A norm is named where `norm` is given. Readings that the wording hardly bears are shown
 * elsewhere; they part almost everything. */
static void tell_partings(telling *t, const bl_partings *partings, const bl_msg *msg,
                          const bl_norm *norm)
{
    for (size_t i = 0; i < partings->count; i++) {
        const bl_parting *p = &partings->items[i];
        const bl_reading *reading = &t->set->readings[p->choice.reading];
        const bylaw_str phrase = reading->phrase.len > 0 ? reading->phrase : reading->name;
        const bl_arg args[] = {
            BL_TEXT("phrase", bl_say_foreign(&t->v, phrase)),
            BL_TEXT("option", bl_say_label(&t->v, reading->options[p->choice.option].label)),
            BL_INT("k", (int64_t)p->cases),
            facts_arg(t, &p->example),
            norm_arg(t, "norm", norm != NULL ? norm : &t->set->norms[0]),
            cite_arg(t, "cite", norm != NULL ? norm : &t->set->norms[0])};

        if (!p->remote)
            put(t, bl_say(&t->v, msg, args, norm != NULL ? 6 : 4));
    }
}

/* ---- votes ---- */

static bool same_partings(const bl_partings *a, const bl_partings *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++)
        same = a->items[i].choice.reading == b->items[i].choice.reading &&
               a->items[i].choice.option == b->items[i].choice.option &&
               a->items[i].cases == b->items[i].cases;
    return same;
}

/* Do two kinds come out alike, case by case as far as it is told? */
static bool same_votes(const bl_votes_tried *a, const bl_votes_tried *b)
{
    bool same = a->cases == b->cases && a->flags == b->flags && a->norm_count == b->norm_count &&
                a->undone == b->undone && a->stuck == b->stuck && a->cut == b->cut &&
                a->contraries.count == b->contraries.count &&
                same_partings(&a->partings, &b->partings);

    for (size_t i = 0; same && i < a->norm_count; i++)
        same = a->norms[i].norm == b->norms[i].norm && a->norms[i].met == b->norms[i].met &&
               a->norms[i].unmet == b->norms[i].unmet;
    return same;
}

static bylaw_str say_kinds(telling *t, const bl_exhausted *e, size_t first)
{
    bylaw_str names[16];
    size_t n = 0;

    for (size_t i = first; i < e->votes.count && n < 16; i++) {
        if (same_votes(&e->votes.items[first], &e->votes.items[i]))
            names[n++] = bl_say_label(&t->v, e->votes.items[i].kind->label);
    }
    return bl_say_join(&t->v, names, n, &bl_word_enum_comma);
}

static void tell_votes(telling *t, const bl_exhausted *e, size_t at)
{
    const bl_votes_tried *v = &e->votes.items[at];

    for (size_t i = 0; i < at; i++) {
        if (same_votes(&e->votes.items[i], v))
            return; /* told with that one */
    }
    const bylaw_str flags =
        v->flags > 1 ? BL_SAYF(&t->v, ex_flags, BL_INT("n", (int64_t)v->flags)) : BYLAW_STR("");

    bl_page_line(&t->page, 0, 2,
                 BL_SAYF(&t->v, ex_head, BL_TEXT("kinds", say_kinds(t, e, at)),
                         BL_INT("most", t->most), BL_INT("n", (int64_t)v->cases),
                         BL_TEXT("flags", flags)));
    for (size_t i = 0; i < v->norm_count; i++)
        tell_norm(t, &v->norms[i]);
    tell_contraries(t, &v->contraries);
    if (v->undone > 0)
        put(t, BL_SAYF(&t->v, ex_monotone, BL_INT("n", (int64_t)v->undone),
                       facts_arg(t, &v->undone_at)));
    else if (v->undone_under.count > 0)
        tell_partings(t, &v->undone_under, &bl_word_ex_monotone_under, NULL);
    else
        bl_page_line(&t->page, 2, 4, BL_SAY0(&t->v, ex_monotone_fine));
    if (v->stuck > 0)
        put(t, BL_SAYF(&t->v, ex_unreachable, facts_arg(t, &v->stuck_at),
                       BL_INT("k", (int64_t)v->stuck)));
    tell_partings(t, &v->partings, &bl_word_ex_part, NULL);
    if (v->cut)
        bl_page_line(&t->page, 2, 4, BL_SAY0(&t->v, ex_cut));
}

/* ---- every other norm ---- */

static void tell_cut(telling *t, const bl_exhausted *e)
{
    bl_str names = bl_str_init(t->v.arena);
    bylaw_str list;
    size_t n = 0;

    for (size_t i = 0; i < e->norms.count; i++) {
        if (!e->norms.items[i].cut)
            continue;
        if (n++ > 0)
            bl_str_addz(&names, bl_word_enum_comma.in[t->v.lang]);
        bl_str_add(&names, bl_say_foreign(&t->v, e->norms.items[i].norm->id));
    }
    if (n > 0 && bl_str_take(&list, &names) == BYLAW_OK)
        bl_page_line(&t->page, 2, 4,
                     BL_SAYF(&t->v, ex_norms_cut, BL_INT("n", (int64_t)n), BL_TEXT("norms", list)));
}

/* Pairs of which it stays open whether both can be met: they are named, not passed over. */
static void tell_undecided(telling *t, const bl_exhausted *e)
{
    for (size_t i = 0; i < e->undecided.count; i++) {
        const bl_undecided *u = &e->undecided.items[i];
        const bl_norm *a = u->norms[0], *b = u->norms[1];

        bl_page_line(&t->page, 2, 4,
                     BL_SAYF(&t->v, ex_undecided, norm_arg(t, "norm", a), cite_arg(t, "cite", a),
                             norm_arg(t, "other", b), cite_arg(t, "other_cite", b),
                             BL_TEXT("cases", say_many(t, u->cases)),
                             BL_INT("tried", (int64_t)u->tried)));
    }
}

static void tell_norms(telling *t, const bl_exhausted *e)
{
    size_t cases = 0;

    for (size_t i = 0; i < e->norms.count; i++)
        cases += e->norms.items[i].cases;
    if (e->norms.count == 0)
        return;
    bl_page_line(&t->page, 0, 2,
                 BL_SAYF(&t->v, ex_norms_head, BL_INT("norms", (int64_t)e->norms.count),
                         BL_INT("n", (int64_t)cases)));
    for (size_t i = 0; i < e->norms.count; i++)
        tell_norm(t, &e->norms.items[i]);
    tell_contraries(t, &e->contraries);
    for (size_t i = 0; i < e->norms.count; i++)
        tell_partings(t, &e->norms.items[i].partings, &bl_word_ex_norm_part,
                      e->norms.items[i].norm);
    tell_cut(t, e);
    tell_undecided(t, e);
}

bylaw_status bylaw_exhaust(const bylaw_ruleset *set, const bylaw_exhaust_telling *telling_,
                           bylaw_exhaust_counts *counts, const bylaw_allocator *allocator)
{
    const bl_set_result result = {.set = set};
    bl_arena arena;
    bl_exhausted e;
    bylaw_str text;

    bl_arena_init(&arena, allocator);
    telling t = {.page = {.columns = telling_->columns == 0 ? 80 : telling_->columns},
                 .v = {.arena = &arena, .lang = telling_->lang, .set = &result},
                 .set = set,
                 .most = telling_->most};
    bylaw_status status = bl_exhaust(&e, set, telling_->most, &arena);

    t.page.out = bl_str_init(&arena);
    for (size_t i = 0; status == BYLAW_OK && i < e.votes.count; i++)
        tell_votes(&t, &e, i);
    if (status == BYLAW_OK) {
        tell_norms(&t, &e);
        status = bl_str_take(&text, &t.page.out);
    }
    if (status == BYLAW_OK && text.len > 0)
        status = telling_->write(telling_->context, text);
    if (status == BYLAW_OK && counts != NULL)
        *counts = (bylaw_exhaust_counts){t.found, e.cases, e.judged};
    bl_arena_dispose(&arena);
    return status;
}
