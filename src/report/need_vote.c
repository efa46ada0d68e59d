/* report/need_vote.c: what a result says of its vote: the norm that decides, what it asks for under
 * each reading, and the words for it. */
#include "report/need.h"

/* ---- words ---- */

const bl_fact *bl_vote_fact(const bylaw_ruleset *set, const char *name)
{
    return bl_map_get(&set->fact_index, bylaw_str_from(name));
}

bool bl_vote_attendance(const bl_voice *v, uint32_t slot)
{
    const bl_fact *fact = bl_vote_fact(v->set->set, "present");

    return fact != NULL && fact->slot == slot;
}

/* 到会 7 个; 全体成员 8 个 */
bylaw_str bl_vote_say_known(const bl_voice *v, uint32_t slot, int64_t n)
{
    const uint32_t slots[] = {slot};
    const bl_sum sum = {.slots = slots, .count = 1};

    if (bl_vote_attendance(v, slot))
        return BL_SAYF(v, need_attending,
                       BL_TEXT("n", v->lang == BYLAW_ZH ? bl_say_units_bare(v, &sum, n)
                                                        : bl_say_value(v, bl_int(n), UINT32_MAX)));
    return bl_say_count(v, &sum, n);
}

static bylaw_str say_base_known(const bl_voice *v, const bl_figures *f)
{
    if (f->base_sum.count == 1)
        return bl_vote_say_known(v, f->base_sum.slots[0], f->base);
    return bl_say_base(v, &f->base_sum, f->base);
}

bool bl_vote_same_sum(const bl_sum *a, const bl_sum *b)
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

    if (!bl_vote_same_sum(&base->base_sum, &other->base_sum))
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
static void read_extra(bl_vote *out, const bl_voice *v, const bl_finding *f)
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

static void read_ways(bl_vote *out, const bl_voice *v)
{
    const bl_set_result *r = v->set;

    for (size_t i = 0; i < r->alternative_count && out->way_count < BL_MOST_WAYS; i++) {
        const bl_alternative *a = &r->alternatives[i];

        for (size_t k = 0; a->weighed && a->choice_count == 1 && k < a->finding_count; k++) {
            const bl_figures *g = a->findings[k].figures;

            if (a->findings[k].norm != out->norm || !g->present ||
                (bl_vote_same_sum(&g->base_sum, &out->figures.base_sum) &&
                 g->strict == out->figures.strict && g->bound.num == out->figures.bound.num &&
                 g->bound.den == out->figures.bound.den))
                continue;
            out->ways[out->way_count++] =
                (bl_way){say_way(v, &out->figures, g, &a->choices[0]), g->need_known, g->need};
            break;
        }
    }
}

/* false: this action is not decided by counting. v->set is set to the first set that decides so. */
bool bl_vote_read(bl_vote *out, bl_voice *v, const bylaw_result *result)
{
    const bl_finding *f = NULL;

    *out = (bl_vote){.kind = result->kind};
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

bylaw_str bl_vote_say_need(const bl_voice *v, const bl_vote *x, int64_t need)
{
    return v->lang == BYLAW_ZH ? bl_say_units_bare(v, &x->figures.count_sum, need)
                               : bl_say_units(v, &x->figures.count_sum, need);
}

/* In a table: 4 票; 4. */
bylaw_str bl_vote_say_need_short(const bl_voice *v, const bl_vote *x, int64_t need)
{
    return v->lang == BYLAW_ZH ? bl_vote_say_need(v, x, need)
                               : bl_say_value(v, bl_int(need), UINT32_MAX);
}

/* In a table English has no room for the printed citation beside its own. */
bylaw_str bl_vote_say_cite(const bl_voice *v, const bl_norm *norm)
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
