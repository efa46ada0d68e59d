/* base/fraction.c: see fraction.h. A product of two int64_t always fits 128 bits, a sum of two such
 * products does not always: (2^63 * 2^63) * 2 = 2^127 overflows by one, so sums are checked. */
#include "base/fraction.h"

#include <assert.h>

static bl_i128 gcd(bl_i128 a, bl_i128 b)
{
    while (b != 0) {
        const bl_i128 rest = a % b;

        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

bool bl_fraction_make(bylaw_fraction *out, bl_i128 num, bl_i128 den)
{
    if (den == 0)
        return false;
    const bl_i128 common = gcd(num, den);

    num /= common;
    den /= common;
    if (den < 0) {
        num = -num;
        den = -den;
    }
    if (num < INT64_MIN || num > INT64_MAX || den > INT64_MAX)
        return false;
    *out = (bylaw_fraction){(int64_t)num, (int64_t)den};
    return true;
}

int bl_fraction_compare(bylaw_fraction a, bylaw_fraction b)
{
    const bl_i128 left = (bl_i128)a.num * b.den;
    const bl_i128 right = (bl_i128)b.num * a.den;

    return (left > right) - (left < right);
}

bool bl_fraction_add(bylaw_fraction *out, bylaw_fraction a, bylaw_fraction b)
{
    /* each product is below 2^126 */
    return bl_fraction_make(out, (bl_i128)a.num * b.den + (bl_i128)b.num * a.den,
                            (bl_i128)a.den * b.den);
}

bool bl_fraction_sub(bylaw_fraction *out, bylaw_fraction a, bylaw_fraction b)
{
    return bl_fraction_make(out, (bl_i128)a.num * b.den - (bl_i128)b.num * a.den,
                            (bl_i128)a.den * b.den);
}

bool bl_fraction_mul(bylaw_fraction *out, bylaw_fraction a, bylaw_fraction b)
{
    return bl_fraction_make(out, (bl_i128)a.num * b.num, (bl_i128)a.den * b.den);
}

bool bl_fraction_div(bylaw_fraction *out, bylaw_fraction a, bylaw_fraction b)
{
    return bl_fraction_make(out, (bl_i128)a.num * b.den, (bl_i128)a.den * b.num);
}

bylaw_status bylaw_share_compare(int *out, int64_t part, int64_t whole, bylaw_fraction bar)
{
    assert(out != NULL && bar.num >= 0 && bar.den > 0);

    if (whole <= 0 || part < 0)
        return BYLAW_EDOMAIN;

    /* part/whole against num/den, cross-multiplied in 128 bits: no rounding, no overflow. */
    const bl_i128 have = (bl_i128)part * bar.den;
    const bl_i128 need = (bl_i128)bar.num * whole;

    *out = (have > need) - (have < need);
    return BYLAW_OK;
}

bylaw_status bylaw_share_least(int64_t *out, int64_t whole, bylaw_fraction bar, bool strict)
{
    assert(out != NULL && bar.num >= 0 && bar.den > 0);

    if (whole <= 0)
        return BYLAW_EDOMAIN;
    const bl_i128 need = (bl_i128)bar.num * whole;
    const bl_i128 least = strict ? need / bar.den + 1 : (need + bar.den - 1) / bar.den;

    if (least > INT64_MAX)
        return BYLAW_EOVERFLOW;
    *out = (int64_t)least;
    return BYLAW_OK;
}
