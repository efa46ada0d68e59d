/* expr/report.c: see report.h. */
#include "expr/report.h"

#define BL_MSG(name, code, zh, en) const bl_msg bl_expr_msg_##name = {code, {zh, en}};
#include "expr/messages.def"
#undef BL_MSG

void bl_report_at(bl_report *report, const bl_msg *msg, uint32_t from, uint32_t to,
                  const bl_arg *args, size_t n)
{
    bl_span span = report->text.span;

    if (report->errors++ >= BL_REPORT_MOST)
        return;
    if (report->text.exact) {
        span.to = span.from + to;
        span.from += from;
    }
    bl_diag_add(report->diags, BYLAW_ERROR, msg, span, args, n);
}
