/* doc/json_reader.h: JSON as RFC 8259 has it, nothing more. */
#ifndef BL_DOC_JSON_READER_H
#define BL_DOC_JSON_READER_H

#include "doc/build.h"

/* Reads one value from byte `*at`, blanks around it skipped; *at is then behind it. NULL where the
 * reading failed, or nothing but blanks was left. */
const bl_doc_node *bl_json_read(bl_build *build, size_t *at);

#endif
