/* command_eval.c: bylaw eval EXPRESSION: one expression over facts, and with --explain why it gives
 * what it gives. With -r it is checked like a rule of that set and uses its words. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* 0 true or another value, 1 false, 3 facts are missing, 2 it failed: for scripts. */
static int code_of(const bylaw_expr *expr)
{
    bool truth = true;

    switch (bylaw_expr_state_of(expr)) {
    case BYLAW_EXPR_UNKNOWN:
        return CLI_UNDETERMINED;
    case BYLAW_EXPR_FAILED:
        return CLI_TROUBLE;
    case BYLAW_EXPR_VALUE:
        break;
    }
    return bylaw_expr_truth(expr, &truth) && !truth ? CLI_VIOLATION : CLI_OK;
}

static int evaluate(cli *c, const cli_registers *facts)
{
    const cli_options *o = &c->options;
    const bylaw_expr_options options = {.set = c->set_count > 0 ? cli_set(c, 0) : NULL,
                                        .facts = facts->items,
                                        .fact_count = facts->count,
                                        .settings = o->facts,
                                        .setting_count = o->fact_count,
                                        .limits = &o->limits};
    bylaw_expr *expr = NULL;
    const bylaw_status status =
        bylaw_expr_evaluate(&expr, cli_str(o->files.items[0]), &options, &cli_memory, c->diags);

    if (status == BYLAW_ENOMEM)
        return cli_error(c, CLI_no_memory, NULL);
    cli_tell_diags(c, true);
    if (status != BYLAW_OK)
        return CLI_TROUBLE;
    (void)cli_wrote(c, stdout,
                    bylaw_expr_write(expr, cli_wants_json(c), o->extra[CLI_FLAG_EXPLAIN], c->lang,
                                     cli_write, stdout));
    const int code = code_of(expr);

    if (code == CLI_TROUBLE)
        cli_tells();

    bylaw_expr_free(expr);
    return code;
}

int command_eval(cli *c)
{
    cli_registers facts = {.count = 0};
    int code = CLI_TROUBLE;

    if (c->options.files.count != 1)
        return cli_error(c, CLI_needs_expression, NULL);
    if (cli_load_rules(c) && cli_read_registers(c, &c->options.registers, &facts))
        code = evaluate(c, &facts);
    cli_tell_diags(c, true);
    cli_free_registers(&facts);
    return code;
}
