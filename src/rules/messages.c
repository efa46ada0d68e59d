/* rules/messages.c: see messages.def. */
#include "rules/messages.h"

const bl_msg bl_rules_messages[BL_RULES_MSG__COUNT] = {
#define BL_MSG(name, code, zh, en) [BL_RULES_##name] = {code, {zh, en}},
#include "rules/messages.def"
#undef BL_MSG
};
