/* sets.c: the rule sets of a run: those of -r, and those that actions name. A name that holds a dot
 * or a slash is a file. */
#define _POSIX_C_SOURCE 200809L /* strdup, opendir, isatty */
#include "cli.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct cli_loaded {
    bylaw_ruleset *set;
    char *path; /* NULL: bundled */
    bool given; /* by -r, so that actions may call it by its id */
} cli_loaded;

/* The lanes of a run load what actions name into one place. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/* They tell what is unknown while they load. */
static pthread_mutex_t shelf_lock = PTHREAD_MUTEX_INITIALIZER;

static cli *whole(cli *c)
{
    return c->whole != NULL ? c->whole : c;
}

bool cli_is_path(const char *name)
{
    return strchr(name, '/') != NULL || strchr(name, '.') != NULL;
}

const bylaw_ruleset *cli_set(const cli *c, size_t i)
{
    return c->sets[i].set;
}

/* The other texts of a rule set file stand beside it, in vocabulary/ and provisions/. */
struct cli_beside {
    cli *c;
    const char *path;
    struct beside_text {
        cli_text text;
        char *shown;
    } * texts;
    size_t count;
};

/* Reads one more of them; path is kept, or freed. */
static bylaw_status read_beside(cli_beside *b, char *path)
{
    /* What is not there may be bundled; what is there and cannot be read is replaced by nothing. */
    const bool missing = access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR);
    struct beside_text *texts = missing ? NULL : realloc(b->texts, (b->count + 1) * sizeof *texts);
    struct beside_text *one = texts != NULL ? &texts[b->count] : NULL;

    b->texts = texts != NULL ? texts : b->texts;
    if (one == NULL || !cli_read_file(b->c, path, &one->text)) {
        free(path);
        return missing ? BYLAW_ENOTFOUND : one == NULL ? BYLAW_ENOMEM : BYLAW_EIO;
    }
    cli_record_whole(b->c, BYLAW_INPUT_RULES, path, path,
                     (bylaw_str){one->text.bytes, one->text.size});
    one->shown = path;
    b->count++;
    return BYLAW_OK;
}

static bylaw_status find_beside(void *context, bylaw_str name, bylaw_str *text, bylaw_str *shown)
{
    cli_beside *b = context;
    const char *slash = strrchr(b->path, '/');
    const size_t folder = slash != NULL ? (size_t)(slash - b->path + 1) : 0;
    char *path = malloc(folder + name.len + 1);
    size_t i = 0;

    if (path == NULL)
        return BYLAW_ENOMEM;
    memcpy(path, b->path, folder);
    memcpy(path + folder, name.ptr, name.len);
    path[folder + name.len] = '\0';
    while (i < b->count && strcmp(b->texts[i].shown, path) != 0)
        i++;
    if (i < b->count) { /* read before */
        free(path);
    } else {
        const bylaw_status status = read_beside(b, path);

        if (status != BYLAW_OK)
            return status;
    }
    *text = (bylaw_str){b->texts[i].text.bytes, b->texts[i].text.size};
    *shown = cli_str(b->texts[i].shown);
    return BYLAW_OK;
}

cli_beside *cli_beside_new(cli *c, const char *path)
{
    cli_beside *b = calloc(1, sizeof *b);

    if (b != NULL) {
        b->c = c;
        b->path = path;
    }
    return b;
}

void cli_beside_free(cli_beside *b)
{
    for (size_t i = 0; b != NULL && i < b->count; i++) {
        cli_free_text(&b->texts[i].text);
        free(b->texts[i].shown);
    }
    free(b != NULL ? b->texts : NULL);
    free(b);
}

bylaw_status cli_read_set(cli_beside *b, bylaw_str text, bylaw_ruleset **out, bylaw_diags *diags)
{
    const bylaw_resolver resolver = {find_beside, b};

    return bylaw_ruleset_read_within(out, cli_str(b->path), text, &resolver, &b->c->options.limits,
                                     &cli_memory, diags);
}

static bool keep(cli *c, bylaw_ruleset *set, const char *path)
{
    cli *all = whole(c);
    struct cli_loaded *sets = realloc(all->sets, (all->set_count + 1) * sizeof *sets);

    if (sets == NULL) {
        bylaw_ruleset_free(set);
        cli_error(c, CLI_no_memory, NULL);
        return false;
    }
    all->sets = sets;
    all->sets[all->set_count++] =
        (struct cli_loaded){set, path != NULL ? strdup(path) : NULL, false};
    if (path != NULL && all->sets[all->set_count - 1].path == NULL)
        cli_forget();
    return true;
}

static bool load_file(cli *c, const char *path)
{
    cli_beside *b = cli_beside_new(c, path);
    bylaw_ruleset *set = NULL;
    cli_text text = {NULL, 0};
    bylaw_status status = BYLAW_ENOMEM;

    if (b != NULL && !cli_read_file(c, path, &text)) {
        cli_beside_free(b);
        return false;
    }
    if (b != NULL) {
        cli_record_whole(c, BYLAW_INPUT_RULES, path, path, (bylaw_str){text.bytes, text.size});
        status = cli_read_set(b, (bylaw_str){text.bytes, text.size}, &set, c->diags);
    }
    cli_free_text(&text);
    cli_beside_free(b);
    if (status == BYLAW_ENOMEM)
        cli_error(c, CLI_no_memory, NULL);
    return status == BYLAW_OK && keep(c, set, path);
}

static bool contains(bylaw_str text, const char *part)
{
    const size_t length = strlen(part);

    for (size_t i = 0; i + length <= text.len; i++) {
        if (memcmp(text.ptr + i, part, length) == 0)
            return true;
    }
    return false;
}

/* Is it a title of the set, or a part of one? */
static bool is_title(const bylaw_ruleset *set, const char *name)
{
    for (int lang = 0; lang < BYLAW_LANGS; lang++) {
        if (contains(bylaw_ruleset_title(set, (bylaw_lang)lang), name) ||
            contains(bylaw_ruleset_short_title(set, (bylaw_lang)lang), name))
            return true;
    }
    return false;
}

#define LEAST_TITLE 4 /* bytes: less stands in many a title by chance */

/* The bundled sets, opened once for their titles; NULL: no memory. */
static bylaw_ruleset **open_shelf(cli *c)
{
    cli *all = whole(c);

    pthread_mutex_lock(&shelf_lock);
    if (all->shelf == NULL)
        all->shelf = calloc(bylaw_bundled_count() + 1, sizeof *all->shelf);
    for (size_t i = 0; all->shelf != NULL && i < bylaw_bundled_count(); i++) {
        if (all->shelf[i] == NULL)
            (void)!bylaw_ruleset_bundled(&all->shelf[i], bylaw_bundled_name(i), &cli_memory, NULL);
    }
    pthread_mutex_unlock(&shelf_lock);
    return all->shelf;
}

/* Tells by which id the one bundled set goes that bears this title; false: there is none, or more
 * than one. */
static bool tell_titled(cli *c, const char *place, const char *name)
{
    bylaw_ruleset **shelf = strlen(name) >= LEAST_TITLE ? open_shelf(c) : NULL;
    const bylaw_ruleset *found = NULL;
    size_t count = 0;

    for (size_t i = 0; shelf != NULL && i < bylaw_bundled_count(); i++) {
        if (shelf[i] != NULL && is_title(shelf[i], name)) {
            found = shelf[i];
            count++;
        }
    }
    if (count != 1)
        return false;
    cli_error(c, CLI_unknown_set_titled, "place", place, "name", name, "near",
              cli_copy(c, bylaw_ruleset_id(found)), "title",
              cli_copy(c, bylaw_ruleset_short_title(found, c->lang)), NULL);
    return true;
}

static bool tell_unknown(cli *c, const char *name)
{
    if (tell_titled(c, "", name))
        return false;
    const char *names[64];
    size_t n = 0;

    for (; n < bylaw_bundled_count() && n < 64; n++)
        names[n] = cli_copy(c, bylaw_bundled_name(n));
    const char *near = cli_nearest(name, names, n);

    if (near != NULL)
        cli_error(c, CLI_unknown_set_near, "name", name, "near", near, NULL);
    else
        cli_error(c, CLI_unknown_set, "name", name, NULL);
    return false;
}

static bool load_bundled(cli *c, const char *name, bool quiet)
{
    bylaw_ruleset *set = NULL;
    const bylaw_status status = bylaw_ruleset_bundled(&set, cli_str(name), &cli_memory, c->diags);

    if (status == BYLAW_OK)
        return keep(c, set, NULL);
    if (status == BYLAW_ENOTFOUND && !quiet)
        return tell_unknown(c, name);
    if (status == BYLAW_ENOMEM)
        cli_error(c, CLI_no_memory, NULL);
    return false;
}

/* Every rule set of a folder: its .yaml files that are no tests; vocabularies and provisions stand
 * deeper. */
static bool load_folder(cli *c, const char *folder)
{
    const char *one[] = {folder};
    const cli_strings operand = {one, 1};
    cli_strings files = {0};
    bool fine = cli_expand(c, &operand, &files);

    for (size_t i = 0; i < files.count && fine; i++) {
        const char *rest = files.items[i] + strlen(folder);

        while (*rest == '/')
            rest++;
        if (strchr(rest, '/') == NULL)
            fine = load_file(c, files.items[i]);
    }
    cli_strings_free(&files);
    return fine;
}

bool cli_load_rules(cli *c)
{
    bool fine = true;

    for (size_t i = 0; i < c->options.rules.count; i++) {
        const char *name = c->options.rules.items[i];
        bool loaded;

        if (cli_is_folder(name))
            loaded = load_folder(c, name);
        else if (cli_is_path(name))
            loaded = load_file(c, name);
        else
            loaded = load_bundled(c, name, false);
        fine = fine && loaded;
    }
    for (size_t i = 0; i < c->set_count; i++)
        c->sets[i].given = true;
    return fine;
}

bool cli_load_bundled(cli *c)
{
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        if (cli_find_set(c, cli_copy(c, bylaw_bundled_name(i)), true) == NULL)
            return false;
    }
    return true;
}

static bool is_called(const struct cli_loaded *one, const char *id)
{
    const bylaw_str own = bylaw_ruleset_id(one->set);

    return own.len == strlen(id) && memcmp(own.ptr, id, own.len) == 0;
}

/* By path, or by id where it was given or bundled: a file that one action names is no name for the
 * next, or their order would count. */
static const bylaw_ruleset *loaded_set(const cli *c, const char *name)
{
    for (size_t i = 0; i < c->set_count; i++) {
        const struct cli_loaded *one = &c->sets[i];

        if (((one->given || one->path == NULL) && is_called(one, name)) ||
            (one->path != NULL && strcmp(one->path, name) == 0))
            return one->set;
    }
    return NULL;
}

const bylaw_ruleset *cli_find_set(cli *c, const char *name, bool quiet)
{
    const cli *all = whole(c);

    pthread_mutex_lock(&lock);
    const bylaw_ruleset *set = loaded_set(all, name);

    if (set == NULL && (cli_is_path(name) ? load_file(c, name) : load_bundled(c, name, quiet)))
        set = all->sets[all->set_count - 1].set;
    pthread_mutex_unlock(&lock);
    return set;
}

const bylaw_ruleset *cli_set_named(cli *c, const char *id)
{
    const cli *all = whole(c);
    const bylaw_ruleset *set = NULL;

    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < all->set_count && set == NULL; i++)
        set = is_called(&all->sets[i], id) ? all->sets[i].set : NULL;
    if (set == NULL && !cli_is_path(id) && load_bundled(c, id, true))
        set = all->sets[all->set_count - 1].set;
    pthread_mutex_unlock(&lock);
    return set;
}

/* A path as seen from the folder of `file`; to be freed. */
static char *from_file(bylaw_str name, bylaw_str file)
{
    size_t folder = 0;
    char *path;

    for (size_t i = 0; i < file.len; i++) {
        if (file.ptr[i] == '/')
            folder = i + 1;
    }
    if (name.len > 0 && name.ptr[0] == '/')
        folder = 0;
    path = malloc(folder + name.len + 1);
    if (path == NULL)
        return NULL;
    memcpy(path, file.ptr, folder);
    memcpy(path + folder, name.ptr, name.len);
    path[folder + name.len] = '\0';
    return path;
}

/* 解散.yaml: 没有 联盟 这套规定 …: the file is named, for the title stands in it. */
static bool names_title(cli *c, const char *name, bylaw_str file)
{
    char place[512];

    snprintf(place, sizeof place, "%.*s  ", file.len < 500 ? (int)file.len : 500, file.ptr);
    return tell_titled(c, place, name);
}

bylaw_status cli_load_named(void *context, bylaw_str name, bylaw_str file,
                            const bylaw_ruleset **out, bylaw_diags *diags)
{
    cli *c = context;
    const size_t before = bylaw_diags_errors(c->diags);
    char *text = strndup(name.ptr, name.len);
    bylaw_status status = BYLAW_ENOTFOUND;

    (void)diags;
    if (text != NULL && cli_is_path(text)) {
        char *path = from_file(name, file);

        free(text);
        text = path;
    }
    if (text != NULL && (*out = cli_find_set(c, text, true)) != NULL)
        status = BYLAW_OK;
    else if (text != NULL && bylaw_diags_errors(c->diags) > before)
        status = BYLAW_EINPUT;
    else if (text != NULL && !cli_is_path(text) && names_title(c, text, file))
        status = BYLAW_EINPUT;
    if (text == NULL)
        cli_forget();
    if (status != BYLAW_OK && cli_has_forgotten())
        status = BYLAW_ENOMEM;
    free(text);
    return status;
}

/* Registers that actions name are kept until the program ends: they are few. */
static struct opened {
    char *path;
    cli_text text;
} * *opened;
static size_t opened_count;

/* The text of a file, read once however many actions name it. */
static bylaw_status open_once(cli *c, char *path, const struct opened **out)
{
    struct opened *more;

    for (size_t i = 0; i < opened_count; i++) {
        if (strcmp(opened[i]->path, path) == 0) {
            free(path);
            *out = opened[i];
            return BYLAW_OK;
        }
    }
    if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        free(path);
        return BYLAW_ENOTFOUND;
    }
    struct opened **all = realloc(opened, (opened_count + 1) * sizeof *all);

    opened = all != NULL ? all : opened;
    more = all != NULL ? calloc(1, sizeof *more) : NULL;
    const bool is_read = more != NULL && cli_read_file(c, path, &more->text);

    if (!is_read) {
        free(more);
        free(path);
        return more == NULL ? BYLAW_ENOMEM : BYLAW_EIO; /* which has been told */
    }
    more->path = path;
    cli_record_whole(c, BYLAW_INPUT_NAMED, path, path,
                     (bylaw_str){more->text.bytes, more->text.size});
    *out = opened[opened_count++] = more;
    return BYLAW_OK;
}

bylaw_status cli_open_named(void *context, bylaw_str name, bylaw_str file, bylaw_str *text,
                            bylaw_str *shown)
{
    char *path = from_file(name, file);
    const struct opened *one = NULL;

    if (path == NULL)
        return BYLAW_ENOMEM;
    pthread_mutex_lock(&lock);
    const bylaw_status status = open_once(context, path, &one);

    pthread_mutex_unlock(&lock);
    if (status == BYLAW_OK) {
        *text = (bylaw_str){one->text.bytes, one->text.size};
        *shown = cli_str(one->path);
    }
    return status;
}

void cli_free_sets(cli *c)
{
    for (size_t i = 0; i < c->set_count; i++) {
        bylaw_ruleset_free(c->sets[i].set);
        free(c->sets[i].path);
    }
    free(c->sets);
    for (size_t i = 0; c->shelf != NULL && i < bylaw_bundled_count(); i++)
        bylaw_ruleset_free(c->shelf[i]);
    free(c->shelf);
    for (size_t i = 0; i < opened_count; i++) {
        cli_free_text(&opened[i]->text);
        free(opened[i]->path);
        free(opened[i]);
    }
    free(opened);
    opened = NULL;
    opened_count = 0;
}

int cli_unknown_kind(cli *c, const char *name)
{
    for (size_t i = 0; i < c->set_count; i++) {
        const bylaw_ruleset *set = cli_set(c, i);
        bylaw_str near = {NULL, 0};
        size_t kind = 0;

        if (bylaw_ruleset_find_kind(&kind, &near, set, cli_str(name)) == BYLAW_OK ||
            bylaw_ruleset_find_kind(&kind, NULL, set, near) != BYLAW_OK)
            continue;
        return cli_error(c, CLI_new_kind_near, "name", name, "near", cli_copy(c, near), "label",
                         cli_copy(c, bylaw_ruleset_kind(set, kind).label.in[c->lang]), NULL);
    }
    return cli_error(c, CLI_new_kind, "name", name, NULL);
}
