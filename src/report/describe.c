/* report/describe.c: what rule sets hold, for readers: the list of sets, a set's norms by
 * provision, one norm or provision with its readings, the values of an enumeration; each also as
 * JSON. */
#include "report/json.h"
#include "report/page.h"
#include "text/unicode.h"
#include "value/date.h"

#include <stdint.h>

typedef struct telling {
    bl_arena arena;
    bl_page page;
    bl_voice v;
    const bylaw_description *how;
} telling;

static telling begin_telling(const bylaw_description *how)
{
    telling t = {.how = how};

    bl_arena_init(&t.arena, NULL);
    t.page = (bl_page){.columns = how->columns == 0 ? 80 : how->columns,
                       .color = how->color,
                       .quoter = {how->quote, how->quote_context}};
    t.v = (bl_voice){.lang = how->lang};
    return t;
}

/* The arena has its final address only now. */
static void start(telling *t)
{
    t->page.out = bl_str_init(&t->arena);
    t->v.arena = &t->arena;
}

static bylaw_status end_telling(telling *t, bylaw_status status)
{
    bylaw_str text;

    if (status == BYLAW_OK && (status = bl_str_take(&text, &t->page.out)) == BYLAW_OK &&
        text.len > 0)
        status = t->how->write(t->how->context, text);
    bl_arena_dispose(&t->arena);
    return status;
}

/* ---- the list of sets ---- */

/* 2020年9月18日起; 2020年内; 2020年5月1日至2021年4月30日; 日期未载明 */
static bylaw_str say_in_force(const bl_voice *v, const bylaw_ruleset *set)
{
    const bool from = set->from != INT64_MIN, until = set->until != INT64_MAX;
    const bylaw_str none = {NULL, 0};
    const bl_ymd a = bl_date_parts(from ? set->from : 0), b = bl_date_parts(until ? set->until : 0);

    if (from && until && a.year == b.year && a.month == 1 && a.day == 1 && b.month == 12 &&
        b.day == 31)
        return BL_SAYF(v, in_force_year, BL_INT("year", a.year));
    const bl_arg args[] = {BL_TEXT("from", from ? bl_say_date(v, set->from) : none),
                           BL_TEXT("until", until ? bl_say_date(v, set->until) : none)};

    return bl_say(v,
                  from && until ? &bl_word_in_force_between
                  : from        ? &bl_word_in_force_from
                  : until       ? &bl_word_in_force_until
                                : &bl_word_in_force_unknown,
                  args, 2);
}

static void list_as_text(telling *t, const bylaw_ruleset *const *sets, size_t count)
{
    size_t names = 0, titles = 0;

    for (size_t i = 0; i < count; i++) {
        const size_t name = bl_display_width(sets[i]->id);
        const size_t title = bl_display_width(bl_say_label(&t->v, sets[i]->title));

        names = name > names ? name : names;
        titles = title > titles ? title : titles;
    }
    for (size_t i = 0; i < count; i++) {
        const bylaw_str title = bl_say_label(&t->v, sets[i]->title);
        const bylaw_str date = say_in_force(&t->v, sets[i]);
        const bool fits =
            names + 2 + titles + 2 + bl_display_width(date) <= t->page.columns || titles == 0;
        bl_str line = bl_str_init(&t->arena), id = bl_str_init(&t->arena);

        bl_pad(&id, bl_say_foreign(&t->v, sets[i]->id), names);
        bl_styled(&line, BL_BOLD, bl_str_taken(&id));
        bl_str_addz(&line, "  ");
        if (fits) {
            bl_pad(&line, title, titles);
            bl_str_addz(&line, "  ");
        } else { /* long titles: the date goes below */
            bl_str_add(&line, title);
            bl_page_line(&t->page, 0, names + 2, bl_str_taken(&line));
            bl_page_line(&t->page, names + 2, names + 2, date);
            continue;
        }
        bl_str_add(&line, date);
        bl_page_line(&t->page, 0, names + 2, bl_str_taken(&line));
    }
    bl_page_line(&t->page, 0, 2,
                 BL_SAYF(&t->v, see_rules,
                         BL_TEXT("set", count > 0 ? bl_say_foreign(&t->v, sets[0]->id)
                                                  : BYLAW_STR("wcasp"))));
}

static void set_head_as_json(bl_json *j, const bylaw_ruleset *set)
{
    bl_json_text(j, "id", set->id);
    bl_json_label(j, "title", set->title);
    if (set->from != INT64_MIN)
        bl_json_date(j, "in_force_from", set->from);
    if (set->until != INT64_MAX)
        bl_json_date(j, "in_force_until", set->until);
    bl_json_text(j, "sha256", set->sha256);
    bl_json_int(j, "norm_count", (int64_t)set->norm_count);
    bl_json_int(j, "reading_count", (int64_t)set->reading_count);
    bl_json_int(j, "gap_count", (int64_t)set->gap_count);
    bl_json_int(j, "provision_count", (int64_t)set->provision_count);
}

bylaw_status bylaw_rulesets_describe(const bylaw_ruleset *const *sets, size_t count,
                                     const bylaw_description *how)
{
    telling t = begin_telling(how);
    bl_json j = {.out = &t.page.out};

    start(&t);
    if (!how->json) {
        list_as_text(&t, sets, count);
        return end_telling(&t, BYLAW_OK);
    }
    bl_json_open(&j, NULL, '[');
    for (size_t i = 0; i < count; i++) {
        bl_json_open(&j, NULL, '{');
        set_head_as_json(&j, sets[i]);
        bl_json_close(&j, '}');
    }
    bl_json_close(&j, ']');
    bl_str_addc(&t.page.out, '\n');
    return end_telling(&t, BYLAW_OK);
}

/* ---- norms ---- */

static const bl_msg *const modality_words[] = {
    [BL_MUST] = &bl_word_modality_must,
    [BL_MUST_NOT] = &bl_word_modality_must_not,
    [BL_COMPETENCE] = &bl_word_modality_competence,
    [BL_CONDITION] = &bl_word_modality_condition,
    [BL_IN_PRINCIPLE] = &bl_word_modality_in_principle,
    [BL_SHOULD] = &bl_word_modality_should,
    [BL_MAY] = &bl_word_modality_may,
};

static bylaw_str join_kinds(const bl_voice *v, const bl_enum_value *const *kinds, size_t count)
{
    bl_str out = bl_str_init(v->arena);

    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            bl_str_addz(&out, bl_word_enum_comma.in[v->lang]);
        bl_str_add(&out, bl_say_label(v, kinds[i]->label));
    }
    return bl_str_taken(&out);
}

bylaw_str bl_say_modality(const bl_voice *v, bl_modality modality)
{
    return bl_say(v, modality_words[modality], NULL, 0);
}

bylaw_str bl_say_kinds(const bl_voice *v, const bl_norm *norm)
{
    bl_str out = bl_str_init(v->arena);

    bl_str_add(&out, join_kinds(v, norm->on, norm->on_count));
    if (norm->except_count > 0)
        bl_str_add(&out,
                   BL_SAYF(v, except_kinds,
                           BL_TEXT("kinds", join_kinds(v, norm->except, norm->except_count))));
    return bl_str_taken(&out);
}

#define LABEL_WIDTH_ZH 8  /* 生效条件 */
#define LABEL_WIDTH_EN 12 /* in principle */

/* "生效条件  text  kinds  id": what does not fit goes below, under the text. */
static void labelled_row(telling *t, size_t indent, bl_style style, bylaw_str label,
                         const bylaw_str *cells, size_t count)
{
    const size_t width = t->v.lang == BYLAW_ZH ? LABEL_WIDTH_ZH : LABEL_WIDTH_EN;
    const size_t hang = indent + width + 2;
    bl_str line = bl_str_init(&t->arena), head = bl_str_init(&t->arena);
    size_t used = hang, first = 0;

    bl_pad(&head, label, width);
    bl_styled(&line, style, bl_str_taken(&head));
    bl_str_addz(&line, "  ");
    for (size_t i = 0; i < count; i++)
        used += (i > 0 ? 2 : 0) + bl_display_width(cells[i]);
    for (size_t i = 0; i < count && (i == 0 || used <= t->page.columns); i++, first++) {
        if (i > 0)
            bl_str_addz(&line, "  ");
        bl_str_add(&line, cells[i]);
    }
    bl_page_line(&t->page, indent, hang, bl_str_taken(&line));
    if (first == count)
        return;
    bl_page_line(&t->page, hang, hang,
                 bl_say_join(&t->v, cells + first, count - first, &bl_word_two_blanks));
}

static void norm_row(telling *t, size_t indent, const bylaw_ruleset *set, const bl_norm *norm)
{
    bl_str id = bl_str_init(&t->arena);

    bl_str_add(&id, set->id);
    bl_str_addc(&id, '/');
    bl_str_add(&id, norm->id);
    const bylaw_str cells[] = {bl_say_label(&t->v, norm->says), bl_say_kinds(&t->v, norm),
                               bl_str_taken(&id)};

    labelled_row(t, indent, BL_BOLD, bl_say(&t->v, modality_words[norm->body.modality], NULL, 0),
                 cells, 3);
}

/* 采用：算；另解：不算，可作此解 */
static bylaw_str say_options(const bl_voice *v, const bl_reading *reading)
{
    bl_str out = bl_str_init(v->arena);
    const bl_option *chosen = &reading->options[reading->default_option];

    bl_str_add(&out, BL_SAYF(v, option_used, BL_TEXT("option", bl_say_label(v, chosen->label))));
    for (size_t i = 0; i < reading->option_count; i++) {
        const bl_option *option = &reading->options[i];
        const bl_arg args[] = {BL_TEXT("option", bl_say_label(v, option->label))};

        if (i == reading->default_option)
            continue;
        bl_str_addz(&out, bl_word_sep.in[v->lang]);
        bl_str_add(&out, bl_say(v, option->remote ? &bl_word_option_remote : &bl_word_option_other,
                                args, 1));
    }
    return bl_str_taken(&out);
}

static void reading_row(telling *t, size_t indent, const bl_reading *reading)
{
    bl_str phrase = bl_str_init(&t->arena);

    bl_str_add(&phrase,
               bl_say_foreign(&t->v, reading->phrase.len > 0 ? reading->phrase
                                                             : reading->asks.in[t->v.lang]));
    if (reading->open)
        bl_str_add(&phrase, BL_SAY0(&t->v, is_open));
    const bylaw_str cells[] = {bl_str_taken(&phrase), say_options(&t->v, reading)};

    labelled_row(t, indent, BL_DIM, BL_SAY0(&t->v, reading), cells, 2);
}

static bylaw_str first_cite(const bl_provision *const *provisions, size_t count)
{
    return count > 0 ? provisions[0]->cite.in[BYLAW_ZH] : (bylaw_str){NULL, 0};
}

static void cite_line(telling *t, const bl_provision *provision)
{
    bl_str line = bl_str_init(&t->arena);

    bl_styled(&line, BL_BOLD, bl_say_provision(&t->v, provision));
    bl_page_line(&t->page, 0, 2, bl_str_taken(&line));
}

static void norms_as_text(telling *t, const bylaw_ruleset *set)
{
    bylaw_str last = {NULL, 0};

    bl_page_line(&t->page, 0, 2,
                 BL_SAYF(&t->v, set_head, BL_TEXT("title", bl_say_label(&t->v, set->title)),
                         BL_TEXT("date", say_in_force(&t->v, set)),
                         BL_INT("norms", (int64_t)set->norm_count),
                         BL_INT("readings", (int64_t)set->reading_count),
                         BL_INT("gaps", (int64_t)set->gap_count)));
    for (size_t p = 0; p < set->provision_count; p++) {
        const bl_provision *provision = &set->provisions[p];

        for (size_t i = 0; i < set->norm_count; i++) {
            if (set->norms[i].provisions[0] != provision)
                continue;
            if (!bl_str_equal(last, provision->cite.in[BYLAW_ZH]))
                cite_line(t, provision);
            last = provision->cite.in[BYLAW_ZH];
            norm_row(t, 2, set, &set->norms[i]);
        }
    }
    bl_page_line(&t->page, 0, 2, BL_SAY0(&t->v, see_rule));
}

static void provisions_as_json(bl_json *j, const bl_provision *const *provisions, size_t count)
{
    bl_json_open(j, "provisions", '[');
    for (size_t i = 0; i < count; i++) {
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "id", provisions[i]->id);
        bl_json_label(j, "cite", provisions[i]->cite);
        bl_json_label(j, "gist", provisions[i]->gist);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
}

static void kinds_as_json(bl_json *j, const char *key, const bl_enum_value *const *kinds,
                          size_t count)
{
    bl_json_open(j, key, '[');
    for (size_t i = 0; i < count; i++)
        bl_json_text(j, NULL, kinds[i]->id);
    bl_json_close(j, ']');
}

static void reading_as_json(bl_json *j, const bl_reading *reading)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "name", reading->name);
    bl_json_text(j, "phrase", reading->phrase);
    bl_json_label(j, "asks", reading->asks);
    bl_json_bool(j, "open", reading->open);
    bl_json_text(j, "default", reading->options[reading->default_option].name);
    bl_json_open(j, "options", '[');
    for (size_t i = 0; i < reading->option_count; i++) {
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "name", reading->options[i].name);
        bl_json_label(j, "label", reading->options[i].label);
        bl_json_label(j, "basis", reading->options[i].basis);
        bl_json_bool(j, "remote", reading->options[i].remote);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}

/* The facts that are added up. */
static void sum_as_json(bl_json *j, const char *key, const bylaw_ruleset *set, const bl_sum *sum)
{
    bl_json_open(j, key, '[');
    for (size_t i = 0; i < sum->count; i++) {
        if (sum->slots[i] >= BL_SLOT_FACTS)
            bl_json_text(j, NULL, set->facts[sum->slots[i] - BL_SLOT_FACTS].name);
    }
    bl_json_close(j, ']');
}

static void threshold_as_json(bl_json *j, const bylaw_ruleset *set, const bl_body *body)
{
    bl_json_open(j, "threshold", '{');
    sum_as_json(j, "count", set, &body->count);
    if (body->has & BL_HAS_OF)
        sum_as_json(j, "of", set, &body->of);
    bl_json_open(j, body->strict ? "more_than" : "at_least", '[');
    bl_json_int(j, NULL, body->bound.num);
    bl_json_int(j, NULL, body->bound.den);
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}

static void norm_as_json(bl_json *j, const bylaw_ruleset *set, const bl_norm *norm)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "ruleset", set->id);
    bl_json_text(j, "id", norm->id);
    provisions_as_json(j, norm->provisions, norm->provision_count);
    bl_json_text(j, "modality", bylaw_str_from(bl_modality_names[norm->body.modality]));
    bl_json_label(j, "says", norm->says);
    kinds_as_json(j, "on", norm->on, norm->on_count);
    kinds_as_json(j, "except", norm->except, norm->except_count);
    if (norm->body.has & BL_HAS_COUNT)
        threshold_as_json(j, set, &norm->body);
    if (norm->body.require != NULL)
        bl_json_text(j, "require", bl_program_text(norm->body.require));
    if (norm->body.when != NULL)
        bl_json_text(j, "when", bl_program_text(norm->body.when));
    bl_json_open(j, "readings", '[');
    for (size_t i = 0; i < set->reading_count; i++) {
        if (norm->readings >> i & 1)
            reading_as_json(j, &set->readings[i]);
    }
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}

bylaw_status bylaw_ruleset_describe(const bylaw_ruleset *set, const bylaw_description *how)
{
    telling t = begin_telling(how);
    bl_json j = {.out = &t.page.out};

    start(&t);
    if (!how->json) {
        norms_as_text(&t, set);
        return end_telling(&t, BYLAW_OK);
    }
    bl_json_open(&j, NULL, '{');
    set_head_as_json(&j, set);
    bl_json_open(&j, "norms", '[');
    for (size_t i = 0; i < set->norm_count; i++)
        norm_as_json(&j, set, &set->norms[i]);
    bl_json_close(&j, ']');
    bl_json_close(&j, '}');
    bl_str_addc(&t.page.out, '\n');
    return end_telling(&t, BYLAW_OK);
}

/* ---- one norm, or what stands in one provision ---- */

static bool cites(const bylaw_ruleset *set, const bl_provision *provision, bylaw_str name)
{
    const size_t prefix = set->id.len + 1;

    return bl_str_equal(provision->cite.in[BYLAW_ZH], name) ||
           bl_str_equal(provision->cite.in[BYLAW_EN], name) || bl_str_equal(provision->id, name) ||
           (provision->id.len > prefix &&
            bl_str_equal(bl_str_slice(provision->id, prefix, provision->id.len), name));
}

/* By its id, SET/ID, or a provision of its. */
static bool is_meant(const bylaw_ruleset *set, const bl_norm *norm, bylaw_str name)
{
    if (bl_str_equal(norm->id, name))
        return true;
    if (name.len == set->id.len + 1 + norm->id.len && bl_str_starts(name, set->id) &&
        name.ptr[set->id.len] == '/' && bl_str_ends(name, norm->id))
        return true;
    for (size_t i = 0; i < norm->provision_count; i++) {
        if (cites(set, norm->provisions[i], name))
            return true;
    }
    return false;
}

static bool gap_is_meant(const bylaw_ruleset *set, const bl_gap *gap, bylaw_str name)
{
    for (size_t i = 0; i < gap->provision_count; i++) {
        if (cites(set, gap->provisions[i], name))
            return true;
    }
    return bl_str_equal(gap->id, name);
}

/* Is the provision named itself, or cited by a norm or gap that is? */
static bool provision_is_meant(const bylaw_ruleset *set, const bl_provision *provision,
                               bylaw_str name)
{
    if (cites(set, provision, name))
        return true;
    for (size_t i = 0; i < set->norm_count; i++) {
        const bl_norm *norm = &set->norms[i];

        for (size_t k = 0; k < norm->provision_count; k++) {
            if (norm->provisions[k] == provision && is_meant(set, norm, name) &&
                !bl_str_equal(first_cite(norm->provisions, norm->provision_count), name))
                return true;
        }
    }
    return false;
}

static bool knows(const bylaw_ruleset *set, bylaw_str name)
{
    for (size_t i = 0; i < set->provision_count; i++) {
        if (provision_is_meant(set, &set->provisions[i], name))
            return true;
    }
    for (size_t i = 0; i < set->gap_count; i++) {
        if (gap_is_meant(set, &set->gaps[i], name))
            return true;
    }
    return false;
}

static uint64_t rule_readings(const bylaw_ruleset *set, bylaw_str name)
{
    uint64_t readings = 0;

    for (size_t i = 0; i < set->norm_count; i++) {
        if (is_meant(set, &set->norms[i], name))
            readings |= set->norms[i].readings;
    }
    return readings;
}

static void rule_as_text(telling *t, const bylaw_ruleset *set, bylaw_str name)
{
    const uint64_t readings = rule_readings(set, name);
    bylaw_str last = {NULL, 0};

    bl_page_line(&t->page, 0, 2,
                 BL_SAYF(&t->v, title, BL_TEXT("title", bl_say_label(&t->v, set->title))));
    for (size_t i = 0; i < set->provision_count; i++) {
        if (!provision_is_meant(set, &set->provisions[i], name))
            continue;
        if (!bl_str_equal(last, set->provisions[i].cite.in[BYLAW_ZH]))
            cite_line(t, &set->provisions[i]);
        last = set->provisions[i].cite.in[BYLAW_ZH];
        bl_page_line(&t->page, 2, 4, bl_say_label(&t->v, set->provisions[i].gist));
        const bylaw_str quote = bl_say_quote(&t->v, t->page.quoter, &set->provisions[i]);

        if (quote.len > 0 && set->provisions[i].part_count == 0) /* a composite by its parts */
            labelled_row(t, 2, BL_DIM, BL_SAY0(&t->v, original), &quote, 1);
    }
    for (size_t i = 0; i < set->norm_count; i++) {
        if (is_meant(set, &set->norms[i], name))
            norm_row(t, 0, set, &set->norms[i]);
    }
    for (size_t i = 0; i < set->gap_count; i++) {
        const bylaw_str says = bl_say_label(&t->v, set->gaps[i].says);

        if (gap_is_meant(set, &set->gaps[i], name))
            labelled_row(t, 0, BL_DIM, BL_SAY0(&t->v, not_regulated), &says, 1);
    }
    for (size_t i = 0; i < set->reading_count; i++) {
        if (readings >> i & 1)
            reading_row(t, 0, &set->readings[i]);
    }
}

static void rule_as_json(bl_json *j, const bylaw_ruleset *set, bylaw_str name)
{
    bl_json_open(j, NULL, '{');
    bl_json_text(j, "ruleset", set->id);
    bl_json_label(j, "title", set->title);
    bl_json_open(j, "provisions", '[');
    for (size_t i = 0; i < set->provision_count; i++) {
        if (!provision_is_meant(set, &set->provisions[i], name))
            continue;
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "id", set->provisions[i].id);
        bl_json_label(j, "cite", set->provisions[i].cite);
        bl_json_label(j, "gist", set->provisions[i].gist);
        bl_json_quote(j, &set->provisions[i]);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
    bl_json_open(j, "norms", '[');
    for (size_t i = 0; i < set->norm_count; i++) {
        if (is_meant(set, &set->norms[i], name))
            norm_as_json(j, set, &set->norms[i]);
    }
    bl_json_close(j, ']');
    bl_json_open(j, "gaps", '[');
    for (size_t i = 0; i < set->gap_count; i++) {
        if (!gap_is_meant(set, &set->gaps[i], name))
            continue;
        bl_json_open(j, NULL, '{');
        bl_json_text(j, "id", set->gaps[i].id);
        bl_json_label(j, "says", set->gaps[i].says);
        bl_json_close(j, '}');
    }
    bl_json_close(j, ']');
    bl_json_close(j, '}');
}

bylaw_status bylaw_rule_describe(const bylaw_ruleset *set, bylaw_str name,
                                 const bylaw_description *how)
{
    telling t = begin_telling(how);
    bl_json j = {.out = &t.page.out, .quoter = t.page.quoter};

    if (!knows(set, name))
        return end_telling(&t, BYLAW_ENOTFOUND);
    start(&t);
    if (how->json) {
        rule_as_json(&j, set, name);
        bl_str_addc(&t.page.out, '\n');
    } else {
        rule_as_text(&t, set, name);
    }
    return end_telling(&t, BYLAW_OK);
}

static void nearer(bylaw_str candidate, bylaw_str name, bylaw_str *best, size_t *least)
{
    const size_t distance = bl_str_distance(candidate, name, *least);

    if (distance < *least) {
        *least = distance;
        *best = candidate;
    }
}

bylaw_str bylaw_rule_nearest(const bylaw_ruleset *set, bylaw_str name)
{
    bylaw_str best = {NULL, 0};
    size_t least = 3;

    if (bl_str_starts(name, set->id) && name.len > set->id.len && name.ptr[set->id.len] == '/')
        name = bl_str_slice(name, set->id.len + 1, name.len);
    for (size_t i = 0; i < set->norm_count; i++)
        nearer(set->norms[i].id, name, &best, &least);
    for (size_t i = 0; i < set->provision_count; i++)
        nearer(set->provisions[i].cite.in[BYLAW_ZH], name, &best, &least);
    return best;
}

/* ---- values of an enumeration ---- */

static const bl_enum *enum_named(const bylaw_ruleset *set, bylaw_str name)
{
    if (bl_str_equal(set->kinds->name, name))
        return set->kinds;
    for (size_t i = 0; i < set->enum_count; i++) {
        if (bl_str_equal(set->enums[i]->name, name))
            return set->enums[i];
    }
    return NULL;
}

static void values_as_text(telling *t, const bl_enum *e)
{
    size_t width = 0;

    for (size_t i = 0; i < e->count; i++) {
        const size_t one = bl_display_width(bl_say_label(&t->v, e->values[i]->label));

        width = one > width ? one : width;
    }
    for (size_t i = 0; i < e->count; i++) {
        bl_str line = bl_str_init(&t->arena);

        bl_pad(&line, bl_say_label(&t->v, e->values[i]->label), width);
        bl_str_addz(&line, "  ");
        bl_str_add(&line, e->values[i]->id);
        bl_page_line(&t->page, 0, width + 2, bl_str_taken(&line));
    }
}

bylaw_status bylaw_values_describe(const bylaw_ruleset *set, bylaw_str name,
                                   const bylaw_description *how)
{
    telling t = begin_telling(how);
    const bl_enum *e = enum_named(set, name);
    bl_json j = {.out = &t.page.out};

    if (e == NULL)
        return end_telling(&t, BYLAW_ENOTFOUND);
    start(&t);
    if (!how->json) {
        values_as_text(&t, e);
        return end_telling(&t, BYLAW_OK);
    }
    bl_json_open(&j, NULL, '[');
    for (size_t i = 0; i < e->count; i++) {
        bl_json_open(&j, NULL, '{');
        bl_json_text(&j, "name", e->values[i]->id);
        bl_json_label(&j, "label", e->values[i]->label);
        bl_json_close(&j, '}');
    }
    bl_json_close(&j, ']');
    bl_str_addc(&t.page.out, '\n');
    return end_telling(&t, BYLAW_OK);
}
