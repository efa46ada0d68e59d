/* check/mutate_threshold.c: changes of a threshold: its bar made strict or not and moved to the
 * next usual share, its count and base exchanged; each with the vote that would notice. */
#include "check/mutants.h"

#include "text/unicode.h"

typedef struct bar {
    bylaw_fraction at;
    bool strict;
} bar;

static bool reaches(int64_t count, int64_t base, bar b)
{
    int order = 0;

    if (bylaw_share_compare(&order, count, base, b.at) != BYLAW_OK)
        return false;
    return b.strict ? order > 0 : order >= 0;
}

/* The case of a count and a base, from 8 upwards and then below, that one bar lets pass and the
 * other does not. Without a base the count is compared as it stands, with a base of 1. */
static void find_case(bylaw_mutant *told, bar was, bar now, bool with_base)
{
    for (int64_t i = 0; i < 60; i++) {
        const int64_t base = !with_base ? 1 : i < 52 ? i + 8 : i - 51;

        for (int64_t count = 0; count <= (with_base ? base : 200); count++) {
            if (reaches(count, base, was) == reaches(count, base, now))
                continue;
            told->has_case = true;
            told->base = with_base ? base : 0;
            told->count = count;
            told->met = reaches(count, base, was);
            return;
        }
    }
}

static void name_sum(const bylaw_mutants *m, const bl_sum *sum, bylaw_label *label, bylaw_str *name)
{
    if (sum->count == 0 || sum->slots[0] < BL_SLOT_FACTS)
        return;
    const bl_fact *fact = &m->set->facts[sum->slots[0] - BL_SLOT_FACTS];

    *label = fact->label;
    if (sum->count == 1 && sum->constant == 0)
        *name = fact->name;
}

static void tell_bar(const bylaw_mutants *m, bl_mutation *made, const bl_norm *norm, bar was,
                     bar now, bool with_base)
{
    if (made == NULL)
        return;
    find_case(&made->told, was, now, with_base);
    if (norm == NULL)
        return;
    made->told.norm = norm->id;
    name_sum(m, &norm->body.count, &made->told.count_label, &made->told.count_name);
    name_sum(m, &norm->body.of, &made->told.base_label, &made->told.base_name);
    if (norm->on_count > 0)
        made->told.kind = norm->on[0]->id;
}

static const bylaw_fraction neighbours[] = {{1, 4}, {1, 3}, {1, 2}, {3, 5},
                                            {2, 3}, {3, 4}, {4, 5}, {1, 1}};

/* at_least: F, or more_than: F. */
static void mutate_bound(bylaw_mutants *m, const bl_norm *norm, const bl_doc_pair *pair,
                         bool with_base)
{
    const bool strict = bl_str_is(pair->key->text, "more_than");
    bylaw_fraction f, others[4];
    size_t n = 0;

    if (pair->value->shape != BL_DOC_SCALAR || bl_read_fraction(&f, pair->value->text) != BYLAW_OK)
        return;
    tell_bar(m, bl_mutant_replace(m, pair->key, strict ? "at_least" : "more_than"), norm,
             (bar){f, strict}, (bar){f, !strict}, with_base);
    if (f.den == 1) {
        others[n++] = (bylaw_fraction){f.num + 1, 1};
        if (f.num > 0)
            others[n++] = (bylaw_fraction){f.num - 1, 1};
    }
    for (size_t i = 0; f.den != 1 && i < sizeof neighbours / sizeof *neighbours; i++) {
        const bylaw_fraction *at = &neighbours[i];

        if (at->num != f.num || at->den != f.den)
            continue;
        if (i > 0)
            others[n++] = at[-1];
        if (i + 1 < sizeof neighbours / sizeof *neighbours)
            others[n++] = at[1];
    }
    for (size_t i = 0; i < n; i++) {
        const bylaw_str text = bl_mutant_fraction(m, others[i]);

        tell_bar(m, bl_mutant_add(m, pair->value->span, text, pair->value->text, text), norm,
                 (bar){f, strict}, (bar){others[i], strict}, with_base);
    }
}

/* count or of: exchanged for what other norms of the set count, or count from. */
static void exchange(bylaw_mutants *m, const bl_doc_node *node, bool of)
{
    bylaw_str used[8];
    size_t n = 0;

    for (size_t i = 0; i < m->set->norm_count && n < 8; i++) {
        const bl_body *body = &m->set->norms[i].body;
        const bl_sum *sum = of ? &body->of : &body->count;
        bool known = false;

        if (!(body->has & (of ? BL_HAS_OF : BL_HAS_COUNT)) || sum->count != 1 ||
            sum->slots[0] < BL_SLOT_FACTS || sum->fields != NULL)
            continue;
        const bylaw_str name = m->set->facts[sum->slots[0] - BL_SLOT_FACTS].name;

        for (size_t k = 0; k < n; k++)
            known |= bl_str_equal(used[k], name);
        if (!known && !bl_str_equal(name, node->text))
            used[n++] = name;
    }
    for (size_t k = 0; k < n; k++)
        (void)bl_mutant_add(m, node->span, used[k], node->text, used[k]);
}

void bl_mutate_threshold(bylaw_mutants *m, const bl_norm *norm, const bl_doc_node *node)
{
    const bl_doc_node *of = bl_doc_get(node, "of");
    const bool with_base = of != NULL || (norm != NULL && (norm->body.has & BL_HAS_OF) != 0);

    for (size_t i = 0; node->shape == BL_DOC_MAP && i < node->count; i++) {
        const bl_doc_pair *pair = &node->pairs[i];

        if (bl_str_is(pair->key->text, "count"))
            exchange(m, pair->value, false);
        else if (bl_str_is(pair->key->text, "of"))
            exchange(m, pair->value, true);
        else
            mutate_bound(m, norm, pair, with_base);
    }
}
