/* value/value.h: one value of an expression or a fact: 16 bytes, a tag and a payload.
 *
 * Scalars stand in the payload; the rest points into an arena or into the rule set, is immutable
 * and is never freed one by one. Errors and unknowns are values like others, so that && and || can
 * look at them. */
#ifndef BL_VALUE_VALUE_H
#define BL_VALUE_VALUE_H

#include "base/diag.h"
#include "base/fraction.h"

typedef enum bl_kind {
    BL_NULL = 0, /* none: known to be nothing */
    BL_BOOL,
    BL_INT,
    BL_UINT,
    BL_DOUBLE,
    BL_STRING,
    BL_BYTES,
    BL_LIST,
    BL_MAP,
    BL_TIMESTAMP, /* as.i seconds since 1970-01-01Z, extra nanoseconds 0..999999999 */
    BL_DURATION,  /* as.i seconds (floor), extra nanoseconds 0..999999999 */
    BL_TYPE,
    BL_OPTIONAL,
    BL_FRACTION,
    BL_DATE, /* as.i days since 1970-01-01, proleptic Gregorian */
    BL_NAME,
    BL_ENUM,
    BL_RECORD,
    BL_ERROR,
    BL_UNKNOWN,
    BL_KIND__COUNT
} bl_kind;

typedef struct bl_value bl_value;
typedef struct bl_type bl_type; /* value/type.h */

/* A name of a body or person: told as `text`, compared by `key` (text/unicode.h: bl_name_key). */
typedef struct bl_name {
    bylaw_str text;
    bylaw_str key;
    bool listed; /* stands in a complete list of names, a roll: two listed names are two however
                    near they are (河南 and 湖南). bl_name_value leaves it false. */
} bl_name;

/* One value of an enumeration. `parent` is the value that has it below itself. Enumeration values
 * are unique objects: two are the same value if and only if their addresses are equal. */
typedef struct bl_enum_value {
    bylaw_str id;
    bylaw_label label;
    const struct bl_enum_value *parent;              /* NULL at the top */
    const struct bl_enum_value *const *more_parents; /* of a kind that is several together */
    size_t more_count;
    const struct bl_enum *of;
    uint32_t index; /* place in of->values */
    bool has_below; /* some value has this one as its parent */
} bl_enum_value;

typedef struct bl_enum {
    bylaw_str name;
    bl_enum_value *const *values; /* parents before children */
    size_t count;
    bool exact; /* a value says all there is to say, also one that has others below it: kinds of
                   action */
} bl_enum;

/* Is `value` that value or below it (value.is(above))? */
static inline bool bl_enum_is(const bl_enum_value *value, const bl_enum_value *above)
{
    for (; value != NULL && value != above; value = value->parent) {
        for (size_t i = 0; i < value->more_count; i++) {
            if (bl_enum_is(value->more_parents[i], above))
                return true;
        }
    }
    return value != NULL;
}

typedef struct bl_list {
    size_t count;
    const bl_value *items;
    size_t room; /* for lists being built; 0 otherwise */
} bl_list;

typedef struct bl_map_pair bl_map_pair;

/* A map value: pairs in order of insertion; keys are bool, int, uint or string, no two equal. */
typedef struct bl_mapping {
    size_t count;
    const bl_map_pair *pairs;
    uint32_t *index; /* hash index over pairs where count is large; NULL otherwise */
    size_t index_size;
} bl_mapping;

/* One element of a list of records: the values stand in the order of the record type's fields. Of
 * an abstract type (net.IP): first what decides equality, then its text as CEL reads it again. */
typedef struct bl_record {
    const bl_type *type;
    const bl_value *fields;
} bl_record;

/* What is not known: a slot (a fact), or a field of an element of a list held by it. Attributes are
 * unique per evaluation context by address for whole facts; `path` is empty then, else like
 * "[3].choice". */
typedef struct bl_attr {
    uint32_t slot;
    bylaw_str path;
} bl_attr;

/* A set of attributes, without repetition, in order of (slot, path). */
typedef struct bl_unknown {
    size_t count;
    const bl_attr *const *attrs;
} bl_unknown;

/* An error of evaluation. `node` is the place in the program that raised it, filled in by the
 * evaluator. */
typedef struct bl_fault {
    const bl_msg *msg; /* with its arguments already rendered below */
    bylaw_label message;
    uint32_t from, to; /* bytes of the expression's text; 0,0 until the evaluator fills them in */
} bl_fault;

struct bl_value {
    uint8_t kind; /* bl_kind */
    uint8_t flags;
    uint16_t spare;
    uint32_t extra; /* nanoseconds; length of short data where documented */
    union {
        uint64_t b; /* BOOL: 0 or 1; a whole word, so that values stay in registers */
        int64_t i;
        uint64_t u;
        double d;
        const bylaw_str *s; /* STRING, BYTES */
        const bl_list *list;
        const bl_mapping *map;
        const bl_type *type;
        const bl_value *inner; /* OPTIONAL: NULL is optional.none() */
        const bylaw_fraction *fraction;
        const bl_name *name;
        const bl_enum_value *enumerated;
        const bl_record *record;
        const bl_fault *fault;
        const bl_unknown *unknown;
    } as;
};

_Static_assert(sizeof(bl_value) == 16, "a value is two words");

struct bl_map_pair {
    bl_value key;
    bl_value value;
};

#define BL_NULL_VALUE ((bl_value){.kind = BL_NULL})

/* Slots of an unknown that is no fact but a doubt about two values, which are its path with a tab
 * between them: two names that look alike, so that nobody can tell whether they are one; a value of
 * an enumeration that leaves open whether it is another one below it. */
#define BL_SLOT_LOOK_ALIKE UINT32_MAX
#define BL_SLOT_TOO_BROAD  (UINT32_MAX - 1)

static inline bl_value bl_bool(bool b)
{
    return (bl_value){.kind = BL_BOOL, .as.b = b};
}

static inline bl_value bl_int(int64_t i)
{
    return (bl_value){.kind = BL_INT, .as.i = i};
}

static inline bl_value bl_uint(uint64_t u)
{
    return (bl_value){.kind = BL_UINT, .as.u = u};
}

static inline bl_value bl_double(double d)
{
    return (bl_value){.kind = BL_DOUBLE, .as.d = d};
}

static inline bl_value bl_date_value(int64_t days)
{
    return (bl_value){.kind = BL_DATE, .as.i = days};
}

static inline bl_value bl_enum_of(const bl_enum_value *v)
{
    return (bl_value){.kind = BL_ENUM, .as.enumerated = v};
}

static inline bool bl_is_known(bl_value v)
{
    return v.kind != BL_ERROR && v.kind != BL_UNKNOWN;
}

static inline bool bl_is_true(bl_value v)
{
    return v.kind == BL_BOOL && v.as.b;
}

static inline bool bl_is_false(bl_value v)
{
    return v.kind == BL_BOOL && !v.as.b;
}

/* Makers: an error value (out of memory: see bl_oom_value) where the arena fails. */
bl_value bl_string_value(bl_arena *arena, bylaw_str text); /* borrows the text's bytes */
bl_value bl_bytes_value(bl_arena *arena, bylaw_str bytes); /* borrows */
bl_value bl_list_value(bl_arena *arena, const bl_value *items, size_t count); /* borrows items */
/* Borrows pairs, whose keys are of the kinds that a map may have, no two equal. */
bl_value bl_map_value(bl_arena *arena, const bl_map_pair *pairs, size_t count);
bl_value bl_type_value(const bl_type *type);
bl_value bl_fraction_value(bl_arena *arena, bylaw_fraction f);
bl_value bl_name_value(bl_arena *arena, bylaw_str text); /* computes the key */
bl_value bl_optional_value(bl_arena *arena,
                           const bl_value *inner); /* copies *inner; NULL is none */
bl_value bl_error_value(bl_arena *arena, const bl_msg *msg, const bl_arg *args, size_t n);
bl_value bl_oom_value(void); /* needs no memory: the fault's msg is bl_msg_no_memory */
bl_value bl_unknown_value(bl_arena *arena, const bl_attr *attr);
bl_value bl_look_alike_value(bl_arena *arena, bylaw_str a, bylaw_str b);
/* Takes such an attribute apart: two names; a value's id and that of the one asked for. false when
 * it is none. */
bool bl_attr_look_alike(const bl_attr *attr, bylaw_str *a, bylaw_str *b);
bool bl_attr_too_broad(const bl_attr *attr, bylaw_str *value, bylaw_str *asked);
/* The union of two unknowns; if one is an error or no memory is left, an error. */
bl_value bl_unknown_merge(bl_arena *arena, bl_value a, bl_value b);

/* CEL's heterogeneous equality (numbers across kinds, deep lists and maps, NaN unequal to itself).
 * Names compare by key, enumeration values by identity. Result: true, false, unknown (look-alike
 * names, unknown parts that decide) or error. */
bl_value bl_value_equal(bl_arena *arena, bl_value a, bl_value b);
/* Is the value the one asked for, or below it? Unknown where it is above it; none is nothing. */
bl_value bl_value_is(bl_arena *arena, bl_value v, bl_value asked);
/* Is the element in the list? Names: one that is not in it but looks like one that is, or is one
 * character off from exactly one, gives unknown. */
bl_value bl_value_in_list(bl_arena *arena, bl_value element, const bl_list *list);

/* What else is known of near names: no slip is suspected for an item that is `taken` (by another
 * name; one flag an item, or NULL), nor where `apart` says that two names are two. */
typedef struct bl_near_names {
    const bool *taken;
    bool (*apart)(const void *context, const bl_name *a, const bl_name *b); /* or NULL */
    const void *context;
} bl_near_names;
bl_value bl_value_in_list_but(bl_arena *arena, bl_value element, const bl_list *list,
                              const bl_near_names *but);
/* The value under a key, across number kinds (1, 1u and 1.0 are one key); NULL where absent. */
const bl_value *bl_map_find(const bl_mapping *map, bl_value key);
/* -1, 0, +1, or 2 when the two have no order (other kinds, NaN). int/uint/double and fraction/int
 * mix. */
int bl_value_compare(bl_value a, bl_value b);
/* Same kind and same value, all the way down; NaN is the same as NaN. For tests and for sources of
 * facts. */
bool bl_value_same(bl_value a, bl_value b);

bylaw_str bl_string_of(bl_value v); /* STRING, BYTES, NAME (its text), ENUM (its id) */

/* Writes the value as CEL would read it again (strings quoted, bytes b"…", doubles shortest round
 * trip, timestamp("…"), fraction(2, 3), date("2026-11-21")). Used by eval, explain, tests. */
void bl_value_write(bl_str *out, bl_value v);

#endif
