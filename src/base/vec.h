/* base/vec.h: a growing array in an arena, typed by macro.
 *
 *     BL_VEC(bl_node *) nodes = {0};
 *     if (!bl_vec_push(arena, &nodes, node)) return BYLAW_ENOMEM;
 */
#ifndef BL_BASE_VEC_H
#define BL_BASE_VEC_H

#include "base/alloc.h"

#define BL_VEC(type)                                                                               \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, room;                                                                        \
    }

bool bl_vec_reserve(bl_arena *arena, void **items, size_t *room, size_t count, size_t size);

/* true when the element was added. */
#define bl_vec_push(arena, vec, element)                                                           \
    (bl_vec_reserve((arena), (void **)(void *)&(vec)->items, &(vec)->room, (vec)->count + 1,       \
                    sizeof *(vec)->items)                                                          \
         ? ((vec)->items[(vec)->count++] = (element), true)                                        \
         : false)

#endif
