/* command_lint.c: bylaw lint FILE…: reads rule sets as an author wants them read: every mistake
 * with its code. */
#include "cli.h"

#include <string.h>

int command_lint(cli *c)
{
    int code = CLI_OK;

    if (c->options.files.count == 0)
        return cli_error(c, CLI_needs_operand, "what", "FILE", "command", "lint", NULL);
    for (size_t i = 0; i < c->options.files.count; i++) {
        const bylaw_ruleset *set = cli_find_set(c, c->options.files.items[i], false);

        if (set == NULL || bylaw_ruleset_lint(set, NULL, c->diags) != BYLAW_OK)
            code = CLI_TROUBLE;
    }
    cli_tell_diags(c, true);
    return code;
}
