/* report/conclude.c: the sentences that conclude: the result of the vote, and what other readings
 * would give. */
#include "report/say.h"

const bl_finding *bl_telling_finding(const bl_finding *findings, size_t count)
{
    const bl_finding *best = NULL;

    for (size_t i = 0; i < count; i++) {
        const bl_finding *f = &findings[i];

        if (f->modality != BL_CONDITION || !f->figures->present || f->status == BL_NOT_APPLICABLE)
            continue;
        const bool fails = bl_is_false(f->value),
                   best_fails = best != NULL && bl_is_false(best->value);

        if (best == NULL || (fails && !best_fails) ||
            (fails == best_fails && f->figures->need_known &&
             (!best->figures->need_known || f->figures->need > best->figures->need)))
            best = f;
    }
    return best;
}

static const bl_msg *outcome_words(const bl_voice *v)
{
    const bl_declared declared = v->result->action->declared;

    switch (v->set->outcome) {
    case BYLAW_ADOPTED:
        return declared == BL_DECLARED_REJECTED ? &bl_word_adopted_but : &bl_word_adopted;
    case BYLAW_NOT_ADOPTED:
        return declared == BL_DECLARED_ADOPTED    ? &bl_word_not_adopted_but
               : declared == BL_DECLARED_REJECTED ? &bl_word_not_adopted_as
                                                  : &bl_word_not_adopted;
    default:
        return v->set->clash_count > 0 ? &bl_word_open_clash : &bl_word_open;
    }
}

bylaw_str bl_say_result_line(const bl_voice *v)
{
    const bl_finding *f = bl_telling_finding(v->set->findings, v->set->finding_count);
    bl_str out = bl_str_init(v->arena);

    if (v->set->outcome == BYLAW_NO_OUTCOME)
        return (bylaw_str){NULL, 0};
    bl_str_add(&out, f != NULL ? BL_SAY0(v, vote) : BL_SAY0(v, result));
    bl_str_add(&out, bl_say(v, outcome_words(v), NULL, 0));
    /* a violated threshold has a section of its own, which tells the figures */
    if (f == NULL || f->status == BL_VIOLATED)
        return bl_str_taken(&out);
    const bool lost = bl_is_false(f->value);
    const bylaw_str figures = bl_say_figures(v, f->figures, !lost, lost);

    if (figures.len == 0)
        return bl_str_taken(&out);
    if (v->lang == BYLAW_EN) {
        bl_str_addc(&out, ' ');
        bl_str_addc(&out, figures.ptr[0] >= 'a' && figures.ptr[0] <= 'z'
                              ? (char)(figures.ptr[0] - 'a' + 'A')
                              : figures.ptr[0]);
        bl_str_add(&out, bl_str_slice(figures, 1, figures.len));
    } else {
        bl_str_add(&out, figures);
    }
    if (lost)
        bl_str_add(&out, BL_SAYF(v, cited, BL_TEXT("cite", bl_say_cite(v, f->norm))));
    bl_str_addz(&out, bl_word_stop.in[v->lang]);
    return bl_str_taken(&out);
}

static const bl_finding *same_norm(const bl_finding *findings, size_t count, const bl_norm *norm)
{
    for (size_t i = 0; i < count; i++) {
        if (findings[i].norm == norm)
            return &findings[i];
    }
    return NULL;
}

/* The threshold that this alternative alters, as it is then; NULL where it alters none. */
const bl_finding *bl_altered_threshold(const bl_set_result *set, const bl_alternative *a)
{
    for (size_t i = 0; i < a->finding_count; i++) {
        const bl_finding *now = &a->findings[i];
        const bl_finding *base = same_norm(set->findings, set->finding_count, now->norm);

        if (now->figures->present && base != NULL && base->figures->present &&
            (now->figures->need != base->figures->need ||
             now->figures->strict != base->figures->strict ||
             now->figures->base != base->figures->base))
            return now;
    }
    return NULL;
}

static bool same_base(const bl_figures *a, const bl_figures *b)
{
    if (a->base_sum.count != b->base_sum.count)
        return false;
    for (size_t i = 0; i < a->base_sum.count; i++) {
        if (a->base_sum.slots[i] != b->base_sum.slots[i])
            return false;
    }
    return true;
}

static bylaw_str say_phrase(const bl_voice *v, const bl_reading *reading)
{
    return bl_say_foreign(v, reading->phrase.len > 0 ? reading->phrase : reading->asks.in[v->lang]);
}

bylaw_str bl_say_option(const bl_voice *v, const bl_reading *reading, const bl_option *option)
{
    return BL_SAYF(v, reading_option, BL_TEXT("phrase", say_phrase(v, reading)),
                   BL_TEXT("option", bl_say_label(v, option->label)));
}

static bool is_decided(bylaw_outcome outcome)
{
    return outcome == BYLAW_ADOPTED || outcome == BYLAW_NOT_ADOPTED;
}

/* “三分之二成员”若以到会成员 7 个计，至少 5 票，为通过 */
static bylaw_str say_alternative(const bl_voice *v, const bl_alternative *a, bool verbose)
{
    const bl_finding *altered = bl_altered_threshold(v->set, a);
    const bl_finding *base =
        altered != NULL ? same_norm(v->set->findings, v->set->finding_count, altered->norm) : NULL;
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < a->choice_count; i++) {
        const bl_reading *reading = &v->set->set->readings[a->choices[i].reading];
        const bl_option *option = &reading->options[a->choices[i].option];

        if (i > 0)
            bl_str_addz(&out, bl_word_comma.in[v->lang]);
        if (base != NULL && a->choice_count == 1 && altered->figures->base_known &&
            !same_base(altered->figures, base->figures))
            bl_str_add(&out, BL_SAYF(v, reading_base, BL_TEXT("phrase", say_phrase(v, reading)),
                                     BL_TEXT("base", bl_say_reading_base(v, option->label,
                                                                         altered->figures))));
        else
            bl_str_add(&out, bl_say_option(v, reading, option));
    }
    if (altered != NULL && altered->figures->need_known)
        bl_str_add(&out,
                   BL_SAYF(v, reading_need,
                           BL_TEXT("need", bl_say_units(v, &altered->figures->count_sum,
                                                        altered->figures->need)),
                           BL_TEXT("need_en", bl_say_units_bare(v, &altered->figures->count_sum,
                                                                altered->figures->need))));
    if ((verbose ? altered != NULL : a->outcome != v->set->outcome) && is_decided(a->outcome))
        bl_str_add(&out,
                   BL_SAYF(v, reading_outcome, BL_TEXT("outcome", bl_say_outcome(v, a->outcome))));
    else if (a->changes)
        bl_str_add(&out,
                   BL_SAYF(v, reading_outcome, BL_TEXT("outcome", bl_say_verdict(v, a->verdict))));
    return bl_str_taken(&out);
}

/* Does another number of votes suffice? With -v also the same number by another way. */
static bool other_figures(const bl_set_result *r, const bl_alternative *a, bool verbose)
{
    const bl_finding *now = bl_altered_threshold(r, a);
    const bl_finding *base =
        now != NULL ? same_norm(r->findings, r->finding_count, now->norm) : NULL;

    if (base == NULL)
        return false;
    if (verbose)
        return now->figures->need_known || is_decided(a->outcome);
    return now->figures->need_known && base->figures->need_known &&
           now->figures->need != base->figures->need;
}

#define MAX_ALTERNATIVES 8 /* a line names a few; the grid of readings shows all */

/* Which alternatives the line names: those that change something; else those that only give other
 * figures, where that is wanted. */
bylaw_str bl_say_readings_line(const bl_voice *v, bool verbose)
{
    const bl_set_result *r = v->set;
    bylaw_str said[MAX_ALTERNATIVES];
    size_t n = 0;
    bool changing = false;
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < r->alternative_count; i++)
        changing = changing || (r->alternatives[i].weighed && r->alternatives[i].changes);
    for (size_t i = 0; i < r->alternative_count && n < MAX_ALTERNATIVES; i++) {
        const bl_alternative *a = &r->alternatives[i];
        const bool figures =
            other_figures(r, a, verbose) &&
            (verbose || (r->outcome == BYLAW_OPEN && r->verdict != BYLAW_VIOLATION));

        if (a->weighed && (a->changes || (!changing && figures)))
            said[n++] = say_alternative(v, a, verbose);
    }
    bl_str_add(&out, changing                            ? BL_SAY0(v, readings_change)
                     : n > 0 && r->outcome == BYLAW_OPEN ? BL_SAY0(v, readings_votes)
                                                         : BL_SAY0(v, readings_same));
    if (n > 0) {
        bl_str_addz(&out, bl_word_colon.in[v->lang]);
        bl_str_add(&out, bl_say_join(v, said, n, &bl_word_sep));
    }
    if (r->cut)
        bl_str_add(&out, BL_SAYF(v, reading_cut, BL_INT("most", (int64_t)r->most_tried)));
    bl_str_addz(&out, bl_word_stop.in[v->lang]);
    return bl_str_taken(&out);
}

bylaw_str bl_say_reading(const bl_voice *v, const bl_reading *reading)
{
    return bl_say(
        v, reading->open ? &bl_word_reading_open : &bl_word_reading_arguable,
        BL_ARGS(BL_TEXT("phrase", bl_say_foreign(v, reading->phrase.len > 0 ? reading->phrase
                                                                            : reading->name)),
                BL_TEXT("asks", bl_say_label(v, reading->asks))));
}

const bl_alternative *bl_next_turning(const bl_set_result *set, size_t *at, uint64_t *told)
{
    while (*at < set->alternative_count) {
        const bl_alternative *a = &set->alternatives[(*at)++];
        const uint32_t reading = a->choices[0].reading;

        if (!a->weighed || !a->changes || (*told >> reading & 1))
            continue;
        *told |= UINT64_C(1) << reading;
        return a;
    }
    return NULL;
}
