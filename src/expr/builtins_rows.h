/* expr/builtins_rows.h: functions over lists of records. */
#ifndef BL_EXPR_BUILTINS_ROWS_H
#define BL_EXPR_BUILTINS_ROWS_H

#include "expr/builtin.h"

bl_builtin bl_builtin_votes; /* votes(ballots, choice, roll) */
bl_builtin bl_builtin_at;    /* at(rows, date) */

#endif
