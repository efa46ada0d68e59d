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

/* Where the line of an offset begins. A byte order mark is no part of the first line. */
static size_t line_start(const bl_source *source, uint32_t offset)
{
    size_t at = offset < source->text.len ? offset : source->text.len;

    while (at > 0 && source->text.ptr[at - 1] != '\n')
        at--;
    return at == 0 && bl_str_starts(source->text, BYLAW_STR("\xEF\xBB\xBF")) ? 3 : at;
}

bl_place bl_place_of(const bl_source *source, uint32_t offset)
{
    const size_t end = offset < source->text.len ? offset : source->text.len;
    const size_t line = line_start(source, offset);
    const char *at = source->text.ptr, *stop = line > 0 ? at + line : at;
    bl_place place = {source->first_line + 1, 1};

    /* By whole lines: a hundred mistakes at the end of a large file are still told at once. */
    while (at < stop && (at = memchr(at, '\n', (size_t)(stop - at))) != NULL) {
        place.line++;
        at++;
    }
    for (size_t i = line; i < end; i++)
        place.column += ((unsigned char)source->text.ptr[i] & 0xC0) != 0x80;
    return place;
}

bylaw_str bl_line_of(const bl_source *source, uint32_t offset)
{
    const size_t from = line_start(source, offset);
    size_t to = bl_str_find(source->text, BYLAW_STR("\n"), from);

    if (to == SIZE_MAX)
        to = source->text.len;
    if (to > from && source->text.ptr[to - 1] == '\r')
        to--;
    return bl_str_slice(source->text, from, to);
}

/* An excerpt helps a reader; of a line of megabytes only what is around the mistake does. */
#define MAX_EXCERPT 2000
#define BEFORE      400 /* bytes of it before the mistake */

static bool is_inside(bylaw_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

/* The part of a line around a byte of it, whole characters; *column is that of its first. */
static bylaw_str part_of(bylaw_str line, size_t at, size_t *column)
{
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
    for (size_t i = 0; i < from; i++)
        *column += !is_inside(line, i);
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
    const bylaw_str line = bl_line_of(span.source, span.from);
    const size_t start = line.len > 0 ? (size_t)(line.ptr - span.source->text.ptr) : span.from;
    const size_t at = span.from > start ? span.from - start : 0;

    return bl_arena_copy(arena, &item->file, span.source->name) &&
           bl_arena_copy(arena, &item->excerpt, part_of(line, at, &item->excerpt_column));
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
