/* report/record_compare.h: every difference between two verdict records, one after the other. */
#ifndef BL_REPORT_RECORD_COMPARE_H
#define BL_REPORT_RECORD_COMPARE_H

#include "report/recorded.h"

typedef enum bl_difference_kind {
    BL_DIFFERS_VERSION, /* name: program or library */
    BL_DIFFERS_RULESET, /* ruleset */
    BL_DIFFERS_TEXT,    /* name: what the rule set uses */
    BL_DIFFERS_INPUT,   /* name: the file */
    BL_DIFFERS_ACTION,  /* from or to is empty: only one record has it */
    BL_DIFFERS_FIELD,   /* name: the field's key */
    BL_DIFFERS_VERDICT, /* of one set among several: name is "verdict" or "outcome" */
    BL_DIFFERS_FINDING, /* norm: from status to status */
    BL_DIFFERS_ELEMENT, /* norm, element */
    BL_DIFFERS_READING, /* norm, name: the reading; from option to option */
    BL_DIFFERS_GAP,     /* norm: the gap's id; "decides" or empty */
    BL_DIFFERENCE_KINDS
} bl_difference_kind;

typedef struct bl_difference {
    bl_difference_kind kind;
    bylaw_str name, ruleset, norm;
    const bl_norm *known;             /* the norm where it is at hand, or NULL */
    const bl_recorded_action *action; /* as it is now where it still is; NULL: of the whole */
    bl_recorded_field field;          /* FIELD */
    size_t element;
    bylaw_str from, to; /* empty: there is none */
} bl_difference;

typedef void bl_difference_fn(void *context, const bl_difference *difference);

/* Versions, rule sets, files, then the actions in order. Both records are sealed. */
void bl_record_differences(const bylaw_record *then, const bylaw_record *now,
                           bl_difference_fn *tell, void *context);

#endif
