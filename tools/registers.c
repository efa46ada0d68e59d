/* registers.c: the files of --facts and --waivers, read whole, as the library takes them. */
#include "cli.h"

#include <stdlib.h>

bool cli_read_registers(cli *c, const cli_strings *files, cli_registers *out)
{
    *out = (cli_registers){.texts = calloc(files->count + 1, sizeof *out->texts),
                           .items = calloc(files->count + 1, sizeof *out->items)};
    if (out->texts == NULL || out->items == NULL) {
        cli_error(c, CLI_no_memory, NULL);
        return false;
    }
    for (; out->count < files->count; out->count++) {
        const char *path = files->items[out->count];
        cli_text *text = &out->texts[out->count];

        if (!cli_read_file(c, path, text))
            return false;
        out->items[out->count] = (bylaw_register){cli_str(path), {text->bytes, text->size}};
    }
    return true;
}

void cli_free_registers(cli_registers *registers)
{
    for (size_t i = 0; i < registers->count; i++)
        cli_free_text(&registers->texts[i]);
    free(registers->texts);
    free(registers->items);
    *registers = (cli_registers){.count = 0};
}
