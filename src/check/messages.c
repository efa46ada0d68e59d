/* check/messages.c: see messages.def. */
#include "check/messages.h"

#define BL_MSG(name, code, zh, en) const bl_msg bl_check_msg_##name = {(code), {(zh), (en)}};
#include "check/messages.def"
#undef BL_MSG
