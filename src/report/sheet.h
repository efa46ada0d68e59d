/* report/sheet.h: a small table with a picture: title, columns, rows, remarks, bars; written as
 * text of aligned columns, CSV, JSON, SVG or a page of HTML. */
#ifndef BL_REPORT_SHEET_H
#define BL_REPORT_SHEET_H

#include "base/vec.h"
#include "report/page.h"

#include <bylaw/need.h>

typedef struct bl_cell {
    bylaw_str text; /* as read: 4 票 */
    bool number;    /* data formats write n */
    int64_t n;
} bl_cell;

typedef struct bl_column {
    const char *key; /* of the data formats */
    bylaw_str head;
    bool right; /* aligned */
} bl_column;

/* One bar of the picture: `total` cells, a line behind the cell `need`, a broken one behind
 * `other`, the first `have` filled; -1: there is none. */
typedef struct bl_bar {
    bylaw_str label;
    int64_t total, need, other, have;
} bl_bar;

#define BL_MOST_COLUMNS 12

typedef struct bl_sheet {
    bl_arena *arena;
    bylaw_str title;
    bl_column columns[BL_MOST_COLUMNS];
    size_t column_count;
    BL_VEC(bl_cell *) rows;
    BL_VEC(bylaw_str) notes;
    BL_VEC(bl_bar) bars;
    bool across;                   /* text: the rows stand side by side, each a column */
    bylaw_str need, other, having; /* what the picture's signs mean; empty: not explained */
    bool failed;
} bl_sheet;

void bl_sheet_column(bl_sheet *sheet, const char *key, bylaw_str head, bool right);
/* A new row of empty cells. NULL: no memory. */
bl_cell *bl_sheet_row(bl_sheet *sheet);
void bl_sheet_note(bl_sheet *sheet, bylaw_str text);
void bl_sheet_bar(bl_sheet *sheet, bl_bar bar);
bl_cell bl_text_cell(bylaw_str text);
bl_cell bl_number_cell(bylaw_str text, int64_t n);

/* Aligned columns alone, on a page of text. */
void bl_sheet_text(bl_page *page, const bl_sheet *sheet, size_t indent);
size_t bl_sheet_width(const bl_sheet *sheet); /* of its widest line */
bylaw_status bl_sheet_write(bl_sheet *sheet, const bylaw_need_telling *telling);

#endif
