/* check/record.h: flat JSON records from bytes to statements, without a tree.
 *
 * What it reads, it reads as the tree reader and bl_cases_make would: the same statements with the
 * same places (tests/check/test_record.c compares them). Whatever is unusual – a mistake, a value
 * that is not written plainly, a nesting that no fact has – it leaves to them, so that every
 * message comes from one place. Measured on records of 774 bytes: 1 µs here, 15 µs by a tree. */
#ifndef BL_CHECK_RECORD_H
#define BL_CHECK_RECORD_H

#include "check/case.h"

/* What has been learned of the keys of the records of one stream; belongs to one checker. */
typedef struct bl_record_plan bl_record_plan;

/* NULL: no memory. `like` is what all cases have in common: where it is brief, and nothing bears on
 * facts but what states them, values go to their slots at once (case->settled) instead of
 * statements. `kind` is the key whose value is the kind of action. */
bl_record_plan *bl_record_plan_new(const bl_case *like, bylaw_str kind, bool ignore_unknown,
                                   bl_arena *arena);

/* Reads the record at byte *at of the source; *at moves behind it and the blanks that follow. The
 * case gets its kind and statements, the action what stands in the record itself.
 * false: it is not read here; `arena` may hold garbage. */
bool bl_record_read(bl_record_plan *plan, bl_case *out, bl_action *action, const bl_source *source,
                    size_t *at, bl_arena *arena);

#endif
