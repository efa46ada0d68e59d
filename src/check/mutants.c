/* check/mutants.c: the list of what can be changed in a rule set. What that is: mutate_set.c (a
 * walk over its text), mutate_threshold.c, mutate_expr.c (expressions); what is let pass:
 * mutant_excuses.c. */
#include "check/mutants.h"

#include "check/messages.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <assert.h>

/* --- the list --- */

bylaw_str bl_mutant_joined(bylaw_mutants *m, bylaw_str a, bylaw_str b, bylaw_str c)
{
    bl_str out = bl_str_init(&m->arena);
    bylaw_str taken = {NULL, 0};

    bl_str_add(&out, a);
    bl_str_add(&out, b);
    bl_str_add(&out, c);
    m->failed |= bl_str_take(&taken, &out) != BYLAW_OK;
    return taken;
}

/* One line, and short: changes are told and filed by it. */
static bylaw_str shown(bylaw_mutants *m, bylaw_str text)
{
    bl_str out = bl_str_init(&m->arena);
    bylaw_str taken = {NULL, 0};
    const size_t most = bl_utf8_offset(text, 60);
    bool blank = false;

    for (size_t i = 0; i < most; i++) {
        const bool is_blank = text.ptr[i] == ' ' || text.ptr[i] == '\n';

        if (!is_blank || !blank)
            bl_str_addc(&out, is_blank ? ' ' : text.ptr[i]);
        blank = is_blank;
    }
    if (most < text.len)
        bl_str_addz(&out, "…");
    m->failed |= bl_str_take(&taken, &out) != BYLAW_OK;
    return taken;
}

static bylaw_label change_of(bylaw_mutants *m, bylaw_str was, bylaw_str now)
{
    static const bl_msg changed = {"", {"{was} 改成 {now}", "{was} changed to {now}"}};
    static const bl_msg dropped = {"", {"删去 {was}", "{was} dropped"}};
    const bl_arg args[] = {BL_TEXT("was", shown(m, was)), BL_TEXT("now", shown(m, now))};
    const bl_msg *msg = now.len > 0 ? &changed : &dropped;
    bylaw_label label = {{{NULL, 0}, {NULL, 0}}};
    size_t same = 1;

    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        bl_str out = bl_str_init(&m->arena);

        bl_msg_format(&out, msg->in[lang], (bylaw_lang)lang, args, 2);
        m->failed |= bl_str_take(&label.in[lang], &out) != BYLAW_OK;
    }
    for (size_t i = m->items.count;
         i > 0 && bl_str_equal(m->items.items[i - 1].told.place, m->place); i--) {
        const bylaw_str other = m->items.items[i - 1].told.change.in[BYLAW_EN];

        same += bl_str_starts(other, label.in[BYLAW_EN]) &&
                (other.len == label.in[BYLAW_EN].len ||
                 bl_str_starts(bl_str_slice(other, label.in[BYLAW_EN].len, other.len),
                               BYLAW_STR(" #")));
    }
    for (int lang = 0; same > 1 && lang < BYLAW_LANGS; lang++) {
        bl_str out = bl_str_init(&m->arena);

        bl_str_add(&out, label.in[lang]);
        bl_str_addz(&out, " #");
        bl_str_add_uint(&out, same);
        m->failed |= bl_str_take(&label.in[lang], &out) != BYLAW_OK;
    }
    return label;
}

bl_mutation *bl_mutant_add(bylaw_mutants *m, bl_span span, bylaw_str text, bylaw_str was,
                           bylaw_str now)
{
    bl_mutation one = {.from = span.from, .to = span.to, .text = text};
    const bylaw_str source = m->source.text;

    /* The span of a folded scalar reaches to the next token. */
    while (one.to > one.from && (source.ptr[one.to - 1] == '\n' || source.ptr[one.to - 1] == ' '))
        one.to--;
    const bl_place at = bl_place_of(&m->source, one.from), end = bl_place_of(&m->source, one.to);

    one.told.place = m->place;
    one.told.change = change_of(m, was, now);
    one.told.line = at.line;
    one.told.column = at.column;
    one.told.end_column = end.line == at.line ? end.column : at.column + 1;
    one.told.excerpt = bl_line_of(&m->source, one.from);
    if (m->failed || !bl_vec_push(&m->arena, &m->items, one)) {
        m->failed = true;
        return NULL;
    }
    return &m->items.items[m->items.count - 1];
}

bylaw_str bl_mutant_fraction(bylaw_mutants *m, bylaw_fraction f)
{
    bl_str text = bl_str_init(&m->arena);
    bylaw_str out = {NULL, 0};

    bl_str_add_int(&text, f.num);
    if (f.den != 1) {
        bl_str_addc(&text, '/');
        bl_str_add_int(&text, f.den);
    }
    m->failed |= bl_str_take(&out, &text) != BYLAW_OK;
    return out;
}

bl_mutation *bl_mutant_replace(bylaw_mutants *m, const bl_doc_node *node, const char *now)
{
    const bylaw_str text = bylaw_str_from(now);

    return bl_mutant_add(m, node->span, text, node->text, text);
}

bylaw_status bylaw_mutants_new(bylaw_mutants **out, const bylaw_ruleset *set, bylaw_str file,
                               bylaw_str text, const bylaw_allocator *allocator, bylaw_diags *diags)
{
    bylaw_mutants *m = bl_new(allocator, sizeof *m);
    bl_document doc = {0};
    bylaw_status status = BYLAW_ENOMEM;

    assert(out != NULL && set != NULL);
    if (m == NULL)
        return BYLAW_ENOMEM;
    m->allocator = bl_allocator_or_default(allocator);
    m->set = set;
    bl_arena_init(&m->arena, allocator);
    bl_arena_init(&m->made, allocator);
    m->source.text = text;
    if (bl_arena_copy(&m->arena, &m->source.name, file) && bl_source_survey(&m->source, &m->arena))
        status = bl_document_read(&doc, &m->source, BL_DOC_YAML, NULL, &m->arena, diags);
    if (status == BYLAW_OK && doc.count > 0 && doc.roots[0] != NULL)
        bl_mutate_set(m, doc.roots[0]);
    if (m->failed || m->arena.failed || m->made.failed)
        status = BYLAW_ENOMEM;
    if (status != BYLAW_OK) {
        bylaw_mutants_free(m);
        return status;
    }
    *out = m;
    return BYLAW_OK;
}

void bylaw_mutants_free(bylaw_mutants *mutants)
{
    if (mutants == NULL)
        return;
    const bylaw_allocator allocator = mutants->allocator;

    bl_arena_dispose(&mutants->arena);
    bl_arena_dispose(&mutants->made);
    bl_free(&allocator, mutants, sizeof *mutants);
}

size_t bylaw_mutants_count(const bylaw_mutants *mutants)
{
    return mutants->items.count;
}

const bylaw_mutant *bylaw_mutants_get(const bylaw_mutants *mutants, size_t i)
{
    assert(i < mutants->items.count);
    return &mutants->items.items[i].told;
}

bylaw_status bylaw_mutants_text(bylaw_mutants *mutants, size_t i, bylaw_str *out)
{
    const bl_mutation *one = &mutants->items.items[i];
    const bylaw_str text = mutants->source.text;

    assert(i < mutants->items.count);
    bl_arena_reset(&mutants->made);
    mutants->made.failed = false;
    bl_str made = bl_str_init(&mutants->made);

    bl_str_add(&made, bl_str_slice(text, 0, one->from));
    bl_str_add(&made, one->text);
    bl_str_add(&made, bl_str_slice(text, one->to, text.len));
    return bl_str_take(out, &made);
}
