/* doc/packed.h: a document that has been read, as bytes: reading it back is a walk, not a parse.
 *
 * The texts that the library carries within itself are packed when it is built, so that a program
 * that checks one motion does not parse a charter's YAML first. Bytes are little-endian base-128
 * numbers; scalars that stand in the source as they are are slices of it. The packer and the reader
 * are of one version: the bytes never leave the library. */
#ifndef BL_DOC_PACKED_H
#define BL_DOC_PACKED_H

#include "doc/document.h"

/* Appends the tree below `root`. */
void bl_document_pack(bl_str *out, const bl_doc_node *root);

/* The tree again, its spans in `source`, whose text is the one that was packed. `packed` must live
 * as long as the tree. NULL: no memory, or the bytes are not such a tree. */
const bl_doc_node *bl_document_unpack(bylaw_str packed, const bl_source *source, bl_arena *arena);

#endif
