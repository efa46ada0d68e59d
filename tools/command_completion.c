/* command_completion.c: bylaw completion bash|zsh|fish: a script that completes commands, options,
 * their values and files, made from the tables that the program itself goes by. */
#include "cli.h"

#include <string.h>

/* What an option of a fixed set of values may be given. */
static const struct values {
    const char *option, *words;
} option_values[] = {
    {"--lang", "zh en zh,en en,zh"},
    {"--color", "auto always never"},
    {"--fail-on", "violation undetermined caution never"},
    {"--expect", "adopted not-adopted open"},
};

static const struct meaning {
    const char *spelled, *means[BYLAW_LANGS];
} meanings[] = {
#define HELP_OPTION(letter, zh_spelled, en_spelled, zh, en) {(en_spelled), {(zh), (en)}},
#define HELP_COMMAND(name, options, zh, en, zh_example, en_example)
#include "help.def"
#undef HELP_OPTION
#undef HELP_COMMAND
};

static const struct summary {
    const char *name, *text[BYLAW_LANGS];
} summaries[] = {
#define HELP_OPTION(letter, zh_spelled, en_spelled, zh, en)
#define HELP_COMMAND(name, options, zh, en, zh_example, en_example) {(name), {(zh), (en)}},
#include "help.def"
#undef HELP_OPTION
#undef HELP_COMMAND
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char *meaning_of(const cli *c, const char *option)
{
    const size_t length = strlen(option);

    for (size_t i = 0; i < COUNT(meanings); i++) {
        const char *at = strstr(meanings[i].spelled, option);

        if (at != NULL && (at[length] == '\0' || at[length] == ' '))
            return meanings[i].means[c->lang];
    }
    return "";
}

/* The second line of the help on the command says what it does. */
static int summary_of(const cli *c, const char *name, const char **text)
{
    for (size_t i = 0; i < COUNT(summaries); i++) {
        if (strcmp(summaries[i].name, name) == 0) {
            *text = strchr(summaries[i].text[c->lang], '\n');
            *text = *text != NULL ? *text + 1 : "";
            return (int)strcspn(*text, "\n:：");
        }
    }
    *text = "";
    return 0;
}

static void print_formats(void)
{
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        const char *name = bylaw_report_format_name((bylaw_report_format)i);

        if (name != NULL)
            printf("%s%s", i > 0 ? " " : "", name);
    }
}

static void print_rulesets(void)
{
    for (size_t i = 0; i < bylaw_bundled_count(); i++) {
        const bylaw_str name = bylaw_bundled_name(i);

        printf("%s%.*s", i > 0 ? " " : "", (int)name.len, name.ptr);
    }
}

static void print_commands(void)
{
    for (const cli_row *row = cli_commands; row->name != NULL; row++)
        printf("%s%s", row != cli_commands ? " " : "", row->name);
}

static void print_options(void)
{
    cli_option_info option;

    for (size_t i = 0; cli_option_at(i, &option); i++) {
        printf("%s%s", i > 0 ? " " : "", option.name);
        if (option.letter != 0)
            printf(" -%c", option.letter);
    }
}

/* A case statement on the word before: bash and zsh read the same. */
static void print_value_cases(const char *files)
{
    cli_option_info option;

    printf("    -f|--format) _bylaw_words \"");
    print_formats();
    puts("\"; return;;");
    printf("    -r|--rules) _bylaw_words \"");
    print_rulesets();
    printf("\"; %s; return;;\n", files);
    for (size_t i = 0; i < COUNT(option_values); i++)
        printf("    %s) _bylaw_words \"%s\"; return;;\n", option_values[i].option,
               option_values[i].words);
    for (size_t i = 0; cli_option_at(i, &option); i++) {
        if (!option.has_value || strcmp(option.name, "--format") == 0 ||
            strcmp(option.name, "--rules") == 0)
            continue;
        bool fixed = false;

        for (size_t k = 0; k < COUNT(option_values); k++)
            fixed = fixed || strcmp(option_values[k].option, option.name) == 0;
        if (!fixed && option.letter != 0)
            printf("    -%c|%s) %s; return;;\n", option.letter, option.name, files);
        else if (!fixed)
            printf("    %s) %s; return;;\n", option.name, files);
    }
}

static void bash_script(void)
{
    puts("# bash completion for bylaw\n"
         "_bylaw_words() { COMPREPLY+=($(compgen -W \"$1\" -- \"$cur\")); }\n"
         "_bylaw_files() { local IFS=$'\\n'; COMPREPLY+=($(compgen -f -- \"$cur\")); "
         "compopt -o filenames 2>/dev/null; }\n"
         "_bylaw() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  COMPREPLY=()\n"
         "  case $prev in");
    print_value_cases("_bylaw_files");
    puts("  esac\n  if [[ $cur == -* ]]; then");
    fputs("    _bylaw_words \"", stdout);
    print_options();
    puts("\"\n  else");
    fputs("    if ((COMP_CWORD == 1)); then _bylaw_words \"", stdout);
    print_commands();
    puts("\"; fi");
    fputs("    case ${COMP_WORDS[1]} in\n    rules|coverage|doc|diff) _bylaw_words \"", stdout);
    print_rulesets();
    puts("\";;");
    fputs("    help) _bylaw_words \"", stdout);
    print_commands();
    puts("\"; return;;\n    completion) _bylaw_words \"bash zsh fish\"; return;;\n    esac\n"
         "    _bylaw_files\n  fi\n}\ncomplete -F _bylaw bylaw");
}

static void zsh_script(void)
{
    puts("#compdef bylaw\n"
         "_bylaw_words() { compadd -- ${=1} }\n"
         "_bylaw() {\n"
         "  local prev=$words[CURRENT-1] cur=$words[CURRENT]\n"
         "  case $prev in");
    print_value_cases("_files");
    puts("  esac\n  if [[ $cur == -* ]]; then");
    fputs("    _bylaw_words \"", stdout);
    print_options();
    puts("\"\n  else");
    fputs("    if (( CURRENT == 2 )); then _bylaw_words \"", stdout);
    print_commands();
    puts("\"; fi");
    puts("    case $words[2] in\n"
         "    completion) _bylaw_words \"bash zsh fish\"; return;;\n    esac\n"
         "    _files\n  fi\n}\n_bylaw \"$@\"");
}

/* Words of ours in single quotes: a quote in them is written as '\''. */
static void print_quoted(const char *text, int length)
{
    putchar('\'');
    for (int i = 0; i < length; i++) {
        if (text[i] == '\'')
            fputs("\\'", stdout);
        else
            putchar(text[i]);
    }
    putchar('\'');
}

static void fish_script(const cli *c)
{
    cli_option_info option;
    const char *text;

    puts("# fish completion for bylaw");
    for (const cli_row *row = cli_commands; row->name != NULL; row++) {
        const int length = summary_of(c, row->name, &text);

        printf("complete -c bylaw -n __fish_use_subcommand -a %s -d ", row->name);
        print_quoted(text, length);
        putchar('\n');
    }
    for (size_t i = 0; cli_option_at(i, &option); i++) {
        const char *means = meaning_of(c, option.name);

        printf("complete -c bylaw -l %s", option.name + 2);
        if (option.letter != 0)
            printf(" -s %c", option.letter);
        if (option.has_value)
            fputs(" -r", stdout);
        for (size_t k = 0; k < COUNT(option_values); k++) {
            if (strcmp(option_values[k].option, option.name) == 0)
                printf(" -f -a '%s'", option_values[k].words);
        }
        if (strcmp(option.name, "--format") == 0) {
            fputs(" -f -a '", stdout);
            print_formats();
            putchar('\'');
        } else if (strcmp(option.name, "--rules") == 0) {
            fputs(" -a '", stdout);
            print_rulesets();
            putchar('\'');
        }
        fputs(" -d ", stdout);
        print_quoted(means, (int)strlen(means));
        putchar('\n');
    }
    puts("complete -c bylaw -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'");
}

int command_completion(cli *c)
{
    const char *shell = c->options.files.count > 0 ? c->options.files.items[0] : "";

    if (strcmp(shell, "bash") == 0)
        bash_script();
    else if (strcmp(shell, "zsh") == 0)
        zsh_script();
    else if (strcmp(shell, "fish") == 0)
        fish_script(c);
    else if (*shell == '\0')
        return cli_error(c, CLI_which_shell, NULL);
    else
        return cli_error(c, CLI_unknown_shell, "name", shell, NULL);
    return CLI_OK;
}
