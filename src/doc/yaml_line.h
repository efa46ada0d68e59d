/* doc/yaml_line.h: the anatomy of a line of YAML as people write it, right or nearly right. */
#ifndef BL_DOC_YAML_LINE_H
#define BL_DOC_YAML_LINE_H

#include "base/diag.h"

/* Where the line that holds `at` begins and ends. */
size_t bl_line_from(bylaw_str text, size_t at);
size_t bl_line_to(bylaw_str text, size_t at);

/* A blank, a tab, a line end, or the end. */
bool bl_blank_at(bylaw_str text, size_t at);
size_t bl_skip_blanks(bylaw_str text, size_t at);
/* Behind the blanks and “- ” that a line begins with. */
size_t bl_skip_dashes(bylaw_str line);
/* Where the value of a line begins: behind its dashes and its key. */
size_t bl_value_at(bylaw_str line);
/* Does it hold a colon that separates: followed by a blank or the end? */
bool bl_has_colon(bylaw_str line);
/* A name as it stands before a colon: no blanks, quotes or brackets, not long. */
bool bl_is_name(bylaw_str text);
bylaw_str bl_without_comment(bylaw_str line);

/* How many bytes a blank at the beginning of a text has that YAML takes for a letter: full-width,
 * no-break, zero width; 0 where there is none. */
size_t bl_yaml_odd_blank(bylaw_str text);

/* A colon that is not one yet: full-width, or with no blank behind it, after what looks like a key.
 */
typedef struct bl_near_colon {
    size_t at, width; /* in the line */
    const bl_msg *msg;
    bylaw_str fixed; /* the line as it was meant, in the arena */
} bl_near_colon;

/* false where the line has none, or memory ran out. */
bool bl_yaml_near_colon(bl_near_colon *out, bl_arena *arena, bylaw_str line);

#endif
