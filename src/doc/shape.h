/* doc/shape.h: table-driven reading of a mapping into a struct.
 *
 *     static const bl_key norm_keys[] = {
 *         {"id", BL_REQUIRED, read_text, offsetof(norm, id)},
 *         {"modality", BL_REQUIRED, read_modality, offsetof(norm, modality)},
 *         {NULL, 0, NULL, 0}};
 *     bl_shape_read(&reader, node, BYLAW_STR("norm"), norm_keys, norm);
 *
 * Reads every key it can, reports every key it cannot: unknown keys with the nearest known one,
 * missing required keys at the mapping's own place. */
#ifndef BL_DOC_SHAPE_H
#define BL_DOC_SHAPE_H

#include "doc/document.h"

typedef struct bl_reader {
    bl_arena *arena;
    bylaw_diags *diags;
    void *context; /* of the layer above */
    bool failed;   /* memory ran out */
} bl_reader;

/* Reads `node` into `slot`; adds a diagnostic and returns false when it cannot. */
typedef bool bl_read_fn(bl_reader *reader, const bl_doc_node *node, void *slot);

enum { BL_OPTIONAL_KEY = 0, BL_REQUIRED = 1 };

typedef struct bl_key {
    const char *name;
    unsigned flags;
    bl_read_fn *read;
    size_t offset;
} bl_key;

/* false when something was wrong (diagnostics added). `what` names the mapping in messages: {zh,
 * en}. */
bool bl_shape_read(bl_reader *reader, const bl_doc_node *node, bylaw_label what, const bl_key *keys,
                   void *out);

/* Readers of common slots. */
bool bl_read_text(bl_reader *reader, const bl_doc_node *node, void *bylaw_str_slot); /* not empty */
bool bl_read_bool(bl_reader *reader, const bl_doc_node *node,
                  void *bool_slot); /* true false yes no 是 否 */
bool bl_read_label(bl_reader *reader, const bl_doc_node *node,
                   void *bylaw_label_slot); /* {zh, en}, both */
bool bl_read_node(bl_reader *reader, const bl_doc_node *node,
                  void *node_pointer_slot); /* as it is */

#endif
