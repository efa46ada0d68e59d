/* command_rules.c: bylaw rules [SET], bylaw rule NAME: what rule sets hold. Without -r the bundled
 * ones are looked through. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static bylaw_description description(cli *c)
{
    return (bylaw_description){.lang = c->lang,
                               .json = cli_wants_json(c),
                               .color = c->color,
                               .columns = c->columns,
                               .write = cli_write,
                               .context = stdout,
                               .quote = cli_quote,
                               .quote_context = c};
}

static bool load_all(cli *c)
{
    const bool loaded = c->options.rules.count > 0 ? cli_load_rules(c) : cli_load_bundled(c);

    cli_tell_diags(c, true);
    return loaded;
}

/* A charter, then the norms above it, then what was issued for a purpose; others as they come. */
static size_t rank(const bylaw_ruleset *set)
{
    static const char *const order[] = {"wcasp", "cast-union", "opinions2007", "workplan2020",
                                        "firstclass2021"};
    const size_t count = sizeof order / sizeof *order;
    const bylaw_str id = bylaw_ruleset_id(set);
    size_t i = 0;

    while (i < count && (strlen(order[i]) != id.len || memcmp(order[i], id.ptr, id.len) != 0))
        i++;
    return i;
}

static void sort_by_rank(const bylaw_ruleset **sets, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const bylaw_ruleset *set = sets[i];
        size_t k = i;

        for (; k > 0 && rank(sets[k - 1]) > rank(set); k--)
            sets[k] = sets[k - 1];
        sets[k] = set;
    }
}

static int list_sets(cli *c)
{
    const bylaw_description how = description(c);
    const bylaw_ruleset **sets = malloc((c->set_count + 1) * sizeof *sets);

    if (sets == NULL)
        return cli_error(c, CLI_no_memory, NULL);
    for (size_t i = 0; i < c->set_count; i++)
        sets[i] = cli_set(c, i);
    sort_by_rank(sets, c->set_count);
    (void)cli_wrote(c, stdout, bylaw_rulesets_describe(sets, c->set_count, &how));
    free(sets);
    return CLI_OK;
}

int command_rules(cli *c)
{
    const bylaw_description how = description(c);
    int code = CLI_OK;

    if (c->options.files.count == 0)
        return load_all(c) ? list_sets(c) : CLI_TROUBLE;
    if (c->options.rules.count > 0 && !load_all(c))
        return CLI_TROUBLE;
    for (size_t i = 0; i < c->options.files.count; i++) {
        const bylaw_ruleset *set = cli_find_set(c, c->options.files.items[i], false);

        if (set == NULL)
            code = CLI_TROUBLE;
        else
            (void)cli_wrote(c, stdout, bylaw_ruleset_describe(set, &how));
    }
    cli_tell_diags(c, true);
    return code;
}

const char *cli_nearest_rule(cli *c, const char *name)
{
    const char *names[64];
    size_t n = 0;

    for (size_t i = 0; i < c->set_count && n < sizeof names / sizeof *names; i++) {
        const bylaw_str near = bylaw_rule_nearest(cli_set(c, i), cli_str(name));

        if (near.len > 0)
            names[n++] = cli_copy(c, near);
    }
    const char *slash = strrchr(name, '/'); /* SET/ID: the set is right or another matter */

    return cli_nearest(slash != NULL ? slash + 1 : name, names, n);
}

static int tell_unknown(cli *c, const char *name)
{
    const char *near = cli_nearest_rule(c, name);

    if (near != NULL)
        return cli_error(c, CLI_unknown_rule_near, "name", name, "near", near, NULL);
    return cli_error(c, CLI_unknown_rule, "name", name, NULL);
}

int command_rule(cli *c)
{
    const bylaw_description how = description(c);
    int code = CLI_OK;

    if (c->options.files.count == 0)
        return cli_error(c, CLI_needs_rule, NULL);
    if (!cli_read_sources(c) || !load_all(c))
        return CLI_TROUBLE;
    for (size_t i = 0; i < c->options.files.count; i++) {
        const char *name = c->options.files.items[i];
        bool found = false;

        for (size_t k = 0; k < c->set_count; k++) {
            const bylaw_status status = bylaw_rule_describe(cli_set(c, k), cli_str(name), &how);

            found = found || status != BYLAW_ENOTFOUND;
            if (status != BYLAW_ENOTFOUND)
                (void)cli_wrote(c, stdout, status);
        }
        if (!found)
            code = tell_unknown(c, name);
    }
    return code;
}
