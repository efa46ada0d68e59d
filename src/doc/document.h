/* doc/document.h: a YAML or JSON text as a tree of nodes with spans, and its limits.
 *
 * Scalars keep their text as written (after escapes and folding); what they mean is decided by the
 * type that the reader expects (doc/shape.h), never by YAML's guess. */
#ifndef BL_DOC_DOCUMENT_H
#define BL_DOC_DOCUMENT_H

#include "base/diag.h"

#include <bylaw/limits.h>

typedef enum bl_node_shape { BL_DOC_SCALAR, BL_DOC_SEQ, BL_DOC_MAP } bl_node_shape;

typedef struct bl_doc_pair bl_doc_pair;

typedef struct bl_doc_node {
    uint8_t shape; /* bl_node_shape */
    bool quoted;   /* scalar: '…' or "…" or a block: cannot mean "left empty" or none */
    bool exact;    /* scalar: byte i of text is byte span.from + offset + i of the source */
    bool number; /* scalar of JSON: written as a number; true, false, null of JSON are plain scalars
                  */
    uint32_t inner; /* bytes between span.from and the first byte of the text (an opening quote) */
    bl_span span;   /* of a map or sequence: from its first to its last byte */
    bylaw_str text;
    union {
        const struct bl_doc_node *const *items; /* sequence */
        const bl_doc_pair *pairs;               /* map, keys unique, in order of the text */
    };
    size_t count; /* items or pairs */
} bl_doc_node;

struct bl_doc_pair {
    const bl_doc_node *key; /* always a scalar */
    const bl_doc_node *value;
};

/* All documents of a text. An alias is the same node again (counted each time against `nodes`). A
 * file without any content, or with comments only, has count 0. */
typedef struct bl_document {
    const bl_source *source;
    const bl_doc_node *const *roots; /* one a document; an empty document has a NULL root */
    size_t count;
} bl_document;

/* BY_NAME: JSON when the source's name ends in .json, JSON lines when in .jsonl or .ndjson, else
 * YAML. */
typedef enum bl_doc_format {
    BL_DOC_YAML,
    BL_DOC_JSON,  /* exactly one value */
    BL_DOC_JSONL, /* any number of values, one after the other */
    BL_DOC_BY_NAME
} bl_doc_format;

/* Reads all of `source` (which must outlive the document: texts are slices of it) into the arena.
 * limits NULL: the defaults. Diagnostics come in order of place.
 *
 *  BYLAW_EINPUT  not UTF-8, does not parse, duplicate key, unknown alias, key not a scalar …
 *  BYLAW_ELIMIT  a limit was reached
 *  both told in diags; *out is untouched on failure */
bylaw_status bl_document_read(bl_document *out, const bl_source *source, bl_doc_format format,
                              const bylaw_limits *limits, bl_arena *arena, bylaw_diags *diags);

/* Reads one JSON value of a stream: from byte *at of the source, which moves behind the value and
 * the blanks that follow. A source may be one line of a file (its first_line says which), so that a
 * stream of any length takes the memory of its longest line. *out is NULL where only blanks were
 * left. */
bylaw_status bl_document_next(const bl_doc_node **out, const bl_source *source, size_t *at,
                              const bylaw_limits *limits, bl_arena *arena, bylaw_diags *diags);

/* The value under a key, or NULL. */
const bl_doc_node *bl_doc_get(const bl_doc_node *map, const char *key);
/* The pair itself, for the place of its key. */
const bl_doc_pair *bl_doc_pair_of(const bl_doc_node *map, const char *key);
/* Left empty: `key:`, `key: ~` or `key: null` (unquoted), also in JSON. NULL counts as empty. */
bool bl_doc_is_empty(const bl_doc_node *node);
/* Where to point at a node: a scalar's place, the first line of anything longer. */
bl_span bl_doc_place(const bl_doc_node *node);
/* The place of bytes [from, to) of a scalar's text (of an expression, say): exact where the text
 * stands in the source as it is, else the scalar's. */
bl_span bl_doc_part(const bl_doc_node *scalar, size_t from, size_t to);

/* The version of the YAML library, e.g. "0.2.5". Static. */
const char *bl_yaml_version(void);

#endif
