/* report/need_ask.c: what every kind of vote of a rule set needs, one kind of it, or one kind over
 * a range of members or attendance: each an action made up and checked. */
#include "report/need.h"

/* ---- a rule set ---- */

typedef struct asking {
    const bylaw_need_question *q;
    const bylaw_need_telling *telling;
    const bylaw_allocator *allocator;
    bylaw_diags *diags;
    bl_arena arena;
    bl_sheet sheet;
    bylaw_setting *facts; /* the question's, and room for the one that varies */
    char number[24];
} asking;

/* What is done with the result of one check; borrowed for the call. */
typedef bylaw_status use_fn(asking *a, bl_voice *v, const bl_vote *x, void *context);

/* Checks an action of that kind with the question's facts. BYLAW_ENOTFOUND: not decided by
 * counting. */
static bylaw_status check_one(asking *a, bylaw_str kind, size_t fact_count, use_fn *use,
                              void *context)
{
    const bylaw_options options = {.sets = &a->q->set,
                                   .set_count = 1,
                                   .facts = a->facts,
                                   .fact_count = fact_count,
                                   .readings = a->q->readings,
                                   .reading_count = a->q->reading_count};
    bl_str text = bl_str_init(&a->arena);
    bylaw_checker *checker = NULL;
    const bylaw_result *result = NULL;
    bl_voice v = {.arena = &a->arena, .lang = a->telling->lang};
    bylaw_str action;
    bl_vote x;

    bl_str_addz(&text, "{\"action\":\"");
    bl_str_add(&text, kind);
    bl_str_addz(&text, "\",\"rules\":[\"");
    bl_str_add(&text, a->q->set->id);
    bl_str_addz(&text, "\"]}");
    bylaw_status status = bl_str_take(&action, &text);

    if (status == BYLAW_OK)
        status = bylaw_checker_new(&checker, &options, a->allocator);
    if (status == BYLAW_OK)
        status =
            bylaw_checker_read(checker, BYLAW_STR("need"), action, BYLAW_FORMAT_JSON, a->diags);
    if (status == BYLAW_OK)
        status = bylaw_checker_check(checker, 0, &result, a->diags);
    if (status == BYLAW_OK)
        status = bl_vote_read(&x, &v, result) ? use(a, &v, &x, context) : BYLAW_ENOTFOUND;
    bylaw_checker_free(checker);
    return status;
}

/* Does some condition on that kind weigh a count against a base? */
static bool is_voted_on(const bylaw_ruleset *set, uint32_t kind)
{
    const bl_kind_def *def = &set->kind_defs[kind];

    for (size_t i = 0; i < def->norm_count; i++) {
        const bl_body *body = &set->norms[def->norms[i]].body;

        if (body->modality == BL_CONDITION && body->has & BL_HAS_OF)
            return true;
    }
    return false;
}

/* Kinds that need the same stand in one row. */
typedef struct kind_row {
    bylaw_str kinds, cite, need, ways, rest;
    bool several, unreachable;
    int64_t votes, base;
    bylaw_str never; /* of its first kind, with {kinds} to be said later */
    int64_t other;
} kind_row;

typedef struct kind_table {
    BL_VEC(kind_row) rows;
} kind_table;

static bylaw_str say_ways(const bl_voice *v, const bl_vote *x, int64_t *other)
{
    bl_str out = bl_str_init(v->arena);

    *other = -1;
    for (size_t i = 0; i < x->way_count; i++) {
        const bl_way *w = &x->ways[i];

        if (out.len > 0)
            bl_str_addz(&out, bl_word_sep.in[v->lang]);
        if (w->need_known && *other < 0)
            *other = w->need;
        if (w->need_known)
            bl_str_add(&out,
                       BL_SAYF(v, need_way, BL_TEXT("need", bl_vote_say_need_short(v, x, w->need)),
                               BL_TEXT("way", w->label)));
        else
            bl_str_add(&out, w->label);
    }
    return bl_str_taken(&out);
}

static bylaw_status add_kind(asking *a, bl_voice *v, const bl_vote *x, void *context)
{
    kind_table *table = context;
    kind_row row = {
        .cite = bl_vote_say_cite(v, x->norm), .unreachable = x->figures.unreachable, .base = -1};
    const bylaw_str label = bl_say_label(v, x->kind->label);

    row.need =
        x->figures.need_known ? bl_vote_say_need_short(v, x, x->figures.need) : BYLAW_STR("-");
    row.votes = x->figures.need_known ? x->figures.need : -1;
    if (x->figures.base_known)
        row.base = x->figures.base;
    row.ways = say_ways(v, x, &row.other);
    row.rest = x->extra_alone ? x->extra_rest : (bylaw_str){NULL, 0};
    if (!x->extra_alone && x->extra.len > 0)
        row.ways = BL_SAYF(v, need_way, BL_TEXT("need", row.ways), BL_TEXT("way", x->extra));
    for (size_t i = 0; i < table->rows.count; i++) {
        kind_row *other = &table->rows.items[i];

        if (!bl_str_equal(other->cite, row.cite) || !bl_str_equal(other->need, row.need) ||
            !bl_str_equal(other->ways, row.ways) || !bl_str_equal(other->rest, row.rest))
            continue;
        const bylaw_str both[] = {other->kinds, label};

        other->kinds = bl_say_join(v, both, 2, &bl_word_enum_comma);
        other->several = true;
        return BYLAW_OK;
    }
    row.kinds = label;
    if (row.unreachable)
        row.never = bl_vote_say_never(v, x, label);
    return bl_vec_push(&a->arena, &table->rows, row) ? BYLAW_OK : BYLAW_ENOMEM;
}

/* The facts that are known, behind the title; in the first result's words. */
static bylaw_status say_head(asking *a, bl_voice *v, const bl_vote *x, void *context)
{
    bl_str known = bl_str_init(&a->arena);

    (void)x;
    (void)context;
    for (size_t i = 0; i < a->q->fact_count; i++) {
        const bl_fact *fact = bl_map_get(&a->q->set->fact_index, a->q->facts[i].name);

        if (fact == NULL || v->set->slots[fact->slot].kind != BL_INT)
            continue;
        bl_str_addz(&known, bl_word_comma.in[v->lang]);
        bl_str_add(&known, bl_vote_say_known(v, fact->slot, v->set->slots[fact->slot].as.i));
    }
    a->sheet.title = BL_SAYF(v, need_title, BL_TEXT("title", bl_say_label(v, a->q->set->title)),
                             BL_TEXT("known", bl_str_taken(&known)));
    a->sheet.columns[2].head =
        BL_SAYF(v, need_least, BL_TEXT("what", bl_say_sum_label(v, &x->figures.count_sum)));
    return BYLAW_OK;
}

static void fill_kinds(asking *a, const bl_voice *v, const kind_table *table)
{
    for (size_t i = 0; i < table->rows.count; i++) {
        const kind_row *k = &table->rows.items[i];
        bl_cell *row = bl_sheet_row(&a->sheet);
        bl_str ways = bl_str_init(&a->arena);

        if (row == NULL)
            return;
        bl_str_add(&ways, k->ways);
        if (k->rest.len > 0) {
            bl_str_addz(&ways, ways.len > 0 ? bl_word_sep.in[v->lang] : "");
            bl_str_add(&ways,
                       bl_say(v, k->several ? &bl_word_need_all_more_than : &bl_word_need_more_than,
                              BL_ARGS(BL_TEXT("rest", k->rest))));
        }
        row[0] = bl_text_cell(k->kinds);
        row[1] = bl_text_cell(k->cite);
        row[2] = k->votes >= 0 ? bl_number_cell(k->need, k->votes) : bl_text_cell(k->need);
        row[3] = bl_text_cell(bl_str_taken(&ways));
        if (k->base >= 0)
            bl_sheet_bar(&a->sheet, (bl_bar){k->kinds, k->base, k->votes, k->other, -1});
        bl_sheet_note(&a->sheet, k->never);
    }
}

static bylaw_status ask_kinds(asking *a)
{
    const bylaw_ruleset *set = a->q->set;
    const bl_voice v = {.arena = &a->arena, .lang = a->telling->lang};
    kind_table table = {{0}};
    bylaw_status status = BYLAW_OK;

    bl_sheet_column(&a->sheet, "kind", BL_SAY0(&v, need_kind), false);
    bl_sheet_column(&a->sheet, "article", BL_SAY0(&v, need_cite), false);
    bl_sheet_column(&a->sheet, "need", (bylaw_str){NULL, 0}, true);
    bl_sheet_column(&a->sheet, "otherwise", BL_SAY0(&v, need_otherwise), false);
    a->sheet.need = BL_SAY0(&v, need_sign);
    a->sheet.other = BL_SAY0(&v, need_otherwise);
    for (uint32_t i = 0; i < set->kinds->count && status == BYLAW_OK; i++) {
        if (!is_voted_on(set, i))
            continue;
        status = check_one(a, set->kinds->values[i]->id, a->q->fact_count, add_kind, &table);
        if (status == BYLAW_OK && a->sheet.title.len == 0)
            status = check_one(a, set->kinds->values[i]->id, a->q->fact_count, say_head, NULL);
        if (status == BYLAW_ENOTFOUND)
            status = BYLAW_OK;
    }
    if (status == BYLAW_OK && table.rows.count == 0)
        status = BYLAW_ENOTFOUND;
    fill_kinds(a, &v, &table);
    return status;
}

static bylaw_status tell_kind(asking *a, bl_voice *v, const bl_vote *x, void *context)
{
    (void)context;
    bl_vote_tell_before(&a->sheet, v, x);
    return BYLAW_OK;
}

/* ---- a table over a range ---- */

typedef struct range {
    int64_t value;
    uint32_t slot;
    bl_sum count; /* of the votes, for their measure word */
    int64_t differ_even, differ_odd, most;
    size_t places, compared;
} range;

static void head_range(asking *a, const bl_voice *v, const bl_vote *x, range *r)
{
    static const char *const keys[BL_MOST_WAYS] = {"otherwise",  "otherwise2", "otherwise3",
                                                   "otherwise4", "otherwise5", "otherwise6"};
    bl_sheet *sheet = &a->sheet;
    const bl_fact *fact = bl_map_get(&a->q->set->fact_index, a->q->vary);

    r->slot = fact != NULL ? fact->slot : BL_SLOT_KIND;
    r->count = x->figures.count_sum;
    sheet->title = BL_SAYF(v, need_table, BL_TEXT("kind", bl_say_label(v, x->kind->label)),
                           BL_TEXT("cite", x->cite), BL_TEXT("base", x->base_label),
                           BL_TEXT("share", x->share));
    bl_sheet_column(sheet, "value", bl_say_fact_label(v, r->slot), true);
    bl_sheet_column(
        sheet, "need",
        BL_SAYF(v, need_least, BL_TEXT("what", bl_say_sum_label(v, &x->figures.count_sum))), true);
    for (size_t i = 0; i < x->way_count; i++)
        bl_sheet_column(sheet, keys[i], x->ways[i].label, true);
    sheet->across = true;
    sheet->need = BL_SAY0(v, need_sign);
    if (x->way_count > 0)
        sheet->other = x->ways[0].label;
}

static void compare_rows(range *r, int64_t need, int64_t other)
{
    const int64_t gap = need > other ? need - other : other - need;

    r->compared++;
    r->places += gap != 0;
    r->most = gap > r->most ? gap : r->most;
    if (gap != 0)
        *(r->value % 2 == 0 ? &r->differ_even : &r->differ_odd) += 1;
}

static bylaw_status add_value(asking *a, bl_voice *v, const bl_vote *x, void *context)
{
    range *r = context;
    const bl_figures *f = &x->figures;

    if (a->sheet.column_count == 0)
        head_range(a, v, x, r);
    bl_cell *row = bl_sheet_row(&a->sheet);

    if (row == NULL)
        return BYLAW_ENOMEM;
    for (size_t c = 0; c < a->sheet.column_count; c++)
        row[c] = bl_text_cell(BYLAW_STR("-"));
    row[0] = bl_number_cell(bl_say_value(v, bl_int(r->value), UINT32_MAX), r->value);
    if (f->need_known)
        row[1] = bl_number_cell(bl_say_value(v, bl_int(f->need), UINT32_MAX), f->need);
    for (size_t i = 0; i < x->way_count && i + 2 < a->sheet.column_count; i++) {
        if (x->ways[i].need_known)
            row[i + 2] = bl_number_cell(bl_say_value(v, bl_int(x->ways[i].need), UINT32_MAX),
                                        x->ways[i].need);
    }
    if (x->way_count > 0 && f->need_known && x->ways[0].need_known)
        compare_rows(r, f->need, x->ways[0].need);
    bl_sheet_bar(&a->sheet,
                 (bl_bar){row[0].text, f->base_known ? f->base : r->value,
                          f->need_known ? f->need : -1,
                          x->way_count > 0 && x->ways[0].need_known ? x->ways[0].need : -1, -1});
    return BYLAW_OK;
}

/* Where the two rows differ: 两行只在到会为双数时不同，差 1 票。 */
static void tell_difference(asking *a, const range *r)
{
    const bl_set_result set = {.set = a->q->set};
    const bl_voice v = {.arena = &a->arena, .lang = a->telling->lang, .set = &set};
    const uint32_t slots[] = {r->slot};
    const bl_sum sum = {.slots = slots, .count = 1};

    if (a->sheet.column_count != 3)
        return;
    if (r->compared == 0) { /* what the other reading counts by is not known */
        a->sheet.column_count = 2;
        return;
    }
    if (r->places == 0) {
        bl_sheet_note(&a->sheet, BL_SAY0(&v, need_same_rows));
        return;
    }
    const bylaw_str n = bl_say_units_bare(&v, &r->count, r->most);
    const bylaw_str what = bl_vote_attendance(&v, r->slot) ? BL_SAY0(&v, need_attending_bare)
                                                           : bl_say_sum_label(&v, &sum);
    const bl_arg args[] = {BL_TEXT("what", what), BL_TEXT("n", n), BL_INT("k", (int64_t)r->places)};

    bl_sheet_note(&a->sheet, bl_say(&v,
                                    r->differ_odd == 0 && r->most == 1    ? &bl_word_need_even
                                    : r->differ_even == 0 && r->most == 1 ? &bl_word_need_odd
                                                                          : &bl_word_need_apart,
                                    args, 3));
}

static bylaw_status ask_range(asking *a)
{
    const bylaw_need_question *q = a->q;
    range r = {0};
    bylaw_status status = BYLAW_OK;

    for (int64_t n = q->from; n <= q->to && n - q->from < 1000 && status == BYLAW_OK; n++) {
        bl_str text = bl_str_init(&a->arena);

        r.value = n;
        bl_str_add_int(&text, n);
        a->facts[q->fact_count] = (bylaw_setting){q->vary, {NULL, 0}};
        if ((status = bl_str_take(&a->facts[q->fact_count].value, &text)) == BYLAW_OK)
            status = check_one(a, q->kind, q->fact_count + 1, add_value, &r);
    }
    if (status == BYLAW_OK)
        tell_difference(a, &r);
    return status;
}

bylaw_status bylaw_need_ask(const bylaw_need_question *question, const bylaw_need_telling *telling,
                            const bylaw_allocator *allocator, bylaw_diags *diags)
{
    asking a = {.q = question, .telling = telling, .allocator = allocator, .diags = diags};
    bylaw_status status = BYLAW_OK;

    bl_arena_init(&a.arena, allocator);
    a.sheet.arena = &a.arena;
    a.facts = BL_NEW_N(&a.arena, bylaw_setting, question->fact_count + 1);
    if (a.facts == NULL)
        status = BYLAW_ENOMEM;
    for (size_t i = 0; status == BYLAW_OK && i < question->fact_count; i++)
        a.facts[i] = question->facts[i];
    if (status != BYLAW_OK)
        status = BYLAW_ENOMEM;
    else if (question->vary.len > 0)
        status = ask_range(&a);
    else if (question->kind.len > 0)
        status = check_one(&a, question->kind, question->fact_count, tell_kind, NULL);
    else
        status = ask_kinds(&a);
    if (status == BYLAW_OK)
        status = bl_sheet_write(&a.sheet, telling);
    bl_arena_dispose(&a.arena);
    return status;
}
