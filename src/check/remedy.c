/* check/remedy.c: from what is not in order to the smallest change that mends it: of each finding,
 * of those that another reading gives otherwise, of the whole action. */
#include "check/remedy.h"

/* ---- one finding ---- */

static bool needs_remedy(const bl_finding *f)
{
    return f->status == BL_VIOLATED || f->status == BL_DEPARTED ||
           f->status == BL_UNDETERMINED_FINDING || f->status == BL_NOT_MET ||
           f->status == BL_PENDING;
}

static bylaw_status remedy_of(bl_seek *s, const bl_remedy **out, const bl_finding *f)
{
    bl_remedy *remedy = BL_NEW(s->c->arena, bl_remedy);

    if (remedy == NULL)
        return BYLAW_ENOMEM;
    remedy->kind = BL_REMEDY_NOT_KNOWN;
    if (f->when_unknown)
        remedy->kind = BL_REMEDY_LATER;
    else if (f->has_due && f->status == BL_VIOLATED)
        remedy->kind = BL_REMEDY_TOO_LATE;
    else if (f->figures->present && f->figures->count_sum.fields == NULL &&
             f->figures->base_sum.fields == NULL)
        bl_seek_threshold(s, remedy, f);
    else
        bl_search_finding(s, remedy, f);
    *out = remedy;
    return s->status;
}

bylaw_status bl_seek_remedy(const bl_remedy **out, const bl_case *the_case, const uint8_t *chosen,
                            const bl_judgement *judgement, const bl_finding *finding)
{
    bl_seek s;

    bl_seek_begin(&s, the_case, chosen, judgement);
    *out = NULL;
    return needs_remedy(finding) ? remedy_of(&s, out, finding) : BYLAW_OK;
}

static bylaw_status fill(bl_seek *s, bl_finding *findings, size_t count)
{
    bylaw_status status = BYLAW_OK;

    for (size_t i = 0; i < count && status == BYLAW_OK; i++) {
        bl_finding *f = &findings[i];

        if (f->element_count == 0) {
            if (needs_remedy(f))
                status = remedy_of(s, &f->remedy, f);
        } else {
            status = fill(s, (bl_finding *)(uintptr_t)f->elements, f->element_count);
        }
    }
    return status;
}

/* ---- all of it ---- */

static bool differs(const bl_set_result *r, const bl_finding *f)
{
    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *base = &r->findings[i];

        if (base->norm == f->norm)
            return base->status != f->status || base->figures->need != f->figures->need ||
                   base->figures->need_known != f->figures->need_known;
    }
    return true;
}

/* What another reading asks otherwise: single options that weigh. */
static bylaw_status fill_alternative(bl_set_result *r, const bl_case *c, const bl_alternative *a)
{
    uint8_t *chosen = BL_NEW_N(c->arena, uint8_t, c->set->reading_count + 1);
    bl_judgement *j = BL_NEW(c->arena, bl_judgement);
    bylaw_status status;

    if (chosen == NULL || j == NULL)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < c->set->reading_count; i++)
        chosen[i] = r->chosen[i];
    for (size_t i = 0; i < a->choice_count; i++)
        chosen[a->choices[i].reading] = (uint8_t)a->choices[i].option;
    if ((status = bl_judge(j, c, chosen)) != BYLAW_OK)
        return status;
    for (size_t i = 0; i < a->finding_count && status == BYLAW_OK; i++) {
        bl_finding *f = (bl_finding *)(uintptr_t)&a->findings[i];

        if (f->element_count == 0 && differs(r, f))
            status = bl_seek_remedy(&f->remedy, c, chosen, j, f);
    }
    return status;
}

static bylaw_status remedy_of_all(bl_seek *s, const bl_remedy **out)
{
    bl_remedy *remedy = BL_NEW(s->c->arena, bl_remedy);

    *out = remedy;
    if (remedy == NULL)
        return BYLAW_ENOMEM;
    const bylaw_status status = bl_search_whole(s, remedy);

    if (remedy->kind == BL_REMEDY_CHANGES && remedy->count == 0)
        remedy->kind = BL_REMEDY_LATER; /* nothing but the date is missing */
    return status;
}

bylaw_status bl_seek_remedies(bl_set_result *result, const bl_case *the_case,
                              const bl_judgement *base)
{
    bylaw_status status;
    bl_seek s;

    bl_seek_begin(&s, the_case, result->chosen, base);
    status = fill(&s, base->findings, base->finding_count);
    for (size_t i = 0; i < result->alternative_count && status == BYLAW_OK; i++) {
        if (result->alternatives[i].choice_count == 1 && result->alternatives[i].weighed)
            status = fill_alternative(result, the_case, &result->alternatives[i]);
    }
    if (status == BYLAW_OK && base->verdict != BYLAW_COMPLIANT)
        status = remedy_of_all(&s, &result->remedy);
    return status;
}
