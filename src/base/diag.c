/* base/diag.c: see diag.h. A diagnostic is rendered in both languages when it is added: there are
 * few of them, and the list then depends on nothing that was read. */
#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

struct bylaw_diags {
    bylaw_allocator allocator;
    bl_arena arena;
    bylaw_diag **items;
    size_t count, room, errors;
    bool failed;
};

bylaw_status bylaw_diags_new(bylaw_diags **out, const bylaw_allocator *allocator)
{
    bylaw_diags *diags = bl_new(allocator, sizeof *diags);

    if (diags == NULL)
        return BYLAW_ENOMEM;
    diags->allocator = bl_allocator_or_default(allocator);
    bl_arena_init(&diags->arena, allocator);
    *out = diags;
    return BYLAW_OK;
}

void bylaw_diags_free(bylaw_diags *diags)
{
    if (diags == NULL)
        return;
    const bylaw_allocator allocator = diags->allocator;

    bl_arena_dispose(&diags->arena);
    bl_free(&allocator, diags, sizeof *diags);
}

size_t bylaw_diags_count(const bylaw_diags *diags)
{
    return diags->count;
}

size_t bylaw_diags_errors(const bylaw_diags *diags)
{
    return diags->errors;
}

bool bylaw_diags_complete(const bylaw_diags *diags)
{
    return !diags->failed && !diags->arena.failed;
}

const bylaw_diag *bylaw_diags_get(const bylaw_diags *diags, size_t i)
{
    return diags->items[i];
}

void bylaw_diags_clear(bylaw_diags *diags)
{
    bl_arena_reset(&diags->arena);
    diags->items = NULL;
    diags->count = diags->room = diags->errors = 0;
    diags->failed = diags->arena.failed = false;
}

const bylaw_allocator *bl_diags_allocator(const bylaw_diags *diags)
{
    return &diags->allocator;
}

bylaw_status bl_diags_status(const bylaw_diags *diags, size_t known_errors)
{
    if (diags == NULL)
        return BYLAW_OK;
    if (!bylaw_diags_complete(diags))
        return BYLAW_ENOMEM;
    return diags->errors > known_errors ? BYLAW_EINPUT : BYLAW_OK;
}

static const bl_arg *find_arg(bylaw_str name, const bl_arg *args, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bl_str_is(name, args[i].name))
            return &args[i];
    }
    return NULL;
}

static void add_arg(bl_str *out, const bl_arg *arg, bylaw_lang lang)
{
    switch (arg->kind) {
    case BL_ARG_TEXT:
        bl_str_add(out, arg->text);
        break;
    case BL_ARG_INT:
        bl_str_add_int(out, arg->number);
        break;
    case BL_ARG_LABEL:
        bl_str_add(out, arg->label.in[lang]);
        break;
    }
}

/* One {…}: a name, or name|singular|plural. */
static void add_part(bl_str *out, bylaw_str part, bylaw_lang lang, const bl_arg *args, size_t n)
{
    const size_t bar = bl_str_find(part, BYLAW_STR("|"), 0);
    const bl_arg *arg = find_arg(bl_str_slice(part, 0, bar), args, n);

    if (arg == NULL) {
        bl_str_addc(out, '{');
        bl_str_add(out, part);
        bl_str_addc(out, '}');
    } else if (bar == SIZE_MAX) {
        add_arg(out, arg, lang);
    } else {
        const size_t second = bl_str_find(part, BYLAW_STR("|"), bar + 1);
        const bool one = arg->number == 1;

        bl_str_add(out,
                   one ? bl_str_slice(part, bar + 1, second)
                       : bl_str_slice(part, second == SIZE_MAX ? bar + 1 : second + 1, part.len));
    }
}

void bl_msg_format(bl_str *out, const char *template_, bylaw_lang lang, const bl_arg *args,
                   size_t n)
{
    const bylaw_str text = bylaw_str_from(template_);
    size_t at = 0;

    while (at < text.len) {
        const size_t open = bl_str_find(text, BYLAW_STR("{"), at);
        const size_t close = open == SIZE_MAX ? SIZE_MAX : bl_str_find(text, BYLAW_STR("}"), open);

        bl_str_add(out, bl_str_slice(text, at, close == SIZE_MAX ? text.len : open));
        if (close == SIZE_MAX)
            return;
        add_part(out, bl_str_slice(text, open + 1, close), lang, args, n);
        at = close + 1;
    }
}

/* ---- places ---- */

/* Goes on from one byte to a later one. A byte order mark is no part of the first line. */
static void walk(bl_landmark *mark, bylaw_str text, size_t from, size_t to)
{
    while (from < to) {
        const char *end = memchr(text.ptr + from, '\n', to - from);

        if (end == NULL)
            break;
        from = (size_t)(end + 1 - text.ptr);
        *mark = (bl_landmark){mark->line + 1, (uint32_t)from, 1};
    }
    for (size_t i = from > mark->line_start ? from : mark->line_start; i < to; i++)
        mark->column += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
}

static bl_landmark first_mark(bylaw_str text)
{
    return (bl_landmark){0, bl_str_starts(text, BYLAW_STR("\xEF\xBB\xBF")) ? 3 : 0, 1};
}

bool bl_source_survey(bl_source *source, bl_arena *arena)
{
    const size_t count = source->text.len / BL_SURVEY_STEP + 1;

    if (count < 3) /* it is short */
        return true;
    bl_landmark mark = first_mark(source->text);
    bl_survey *survey = BL_NEW(arena, bl_survey);

    if (survey == NULL || (survey->marks = BL_NEW_N(arena, bl_landmark, count)) == NULL)
        return false;
    survey->marks[0] = mark;
    for (size_t i = 1; i < count; i++) {
        walk(&mark, source->text, (i - 1) * BL_SURVEY_STEP, i * BL_SURVEY_STEP);
        survey->marks[i] = mark;
    }
    source->survey = survey;
    return true;
}

bool bl_source_digest(const bl_source *source, char hex[BL_SHA256_HEX])
{
    bl_survey *survey = source->survey;

    if (survey != NULL && survey->sha256[0] != '\0') {
        memcpy(hex, survey->sha256, BL_SHA256_HEX);
        return true;
    }
    if (!bl_sha256_hex(source->text, hex))
        return false;
    if (survey != NULL)
        memcpy(survey->sha256, hex, BL_SHA256_HEX);
    return true;
}

static size_t within(const bl_source *source, uint32_t offset)
{
    return offset < source->text.len ? offset : source->text.len;
}

static bl_landmark mark_of(const bl_source *source, uint32_t offset)
{
    const size_t to = within(source, offset);
    bl_landmark mark;
    size_t from = 0;

    if (source->survey != NULL) {
        mark = source->survey->marks[to / BL_SURVEY_STEP];
        from = to / BL_SURVEY_STEP * BL_SURVEY_STEP;
    } else {
        mark = first_mark(source->text);
    }
    walk(&mark, source->text, from, to);
    return mark;
}

bl_place bl_place_of(const bl_source *source, uint32_t offset)
{
    const bl_landmark mark = mark_of(source, offset);

    return (bl_place){source->first_line + mark.line + 1, mark.column};
}

/* The line of an offset, and no more of it than `most` bytes behind that. */
static bylaw_str line_up_to(const bl_source *source, uint32_t offset, size_t most)
{
    const size_t from = mark_of(source, offset).line_start, at = within(source, offset);
    const size_t start = at > from ? at : from;
    const size_t stop = most < source->text.len - start ? start + most : source->text.len;
    const bylaw_str rest = bl_str_slice(source->text, start, stop);
    const size_t end = bl_str_find(rest, BYLAW_STR("\n"), 0);
    const size_t to = end == SIZE_MAX ? stop : start + end;
    const bool is_whole = end != SIZE_MAX || stop == source->text.len;
    const bool returns = is_whole && to > from && source->text.ptr[to - 1] == '\r';

    return bl_str_slice(source->text, from, to - returns);
}

bylaw_str bl_line_of(const bl_source *source, uint32_t offset)
{
    return line_up_to(source, offset, SIZE_MAX);
}

/* An excerpt helps a reader; of a line of megabytes only what is around the mistake does. */
#define MAX_EXCERPT 2000
#define BEFORE      400 /* bytes of it before the mistake */

static bool is_inside(bylaw_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

/* The part of its line around an offset, whole characters; *column is that of its first. */
static bylaw_str excerpt_of(const bl_source *source, uint32_t offset, size_t *column)
{
    const bylaw_str line = line_up_to(source, offset, (size_t)2 * MAX_EXCERPT);
    const size_t start = (size_t)(line.ptr - source->text.ptr);
    const size_t at = offset > start ? offset - start : 0;
    size_t from = 0, to = line.len;

    *column = 1;
    if (line.len <= MAX_EXCERPT)
        return line;
    if (at > BEFORE)
        from = at - BEFORE;
    if (to - from > MAX_EXCERPT)
        to = from + MAX_EXCERPT;
    while (is_inside(line, from))
        from++;
    while (is_inside(line, to))
        to--;
    *column = mark_of(source, (uint32_t)(start + from)).column;
    return bl_str_slice(line, from, to);
}

static bool locate(bl_arena *arena, bylaw_diag *item, bl_span span)
{
    if (span.source == NULL)
        return true;
    const bl_place begin = bl_place_of(span.source, span.from);
    const bl_place end = bl_place_of(span.source, span.to);

    item->line = begin.line;
    item->column = begin.column;
    item->end_line = end.line;
    item->end_column = end.column;
    return bl_arena_copy(arena, &item->file, span.source->name) &&
           bl_arena_copy(arena, &item->excerpt,
                         excerpt_of(span.source, span.from, &item->excerpt_column));
}

static bool render(bl_arena *arena, bylaw_diag *item, const bl_msg *msg, const bl_arg *args,
                   size_t n)
{
    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        bl_str text = bl_str_init(arena);

        bl_msg_format(&text, msg->in[lang], (bylaw_lang)lang, args, n);
        if (bl_str_take(&item->message.in[lang], &text) != BYLAW_OK)
            return false;
    }
    return true;
}

/* A file made to hurt can hold millions of mistakes: those beyond this many are only counted. */
#define MAX_KEPT 10000

void bl_diag_add(bylaw_diags *diags, bylaw_severity severity, const bl_msg *msg, bl_span span,
                 const bl_arg *args, size_t n)
{
    if (diags == NULL)
        return;
    if (diags->count >= MAX_KEPT) {
        diags->errors += severity == BYLAW_ERROR;
        return;
    }
    if (diags->count == diags->room) {
        const size_t room = diags->room == 0 ? 16 : diags->room * 2;
        bylaw_diag **items = bl_arena_grow(&diags->arena, diags->items,
                                           diags->count * sizeof *items, room * sizeof *items);

        if (items == NULL) {
            diags->failed = true;
            return;
        }
        diags->items = items;
        diags->room = room;
    }
    bylaw_diag *item = BL_NEW(&diags->arena, bylaw_diag);

    if (item == NULL || !locate(&diags->arena, item, span) ||
        !render(&diags->arena, item, msg, args, n)) {
        diags->failed = true;
        return;
    }
    item->severity = severity;
    item->code = bylaw_str_from(msg->code);
    diags->items[diags->count++] = item;
    diags->errors += severity == BYLAW_ERROR;
}

static int compare(const bylaw_diag *a, const bylaw_diag *b)
{
    const int file = bl_str_compare(a->file, b->file);

    if (file != 0)
        return file;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static bool same(const bylaw_diag *a, const bylaw_diag *b)
{
    return a->line > 0 && compare(a, b) == 0 && a->severity == b->severity &&
           bl_str_equal(a->message.in[BYLAW_ZH], b->message.in[BYLAW_ZH]);
}

/* An action read under several rule sets has the same mistake under each. */
static void drop_repeated(bylaw_diags *diags, size_t from)
{
    size_t kept = from;

    for (size_t i = from; i < diags->count; i++) {
        if (kept > from && same(diags->items[kept - 1], diags->items[i]))
            diags->errors -= diags->items[i]->severity == BYLAW_ERROR;
        else
            diags->items[kept++] = diags->items[i];
    }
    diags->count = kept;
}

void bl_diags_sort(bylaw_diags *diags, size_t from)
{
    if (diags == NULL)
        return;
    /* Insertion: the entries are few and nearly in order already. */
    for (size_t i = from + 1; i < diags->count; i++) {
        bylaw_diag *item = diags->items[i];
        size_t k = i;

        while (k > from && compare(diags->items[k - 1], item) > 0) {
            diags->items[k] = diags->items[k - 1];
            k--;
        }
        diags->items[k] = item;
    }
    drop_repeated(diags, from);
}
