/* tests/fuzz/yaml_target.c: any bytes as actions in YAML, under the bundled rule sets that they
 * name, or else under the fixture. */
#include "fuzz.h"

void fuzz(const uint8_t *data, size_t size)
{
    const bylaw_ruleset *sets[] = {fuzz_own_set()};
    const bylaw_options options = {
        .sets = sets, .set_count = 1, .load = fuzz_load, .remedies = true};

    fuzz_check_actions(&options, (bylaw_str){(const char *)data, size}, BYLAW_FORMAT_YAML,
                       FUZZ_FEW_FORMATS);
}
