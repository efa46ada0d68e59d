/* tests/fuzz/expr_target.h: one text through the whole path of an expression, with the properties
 * that must hold for every text:
 *   - what is printed of its tree parses to the same tree again;
 *   - the printed text evaluates to the same value;
 *   - computing parts while planning changes neither the value nor raises the cost;
 *   - recording a trace changes neither the value nor the cost;
 *   - what is reported is told, and limits hold.
 * A broken property aborts. */
#ifndef TESTS_FUZZ_EXPR_TARGET_H
#define TESTS_FUZZ_EXPR_TARGET_H

#include <stddef.h>
#include <stdint.h>

void fuzz_expression(const uint8_t *data, size_t size);

#endif
