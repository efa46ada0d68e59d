/* tests/fuzz/check_target.c: any bytes as a rule set, an action and a register together: the whole
 * check, in every report format. */
#include "fuzz.h"

enum { PART_YAML, PART_SET, PART_JSON, PART_REGISTER, PARTS };

static const char *const heads[PARTS] = {"=yaml", "=set", "=json", "=register"};

static const char own_action[] =
    "action: dissolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
    "facts: {proposer: {office: chair}, present: 7, vote: {yes: 5, no: 2}}\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
    "facts:\n  present: 3\n  ballots: [{member: 甲会, choice: yes}, {member: 乙会, choice: no}]\n";
static const char own_register[] = "facts: {roll: [甲会, 乙会, 丙会]}\n";

void fuzz(const uint8_t *data, size_t size)
{
    bylaw_str parts[PARTS];

    fuzz_split((bylaw_str){(const char *)data, size}, heads, parts, PARTS);
    bylaw_ruleset *set = parts[PART_SET].ptr != NULL ? fuzz_read_set(parts[PART_SET], NULL) : NULL;
    const bylaw_ruleset *sets[] = {set != NULL ? set : fuzz_own_set()};
    const bylaw_register reg = {BYLAW_STR("r"), parts[PART_REGISTER].ptr != NULL
                                                    ? parts[PART_REGISTER]
                                                    : BYLAW_STR(own_register)};
    const bylaw_options options = {.sets = sets,
                                   .set_count = 1,
                                   .registers = &reg,
                                   .register_count = 1,
                                   .remedies = true,
                                   .grid = true};

    if (parts[PART_YAML].ptr != NULL || (parts[PART_JSON].ptr == NULL && set != NULL) ||
        parts[PART_REGISTER].ptr != NULL)
        fuzz_check_actions(&options,
                           parts[PART_YAML].ptr != NULL ? parts[PART_YAML] : BYLAW_STR(own_action),
                           BYLAW_FORMAT_YAML, FUZZ_ALL_FORMATS);
    if (parts[PART_JSON].ptr != NULL)
        fuzz_check_actions(&options, parts[PART_JSON], BYLAW_FORMAT_JSON, FUZZ_ALL_FORMATS);
    bylaw_ruleset_free(set);
}
