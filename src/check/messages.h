/* check/messages.h: the sentences of this layer, one object a sentence: bl_check_msg_NAME. */
#ifndef BL_CHECK_MESSAGES_H
#define BL_CHECK_MESSAGES_H

#include "base/diag.h"

#define BL_MSG(name, code, zh, en) extern const bl_msg bl_check_msg_##name;
#include "check/messages.def"
#undef BL_MSG

#endif
