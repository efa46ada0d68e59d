/* tests/fuzz/read_back.c: what was written, read back by simple readers, one a format. They look
 * for what foreign text could break: characters that no format may carry, tags that do not close,
 * rows with a cell too many, lines that begin with what is not ours. */
#include "fuzz.h"

#include "text/utf8.h"

#include <string.h>

#define MOST_OPEN 64 /* elements of XML within one another; a report nests 6 deep */

/* ---- every format ---- */

/* Controls but the end of a line; marks that turn or hide the text; no character at all. */
static bool may_not_stand(uint32_t cp)
{
    return (cp < 0x20 && cp != '\n') || (cp >= 0x7F && cp < 0xA0) || cp == 0x061C || cp == 0x200E ||
           cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) ||
           cp == 0xFEFF || cp == BL_BAD_CODEPOINT;
}

void fuzz_must_be_plain(bylaw_str text)
{
    for (size_t at = 0; at < text.len;) {
        const size_t from = at;

        if (may_not_stand(bl_utf8_next(text, &at)))
            fuzz_broken("a character that may not stand, before",
                        bl_str_slice(text, from, from + 60 < text.len ? from + 60 : text.len));
    }
    if (bl_str_find(text, BYLAW_STR("##["), 0) != SIZE_MAX)
        fuzz_broken("a command of a log", text);
}

/* The next line, without its end. false: there is none. */
static bool next_line(bylaw_str text, size_t *at, bylaw_str *line)
{
    if (*at >= text.len)
        return false;
    const size_t end = bl_str_find(text, BYLAW_STR("\n"), *at);

    *line = bl_str_slice(text, *at, end == SIZE_MAX ? text.len : end);
    *at = end == SIZE_MAX ? text.len : end + 1;
    return true;
}

/* ---- XML and HTML ---- */

typedef struct markup {
    bylaw_str text;
    size_t at;
    bool html;
    bylaw_str open[MOST_OPEN];
    size_t depth;
} markup;

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == ':' || c == '_';
}

static void want(const markup *m, bool good, const char *what)
{
    if (!good)
        fuzz_broken(what, bl_str_slice(m->text, m->at, m->text.len));
}

static bool skip(markup *m, const char *piece)
{
    const size_t len = strlen(piece);
    const bool here =
        bl_str_starts(bl_str_slice(m->text, m->at, m->text.len), bylaw_str_from(piece));

    m->at += here ? len : 0;
    return here;
}

static void skip_behind(markup *m, const char *piece)
{
    const size_t found = bl_str_find(m->text, bylaw_str_from(piece), m->at);

    want(m, found != SIZE_MAX, "no end of what begins before");
    m->at = found + strlen(piece);
}

static bylaw_str name(markup *m)
{
    const size_t from = m->at;

    while (m->at < m->text.len && is_name(m->text.ptr[m->at]))
        m->at++;
    want(m, m->at > from, "no name of a tag before");
    return bl_str_slice(m->text, from, m->at);
}

/* & amp ; */
static void entity(markup *m)
{
    static const char *const known[] = {"&amp;", "&lt;",  "&gt;",  "&quot;",
                                        "&#39;", "&#10;", "&nbsp;"};
    bool found = false;

    for (size_t i = 0; !found && i < sizeof known / sizeof known[0] - !m->html; i++)
        found = skip(m, known[i]);
    want(m, found, "no character reference");
}

static void quoted(markup *m)
{
    want(m, skip(m, "\""), "a value without quotes before");
    while (m->at < m->text.len && m->text.ptr[m->at] != '"') {
        want(m, m->text.ptr[m->at] != '<', "a tag within a value");
        if (m->text.ptr[m->at] == '&')
            entity(m);
        else
            m->at++;
    }
    want(m, skip(m, "\""), "a value without end");
}

static bool is_void(const markup *m, bylaw_str tag)
{
    return m->html && (bl_str_is(tag, "meta") || bl_str_is(tag, "br") || bl_str_is(tag, "hr") ||
                       bl_str_is(tag, "link"));
}

static void start_tag(markup *m)
{
    const bylaw_str tag = name(m);

    want(m, !m->html || !bl_str_is(tag, "script"), "a script");
    while (skip(m, " ") || skip(m, "\n")) {
        if (m->at < m->text.len && is_name(m->text.ptr[m->at])) {
            (void)name(m);
            if (skip(m, "="))
                quoted(m);
            else
                want(m, m->html, "an attribute without a value before");
        }
    }
    const bool empty = skip(m, "/");

    want(m, skip(m, ">"), "a tag without end");
    if (empty || is_void(m, tag))
        return;
    want(m, m->depth < MOST_OPEN, "too deep");
    m->open[m->depth++] = tag;
    if (m->html && bl_str_is(tag, "style")) { /* what stands in it is ours, and no markup */
        m->at = bl_str_find(m->text, BYLAW_STR("</style>"), m->at);
        want(m, m->at != SIZE_MAX, "no end of the style");
    }
}

static void end_tag(markup *m)
{
    const bylaw_str tag = name(m);

    want(m, m->depth > 0 && bl_str_equal(tag, m->open[m->depth - 1]), "another end tag");
    m->depth--;
    want(m, skip(m, ">"), "an end tag without end");
}

static void must_be_markup(bylaw_str text, bool html)
{
    markup m = {.text = text, .html = html};
    size_t roots = 0;

    while (m.at < text.len) {
        const char c = text.ptr[m.at];

        roots += c == '<' && m.depth == 0;
        if (skip(&m, "<?"))
            skip_behind(&m, "?>"), roots--;
        else if (skip(&m, "<!"))
            skip_behind(&m, ">"), roots--;
        else if (skip(&m, "</"))
            end_tag(&m);
        else if (skip(&m, "<"))
            start_tag(&m);
        else if (c == '&')
            entity(&m);
        else
            want(&m, m.depth > 0 || c == '\n' || c == ' ', "text outside"), m.at++;
    }
    want(&m, m.depth == 0 && roots == 1, "not one document");
}

/* ---- lines ---- */

/* As many tests as the plan says, or none and no plan; what else begins a line is ours. */
static void must_be_tap(bylaw_str text)
{
    static const char *const ours[] = {"TAP version ", "# ", "  ", "Bail out!"};
    size_t at = 0, tests = 0, planned = SIZE_MAX;
    bylaw_str line;

    while (next_line(text, &at, &line)) {
        const size_t not_ok = bl_str_starts(line, BYLAW_STR("not ")) ? 4 : 0;
        bool known = false;

        if (bl_str_starts(line, BYLAW_STR("1.."))) {
            planned = 0;
            for (size_t i = 3; i < line.len; i++)
                planned = planned * 10 + (size_t)(line.ptr[i] - '0');
            continue;
        }
        if (bl_str_starts(bl_str_slice(line, not_ok, line.len), BYLAW_STR("ok "))) {
            tests++;
            continue;
        }
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
            known = known || bl_str_starts(line, bylaw_str_from(ours[i]));
        if (!known)
            fuzz_broken("a line of TAP that is not ours", line);
    }
    if (planned != tests && (tests > 0 || bl_str_find(text, BYLAW_STR("Bail out!"), 0) == SIZE_MAX))
        fuzz_broken("not as many tests as planned", text);
}

static size_t cells(bylaw_str line)
{
    size_t n = 0;

    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '\\')
            i++;
        else
            n += line.ptr[i] == '|';
    }
    return n;
}

/* Every row of a table has as many cells as its head. */
static void must_be_markdown(bylaw_str text)
{
    size_t at = 0, head = 0;
    bylaw_str line;

    while (next_line(text, &at, &line)) {
        const size_t n = bl_str_starts(line, BYLAW_STR("|")) ? cells(line) : 0;

        if (n > 0 && head > 0 && n != head)
            fuzz_broken("a row with other cells than the head", line);
        head = n;
    }
}

/* Whatever the files are called, a line begins with ours. */
static void must_begin(bylaw_str text, const char *const *ours, size_t count)
{
    size_t at = 0;
    bylaw_str line;

    while (next_line(text, &at, &line)) {
        bool known = false;

        for (size_t i = 0; i < count; i++)
            known = known || bl_str_starts(line, bylaw_str_from(ours[i]));
        if (!known)
            fuzz_broken("a line that begins with what is not ours", line);
    }
}

void fuzz_must_be_format(bylaw_str text, bylaw_report_format format)
{
    static const char *const of_editors[] = {"./"};

    fuzz_must_be_plain(text);
    switch (format) {
    case BYLAW_REPORT_JSON:
    case BYLAW_REPORT_SARIF:
    case BYLAW_REPORT_GITLAB:
        fuzz_must_be_json(text, false);
        break;
    case BYLAW_REPORT_JSONL:
        fuzz_must_be_json(text, true);
        break;
    case BYLAW_REPORT_JUNIT:
    case BYLAW_REPORT_JUNIT_STRICT:
    case BYLAW_REPORT_HTML:
        must_be_markup(text, format == BYLAW_REPORT_HTML);
        break;
    case BYLAW_REPORT_TAP:
        must_be_tap(text);
        break;
    case BYLAW_REPORT_MARKDOWN:
        must_be_markdown(text);
        break;
    case BYLAW_REPORT_COMPACT:
        must_begin(text, of_editors, 1);
        break;
    case BYLAW_REPORT_TEXT:
    case BYLAW_REPORT_GITHUB:
    case BYLAW_REPORT_TEMPLATE:
        break;
    }
}
