/* value/number.h: numbers as text, the same in every locale. */
#ifndef BL_VALUE_NUMBER_H
#define BL_VALUE_NUMBER_H

#include "base/str.h"

typedef enum bl_number_reading {
    BL_NUMBER_OK,
    BL_NUMBER_NOT_A_NUMBER, /* another form */
    BL_NUMBER_OUT_OF_RANGE  /* does not fit */
} bl_number_reading;

/* [+-] digits. */
bl_number_reading bl_int_read(int64_t *out, bylaw_str text);
/* digits. */
bl_number_reading bl_uint_read(uint64_t *out, bylaw_str text);
/* [+-] digits [. digits] [e [+-] digits], or inf, infinity, nan in any case; correctly rounded.
 * Out of range: a finite text that no finite double is near; a tiny one becomes zero. */
bl_number_reading bl_double_read(double *out, bylaw_str text);

/* The shortest text that reads as the same double: 0.1, 1000000, 1e+21, 1e-05, NaN, -Infinity. */
void bl_double_write(bl_str *out, double d);
/* The same without an exponent: 1000000. */
void bl_double_write_plain(bl_str *out, double d);
/* With a fixed number of digits behind the point, 0 .. 1000; half goes to even as printf does. */
void bl_double_write_fixed(bl_str *out, double d, int digits);
/* d.ddde+xx */
void bl_double_write_scientific(bl_str *out, double d, int digits);

#endif
