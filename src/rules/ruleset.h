/* rules/ruleset.h: a rule set as it stands in memory: its words, readings, norms, gaps, provisions.
 *
 * Built once by the loader, validated, then immutable: any number of checkers share it. Everything
 * lives in one arena. The words of a set are those of its vocabularies and its own, with one
 * numbering of slots. */
#ifndef BL_RULES_RULESET_H
#define BL_RULES_RULESET_H

#include "doc/document.h"
#include "expr/expr.h"

#include <bylaw/ruleset.h>

/* Slots that every set has; its facts follow from BL_SLOT_FACTS on. */
enum {
    BL_SLOT_KIND,     /* enum kind */
    BL_SLOT_DATE,     /* date */
    BL_SLOT_AS_OF,    /* date */
    BL_SLOT_DECLARED, /* enum outcome (adopted, rejected), or none */
    BL_SLOT_OUTCOME,  /* enum outcome; unknown while it is open */
    BL_SLOT_ELEMENT,  /* the element under `each` */
    BL_SLOT_FACTS
};

typedef enum bl_open_until {
    BL_OPEN_NEVER,
    BL_OPEN_VOTE,
    BL_OPEN_EFFECT,
    BL_OPEN_ALWAYS
} bl_open_until;

/* A type of whole numbers that are not negative; bl_type_same calls it int. */
extern const bl_type bl_type_count;

/* What one option of a reading lays over a norm, a derived fact or a gap. `reading` and `option`
 * are indexes. */
typedef struct bl_choice {
    uint32_t reading, option;
} bl_choice;

typedef struct bl_fact_overlay {
    bl_choice choice;
    const bl_program *derive;
} bl_fact_overlay;

/* One fact that stands in the file as a record (approved: {type: step}) is a group of its fields'
 * facts. */
typedef struct bl_group {
    bylaw_str name; /* "approved" */
    bylaw_label label;
    uint32_t first, count; /* facts [first, first + count) */
    bool nullable;
} bl_group;

/* What a fact is called in actions of that kind and of those below it: 得票数 in an election. */
typedef struct bl_kind_label {
    const bl_enum_value *kind;
    bylaw_label label;
} bl_kind_label;

typedef struct bl_fact {
    bylaw_str name; /* "vote.yes" */
    bylaw_label label;
    const bl_kind_label *kind_labels;
    size_t kind_label_count;
    const bl_type *type;      /* NULLABLE(T) where none may be stated */
    const bl_unit *unit;      /* or NULL */
    uint32_t slot;            /* BL_SLOT_FACTS + its index in ruleset->facts */
    int64_t counts;           /* slot of the list whose length it is, or -1 */
    const bl_program *derive; /* or NULL */
    const bl_fact_overlay *overlays;
    size_t overlay_count;
    bool is_presumed;
    bool is_conduct; /* presumed regular conduct, not a circumstance */
    bl_value presumed;
    bl_span presumed_span; /* perhaps of another file than the fact's own */
    bl_open_until open_until;
    bool is_count; /* type count: int >= 0 */
    bool judgement;
    /* Derived from several single facts, none of them a list: when it is missing, what is asked for
     * is what it is derived from. One that a list, or one fact, gives is asked for itself. */
    bool ask_inputs;
    const bl_group *group; /* or NULL */
    bl_span span;
} bl_fact;

typedef enum bl_modality {
    BL_MUST,
    BL_MUST_NOT,
    BL_COMPETENCE,
    BL_CONDITION,
    BL_IN_PRINCIPLE,
    BL_SHOULD,
    BL_MAY,
    BL_MODALITY__COUNT
} bl_modality;
/* "must", "in-principle", as in rule sets and JSON; NULL at the end. */
extern const char *const bl_modality_names[BL_MODALITY__COUNT + 1];

/* A norm of a kind. It is plain where one `require` tells it, always: no reading, scope, time,
 * element or day turns anything. What judging it needs then stands side by side. */
typedef struct bl_kind_norm {
    const struct bl_norm *norm;
    bl_entrance require; /* of a plain one */
    bl_modality modality;
} bl_kind_norm;

typedef struct bl_kind_def {
    const bl_enum_value *value; /* of ruleset->kinds */
    const uint32_t *norms; /* indexes of the norms whose on/except admit this kind, ascending */
    size_t norm_count;
    const bl_kind_norm *in_order; /* the same, in order of the document */
    const uint32_t *gaps;
    size_t gap_count;
    uint64_t readings;  /* on which one of these norms or gaps depends */
    bool reads_outcome; /* one of the norms does */
    bool decides;       /* one of them is a condition, under some reading */
    bool all_plain;     /* every one of them is plain */
} bl_kind_def;

typedef struct bl_provision {
    bylaw_str id;     /* with prefix: "wcasp:7.1d" */
    bylaw_label cite; /* 第七条（一）, Art. 7(1) */
    bylaw_str class_, testable;
    bylaw_label gist;
    bylaw_str anchor; /* 64 hex digits; empty for a gap */
    size_t length;    /* characters of the text that it is of, without white space; 0: not given */
    const bylaw_str *kinds;
    size_t kind_count;
    const bylaw_str *parts; /* of a composite, with prefix */
    size_t part_count;
    bl_span span;
} bl_provision;

typedef struct bl_option {
    bylaw_str name;
    bylaw_label label;
    bylaw_label basis; /* as shown: a provision id is replaced by its citation */
    bool remote;
} bl_option;

typedef struct bl_reading {
    bylaw_str name;
    bylaw_str phrase; /* may be empty */
    bylaw_label asks;
    const bl_option *options;
    size_t option_count;
    uint32_t default_option;
    bool open;
    const bl_provision *const *provisions;
    size_t provision_count;
    bl_span span;
} bl_reading;

/* A sum of whole-number facts and a constant: the count or the base of a threshold, a side of an
 * invariant. */
typedef struct bl_sum {
    const uint32_t *slots; /* with repetition */
    size_t count;
    /* NULL unless a term is of the element under `each`: beside each slot, the field's index where
     * the slot is BL_SLOT_ELEMENT and the element is a record, else UINT32_MAX */
    const uint32_t *fields;
    int64_t constant;
} bl_sum;

enum { /* which slots of a bl_body are given */
       BL_HAS_WHEN = 1,
       BL_HAS_COUNT = 2,
       BL_HAS_OF = 4,
       BL_HAS_BOUND = 8,
       BL_HAS_REQUIRE = 16,
       BL_HAS_DUE = 32,
       BL_HAS_MODALITY = 64
};

typedef struct bl_body {
    unsigned has;
    const bl_program *when;
    bl_sum count,
        of; /* of threshold; without BL_HAS_OF the bound is a whole number of the count itself */
    bylaw_fraction bound;
    bool strict; /* more_than */
    const bl_program *require;
    const bl_program *due;
    bl_modality modality;
    bl_span span; /* of the threshold or the expression */
} bl_body;

typedef struct bl_overlay {
    bl_choice choice;
    bl_body body; /* what it gives replaces the norm's */
} bl_overlay;

typedef struct bl_norm {
    bylaw_str id;                          /* "majority" */
    const bl_provision *const *provisions; /* at least one */
    size_t provision_count;
    const bl_enum_value *const *on; /* as written: these kinds and those below them … */
    size_t on_count;
    const bl_enum_value *const *except; /* … but not these and those below them */
    size_t except_count;
    bl_body body; /* always with modality */
    const bl_overlay *overlays;
    size_t overlay_count;
    const bl_program *scope; /* or NULL */
    int64_t from, until;     /* days; INT64_MIN, INT64_MAX where not given */
    bool has_under;
    bl_choice under;
    bylaw_str each_name;          /* empty without each */
    const bl_program *each;       /* the list */
    const bl_program *each_label; /* or NULL */
    bool ask;
    bylaw_label says;
    bylaw_label remedy; /* may be empty */
    bool reads_outcome; /* in any part */
    uint64_t readings;  /* bit i: depends on reading i, through overlays, under, or facts derived
                           under it */
    uint32_t index;
    bl_span span;
} bl_norm;

typedef struct bl_gap_overlay {
    bl_choice choice;
    const bl_program *when, *decides; /* NULL: not laid over */
} bl_gap_overlay;

typedef struct bl_gap {
    bylaw_str id;
    const bl_provision *const *provisions;
    size_t provision_count;
    const bl_enum_value *const *on;
    size_t on_count;
    const bl_program *when;    /* or NULL */
    const bl_program *decides; /* or NULL: a note */
    const bl_gap_overlay *overlays;
    size_t overlay_count;
    bylaw_label says;
    uint64_t readings;
    uint32_t index;
    bl_span span;
} bl_gap;

/* left <= right, or any expression (linear == false). */
typedef struct bl_invariant {
    bool linear;
    bl_sum left, right;
    const bl_program *holds;
    bylaw_str text;
    bl_span span;
} bl_invariant;

typedef struct bl_note {
    bylaw_str about;
    bylaw_label text;
} bl_note;

/* A text that a set was read from beside its own. */
typedef struct bl_used_text {
    bylaw_str name; /* "vocabulary/assembly.yaml", wherever it was found */
    bylaw_str sha256;
} bl_used_text;

struct bylaw_ruleset {
    bylaw_allocator allocator;
    bl_arena arena;
    bylaw_str id;
    bl_span id_span;
    bylaw_label title, short_title; /* short_title is title where not given */
    int64_t from, until;
    const bl_program *scope;   /* or NULL: governs every body */
    bylaw_str sha256;          /* hex, of the set's own text */
    const bl_used_text *texts; /* its vocabularies and provisions, as they were read */
    size_t text_count;
    const bl_source *source;

    const bl_enum *kinds;         /* name "kind" */
    const bl_kind_def *kind_defs; /* by value index */
    const bl_enum *outcomes;      /* adopted, rejected */
    const bl_enum *const *enums;
    size_t enum_count;
    const bl_unit *units;
    size_t unit_count;
    bl_fact *facts;
    size_t fact_count;
    const bl_group *groups;
    size_t group_count;
    bl_map fact_index;  /* name or label -> bl_fact *; names win */
    bl_map group_index; /* name -> bl_group * */
    const uint32_t
        *derive_order; /* slots of derived and counting facts, each after what it reads */
    size_t derive_count;
    bl_invariant *invariants;
    size_t invariant_count;
    bool is_bounded;      /* some invariant or threshold asks between what bounds a number lies */
    bl_reading *readings; /* at most 64 */
    size_t reading_count;
    bl_norm *norms;
    size_t norm_count;
    bl_gap *gaps;
    size_t gap_count;
    bl_provision *provisions; /* in order of the document */
    size_t provision_count;
    bl_map provision_index; /* full id -> bl_provision * */
    bl_map reasons;         /* full id -> bylaw_label * */
    bl_note *notes;
    size_t note_count;
    size_t slot_count; /* BL_SLOT_FACTS + fact_count */
    bl_env *env; /* what `eval` and tests compile against; BL_SLOT_ELEMENT is not declared in it */
};

/* What the fact is called in an action of that kind: by the nearest kind that has a label of its
 * own; of two of which neither is a case of the other, by the one declared first. `kind` may be of
 * another set, or NULL. */
bylaw_label bl_fact_label(const bl_fact *fact, const bl_enum_value *kind);

/* What bl_value_read is told of the fact that it reads. */
typedef struct bl_fact_view {
    const bl_type *type;
    bylaw_label label; /* named in messages: 赞成票应为整数，不能是“多数”；不知道就留空 (ux of input
                          errors) */
    bool is_count;     /* >= 0 */
    uint32_t slot;     /* BL_SLOT_KIND: no fact of an action, so nobody is told to leave it empty */
    bool ignore_unknown; /* fields of records that their type does not have are left out */
} bl_fact_view;

/* The scalar or tree of an action's fact, or of a presumption, as a value of its type, by what
 * people write: numbers in any digits, dates, labels or ids of enumerations, `none`/无, [] … Adds a
 * diagnostic and returns false when it cannot be read exactly. An empty node is the caller's
 * business (unknown). In lists of records a missing or empty field becomes BL_UNKNOWN with an
 * attribute (slot, "[i].field"). false without a diagnostic: memory ran out. */
bool bl_value_read(bl_value *out, const bl_doc_node *node, const bl_fact_view *fact,
                   bl_arena *arena, bylaw_diags *diags);

/* What is asked for, by name: "vote.yes", "date", "candidates[0].name"; empty when memory runs out.
 */
bylaw_str bl_attr_name(const bylaw_ruleset *set, const bl_attr *attr, bl_arena *arena);

/* The value of that id or label (either language), or NULL; and the nearest id to what is no value.
 */
const bl_enum_value *bl_enum_find(const bl_enum *e, bylaw_str text);
bylaw_str bl_enum_nearest(const bl_enum *e, bylaw_str text);

#endif
