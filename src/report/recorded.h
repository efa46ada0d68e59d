/* report/recorded.h: a verdict record as it stands in memory, whether it was put together from
 * results (record.c) or read from a text (record_read.c). It is written by record_write.c and
 * compared by record_compare.c.
 *
 * What can be compared is text: verdicts, outcomes and statuses stand as the words of JSON. */
#ifndef BL_REPORT_RECORDED_H
#define BL_REPORT_RECORDED_H

#include "base/hash.h"
#include "base/vec.h"
#include "check/check.h"

#include <bylaw/record.h>

#define BL_RECORD_SCHEMA 1

/* The program and the libraries that read texts for it. */
enum { BL_VERSION_PROGRAM, BL_VERSION_YAML, BL_VERSION_ICU, BL_VERSIONS };
extern const char *const bl_version_keys[BL_VERSIONS];

/* What is told of an action, and of each of its sets. */
typedef enum bl_recorded_field {
    BL_FIELD_KIND,  /* as it was given, where no set knows it */
    BL_FIELD_DATE,  /* or empty, as all that may be left out */
    BL_FIELD_AS_OF, /* where it is not the date */
    BL_FIELD_FACTS, /* SHA-256 of what is stated, see record.c */
    BL_FIELD_VERDICT,
    BL_FIELD_OUTCOME,
    BL_FIELD_FIRM,
    BL_FIELDS
} bl_recorded_field;

typedef struct bl_field_row {
    const char *key;
    bool required;
    bool boolean; /* true or false, not in quotes */
    bool content; /* a difference is one of what is stated, not of what comes out */
} bl_field_row;
extern const bl_field_row bl_field_rows[BL_FIELDS];

typedef struct bl_recorded_choice {
    bylaw_str reading, option;
} bl_recorded_choice;

/* A norm that applies; what is not there does not apply. */
typedef struct bl_recorded_finding {
    bylaw_str norm, status;
    const bl_norm *known;              /* of a result; NULL in what was read */
    const bl_recorded_choice *choices; /* of the readings that it depends on */
    const bylaw_str *elements;         /* under `each`: the status of each */
    size_t choice_count, element_count;
} bl_recorded_finding;

typedef struct bl_recorded_judgement {
    bylaw_str ruleset, verdict, outcome;
    const bl_recorded_finding *findings;
    const bylaw_str *gaps; /* those that decide, by id */
    size_t finding_count, gap_count;
} bl_recorded_judgement;

typedef struct bl_recorded_action {
    bylaw_str file;
    size_t line;
    size_t number; /* among the actions of its file, from 1 */
    bool alone;    /* the file has no other */
    bylaw_str fields[BL_FIELDS];
    const bl_recorded_judgement *sets;
    size_t set_count;
} bl_recorded_action;

typedef struct bl_recorded_set {
    bylaw_str id, sha256;
    bylaw_str from, until; /* in force; empty where not given */
    const bl_used_text *texts;
    size_t text_count;
} bl_recorded_set;

typedef struct bl_recorded_input {
    bylaw_record_input of;
    bool open; /* its digest is still being made */
    bl_sha256 hash;
} bl_recorded_input;

struct bylaw_record {
    bylaw_allocator allocator;
    bl_arena arena;
    bl_arena scratch; /* of one step */
    bylaw_record_options options;
    bylaw_str versions[BL_VERSIONS];
    bl_map names; /* what results call a file -> what the record calls it (bylaw_str *) */
    BL_VEC(bl_recorded_set) sets;
    BL_VEC(bl_recorded_input) inputs;
    BL_VEC(bl_recorded_action) actions;
    bool sealed; /* in order, each thing once */
    bool altered;
};

/* Puts everything in its order; after it nothing is added. */
void bl_record_seal(bylaw_record *record);
/* Writes the record; `write` NULL: nowhere. The digest of its content. */
bylaw_status bl_record_put(bylaw_record *record, bylaw_status (*write)(void *, bylaw_str),
                           void *context, char sha256[BL_SHA256_HEX]);

#endif
