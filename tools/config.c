/* config.c: .bylaw.yaml, looked for from the working folder upwards; the nearest counts. The search
 * ends at a folder that holds .git, and at the home folder: what lies above belongs to others. What
 * the command line says goes before it. And bylaw config, which shows what is in force and why. */
#define _XOPEN_SOURCE 700 /* realpath, access */
#include "cli.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME ".bylaw.yaml"

/* FOLDER/NAME; to be freed. */
static char *join(const char *folder, const char *name)
{
    const size_t n = strlen(folder) + strlen(name) + 2;
    char *path = malloc(n);

    if (path != NULL)
        snprintf(path, n, "%s/%s", folder, name);
    return path;
}

static bool has(const char *folder, const char *name)
{
    char *path = join(folder, name);
    const bool there = path != NULL && access(path, F_OK) == 0;

    if (path == NULL)
        cli_forget();
    free(path);
    return there;
}

/* The path as it is shown and opened: relative to the working folder, ../ a step. */
static const char *find(cli *c)
{
    char *folder = realpath(".", NULL);
    const char *home = getenv("HOME");
    char up[4096] = "";

    if (folder == NULL && errno == ENOMEM)
        cli_forget();
    while (folder != NULL && strlen(up) + 4 < sizeof up) {
        if (has(folder, NAME)) {
            free(folder);
            strcat(up, NAME);
            return cli_copy(c, cli_str(up));
        }
        char *slash = strrchr(folder, '/');

        if (has(folder, ".git") || (home != NULL && strcmp(folder, home) == 0) || slash == NULL ||
            folder[1] == '\0')
            break;
        slash[slash == folder] = '\0';
        strcat(up, "../");
    }
    free(folder);
    return NULL;
}

/* A file that the settings name lies beside them; the name of a bundled set stays as it is. */
static const char *beside(cli *c, const char *config, bylaw_str name, bool may_be_bundled)
{
    assert(config != NULL); /* it is read, so it has a path */
    const char *text = cli_copy(c, name);
    const char *slash = strrchr(config, '/');

    if (text[0] == '/' || slash == NULL || (may_be_bundled && strpbrk(text, "/.") == NULL))
        return text;
    const size_t n = (size_t)(slash - config) + 1 + strlen(text) + 1;
    char *path = malloc(n);

    if (path == NULL) {
        cli_forget();
        return text;
    }
    snprintf(path, n, "%.*s/%s", (int)(slash - config), config, text);
    text = cli_copy(c, cli_str(path));
    free(path);
    return text;
}

static bool add_reading(cli *c, const bylaw_config_entry *e)
{
    cli_options *o = &c->options;

    for (size_t i = 0; i < o->reading_count; i++) {
        if (o->readings[i].name.len == e->more.len &&
            memcmp(o->readings[i].name.ptr, e->more.ptr, e->more.len) == 0)
            return true; /* the command line says it otherwise */
    }
    bylaw_setting *more = realloc(o->readings, (o->reading_count + 1) * sizeof *more);

    if (more == NULL)
        return false;
    o->readings = more;
    o->readings[o->reading_count++] =
        (bylaw_setting){cli_str(cli_copy(c, e->more)), cli_str(cli_copy(c, e->value))};
    return true;
}

static bool is(const bylaw_config_entry *e, const char *key)
{
    return e->key.len == strlen(key) && memcmp(e->key.ptr, key, e->key.len) == 0;
}

/* Memory ran out where it was not kept, which is told. */
static bool kept(cli *c, bool was_kept)
{
    if (!was_kept)
        cli_error(c, CLI_no_memory, NULL);
    return was_kept;
}

/* Does the key mean something to the command? It does where the command takes the option that says
 * the same; formats are those of check, and every command speaks a language. */
static bool concerns(const cli *c, const bylaw_config_entry *e, const char *command)
{
    static const struct {
        const char *key, *option;
    } keys[] = {{"rules", "--rules"},    {"facts", "--facts"},      {"readings", "--reading"},
                {"strict", "--strict"},  {"limits", "--limit"},     {"fail-on", "--fail-on"},
                {"formats", "--format"}, {"baseline", "--baseline"}};
    const bool checks = strcmp(command, "check") == 0 || strcmp(command, "config") == 0;
    cli_option_info option;

    if (is(e, "lang"))
        return true;
    if (!checks &&
        (is(e, "formats") || is(e, "fail-on"))) /* other commands have words of their own */
        return false;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        for (size_t i = 0; is(e, keys[k].key) && cli_option_at(i, &option); i++) {
            if (strcmp(option.name, keys[k].option) == 0)
                return cli_option_means(command, &option, c->lang) != NULL;
        }
    }
    return false;
}

/* false: the mistake has been told. */
static bool apply(cli *c, const bylaw_config_entry *e, const char *path, const cli_options *given)
{
    cli_options *o = &c->options;
    const char *value = cli_copy(c, e->value);

    if (is(e, "baseline") && given->baseline == NULL)
        o->baseline = beside(c, path, e->value, false);
    if (is(e, "rules") && given->rules.count == 0)
        return kept(c, cli_strings_add(&o->rules, beside(c, path, e->value, true)));
    if (is(e, "facts") && given->registers.count == 0)
        return kept(c, cli_strings_add(&o->registers, beside(c, path, e->value, false)));
    if (is(e, "readings"))
        return kept(c, add_reading(c, e));
    if (is(e, "lang") && !given->lang_given) {
        o->lang_count = e->value.len > 2 ? 2 : 1;
        (void)cli_lang_named(&o->langs[0], (bylaw_str){value, 2});
        if (o->lang_count == 2)
            (void)cli_lang_named(&o->langs[1], cli_str(value + 3));
        c->lang = o->langs[0];
    }
    if (is(e, "formats") && given->formats.count == 0 && given->outputs.count == 0)
        return kept(c,
                    cli_strings_add(&o->formats, value) &&
                        cli_strings_add(&o->outputs,
                                        e->more.len > 0 ? beside(c, path, e->more, false) : "-"));
    if (is(e, "limits"))
        return cli_set_limit(c, "limits", e->more, value, false);
    if (is(e, "fail-on") && given->fail_on == NULL)
        o->fail_on = value;
    if (is(e, "strict") && !given->strict_given)
        o->strict =
            strcmp(value, "true") == 0 || strcmp(value, "yes") == 0 || strcmp(value, "是") == 0;
    return true;
}

/* The settings of the file that --config names, or of the nearest; NULL with true: there is none.
 */
static bool read_settings(cli *c, bylaw_config **out, const char **path)
{
    cli_text text;

    *out = NULL;
    *path = c->options.config != NULL ? c->options.config : find(c);
    if (*path == NULL || c->options.isolated)
        return true;
    if (!cli_read_file(c, *path, &text))
        return false;
    const bylaw_status status = bylaw_config_read(
        out, cli_str(*path), (bylaw_str){text.bytes, text.size}, &cli_memory, c->diags);

    cli_free_text(&text);
    if (status == BYLAW_ENOMEM)
        cli_error(c, CLI_no_memory, NULL);
    if (status != BYLAW_OK)
        cli_tell_diags(c, false);
    return status == BYLAW_OK;
}

/* These tell of the program, and must do so whatever stands in a file. */
static bool stands_alone(const char *command)
{
    static const char *const names[] = {"config", "help", "version", "completion", "schema"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(command, names[i]) == 0)
            return true;
    }
    return false;
}

bool cli_apply_config(cli *c, const char *command)
{
    if (stands_alone(command))
        return true;
    const cli_options given = c->options; /* what the command line says */
    bylaw_config *config = NULL;
    const char *path = NULL;
    bool fine = read_settings(c, &config, &path);

    for (size_t i = 0; fine && config != NULL && i < bylaw_config_count(config); i++) {
        const bylaw_config_entry *e = bylaw_config_get(config, i);

        fine = !concerns(c, e, command) || apply(c, e, path, &given);
    }
    bylaw_config_free(config);
    return fine;
}

/* ---- bylaw config ---- */

static void line(const char *key, const char *value, const char *origin)
{
    printf("%-10s%s  (%s)\n", key, value, origin);
}

static void list(const char *key, const cli_strings *values, const char *origin)
{
    for (size_t i = 0; i < values->count; i++)
        line(key, values->items[i], origin);
}

static const char *origin_of(cli *c, const bylaw_config *config, const char *path, const char *key,
                             bool given)
{
    char place[4200];

    if (given)
        return cli_word_text(c, CLI_by_command_line);
    for (size_t i = 0; config != NULL && i < bylaw_config_count(config); i++) {
        if (is(bylaw_config_get(config, i), key)) {
            snprintf(place, sizeof place, "%s:%zu", path, bylaw_config_get(config, i)->line);
            return cli_copy(c, cli_str(place));
        }
    }
    return cli_word_text(c, CLI_by_default);
}

int command_config(cli *c)
{
    const cli_options given = c->options;
    cli_options *o = &c->options;
    bylaw_config *config = NULL;
    const char *path = NULL;
    char text[256];

    if (!read_settings(c, &config, &path))
        return CLI_TROUBLE;
    for (size_t i = 0; config != NULL && i < bylaw_config_count(config); i++) {
        if (!apply(c, bylaw_config_get(config, i), path, &given)) {
            bylaw_config_free(config);
            return CLI_TROUBLE;
        }
    }
    if (config == NULL)
        cli_say(c, stdout, CLI_no_config, NULL);
    else
        cli_say(c, stdout, CLI_config_file, "file", path, NULL);
    list("rules", &o->rules, origin_of(c, config, path, "rules", given.rules.count > 0));
    list("facts", &o->registers, origin_of(c, config, path, "facts", given.registers.count > 0));
    for (size_t i = 0; i < o->reading_count; i++) {
        snprintf(text, sizeof text, "%.*s=%.*s", (int)o->readings[i].name.len,
                 o->readings[i].name.ptr, (int)o->readings[i].value.len, o->readings[i].value.ptr);
        line("readings", text, origin_of(c, config, path, "readings", i < given.reading_count));
    }
    line("lang",
         o->lang_count == 2 ? (o->langs[0] == BYLAW_ZH ? "zh,en" : "en,zh")
                            : (o->langs[0] == BYLAW_ZH ? "zh" : "en"),
         origin_of(c, config, path, "lang", given.lang_given));
    if (o->formats.count == 0)
        line("formats", "text", origin_of(c, NULL, path, "formats", false));
    for (size_t i = 0; i < o->formats.count; i++) {
        const char *file = i < o->outputs.count ? o->outputs.items[i] : "-";

        snprintf(text, sizeof text, "%s%s%s", o->formats.items[i],
                 strcmp(file, "-") == 0 ? "" : ": ", strcmp(file, "-") == 0 ? "" : file);
        line("formats", text, origin_of(c, config, path, "formats", given.formats.count > 0));
    }
    line("fail-on", o->fail_on != NULL ? o->fail_on : "violation",
         origin_of(c, config, path, "fail-on", given.fail_on != NULL));
    if (o->baseline != NULL)
        line("baseline", o->baseline,
             origin_of(c, config, path, "baseline", given.baseline != NULL));
    line("strict", o->strict ? "true" : "false",
         origin_of(c, config, path, "strict", given.strict_given));
    for (int i = 0; i < BYLAW_LIMITS; i++) {
        if (o->limits.most[i] == 0)
            continue;
        snprintf(text, sizeof text, "%s=%llu", bylaw_limit_name((bylaw_limit)i),
                 (unsigned long long)o->limits.most[i]);
        line("limits", text, origin_of(c, config, path, "limits", given.limits.most[i] > 0));
    }
    bylaw_config_free(config);
    return CLI_OK;
}
