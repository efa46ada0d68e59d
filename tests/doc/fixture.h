/* tests/doc/fixture.h: a text that was read as a document, and what it lives on. */
#ifndef TESTS_DOC_FIXTURE_H
#define TESTS_DOC_FIXTURE_H

#include "support.h"

#include "doc/document.h"

typedef struct fixture {
    bl_arena arena;
    bylaw_diags *diags;
    bl_source source;
    bl_document doc;
} fixture;

static inline bylaw_status read_within(fixture *f, bl_doc_format format, bylaw_str text,
                                       const bylaw_limits *limits)
{
    memset(f, 0, sizeof *f);
    bl_arena_init(&f->arena, NULL);
    assert_int_equal(bylaw_diags_new(&f->diags, NULL), BYLAW_OK);
    f->source = (bl_source){.name = BYLAW_STR("文件"), .text = text};
    return bl_document_read(&f->doc, &f->source, format, limits, &f->arena, f->diags);
}

static inline bylaw_status read_text(fixture *f, bl_doc_format format, bylaw_str text)
{
    return read_within(f, format, text, NULL);
}

static inline void drop(fixture *f)
{
    bylaw_diags_free(f->diags);
    bl_arena_dispose(&f->arena);
}

/* All diagnostics as "line:column message [code]" lines, the code in Chinese only: once is enough.
 */
static inline bylaw_str told(fixture *f, bylaw_lang lang)
{
    bl_str out = bl_str_init(&f->arena);
    bylaw_str text;

    for (size_t i = 0; i < bylaw_diags_count(f->diags); i++) {
        const bylaw_diag *diag = bylaw_diags_get(f->diags, i);

        bl_str_addf(&out, "%s%zu:%zu ", i > 0 ? "\n" : "", diag->line, diag->column);
        bl_str_add(&out, diag->message.in[lang]);
        if (lang == BYLAW_ZH) {
            bl_str_addz(&out, " [");
            bl_str_add(&out, diag->code);
            bl_str_addz(&out, "]");
        }
    }
    assert_int_equal(bl_str_take(&text, &out), BYLAW_OK);
    return text;
}

static inline void assert_told(fixture *f, const char *input, const char *zh, const char *en)
{
    const bylaw_str in_zh = told(f, BYLAW_ZH), in_en = told(f, BYLAW_EN);

    if (!bl_str_is(in_zh, zh))
        fail_msg("%s\n  told:\n%s\n  not:\n%s", input, in_zh.ptr, zh);
    if (!bl_str_is(in_en, en))
        fail_msg("%s\n  told:\n%s\n  not:\n%s", input, in_en.ptr, en);
}

typedef struct error_case {
    bylaw_str input;
    const char *zh, *en;
} error_case;

#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static inline void assert_each_told(bl_doc_format format, const error_case *cases, size_t count)
{
    for (const error_case *c = cases; c < cases + count; c++) {
        fixture f;

        assert_int_equal(read_text(&f, format, c->input), BYLAW_EINPUT);
        assert_null(f.doc.roots); /* untouched on failure */
        assert_told(&f, c->input.ptr, c->zh, c->en);
        drop(&f);
    }
}

static inline void assert_text(const bl_doc_node *node, const char *text)
{
    assert_non_null(node);
    assert_int_equal(node->shape, BL_DOC_SCALAR);
    if (!bl_str_is(node->text, text))
        fail_msg("%.*s is not %s", (int)node->text.len, node->text.ptr, text);
}

#endif
