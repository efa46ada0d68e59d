/* report/need.h: what the vote of one action needs, as the parts of `bylaw need` tell it:
 * need_vote.c (what a result says of it), need.c (one action), need_ask.c (a rule set, a range). */
#ifndef BL_REPORT_NEED_H
#define BL_REPORT_NEED_H

#include "report/sheet.h"

#define BL_MOST_WAYS 6

/* Another reading of the same norm. */
typedef struct bl_way {
    bylaw_str label;
    bool need_known;
    int64_t need;
} bl_way;

/* What the vote of one action needs. */
typedef struct bl_vote {
    const bl_enum_value *kind;
    const bl_norm *norm;
    bl_figures figures;
    bylaw_str cite, share, base_label, base_said, extra;
    bool extra_alone; /* extra tells a rest: 须多于反对票 */
    bylaw_str extra_rest;
    bl_way ways[BL_MOST_WAYS];
    size_t way_count;
} bl_vote;

/* Reads it off a result; v->set is the set whose vote it is. false: nothing is decided by counting.
 */
bool bl_vote_read(bl_vote *out, bl_voice *v, const bylaw_result *result);

const bl_fact *bl_vote_fact(const bylaw_ruleset *set, const char *name);
bool bl_vote_attendance(const bl_voice *v, uint32_t slot); /* is it that of those attending? */
bool bl_vote_same_sum(const bl_sum *a, const bl_sum *b);
bylaw_str bl_vote_say_known(const bl_voice *v, uint32_t slot, int64_t n); /* 到会 7 个 */
bylaw_str bl_vote_say_need(const bl_voice *v, const bl_vote *x, int64_t need);
bylaw_str bl_vote_say_need_short(const bl_voice *v, const bl_vote *x, int64_t need);
bylaw_str bl_vote_say_cite(const bl_voice *v, const bl_norm *norm);
/* 解散：到会 4 个，不足 6 票，不可能通过。: by what limits the votes. */
bylaw_str bl_vote_say_never(const bl_voice *v, const bl_vote *x, bylaw_str kinds);
/* 第七条（一）：到会 7 个，赞成至少 4 票即通过。 */
void bl_vote_tell_before(bl_sheet *sheet, const bl_voice *v, const bl_vote *x);

#endif
