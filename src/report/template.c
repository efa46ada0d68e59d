/* report/template.c: see template.h. A template is taken apart once; writing a result is a walk
 * over its parts. Names of facts become slots when a rule set is first met. */
#include "report/template.h"

#include "base/vec.h"
#include "value/date.h"

#include <bylaw/report.h>

#include <assert.h>

#define IS_TEXT UINT32_MAX
#define IS_FACT (UINT32_MAX - 1)
#define NO_SLOT UINT32_MAX

/* ---- the words ---- */

typedef void write_word(bl_str *out, const bylaw_result *result);

static const bylaw_str nothing = {"-", 1};

/* Values are foreign text: what could end a line or steer a terminal is escaped as in JSON. */
static void add_value_text(bl_str *out, bylaw_str text)
{
    size_t run = 0;

    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];

        if (c >= 0x20 && c != 0x7F)
            continue;
        bl_str_add(out, bl_str_slice(text, run, i));
        bl_str_addf(out, "\\u%04x", c);
        run = i + 1;
    }
    bl_str_add(out, bl_str_slice(text, run, text.len));
}

static void write_file(bl_str *out, const bylaw_result *result)
{
    add_value_text(out, result->action->source->name);
}

static void write_line(bl_str *out, const bylaw_result *result)
{
    bl_str_add_uint(out, result->action->line);
}

static void write_kind(bl_str *out, const bylaw_result *result)
{
    bl_str_add(out, result->kind->id);
}

static void write_date(bl_str *out, const bylaw_result *result)
{
    if (result->action->has_date)
        bl_date_write_iso(out, result->action->date);
    else
        bl_str_add(out, nothing);
}

static void write_verdict(bl_str *out, const bylaw_result *result)
{
    bl_str_addz(out, bylaw_verdict_name(result->verdict));
}

static void write_outcome(bl_str *out, const bylaw_result *result)
{
    bl_str_addz(out, bylaw_outcome_name(result->outcome));
}

static const struct word {
    const char *name;
    write_word *write; /* NULL: the norms of that status */
    bl_status status;
} words[] = {
    {"file", write_file, BL_STATUS__COUNT},
    {"line", write_line, BL_STATUS__COUNT},
    {"kind", write_kind, BL_STATUS__COUNT},
    {"date", write_date, BL_STATUS__COUNT},
    {"verdict", write_verdict, BL_STATUS__COUNT},
    {"outcome", write_outcome, BL_STATUS__COUNT},
    {"violated", NULL, BL_VIOLATED},
    {"undetermined", NULL, BL_UNDETERMINED_FINDING},
    {"departed", NULL, BL_DEPARTED},
    {"not-met", NULL, BL_NOT_MET},
    {"pending", NULL, BL_PENDING},
    {"waived", NULL, BL_WAIVED},
    {"satisfied", NULL, BL_SATISFIED},
    {"not-applicable", NULL, BL_NOT_APPLICABLE},
    {"not-examined", NULL, BL_NOT_EXAMINED},
};
#define WORDS (sizeof words / sizeof *words)

static uint32_t word_of(bylaw_str name)
{
    for (uint32_t i = 0; i < WORDS; i++) {
        if (bl_str_is(name, words[i].name))
            return i;
    }
    return IS_FACT;
}

/* ---- taking a template apart ---- */

/* What stands at `at`: *name where it is a {name}, else *text, one or more bytes; *at moves on. */
static bool next_piece(bylaw_str t, size_t *at, bylaw_str *text, bylaw_str *name)
{
    static const char escapes[] = "tn\\", meanings[] = "\t\n\\";
    const size_t from = *at;
    const char c = t.ptr[from], then = from + 1 < t.len ? t.ptr[from + 1] : '\0';
    size_t end = from + 1;

    *name = (bylaw_str){NULL, 0};
    for (size_t i = 0; c == '\\' && i < 3; i++) {
        if (then == escapes[i]) {
            *text = (bylaw_str){&meanings[i], 1};
            *at = from + 2;
            return false;
        }
    }
    if ((c == '{' || c == '}') && then == c) {
        *text = bl_str_slice(t, from, from + 1);
        *at = from + 2;
        return false;
    }
    if (c == '{') {
        const size_t close = bl_str_find(t, BYLAW_STR("}"), from);

        if (close != SIZE_MAX) {
            *name = bl_str_trim(bl_str_slice(t, from + 1, close));
            *at = close + 1;
            return true;
        }
    }
    while (end < t.len && t.ptr[end] != '{' && t.ptr[end] != '}' && t.ptr[end] != '\\')
        end++;
    *text = bl_str_slice(t, from, end);
    *at = end;
    return false;
}

bool bl_template_read(bl_template *out, bylaw_str t, bl_arena *arena)
{
    BL_VEC(bl_template_part) parts = {0};
    bl_template_part part;

    for (size_t at = 0; at < t.len;) {
        bylaw_str text, name;

        if (next_piece(t, &at, &text, &name))
            part = (bl_template_part){name, word_of(name), NO_SLOT};
        else
            part = (bl_template_part){text, IS_TEXT, NO_SLOT};
        if (!bl_vec_push(arena, &parts, part))
            return false;
    }
    part = (bl_template_part){BYLAW_STR("\n"), IS_TEXT, NO_SLOT};
    if (!bl_vec_push(arena, &parts, part))
        return false;
    *out = (bl_template){parts.items, parts.count, NULL};
    return true;
}

static bool known(bylaw_str name, const bylaw_ruleset *const *sets, size_t count)
{
    if (word_of(name) != IS_FACT)
        return true;
    for (size_t i = 0; i < count; i++) {
        if (bl_map_get(&sets[i]->fact_index, name) != NULL)
            return true;
    }
    return false;
}

bool bylaw_template_fits(bylaw_str t, const bylaw_ruleset *const *sets, size_t set_count,
                         bylaw_str *unknown)
{
    for (size_t at = 0; at < t.len;) {
        const size_t from = at;
        bylaw_str text, name;

        if (next_piece(t, &at, &text, &name)) {
            if (known(name, sets, set_count))
                continue;
            *unknown = name.len > 0 ? name : bl_str_slice(t, from, at);
            return false;
        }
        if (t.ptr[from] == '{' && at - from == text.len) { /* not {{ */
            *unknown = bl_str_slice(t, from, t.len);
            return false;
        }
    }
    return true;
}

/* ---- writing ---- */

static void write_norms(bl_str *out, const bylaw_result *result, bl_status status)
{
    bool any = false;

    for (size_t i = 0; i < result->set_count; i++) {
        const bl_set_result *r = &result->sets[i];

        for (size_t k = 0; k < r->standing_count; k++) {
            if (r->standings[k].status != status)
                continue;
            if (any)
                bl_str_addc(out, ',');
            if (result->set_count > 1) {
                bl_str_add(out, r->set->id);
                bl_str_addc(out, '/');
            }
            bl_str_add(out, r->standings[k].norm->id);
            any = true;
        }
    }
    if (!any)
        bl_str_add(out, nothing);
}

static void write_value(bl_str *out, bl_value v)
{
    switch (v.kind) {
    case BL_STRING:
    case BL_NAME:
    case BL_ENUM:
        add_value_text(out, bl_string_of(v));
        break;
    case BL_INT:
        bl_str_add_int(out, v.as.i);
        break;
    case BL_DATE:
        bl_date_write_iso(out, v.as.i);
        break;
    case BL_FRACTION:
        bl_str_addf(out, "%lld/%lld", (long long)v.as.fraction->num, (long long)v.as.fraction->den);
        break;
    case BL_UNKNOWN:
    case BL_ERROR:
        bl_str_add(out, nothing);
        break;
    case BL_NULL:
        bl_str_addz(out, "none");
        break;
    default: {
        bl_str text = bl_str_init(out->arena);

        bl_value_write(&text, v);
        add_value_text(out, bl_str_view(&text));
    }
    }
}

static void find_slots(bl_template *t, const bylaw_ruleset *set)
{
    for (size_t i = 0; i < t->count; i++) {
        bl_template_part *part = &t->parts[i];
        const bl_fact *fact =
            part->word == IS_FACT ? bl_map_get(&set->fact_index, part->text) : NULL;

        part->slot = fact != NULL ? fact->slot : NO_SLOT;
    }
    t->set = set;
}

/* The value under the first set that judged the action. */
static void write_fact(bl_str *out, const bl_template_part *part, const bl_set_result *r)
{
    if (part->slot == NO_SLOT)
        bl_str_add(out, nothing);
    else
        write_value(out, r->slots[part->slot]);
}

void bl_template_write(bl_str *out, bl_template *t, const bylaw_result *result)
{
    const bl_set_result *first = result->sets;

    while (first->slots == NULL) { /* a set that does not know the kind, as another does */
        first++;
        assert(first < result->sets + result->set_count);
    }
    if (t->set != first->set)
        find_slots(t, first->set);
    for (size_t i = 0; i < t->count; i++) {
        const bl_template_part *part = &t->parts[i];

        if (part->word == IS_TEXT)
            bl_str_add(out, part->text);
        else if (part->word == IS_FACT)
            write_fact(out, part, first);
        else if (words[part->word].write != NULL)
            words[part->word].write(out, result);
        else
            write_norms(out, result, words[part->word].status);
    }
}
