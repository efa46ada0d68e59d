/* text/excerpt.h: text of others shown safely, and the line of a source with carets under what is
 * wrong in it.
 *
 * Foreign text (of files, rule sets, arguments) may try to steer the terminal or the CI system that
 * shows it. What could is shown as \u{…}: controls, tabs and line ends among them, marks that turn
 * the direction of writing, separators of lines, the byte order mark, malformed bytes, and the
 * first character of "##[". */
#ifndef BL_TEXT_EXCERPT_H
#define BL_TEXT_EXCERPT_H

#include "base/str.h"

void bl_escape_foreign(bl_str *out, bylaw_str text);
/* The same for text that may come to stand first on a line, a label above all: blanks and colons at
 * its head are shown as \u{…} as well, for "::" there is a command to some systems. */
void bl_escape_head(bl_str *out, bylaw_str text);

/* Code points [column, end_column) of a line, both from 1. An empty span gets one caret. */
typedef struct bl_caret {
    size_t column, end_column;
} bl_caret;

typedef struct bl_excerpt_style {
    size_t columns;       /* of the whole line; a longer one is cut around the first caret; 0: 80 */
    size_t first_column;  /* column of the text's first character; 0, 1: it is the whole line */
    const char *caret_on; /* written before and after each run of carets: colour; NULL: nothing */
    const char *caret_off;
} bl_excerpt_style;

/* Two lines, each with its end:
 *
 *        3 | date: 2026-02-30
 *          |       ^^^^^^^^^^
 *
 * `text` is the line `line` without its end. Carets stand under the characters as they are shown:
 * two for a wide one, as many as an escape is long. Without carets only the first line is written.
 */
void bl_excerpt_write(bl_str *out, bylaw_str text, size_t line, const bl_caret *carets, size_t n,
                      const bl_excerpt_style *style);

#endif
