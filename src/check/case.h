/* check/case.h: one action under one rule set, before it is judged: its kind, what is stated, the
 * readings in use. */
#ifndef BL_CHECK_CASE_H
#define BL_CHECK_CASE_H

#include "check/accept.h"

typedef struct bl_settled bl_settled;

typedef struct bl_case {
    const bylaw_ruleset *set;
    const bl_action *action;
    const bl_enum_value *kind; /* NULL: the set does not know it */
    bool named;                /* under `rules`, or alone: not merely tried */
    bool strict;
    bool has_as_of;
    int64_t as_of;
    const bl_statement
        *statements; /* in order of precedence; a fact left empty has an unknown value */
    size_t statement_count;
    const bl_settled *settled;  /* facts that were settled when they were read; or NULL */
    const uint8_t *chosen;      /* option of each reading */
    uint64_t fixed;             /* readings that the user fixed: not tried otherwise */
    bool remedies;              /* what it would take is worked out too */
    bool brief;                 /* nothing more than what became of each norm */
    bool grid;                  /* every combination of readings is kept */
    const bl_picked *picked;    /* NULL: every norm is looked at */
    const bl_accept *accept;    /* or NULL */
    const bylaw_limits *limits; /* NULL: the usual ones */
    uint64_t cost;              /* what one evaluation may cost; 0: as usual */
    uint32_t regex_states;      /* of a pattern; 0: as usual */
    bl_arena *arena;
    bylaw_diags *diags;
} bl_case;

/* Decides for each of the sets what the action's entries mean. Every mistake is told: a kind or a
 * fact that none of the sets knows, a value that cannot be read. `extra` are the facts of --set. An
 * action without a kind (an expression evaluated by itself) has its facts read all the same. */
bylaw_status bl_cases_make(bl_case *cases, const bylaw_ruleset *const *sets, size_t set_count,
                           const bl_action *action, const bl_entries *extra, bl_arena *arena,
                           bylaw_diags *diags);

/* The waiver that names the norm, or NULL. */
const bl_waiver *bl_waiver_of(const bl_case *the_case, const bl_norm *norm);

/* The value of every slot under one choice of readings. */
struct bl_settled {
    bl_value *slots;
    uint8_t *origins; /* bl_origin by slot */
    bool *stated;
    int64_t *least, *most;    /* bounds of whole-number facts, by slot; NULL: nobody asks */
    const bylaw_ruleset *set; /* whose invariants bound sums of them */
    bl_clash *clashes;
    size_t clash_count;
    size_t presumed; /* how many facts have their value by presumption */
    size_t stated_count;
};

/* BYLAW_EINPUT: a derivation failed; in diags. */
bylaw_status bl_settle(bl_settled *out, const bl_case *the_case, const uint8_t *chosen);

/* Can facts be settled as they are read? Where no reading, derivation or bound makes anything else
 * of what is stated once. */
bool bl_settles_early(const bylaw_ruleset *set, uint64_t fixed);
/* Room for all slots, none of them stated; NULL: no memory. The reader gives stated facts their
 * values. */
bl_settled *bl_settled_new(const bylaw_ruleset *set, bl_arena *arena);
static inline void bl_settled_state(bl_settled *settled, uint32_t slot)
{
    settled->stated[slot] = true;
    settled->origins[slot] = BL_FROM_ACTION;
    settled->stated_count++;
}
/* The rest of the slots: the frame, what is presumed, what is not known. BYLAW_ENOMEM. */
bylaw_status bl_settle_rest(bl_settled *settled, const bl_case *the_case);

/* Tightens least and most by the linear invariants. `broken`: an invariant that no value of the
 * unknown can save, or NULL. */
void bl_bounds(const bylaw_ruleset *set, int64_t *least, int64_t *most,
               const bl_invariant **broken);

/* How often the slot stands in the sum. */
size_t bl_sum_times(const bl_sum *sum, uint32_t slot);

/* What judging the case under one choice of readings gives: the part of bl_set_result that depends
 * on it. */
typedef struct bl_judgement {
    bl_settled facts;
    bl_standing *standings; /* of every norm that exists here, in order of the document */
    size_t standing_count;
    bl_finding *findings; /* why, in the same order; none where it was judged briefly */
    size_t finding_count;
    uint32_t counts[BL_STATUS__COUNT]; /* norms by status */
    bl_gap_result *gaps;
    size_t gap_count;
    bylaw_outcome outcome;
    bool declared_otherwise;
    bylaw_verdict verdict;
} bl_judgement;

bylaw_status bl_judge(bl_judgement *out, const bl_case *the_case, const uint8_t *chosen);
/* The same without findings; no waiver may bear on the case. */
bylaw_status bl_judge_briefly(bl_judgement *out, const bl_case *the_case, const uint8_t *chosen);

/* What becomes of one norm over facts that are settled; not applicable where it does not exist
 * here. The slots of the element and of the outcome are the caller's. BYLAW_EINPUT: it cannot be
 * evaluated. */
bylaw_status bl_judge_norm(bl_finding *out, const bl_case *the_case, const uint8_t *chosen,
                           const bl_settled *facts, const bl_norm *norm);

/* Is no date given, though the set is not in force for all dates? */
static inline bool bl_lacks_date(const bl_case *c)
{
    return !c->action->has_date && (c->set->from != INT64_MIN || c->set->until != INT64_MAX);
}

/* The verdict of a judgement: not better than undetermined where the date is lacking. */
static inline bylaw_verdict bl_dated_verdict(const bl_case *c, bylaw_verdict verdict)
{
    return verdict < BYLAW_UNDETERMINED && bl_lacks_date(c) ? BYLAW_UNDETERMINED : verdict;
}

/* Tries the other options and weighs them: fills alternatives, verdict, firm. */
bylaw_status bl_weigh_readings(bl_set_result *result, const bl_case *the_case,
                               const bl_judgement *base);

/* What it would take: fills the remedy of every finding that is not in order, of those that other
 * readings give otherwise, and of the whole. */
bylaw_status bl_seek_remedies(bl_set_result *result, const bl_case *the_case,
                              const bl_judgement *base);
/* That of one finding of a judgement under `chosen`. */
bylaw_status bl_seek_remedy(const bl_remedy **out, const bl_case *the_case, const uint8_t *chosen,
                            const bl_judgement *judgement, const bl_finding *finding);

/* All of it: judged, weighed, with what is missing and presumed. *out is zeroed before. */
bylaw_status bl_case_judge(bl_set_result *out, const bl_case *the_case);

#endif
