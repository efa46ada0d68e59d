/* expr/lexer.h: the text of an expression as tokens.
 *
 * A token that is slightly wrong (a full-width sign, one `=`, a bad escape) is reported and handed
 * on as what was meant, so that the rest of the expression is still understood. */
#ifndef BL_EXPR_LEXER_H
#define BL_EXPR_LEXER_H

#include "expr/report.h"

typedef enum bl_token_kind {
    BL_TOK_END,
    BL_TOK_BAD,     /* already reported: what it was meant to be cannot be told */
    BL_TOK_NAME,    /* text: the name */
    BL_TOK_FOREIGN, /* text: a word of other letters than ASCII's, such as 到会 */
    BL_TOK_QUOTED,  /* text: what stands between backticks */
    BL_TOK_LITERAL, /* value: number, text, bytes, true, false, null */
    BL_TOK_IN,
#define BL_SIGN(name, text) BL_TOK_##name,
#include "expr/grammar.def"
#undef BL_SIGN
    BL_TOK__COUNT
} bl_token_kind;

typedef struct bl_token {
    bl_token_kind kind;
    uint32_t from, to; /* bytes of the expression */
    bylaw_str text;
    bl_value value;
    bool told;        /* something about it was reported: nothing more is said at this place */
    bool broken;      /* so much so that its value means nothing */
    bool needs_minus; /* the number 9223372036854775808: fits only as -9223372036854775808 */
} bl_token;

typedef struct bl_lexer {
    bylaw_str text; /* valid UTF-8, shorter than 4 GiB */
    size_t at;
    bl_arena *arena;
    bl_report *report;
    bool failed; /* no memory */
} bl_lexer;

bl_token bl_lexer_next(bl_lexer *lexer);
/* How a kind of token is shown: "&&"; empty where it has many spellings. */
bylaw_str bl_token_sign(bl_token_kind kind);

#endif
