/* command_help.c: bylaw help, bylaw version. */
#include "cli.h"

int command_help(cli *c)
{
    cli_say(c, stdout, CLI_help, NULL);
    return CLI_OK;
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
