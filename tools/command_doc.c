/* command_doc.c: bylaw doc SET: the handbook of a rule set, in Markdown or HTML; --check compares a
 * stored one. */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct stored {
    cli *c;
    const char *path;
    bool same;
} stored;

static bylaw_status compare(void *context, bylaw_str text)
{
    stored *s = context;
    cli_text file;

    if (!cli_read_file(s->c, s->path, &file))
        return BYLAW_EIO;
    s->same = file.size == text.len && memcmp(file.bytes, text.ptr, text.len) == 0;
    cli_free_text(&file);
    return BYLAW_OK;
}

static int check(cli *c, const bylaw_ruleset *set, bylaw_handbook_options options)
{
    stored s = {c, c->options.values[CLI_VALUE_CHECK], false};
    const char *name = c->options.files.items[0];

    options.write = compare;
    options.context = &s;
    if (!cli_done(bylaw_handbook_write(set, &options, &cli_memory)))
        return CLI_TROUBLE;
    if (c->options.verbosity >= 0 || !s.same)
        cli_say(c, s.same ? stdout : stderr, s.same ? CLI_doc_current : CLI_doc_stale, "file",
                s.path, "set", name, NULL);
    return s.same ? CLI_OK : CLI_VIOLATION;
}

int command_doc(cli *c)
{
    bylaw_handbook_options options = {.lang = c->lang, .write = cli_write, .context = stdout};
    const char *path = c->options.outputs.count > 0 ? c->options.outputs.items[0] : "-";
    const bylaw_ruleset *set;
    cli_output out;

    if (c->options.files.count != 1)
        return cli_error(c, CLI_needs_operand, "what", "RULES", "command", "doc", NULL);
    options.html = c->options.formats.count > 0 && strcmp(c->options.formats.items[0], "html") == 0;
    set = cli_find_set(c, c->options.files.items[0], false);
    cli_tell_diags(c, true);
    if (set == NULL)
        return CLI_TROUBLE;
    if (c->options.values[CLI_VALUE_CHECK] != NULL)
        return check(c, set, options);
    if (!cli_output_open(c, &out, path))
        return CLI_TROUBLE;
    options.context = out.file;
    const bool is_file = out.file != stdout;
    const bylaw_status status = bylaw_handbook_write(set, &options, &cli_memory);

    (void)cli_wrote(c, out.file, status);
    if (!cli_output_close(c, &out, true))
        return CLI_TROUBLE;
    if (is_file && c->options.verbosity >= 0)
        cli_say(c, stderr, CLI_written, "file", path, NULL);
    return CLI_OK;
}
