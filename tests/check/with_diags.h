/* tests/check/with_diags.h: a step of a sweep of failing memory with a list of mistakes, which is
 * made, told in both languages, and freed around it. */
#ifndef BL_TESTS_CHECK_WITH_DIAGS_H
#define BL_TESTS_CHECK_WITH_DIAGS_H

#include <bylaw/bylaw.h>

typedef bylaw_status with_diags(const bylaw_allocator *allocator, void *data, bylaw_diags *diags);

typedef struct diags_step {
    with_diags *run;
    void *data;
    bylaw_status (*failure)(bylaw_status); /* BYLAW_OK for what is no failure of the step */
} diags_step;

static inline bylaw_status write_nowhere(void *context, bylaw_str text)
{
    (void)context;
    (void)text;
    return BYLAW_OK;
}

/* data: a diags_step */
static inline bylaw_status with_diags_around(const bylaw_allocator *allocator, void *data)
{
    const diags_step *s = data;
    bylaw_diags *diags = NULL;
    bylaw_status status = bylaw_diags_new(&diags, allocator);

    if (status != BYLAW_OK)
        return status;
    status = s->failure(s->run(allocator, s->data, diags));
    for (int lang = 0; lang < BYLAW_LANGS && status == BYLAW_OK; lang++) {
        const bylaw_diag_style style = {
            .lang = (bylaw_lang)lang, .codes = true, .excerpts = true, .columns = 60};

        status = bylaw_diags_write(diags, &style, write_nowhere, NULL);
    }
    bylaw_diags_free(diags);
    return status;
}

#endif
