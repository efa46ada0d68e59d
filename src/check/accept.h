/* check/accept.h: what the user of a run leaves out or accepts: norms picked by pattern, waivers
 * that stand in files of their own; and which of these came to nothing. */
#ifndef BL_CHECK_ACCEPT_H
#define BL_CHECK_ACCEPT_H

#include "check/action.h"

#include "base/vec.h"

typedef struct bl_picked {
    const bylaw_ruleset *set;
    uint8_t *norms, *gaps; /* by index: is it looked at */
} bl_picked;

typedef struct bl_accept {
    const bylaw_options *options;
    bl_arena *arena;
    BL_VEC(bl_picked) sets;      /* those met so far */
    uint8_t *selected, *ignored; /* by pattern: it names something */
    bl_action waivers;           /* only its waivers: of all waiver files */
    uint8_t *waived;             /* by waiver: it was asked for */
} bl_accept;

/* Reads the waiver files; BYLAW_EINPUT with diagnostics. */
bylaw_status bl_accept_init(bl_accept *out, const bylaw_options *options, bl_arena *arena,
                            bylaw_diags *diags);
/* What is looked at of this set. BYLAW_ENOMEM. */
bylaw_status bl_accept_pick(bl_accept *accept, const bylaw_ruleset *set, const bl_picked **out);
/* What the other, of the same options, has met and used counts here too. BYLAW_ENOMEM. */
bylaw_status bl_accept_join(bl_accept *accept, const bl_accept *other);
/* Patterns that name nothing are errors, waivers that nobody needed warnings. */
void bl_accept_unused(const bl_accept *accept, bylaw_diags *diags);

/* Is `text` this norm's id, SET/ID, or the citation of one of its provisions? */
bool bl_names_norm(const bylaw_ruleset *set, const bl_norm *norm, bylaw_str text);

/* Reads the list `waivers` of a file. */
bylaw_status bl_waivers_read(bl_action *out, const bl_source *source, const bylaw_limits *limits,
                             bl_arena *arena, bylaw_diags *diags);

#endif
