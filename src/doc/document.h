/* doc/document.h: a YAML or JSON text as a tree of nodes with spans, and its limits.
 *
 * Scalars keep their text as written (after escapes and folding); what they mean is decided by the
 * type that the reader expects (doc/shape.h), never by YAML's guess. */
#ifndef BL_DOC_DOCUMENT_H
#define BL_DOC_DOCUMENT_H

#include "base/diag.h"

typedef enum bl_node_shape { BL_DOC_SCALAR, BL_DOC_SEQ, BL_DOC_MAP } bl_node_shape;

typedef struct bl_doc_pair bl_doc_pair;

typedef struct bl_doc_node {
    bl_node_shape shape;
    bool quoted; /* scalar: '…' or "…" or a block: cannot mean "left empty" or none */
    bool exact;  /* scalar: byte i of text is byte span.from + offset + i of the source */
    bool number; /* scalar of JSON: written as a number; true, false, null of JSON are plain scalars
                  */
    uint32_t inner; /* bytes between span.from and the first byte of the text (an opening quote) */
    bl_span span;   /* of a map or sequence: from its first to its last byte */
    bylaw_str text;
    const struct bl_doc_node *const *items; /* sequence */
    const bl_doc_pair *pairs;               /* map, keys unique, in order of the text */
    size_t count;                           /* items or pairs */
} bl_doc_node;

struct bl_doc_pair {
    const bl_doc_node *key; /* always a scalar */
    const bl_doc_node *value;
};

typedef struct bl_doc_limits {
    size_t bytes;  /* of a file: 64 MiB */
    size_t depth;  /* nesting: 100 */
    size_t nodes;  /* after aliases are expanded: 5,000,000 */
    size_t scalar; /* bytes of one scalar: 1 MiB */
    size_t errors; /* mistakes told per file: 100, then one that says that there are more */
} bl_doc_limits;
extern const bl_doc_limits bl_doc_limits_default;

/* All documents of a text. An alias is the same node again (counted each time against `nodes`). */
typedef struct bl_document {
    const bl_source *source;
    const bl_doc_node *const *roots; /* one a document; an empty document has a NULL root */
    size_t count;
} bl_document;

typedef enum bl_doc_format { BL_DOC_YAML, BL_DOC_JSON, BL_DOC_BY_NAME } bl_doc_format;

/* Reads all of `source` (which must outlive the document) into the arena. BY_NAME: JSON when the
 * source's name ends in .json, else YAML. limits NULL: the default. BYLAW_EINPUT  not UTF-8, does
 * not parse, duplicate key, anchor unknown, key not a scalar …; all in diags BYLAW_ELIMIT  a limit
 * was reached; in diags */
bylaw_status bl_document_read(bl_document *out, const bl_source *source, bl_doc_format format,
                              const bl_doc_limits *limits, bl_arena *arena, bylaw_diags *diags);

/* The value under a key, or NULL. */
const bl_doc_node *bl_doc_get(const bl_doc_node *map, const char *key);
/* The key node itself, for its place. */
const bl_doc_pair *bl_doc_pair_of(const bl_doc_node *map, const char *key);
/* Left empty: `key:` or `key: ~` (unquoted). JSON null too. NULL counts as empty. */
bool bl_doc_is_empty(const bl_doc_node *node);

#endif
