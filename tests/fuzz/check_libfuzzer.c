/* tests/fuzz/check_libfuzzer.c: the entry for libFuzzer (clang only).
 *     build/…/check_driver --write CORPUS; build/…/fuzz_check CORPUS -max_len=20000 */
#include "check_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_check(data, size);
    return 0;
}
