/* report/diags.c: mistakes in words: one line each, then the line of the file with carets; mistakes
 * of one line share it. */
#include "report/page.h"

#include "text/excerpt.h"

#define MAX_CARETS 16

static bool same_line(const bylaw_diag *a, const bylaw_diag *b)
{
    return a->line == b->line && bl_str_equal(a->file, b->file);
}

/* --set, --at: what they hold is before the reader's eyes already. */
static bool is_option(const bylaw_diag *d)
{
    return bl_str_starts(d->file, BYLAW_STR("--"));
}

static void head(bl_page *page, const bl_voice *v, const bylaw_diag *d,
                 const bylaw_diag_style *style)
{
    bl_str line = bl_str_init(v->arena);

    bl_styled(&line, d->severity == BYLAW_ERROR ? BL_RED : BL_YELLOW,
              d->severity == BYLAW_ERROR ? BL_SAY0(v, error) : BL_SAY0(v, warning));
    bl_str_addz(&line, "  ");
    if (is_option(d)) {
        bl_str_add(&line, d->file);
        bl_str_addz(&line, "  ");
    } else if (d->line > 0) {
        bl_str_add(&line, bl_say_foreign(v, d->file));
        bl_str_addf(&line, ":%zu:%zu  ", d->line, d->column);
    }
    bl_str_add(&line, bl_say_foreign(v, d->message.in[v->lang]));
    if (style->codes && d->code.len > 0) {
        bl_str_addz(&line, " [");
        bl_str_add(&line, d->code);
        bl_str_addc(&line, ']');
    }
    bl_page_line(page, 0, 2, bl_str_view(&line));
}

static void excerpt(bl_page *page, const bylaw_diags *diags, size_t first, size_t end)
{
    const bylaw_diag *d = bylaw_diags_get(diags, first);
    const bl_excerpt_style style = {.columns = page->columns,
                                    .first_column = d->excerpt_column,
                                    .caret_on = page->color ? "\033[1;31m" : NULL,
                                    .caret_off = page->color ? "\033[0m" : NULL};
    bl_caret carets[MAX_CARETS];
    size_t n = 0;

    for (size_t i = first; i < end && n < MAX_CARETS; i++) {
        const bylaw_diag *one = bylaw_diags_get(diags, i);
        const size_t to = one->end_line == one->line ? one->end_column : one->column + 1;

        carets[n++] = (bl_caret){one->column, to};
    }
    if (d->line > 0 && d->excerpt.len > 0 && !is_option(d))
        bl_excerpt_write(&page->out, d->excerpt, d->line, carets, n, &style);
}

bylaw_status bylaw_diags_write(const bylaw_diags *diags, const bylaw_diag_style *style,
                               bylaw_status (*write)(void *, bylaw_str), void *context)
{
    bl_arena arena;
    bylaw_str text;
    bylaw_status status;
    const size_t count = bylaw_diags_count(diags);

    bl_arena_init(&arena, bl_diags_allocator(diags));
    bl_page page = {.out = bl_str_init(&arena),
                    .columns = style->columns == 0 ? 80 : style->columns,
                    .color = style->color};
    const bl_voice v = {.arena = &arena, .lang = style->lang};

    for (size_t i = 0; i < count;) {
        size_t end = i;

        while (end < count && same_line(bylaw_diags_get(diags, i), bylaw_diags_get(diags, end)))
            head(&page, &v, bylaw_diags_get(diags, end++), style);
        if (style->excerpts)
            excerpt(&page, diags, i, end);
        i = end;
    }
    status = bl_str_take(&text, &page.out);
    if (bl_diags_status(diags, SIZE_MAX) != BYLAW_OK)
        status = BYLAW_ENOMEM; /* some that should stand in the list do not */
    if (status == BYLAW_OK && text.len > 0)
        status = write(context, text);
    bl_arena_dispose(&arena);
    return status;
}
