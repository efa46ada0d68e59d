/* doc/yaml_hint.c: see yaml_hint.h. libyaml stops at the first mistake and tells it in the words of
 * its grammar. What people slip on is looked for first (yaml_slip.c); what is left is translated
 * here, sentence by sentence. */
#include "doc/yaml_hint.h"

#include "doc/yaml_line.h"

#include <stdio.h>
#include <string.h>

/* What libyaml says, and what it means: the first row whose texts fit and whose function, where
 * there is one, does not pass it on. */
typedef bool tell_fn(bl_hint *hint); /* false: the next row, please */

static bl_span one_char(const bl_hint *hint, size_t at)
{
    size_t to = at;

    if (to < hint->text.len && hint->text.ptr[to] != '\n')
        to++;
    while (to < hint->text.len && ((unsigned char)hint->text.ptr[to] & 0xC0) == 0x80)
        to++;
    return bl_build_span(hint->build, at < hint->text.len ? at : hint->text.len, to);
}

static char char_at(const bl_hint *hint, size_t at)
{
    return at < hint->text.len ? hint->text.ptr[at] : '\0';
}

static size_t start_of(const bl_hint *hint)
{
    return hint->trouble->from != BL_NOWHERE ? hint->trouble->from : hint->trouble->at;
}

static bool tell_tab(bl_hint *hint)
{
    const size_t at = bl_skip_blanks(hint->text, bl_line_from(hint->text, hint->trouble->at));

    if (char_at(hint, at) != '\t' && char_at(hint, hint->trouble->at) != '\t')
        return false;
    bl_build_tell0(hint->build, TAB,
                   one_char(hint, char_at(hint, at) == '\t' ? at : hint->trouble->at));
    return true;
}

/* A colon in a line of its own: not that one is too many, but the line stands too far right. */
static bool tell_indent(bl_hint *hint)
{
    const size_t from = bl_line_from(hint->text, hint->trouble->at);
    const bylaw_str line = bl_str_slice(hint->text, from, bl_line_to(hint->text, from));
    const size_t key = bl_skip_dashes(line);

    if (from == 0 || !bl_is_name(bl_str_slice(hint->text, from + key, hint->trouble->at)) ||
        (hint->trouble->flow != BL_NOWHERE))
        return false;
    bl_build_tell0(hint->build, BAD_INDENT, one_char(hint, from + bl_skip_blanks(line, 0)));
    return true;
}

static bool tell_open_bracket(bl_hint *hint)
{
    const size_t flow = hint->trouble->flow;

    if (flow == BL_NOWHERE)
        return false;
    const bool list = char_at(hint, flow) == '[';
    const bl_place place = bl_place_of(hint->build->source, (uint32_t)flow);
    const bool same_line =
        bl_line_from(hint->text, hint->trouble->at) == bl_line_from(hint->text, flow);

    bl_build_tell(
        hint->build, OPEN_BRACKET,
        one_char(hint, same_line && hint->trouble->at < hint->text.len ? hint->trouble->at : flow),
        BL_TEXT("open", list ? BYLAW_STR("[") : BYLAW_STR("{")),
        BL_TEXT("close", list ? BYLAW_STR("]") : BYLAW_STR("}")),
        BL_INT("line", (int64_t)place.line));
    return true;
}

static bool tell_open_quote(bl_hint *hint)
{
    const size_t from = start_of(hint);
    const bl_place place = bl_place_of(hint->build->source, (uint32_t)from);

    bl_build_tell(hint->build, OPEN_QUOTE, one_char(hint, from),
                  BL_INT("line", (int64_t)place.line));
    return true;
}

/* A closing bracket or comma where a value should begin. */
static bool tell_no_content(bl_hint *hint)
{
    const char c = char_at(hint, hint->trouble->at);
    const bl_span span = one_char(hint, hint->trouble->at);

    if (c == '\0')
        return tell_open_bracket(hint);
    if (c == ']' || c == '}')
        bl_build_tell(hint->build, STRAY_CLOSE, span, BL_TEXT("char", ((bylaw_str){&c, 1})));
    else if (c == ',' && hint->trouble->flow != BL_NOWHERE)
        bl_build_tell0(hint->build, EXTRA_COMMA, span);
    else if (hint->trouble->flow != BL_NOWHERE)
        return tell_open_bracket(hint);
    else
        bl_build_tell(hint->build, BAD_START, span, BL_TEXT("char", ((bylaw_str){&c, 1})));
    return true;
}

static bool tell_bad_start(bl_hint *hint)
{
    const char c = char_at(hint, hint->trouble->at);

    bl_build_tell(hint->build, BAD_START, one_char(hint, hint->trouble->at),
                  BL_TEXT("char", ((bylaw_str){&c, 1})));
    return true;
}

/* `a: "x" y`: what stands before the trouble on its line ends with a quote or bracket. */
static bool tell_text_after(bl_hint *hint)
{
    const size_t at = hint->trouble->at;
    const size_t from = bl_line_from(hint->text, at);
    const bylaw_str before = bl_str_trim(bl_str_slice(hint->text, from, at));

    const size_t value = bl_value_at(bl_str_slice(hint->text, from, at));

    /* `*x == 1`: that there is no such anchor was told already. */
    if (char_at(hint, from + value) == '*' && hint->build->status == BYLAW_EINPUT)
        return true;
    if (before.len == 0 ||
        (strchr("\"'}]", before.ptr[before.len - 1]) == NULL && char_at(hint, from + value) != '*'))
        return false;
    const char c = char_at(hint, at);

    if (c == ']' || c == '}')
        return tell_no_content(hint);
    bl_build_tell0(hint->build, TEXT_AFTER, one_char(hint, at));
    return true;
}

static bool tell_stray_close(bl_hint *hint)
{
    const char c = char_at(hint, hint->trouble->at);

    return (c == ']' || c == '}') && tell_no_content(hint);
}

static bool tell_no_key(bl_hint *hint)
{
    if (char_at(hint, hint->trouble->at) != ':')
        return false;
    bl_build_tell0(hint->build, KEY_EMPTY, one_char(hint, hint->trouble->at));
    return true;
}

/* Behind "..." or a directive; anywhere else the line merely stands too far left. */
static bool tell_document_start(bl_hint *hint)
{
    size_t from = bl_line_from(hint->text, hint->trouble->at);

    while (from > 0) {
        const size_t above = bl_line_from(hint->text, from - 1);
        const bylaw_str line = bl_str_trim(bl_str_slice(hint->text, above, from - 1));

        from = above;
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (line.ptr[0] != '%' && !bl_str_is(line, "..."))
            return false;
        bl_build_tell0(hint->build, NO_DOCUMENT_START, one_char(hint, hint->trouble->at));
        return true;
    }
    return false;
}

static bool tell_stray_dash(bl_hint *hint)
{
    if (char_at(hint, hint->trouble->at) != '-')
        return false;
    bl_build_tell0(hint->build, STRAY_DASH, one_char(hint, hint->trouble->at));
    return true;
}

static bool tell_tag(bl_hint *hint)
{
    bl_yaml_tell_tag(hint->build, hint->text, start_of(hint), hint->trouble->flow != BL_NOWHERE);
    return true;
}

static bool tell_control(bl_hint *hint)
{
    const bl_span span = one_char(hint, hint->trouble->at);
    char code[8];
    uint32_t cp = 0;

    for (size_t i = span.from; i < span.to; i++) {
        const uint32_t byte = (unsigned char)hint->text.ptr[i];

        cp = i > span.from ? cp << 6 | (byte & 0x3F) : byte < 0xC0 ? byte : byte & 0x1F;
    }
    snprintf(code, sizeof code, "%04X", (unsigned)(cp & 0xFFFF));
    bl_build_tell(hint->build, CONTROL_CHAR, span, BL_TEXT("code", bylaw_str_from(code)));
    return true;
}

enum { AT, FROM };

static const struct saying {
    const char *problem; /* libyaml's sentence; NULL: any */
    const char *context; /* how libyaml's context begins; NULL: any */
    tell_fn *tell;       /* or: */
    bl_doc_msg msg;
    int where;
} sayings[] = {
    {NULL, NULL, tell_tab, 0, 0},
    {"could not find expected ':'", NULL, NULL, BL_DOC_NO_COLON, FROM},
    {"mapping values are not allowed in this context", NULL, tell_indent, 0, 0},
    {"mapping values are not allowed in this context", NULL, NULL, BL_DOC_STRAY_COLON, AT},
    {"found unexpected ':'", NULL, NULL, BL_DOC_STRAY_COLON, AT},
    {"block sequence entries are not allowed in this context", NULL, NULL, BL_DOC_STRAY_DASH, AT},
    {"mapping keys are not allowed in this context", NULL, NULL, BL_DOC_STRAY_QUESTION, AT},
    {"found character that cannot start any token", NULL, tell_bad_start, 0, 0},
    {"did not find expected key", NULL, tell_text_after, 0, 0},
    {"did not find expected key", NULL, tell_stray_close, 0, 0},
    {"did not find expected key", NULL, tell_stray_dash, 0, 0},
    {"did not find expected key", NULL, tell_no_key, 0, 0},
    {"did not find expected key", NULL, NULL, BL_DOC_BAD_INDENT, AT},
    {"did not find expected '-' indicator", NULL, tell_text_after, 0, 0},
    {"did not find expected '-' indicator", NULL, tell_stray_close, 0, 0},
    {"did not find expected '-' indicator", NULL, NULL, BL_DOC_LIST_OR_MAPPING, AT},
    {"did not find expected ',' or ']'", NULL, tell_open_bracket, 0, 0},
    {"did not find expected ',' or '}'", NULL, tell_open_bracket, 0, 0},
    {"did not find expected node content", NULL, tell_no_content, 0, 0},
    {"did not find expected <document start>", NULL, tell_text_after, 0, 0},
    {"did not find expected <document start>", NULL, tell_stray_close, 0, 0},
    {"did not find expected <document start>", NULL, tell_document_start, 0, 0},
    {"did not find expected <document start>", NULL, NULL, BL_DOC_BAD_INDENT, AT},
    {"found unexpected end of stream", NULL, tell_open_quote, 0, 0},
    {"found unexpected document indicator", NULL, tell_open_quote, 0, 0},
    {"found unknown escape character", NULL, NULL, BL_DOC_BAD_ESCAPE, AT},
    {"did not find expected hexdecimal number", NULL, NULL, BL_DOC_BAD_ESCAPE_CODE, AT},
    {"found invalid Unicode character escape code", NULL, NULL, BL_DOC_BAD_ESCAPE_CODE, AT},
    {"did not find expected alphabetic or numeric character", "while scanning an", NULL,
     BL_DOC_BAD_ANCHOR, FROM},
    {NULL, "while scanning a block scalar", NULL, BL_DOC_BLOCK_HEADER, AT},
    {NULL, "while scanning a tag", tell_tag, 0, 0},
    {NULL, "while parsing a tag", tell_tag, 0, 0},
    {"found undefined tag handle", NULL, tell_tag, 0, 0},
    {"found incompatible YAML document", NULL, NULL, BL_DOC_BAD_DIRECTIVE, AT},
    {"found duplicate %YAML directive", NULL, NULL, BL_DOC_BAD_DIRECTIVE, AT},
    {"found duplicate %TAG directive", NULL, NULL, BL_DOC_BAD_DIRECTIVE, AT},
    {NULL, "while scanning a directive", NULL, BL_DOC_BAD_DIRECTIVE, FROM},
    {NULL, "while scanning a %", NULL, BL_DOC_BAD_DIRECTIVE, FROM},
    {NULL, "while parsing a %", NULL, BL_DOC_BAD_DIRECTIVE, FROM},
    {"control characters are not allowed", NULL, tell_control, 0, 0},
};

static bool says(const struct saying *saying, const bl_yaml_trouble *trouble)
{
    if (saying->problem != NULL &&
        (trouble->problem == NULL || strcmp(saying->problem, trouble->problem) != 0))
        return false;
    return saying->context == NULL ||
           (trouble->context != NULL &&
            strncmp(saying->context, trouble->context, strlen(saying->context)) == 0);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): what is mended is written into the text */
bool bl_yaml_explain(bl_build *build, char *text, const bl_yaml_trouble *trouble)
{
    bl_hint hint = {build, text, {text, build->source->text.len}, trouble};

    const bl_slip_result slipped = bl_yaml_find_slip(&hint);

    if (slipped != BL_NO_SLIP)
        return slipped == BL_SLIP_MENDED && !bl_build_over(build);
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
        const struct saying *saying = &sayings[i];

        if (!says(saying, trouble))
            continue;
        if (saying->tell != NULL) {
            if (saying->tell(&hint))
                return false;
            continue;
        }
        bl_build_error(build, &bl_doc_messages[saying->msg],
                       one_char(&hint, saying->where == AT ? trouble->at : start_of(&hint)), NULL,
                       0);
        return false;
    }
    bl_build_tell(build, YAML_OTHER, one_char(&hint, trouble->at),
                  BL_TEXT("detail", bylaw_str_from(trouble->problem)));
    return false;
}
