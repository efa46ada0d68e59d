/* expr/parser.h: what the parts of the parser share: parser.c (the grammar), parse_macros.c (calls
 * that are macros). */
#ifndef BL_EXPR_PARSER_H
#define BL_EXPR_PARSER_H

#include "expr/ast.h"
#include "expr/lexer.h"
#include "expr/syntax.h"

typedef struct bl_parser {
    bl_lexer lexer;
    bl_token token;          /* not yet consumed */
    uint32_t last_to;        /* end of the last consumed token */
    bool last_told;          /* something was said about it */
    bl_arena *trees, *arena; /* of nodes; of values and made-up names */
    unsigned options;
    const bl_limits *limits;
    bl_report *report;
    uint32_t depth, nodes;
    bool stopped;   /* limit or memory: the text seems to end here */
    bl_syntax none; /* stands for every node once stopped */
} bl_parser;

/* Makes the rest of the text look like its end: memory ran out, or a limit was reached. */
void bl_parser_stop(bl_parser *p);

/* Makes a call a macro where it has the form of one. */
void bl_become_macro(bl_parser *p, bl_syntax *call);

#endif
