/* limits.c: --limit NAME=NUMBER, `limits:` of the settings, and `bylaw help limits`. The limits
 * themselves are the library's. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* 200, 64K, 128M, 4G; false: it is none, or nought. */
static bool read_number(uint64_t *out, const char *text)
{
    static const char units[] = "KMG";
    uint64_t n = 0;
    const char *p = text;

    for (; *p >= '0' && *p <= '9' && n < UINT64_MAX / 2048; p++)
        n = n * 10 + (uint64_t)(*p - '0');
    const char *unit = *p != '\0' && p > text ? strchr(units, *p) : NULL;

    if (unit != NULL) {
        for (const char *u = units; u <= unit && n < UINT64_MAX / 2048; u++)
            n *= 1024;
        p++;
    }
    *out = n;
    return p > text && *p == '\0' && n > 0;
}

static bool wrong_name(cli *c, const char *option, const char *name)
{
    const char *names[BYLAW_LIMITS];

    for (int i = 0; i < BYLAW_LIMITS; i++)
        names[i] = bylaw_limit_name((bylaw_limit)i);
    return cli_bad_value(c, option, name, names, BYLAW_LIMITS);
}

bool cli_set_limit(cli *c, const char *option, bylaw_str name, const char *value, bool over)
{
    uint64_t *most = c->options.limits.most, asked;
    bylaw_limit limit;
    char greatest[24];

    if (!bylaw_limit_named(&limit, name))
        return wrong_name(c, option, cli_copy(c, name));
    snprintf(greatest, sizeof greatest, "%llu", (unsigned long long)bylaw_limit_greatest(limit));
    if (!read_number(&asked, value) || asked > bylaw_limit_greatest(limit)) {
        cli_error(c, CLI_bad_limit, "option", option, "name", bylaw_limit_name(limit), "most",
                  greatest, NULL);
        return false;
    }
    if (over || most[limit] == 0)
        most[limit] = asked;
    return true;
}

size_t cli_limit(const cli *c, bylaw_limit limit)
{
    return (size_t)bylaw_limit_of(&c->options.limits, limit);
}

void cli_tell_limits(const cli *c)
{
    puts(cli_word_text(c, CLI_limits_head));
    for (int i = 0; i < BYLAW_LIMITS; i++) {
        const bylaw_str label = bylaw_limit_label((bylaw_limit)i).in[c->lang];

        printf("%-19s%10llu  %.*s\n", bylaw_limit_name((bylaw_limit)i),
               (unsigned long long)cli_limit(c, (bylaw_limit)i), (int)label.len, label.ptr);
    }
}
