/* report/say.c: words, values and places; see say.h. Sentences on figures and causes: found.c; on
 * readings and outcome: conclude.c. */
#include "report/say.h"

#include "text/excerpt.h"
#include "value/date.h"

#define BL_SAY(name, zh, en) const bl_msg bl_word_##name = {#name, {(zh), (en)}};
#include "report/words.def"
#undef BL_SAY

bylaw_str bl_say(const bl_voice *v, const bl_msg *msg, const bl_arg *args, size_t n)
{
    bl_str out = bl_str_init(v->arena);

    bl_msg_format(&out, msg->in[v->lang], v->lang, args, n);
    return bl_str_taken(&out);
}

bylaw_str bl_say_verdict(const bl_voice *v, bylaw_verdict verdict)
{
    static const bl_msg *const words[] = {
        [BYLAW_COMPLIANT] = &bl_word_verdict_compliant,
        [BYLAW_CAUTION] = &bl_word_verdict_caution,
        [BYLAW_UNDETERMINED] = &bl_word_verdict_undetermined,
        [BYLAW_VIOLATION] = &bl_word_verdict_violation,
        [BYLAW_NOT_GOVERNED] = &bl_word_verdict_not_governed,
    };

    return bl_say(v, words[verdict], NULL, 0);
}

bylaw_str bl_say_outcome(const bl_voice *v, bylaw_outcome outcome)
{
    switch (outcome) {
    case BYLAW_ADOPTED:
        return BL_SAY0(v, outcome_adopted);
    case BYLAW_NOT_ADOPTED:
        return BL_SAY0(v, outcome_not_adopted);
    case BYLAW_OPEN:
        return BL_SAY0(v, outcome_open);
    case BYLAW_NO_OUTCOME:
        break;
    }
    return (bylaw_str){NULL, 0};
}

static const struct status_words {
    const bl_msg *word;
    char mark;
} status_words[BL_STATUS__COUNT] = {
    [BL_NOT_APPLICABLE] = {&bl_word_status_not_applicable, '-'},
    [BL_SATISFIED] = {&bl_word_status_satisfied, 'v'},
    [BL_NOT_EXAMINED] = {&bl_word_status_not_examined, '-'},
    [BL_NOT_MET] = {&bl_word_status_not_met, '-'},
    [BL_PENDING] = {&bl_word_status_pending, '>'},
    [BL_WAIVED] = {&bl_word_status_waived, '/'},
    [BL_DEPARTED] = {&bl_word_status_departed, '~'},
    [BL_UNDETERMINED_FINDING] = {&bl_word_status_undetermined, '?'},
    [BL_VIOLATED] = {&bl_word_status_violated, 'x'},
};

bylaw_str bl_say_status(const bl_voice *v, bl_status status)
{
    return bl_say(v, status_words[status].word, NULL, 0);
}

char bl_status_mark(bl_status status)
{
    return status_words[status].mark;
}

const char *bl_mark_text(char mark)
{
    switch (mark) {
    case 'v':
        return "✓";
    case 'x':
        return "✗";
    case '!':
        return "!";
    case '?':
        return "?";
    case '~':
        return "~";
    case '>':
        return ">";
    case '/':
        return "/";
    default:
        return "-";
    }
}

bylaw_str bl_say_foreign(const bl_voice *v, bylaw_str text)
{
    bl_str out = bl_str_init(v->arena);

    bl_escape_foreign(&out, text);
    return bl_str_taken(&out);
}

bylaw_str bl_say_label(const bl_voice *v, bylaw_label label)
{
    return bl_say_foreign(v, label.in[v->lang]);
}

bylaw_str bl_say_date(const bl_voice *v, int64_t days)
{
    bl_str out = bl_str_init(v->arena);

    bl_date_write(&out, days, v->lang);
    return bl_str_taken(&out);
}

/* Chinese as printed; English has its own form and the printed one behind it, to find the place by.
 */
bylaw_str bl_say_cites(const bl_voice *v, const bl_provision *const *provisions, size_t count)
{
    bl_str out = bl_str_init(v->arena);
    const char *between = bl_word_enum_comma.in[v->lang];

    for (size_t i = 0; i < count; i++) {
        if (bl_str_find(provisions[i]->cite.in[BYLAW_ZH], BYLAW_STR("、"), 0) != SIZE_MAX)
            between = bl_word_sep.in[v->lang]; /* 三、1.；三、2. */
    }
    for (size_t i = 0; i < count; i++) {
        const bylaw_label cite = provisions[i]->cite;
        bool said = false;

        for (size_t k = 0; k < i; k++)
            said = said || bl_str_equal(provisions[k]->cite.in[BYLAW_ZH], cite.in[BYLAW_ZH]);
        if (said)
            continue;
        if (out.len > 0)
            bl_str_addz(&out, between);
        if (v->lang == BYLAW_EN) {
            bl_escape_foreign(&out, cite.in[BYLAW_EN]);
            bl_str_addc(&out, ' ');
        }
        bl_escape_foreign(&out, cite.in[BYLAW_ZH]);
    }
    return bl_str_taken(&out);
}

bylaw_str bl_say_cite(const bl_voice *v, const bl_norm *norm)
{
    return bl_say_cites(v, norm->provisions, norm->provision_count);
}

static const bl_fact *fact_of(const bl_voice *v, uint32_t slot)
{
    if (slot < BL_SLOT_FACTS || slot >= v->set->set->slot_count)
        return NULL;
    return &v->set->set->facts[slot - BL_SLOT_FACTS];
}

static const bl_enum_value *kind_of(const bl_voice *v)
{
    return v->kind == NULL && v->result != NULL ? v->result->kind : v->kind;
}

static bylaw_label label_of(const bl_voice *v, const bl_fact *fact)
{
    return bl_fact_label(fact, kind_of(v));
}

bool bl_is_voted_on(const bl_voice *v)
{
    const bylaw_ruleset *set = v->set->set;
    const bl_enum_value *kind =
        kind_of(v) != NULL ? bl_enum_find(set->kinds, kind_of(v)->id) : NULL;

    for (size_t i = 0; kind != NULL && i < set->kind_defs[kind->index].norm_count; i++) {
        const bl_body *body = &set->norms[set->kind_defs[kind->index].norms[i]].body;

        if (body->modality == BL_CONDITION && body->has & BL_HAS_OF)
            return true;
    }
    return false;
}

bylaw_str bl_say_fact(const bl_voice *v, const bl_fact *fact)
{
    return bl_say_label(v, label_of(v, fact));
}

bylaw_str bl_say_fact_label(const bl_voice *v, uint32_t slot)
{
    const bl_fact *fact = fact_of(v, slot);

    if (slot == BL_SLOT_DATE)
        return bl_is_voted_on(v) ? BL_SAY0(v, date_of_vote) : BL_SAY0(v, date_of_action);
    if (slot == BL_SLOT_AS_OF)
        return BL_SAY0(v, date_as_of);
    if (fact == NULL)
        return BL_SAY0(v, declared_result);
    return bl_say_fact(v, fact);
}

/* The label of an enumeration's value by its id, in whichever enumeration has it. */
static bylaw_str value_label(const bl_voice *v, bylaw_str id)
{
    for (size_t i = 0; i < v->set->set->enum_count; i++) {
        const bl_enum_value *value = bl_enum_find(v->set->set->enums[i], id);

        if (value != NULL)
            return bl_say_label(v, value->label);
    }
    return bl_say_foreign(v, id);
}

/* A doubt about two values: names that look alike, or one that is less exact than what is asked. */
static bylaw_str say_doubt(const bl_voice *v, const bl_attr *attr)
{
    const size_t tab = bl_str_find(attr->path, BYLAW_STR("\t"), 0);
    const bylaw_str a = bl_str_slice(attr->path, 0, tab);
    const bylaw_str b =
        bl_str_slice(attr->path, tab == SIZE_MAX ? attr->path.len : tab + 1, attr->path.len);

    if (attr->slot == BL_SLOT_LOOK_ALIKE)
        return BL_SAYF(v, look_alike, BL_TEXT("a", bl_say_foreign(v, a)),
                       BL_TEXT("b", bl_say_foreign(v, b)));
    return BL_SAYF(v, too_broad, BL_TEXT("a", value_label(v, a)), BL_TEXT("b", value_label(v, b)));
}

/* "[3].choice" of a list of records: entry 4, its field's label. */
bylaw_str bl_say_attr(const bl_voice *v, const bl_attr *attr)
{
    const bl_fact *fact = fact_of(v, attr->slot);
    bl_str out = bl_str_init(v->arena);

    if (attr->slot == BL_SLOT_LOOK_ALIKE || attr->slot == BL_SLOT_TOO_BROAD)
        return say_doubt(v, attr);
    if (fact == NULL || attr->path.len == 0)
        return bl_say_fact_label(v, attr->slot);
    const size_t dot = bl_str_find(attr->path, BYLAW_STR("."), 0);
    const bl_type *type = fact->type->kind == BL_T_NULLABLE ? fact->type->params[0] : fact->type;
    bylaw_str field =
        dot == SIZE_MAX ? attr->path : bl_str_slice(attr->path, dot + 1, attr->path.len);
    int64_t index = 0;

    for (size_t i = 1; i < attr->path.len && attr->path.ptr[i] >= '0' && attr->path.ptr[i] <= '9';
         i++)
        index = index * 10 + (attr->path.ptr[i] - '0');
    if (type->kind == BL_T_LIST && type->params[0]->kind == BL_T_RECORD) {
        for (size_t i = 0; i < type->params[0]->field_count; i++) {
            if (bl_str_equal(type->params[0]->fields[i].name, field))
                field = type->params[0]->fields[i].label.in[v->lang];
        }
    }
    bl_str_add(&out, BL_SAYF(v, element_plain, BL_TEXT("list", bl_say_fact(v, fact)),
                             BL_INT("i", index + 1)));
    bl_escape_foreign(&out, field);
    return bl_str_taken(&out);
}

/* ---- values ---- */

static void add_number(const bl_voice *v, bl_str *out, int64_t n, const bl_unit *unit)
{
    bl_str_add_int(out, n);
    if (unit == NULL)
        return;
    if (v->lang == BYLAW_ZH && unit->zh.len > 0) {
        bl_str_addc(out, ' ');
        bl_str_add(out, unit->zh);
    } else if (v->lang == BYLAW_EN) {
        bl_str_addc(out, ' ');
        bl_str_add(out, n == 1 ? unit->en_one : unit->en_many);
    }
}

#define MAX_LISTED 6 /* a sentence names a few; the rest is counted */

static void add_value(const bl_voice *v, bl_str *out, bl_value value, const bl_unit *unit);

static void add_list(const bl_voice *v, bl_str *out, const bl_list *list)
{
    if (list->count == 0) {
        bl_str_add(out, BL_SAY0(v, none));
    } else if (list->count > MAX_LISTED || list->items[0].kind == BL_RECORD) {
        bl_str_add(out, BL_SAYF(v, count_of, BL_INT("n", (int64_t)list->count)));
    } else {
        for (size_t i = 0; i < list->count; i++) {
            if (i > 0)
                bl_str_addz(out, bl_word_enum_comma.in[v->lang]);
            add_value(v, out, list->items[i], NULL);
        }
    }
}

static void add_value(const bl_voice *v, bl_str *out, bl_value value, const bl_unit *unit)
{
    switch (value.kind) {
    case BL_NULL:
        bl_str_add(out, BL_SAY0(v, none));
        break;
    case BL_BOOL:
        bl_str_add(out, value.as.b ? BL_SAY0(v, yes) : BL_SAY0(v, no));
        break;
    case BL_INT:
        add_number(v, out, value.as.i, unit);
        break;
    case BL_DATE:
        bl_date_write(out, value.as.i, v->lang);
        break;
    case BL_ENUM:
        bl_escape_foreign(out, value.as.enumerated->label.in[v->lang]);
        break;
    case BL_STRING:
    case BL_NAME:
        bl_escape_foreign(out, bl_string_of(value));
        break;
    case BL_FRACTION:
        bl_str_add(out, bl_say_fraction(v, *value.as.fraction));
        break;
    case BL_LIST:
        add_list(v, out, value.as.list);
        break;
    case BL_UNKNOWN:
        bl_str_add(out, BL_SAY0(v, unknown));
        break;
    default:
        bl_value_write(out, value);
        break;
    }
}

bylaw_str bl_say_value(const bl_voice *v, bl_value value, uint32_t slot)
{
    const bl_fact *fact = fact_of(v, slot);

    return bl_say_value_of(v, value, fact != NULL ? fact->unit : NULL);
}

bylaw_str bl_say_value_of(const bl_voice *v, bl_value value, const bl_unit *unit)
{
    bl_str out = bl_str_init(v->arena);

    add_value(v, &out, value, unit);
    return bl_str_taken(&out);
}

/* The unit of a sum: that of its facts, where they agree. */
static const bl_unit *unit_of(const bl_voice *v, const bl_sum *sum)
{
    const bl_unit *unit = NULL;

    for (size_t i = 0; i < sum->count; i++) {
        const bl_fact *fact = fact_of(v, sum->slots[i]);

        if (fact == NULL || fact->unit == NULL || (unit != NULL && unit != fact->unit))
            return NULL;
        unit = fact->unit;
    }
    return unit;
}

/* The label without what the number brings along: 赞成票 with 票, 到会成员数. */
static bylaw_str bare_label(bylaw_str label, const bl_unit *unit)
{
    if (unit != NULL && unit->zh.len > 0 && label.len > unit->zh.len &&
        bl_str_ends(label, unit->zh))
        return bl_str_slice(label, 0, label.len - unit->zh.len);
    if (label.len > 3 && bl_str_ends(label, BYLAW_STR("数")))
        return bl_str_slice(label, 0, label.len - 3);
    return label;
}

/* Labels of a sum's facts, joined. */
static void add_sum_label(const bl_voice *v, bl_str *out, const bl_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        const bl_fact *fact = fact_of(v, sum->slots[i]);

        if (i > 0)
            bl_str_addz(out, v->lang == BYLAW_ZH ? "与" : " and ");
        if (fact == NULL)
            continue;
        const bylaw_label label = label_of(v, fact);

        bl_escape_foreign(out, v->lang == BYLAW_ZH ? bare_label(label.in[BYLAW_ZH], fact->unit)
                                                   : label.in[BYLAW_EN]);
    }
}

/* "members attending" with 1: "member attending". */
static void add_counted(bl_str *out, bylaw_str label, int64_t n)
{
    const size_t blank = bl_str_find(label, BYLAW_STR(" "), 0);
    const size_t word = blank == SIZE_MAX ? label.len : blank;
    const bool plural = word > 2 && label.ptr[word - 1] == 's' && label.ptr[word - 2] != 's';

    bl_str_add(out, bl_str_slice(label, 0, n == 1 && plural ? word - 1 : word));
    bl_str_add(out, bl_str_slice(label, word, label.len));
}

/* "votes for" with 1: "vote for". */
static void add_english_count(const bl_voice *v, bl_str *out, const bl_sum *sum, int64_t n)
{
    const bl_unit *unit = unit_of(v, sum);
    bl_str text = bl_str_init(v->arena);

    add_sum_label(v, &text, sum);
    const bylaw_str label = bl_str_taken(&text);

    if (unit != NULL && bl_str_starts(label, unit->en_many)) {
        bl_str_add_int(out, n);
        bl_str_addc(out, ' ');
        bl_str_add(out, n == 1 ? unit->en_one : unit->en_many);
        bl_str_add(out, bl_str_slice(label, unit->en_many.len, label.len));
    } else if (bl_str_starts(label, BYLAW_STR("all "))) {
        bl_str_addf(out, "all %lld ", (long long)n);
        add_counted(out, bl_str_slice(label, 4, label.len), n);
    } else {
        bl_str_add_int(out, n);
        bl_str_addc(out, ' ');
        add_counted(out, label, n);
    }
}

bylaw_str bl_say_units(const bl_voice *v, const bl_sum *sum, int64_t n)
{
    bl_str out = bl_str_init(v->arena);

    if (v->lang == BYLAW_EN)
        add_english_count(v, &out, sum, n);
    else
        add_number(v, &out, n, unit_of(v, sum));
    return bl_str_taken(&out);
}

bylaw_str bl_say_units_bare(const bl_voice *v, const bl_sum *sum, int64_t n)
{
    bl_str out = bl_str_init(v->arena);

    add_number(v, &out, n, unit_of(v, sum));
    return bl_str_taken(&out);
}

bylaw_str bl_say_reading_base(const bl_voice *v, bylaw_label option, const bl_figures *f)
{
    bl_str out = bl_str_init(v->arena);

    if (v->lang == BYLAW_ZH)
        return bl_say_base(v, &f->base_sum, f->base);
    bl_str_add(&out, bl_say_label(v, option));
    bl_str_addf(&out, ", %lld", (long long)f->base);
    return bl_str_taken(&out);
}

bylaw_str bl_say_sum_label(const bl_voice *v, const bl_sum *sum)
{
    bl_str out = bl_str_init(v->arena);

    add_sum_label(v, &out, sum);
    return bl_str_taken(&out);
}

/* In English the unit goes without saying: 5 for. */
bylaw_str bl_say_count_short(const bl_voice *v, const bl_sum *sum, int64_t n)
{
    const bl_unit *unit = unit_of(v, sum);
    const bylaw_str label = bl_say_sum_label(v, sum);
    bl_str out = bl_str_init(v->arena);

    if (v->lang == BYLAW_ZH)
        return bl_say_units(v, sum, n);
    bl_str_add_int(&out, n);
    bl_str_addc(&out, ' ');
    if (unit != NULL && label.len > unit->en_many.len && bl_str_starts(label, unit->en_many))
        bl_str_add(&out, bl_str_slice(label, unit->en_many.len + 1, label.len));
    else
        bl_str_add(&out, label);
    return bl_str_taken(&out);
}

bylaw_str bl_say_quote(const bl_voice *v, bl_quoter quoter, const bl_provision *provision)
{
    bylaw_str text = {NULL, 0};
    const bylaw_quote quote =
        quoter.ask != NULL ? quoter.ask(quoter.context, provision->id, &text) : BYLAW_QUOTE_NONE;

    if (quote == BYLAW_QUOTE_NONE)
        return (bylaw_str){NULL, 0};
    if (quote == BYLAW_QUOTE_WORDS)
        return bl_say_foreign(v, text);
    return text.len == 0 ? BL_SAY0(v, original_gone)
                         : BL_SAYF(v, original_changed, BL_TEXT("text", bl_say_foreign(v, text)));
}

bylaw_str bl_say_provision(const bl_voice *v, const bl_provision *provision)
{
    bl_str out = bl_str_init(v->arena);

    if (v->lang == BYLAW_EN) {
        bl_escape_foreign(&out, provision->cite.in[BYLAW_EN]);
        bl_str_addc(&out, ' ');
    }
    bl_escape_foreign(&out, provision->cite.in[BYLAW_ZH]);
    return bl_str_taken(&out);
}

bylaw_str bl_say_count(const bl_voice *v, const bl_sum *sum, int64_t n)
{
    bl_str out = bl_str_init(v->arena);

    if (v->lang == BYLAW_EN) {
        add_english_count(v, &out, sum, n);
    } else {
        add_sum_label(v, &out, sum);
        bl_str_addc(&out, ' ');
        add_number(v, &out, n, unit_of(v, sum));
    }
    return bl_str_taken(&out);
}

bylaw_str bl_say_base(const bl_voice *v, const bl_sum *sum, int64_t n)
{
    return bl_say_count(v, sum, n);
}

static const char *const digits_zh[] = {"零", "一", "二", "三", "四", "五",
                                        "六", "七", "八", "九", "十"};
static const char *const numbers_en[] = {"no",  "one",   "two",   "three", "four", "five",
                                         "six", "seven", "eight", "nine",  "ten"};
static const char *const parts_en[] = {"",      "",        "half",   "third", "quarter", "fifth",
                                       "sixth", "seventh", "eighth", "ninth", "tenth"};

bylaw_str bl_say_fraction(const bl_voice *v, bylaw_fraction f)
{
    bl_str out = bl_str_init(v->arena);
    const bool small = f.num >= 1 && f.num <= 10 && f.den >= 2 && f.den <= 10;

    if (f.num == 1 && f.den == 2) {
        bl_str_addz(&out, v->lang == BYLAW_ZH ? "半数" : "half");
    } else if (f.den == 1 && f.num == 1) {
        bl_str_addz(&out, v->lang == BYLAW_ZH ? "全数" : "all");
    } else if (small && v->lang == BYLAW_ZH) {
        bl_str_addf(&out, "%s分之%s", digits_zh[f.den], digits_zh[f.num]);
    } else if (small) {
        bl_str_addf(&out, "%s %s%s", numbers_en[f.num], parts_en[f.den], f.num == 1 ? "" : "s");
    } else {
        bl_str_addf(&out, "%lld/%lld", (long long)f.num, (long long)f.den);
    }
    return bl_str_taken(&out);
}

bylaw_str bl_say_join(const bl_voice *v, const bylaw_str *items, size_t n, const bl_msg *separator)
{
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            bl_str_addz(&out, separator->in[v->lang]);
        bl_str_add(&out, items[i]);
    }
    return bl_str_taken(&out);
}

size_t bl_line_of_span(bl_span span)
{
    return span.source != NULL ? bl_place_of(span.source, span.from).line : 0;
}
