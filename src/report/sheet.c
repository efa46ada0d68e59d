/* report/sheet.c: see sheet.h. */
#include "report/sheet.h"
#include "report/html_head.h"

#include "report/escape.h"
#include "report/json.h"
#include "text/unicode.h"

static const char *const format_names[] = {"text", "csv", "json", "svg", "html"};

bool bylaw_need_format_named(bylaw_need_format *out, bylaw_str name)
{
    for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++) {
        if (bl_str_is(name, format_names[i])) {
            *out = (bylaw_need_format)i;
            return true;
        }
    }
    return false;
}

void bl_sheet_column(bl_sheet *sheet, const char *key, bylaw_str head, bool right)
{
    if (sheet->column_count < BL_MOST_COLUMNS)
        sheet->columns[sheet->column_count++] = (bl_column){key, head, right};
}

bl_cell *bl_sheet_row(bl_sheet *sheet)
{
    bl_cell *row = BL_NEW_N(sheet->arena, bl_cell, BL_MOST_COLUMNS);

    if (row == NULL || !bl_vec_push(sheet->arena, &sheet->rows, row)) {
        sheet->failed = true;
        return NULL;
    }
    return row;
}

void bl_sheet_note(bl_sheet *sheet, bylaw_str text)
{
    if (text.len > 0 && !bl_vec_push(sheet->arena, &sheet->notes, text))
        sheet->failed = true;
}

void bl_sheet_bar(bl_sheet *sheet, bl_bar bar)
{
    if (!bl_vec_push(sheet->arena, &sheet->bars, bar))
        sheet->failed = true;
}

bl_cell bl_text_cell(bylaw_str text)
{
    return (bl_cell){.text = text};
}

bl_cell bl_number_cell(bylaw_str text, int64_t n)
{
    return (bl_cell){text, true, n};
}

/* ---- text ---- */

static void add_cell(bl_str *line, bylaw_str text, size_t width, bool right, bool last)
{
    const size_t used = bl_display_width(text);

    for (size_t i = used; right && i < width; i++)
        bl_str_addc(line, ' ');
    bl_str_add(line, text);
    for (size_t i = used; !right && !last && i < width; i++)
        bl_str_addc(line, ' ');
    if (!last)
        bl_str_addz(line, "  ");
}

/* The text without the blanks that stand at its end. */
static void put_line(bl_page *page, bl_str *line, size_t indent, size_t hang)
{
    while (line->len > 0 && line->ptr[line->len - 1] == ' ')
        line->len--;
    bl_page_line(page, indent, indent + hang, bl_str_view(line));
}

static size_t width_of(const bl_sheet *sheet, size_t c)
{
    size_t width = bl_display_width(sheet->columns[c].head);

    for (size_t r = 0; r < sheet->rows.count; r++) {
        const size_t w = bl_display_width(sheet->rows.items[r][c].text);

        width = w > width ? w : width;
    }
    return width;
}

size_t bl_sheet_width(const bl_sheet *sheet)
{
    size_t width = 0;

    for (size_t c = 0; c < sheet->column_count; c++)
        width += width_of(sheet, c) + (c > 0 ? 2 : 0);
    return width;
}

void bl_sheet_text(bl_page *page, const bl_sheet *sheet, size_t indent)
{
    size_t widths[BL_MOST_COLUMNS], hang = 0;

    for (size_t c = 0; c < sheet->column_count; c++)
        widths[c] = width_of(sheet, c);
    for (size_t c = 0; c + 1 < sheet->column_count; c++)
        hang += widths[c] + 2;
    /* what wraps stays under the last column; where there is no room, it stands on its own line */
    const bool apart = hang + 16 > page->columns;

    for (size_t r = 0; r <= sheet->rows.count; r++) {
        bl_str line = bl_str_init(sheet->arena);
        bylaw_str last = {NULL, 0};

        for (size_t c = 0; c < sheet->column_count; c++) {
            const bylaw_str text =
                r == 0 ? sheet->columns[c].head : sheet->rows.items[r - 1][c].text;

            if (apart && c + 1 == sheet->column_count)
                last = text;
            else
                add_cell(&line, text, widths[c], sheet->columns[c].right,
                         c + 1 == sheet->column_count);
        }
        put_line(page, &line, indent, hang);
        if (last.len > 0)
            bl_page_line(page, indent + 4, indent + 4, last);
    }
}

/* The values side by side, as many as fit, then the next below them. */
static void text_across(bl_page *page, const bl_sheet *sheet)
{
    size_t label = 0, first = 0;

    for (size_t c = 0; c < sheet->column_count; c++) {
        const size_t width = bl_display_width(sheet->columns[c].head);

        label = width > label ? width : label;
    }
    while (first < sheet->rows.count) {
        size_t end = first, used = label;
        size_t widths[80] = {0};

        for (; end < sheet->rows.count && end - first < 80; end++) {
            size_t width = 0;

            for (size_t c = 0; c < sheet->column_count; c++) {
                const size_t w = bl_display_width(sheet->rows.items[end][c].text);

                width = w > width ? w : width;
            }
            if (used + 2 + width > page->columns && end > first)
                break;
            widths[end - first] = width;
            used += 2 + width;
        }
        if (first > 0)
            bl_str_addc(&page->out, '\n');
        for (size_t c = 0; c < sheet->column_count; c++) {
            bl_str line = bl_str_init(sheet->arena);

            add_cell(&line, sheet->columns[c].head, label, false, false);
            for (size_t r = first; r < end; r++)
                add_cell(&line, sheet->rows.items[r][c].text, widths[r - first], true,
                         r + 1 == end);
            put_line(page, &line, 0, 2);
        }
        first = end;
    }
}

static void write_text(bl_str *out, const bl_sheet *sheet, const bylaw_need_telling *telling)
{
    bl_page page = {.out = *out,
                    .columns = telling->columns == 0 ? 80 : telling->columns,
                    .color = telling->color};

    if (sheet->title.len > 0)
        bl_page_line(&page, 0, 2, sheet->title);
    if (sheet->rows.count > 0 && sheet->across)
        text_across(&page, sheet);
    else if (sheet->rows.count > 0)
        bl_sheet_text(&page, sheet, 0);
    for (size_t i = 0; i < sheet->notes.count; i++)
        bl_page_line(&page, 0, 2, sheet->notes.items[i]);
    *out = page.out;
}

/* ---- data ---- */

static void csv_field(bl_str *out, bylaw_str text)
{
    bool quote = false;

    for (size_t i = 0; i < text.len; i++)
        quote = quote || text.ptr[i] == ',' || text.ptr[i] == '"' || text.ptr[i] == '\n';
    /* a spreadsheet would compute what begins like a formula */
    if (text.len > 0 && (text.ptr[0] == '=' || text.ptr[0] == '+' || text.ptr[0] == '@'))
        bl_str_addc(out, '\'');
    if (!quote) {
        bl_str_add(out, text);
        return;
    }
    bl_str_addc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            bl_str_addc(out, '"');
        bl_str_addc(out, text.ptr[i]);
    }
    bl_str_addc(out, '"');
}

static void write_csv(bl_str *out, const bl_sheet *sheet)
{
    for (size_t r = 0; r <= sheet->rows.count; r++) {
        for (size_t c = 0; c < sheet->column_count; c++) {
            const bl_cell *cell = r > 0 ? &sheet->rows.items[r - 1][c] : NULL;

            if (c > 0)
                bl_str_addc(out, ',');
            if (cell == NULL)
                csv_field(out, sheet->columns[c].head);
            else if (cell->number)
                bl_str_add_int(out, cell->n);
            else
                csv_field(out, cell->text);
        }
        bl_str_addz(out, "\r\n"); /* RFC 4180 */
    }
}

static void write_json(bl_str *out, const bl_sheet *sheet)
{
    bl_json j = {.out = out};

    bl_json_open(&j, NULL, '{');
    bl_json_int(&j, "schema_version", 1);
    bl_json_text(&j, "title", sheet->title);
    bl_json_open(&j, "rows", '[');
    for (size_t r = 0; r < sheet->rows.count; r++) {
        bl_json_open(&j, NULL, '{');
        for (size_t c = 0; c < sheet->column_count; c++) {
            const bl_cell *cell = &sheet->rows.items[r][c];

            if (cell->number)
                bl_json_int(&j, sheet->columns[c].key, cell->n);
            else
                bl_json_text(&j, sheet->columns[c].key, cell->text);
        }
        bl_json_close(&j, '}');
    }
    bl_json_close(&j, ']');
    bl_json_open(&j, "notes", '[');
    for (size_t i = 0; i < sheet->notes.count; i++)
        bl_json_text(&j, NULL, sheet->notes.items[i]);
    bl_json_close(&j, ']');
    bl_json_close(&j, '}');
    bl_str_addc(out, '\n');
}

/* ---- the picture ---- */

#define CELL       14 /* a vote, with the gap behind it */
#define LINE       26 /* from bar to bar */
#define TOP        32 /* below it the bars; a title takes as much again */
#define MOST_CELLS 60 /* above it a bar is drawn in proportion */
#define WIDTH      620

static int bar_x(const bl_bar *bar, int64_t n)
{
    if (bar->total <= MOST_CELLS)
        return (int)n * CELL;
    return (int)((bl_i128)n * MOST_CELLS * CELL / bar->total);
}

static void rectangle(bl_str *out, int x, int y, int width, const char *class_)
{
    bl_str_addf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\" class=\"%s\"/>", x, y,
                width, class_);
}

static void mark(bl_str *out, int x, int y, const char *class_)
{
    bl_str_addf(out, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" class=\"%s\"/>", x, y - 3, x,
                y + 19, class_);
}

static void svg_text(bl_str *out, int x, int y, const char *class_, bylaw_str text)
{
    bl_str_addf(out, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, class_);
    bl_escape_add(out, BL_ESCAPE_XML, text);
    bl_str_addz(out, "</text>\n");
}

static void draw_bar(bl_str *out, bl_arena *arena, const bl_bar *bar, int left, int y)
{
    bl_str figures = bl_str_init(arena);
    const int64_t filled = bar->have >= 0 ? bar->have : bar->need;

    svg_text(out, 12, y + 13, "label", bar->label);
    if (bar->total <= MOST_CELLS) {
        for (int64_t i = 0; i < bar->total; i++)
            rectangle(out, left + (int)i * CELL, y, CELL - 2, i < filled ? "on" : "off");
    } else {
        rectangle(out, left, y, MOST_CELLS * CELL, "off");
        if (filled > 0)
            rectangle(out, left, y, bar_x(bar, filled < bar->total ? filled : bar->total), "on");
    }
    if (bar->other >= 0 && bar->other <= bar->total && bar->other != bar->need)
        mark(out, left + bar_x(bar, bar->other) - 1, y, "other");
    if (bar->need >= 0 && bar->need <= bar->total)
        mark(out, left + bar_x(bar, bar->need) - 1, y, "need");
    if (bar->have >= 0)
        bl_str_addf(&figures, "%lld · ", (long long)bar->have);
    if (bar->need >= 0)
        bl_str_addf(&figures, "%lld", (long long)bar->need);
    else
        bl_str_addz(&figures, "-");
    if (bar->other >= 0 && bar->other != bar->need)
        bl_str_addf(&figures, " (%lld)", (long long)bar->other);
    bl_str_addf(&figures, " / %lld", (long long)bar->total);
    svg_text(out, left + bar_x(bar, bar->total) + 10, y + 13, "label", bl_str_view(&figures));
}

static void legend(bl_str *out, const bl_sheet *sheet, int y)
{
    int x = 12;
    const struct {
        const char *class_;
        bylaw_str text;
    } signs[] = {{"need", sheet->need}, {"other", sheet->other}, {"on", sheet->having}};
    bool drawn = false; /* the mark of another reading: on no bar where its base is not known */

    for (size_t i = 0; i < sheet->bars.count; i++)
        drawn = drawn || sheet->bars.items[i].other >= 0;

    for (size_t i = 0; i < 3; i++) {
        if (signs[i].text.len == 0 || (i == 1 && !drawn))
            continue;
        if (i == 2)
            rectangle(out, x, y - 12, CELL - 2, "on");
        else
            mark(out, x + 5, y - 11, signs[i].class_);
        svg_text(out, x + 18, y + 1, "label", signs[i].text);
        x += 18 + (int)bl_display_width(signs[i].text) * 8 + 24;
    }
}

/* titled: by itself; on a page the title stands above it. */
static void draw(bl_str *out, const bl_sheet *sheet, bool titled)
{
    size_t label = 0, cells = 10;

    for (size_t i = 0; i < sheet->bars.count; i++) {
        const size_t width = bl_display_width(sheet->bars.items[i].label);
        const int64_t total = sheet->bars.items[i].total;

        label = width > label ? width : label;
        cells = total > MOST_CELLS ? MOST_CELLS : (size_t)total > cells ? (size_t)total : cells;
    }
    const int left = 12 + (int)label * 8 + 12;
    int width = left + (int)cells * CELL + 140;
    const int top = titled ? TOP + 24 : TOP;
    const int height = top + (int)sheet->bars.count * LINE + 12;

    width = width < WIDTH ? WIDTH : width;
    bl_str_addf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                "height=\"%d\" role=\"img\">\n",
                width, height, width, height);
    bl_str_addz(out,
                "<style>svg{--ink:#1b1d21;--paper:#fff;--on:#5b7fa8;--off:#e3e2de}"
                "@media screen and (prefers-color-scheme:dark){svg{--ink:#e6e4df;--paper:#1d1f22;"
                "--on:#7d9cc0;--off:#3b3e44}}"
                "text{font-family:sans-serif;fill:var(--ink)}.paper{fill:var(--paper)}"
                ".title{font-size:16px;font-weight:bold}.label{font-size:13px}"
                ".on{fill:var(--on)}.off{fill:var(--off)}.need{stroke:var(--ink);stroke-width:3}"
                ".other{stroke:var(--ink);stroke-width:2;stroke-dasharray:4 3}</style>\n");
    bl_str_addz(out, "<rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n");
    if (titled)
        svg_text(out, 12, 22, "title", sheet->title);
    legend(out, sheet, top - 12);
    for (size_t i = 0; i < sheet->bars.count; i++)
        draw_bar(out, sheet->arena, &sheet->bars.items[i], left, top + (int)i * LINE);
    bl_str_addz(out, "</svg>\n");
}

static void html_text(bl_str *out, const char *element, bylaw_str text)
{
    bl_str_addf(out, "<%s>", element);
    bl_escape_add(out, BL_ESCAPE_XML, text);
    bl_str_addf(out, "</%s>\n", element);
}

static void write_html(bl_str *out, const bl_sheet *sheet, bylaw_lang lang)
{
    bl_html_head(out, lang, sheet->title, (bylaw_str){NULL, 0});
    bl_str_addz(out, "<main>\n");
    html_text(out, "h1", sheet->title);
    draw(out, sheet, false);
    bl_str_addz(out, "<table class=\"table\">\n");
    for (size_t r = 0; r <= sheet->rows.count; r++) {
        bl_str_addz(out, "<tr>");
        for (size_t c = 0; c < sheet->column_count; c++) {
            const bl_column *column = &sheet->columns[c];

            bl_str_addf(out, r == 0 ? "<th%s>" : "<td%s>", column->right ? " class=\"n\"" : "");
            bl_escape_add(out, BL_ESCAPE_XML,
                          r == 0 ? column->head : sheet->rows.items[r - 1][c].text);
            bl_str_addz(out, r == 0 ? "</th>" : "</td>");
        }
        bl_str_addz(out, "</tr>\n");
    }
    bl_str_addz(out, "</table>\n");
    for (size_t i = 0; i < sheet->notes.count; i++)
        html_text(out, "p", sheet->notes.items[i]);
    bl_str_addz(out, "</main>\n");
    bl_html_end(out);
}

bylaw_status bl_sheet_write(bl_sheet *sheet, const bylaw_need_telling *telling)
{
    bl_str out = bl_str_init(sheet->arena);
    bylaw_str text;

    switch (telling->format) {
    case BYLAW_NEED_TEXT:
        write_text(&out, sheet, telling);
        break;
    case BYLAW_NEED_CSV:
        write_csv(&out, sheet);
        break;
    case BYLAW_NEED_JSON:
        write_json(&out, sheet);
        break;
    case BYLAW_NEED_SVG:
        draw(&out, sheet, true);
        break;
    case BYLAW_NEED_HTML:
        write_html(&out, sheet, telling->lang);
        break;
    }
    if (sheet->failed || bl_str_take(&text, &out) != BYLAW_OK)
        return BYLAW_ENOMEM;
    return telling->write(telling->context, text);
}
