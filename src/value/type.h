/* value/type.h: static types of expressions and facts. A type is immutable; simple types are static
 * objects, composed ones live in the arena of the environment that made them. */
#ifndef BL_VALUE_TYPE_H
#define BL_VALUE_TYPE_H

#include "value/value.h"

typedef enum bl_type_kind {
    BL_T_DYN = 0,
    BL_T_ERROR, /* of an expression that did not check: fits everything, complains about nothing
                   more */
    BL_T_NULL,
    BL_T_BOOL,
    BL_T_INT,
    BL_T_UINT,
    BL_T_DOUBLE,
    BL_T_STRING,
    BL_T_BYTES,
    BL_T_TIMESTAMP,
    BL_T_DURATION,
    BL_T_FRACTION,
    BL_T_DATE,
    BL_T_NAME,
    BL_T_LIST,     /* params[0] */
    BL_T_MAP,      /* params[0] key, params[1] value */
    BL_T_TYPE,     /* params[0], or none */
    BL_T_OPTIONAL, /* params[0] */
    BL_T_NULLABLE, /* T? of a fact: params[0], or none */
    BL_T_ENUM,     /* enumerated */
    BL_T_RECORD,   /* fields */
    BL_T_ABSTRACT, /* name(params…) */
    BL_T_PARAM,    /* a type parameter, by name */
    BL_T__COUNT
} bl_type_kind;

/* A measure word: how a number is told. */
typedef struct bl_unit {
    bylaw_str id;
    bylaw_str zh;              /* 票; may be empty */
    bylaw_str en_one, en_many; /* vote, votes */
} bl_unit;

typedef struct bl_field {
    bylaw_str name;
    const bl_type *type;
    bylaw_label label;
    const bl_unit *unit; /* or NULL */
} bl_field;

struct bl_type {
    bl_type_kind kind;
    bylaw_str name; /* ABSTRACT, PARAM, RECORD */
    const bl_type *const *params;
    size_t param_count;
    const bl_enum *enumerated;
    const bl_field *fields; /* RECORD */
    size_t field_count;
};

extern const bl_type bl_type_simple[BL_T__COUNT]; /* the kinds without parameters */
#define BL_SIMPLE(KIND) (&bl_type_simple[BL_T_##KIND])

const bl_type *bl_type_list(bl_arena *arena,
                            const bl_type *element); /* NULL: no memory; all makers */
const bl_type *bl_type_map(bl_arena *arena, const bl_type *key, const bl_type *value);
const bl_type *bl_type_optional(bl_arena *arena, const bl_type *inner);
const bl_type *bl_type_nullable(bl_arena *arena, const bl_type *inner);
const bl_type *bl_type_of_type(bl_arena *arena, const bl_type *inner);
const bl_type *bl_type_enum(bl_arena *arena, const bl_enum *e);

bool bl_type_same(const bl_type *a, const bl_type *b);
/* The simple type of a value, its parameters left out: list, map, optional_type. Enumerations and
 * records give their own type where they know it. */
const bl_type *bl_type_of_value(bl_value v);
/* Do two type values mean the same type at run time, where list(int) is just list? */
bool bl_type_same_at_run_time(const bl_type *a, const bl_type *b);
/* The name of a type value: null_type, google.protobuf.Timestamp, optional_type, list. */
bylaw_str bl_type_run_time_name(const bl_type *type);
/* As CEL writes it: list(int), map(string, dyn), optional_type(T), google.protobuf.Timestamp as
 * timestamp. */
void bl_type_write(bl_str *out, const bl_type *type);

#endif
