/* report/page.h: lines of a text report: indented, wrapped by display columns, coloured.
 *
 * Colour stands in the text as one control character (bl_style), which foreign text cannot hold,
 * for it is escaped; when a line is written the characters become escape sequences, or vanish. */
#ifndef BL_REPORT_PAGE_H
#define BL_REPORT_PAGE_H

#include "report/say.h"

#include <bylaw/report.h>

typedef enum bl_style {
    BL_PLAIN = 1, /* back to normal */
    BL_GREEN,
    BL_YELLOW,
    BL_BLUE,
    BL_RED, /* bold */
    BL_BOLD,
    BL_DIM
} bl_style;

typedef struct bl_page {
    bl_str out;
    size_t columns;
    bool color;
    bl_quoter quoter;
} bl_page;

/* `text` with `indent` blanks before it; lines after the first get `hang` blanks. */
void bl_page_line(bl_page *page, size_t indent, size_t hang, bylaw_str text);
/* As it stands, with its colours. */
void bl_page_raw(bl_page *page, bylaw_str text);
/* Appends text in a style. */
void bl_styled(bl_str *out, bl_style style, bylaw_str text);
/* Blanks until the text is `width` columns wide. */
void bl_pad(bl_str *out, bylaw_str text, size_t width);
bl_style bl_verdict_style(bylaw_verdict verdict);
bl_style bl_status_style(bl_status status);
char bl_verdict_mark(bylaw_verdict verdict);

/* What the record says that cannot be true, each with its places and excerpt. */
void bl_page_line_clashes(bl_page *page, bl_voice *v, size_t indent);

/* Why a set does not bear on the action, and where that stands. */
bylaw_str bl_say_why_not(const bl_voice *v, const bl_set_result *r);
bl_span bl_why_not_place(const bylaw_result *result, const bl_set_result *r);

/* The grid of readings, where it was asked for. */
void bl_text_grid(bl_page *page, bl_voice *v, size_t indent);

/* The parts of a text report (text.c writes one action, list.c a line an action). */
/* Its first line alone. */
void bl_text_headline(bl_page *page, bl_voice *v);
void bl_text_single(bl_page *page, bl_voice *v, int verbosity);

typedef struct bl_row {
    bylaw_verdict verdict;
    bylaw_str line; /* without mark and verdict: 议案/01.yaml  决议，通过：… */
    bylaw_str more; /* the indented lines below it, complete */
} bl_row;
void bl_text_row(bl_row *row, bl_voice *v, bl_arena *arena, const bl_page *like, bool with_line);
/* Marks of a name: FILE or FILE:LINE where the file holds several actions. */
bylaw_str bl_action_name(const bl_voice *v, bool with_line);

#endif
