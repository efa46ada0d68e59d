/* report/grid.c: the verdict under every combination of readings, as a table. */
#include "report/sheet.h"

static bylaw_str phrase_of(const bl_voice *v, const bl_choice *choice)
{
    const bl_reading *reading = &v->set->set->readings[choice->reading];

    return bl_say_foreign(v, reading->phrase.len > 0 ? reading->phrase : reading->name);
}

static bylaw_str option_of(const bl_voice *v, const bl_choice *choice)
{
    return bl_say_label(v, v->set->set->readings[choice->reading].options[choice->option].label);
}

/* “三分之二成员”若作“到会成员”: what a row reads otherwise than the first. */
static bylaw_str say_differences(const bl_voice *v, const bl_alternative *a)
{
    const bl_alternative *first = &v->set->grid[0];
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < a->choice_count; i++) {
        if (a->choices[i].option == first->choices[i].option)
            continue;
        if (out.len > 0)
            bl_str_addz(&out, bl_word_comma.in[v->lang]);
        bl_str_add(&out, BL_SAYF(v, reading_option, BL_TEXT("phrase", phrase_of(v, &a->choices[i])),
                                 BL_TEXT("option", option_of(v, &a->choices[i]))));
    }
    if (out.len == 0)
        return BL_SAY0(v, grid_in_use);
    return bl_str_taken(&out);
}

/* One line a combination, for tables that are too wide. */
static void lines(bl_page *page, const bl_voice *v, size_t indent)
{
    for (size_t i = 0; i < v->set->grid_count; i++) {
        const bl_alternative *a = &v->set->grid[i];

        bl_page_line(page, indent + 2, indent + 4,
                     BL_SAYF(v, grid_line, BL_TEXT("reading", say_differences(v, a)),
                             BL_TEXT("outcome", bl_say_outcome(v, a->outcome)),
                             BL_TEXT("verdict", bl_say_verdict(v, a->verdict))));
    }
}

static void fill(bl_sheet *sheet, const bl_voice *v)
{
    const bl_set_result *r = v->set;
    const size_t n = r->grid[0].choice_count;

    for (size_t i = 0; i < n; i++)
        bl_sheet_column(sheet, "reading", phrase_of(v, &r->grid[0].choices[i]), false);
    bl_sheet_column(sheet, "outcome", BL_SAY0(v, grid_outcome), false);
    bl_sheet_column(sheet, "verdict", BL_SAY0(v, grid_verdict), false);
    for (size_t i = 0; i < r->grid_count; i++) {
        const bl_alternative *a = &r->grid[i];
        bl_cell *row = bl_sheet_row(sheet);

        for (size_t k = 0; row != NULL && k < n; k++)
            row[k] = bl_text_cell(option_of(v, &a->choices[k]));
        if (row != NULL) {
            row[n] = bl_text_cell(bl_say_outcome(v, a->outcome));
            row[n + 1] = bl_text_cell(bl_say_verdict(v, a->verdict));
        }
    }
}

void bl_text_grid(bl_page *page, bl_voice *v, size_t indent)
{
    const bl_set_result *r = v->set;
    bl_sheet sheet = {.arena = v->arena};

    if (r->grid_count == 0)
        return;
    if (r->grid[0].choice_count == 0) {
        bl_page_line(page, indent, indent, BL_SAY0(v, grid_alone));
        return;
    }
    bl_page_line(page, indent, indent, BL_SAY0(v, grid));
    if (r->grid[0].choice_count + 2 <= BL_MOST_COLUMNS)
        fill(&sheet, v);
    if (sheet.column_count > 0 && indent + 2 + bl_sheet_width(&sheet) <= page->columns)
        bl_sheet_text(page, &sheet, indent + 2);
    else
        lines(page, v, indent);
    if (r->grid_cut)
        bl_page_line(page, indent, indent,
                     BL_SAYF(v, grid_cut, BL_INT("most", (int64_t)r->most_tried)));
    page->out.failed = page->out.failed || sheet.failed;
}
