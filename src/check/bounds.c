/* check/bounds.c: between which numbers an unknown count can lie, by the linear invariants alone.
 *
 * Each invariant left <= right bounds every one of its terms by the others; going round until
 * nothing changes gives sound bounds. It ends: bounds only tighten, and ROUNDS stops chains that
 * tighten forever. */
#include "check/case.h"

#define ROUNDS 16

static int64_t clamp(bl_i128 n)
{
    return n > INT64_MAX ? INT64_MAX : n < INT64_MIN ? INT64_MIN : (int64_t)n;
}

static bl_i128 wide_sum(const bl_sum *sum, const int64_t *values)
{
    bl_i128 total = sum->constant;

    for (size_t i = 0; i < sum->count; i++) {
        /* an open end stays open, whatever is added to it */
        if (values[sum->slots[i]] == INT64_MAX)
            return INT64_MAX;
        total += values[sum->slots[i]];
    }
    return total;
}

size_t bl_sum_times(const bl_sum *sum, uint32_t slot)
{
    size_t n = 0;

    for (size_t i = 0; i < sum->count; i++)
        n += sum->slots[i] == slot;
    return n;
}

static bl_i128 floor_div(bl_i128 a, bl_i128 b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* A term on the left is at most what the right can be, less the least of the other terms. */
static bool tighten_left(const bl_invariant *inv, const int64_t *least, int64_t *most)
{
    const bl_i128 right = wide_sum(&inv->right, most);
    const bl_i128 left = wide_sum(&inv->left, least);
    bool changed = false;

    if (right >= INT64_MAX)
        return false;
    for (size_t i = 0; i < inv->left.count; i++) {
        const uint32_t slot = inv->left.slots[i];
        const bl_i128 n = (bl_i128)bl_sum_times(&inv->left, slot);
        const int64_t bound = clamp(floor_div(right - (left - n * least[slot]), n));

        if (bound < most[slot]) {
            most[slot] = bound;
            changed = true;
        }
    }
    return changed;
}

/* A term on the right is at least what the left must be, less the most of the other terms. */
static bool tighten_right(const bl_invariant *inv, int64_t *least, const int64_t *most)
{
    const bl_i128 left = wide_sum(&inv->left, least);
    bool changed = false;

    for (size_t i = 0; i < inv->right.count; i++) {
        const uint32_t slot = inv->right.slots[i];
        const bl_i128 n = (bl_i128)bl_sum_times(&inv->right, slot);
        bl_i128 others = inv->right.constant;
        bool open = false;

        for (size_t k = 0; k < inv->right.count; k++) {
            if (inv->right.slots[k] != slot) {
                open = open || most[inv->right.slots[k]] == INT64_MAX;
                others += most[inv->right.slots[k]];
            }
        }
        const int64_t bound = open ? INT64_MIN : clamp(-floor_div(-(left - others), n));

        if (bound > least[slot]) {
            least[slot] = bound;
            changed = true;
        }
    }
    return changed;
}

void bl_bounds(const bylaw_ruleset *set, int64_t *least, int64_t *most, const bl_invariant **broken)
{
    bool changed = true;

    *broken = NULL;
    for (int round = 0; changed && round < ROUNDS; round++) {
        changed = false;
        for (size_t i = 0; i < set->invariant_count; i++) {
            const bl_invariant *inv = &set->invariants[i];

            if (!inv->linear)
                continue;
            if (wide_sum(&inv->left, least) > wide_sum(&inv->right, most)) {
                *broken = inv;
                return;
            }
            changed = tighten_left(inv, least, most) || changed;
            changed = tighten_right(inv, least, most) || changed;
        }
    }
}
