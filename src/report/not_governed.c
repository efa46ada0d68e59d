/* report/not_governed.c: why no rule set bears on an action, as diagnostics: its date, its body or
 * its kind. */
#include "report/page.h"

/* 机构是 scjs，应为 wcasp */
static bylaw_str say_scope(const bl_voice *v, const bl_set_result *r)
{
    if (!bl_is_known(r->slots[r->scope_slot]))
        return BL_SAYF(v, body_not_stated, BL_TEXT("label", bl_say_fact_label(v, r->scope_slot)),
                       BL_TEXT("set", bl_say_foreign(v, r->set->id)));
    const bl_arg args[] = {
        BL_TEXT("label", bl_say_fact_label(v, r->scope_slot)),
        BL_TEXT("value", bl_say_value(v, r->slots[r->scope_slot], r->scope_slot)),
        BL_TEXT("wanted", bl_say_value(v, r->scope_wanted, r->scope_slot))};

    return bl_say(
        v, r->scope_wanted.kind == BL_NULL ? &bl_word_other_body : &bl_word_other_body_wanted, args,
        sizeof args / sizeof *args);
}

bylaw_str bl_say_why_not(const bl_voice *v, const bl_set_result *r)
{
    const bl_action *action = v->result->action;

    switch (r->why_not) {
    case BL_OUT_OF_FORCE:
        if (action->date < r->set->from)
            return BL_SAYF(v, since, BL_TEXT("date", bl_say_date(v, r->set->from)));
        return BL_SAYF(v, until, BL_TEXT("date", bl_say_date(v, r->set->until)));
    case BL_OUT_OF_SCOPE:
        if (r->scope_slot >= BL_SLOT_FACTS)
            return say_scope(v, r);
        break;
    default:
        break;
    }
    return BL_SAYF(v, no_norm, BL_TEXT("kind", bl_say_label(v, v->result->kind->label)));
}

/* Where the reason stands: the date, the fact that tells, or the kind. */
bl_span bl_why_not_place(const bylaw_result *result, const bl_set_result *r)
{
    if (r->why_not == BL_OUT_OF_FORCE && result->action->date_span.source != NULL)
        return result->action->date_span;
    if (r->why_not == BL_OUT_OF_SCOPE && r->scope_slot >= BL_SLOT_FACTS &&
        bl_said_at(r, r->scope_slot).source != NULL)
        return bl_said_at(r, r->scope_slot);
    return result->action->span;
}

bylaw_status bylaw_result_not_governed(const bylaw_result *result, bylaw_severity severity,
                                       bylaw_diags *diags)
{
    const size_t before = bylaw_diags_errors(diags);
    bylaw_status status;
    bl_arena arena;

    if (result->verdict != BYLAW_NOT_GOVERNED)
        return BYLAW_OK;
    bl_arena_init(&arena, bl_diags_allocator(diags));
    for (size_t i = 0; i < result->set_count; i++) {
        const bl_set_result *r = &result->sets[i];
        bylaw_label why, title;

        for (int lang = 0; lang < BYLAW_LANGS; lang++) {
            const bl_voice v = {
                .arena = &arena, .lang = (bylaw_lang)lang, .result = result, .set = r};
            bl_str text = bl_str_init(&arena);

            bl_str_add(&text, r->set->title.in[lang]);
            title.in[lang] = bl_str_taken(&text);
            why.in[lang] = bl_say_why_not(&v, r);
        }
        bl_diag_add(diags, severity, &bl_word_not_governed, bl_why_not_place(result, r),
                    BL_ARGS(BL_LABEL("title", title), BL_LABEL("why", why)));
    }
    status = arena.failed ? BYLAW_ENOMEM : bl_diags_status(diags, before);
    bl_arena_dispose(&arena);
    return status == BYLAW_EINPUT ? BYLAW_OK : status;
}
