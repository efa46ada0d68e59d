/* base/alloc.c: see alloc.h. Chunks double in size up to MAX_CHUNK, so an arena of n bytes takes
 * O(log n) calls of the hook; a larger request gets a chunk of its own. */
#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#ifndef BL_EXACT_CHUNKS
#define FIRST_CHUNK ((size_t)4096)
#define MAX_CHUNK   ((size_t)256 * 1024)
#else /* for the tests of failing memory: every piece is a chunk of its own, so each can fail */
#define FIRST_CHUNK ((size_t)64)
#define MAX_CHUNK   BL_ALIGN
#endif

static void *default_resize(void *context, void *ptr, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

bylaw_allocator bl_allocator_or_default(const bylaw_allocator *allocator)
{
    if (allocator != NULL)
        return *allocator;
    return (bylaw_allocator){default_resize, NULL};
}

void *bl_new(const bylaw_allocator *allocator, size_t size)
{
    const bylaw_allocator hook = bl_allocator_or_default(allocator);
    void *ptr = hook.resize(hook.context, NULL, 0, size);

    if (ptr != NULL)
        memset(ptr, 0, size);
    return ptr;
}

void bl_free(const bylaw_allocator *allocator, void *ptr, size_t size)
{
    const bylaw_allocator hook = bl_allocator_or_default(allocator);

    if (ptr != NULL)
        hook.resize(hook.context, ptr, size, 0);
}

void bl_arena_init(bl_arena *arena, const bylaw_allocator *allocator)
{
    *arena = (bl_arena){.allocator = bl_allocator_or_default(allocator)};
}

void bl_arena_dispose(bl_arena *arena)
{
    bl_chunk *chunk = arena->chunks;

    while (chunk != NULL) {
        bl_chunk *next = chunk->next;

        arena->allocator.resize(arena->allocator.context, chunk, BL_CHUNK_HEADER + chunk->size, 0);
        chunk = next;
    }
    arena->chunks = NULL;
    arena->current = NULL;
    arena->used = 0;
    arena->total = 0;
    arena->failed = false;
}

void bl_arena_reset(bl_arena *arena)
{
    arena->current = arena->chunks;
    arena->used = 0;
}

static char *chunk_bytes(bl_chunk *chunk)
{
    return (char *)chunk + BL_CHUNK_HEADER;
}

/* Links a new chunk behind current, or moves on to a later one that is large enough. */
static bool next_chunk(bl_arena *arena, size_t size)
{
    bl_chunk *next = arena->current != NULL ? arena->current->next : arena->chunks;

    if (next == NULL || next->size < size) {
        size_t want =
            arena->current != NULL ? arena->current->size * 2 : FIRST_CHUNK - BL_CHUNK_HEADER;

        if (want > MAX_CHUNK)
            want = MAX_CHUNK;
        if (want < size)
            want = size;
        if (want > SIZE_MAX - BL_CHUNK_HEADER ||
            (arena->limit != 0 && (want > arena->limit || arena->total > arena->limit - want)))
            return false;
        next = arena->allocator.resize(arena->allocator.context, NULL, 0, BL_CHUNK_HEADER + want);
        if (next == NULL)
            return false;
        next->size = want;
        if (arena->current != NULL) {
            next->next = arena->current->next;
            arena->current->next = next;
        } else {
            next->next = arena->chunks;
            arena->chunks = next;
        }
        arena->total += want;
    }
    arena->current = next;
    arena->used = 0;
    return true;
}

void *bl_arena_alloc_more(bl_arena *arena, size_t size)
{
    if (size > SIZE_MAX - BL_ALIGN) {
        arena->failed = true;
        return NULL;
    }
    size = (size + BL_ALIGN - 1) & ~(BL_ALIGN - 1);
    if (size == 0)
        size = BL_ALIGN;
    if (arena->current == NULL || arena->current->size - arena->used < size) {
        if (!next_chunk(arena, size)) {
            arena->failed = true;
            return NULL;
        }
    }
    char *ptr = chunk_bytes(arena->current) + arena->used;

    arena->used += size;
    return ptr;
}

void *bl_arena_calloc(bl_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    void *ptr = bl_arena_alloc(arena, count * size);

    if (ptr != NULL)
        memset(ptr, 0, count * size);
    return ptr;
}

void *bl_arena_grow(bl_arena *arena, void *ptr, size_t old_size, size_t new_size)
{
    assert(new_size >= old_size);
    if (ptr != NULL && arena->current != NULL && new_size <= SIZE_MAX - BL_ALIGN) {
        const size_t old_room =
            old_size == 0 ? BL_ALIGN : (old_size + BL_ALIGN - 1) & ~(BL_ALIGN - 1);
        const size_t new_room = (new_size + BL_ALIGN - 1) & ~(BL_ALIGN - 1);
        char *base = chunk_bytes(arena->current);

        if (arena->used >= old_room && (char *)ptr == base + arena->used - old_room &&
            arena->current->size - (arena->used - old_room) >= new_room) {
            arena->used += new_room - old_room;
            return ptr;
        }
    }
    void *copy = bl_arena_alloc(arena, new_size);

    if (copy != NULL && ptr != NULL)
        memcpy(copy, ptr, old_size);
    return copy;
}

bool bl_arena_copy(bl_arena *arena, bylaw_str *out, bylaw_str text)
{
    if (text.len == SIZE_MAX)
        return false;
    char *copy = bl_arena_alloc(arena, text.len + 1);

    if (copy == NULL)
        return false;
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    *out = (bylaw_str){copy, text.len};
    return true;
}

bl_mark bl_arena_mark(const bl_arena *arena)
{
    return (bl_mark){arena->current, arena->used};
}

void bl_arena_release(bl_arena *arena, bl_mark mark)
{
    arena->current = mark.chunk != NULL ? mark.chunk : arena->chunks;
    arena->used = mark.chunk != NULL ? mark.used : 0;
}
