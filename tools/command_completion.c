/* command_completion.c: bylaw completion bash|zsh|fish: a script that completes commands, options,
 * their values and files, made from the tables that the program itself goes by. */
#include "cli.h"

#include <string.h>

/* ---- what may stand where: lists of words, one blank between ---- */

typedef void list_fn(const cli *c);

static size_t listed; /* words of the list in hand */

static void word(const char *text, size_t length)
{
    printf("%s%.*s", listed++ > 0 ? " " : "", (int)length, text);
}

static void list_formats(const cli *c)
{
    (void)c;
    for (int i = 0; i < BYLAW_REPORT_FORMATS; i++) {
        const char *name = bylaw_report_format_name((bylaw_report_format)i);

        if (name != NULL)
            word(name, strlen(name));
    }
}

static void list_rulesets(const cli *c)
{
    (void)c;
    for (size_t i = 0; i < bylaw_bundled_count(); i++)
        word(bylaw_bundled_name(i).ptr, bylaw_bundled_name(i).len);
}

static void list_commands(const cli *c)
{
    (void)c;
    for (const cli_row *row = cli_commands; row->name != NULL; row++)
        word(row->name, strlen(row->name));
}

static void list_schemas(const cli *c)
{
    (void)c;
    for (size_t i = 0; i < bylaw_schema_count(); i++)
        word(bylaw_schema_name(i).ptr, bylaw_schema_name(i).len);
}

static bool is_named_before(const cli *c, size_t set, bylaw_str id)
{
    for (size_t i = 0; i < set; i++) {
        for (size_t k = 0; k < bylaw_ruleset_kind_count(cli_set(c, i)); k++) {
            const bylaw_kind kind = bylaw_ruleset_kind(cli_set(c, i), k);

            if (kind.norms > 0 && kind.id.len == id.len && memcmp(kind.id.ptr, id.ptr, id.len) == 0)
                return true;
        }
    }
    return false;
}

/* By id and by label: both go where a kind goes. No word of ours holds a blank. */
static void list_kinds(const cli *c)
{
    for (size_t i = 0; i < c->set_count; i++) {
        for (size_t k = 0; k < bylaw_ruleset_kind_count(cli_set(c, i)); k++) {
            const bylaw_kind kind = bylaw_ruleset_kind(cli_set(c, i), k);

            if (kind.norms == 0 || is_named_before(c, i, kind.id))
                continue;
            word(kind.id.ptr, kind.id.len);
            word(kind.label.in[BYLAW_ZH].ptr, kind.label.in[BYLAW_ZH].len);
        }
    }
}

/* What follows an option or a command: words, one of the lists, files. Options that are not named
 * here take free text. */
typedef struct follows {
    const char *after; /* an option, or a command's name */
    const char *words;
    list_fn *list;
    bool files;
} follows;

static const follows values[] = {
    {"--rules", NULL, list_rulesets, true},
    {"--format", NULL, list_formats, false},
    {"--lang", "zh en zh,en en,zh", NULL, false},
    {"--color", "auto always never", NULL, false},
    {"--fail-on", "violation undetermined caution never", NULL, false},
    {"--expect", "adopted not-adopted open", NULL, false},
    {"--unknown-keys", "error ignore", NULL, false},
    {"--facts", NULL, NULL, true},
    {"--output", NULL, NULL, true},
    {"--source", NULL, NULL, true},
    {"--config", NULL, NULL, true},
    {"--waivers", NULL, NULL, true},
    {"--write-baseline", NULL, NULL, true},
    {"--record", NULL, NULL, true},
    {"--baseline", NULL, NULL, true},
    {"--check", NULL, NULL, true},
    {"--actions", NULL, NULL, true},
};

static const follows operands[] = {
    {"rules", NULL, list_rulesets, true},
    {"coverage", NULL, list_rulesets, true},
    {"doc", NULL, list_rulesets, true},
    {"diff", NULL, list_rulesets, true},
    {"new", NULL, list_kinds, false},
    {"need", NULL, list_kinds, true},
    {"help", NULL, list_commands, false},
    {"schema", NULL, list_schemas, false},
    {"version", "", NULL, false},
    {"config", "", NULL, false},
    {"completion", "bash zsh fish", NULL, false},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const follows *find(const follows *table, size_t count, const char *after)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].after, after) == 0)
            return &table[i];
    }
    return NULL;
}

static void print_list(const cli *c, const follows *f)
{
    listed = 0;
    if (f->list != NULL)
        f->list(c);
    else
        fputs(f->words != NULL ? f->words : "", stdout);
}

static bool has_words(const follows *f)
{
    return f->list != NULL || f->words != NULL;
}

/* The options that the command takes. */
static void print_options(const cli *c, const char *command)
{
    cli_option_info option;

    listed = 0;
    for (size_t i = 0; cli_option_at(i, &option); i++) {
        if (cli_option_means(command, &option, c->lang) == NULL)
            continue;
        const char brief[] = {'-', option.letter, '\0'};

        word(option.name, strlen(option.name));
        if (option.letter != 0)
            word(brief, 2);
    }
}

/* ---- bash and zsh: case statements, which both read the same ---- */

static void print_case(const cli *c, const char *pattern, const follows *f)
{
    printf("    %s) ", pattern);
    if (f != NULL && has_words(f)) {
        fputs("_bylaw_words \"", stdout);
        print_list(c, f);
        fputs("\"; ", stdout);
    }
    puts(f != NULL && f->files ? "_bylaw_files; return;;" : "return;;");
}

static void print_cases(const cli *c)
{
    cli_option_info option;

    puts("  case $command:$prev in");
    for (const cli_own_values *own = cli_own_value_rows; own->command != NULL; own++) {
        const follows value = {own->option, own->words, NULL, false};
        char pattern[128];

        snprintf(pattern, sizeof pattern,
                 strcmp(own->option, "--format") == 0 ? "%s:%s|%s:-f" : "%s:%s", own->command,
                 own->option, own->command);
        print_case(c, pattern, &value);
    }
    puts("  esac\n  case $prev in");
    for (size_t i = 0; cli_option_at(i, &option); i++) {
        char pattern[64];

        if (!option.has_value)
            continue;
        if (option.letter != 0)
            snprintf(pattern, sizeof pattern, "-%c|%s", option.letter, option.name);
        else
            snprintf(pattern, sizeof pattern, "%s", option.name);
        print_case(c, pattern, find(values, COUNT(values), option.name));
    }
    puts("  esac\n  if [[ $cur == -* ]]; then\n    case $command in");
    for (const cli_row *row = cli_commands; row->name != NULL; row++) {
        if (strcmp(row->name, "check") == 0)
            continue;
        printf("    %s) _bylaw_words \"", row->name);
        print_options(c, row->name);
        puts("\"; return;;");
    }
    fputs("    *) _bylaw_words \"", stdout); /* check may be left out */
    print_options(c, "check");
    puts("\"; return;;\n    esac\n  fi\n  if [[ -z $command ]]; then");
    fputs("    _bylaw_words \"", stdout);
    listed = 0;
    list_commands(c);
    puts("\"; _bylaw_files; return\n  fi\n  case $command in");
    for (size_t i = 0; i < COUNT(operands); i++)
        print_case(c, operands[i].after, &operands[i]);
    puts("  esac\n  _bylaw_files\n}");
}

/* bash takes --name=value for three words. */
static void bash_script(const cli *c)
{
    puts("# bash completion for bylaw\n"
         "_bylaw_words() { COMPREPLY+=($(compgen -W \"$1\" -- \"$cur\")); }\n"
         "_bylaw_files() { local IFS=$'\\n'; COMPREPLY+=($(compgen -f -- \"$cur\")); "
         "compopt -o filenames 2>/dev/null; }\n"
         "_bylaw() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=\n"
         "  COMPREPLY=()\n"
         "  ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]}\n"
         "  if [[ $cur == '=' ]]; then cur=\n"
         "  elif [[ $prev == '=' ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi");
    print_cases(c);
    puts("complete -F _bylaw bylaw");
}

/* The file is a function to load (fpath) as well as one to source. */
static void zsh_script(const cli *c)
{
    puts("#compdef bylaw\n"
         "_bylaw_words() { compadd -- ${=1} }\n"
         "_bylaw_files() { _files }\n"
         "_bylaw() {\n"
         "  local cur=$words[CURRENT] prev=$words[CURRENT-1] command=\n"
         "  (( CURRENT > 2 )) && command=$words[2]\n"
         "  if [[ $cur == --*=* ]]; then prev=${cur%%=*}; cur=${cur#*=}; compset -P '*='; fi");
    print_cases(c);
    puts("if [[ $funcstack[1] == _bylaw ]]; then _bylaw \"$@\"; else compdef _bylaw bylaw; fi");
}

/* ---- fish ---- */

/* Words of ours in single quotes, up to that length; a quote in them is written as \'. */
static void print_quoted(const char *text, size_t length)
{
    putchar('\'');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\'' || text[i] == '\\')
            putchar('\\');
        putchar(text[i]);
    }
    putchar('\'');
}

static const struct summary {
    const char *name, *text[BYLAW_LANGS];
} summaries[] = {
#define HELP_OPTION(letter, zh_spelled, en_spelled, zh, en)
#define HELP_COMMAND(name, options, zh, en, zh_example, en_example) {(name), {(zh), (en)}},
#include "help.def"
#undef HELP_OPTION
#undef HELP_COMMAND
};

/* The second line of the help on the command says what it does, up to the first stop. */
static void print_summary(const cli *c, const char *name)
{
    const char *text = "";

    for (size_t i = 0; i < COUNT(summaries); i++) {
        if (strcmp(summaries[i].name, name) == 0 &&
            strchr(summaries[i].text[c->lang], '\n') != NULL)
            text = strchr(summaries[i].text[c->lang], '\n') + 1;
    }
    size_t length = strcspn(text, "\n:;.(");
    const char *stop = strstr(text, c->lang == BYLAW_ZH ? "。" : ",");
    const char *colon = strstr(text, "：");

    if (stop != NULL && (size_t)(stop - text) < length)
        length = (size_t)(stop - text);
    if (colon != NULL && (size_t)(colon - text) < length)
        length = (size_t)(colon - text);
    print_quoted(text, length);
}

static void fish_value(const cli *c, const follows *f)
{
    fputs(f != NULL && f->files ? " -r" : " -x", stdout);
    if (f == NULL || !has_words(f))
        return;
    fputs(" -a '", stdout);
    print_list(c, f);
    putchar('\'');
}

static follows value_of(const char *command, const char *option)
{
    const follows *usual = find(values, COUNT(values), option);

    for (const cli_own_values *own = cli_own_value_rows; own->command != NULL; own++) {
        if (strcmp(own->command, command) == 0 && strcmp(own->option, option) == 0)
            return (follows){own->option, own->words, NULL, false};
    }
    return usual != NULL ? *usual : (follows){NULL, NULL, NULL, false};
}

static void fish_options(const cli *c, const char *command)
{
    cli_option_info option;

    for (size_t i = 0; cli_option_at(i, &option); i++) {
        const char *means = cli_option_means(command, &option, c->lang);

        if (means == NULL)
            continue;
        printf("complete -c bylaw -n '__bylaw_is %s' -l %s", command, option.name + 2);
        if (option.letter != 0)
            printf(" -s %c", option.letter);
        const follows value = value_of(command, option.name);

        if (option.has_value)
            fish_value(c, value.after != NULL ? &value : NULL);
        fputs(" -d ", stdout);
        print_quoted(means, strlen(means));
        putchar('\n');
    }
}

static void fish_script(const cli *c)
{
    puts("# fish completion for bylaw");
    fputs("set -g __bylaw_commands ", stdout);
    listed = 0;
    list_commands(c);
    puts("\n"
         "# The command is the first word; check may be left out.\n"
         "function __bylaw_is\n"
         "  set -l words (commandline -opc)\n"
         "  set -l command check\n"
         "  if set -q words[2]; and contains -- $words[2] $__bylaw_commands\n"
         "    set command $words[2]\n"
         "  end\n"
         "  test $command = $argv[1]\n"
         "end\n"
         "function __bylaw_first\n"
         "  test (count (commandline -opc)) -eq 1\n"
         "end");
    for (const cli_row *row = cli_commands; row->name != NULL; row++) {
        printf("complete -c bylaw -n __bylaw_first -a %s -d ", row->name);
        print_summary(c, row->name);
        putchar('\n');
    }
    for (const cli_row *row = cli_commands; row->name != NULL; row++)
        fish_options(c, row->name);
    for (size_t i = 0; i < COUNT(operands); i++) {
        printf("complete -c bylaw -n '__bylaw_is %s; and not __bylaw_first'%s -a '",
               operands[i].after, operands[i].files ? "" : " -f");
        print_list(c, &operands[i]);
        puts("'");
    }
}

int command_completion(cli *c)
{
    const char *shell = c->options.files.count > 0 ? c->options.files.items[0] : "";

    if (*shell == '\0')
        return cli_error(c, CLI_which_shell, NULL);
    if (!cli_load_bundled(c)) {
        cli_tell_diags(c, true);
        return CLI_TROUBLE;
    }
    if (strcmp(shell, "bash") == 0)
        bash_script(c);
    else if (strcmp(shell, "zsh") == 0)
        zsh_script(c);
    else if (strcmp(shell, "fish") == 0)
        fish_script(c);
    else
        return cli_error(c, CLI_unknown_shell, "name", shell, NULL);
    return CLI_OK;
}
