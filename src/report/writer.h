/* report/writer.h: what the writers share. A format is a row of three functions, one file a format;
 * report.c holds the table. */
#ifndef BL_REPORT_WRITER_H
#define BL_REPORT_WRITER_H

#include "report/page.h"
#include "report/template.h"

#include "base/map.h"
#include "base/vec.h"

struct bylaw_report {
    bylaw_allocator allocator;
    bylaw_report_options options;
    bl_arena arena; /* of one call */
    bl_arena kept;  /* of the whole report: rows of a list */
    bl_arena own;   /* the template */
    bylaw_str last_file;
    size_t in_file;
    size_t written; /* results and errors so far */
    bool open;      /* json: the head has been written */
    BL_VEC(bl_row) rows[BYLAW_LANGS];
    bylaw_str worst;
    bylaw_verdict worst_verdict;
    bool any;
    bl_template template_;

    /* of the formats for machines */
    bl_map fingerprints;          /* of this report: what has been told, and how often */
    bl_map rules;                 /* sarif: id -> place + 1 */
    BL_VEC(bl_row) lines;         /* github: worst first, so they wait; sarif: its rules */
    bl_str bodies[BYLAW_LANGS];   /* markdown, html: what waits for the end */
    bl_str contents[BYLAW_LANGS]; /* html: the table of several motions */
    bl_str style;                 /* html: page names of the files */
};

typedef struct bl_writer {
    const char *name;
    bylaw_status (*add)(bylaw_report *report, const bylaw_result *result);
    bylaw_status (*errors)(bylaw_report *report, bylaw_str file, const bylaw_diags *diags);
    bylaw_status (*end)(bylaw_report *report, const bylaw_summary *summary);
    /* Takes over what waits for the end in another report; NULL: what is written of one result
     * depends on those before it. */
    bool (*join)(bylaw_report *report, const bylaw_report *part);
} bl_writer;

extern const bl_writer bl_writer_sarif, bl_writer_junit, bl_writer_junit_strict, bl_writer_tap,
    bl_writer_github, bl_writer_gitlab, bl_writer_markdown, bl_writer_html, bl_writer_compact;

/* Hands the text over and forgets the memory of the call. */
bylaw_status bl_emit(bylaw_report *report, bl_str *text);
bl_quoter bl_quoter_of(const bylaw_report *report);
bylaw_status bl_nothing_at_end(bylaw_report *report, const bylaw_summary *summary);
bool bl_nothing_to_join(bylaw_report *report, const bylaw_report *part);
/* 共检查 4 件：违反 1，符合 3。 */
bylaw_str bl_say_total(const bl_voice *v, const bylaw_summary *summary);

#endif
