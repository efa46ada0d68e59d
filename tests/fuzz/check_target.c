/* tests/fuzz/check_target.c: any bytes as a rule set, an action and a register together, under any
 * options: the whole check, in every report format, and all that its results say of other readings
 * and other facts. */
#include "fuzz.h"

enum { PART_YAML, PART_SET, PART_JSON, PART_REGISTER, PART_OPTIONS, PARTS };

static const char *const heads[PARTS] = {"=yaml", "=set", "=json", "=register", "=options"};

static const char own_action[] =
    "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
    "facts: {proposer: {office: chair}, present: 7, vote: {yes: 5, no: 2}}\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
    "facts:\n  present: 3\n  ballots: [{member: 甲会, choice: yes}, {member: 乙会, choice: no}]\n";
static const char own_register[] = "facts: {roll: [甲会, 乙会, 丙会]}\n";

/* ---- options: a line each, as on the command line ---- */

#define MOST_OF_ONE 4

typedef struct wishes {
    bylaw_setting facts[MOST_OF_ONE], readings[MOST_OF_ONE];
    bylaw_str select[MOST_OF_ONE], ignore[MOST_OF_ONE];
    bylaw_options options;
    fuzz_manner manner;
} wishes;

static bylaw_setting setting(bylaw_str text)
{
    const size_t sign = bl_str_find(text, BYLAW_STR("="), 0);
    const size_t end = sign == SIZE_MAX ? text.len : sign;

    return (bylaw_setting){bl_str_slice(text, 0, end),
                           bl_str_slice(text, sign == SIZE_MAX ? end : end + 1, text.len)};
}

/* What follows the word, where the line begins with it. */
static bool begins(bylaw_str line, const char *word, bylaw_str *rest)
{
    const bylaw_str first = bylaw_str_from(word);

    if (!bl_str_starts(line, first))
        return false;
    *rest = bl_str_slice(line, first.len, line.len);
    return true;
}

static void read_wish(wishes *w, bylaw_str line)
{
    bylaw_options *o = &w->options;
    bylaw_str rest;

    if (begins(line, "set ", &rest) && o->fact_count < MOST_OF_ONE)
        w->facts[o->fact_count++] = setting(rest);
    else if (begins(line, "reading ", &rest) && o->reading_count < MOST_OF_ONE)
        w->readings[o->reading_count++] = setting(rest);
    else if (begins(line, "select ", &rest) && o->select_count < MOST_OF_ONE)
        w->select[o->select_count++] = rest;
    else if (begins(line, "ignore ", &rest) && o->ignore_count < MOST_OF_ONE)
        w->ignore[o->ignore_count++] = rest;
    else if (begins(line, "at ", &rest))
        o->at = rest;
    else if (bl_str_is(line, "strict"))
        o->strict = true;
    else if (bl_str_is(line, "ignore_unknown"))
        o->ignore_unknown = true;
    else if (bl_str_is(line, "english"))
        w->manner.english = true;
    else if (bl_str_is(line, "quiet") && w->manner.verbosity > -2)
        w->manner.verbosity--;
}

static void read_wishes(wishes *w, bylaw_str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = bl_str_find(text, BYLAW_STR("\n"), at);

        end = end == SIZE_MAX ? text.len : end;
        read_wish(w, bl_str_slice(text, at, end));
        at = end + 1;
    }
    w->options.facts = w->facts;
    w->options.readings = w->readings;
    w->options.select = w->select;
    w->options.ignore = w->ignore;
}

static void check(const wishes *w, bylaw_str text, bylaw_format format)
{
    fuzz_check_and_tell(&w->options, text, format, &w->manner);
    fuzz_ask_again(&w->options, text, format);
}

void fuzz(const uint8_t *data, size_t size)
{
    bylaw_str parts[PARTS];

    fuzz_split((bylaw_str){(const char *)data, size}, heads, parts, PARTS);
    bylaw_ruleset *set = parts[PART_SET].ptr != NULL ? fuzz_read_set(parts[PART_SET], NULL) : NULL;
    const bylaw_ruleset *sets[] = {set != NULL ? set : fuzz_own_set()};
    const bylaw_register reg = {BYLAW_STR("r"), parts[PART_REGISTER].ptr != NULL
                                                    ? parts[PART_REGISTER]
                                                    : BYLAW_STR(own_register)};
    wishes w = {.options = {.sets = sets,
                            .set_count = 1,
                            .registers = &reg,
                            .register_count = 1,
                            .remedies = true,
                            .grid = true},
                .manner = {.formats = FUZZ_ALL_FORMATS, .verbosity = 1}};

    read_wishes(&w, parts[PART_OPTIONS]);
    if (parts[PART_YAML].ptr != NULL || parts[PART_JSON].ptr == NULL)
        check(&w, parts[PART_YAML].ptr != NULL ? parts[PART_YAML] : BYLAW_STR(own_action),
              BYLAW_FORMAT_YAML);
    if (parts[PART_JSON].ptr != NULL)
        check(&w, parts[PART_JSON], BYLAW_FORMAT_JSON);
    bylaw_ruleset_free(set);
}
