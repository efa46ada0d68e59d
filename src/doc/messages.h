/* doc/messages.h: the sentences of this layer, by name: BL_DOC_MSG(DUPLICATE_KEY). */
#ifndef BL_DOC_MESSAGES_H
#define BL_DOC_MESSAGES_H

#include "base/diag.h"

typedef enum bl_doc_msg {
#define BL_MSG(name, code, zh, en) BL_DOC_##name,
#include "doc/messages.def"
#undef BL_MSG
    BL_DOC_MSG__COUNT
} bl_doc_msg;

extern const bl_msg bl_doc_messages[BL_DOC_MSG__COUNT];

#define BL_DOC_MSG(name) (&bl_doc_messages[BL_DOC_##name])

#endif
