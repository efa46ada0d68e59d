/* text/regex_parse.c: RE2's syntax by recursive descent, see regex_tree.h. */
#include "text/regex_tree.h"

#include "base/vec.h"
#include "text/utf8.h"

#include <string.h>

enum { FOLD = 1, MULTILINE = 2, DOT_ALL = 4 };

typedef struct parser {
    bl_arena *arena;
    bylaw_str text;
    size_t at;
    unsigned flags;
    int depth;
    bylaw_status status; /* the first failure; parsing ends with it */
    BL_VEC(bylaw_str) names;
} parser;

static bl_regex_node *fail(parser *p, bylaw_status status)
{
    if (p->status == BYLAW_OK)
        p->status = status;
    return NULL;
}

static bool at_end(const parser *p)
{
    return p->at >= p->text.len;
}

static uint32_t peek(const parser *p)
{
    size_t at = p->at;

    return at_end(p) ? BL_BAD_CODEPOINT : bl_utf8_next(p->text, &at);
}

static uint32_t next(parser *p)
{
    return at_end(p) ? BL_BAD_CODEPOINT : bl_utf8_next(p->text, &p->at);
}

static bool accept(parser *p, const char *wanted)
{
    const bylaw_str text = bylaw_str_from(wanted);

    if (!bl_str_starts(bl_str_slice(p->text, p->at, p->text.len), text))
        return false;
    p->at += text.len;
    return true;
}

static bl_regex_node *new_node(parser *p, bl_regex_op op)
{
    bl_regex_node *node = BL_NEW(p->arena, bl_regex_node);

    if (node == NULL)
        return fail(p, BYLAW_ENOMEM);
    node->op = op;
    return node;
}

/* --- character classes ------------------------------------------------------------------------ */

static bool add_item(parser *p, bl_class *class, bl_class_item item)
{
    if (!bl_vec_push(p->arena, class, item)) {
        fail(p, BYLAW_ENOMEM);
        return false;
    }
    return true;
}

static bool add_range(parser *p, bl_class *class, uint32_t first, uint32_t last)
{
    return add_item(p, class, (bl_class_item){.first = first, .last = last});
}

static bl_class *new_class(parser *p)
{
    bl_class *class = BL_NEW(p->arena, bl_class);

    if (class == NULL)
        fail(p, BYLAW_ENOMEM);
    else
        class->fold = (p->flags & FOLD) != 0;
    return class;
}

static bl_regex_node *class_node(parser *p, const bl_class *class)
{
    bl_regex_node *node = class != NULL ? new_node(p, BL_RE_CLASS) : NULL;

    if (node != NULL)
        node->class = class;
    return node;
}

/* Named sets of ASCII: pairs of first and last. Perl's are named by their letter. */
static const struct named_set {
    const char *name, *pairs;
} named_sets[] = {
    {"d", "09"},           {"s", "\t\n\f\r  "},
    {"w", "09AZaz__"},     {"alnum", "09AZaz"},
    {"alpha", "AZaz"},     {"ascii", "\x01\x7F"},
    {"blank", "\t\t  "},   {"cntrl", "\x01\x1F\x7F\x7F"},
    {"digit", "09"},       {"graph", "!~"},
    {"lower", "az"},       {"print", " ~"},
    {"punct", "!/:@[`{~"}, {"space", "\t\r  "},
    {"upper", "AZ"},       {"word", "09AZaz__"},
    {"xdigit", "09AFaf"},
};

/* A negated set is the ranges between its own, which stand in order. */
static bool add_named(parser *p, bl_class *class, bylaw_str name, bool negated)
{
    for (size_t i = 0; i < sizeof named_sets / sizeof named_sets[0]; i++) {
        const struct named_set *set = &named_sets[i];

        if (!bl_str_is(name, set->name))
            continue;
        uint32_t from = 0;

        for (const char *pair = set->pairs; *pair != '\0'; pair += 2) {
            /* The sets that hold NUL begin with U+0001 in the table. */
            const uint32_t first = pair[0] == 1 ? 0 : (uint32_t)pair[0], last = (uint32_t)pair[1];

            if (!negated && !add_range(p, class, first, last))
                return false;
            if (negated && first > from && !add_range(p, class, from, first - 1))
                return false;
            from = last + 1;
        }
        return !negated || add_range(p, class, from, 0x10FFFF);
    }
    fail(p, BYLAW_EINPUT);
    return false;
}

/* "p" or "P" was read: X or {Name} or {^Name}. */
static bool add_property(parser *p, bl_class *class, bool negated)
{
    bl_class_item item = {.is_property = true, .negated = negated};
    bylaw_str name;
    const size_t start = p->at;

    if (accept(p, "{")) {
        const size_t close = bl_str_find(p->text, BYLAW_STR("}"), p->at);

        if (close == SIZE_MAX) {
            fail(p, BYLAW_EINPUT);
            return false;
        }
        name = bl_str_slice(p->text, p->at, close);
        p->at = close + 1;
    } else {
        next(p);
        name = bl_str_slice(p->text, start, p->at);
    }
    if (bl_str_starts(name, BYLAW_STR("^"))) {
        item.negated = !item.negated;
        name = bl_str_slice(name, 1, name.len);
    }
    if (!bl_property_named(&item.property, name)) {
        fail(p, BYLAW_EINPUT);
        return false;
    }
    return add_item(p, class, item);
}

/* \d \D \s \S \w \W \p \P behind the backslash; false and nothing read where it is none. */
static bool read_class_escape(parser *p, bl_class *class, bool *ok)
{
    const uint32_t cp = peek(p);
    const char lower = cp < 0x80 ? (char)(cp | 0x20) : '\0';
    const bool negated = cp < 'a';

    if (lower == '\0' || strchr("dswp", lower) == NULL)
        return false;
    next(p);
    *ok = lower == 'p' ? add_property(p, class, negated)
                       : add_named(p, class, (bylaw_str){&lower, 1}, negated);
    return true;
}

static int hex_value(uint32_t cp)
{
    if (cp >= '0' && cp <= '9')
        return (int)(cp - '0');
    const uint32_t lower = cp | 0x20;

    return lower >= 'a' && lower <= 'f' ? (int)(lower - 'a') + 10 : -1;
}

/* \x7F or \x{10FFFF}, behind the x. */
static uint32_t read_hex(parser *p)
{
    uint32_t value = 0;
    int digits = 0;
    const bool braced = accept(p, "{");

    while (hex_value(peek(p)) >= 0 && value <= 0x10FFFF && (braced || digits < 2)) {
        value = value * 16 + (uint32_t)hex_value(next(p));
        digits++;
    }
    if (digits == 0 || value > 0x10FFFF || (braced && !accept(p, "}")) || (!braced && digits != 2))
        return BL_BAD_CODEPOINT;
    return value;
}

/* \0, \012, \123; a single digit above zero would be a back-reference. */
static uint32_t read_octal(parser *p, uint32_t first)
{
    uint32_t value = first - '0';

    if (first != '0' && !(peek(p) >= '0' && peek(p) <= '7'))
        return BL_BAD_CODEPOINT;
    for (int i = 0; i < 2 && peek(p) >= '0' && peek(p) <= '7'; i++)
        value = value * 8 + (next(p) - '0');
    return value;
}

/* The code point that an escape stands for, behind the backslash. */
static uint32_t read_escape(parser *p)
{
    static const char letters[] = "a\af\fn\nr\rt\tv\v";
    const uint32_t cp = next(p);

    if (cp >= '0' && cp <= '7')
        return read_octal(p, cp);
    if (cp == 'x')
        return read_hex(p);
    for (size_t i = 0; i + 1 < sizeof letters; i += 2) {
        if ((uint32_t)letters[i] == cp)
            return (uint32_t)letters[i + 1];
    }
    const bool alphanumeric =
        (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');

    return cp < 0x80 && !alphanumeric ? cp : BL_BAD_CODEPOINT;
}

static uint32_t read_class_char(parser *p)
{
    const uint32_t cp = accept(p, "\\") ? read_escape(p) : next(p);

    if (cp == BL_BAD_CODEPOINT)
        fail(p, BYLAW_EINPUT);
    return cp;
}

/* [:name:] or [:^name:]; false and nothing read where it is none. */
static bool read_posix(parser *p, bl_class *class, bool *ok)
{
    const size_t end = bl_str_find(p->text, BYLAW_STR(":]"), p->at);
    bylaw_str name;

    if (end == SIZE_MAX || !accept(p, "[:"))
        return false;
    const bool negated = accept(p, "^");

    name = bl_str_slice(p->text, p->at, end);
    p->at = end + 2;
    *ok = name.len != 1 && add_named(p, class, name, negated);
    if (!*ok)
        fail(p, BYLAW_EINPUT);
    return true;
}

/* element = named | char [ "-" char ] */
static bool read_class_element(parser *p, bl_class *class)
{
    const size_t start = p->at;
    bool ok = true;

    if (read_posix(p, class, &ok))
        return ok;
    if (accept(p, "\\")) {
        if (read_class_escape(p, class, &ok))
            return ok;
        p->at = start;
    }
    const uint32_t first = read_class_char(p);
    uint32_t last = first;

    if (p->status == BYLAW_OK && peek(p) == '-' && p->at + 1 < p->text.len &&
        p->text.ptr[p->at + 1] != ']') {
        next(p);
        last = read_class_char(p);
        if (last < first)
            fail(p, BYLAW_EINPUT);
    }
    return p->status == BYLAW_OK && add_range(p, class, first, last);
}

/* class = "[" ["^"] element … "]"; "[" was read. */
static bl_regex_node *parse_class(parser *p)
{
    bl_class *class = new_class(p);
    bool first = true;

    if (class == NULL)
        return NULL;
    class->negated = accept(p, "^");
    while (first || peek(p) != ']') {
        if (at_end(p))
            return fail(p, BYLAW_EINPUT);
        if (!read_class_element(p, class))
            return NULL;
        first = false;
    }
    next(p);
    return class_node(p, class);
}

/* --- atoms ------------------------------------------------------------------------------------ */

static bl_regex_node *char_node(parser *p, uint32_t cp)
{
    uint32_t orbit[BL_CASE_ORBIT];

    if ((p->flags & FOLD) != 0 && bl_case_orbit(orbit, cp) > 1) {
        bl_class *class = new_class(p);

        return class != NULL && add_range(p, class, cp, cp) ? class_node(p, class) : NULL;
    }
    bl_regex_node *node = new_node(p, BL_RE_CHAR);

    if (node != NULL)
        node->cp = cp;
    return node;
}

static bl_regex_node *any_node(parser *p)
{
    bl_class *class = new_class(p);

    if (class == NULL)
        return NULL;
    class->fold = false;
    if ((p->flags & DOT_ALL) == 0) {
        if (!add_range(p, class, 0, '\n' - 1) || !add_range(p, class, '\n' + 1, 0x10FFFF))
            return NULL;
    } else if (!add_range(p, class, 0, 0x10FFFF)) {
        return NULL;
    }
    return class_node(p, class);
}

static void append(bl_regex_node *parent, bl_regex_node **last, bl_regex_node *node)
{
    if (*last == NULL)
        parent->child = node;
    else
        (*last)->next = node;
    *last = node;
}

/* \Q … \E: the text as it stands. */
static bl_regex_node *parse_quoted(parser *p)
{
    bl_regex_node *list = new_node(p, BL_RE_CONCAT), *last = NULL;

    while (list != NULL && !at_end(p) && !accept(p, "\\E")) {
        const uint32_t cp = next(p);
        bl_regex_node *node = cp != BL_BAD_CODEPOINT ? char_node(p, cp) : fail(p, BYLAW_EINPUT);

        if (node == NULL)
            return NULL;
        append(list, &last, node);
    }
    return list;
}

static bl_regex_node *parse_escape(parser *p)
{
    static const struct assertion {
        char letter;
        bl_regex_op op;
    } assertions[] = {
        {'A', BL_RE_TEXT_BEGIN},
        {'z', BL_RE_TEXT_END},
        {'b', BL_RE_WORD_EDGE},
        {'B', BL_RE_NO_WORD_EDGE},
    };
    const uint32_t cp = peek(p);
    bool ok = true;

    for (size_t i = 0; i < sizeof assertions / sizeof assertions[0]; i++) {
        if ((uint32_t)assertions[i].letter == cp) {
            next(p);
            return new_node(p, assertions[i].op);
        }
    }
    if (accept(p, "Q"))
        return parse_quoted(p);
    bl_class *class = new_class(p);

    if (class == NULL)
        return NULL;
    if (read_class_escape(p, class, &ok))
        return ok ? class_node(p, class) : NULL;
    const uint32_t literal = read_escape(p);

    return literal != BL_BAD_CODEPOINT ? char_node(p, literal) : fail(p, BYLAW_EINPUT);
}

static bl_regex_node *parse_choice(parser *p);

/* A group's name, behind "<"; no two alike. */
static bool read_name(parser *p)
{
    const size_t close = bl_str_find(p->text, BYLAW_STR(">"), p->at);
    const bylaw_str name = bl_str_slice(p->text, p->at, close != SIZE_MAX ? close : p->at);

    for (size_t i = 0; i < name.len; i++) {
        const char c = name.ptr[i], lower = (char)(c | 0x20);

        if (!((c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || c == '_'))
            return false;
    }
    for (size_t i = 0; i < p->names.count; i++) {
        if (bl_str_equal(p->names.items[i], name))
            return false;
    }
    if (name.len == 0)
        return false;
    if (!bl_vec_push(p->arena, &p->names, name))
        fail(p, BYLAW_ENOMEM);
    p->at = close + 1;
    return p->status == BYLAW_OK;
}

/* flags = { "i" | "m" | "s" | "U" } ["-" {…}] (":" | ")"), behind "(?"; the last is told. */
static uint32_t read_flags(parser *p)
{
    unsigned flags = p->flags;
    bool negative = false, any = false;

    for (;;) {
        const uint32_t cp = next(p);
        const unsigned bit = cp == 'i' ? FOLD : cp == 'm' ? MULTILINE : cp == 's' ? DOT_ALL : 0;

        if (bit != 0 || cp == 'U') {
            flags = negative ? flags & ~bit : flags | bit;
            any = true;
        } else if (cp == '-' && !negative) {
            negative = true;
            any = false;
        } else if ((cp == ':' || cp == ')') && (any || !negative)) {
            p->flags = flags;
            return cp;
        } else {
            return BL_BAD_CODEPOINT;
        }
    }
}

/* group = "(" choice ")" with what "?" may add; "(" was read. NULL without a failure: only flags.
 */
static bl_regex_node *parse_group(parser *p)
{
    const unsigned outer = p->flags;

    if (accept(p, "?P<") || accept(p, "?<")) {
        if (!read_name(p))
            return fail(p, BYLAW_EINPUT);
    } else if (accept(p, "?")) {
        const uint32_t end = read_flags(p);

        if (end == BL_BAD_CODEPOINT)
            return fail(p, BYLAW_EINPUT);
        if (end == ')')
            return NULL;
    }
    if (++p->depth > BL_REGEX_MAX_DEPTH)
        return fail(p, BYLAW_ELIMIT);
    bl_regex_node *inside = parse_choice(p);

    p->depth--;
    p->flags = outer;
    if (inside != NULL && !accept(p, ")"))
        return fail(p, BYLAW_EINPUT);
    return inside;
}

static bl_regex_node *parse_atom(parser *p)
{
    const uint32_t cp = next(p);

    switch (cp) {
    case '(':
        return parse_group(p);
    case '[':
        return parse_class(p);
    case '\\':
        return parse_escape(p);
    case '.':
        return any_node(p);
    case '^':
        return new_node(p, (p->flags & MULTILINE) != 0 ? BL_RE_LINE_BEGIN : BL_RE_TEXT_BEGIN);
    case '$':
        return new_node(p, (p->flags & MULTILINE) != 0 ? BL_RE_LINE_END : BL_RE_TEXT_END);
    case '*':
    case '+':
    case '?':
    case BL_BAD_CODEPOINT:
        return fail(p, BYLAW_EINPUT);
    default:
        return char_node(p, cp);
    }
}

/* --- repetition ------------------------------------------------------------------------------- */

/* Digits, at most to just above the limit; -1 where there are none. */
static int read_count(parser *p)
{
    int value = -1;

    while (peek(p) >= '0' && peek(p) <= '9') {
        const int digit = (int)(next(p) - '0');

        value = value < 0 ? digit : value * 10 + digit;
        if (value > BL_REGEX_MAX_REPEAT)
            value = BL_REGEX_MAX_REPEAT + 1;
    }
    return value;
}

/* "{" n [ "," [m] ] "}"; false and nothing read where it is not of that form. */
static bool read_braces(parser *p, int *min, int *max)
{
    const size_t start = p->at;

    next(p);
    *min = *max = read_count(p);
    if (*min >= 0 && accept(p, ","))
        *max = read_count(p);
    if (*min >= 0 && accept(p, "}"))
        return true;
    p->at = start;
    return false;
}

/* Any of the operators, with a "?" behind it, which changes nothing here. */
static bool read_repetition(parser *p, int *min, int *max)
{
    const uint32_t cp = peek(p);

    if (cp == '{') {
        if (!read_braces(p, min, max))
            return false;
    } else if (cp == '*' || cp == '+' || cp == '?') {
        next(p);
        *min = cp == '+';
        *max = cp == '?' ? 1 : -1;
    } else {
        return false;
    }
    accept(p, "?");
    return true;
}

static bl_regex_node *parse_repeated(parser *p)
{
    bl_regex_node *atom = parse_atom(p);
    int min, max, again;

    if (atom == NULL || !read_repetition(p, &min, &max))
        return atom;
    if (min > BL_REGEX_MAX_REPEAT || max > BL_REGEX_MAX_REPEAT || (max >= 0 && max < min) ||
        read_repetition(p, &again, &again))
        return fail(p, BYLAW_EINPUT);
    bl_regex_node *node = new_node(p, BL_RE_REPEAT);

    if (node == NULL)
        return NULL;
    node->child = atom;
    node->min = min;
    node->max = max;
    return node;
}

static bl_regex_node *parse_concat(parser *p)
{
    bl_regex_node *list = new_node(p, BL_RE_CONCAT), *last = NULL;

    while (list != NULL && !at_end(p) && peek(p) != '|' && peek(p) != ')') {
        bl_regex_node *node = parse_repeated(p);

        if (p->status != BYLAW_OK)
            return NULL;
        if (node != NULL)
            append(list, &last, node);
    }
    return list;
}

/* choice = concat { "|" concat } */
static bl_regex_node *parse_choice(parser *p)
{
    bl_regex_node *choice = new_node(p, BL_RE_CHOICE), *last = NULL;

    do {
        bl_regex_node *branch = choice != NULL ? parse_concat(p) : NULL;

        if (branch == NULL)
            return NULL;
        append(choice, &last, branch);
    } while (accept(p, "|"));
    return choice->child->next == NULL ? choice->child : choice;
}

bylaw_status bl_regex_parse(bl_regex_node **out, bl_arena *arena, bylaw_str pattern)
{
    parser p = {.arena = arena, .text = pattern};
    bl_regex_node *tree;

    if (!bl_utf8_valid(pattern, NULL))
        return BYLAW_EINPUT;
    tree = parse_choice(&p);
    if (tree != NULL && !at_end(&p)) /* a ")" too many */
        fail(&p, BYLAW_EINPUT);
    if (p.status != BYLAW_OK)
        return p.status;
    *out = tree;
    return BYLAW_OK;
}
