/* check/mutant_excuses.c: the file of changes that no test is asked to notice, each with its
 * reason.
 */
#include "check/mutants.h"

#include "check/messages.h"
#include "doc/shape.h"

#include <assert.h>
#include <stddef.h>

typedef struct excuse {
    bylaw_str place, change;
    bylaw_label reason;
} excuse;

static const bl_key excuse_keys[] = {
    {"place", BL_REQUIRED, bl_read_text, offsetof(excuse, place)},
    {"change", BL_REQUIRED, bl_read_text, offsetof(excuse, change)},
    {"reason", BL_REQUIRED, bl_read_label, offsetof(excuse, reason)},
    {NULL, 0, NULL, 0},
};

typedef struct excuses {
    bylaw_str mutants;
    const bl_doc_node *equivalent;
} excuses;

static const bl_key excuses_keys[] = {
    {"mutants", BL_REQUIRED, bl_read_text, offsetof(excuses, mutants)},
    {"equivalent", BL_REQUIRED, bl_read_node, offsetof(excuses, equivalent)},
    {NULL, 0, NULL, 0},
};

static void take_excuse(bylaw_mutants *m, bl_reader *reader, const bl_doc_node *node)
{
    static const bylaw_label what = {
        {{"这一处", sizeof "这一处" - 1}, {"this entry", sizeof "this entry" - 1}}};
    excuse one = {.place = {NULL, 0}};

    if (!bl_shape_read(reader, node, what, excuse_keys, &one))
        return;
    for (size_t i = 0; i < m->items.count; i++) {
        bylaw_mutant *told = &m->items.items[i].told;

        if (told->excused || !bl_str_equal(told->place, one.place) ||
            !bl_str_equal(told->change.in[BYLAW_EN], one.change))
            continue;
        told->excused = true;
        told->reason = one.reason;
        return;
    }
    bl_error(reader->diags, &bl_check_msg_unused_excuse, bl_doc_place(bl_doc_get(node, "place")),
             BL_TEXT("place", one.place), BL_TEXT("change", one.change));
}

bylaw_status bylaw_mutants_excuse(bylaw_mutants *mutants, bylaw_str file, bylaw_str text,
                                  bylaw_diags *diags)
{
    static const bylaw_label what = {
        {{"这份清单", sizeof "这份清单" - 1}, {"this list", sizeof "this list" - 1}}};
    bl_reader reader = {.arena = &mutants->arena, .diags = diags};
    bl_source *source = BL_NEW(&mutants->arena, bl_source);
    const size_t known = diags != NULL ? bylaw_diags_errors(diags) : 0;
    bl_document doc = {0};
    excuses all = {.equivalent = NULL};
    bylaw_status status;

    if (source == NULL || !bl_arena_copy(&mutants->arena, &source->name, file))
        return BYLAW_ENOMEM;
    source->text = text;
    if (!bl_source_survey(source, &mutants->arena))
        return BYLAW_ENOMEM;
    status = bl_document_read(&doc, source, BL_DOC_YAML, NULL, &mutants->arena, diags);
    if (status != BYLAW_OK || doc.count == 0 || doc.roots[0] == NULL)
        return status;
    if (bl_shape_read(&reader, doc.roots[0], what, excuses_keys, &all) &&
        bl_want_list(&reader, all.equivalent)) {
        for (size_t i = 0; i < all.equivalent->count; i++)
            take_excuse(mutants, &reader, all.equivalent->items[i]);
    }
    return reader.failed || mutants->arena.failed ? BYLAW_ENOMEM : bl_diags_status(diags, known);
}
