/* tests/doc/test_faults.c: every allocation of reading fails in turn; nothing leaks, nothing but
 * BYLAW_ENOMEM comes out. */
#include "support.h"

#include <stdio.h>

#include "doc/shape.h"

#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

typedef struct reading {
    bl_doc_format format;
    bylaw_str text;
} reading;

static bylaw_status read_it(const bylaw_allocator *allocator, void *data)
{
    const reading *r = data;
    const bl_source source = {.name = BYLAW_STR("文件"), .text = r->text};
    bylaw_diags *diags = NULL;
    bl_document doc = {0};
    bl_arena arena;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    if (status != BYLAW_OK)
        return status;
    bl_arena_init(&arena, allocator);
    status = bl_document_read(&doc, &source, r->format, NULL, &arena, diags);
    bl_arena_dispose(&arena);
    bylaw_diags_free(diags);
    /* A text with mistakes is read to its end like a good one: that is success here. */
    return status == BYLAW_EINPUT ? BYLAW_OK : status;
}

static reading readings[] = {
    {BL_DOC_YAML, {NULL, 0}}, /* long: filled in by main */
    {BL_DOC_JSON, {NULL, 0}},
    {BL_DOC_YAML, TEXT("a: 1\nb：2\nc:3\nx: !y\nd: {e: 1, e: 2}\n-f\n")},
    {BL_DOC_JSON, TEXT("{\"a\": 1, \"a\": \"\\u0041\", \"b\": [1, 2")},
    {BL_DOC_YAML, TEXT("a: \xFF\xFE\n")},
};

static void reading_survives_every_failure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        assert_fault_sweep(read_it, &readings[i]);
}

typedef struct thing {
    bylaw_str id;
    bylaw_label says;
    bool open;
} thing;

static const bl_key thing_keys[] = {
    {"id", BL_REQUIRED, bl_read_text, offsetof(thing, id)},
    {"says", BL_REQUIRED, bl_read_label, offsetof(thing, says)},
    {"open", BL_OPTIONAL_KEY, bl_read_bool, offsetof(thing, open)},
    {NULL, 0, NULL, 0},
};

/* Reads a mapping full of mistakes into a struct; only memory may fail differently. */
static bylaw_status shape_it(const bylaw_allocator *allocator, void *data)
{
    static const bylaw_label what = {{{"甲", 3}, {"thing", 5}}};
    const bl_source source = {
        .name = BYLAW_STR("文件"),
        .text = BYLAW_STR("says: {zh: a, eng: b}\nopn: true\nopen: maybe\nx：1: 2\n")};
    bylaw_diags *diags = NULL;
    bl_document doc = {0};
    bl_arena arena;
    thing out = {.open = false};
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    (void)data;
    if (status != BYLAW_OK)
        return status;
    bl_arena_init(&arena, allocator);
    bl_reader reader = {.arena = &arena, .diags = diags};

    status = bl_document_read(&doc, &source, BL_DOC_YAML, NULL, &arena, diags);
    if (status == BYLAW_OK) {
        assert_false(bl_shape_read(&reader, doc.roots[0], what, thing_keys, &out));
        status =
            bl_diags_status(diags, 0) == BYLAW_ENOMEM || reader.failed ? BYLAW_ENOMEM : BYLAW_OK;
    }
    bl_arena_dispose(&arena);
    bylaw_diags_free(diags);
    return status;
}

static void shaping_survives_every_failure(void **state)
{
    (void)state;
    assert_fault_sweep(shape_it, NULL);
}

int main(void)
{
    static char yaml[20000], json[20000];
    size_t y = 0, j = 0;

    /* Long enough that every arena and array grows more than once. */
    for (int i = 0; i < 400; i++)
        y += (size_t)snprintf(yaml + y, sizeof yaml - y, "k%d: {a: &x%d [1, \"b\\t\"], c: *x%d}\n",
                              i, i, i);
    for (int i = 0; i < 400; i++)
        j += (size_t)snprintf(json + j, sizeof json - j, "%c\"k%d\": {\"a\": [1, \"b\\t\"]}\n",
                              i == 0 ? '{' : ',', i);
    json[j++] = '}';
    readings[0].text = (bylaw_str){yaml, y};
    readings[1].text = (bylaw_str){json, j};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_survives_every_failure),
        cmocka_unit_test(shaping_survives_every_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
