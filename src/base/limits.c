/* base/limits.c: the table of limits (limits.def) behind its public functions. */
#include "base/str.h"

#include <bylaw/limits.h>

static const struct row {
    const char *name;
    uint64_t usual, greatest;
    bylaw_label label;
} rows[] = {
#define BL_LIMIT(name, usual, greatest, zh, en)                                                    \
    {name, usual, greatest, {{{zh, sizeof(zh) - 1}, {en, sizeof(en) - 1}}}},
#include "base/limits.def"
#undef BL_LIMIT
};

_Static_assert(sizeof rows / sizeof *rows == BYLAW_LIMITS, "a row a limit");
_Static_assert(BYLAW_LIMIT_FOLDERS == BYLAW_LIMITS - 1, "in the order of the header");

const char *bylaw_limit_name(bylaw_limit limit)
{
    return rows[limit].name;
}

bool bylaw_limit_named(bylaw_limit *out, bylaw_str name)
{
    for (int i = 0; i < BYLAW_LIMITS; i++) {
        if (bl_str_is(name, rows[i].name)) {
            *out = (bylaw_limit)i;
            return true;
        }
    }
    return false;
}

bylaw_label bylaw_limit_label(bylaw_limit limit)
{
    return rows[limit].label;
}

uint64_t bylaw_limit_default(bylaw_limit limit)
{
    return rows[limit].usual;
}

uint64_t bylaw_limit_greatest(bylaw_limit limit)
{
    return rows[limit].greatest;
}

uint64_t bylaw_limit_of(const bylaw_limits *limits, bylaw_limit limit)
{
    const uint64_t asked = limits != NULL ? limits->most[limit] : 0;

    return asked == 0                     ? rows[limit].usual
           : asked > rows[limit].greatest ? rows[limit].greatest
                                          : asked;
}
