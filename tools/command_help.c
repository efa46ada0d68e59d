/* command_help.c: bylaw help [COMMAND | CODE | VALUES], bylaw version. What it says stands in
 * help.def (commands and their options) and codes.def (mistakes). */
#include "cli.h"

#include <string.h>

static const struct option_help {
    char letter;
    const char *spelled[BYLAW_LANGS], *means[BYLAW_LANGS];
} option_helps[] = {
#define HELP_OPTION(letter, zh_spelled, en_spelled, zh, en)                                        \
    {(letter), {(zh_spelled), (en_spelled)}, {(zh), (en)}},
#define HELP_COMMAND(name, options, zh, en, zh_example, en_example)
#include "help.def"
#undef HELP_OPTION
#undef HELP_COMMAND
};

static const struct command_help {
    const char *name, *options;
    const char *text[BYLAW_LANGS], *example[BYLAW_LANGS];
} command_helps[] = {
#define HELP_OPTION(letter, zh_spelled, en_spelled, zh, en)
#define HELP_COMMAND(name, options, zh, en, zh_example, en_example)                                \
    {(name), (options), {(zh), (en)}, {(zh_example), (en_example)}},
#include "help.def"
#undef HELP_OPTION
#undef HELP_COMMAND
};

static const struct code_help {
    const char *code;
    const char *text[BYLAW_LANGS];
} code_helps[] = {
#define HELP_CODE(code, zh, en) {(code), {(zh), (en)}},
#include "codes.def"
#undef HELP_CODE
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct option_help *option_of(char letter)
{
    for (size_t i = 0; i < COUNT(option_helps); i++) {
        if (option_helps[i].letter == letter)
            return &option_helps[i];
    }
    return NULL;
}

/* The options behind the |, by name: "--select NORM" is --select. */
static void print_rare(cli *c, const char *letters, const char *command)
{
    size_t used = 0;

    cli_say(c, stdout, CLI_help_more_options, "command", command, NULL);
    for (const char *p = letters; *p != '\0'; p++) {
        const struct option_help *o = option_of(*p);
        const size_t length = o != NULL ? strcspn(o->spelled[c->lang], ", [") : 0;

        if (length == 0 || *p == 'L' || *p == 'c') /* every command takes these */
            continue;
        if (used + length + 2 > 78) {
            puts("");
            used = 0;
        }
        printf("  %.*s", (int)length, o->spelled[c->lang]);
        used += length + 2;
    }
    puts("");
}

/* Two columns; an option's explanation stands beside it. */
static void print_options(cli *c, const char *letters, const char *command)
{
    const char *end = strchr(letters, '|');
    size_t width = 0;

    if (end == NULL || c->options.verbosity > 0)
        end = letters + strlen(letters);
    for (const char *p = letters; p < end; p++) {
        const struct option_help *o = option_of(*p);
        const size_t one = o != NULL ? cli_width(o->spelled[c->lang]) : 0;

        width = one > width ? one : width;
    }
    puts(cli_word_text(c, CLI_help_options));
    for (const char *p = letters; p < end; p++) {
        const struct option_help *o = option_of(*p);

        if (o == NULL)
            continue;
        printf("  %s%*s  %s\n", o->spelled[c->lang], (int)(width - cli_width(o->spelled[c->lang])),
               "", o->means[c->lang]);
    }
    if (*end == '|')
        print_rare(c, end, command);
}

static void print_indented(const char *text)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");

        printf("  %.*s\n", (int)length, text);
        text += length + (text[length] != '\0');
    }
}

static bool help_on_command(cli *c, const char *name)
{
    for (size_t i = 0; i < COUNT(command_helps); i++) {
        const struct command_help *help = &command_helps[i];

        if (strcmp(help->name, name) != 0)
            continue;
        puts(help->text[c->lang]);
        print_options(c, help->options, name);
        puts(cli_word_text(c, CLI_help_example));
        print_indented(help->example[c->lang]);
        return true;
    }
    return false;
}

static bool help_on_code(const cli *c, const char *name)
{
    for (size_t i = 0; i < COUNT(code_helps); i++) {
        if (strcmp(code_helps[i].code, name) == 0) {
            puts(code_helps[i].text[c->lang]);
            return true;
        }
    }
    return false;
}

static bool help_on_limits(const cli *c, const char *name)
{
    if (strcmp(name, "limits") != 0)
        return false;
    cli_tell_limits(c);
    return true;
}

/* The values of an enumeration: of the sets of -r, else of the bundled ones; the first that has it.
 */
static bool help_on_values(cli *c, const char *name)
{
    const bylaw_description how = {.lang = c->lang,
                                   .color = c->color,
                                   .columns = c->columns,
                                   .write = cli_write,
                                   .context = stdout};

    if (c->options.rules.count > 0 ? !cli_load_rules(c) : !cli_load_bundled(c))
        cli_tell_diags(c, true);
    for (size_t i = 0; i < c->set_count; i++) {
        const bylaw_status status = bylaw_values_describe(cli_set(c, i), cli_str(name), &how);

        if (status != BYLAW_ENOTFOUND) {
            (void)cli_wrote(c, stdout, status);
            return true;
        }
    }
    return false;
}

static int nothing_known(cli *c, const char *name)
{
    const char *names[COUNT(command_helps) + COUNT(code_helps)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(command_helps); i++)
        names[n++] = command_helps[i].name;
    for (size_t i = 0; i < COUNT(code_helps); i++)
        names[n++] = code_helps[i].code;
    const char *near = cli_nearest(name, names, n);

    if (near != NULL)
        return cli_error(c, CLI_no_help_near, "name", name, "near", near, NULL);
    return cli_error(c, CLI_no_help, "name", name, NULL);
}

int command_help(cli *c)
{
    int code = CLI_OK;

    if (c->options.files.count == 0)
        cli_say(c, stdout, CLI_help, NULL);
    for (size_t i = 0; i < c->options.files.count; i++) {
        const char *name = c->options.files.items[i];

        if (i > 0)
            putchar('\n');
        if (!help_on_command(c, name) && !help_on_code(c, name) && !help_on_limits(c, name) &&
            !help_on_values(c, name))
            code = nothing_known(c, name);
    }
    return code;
}

int command_version(cli *c)
{
    char n[24];

    snprintf(n, sizeof n, "%zu", bylaw_bundled_count());
    cli_say(c, stdout, CLI_version, "version", bylaw_version(), "yaml",
            bylaw_library_version(BYLAW_LIBRARY_YAML), "icu",
            bylaw_library_version(BYLAW_LIBRARY_ICU), "n", n, NULL);
    return CLI_OK;
}
