/* quotes.c: the texts of documents given with --source: which of them a rule set is of, and the
 * words of its provisions, for reports. They are kept until the program ends: they are few. */
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
        const bylaw_status status = bylaw_original_new(&original, set, text, NULL);

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

#define MAX_DOCUMENTS 64

static struct {
    bool read;
    cli_text texts[MAX_DOCUMENTS];
    size_t count;
    struct {
        const bylaw_ruleset *set;
        bylaw_original *original; /* NULL: none of the texts is its document */
    } sets[MAX_DOCUMENTS];
    size_t set_count;
} quotes;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* the lanes of a run quote too */

bool cli_read_sources(cli *c)
{
    cli_strings files = {0};
    bool fine = true;

    for (size_t i = 0; i < c->options.sources.count && fine; i++)
        fine = cli_list_files(c, c->options.sources.items[i], ".txt", &files);
    for (size_t i = 0; i < files.count && i < MAX_DOCUMENTS && fine; i++) {
        fine = cli_read_file(c, files.items[i], &quotes.texts[i]);
        quotes.count += fine;
    }
    cli_strings_free(&files);
    return fine;
}

static const bylaw_original *original_of(const bylaw_ruleset *set)
{
    size_t which = 0, i = 0;

    while (i < quotes.set_count && quotes.sets[i].set != set)
        i++;
    if (i < quotes.set_count)
        return quotes.sets[i].original;
    if (i == MAX_DOCUMENTS || cli_fit_original(set, quotes.texts, quotes.count,
                                               &quotes.sets[i].original, &which) != BYLAW_OK)
        return NULL;
    quotes.sets[quotes.set_count++].set = set;
    return quotes.sets[i].original;
}

bylaw_quote cli_quote(void *context, bylaw_str provision, bylaw_str *text)
{
    cli *c = context;
    const char *colon = memchr(provision.ptr, ':', provision.len);
    char name[128];

    if (colon == NULL || quotes.count == 0 || (size_t)(colon - provision.ptr) >= sizeof name)
        return BYLAW_QUOTE_NONE;
    snprintf(name, sizeof name, "%.*s", (int)(colon - provision.ptr), provision.ptr);
    const bylaw_ruleset *set = cli_set_named(c, name);
    pthread_mutex_lock(&lock);
    const bylaw_original *original = set != NULL ? original_of(set) : NULL;

    pthread_mutex_unlock(&lock);
    return original != NULL ? bylaw_original_quote(original, provision, text) : BYLAW_QUOTE_NONE;
}

void cli_free_sources(void)
{
    for (size_t i = 0; i < quotes.set_count; i++)
        bylaw_original_free(quotes.sets[i].original);
    for (size_t i = 0; i < quotes.count; i++)
        cli_free_text(&quotes.texts[i]);
    quotes.set_count = quotes.count = 0;
}
