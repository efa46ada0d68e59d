/* tests/rules/test_order.c: an order in which each comes after what it needs, against trying all
 * pairs; and rings. */
#include "support.h"

#include "rules/build.h"

typedef struct ring_log {
    uint32_t paths[64][8];
    size_t lengths[64], count;
} ring_log;

static void log_ring(void *context, const uint32_t *path, size_t count)
{
    ring_log *log = context;

    assert_true(log->count < 64 && count <= 8);
    memcpy(log->paths[log->count], path, count * sizeof *path);
    log->lengths[log->count++] = count;
}

static void order_of(uint32_t *order, const bl_needs *needs, size_t n, ring_log *log)
{
    bl_arena scratch;

    bl_arena_init(&scratch, NULL);
    log->count = 0;
    assert_true(bl_order(order, needs, n, &scratch, log_ring, log));
    bl_arena_dispose(&scratch);
}

/* Every graph over four things without loops of one: 2^12. */
static void every_small_graph_is_ordered_or_its_rings_told(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits < 4096; bits++) {
        uint32_t edges[4][3], order[4], place[4];
        bl_needs needs[4];
        bool reach[4][4] = {{false}}, ring = false;
        ring_log log;

        for (uint32_t i = 0, bit = 0; i < 4; i++) {
            size_t count = 0;

            for (uint32_t k = 0; k < 4; k++) {
                if (k == i)
                    continue;
                if (bits >> bit++ & 1) {
                    edges[i][count++] = k;
                    reach[i][k] = true;
                }
            }
            needs[i] = (bl_needs){edges[i], count};
        }
        for (int k = 0; k < 4; k++)
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < 4; j++)
                    reach[i][j] |= reach[i][k] && reach[k][j];
        for (int i = 0; i < 4; i++)
            ring |= reach[i][i];
        order_of(order, needs, 4, &log);
        assert_int_equal(log.count > 0, ring);
        for (uint32_t i = 0; i < 4; i++)
            place[order[i]] = i;
        for (uint32_t i = 0; i < 4 && !ring; i++)
            for (size_t k = 0; k < needs[i].count; k++)
                assert_true(place[needs[i].items[k]] < place[i]);
        for (size_t r = 0; r < log.count; r++)
            for (size_t i = 0; i < log.lengths[r]; i++)
                assert_true(reach[log.paths[r][i]][log.paths[r][(i + 1) % log.lengths[r]]]);
    }
}

static void things_without_needs_keep_their_order(void **state)
{
    const uint32_t of_one[] = {3};
    const bl_needs needs[] = {{NULL, 0}, {of_one, 1}, {NULL, 0}, {NULL, 0}};
    uint32_t order[4];
    ring_log log;

    (void)state;
    order_of(order, needs, 4, &log);
    assert_int_equal(order[0], 0);
    assert_int_equal(order[1], 3);
    assert_int_equal(order[2], 1);
    assert_int_equal(order[3], 2);
}

static void a_need_of_itself_is_a_ring_of_one(void **state)
{
    const uint32_t self[] = {0};
    const bl_needs needs[] = {{self, 1}};
    uint32_t order[1];
    ring_log log;

    (void)state;
    order_of(order, needs, 1, &log);
    assert_int_equal(log.count, 1);
    assert_int_equal(log.lengths[0], 1);
}

static void a_chain_of_a_million_is_walked_without_the_c_stack(void **state)
{
    enum { N = 1000000 };
    uint32_t *edges = malloc(N * sizeof *edges), *order = malloc(N * sizeof *order);
    bl_needs *needs = malloc(N * sizeof *needs);
    ring_log log;

    (void)state;
    assert_true(edges != NULL && order != NULL && needs != NULL);
    for (uint32_t i = 0; i < N; i++) {
        edges[i] = i + 1;
        needs[i] = (bl_needs){&edges[i], i + 1 < N};
    }
    order_of(order, needs, N, &log);
    assert_int_equal(log.count, 0);
    assert_int_equal(order[0], N - 1);
    free(edges);
    free(order);
    free(needs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_small_graph_is_ordered_or_its_rings_told),
        cmocka_unit_test(things_without_needs_keep_their_order),
        cmocka_unit_test(a_need_of_itself_is_a_ring_of_one),
        cmocka_unit_test(a_chain_of_a_million_is_walked_without_the_c_stack),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
