/* report/text_readings.c: of the text report of one action, what another reading makes of it. */
#include "report/text.h"

/* 算：至少 4 票，通过；依据民法典第1259条 */
static bylaw_str option_line(bl_text *t, const bl_option *option, const bl_finding *f,
                             bylaw_outcome outcome, bylaw_verdict verdict)
{
    bl_str line = bl_text_begin(t), gives = bl_text_begin(t);

    if (f != NULL && f->figures->need_known)
        bl_str_add(&gives, BL_SAYF(t->v, at_least,
                                   BL_TEXT("need", bl_say_units(t->v, &f->figures->count_sum,
                                                                f->figures->need)),
                                   BL_INT("need_n", f->figures->need)));
    if (gives.len > 0)
        bl_str_addz(&gives, bl_word_comma.in[t->v->lang]);
    bl_str_add(&gives, outcome != BYLAW_NO_OUTCOME && f != NULL ? bl_say_outcome(t->v, outcome)
                                                                : bl_say_verdict(t->v, verdict));
    bl_str_add(&line,
               BL_SAYF(t->v, option_gives, BL_TEXT("option", bl_say_label(t->v, option->label)),
                       BL_TEXT("figures", bl_str_taken(&gives)),
                       BL_TEXT("outcome", BYLAW_STR(""))));
    if (option->basis.in[t->v->lang].len > 0)
        bl_str_add(&line,
                   BL_SAYF(t->v, basis, BL_TEXT("basis", bl_say_label(t->v, option->basis))));
    return bl_str_taken(&line);
}

static const bl_finding *of_norm(const bl_finding *findings, size_t count, const bl_norm *norm)
{
    for (size_t i = 0; i < count; i++) {
        if (findings[i].norm == norm)
            return &findings[i];
    }
    return NULL;
}

/* The norm that the reading alters here: a threshold, else any that depends on it. */
static const bl_norm *altered_norm(const bl_set_result *r, const bl_alternative *a)
{
    const bl_finding *f = bl_altered_threshold(r, a);

    for (size_t i = 0; f == NULL && i < a->finding_count; i++) {
        const bl_finding *base = of_norm(r->findings, r->finding_count, a->findings[i].norm);

        if (base == NULL || base->status != a->findings[i].status)
            f = &a->findings[i];
    }
    return f != NULL ? f->norm : NULL;
}

static void reading_fix(bl_text *t, const bl_finding *base, uint32_t reading)
{
    const bl_set_result *r = t->v->set;
    int64_t most = base != NULL && base->figures->need_known ? base->figures->need : 0;
    size_t ways = 1;
    bool reached = base != NULL && base->figures->need_known;

    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];
        const bl_finding *f =
            base != NULL ? of_norm(a->findings, a->finding_count, base->norm) : NULL;

        if (a->choice_count != 1 || a->choices[0].reading != reading || !a->weighed)
            continue;
        ways++;
        reached = reached && f != NULL && f->figures->need_known;
        if (reached && f->figures->need > most)
            most = f->figures->need;
    }
    if (!reached || !base->figures->count_known) {
        bl_text_labelled(t, &bl_word_to_do, BL_SAY0(t->v, minute_it));
        return;
    }
    bl_text_labelled(
        t, &bl_word_to_do,
        BL_SAYF(t->v, either_way,
                BL_TEXT("what", bl_say_sum_label(t->v, &base->figures->count_sum)),
                BL_TEXT("need", bl_say_units(t->v, &base->figures->count_sum, most)),
                BL_TEXT("need_en", bl_say_count_short(t->v, &base->figures->count_sum, most)),
                BL_TEXT("ways", ways == 2 ? BL_SAY0(t->v, two_ways) : BL_SAY0(t->v, all_ways))));
}

/* One reading whose options disagree on the conclusion. */
static void reading_block(bl_text *t, uint32_t index, const bl_alternative *first)
{
    const bl_set_result *r = t->v->set;
    const bl_reading *reading = &r->set->readings[index];
    const bl_norm *norm = altered_norm(r, first);
    const bl_finding *base = norm != NULL ? of_norm(r->findings, r->finding_count, norm) : NULL;

    t->any_block = true;
    t->shown_cautioned +=
        base != NULL &&
        (base->status == BL_SATISFIED || base->status == BL_NOT_MET || base->status == BL_VIOLATED);
    bl_text_head(t, '!', BL_YELLOW,
                 norm != NULL ? bl_say_cite(t->v, norm)
                              : bl_say_cites(t->v, reading->provisions, reading->provision_count),
                 bl_say_reading(t->v, reading));
    bl_text_labelled(
        t, &bl_word_used,
        option_line(t, &reading->options[r->chosen[index]], base, r->outcome, r->base_verdict));
    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];

        if (a->choice_count == 1 && a->choices[0].reading == index && a->weighed && a->changes)
            bl_text_labelled(
                t, &bl_word_other,
                option_line(t, &reading->options[a->choices[0].option],
                            norm != NULL ? of_norm(a->findings, a->finding_count, norm) : NULL,
                            a->outcome, a->verdict));
    }
    reading_fix(t, base != NULL && base->figures->present ? base : NULL, index);
}

/* A section for each reading that makes the verdict a caution. true: there was one. */
bool bl_text_readings(bl_text *t)
{
    const bl_set_result *r = t->v->set;
    uint64_t told = 0;

    if (r->verdict != BYLAW_CAUTION || r->firm)
        return false;
    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];
        const uint32_t index = a->choices[0].reading;

        if (a->choice_count != 1 || !a->weighed || !a->changes || (told >> index & 1))
            continue;
        told |= UINT64_C(1) << index;
        reading_block(t, index, a);
    }
    return told != 0;
}
