/* report/page.c: see page.h. */
#include "report/page.h"

#include "text/wrap.h"

static const char *const sequences[] = {
    [BL_PLAIN] = "\033[0m", [BL_GREEN] = "\033[32m", [BL_YELLOW] = "\033[33m",
    [BL_BLUE] = "\033[34m", [BL_RED] = "\033[1;31m", [BL_BOLD] = "\033[1m",
    [BL_DIM] = "\033[2m",
};

/* Styles become escape sequences, or vanish. */
static void render(bl_str *out, bylaw_str text, bool color)
{
    size_t from = 0;

    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];

        if (c < BL_PLAIN || c > BL_DIM)
            continue;
        bl_str_add(out, bl_str_slice(text, from, i));
        if (color)
            bl_str_addz(out, sequences[c]);
        from = i + 1;
    }
    bl_str_add(out, bl_str_slice(text, from, text.len));
}

void bl_page_raw(bl_page *page, bylaw_str text)
{
    render(&page->out, text, page->color);
}

void bl_page_line(bl_page *page, size_t indent, size_t hang, bylaw_str text)
{
    bl_str rendered = bl_str_init(page->out.arena);

    render(&rendered, text, page->color);
    bl_add_blanks(&page->out, indent);
    bl_wrap(&page->out, bl_str_view(&rendered), page->columns, indent, hang);
    page->out.failed = page->out.failed || rendered.failed;
    bl_str_addc(&page->out, '\n');
}

void bl_styled(bl_str *out, bl_style style, bylaw_str text)
{
    bl_str_addc(out, (char)style);
    bl_str_add(out, text);
    bl_str_addc(out, (char)BL_PLAIN);
}

void bl_pad(bl_str *out, bylaw_str text, size_t width)
{
    bl_add_padded(out, text, width);
}

bl_style bl_verdict_style(bylaw_verdict verdict)
{
    static const bl_style styles[] = {
        [BYLAW_COMPLIANT] = BL_GREEN, [BYLAW_CAUTION] = BL_YELLOW,   [BYLAW_UNDETERMINED] = BL_BLUE,
        [BYLAW_VIOLATION] = BL_RED,   [BYLAW_NOT_GOVERNED] = BL_RED,
    };

    return styles[verdict];
}

bl_style bl_status_style(bl_status status)
{
    static const bl_style styles[BL_STATUS__COUNT] = {
        [BL_NOT_APPLICABLE] = BL_DIM,
        [BL_SATISFIED] = BL_GREEN,
        [BL_NOT_EXAMINED] = BL_DIM,
        [BL_NOT_MET] = BL_DIM,
        [BL_PENDING] = BL_BLUE,
        [BL_WAIVED] = BL_YELLOW,
        [BL_DEPARTED] = BL_YELLOW,
        [BL_VIOLATED] = BL_RED,
        [BL_UNDETERMINED_FINDING] = BL_BLUE,
    };

    return styles[status];
}

char bl_verdict_mark(bylaw_verdict verdict)
{
    static const char marks[] = {[BYLAW_COMPLIANT] = 'v',
                                 [BYLAW_CAUTION] = '!',
                                 [BYLAW_UNDETERMINED] = '?',
                                 [BYLAW_VIOLATION] = 'x',
                                 [BYLAW_NOT_GOVERNED] = '-'};

    return marks[verdict];
}
