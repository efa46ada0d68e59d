/* expr/lexer.c: see lexer.h. */
#include "expr/lexer.h"

#include "text/utf8.h"
#include "value/number.h"

#include <string.h>

static const char *const signs[BL_TOK__COUNT] = {
#define BL_SIGN(name, text) [BL_TOK_##name] = text,
#include "expr/grammar.def"
#undef BL_SIGN
};

bylaw_str bl_token_sign(bl_token_kind kind)
{
    return bylaw_str_from(kind == BL_TOK_IN ? "in" : signs[kind]);
}

static int peek(const bl_lexer *lexer, size_t ahead)
{
    return lexer->at + ahead < lexer->text.len ? (unsigned char)lexer->text.ptr[lexer->at + ahead]
                                               : -1;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static int hex_digit(int c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool starts_name(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool in_name(int c)
{
    return starts_name(c) || is_digit(c);
}

/* A blank that no keyboard without an input method writes: U+3000, U+00A0, U+FEFF. */
static size_t foreign_blank(const bl_lexer *lexer)
{
    const bylaw_str rest = bl_str_slice(lexer->text, lexer->at, lexer->text.len);

    if (bl_str_starts(rest, BYLAW_STR("\u3000")) || bl_str_starts(rest, BYLAW_STR("\uFEFF")))
        return 3;
    return bl_str_starts(rest, BYLAW_STR("\u00A0")) ? 2 : 0;
}

static void skip_blank(bl_lexer *lexer)
{
    for (;;) {
        const int c = peek(lexer, 0);

        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            lexer->at++;
        } else if (c == '/' && peek(lexer, 1) == '/') {
            while (lexer->at < lexer->text.len && peek(lexer, 0) != '\n')
                lexer->at++;
        } else if (c >= 0x80 && foreign_blank(lexer) > 0) {
            const size_t from = lexer->at;

            lexer->at += foreign_blank(lexer);
            bl_tell0(lexer->report, foreign_blank, (uint32_t)from, (uint32_t)lexer->at);
        } else {
            return;
        }
    }
}

/* ---- Numbers ---- */

static bool read_digits(bylaw_str digits, unsigned base, uint64_t *out)
{
    uint64_t n = 0;

    for (size_t i = 0; i < digits.len; i++) {
        const uint64_t digit = (uint64_t)hex_digit((unsigned char)digits.ptr[i]);

        if (n > (UINT64_MAX - digit) / base)
            return false;
        n = n * base + digit;
    }
    *out = n;
    return digits.len > 0;
}

static void number_value(bl_lexer *lexer, bl_token *token, bylaw_str digits, unsigned base,
                         bool is_unsigned)
{
    uint64_t n = 0;
    bool fits = read_digits(digits, base, &n);

    if (is_unsigned) {
        token->value = bl_uint(n);
    } else {
        token->needs_minus = n == (uint64_t)INT64_MAX + 1;
        fits = fits && n <= (uint64_t)INT64_MAX + 1;
        token->value = bl_int(token->needs_minus ? INT64_MIN : fits ? (int64_t)n : 0);
    }
    token->broken = !fits;
    if (!fits)
        bl_tell(lexer->report, number_range, token->from, (uint32_t)lexer->at,
                BL_TEXT("text", bl_str_slice(lexer->text, token->from, lexer->at)),
                BL_TEXT("type", bylaw_str_from(is_unsigned ? "uint" : "int")));
}

static void double_value(bl_lexer *lexer, bl_token *token)
{
    const bylaw_str text = bl_str_slice(lexer->text, token->from, lexer->at);
    double d = 0;

    token->broken = bl_double_read(&d, text) != BL_NUMBER_OK;
    if (token->broken)
        bl_tell(lexer->report, number_range, token->from, (uint32_t)lexer->at,
                BL_TEXT("text", text), BL_TEXT("type", BYLAW_STR("double")));
    token->value = bl_double(d);
}

static void skip_digits(bl_lexer *lexer)
{
    while (is_digit(peek(lexer, 0)))
        lexer->at++;
}

/* number = digits ["u"] | "0x" hex ["u"] | [digits] ["." digits] ["e" ["+" | "-"] digits] */
static void lex_number(bl_lexer *lexer, bl_token *token)
{
    const bool hex = peek(lexer, 0) == '0' && (peek(lexer, 1) == 'x' || peek(lexer, 1) == 'X') &&
                     hex_digit(peek(lexer, 2)) >= 0;
    bool fractional = false;

    token->kind = BL_TOK_LITERAL;
    if (hex) {
        lexer->at += 2;
        while (hex_digit(peek(lexer, 0)) >= 0)
            lexer->at++;
    } else {
        skip_digits(lexer);
        if (peek(lexer, 0) == '.' && is_digit(peek(lexer, 1))) {
            fractional = true;
            lexer->at++;
            skip_digits(lexer);
        }
        const size_t sign = peek(lexer, 1) == '+' || peek(lexer, 1) == '-' ? 2 : 1;

        if ((peek(lexer, 0) == 'e' || peek(lexer, 0) == 'E') && is_digit(peek(lexer, sign))) {
            fractional = true;
            lexer->at += sign;
            skip_digits(lexer);
        }
    }
    const size_t end = lexer->at;
    const bool is_unsigned = !fractional && (peek(lexer, 0) == 'u' || peek(lexer, 0) == 'U');

    lexer->at += is_unsigned;
    if (in_name(peek(lexer, 0))) { /* 3rd, 0x, 1e, 12u8 */
        while (in_name(peek(lexer, 0)))
            lexer->at++;
        bl_tell(lexer->report, bad_number, token->from, (uint32_t)lexer->at,
                BL_TEXT("text", bl_str_slice(lexer->text, token->from, lexer->at)));
        token->value = bl_int(0);
        token->broken = true;
    } else if (fractional) {
        double_value(lexer, token);
    } else {
        number_value(lexer, token, bl_str_slice(lexer->text, token->from + (hex ? 2 : 0), end),
                     hex ? 16 : 10, is_unsigned);
    }
}

/* ---- Text ---- */

/* How a text literal began: r'…', b"""…""". */
struct quoting {
    bool raw, bytes;
    char quote;   /* ' or ", or 0 for “…” */
    size_t width; /* 1 or 3 */
    uint32_t from;
};

static const struct escape {
    char letter, value;
} escapes[] = {{'a', '\a'}, {'b', '\b'},  {'f', '\f'},  {'n', '\n'}, {'r', '\r'}, {'t', '\t'},
               {'v', '\v'}, {'\\', '\\'}, {'\'', '\''}, {'"', '"'},  {'`', '`'},  {'?', '?'}};

/* Escapes with digits: \x41 \101 é \U0001F431. */
static const struct digit_escape {
    char letter;
    size_t skip, digits;
    unsigned base;
    bool in_bytes;
} digit_escapes[] = {{'x', 1, 2, 16, true},  {'X', 1, 2, 16, true}, {'u', 1, 4, 16, false},
                     {'U', 1, 8, 16, false}, {'0', 0, 3, 8, true},  {'1', 0, 3, 8, true},
                     {'2', 0, 3, 8, true},   {'3', 0, 3, 8, true}};

static void tell_escape(bl_lexer *lexer, const bl_msg *msg, bylaw_str body, size_t at, size_t end)
{
    const uint32_t base = (uint32_t)(body.ptr - lexer->text.ptr);
    const bl_arg arg = BL_TEXT("escape", bl_str_slice(body, at, end));

    bl_report_at(lexer->report, msg, base + (uint32_t)at, base + (uint32_t)end, &arg, 1);
}

/* The escape with digits at body[at], a backslash. Returns its end, `at` where there is none. */
static size_t read_digit_escape(bylaw_str body, size_t at, const struct digit_escape **form,
                                uint32_t *value)
{
    for (size_t i = 0; i < sizeof digit_escapes / sizeof *digit_escapes; i++) {
        const struct digit_escape *e = &digit_escapes[i];
        const size_t start = at + 1 + e->skip;

        if (body.ptr[at + 1] != e->letter || body.len - at - 1 < e->skip + e->digits)
            continue;
        *value = 0;
        for (size_t d = start; d < start + e->digits; d++) {
            const int digit = hex_digit((unsigned char)body.ptr[d]);

            if (digit < 0 || (unsigned)digit >= e->base)
                return at;
            *value = *value * e->base + (uint32_t)digit;
        }
        *form = e;
        return start + e->digits;
    }
    return at;
}

/* Decodes the escape at body[at] into out; returns its end. */
static size_t decode_escape(bl_lexer *lexer, const struct quoting *q, bylaw_str body, size_t at,
                            bl_str *out)
{
    const struct digit_escape *form = NULL;
    uint32_t value = 0;
    size_t rest = at + 1;

    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (body.ptr[at + 1] == escapes[i].letter) {
            bl_str_addc(out, escapes[i].value);
            return at + 2;
        }
    }
    const size_t end = read_digit_escape(body, at, &form, &value);

    if (end == at) {
        bl_utf8_next(body, &rest);
        tell_escape(lexer, &bl_expr_msg_bad_escape, body, at, rest);
        return rest;
    }
    if (q->bytes && !form->in_bytes)
        tell_escape(lexer, &bl_expr_msg_escape_in_bytes, body, at, end);
    else if (q->bytes)
        bl_str_addc(out, (char)(unsigned char)value);
    else if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        tell_escape(lexer, &bl_expr_msg_bad_codepoint, body, at, end);
    else
        bl_str_add_codepoint(out, value);
    return end;
}

/* The text that the body of a literal stands for. A line end is \n however the file writes it. */
static bylaw_str decode(bl_lexer *lexer, const struct quoting *q, bylaw_str body)
{
    const bool plain = (q->raw || memchr(body.ptr, '\\', body.len) == NULL) &&
                       memchr(body.ptr, '\r', body.len) == NULL;
    bl_str out = bl_str_init(lexer->arena);
    bylaw_str text = body;

    if (plain)
        return body;
    for (size_t at = 0; at < body.len;) {
        const char c = body.ptr[at];

        if (c == '\\' && !q->raw) {
            at = decode_escape(lexer, q, body, at, &out);
        } else {
            bl_str_addc(&out, c == '\r' ? '\n' : c);
            at += c == '\r' && at + 1 < body.len && body.ptr[at + 1] == '\n' ? 2 : 1;
        }
    }
    if (bl_str_take(&text, &out) != BYLAW_OK)
        lexer->failed = true;
    return text;
}

/* Length of the closing quote at `at`, 0 where there is none. */
static size_t closes(const bl_lexer *lexer, const struct quoting *q, size_t at)
{
    static const char *const foreign[] = {"”", "’", "“", "＂", "＇"};
    const bylaw_str rest = bl_str_slice(lexer->text, at, lexer->text.len);

    for (size_t i = 0; q->quote == 0 && i < sizeof foreign / sizeof *foreign; i++) {
        if (bl_str_starts(rest, bylaw_str_from(foreign[i])))
            return 3;
    }
    if (q->quote == 0)
        return 0;
    for (size_t i = 0; i < q->width; i++) {
        if (i >= rest.len || rest.ptr[i] != q->quote)
            return 0;
    }
    return q->width;
}

/* Behind the opening quote. A literal without its closing quote ends with the line (a long one
 * with the text). */
static void lex_text(bl_lexer *lexer, bl_token *token, const struct quoting *q)
{
    const size_t start = lexer->at;
    size_t width = 0;

    while (lexer->at < lexer->text.len && (width = closes(lexer, q, lexer->at)) == 0) {
        const int c = peek(lexer, 0);

        if (q->width == 1 && (c == '\n' || c == '\r'))
            break;
        lexer->at += c == '\\' && !q->raw && lexer->at + 1 < lexer->text.len ? 2 : 1;
    }
    const bylaw_str body = bl_str_slice(lexer->text, start, lexer->at);
    const size_t errors = lexer->report->errors;

    if (width == 0)
        bl_tell(lexer->report, unterminated, token->from, (uint32_t)lexer->at,
                BL_TEXT("quote", bl_str_slice(lexer->text, q->from, start)));
    lexer->at += width;
    token->kind = BL_TOK_LITERAL;
    /* What has no end may break off within an escape. */
    const bylaw_str text = width == 0 ? body : decode(lexer, q, body);

    token->broken = lexer->report->errors != errors;
    token->value =
        q->bytes ? bl_bytes_value(lexer->arena, text) : bl_string_value(lexer->arena, text);
    lexer->failed |= token->value.kind == BL_ERROR;
}

/* text = ["b" | "B"] ["r" | "R"] quote; false where no text begins here. */
static bool lex_quoted(bl_lexer *lexer, bl_token *token)
{
    struct quoting q = {.width = 1};
    size_t ahead = 0;

    q.bytes = peek(lexer, 0) == 'b' || peek(lexer, 0) == 'B';
    ahead += q.bytes;
    q.raw = peek(lexer, ahead) == 'r' || peek(lexer, ahead) == 'R';
    ahead += q.raw;
    const int quote = peek(lexer, ahead);

    if (quote != '\'' && quote != '"')
        return false;
    q.quote = (char)quote;
    q.from = (uint32_t)(lexer->at + ahead);
    if (peek(lexer, ahead + 1) == quote && peek(lexer, ahead + 2) == quote)
        q.width = 3;
    lexer->at += ahead + q.width;
    lex_text(lexer, token, &q);
    return true;
}

/* ---- Names ---- */

static void lex_name(bl_lexer *lexer, bl_token *token)
{
    static const struct {
        const char *word;
        bl_token_kind kind;
        bl_value value;
    } keywords[] = {{"true", BL_TOK_LITERAL, {.kind = BL_BOOL, .as.b = true}},
                    {"false", BL_TOK_LITERAL, {.kind = BL_BOOL, .as.b = false}},
                    {"null", BL_TOK_LITERAL, {.kind = BL_NULL}},
                    {"in", BL_TOK_IN, {.kind = BL_NULL}}};

    while (in_name(peek(lexer, 0)))
        lexer->at++;
    token->kind = BL_TOK_NAME;
    token->text = bl_str_slice(lexer->text, token->from, lexer->at);
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (token->text.ptr[0] == keywords[i].word[0] && bl_str_is(token->text, keywords[i].word)) {
            token->kind = keywords[i].kind;
            token->value = keywords[i].value;
            return;
        }
    }
}

/* `…`: a field whose name is no identifier. */
static void lex_backticks(bl_lexer *lexer, bl_token *token)
{
    const size_t start = ++lexer->at;

    while (peek(lexer, 0) >= 0 && peek(lexer, 0) != '`' && peek(lexer, 0) != '\n')
        lexer->at++;
    token->kind = BL_TOK_QUOTED;
    token->text = bl_str_slice(lexer->text, start, lexer->at);
    if (peek(lexer, 0) == '`')
        lexer->at++;
    else
        bl_tell(lexer->report, unterminated, token->from, (uint32_t)lexer->at,
                BL_TEXT("quote", BYLAW_STR("`")));
}

/* ---- Signs ---- */

/* Signs as Chinese input methods write them. Full-width ASCII (U+FF01 to U+FF5E) needs no line. */
static const struct foreign_sign {
    uint32_t codepoint;
    const char *meant; /* NULL: opens a quoted text */
} foreign_signs[] = {{0x2018, NULL}, {0x2019, NULL}, {0x201C, NULL}, {0x201D, NULL}, {0x300C, NULL},
                     {0x3001, ","},  {0x3002, "."},  {0x00D7, "*"},  {0x00F7, "/"},  {0x2264, "<="},
                     {0x2265, ">="}, {0x2260, "!="}, {0x3008, "<"},  {0x3009, ">"},  {0x3010, "["},
                     {0x3011, "]"},  {0x2212, "-"},  {0x2013, "-"}};

/* Words of other scripts: letters, not signs. Blocks of punctuation and symbols are left out. */
static bool in_foreign_word(uint32_t cp)
{
    return cp >= 0xC0 && cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp <= 0x2BFF) &&
           !(cp >= 0x3000 && cp <= 0x303F) && !(cp >= 0xFE30 && cp <= 0xFE4F) &&
           !(cp >= 0xFF00 && cp <= 0xFF0F) && !(cp >= 0xFF1A && cp <= 0xFF20) &&
           !(cp >= 0xFF3B && cp <= 0xFF40) && !(cp >= 0xFF5B && cp <= 0xFF65) &&
           cp != BL_BAD_CODEPOINT;
}

/* The rest of a word that holds foreign letters. */
static void lex_foreign_word(bl_lexer *lexer, bl_token *token)
{
    while (lexer->at < lexer->text.len) {
        size_t next = lexer->at;

        if (in_name(peek(lexer, 0)))
            next++;
        else if (!in_foreign_word(bl_utf8_next(lexer->text, &next)))
            break;
        lexer->at = next;
    }
    token->kind = BL_TOK_FOREIGN;
    token->text = bl_str_slice(lexer->text, token->from, lexer->at);
}

/* What the foreign sign at *at means, appended to meant; false where it is none. */
static bool read_foreign_sign(bylaw_str text, size_t *at, char meant[8], bool *quote)
{
    size_t end = *at;

    if (end >= text.len)
        return false;
    const uint32_t cp = bl_utf8_next(text, &end);

    if (cp > 0xFF00 && cp < 0xFF5F) {
        *quote = cp == 0xFF02 || cp == 0xFF07;
        meant[strlen(meant)] = (char)(cp - 0xFEE0);
        *at = end;
        return true;
    }
    for (size_t i = 0; i < sizeof foreign_signs / sizeof *foreign_signs; i++) {
        if (foreign_signs[i].codepoint == cp) {
            *quote = foreign_signs[i].meant == NULL;
            if (!*quote)
                memcpy(meant + strlen(meant), foreign_signs[i].meant,
                       strlen(foreign_signs[i].meant));
            *at = end;
            return true;
        }
    }
    return false;
}

/* The longest sign (none is longer than two bytes) that `text` begins with; END where none. */
static bl_token_kind find_sign(bylaw_str text)
{
    const char first = text.len > 0 ? text.ptr[0] : '\0',
               second = text.len > 1 ? text.ptr[1] : '\0';

    for (int i = BL_TOK_IN + 1; i < BL_TOK__COUNT; i++) { /* longer signs stand first */
        if (signs[i][0] == first && (signs[i][1] == '\0' || signs[i][1] == second))
            return (bl_token_kind)i;
    }
    return BL_TOK_END;
}

/* Half of a sign of two bytes: what was meant. */
static const struct half {
    char sign;
    bl_token_kind meant;
    const bl_msg *msg;
} halves[] = {{'=', BL_TOK_EQ, &bl_expr_msg_single_equals},
              {'&', BL_TOK_AND_AND, &bl_expr_msg_single_and},
              {'|', BL_TOK_OR_OR, &bl_expr_msg_single_or}};

static bl_token_kind meant_by_half(char sign)
{
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        if (sign == halves[i].sign)
            return halves[i].meant;
    }
    return BL_TOK_BAD;
}

/* A sign not in ASCII: reported, then taken as what it stands for. */
static void lex_foreign(bl_lexer *lexer, bl_token *token)
{
    char meant[16] = "";
    size_t at = lexer->at;
    bool quote = false;

    if (!read_foreign_sign(lexer->text, &at, meant, &quote)) {
        size_t end = lexer->at;

        if (in_foreign_word(bl_utf8_next(lexer->text, &end))) {
            lex_foreign_word(lexer, token);
            return;
        }
        lexer->at = end;
        bl_tell(lexer->report, bad_character, token->from, (uint32_t)end,
                BL_TEXT("char", bl_str_slice(lexer->text, token->from, end)));
        token->kind = BL_TOK_BAD;
        return;
    }
    if (quote) {
        const struct quoting q = {.width = 1, .from = token->from};

        lexer->at = at;
        bl_tell(lexer->report, foreign_quote, token->from, (uint32_t)at,
                BL_TEXT("char", bl_str_slice(lexer->text, token->from, at)));
        lex_text(lexer, token, &q);
        return;
    }
    const size_t first = at;
    bool ignored = false;

    read_foreign_sign(lexer->text, &at, meant, &ignored); /* ＝＝ is one sign */
    token->kind = find_sign(bylaw_str_from(meant));
    lexer->at = token->kind != BL_TOK_END && signs[token->kind][1] != '\0' ? at : first;
    if (token->kind == BL_TOK_END)
        token->kind = meant_by_half(meant[0]);
    const bylaw_str shown = bl_str_slice(lexer->text, token->from, lexer->at);

    if (token->kind == BL_TOK_BAD)
        bl_tell(lexer->report, bad_character, token->from, (uint32_t)lexer->at,
                BL_TEXT("char", shown));
    else
        bl_tell(lexer->report, foreign_sign, token->from, (uint32_t)lexer->at,
                BL_TEXT("char", shown), BL_TEXT("sign", bl_token_sign(token->kind)));
}

static void lex_sign(bl_lexer *lexer, bl_token *token)
{
    const char c = lexer->text.ptr[lexer->at];

    token->kind = find_sign(bl_str_slice(lexer->text, lexer->at, lexer->text.len));
    if (token->kind != BL_TOK_END) {
        lexer->at += bl_token_sign(token->kind).len;
        return;
    }
    lexer->at++;
    token->kind = meant_by_half(c);
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        if (c == halves[i].sign)
            bl_report_at(lexer->report, halves[i].msg, token->from, (uint32_t)lexer->at, NULL, 0);
    }
    if (token->kind == BL_TOK_BAD)
        bl_tell(lexer->report, bad_character, token->from, (uint32_t)lexer->at,
                BL_TEXT("char", bl_str_slice(lexer->text, token->from, lexer->at)));
}

static void lex_word(bl_lexer *lexer, bl_token *token)
{
    size_t next;

    lex_name(lexer, token);
    next = lexer->at;
    if (peek(lexer, 0) >= 0x80 && in_foreign_word(bl_utf8_next(lexer->text, &next)))
        lex_foreign_word(lexer, token);
}

bl_token bl_lexer_next(bl_lexer *lexer)
{
    bl_token token = {.kind = BL_TOK_END};

    skip_blank(lexer);
    const size_t errors = lexer->report->errors;

    token.from = (uint32_t)lexer->at;
    const int c = peek(lexer, 0);

    if (c < 0)
        ;
    else if (is_digit(c) || (c == '.' && is_digit(peek(lexer, 1))))
        lex_number(lexer, &token);
    else if (lex_quoted(lexer, &token))
        ;
    else if (starts_name(c))
        lex_word(lexer, &token);
    else if (c == '`')
        lex_backticks(lexer, &token);
    else if (c >= 0x80)
        lex_foreign(lexer, &token);
    else
        lex_sign(lexer, &token);
    token.to = (uint32_t)lexer->at;
    token.told = lexer->report->errors != errors;
    return token;
}
