/* report/say.h: parts of sentences in one language: numbers with their measure words, values,
 * figures, causes, citations. Everything that comes from files is escaped on its way out. */
#ifndef BL_REPORT_SAY_H
#define BL_REPORT_SAY_H

#include "check/check.h"
#include "check/trial.h"

#define BL_SAY(name, zh, en) extern const bl_msg bl_word_##name;
#include "report/words.def"
#undef BL_SAY

/* One sentence being put together. */
typedef struct bl_voice {
    bl_arena *arena;
    bylaw_lang lang;
    const bylaw_result *result;
    const bl_set_result *set;
    const bl_enum_value *kind; /* where there is no result: what it would be of; else NULL */
} bl_voice;

/* Who gives the words of provisions; ask NULL: nobody. */
typedef struct bl_quoter {
    bylaw_quote_fn *ask;
    void *context;
} bl_quoter;

/* The template filled in; the text lives in the arena (empty when memory runs out: the line's
 * builder fails then too). */
bylaw_str bl_say(const bl_voice *v, const bl_msg *msg, const bl_arg *args, size_t n);
#define BL_SAYF(v, name, ...) bl_say((v), &bl_word_##name, BL_ARGS(__VA_ARGS__))
#define BL_SAY0(v, name)      bl_say((v), &bl_word_##name, NULL, 0)

bylaw_str bl_say_verdict(const bl_voice *v, bylaw_verdict verdict);
bylaw_str bl_say_outcome(const bl_voice *v, bylaw_outcome outcome);
bylaw_str bl_say_status(const bl_voice *v, bl_status status);
char bl_status_mark(bl_status status); /* 'v' ✓, 'x' ✗, else the ASCII mark */
const char *bl_mark_text(char mark);   /* "✓", "✗", "!" … */

bylaw_str bl_say_foreign(const bl_voice *v, bylaw_str text);  /* escaped */
bylaw_str bl_say_label(const bl_voice *v, bylaw_label label); /* escaped, in the language */
bylaw_str bl_say_date(const bl_voice *v, int64_t days);
bylaw_str bl_say_cite(const bl_voice *v,
                      const bl_norm *norm); /* 第七条（一）; Art. 7(1) 第七条（一） */
bylaw_str bl_say_cites(const bl_voice *v, const bl_provision *const *provisions, size_t count);
/* What the fact is called in an action of the kind that is spoken of. */
bylaw_str bl_say_fact(const bl_voice *v, const bl_fact *fact);
bylaw_str bl_say_fact_label(const bl_voice *v, uint32_t slot);
/* Is an action of the kind that is spoken of decided by counting votes? */
bool bl_is_voted_on(const bl_voice *v);
bylaw_str bl_say_attr(const bl_voice *v,
                      const bl_attr *attr); /* a missing fact, or a field of an element */
/* A value as the fact of that slot would be told: 5 票, 是, 主席, 2026年11月21日, 无. slot may be
 * UINT32_MAX. */
bylaw_str bl_say_value(const bl_voice *v, bl_value value, uint32_t slot);
/* The same with the measure word of a field, or without one. */
bylaw_str bl_say_value_of(const bl_voice *v, bl_value value, const bl_unit *unit);
bylaw_str bl_say_count(const bl_voice *v, const bl_sum *sum,
                       int64_t n); /* 赞成 5 票; 5 votes for */
bylaw_str bl_say_units(const bl_voice *v, const bl_sum *sum, int64_t n); /* 5 票; 5 votes for */
bylaw_str bl_say_base(const bl_voice *v, const bl_sum *sum,
                      int64_t n); /* 全体成员 8 个; all 8 members */
/* The number with its measure word alone: 5 票; 5 votes. */
bylaw_str bl_say_units_bare(const bl_voice *v, const bl_sum *sum, int64_t n);
/* 到会成员 7 个; those attending, 7: the base that an option of that label gives. */
bylaw_str bl_say_reading_base(const bl_voice *v, bylaw_label option, const bl_figures *f);
bylaw_str bl_say_fraction(const bl_voice *v, bylaw_fraction f); /* 三分之二; two thirds */

/* 三分之二, or what must be passed: 过半数, 三分之二以上（不含）; two thirds, more than half. */
bylaw_str bl_say_bar(const bl_voice *v, const bl_figures *f);

/* 赞成 5 票，至少需 6 票[，还差 1 票]; with `base`: （全体成员 8 个的三分之二） behind it. */
bylaw_str bl_say_figures(const bl_voice *v, const bl_figures *f, bool base, bool shortfall);
/* What was found, of a finding that is not met: by its figures, its comparison, its values. */
bylaw_str bl_say_found(const bl_voice *v, const bl_finding *f);
bylaw_str bl_say_each_label(const bl_voice *v, const bl_norm *norm);
/* One sub-expression that decided: 提议人职务是副主席，应为主席; empty where it cannot be told. */
bylaw_str bl_say_cause(const bl_voice *v, const bl_norm *norm, const bl_cause *cause);
/* What may be filled in: 是、否; 例如 2026-11-21; empty where it goes without saying. */
bylaw_str bl_say_hint(const bl_voice *v, const bl_fact *fact);
size_t bl_elements_with(const bl_finding *whole, bl_status status);
size_t bl_finding_line(const bl_voice *v,
                       const bl_finding *f); /* of the first fact that tells; 0 without */
bylaw_str bl_say_sum_label(const bl_voice *v, const bl_sum *sum); /* 赞成; votes for */
/* 4 票; 5 for */
bylaw_str bl_say_count_short(const bl_voice *v, const bl_sum *sum, int64_t n);
/* The provision word for word, or that its document has been changed, and how; empty where it is
 * not at hand. */
bylaw_str bl_say_quote(const bl_voice *v, bl_quoter quoter, const bl_provision *provision);
bylaw_str bl_say_provision(const bl_voice *v, const bl_provision *provision);
/* Something about the element of a list that a finding is of: 候选人李四（第 2 人，共 2
 * 人）：已连任…; brief: 候选人李四：已连任…. A colon stands once: 投诉张三，已报告：否. */
bylaw_str bl_say_element(const bl_voice *v, const bl_finding *whole, const bl_finding *e,
                         bool brief, bylaw_str found);
/* ；最迟… or ；…到期，已逾期…; empty without a day. */
bylaw_str bl_say_due(const bl_voice *v, const bl_finding *f);
/* 第 9 行赞成票；第 4 行宣布的结果: where the facts of the finding stand; empty when nowhere. */
bylaw_str bl_say_places(const bl_voice *v, const bl_finding *f);
/* 全体 8 个，到会 7 个，已公告：是: the facts of an action that was made up. */
bylaw_str bl_say_given(const bl_voice *v, const bl_given *items, size_t count);
size_t bl_line_of_span(bl_span span); /* 0 without a place */

/* The condition whose figures tell the vote: one that fails first, then the one that needs most;
 * NULL without. */
const bl_finding *bl_telling_finding(const bl_finding *findings, size_t count);
/* The threshold that an alternative alters, as it is then; NULL where it alters none. */
const bl_finding *bl_altered_threshold(const bl_set_result *set, const bl_alternative *a);
/* The whole third line: 表决结果：通过。赞成 6 票，…。 */
bylaw_str bl_say_result_line(const bl_voice *v);
/* 换用其他理解，…。 `told` is set when every changing alternative has a section of its own. */
bylaw_str bl_say_readings_line(const bl_voice *v, bool verbose);
/* “半数以上”若作“不算”: one option of a reading taken */
bylaw_str bl_say_option(const bl_voice *v, const bl_reading *reading, const bl_option *option);
/* “半数以上”两可：恰好一半算不算 */
bylaw_str bl_say_reading(const bl_voice *v, const bl_reading *reading);
/* The next alternative, from *at on, that turns the verdict, of a reading that is not among `told`;
 * it is then. NULL at the end. */
const bl_alternative *bl_next_turning(const bl_set_result *set, size_t *at, uint64_t *told);
/* 到会成员至少 6 个；已公告应为是: what a remedy changes; a sentence where it changes nothing. */
bylaw_str bl_say_remedy(const bl_voice *v, const bl_remedy *remedy);
bylaw_str bl_say_change(const bl_voice *v, const bl_change *change);
/* The line of what puts the whole action in order; empty where it was not sought. */
bylaw_str bl_say_whole_remedy(const bl_voice *v);
/* What to do about a finding, as the report's line 办法: empty where nothing is known. */
bylaw_str bl_say_fix(const bl_voice *v, const bl_finding *f);
bylaw_str bl_say_clash(const bl_voice *v, const bl_clash *c);
bylaw_str bl_say_clash_fix(const bl_voice *v, const bl_clash *c);
bylaw_str bl_say_join(const bl_voice *v, const bylaw_str *items, size_t n, const bl_msg *separator);

/* 决议，解散除外; 生效条件 */
bylaw_str bl_say_kinds(const bl_voice *v, const bl_norm *norm);
bylaw_str bl_say_modality(const bl_voice *v, bl_modality modality);

#endif
