/* tests/fuzz/register_target.c: any bytes as a register, under actions that read much of it. */
#include "fuzz.h"

static const char actions[] =
    "action: resolution\nrules: [wcasp]\ndate: 2026-11-21\nfacts: {vote: {yes: 2}}\n"
    "---\naction: dissolution\nrules: [wcasp]\ndate: 2026-11-21\ndeclared: adopted\n"
    "facts: {proposer: {office: chair}}\n"
    "---\naction: resolution\nrules: [wcasp]\ndate: 2026-11-21\n"
    "facts:\n  ballots: [{member: 甲会, choice: yes}, {member: 乙会, choice: no}]\n";

void fuzz(const uint8_t *data, size_t size)
{
    const bylaw_ruleset *sets[] = {fuzz_own_set()};
    const bylaw_register reg = {BYLAW_STR("名册.yaml"), {(const char *)data, size}};
    const bylaw_options options = {
        .sets = sets, .set_count = 1, .registers = &reg, .register_count = 1, .remedies = true};

    fuzz_check_actions(&options, BYLAW_STR(actions), BYLAW_FORMAT_YAML, FUZZ_FEW_FORMATS);
}
