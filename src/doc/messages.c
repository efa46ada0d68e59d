/* doc/messages.c: see messages.def. */
#include "doc/messages.h"

const bl_msg bl_doc_messages[BL_DOC_MSG__COUNT] = {
#define BL_MSG(name, code, zh, en) [BL_DOC_##name] = {code, {zh, en}},
#include "doc/messages.def"
#undef BL_MSG
};
