/* report/diff.h: what the parts of a comparison of two rule sets share: diff.c (norms, and the
 * telling), diff_search.c (an action that comes out otherwise), diff_words.c (readings, silences,
 * facts, kinds). */
#ifndef BL_REPORT_DIFF_H
#define BL_REPORT_DIFF_H

#include "report/page.h"

#include <bylaw/diff.h>

/* An action that comes out otherwise. */
typedef struct bl_witness {
    bool looser, tighter; /* some action is judged so; the first is told */
    const bl_given *facts;
    size_t count;
    int side;              /* whose slots the facts have */
    bl_status statuses[2]; /* of the norm: before, now */
    bool exists[2];
    bool vote; /* what it turns on is whether the vote is won */
    bylaw_str kind;
    /* found under this option alone, not under those that the rules take; else NULL */
    const bl_reading *reading;
    const bl_option *option;
    int told_by; /* the side whose words these are */
} bl_witness;

/* One thing that is told. */
typedef struct bl_told {
    const char *what; /* "norm", "reading", "gap", "fact", "kind", "set", as in JSON */
    bylaw_change change;
    bylaw_str id;
    bylaw_str line; /* without the word for the change */
    bl_witness witness;
    bool sought; /* an action was looked for */
} bl_told;

typedef struct bl_differing {
    const bylaw_ruleset *sets[2];
    bylaw_checker *checkers[2]; /* by the readings that either set takes, or by one other */
    uint8_t *chosen[2];         /* the same, as options by reading */
    bylaw_setting other;        /* that one other, which the checkers read again with every text */
    const bylaw_allocator *allocator;
    bl_arena arena;   /* of the report */
    bl_arena scratch; /* of the search */
    bl_voice v;
    bl_voice voices[2]; /* the words of either set */
    BL_VEC(bl_told) told;
    size_t counts[BYLAW_CHANGES];
    bylaw_status status;
} bl_differing;

/* Keeps it and counts it. */
void bl_diff_tell(bl_differing *d, bl_told told);
bylaw_str bl_diff_taken(bl_differing *d, bl_str *text);

/* What is put together of one thing: its parts behind each other. */
typedef struct bl_diff_parts {
    bl_differing *d;
    bl_str out;
} bl_diff_parts;

void bl_diff_put(bl_diff_parts *p, bylaw_str text);
/* 期限A，改为B; what: or NULL */
void bl_diff_put_change(bl_diff_parts *p, const bl_msg *what, bylaw_str before, bylaw_str after);
/* Nothing where they are the same. */
void bl_diff_put_labels(bl_diff_parts *p, const bl_msg *what, bylaw_label a, bylaw_label b);
void bl_diff_put_programs(bl_diff_parts *p, const bl_msg *what, const bl_program *a,
                          const bl_program *b);
bylaw_str bl_diff_say_kinds(bl_differing *d, const bl_enum_value *const *kinds, size_t count);

/* Expressions, sums and labels of the two sets: the same to the letter? */
bool bl_diff_same_program(const bl_program *a, const bl_program *b);
bool bl_diff_same_label(bylaw_label a, bylaw_label b);
bool bl_diff_same_kinds(const bl_enum_value *const *a, size_t an, const bl_enum_value *const *b,
                        size_t bn);
bool bl_diff_same_choice(const bl_differing *d, bl_choice a, bl_choice b);

/* All of a norm but its words; the norm of the other set that has its id, or NULL. */
bool bl_diff_same_norm(const bl_differing *d, const bl_norm *a, const bl_norm *b);
const bl_norm *bl_diff_twin(const bl_differing *d, int side, const bl_norm *norm);

/* Looks for actions that the norm comes out otherwise for; a NULL where one set does not have it.
 * `fact`: one that is left unstated too and varied with what it is derived from, or empty. */
bylaw_status bl_diff_search(bl_witness *out, bl_differing *d, const bl_norm *a, const bl_norm *b,
                            bylaw_str fact);
/* Where no action was found: looks for one under each option that bears on the norm and that the
 * rules do not take. */
bylaw_status bl_diff_search_readings(bl_witness *out, bl_differing *d, const bl_norm *a,
                                     const bl_norm *b);

/* Everything but the norms. */
void bl_diff_words(bl_differing *d);

#endif
