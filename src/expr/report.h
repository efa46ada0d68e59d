/* expr/report.h: telling what is wrong with an expression, at its place in the file. */
#ifndef BL_EXPR_REPORT_H
#define BL_EXPR_REPORT_H

#include "expr/expr.h"

#define BL_MSG(name, code, zh, en) extern const bl_msg bl_expr_msg_##name;
#include "expr/messages.def"
#undef BL_MSG

/* One for reading one expression. */
typedef struct bl_report {
    bl_expr_text text;
    bylaw_diags *diags;
    size_t errors; /* also counted where diags is NULL */
    bool limit;    /* one of them was a limit */
} bl_report;

#define BL_REPORT_MOST 50 /* more mistakes than that in one expression help nobody */

/* A mistake at bytes [from, to) of the expression. */
void bl_report_at(bl_report *report, const bl_msg *msg, uint32_t from, uint32_t to,
                  const bl_arg *args, size_t n);

#define bl_tell(report, name, from, to, ...)                                                       \
    bl_report_at((report), &bl_expr_msg_##name, (from), (to), BL_ARGS(__VA_ARGS__))
#define bl_tell0(report, name, from, to)                                                           \
    bl_report_at((report), &bl_expr_msg_##name, (from), (to), NULL, 0)

#endif
