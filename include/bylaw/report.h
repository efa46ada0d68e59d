/** bylaw/report.h: telling results and mistakes, in words or for machines.
 *
 *  A report writes through a callback, never to a stream of its own: the library does not print.
 * One report belongs to one thread. Its texts are those of the transcripts in the documentation;
 * its machine formats are stable.
 *
 *      bylaw_report *report;
 *      if (bylaw_report_new(&report, &options, NULL) == BYLAW_OK) {
 *          status = bylaw_report_add(report, result);      // one an action
 *          status = bylaw_report_end(report, &summary);    // what closes the format
 *      }
 *      bylaw_report_free(report);
 */
#ifndef BYLAW_REPORT_H
#define BYLAW_REPORT_H

#include <bylaw/check.h>
#include <bylaw/test.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum bylaw_report_format {
    BYLAW_REPORT_TEXT = 0,
    BYLAW_REPORT_JSON,
    BYLAW_REPORT_JSONL,
    BYLAW_REPORT_SARIF,
    BYLAW_REPORT_JUNIT,
    BYLAW_REPORT_TAP,
    BYLAW_REPORT_GITHUB,
    BYLAW_REPORT_GITLAB,
    BYLAW_REPORT_MARKDOWN,
    BYLAW_REPORT_HTML,
    BYLAW_REPORT_COMPACT,
    BYLAW_REPORT_TEMPLATE,
    BYLAW_REPORT_JUNIT_STRICT /**< without file, line and skipped, which the public XSDs lack */
} bylaw_report_format;

#define BYLAW_REPORT_FORMATS 13

/** The format of that name ("text", "sarif", …). false: there is none. */
BYLAW_API bool bylaw_report_format_named(bylaw_report_format *out, bylaw_str name);
/** Its name; static. */
BYLAW_API const char *bylaw_report_format_name(bylaw_report_format format);

typedef struct bylaw_report_options {
    bylaw_report_format format;
    const bylaw_lang *langs; /**< one, or both in the order wanted (text, markdown and html write
                                one after the other) */
    size_t lang_count;
    bool color;
    int verbosity;  /**< -2 nothing, -1 only what is not in order, 0, 1: every finding */
    size_t columns; /**< text is wrapped at this; 0: 80. At least 40 */
    bool stream;    /**< text, several actions, one language: each is written as it comes, and not
                       kept until the end for the sake of even columns */
    bool headline;  /**< text: no more than the verdict line of one action, or the total of several:
                       what is said beside a report that goes to a file */
    bool single;    /**< text: the whole report of one action; otherwise a line an action */
    /** Format template: what is written for each result, a line of its own: text with {names}.
     * {violated} {undetermined} {departed} {not-met} {pending} {waived} {satisfied}
     * {not-applicable} {not-examined}: the ids of those norms, with commas; {file} {line} {kind}
     * {date} {verdict} {outcome}; any other name is a fact. What is not known, or none, is “-”.
     * \t, \n and \\ as usual; {{ and }} are braces. Control characters of values are escaped as in
     * JSON. */
    bylaw_str template_text;
    bylaw_verdict
        fail_on; /**< the least grave verdict that fails a run: github and sarif call it an error */
    /** Where what is written goes. Anything but BYLAW_OK ends the call with that status. */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
    /** Text of one action, html, markdown and json then quote the provisions; NULL: none. */
    bylaw_quote_fn *quote;
    void *quote_context;
} bylaw_report_options;

/** What a run came to: counted by the caller, told at the end. */
typedef struct bylaw_summary {
    size_t verdicts[BYLAW_NOT_GOVERNED + 1]; /**< actions by verdict */
    size_t failed;                           /**< files or actions that could not be checked */
    size_t accepted;                         /**< findings that a baseline accepts */
} bylaw_summary;

typedef struct bylaw_report bylaw_report;

BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_report_new(bylaw_report **out,
                                                        const bylaw_report_options *options,
                                                        const bylaw_allocator *allocator);
BYLAW_API void bylaw_report_free(bylaw_report *report);

/** Tells one result. Nothing of it is kept after the call.
 *
 *  BYLAW_EDOMAIN  the result is brief, and the format tells why */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_report_add(bylaw_report *report,
                                                        const bylaw_result *result);

/** Tells what could not be checked, in machine formats (an error entry a diagnostic); text leaves
 * it to bylaw_diags_write on the error stream. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_report_add_errors(bylaw_report *report, bylaw_str file,
                                                               const bylaw_diags *diags);

/** Tells why an action is not governed: one diagnostic a rule set, at the date, the fact or the
 * kind that takes the action out of it, as an error or, where that is expected, as a warning.
 * Nothing for any other verdict. Text reports leave it to bylaw_diags_write as well. BYLAW_ENOMEM.
 */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_result_not_governed(const bylaw_result *result,
                                                                 bylaw_severity severity,
                                                                 bylaw_diags *diags);

/** Closes the format. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_report_end(bylaw_report *report,
                                                        const bylaw_summary *summary);

/** May the results of one run be told by several reports of this format, each on a thread of its
 * own? What is written of a result must not depend on those before it: so it is of text, jsonl,
 * markdown, github, compact and template. */
BYLAW_API bool bylaw_report_format_joins(bylaw_report_format format);

/** Takes over what `part` has yet to tell at its end, as though its results had been added to
 * `report` now; `part`, of the same options, then is as new. What `part` has written is the
 * caller's to put in its place. BYLAW_EDOMAIN: their options differ, or the format joins none. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_report_join(bylaw_report *report, bylaw_report *part);

/** Do the sets know every {name} of a template? false: `unknown` is the first that they do not, or
 * the rest from a brace that is not closed. */
BYLAW_API bool bylaw_template_fits(bylaw_str template_text, const bylaw_ruleset *const *sets,
                                   size_t set_count, bylaw_str *unknown);

/** What was expected of a case that failed and what came out, as a line: got adopted: 4 votes for,
 * at least 4 needed (Art. 7(1), half of 8 members attending). Only while the listener is called.
 *
 *  BYLAW_ENOMEM, or what `write` returns */
BYLAW_API BYLAW_NODISCARD bylaw_status
bylaw_test_tell(const bylaw_test_failure *failure, bylaw_lang lang,
                bylaw_status (*write)(void *context, bylaw_str text), void *context);

/** How the content of rule sets is told: `bylaw rules`, `bylaw rule`, `bylaw help actor`. */
typedef struct bylaw_description {
    bylaw_lang lang;
    bool json; /**< instead of words */
    bool color;
    size_t columns; /**< 0: 80 */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
    bylaw_quote_fn *quote; /**< bylaw_rule_describe then quotes the provisions; NULL: none */
    void *quote_context;
} bylaw_description;

/** Writes one line a set: its id, its title, since when it is in force. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_rulesets_describe(const bylaw_ruleset *const *sets,
                                                               size_t count,
                                                               const bylaw_description *how);

/** Writes the norms of a set by provision: modality, what, kinds, id. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_ruleset_describe(const bylaw_ruleset *set,
                                                              const bylaw_description *how);

/** Writes one norm, or all that stands in one provision: gist, norms, silences, readings.
 *
 *  name  a norm's id (majority, wcasp/majority), a provision's id (7.1d) or its citation
 *        (第七条（一）, Art. 7(1))
 *
 *  BYLAW_ENOTFOUND  the set has neither; nothing is written */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_rule_describe(const bylaw_ruleset *set, bylaw_str name,
                                                           const bylaw_description *how);

/** The nearest id of a norm or citation; borrowed from the set; empty when none is near. */
BYLAW_API bylaw_str bylaw_rule_nearest(const bylaw_ruleset *set, bylaw_str name);

/** Writes the values of an enumeration of the set ("actor", "choice", "kind"): label and name.
 * BYLAW_ENOTFOUND: it has none of that name. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_values_describe(const bylaw_ruleset *set,
                                                             bylaw_str name,
                                                             const bylaw_description *how);

/** How mistakes are told. */
typedef struct bylaw_diag_style {
    bylaw_lang lang;
    bool color;
    bool codes;     /**< the stable code behind each message, for authors of rule sets */
    bool excerpts;  /**< the line, with carets under the place */
    size_t columns; /**< 0: 80 */
} bylaw_diag_style;

/** Writes every diagnostic of the list: 错误  FILE:LINE:COLUMN  message, then the excerpt; two of
 * one line share it. BYLAW_ENOMEM: nothing is written; also where the list itself found no memory
 * for one of them. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_diags_write(const bylaw_diags *diags,
                                                         const bylaw_diag_style *style,
                                                         bylaw_status (*write)(void *, bylaw_str),
                                                         void *context);

#ifdef __cplusplus
}
#endif
#endif
