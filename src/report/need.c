/* report/need.c: what the vote of one action needs: before it, and after it against every base. All
 * figures are read off results of checking; none is computed here but those of bases that the
 * charter does not name. */
#include "report/need.h"

/* 解散：到会 4 个，不足 6 票，不可能通过。: by what limits the votes. */
bylaw_str bl_vote_say_never(const bl_voice *v, const bl_vote *x, bylaw_str kinds)
{
    const bl_fact *present = bl_vote_fact(v->set->set, "present");
    bylaw_str known = x->base_said;

    if (present != NULL && v->set->slots[present->slot].kind == BL_INT)
        known = bl_vote_say_known(v, present->slot, v->set->slots[present->slot].as.i);
    else if (known.len == 0)
        known =
            BL_SAYF(v, need_most, BL_TEXT("most", bl_vote_say_need(v, x, x->figures.count_most)));
    return BL_SAYF(v, need_never, BL_TEXT("kinds", kinds), BL_TEXT("known", known),
                   BL_TEXT("need", bl_vote_say_need(v, x, x->figures.need)));
}

static bylaw_str say_missing(const bl_voice *v, const bl_vote *x)
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
void bl_vote_tell_before(bl_sheet *sheet, const bl_voice *v, const bl_vote *x)
{
    bl_str ways = bl_str_init(v->arena);

    if (!x->figures.need_known) {
        bl_sheet_note(sheet, say_missing(v, x));
        return;
    }
    for (size_t i = 0; i < x->way_count; i++) {
        if (x->ways[i].need_known && x->ways[i].need != x->figures.need)
            bl_str_add(&ways, BL_SAYF(v, need_other_way, BL_TEXT("way", x->ways[i].label),
                                      BL_TEXT("need", bl_vote_say_need(v, x, x->ways[i].need))));
    }
    if (x->extra.len > 0)
        bl_str_add(&ways, BL_SAYF(v, need_also, BL_TEXT("extra", x->extra)));
    if (x->figures.unreachable)
        bl_sheet_note(sheet, bl_vote_say_never(v, x, x->cite));
    else
        bl_sheet_note(sheet, BL_SAYF(v, need_enough, BL_TEXT("cite", x->cite),
                                     BL_TEXT("known", x->base_said),
                                     BL_TEXT("what", bl_say_sum_label(v, &x->figures.count_sum)),
                                     BL_TEXT("need", bl_vote_say_need(v, x, x->figures.need)),
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
        const bl_fact *fact = bl_vote_fact(v->set->set, row->facts[i]);

        if (fact == NULL || v->set->slots[fact->slot].kind != BL_INT ||
            v->set->slots[fact->slot].as.i > INT64_MAX - *total)
            return false;
        slots[(*count)++] = fact->slot;
        *total += v->set->slots[fact->slot].as.i;
    }
    return true;
}

static void base_line(bl_sheet *sheet, const bl_voice *v, const bl_vote *x, bylaw_str label,
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
    row[2] = known ? bl_number_cell(bl_vote_say_need_short(v, x, need), need)
                   : bl_text_cell(BYLAW_STR("-"));
    row[3] = bl_text_cell(
        !known ? bl_say_outcome(v, BYLAW_NOT_ADOPTED)
        : f->count >= need
            ? BL_SAY0(v, need_passed)
            : BL_SAYF(v, need_failed, BL_TEXT("n", bl_vote_say_need_short(v, x, need - f->count))));
    bl_sheet_bar(sheet, (bl_bar){label, total, known ? need : -1, -1, f->count});
}

/* The votes as they were counted: 赞成 3 票，反对 2 票，弃权 2 票 */
static bylaw_str say_votes(const bl_voice *v, const bl_vote *x)
{
    static const char *const names[] = {"vote.yes", "vote.no", "vote.abstain"};
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < 3; i++) {
        const bl_fact *fact = bl_vote_fact(v->set->set, names[i]);

        if (fact == NULL || v->set->slots[fact->slot].kind != BL_INT)
            continue;
        if (out.len > 0)
            bl_str_addz(&out, bl_word_comma.in[v->lang]);
        bl_str_add(&out, bl_vote_say_known(v, fact->slot, v->set->slots[fact->slot].as.i));
    }
    if (out.len == 0) /* of another vocabulary */
        bl_str_add(&out, bl_say_count(v, &x->figures.count_sum, x->figures.count));
    return bl_str_taken(&out);
}

/* The same vote against every base, the charter's own first. */
static void tell_vote(bl_sheet *sheet, const bl_voice *v, const bl_vote *x)
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

        if (!bl_vote_same_sum(&sum, &f->base_sum))
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
    bl_vote x;

    if (result->brief)
        return BYLAW_EDOMAIN;
    bl_arena_init(&arena, allocator);
    if (bl_vote_read(&x, &v, result)) {
        if (x.figures.count_known)
            tell_vote(&sheet, &v, &x);
        else
            bl_vote_tell_before(&sheet, &v, &x);
        status = bl_sheet_write(&sheet, telling);
    }
    bl_arena_dispose(&arena);
    return status;
}
