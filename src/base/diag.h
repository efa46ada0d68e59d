/* base/diag.h: message templates in two languages, spans of source text, and the list of
 * diagnostics.
 *
 * A sentence exists once, as a bl_msg; each layer keeps its own in a table (messages.def). A
 * template holds named parts: {name} is replaced by the argument of that name, {n|vote|votes} picks
 * by the number n. */
#ifndef BL_BASE_DIAG_H
#define BL_BASE_DIAG_H

#include "base/hash.h"
#include "base/str.h"

#include <bylaw/diag.h>

/* Where a byte of a text stands: the line it is in, counted from 0, that line's first byte, and how
 * many code points of it come before, plus one. */
typedef struct bl_landmark {
    uint32_t line, line_start, column;
} bl_landmark;

/* What is known of a long text, so that nothing of it is worked out again for each of the many
 * things that stand in it. */
typedef struct bl_survey {
    bl_landmark *marks;         /* of every BL_SURVEY_STEP-th byte */
    char sha256[BL_SHA256_HEX]; /* empty until somebody asks */
} bl_survey;

#define BL_SURVEY_STEP 4096

/* A file or an expression as it was read; spans point into its text. */
typedef struct bl_source {
    bylaw_str name;
    bylaw_str text;
    size_t first_line; /* line number of the text's first line, less one: 0 for a file */
    bl_survey *survey; /* or NULL */
} bl_source;

/* Makes the survey of a long text: to be called once, where a text may hold many things of which
 * places are told. false: no memory. */
bool bl_source_survey(bl_source *source, bl_arena *arena);
/* The SHA-256 of the text; by the thread that reads it. false: no memory. */
bool bl_source_digest(const bl_source *source, char hex[BL_SHA256_HEX]);

/* Of one file? The lines of a stream are sources of their own. */
static inline bool bl_same_file(const bl_source *a, const bl_source *b)
{
    return a == b || (a != NULL && b != NULL && bl_str_equal(a->name, b->name));
}

/* Bytes [from, to) of a source; source NULL means no place. */
typedef struct bl_span {
    const bl_source *source;
    uint32_t from, to;
} bl_span;

#define BL_NO_SPAN ((bl_span){NULL, 0, 0})

typedef struct bl_msg {
    const char *code;
    const char *in[BYLAW_LANGS]; /* zh, en */
} bl_msg;

typedef enum bl_arg_kind { BL_ARG_TEXT, BL_ARG_INT, BL_ARG_LABEL } bl_arg_kind;

typedef struct bl_arg {
    const char *name;
    bl_arg_kind kind;
    bylaw_str text;
    int64_t number;
    bylaw_label label;
} bl_arg;

#define BL_TEXT(name_, text_)   ((bl_arg){.name = (name_), .kind = BL_ARG_TEXT, .text = (text_)})
#define BL_INT(name_, n_)       ((bl_arg){.name = (name_), .kind = BL_ARG_INT, .number = (n_)})
#define BL_LABEL(name_, label_) ((bl_arg){.name = (name_), .kind = BL_ARG_LABEL, .label = (label_)})
#define BL_ARGS(...)                                                                               \
    ((const bl_arg[]){__VA_ARGS__}), (sizeof((const bl_arg[]){__VA_ARGS__}) / sizeof(bl_arg))

/* Appends the template in one language. An unknown {name} is kept as it stands (and fails the test
 * of message tables). */
void bl_msg_format(bl_str *out, const char *template_, bylaw_lang lang, const bl_arg *args,
                   size_t n);

/* Adds one diagnostic. Never fails visibly: running out of memory is remembered and returned by
 * bl_diags_status. diags may be NULL: then nothing is recorded. */
void bl_diag_add(bylaw_diags *diags, bylaw_severity severity, const bl_msg *msg, bl_span span,
                 const bl_arg *args, size_t n);

#define bl_error(diags, msg, span, ...)                                                            \
    bl_diag_add((diags), BYLAW_ERROR, (msg), (span), BL_ARGS(__VA_ARGS__))
#define bl_error0(diags, msg, span) bl_diag_add((diags), BYLAW_ERROR, (msg), (span), NULL, 0)
#define bl_warn(diags, msg, span, ...)                                                             \
    bl_diag_add((diags), BYLAW_WARNING, (msg), (span), BL_ARGS(__VA_ARGS__))

/* BYLAW_ENOMEM if an addition failed, BYLAW_EINPUT if there are errors beyond the first `known`,
 * else OK. */
bylaw_status bl_diags_status(const bylaw_diags *diags, size_t known_errors);
/* The hook that the list takes its memory from: also for what is made of it. */
const bylaw_allocator *bl_diags_allocator(const bylaw_diags *diags);
/* Puts the entries from index `from` in order of file, line and column; stable. Of equal ones at
 * one place the first is kept. */
void bl_diags_sort(bylaw_diags *diags, size_t from);

/* Line (from 1) and column (from 1, code points) of a byte offset. */
typedef struct bl_place {
    size_t line, column;
} bl_place;
bl_place bl_place_of(const bl_source *source, uint32_t offset);
/* The whole line that holds `offset`, without its end. */
bylaw_str bl_line_of(const bl_source *source, uint32_t offset);

#endif
