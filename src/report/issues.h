/* report/issues.h: a result as a flat list of entries, for the formats that machines read: what is
 * wrong, what is open, what is to be noted, and where it stands. One list for all of them, so that
 * they agree. */
#ifndef BL_REPORT_ISSUES_H
#define BL_REPORT_ISSUES_H

#include "report/escape.h"
#include "report/writer.h"

typedef enum bl_issue_kind {
    BL_ISSUE_VIOLATED,
    BL_ISSUE_DECLARED, /* the record says otherwise than the conditions */
    BL_ISSUE_CLASH,
    BL_ISSUE_GAP,
    BL_ISSUE_MISSING, /* what the action must state, as one entry */
    BL_ISSUE_READING, /* the conclusion turns on how a phrase is read */
    BL_ISSUE_DEPARTED,
    BL_ISSUE_PENDING,
    BL_ISSUE_WAIVED,
    BL_ISSUE_NOT_GOVERNED,
    BL_ISSUE_SATISFIED, /* from here on only where everything is asked for */
    BL_ISSUE_NOT_MET,
    BL_ISSUE_OPEN,
    BL_ISSUE_NOT_EXAMINED,
    BL_ISSUE_NOT_APPLICABLE
} bl_issue_kind;

typedef struct bl_issue {
    bl_issue_kind kind;
    bylaw_verdict weight; /* the verdict that this entry gives by itself; COMPLIANT: none */
    bool accepted;        /* by a baseline: it would weigh, and does not */
    const bl_set_result *set;
    const bl_finding *finding; /* the norm's, or one element's */
    const bl_finding *whole;   /* the norm's; NULL where the entry is of no norm */
    bylaw_str id;              /* wcasp/chair-limit; empty for what is missing */
    bylaw_str rule;            /* what the norm, gap or reading says, one sentence */
    bylaw_str cite;            /* 第七条（二）; may be empty */
    bylaw_str text;            /* what was found, one sentence without a stop */
    bylaw_str subject;         /* what tells it from others of its id: an element's name */
    bl_span place;             /* source NULL: the action as such */
} bl_issue;

typedef struct bl_issues {
    const bl_issue *items;
    size_t count;
    bool failed; /* memory ran out */
} bl_issues;

/* v->result is told; v->set is changed. all: also what is in order. */
bl_issues bl_issues_of(bl_voice *v, bool all);

/* The line, and the columns where the place is within one line (else 0). */
typedef struct bl_spot {
    size_t line, end_line, column, end_column;
} bl_spot;
bl_spot bl_issue_spot(const bl_voice *v, const bl_issue *issue);
/* The file in which it stands. */
bylaw_str bl_issue_file(const bl_voice *v, const bl_issue *issue);

/* Does an entry of this weight fail the run, by exit code 1 or 3? */
bool bl_weight_fails(const bylaw_report *report, bylaw_verdict weight);

/* 64 hex digits that stay when lines move: of id, file, kind of action, subject, and a counter
 * where all of these are told again. */
bylaw_str bl_issue_fingerprint(bylaw_report *report, const bl_voice *v, const bl_issue *issue);
bylaw_str bl_fingerprint(bylaw_report *report, const bylaw_str *parts, size_t count);

/* A file's name as a relative reference: no ./ before it. */
bylaw_str bl_relative(bylaw_str file);

#endif
