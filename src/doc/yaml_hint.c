/* doc/yaml_hint.c: see yaml_hint.h. libyaml stops at the first mistake and tells it in the words of
 * its grammar. Two tables turn that around: what people slip on is looked for in the lines at hand,
 * and what is left is translated sentence by sentence. */
#include "doc/yaml_hint.h"

#include <stdio.h>
#include <string.h>

typedef struct bl_hint {
    bl_build *build;
    char *bytes; /* to mend */
    bylaw_str text;
    const bl_yaml_trouble *trouble;
} bl_hint;

static size_t line_from(bylaw_str text, size_t at)
{
    if (at > text.len)
        at = text.len;
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_to(bylaw_str text, size_t at)
{
    const size_t end = bl_str_find(text, BYLAW_STR("\n"), at);

    return end == SIZE_MAX ? text.len : end;
}

static size_t skip_blanks(bylaw_str text, size_t at)
{
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    return at;
}

static bool blank_at(bylaw_str text, size_t at)
{
    return at >= text.len || strchr(" \t\r\n", text.ptr[at]) != NULL;
}

/* A colon that separates: followed by a blank or the end. */
static bool has_colon(bylaw_str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == ':' && blank_at(line, i + 1))
            return true;
        if (line.ptr[i] == '#' && i > 0 && blank_at(line, i - 1))
            return false;
    }
    return false;
}

/* A name as it stands before a colon: no blanks, quotes or brackets, not long. */
static bool is_name(bylaw_str text)
{
    if (text.len == 0 || text.len > 90)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (strchr(" \t\"'{}[],#&*!|>%@`", text.ptr[i]) != NULL)
            return false;
    }
    return true;
}

static bylaw_str without_comment(bylaw_str line)
{
    const size_t at = bl_str_find(line, BYLAW_STR(" #"), 0);

    return bl_str_trim(bl_str_slice(line, 0, at == SIZE_MAX ? line.len : at));
}

#define WIDE_COLON BYLAW_STR("：")

/* Blanks that are none to YAML: full-width, no-break, zero width. */
static const char *const odd_blanks[] = {"\xE3\x80\x80", "\xC2\xA0", "\xE2\x80\x8B",
                                         "\xEF\xBB\xBF"};

size_t bl_yaml_odd_blank(bylaw_str text)
{
    for (size_t i = 0; i < sizeof odd_blanks / sizeof *odd_blanks; i++) {
        if (bl_str_starts(text, bylaw_str_from(odd_blanks[i])))
            return strlen(odd_blanks[i]);
    }
    return 0;
}

static size_t behind_blanks(bylaw_str text, size_t at)
{
    size_t odd;

    for (;;) {
        at = skip_blanks(text, at);
        odd = bl_yaml_odd_blank(bl_str_slice(text, at, text.len));
        if (odd == 0)
            return at;
        at += odd;
    }
}

static size_t skip_dashes(bylaw_str line)
{
    size_t at = skip_blanks(line, 0);

    while (at + 1 < line.len && line.ptr[at] == '-' && line.ptr[at + 1] == ' ')
        at = skip_blanks(line, at + 1);
    return at;
}

/* Where the value of a line begins: behind its dashes and its key. */
static size_t value_at(bylaw_str line)
{
    const size_t from = skip_dashes(line), colon = bl_str_find(line, BYLAW_STR(": "), from);

    if (colon == SIZE_MAX || !is_name(bl_str_slice(line, from, colon)))
        return from;
    return skip_blanks(line, colon + 1);
}

bool bl_yaml_near_colon(bl_near_colon *out, bl_arena *arena, bylaw_str line)
{
    const size_t from = skip_dashes(line);
    const size_t full = bl_str_find(line, WIDE_COLON, from);
    const size_t half = bl_str_find(line, BYLAW_STR(":"), from);

    if (full != SIZE_MAX && half != SIZE_MAX && half < full && blank_at(line, half + 1))
        return false; /* the key ends before: a full-width colon in a text is nobody's mistake */

    if (full != SIZE_MAX && is_name(bl_str_slice(line, from, full)))
        *out = (bl_near_colon){full, WIDE_COLON.len, BL_DOC_MSG(WIDE_COLON), {NULL, 0}};
    else if (half != SIZE_MAX && !blank_at(line, half + 1) && line.ptr[half + 1] != '/' &&
             line.ptr[half + 1] != ':' && is_name(bl_str_slice(line, from, half)))
        *out = (bl_near_colon){half, 1, BL_DOC_MSG(NO_BLANK), {NULL, 0}};
    else
        return false;
    bl_str fixed = bl_str_init(arena);

    bl_str_add(&fixed, bl_str_slice(line, from, out->at));
    bl_str_addz(&fixed, ": ");
    bl_str_add(&fixed, without_comment(bl_str_slice(line, behind_blanks(line, out->at + out->width),
                                                    line.len)));
    if (bl_str_take(&out->fixed, &fixed) != BYLAW_OK)
        return false;
    out->fixed = bl_str_trim(out->fixed);
    return true;
}

void bl_yaml_tell_tag(bl_build *build, bylaw_str text, size_t from, bool flow)
{
    bylaw_str value = bl_str_slice(text, from, line_to(text, from));
    bl_str fixed = bl_str_init(&build->scratch);

    for (size_t i = 0; flow && i < value.len; i++) {
        if (strchr(",]}", value.ptr[i]) != NULL)
            value.len = i;
    }
    bl_str_addc(&fixed, '\'');
    bl_str_add(&fixed, without_comment(value));
    bl_str_addc(&fixed, '\'');
    if (fixed.failed)
        bl_build_no_memory(build);
    else
        bl_build_tell(build, TAG, bl_build_span(build, from, from + 1),
                      BL_TEXT("fixed", bl_str_view(&fixed)));
}

/* Makes the line a comment, keeping every offset. */
static void mask_line(bl_hint *hint, size_t from, size_t to)
{
    from = skip_blanks(hint->text, from);
    if (from < to) {
        memset(hint->bytes + from, ' ', to - from);
        hint->bytes[from] = '#';
    }
}

/* Each looks at one line of those at hand, and tells the mistake and mends the text if it can. */
typedef enum slip_result { NO_SLIP, TOLD, MENDED } slip_result;
typedef slip_result slip(bl_hint *hint, size_t from, size_t to);

static slip_result slip_colon(bl_hint *hint, size_t from, size_t to)
{
    const bylaw_str line = bl_str_slice(hint->text, from, to);
    bl_near_colon colon;

    if (!bl_yaml_near_colon(&colon, &hint->build->scratch, line))
        return NO_SLIP;
    if (colon.width == 1 && has_colon(line) &&
        strchr("{[\"'", line.ptr[colon.at + 1]) == NULL) /* a:b is a good key */
        return NO_SLIP;
    from += colon.at;
    bl_build_error(hint->build, colon.msg, bl_build_span(hint->build, from, from + colon.width),
                   BL_ARGS(BL_TEXT("fixed", colon.fixed)));
    if (colon.width > 1)
        memcpy(hint->bytes + from, ":  ", colon.width);
    else
        mask_line(hint, from - colon.at, to);
    return MENDED;
}

/* “-x” among “- y”. */
static slip_result slip_dash(bl_hint *hint, size_t from, size_t to)
{
    const bylaw_str line = bl_str_slice(hint->text, from, to);
    const size_t at = skip_blanks(line, 0);
    bl_str fixed = bl_str_init(&hint->build->scratch);

    if (at >= line.len || line.ptr[at] != '-' || blank_at(line, at + 1) || line.ptr[at + 1] == '-')
        return NO_SLIP;
    bl_str_addz(&fixed, "- ");
    bl_str_add(&fixed, without_comment(bl_str_slice(line, at + 1, line.len)));
    if (fixed.failed) {
        bl_build_no_memory(hint->build);
        return NO_SLIP;
    }
    bl_build_tell(hint->build, NO_BLANK_DASH, bl_build_span(hint->build, from + at, from + at + 1),
                  BL_TEXT("fixed", bl_str_view(&fixed)));
    mask_line(hint, from, to);
    return MENDED;
}

/* Full-width marks inside brackets. */
static const struct wide_mark {
    const char *wide, *half;
    bl_doc_msg msg;
} wide_marks[] = {
    {"，", ",  ", BL_DOC_WIDE_COMMA},   {"：", ":  ", BL_DOC_WIDE_COLON},
    {"｛", "{  ", BL_DOC_WIDE_BRACKET}, {"｝", "}  ", BL_DOC_WIDE_BRACKET},
    {"［", "[  ", BL_DOC_WIDE_BRACKET}, {"］", "]  ", BL_DOC_WIDE_BRACKET},
    {"【", "[  ", BL_DOC_WIDE_BRACKET}, {"】", "]  ", BL_DOC_WIDE_BRACKET},
};

bylaw_str bl_yaml_near_bracket(bylaw_str text)
{
    for (size_t i = 0; i < sizeof wide_marks / sizeof *wide_marks; i++) {
        if (wide_marks[i].msg == BL_DOC_WIDE_BRACKET &&
            bl_str_starts(text, bylaw_str_from(wide_marks[i].wide)))
            return bl_str_trim(bylaw_str_from(wide_marks[i].half));
    }
    return (bylaw_str){NULL, 0};
}

/* Where brackets, half or full-width, begin in this line; `to` where they do not. */
static size_t flow_in_line(const bl_hint *hint, size_t from, size_t to)
{
    const size_t flow = hint->trouble->flow;

    if (flow != BL_NOWHERE)
        return from > flow ? from : flow;
    const bylaw_str line = bl_str_slice(hint->text, from, to);
    const size_t value = value_at(line);

    return bl_yaml_near_bracket(bl_str_slice(line, value, line.len)).len > 0 ? from + value : to;
}

static slip_result slip_wide_mark(bl_hint *hint, size_t from, size_t to)
{
    char quote = '\0';

    for (size_t at = flow_in_line(hint, from, to); at < to; at++) {
        const char c = hint->text.ptr[at];

        if (quote != '\0' || c == '"' || c == '\'') {
            quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            continue;
        }
        for (size_t i = 0; i < sizeof wide_marks / sizeof *wide_marks; i++) {
            const struct wide_mark *mark = &wide_marks[i];

            if (!bl_str_starts(bl_str_slice(hint->text, at, to), bylaw_str_from(mark->wide)))
                continue;
            bl_build_error(hint->build, &bl_doc_messages[mark->msg],
                           bl_build_span(hint->build, at, at + 3),
                           BL_ARGS(BL_TEXT("fixed", bl_str_trim(bylaw_str_from(mark->half)))));
            memcpy(hint->bytes + at, mark->half, 3);
            return MENDED;
        }
    }
    return NO_SLIP;
}

/* `require: !a && b`, which YAML takes for a tag. */
static slip_result slip_tag(bl_hint *hint, size_t from, size_t to)
{
    const bylaw_str line = bl_str_slice(hint->text, from, to);
    const size_t value = value_at(line);

    if (value >= line.len || line.ptr[value] != '!')
        return NO_SLIP;
    bl_yaml_tell_tag(hint->build, hint->text, from + value, false);
    mask_line(hint, from, to);
    return MENDED;
}

static slip_result slip_odd_blank(bl_hint *hint, size_t from, size_t to)
{
    const size_t at = skip_blanks(hint->text, from);
    const size_t odd = bl_yaml_odd_blank(bl_str_slice(hint->text, at, to));

    if (odd == 0)
        return NO_SLIP;
    bl_build_tell0(hint->build, ODD_BLANK, bl_build_span(hint->build, at, at + odd));
    return TOLD; /* nobody knows how deep it was meant to be */
}

static slip *const slips[] = {slip_odd_blank, slip_wide_mark, slip_colon, slip_dash, slip_tag};

/* Looks for slips from the line where the trouble began (and the plain lines above, which a
 * multi-line text may have swallowed) down to the line where libyaml noticed it. */
static slip_result find_slip(bl_hint *hint)
{
    const bl_yaml_trouble *trouble = hint->trouble;
    const size_t begin =
        trouble->from != BL_NOWHERE && trouble->from < trouble->at ? trouble->from : trouble->at;
    const size_t last = line_from(hint->text, trouble->at);
    size_t from = line_from(hint->text, begin);

    for (int up = 0; up < 20 && from > 0; up++) {
        const size_t above = line_from(hint->text, from - 1);
        const bylaw_str line = bl_str_slice(hint->text, above, from - 1);

        if (bl_str_trim(line).len == 0 || has_colon(line))
            break;
        from = above;
    }
    if (trouble->flow != BL_NOWHERE && line_from(hint->text, trouble->flow) < from)
        from = line_from(hint->text, trouble->flow);
    for (int down = 0; down < 200 && from <= last; down++) {
        const size_t to = line_to(hint->text, from);

        for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
            const slip_result result = slips[i](hint, from, to);

            if (result != NO_SLIP)
                return result;
        }
        from = to + 1;
    }
    return NO_SLIP;
}

/* What libyaml says, and what it means. The first row whose texts fit; `also` decides between
 * meanings of one sentence. */
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
    const size_t at = skip_blanks(hint->text, line_from(hint->text, hint->trouble->at));

    if (char_at(hint, at) != '\t' && char_at(hint, hint->trouble->at) != '\t')
        return false;
    bl_build_tell0(hint->build, TAB,
                   one_char(hint, char_at(hint, at) == '\t' ? at : hint->trouble->at));
    return true;
}

/* A colon in a line of its own: not that one is too many, but the line stands too far right. */
static bool tell_indent(bl_hint *hint)
{
    const size_t from = line_from(hint->text, hint->trouble->at);
    const bylaw_str line = bl_str_slice(hint->text, from, line_to(hint->text, from));
    const size_t key = skip_dashes(line);

    if (from == 0 || !is_name(bl_str_slice(hint->text, from + key, hint->trouble->at)) ||
        (hint->trouble->flow != BL_NOWHERE))
        return false;
    bl_build_tell0(hint->build, BAD_INDENT, one_char(hint, from + skip_blanks(line, 0)));
    return true;
}

static bool tell_open_bracket(bl_hint *hint)
{
    const size_t flow = hint->trouble->flow;

    if (flow == BL_NOWHERE)
        return false;
    const bool list = char_at(hint, flow) == '[';
    const bl_place place = bl_place_of(hint->build->source, (uint32_t)flow);
    const bool same_line = line_from(hint->text, hint->trouble->at) == line_from(hint->text, flow);

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
    const size_t from = line_from(hint->text, at);
    const bylaw_str before = bl_str_trim(bl_str_slice(hint->text, from, at));

    const size_t value = value_at(bl_str_slice(hint->text, from, at));

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
    size_t from = line_from(hint->text, hint->trouble->at);

    while (from > 0) {
        const size_t above = line_from(hint->text, from - 1);
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

bool bl_yaml_explain(bl_build *build, char *text, const bl_yaml_trouble *trouble)
{
    bl_hint hint = {build, text, {text, build->source->text.len}, trouble};

    const slip_result slipped = find_slip(&hint);

    if (slipped != NO_SLIP)
        return slipped == MENDED && !bl_build_over(build);
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
