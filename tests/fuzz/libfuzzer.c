/* tests/fuzz/libfuzzer.c: the entry for libFuzzer (clang only): tools/fuzz.sh builds and runs all.
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz(data, size);
    return 0;
}
