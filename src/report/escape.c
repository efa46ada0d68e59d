/* report/escape.c: see escape.h. Each format is a row: what replaces which ASCII character, and how
 * a code point that must not stand is spelled. */
#include "report/escape.h"

#include "text/utf8.h"

typedef struct replacement {
    char c;
    const char *by;
} replacement;

static const replacement json[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"},
                                   {'\r', "\\r"}, {'\t', "\\t"},  {0, NULL}};
static const replacement xml[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"}, {'"', "&quot;"},
                                  {'\'', "&#39;"}, {'\n', "&#10;"}, {'\t', " "},   {0, NULL}};
static const replacement github[] = {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}, {0, NULL}};
static const replacement github_prop[] = {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"},
                                          {':', "%3A"}, {',', "%2C"},  {0, NULL}};
static const replacement tap[] = {{'\\', "\\\\"}, {'#', "\\#"}, {'\n', " "}, {0, NULL}};
static const replacement markdown[] = {{'\\', "\\\\"}, {'`', "\\`"},   {'*', "\\*"},  {'_', "\\_"},
                                       {'[', "\\["},   {']', "\\]"},   {'<', "&lt;"}, {'|', "\\|"},
                                       {'#', "\\#"},   {'&', "&amp;"}, {'\n', " "},   {0, NULL}};
static const replacement none[] = {{0, NULL}};

static const struct format {
    const replacement *table;
    const char *codepoint; /* printf format for one that must not stand; NULL: left out */
} formats[BL_ESCAPE__COUNT] = {
    [BL_ESCAPE_JSON] = {json, "\\u%04x"},     [BL_ESCAPE_XML] = {xml, "\\u{%x}"},
    [BL_ESCAPE_GITHUB] = {github, "\\u{%x}"}, [BL_ESCAPE_GITHUB_PROP] = {github_prop, "\\u{%x}"},
    [BL_ESCAPE_TAP] = {tap, "\\\\u{%x}"},     [BL_ESCAPE_MARKDOWN] = {markdown, "\\\\u{%x}"},
    [BL_ESCAPE_URI] = {none, NULL},
};

static bool is_unsafe(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x061C || cp == 0x200E || cp == 0x200F ||
           (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF ||
           (cp & 0xFFFFFFFEu) == 0xFFFE || cp == BL_BAD_CODEPOINT;
}

static const char *replaced(const replacement *table, uint32_t cp)
{
    for (; table->by != NULL; table++) {
        if ((uint32_t)(unsigned char)table->c == cp)
            return table->by;
    }
    return NULL;
}

/* RFC 3986: unreserved characters and the slashes of a path stand, every other byte is %XX. */
static void add_uri(bl_str *out, bylaw_str text)
{
    static const bylaw_str stand = {"-._~/", 5};

    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (plain || bl_str_find(stand, (bylaw_str){text.ptr + i, 1}, 0) != SIZE_MAX)
            bl_str_addc(out, (char)c);
        else
            bl_str_addf(out, "%%%02X", c);
    }
}

static void add_codepoint(bl_str *out, const struct format *format, uint32_t cp)
{
    const unsigned shown = cp == BL_BAD_CODEPOINT ? 0xFFFDu : (unsigned)cp;
    char text[32];
    size_t n = 0;

    for (const char *p = format->codepoint; *p != '\0'; p++) {
        if (*p != '%') {
            text[n++] = *p;
            continue;
        }
        const bool wide = p[1] == '0';
        bl_str hex = bl_str_init(out->arena);

        if (wide)
            bl_str_addf(&hex, "%04x", shown);
        else
            bl_str_addf(&hex, "%x", shown);
        bl_str_add(out, (bylaw_str){text, n});
        bl_str_add(out, bl_str_view(&hex));
        n = 0;
        p += wide ? 3 : 1;
    }
    bl_str_add(out, (bylaw_str){text, n});
}

void bl_escape_add(bl_str *out, bl_escape how, bylaw_str text)
{
    const struct format *format = &formats[how];
    size_t at = 0;

    if (how == BL_ESCAPE_URI) {
        add_uri(out, text);
        return;
    }
    while (at < text.len) {
        const size_t from = at;
        const uint32_t cp = bl_utf8_next(text, &at);
        const bool command =
            cp == '#' && bl_str_starts(bl_str_slice(text, from, text.len), BYLAW_STR("##["));
        const char *by = replaced(format->table, cp);

        if (by != NULL && !command)
            bl_str_addz(out, by);
        else if (command || is_unsafe(cp))
            add_codepoint(out, format, cp);
        else
            bl_str_add(out, bl_str_slice(text, from, at));
    }
}
