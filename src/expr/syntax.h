/* expr/syntax.h: an expression as its author wrote it: a tree of names, literals, calls and macros.
 *
 * Nothing is resolved yet. Parentheses are not kept; the printer puts them where they are needed.
 * The nodes point into the text, which must live as long. */
#ifndef BL_EXPR_SYNTAX_H
#define BL_EXPR_SYNTAX_H

#include "expr/report.h"

typedef enum bl_syntax_kind {
    BL_SYN_BAD,     /* already reported */
    BL_SYN_LITERAL, /* value */
    BL_SYN_NAME,    /* name; ROOTED: with a leading dot */
    BL_SYN_SELECT,  /* child.name; OPTIONAL: child.?name */
    BL_SYN_INDEX,   /* child[child]; OPTIONAL: child[?child] */
    BL_SYN_CALL,    /* name(children); MEMBER: the first is the receiver; ROOTED */
    BL_SYN_BINARY,  /* child op child; name is the function: _+_ */
    BL_SYN_NOT,     /* !child */
    BL_SYN_NEGATE,  /* -child */
    BL_SYN_AND,     /* two or more children */
    BL_SYN_OR,      /* two or more children */
    BL_SYN_COND,    /* child ? child : child */
    BL_SYN_LIST,    /* children; OPTIONAL on those with ? */
    BL_SYN_MAP,     /* key, value, key, value …; OPTIONAL on the keys with ? */
    BL_SYN_MACRO    /* receiver if any, variables as NAMEs, then the other arguments */
} bl_syntax_kind;

enum {
    BL_SYN_OPTIONAL = 1, /* SELECT, INDEX: their `?` form */
    BL_SYN_ROOTED = 2,
    BL_SYN_MEMBER = 4,
    BL_SYN_FOREIGN = 8,   /* NAME: not in ASCII letters */
    BL_SYN_ENTRY = 16,    /* element of a list, key of a map: written with ? */
    BL_SYN_GENERATED = 32 /* NAME: cel.index, cel.iterVar, cel.accuVar; the name is @index0, … */
};

typedef struct bl_syntax {
    uint8_t kind;  /* bl_syntax_kind */
    uint8_t flags; /* BL_SYN_… */
    uint8_t op;    /* BINARY: index in bl_operators; MACRO: in bl_macros */
    uint8_t spare;
    uint16_t height; /* 1 for a leaf */
    uint32_t from, to;
    uint32_t name_from, name_to; /* where the name or sign itself stands */
    uint32_t count;              /* of children */
    struct bl_syntax *first, *last, *next;
    bylaw_str name;
    bl_value value;
} bl_syntax;

typedef struct bl_operator {
    const char *sign;
    const char *function;
    uint8_t precedence;
    uint8_t op; /* bl_compare_op */
} bl_operator;
extern const bl_operator bl_operators[];
extern const size_t bl_operator_count;

typedef enum bl_macro_form { BL_MACRO_PLAIN, BL_MACRO_MEMBER, BL_MACRO_CEL } bl_macro_form;

typedef struct bl_macro {
    bl_macro_form form;
    const char *name;
    uint8_t arguments; /* without the receiver */
    uint8_t variables; /* the first so many of them */
    uint8_t node;      /* bl_node_kind */
    bool filtered;
    const char *usage;
} bl_macro;
extern const bl_macro bl_macros[];
extern const size_t bl_macro_count;

/* Parses the whole text: nodes into `nodes`, which are needed until the text is checked, values and
 * made-up names into `arena`, which stay; the two may be one. With mistakes there still is a tree
 * (BAD where nothing could be made of the text), so that the checker can tell more of them.
 *   BYLAW_OK      *out is the tree; report->errors says how many mistakes were told
 *   BYLAW_ELIMIT  a limit was reached and told; no tree */
bylaw_status bl_parse(bl_syntax **out, bl_arena *nodes, bl_arena *arena, unsigned options,
                      const bl_limits *limits, bl_report *report);

/* Writes the tree as text that parses to the same tree. */
void bl_syntax_write(bl_str *out, const bl_syntax *syntax);
/* Kind, names, values and shape; not places. */
bool bl_syntax_same(const bl_syntax *a, const bl_syntax *b);

#endif
