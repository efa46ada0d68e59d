/* report/html_head.h: the head of every HTML page that bylaw writes, with the one style of the
 * house: self-contained, no script, no web font, light and dark on a screen, black on white on
 * paper. */
#ifndef BL_REPORT_HTML_HEAD_H
#define BL_REPORT_HTML_HEAD_H

#include "report/escape.h"

/* Writes up to <body>. `more`: rules of this page alone, as they stand; may be empty. */
void bl_html_head(bl_str *out, bylaw_lang lang, bylaw_str title, bylaw_str more);
void bl_html_end(bl_str *out);

#endif
