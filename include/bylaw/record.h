/** bylaw/record.h: the verdict record: what was checked, by which rules, and what came out, to be
 * checked again later.
 *
 *  A record is a JSON document (rules/FORMAT.md, `bylaw schema record`). It holds the version of
 * the program, the options that bear on verdicts, the SHA-256 of every rule set and of every file
 * that was read, and of each action its verdict, outcome and findings. It is put together while
 * actions are checked, or read from a text; two records are compared, and what differs is named.
 *
 *      bylaw_record_new(&record, &options, NULL);
 *      bylaw_record_file(&file, record, BYLAW_INPUT_ACTION, shown, name, false);
 *      bylaw_record_text(record, file, text);
 *      bylaw_record_add(record, result);                // one an action
 *      bylaw_record_write(record, write, context);
 *
 *  What is written does not depend on the order in which files and results were added: the same
 * input gives the same bytes. A record belongs to one thread.
 */
#ifndef BYLAW_RECORD_H
#define BYLAW_RECORD_H

#include <bylaw/check.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bylaw_record bylaw_record;

/** What bears on verdicts beside the files: those of bylaw_options of the same names. */
typedef struct bylaw_record_options {
    const bylaw_str *rules; /**< what was loaded before any action: names of bundled sets, files */
    size_t rule_count;
    const bylaw_setting *facts, *readings;
    size_t fact_count, reading_count;
    const bylaw_str *select, *ignore;
    size_t select_count, ignore_count;
    const bylaw_setting *limits; /**< those that are not the usual ones: name and number */
    size_t limit_count;
    bylaw_str at, flat;
    bool strict, ignore_unknown;
    size_t line; /**< the only action that was checked, by the line of its `action`; 0: all */
} bylaw_record_options;

/** What a file was read for. */
typedef enum bylaw_input_role {
    BYLAW_INPUT_ACTION = 0,
    BYLAW_INPUT_REGISTER, /**< facts under those of every action */
    BYLAW_INPUT_NAMED,    /**< a register that an action names */
    BYLAW_INPUT_WAIVERS,
    BYLAW_INPUT_RULES /**< a rule set, or what stands beside it: a vocabulary, provisions */
} bylaw_input_role;

/** "action", "register", "named", "waivers", "rules", as in JSON; static. */
BYLAW_API const char *bylaw_input_role_name(bylaw_input_role role);

/** A record without inputs and results. The options are copied. BYLAW_ENOMEM. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_record_new(bylaw_record **out,
                                                        const bylaw_record_options *options,
                                                        const bylaw_allocator *allocator);
BYLAW_API void bylaw_record_free(bylaw_record *record);

/** Begins with a file that was read; its text follows by bylaw_record_text. BYLAW_ENOMEM.
 *
 *  out             by what number that function knows it
 *  shown           what results call it: bylaw_result_file
 *  name            what the record calls it: a path that does not depend on where the program was
 *                  started, e.g. relative to the folder of the record
 *  standard_input  its text came from there, and cannot be read again
 *
 *  A file that is named twice in one role stands there once. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_record_file(size_t *out, bylaw_record *record,
                                                         bylaw_input_role role, bylaw_str shown,
                                                         bylaw_str name, bool standard_input);

/** The text of a file, or the next piece of it. Nothing of it is kept but the digest. */
BYLAW_API void bylaw_record_text(bylaw_record *record, size_t file, bylaw_str text);

/** Adds a result, and the rule sets that it is by. The sets must live as long as the record; the
 * result need not. BYLAW_ENOMEM; BYLAW_EDOMAIN: the result is brief. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_record_add(bylaw_record *record,
                                                        const bylaw_result *result);

/** Writes the record as JSON, its own digest at the end. BYLAW_ENOMEM, or what `write` returns. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_record_write(
    bylaw_record *record, bylaw_status (*write)(void *context, bylaw_str text), void *context);

/** Reads a record. All text is copied.
 *
 *  BYLAW_EINPUT  every mistake of the text is in diags, for example
 *                record.json:9:31: there is no verdict complaint */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_record_read(bylaw_record **out, bylaw_str file,
                                                         bylaw_str text,
                                                         const bylaw_allocator *allocator,
                                                         bylaw_diags *diags);

/** Was a record that was read altered after it had been written? Its digest is then another than
 * that of its content. How the JSON is laid out does not matter. */
BYLAW_API bool bylaw_record_altered(const bylaw_record *record);

/** The options of a record; borrowed from it. */
BYLAW_API const bylaw_record_options *bylaw_record_options_of(const bylaw_record *record);

/** A file of a record; borrowed from it. */
typedef struct bylaw_record_input {
    bylaw_input_role role;
    bylaw_str name;
    bylaw_str sha256; /**< 64 digits */
    bool standard_input;
    size_t line, column; /**< where a record that was read names it; from 1 */
} bylaw_record_input;

/** i from 0 to count - 1. */
BYLAW_API size_t bylaw_record_input_count(const bylaw_record *record);
BYLAW_API bylaw_record_input bylaw_record_input_get(const bylaw_record *record, size_t i);

/** How it is told what differs. */
typedef struct bylaw_record_telling {
    bylaw_lang lang;
    bool json; /**< instead of words */
    bool color;
    bool quiet;         /**< words: nothing where the records agree */
    bool verdicts_only; /**< other content is told, and no disagreement */
    size_t columns;     /**< 0: 80 */
    bylaw_str name;     /**< of the record, for the first line */
    bylaw_status (*write)(void *context, bylaw_str text);
    void *context;
} bylaw_record_telling;

/** How many things differ, by what they mean. */
typedef struct bylaw_record_match {
    size_t verdicts; /**< verdicts, outcomes, findings; actions that only one of them has */
    size_t contents; /**< rule sets and files with other content, facts stated otherwise */
    size_t versions; /**< of the program and its libraries: no disagreement by itself */
    bool altered;    /**< `then` was, after it had been written */
} bylaw_record_match;

/** Do the records agree, by what counts? Versions never do. */
BYLAW_API bool bylaw_record_agrees(const bylaw_record_match *match, bool verdicts_only);

/** Compares what was recorded with what comes out now, and tells every difference: of actions by
 * file and place among its actions, of findings by norm. BYLAW_ENOMEM, or what `write` returns. */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_record_compare(bylaw_record_match *out,
                                                            bylaw_record *then, bylaw_record *now,
                                                            const bylaw_record_telling *telling);

#ifdef __cplusplus
}
#endif
#endif
