/* tests/sites.h: failing memory over much input: every allocation that is asked for along a way (a
 * chain of calls) that no earlier input took fails once. A sweep of every allocation of every input
 * would take hours and fail the same lines again and again. */
#ifndef TESTS_SITES_H
#define TESTS_SITES_H

#include "support.h"

#include <execinfo.h>

enum { SITE_DEPTH = 10, SITE_ROOM = 1 << 18 };

/* The ways taken so far: a hash table of their hashes, 0 is empty. */
typedef struct fault_sites {
    uint64_t *ways;
    size_t count;
} fault_sites;

typedef struct site_finder {
    fault_allocator faults; /* first: it is the allocator's context */
    fault_sites *sites;
    size_t *fresh; /* numbers of the calls that came along a new way */
    size_t fresh_count, fresh_room;
} site_finder;

/* true when it was not there. */
static inline bool sites_add(fault_sites *sites, uint64_t way)
{
    size_t at = (size_t)way & (SITE_ROOM - 1);

    while (sites->ways[at] != 0 && sites->ways[at] != way)
        at = (at + 1) & (SITE_ROOM - 1);
    if (sites->ways[at] == way)
        return false;
    assert_true(sites->count < SITE_ROOM / 2);
    sites->ways[at] = way;
    sites->count++;
    return true;
}

static inline uint64_t way_here(void)
{
    void *frames[SITE_DEPTH];
    const int n = backtrace(frames, SITE_DEPTH);
    uint64_t hash = 14695981039346656037u;

    for (int i = 1; i < n; i++)
        hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211u;
    return hash != 0 ? hash : 1;
}

static inline void *site_resize(void *context, void *ptr, size_t old_size, size_t new_size)
{
    site_finder *f = context;

    if (new_size > 0 && sites_add(f->sites, way_here())) {
        if (f->fresh_count == f->fresh_room) {
            f->fresh_room = 2 * f->fresh_room + 64;
            f->fresh = realloc(f->fresh, f->fresh_room * sizeof *f->fresh);
            assert_non_null(f->fresh);
        }
        f->fresh[f->fresh_count++] = f->faults.calls + 1;
    }
    return fault_resize(&f->faults, ptr, old_size, new_size);
}

/* The same again, telling the chain of calls of the one that fails: addresses for addr2line. */
typedef struct site_teller {
    fault_allocator faults;
} site_teller;

static inline void *tell_resize(void *context, void *ptr, size_t old_size, size_t new_size)
{
    site_teller *t = context;

    if (new_size > 0 && t->faults.calls + 1 == t->faults.fail_at) {
        void *frames[SITE_DEPTH];

        backtrace_symbols_fd(frames, backtrace(frames, SITE_DEPTH), 2);
    }
    return fault_resize(&t->faults, ptr, old_size, new_size);
}

/* Runs `step` once, then once for each allocation along a new way, which fails: that must give
 * BYLAW_ENOMEM and leave nothing allocated. `step` frees all that it made, and takes mistakes of
 * its input for success. */
static inline void assert_faults_at_new_sites(bylaw_status (*step)(const bylaw_allocator *, void *),
                                              void *data, fault_sites *sites)
{
    site_finder finder = {.sites = sites};
    const bylaw_allocator finding = {site_resize, &finder};
    size_t wrong = 0;

    assert_int_equal(step(&finding, data), BYLAW_OK);
    assert_int_equal(finder.faults.live_blocks, 0);
    for (size_t i = 0; i < finder.fresh_count; i++) {
        fault_allocator faults = {.fail_at = finder.fresh[i]};
        const bylaw_allocator allocator = {fault_resize, &faults};
        const bylaw_status status = step(&allocator, data);

        if (status != BYLAW_ENOMEM || faults.live_blocks != 0 || faults.live_bytes != 0) {
            site_teller teller = {{.fail_at = finder.fresh[i]}};
            const bylaw_allocator telling = {tell_resize, &teller};

            print_error("status %d, %zu blocks left, where this finds no memory:\n", (int)status,
                        faults.live_blocks);
            (void)!step(&telling, data);
            wrong++;
        }
    }
    free(finder.fresh);
    assert_int_equal(wrong, 0);
}

static inline fault_sites sites_new(void)
{
    const fault_sites sites = {calloc(SITE_ROOM, sizeof(uint64_t)), 0};

    assert_non_null(sites.ways);
    return sites;
}

#endif
