/* report/blank.c: an action file to fill in: see bylaw/blank.h. */
#include "report/say.h"
#include "rules/asks.h"
#include "text/unicode.h"
#include "text/wrap.h"

#include <bylaw/blank.h>

/* ---- what may be filled in ---- */

/* 主席、副主席等: the first values, for who must choose one. */
static bylaw_str some_values(const bl_voice *v, const bl_enum *e)
{
    bl_str out = bl_str_init(v->arena);
    const size_t n = e->count < 3 ? e->count : 2;

    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            bl_str_addz(&out, bl_word_enum_comma.in[v->lang]);
        bl_str_add(&out, bl_say_label(v, e->values[i]->label));
    }
    if (n < e->count)
        bl_str_addz(&out, bl_word_and_so_on.in[v->lang]);
    return bl_str_taken(&out);
}

bylaw_str bl_say_hint(const bl_voice *v, const bl_fact *fact)
{
    const bl_type *type = fact->type->kind == BL_T_NULLABLE ? fact->type->params[0] : fact->type;

    if (fact->open_until == BL_OPEN_VOTE && fact->unit != NULL && bl_str_is(fact->unit->zh, "票"))
        return BL_SAY0(v, after_count);
    if (type->kind == BL_T_BOOL)
        return BL_SAY0(v, yes_or_no);
    if (type->kind == BL_T_DATE)
        return BL_SAY0(v, a_date);
    if (type->kind == BL_T_ENUM)
        return some_values(v, type->enumerated);
    return (bylaw_str){NULL, 0};
}

/* ---- the file ---- */

#define REMARKS 29 /* the column where the remarks begin */

/* One entry: a fact, or a field of a list's elements. */
typedef struct entry {
    uint32_t slot;
    const bl_field *field;
    bl_need need; /* BL_NEED__COUNT: presumed */
    const bl_norm *norm;
} entry;

typedef struct blank {
    bl_str out;
    bl_voice v;
    entry *entries;
    size_t count;
    bylaw_str group; /* the group or list that is open */
} blank;

static const bl_fact *fact_of(const blank *b, const entry *e)
{
    return &b->v.set->set->facts[e->slot - BL_SLOT_FACTS];
}

/* "  members:                   # 全体成员数" */
static void put(blank *b, size_t indent, const char *dash, bylaw_str key, bylaw_str value,
                bylaw_str remark)
{
    bl_str line = bl_str_init(b->v.arena);

    bl_add_blanks(&line, indent);
    bl_str_addz(&line, dash);
    bl_str_add(&line, key);
    bl_str_addc(&line, ':');
    if (value.len > 0) {
        bl_str_addc(&line, ' ');
        bl_str_add(&line, value);
    }
    if (remark.len > 0) {
        const size_t used = bl_display_width(bl_str_view(&line));

        bl_add_blanks(&line, used + 2 > REMARKS ? 2 : REMARKS - used);
        bl_str_addz(&line, "# ");
        bl_str_add(&line, remark);
    }
    bl_str_add(&b->out, bl_str_view(&line));
    bl_str_addc(&b->out, '\n');
}

static bylaw_str say_entry(const blank *b, const entry *e)
{
    const bl_voice *v = &b->v;
    const bl_fact *fact = fact_of(b, e);
    const bl_type *type = fact->type->kind == BL_T_NULLABLE ? fact->type->params[0] : fact->type;
    bylaw_str text = e->field != NULL ? bl_say_label(v, e->field->label) : bl_say_fact(v, fact);
    const bylaw_str hint = e->field != NULL ? (bylaw_str){NULL, 0} : bl_say_hint(v, fact);

    if (e->field == NULL && type->kind == BL_T_LIST)
        text = BL_SAYF(v, blank_list, BL_TEXT("label", text));
    else if (hint.len > 0)
        text = bl_say(v, type->kind == BL_T_ENUM ? &bl_word_blank_with_hint : &bl_word_blank_cited,
                      BL_ARGS(BL_TEXT("label", text), BL_TEXT("hint", hint), BL_TEXT("text", text),
                              BL_TEXT("cite", hint)));
    if (e->norm != NULL)
        text = BL_SAYF(v, blank_cited, BL_TEXT("text", text),
                       BL_TEXT("cite", bl_say_cite(v, e->norm)));
    switch (e->need) {
    case BL_NEED_IF:
        return BL_SAYF(v, blank_if, BL_TEXT("text", text));
    case BL_NEED_LATER:
        return BL_SAYF(v, blank_later, BL_TEXT("text", text));
    case BL_NEED_READING:
        return BL_SAYF(v, blank_reading, BL_TEXT("text", text));
    case BL_NEED__COUNT:
        return BL_SAYF(v, blank_presumed, BL_TEXT("text", text),
                       BL_TEXT("value", bl_say_value(v, fact->presumed, fact->slot)));
    default:
        return text;
    }
}

static bylaw_str head_of(bylaw_str name)
{
    const size_t dot = bl_str_find(name, BYLAW_STR("."), 0);

    return dot == SIZE_MAX ? (bylaw_str){NULL, 0} : bl_str_slice(name, 0, dot);
}

static void put_entry(blank *b, const entry *e)
{
    const bl_fact *fact = fact_of(b, e);
    const bylaw_str head = e->field != NULL ? fact->name : head_of(fact->name);
    const bool opens = head.len > 0 && !bl_str_equal(head, b->group);

    b->group = head;
    if (opens)
        put(b, 2, "", head, (bylaw_str){NULL, 0},
            e->field != NULL
                ? BL_SAYF(&b->v, blank_each, BL_TEXT("label", bl_say_fact(&b->v, fact)))
                : (bylaw_str){NULL, 0});
    if (e->field != NULL)
        put(b, opens ? 4 : 6, opens ? "- " : "", e->field->name, (bylaw_str){NULL, 0},
            say_entry(b, e));
    else
        put(b, head.len > 0 ? 4 : 2, "",
            head.len > 0 ? bl_str_slice(fact->name, head.len + 1, fact->name.len) : fact->name,
            (bylaw_str){NULL, 0}, say_entry(b, e));
}

/* Facts of one group, fields of one list stand together, at the place of the first. */
static void put_entries(blank *b)
{
    for (size_t i = 0; i < b->count; i++) {
        const bylaw_str name = fact_of(b, &b->entries[i])->name;
        const bylaw_str group = b->entries[i].field != NULL ? name : head_of(name);
        bool before = false;

        for (size_t k = 0; k < i && group.len > 0 && !before; k++) {
            const bylaw_str other = fact_of(b, &b->entries[k])->name;

            before = bl_str_equal(group, b->entries[k].field != NULL ? other : head_of(other));
        }
        for (size_t k = i; k < b->count && !before; k++) {
            const bylaw_str other = fact_of(b, &b->entries[k])->name;
            const bylaw_str its = b->entries[k].field != NULL ? other : head_of(other);

            if (k == i || (group.len > 0 && bl_str_equal(group, its)))
                put_entry(b, &b->entries[k]);
        }
    }
}

static bool is_list(const bl_fact *fact)
{
    return fact->type->kind == BL_T_LIST ||
           (fact->type->kind == BL_T_NULLABLE && fact->type->params[0]->kind == BL_T_LIST);
}

static bool collect(blank *b, const bl_enum_value *kind, bool all, size_t *required)
{
    const bylaw_ruleset *set = b->v.set->set;
    bl_asks asks;

    if (bl_asks_of(&asks, b->v.set->set, kind, b->v.arena) != BYLAW_OK)
        return false;
    b->entries = BL_NEW_N(b->v.arena, entry, asks.count + asks.presumed_count + 1);
    if (b->entries == NULL)
        return false;
    for (size_t i = 0; i < asks.count; i++) {
        const bl_ask *ask = &asks.items[i];

        /* what only another reading looks at: a single figure or word, no list */
        if (ask->slot >= BL_SLOT_FACTS &&
            (all || ask->need != BL_NEED_READING ||
             (ask->field == NULL && !is_list(&set->facts[ask->slot - BL_SLOT_FACTS]))))
            b->entries[b->count++] = (entry){ask->slot, ask->field, ask->need, ask->norm};
    }
    for (size_t i = 0; all && i < asks.presumed_count; i++)
        b->entries[b->count++] = (entry){asks.presumed[i], NULL, BL_NEED__COUNT, NULL};
    /* as the facts are declared */
    for (size_t i = 1; i < b->count; i++) {
        const entry e = b->entries[i];
        size_t k = i;

        for (; k > 0 && b->entries[k - 1].slot > e.slot; k--)
            b->entries[k] = b->entries[k - 1];
        b->entries[k] = e;
    }
    if (required != NULL)
        *required = asks.needs[BL_NEED_ALWAYS];
    return true;
}

static bool has_condition(const bylaw_ruleset *set, const bl_enum_value *kind)
{
    const bl_kind_def *def = &set->kind_defs[kind->index];

    for (size_t i = 0; i < def->norm_count; i++) {
        if (set->norms[def->norms[i]].body.modality == BL_CONDITION)
            return true;
    }
    return false;
}

bylaw_status bylaw_blank_write(const bylaw_ruleset *set, size_t kind,
                               const bylaw_blank_telling *telling, size_t *required,
                               const bylaw_allocator *allocator)
{
    const bl_enum_value *value = set->kinds->values[kind];
    const bl_set_result result = {.set = set};
    bl_arena arena;
    blank b = {.v = {.arena = &arena, .lang = telling->lang, .set = &result, .kind = value}};
    bylaw_status status = BYLAW_ENOMEM;
    bylaw_str text;

    bl_arena_init(&arena, allocator);
    b.out = bl_str_init(&arena);
    if (collect(&b, value, telling->all, required)) {
        const bylaw_str label = bl_say_label(&b.v, value->label);
        const bylaw_str none = {NULL, 0};
        bl_str rules = bl_str_init(&arena);

        bl_str_addc(&rules, '[');
        bl_str_add(&rules, telling->name.len > 0 ? telling->name : set->id);
        bl_str_addc(&rules, ']');
        bl_str_addz(&b.out, "# yaml-language-server: $schema=bylaw-action.schema.json\n# ");
        bl_str_add(&b.out,
                   bl_say(&b.v, telling->all ? &bl_word_blank_about_all : &bl_word_blank_about,
                          BL_ARGS(BL_TEXT("kind", label))));
        bl_str_addc(&b.out, '\n');
        put(&b, 0, "", BYLAW_STR("action"),
            telling->lang == BYLAW_ZH ? value->label.in[BYLAW_ZH] : value->id, none);
        put(&b, 0, "", BYLAW_STR("rules"), bl_str_taken(&rules), bl_say_label(&b.v, set->title));

        put(&b, 0, "", BYLAW_STR("date"), none,
            BL_SAYF(&b.v, blank_date, BL_TEXT("label", bl_say_fact_label(&b.v, BL_SLOT_DATE))));
        if (has_condition(set, value))
            put(&b, 0, "", BYLAW_STR("declared"), none, BL_SAY0(&b.v, blank_declared));
        put(&b, 0, "", BYLAW_STR("facts"), none, none);
        put_entries(&b);
        status = bl_str_take(&text, &b.out);
    }
    if (status == BYLAW_OK)
        status = telling->write(telling->context, text);
    bl_arena_dispose(&arena);
    return status;
}
