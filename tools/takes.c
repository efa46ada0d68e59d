/* takes.c: which options a command takes, read from help.def: what help tells of is what is taken.
 */
#include "cli.h"

#include <string.h>

static const struct {
    char letter;
    const char *spelled, *means[BYLAW_LANGS];
} options[] = {
#define HELP_OPTION(letter, zh_spelled, en_spelled, zh, en) {(letter), (en_spelled), {(zh), (en)}},
#define HELP_COMMAND(name, options, zh, en, zh_example, en_example)
#include "help.def"
#undef HELP_OPTION
#undef HELP_COMMAND
};

static const struct {
    const char *name, *letters;
} commands[] = {
#define HELP_OPTION(letter, zh_spelled, en_spelled, zh, en)
#define HELP_COMMAND(name, options, zh, en, zh_example, en_example) {(name), (options)},
#include "help.def"
#undef HELP_OPTION
#undef HELP_COMMAND
};

/* Is name one of the words of "-f, --format FORMAT"? */
static bool spells(const char *spelled, const char *name)
{
    const size_t length = strlen(name);

    for (const char *at = spelled; at != NULL; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, name, length) == 0 && strchr(", [", at[length]) != NULL)
            return true;
    }
    return false;
}

static const char *means(char letter, const cli_option_info *option, bylaw_lang lang)
{
    const char brief[] = {'-', option->letter, '\0'};

    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (options[i].letter == letter &&
            (spells(options[i].spelled, option->name) ||
             (option->letter != 0 && spells(options[i].spelled, brief))))
            return options[i].means[lang];
    }
    return NULL;
}

const char *cli_option_means(const char *command, const cli_option_info *option, bylaw_lang lang)
{
    const bool common = strcmp(option->name, "--lang") == 0 || strcmp(option->name, "--color") == 0;
    const char *letters = common ? "Lc" : "", *said = NULL;

    for (size_t i = 0; !common && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, command) == 0)
            letters = commands[i].letters;
    }
    for (; said == NULL && *letters != '\0'; letters++)
        said = means(*letters, option, lang);
    return said;
}
