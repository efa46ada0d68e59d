/* base/alloc.h: the allocator hook and the arena that every long-lived object owns.
 *
 * An arena hands out memory that is freed all at once. bl_arena_reset keeps the chunks, so that a
 * checker that has seen its largest action allocates nothing from the system any more. */
#ifndef BL_BASE_ALLOC_H
#define BL_BASE_ALLOC_H

#include <bylaw/base.h>

typedef struct bl_chunk bl_chunk;
struct bl_chunk {
    bl_chunk *next;
    size_t size; /* bytes behind the header, a multiple of BL_ALIGN */
};

#define BL_ALIGN        ((size_t)16)
#define BL_CHUNK_HEADER ((sizeof(bl_chunk) + BL_ALIGN - 1) & ~(BL_ALIGN - 1))

typedef struct bl_arena {
    bylaw_allocator allocator;
    bl_chunk *chunks;  /* all chunks, in order of use */
    bl_chunk *current; /* the one being filled; NULL before the first */
    size_t used;       /* bytes handed out of current */
    size_t limit;      /* total bytes this arena may hold; 0 is no limit */
    size_t total;      /* bytes of all chunks */
    bool failed;       /* it once had nothing to give: what was built in it may have holes */
} bl_arena;

/* malloc, realloc and free where `allocator` is NULL. */
bylaw_allocator bl_allocator_or_default(const bylaw_allocator *allocator);

/* Memory from the hook itself, for the few objects that hold an arena. */
void *bl_new(const bylaw_allocator *allocator, size_t size); /* zeroed, NULL on failure */
void bl_free(const bylaw_allocator *allocator, void *ptr, size_t size);

void bl_arena_init(bl_arena *arena, const bylaw_allocator *allocator);
void bl_arena_dispose(bl_arena *arena);
void bl_arena_reset(bl_arena *arena);

/* The same where the current chunk has no room for it. */
void *bl_arena_alloc_more(bl_arena *arena, size_t size);
/* Uninitialised, aligned to 16; NULL on failure, also when size overflows or the limit is reached.
 */
static inline void *bl_arena_alloc(bl_arena *arena, size_t size)
{
    bl_chunk *chunk = arena->current;

    if (chunk == NULL || size - 1 >= chunk->size - arena->used) /* size 0 is left to the other */
        return bl_arena_alloc_more(arena, size);
    char *ptr = (char *)chunk + BL_CHUNK_HEADER + arena->used;

    arena->used += (size + BL_ALIGN - 1) & ~(BL_ALIGN - 1);
    return ptr;
}
/* Zeroed; count * size is checked for overflow. */
void *bl_arena_calloc(bl_arena *arena, size_t count, size_t size);
/* A larger copy of ptr; grows in place when it was the last allocation. ptr may be NULL. */
void *bl_arena_grow(bl_arena *arena, void *ptr, size_t old_size, size_t new_size);
/* false on failure; the copy has a NUL behind it. */
bool bl_arena_copy(bl_arena *arena, bylaw_str *out, bylaw_str text);

#define BL_NEW(arena, type)      ((type *)bl_arena_calloc((arena), 1, sizeof(type)))
#define BL_NEW_N(arena, type, n) ((type *)bl_arena_calloc((arena), (n), sizeof(type)))

/* A mark to which an arena can be taken back: what was allocated since is forgotten. */
typedef struct bl_mark {
    bl_chunk *chunk;
    size_t used;
} bl_mark;
bl_mark bl_arena_mark(const bl_arena *arena);
void bl_arena_release(bl_arena *arena, bl_mark mark);

#endif
