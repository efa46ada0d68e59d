/* report/found.c: what was found and where it stands: figures of a threshold, the comparison that
 * decided, the values; the lines of the file. */
#include "report/page.h"

#include <bylaw/report.h>

#include <assert.h>

bylaw_str bl_say_bar(const bl_voice *v, const bl_figures *f)
{
    const bylaw_str fraction = bl_say_fraction(v, f->bound);

    if (!f->strict)
        return fraction;
    if (f->bound.num == 1 && f->bound.den == 2)
        return BL_SAY0(v, majority);
    return BL_SAYF(v, more_than, BL_TEXT("fraction", fraction));
}

bylaw_str bl_say_figures(const bl_voice *v, const bl_figures *f, bool base, bool shortfall)
{
    bl_str out = bl_str_init(v->arena);
    const bylaw_str count =
        f->count_known ? bl_say_count(v, &f->count_sum, f->count) : (bylaw_str){NULL, 0};

    if (f->need_known && f->count_known) {
        const bl_msg *msg = f->has_base ? &bl_word_have_need : &bl_word_have_need_plain;

        bl_str_add(&out, bl_say(v, msg,
                                BL_ARGS(BL_TEXT("count", count),
                                        BL_TEXT("need", bl_say_units(v, &f->count_sum, f->need)),
                                        BL_INT("need_n", f->need))));
        if (shortfall && f->has_base && f->count < f->need)
            bl_str_add(&out,
                       BL_SAYF(v, short_of,
                               BL_TEXT("n", v->lang == BYLAW_ZH
                                                ? bl_say_units(v, &f->count_sum, f->need - f->count)
                                                : bl_say_value(v, bl_int(f->need - f->count),
                                                               UINT32_MAX))));
    } else if (f->need_known) {
        bl_str what = bl_str_init(v->arena);
        const bylaw_str all = bl_say_count(v, &f->count_sum, f->need);
        const bylaw_str number = bl_say_units(v, &f->count_sum, f->need);

        /* 赞成 without its number: the label is what stands before it */
        if (v->lang == BYLAW_ZH)
            bl_str_add(&what, bl_str_slice(all, 0, all.len - number.len - 1));
        bl_str_add(&out, BL_SAYF(v, need_only, BL_TEXT("what", bl_str_taken(&what)),
                                 BL_TEXT("need", number), BL_TEXT("need_en", number),
                                 BL_INT("need_n", f->need)));
    } else if (f->base_known && f->base <= 0) {
        bl_str_add(&out,
                   BL_SAYF(v, base_empty, BL_TEXT("base", bl_say_base(v, &f->base_sum, f->base))));
    } else if (f->count_known) {
        bl_str_add(&out, count);
    }
    if (base && f->has_base && f->base_known && f->need_known)
        bl_str_add(&out, BL_SAYF(v, of_base, BL_TEXT("base", bl_say_base(v, &f->base_sum, f->base)),
                                 BL_TEXT("fraction", bl_say_bar(v, f))));
    if (!f->count_known && f->unreachable && f->need_known)
        bl_str_add(&out, BL_SAYF(v, out_of_reach,
                                 BL_TEXT("most", bl_say_units(v, &f->count_sum, f->count_most))));
    return bl_str_taken(&out);
}

/* ---- comparisons ---- */

/* One side of a comparison: a fact, a field of the element, or neither. */
typedef struct side {
    int64_t slot; /* -1: no fact alone */
    bylaw_str label;
    bl_value value;
    const bl_unit *unit;
} side;

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The field of the element that the text names at `at`: "c.consecutive_terms". */
static const bl_field *field_at(const bl_norm *norm, bylaw_str text, size_t at)
{
    const bylaw_str name = norm->each_name;
    const bl_type *type = norm->each != NULL ? bl_program_type(norm->each) : NULL;
    size_t from = at + name.len + 1, to = from;

    if (name.len == 0 || type == NULL || at + name.len >= text.len ||
        !bl_str_equal(bl_str_slice(text, at, at + name.len), name) ||
        text.ptr[at + name.len] != '.')
        return NULL;
    while (to < text.len && is_name_char(text.ptr[to]))
        to++;
    if (type->kind == BL_T_NULLABLE)
        type = type->params[0];
    if (type->kind != BL_T_LIST || type->params[0]->kind != BL_T_RECORD)
        return NULL;
    for (size_t i = 0; i < type->params[0]->field_count; i++) {
        if (bl_str_equal(type->params[0]->fields[i].name, bl_str_slice(text, from, to)))
            return &type->params[0]->fields[i];
    }
    return NULL;
}

/* The field that stands at the left of the comparison, or behind its operator; *alone is false
 * where it is but worked with there: c.since.addYears(3). */
static const bl_field *side_field(const bl_norm *norm, const bl_cause *c, bool right, bool *alone)
{
    size_t at = 0;

    if (right) {
        static const char operators[] = "=<>";

        for (at = 0; at < c->text.len; at++) {
            if (bl_str_find((bylaw_str){operators, 3}, (bylaw_str){c->text.ptr + at, 1}, 0) !=
                SIZE_MAX)
                break;
        }
        while (at < c->text.len && (c->text.ptr[at] == '=' || c->text.ptr[at] == '<' ||
                                    c->text.ptr[at] == '>' || c->text.ptr[at] == ' '))
            at++;
    }
    const bl_field *field = field_at(norm, c->text, at);
    const size_t end = field != NULL ? at + norm->each_name.len + 1 + field->name.len : at;

    *alone = end >= c->text.len || (c->text.ptr[end] != '.' && c->text.ptr[end] != '[');
    return field;
}

static side side_of(const bl_voice *v, const bl_norm *norm, const bl_cause *c, bool right)
{
    const int64_t slot = right ? c->right_slot : c->left_slot;
    side s = {.slot = slot, .value = right ? c->right : c->left};

    if (slot >= BL_SLOT_FACTS) {
        const bl_fact *fact = &v->set->set->facts[slot - BL_SLOT_FACTS];

        s.unit = fact->unit;
        s.label = bl_say_fact(v, fact);
        if (fact->group != NULL && s.value.kind == BL_NULL)
            s.label = bl_say_label(v, fact->group->label); /* 批准：无 */
    } else if (slot == BL_SLOT_DATE || slot == BL_SLOT_AS_OF || slot == BL_SLOT_DECLARED) {
        s.label = bl_say_fact_label(v, (uint32_t)slot);
    } else if (norm->each_name.len > 0) {
        bool alone = false;
        const bl_field *field = side_field(norm, c, right, &alone);

        if (field != NULL && !alone) {
            s.label = bl_say(v, s.value.kind == BL_DATE ? &bl_word_day_from : &bl_word_value_from,
                             BL_ARGS(BL_TEXT("label", bl_say_label(v, field->label))));
        } else if (field != NULL) {
            s.label = bl_say_label(v, field->label);
            s.unit = field->unit;
        }
    }
    return s;
}

static const bl_compare_op mirrored[] = {
    [BL_OP_NONE] = BL_OP_NONE, [BL_OP_EQ] = BL_OP_EQ,   [BL_OP_NE] = BL_OP_NE,
    [BL_OP_LT] = BL_OP_GT,     [BL_OP_LE] = BL_OP_GE,   [BL_OP_GT] = BL_OP_LT,
    [BL_OP_GE] = BL_OP_LE,     [BL_OP_IN] = BL_OP_NONE, [BL_OP_IS] = BL_OP_NONE,
};

/* What must hold where the comparison stands under a `!`. */
static const bl_compare_op inverted[] = {
    [BL_OP_NONE] = BL_OP_NONE, [BL_OP_EQ] = BL_OP_NE,   [BL_OP_NE] = BL_OP_EQ,
    [BL_OP_LT] = BL_OP_GE,     [BL_OP_LE] = BL_OP_GT,   [BL_OP_GT] = BL_OP_LE,
    [BL_OP_GE] = BL_OP_LT,     [BL_OP_IN] = BL_OP_NONE, [BL_OP_IS] = BL_OP_NE,
};

static const bl_msg *comparison_words(bl_compare_op op, uint8_t kind)
{
    static const bl_msg *const numbers[] = {
        [BL_OP_EQ] = &bl_word_number_eq,        [BL_OP_NE] = &bl_word_number_ne,
        [BL_OP_LT] = &bl_word_number_lt,        [BL_OP_LE] = &bl_word_number_le,
        [BL_OP_GT] = &bl_word_number_gt,        [BL_OP_GE] = &bl_word_number_ge,
        [BL_OP_IN] = &bl_word_number_not_among,
    };
    static const bl_msg *const dates[] = {
        [BL_OP_EQ] = &bl_word_value_eq,  [BL_OP_NE] = &bl_word_value_ne,
        [BL_OP_LT] = &bl_word_date_lt,   [BL_OP_LE] = &bl_word_date_le,
        [BL_OP_GT] = &bl_word_date_gt,   [BL_OP_GE] = &bl_word_date_ge,
        [BL_OP_IN] = &bl_word_not_among, [BL_OP_IS] = &bl_word_value_eq,
    };

    return kind == BL_INT || kind == BL_FRACTION ? numbers[op] : dates[op];
}

static bylaw_str say_side_value(const bl_voice *v, const side *s, const bl_unit *unit)
{
    bl_str out = bl_str_init(v->arena);

    if (s->value.kind != BL_INT || unit == NULL)
        return bl_say_value(v, s->value, UINT32_MAX);
    bl_str_add_int(&out, s->value.as.i);
    bl_str_addc(&out, ' ');
    bl_str_add(&out, v->lang == BYLAW_ZH  ? unit->zh
                     : s->value.as.i == 1 ? unit->en_one
                                          : unit->en_many);
    return bl_str_taken(&out);
}

/* Does the comparison begin with the element itself, not with a field of it? */
static bool is_element(const bl_norm *norm, bylaw_str text)
{
    const bylaw_str name = norm->each_name;

    return name.len > 0 && bl_str_starts(text, name) && name.len < text.len &&
           text.ptr[name.len] == ' ';
}

/* A fact that the record states. */
static bool is_entry(const bl_voice *v, const side *s)
{
    const bl_origin origin =
        s->slot >= BL_SLOT_FACTS ? (bl_origin)v->set->origins[s->slot] : BL_FROM_PRESUMPTION;

    return s->slot == BL_SLOT_DATE || s->slot == BL_SLOT_AS_OF || origin == BL_FROM_ACTION ||
           origin == BL_FROM_REGISTER || origin == BL_FROM_OPTION;
}

static bylaw_str say_comparison(const bl_voice *v, const bl_norm *norm, const bl_cause *c)
{
    side left = side_of(v, norm, c, false), right = side_of(v, norm, c, true);
    bl_compare_op op = c->op;

    if (left.label.len == 0 && right.label.len > 0 && mirrored[op] != BL_OP_NONE) {
        const side other = left;

        left = right;
        right = other;
        op = mirrored[op];
    }
    if (left.label.len == 0 && op == BL_OP_IN && right.label.len > 0 && !c->negated &&
        is_element(norm, c->text))
        return BL_SAYF(v, element_not_in_list, BL_TEXT("list", right.label));
    if (left.label.len == 0)
        return (bylaw_str){NULL, 0};
    /* "consecutive terms served: 2" needs no second "terms" */
    if (v->lang == BYLAW_EN && left.unit != NULL &&
        bl_str_find(left.label, left.unit->en_many, 0) != SIZE_MAX)
        left.unit = NULL;
    if (op == BL_OP_IS && right.value.kind == BL_LIST)
        op = BL_OP_IN;
    if (c->negated && op == BL_OP_IN && right.label.len > 0)
        return BL_SAYF(v, in_list, BL_TEXT("value", say_side_value(v, &left, left.unit)),
                       BL_TEXT("list", right.label));
    if (c->negated && op == BL_OP_IN)
        return bl_say(v, left.value.kind == BL_INT ? &bl_word_number_among : &bl_word_among,
                      BL_ARGS(BL_TEXT("label", left.label),
                              BL_TEXT("value", say_side_value(v, &left, left.unit)),
                              BL_TEXT("wanted", say_side_value(v, &right, left.unit))));
    if (c->negated)
        op = inverted[op];
    if (op == BL_OP_IN && right.label.len > 0 && right.value.kind == BL_LIST &&
        right.value.as.list->count > 3)
        return BL_SAYF(v, not_in_list, BL_TEXT("value", say_side_value(v, &left, left.unit)),
                       BL_TEXT("list", right.label));
    if (left.value.kind == BL_NULL || (left.value.kind == BL_BOOL && right.label.len == 0) ||
        left.value.kind == BL_LIST || right.value.kind == BL_NULL)
        return BL_SAYF(v, label_value, BL_TEXT("label", left.label),
                       BL_TEXT("value", say_side_value(v, &left, left.unit)));
    if (right.label.len > 0 && (op == BL_OP_EQ || op == BL_OP_NE) && left.value.kind != BL_INT &&
        left.value.kind != BL_DATE)
        return bl_say(v, op == BL_OP_EQ ? &bl_word_facts_differ : &bl_word_facts_equal,
                      BL_ARGS(BL_TEXT("label", left.label), BL_TEXT("other", right.label)));
    const bl_msg *words = comparison_words(op, left.value.kind);
    bylaw_str wanted = say_side_value(v, &right, left.unit);

    assert(words != NULL);
    if (is_entry(v, &right)) /* not a figure of the rule */
        wanted = BL_SAYF(v, other_entry, BL_TEXT("label", right.label), BL_TEXT("value", wanted));
    return bl_say(v, words,
                  BL_ARGS(BL_TEXT("label", left.label),
                          BL_TEXT("value", say_side_value(v, &left, left.unit)),
                          BL_TEXT("wanted", wanted)));
}

/* A sub-expression that is no comparison: a fact by itself, else every fact that it reads. */
static bylaw_str say_leaf(const bl_voice *v, const bl_norm *norm, const bl_cause *c)
{
    if (c->op != BL_OP_NONE) {
        const bylaw_str said = say_comparison(v, norm, c);

        if (said.len > 0)
            return said;
    }
    if (c->left_slot >= BL_SLOT_FACTS)
        return BL_SAYF(
            v, label_value, BL_TEXT("label", bl_say_fact_label(v, (uint32_t)c->left_slot)),
            BL_TEXT("value", bl_say_value(v, v->set->slots[c->left_slot], (uint32_t)c->left_slot)));
    const bl_field *field = field_at(norm, c->text, 0);

    if (field != NULL)
        return BL_SAYF(v, label_value, BL_TEXT("label", bl_say_label(v, field->label)),
                       BL_TEXT("value", bl_say_value(v, c->value, UINT32_MAX)));
    return (bylaw_str){NULL, 0};
}

bylaw_str bl_say_cause(const bl_voice *v, const bl_norm *norm, const bl_cause *cause)
{
    return say_leaf(v, norm, cause);
}

#define MAX_CAUSES 4 /* a line of a report names a few causes */

/* An element that is the same as another (two ballots of one member): said by its place in the
 * list. */
static bylaw_str say_same_element(const bl_voice *v, const bl_cause *c, const bl_finding *f)
{
    const bl_cause *only = c->child_count == 1 ? c->children[0] : NULL;

    if (c->kind != BL_CAUSE_ELEMENT || only == NULL || only->op != BL_OP_EQ || only->negated ||
        !bl_is_true(only->value) || c->element_index == f->element)
        return (bylaw_str){NULL, 0};
    return BL_SAYF(v, same_as_entry, BL_INT("i", (int64_t)c->element_index + 1));
}

static bool is_true_equality(const bl_cause *c)
{
    return c->op == BL_OP_EQ && !c->negated && bl_is_true(c->value);
}

static void collect(const bl_voice *v, const bl_finding *f, const bl_cause *c, bylaw_str *said,
                    size_t *n)
{
    bylaw_str one = say_same_element(v, c, f);

    if (one.len == 0 && c->child_count > 0) {
        for (size_t i = 0; i < c->child_count && *n < MAX_CAUSES; i++)
            collect(v, f, c->children[i], said, n);
        return;
    }
    if (one.len == 0 && !is_true_equality(c))
        one = say_leaf(v, f->norm, c);
    bool again = one.len == 0;

    for (size_t i = 0; i < *n; i++)
        again = again || bl_str_equal(said[i], one);
    if (!again && *n < MAX_CAUSES)
        said[(*n)++] = one;
}

/* Where no comparison tells it: the facts that the expression read, with their values. */
static bylaw_str say_values(const bl_voice *v, const bl_finding *f)
{
    const bl_body body = bl_effective_body(f->norm, v->set->chosen);
    bylaw_str said[MAX_CAUSES];
    size_t n = 0, count = 0;
    const uint32_t *slots = body.require != NULL ? bl_program_slots(body.require, &count) : NULL;

    for (size_t i = 0; i < count && n < MAX_CAUSES; i++) {
        if (slots[i] >= BL_SLOT_FACTS && bl_is_known(v->set->slots[slots[i]]))
            said[n++] =
                BL_SAYF(v, label_value, BL_TEXT("label", bl_say_fact_label(v, slots[i])),
                        BL_TEXT("value", bl_say_value(v, v->set->slots[slots[i]], slots[i])));
    }
    return n > 0 ? bl_say_join(v, said, n, &bl_word_comma) : BL_SAY0(v, not_regular);
}

bylaw_str bl_say_found(const bl_voice *v, const bl_finding *f)
{
    bylaw_str said[MAX_CAUSES];
    size_t n = 0;

    if (f->figures->present)
        return bl_say_figures(v, f->figures, false, true);
    if (f->cause != NULL)
        collect(v, f, f->cause, said, &n);
    return n > 0 ? bl_say_join(v, said, n, &bl_word_comma) : say_values(v, f);
}

bylaw_str bl_say_each_label(const bl_voice *v, const bl_norm *norm)
{
    size_t n = 0;
    const uint32_t *slots = bl_program_slots(norm->each, &n);

    return n > 0 ? bl_say_fact_label(v, slots[0]) : (bylaw_str){NULL, 0};
}

/* 人 for candidates: the measure word of the list. */
static bylaw_str each_unit(const bl_voice *v, const bl_norm *norm)
{
    size_t n = 0;
    const uint32_t *slots = bl_program_slots(norm->each, &n);
    const bl_unit *unit = n > 0 && slots[0] >= BL_SLOT_FACTS
                              ? v->set->set->facts[slots[0] - BL_SLOT_FACTS].unit
                              : NULL;

    return unit != NULL ? unit->zh : BYLAW_STR("个");
}

/* One of them: candidates, candidate. */
static bylaw_str singular(const bl_voice *v, bylaw_str label)
{
    const bool plural = bl_str_ends(label, BYLAW_STR("s")) &&
                        !bl_str_ends(label, BYLAW_STR("ss")) &&
                        !bl_str_ends(label, BYLAW_STR("ies")) &&
                        bl_str_find(label, BYLAW_STR(" of "), 0) == SIZE_MAX;

    return v->lang == BYLAW_EN && plural ? bl_str_slice(label, 0, label.len - 1) : label;
}

static bylaw_str say_element(const bl_voice *v, const bl_finding *whole, const bl_finding *e,
                             bool brief)
{
    const bylaw_str list = singular(v, bl_say_each_label(v, whole->norm));
    const int64_t i = (int64_t)e->element + 1, n = (int64_t)whole->element_count;

    if (e->label.len == 0)
        return BL_SAYF(v, element_plain, BL_TEXT("list", list), BL_INT("i", i));
    if (brief || n == 1)
        return BL_SAYF(v, element_short, BL_TEXT("list", list),
                       BL_TEXT("name", bl_say_foreign(v, e->label)));
    return BL_SAYF(v, element, BL_TEXT("list", list), BL_TEXT("name", bl_say_foreign(v, e->label)),
                   BL_INT("i", i), BL_INT("n", n), BL_TEXT("unit", each_unit(v, whole->norm)));
}

bylaw_str bl_say_element(const bl_voice *v, const bl_finding *whole, const bl_finding *e,
                         bool brief, bylaw_str found)
{
    bl_str out = bl_str_init(v->arena);
    const bylaw_str who = say_element(v, whole, e, brief);
    const bylaw_str colon = bylaw_str_from(bl_word_colon.in[v->lang]);
    const bool twice = bl_str_find(found, colon, 0) != SIZE_MAX;

    bl_str_add(&out, who);
    bl_str_addz(&out, twice ? bl_word_comma.in[v->lang] : bl_word_colon.in[v->lang]);
    bl_str_add(&out, found);
    return bl_str_taken(&out);
}

bylaw_str bl_say_due(const bl_voice *v, const bl_finding *f)
{
    if (!f->has_due || !v->result->has_as_of)
        return (bylaw_str){NULL, 0};
    const int64_t left = f->due - v->result->as_of;
    const bl_arg args[] = {BL_TEXT("date", bl_say_date(v, f->due)),
                           BL_INT("n", left < 0 ? -left : left)};

    return bl_say(v,
                  left > 0    ? &bl_word_due_left
                  : left == 0 ? &bl_word_due_today
                              : &bl_word_due_over,
                  args, 2);
}

size_t bl_elements_with(const bl_finding *whole, bl_status status)
{
    size_t n = 0;

    for (size_t i = 0; i < whole->element_count; i++)
        n += whole->elements[i].status == status;
    return n;
}

/* ---- places ---- */

static bylaw_str say_place(const bl_voice *v, bl_span span, bl_origin origin, bylaw_str label,
                           bylaw_str value)
{
    const size_t line = bl_line_of_span(span);

    if (line == 0)
        return (bylaw_str){NULL, 0};
    if (origin == BL_FROM_OPTION)
        return BL_SAYF(v, from_option, BL_TEXT("label", label));
    if (!bl_same_file(span.source, v->result->action->source))
        return BL_SAYF(v, line_of_file, BL_TEXT("file", bl_say_foreign(v, span.source->name)),
                       BL_INT("line", (int64_t)line), BL_TEXT("label", label));
    return bl_say(
        v, value.len > 0 ? &bl_word_line_of_value : &bl_word_line_of,
        BL_ARGS(BL_INT("line", (int64_t)line), BL_TEXT("label", label), BL_TEXT("value", value)));
}

#define MAX_PLACES 6

typedef struct places {
    bylaw_str items[MAX_PLACES];
    bl_span last; /* of the item added last; source NULL: of the action's own file it is not */
    size_t count;
} places;

static void add_place(places *p, bylaw_str text)
{
    for (size_t i = 0; i < p->count; i++) {
        if (bl_str_equal(p->items[i], text))
            return;
    }
    p->last = (bl_span){0};
    if (text.len > 0 && p->count < MAX_PLACES)
        p->items[p->count++] = text;
}

/* What stands on the line of the item before joins it: 第 8 行理事候选人数、理事应选人数. */
static void add_said(const bl_voice *v, places *p, bl_span span, bl_origin origin, bylaw_str label,
                     bylaw_str value)
{
    const bool own = span.source == v->result->action->source && origin != BL_FROM_OPTION;
    bl_str joined = bl_str_init(v->arena);

    if (own && p->count > 0 && p->last.source == span.source &&
        bl_line_of_span(p->last) == bl_line_of_span(span)) {
        const bylaw_str told = value.len > 0 ? BL_SAYF(v, label_value, BL_TEXT("label", label),
                                                       BL_TEXT("value", value))
                                             : label;

        if (bl_str_find(p->items[p->count - 1], told, 0) != SIZE_MAX)
            return;
        bl_str_add(&joined, p->items[p->count - 1]);
        bl_str_addz(&joined, bl_word_enum_comma.in[v->lang]);
        bl_str_add(&joined, told);
        p->items[p->count - 1] = bl_str_taken(&joined);
        return;
    }
    add_place(p, say_place(v, span, origin, label, value));
    if (own)
        p->last = span;
}

/* The fact where it is stated, or what it is derived from. */
static void add_fact_place(const bl_voice *v, places *p, uint32_t slot, int depth)
{
    if (slot == BL_SLOT_DECLARED || slot == BL_SLOT_OUTCOME) {
        if (v->result->action->declared != BL_DECLARED_NOTHING)
            add_place(p, say_place(v, v->result->action->declared_span, BL_FROM_ACTION,
                                   BL_SAY0(v, declared_result), (bylaw_str){NULL, 0}));
        return;
    }
    if (slot < BL_SLOT_FACTS || depth > 4)
        return;
    const bl_origin origin = v->set->origins[slot];
    const bl_span said = bl_said_at(v->set, slot);
    const bl_fact *fact = &v->set->set->facts[slot - BL_SLOT_FACTS];
    bylaw_str label = bl_say_fact(v, fact), value = {NULL, 0};

    if (said.source != NULL) {
        if (fact->group != NULL && v->set->slots[slot].kind == BL_NULL)
            label = bl_say_label(v, fact->group->label);
        if (depth > 0)
            value = bl_say_value(v, v->set->slots[slot], slot);
        add_said(v, p, said, origin, label, value);
        return;
    }
    if (fact->counts >= 0)
        add_fact_place(v, p, (uint32_t)fact->counts, depth + 1);
    if (fact->derive != NULL && origin == BL_FROM_DERIVATION) {
        size_t n = 0;
        const uint32_t *slots = bl_program_slots(fact->derive, &n);

        for (size_t i = 0; i < n; i++)
            add_fact_place(v, p, slots[i], depth + 1);
    }
}

static void add_cause_places(const bl_voice *v, places *p, const bl_cause *c)
{
    if (c->left_slot >= 0)
        add_fact_place(v, p, (uint32_t)c->left_slot, 0);
    if (c->right_slot >= 0)
        add_fact_place(v, p, (uint32_t)c->right_slot, 0);
    for (size_t i = 0; i < c->child_count; i++)
        add_cause_places(v, p, c->children[i]);
}

/* The node of the element (and of the field that decided) in the file. */
static void add_element_place(const bl_voice *v, places *p, const bl_finding *f)
{
    size_t n = 0;
    const uint32_t *slots = bl_program_slots(f->norm->each, &n);
    const bl_action *action = v->result->action;
    const bl_field *field = f->cause != NULL && f->cause->child_count == 0
                                ? field_at(f->norm, f->cause->text, 0)
                                : NULL;

    for (size_t i = 0; n > 0 && i < action->entry_count; i++) {
        const bl_entry *entry = &action->entries[i];
        const bl_fact *fact = &v->set->set->facts[slots[0] - BL_SLOT_FACTS];

        if (slots[0] < BL_SLOT_FACTS || !bl_str_equal(entry->name, fact->name) ||
            entry->value->shape != BL_DOC_SEQ || f->element >= entry->value->count)
            continue;
        const bl_doc_node *node = entry->value->items[f->element];
        bl_span span = node->span;

        for (size_t k = 0; field != NULL && node->shape == BL_DOC_MAP && k < node->count; k++) {
            if (bl_str_equal(node->pairs[k].key->text, field->name))
                span = node->pairs[k].value->span;
        }
        add_place(p, say_place(v, span, entry->origin,
                               field != NULL ? bl_say_label(v, field->label) : bl_say_fact(v, fact),
                               (bylaw_str){NULL, 0}));
        return;
    }
}

bylaw_str bl_say_places(const bl_voice *v, const bl_finding *f)
{
    places p = {.count = 0};

    if (f->figures->present) {
        for (size_t i = 0; i < f->figures->count_sum.count; i++)
            add_fact_place(v, &p, f->figures->count_sum.slots[i], 0);
    } else if (f->norm->each != NULL) {
        add_element_place(v, &p, f);
    }
    if (f->cause != NULL)
        add_cause_places(v, &p, f->cause);
    if (p.count == 0 && f->norm->each == NULL) {
        const bl_body body = bl_effective_body(f->norm, v->set->chosen);
        size_t n = 0;
        const uint32_t *slots = body.require != NULL ? bl_program_slots(body.require, &n) : NULL;

        for (size_t i = 0; i < n; i++)
            add_fact_place(v, &p, slots[i], 0);
    }
    if (f->modality == BL_CONDITION && f->figures->present)
        add_fact_place(v, &p, BL_SLOT_DECLARED, 0);
    return bl_say_join(v, p.items, p.count, &bl_word_sep);
}

/* The first line among the facts that the finding rests on, and those they are derived from. */
static size_t line_of_slot(const bl_voice *v, uint32_t slot, int depth)
{
    if (slot < BL_SLOT_FACTS || depth > 4)
        return 0;
    const bl_fact *fact = &v->set->set->facts[slot - BL_SLOT_FACTS];
    const bl_span span = bl_said_key(v->set, slot);
    size_t n = 0,
           line = bl_same_file(span.source, v->result->action->source) ? bl_line_of_span(span) : 0;
    const uint32_t *slots = fact->derive != NULL ? bl_program_slots(fact->derive, &n) : NULL;

    if (line == 0 && fact->counts >= 0)
        line = line_of_slot(v, (uint32_t)fact->counts, depth + 1);
    for (size_t i = 0; i < n && line == 0; i++)
        line = line_of_slot(v, slots[i], depth + 1);
    return line;
}

size_t bl_finding_line(const bl_voice *v, const bl_finding *f)
{
    const bl_body body = bl_effective_body(f->norm, v->set->chosen);
    const bl_program *programs[] = {body.require, f->norm->each, body.when};
    size_t line = 0;

    for (size_t i = 0; f->figures->present && i < body.count.count && line == 0; i++)
        line = line_of_slot(v, body.count.slots[i], 0);
    for (size_t i = 0; i < sizeof programs / sizeof *programs && line == 0; i++) {
        size_t n = 0;
        const uint32_t *slots = programs[i] != NULL ? bl_program_slots(programs[i], &n) : NULL;

        for (size_t k = 0; k < n && line == 0; k++)
            line = line_of_slot(v, slots[k], 0);
    }
    return line;
}
