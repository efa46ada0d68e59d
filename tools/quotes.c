/* quotes.c: the texts of documents given with --source: which of them a rule set is of, and the
 * words of its provisions, for reports. They are kept until the program ends: they are few. */
#define _POSIX_C_SOURCE 200809L /* strndup */
#include "cli.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

bylaw_status cli_fit_original(const bylaw_ruleset *set, const cli_text *texts, size_t count,
                              bylaw_original **out, size_t *which)
{
    *out = NULL;
    for (size_t i = 0; i < count; i++) {
        const bylaw_str text = {texts[i].bytes, texts[i].size};
        bylaw_original *original = NULL;
        const bylaw_status status = bylaw_original_new(&original, set, text, &cli_memory);

        if (status == BYLAW_ENOTFOUND)
            continue;
        if (status != BYLAW_OK)
            return status;
        if (*out != NULL && bylaw_original_changed(*out) <= bylaw_original_changed(original)) {
            bylaw_original_free(original);
            continue;
        }
        bylaw_original_free(*out);
        *out = original;
        *which = i;
    }
    return BYLAW_OK;
}

static struct {
    cli_registers files;
    struct fitted {
        const bylaw_ruleset *set;
        bylaw_original *original; /* NULL: none of the texts is its document */
    } * sets;
    size_t set_count;
} quotes;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* the lanes of a run quote too */

bool cli_read_sources(cli *c)
{
    cli_strings files = {0};
    bool fine = true;

    for (size_t i = 0; i < c->options.sources.count && fine; i++)
        fine = cli_list_files(c, c->options.sources.items[i], ".txt", &files);
    fine = fine && cli_read_registers(c, &files, &quotes.files);
    cli_strings_free(&files);
    return fine;
}

static const bylaw_original *original_of(const bylaw_ruleset *set)
{
    struct fitted one = {.set = set};
    size_t which = 0;

    for (size_t i = 0; i < quotes.set_count; i++) {
        if (quotes.sets[i].set == set)
            return quotes.sets[i].original;
    }
    struct fitted *sets = realloc(quotes.sets, (quotes.set_count + 1) * sizeof *sets);

    if (sets == NULL) {
        cli_forget();
        return NULL;
    }
    quotes.sets = sets;
    if (!cli_done(
            cli_fit_original(set, quotes.files.texts, quotes.files.count, &one.original, &which)))
        return NULL;
    quotes.sets[quotes.set_count++] = one;
    return one.original;
}

bylaw_quote cli_quote(void *context, bylaw_str provision, bylaw_str *text)
{
    cli *c = context;
    const char *colon = memchr(provision.ptr, ':', provision.len);

    if (colon == NULL || quotes.files.count == 0)
        return BYLAW_QUOTE_NONE;
    char *name = strndup(provision.ptr, (size_t)(colon - provision.ptr));
    const bylaw_ruleset *set = name != NULL ? cli_set_named(c, name) : NULL;

    if (name == NULL)
        cli_forget();
    free(name);
    pthread_mutex_lock(&lock);
    const bylaw_original *original = set != NULL ? original_of(set) : NULL;

    pthread_mutex_unlock(&lock);
    return original != NULL ? bylaw_original_quote(original, provision, text) : BYLAW_QUOTE_NONE;
}

void cli_free_sources(void)
{
    for (size_t i = 0; i < quotes.set_count; i++)
        bylaw_original_free(quotes.sets[i].original);
    free(quotes.sets);
    cli_free_registers(&quotes.files);
    quotes.sets = NULL;
    quotes.set_count = 0;
}
