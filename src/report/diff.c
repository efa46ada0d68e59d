/* report/diff.c: two rule sets, norm by norm: see bylaw/diff.h. */
#include "report/diff.h"

#include "report/json.h"

#include <assert.h>

bylaw_str bl_diff_taken(bl_differing *d, bl_str *text)
{
    bylaw_str out = {NULL, 0};

    if (bl_str_take(&out, text) != BYLAW_OK)
        d->status = BYLAW_ENOMEM;
    return out;
}

/* ---- are two norms the same? ---- */

bool bl_diff_same_program(const bl_program *a, const bl_program *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return bl_str_equal(bl_program_text(a), bl_program_text(b));
}

bool bl_diff_same_label(bylaw_label a, bylaw_label b)
{
    return bl_str_equal(a.in[BYLAW_ZH], b.in[BYLAW_ZH]) &&
           bl_str_equal(a.in[BYLAW_EN], b.in[BYLAW_EN]);
}

bool bl_diff_same_kinds(const bl_enum_value *const *a, size_t an, const bl_enum_value *const *b,
                        size_t bn)
{
    if (an != bn)
        return false;
    for (size_t i = 0; i < an; i++) {
        if (!bl_str_equal(a[i]->id, b[i]->id))
            return false;
    }
    return true;
}

static uint32_t field_of(const bl_sum *sum, size_t i)
{
    return sum->fields != NULL ? sum->fields[i] : UINT32_MAX;
}

static bool same_sum(const bl_differing *d, const bl_sum *a, const bl_sum *b)
{
    if (a->count != b->count || a->constant != b->constant)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const uint32_t x = a->slots[i], y = b->slots[i];

        if ((x < BL_SLOT_FACTS) != (y < BL_SLOT_FACTS) || field_of(a, i) != field_of(b, i))
            return false;
        if (x >= BL_SLOT_FACTS && !bl_str_equal(d->sets[0]->facts[x - BL_SLOT_FACTS].name,
                                                d->sets[1]->facts[y - BL_SLOT_FACTS].name))
            return false;
    }
    return true;
}

static bool same_body(const bl_differing *d, const bl_body *a, const bl_body *b)
{
    return a->has == b->has && a->modality == b->modality &&
           bl_diff_same_program(a->when, b->when) && bl_diff_same_program(a->require, b->require) &&
           bl_diff_same_program(a->due, b->due) && same_sum(d, &a->count, &b->count) &&
           same_sum(d, &a->of, &b->of) && a->bound.num == b->bound.num &&
           a->bound.den == b->bound.den && a->strict == b->strict;
}

bool bl_diff_same_choice(const bl_differing *d, bl_choice a, bl_choice b)
{
    const bl_reading *x = &d->sets[0]->readings[a.reading], *y = &d->sets[1]->readings[b.reading];

    return bl_str_equal(x->name, y->name) &&
           bl_str_equal(x->options[a.option].name, y->options[b.option].name);
}

/* What readings lay over it, in whatever order they are written. */
static bool same_overlays(const bl_differing *d, const bl_norm *a, const bl_norm *b)
{
    bool same = a->overlay_count == b->overlay_count && a->has_under == b->has_under &&
                (!a->has_under || bl_diff_same_choice(d, a->under, b->under));

    for (size_t i = 0; same && i < a->overlay_count; i++) {
        const bl_overlay *over = &a->overlays[i];

        same = false;
        for (size_t k = 0; k < b->overlay_count && !same; k++)
            same = bl_diff_same_choice(d, over->choice, b->overlays[k].choice) &&
                   same_body(d, &over->body, &b->overlays[k].body);
    }
    return same;
}

/* But for what another reading makes of it. */
static bool same_as_used(const bl_differing *d, const bl_norm *a, const bl_norm *b)
{
    return same_body(d, &a->body, &b->body) && bl_diff_same_program(a->scope, b->scope) &&
           bl_diff_same_program(a->each, b->each) && a->ask == b->ask && a->from == b->from &&
           a->until == b->until && bl_diff_same_kinds(a->on, a->on_count, b->on, b->on_count) &&
           bl_diff_same_kinds(a->except, a->except_count, b->except, b->except_count);
}

bool bl_diff_same_norm(const bl_differing *d, const bl_norm *a, const bl_norm *b)
{
    return same_as_used(d, a, b) && same_overlays(d, a, b);
}

/* ---- telling ---- */

static const bl_msg *const change_words[BYLAW_CHANGES] = {
    &bl_word_diff_added,     &bl_word_diff_removed, &bl_word_diff_loosened,
    &bl_word_diff_tightened, &bl_word_diff_both,    &bl_word_diff_other,
    &bl_word_diff_reworded,  &bl_word_diff_words,   &bl_word_diff_none,
};

/* As in JSON. */
static const char *const change_names[BYLAW_CHANGES] = {
    "added", "removed", "loosened", "tightened", "both", "changed", "reworded", "words", "none",
};

void bl_diff_tell(bl_differing *d, bl_told told)
{
    const bool norm = told.what[0] == 'n';

    d->counts[norm ? told.change : BYLAW_CHANGE_WORDS]++;
    if (d->status == BYLAW_OK && !bl_vec_push(&d->arena, &d->told, told))
        d->status = BYLAW_ENOMEM;
}

bylaw_str bl_diff_say_kinds(bl_differing *d, const bl_enum_value *const *kinds, size_t count)
{
    bl_str out = bl_str_init(&d->arena);

    for (size_t i = 0; i < count; i++) {
        bl_str_addz(&out, i > 0 ? bl_word_enum_comma.in[d->v.lang] : "");
        bl_str_add(&out, bl_say_label(&d->v, kinds[i]->label));
    }
    return bl_diff_taken(d, &out);
}

static bylaw_str say_program(const bl_voice *v, const bl_program *program)
{
    return program != NULL ? bl_say_foreign(v, bl_program_text(program)) : BL_SAY0(v, diff_nothing);
}

void bl_diff_put(bl_diff_parts *p, bylaw_str text)
{
    if (p->out.len > 0)
        bl_str_addz(&p->out, bl_word_semicolon.in[p->d->v.lang]);
    bl_str_add(&p->out, text);
}

void bl_diff_put_change(bl_diff_parts *p, const bl_msg *what, bylaw_str before, bylaw_str after)
{
    const bl_voice *v = &p->d->v;

    bl_diff_put(p, what != NULL ? bl_say(v, what, NULL, 0) : BYLAW_STR(""));
    bl_str_add(&p->out, BL_SAYF(v, diff_to, BL_TEXT("before", before), BL_TEXT("after", after)));
}

/* In the language of the report, or in the other one where only that differs. */
void bl_diff_put_labels(bl_diff_parts *p, const bl_msg *what, bylaw_label a, bylaw_label b)
{
    const bl_voice *v = &p->d->v;
    bylaw_lang lang = v->lang;

    if (bl_diff_same_label(a, b))
        return;
    if (bl_str_equal(a.in[lang], b.in[lang]))
        lang = lang == BYLAW_ZH ? BYLAW_EN : BYLAW_ZH;
    bl_diff_put_change(p, what, bl_say_foreign(v, a.in[lang]), bl_say_foreign(v, b.in[lang]));
}

void bl_diff_put_programs(bl_diff_parts *p, const bl_msg *what, const bl_program *a,
                          const bl_program *b)
{
    if (!bl_diff_same_program(a, b))
        bl_diff_put_change(p, what, say_program(&p->d->v, a), say_program(&p->d->v, b));
}

/* The bar: with its base where base or share differ, else whether the share itself is enough. */
static bylaw_str say_bar(const bl_voice *v, const bl_body *body, bool whole)
{
    const bylaw_str share = bl_say_fraction(v, body->bound);

    if ((body->has & BL_HAS_OF) == 0)
        return bl_say(v, body->strict ? &bl_word_diff_more : &bl_word_diff_least,
                      BL_ARGS(BL_TEXT("what", bl_say_sum_label(v, &body->count)),
                              BL_INT("bound", body->bound.num)));
    if (whole)
        return BL_SAYF(v, diff_of, BL_TEXT("base", bl_say_sum_label(v, &body->of)),
                       BL_TEXT("share", share));
    return bl_say(v, body->strict ? &bl_word_diff_strict : &bl_word_diff_incl,
                  BL_ARGS(BL_TEXT("share", share)));
}

/* 赞成票 + 1 */
static bylaw_str say_sum(const bl_voice *v, const bl_sum *sum)
{
    bl_str out = bl_str_init(v->arena);

    bl_str_add(&out, bl_say_sum_label(v, sum));
    if (sum->constant != 0)
        bl_str_addf(&out, " + %lld", (long long)sum->constant);
    return bl_str_taken(&out);
}

static bylaw_str say_days(const bl_voice *v, int64_t from, int64_t until)
{
    const bl_arg args[] = {
        BL_TEXT("from", from > INT64_MIN ? bl_say_date(v, from) : BYLAW_STR("")),
        BL_TEXT("until", until < INT64_MAX ? bl_say_date(v, until) : BYLAW_STR(""))};

    return bl_say(v,
                  from > INT64_MIN && until < INT64_MAX ? &bl_word_in_force_between
                  : from > INT64_MIN                    ? &bl_word_in_force_from
                  : until < INT64_MAX                   ? &bl_word_in_force_until
                                                        : &bl_word_in_force_unknown,
                  args, 2);
}

static bylaw_str say_demand(const bl_voice *v, const bl_body *body)
{
    return (body->has & BL_HAS_BOUND) != 0 ? say_bar(v, body, true) : say_program(v, body->require);
}

static void put_demand(bl_diff_parts *p, const bl_norm *before, const bl_norm *now)
{
    const bl_voice *v = p->d->voices;
    const bl_body *a = &before->body, *b = &now->body;
    const bool both = (a->has & b->has & BL_HAS_BOUND) != 0;
    const bool whole = !same_sum(p->d, &a->of, &b->of) || a->bound.num != b->bound.num ||
                       a->bound.den != b->bound.den;

    if (both && !same_sum(p->d, &a->count, &b->count))
        bl_diff_put_change(p, &bl_word_diff_counted, say_sum(&v[0], &a->count),
                           say_sum(&v[1], &b->count));
    if (both && (whole || a->strict != b->strict))
        bl_diff_put_change(p, NULL, say_bar(&v[0], a, whole), say_bar(&v[1], b, whole));
    if (both ||
        (((a->has | b->has) & BL_HAS_BOUND) == 0 && bl_diff_same_program(a->require, b->require)))
        return;
    /* the same sentence over another demand: the demands tell the difference */
    if (bl_diff_same_label(before->says, now->says))
        bl_diff_put_change(p, NULL, say_demand(&v[0], a), say_demand(&v[1], b));
    else
        bl_diff_put_labels(p, NULL, before->says, now->says);
}

static bylaw_str say_bearing(bl_differing *d, const bl_norm *norm)
{
    const bylaw_str on = bl_diff_say_kinds(d, norm->on, norm->on_count);

    if (norm->except_count == 0)
        return on;
    return BL_SAYF(&d->v, diff_except, BL_TEXT("on", on),
                   BL_TEXT("except", bl_diff_say_kinds(d, norm->except, norm->except_count)));
}

/* Everything in which the two differ. */
static bylaw_str say_change(bl_differing *d, const bl_norm *a, const bl_norm *b)
{
    bl_diff_parts p = {d, bl_str_init(&d->arena)};
    const bl_voice *v = d->voices;

    put_demand(&p, a, b);
    if (!bl_diff_same_kinds(a->on, a->on_count, b->on, b->on_count) ||
        !bl_diff_same_kinds(a->except, a->except_count, b->except, b->except_count))
        bl_diff_put_change(&p, &bl_word_diff_on, say_bearing(d, a), say_bearing(d, b));
    if (a->body.modality != b->body.modality)
        bl_diff_put_change(&p, &bl_word_diff_modality, bl_say_modality(&v[0], a->body.modality),
                           bl_say_modality(&v[1], b->body.modality));
    bl_diff_put_programs(&p, &bl_word_diff_when, a->body.when, b->body.when);
    bl_diff_put_programs(&p, &bl_word_diff_due, a->body.due, b->body.due);
    bl_diff_put_programs(&p, &bl_word_diff_each, a->each, b->each);
    bl_diff_put_programs(&p, &bl_word_diff_scope, a->scope, b->scope);
    if (a->from != b->from || a->until != b->until)
        bl_diff_put_change(&p, &bl_word_diff_days, say_days(&v[0], a->from, a->until),
                           say_days(&v[1], b->from, b->until));
    if (a->ask != b->ask)
        bl_diff_put_change(&p, &bl_word_diff_ask, bl_say_value(&v[0], bl_bool(a->ask), UINT32_MAX),
                           bl_say_value(&v[1], bl_bool(b->ask), UINT32_MAX));
    if (p.out.len == 0 && !same_overlays(d, a, b))
        bl_diff_put(&p, BL_SAY0(&d->v, diff_overlays));
    if (p.out.len == 0 && !bl_str_equal(a->id, b->id))
        bl_diff_put_change(&p, &bl_word_diff_id, bl_say_foreign(&v[0], a->id),
                           bl_say_foreign(&v[1], b->id));
    if (p.out.len == 0)
        bl_diff_put_labels(&p, NULL, a->says, b->says);
    return bl_diff_taken(d, &p.out);
}

static void tell_norm(bl_differing *d, bylaw_change change, const bl_norm *a, const bl_norm *b,
                      const bl_witness *witness)
{
    const bl_norm *norm = a != NULL ? a : b;

    assert(norm != NULL);
    const bl_voice *v = &d->voices[a != NULL ? 0 : 1];
    bl_str line = bl_str_init(&d->arena);

    bl_str_add(&line, bl_say_cite(v, norm));
    bl_str_addz(&line, "  ");
    bl_str_add(&line,
               BL_SAYF(v, diff_one,
                       BL_TEXT("kinds", bl_diff_say_kinds(d, norm->on, norm->on_count)),
                       BL_TEXT("says", a != NULL && b != NULL ? say_change(d, a, b)
                                                              : bl_say_label(v, norm->says))));
    bl_diff_tell(d, (bl_told){.what = "norm",
                              .change = change,
                              .id = norm->id,
                              .line = bl_diff_taken(d, &line),
                              .witness = *witness,
                              .sought = change != BYLAW_CHANGE_REWORDED});
}

/* ---- norm by norm ---- */

static const bl_norm *find_norm(const bylaw_ruleset *set, const bl_norm *like, size_t nth)
{
    for (size_t i = 0; i < set->norm_count; i++) {
        if (bl_str_equal(set->norms[i].id, like->id) && nth-- == 0)
            return &set->norms[i];
    }
    return NULL;
}

/* Versions of a norm share its id: the n-th of one set is the n-th of the other. */
static size_t place_among(const bylaw_ruleset *set, const bl_norm *norm)
{
    size_t n = 0;

    for (const bl_norm *other = set->norms; other < norm; other++)
        n += bl_str_equal(other->id, norm->id);
    return n;
}

const bl_norm *bl_diff_twin(const bl_differing *d, int side, const bl_norm *norm)
{
    return find_norm(d->sets[1 - side], norm, place_among(d->sets[side], norm));
}

/* The same norm under another id, which the other set does not have. */
static const bl_norm *renamed(const bl_differing *d, int side, const bl_norm *norm)
{
    const bylaw_ruleset *other = d->sets[1 - side];

    for (size_t i = 0; i < other->norm_count; i++) {
        const bl_norm *n = &other->norms[i];
        const bl_norm *a = side == 0 ? norm : n, *b = side == 0 ? n : norm;

        if (bl_diff_twin(d, 1 - side, n) == NULL && bl_diff_same_norm(d, a, b) &&
            bl_diff_same_label(a->says, b->says))
            return n;
    }
    return NULL;
}

static bylaw_change kind_of_change(const bl_witness *w)
{
    return w->looser && w->tighter ? BYLAW_CHANGE_BOTH
           : w->looser             ? BYLAW_CHANGE_LOOSENED
           : w->tighter            ? BYLAW_CHANGE_TIGHTENED
                                   : BYLAW_CHANGE_OTHER;
}

static void compare_norm(bl_differing *d, const bl_norm *a)
{
    const bl_norm *b = bl_diff_twin(d, 0, a);
    const bl_norm *moved = b == NULL ? renamed(d, 0, a) : NULL;
    bylaw_change change = BYLAW_CHANGE_REMOVED;
    bl_witness witness = {.looser = false};

    if (moved != NULL) {
        tell_norm(d, BYLAW_CHANGE_REWORDED, a, moved, &witness);
        return;
    }
    if (b != NULL && bl_diff_same_norm(d, a, b)) {
        change = bl_diff_same_label(a->says, b->says) ? BYLAW_CHANGE_NONE : BYLAW_CHANGE_REWORDED;
    } else {
        (void)bl_diff_search(&witness, d, a, b, BYLAW_STR(""));
        if (b != NULL)
            change = kind_of_change(&witness);
        if (!witness.looser && !witness.tighter)
            (void)bl_diff_search_readings(&witness, d, a, b);
    }
    if (change == BYLAW_CHANGE_NONE)
        d->counts[change]++;
    else
        tell_norm(d, change, a, b, &witness);
}

static void compare_norms(bl_differing *d)
{
    for (size_t i = 0; i < d->sets[0]->norm_count && d->status == BYLAW_OK; i++)
        compare_norm(d, &d->sets[0]->norms[i]);
    for (size_t i = 0; i < d->sets[1]->norm_count && d->status == BYLAW_OK; i++) {
        const bl_norm *b = &d->sets[1]->norms[i];
        bl_witness witness;

        if (bl_diff_twin(d, 1, b) != NULL || renamed(d, 1, b) != NULL)
            continue;
        (void)bl_diff_search(&witness, d, NULL, b, BYLAW_STR(""));
        if (!witness.looser && !witness.tighter)
            (void)bl_diff_search_readings(&witness, d, NULL, b);
        tell_norm(d, BYLAW_CHANGE_ADDED, NULL, b, &witness);
    }
}

/* ---- as text ---- */

/* Of a vote whether it is won; else the status; of a norm that one set does not have, that. */
static bylaw_str say_came_out(const bl_differing *d, const bl_witness *w, int i)
{
    const bl_status status = w->statuses[i];

    if (!w->exists[i])
        return BL_SAY0(&d->v, diff_not_there);
    if (w->vote && (status == BL_SATISFIED || status == BL_NOT_MET || status == BL_VIOLATED))
        return bl_say_outcome(&d->v, status == BL_SATISFIED ? BYLAW_ADOPTED : BYLAW_NOT_ADOPTED);
    return bl_say_status(&d->v, status);
}

static bylaw_str say_example(bl_differing *d, const bl_witness *w)
{
    bl_voice v = d->voices[w->side];

    v.kind = w->kind.len > 0 ? bl_enum_find(v.set->set->kinds, w->kind) : NULL;
    const bylaw_str said =
        BL_SAYF(&v, diff_example, BL_TEXT("facts", bl_say_given(&v, w->facts, w->count)),
                BL_TEXT("before", say_came_out(d, w, 0)), BL_TEXT("after", say_came_out(d, w, 1)));

    if (w->reading == NULL)
        return said;
    const bl_voice *words = &d->voices[w->told_by];

    return BL_SAYF(&v, diff_under, BL_TEXT("reading", bl_say_option(words, w->reading, w->option)),
                   BL_TEXT("example", said));
}

/* 放宽 1 项，收紧 1 项，51 项不变。 */
static bylaw_str say_total(bl_differing *d)
{
    bl_str line = bl_str_init(&d->arena);

    for (size_t i = 0; i < BYLAW_CHANGES; i++) {
        if (d->counts[i] == 0)
            continue;
        if (line.len > 0)
            bl_str_addz(&line, bl_word_comma.in[d->v.lang]);
        bl_str_add(&line,
                   bl_say(&d->v, i == BYLAW_CHANGE_NONE ? &bl_word_diff_total : &bl_word_diff_count,
                          BL_ARGS(BL_TEXT("what", bl_say(&d->v, change_words[i], NULL, 0)),
                                  BL_INT("n", (int64_t)d->counts[i]))));
    }
    bl_str_addz(&line, bl_word_stop.in[d->v.lang]);
    return bl_diff_taken(d, &line);
}

static void write_text(bl_differing *d, bl_str *out, const bylaw_diff_telling *telling)
{
    bl_page page = {.out = *out,
                    .columns = telling->columns == 0 ? 80 : telling->columns,
                    .color = telling->color};

    for (size_t i = 0; i < d->told.count; i++) {
        const bl_told *t = &d->told.items[i];
        const bool graver = t->change == BYLAW_CHANGE_LOOSENED || t->change == BYLAW_CHANGE_REMOVED;
        bl_str line = bl_str_init(&d->arena);

        bl_styled(&line, graver ? BL_YELLOW : BL_BOLD,
                  bl_say(&d->v, change_words[t->change], NULL, 0));
        bl_str_addz(&line, "  ");
        bl_str_add(&line, t->line);
        bl_page_line(&page, 0, 6, bl_diff_taken(d, &line));
        if (t->witness.looser || t->witness.tighter)
            bl_page_line(&page, 6, 8, say_example(d, &t->witness));
        else if (t->sought)
            bl_page_line(&page, 6, 8, BL_SAY0(&d->v, diff_no_example));
    }
    bl_page_line(&page, 0, 2, say_total(d));
    *out = page.out;
}

/* ---- as JSON ---- */

static bylaw_str given_name(const bl_differing *d, const bl_witness *w, uint32_t slot)
{
    return slot == BL_SLOT_DATE       ? BYLAW_STR("date")
           : slot == BL_SLOT_AS_OF    ? BYLAW_STR("as_of")
           : slot == BL_SLOT_DECLARED ? BYLAW_STR("declared")
                                      : d->sets[w->side]->facts[slot - BL_SLOT_FACTS].name;
}

static void json_example(bl_differing *d, bl_json *j, const bl_witness *w)
{
    static const char *const sides[] = {"before", "after"};

    if (!w->looser && !w->tighter) {
        bl_json_null(j, "example");
        return;
    }
    bl_json_open(j, "example", '{');
    bl_json_open(j, "facts", '{');
    for (size_t i = 0; i < w->count; i++) {
        bl_str name = bl_str_init(&d->arena);

        bl_str_add(&name, given_name(d, w, w->facts[i].slot)); /* ends with a NUL */
        const bylaw_str key = bl_diff_taken(d, &name);

        if (key.ptr != NULL)
            bl_json_value(j, key.ptr, w->facts[i].value);
    }
    bl_json_close(j, '}');
    for (int i = 0; i < 2; i++) {
        if (w->exists[i])
            bl_json_text(j, sides[i], bylaw_str_from(bl_status_name(w->statuses[i])));
        else
            bl_json_null(j, sides[i]);
    }
    if (w->reading != NULL) {
        bl_str under = bl_str_init(&d->arena);

        bl_str_add(&under, w->reading->name);
        bl_str_addc(&under, '.');
        bl_str_add(&under, w->option->name);
        bl_json_text(j, "reading", bl_diff_taken(d, &under));
    }
    bl_json_bool(j, "looser", w->looser);
    bl_json_bool(j, "tighter", w->tighter);
    bl_json_close(j, '}');
}

static void json_set(bl_json *j, const char *key, const bylaw_ruleset *set)
{
    bl_json_open(j, key, '{');
    bl_json_text(j, "ruleset", set->id);
    bl_json_label(j, "title", set->title);
    bl_json_text(j, "sha256", set->sha256);
    bl_json_close(j, '}');
}

static void write_json(bl_differing *d, bl_str *out)
{
    bl_json j = {.out = out};

    bl_json_open(&j, NULL, '{');
    bl_json_int(&j, "schema", 1);
    json_set(&j, "before", d->sets[0]);
    json_set(&j, "after", d->sets[1]);
    bl_json_open(&j, "changes", '[');
    for (size_t i = 0; i < d->told.count; i++) {
        const bl_told *t = &d->told.items[i];

        bl_json_open(&j, NULL, '{');
        bl_json_text(&j, "what", bylaw_str_from(t->what));
        bl_json_text(&j, "change", bylaw_str_from(change_names[t->change]));
        bl_json_text(&j, "id", t->id);
        bl_json_text(&j, "text", t->line);
        json_example(d, &j, &t->witness);
        bl_json_close(&j, '}');
    }
    bl_json_close(&j, ']');
    bl_json_open(&j, "counts", '{');
    for (size_t i = 0; i < BYLAW_CHANGES; i++)
        bl_json_int(&j, i == BYLAW_CHANGE_NONE ? "unchanged" : change_names[i],
                    (int64_t)d->counts[i]);
    bl_json_close(&j, '}');
    bl_json_close(&j, '}');
    bl_str_addc(out, '\n');
}

bylaw_status bylaw_diff(const bylaw_ruleset *before, const bylaw_ruleset *after,
                        const bylaw_diff_telling *telling, size_t counts[BYLAW_CHANGES],
                        const bylaw_allocator *allocator)
{
    const bl_set_result results[] = {{.set = before}, {.set = after}};
    bl_differing d = {.sets = {before, after}, .allocator = allocator};
    bylaw_str text;

    bl_arena_init(&d.arena, allocator);
    bl_arena_init(&d.scratch, allocator);
    for (int side = 0; side < 2; side++)
        d.voices[side] =
            (bl_voice){.arena = &d.arena, .lang = telling->lang, .set = &results[side]};
    d.v = d.voices[0];
    for (int side = 0; side < 2 && d.status == BYLAW_OK; side++) {
        const bylaw_options options = {.sets = &d.sets[side], .set_count = 1, .brief = true};
        const size_t count = d.sets[side]->reading_count;

        d.chosen[side] = BL_NEW_N(&d.arena, uint8_t, count + 1);
        for (size_t i = 0; d.chosen[side] != NULL && i < count; i++)
            d.chosen[side][i] = (uint8_t)d.sets[side]->readings[i].default_option;
        d.status = d.chosen[side] == NULL
                       ? BYLAW_ENOMEM
                       : bylaw_checker_new(&d.checkers[side], &options, allocator);
    }
    if (d.status == BYLAW_OK) {
        compare_norms(&d);
        bl_diff_words(&d);
    }
    bl_str out = bl_str_init(&d.arena);

    if (d.status == BYLAW_OK && telling->format == BYLAW_DIFF_JSON)
        write_json(&d, &out);
    else if (d.status == BYLAW_OK)
        write_text(&d, &out, telling);
    if (d.status == BYLAW_OK)
        d.status = bl_str_take(&text, &out);
    if (d.status == BYLAW_OK && d.arena.failed)
        d.status = BYLAW_ENOMEM;
    if (d.status == BYLAW_OK)
        d.status = telling->write(telling->context, text);
    for (size_t i = 0; d.status == BYLAW_OK && i < BYLAW_CHANGES; i++)
        counts[i] = d.counts[i];
    bylaw_checker_free(d.checkers[0]);
    bylaw_checker_free(d.checkers[1]);
    bl_arena_dispose(&d.scratch);
    bl_arena_dispose(&d.arena);
    return d.status;
}
