/* text/regex_tree.h: what regex_parse.c hands to regex.c: a pattern as a tree. */
#ifndef BL_TEXT_REGEX_TREE_H
#define BL_TEXT_REGEX_TREE_H

#include "text/unicode.h"

#define BL_REGEX_MAX_DEPTH  200  /* groups within groups; bounds the C stack */
#define BL_REGEX_MAX_REPEAT 1000 /* as RE2 */

/* A range of code points, or a Unicode property. */
typedef struct bl_class_item {
    uint32_t first, last;
    bl_property property;
    bool is_property;
    bool negated;
} bl_class_item;

typedef struct bl_class {
    bl_class_item *items;
    size_t count, room;
    bool negated;
    bool fold; /* upper and lower case alike */
} bl_class;

typedef enum bl_regex_op {
    BL_RE_EMPTY,
    BL_RE_CHAR,
    BL_RE_CLASS,
    BL_RE_CONCAT, /* children one after the other */
    BL_RE_CHOICE, /* one of the children */
    BL_RE_REPEAT, /* the child, min to max times; max < 0: no end */
    BL_RE_TEXT_BEGIN,
    BL_RE_TEXT_END,
    BL_RE_LINE_BEGIN,
    BL_RE_LINE_END,
    BL_RE_WORD_EDGE,
    BL_RE_NO_WORD_EDGE
} bl_regex_op;

typedef struct bl_regex_node {
    bl_regex_op op;
    uint32_t cp;           /* CHAR */
    const bl_class *class; /* CLASS */
    int min, max;          /* REPEAT */
    struct bl_regex_node *child, *next;
} bl_regex_node;

bylaw_status bl_regex_parse(bl_regex_node **out, bl_arena *arena, bylaw_str pattern);

#endif
