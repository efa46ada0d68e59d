/* values.c: the values that an option takes where a command has words of its own for it: what is
 * offered while typing (command_completion.c), and what is refused. */
#include "cli.h"

#include <string.h>

const cli_own_values cli_own_value_rows[] = {
    {"check", "--fail-on", "never violation undetermined caution"},
    {"config", "--fail-on", "never violation undetermined caution"},
    {"need", "--format", "text csv json svg html"},
    {"doc", "--format", "markdown html"},
    {"rules", "--format", "text json"},
    {"rule", "--format", "text json"},
    {"coverage", "--format", "text json"},
    {"test", "--format", "text json"},
    {"eval", "--format", "text json"},
    {"verify", "--format", "text json"},
    {"diff", "--format", "text json"},
    {"verify", "--fail-on", "verdict"},
    {"diff", "--fail-on", "loosened"},
    {NULL, NULL, NULL},
};

/* The words between blanks, as a list of their own in `copy`. */
static size_t split(char *copy, const char **words, size_t most)
{
    size_t n = 0;

    for (char *word = copy; *word != '\0' && n < most; n++) {
        char *end = word + strcspn(word, " ");

        words[n] = word;
        word = *end == ' ' ? end + 1 : end;
        *end = '\0';
    }
    return n;
}

static bool is_among(const char *value, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], value) == 0)
            return true;
    }
    return false;
}

/* The formats of reports, or the words of the command where it has its own. */
static size_t words_of(const char *command, const char *option, char copy[128], const char **words)
{
    size_t n = 0;

    for (const cli_own_values *own = cli_own_value_rows; own->command != NULL; own++) {
        if (strcmp(own->command, command) == 0 && strcmp(own->option, option) == 0)
            return split(strcpy(copy, own->words), words, BYLAW_REPORT_FORMATS);
    }
    for (int i = 0; strcmp(option, "--format") == 0 && i < BYLAW_REPORT_FORMATS; i++) {
        words[n] = bylaw_report_format_name((bylaw_report_format)i);
        n += words[n] != NULL;
    }
    return n;
}

static bool value_fits(cli *c, const char *command, const char *option, const char *value)
{
    const char *words[BYLAW_REPORT_FORMATS];
    char copy[128];
    const size_t count = words_of(command, option, copy, words);
    bylaw_need_format picture;

    if (count == 0 || is_among(value, words, count))
        return true;
    if (strcmp(command, "check") == 0 && strcmp(option, "--format") == 0 &&
        bylaw_need_format_named(&picture, cli_str(value))) {
        cli_error(c, CLI_only_of_need, "value", value, NULL);
        return false;
    }
    return cli_bad_value(c, option, value, words, count);
}

bool cli_values_fit(cli *c, const char *command)
{
    bool fine = true;

    for (size_t i = 0; i < c->options.formats.count; i++)
        fine = value_fits(c, command, "--format", c->options.formats.items[i]) && fine;
    if (c->options.fail_on != NULL)
        fine = value_fits(c, command, "--fail-on", c->options.fail_on) && fine;
    return fine;
}
