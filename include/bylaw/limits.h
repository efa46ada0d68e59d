/** bylaw/limits.h: how much of anything is read, and how to allow more.
 *
 *  Every limit has a default that no real charter or record comes near; beyond it a text is refused
 *  with a message that names the limit. The whole table is in rules/FORMAT.md, 7.
 *
 *      bylaw_limits limits = {{0}};                       // every limit at its default
 *      limits.most[BYLAW_LIMIT_COST] = 100000000;
 *      bylaw_options options = {.limits = &limits, …};
 *
 *  Threads: nothing here keeps state.
 */
#ifndef BYLAW_LIMITS_H
#define BYLAW_LIMITS_H

#include <bylaw/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum bylaw_limit {
    BYLAW_LIMIT_FILE_SIZE,   /**< bytes of a file, or of a line of a stream */
    BYLAW_LIMIT_NESTING,     /**< levels of YAML or JSON, an alias with what it stands for */
    BYLAW_LIMIT_ENTRIES,     /**< entries of a file, aliases expanded */
    BYLAW_LIMIT_ANCHORS,     /**< anchors (&) of a file */
    BYLAW_LIMIT_SCALAR_SIZE, /**< bytes of one text or key */
    BYLAW_LIMIT_MISTAKES,    /**< told of one file; then one more that says that there are more */
    BYLAW_LIMIT_NORMS,       /**< norms of a rule set, and as many gaps */
    BYLAW_LIMIT_KINDS,       /**< kinds of a vocabulary or rule set */
    BYLAW_LIMIT_USES,        /**< vocabularies that use each other, in a row */
    BYLAW_LIMIT_TYPE_NESTING,
    BYLAW_LIMIT_KIND_PATHS, /**< ways up from a kind to those that it is a case of */
    BYLAW_LIMIT_EXPRESSION_NESTING,
    BYLAW_LIMIT_EXPRESSION_PARTS,
    BYLAW_LIMIT_EXPRESSION_SIZE, /**< code points */
    BYLAW_LIMIT_COST,            /**< units of one evaluation (rules/EXPRESSIONS.md, 12) */
    BYLAW_LIMIT_REGEX_STATES,    /**< of a pattern that stands in a rule */
    BYLAW_LIMIT_READINGS_TRIED,  /**< combinations of readings tried on an action */
    BYLAW_LIMIT_FOLDERS          /**< folders within each other; for programs that walk them */
} bylaw_limit;

#define BYLAW_LIMITS 18

/** Most of each, indexed by bylaw_limit. 0 is the default; more than bylaw_limit_greatest is taken
 * as that. */
typedef struct bylaw_limits {
    uint64_t most[BYLAW_LIMITS];
} bylaw_limits;

/** "file-size", "nesting" …; static. */
BYLAW_API const char *bylaw_limit_name(bylaw_limit limit);
/** The limit of that name. false: there is none. */
BYLAW_API bool bylaw_limit_named(bylaw_limit *out, bylaw_str name);
/** What is counted, in words; static. */
BYLAW_API bylaw_label bylaw_limit_label(bylaw_limit limit);
/** The most by default, and the most that may be asked for. */
BYLAW_API uint64_t bylaw_limit_default(bylaw_limit limit);
BYLAW_API uint64_t bylaw_limit_greatest(bylaw_limit limit);
/** What holds: of `limits` (NULL: every default). */
BYLAW_API uint64_t bylaw_limit_of(const bylaw_limits *limits, bylaw_limit limit);

#ifdef __cplusplus
}
#endif
#endif
