/* rules/kinds.c: for every kind of action the norms and gaps that bear on it, once and for all. */
#include "rules/build.h"

#include <stdlib.h>
#include <string.h>

/* Which kinds lie at or above a kind: one row of bits a kind. Parents come before children, so a
 * row is its own bit and the rows of its parents. */
typedef struct above {
    uint64_t *rows;
    size_t words; /* of a row */
} above;

static bool make_above(bl_builder *b, above *a)
{
    const bl_enum *kinds = b->set->kinds;

    a->words = kinds->count / 64 + 1;
    a->rows = BL_NEW_N(&b->scratch, uint64_t, a->words * (kinds->count + 1));
    if (a->rows == NULL)
        return bl_no_memory(b);
    for (size_t i = 0; i < kinds->count; i++) {
        const bl_enum_value *kind = kinds->values[i];
        uint64_t *row = a->rows + i * a->words;

        row[i / 64] |= UINT64_C(1) << (i % 64);
        for (size_t k = 0; k < kind->more_count + 1; k++) {
            const bl_enum_value *parent = k == 0 ? kind->parent : kind->more_parents[k - 1];

            for (size_t w = 0; parent != NULL && w < a->words; w++)
                row[w] |= a->rows[parent->index * a->words + w];
        }
    }
    return true;
}

static bool is_any(const above *a, size_t kind, const bl_enum_value *const *of, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a->rows[kind * a->words + of[i]->index / 64] >> (of[i]->index % 64) & 1)
            return true;
    }
    return false;
}

/* NULL in a set that has mistakes. */
static const bl_provision *first_provision(const bl_norm *norm)
{
    return norm->provision_count > 0 ? norm->provisions[0] : NULL;
}

/* Before all others comes the norm of the earliest provision; of one provision, that which the set
 * states first. */
static int document_order(const void *a, const void *b)
{
    const bl_norm *na = *(const bl_norm *const *)a, *nb = *(const bl_norm *const *)b;
    const bl_provision *pa = first_provision(na), *pb = first_provision(nb);

    if (pa != pb)
        return pa < pb ? -1 : 1;
    return (na->index > nb->index) - (na->index < nb->index);
}

/* The norms in order of the document; most sets state them so. NULL: no memory. */
static const bl_norm **norms_in_order(bl_builder *b)
{
    const bylaw_ruleset *set = b->set;
    const bl_norm **norms = BL_NEW_N(&b->scratch, const bl_norm *, set->norm_count + 1);
    bool sorted = true;

    for (size_t i = 0; norms != NULL && i < set->norm_count; i++) {
        norms[i] = &set->norms[i];
        sorted = sorted && (i == 0 || document_order(&norms[i - 1], &norms[i]) <= 0);
    }
    if (!sorted)
        qsort(norms, set->norm_count, sizeof *norms, document_order);
    return norms;
}

/* The indexes of those that bear on a kind, norms first, in `room`, which holds all of them. */
static void index_kind(const bylaw_ruleset *set, const above *a, size_t kind, bl_kind_def *def,
                       uint32_t *room)
{
    def->value = set->kinds->values[kind];
    for (size_t i = 0; i < set->norm_count; i++) {
        const bl_norm *norm = &set->norms[i];

        if (is_any(a, kind, norm->on, norm->on_count) &&
            !is_any(a, kind, norm->except, norm->except_count)) {
            room[def->norm_count++] = (uint32_t)i;
            def->readings |= norm->readings;
            def->reads_outcome = def->reads_outcome || norm->reads_outcome;
        }
    }
    for (size_t i = 0; i < set->gap_count; i++) {
        if (is_any(a, kind, set->gaps[i].on, set->gaps[i].on_count)) {
            room[def->norm_count + def->gap_count++] = (uint32_t)i;
            def->readings |= set->gaps[i].readings;
        }
    }
}

static bool may_decide(const bl_norm *norm)
{
    bool decides = norm->body.modality == BL_CONDITION;

    for (size_t i = 0; i < norm->overlay_count; i++)
        decides = decides || norm->overlays[i].body.modality == BL_CONDITION;
    return decides;
}

static bool is_plain(const bl_norm *norm)
{
    return (norm->body.has & ~(unsigned)BL_HAS_MODALITY) == BL_HAS_REQUIRE &&
           norm->body.require != NULL && /* NULL in a set that has mistakes */
           norm->overlay_count == 0 && norm->scope == NULL && norm->each == NULL &&
           !norm->has_under && norm->from == INT64_MIN && norm->until == INT64_MAX &&
           !norm->reads_outcome;
}

/* What judging the norms of the kind needs, in order of the document. `bears` is for this. */
static bool put_in_order(bl_builder *b, bl_kind_def *def, const bl_norm *const *norms, bool *bears)
{
    bl_kind_norm *items = BL_NEW_N(b->reader.arena, bl_kind_norm, def->norm_count + 1);
    size_t n = 0;

    if (items == NULL)
        return bl_no_memory(b);
    def->in_order = items;
    def->all_plain = true;
    for (size_t i = 0; i < def->norm_count; i++)
        bears[def->norms[i]] = true;
    for (size_t i = 0; i < b->set->norm_count; i++) {
        const bl_norm *norm = norms[i];

        if (!bears[norm->index])
            continue;
        bears[norm->index] = false;
        def->decides = def->decides || may_decide(norm);
        if (is_plain(norm))
            items[n].require = bl_program_entrance(norm->body.require);
        else
            def->all_plain = false;
        items[n].modality = norm->body.modality;
        items[n++].norm = norm;
    }
    return true;
}

static bool keep(bl_builder *b, bl_kind_def *def, const uint32_t *room)
{
    const size_t count = def->norm_count + def->gap_count;
    uint32_t *indexes = bl_arena_alloc(b->reader.arena, (count + 1) * sizeof *indexes);

    if (indexes == NULL)
        return bl_no_memory(b);
    memcpy(indexes, room, count * sizeof *indexes);
    def->norms = indexes;
    def->gaps = indexes + def->norm_count;
    return true;
}

void bl_index_kinds(bl_builder *b)
{
    bylaw_ruleset *set = b->set;
    const size_t kinds = set->kinds->count;
    bl_kind_def *defs = BL_NEW_N(b->reader.arena, bl_kind_def, kinds + 1);
    uint32_t *room = BL_NEW_N(&b->scratch, uint32_t, set->norm_count + set->gap_count + 1);
    bool *bears = BL_NEW_N(&b->scratch, bool, set->norm_count + 1);
    const bl_norm **norms = norms_in_order(b);
    above a;

    if (defs == NULL || room == NULL || bears == NULL || norms == NULL || !make_above(b, &a)) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < kinds; i++) {
        index_kind(set, &a, i, &defs[i], room);
        if (!keep(b, &defs[i], room) || !put_in_order(b, &defs[i], norms, bears))
            return;
    }
    set->kind_defs = defs;
}
