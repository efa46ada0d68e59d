/* tests/expr/poor_arena.h: an arena of which one allocation fails. Exact where the arena asks for
 * every piece by itself. */
#ifndef TESTS_EXPR_POOR_ARENA_H
#define TESTS_EXPR_POOR_ARENA_H

#include "support.h"

#include "base/alloc.h"

typedef struct poor_arena {
    bl_arena arena;
    fault_allocator faults;
    bylaw_allocator allocator;
} poor_arena;

static inline void poor_arena_open(poor_arena *p, size_t fail_at)
{
    *p = (poor_arena){.faults = {.fail_at = fail_at}};
    p->allocator = (bylaw_allocator){fault_resize, &p->faults};
    bl_arena_init(&p->arena, &p->allocator);
}

static inline bool poor_arena_close(poor_arena *p)
{
    const bool failed = p->faults.calls >= p->faults.fail_at;

    bl_arena_dispose(&p->arena);
    assert_int_equal(p->faults.live_blocks, 0);
    return failed;
}

#endif
