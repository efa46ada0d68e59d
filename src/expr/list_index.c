/* expr/list_index.c: see list_index.h. Two tables of open addressing over the same names: one by
 * key, which decides equality, one by skeleton, which two names that look alike share. */
#include "expr/list_index.h"

#include "base/map.h"
#include "expr/operators.h"
#include "text/unicode.h"

#include <string.h>

#define LONG  64 /* with fewer, comparing one by one is as fast */
#define LISTS 8  /* that are remembered at a time */
#define FEW   32 /* texts of which each is held against each */

typedef struct key_place {
    const bl_name *name; /* NULL: free */
    size_t count, first; /* items with that name; the place of the first */
} key_place;

typedef struct skeleton_place {
    uint64_t hash;
    const bl_name *name; /* the first with that skeleton; NULL: free */
    bool several;        /* another key has it as well */
} skeleton_place;

typedef struct list_index {
    const bl_list *list;
    bl_list_part part;
    bool built, whole; /* whole: every item is a known name */
    size_t room;       /* of both tables, a power of two */
    key_place *keys;
    skeleton_place *skeletons;
} list_index;

struct bl_list_indexes {
    list_index items[LISTS];
    size_t next; /* to be forgotten for another list */
};

/* The part of an item that is asked for; null where it has none. */
static bl_value name_of(bl_value item, bl_list_part part)
{
    if (part.record == NULL)
        return item;
    return item.kind == BL_RECORD && item.as.record->type == part.record
               ? item.as.record->fields[part.field]
               : BL_NULL_VALUE;
}

static key_place *key_of(const list_index *x, const bl_name *name)
{
    size_t at = (size_t)bl_str_hash(name->key) & (x->room - 1);

    while (x->keys[at].name != NULL && !bl_str_equal(x->keys[at].name->key, name->key))
        at = (at + 1) & (x->room - 1);
    return &x->keys[at];
}

static skeleton_place *skeleton_of(const list_index *x, uint64_t hash)
{
    size_t at = (size_t)hash & (x->room - 1);

    while (x->skeletons[at].name != NULL && x->skeletons[at].hash != hash)
        at = (at + 1) & (x->room - 1);
    return &x->skeletons[at];
}

static bool hash_of_skeleton(uint64_t *out, bl_eval *eval, const bl_name *name)
{
    bylaw_str skeleton;

    if (bl_name_skeleton(eval->arena, &skeleton, name->key) != BYLAW_OK)
        return false;
    *out = bl_str_hash(skeleton);
    return true;
}

static bool add(list_index *x, bl_eval *eval, const bl_name *name, size_t place)
{
    key_place *key = key_of(x, name);
    uint64_t hash;

    if (key->name != NULL) {
        key->count++;
        return true;
    }
    if (!hash_of_skeleton(&hash, eval, name))
        return false;
    skeleton_place *skeleton = skeleton_of(x, hash);

    skeleton->several = skeleton->name != NULL;
    if (skeleton->name == NULL)
        *skeleton = (skeleton_place){hash, name, false};
    *key = (key_place){name, 1, place};
    return true;
}

static bool build(list_index *x, bl_eval *eval)
{
    x->room = (size_t)2 * LONG;
    while (x->room < 2 * x->list->count)
        x->room *= 2;
    x->keys = BL_NEW_N(eval->arena, key_place, x->room);
    x->skeletons = BL_NEW_N(eval->arena, skeleton_place, x->room);
    x->whole = true;
    if (x->keys == NULL || x->skeletons == NULL)
        return false;
    eval->cost += x->list->count;
    for (size_t i = 0; i < x->list->count; i++) {
        const bl_value v = name_of(x->list->items[i], x->part);

        if (v.kind != BL_NAME)
            x->whole = false;
        else if (!add(x, eval, v.as.name, i))
            return false;
    }
    return x->built = true;
}

/* The index of the list, from the second time on that it is asked for; NULL: none. */
static const list_index *index_of(bl_eval *eval, const bl_list *list, bl_list_part part)
{
    if (list->count < LONG)
        return NULL;
    if (eval->indexes == NULL)
        eval->indexes = BL_NEW(eval->arena, bl_list_indexes);
    if (eval->indexes == NULL)
        return NULL;
    for (size_t i = 0; i < LISTS; i++) {
        list_index *x = &eval->indexes->items[i];

        if (x->list == list && x->part.record == part.record && x->part.field == part.field)
            return x->built || build(x, eval) ? x : NULL;
    }
    eval->indexes->items[eval->indexes->next] = (list_index){.list = list, .part = part};
    eval->indexes->next = (eval->indexes->next + 1) % LISTS;
    return NULL;
}

bool bl_list_has_name(bl_eval *eval, const bl_list *list, const bl_name *name)
{
    const list_index *x = index_of(eval, list, (bl_list_part){NULL, 0});

    return x != NULL && key_of(x, name)->name != NULL;
}

bool bl_list_count_name(size_t *count, size_t *first, bl_eval *eval, const bl_list *list,
                        bl_list_part part, const bl_name *name)
{
    const list_index *x = index_of(eval, list, part);
    uint64_t hash;

    if (x == NULL || !x->whole || !hash_of_skeleton(&hash, eval, name))
        return false;
    const skeleton_place *skeleton = skeleton_of(x, hash);

    if (skeleton->several ||
        (skeleton->name != NULL && !bl_str_equal(skeleton->name->key, name->key)))
        return false;
    *count = *first = 0;
    if (skeleton->name != NULL) {
        const key_place *key = key_of(x, name);

        *count = key->count;
        *first = key->first;
    }
    return true;
}

/* Texts with other marks are others. */
static uint64_t mark_of(bylaw_str text)
{
    uint64_t first = 0, last = 0;

    if (text.len >= sizeof first) {
        memcpy(&first, text.ptr, sizeof first);
        memcpy(&last, text.ptr + text.len - sizeof last, sizeof last);
    } else if (text.len > 0) {
        memcpy(&first, text.ptr, text.len);
    }
    return (first + text.len) * UINT64_C(0x9e3779b97f4a7c15) ^ last;
}

bool bl_list_count_texts(size_t *count, uint64_t *price, const bl_list *list, bl_list_part part)
{
    const bylaw_str *texts[FEW];
    uint64_t marks[FEW], seen = 0; /* seen: a bit for each mark, which others may share */
    uint64_t units = 2 + list->count;
    size_t n = 0;

    if (list->count >= FEW)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        const bl_value v = name_of(list->items[i], part);

        if (v.kind != BL_STRING)
            return false;
        const bylaw_str *text = v.as.s;
        const uint64_t mark = mark_of(*text), bit = UINT64_C(1) << (mark >> 58);
        size_t k = (seen & bit) != 0 ? 0 : n;

        while (k < n && !(marks[k] == mark && bl_str_equal(*texts[k], *text)))
            k++;
        texts[k] = text;
        marks[k] = mark;
        n += k == n;
        seen |= bit;
        units += text->len / BL_BYTES_PER_UNIT;
    }
    *count = n;
    *price = 2 * units * (list->count + 1);
    return true;
}
