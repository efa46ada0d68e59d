/* expr/faults.h: the errors of evaluation and short ways to return one from a builtin. */
#ifndef BL_EXPR_FAULTS_H
#define BL_EXPR_FAULTS_H

#include "expr/builtin.h"

#define BL_FAULT(name, code, zh, en) extern const bl_msg bl_fault_##name;
#include "expr/faults.def"
#include "expr/faults_ext.def"
#undef BL_FAULT

/* return bl_fail(call, range, BL_TEXT("value", …), BL_TEXT("type", …)); */
#define bl_fail(call, name, ...)                                                                   \
    bl_error_value((call)->eval->arena, &bl_fault_##name, BL_ARGS(__VA_ARGS__))
#define bl_fail0(call, name) bl_error_value((call)->eval->arena, &bl_fault_##name, NULL, 0)

/* The name of a kind in messages: "int", "list", "timestamp". */
bylaw_str bl_kind_name(uint8_t kind);
/* A function of the tables as an author writes it: "+" for "_+_", "in" for "@in". */
bylaw_str bl_function_shown(bylaw_str function);
/* The text itself, cut where it is long. */
bylaw_str bl_text_shown(bl_arena *arena, bylaw_str text);
/* The value as an expression, cut where it is long: for messages. */
bylaw_str bl_value_shown(bl_arena *arena, bl_value v);

#endif
