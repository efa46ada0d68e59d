/* check/remedy.h: the parts of the remedy: what can change and the judging of the changed action
 * (remedy_change.c), thresholds inverted (remedy_threshold.c), the values that the rest is tried
 * with (remedy_lever.c), the search for one finding (remedy_search.c) and for the whole action
 * (remedy_whole.c); remedy.c puts them together. */
#ifndef BL_CHECK_REMEDY_H
#define BL_CHECK_REMEDY_H

#include "base/vec.h"
#include "check/case.h"

#define BL_MOST_CHANGES 12 /* a remedy of more changes is no advice */
#define BL_MOST_TRIALS                                                                             \
    1500 /* of one finding, and of the whole; beyond it the answer is not known */

/* One action, judged, of which something is not in order. */
typedef struct bl_seek {
    const bl_case *c;
    const uint8_t *chosen;
    const bl_judgement *j;
    bool vote_held;
    size_t trials; /* spent so far */
    bylaw_status status;
} bl_seek;

/* Is that reached by the changed action? `j` lives for the call. */
typedef bool bl_goal(const bl_judgement *j, const void *context);

/* ---- what can change ---- */

const char *bl_remedy_name(bl_remedy_kind kind);
const bl_fact *bl_seek_fact(const bl_seek *s, uint32_t slot);
void bl_seek_begin(bl_seek *s, const bl_case *c, const uint8_t *chosen, const bl_judgement *j);
/* Can the value of this fact still be another, or is it yet to be known? */
bool bl_seek_open(const bl_seek *s, uint32_t slot);
/* The same of one field of an element of a list. */
bool bl_seek_open_field(const bl_seek *s, uint32_t slot, bl_value field);
/* A figure of the vote itself: a count that some condition weighs, or what it is counted from. */
bool bl_seek_of_vote(const bl_seek *s, uint32_t slot);
/* What the fact is derived from under the readings in use, or NULL. */
const bl_program *bl_seek_derivation(const bl_seek *s, const bl_fact *fact);

/* ---- judging the changed action ---- */

/* The case with these values; in a new vote nothing of the old one stands. false: no memory. */
bool bl_seek_change(bl_seek *s, bl_case *out, bl_action *action, const bl_change *changes,
                    size_t count, bool new_vote);
/* Judges the action with these values in place of what it states. */
bool bl_seek_try(bl_seek *s, const bl_change *changes, size_t count, bl_goal *goal,
                 const void *context);
bool bl_seek_try_new_vote(bl_seek *s, const bl_change *changes, size_t count, bl_goal *goal,
                          const void *context);
/* The same finding, or element's, of another judgement; or NULL. */
const bl_finding *bl_seek_same(const bl_judgement *j, const bl_finding *f);
/* The goal of one finding: that norm, that element, satisfied. */
bool bl_goal_finding(const bl_judgement *j, const void *finding);
void bl_seek_keep(bl_seek *s, bl_remedy *out, bl_remedy_kind kind, const bl_change *changes,
                  size_t count);
bool bl_same_place(const bl_change *a, const bl_change *b);

/* ---- thresholds ---- */

/* The exact figure of a threshold of which no term is a field of an element. */
void bl_seek_threshold(bl_seek *s, bl_remedy *out, const bl_finding *f);
/* The value of one fact on which the threshold turns, all others as `facts` have them; false where
 * there is none or the others are not known. */
bool bl_threshold_turn(int64_t *out, const bl_settled *facts, const bl_figures *f, uint32_t slot,
                       bool is_count);

/* ---- what is tried ---- */

/* What something depends on: slots, and all programs by which they are worked out. */
typedef struct bl_reads {
    bool *slots;  /* all that it depends on, through derivations as well */
    bool *direct; /* those that it names itself */
    BL_VEC(const bl_program *) programs;
    BL_VEC(const bl_field *) fields; /* of elements, that its sums count */
    bool fails;                      /* no memory */
} bl_reads;

bool bl_reads_begin(bl_reads *reads, const bl_seek *s);
void bl_reads_slot(bl_reads *reads, const bl_seek *s, uint32_t slot);
void bl_reads_program(bl_reads *reads, const bl_seek *s, const bl_program *program); /* or NULL */
void bl_reads_sum(bl_reads *reads, const bl_seek *s, const bl_norm *norm, const bl_sum *sum);
/* All but the list under `each` and what narrows the norm. */
void bl_reads_body(bl_reads *reads, const bl_seek *s, const bl_norm *norm, const bl_body *body);
/* The list whose elements stand under `each` as they are, or UINT32_MAX. */
uint32_t bl_each_slot(const bl_norm *norm);
/* Does it read this field of records of that type? */
bool bl_reads_field(const bl_reads *reads, const bl_type *record, uint32_t field);

/* One thing that can be changed, and the values that it is tried with. */
typedef struct bl_lever {
    bl_change like; /* its place; TO, ADD or REMOVE */
    bl_value now;   /* what stands there */
    const bl_type *type;
    bool is_count;
    bool whole;   /* every value that makes a difference is among them */
    bool more;    /* there were more values than are tried */
    bool bounded; /* those at which a comparison turns are: numbers, dates */
    bool finer;   /* settled but inexact: only values below the present one */
    bool small;   /* small numbers are tried one by one */
    BL_VEC(bl_value) values;
    /* Of a name: one that nothing is compared with, or none. It is never told, for nobody can say
     * which it should be; but while it is enough for nothing no other name is. */
    bl_value stranger;
} bl_lever;

typedef struct bl_levers {
    BL_VEC(bl_lever) all;
    bool *seen; /* by slot */
    bool cut;   /* there are more than BL_MOST_LEVERS */
    bool fails; /* no memory */
} bl_levers;

#define BL_MOST_LEVERS 256

/* Adds what can change of the facts that these read; none twice. `but`: a list whose elements are
 * neither added nor removed, or UINT32_MAX. */
void bl_levers_add(bl_levers *levers, bl_seek *s, const bl_reads *reads, uint32_t but);
/* After all are there: the values that these programs compare them with. */
void bl_levers_fill(bl_levers *levers, bl_seek *s, const bl_reads *reads, uint32_t but);
/* At last: in order of declaration, the nearest values first. */
void bl_levers_sort(bl_levers *levers, const bl_seek *s);
/* Does what reads these depend on the lever? */
bool bl_lever_read(const bl_lever *lever, const bl_seek *s, const bl_reads *reads);
/* How large a change it is: of a number or a date by how much it moves, else 1. */
uint64_t bl_lever_units(const bl_lever *lever, const bl_seek *s, bl_value value);
bl_change bl_lever_change(const bl_lever *lever, bl_value value);
/* The nearest number or date at which the goal turns, sought outwards in growing steps with what
 * is `picked` besides; false where there is none. */
bool bl_lever_probe(bl_value *out, bl_seek *s, const bl_lever *lever, bl_goal *goal,
                    const void *context);

/* ---- searches ---- */

typedef struct bl_hunt bl_hunt;

/* Something that is not in order, and which levers it depends on. */
typedef struct bl_thing {
    const bl_finding *finding; /* or NULL */
    const bl_clash *clash;     /* or NULL */
    const bool *depends;       /* by lever; NULL: no lever mends it */
} bl_thing;

typedef BL_VEC(bl_thing) bl_things;

/* What is wrong as things stand; in the case's arena. false: no memory. */
typedef bool bl_wrong(bl_hunt *h, bl_things *out, const bl_judgement *j);

/* The search for the smallest set of changes that reaches a goal. */
struct bl_hunt {
    bl_seek *s;
    bl_levers *levers;
    bl_goal *goal;
    bl_wrong *wrong;
    const void *context; /* of both */

    bl_change picked[BL_MOST_CHANGES];
    size_t levers_picked[BL_MOST_CHANGES], count;
    bool *in_use, *left_out; /* by lever */
    size_t size;             /* of the sets that are being tried */
    size_t most;             /* trials */

    bool found;
    bl_change best[BL_MOST_CHANGES];
    size_t best_levers[BL_MOST_CHANGES], best_count;
    uint64_t best_units;

    bool deeper;             /* a larger set might do */
    bool cut;                /* not all was tried: too many sets */
    bool narrow;             /* not all was tried: values that cannot be listed */
    bool blocked;            /* something is wrong that nothing can mend … */
    const bl_finding *block; /* … this; NULL: a record that contradicts itself, a gap */
};

/* Sets of one, of two … up to `most_size` changes; what is found is in best. */
bylaw_status bl_hunt_run(bl_hunt *h, size_t most_size);

/* Numbers and dates that stand within a computation: where the finding turns is found by trying,
 * and added to the values of the lever. */
void bl_hunt_probe(bl_seek *s, bl_levers *levers, const bool *depends, const bl_finding *f);
/* Why nothing of it can be changed: somebody has to find it, or it is settled. */
bl_remedy_kind bl_why_closed(const bl_seek *s, const bl_finding *f);

/* The smallest set of values of the facts that the finding's expression reads. */
void bl_search_finding(bl_seek *s, bl_remedy *out, const bl_finding *f);
/* The smallest set of changes after which the whole action is in order. The findings have their
 * remedies. */
bylaw_status bl_search_whole(bl_seek *s, bl_remedy *out);
/* A number or a date as a bound, where the next value beyond it is as good. */
void bl_tell_bounds(bl_seek *s, bl_change *changes, size_t count, bl_goal *goal,
                    const void *context);

#endif
