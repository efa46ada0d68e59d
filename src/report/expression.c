/* report/expression.c: the result of one expression and why it came out so, as text or JSON.
 *
 * A line of the text begins with a mark, never with what the author wrote; sub-expressions stand in
 * the author's own spelling, causes within causes are indented. */
#include "check/expression.h"
#include "report/json.h"
#include "text/excerpt.h"
#include "text/utf8.h"

#define SHOWN_CODEPOINTS 120 /* of a value or of an author's text in a line */
#define SHOWN_ITEMS      20  /* a longer list is told by its length */

typedef struct teller {
    bl_voice voice;
    const bylaw_expr *expr;
    bl_str out;
} teller;

/* Escaped, on one line, cut where it is long. */
static bylaw_str foreign(const teller *t, bylaw_str text)
{
    const size_t end = bl_utf8_offset(text, SHOWN_CODEPOINTS);
    bl_str out = bl_str_init(t->voice.arena);

    bl_escape_foreign(&out, bl_str_slice(text, 0, end));
    if (end < text.len)
        bl_str_addz(&out, "…");
    return bl_str_taken(&out);
}

static bylaw_str value_text(const teller *t, bl_value v)
{
    bl_str text = bl_str_init(t->voice.arena);
    bylaw_str result = {NULL, 0};

    if (v.kind == BL_LIST && v.as.list->count > SHOWN_ITEMS)
        return BL_SAYF(&t->voice, expr_many, BL_INT("n", (int64_t)v.as.list->count));
    if (v.kind == BL_ERROR)
        return foreign(t, v.as.fault->message.in[t->voice.lang]);
    if (v.kind == BL_UNKNOWN)
        return BYLAW_STR("?");
    bl_value_write(&text, v);
    return bl_str_take(&result, &text) == BYLAW_OK ? foreign(t, result) : result;
}

static const char *mark_of(bl_value v)
{
    switch (v.kind) {
    case BL_BOOL:
        return v.as.b ? "✓ " : "✗ ";
    case BL_UNKNOWN:
        return "? ";
    case BL_ERROR:
        return "! ";
    default:
        return "= ";
    }
}

static const char *const signs[] = {
    [BL_OP_NONE] = "", [BL_OP_EQ] = "==", [BL_OP_NE] = "!=", [BL_OP_LT] = "<",  [BL_OP_LE] = "<=",
    [BL_OP_GT] = ">",  [BL_OP_GE] = ">=", [BL_OP_IN] = "in", [BL_OP_IS] = "is",
};

/* 5 >= 6; of a comparison that failed, why. */
static bylaw_str compared(const teller *t, const bl_cause *cause)
{
    bl_str text = bl_str_init(t->voice.arena);

    if (cause->value.kind == BL_ERROR)
        return value_text(t, cause->value);
    bl_str_add(&text, value_text(t, cause->left));
    bl_str_addf(&text, " %s ", signs[cause->op]);
    bl_str_add(&text, value_text(t, cause->right));
    return bl_str_taken(&text);
}

static void tell_cause(teller *t, const bl_cause *cause, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        bl_str_addz(&t->out, "  ");
    bl_str_addz(&t->out, mark_of(cause->value));
    if (cause->kind == BL_CAUSE_ELEMENT)
        bl_str_add(&t->out,
                   BL_SAYF(&t->voice, expr_element, BL_INT("n", (int64_t)cause->element_index + 1),
                           BL_TEXT("value", value_text(t, cause->element))));
    else
        bl_str_add(&t->out, BL_SAYF(&t->voice, expr_value, BL_TEXT("text", foreign(t, cause->text)),
                                    BL_TEXT("value", cause->kind == BL_CAUSE_COMPARE
                                                         ? compared(t, cause)
                                                         : value_text(t, cause->value))));
    bl_str_addc(&t->out, '\n');
    for (size_t i = 0; i < cause->child_count; i++)
        tell_cause(t, cause->children[i], depth + 1);
}

static void tell_result(teller *t)
{
    const bylaw_expr *e = t->expr;
    bl_str facts = bl_str_init(t->voice.arena);

    if (e->value.kind == BL_ERROR) {
        const bl_source source = {.text = bl_program_text(e->program)};
        const bl_place place = bl_place_of(&source, e->value.as.fault->from);

        bl_str_add(&t->out, BL_SAYF(&t->voice, expr_failed, BL_TEXT("why", value_text(t, e->value)),
                                    BL_INT("line", (int64_t)place.line),
                                    BL_INT("column", (int64_t)place.column)));
    } else if (e->value.kind == BL_UNKNOWN) {
        for (size_t i = 0; i < e->missing_count; i++) {
            bl_str_addz(&facts, i == 0 ? "" : t->voice.lang == BYLAW_ZH ? "、" : ", ");
            bl_str_add(&facts, foreign(t, e->missing[i]));
        }
        t->out.failed = t->out.failed || facts.failed;
        bl_str_add(&t->out,
                   BL_SAYF(&t->voice, expr_unknown, BL_TEXT("facts", bl_str_view(&facts))));
    } else {
        bl_str whole = bl_str_init(t->voice.arena);

        bl_escape_foreign(&whole, e->shown);
        t->out.failed = t->out.failed || whole.failed;
        bl_str_add(&t->out, bl_str_view(&whole));
    }
    bl_str_addc(&t->out, '\n');
}

/* ---- JSON ---- */

static const char *const cause_names[] = {
    [BL_CAUSE_VALUE] = "value", [BL_CAUSE_COMPARE] = "compare", [BL_CAUSE_ALL] = "all",
    [BL_CAUSE_ANY] = "any",     [BL_CAUSE_ELEMENT] = "element",
};

/* A value as an expression that gives it; null while it is unknown or where it failed. */
static void json_shown(bl_json *j, const char *key, bl_value v)
{
    bl_str text = bl_str_init(j->out->arena);

    if (!bl_is_known(v)) {
        bl_json_null(j, key);
        return;
    }
    bl_value_write(&text, v);
    j->out->failed = j->out->failed || text.failed;
    bl_json_text(j, key, bl_str_view(&text));
}

static void json_fact(bl_json *j, const char *key, const bylaw_expr *e, int64_t slot)
{
    if (slot >= 0 && (size_t)slot < e->eval.slot_count)
        bl_json_text(j, key, e->names[slot]);
}

static void json_cause(bl_json *j, const char *key, const bylaw_expr *e, const bl_cause *cause)
{
    bl_json_open(j, key, '{');
    bl_json_text(j, "kind", bylaw_str_from(cause_names[cause->kind]));
    bl_json_text(j, "text", cause->text);
    bl_json_int(j, "from", cause->from);
    bl_json_int(j, "to", cause->to);
    json_shown(j, "value", cause->value);
    if (cause->negated)
        bl_json_bool(j, "negated", true);
    if (cause->kind == BL_CAUSE_COMPARE) {
        bl_json_text(j, "op", bylaw_str_from(signs[cause->op]));
        json_shown(j, "left", cause->left);
        json_fact(j, "left_fact", e, cause->left_slot);
        json_shown(j, "right", cause->right);
        json_fact(j, "right_fact", e, cause->right_slot);
    } else if (cause->kind == BL_CAUSE_ELEMENT) {
        bl_json_int(j, "index", (int64_t)cause->element_index);
        json_shown(j, "element", cause->element);
    } else {
        json_fact(j, "fact", e, cause->left_slot);
    }
    if (cause->child_count > 0) {
        bl_json_open(j, "causes", '[');
        for (size_t i = 0; i < cause->child_count; i++)
            json_cause(j, NULL, e, cause->children[i]);
        bl_json_close(j, ']');
    }
    bl_json_close(j, '}');
}

static void json_fault(bl_json *j, const bl_fault *fault)
{
    bl_json_open(j, "error", '{');
    bl_json_text(j, "code", bylaw_str_from(fault->msg->code));
    bl_json_label(j, "message", fault->message);
    bl_json_int(j, "from", fault->from);
    bl_json_int(j, "to", fault->to);
    bl_json_close(j, '}');
}

static void json_whole(bl_json *j, const bylaw_expr *e, bool explain)
{
    static const char *const states[] = {"value", "unknown", "failed"};

    bl_json_open(j, NULL, '{');
    bl_json_int(j, "version", 1);
    bl_json_text(j, "expression", bl_program_text(e->program));
    bl_json_text(j, "type", e->type);
    bl_json_text(j, "state", bylaw_str_from(states[bylaw_expr_state_of(e)]));
    json_shown(j, "value", e->value);
    if (e->value.kind == BL_UNKNOWN) {
        bl_json_open(j, "missing", '[');
        for (size_t i = 0; i < e->missing_count; i++)
            bl_json_text(j, NULL, e->missing[i]);
        bl_json_close(j, ']');
    }
    if (e->value.kind == BL_ERROR)
        json_fault(j, e->value.as.fault);
    bl_json_int(j, "cost", e->eval.cost > INT64_MAX ? INT64_MAX : (int64_t)e->eval.cost);
    if (explain)
        json_cause(j, "explanation", e, e->cause);
    bl_json_close(j, '}');
    bl_str_addc(j->out, '\n');
}

bylaw_status bylaw_expr_write(const bylaw_expr *expr, bool json, bool explain, bylaw_lang lang,
                              bylaw_status (*write)(void *context, bylaw_str text), void *context)
{
    bl_arena arena;
    bylaw_str text = {NULL, 0};

    bl_arena_init(&arena, &expr->allocator);
    teller t = {.voice = {.arena = &arena, .lang = lang}, .expr = expr, .out = bl_str_init(&arena)};
    bl_json j = {.out = &t.out};

    if (json) {
        json_whole(&j, expr, explain);
    } else {
        tell_result(&t);
        if (explain)
            tell_cause(&t, expr->cause, 0);
    }
    bylaw_status status = bl_str_take(&text, &t.out);

    if (status == BYLAW_OK)
        status = write(context, text);
    bl_arena_dispose(&arena);
    return status;
}
