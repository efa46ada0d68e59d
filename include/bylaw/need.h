/** bylaw/need.h: what a vote needs, before anybody votes.
 *
 *  Asked of one checked action, or of a rule set alone: for each kind of decision the least number
 * of votes, under the reading in use and under the others, whether those present can reach it, and
 * the same vote set against every base that a charter could have meant. Every figure comes from
 * checking an action by the same rules.
 *
 *      bylaw_need_question question = {.set = set, .vary = BYLAW_STR("present"), .from = 1, .to =
 * 12, .kind = BYLAW_STR("resolution")};
 *      status = bylaw_need_ask(&question, &telling, NULL, diags);
 */
#ifndef BYLAW_NEED_H
#define BYLAW_NEED_H

#include <bylaw/check.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum bylaw_need_format {
    BYLAW_NEED_TEXT = 0,
    BYLAW_NEED_CSV,
    BYLAW_NEED_JSON,
    BYLAW_NEED_SVG, /**< a picture: a cell a vote, a line where the need is */
    BYLAW_NEED_HTML /**< the picture and the table on one page, without script */
} bylaw_need_format;

/** The format of that name ("text", "csv", "json", "svg", "html"). false: there is none. */
BYLAW_API bool bylaw_need_format_named(bylaw_need_format *out, bylaw_str name);

/** How it is told. */
typedef struct bylaw_need_telling {
    bylaw_need_format format;
    bylaw_lang lang;
    bool color;
    size_t columns; /**< of text; 0: 80 */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
} bylaw_need_telling;

/** What is asked of a rule set. Everything is borrowed for the call. */
typedef struct bylaw_need_question {
    const bylaw_ruleset *set;
    const bylaw_setting *facts; /**< what is known, e.g. members=8 */
    size_t fact_count;
    const bylaw_setting *readings; /**< fixed readings */
    size_t reading_count;
    bylaw_str kind;   /**< id or label; empty: every kind that is voted on */
    bylaw_str vary;   /**< a count that takes each value from `from` to `to`; empty: no table */
    int64_t from, to; /**< 0 <= from <= to; at most 1000 values */
} bylaw_need_question;

/** BYLAW_EINPUT: a fact or kind that the set does not know; in diags. BYLAW_ENOTFOUND: nothing of
 * the set (or of that kind) is decided by counting. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_need_ask(const bylaw_need_question *question,
                                                      const bylaw_need_telling *telling,
                                                      const bylaw_allocator *allocator,
                                                      bylaw_diags *diags);

/** What the vote of a checked action needs; where the vote is stated, the same vote against every
 * base. BYLAW_ENOTFOUND: it is not decided by counting. BYLAW_EDOMAIN: the result is brief. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_need_result(const bylaw_result *result,
                                                         const bylaw_need_telling *telling,
                                                         const bylaw_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif
