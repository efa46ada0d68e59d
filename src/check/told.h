/* check/told.h: an evaluation that failed, told as a diagnostic. */
#ifndef BL_CHECK_TOLD_H
#define BL_CHECK_TOLD_H

#include "check/case.h"

/* BYLAW_EINPUT, with the norm or fact, the expression, why, and the values that it read.
 * BYLAW_ENOMEM if the fault was that memory ran out. */
bylaw_status bl_tell_fault(const bl_case *the_case, bylaw_label where, const bl_program *program,
                           bl_value fault, const bl_value *slots);

#endif
