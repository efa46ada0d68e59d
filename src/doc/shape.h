/* doc/shape.h: table-driven reading of a mapping into a struct.
 *
 *     static const bl_key norm_keys[] = {
 *         {"id", BL_REQUIRED, bl_read_text, offsetof(norm, id)},
 *         {"modality", BL_REQUIRED, read_modality, offsetof(norm, modality)},
 *         {NULL, 0, NULL, 0}};
 *     bl_shape_read(&reader, node, what, norm_keys, norm);
 *
 * Reads every key it can, reports every key it cannot: unknown keys with the nearest known one,
 * missing required keys at the mapping's own place. A key that is left empty counts as absent. */
#ifndef BL_DOC_SHAPE_H
#define BL_DOC_SHAPE_H

#include "doc/document.h"

typedef struct bl_reader {
    bl_arena *arena;
    bylaw_diags *diags;
    void *context;          /* of the layer above */
    const bl_doc_node *key; /* the key whose value is being read, for messages; NULL outside */
    bool failed;            /* memory ran out */
} bl_reader;

/* Reads `node` into `slot`; adds a diagnostic and returns false when it cannot. `node` is never
 * empty. */
typedef bool bl_read_fn(bl_reader *reader, const bl_doc_node *node, void *slot);

enum { BL_OPTIONAL_KEY = 0, BL_REQUIRED = 1 };

typedef struct bl_key {
    const char *name;
    unsigned flags;
    bl_read_fn *read;
    size_t offset;
} bl_key;

/* false when something was wrong (diagnostics added). `what` names the mapping in messages. */
bool bl_shape_read(bl_reader *reader, const bl_doc_node *node, bylaw_label what, const bl_key *keys,
                   void *out);

/* Is it a mapping, a list, a scalar that is not left empty? Else tells what was wanted; false. A
 * full-width colon that kept a mapping from being one is told as such. */
bool bl_want_map(bl_reader *reader, const bl_doc_node *node);
bool bl_want_list(bl_reader *reader, const bl_doc_node *node);
bool bl_want_text(bl_reader *reader, const bl_doc_node *node);

/* Was this scalar, standing where a mapping or list is wanted, meant to be one, but for a
 * full-width colon or bracket, or a missing blank? Then that is told, and true. */
bool bl_doc_near_miss(bl_arena *arena, bylaw_diags *diags, const bl_doc_node *node);

/* Tells an unknown key, with the nearest of the known names (ending with NULL). For mappings whose
 * keys are not in a table, see bl_map_nearest. */
void bl_unknown_key(bl_reader *reader, const bl_doc_node *key, bylaw_str nearest);

/* Readers of common slots. */
bl_read_fn bl_read_text;  /* bylaw_str, not empty */
bl_read_fn bl_read_bool;  /* bool: true false yes no 是 否 */
bl_read_fn bl_read_label; /* bylaw_label: {zh, en}, both */
bl_read_fn bl_read_node;  /* const bl_doc_node *, as it is */

#endif
