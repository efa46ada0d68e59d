/* check/mutate_expr.c: what can be changed in an expression, token by token: comparisons, && and
 * ||, negations, numbers, days, items of lists, arguments of is(). The changed expression is
 * written as a quoted scalar in the place of the whole one, so that its form in YAML does not
 * matter. */
#include "check/mutants.h"
#include "expr/lexer.h"
#include "value/date.h"

typedef struct work {
    bylaw_mutants *m;
    const bl_doc_node *node;
    bylaw_str text; /* of the expression */
    const bl_token *tokens;
    size_t count; /* without the end */
} work;

static bylaw_str quoted(bylaw_mutants *m, bylaw_str text)
{
    bl_str out = bl_str_init(&m->arena);
    bylaw_str taken = {NULL, 0};

    bl_str_addc(&out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i] == '\n' ? ' ' : text.ptr[i];

        if (c == '\'')
            bl_str_addc(&out, '\'');
        bl_str_addc(&out, c);
    }
    bl_str_addc(&out, '\'');
    m->failed |= bl_str_take(&taken, &out) != BYLAW_OK;
    return taken;
}

/* Replaces bytes [from, to) of the expression. */
static void change(const work *w, size_t from, size_t to, bylaw_str with, bylaw_str was,
                   bylaw_str now)
{
    const bylaw_str whole = bl_mutant_joined(w->m, bl_str_slice(w->text, 0, from), with,
                                             bl_str_slice(w->text, to, w->text.len));
    bl_mutation *made = bl_mutant_add(w->m, w->node->span, quoted(w->m, whole), was, now);

    if (made == NULL)
        return;
    const bl_span part = bl_doc_part(w->node, from, to > from ? to : from + 1);
    const bl_place at = bl_place_of(&w->m->source, part.from);
    const bl_place end = bl_place_of(&w->m->source, part.to);

    made->told.line = at.line;
    made->told.column = at.column;
    made->told.end_column = end.line == at.line ? end.column : at.column + 1;
    made->told.excerpt = bl_line_of(&w->m->source, part.from);
}

static void swap(const work *w, const bl_token *t, const char *with)
{
    const bylaw_str was = bl_str_slice(w->text, t->from, t->to);

    change(w, t->from, t->to, bylaw_str_from(with), was, bylaw_str_from(with));
}

/* --- one token --- */

static const struct swapped {
    bl_token_kind kind;
    const char *with;
} swapped_signs[] = {
    {BL_TOK_EQ, "!="}, {BL_TOK_NE, "=="}, {BL_TOK_LT, "<="},      {BL_TOK_LE, "<"},
    {BL_TOK_GT, ">="}, {BL_TOK_GE, ">"},  {BL_TOK_LT, ">"},       {BL_TOK_LE, ">="},
    {BL_TOK_GT, "<"},  {BL_TOK_GE, "<="}, {BL_TOK_AND_AND, "||"}, {BL_TOK_OR_OR, "&&"},
};

static const struct swapped_name {
    const char *name, *with;
} swapped_names[] = {
    {"all", "exists"}, {"exists", "all"}, {"exists_one", "exists"}, {"addDays", "addMonths"}};

static void move_number(const work *w, const bl_token *t, int64_t n, int64_t by)
{
    bl_str text = bl_str_init(&w->m->arena);
    bylaw_str taken = {NULL, 0};

    if (n + by < 0)
        return;
    bl_str_add_int(&text, n + by);
    w->m->failed |= bl_str_take(&taken, &text) != BYLAW_OK;
    change(w, t->from, t->to, taken, bl_str_slice(w->text, t->from, t->to), taken);
}

static void move_day(const work *w, const bl_token *t, int64_t days, int64_t by)
{
    bl_str text = bl_str_init(&w->m->arena);
    bylaw_str taken = {NULL, 0};

    bl_str_addc(&text, '\'');
    bl_date_write_iso(&text, days + by);
    bl_str_addc(&text, '\'');
    w->m->failed |= bl_str_take(&taken, &text) != BYLAW_OK;
    change(w, t->from, t->to, taken, bl_str_slice(w->text, t->from, t->to), taken);
}

static void change_literal(const work *w, const bl_token *t)
{
    if (t->value.kind == BL_INT) {
        move_number(w, t, t->value.as.i, 1);
        move_number(w, t, t->value.as.i, -1);
    } else if (t->value.kind == BL_BOOL) {
        swap(w, t, t->value.as.b ? "false" : "true");
    } else if (t->value.kind == BL_STRING) {
        bylaw_str rest = {NULL, 0};
        int64_t days = 0;

        if (bl_date_read(&days, &rest, *t->value.as.s) != BL_DATE_OK || rest.len > 0)
            return;
        move_day(w, t, days, 1);
        move_day(w, t, days, -1);
    }
}

static void change_token(const work *w, size_t i)
{
    const bl_token *t = &w->tokens[i];

    for (size_t k = 0; k < sizeof swapped_signs / sizeof *swapped_signs; k++) {
        if (swapped_signs[k].kind == t->kind)
            swap(w, t, swapped_signs[k].with);
    }
    if (t->kind == BL_TOK_BANG)
        change(w, t->from, t->to, (bylaw_str){NULL, 0}, BYLAW_STR("!"), (bylaw_str){NULL, 0});
    if (t->kind == BL_TOK_LITERAL)
        change_literal(w, t);
    if (t->kind != BL_TOK_NAME || i == 0 || w->tokens[i - 1].kind != BL_TOK_DOT)
        return;
    for (size_t k = 0; k < sizeof swapped_names / sizeof *swapped_names; k++) {
        if (bl_str_is(t->text, swapped_names[k].name))
            swap(w, t, swapped_names[k].with);
    }
}

/* --- items --- */

static bool opens(bl_token_kind kind)
{
    return kind == BL_TOK_OPEN || kind == BL_TOK_OPEN_LIST || kind == BL_TOK_OPEN_MAP;
}

static bool closes(bl_token_kind kind)
{
    return kind == BL_TOK_CLOSE || kind == BL_TOK_CLOSE_LIST || kind == BL_TOK_CLOSE_MAP;
}

/* Token i opens a list or the arguments of is(): drops each of its items, where there are two. */
static void drop_items(const work *w, size_t i)
{
    size_t commas[64], n = 0, depth = 0, end = i;

    commas[n++] = i;
    for (end = i + 1; end < w->count; end++) {
        const bl_token_kind kind = w->tokens[end].kind;

        if (opens(kind))
            depth++;
        else if (closes(kind) && depth-- == 0)
            break;
        else if (kind == BL_TOK_COMMA && depth == 0 && n < 63)
            commas[n++] = end;
    }
    if (end >= w->count || n < 2)
        return;
    commas[n] = end;
    for (size_t k = 0; k < n; k++) {
        const size_t first = commas[k] + 1, behind = commas[k + 1];
        const size_t from = k == 0 ? w->tokens[first].from : w->tokens[commas[k]].from;
        const size_t to = k == 0 ? w->tokens[behind].to : w->tokens[behind].from;

        change(w, from, to, (bylaw_str){NULL, 0},
               bl_str_slice(w->text, w->tokens[first].from, w->tokens[behind - 1].to),
               (bylaw_str){NULL, 0});
    }
}

static bool is_call_of_is(const work *w, size_t i)
{
    return w->tokens[i].kind == BL_TOK_OPEN && i >= 2 && w->tokens[i - 1].kind == BL_TOK_NAME &&
           bl_str_is(w->tokens[i - 1].text, "is") && w->tokens[i - 2].kind == BL_TOK_DOT;
}

/* `[` begins a list where no value stands before it that it could index. */
static bool is_list(const work *w, size_t i)
{
    if (w->tokens[i].kind != BL_TOK_OPEN_LIST)
        return false;
    return i == 0 || (w->tokens[i - 1].kind != BL_TOK_NAME && !closes(w->tokens[i - 1].kind));
}

/* --- all --- */

static bool read_tokens(work *w)
{
    bl_report report = {.text = {w->text, w->node->span, false}};
    bl_lexer lexer = {.text = w->text, .arena = &w->m->arena, .report = &report};
    BL_VEC(bl_token) tokens = {0};

    for (;;) {
        const bl_token t = bl_lexer_next(&lexer);

        if (t.kind == BL_TOK_END || lexer.failed)
            break;
        if (!bl_vec_push(&w->m->arena, &tokens, t))
            return false;
    }
    w->tokens = tokens.items;
    w->count = tokens.count;
    return !lexer.failed;
}

void bl_mutate_expression(bylaw_mutants *m, const bl_doc_node *node, bool truth)
{
    work w = {.m = m, .node = node, .text = node->text};

    if (node->shape != BL_DOC_SCALAR || m->failed)
        return;
    if (!read_tokens(&w)) {
        m->failed = true;
        return;
    }
    for (size_t i = 0; i < w.count; i++) {
        change_token(&w, i);
        if (is_list(&w, i) || is_call_of_is(&w, i))
            drop_items(&w, i);
    }
    if (truth && w.count > 0) {
        const bylaw_str not = bl_mutant_joined(m, BYLAW_STR("!("), w.text, BYLAW_STR(")"));

        change(&w, 0, w.text.len, not, w.text, BYLAW_STR("!(…)"));
    }
}
