/** bylaw/check.h: checking proposed acts against rule sets.
 *
 *  A checker belongs to one thread and is used for one text after another; the rule sets that it is
 * given are shared. A result lives until the next bylaw_checker_read or bylaw_checker_free.
 *
 *      bylaw_checker *checker;
 *      if (bylaw_checker_new(&checker, &options, NULL) == BYLAW_OK &&
 *          bylaw_checker_read(checker, file, text, BYLAW_FORMAT_BY_NAME, diags) == BYLAW_OK)
 *          for (size_t i = 0; i < bylaw_checker_count(checker); i++)
 *              if (bylaw_checker_check(checker, i, &result, diags) == BYLAW_OK)
 *                  printf("%s\n", bylaw_verdict_name(bylaw_result_verdict(result)));
 */
#ifndef BYLAW_CHECK_H
#define BYLAW_CHECK_H

#include <bylaw/limits.h>
#include <bylaw/ruleset.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What comes out for an action, the gravest last; NOT_GOVERNED is no verdict. */
typedef enum bylaw_verdict {
    BYLAW_COMPLIANT = 0,
    BYLAW_CAUTION, /**< compliant, or not, by the way a phrase is read; or advice not followed */
    BYLAW_UNDETERMINED, /**< facts are missing */
    BYLAW_VIOLATION,
    BYLAW_NOT_GOVERNED /**< no norm bears on it: nothing was checked */
} bylaw_verdict;

/** What the conditions make of the act. */
typedef enum bylaw_outcome {
    BYLAW_NO_OUTCOME = 0, /**< its kind has no condition */
    BYLAW_ADOPTED,
    BYLAW_NOT_ADOPTED,
    BYLAW_OPEN
} bylaw_outcome;

/** Stable words, as in JSON: "compliant", "caution", "undetermined", "violation", "not-governed".
 */
BYLAW_API const char *bylaw_verdict_name(bylaw_verdict verdict);
/** "adopted", "not-adopted", "open", "none". */
BYLAW_API const char *bylaw_outcome_name(bylaw_outcome outcome);

typedef enum bylaw_format {
    BYLAW_FORMAT_YAML,
    BYLAW_FORMAT_JSON,
    BYLAW_FORMAT_JSONL,  /**< one JSON document a line */
    BYLAW_FORMAT_BY_NAME /**< .json and .jsonl by the file's name, else YAML */
} bylaw_format;

/** name=value of `--set`, or [set:]reading=option of `--reading`. */
typedef struct bylaw_setting {
    bylaw_str name;
    bylaw_str value;
} bylaw_setting;

/** A file of facts that lie under those of every action: a register. */
typedef struct bylaw_register {
    bylaw_str file; /**< its name in messages */
    bylaw_str text;
} bylaw_register;

/** How to check. Zero everything that is not needed. Everything is borrowed: it lives as long as
 * the checker. */
typedef struct bylaw_options {
    const bylaw_ruleset *const *sets; /**< loaded sets; also searched by the names of `rules:` */
    size_t set_count;
    /** Loads a set that `rules:` names and `sets` lacks; `file` is the action's file. The set is
     * owned by the callee and outlives the checker. NULL, or BYLAW_ENOTFOUND: the name is reported
     * as unknown. */
    bylaw_status (*load)(void *context, bylaw_str name, bylaw_str file, const bylaw_ruleset **out,
                         bylaw_diags *diags);
    /** Reads a file that an action names (`register:`), relative to `file`. The text lives until
     * the checker's next reading call. NULL, or BYLAW_ENOTFOUND: reported as not found; BYLAW_EIO:
     * as one that cannot be read. */
    bylaw_status (*open)(void *context, bylaw_str name, bylaw_str file, bylaw_str *text,
                         bylaw_str *shown);
    void *context;
    const bylaw_register *registers;
    size_t register_count;
    const bylaw_setting *facts; /**< fill in or replace single facts */
    size_t fact_count;
    const bylaw_setting *readings; /**< fixed readings */
    size_t reading_count;
    bylaw_str at;  /**< a date: the day up to which the records speak; empty: each action's own */
    bool strict;   /**< regular conduct is not presumed */
    bool remedies; /**< also work out what it would take, for what is not in order */
    bool grid; /**< also judge every combination of readings, within BYLAW_LIMIT_READINGS_TRIED */
    /** Not empty: every document is a flat record. The value of this key is the kind of action,
     * `date` its date, and every other key a fact. Records share nothing with one another. */
    bylaw_str flat;
    /** Results tell what became of each norm, not why. For streams, and where no more than ids are
     * told: verdict, outcome, bylaw_result_norm and the format TEMPLATE. Whatever tells why
     * (bylaw_report_add in another format, bylaw_explain, bylaw_need_result, bylaw_baseline_weigh,
     * bylaw_record_add) refuses a brief result with BYLAW_EDOMAIN. */
    bool brief;
    /** Only norms (and gaps) that one of `select` names, where any is given, and none of `ignore`:
     * an id, SET/ID or a printed citation, with * and ? as wildcards. What names nothing is told by
     * bylaw_checker_unused. */
    const bylaw_str *select, *ignore;
    size_t select_count, ignore_count;
    /** Files with `waivers:`, which hold for every action. */
    const bylaw_register *waiver_files;
    size_t waiver_file_count;
    bool ignore_unknown; /**< names and fields that no rule set knows are left out, not told */
    const bylaw_limits *limits; /**< NULL: the usual ones */
} bylaw_options;

typedef struct bylaw_checker bylaw_checker;
typedef struct bylaw_result bylaw_result;

/** BYLAW_ENOMEM. Mistakes in the options (an unknown reading, a date that is none) are told by the
 * first bylaw_checker_read. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_checker_new(bylaw_checker **out,
                                                         const bylaw_options *options,
                                                         const bylaw_allocator *allocator);
BYLAW_API void bylaw_checker_free(bylaw_checker *checker);

/** Reads the actions of one text. `text` must live until the next call of this function.
 *
 *  BYLAW_EINPUT  nothing of the text is checked; every mistake is in diags
 *  BYLAW_ELIMIT  the same, for a text beyond a limit */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_checker_read(bylaw_checker *checker, bylaw_str file,
                                                          bylaw_str text, bylaw_format format,
                                                          bylaw_diags *diags);

/** Reads one line of a stream of JSON lines: as bylaw_checker_read, with `line`, from 1, as the
 * number of the text's first line in messages. Line 1 begins a stream; a line without an action is
 * shared by those after it. A checker that has seen its largest record takes no memory from the
 * system any more. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_checker_read_line(bylaw_checker *checker,
                                                               bylaw_str file, size_t line,
                                                               bylaw_str text, bylaw_diags *diags);

/** Forgets the results given so far; the actions that were read stay, and can be checked again. */
BYLAW_API void bylaw_checker_forget(bylaw_checker *checker);

/** How many actions it holds (documents with `action`). 0 is possible: an empty text, or shared
 * facts only. */
BYLAW_API size_t bylaw_checker_count(const bylaw_checker *checker);

/** Line of the i-th action's `action` key, from 1: FILE:LINE names it. */
BYLAW_API size_t bylaw_checker_line(const bylaw_checker *checker, size_t i);

/** Checks the i-th action.
 *
 *  BYLAW_EINPUT  an evaluation failed (overflow, index …): the action has no verdict; diags names
 * norm, expression and values */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_checker_check(bylaw_checker *checker, size_t i,
                                                           const bylaw_result **out,
                                                           bylaw_diags *diags);

/** What `other`, of the same options, has used counts as used by `checker` too: for runs of several
 * threads, before bylaw_checker_unused. BYLAW_ENOMEM. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_checker_join(bylaw_checker *checker,
                                                          const bylaw_checker *other);

/** After the last action: each pattern of `select` and `ignore` that named nothing, as an error;
 * each waiver of the waiver files that no action needed, as a warning. */
BYLAW_API void bylaw_checker_unused(const bylaw_checker *checker, bylaw_diags *diags);

/** Each waiver that the action states and does not need, as a warning. */
BYLAW_API void bylaw_result_unused_waivers(const bylaw_result *result, bylaw_diags *diags);

BYLAW_API bylaw_verdict bylaw_result_verdict(const bylaw_result *result);
BYLAW_API bylaw_outcome bylaw_result_outcome(const bylaw_result *result);
/** true when no other arguable reading changes verdict or outcome. */
BYLAW_API bool bylaw_result_firm(const bylaw_result *result);
BYLAW_API bylaw_str bylaw_result_file(const bylaw_result *result);
BYLAW_API size_t bylaw_result_line(const bylaw_result *result);
/** Of an amendment: the rule set that is voted on, as `proposed:` names it; empty where it names
 * none. Compare it with bylaw_result_ruleset, the first that governs (NULL: none does). */
BYLAW_API bylaw_str bylaw_result_proposed(const bylaw_result *result);
BYLAW_API const bylaw_ruleset *bylaw_result_ruleset(const bylaw_result *result);

/** What became of one norm. */
typedef enum bylaw_standing {
    BYLAW_NORM_NOT_APPLICABLE = 0,
    BYLAW_NORM_SATISFIED,
    BYLAW_NORM_NOT_EXAMINED, /**< advice on which the record says nothing */
    BYLAW_NORM_NOT_MET,      /**< a condition of an act that was not adopted: nothing is broken */
    BYLAW_NORM_PENDING,      /**< not met yet, and not yet due */
    BYLAW_NORM_WAIVED,
    BYLAW_NORM_DEPARTED, /**< advice not followed */
    BYLAW_NORM_UNDETERMINED,
    BYLAW_NORM_VIOLATED
} bylaw_standing;

/** One norm that bears on the action. The texts live as long as the rule set. */
typedef struct bylaw_norm_result {
    bylaw_str ruleset;
    bylaw_str norm;
    bylaw_standing standing;
} bylaw_norm_result;

/** How many norms bear on it, of all sets that govern it; in order of the sets, then of their
 * provisions. */
BYLAW_API size_t bylaw_result_norm_count(const bylaw_result *result);
BYLAW_API bylaw_norm_result bylaw_result_norm(const bylaw_result *result, size_t i);
/** How many of them have this standing: bylaw_result_standing_count(result, BYLAW_NORM_VIOLATED).
 * Takes constant time a rule set. */
BYLAW_API size_t bylaw_result_standing_count(const bylaw_result *result, bylaw_standing standing);

#ifdef __cplusplus
}
#endif
#endif
