/* report/text.h: what the parts of the text report of one action share: text.c writes the head and
 * puts them together, text_wrong.c tells what is wrong and what is missing, text_readings.c what
 * other readings make of it, text_folded.c what is in order. */
#ifndef BL_REPORT_TEXT_H
#define BL_REPORT_TEXT_H

#include "report/page.h"

typedef struct bl_text {
    bl_page *page;
    bl_voice *v;
    int verbosity;
    size_t indent; /* 2; 4 inside the paragraph of one set among several */
    bool shown[BL_STATUS__COUNT];
    bool any_block;         /* something stands above the folded line: 其余 */
    size_t shown_cautioned; /* satisfied or lost findings that a caution section has told */
} bl_text;

static inline bl_str bl_text_begin(const bl_text *t)
{
    return bl_str_init(t->v->arena);
}

/* A line that was begun so. */
void bl_text_put(bl_text *t, size_t indent, size_t hang, bl_str *text);
/* "  ✗ 第十一条  what": mark, citation in bold, what was found. */
void bl_text_head(bl_text *t, char mark, bl_style style, bylaw_str cite, bylaw_str found);
/* "    要求  text": labels are of one width in each language. */
void bl_text_labelled(bl_text *t, const bl_msg *label, bylaw_str text);
/* The provision word for word, where the document is at hand. */
void bl_text_quoted(bl_text *t, const bl_norm *norm);
/* The sentence, with the line of that place. */
bylaw_str bl_text_at_line(const bl_text *t, const bl_msg *msg, bl_span span);

/* ---- text_wrong.c ---- */
void bl_text_blocks(bl_text *t, bl_status status); /* every finding of that status */
void bl_text_declared(bl_text *t);                 /* the record says another result */
void bl_text_gaps(bl_text *t);                     /* silences on which it turns */
void bl_text_missing(bl_text *t);
void bl_text_next(bl_text *t); /* what follows once it is adopted */

/* ---- text_readings.c ---- */
/* A section for each reading that makes the verdict a caution. true: there was one. */
bool bl_text_readings(bl_text *t);

/* ---- text_folded.c ---- */
void bl_text_folded(bl_text *t);       /* how many are in order, what was presumed */
void bl_text_all_findings(bl_text *t); /* a line each, then what was presumed: -v */
void bl_text_silent_gaps(bl_text *t);  /* silences on which nothing turns */

#endif
