/* tests/expr/sample.h: a small vocabulary in memory, like rules/vocabulary/assembly.yaml, against
 * which tests compile expressions. */
#ifndef TESTS_EXPR_SAMPLE_H
#define TESTS_EXPR_SAMPLE_H

#include "expr/ast.h"
#include "expr/env.h"

/* Enumerations `choice` (yes, no, abstain) and `actor` (chair, president, …; cast with
 * cast_secretariat below it). */
typedef struct sample_vocabulary {
    bl_enum choice, actor;
    bl_enum_value *choices[3], *actors[5];
    const bl_type *choice_type, *actor_type;
    bl_type ballot, step, membership;
    bl_field ballot_fields[2], step_fields[2], membership_fields[3];
} sample_vocabulary;

/* An environment with these options that knows the sample's facts; NULL: no memory. Plain ones get
 * the variables that need no types of ours. */
bl_env *sample_env(bl_arena *arena, unsigned options);

#endif
