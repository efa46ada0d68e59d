/* report/need.c: what a vote needs: of one action, of every kind of a rule set, over a range of
 * members or attendance, against every base. All figures are read off results of checking; none is
 * computed here but those of bases that the charter does not name. */
#include "report/sheet.h"

#define MAX_WAYS 6

/* Another reading of the same norm. */
typedef struct way {
    bylaw_str label;
    bool need_known;
    int64_t need;
} way;

/* What the vote of one action needs. */
typedef struct vote {
    const bl_enum_value *kind;
    const bl_norm *norm;
    bl_figures figures;
    bylaw_str cite, share, base_label, base_said, extra;
    bool extra_alone; /* extra tells a rest: 须多于反对票 */
    bylaw_str extra_rest;
    way ways[MAX_WAYS];
    size_t way_count;
} vote;

/* ---- words ---- */

static const bl_fact *named_fact(const bylaw_ruleset *set, const char *name)
{
    return bl_map_get(&set->fact_index, bylaw_str_from(name));
}

static bool is_attendance(const bl_voice *v, uint32_t slot)
{
    const bl_fact *fact = named_fact(v->set->set, "present");

    return fact != NULL && fact->slot == slot;
}

/* 到会 7 个; 全体成员 8 个 */
static bylaw_str say_known(const bl_voice *v, uint32_t slot, int64_t n)
{
    const uint32_t slots[] = {slot};
    const bl_sum sum = {.slots = slots, .count = 1};

    if (is_attendance(v, slot))
        return BL_SAYF(v, need_attending,
                       BL_TEXT("n", v->lang == BYLAW_ZH ? bl_say_units_bare(v, &sum, n)
                                                        : bl_say_value(v, bl_int(n), UINT32_MAX)));
    return bl_say_count(v, &sum, n);
}

static bylaw_str say_base_known(const bl_voice *v, const bl_figures *f)
{
    if (f->base_sum.count == 1)
        return say_known(v, f->base_sum.slots[0], f->base);
    return bl_say_base(v, &f->base_sum, f->base);
}

static bool same_sum(const bl_sum *a, const bl_sum *b)
{
    if (a->count != b->count || a->constant != b->constant)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (a->slots[i] != b->slots[i])
            return false;
    }
    return true;
}

static bylaw_str say_one_half(const bl_voice *v, bylaw_fraction bound)
{
    if (bound.num == 1 && bound.den == 2)
        return BL_SAY0(v, need_one_half);
    return bl_say_fraction(v, bound);
}

static bylaw_str say_bound(const bl_voice *v, const bl_figures *f)
{
    return bl_say(v, f->strict ? &bl_word_need_more_than_share : &bl_word_need_at_least_share,
                  BL_ARGS(BL_TEXT("share", bl_say_fraction(v, f->bound))));
}

/* What another reading does to the threshold, in a few words. */
static bylaw_str say_way(const bl_voice *v, const bl_figures *base, const bl_figures *other,
                         const bl_choice *choice)
{
    const bl_reading *reading = &v->set->set->readings[choice->reading];

    if (!same_sum(&base->base_sum, &other->base_sum))
        return BL_SAYF(v, need_by_base, BL_TEXT("base", bl_say_sum_label(v, &other->base_sum)));
    if (base->bound.num != other->bound.num || base->bound.den != other->bound.den)
        return BL_SAYF(v, need_by_share, BL_TEXT("share", say_bound(v, other)));
    if (base->strict != other->strict)
        return bl_say(v, other->strict ? &bl_word_need_exactly_not : &bl_word_need_exactly,
                      BL_ARGS(BL_TEXT("half", say_one_half(v, other->bound))));
    return BL_SAYF(v, reading_option, BL_TEXT("phrase", bl_say_foreign(v, reading->phrase)),
                   BL_TEXT("option", bl_say_label(v, reading->options[choice->option].label)));
}

/* The charter's own words for the share, where a reading of them only asks whether it counts
 * itself; else the fraction. */
static bylaw_str say_share(const bl_voice *v, const bl_norm *norm, const bl_figures *f)
{
    for (size_t i = 0; v->lang == BYLAW_ZH && i < norm->overlay_count; i++) {
        const bl_overlay *over = &norm->overlays[i];
        const bl_reading *reading = &v->set->set->readings[over->choice.reading];

        if (over->body.has & BL_HAS_BOUND && over->body.bound.num == f->bound.num &&
            over->body.bound.den == f->bound.den && reading->phrase.len > 0)
            return bl_say_foreign(v, reading->phrase);
    }
    return say_bound(v, f);
}

/* ---- reading a result ---- */

static bool is_vote(const bl_finding *f)
{
    return f->modality == BL_CONDITION && f->figures->present && f->figures->has_base &&
           f->status != BL_NOT_APPLICABLE;
}

/* Another condition on the same count: 须多于反对票. */
static void read_extra(vote *out, const bl_voice *v, const bl_finding *f)
{
    const bl_figures *g = f->figures;
    const uint32_t counted = g->count_sum.count == 1 ? g->count_sum.slots[0] : 0;

    if (g->bound.num == 1 && g->bound.den == 2 && g->base_sum.count == 2 &&
        (g->base_sum.slots[0] == counted || g->base_sum.slots[1] == counted)) {
        out->extra_rest = bl_say_fact_label(
            v, g->base_sum.slots[0] == counted ? g->base_sum.slots[1] : g->base_sum.slots[0]);
        out->extra_alone = g->strict;
        out->extra = bl_say(v, g->strict ? &bl_word_need_more_than : &bl_word_need_not_fewer,
                            BL_ARGS(BL_TEXT("rest", out->extra_rest)));
        return;
    }
    out->extra = bl_say_label(v, f->norm->says);
}

static void read_ways(vote *out, const bl_voice *v)
{
    const bl_set_result *r = v->set;

    for (size_t i = 0; i < r->alternative_count && out->way_count < MAX_WAYS; i++) {
        const bl_alternative *a = &r->alternatives[i];

        for (size_t k = 0; a->weighed && a->choice_count == 1 && k < a->finding_count; k++) {
            const bl_figures *g = a->findings[k].figures;

            if (a->findings[k].norm != out->norm || !g->present ||
                (same_sum(&g->base_sum, &out->figures.base_sum) &&
                 g->strict == out->figures.strict && g->bound.num == out->figures.bound.num &&
                 g->bound.den == out->figures.bound.den))
                continue;
            out->ways[out->way_count++] =
                (way){say_way(v, &out->figures, g, &a->choices[0]), g->need_known, g->need};
            break;
        }
    }
}

/* false: this action is not decided by counting. v->set is set to the first set that decides so. */
static bool read_vote(vote *out, bl_voice *v, const bylaw_result *result)
{
    const bl_finding *f = NULL;

    *out = (vote){.kind = result->kind};
    v->result = result;
    for (size_t i = 0; i < result->set_count && f == NULL; i++) {
        v->set = &result->sets[i];
        f = v->set->governed ? bl_telling_finding(v->set->findings, v->set->finding_count) : NULL;
        if (f != NULL && !is_vote(f))
            f = NULL;
    }
    if (f == NULL)
        return false;
    out->norm = f->norm;
    out->figures = *f->figures;
    out->cite = bl_say_cite(v, f->norm);
    out->share = say_share(v, f->norm, f->figures);
    out->base_label = bl_say_sum_label(v, &f->figures->base_sum);
    if (f->figures->base_known)
        out->base_said = say_base_known(v, f->figures);
    read_ways(out, v);
    for (size_t i = 0; i < v->set->finding_count; i++) {
        const bl_finding *other = &v->set->findings[i];

        if (other != f && is_vote(other) && out->extra.len == 0)
            read_extra(out, v, other);
    }
    return true;
}

static bylaw_str say_need(const bl_voice *v, const vote *x, int64_t need)
{
    return v->lang == BYLAW_ZH ? bl_say_units_bare(v, &x->figures.count_sum, need)
                               : bl_say_units(v, &x->figures.count_sum, need);
}

/* In a table: 4 票; 4. */
static bylaw_str say_need_short(const bl_voice *v, const vote *x, int64_t need)
{
    return v->lang == BYLAW_ZH ? say_need(v, x, need) : bl_say_value(v, bl_int(need), UINT32_MAX);
}

/* In a table English has no room for the printed citation beside its own. */
static bylaw_str say_cite_short(const bl_voice *v, const bl_norm *norm)
{
    bl_str out = bl_str_init(v->arena);

    if (v->lang == BYLAW_ZH)
        return bl_say_cite(v, norm);
    for (size_t i = 0; i < norm->provision_count; i++) {
        const bylaw_str cite = norm->provisions[i]->cite.in[BYLAW_EN];

        if (i > 0 && bl_str_equal(cite, norm->provisions[i - 1]->cite.in[BYLAW_EN]))
            continue;
        bl_str_addz(&out, i > 0 ? bl_word_enum_comma.in[v->lang] : "");
        bl_str_add(&out, bl_say_foreign(v, cite));
    }
    return bl_str_taken(&out);
}

/* ---- one action ---- */

/* 解散：到会 4 个，不足 6 票，不可能通过。: by what limits the votes. */
static bylaw_str say_never(const bl_voice *v, const vote *x, bylaw_str kinds)
{
    const bl_fact *present = named_fact(v->set->set, "present");
    bylaw_str known = x->base_said;

    if (present != NULL && v->set->slots[present->slot].kind == BL_INT)
        known = say_known(v, present->slot, v->set->slots[present->slot].as.i);
    else if (known.len == 0)
        known = BL_SAYF(v, need_most, BL_TEXT("most", say_need(v, x, x->figures.count_most)));
    return BL_SAYF(v, need_never, BL_TEXT("kinds", kinds), BL_TEXT("known", known),
                   BL_TEXT("need", say_need(v, x, x->figures.need)));
}

static bylaw_str say_missing(const bl_voice *v, const vote *x)
{
    for (size_t i = 0; i < x->figures.base_sum.count; i++) {
        const uint32_t slot = x->figures.base_sum.slots[i];

        if (slot >= BL_SLOT_FACTS && v->set->slots[slot].kind != BL_INT)
            return BL_SAYF(v, need_facts, BL_TEXT("cite", x->cite),
                           BL_TEXT("names", bl_say_fact_label(v, slot)),
                           BL_TEXT("fact", v->set->set->facts[slot - BL_SLOT_FACTS].name));
    }
    return (bylaw_str){NULL, 0};
}

/* 第七条（一）：到会 7 个，赞成至少 4 票即通过。 */
static void tell_before(bl_sheet *sheet, const bl_voice *v, const vote *x)
{
    bl_str ways = bl_str_init(v->arena);

    if (!x->figures.need_known) {
        bl_sheet_note(sheet, say_missing(v, x));
        return;
    }
    for (size_t i = 0; i < x->way_count; i++) {
        if (x->ways[i].need_known && x->ways[i].need != x->figures.need)
            bl_str_add(&ways, BL_SAYF(v, need_other_way, BL_TEXT("way", x->ways[i].label),
                                      BL_TEXT("need", say_need(v, x, x->ways[i].need))));
    }
    if (x->extra.len > 0)
        bl_str_add(&ways, BL_SAYF(v, need_also, BL_TEXT("extra", x->extra)));
    if (x->figures.unreachable)
        bl_sheet_note(sheet, say_never(v, x, x->cite));
    else
        bl_sheet_note(sheet, BL_SAYF(v, need_enough, BL_TEXT("cite", x->cite),
                                     BL_TEXT("known", x->base_said),
                                     BL_TEXT("what", bl_say_sum_label(v, &x->figures.count_sum)),
                                     BL_TEXT("need", say_need(v, x, x->figures.need)),
                                     BL_TEXT("ways", bl_str_taken(&ways))));
}

/* A base that a charter could have meant, of facts of the shared vocabulary. */
typedef struct base_row {
    const bl_msg *label; /* NULL: the label of its only fact */
    const char *facts[4];
} base_row;

static const base_row base_rows[] = {
    {NULL, {"present", NULL}},
    {&bl_word_need_cast, {"vote.yes", "vote.no", "vote.abstain", NULL}},
    {&bl_word_need_for_against, {"vote.yes", "vote.no", NULL}},
    {NULL, {"members", NULL}},
};

/* false: one of its facts is not known, or not known to the set. */
static bool base_of_row(const bl_voice *v, const base_row *row, uint32_t *slots, size_t *count,
                        int64_t *total)
{
    *count = 0;
    *total = 0;
    for (size_t i = 0; row->facts[i] != NULL; i++) {
        const bl_fact *fact = named_fact(v->set->set, row->facts[i]);

        if (fact == NULL || v->set->slots[fact->slot].kind != BL_INT ||
            v->set->slots[fact->slot].as.i > INT64_MAX - *total)
            return false;
        slots[(*count)++] = fact->slot;
        *total += v->set->slots[fact->slot].as.i;
    }
    return true;
}

static void base_line(bl_sheet *sheet, const bl_voice *v, const vote *x, bylaw_str label,
                      int64_t total)
{
    const bl_figures *f = &x->figures;
    int64_t need = 0;
    const bool known = bylaw_share_least(&need, total, f->bound, f->strict) == BYLAW_OK;
    bl_cell *row = bl_sheet_row(sheet);

    if (row == NULL)
        return;
    row[0] = bl_text_cell(label);
    row[1] = bl_number_cell(bl_say_value(v, bl_int(total), UINT32_MAX), total);
    row[2] =
        known ? bl_number_cell(say_need_short(v, x, need), need) : bl_text_cell(BYLAW_STR("-"));
    row[3] = bl_text_cell(
        !known ? bl_say_outcome(v, BYLAW_NOT_ADOPTED)
        : f->count >= need
            ? BL_SAY0(v, need_passed)
            : BL_SAYF(v, need_failed, BL_TEXT("n", say_need_short(v, x, need - f->count))));
    bl_sheet_bar(sheet, (bl_bar){label, total, known ? need : -1, -1, f->count});
}

/* The votes as they were counted: 赞成 3 票，反对 2 票，弃权 2 票 */
static bylaw_str say_votes(const bl_voice *v, const vote *x)
{
    static const char *const names[] = {"vote.yes", "vote.no", "vote.abstain"};
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < 3; i++) {
        const bl_fact *fact = named_fact(v->set->set, names[i]);

        if (fact == NULL || v->set->slots[fact->slot].kind != BL_INT)
            continue;
        if (out.len > 0)
            bl_str_addz(&out, bl_word_comma.in[v->lang]);
        bl_str_add(&out, say_known(v, fact->slot, v->set->slots[fact->slot].as.i));
    }
    if (out.len == 0) /* of another vocabulary */
        bl_str_add(&out, bl_say_count(v, &x->figures.count_sum, x->figures.count));
    return bl_str_taken(&out);
}

/* The same vote against every base, the charter's own first. */
static void tell_vote(bl_sheet *sheet, const bl_voice *v, const vote *x)
{
    const bl_figures *f = &x->figures;
    const bylaw_str own = BL_SAYF(v, need_own, BL_TEXT("base", x->base_label));

    sheet->title = BL_SAYF(v, need_vote, BL_TEXT("kind", bl_say_label(v, x->kind->label)),
                           BL_TEXT("cite", x->cite), BL_TEXT("share", x->share),
                           BL_TEXT("votes", say_votes(v, x)));
    bl_sheet_column(sheet, "base", BL_SAY0(v, need_what_base), false);
    bl_sheet_column(sheet, "total", BL_SAY0(v, need_total), true);
    bl_sheet_column(sheet, "need",
                    BL_SAYF(v, need_least, BL_TEXT("what", bl_say_sum_label(v, &f->count_sum))),
                    true);
    bl_sheet_column(sheet, "result", BL_SAY0(v, need_result), false);
    sheet->need = BL_SAY0(v, need_sign);
    sheet->having = BL_SAY0(v, need_sign_have);
    if (f->base_known)
        base_line(sheet, v, x, own, f->base);
    for (size_t i = 0; i < sizeof base_rows / sizeof *base_rows; i++) {
        uint32_t slots[4];
        size_t count = 0;
        int64_t total = 0;

        if (!base_of_row(v, &base_rows[i], slots, &count, &total))
            continue;
        const bl_sum sum = {.slots = slots, .count = count};

        if (!same_sum(&sum, &f->base_sum))
            base_line(sheet, v, x,
                      base_rows[i].label != NULL ? bl_say(v, base_rows[i].label, NULL, 0)
                                                 : bl_say_sum_label(v, &sum),
                      total);
    }
    if (x->extra.len > 0)
        bl_sheet_note(sheet, BL_SAYF(v, need_also_norm, BL_TEXT("says", x->extra)));
}

bylaw_status bylaw_need_result(const bylaw_result *result, const bylaw_need_telling *telling,
                               const bylaw_allocator *allocator)
{
    bl_arena arena;
    bl_voice v = {.arena = &arena, .lang = telling->lang, .result = result};
    bl_sheet sheet = {.arena = &arena};
    bylaw_status status = BYLAW_ENOTFOUND;
    vote x;

    if (result->brief)
        return BYLAW_EDOMAIN;
    bl_arena_init(&arena, allocator);
    if (read_vote(&x, &v, result)) {
        if (x.figures.count_known)
            tell_vote(&sheet, &v, &x);
        else
            tell_before(&sheet, &v, &x);
        status = bl_sheet_write(&sheet, telling);
    }
    bl_arena_dispose(&arena);
    return status;
}

/* ---- a rule set ---- */

typedef struct asking {
    const bylaw_need_question *q;
    const bylaw_need_telling *telling;
    const bylaw_allocator *allocator;
    bylaw_diags *diags;
    bl_arena arena;
    bl_sheet sheet;
    bylaw_setting *facts; /* the question's, and room for the one that varies */
    char number[24];
} asking;

/* What is done with the result of one check; borrowed for the call. */
typedef bylaw_status use_fn(asking *a, bl_voice *v, const vote *x, void *context);

/* Checks an action of that kind with the question's facts. BYLAW_ENOTFOUND: not decided by
 * counting. */
static bylaw_status check_one(asking *a, bylaw_str kind, size_t fact_count, use_fn *use,
                              void *context)
{
    const bylaw_options options = {.sets = &a->q->set,
                                   .set_count = 1,
                                   .facts = a->facts,
                                   .fact_count = fact_count,
                                   .readings = a->q->readings,
                                   .reading_count = a->q->reading_count};
    bl_str text = bl_str_init(&a->arena);
    bylaw_checker *checker = NULL;
    const bylaw_result *result = NULL;
    bl_voice v = {.arena = &a->arena, .lang = a->telling->lang};
    bylaw_str action;
    vote x;

    bl_str_addz(&text, "{\"action\":\"");
    bl_str_add(&text, kind);
    bl_str_addz(&text, "\",\"rules\":[\"");
    bl_str_add(&text, a->q->set->id);
    bl_str_addz(&text, "\"]}");
    bylaw_status status = bl_str_take(&action, &text);

    if (status == BYLAW_OK)
        status = bylaw_checker_new(&checker, &options, a->allocator);
    if (status == BYLAW_OK)
        status =
            bylaw_checker_read(checker, BYLAW_STR("need"), action, BYLAW_FORMAT_JSON, a->diags);
    if (status == BYLAW_OK)
        status = bylaw_checker_check(checker, 0, &result, a->diags);
    if (status == BYLAW_OK)
        status = read_vote(&x, &v, result) ? use(a, &v, &x, context) : BYLAW_ENOTFOUND;
    bylaw_checker_free(checker);
    return status;
}

/* Does some condition on that kind weigh a count against a base? */
static bool is_voted_on(const bylaw_ruleset *set, uint32_t kind)
{
    const bl_kind_def *def = &set->kind_defs[kind];

    for (size_t i = 0; i < def->norm_count; i++) {
        const bl_body *body = &set->norms[def->norms[i]].body;

        if (body->modality == BL_CONDITION && body->has & BL_HAS_OF)
            return true;
    }
    return false;
}

/* Kinds that need the same stand in one row. */
typedef struct kind_row {
    bylaw_str kinds, cite, need, ways, rest;
    bool several, unreachable;
    int64_t votes, base;
    bylaw_str never; /* of its first kind, with {kinds} to be said later */
    int64_t other;
} kind_row;

typedef struct kind_table {
    BL_VEC(kind_row) rows;
} kind_table;

static bylaw_str say_ways(const bl_voice *v, const vote *x, int64_t *other)
{
    bl_str out = bl_str_init(v->arena);

    *other = -1;
    for (size_t i = 0; i < x->way_count; i++) {
        const way *w = &x->ways[i];

        if (out.len > 0)
            bl_str_addz(&out, bl_word_sep.in[v->lang]);
        if (w->need_known && *other < 0)
            *other = w->need;
        if (w->need_known)
            bl_str_add(&out, BL_SAYF(v, need_way, BL_TEXT("need", say_need_short(v, x, w->need)),
                                     BL_TEXT("way", w->label)));
        else
            bl_str_add(&out, w->label);
    }
    return bl_str_taken(&out);
}

static bylaw_status add_kind(asking *a, bl_voice *v, const vote *x, void *context)
{
    kind_table *table = context;
    kind_row row = {
        .cite = say_cite_short(v, x->norm), .unreachable = x->figures.unreachable, .base = -1};
    const bylaw_str label = bl_say_label(v, x->kind->label);

    row.need = x->figures.need_known ? say_need_short(v, x, x->figures.need) : BYLAW_STR("-");
    row.votes = x->figures.need_known ? x->figures.need : -1;
    if (x->figures.base_known)
        row.base = x->figures.base;
    row.ways = say_ways(v, x, &row.other);
    row.rest = x->extra_alone ? x->extra_rest : (bylaw_str){NULL, 0};
    if (!x->extra_alone && x->extra.len > 0)
        row.ways = BL_SAYF(v, need_way, BL_TEXT("need", row.ways), BL_TEXT("way", x->extra));
    for (size_t i = 0; i < table->rows.count; i++) {
        kind_row *other = &table->rows.items[i];

        if (!bl_str_equal(other->cite, row.cite) || !bl_str_equal(other->need, row.need) ||
            !bl_str_equal(other->ways, row.ways) || !bl_str_equal(other->rest, row.rest))
            continue;
        const bylaw_str both[] = {other->kinds, label};

        other->kinds = bl_say_join(v, both, 2, &bl_word_enum_comma);
        other->several = true;
        return BYLAW_OK;
    }
    row.kinds = label;
    if (row.unreachable)
        row.never = say_never(v, x, label);
    return bl_vec_push(&a->arena, &table->rows, row) ? BYLAW_OK : BYLAW_ENOMEM;
}

/* The facts that are known, behind the title; in the first result's words. */
static bylaw_status say_head(asking *a, bl_voice *v, const vote *x, void *context)
{
    bl_str known = bl_str_init(&a->arena);

    (void)x;
    (void)context;
    for (size_t i = 0; i < a->q->fact_count; i++) {
        const bl_fact *fact = bl_map_get(&a->q->set->fact_index, a->q->facts[i].name);

        if (fact == NULL || v->set->slots[fact->slot].kind != BL_INT)
            continue;
        bl_str_addz(&known, bl_word_comma.in[v->lang]);
        bl_str_add(&known, say_known(v, fact->slot, v->set->slots[fact->slot].as.i));
    }
    a->sheet.title = BL_SAYF(v, need_title, BL_TEXT("title", bl_say_label(v, a->q->set->title)),
                             BL_TEXT("known", bl_str_taken(&known)));
    a->sheet.columns[2].head =
        BL_SAYF(v, need_least, BL_TEXT("what", bl_say_sum_label(v, &x->figures.count_sum)));
    return BYLAW_OK;
}

static void fill_kinds(asking *a, const bl_voice *v, const kind_table *table)
{
    for (size_t i = 0; i < table->rows.count; i++) {
        const kind_row *k = &table->rows.items[i];
        bl_cell *row = bl_sheet_row(&a->sheet);
        bl_str ways = bl_str_init(&a->arena);

        if (row == NULL)
            return;
        bl_str_add(&ways, k->ways);
        if (k->rest.len > 0) {
            bl_str_addz(&ways, ways.len > 0 ? bl_word_sep.in[v->lang] : "");
            bl_str_add(&ways,
                       bl_say(v, k->several ? &bl_word_need_all_more_than : &bl_word_need_more_than,
                              BL_ARGS(BL_TEXT("rest", k->rest))));
        }
        row[0] = bl_text_cell(k->kinds);
        row[1] = bl_text_cell(k->cite);
        row[2] = k->votes >= 0 ? bl_number_cell(k->need, k->votes) : bl_text_cell(k->need);
        row[3] = bl_text_cell(bl_str_taken(&ways));
        if (k->base >= 0)
            bl_sheet_bar(&a->sheet, (bl_bar){k->kinds, k->base, k->votes, k->other, -1});
        bl_sheet_note(&a->sheet, k->never);
    }
}

static bylaw_status ask_kinds(asking *a)
{
    const bylaw_ruleset *set = a->q->set;
    const bl_voice v = {.arena = &a->arena, .lang = a->telling->lang};
    kind_table table = {{0}};
    bylaw_status status = BYLAW_OK;

    bl_sheet_column(&a->sheet, "kind", BL_SAY0(&v, need_kind), false);
    bl_sheet_column(&a->sheet, "article", BL_SAY0(&v, need_cite), false);
    bl_sheet_column(&a->sheet, "need", (bylaw_str){NULL, 0}, true);
    bl_sheet_column(&a->sheet, "otherwise", BL_SAY0(&v, need_otherwise), false);
    a->sheet.need = BL_SAY0(&v, need_sign);
    a->sheet.other = BL_SAY0(&v, need_otherwise);
    for (uint32_t i = 0; i < set->kinds->count && status == BYLAW_OK; i++) {
        if (!is_voted_on(set, i))
            continue;
        status = check_one(a, set->kinds->values[i]->id, a->q->fact_count, add_kind, &table);
        if (status == BYLAW_OK && a->sheet.title.len == 0)
            status = check_one(a, set->kinds->values[i]->id, a->q->fact_count, say_head, NULL);
        if (status == BYLAW_ENOTFOUND)
            status = BYLAW_OK;
    }
    if (status == BYLAW_OK && table.rows.count == 0)
        status = BYLAW_ENOTFOUND;
    fill_kinds(a, &v, &table);
    return status;
}

static bylaw_status tell_kind(asking *a, bl_voice *v, const vote *x, void *context)
{
    (void)context;
    tell_before(&a->sheet, v, x);
    return BYLAW_OK;
}

/* ---- a table over a range ---- */

typedef struct range {
    int64_t value;
    uint32_t slot;
    bl_sum count; /* of the votes, for their measure word */
    int64_t differ_even, differ_odd, most;
    size_t places, compared;
} range;

static void head_range(asking *a, const bl_voice *v, const vote *x, range *r)
{
    static const char *const keys[MAX_WAYS] = {"otherwise",  "otherwise2", "otherwise3",
                                               "otherwise4", "otherwise5", "otherwise6"};
    bl_sheet *sheet = &a->sheet;
    const bl_fact *fact = bl_map_get(&a->q->set->fact_index, a->q->vary);

    r->slot = fact != NULL ? fact->slot : BL_SLOT_KIND;
    r->count = x->figures.count_sum;
    sheet->title = BL_SAYF(v, need_table, BL_TEXT("kind", bl_say_label(v, x->kind->label)),
                           BL_TEXT("cite", x->cite), BL_TEXT("base", x->base_label),
                           BL_TEXT("share", x->share));
    bl_sheet_column(sheet, "value", bl_say_fact_label(v, r->slot), true);
    bl_sheet_column(
        sheet, "need",
        BL_SAYF(v, need_least, BL_TEXT("what", bl_say_sum_label(v, &x->figures.count_sum))), true);
    for (size_t i = 0; i < x->way_count; i++)
        bl_sheet_column(sheet, keys[i], x->ways[i].label, true);
    sheet->across = true;
    sheet->need = BL_SAY0(v, need_sign);
    if (x->way_count > 0)
        sheet->other = x->ways[0].label;
}

static void compare_rows(range *r, int64_t need, int64_t other)
{
    const int64_t gap = need > other ? need - other : other - need;

    r->compared++;
    r->places += gap != 0;
    r->most = gap > r->most ? gap : r->most;
    if (gap != 0)
        *(r->value % 2 == 0 ? &r->differ_even : &r->differ_odd) += 1;
}

static bylaw_status add_value(asking *a, bl_voice *v, const vote *x, void *context)
{
    range *r = context;
    const bl_figures *f = &x->figures;

    if (a->sheet.column_count == 0)
        head_range(a, v, x, r);
    bl_cell *row = bl_sheet_row(&a->sheet);

    if (row == NULL)
        return BYLAW_ENOMEM;
    for (size_t c = 0; c < a->sheet.column_count; c++)
        row[c] = bl_text_cell(BYLAW_STR("-"));
    row[0] = bl_number_cell(bl_say_value(v, bl_int(r->value), UINT32_MAX), r->value);
    if (f->need_known)
        row[1] = bl_number_cell(bl_say_value(v, bl_int(f->need), UINT32_MAX), f->need);
    for (size_t i = 0; i < x->way_count && i + 2 < a->sheet.column_count; i++) {
        if (x->ways[i].need_known)
            row[i + 2] = bl_number_cell(bl_say_value(v, bl_int(x->ways[i].need), UINT32_MAX),
                                        x->ways[i].need);
    }
    if (x->way_count > 0 && f->need_known && x->ways[0].need_known)
        compare_rows(r, f->need, x->ways[0].need);
    bl_sheet_bar(&a->sheet,
                 (bl_bar){row[0].text, f->base_known ? f->base : r->value,
                          f->need_known ? f->need : -1,
                          x->way_count > 0 && x->ways[0].need_known ? x->ways[0].need : -1, -1});
    return BYLAW_OK;
}

/* Where the two rows differ: 两行只在到会为双数时不同，差 1 票。 */
static void tell_difference(asking *a, const range *r)
{
    const bl_set_result set = {.set = a->q->set};
    const bl_voice v = {.arena = &a->arena, .lang = a->telling->lang, .set = &set};
    const uint32_t slots[] = {r->slot};
    const bl_sum sum = {.slots = slots, .count = 1};

    if (a->sheet.column_count != 3)
        return;
    if (r->compared == 0) { /* what the other reading counts by is not known */
        a->sheet.column_count = 2;
        return;
    }
    if (r->places == 0) {
        bl_sheet_note(&a->sheet, BL_SAY0(&v, need_same_rows));
        return;
    }
    const bylaw_str n = bl_say_units_bare(&v, &r->count, r->most);
    const bylaw_str what =
        is_attendance(&v, r->slot) ? BL_SAY0(&v, need_attending_bare) : bl_say_sum_label(&v, &sum);
    const bl_arg args[] = {BL_TEXT("what", what), BL_TEXT("n", n), BL_INT("k", (int64_t)r->places)};

    bl_sheet_note(&a->sheet, bl_say(&v,
                                    r->differ_odd == 0 && r->most == 1    ? &bl_word_need_even
                                    : r->differ_even == 0 && r->most == 1 ? &bl_word_need_odd
                                                                          : &bl_word_need_apart,
                                    args, 3));
}

static bylaw_status ask_range(asking *a)
{
    const bylaw_need_question *q = a->q;
    range r = {0};
    bylaw_status status = BYLAW_OK;

    for (int64_t n = q->from; n <= q->to && n - q->from < 1000 && status == BYLAW_OK; n++) {
        bl_str text = bl_str_init(&a->arena);

        r.value = n;
        bl_str_add_int(&text, n);
        a->facts[q->fact_count] = (bylaw_setting){q->vary, {NULL, 0}};
        if ((status = bl_str_take(&a->facts[q->fact_count].value, &text)) == BYLAW_OK)
            status = check_one(a, q->kind, q->fact_count + 1, add_value, &r);
    }
    if (status == BYLAW_OK)
        tell_difference(a, &r);
    return status;
}

bylaw_status bylaw_need_ask(const bylaw_need_question *question, const bylaw_need_telling *telling,
                            const bylaw_allocator *allocator, bylaw_diags *diags)
{
    asking a = {.q = question, .telling = telling, .allocator = allocator, .diags = diags};
    bylaw_status status = BYLAW_OK;

    bl_arena_init(&a.arena, allocator);
    a.sheet.arena = &a.arena;
    a.facts = BL_NEW_N(&a.arena, bylaw_setting, question->fact_count + 1);
    if (a.facts == NULL)
        status = BYLAW_ENOMEM;
    for (size_t i = 0; status == BYLAW_OK && i < question->fact_count; i++)
        a.facts[i] = question->facts[i];
    if (status != BYLAW_OK)
        status = BYLAW_ENOMEM;
    else if (question->vary.len > 0)
        status = ask_range(&a);
    else if (question->kind.len > 0)
        status = check_one(&a, question->kind, question->fact_count, tell_kind, NULL);
    else
        status = ask_kinds(&a);
    if (status == BYLAW_OK)
        status = bl_sheet_write(&a.sheet, telling);
    bl_arena_dispose(&a.arena);
    return status;
}
