/* base/fraction.h: exact fractions over int64_t; every step that could lose a digit is an error
 * instead. */
#ifndef BL_BASE_FRACTION_H
#define BL_BASE_FRACTION_H

#include <bylaw/base.h>

__extension__ typedef __int128 bl_i128;

/* num/den in lowest terms with den > 0; false when den is 0 or the result does not fit. */
bool bl_fraction_make(bylaw_fraction *out, bl_i128 num, bl_i128 den);
int bl_fraction_compare(bylaw_fraction a, bylaw_fraction b); /* -1, 0, +1; never fails */
bool bl_fraction_add(bylaw_fraction *out, bylaw_fraction a, bylaw_fraction b);
bool bl_fraction_sub(bylaw_fraction *out, bylaw_fraction a, bylaw_fraction b);
bool bl_fraction_mul(bylaw_fraction *out, bylaw_fraction a, bylaw_fraction b);
bool bl_fraction_div(bylaw_fraction *out, bylaw_fraction a, bylaw_fraction b); /* false also by 0 */

#endif
