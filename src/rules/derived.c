/* rules/derived.c: in which order facts are derived, and on which readings each of them depends. */
#include "rules/build.h"

/* The facts that a program reads; slots below BL_SLOT_FACTS are given, not derived. */
static size_t add_needs(uint32_t *needs, size_t count, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program == NULL ? NULL : bl_program_slots(program, &n);

    for (size_t i = 0; i < n; i++) {
        if (slots[i] >= BL_SLOT_FACTS)
            needs[count++] = slots[i] - BL_SLOT_FACTS;
    }
    return count;
}

static size_t count_slots(const bl_program *program)
{
    size_t n = 0;

    if (program != NULL)
        (void)bl_program_slots(program, &n);
    return n;
}

static bool needs_of(bl_builder *b, const bl_fact *fact, bl_needs *out)
{
    size_t room = 1 + count_slots(fact->derive), count = 0;

    for (size_t i = 0; i < fact->overlay_count; i++)
        room += count_slots(fact->overlays[i].derive);
    uint32_t *needs = BL_NEW_N(&b->scratch, uint32_t, room);

    if (needs == NULL)
        return bl_no_memory(b);
    if (fact->counts >= 0)
        needs[count++] = (uint32_t)fact->counts - BL_SLOT_FACTS;
    count = add_needs(needs, count, fact->derive);
    for (size_t i = 0; i < fact->overlay_count; i++)
        count = add_needs(needs, count, fact->overlays[i].derive);
    *out = (bl_needs){needs, count};
    return true;
}

static void fact_ring(void *context, const uint32_t *path, size_t count)
{
    bl_builder *b = context;
    bylaw_str *names = BL_NEW_N(&b->scratch, bylaw_str, count);

    if (names == NULL) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < count; i++)
        names[i] = b->set->facts[path[i]].name;
    const bl_fact_draft *draft = b->drafts.items[path[0]];
    const bl_doc_node *place = draft->derive != NULL ? draft->derive : draft->key;

    bl_rules_error(b, FACT_RING, bl_doc_place(place),
                   BL_TEXT("path", bl_ring_text(&b->scratch, names, count)));
}

static bool is_derived(const bl_fact *fact)
{
    return fact->derive != NULL || fact->overlay_count > 0 || fact->counts >= 0;
}

static void follow(bl_builder *b, const uint32_t *order, const bl_needs *needs, uint32_t *slots)
{
    bylaw_ruleset *set = b->set;

    for (size_t i = 0; i < set->fact_count; i++) {
        const uint32_t at = order[i];
        const bl_fact *fact = &set->facts[at];
        uint64_t bits = 0;

        for (size_t k = 0; k < fact->overlay_count; k++)
            bits |= UINT64_C(1) << fact->overlays[k].choice.reading;
        for (size_t k = 0; k < needs[at].count; k++)
            bits |= b->fact_readings[needs[at].items[k]];
        b->fact_readings[at] = bits;
        if (is_derived(fact))
            slots[set->derive_count++] = fact->slot;
    }
    set->derive_order = slots;
}

void bl_order_facts(bl_builder *b)
{
    const size_t n = b->set->fact_count;
    bl_needs *needs = BL_NEW_N(&b->scratch, bl_needs, n + 1);
    uint32_t *order = BL_NEW_N(&b->scratch, uint32_t, n + 1);
    uint32_t *slots = BL_NEW_N(b->reader.arena, uint32_t, n + 1);

    b->fact_readings = BL_NEW_N(&b->scratch, uint64_t, n + 1);
    if (needs == NULL || order == NULL || slots == NULL || b->fact_readings == NULL) {
        bl_no_memory(b);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (!needs_of(b, &b->set->facts[i], &needs[i]))
            return;
    }
    if (!bl_order(order, needs, n, &b->scratch, fact_ring, b))
        bl_no_memory(b);
    else
        follow(b, order, needs, slots);
}

uint64_t bl_program_readings(const bl_builder *b, const bl_program *program)
{
    size_t n = 0;
    const uint32_t *slots = program == NULL ? NULL : bl_program_slots(program, &n);
    uint64_t bits = 0;

    for (size_t i = 0; i < n; i++) {
        if (slots[i] >= BL_SLOT_FACTS)
            bits |= b->fact_readings[slots[i] - BL_SLOT_FACTS];
    }
    return bits;
}

uint64_t bl_sum_readings(const bl_builder *b, const bl_sum *sum)
{
    uint64_t bits = 0;

    for (size_t i = 0; i < sum->count; i++) {
        if (sum->slots[i] >= BL_SLOT_FACTS)
            bits |= b->fact_readings[sum->slots[i] - BL_SLOT_FACTS];
    }
    return bits;
}
