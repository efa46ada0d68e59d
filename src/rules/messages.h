/* rules/messages.h: the sentences of this layer, by name: BL_RULES_MSG(UNKNOWN_FACT). */
#ifndef BL_RULES_MESSAGES_H
#define BL_RULES_MESSAGES_H

#include "base/diag.h"

typedef enum bl_rules_msg {
#define BL_MSG(name, code, zh, en) BL_RULES_##name,
#include "rules/messages.def"
#undef BL_MSG
    BL_RULES_MSG__COUNT
} bl_rules_msg;

extern const bl_msg bl_rules_messages[BL_RULES_MSG__COUNT];

#define BL_RULES_MSG(name) (&bl_rules_messages[BL_RULES_##name])

#endif
