/* tests/fuzz/check_target.h: any bytes as a rule set, an action, a register, or several of them
 * together, through the public functions.
 *
 * The bytes are parts, with a line =set, =yaml, =json or =register before each; what has no such
 * line before it is an action in YAML. A part that is not there is one of the project's own.
 *
 * What must hold, or the program aborts: a text is refused with a reason or read without; checking
 * twice gives the same bytes in every format; what is written as JSON can be read as JSON. */
#ifndef TESTS_FUZZ_CHECK_TARGET_H
#define TESTS_FUZZ_CHECK_TARGET_H

#include <stddef.h>
#include <stdint.h>

void fuzz_check(const uint8_t *data, size_t size);

#endif
