/* report/tested.c: what a rule test expected and what came out: the words of the test file, and
 * beside them those that reports use. */
#include "report/page.h"

#include <bylaw/report.h>

/* 实为通过：赞成 4 票，至少需 4 票（第七条（一），到会成员 8 个的半数） */
static bylaw_str say_outcome(const bl_voice *v)
{
    const bl_finding *f = bl_telling_finding(v->set->findings, v->set->finding_count);
    const bylaw_str outcome = v->set->outcome == BYLAW_NO_OUTCOME
                                  ? bl_say_verdict(v, v->set->verdict)
                                  : bl_say_outcome(v, v->set->outcome);

    if (f == NULL || !f->figures->need_known || !f->figures->base_known || !f->figures->has_base)
        return BL_SAYF(v, came_out_so, BL_TEXT("outcome", outcome));
    return BL_SAYF(v, came_out, BL_TEXT("outcome", outcome),
                   BL_TEXT("figures", bl_say_figures(v, f->figures, false, true)),
                   BL_TEXT("cite", bl_say_cite(v, f->norm)),
                   BL_TEXT("base", bl_say_base(v, &f->figures->base_sum, f->figures->base)),
                   BL_TEXT("fraction", bl_say_bar(v, f->figures)));
}

/* ---- words beside those of the file ---- */

static bylaw_str verdict_words(const bl_voice *v, bylaw_str id)
{
    if (bl_str_is(id, "error"))
        return BL_SAY0(v, verdict_error);
    for (int i = 0; i <= BYLAW_NOT_GOVERNED; i++) {
        if (bl_str_is(id, bylaw_verdict_name((bylaw_verdict)i)))
            return bl_say_verdict(v, (bylaw_verdict)i);
    }
    return (bylaw_str){NULL, 0};
}

static bylaw_str status_words(const bl_voice *v, bylaw_str id)
{
    for (int i = 0; i < BL_STATUS__COUNT; i++) {
        if (bl_str_is(id, bl_status_name((bl_status)i)))
            return bl_say_status(v, (bl_status)i);
    }
    return (bylaw_str){NULL, 0};
}

static bylaw_str outcome_words(const bl_voice *v, bylaw_str id)
{
    for (int i = 0; i <= BYLAW_OPEN; i++) {
        if (bl_str_is(id, bylaw_outcome_name((bylaw_outcome)i)))
            return bl_say_outcome(v, (bylaw_outcome)i);
    }
    return (bylaw_str){NULL, 0};
}

/* not-met（第七条（一），未达到）; what is spelled as it is called needs no second word. */
static bylaw_str say_value(const bl_voice *v, const bylaw_test_failure *failure, bylaw_str id,
                           bylaw_str cite)
{
    const bylaw_str words = failure->of == BYLAW_TEST_VERDICT   ? verdict_words(v, id)
                            : failure->of == BYLAW_TEST_OUTCOME ? outcome_words(v, id)
                            : failure->of == BYLAW_TEST_FINDING ? status_words(v, id)
                                                                : (bylaw_str){NULL, 0};
    bylaw_str items[2];
    size_t n = 0;

    if (cite.len > 0)
        items[n++] = cite;
    if (words.len > 0 && v->lang == BYLAW_ZH)
        items[n++] = words;
    if (id.len == 0)
        return BYLAW_STR("[]"); /* a list of nothing */
    if (n == 0)
        return bl_say_foreign(v, id);
    return BL_SAYF(v, test_value, BL_TEXT("id", bl_say_foreign(v, id)),
                   BL_TEXT("words", bl_say_join(v, items, n, &bl_word_comma)));
}

/* "majority" or "majority[2]" */
static const bl_finding *finding_of(const bl_voice *v, bylaw_str what)
{
    const bylaw_str id = bl_str_slice(what, 0, bl_str_find(what, BYLAW_STR("["), 0));

    for (size_t i = 0; v->set != NULL && i < v->set->finding_count; i++) {
        if (bl_str_equal(v->set->findings[i].norm->id, id))
            return &v->set->findings[i];
    }
    return NULL;
}

/* 应为 majority: satisfied（第七条（一），符合），实为 not-met（未达到）：赞成 3 票，…，还差 1 票
 */
static bylaw_str say_failure(const bl_voice *v, const bylaw_test_failure *failure)
{
    const bl_finding *f = failure->of == BYLAW_TEST_FINDING ? finding_of(v, failure->what) : NULL;
    const bylaw_str none = {NULL, 0};
    const bylaw_str figures =
        f != NULL && f->figures->present && bl_str_equal(f->norm->id, failure->what)
            ? bl_say_figures(v, f->figures, false, true)
            : none;
    const bylaw_str said =
        BL_SAYF(v, test_failure, BL_TEXT("what", bl_say_foreign(v, failure->what)),
                BL_TEXT("expected", say_value(v, failure, failure->expected,
                                              f != NULL ? bl_say_cite(v, f->norm) : none)),
                BL_TEXT("actual", say_value(v, failure, failure->actual, none)));

    return figures.len == 0
               ? said
               : BL_SAYF(v, test_figures, BL_TEXT("said", said), BL_TEXT("figures", figures));
}

bylaw_status bylaw_test_tell(const bylaw_test_failure *failure, bylaw_lang lang,
                             bylaw_status (*write)(void *context, bylaw_str text), void *context)
{
    const bl_set_result *set = failure->came_out;
    bl_arena arena;
    bl_voice v = {.arena = &arena, .lang = lang, .set = set};
    bl_page page = {.columns = 80};
    bylaw_str text;

    if (set != NULL)
        v.kind = bl_enum_find(set->set->kinds, failure->kind);
    bl_arena_init(&arena, NULL);
    page.out = bl_str_init(&arena);
    /* of a vote the name of the case says what was expected */
    bl_page_line(&page, 4, 4,
                 set != NULL && failure->of == BYLAW_TEST_OUTCOME ? say_outcome(&v)
                                                                  : say_failure(&v, failure));
    bylaw_status status = bl_str_take(&text, &page.out);

    if (status == BYLAW_OK)
        status = write(context, text);
    bl_arena_dispose(&arena);
    return status;
}
