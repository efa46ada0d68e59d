/* expr/builtins_format.c: see builtins_format.h. A clause is "%" [ "." digits ] letter; one row of
 * a table a letter. */
#include "expr/builtins_format.h"

#include "expr/builtin_util.h"
#include "text/utf8.h"
#include "value/number.h"

#define DEFAULT_PRECISION 6
#define MAX_PRECISION     1000

/* Writes v; false: the clause does not take its kind. */
typedef bool clause_writer(bl_str *out, bl_value v, int precision);

static bool write_string(bl_str *out, bl_value v, int precision)
{
    (void)precision;
    return bl_write_plain(out, v);
}

static bool write_decimal(bl_str *out, bl_value v, int precision)
{
    (void)precision;
    return (v.kind == BL_INT || v.kind == BL_UINT || v.kind == BL_DOUBLE) && bl_write_plain(out, v);
}

static bool as_double(double *out, bl_value v)
{
    *out = v.kind == BL_INT ? (double)v.as.i : v.kind == BL_UINT ? (double)v.as.u : v.as.d;
    return v.kind == BL_INT || v.kind == BL_UINT || v.kind == BL_DOUBLE;
}

static bool write_fixed(bl_str *out, bl_value v, int precision)
{
    double d;

    if (!as_double(&d, v))
        return false;
    bl_double_write_fixed(out, d, precision);
    return true;
}

static bool write_scientific(bl_str *out, bl_value v, int precision)
{
    double d;

    if (!as_double(&d, v))
        return false;
    bl_double_write_scientific(out, d, precision);
    return true;
}

/* To a base that is a power of two; a negative number gets a sign, as printed by hand. */
static bool write_based(bl_str *out, bl_value v, unsigned bits, bool upper)
{
    char digits[64];
    size_t n = sizeof digits;
    const bool negative = v.kind == BL_INT && v.as.i < 0;
    uint64_t rest = negative ? 0 - (uint64_t)v.as.i : v.as.u;

    if (v.kind != BL_INT && v.kind != BL_UINT)
        return false;
    do {
        const unsigned digit = (unsigned)(rest & ((1u << bits) - 1));

        digits[--n] = (upper ? "0123456789ABCDEF" : "0123456789abcdef")[digit];
        rest >>= bits;
    } while (rest > 0);
    if (negative)
        bl_str_addc(out, '-');
    bl_str_add(out, (bylaw_str){digits + n, sizeof digits - n});
    return true;
}

static bool write_binary(bl_str *out, bl_value v, int precision)
{
    (void)precision;
    if (v.kind == BL_BOOL)
        bl_str_addc(out, v.as.b ? '1' : '0');
    return v.kind == BL_BOOL || write_based(out, v, 1, false);
}

static bool write_octal(bl_str *out, bl_value v, int precision)
{
    (void)precision;
    return write_based(out, v, 3, false);
}

static bool write_hex_of(bl_str *out, bl_value v, bool upper)
{
    if (v.kind != BL_STRING && v.kind != BL_BYTES)
        return write_based(out, v, 4, upper);
    for (size_t i = 0; i < v.as.s->len; i++)
        bl_str_addf(out, upper ? "%02X" : "%02x", (unsigned)(unsigned char)v.as.s->ptr[i]);
    return true;
}

static bool write_hex(bl_str *out, bl_value v, int precision)
{
    (void)precision;
    return write_hex_of(out, v, false);
}

static bool write_upper_hex(bl_str *out, bl_value v, int precision)
{
    (void)precision;
    return write_hex_of(out, v, true);
}

static const struct clause {
    char letter;
    bool has_precision;
    clause_writer *write;
} clauses[] = {
    {'s', false, write_string},    {'d', false, write_decimal},   {'f', true, write_fixed},
    {'e', true, write_scientific}, {'b', false, write_binary},    {'o', false, write_octal},
    {'x', false, write_hex},       {'X', false, write_upper_hex},
};

static const struct clause *find_clause(char letter)
{
    for (size_t i = 0; i < sizeof clauses / sizeof clauses[0]; i++) {
        if (clauses[i].letter == letter)
            return &clauses[i];
    }
    return NULL;
}

typedef struct formatter {
    bl_call *call;
    bl_str out;
    bylaw_str format;
    size_t at;
    const bl_list *list;
    size_t used;
    bl_value unknown; /* of the values used so far */
    size_t paid;      /* bytes of out that were charged */
} formatter;

static bl_value bad_clause(formatter *f, size_t start)
{
    if (f->at < f->format.len)
        bl_utf8_next(f->format, &f->at);
    return bl_fail(f->call, format_clause,
                   BL_TEXT("clause", bl_str_slice(f->format, start, f->at)));
}

/* "." digits, at most the limit; -1: malformed. */
static int read_precision(formatter *f)
{
    int precision = 0;
    bool any = false;

    if (f->at >= f->format.len || f->format.ptr[f->at] != '.')
        return DEFAULT_PRECISION;
    for (f->at++; f->at < f->format.len; f->at++) {
        const char c = f->format.ptr[f->at];

        if (c < '0' || c > '9')
            break;
        precision = precision * 10 + (c - '0');
        if (precision > MAX_PRECISION)
            return -1;
        any = true;
    }
    return any ? precision : -1;
}

/* A clause, behind its "%". Null: done. */
static bl_value write_clause(formatter *f)
{
    const size_t start = f->at - 1;
    const bool has_precision = f->at < f->format.len && f->format.ptr[f->at] == '.';
    const int precision = read_precision(f);
    const struct clause *clause = f->at < f->format.len ? find_clause(f->format.ptr[f->at]) : NULL;

    if (clause == NULL || precision < 0 || (has_precision && !clause->has_precision))
        return bad_clause(f, start);
    f->at++;
    if (f->used >= f->list->count)
        return bl_fail(f->call, format_missing, BL_INT("index", (int64_t)f->used + 1),
                       BL_INT("count", (int64_t)f->list->count));
    const bl_value v = f->list->items[f->used++];

    if (v.kind == BL_UNKNOWN)
        f->unknown = bl_unknown_merge(f->call->eval->arena, f->unknown, v);
    else if (!clause->write(&f->out, v, precision))
        return bl_fail(f->call, format_value, BL_TEXT("clause", ((bylaw_str){&clause->letter, 1})),
                       BL_TEXT("type", bl_kind_name(v.kind)));
    return BL_NULL_VALUE;
}

bl_value bl_builtin_format(bl_call *call, const bl_value *args, size_t n)
{
    formatter f = {.call = call,
                   .out = bl_str_init(call->eval->arena),
                   .format = *args[0].as.s,
                   .list = args[1].as.list,
                   .unknown = BL_NULL_VALUE};

    (void)n;
    while (f.at < f.format.len) {
        const size_t percent = bl_str_find(f.format, BYLAW_STR("%"), f.at);

        bl_str_add(&f.out, bl_str_slice(f.format, f.at, percent));
        f.at = percent == SIZE_MAX ? f.format.len : percent + 1;
        if (percent == SIZE_MAX)
            break;
        if (f.at < f.format.len && f.format.ptr[f.at] == '%') {
            bl_str_addc(&f.out, '%');
            f.at++;
            continue;
        }
        const bl_value failed = write_clause(&f);

        if (failed.kind == BL_ERROR)
            return failed;
        if (!bl_pay_text(call, f.out.len - f.paid))
            return bl_cost_error(call);
        f.paid = f.out.len;
    }
    return f.unknown.kind == BL_NULL ? bl_built_string(call, &f.out) : f.unknown;
}
