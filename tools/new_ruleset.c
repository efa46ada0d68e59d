/* new_ruleset.c: bylaw new --ruleset NAME: the files that a rule set begins with: one norm, its
 * provisions, two tests. They can be read and pass as they are; with --source the provisions are
 * those of the document. */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* NAME stands for the name. */
static const char *const set_text[BYLAW_LANGS] = {
    "# 把章程写成规定，一条要求一项；教程见 AUTHORING.md，格式见 FORMAT.md。\n"
    "ruleset: NAME\n"
    "title: {zh: 章程全称, en: title of the charter}\n"
    "uses: [assembly]            # 会议、表决、任免的词汇；各种事项：bylaw rules\n"
    "\n"
    "norms:\n"
    "  - id: majority\n"
    "    provision: NAME:1       # provisions/NAME.yaml 里的一条\n"
    "    on: [resolution]        # 决议\n"
    "    modality: condition     # 达不到就不生效\n"
    "    threshold: {count: vote.yes, of: present, more_than: 1/2}\n"
    "    says: {zh: 决议须经到会的过半数赞成, en: a resolution needs more than half of those "
    "present}\n",
    "# A charter as rules, one norm a demand; the tutorial is AUTHORING.md, the format FORMAT.md.\n"
    "ruleset: NAME\n"
    "title: {zh: 章程全称, en: title of the charter}\n"
    "uses: [assembly]            # the words of meetings, votes, offices\n"
    "\n"
    "norms:\n"
    "  - id: majority\n"
    "    provision: NAME:1       # one of provisions/NAME.yaml\n"
    "    on: [resolution]\n"
    "    modality: condition     # no effect otherwise\n"
    "    threshold: {count: vote.yes, of: present, more_than: 1/2}\n"
    "    says: {zh: 决议须经到会的过半数赞成, en: a resolution needs more than half of those "
    "present}\n",
};

static const char test_text[] = "tests: NAME\n"
                                "date: 2026-01-01\n"
                                "cases:\n"
                                "  - name: more than half\n"
                                "    action: resolution\n"
                                "    table:\n"
                                "      given: [present, vote.yes]\n"
                                "      expect: [outcome, majority, need.majority]\n"
                                "      rows:\n"
                                "        - [8, 4, not-adopted, not-met, 5]\n"
                                "        - [8, 5, adopted, satisfied, 5]\n"
                                "        - [9, 5, adopted, satisfied, 5]\n"
                                "        - [\"\", 5, open, undetermined, none]\n";

/* What stands in for the document until it is given: the one article of the file above. */
static const char sample[] = "第一条 决议须经到会的过半数赞成。\n";

static bool good_name(const char *name)
{
    bool good = name[0] >= 'a' && name[0] <= 'z' && strlen(name) <= 64;

    for (const char *p = name; *p != '\0'; p++)
        good = good && (*p == '-' || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'));
    return good;
}

static bool write_template(cli *c, const char *path, const char *text, const char *name)
{
    FILE *out = cli_create(c, path);
    bylaw_status status = BYLAW_OK;

    if (out == NULL)
        return false;
    for (const char *at = text; *at != '\0' && status == BYLAW_OK;) {
        const char *next = strstr(at, "NAME");
        const size_t length = next != NULL ? (size_t)(next - at) : strlen(at);

        status = cli_write(out, (bylaw_str){at, length});
        if (next != NULL && status == BYLAW_OK)
            status = cli_write(out, cli_str(name));
        at += length + (next != NULL ? strlen("NAME") : 0);
    }
    return cli_finish_file(c, out, path, status);
}

static bool write_provisions(cli *c, const char *path, const char *name)
{
    cli_text source = {NULL, 0};
    bylaw_str text = cli_str(sample);
    FILE *out;

    if (c->options.sources.count > 0) {
        if (!cli_read_file(c, c->options.sources.items[0], &source))
            return false;
        text = (bylaw_str){source.bytes, source.size};
    }
    if (mkdir("provisions", 0777) != 0 && errno != EEXIST) {
        cli_error(c, CLI_cannot_write, "file", "provisions", "why", strerror(errno), NULL);
        cli_free_text(&source);
        return false;
    }
    out = cli_create(c, path);
    const bylaw_status status =
        out != NULL ? bylaw_provisions_draft(cli_str(name), text, cli_write, out, &cli_memory)
                    : BYLAW_EIO;

    cli_free_text(&source);
    return out != NULL && cli_finish_file(c, out, path, status);
}

/* What else was asked for, and would be passed over; NULL: nothing. */
static const char *passed_over(const cli_options *o)
{
    return o->outputs.count > 0 ? "-o"
           : o->all             ? "--all"
           : o->files.count > 0 ? o->files.items[0]
                                : NULL;
}

int cli_new_ruleset(cli *c, const char *name)
{
    char set[128], tests[128], provisions[128], all[400];
    const char *more = passed_over(&c->options);

    if (more != NULL)
        return cli_error(c, CLI_ruleset_alone, "what", more, NULL);
    if (!good_name(name))
        return cli_error(c, CLI_ruleset_name, "name", name, NULL);
    snprintf(set, sizeof set, "%s.yaml", name);
    snprintf(tests, sizeof tests, "%s.test.yaml", name);
    snprintf(provisions, sizeof provisions, "provisions/%s.yaml", name);
    if (!write_template(c, set, set_text[c->lang], name) ||
        !write_provisions(c, provisions, name) || !write_template(c, tests, test_text, name))
        return CLI_TROUBLE;
    snprintf(all, sizeof all, "%s %s %s", set, provisions, tests);
    cli_say(c, stdout, CLI_ruleset_written, "files", all, "name", name, NULL);
    return CLI_OK;
}
