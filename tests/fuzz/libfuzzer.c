/* tests/fuzz/libfuzzer.c: the entry for libFuzzer (clang only).
 *     build/tests/fuzz/fuzz_check CORPUS build/tests/fuzz/seeds/check -max_len=20000
 *                                 -dict=build/tests/fuzz/seeds/check.dict */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz(data, size);
    return 0;
}
