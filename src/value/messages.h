/* value/messages.h: the sentences of the value layer. */
#ifndef BL_VALUE_MESSAGES_H
#define BL_VALUE_MESSAGES_H

#include "base/diag.h"

#define BL_MSG(name, code, zh, en) extern const bl_msg bl_msg_##name;
#include "value/messages.def"
#undef BL_MSG

#endif
