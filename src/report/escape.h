/* report/escape.h: how text is written inside each format: one table of escapes for all writers. */
#ifndef BL_REPORT_ESCAPE_H
#define BL_REPORT_ESCAPE_H

#include "base/str.h"

typedef enum bl_escape {
    BL_ESCAPE_JSON,        /* inside a JSON string */
    BL_ESCAPE_XML,         /* text and attributes of XML and HTML */
    BL_ESCAPE_GITHUB,      /* the message of a workflow command */
    BL_ESCAPE_GITHUB_PROP, /* a property of one */
    BL_ESCAPE_TAP,         /* a description */
    BL_ESCAPE_MARKDOWN,
    BL_ESCAPE_URI, /* a relative reference: percent-encoded UTF-8 */
    BL_ESCAPE__COUNT
} bl_escape;

/* Appends `text` so that the format reads it back as it was; controls, bidi marks and `##[` are
 * made harmless in every one. */
void bl_escape_add(bl_str *out, bl_escape how, bylaw_str text);

#endif
