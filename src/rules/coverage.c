/* rules/coverage.c: what carries each provision, for `coverage`: rows and sums over bl_coverage. */
#include "rules/lint.h"

#include <assert.h>
#include <bylaw/coverage.h>

struct bylaw_coverage {
    bylaw_allocator allocator;
    bl_arena arena;
    bylaw_provision_cover *rows;
    size_t count;
    bylaw_coverage_sum sum;
};

const char *bylaw_cover_name(bylaw_cover cover)
{
    static const char *const names[] = {"class", "norm", "reason", "missing"};

    return names[cover];
}

static bylaw_provision_cover row_of(const bylaw_ruleset *set, const bl_provision *p, bl_cover cover)
{
    static const bylaw_cover covers[] = {
        [BL_COVER_NOT_NEEDED] = BYLAW_COVER_CLASS,
        [BL_COVER_NORM] = BYLAW_COVER_NORM,
        [BL_COVER_REASON] = BYLAW_COVER_REASON,
        [BL_COVER_MISSING] = BYLAW_COVER_MISSING,
    };
    const bylaw_label *reason = bl_map_get(&set->reasons, p->id);
    const bool gap = bl_str_is(p->class_, "gap");
    const bool leaf = !gap && !bl_str_is(p->class_, "composite");
    bylaw_provision_cover row = {.id = p->id,
                                 .cite = p->cite,
                                 .gist = p->gist,
                                 .kind = p->class_,
                                 .leaf = leaf,
                                 .gap = gap,
                                 .testable = !bl_str_is(p->testable, "no"),
                                 .cover = covers[cover]};

    if (row.cover == BYLAW_COVER_REASON && reason != NULL)
        row.reason = *reason;
    return row;
}

static void add_row(bylaw_coverage_sum *sum, const bylaw_provision_cover *row)
{
    const bool checked = row->cover == BYLAW_COVER_NORM;
    const bool testable = row->leaf && row->testable;

    sum->leaves += row->leaf;
    sum->gaps += row->gap;
    sum->testable += testable;
    sum->checked += testable && checked;
    sum->linked += testable && (checked || row->cover == BYLAW_COVER_REASON);
    sum->carried += row->leaf && (!row->testable || row->cover == BYLAW_COVER_REASON);
    sum->missing += row->cover == BYLAW_COVER_MISSING;
}

bylaw_status bylaw_coverage_new(bylaw_coverage **out, const bylaw_ruleset *set,
                                const bylaw_allocator *allocator)
{
    bylaw_coverage *coverage = bl_new(allocator, sizeof *coverage);
    const bl_cover *covers;

    assert(out != NULL && set != NULL);
    if (coverage == NULL)
        return BYLAW_ENOMEM;
    coverage->allocator = bl_allocator_or_default(allocator);
    bl_arena_init(&coverage->arena, allocator);
    coverage->rows = BL_NEW_N(&coverage->arena, bylaw_provision_cover, set->provision_count + 1);
    covers = bl_coverage(set, &coverage->arena);
    if (coverage->rows == NULL || covers == NULL || coverage->arena.failed) {
        bylaw_coverage_free(coverage);
        return BYLAW_ENOMEM;
    }
    for (size_t i = 0; i < set->provision_count; i++) {
        coverage->rows[i] = row_of(set, &set->provisions[i], covers[i]);
        add_row(&coverage->sum, &coverage->rows[i]);
    }
    coverage->count = set->provision_count;
    *out = coverage;
    return BYLAW_OK;
}

void bylaw_coverage_free(bylaw_coverage *coverage)
{
    if (coverage == NULL)
        return;
    const bylaw_allocator allocator = coverage->allocator;

    bl_arena_dispose(&coverage->arena);
    bl_free(&allocator, coverage, sizeof *coverage);
}

const bylaw_coverage_sum *bylaw_coverage_total(const bylaw_coverage *coverage)
{
    return &coverage->sum;
}

size_t bylaw_coverage_count(const bylaw_coverage *coverage)
{
    return coverage->count;
}

const bylaw_provision_cover *bylaw_coverage_get(const bylaw_coverage *coverage, size_t i)
{
    assert(i < coverage->count);
    return &coverage->rows[i];
}
