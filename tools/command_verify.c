/* command_verify.c: bylaw verify RECORD: checks again what a verdict record holds, and names what
 * differs. Exit: 0 all agrees, 1 something differs, 2 it could not be checked again. */
#include "cli.h"

#include <string.h>

static bylaw_record *read_record(cli *c, const char *path)
{
    bylaw_record *record = NULL;
    cli_text text;

    if (!cli_read_file(c, path, &text))
        return NULL;
    const bylaw_status status = bylaw_record_read(
        &record, cli_str(path), (bylaw_str){text.bytes, text.size}, &cli_memory, c->diags);

    if (status == BYLAW_ENOMEM)
        cli_error(c, CLI_no_memory, NULL);
    cli_tell_diags(c, false);
    cli_free_text(&text);
    return record;
}

/* In each language that was asked for; JSON is of none. */
static bool tell(cli *c, const char *path, bylaw_record *then, bylaw_record *now,
                 bylaw_record_match *match)
{
    const bool json = cli_wants_json(c);
    cli_output out;
    bool fine =
        cli_output_open(c, &out, c->options.outputs.count > 0 ? c->options.outputs.items[0] : "-");

    for (size_t i = 0; fine && i < (json ? 1 : c->options.lang_count); i++) {
        const bylaw_record_telling telling = {.lang = c->options.langs[i],
                                              .json = json,
                                              .color = out.file == stdout && c->color,
                                              .quiet = c->options.verbosity < 0,
                                              .verdicts_only = c->options.fail_on != NULL,
                                              .columns = c->columns,
                                              .name = cli_str(path),
                                              .write = cli_write,
                                              .context = out.file};

        if (i > 0 && c->options.verbosity >= 0)
            fputc('\n', out.file);
        fine = cli_wrote(c, out.file, bylaw_record_compare(match, then, now, &telling));
    }
    return cli_output_close(c, &out, true) && fine;
}

int command_verify(cli *c)
{
    const cli_strings *operands = &c->options.files;
    const bool has_input = operands->count == 2 && strcmp(operands->items[1], "-") == 0;
    bylaw_record_match match = {0};
    bylaw_record *then = NULL, *now = NULL;
    int code = CLI_TROUBLE;

    if (operands->count != 1 && !has_input)
        return cli_error(c, CLI_needs_record, NULL);
    if (!cli_pair_outputs(c))
        return CLI_TROUBLE;
    then = read_record(c, operands->items[0]);
    if (then != NULL)
        now = cli_check_again(c, operands->items[0], then, has_input);
    if (now != NULL && tell(c, operands->items[0], then, now, &match))
        code = bylaw_record_agrees(&match, c->options.fail_on != NULL) ? CLI_OK : CLI_VIOLATION;
    bylaw_record_free(now);
    bylaw_record_free(then);
    return code;
}
