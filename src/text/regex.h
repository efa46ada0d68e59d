/* text/regex.h: regular expressions in RE2's syntax, searched anywhere, over code points.
 *
 * All states are followed at once (Thompson's construction), so a search takes at most
 * size x length steps whatever the pattern; there is nothing to backtrack. What would need
 * backtracking, back-references and looking around, is not in the syntax. Only whether a pattern
 * matches is told, so greedy and lazy repetition are the same. */
#ifndef BL_TEXT_REGEX_H
#define BL_TEXT_REGEX_H

#include "base/str.h"

typedef struct bl_regex bl_regex;

/* Compiles into the arena; immutable afterwards, any number of threads may search with it.
 *   BYLAW_EINPUT  the pattern is no regular expression of RE2
 *   BYLAW_ELIMIT  it nests or repeats beyond what is sensible */
bylaw_status bl_regex_compile(const bl_regex **out, bl_arena *arena, bylaw_str pattern,
                              uint32_t most_states);

/* Its number of states: a search takes at most that many steps for each code point. */
size_t bl_regex_size(const bl_regex *regex);

/* Memory for the states comes from `scratch` and is given back. BYLAW_ENOMEM. */
bylaw_status bl_regex_search(bool *out, const bl_regex *regex, bylaw_str text, bl_arena *scratch);

#endif
