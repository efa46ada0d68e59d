/* rules/order.c: things in an order in which each comes after what it needs, and the rings among
 * them. A walk with a stack of its own: a chain of ten thousand kinds must not end the C stack. */
#include "rules/build.h"

#include <string.h>

enum { NEW, OPEN, DONE };

typedef struct walk {
    const bl_needs *needs;
    unsigned char *state;
    uint32_t *path; /* the things that are open, each needed by the one before */
    size_t *next;   /* which need of path[i] comes next */
    size_t depth;
    uint32_t *order;
    size_t ordered;
} walk;

static void tell_ring(const walk *w, uint32_t thing, bl_ring_fn *ring, void *context)
{
    size_t from = w->depth;

    while (w->path[from - 1] != thing)
        from--;
    ring(context, w->path + from - 1, w->depth - from + 1);
}

static void open_thing(walk *w, uint32_t thing)
{
    w->state[thing] = OPEN;
    w->path[w->depth] = thing;
    w->next[w->depth++] = 0;
}

static void visit(walk *w, uint32_t thing, bl_ring_fn *ring, void *context)
{
    open_thing(w, thing);
    while (w->depth > 0) {
        const uint32_t top = w->path[w->depth - 1];
        const bl_needs *needs = &w->needs[top];

        if (w->next[w->depth - 1] == needs->count) {
            w->state[top] = DONE;
            w->order[w->ordered++] = top;
            w->depth--;
            continue;
        }
        const uint32_t need = needs->items[w->next[w->depth - 1]++];

        if (w->state[need] == NEW)
            open_thing(w, need);
        else if (w->state[need] == OPEN)
            tell_ring(w, need, ring, context);
    }
}

bool bl_order(uint32_t *order, const bl_needs *needs, size_t n, bl_arena *scratch, bl_ring_fn *ring,
              void *context)
{
    walk w = {.needs = needs,
              .state = BL_NEW_N(scratch, unsigned char, n + 1),
              .path = BL_NEW_N(scratch, uint32_t, n + 1),
              .next = BL_NEW_N(scratch, size_t, n + 1)};

    w.order = order;
    if (w.state == NULL || w.path == NULL || w.next == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (w.state[i] == NEW)
            visit(&w, (uint32_t)i, ring, context);
    }
    return true;
}

bylaw_str bl_ring_text(bl_arena *arena, const bylaw_str *names, size_t count)
{
    bl_str text = bl_str_init(arena);
    bylaw_str out = {NULL, 0};

    for (size_t i = 0; i < count; i++) {
        bl_str_add(&text, names[i]);
        bl_str_addz(&text, " → ");
    }
    bl_str_add(&text, names[0]);
    return bl_str_take(&out, &text) == BYLAW_OK ? out : names[0];
}
