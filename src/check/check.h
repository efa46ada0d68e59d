/* check/check.h: what checking one action gives: findings, outcome, readings, verdict. The report
 * layer and the remedy read it; it is immutable once made and lives in the checker's arena. */
#ifndef BL_CHECK_CHECK_H
#define BL_CHECK_CHECK_H

#include "rules/ruleset.h"

#include <bylaw/check.h>

typedef enum bl_status {
    BL_NOT_APPLICABLE,
    BL_SATISFIED,
    BL_NOT_EXAMINED,
    BL_NOT_MET, /* a condition of an act that was not adopted: nothing is broken */
    BL_PENDING,
    BL_WAIVED,
    BL_DEPARTED,
    BL_UNDETERMINED_FINDING,
    BL_VIOLATED, /* the gravest last: of the elements under `each` the gravest counts */
    BL_STATUS__COUNT
} bl_status;

const char *bl_status_name(bl_status status); /* "satisfied", "not-met", as in JSON */

/* Where the value of a fact comes from. */
typedef enum bl_origin {
    BL_FROM_NOWHERE, /* unknown */
    BL_FROM_ACTION,  /* stated in the action, or in the document shared by it */
    BL_FROM_REGISTER,
    BL_FROM_OPTION, /* --set */
    BL_FROM_DERIVATION,
    BL_FROM_PRESUMPTION,
    BL_IMPOSSIBLE /* contradicted: unknown now */
} bl_origin;

/* A place where a fact is stated. */
typedef struct bl_statement {
    uint32_t slot;
    bl_origin origin;
    bl_value value;
    bl_span span, key_span;
} bl_statement;

/* A record that cannot be true. */
typedef enum bl_clash_kind {
    BL_CLASH_SOURCES,  /* one fact, two statements that differ */
    BL_CLASH_DERIVED,  /* a fact stated otherwise than what follows from `basis` */
    BL_CLASH_INVARIANT /* several facts */
} bl_clash_kind;

typedef struct bl_clash {
    bl_clash_kind kind;
    const bl_invariant *invariant;
    const bl_statement
        *statements; /* the places; for DERIVED [0] is stated, the rest what it derives from */
    size_t count;
    bl_value derived; /* DERIVED: what follows */
} bl_clash;

/* The figures of a threshold. */
typedef struct bl_figures {
    bool present;
    bool count_known, base_known, has_base;
    int64_t count, base;
    bool need_known; /* the least count that suffices */
    int64_t need;
    bool unreachable;   /* no possible count reaches it */
    int64_t count_most; /* the greatest possible count while it is unknown */
    bylaw_fraction bound;
    bool strict;
    bl_sum count_sum, base_sum;
} bl_figures;

extern const bl_figures bl_no_figures; /* of a norm that is no threshold: not present */

typedef struct bl_waiver {
    bylaw_str norm; /* an id, SET/ID or a printed citation */
    bylaw_str reason, by;
    bool has_until;
    int64_t until;
    bl_span span;
} bl_waiver;

/* What it would take. */
typedef enum bl_remedy_kind {
    BL_REMEDY_CHANGES,   /* these changes, and no fewer; proved by judging the changed action */
    BL_REMEDY_NEW_VOTE,  /* the vote is settled: what a new one needs, proved in the same way */
    BL_REMEDY_DECLARE,   /* the record claims the other outcome: it is corrected */
    BL_REMEDY_SETTLED,   /* nothing that it turns on can still change */
    BL_REMEDY_TOO_LATE,  /* the day is past */
    BL_REMEDY_NEVER,     /* every value of what can change was tried: none is enough */
    BL_REMEDY_JUDGEMENT, /* somebody has to find whether it is so */
    BL_REMEDY_LATER,     /* it is not known yet whether the norm applies, or the whole set */
    BL_REMEDY_NOT_KNOWN  /* not found among what was tried, which was not everything */
} bl_remedy_kind;

const char *bl_remedy_name(bl_remedy_kind kind); /* "changes", "new-vote", as in JSON */

typedef enum bl_change_kind {
    BL_CHANGE_TO,
    BL_CHANGE_AT_LEAST, /* a number, or a date: not before */
    BL_CHANGE_AT_MOST,
    BL_CHANGE_ADD,   /* to a list: this element */
    BL_CHANGE_REMOVE /* from a list: the element of that number, which is the value */
} bl_change_kind;

typedef struct bl_change {
    uint32_t slot; /* a fact, or BL_SLOT_DECLARED */
    bl_change_kind kind;
    bool within; /* only one field of one element of the list */
    uint32_t field;
    size_t element; /* of the list as it stands; of REMOVE as well */
    bl_value value;
    bool unknown; /* nothing is known of it yet: it is filled in, not altered */
} bl_change;

typedef struct bl_remedy {
    bl_remedy_kind kind;
    const bl_change *changes;
    size_t count;
    /* Of the whole action: every set of fewer changes was tried, and of as many every one of fewer
     * units. false: something was not tried, so a smaller one is not ruled out. */
    bool smallest;
    size_t trials; /* how often the rules were asked */
} bl_remedy;

typedef struct bl_finding bl_finding;
struct bl_finding {
    const bl_norm *norm;
    bl_modality modality; /* after readings */
    bl_status status;
    const bl_figures *figures; /* never NULL: of no threshold, bl_no_figures */
    const bl_cause *cause;     /* of a `require` (or of `when` where that is unknown), or NULL */
    bl_value value;            /* of the body: true, false, unknown */
    const bl_unknown *missing; /* facts that still matter to it, or NULL */
    bool when_unknown;         /* it is not known yet whether it applies */
    bool has_due;
    int64_t due;
    const bl_waiver *waiver;    /* applied, or expired (status tells) */
    const bl_finding *elements; /* under `each`: one a list element */
    size_t element_count;
    size_t element;          /* of an element's finding: its index */
    bylaw_str label;         /* of an element's finding: its name, or empty */
    const bl_remedy *remedy; /* of what is not in order, where it was asked for; else NULL */
};

/* What became of a norm, without why. */
typedef struct bl_standing {
    const bl_norm *norm;
    uint8_t status;   /* bl_status */
    uint8_t modality; /* bl_modality, after readings */
} bl_standing;

typedef struct bl_gap_result {
    const bl_gap *gap;
    bool decides; /* known to be so */
} bl_gap_result;

/* What other options of readings give. */
typedef struct bl_alternative {
    const bl_choice *choices;
    size_t choice_count;
    bylaw_verdict verdict; /* of the set's findings under these options */
    bylaw_outcome outcome;
    bool weighed;               /* no option is remote */
    bool changes;               /* verdict of the whole or outcome turns: it is named */
    const bl_finding *findings; /* as of the default, in the same order */
    size_t finding_count;
} bl_alternative;

typedef struct bl_set_result {
    const bylaw_ruleset *set;
    bool governed;
    enum { BL_GOVERNED, BL_OUT_OF_FORCE, BL_OUT_OF_SCOPE, BL_NO_NORM_OF_KIND } why_not;
    uint32_t scope_slot;            /* OUT_OF_SCOPE: a fact that tells */
    bl_value scope_wanted;          /* what that fact must be, where the scope says so; else null */
    const bl_value *slots;          /* set->slot_count */
    const uint8_t *origins;         /* bl_origin by slot */
    const bl_statement *statements; /* all that is stated, in order of precedence */
    size_t statement_count;
    const uint8_t *chosen;        /* option of each reading */
    const bl_standing *standings; /* in order of provisions */
    size_t standing_count;
    const bl_finding *findings; /* in the same order; none where the result is brief */
    size_t finding_count;
    const bl_gap_result *gaps;
    size_t gap_count;
    const bl_clash *clashes;
    size_t clash_count;
    const bl_attr *const *missing; /* facts asked for, in order of the file, then of the set */
    size_t missing_count;
    const uint32_t *presumed; /* slots whose presumption a finding or gap rests on */
    size_t presumed_count;
    const bl_alternative
        *alternatives; /* every option of every reading that bears, singly; then combinations */
    size_t alternative_count;
    bool cut; /* more than most_tried combinations */
    size_t most_tried;
    const bl_alternative *grid; /* every combination of options that weigh, the one in use first;
                                   only where it was asked for */
    size_t grid_count;
    bool grid_cut;
    const bl_remedy *remedy; /* of the whole action, where it was asked for; else NULL. Where the
                                date matters, it does with the date */
    bool date_matters;       /* no date is given, and the set is not in force for all dates */
    bylaw_outcome outcome;
    bool declared_otherwise; /* the record says adopted or rejected, the conditions say the other */
    bylaw_verdict base_verdict; /* under the readings in use, before others are weighed */
    bylaw_verdict verdict;
    bool firm;
    uint32_t counts[BL_STATUS__COUNT]; /* norms by status */
} bl_set_result;

typedef enum bl_declared {
    BL_DECLARED_NOTHING,
    BL_DECLARED_ADOPTED,
    BL_DECLARED_REJECTED
} bl_declared;

/* An action as it was read. */
typedef struct bl_action {
    const bl_source *source;
    bl_span span; /* of the value of `action` */
    bl_span key_span;
    size_t line;    /* of the key `action` */
    bylaw_str kind; /* as written: id or label */
    bylaw_str title;
    bylaw_str proposed; /* of an amendment: the rule set that is voted on, as named; or empty */
    bool has_date;
    int64_t date;
    bylaw_str time; /* a time of day written with the date */
    bl_span date_span;
    bool has_as_of;
    int64_t as_of;
    bl_declared declared;
    bl_span declared_span, declared_key_span;
    const bylaw_str *rules; /* names */
    const bl_span *rule_spans;
    size_t rule_count;
    const struct bl_entry *entries; /* facts by name, all layers */
    size_t entry_count;
    bl_waiver *waivers;
    size_t waiver_count;
    bool ignore_unknown; /* names that no set knows are left out, not told */
} bl_action;

/* One fact as written: name, key and value nodes, layer. A group stated as none has one entry. */
typedef struct bl_entry {
    bylaw_str name;
    const bl_doc_node *key, *value;
    bl_origin origin;
} bl_entry;

/* What a baseline says of one finding that a report tells. */
typedef struct bl_accepted {
    bylaw_str id, fingerprint;
    bool yes;
} bl_accepted;

struct bylaw_result {
    const bl_action *action;
    bylaw_verdict verdict;
    bylaw_outcome outcome; /* of the only governing set, or where all agree; else OPEN */
    bool firm;
    bool strict;
    bool brief;            /* nobody may ask why */
    bool partial;          /* norms were selected or ignored: not all that bears was looked at */
    bool file_has_several; /* actions: they are told apart by line */
    int64_t as_of;         /* the day judged from; valid when has_as_of */
    bool has_as_of;
    bool as_of_told;           /* it differs from the date */
    const bl_enum_value *kind; /* of the first set that knows it; never NULL */
    const bl_set_result *sets;
    size_t set_count;
    const bl_accepted *accepted; /* by place in bl_issues_of; NULL: there is no baseline */
    size_t accepted_count;
};

/* Where the fact is stated, or left empty: the place of the value, and of the key where the file
 * has one. BL_NO_SPAN: nowhere. */
bl_span bl_said_at(const bl_set_result *r, uint32_t slot);
bl_span bl_said_key(const bl_set_result *r, uint32_t slot);

/* The norm's body under a choice of readings. */
bl_body bl_effective_body(const bl_norm *norm, const uint8_t *chosen);
/* The same without a copy where nothing is laid over; *room holds it otherwise. */
const bl_body *bl_body_in_use(bl_body *room, const bl_norm *norm, const uint8_t *chosen);

#endif
