/* command_explain.c: bylaw explain FILE [ARTICLE|NORM]: why a finding is what it is. */
#include "cli.h"

static int of_result(cli *c, const bylaw_result *result, void *context)
{
    const char *which = context;
    const bylaw_explain_telling telling = {.lang = c->lang,
                                           .color = c->color,
                                           .columns = c->columns,
                                           .write = cli_write,
                                           .context = stdout,
                                           .quote = cli_quote,
                                           .quote_context = c};
    const bylaw_status status =
        bylaw_explain(result, cli_str(which != NULL ? which : ""), &telling, &cli_memory);

    /* citations are short and all alike: only an id is near another */
    const bool is_id = which != NULL && (unsigned char)which[0] < 0x80;
    const char *near = status == BYLAW_ENOTFOUND && is_id ? cli_nearest_rule(c, which) : NULL;

    if (near != NULL)
        return cli_error(c, CLI_nothing_named_near, "file", cli_copy(c, bylaw_result_file(result)),
                         "name", which, "near", near, NULL);
    if (status == BYLAW_ENOTFOUND && which != NULL)
        return cli_error(c, CLI_nothing_named, "file", cli_copy(c, bylaw_result_file(result)),
                         "name", which, NULL);
    if (status == BYLAW_ENOTFOUND)
        return cli_error(c, CLI_nothing_to_explain, "file", cli_copy(c, bylaw_result_file(result)),
                         NULL);
    (void)cli_wrote(c, stdout, status);
    return CLI_OK;
}

int command_explain(cli *c)
{
    const cli_strings *files = &c->options.files;

    if (files->count == 0)
        return cli_error(c, CLI_needs_operand, "what", "FILE", "command", "explain", NULL);
    if (!cli_read_sources(c))
        return CLI_TROUBLE;
    if (!cli_load_rules(c)) {
        cli_tell_diags(c, true);
        return CLI_TROUBLE;
    }
    if (files->count == 1)
        return cli_each_result(c, files->items[0], true, of_result, NULL);

    int code = CLI_OK;

    for (size_t i = 1; i < files->count; i++)
        code = cli_graver(code, cli_each_result(c, files->items[0], true, of_result,
                                                (void *)(uintptr_t)files->items[i]));
    return code;
}
