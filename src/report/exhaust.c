/* report/exhaust.c: every vote of a small body: see bylaw/exhaust.h. */
#include "report/page.h"

#include <bylaw/exhaust.h>
#include <stdio.h>

#define MAX_NORMS 12 /* conditions on one kind that are decided by counting */

/* One case: how many there are, attend, vote for, against, abstain. */
typedef struct tally {
    int64_t members, present, yes, no, abstain;
} tally;

typedef struct weighed {
    const bl_norm *norm;
    size_t met, unmet;
} weighed;

typedef struct sweep {
    const bylaw_ruleset *set;
    bylaw_checker *checker;
    const bl_enum_value *kind;
    weighed norms[MAX_NORMS];
    size_t norm_count;
    size_t together[MAX_NORMS][MAX_NORMS];
    size_t cases, undone, stuck, parted;
    tally undone_at, stuck_at, parted_at;
    bylaw_status status;
} sweep;

static size_t norm_of(sweep *s, const bl_norm *norm)
{
    size_t i = 0;

    while (i < s->norm_count && s->norms[i].norm != norm)
        i++;
    if (i == s->norm_count && i < MAX_NORMS)
        s->norms[s->norm_count++].norm = norm;
    return i;
}

static void weigh(sweep *s, const bl_set_result *r)
{
    size_t met[MAX_NORMS], unmet[MAX_NORMS], met_count = 0, unmet_count = 0;

    for (size_t i = 0; i < r->finding_count; i++) {
        const bl_finding *f = &r->findings[i];

        if (f->modality != BL_CONDITION || !f->figures->present || f->status == BL_NOT_APPLICABLE)
            continue;
        const size_t at = norm_of(s, f->norm);

        if (at == MAX_NORMS)
            continue;
        if (bl_is_true(f->value))
            met[met_count++] = at;
        else if (bl_is_false(f->value))
            unmet[unmet_count++] = at;
    }
    for (size_t i = 0; i < met_count; i++) {
        s->norms[met[i]].met++;
        for (size_t k = 0; k < met_count; k++)
            s->together[met[i]][met[k]]++;
    }
    for (size_t i = 0; i < unmet_count; i++)
        s->norms[unmet[i]].unmet++;
}

/* Of the votes alone: do the conditions that count hold? */
static bool carried(const bl_finding *findings, size_t count)
{
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        const bl_finding *f = &findings[i];

        if (f->modality != BL_CONDITION || !f->figures->present || f->status == BL_NOT_APPLICABLE)
            continue;
        if (!bl_is_true(f->value))
            return false;
        any = true;
    }
    return any;
}

static bool parts(const bl_set_result *r)
{
    for (size_t i = 0; i < r->alternative_count; i++) {
        const bl_alternative *a = &r->alternatives[i];

        if (a->weighed &&
            carried(a->findings, a->finding_count) != carried(r->findings, r->finding_count))
            return true;
    }
    return false;
}

/* Judges one case; whether the vote carries. */
static bool judge(sweep *s, const tally *t)
{
    char text[400];
    const bylaw_result *result = NULL;
    const bool abstain = bl_map_get(&s->set->fact_index, BYLAW_STR("vote.abstain")) != NULL;
    char abstained[48] = "";

    if (abstain)
        snprintf(abstained, sizeof abstained, ",\"vote.abstain\":%lld", (long long)t->abstain);
    const int n = snprintf(
        text, sizeof text,
        "{\"action\":\"%.*s\",\"rules\":[\"%.*s\"],\"facts\":{\"members\":%lld,\"present\":%lld,"
        "\"vote.yes\":%lld,\"vote.no\":%lld%s}}",
        (int)s->kind->id.len, s->kind->id.ptr, (int)s->set->id.len, s->set->id.ptr,
        (long long)t->members, (long long)t->present, (long long)t->yes, (long long)t->no,
        abstained);

    if (s->status != BYLAW_OK || n < 0 || (size_t)n >= sizeof text)
        return false;
    s->status = bylaw_checker_read(s->checker, BYLAW_STR("exhaust"), (bylaw_str){text, (size_t)n},
                                   BYLAW_FORMAT_JSON, NULL);
    if (s->status == BYLAW_OK)
        s->status = bylaw_checker_check(s->checker, 0, &result, NULL);
    if (s->status != BYLAW_OK || !result->sets[0].governed)
        return false;
    s->cases++;
    weigh(s, &result->sets[0]);
    if (parts(&result->sets[0]) && s->parted++ == 0)
        s->parted_at = *t;
    return carried(result->sets[0].findings, result->sets[0].finding_count);
}

/* All votes of one attendance: those against and abstaining fixed, one vote for after another. */
static void sweep_attendance(sweep *s, int64_t members, int64_t present)
{
    const bool abstains = bl_map_get(&s->set->fact_index, BYLAW_STR("vote.abstain")) != NULL;
    bool any = false;

    for (int64_t no = 0; no <= present; no++) {
        for (int64_t abstain = 0; abstain <= (abstains ? present - no : 0); abstain++) {
            bool before = false;

            for (int64_t yes = 0; yes <= present - no - abstain; yes++) {
                const tally t = {members, present, yes, no, abstain};
                const bool now = judge(s, &t);

                if (before && !now && s->undone++ == 0)
                    s->undone_at = (tally){members, present, yes - 1, no, abstain};
                any = any || now;
                before = now;
            }
        }
    }
    if (!any && s->stuck++ == 0)
        s->stuck_at = (tally){.members = members, .present = present};
}

/* ---- telling ---- */

static bylaw_str say_tally(const bl_voice *v, const tally *t)
{
    return BL_SAYF(v, ex_facts, BL_INT("m", t->members), BL_INT("p", t->present),
                   BL_INT("y", t->yes), BL_INT("n", t->no), BL_INT("a", t->abstain));
}

static void tell_norms(bl_page *page, const bl_voice *v, const sweep *s, size_t *found)
{
    for (size_t i = 0; i < s->norm_count; i++) {
        const weighed *w = &s->norms[i];
        const bl_arg args[] = {BL_TEXT("norm", bl_say_label(v, w->norm->says)),
                               BL_TEXT("cite", bl_say_cite(v, w->norm))};

        if (w->met > 0 && w->unmet > 0)
            continue;
        ++*found;
        bl_page_line(
            page, 2, 4,
            bl_say(v, w->met == 0 ? &bl_word_ex_never_met : &bl_word_ex_never_unmet, args, 2));
    }
    for (size_t i = 0; i < s->norm_count; i++) {
        for (size_t k = i + 1; k < s->norm_count; k++) {
            if (s->together[i][k] > 0 || s->norms[i].met == 0 || s->norms[k].met == 0)
                continue;
            ++*found;
            bl_page_line(page, 2, 4,
                         BL_SAYF(v, ex_never_both,
                                 BL_TEXT("norm", bl_say_label(v, s->norms[i].norm->says)),
                                 BL_TEXT("other", bl_say_label(v, s->norms[k].norm->says))));
        }
    }
}

static void tell(bl_page *page, const bl_voice *v, const sweep *s, int64_t most, size_t *found)
{
    bl_page_line(page, 0, 2,
                 BL_SAYF(v, ex_head, BL_TEXT("kind", bl_say_label(v, s->kind->label)),
                         BL_INT("most", most), BL_INT("n", (int64_t)s->cases)));
    tell_norms(page, v, s, found);
    if (s->undone > 0) {
        ++*found;
        bl_page_line(page, 2, 4,
                     BL_SAYF(v, ex_monotone, BL_TEXT("facts", say_tally(v, &s->undone_at))));
    } else {
        bl_page_line(page, 2, 4, BL_SAY0(v, ex_monotone_fine));
    }
    if (s->stuck > 0) {
        ++*found;
        bl_page_line(page, 2, 4,
                     BL_SAYF(v, ex_unreachable, BL_INT("n", s->stuck_at.present),
                             BL_INT("m", s->stuck_at.members), BL_INT("k", (int64_t)s->stuck)));
    }
    if (s->parted > 0) {
        ++*found;
        bl_page_line(page, 2, 4,
                     BL_SAYF(v, ex_part, BL_INT("k", (int64_t)s->parted),
                             BL_TEXT("facts", say_tally(v, &s->parted_at))));
    }
}

/* Do the conditions on this kind weigh votes of the shared vocabulary? */
static bool is_counted(const bylaw_ruleset *set, uint32_t kind)
{
    static const char *const names[] = {"members", "present", "vote.yes", "vote.no"};
    const bl_kind_def *def = &set->kind_defs[kind];

    for (size_t i = 0; i < 4; i++) {
        if (bl_map_get(&set->fact_index, bylaw_str_from(names[i])) == NULL)
            return false;
    }
    for (size_t i = 0; i < def->norm_count; i++) {
        const bl_body *body = &set->norms[def->norms[i]].body;

        if (body->modality == BL_CONDITION && body->has & BL_HAS_OF)
            return true;
    }
    return false;
}

bylaw_status bylaw_exhaust(const bylaw_ruleset *set, const bylaw_exhaust_telling *telling,
                           size_t *found, const bylaw_allocator *allocator)
{
    const bylaw_options options = {.sets = &set, .set_count = 1};
    const bl_set_result result = {.set = set};
    bl_arena arena;
    bl_voice v = {&arena, telling->lang, NULL, &result};
    bl_page page = {.columns = telling->columns == 0 ? 80 : telling->columns};
    bylaw_checker *checker = NULL;
    size_t told = 0;
    bylaw_str text;

    bl_arena_init(&arena, allocator);
    page.out = bl_str_init(&arena);
    bylaw_status status = bylaw_checker_new(&checker, &options, allocator);

    for (uint32_t k = 0; k < set->kinds->count && status == BYLAW_OK; k++) {
        sweep s = {.set = set, .checker = checker, .kind = set->kinds->values[k]};

        if (!is_counted(set, k))
            continue;
        for (int64_t members = 1; members <= telling->most; members++) {
            for (int64_t present = 1; present <= members; present++)
                sweep_attendance(&s, members, present);
        }
        status = s.status;
        tell(&page, &v, &s, telling->most, &told);
    }
    if (status == BYLAW_OK)
        status = bl_str_take(&text, &page.out);
    if (status == BYLAW_OK && text.len > 0)
        status = telling->write(telling->context, text);
    if (status == BYLAW_OK && found != NULL)
        *found = told;
    bylaw_checker_free(checker);
    bl_arena_dispose(&arena);
    return status;
}
