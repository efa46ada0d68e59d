/* tests/fuzz/expr_libfuzzer.c: the entry for libFuzzer (clang only).
 *     build/…/fuzz_expr CORPUS -max_len=400 -dict=tests/fuzz/expr.dict */
#include "expr_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_expression(data, size);
    return 0;
}
