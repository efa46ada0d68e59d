/* doc/build.h: what the two readers share: making nodes within the limits, gathering children,
 * refusing duplicate keys, and telling mistakes once. Used inside this layer only. */
#ifndef BL_DOC_BUILD_H
#define BL_DOC_BUILD_H

#include "base/vec.h"
#include "doc/document.h"
#include "doc/messages.h"

/* Those of bylaw_limits that hold for a text, looked up once. */
typedef struct bl_doc_limits {
    size_t bytes, depth, nodes, scalar, errors, anchors;
} bl_doc_limits;

typedef struct bl_build {
    const bl_source *source;
    bl_doc_limits limits;
    bl_arena *arena;  /* of the document */
    bl_arena scratch; /* of the reading alone */
    bylaw_diags *diags;
    BL_VEC(const bl_doc_node *) stack; /* children of what is open, and keys before their values */
    BL_VEC(uint64_t) told;             /* place and message of what has been told */
    size_t nodes;                      /* so far, aliases expanded */
    bylaw_status status; /* the gravest so far: ENOMEM and ELIMIT end the reading at once */
} bl_build;

void bl_build_init(bl_build *build, const bl_source *source, const bylaw_limits *limits,
                   bl_arena *arena, bylaw_diags *diags);
void bl_build_dispose(bl_build *build);

bl_span bl_build_span(const bl_build *build, size_t from, size_t to);

/* Tells a mistake of the input, unless the same was told at the same place before (the YAML reader
 * reads a text again after a mistake that it can step over). Reading may go on. */
void bl_build_error(bl_build *build, const bl_msg *msg, bl_span span, const bl_arg *args, size_t n);
/* Tells that a limit is reached and ends the reading. */
void bl_build_limit(bl_build *build, const bl_msg *msg, bl_span span, size_t size, size_t most);
/* Ends the reading: memory ran out. */
void bl_build_no_memory(bl_build *build);
/* Must the reading end now? */
bool bl_build_over(const bl_build *build);

#define bl_build_tell(build, name, span, ...)                                                      \
    bl_build_error((build), BL_DOC_MSG(name), (span), BL_ARGS(__VA_ARGS__))
#define bl_build_tell0(build, name, span) bl_build_error((build), BL_DOC_MSG(name), (span), NULL, 0)

/* A new node, counted; NULL when the reading must end. */
bl_doc_node *bl_build_node(bl_build *build, bl_node_shape shape, bl_span span);
/* Counts `more` nodes that an alias stands for. */
void bl_build_count(bl_build *build, size_t more, bl_span span);

/* Children are pushed (NULL is skipped by the makers: that child was told already), then taken from
 * the stack's height before the first of them. */
bool bl_build_push(bl_build *build, const bl_doc_node *node);
void bl_build_items(bl_build *build, bl_doc_node *seq, size_t base);
/* key, value, key, value …; duplicate keys are told and left out. */
void bl_build_pairs(bl_build *build, bl_doc_node *map, size_t base);

#endif
