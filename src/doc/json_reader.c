/* doc/json_reader.c: see json_reader.h. Written here because YAML's reader takes a superset with
 * its own ideas of escapes and numbers, and a JSON library keeps no places. It goes on after what
 * it can step over; a mistake of syntax ends it. */
#include "doc/json_reader.h"

#include <string.h>

typedef struct bl_json {
    bl_build *build;
    bylaw_str text;
    size_t at;
} bl_json;

static void skip_blanks(bl_json *json)
{
    while (json->at < json->text.len && strchr(" \t\r\n", json->text.ptr[json->at]) != NULL &&
           json->text.ptr[json->at] != '\0')
        json->at++;
}

static char peek(const bl_json *json)
{
    return json->at < json->text.len ? json->text.ptr[json->at] : '\0';
}

static bl_span here(const bl_json *json)
{
    size_t to = json->at < json->text.len ? json->at + 1 : json->at;

    while (to > json->at && to < json->text.len &&
           ((unsigned char)json->text.ptr[to] & 0xC0) == 0x80)
        to++;
    return bl_build_span(json->build, json->at, to);
}

static bool fail(bl_json *json, const bl_msg *msg, bl_span span)
{
    bl_build_error(json->build, json->at >= json->text.len ? BL_DOC_MSG(JSON_END) : msg, span, NULL,
                   0);
    return false;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *hit = memchr(digits, c, sizeof digits - 1);
    const int value = hit != NULL ? (int)(hit - digits) : -1;

    return value > 15 ? value - 6 : value;
}

/* Four digits at *at; -1 where they are not. */
static int32_t hex4(bylaw_str text, size_t at)
{
    int32_t code = 0;

    for (size_t i = 0; i < 4; i++) {
        const int digit = at + i < text.len ? hex_digit(text.ptr[at + i]) : -1;

        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

/* \uXXXX, at the backslash; a pair of surrogates is one character. */
static bool read_code(bl_json *json, bl_str *out)
{
    const size_t from = json->at;
    int32_t code = hex4(json->text, from + 2);

    json->at += 6;
    if (code < 0) {
        json->at = from;
        return fail(json, BL_DOC_MSG(JSON_ESCAPE), bl_build_span(json->build, from, from + 2));
    }
    if (code >= 0xD800 && code <= 0xDBFF &&
        bl_str_starts(bl_str_slice(json->text, json->at, json->text.len), BYLAW_STR("\\u"))) {
        const int32_t low = hex4(json->text, json->at + 2);

        if (low >= 0xDC00 && low <= 0xDFFF) {
            code = 0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00);
            json->at += 6;
        }
    }
    if (code >= 0xD800 && code <= 0xDFFF) {
        json->at = from;
        return fail(json, BL_DOC_MSG(JSON_SURROGATE), bl_build_span(json->build, from, from + 6));
    }
    bl_str_add_codepoint(out, (uint32_t)code);
    return true;
}

static bool read_escape(bl_json *json, bl_str *out)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char c = json->text.ptr[json->at + 1];
    const char *hit = c != '\0' ? strchr(names, c) : NULL;

    if (c == 'u')
        return read_code(json, out);
    if (hit == NULL)
        return fail(json, BL_DOC_MSG(JSON_ESCAPE),
                    bl_build_span(json->build, json->at, json->at + 2));
    bl_str_addc(out, meanings[hit - names]);
    json->at += 2;
    return true;
}

static bool too_long(bl_json *json, size_t from, size_t size)
{
    const size_t most = json->build->limits.scalar;

    if (size <= most)
        return false;
    bl_build_limit(json->build, BL_DOC_MSG(SCALAR_TOO_LONG),
                   bl_build_span(json->build, from, from + 1), size, most);
    return true;
}

/* A text without escapes is the source's own bytes; one with escapes is put together. */
static bool string_text(bl_json *json, bylaw_str *text, bool *exact)
{
    const size_t from = json->at++;
    bl_str out = bl_str_init(json->build->arena);
    size_t run = json->at;

    *exact = true;
    for (;;) {
        while (json->at < json->text.len && (unsigned char)peek(json) >= 0x20 &&
               peek(json) != '"' && peek(json) != '\\')
            json->at++;
        if (json->at >= json->text.len)
            return fail(json, BL_DOC_MSG(JSON_END), bl_build_span(json->build, from, from + 1));
        *text = bl_str_slice(json->text, run, json->at);
        if (peek(json) == '"')
            break;
        if (peek(json) != '\\')
            return fail(json, BL_DOC_MSG(JSON_CONTROL), here(json));
        bl_str_add(&out, *text);
        *exact = false;
        if (json->at + 1 >= json->text.len) {
            bl_build_tell0(json->build, JSON_END, bl_build_span(json->build, from, from + 1));
            return false;
        }
        if (!read_escape(json, &out))
            return false;
        run = json->at;
    }
    json->at++;
    if (*exact)
        return true;
    bl_str_add(&out, *text);
    if (bl_str_take(text, &out) != BYLAW_OK)
        bl_build_no_memory(json->build);
    return !bl_build_over(json->build);
}

/* string = '"' { character | escape } '"' */
static bl_doc_node *read_string(bl_json *json)
{
    bl_build *build = json->build;
    const size_t from = json->at;
    bylaw_str text;
    bool exact;

    if (!string_text(json, &text, &exact) || too_long(json, from, text.len))
        return NULL;
    bl_doc_node *node = bl_build_node(build, BL_DOC_SCALAR, bl_build_span(build, from, json->at));

    if (node == NULL)
        return NULL;
    node->text = text;
    node->quoted = true;
    node->exact = exact;
    node->inner = 1;
    return node;
}

static size_t skip_digits(bylaw_str text, size_t at)
{
    while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
        at++;
    return at;
}

/* number = [ "-" ] ( "0" | digit1-9 { digit } ) [ "." digits ] [ ("e" | "E") [ "+" | "-" ] digits ]
 */
static bool is_number(bylaw_str text)
{
    size_t at = text.len > 0 && text.ptr[0] == '-', end = skip_digits(text, at);

    if (end == at || (text.ptr[at] == '0' && end > at + 1))
        return false;
    at = end;
    if (at < text.len && text.ptr[at] == '.') {
        end = skip_digits(text, at + 1);
        if (end == at + 1)
            return false;
        at = end;
    }
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at++;
        at += at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-');
        end = skip_digits(text, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == text.len;
}

/* true, false, null or a number: what runs up to the next mark. */
static bl_doc_node *read_word(bl_json *json)
{
    bl_build *build = json->build;
    const size_t from = json->at;

    while (json->at < json->text.len && (unsigned char)peek(json) > ' ' &&
           strchr(",:[]{}\"", peek(json)) == NULL)
        json->at++;
    const bylaw_str word = bl_str_slice(json->text, from, json->at);
    const bl_span span = bl_build_span(build, from, json->at);
    const bool number = is_number(word);

    if (too_long(json, from, word.len))
        return NULL;
    if (!number && !bl_str_is(word, "true") && !bl_str_is(word, "false") &&
        !bl_str_is(word, "null")) {
        const bylaw_str shown = word.len > 40 ? BYLAW_STR("…") : word;
        const bool numeric = word.len > 0 && strchr("+-.0123456789", word.ptr[0]) != NULL;

        if (word.len == 0)
            fail(json, BL_DOC_MSG(JSON_VALUE), here(json));
        else if (word.ptr[0] == '\'' || bl_str_starts(word, BYLAW_STR("“")))
            bl_build_tell0(build, JSON_QUOTE, span);
        else if (bl_str_starts(word, BYLAW_STR("//")) || bl_str_starts(word, BYLAW_STR("/*")) ||
                 word.ptr[0] == '#')
            bl_build_tell0(build, JSON_COMMENT, span);
        else
            bl_build_error(build, numeric ? BL_DOC_MSG(JSON_NUMBER) : BL_DOC_MSG(JSON_WORD), span,
                           BL_ARGS(BL_TEXT("word", shown)));
        return NULL;
    }
    bl_doc_node *node = bl_build_node(build, BL_DOC_SCALAR, span);

    if (node == NULL)
        return NULL;
    node->text = word;
    node->exact = true;
    node->number = number;
    return node;
}

static const bl_doc_node *read_value(bl_json *json, size_t depth);

/* key ":" before a value of a mapping */
static bool read_key(bl_json *json)
{
    skip_blanks(json);
    if (peek(json) != '"')
        return fail(json, BL_DOC_MSG(JSON_KEY), here(json));
    const bl_doc_node *key = read_string(json);

    if (key == NULL)
        return false;
    skip_blanks(json);
    if (peek(json) != ':')
        return fail(json, BL_DOC_MSG(JSON_COLON), here(json));
    json->at++;
    return bl_build_push(json->build, key);
}

/* What stands between entries, up to the next one or the end; *last says which. */
static bool read_comma(bl_json *json, char close, bool *last)
{
    skip_blanks(json);
    *last = peek(json) == close;
    if (*last) {
        json->at++;
        return true;
    }
    if (peek(json) != ',') {
        bl_build_error(json->build,
                       json->at >= json->text.len ? BL_DOC_MSG(JSON_END) : BL_DOC_MSG(JSON_COMMA),
                       here(json), BL_ARGS(BL_TEXT("close", ((bylaw_str){&close, 1}))));
        return false;
    }
    const bl_span comma = here(json);

    json->at++;
    skip_blanks(json);
    return peek(json) != close || fail(json, BL_DOC_MSG(JSON_LAST_COMMA), comma);
}

/* "{" [ key ":" value { "," key ":" value } ] "}", or "[" [ value { "," value } ] "]" */
static const bl_doc_node *read_collection(bl_json *json, size_t depth)
{
    bl_build *build = json->build;
    const bool map = peek(json) == '{';
    const char close = map ? '}' : ']';
    const size_t from = json->at, base = build->stack.count;
    bl_doc_node *node = bl_build_node(build, map ? BL_DOC_MAP : BL_DOC_SEQ, here(json));
    bool last = false;

    if (node == NULL)
        return NULL;
    if (depth >= build->limits.depth) {
        bl_build_limit(build, BL_DOC_MSG(TOO_DEEP), here(json), 0, build->limits.depth);
        return NULL;
    }
    json->at++;
    skip_blanks(json);
    if (peek(json) == close) {
        json->at++;
        last = true;
    }
    while (!last) {
        if (map && !read_key(json))
            return NULL;
        const bl_doc_node *value = read_value(json, depth + 1);

        if (value == NULL || !bl_build_push(build, value) || !read_comma(json, close, &last))
            return NULL;
    }
    node->span = bl_build_span(build, from, json->at);
    if (map)
        bl_build_pairs(build, node, base);
    else
        bl_build_items(build, node, base);
    return node;
}

static const bl_doc_node *read_value(bl_json *json, size_t depth)
{
    skip_blanks(json);
    if (json->at >= json->text.len) {
        bl_build_tell0(json->build, JSON_END, here(json));
        return NULL;
    }
    if (peek(json) == '{' || peek(json) == '[')
        return read_collection(json, depth);
    return peek(json) == '"' ? read_string(json) : read_word(json);
}

const bl_doc_node *bl_json_read(bl_build *build, size_t *at)
{
    bl_json json = {build, build->source->text, *at};
    const bl_doc_node *value = NULL;

    skip_blanks(&json);
    if (json.at < json.text.len)
        value = read_value(&json, 0);
    skip_blanks(&json);
    *at = json.at;
    return bl_build_over(build) ? NULL : value;
}
