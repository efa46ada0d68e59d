/* expr/builtins_string.c: functions of texts beyond the specification's own: by code points, as
 * cel-go's extension documents them. format() stands in builtins_format.c. */
#include "expr/builtin_util.h"

#include "expr/builtins_format.h"
#include "text/utf8.h"

#include <string.h>

static bl_value index_error(bl_call *call, int64_t index, bylaw_str text)
{
    return bl_fail(call, text_index, BL_INT("index", index),
                   BL_INT("count", (int64_t)bl_utf8_count(text)));
}

/* The byte offset of a code point index, which may be the text's end. false: outside. */
static bool offset_of(size_t *out, bylaw_str text, int64_t index)
{
    size_t at = 0;

    if (index < 0)
        return false;
    for (; index > 0; index--) {
        if (at >= text.len)
            return false;
        bl_utf8_next(text, &at);
    }
    *out = at;
    return true;
}

static bl_value char_at(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s;
    size_t from, to;

    (void)n;
    if (!bl_pay_text(call, text.len))
        return bl_cost_error(call);
    if (!offset_of(&from, text, args[1].as.i))
        return index_error(call, args[1].as.i, text);
    to = from;
    if (to < text.len)
        bl_utf8_next(text, &to);
    return bl_string_value(call->eval->arena, bl_str_slice(text, from, to));
}

static bl_value index_of(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s, part = *args[1].as.s;
    size_t from = 0;

    if (!bl_pay_search(call, text.len, part.len))
        return bl_cost_error(call);
    if (n == 3 && !offset_of(&from, text, args[2].as.i))
        return index_error(call, args[2].as.i, text);
    const size_t found = bl_str_find(text, part, from);

    return bl_int(found == SIZE_MAX ? -1 : (int64_t)bl_utf8_count(bl_str_slice(text, 0, found)));
}

static bl_value last_index_of(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s, part = *args[1].as.s;
    size_t last = text.len;

    if (!bl_pay_search(call, text.len, part.len))
        return bl_cost_error(call);
    if (n == 3 && !offset_of(&last, text, args[2].as.i))
        return index_error(call, args[2].as.i, text);
    if (part.len > text.len)
        return bl_int(-1);
    if (last > text.len - part.len)
        last = text.len - part.len;
    for (size_t at = last + 1; at-- > 0;) {
        if (part.len == 0 || memcmp(text.ptr + at, part.ptr, part.len) == 0)
            return bl_int((int64_t)bl_utf8_count(bl_str_slice(text, 0, at)));
    }
    return bl_int(-1);
}

static bl_value substring(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s;
    size_t from = 0, to = text.len;

    if (!bl_pay_text(call, text.len))
        return bl_cost_error(call);
    if (!offset_of(&from, text, args[1].as.i))
        return index_error(call, args[1].as.i, text);
    if (n == 3 && !offset_of(&to, text, args[2].as.i))
        return index_error(call, args[2].as.i, text);
    if (to < from)
        return bl_fail(call, text_range, BL_INT("start", args[1].as.i),
                       BL_INT("end", args[2].as.i));
    return bl_string_value(call->eval->arena, bl_str_slice(text, from, to));
}

/* A copy in which every letter first … first + 25 is moved by `shift`. */
static bl_value change_case(bl_call *call, bylaw_str text, char first, int shift)
{
    bl_str out = bl_str_init(call->eval->arena);

    if (!bl_pay_text(call, text.len))
        return bl_cost_error(call);
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];

        bl_str_addc(&out, c >= first && c < first + 26 ? (char)(c + shift) : c);
    }
    return bl_built_string(call, &out);
}

static bl_value lower_ascii(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return change_case(call, *args[0].as.s, 'A', 'a' - 'A');
}

static bl_value upper_ascii(bl_call *call, const bl_value *args, size_t n)
{
    (void)n;
    return change_case(call, *args[0].as.s, 'a', 'A' - 'a');
}

/* How often a part occurs, at most `most` times, one behind the other; an empty part before every
 * code point and at the end. */
static size_t occurrences(bylaw_str text, bylaw_str part, size_t most)
{
    size_t count = 0, at = 0;

    if (part.len == 0) {
        count = bl_utf8_count(text) + 1;
        return count < most ? count : most;
    }
    while (count < most && (at = bl_str_find(text, part, at)) != SIZE_MAX) {
        at += part.len;
        count++;
    }
    return count;
}

/* Where the next occurrence begins, behind the last one, which ended at `at`; for an empty part
 * the next code point. */
static size_t next_occurrence(bylaw_str text, bylaw_str part, size_t at, bool first)
{
    if (part.len > 0)
        return bl_str_find(text, part, at);
    if (!first)
        bl_utf8_next(text, &at);
    return at;
}

static bl_value replace(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s, old = *args[1].as.s, with = *args[2].as.s;
    const size_t most = n == 4 && args[3].as.i >= 0 ? (size_t)args[3].as.i : SIZE_MAX;
    bl_str out = bl_str_init(call->eval->arena);
    size_t done = 0;

    if (!bl_pay_search(call, text.len, old.len))
        return bl_cost_error(call);
    const size_t count = occurrences(text, old, most);

    if (!bl_pay_pairs(call, count / 8 + 1, with.len / 8))
        return bl_cost_error(call);
    for (size_t i = 0; i < count; i++) {
        const size_t at = next_occurrence(text, old, done, i == 0);

        bl_str_add(&out, bl_str_slice(text, done, at));
        bl_str_add(&out, with);
        done = at + old.len;
    }
    bl_str_add(&out, bl_str_slice(text, done, text.len));
    return bl_built_string(call, &out);
}

/* An empty separator splits between all code points. */
static bl_value split(bl_call *call, const bl_value *args, size_t n)
{
    bl_arena *arena = call->eval->arena;
    const bylaw_str text = *args[0].as.s, by = *args[1].as.s;
    const size_t most = n == 3 && args[2].as.i >= 0 ? (size_t)args[2].as.i : SIZE_MAX;
    const size_t characters = by.len == 0 ? bl_utf8_count(text) : 0;
    size_t done = 0;

    if (!bl_pay_search(call, text.len, by.len))
        return bl_cost_error(call);
    size_t count = by.len == 0 ? characters : occurrences(text, by, SIZE_MAX - 1) + 1;

    count = count < most ? count : most;
    bl_value *items = BL_NEW_N(arena, bl_value, count);

    if (!bl_charge(call, count))
        return bl_cost_error(call);
    if (items == NULL)
        return bl_oom_value();
    for (size_t i = 0; i < count; i++) {
        size_t end = text.len, next = end;

        if (i + 1 < count) {
            end = by.len > 0 ? bl_str_find(text, by, done) : next_occurrence(text, by, done, false);
            next = end + by.len;
        }
        items[i] = bl_string_value(arena, bl_str_slice(text, done, end));
        if (items[i].kind == BL_ERROR)
            return items[i];
        done = next;
    }
    return bl_list_value(arena, items, count);
}

static bl_value join(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[0].as.list;
    const bylaw_str by = n == 2 ? *args[1].as.s : (bylaw_str){NULL, 0};
    const bl_value unknown = bl_unknown_items(call, list);
    bl_str out = bl_str_init(call->eval->arena);
    uint64_t length = by.len * list->count;

    if (!bl_is_known(unknown))
        return unknown;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind != BL_STRING && list->items[i].kind != BL_NAME)
            return bl_fail(call, no_overload, BL_TEXT("function", BYLAW_STR("join")),
                           BL_TEXT("types", bl_kind_name(list->items[i].kind)));
        length += bl_string_of(list->items[i]).len;
    }
    if (!bl_charge(call, list->count) || !bl_pay_text(call, length))
        return bl_cost_error(call);
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            bl_str_add(&out, by);
        bl_str_add(&out, bl_string_of(list->items[i]));
    }
    return bl_built_string(call, &out);
}

/* Unicode's White_Space, which has no zero-width characters. */
static bool is_white(uint32_t cp)
{
    return (cp >= 9 && cp <= 13) || cp == ' ' || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000;
}

static bl_value trim(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s;
    size_t from = 0, to = 0;
    bool any = false;

    (void)n;
    if (!bl_pay_text(call, text.len))
        return bl_cost_error(call);
    for (size_t at = 0; at < text.len;) {
        const size_t start = at;

        if (is_white(bl_utf8_next(text, &at)))
            continue;
        from = any ? from : start;
        to = at;
        any = true;
    }
    return bl_string_value(call->eval->arena, bl_str_slice(text, from, to));
}

static bl_value reverse(bl_call *call, const bl_value *args, size_t n)
{
    const bylaw_str text = *args[0].as.s;
    char *bytes = bl_arena_alloc(call->eval->arena, text.len + 1);

    (void)n;
    if (!bl_pay_text(call, text.len))
        return bl_cost_error(call);
    if (bytes == NULL)
        return bl_oom_value();
    for (size_t at = 0; at < text.len;) {
        const size_t start = at;

        bl_utf8_next(text, &at);
        memcpy(bytes + (text.len - at), text.ptr + start, at - start);
    }
    return bl_string_value(call->eval->arena, (bylaw_str){bytes, text.len});
}

/* In double quotes, with the escapes of one letter; anything else as it stands. */
static bl_value quote(bl_call *call, const bl_value *args, size_t n)
{
    static const char escapes[] = "\aa\bb\ff\nn\rr\tt\vv\\\\\"\"";
    const bylaw_str text = *args[0].as.s;
    bl_str out = bl_str_init(call->eval->arena);

    (void)n;
    if (!bl_pay_text(call, text.len))
        return bl_cost_error(call);
    bl_str_addc(&out, '"');
    for (size_t at = 0; at < text.len;) {
        uint32_t cp = bl_utf8_next(text, &at);

        cp = cp == BL_BAD_CODEPOINT ? 0xFFFD : cp;
        for (size_t i = 0; i + 1 < sizeof escapes; i += 2) {
            if ((uint32_t)escapes[i] == cp) {
                bl_str_addc(&out, '\\');
                cp = (uint32_t)escapes[i + 1];
                break;
            }
        }
        bl_str_add_codepoint(&out, cp);
    }
    bl_str_addc(&out, '"');
    return bl_built_string(call, &out);
}

const bl_overload bl_builtins_string[] = {
    {"charAt", "string_char_at_int", BL_MEMBER, "string,int->string", char_at},
    {"indexOf", "string_index_of_string", BL_MEMBER, "string,string->int", index_of},
    {"indexOf", "string_index_of_string_int", BL_MEMBER, "string,string,int->int", index_of},
    {"lastIndexOf", "string_last_index_of_string", BL_MEMBER, "string,string->int", last_index_of},
    {"lastIndexOf", "string_last_index_of_string_int", BL_MEMBER, "string,string,int->int",
     last_index_of},
    {"lowerAscii", "string_lower_ascii", BL_MEMBER, "string->string", lower_ascii},
    {"upperAscii", "string_upper_ascii", BL_MEMBER, "string->string", upper_ascii},
    {"replace", "string_replace_string_string", BL_MEMBER, "string,string,string->string", replace},
    {"replace", "string_replace_string_string_int", BL_MEMBER, "string,string,string,int->string",
     replace},
    {"split", "string_split_string", BL_MEMBER, "string,string->list(string)", split},
    {"split", "string_split_string_int", BL_MEMBER, "string,string,int->list(string)", split},
    {"join", "list_join", BL_MEMBER, "list(string)->string", join},
    {"join", "list_join_string", BL_MEMBER, "list(string),string->string", join},
    {"substring", "string_substring_int", BL_MEMBER, "string,int->string", substring},
    {"substring", "string_substring_int_int", BL_MEMBER, "string,int,int->string", substring},
    {"trim", "string_trim", BL_MEMBER, "string->string", trim},
    {"reverse", "string_reverse", BL_MEMBER, "string->string", reverse},
    {"strings.quote", "strings_quote", 0, "string->string", quote},
    {"format", "string_format", BL_MEMBER, "string,list(dyn)->string", bl_builtin_format},
    {NULL, NULL, 0, NULL, NULL},
};
