/* base/vec.c: see vec.h. */
#include "base/vec.h"

bool bl_vec_reserve(bl_arena *arena, void **items, size_t *room, size_t count, size_t size)
{
    if (count <= *room)
        return true;
    size_t wanted = *room == 0 ? 8 : *room * 2;

    while (wanted < count)
        wanted *= 2;
    if (wanted > SIZE_MAX / size)
        return false;
    void *grown = bl_arena_grow(arena, *items, *room * size, wanted * size);

    if (grown == NULL)
        return false;
    *items = grown;
    *room = wanted;
    return true;
}
