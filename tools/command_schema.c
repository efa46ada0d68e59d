/* command_schema.c: bylaw schema [NAME]: prints a JSON Schema; without a name, which there are. */
#include "cli.h"

#include <string.h>

static int unknown(cli *c, const char *name)
{
    const char *names[32];
    size_t n = 0;

    for (; n < bylaw_schema_count() && n < 32; n++)
        names[n] = cli_copy(c, bylaw_schema_name(n));
    const char *near = cli_nearest(name, names, n);

    if (near != NULL)
        return cli_error(c, CLI_unknown_schema_near, "name", name, "near", near, NULL);
    return cli_error(c, CLI_unknown_schema, "name", name, NULL);
}

static int print(cli *c, const char *name)
{
    for (size_t i = 0; i < bylaw_schema_count(); i++) {
        const bylaw_str one = bylaw_schema_name(i);

        if (one.len == strlen(name) && memcmp(one.ptr, name, one.len) == 0) {
            (void)cli_wrote(c, stdout, cli_write(stdout, bylaw_schema_text(i)));
            return CLI_OK;
        }
    }
    return unknown(c, name);
}

int command_schema(cli *c)
{
    if (c->options.files.count > 0)
        return print(c, c->options.files.items[0]);
    for (size_t i = 0; i < bylaw_schema_count(); i++) {
        const bylaw_str name = bylaw_schema_name(i);

        printf("%.*s\n", (int)name.len, name.ptr);
    }
    return CLI_OK;
}
