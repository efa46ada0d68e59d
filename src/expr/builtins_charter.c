/* expr/builtins_charter.c: functions that rule sets need and CEL has not: kinds and offices with
 * levels, ballots, registers, sets of names, fractions, days of the calendar. The functions that go
 * through rows of records stand in builtins_rows.c.
 *
 * Elements of a list may be unknown though the list is known: what they decide is unknown then. */
#include "expr/builtin_util.h"
#include "expr/eval.h"

#include "expr/builtins_rows.h"
#include "expr/list_index.h"
#include "expr/operators.h"
#include "text/unicode.h"
#include "value/date.h"

#include <string.h>

/* --- levels ----------------------------------------------------------------------------------- */

static bl_value is(bl_call *call, const bl_value *args, size_t n)
{
    bl_value result = bl_bool(false);

    if (!bl_charge(call, n))
        return bl_cost_error(call);
    for (size_t i = 1; i < n && !bl_is_true(result); i++) {
        const bl_value one = bl_value_is(call->eval->arena, args[0], args[i]);

        result = bl_is_true(one) || one.kind == BL_ERROR
                     ? one
                     : bl_unknown_merge(call->eval->arena, result, one);
        if (result.kind == BL_ERROR)
            break;
    }
    return result;
}

/* Every element of one list compared with every one of another, each all the way down. */
static bool pay_comparing(bl_call *call, bl_value a, bl_value b)
{
    const uint64_t most = bl_cost_limit(call->eval);
    const uint64_t in_a = bl_value_units(a, most), in_b = bl_value_units(b, most);

    return bl_pay_pairs(call, in_a + 1, b.kind == BL_LIST ? b.as.list->count + 1 : 1) &&
           bl_pay_pairs(call, in_b + 1, a.kind == BL_LIST ? a.as.list->count + 1 : 1);
}

/* --- lists as sets ---------------------------------------------------------------------------- */

/* Is b one character off from two different names of the list? Then it is a slip for neither. */
static bool is_between(bl_value b, const bl_list *list)
{
    const bl_name *near = NULL;

    for (size_t i = 0; i < list->count && b.kind == BL_NAME; i++) {
        const bl_value v = list->items[i];

        if (v.kind != BL_NAME || !bl_name_one_off(b.as.name->key, v.as.name->key))
            continue;
        if (near != NULL && !bl_str_equal(near->key, v.as.name->key))
            return true;
        near = v.as.name;
    }
    return false;
}

/* Which elements of b certainly stand in a as well, or can be meant by no other name of a. */
static bl_value taken_by(bl_call *call, bool **out, const bl_list *b, const bl_list *a)
{
    bl_arena *arena = call->eval->arena;
    bool *taken = BL_NEW_N(arena, bool, b->count);

    if (taken == NULL)
        return bl_oom_value();
    for (size_t k = 0; k < b->count; k++) {
        for (size_t i = 0; i < a->count && !taken[k]; i++) {
            const bl_value same = bl_value_equal(arena, a->items[i], b->items[k]);

            if (same.kind == BL_ERROR)
                return same;
            taken[k] = bl_is_true(same);
        }
        taken[k] = taken[k] || is_between(b->items[k], a);
    }
    *out = taken;
    return BL_NULL_VALUE;
}

/* Is every element of a in b? A known no outweighs the unknown. */
static bl_value all_in(bl_call *call, const bl_list *a, const bl_list *b)
{
    bl_arena *arena = call->eval->arena;
    bl_value all = bl_bool(true);
    bool *taken = NULL;
    const bl_value failed = taken_by(call, &taken, b, a);

    const bl_near_names but = {taken, bl_names_apart, call->eval};

    if (failed.kind == BL_ERROR)
        return failed;
    for (size_t i = 0; i < a->count; i++) {
        const bl_value in = bl_value_in_list_but(arena, a->items[i], b, &but);

        if (bl_is_false(in) || in.kind == BL_ERROR)
            return in;
        if (in.kind == BL_UNKNOWN)
            all = bl_unknown_merge(arena, all, in);
    }
    return all;
}

static bl_value same_set(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *a = args[0].as.list, *b = args[1].as.list;

    (void)n;
    if (!pay_comparing(call, args[0], args[1]))
        return bl_cost_error(call);
    const bl_value there = all_in(call, a, b);

    if (bl_is_false(there) || there.kind == BL_ERROR)
        return there;
    const bl_value back = all_in(call, b, a);

    return bl_is_false(back) ? back : bl_unknown_merge(call->eval->arena, there, back);
}

static bl_value without(bl_call *call, const bl_value *args, size_t n)
{
    bl_arena *arena = call->eval->arena;
    const bl_list *a = args[0].as.list, *b = args[1].as.list;
    bl_value *items = BL_NEW_N(arena, bl_value, a->count);
    bl_value unknown = BL_NULL_VALUE;
    bool *taken = NULL;
    size_t count = 0;

    (void)n;
    if (!pay_comparing(call, args[0], args[1]))
        return bl_cost_error(call);
    const bl_value failed = taken_by(call, &taken, b, a);
    const bl_near_names but = {taken, bl_names_apart, call->eval};

    if (failed.kind == BL_ERROR || items == NULL)
        return bl_oom_value();
    for (size_t i = 0; i < a->count; i++) {
        const bl_value in = bl_value_in_list_but(arena, a->items[i], b, &but);

        if (in.kind == BL_ERROR)
            return in;
        if (in.kind == BL_UNKNOWN) /* whether it stays is not known, so neither is the list */
            unknown = bl_unknown_merge(arena, unknown, in);
        else if (!in.as.b)
            items[count++] = a->items[i];
    }
    return unknown.kind == BL_NULL ? bl_list_value(arena, items, count) : unknown;
}

/* Long lists are looked up by a hash of what decides equality. */
#define MANY_ITEMS 32

/* What two items must have in common to be one, or to be mistaken for one: the text, the skeleton
 * of a name, the number. false: no memory. */
static bool trait_of(bl_arena *arena, const bl_value *item, bylaw_str *out)
{
    switch (item->kind) {
    case BL_STRING:
        *out = *item->as.s;
        return true;
    case BL_NAME:
        return bl_name_skeleton(arena, out, item->as.name->key) == BYLAW_OK;
    default:
        *out = (bylaw_str){(const char *)&item->as.i, sizeof item->as.i};
        return true;
    }
}

/* Are the items of one kind that has such a trait? */
static bool have_traits(const bl_list *list)
{
    const uint8_t kind = list->count > 0 ? list->items[0].kind : BL_NULL;
    bool all = kind == BL_STRING || kind == BL_NAME || kind == BL_INT || kind == BL_DATE;

    for (size_t i = 0; i < list->count && all; i++)
        all = list->items[i].kind == kind;
    return all;
}

typedef struct seen_item {
    uint64_t hash;
    size_t item; /* its number and 1; 0: free */
} seen_item;

/* As distinct below, each item held only against those of its trait: linear in the list. */
static bl_value distinct_of_many(bl_call *call, const bl_list *list, bl_value *items)
{
    bl_arena *arena = call->eval->arena;
    bl_value unknown = BL_NULL_VALUE;
    size_t room = 64, count = 0;

    while (room < 2 * list->count)
        room *= 2;
    seen_item *seen = BL_NEW_N(arena, seen_item, room);

    if (seen == NULL)
        return bl_oom_value();
    for (size_t i = 0; i < list->count; i++) {
        bylaw_str trait;
        bool again = false;

        if (!bl_charge(call, 2 + bl_value_units(list->items[i], UINT64_MAX)))
            return bl_cost_error(call);
        if (!trait_of(arena, &list->items[i], &trait))
            return bl_oom_value();
        const uint64_t hash = bl_str_hash(trait);
        size_t at = hash & (room - 1);

        for (; seen[at].item != 0 && !again; at = (at + 1) & (room - 1)) {
            if (seen[at].hash != hash)
                continue;
            const bl_value same = bl_value_equal(arena, list->items[i], items[seen[at].item - 1]);

            if (same.kind == BL_ERROR)
                return same;
            if (same.kind == BL_UNKNOWN)
                unknown = bl_unknown_merge(arena, unknown, same);
            again = bl_is_true(same);
        }
        if (!again) {
            items[count++] = list->items[i];
            seen[at] = (seen_item){hash, count};
        }
    }
    return unknown.kind == BL_NULL ? bl_list_value(arena, items, count) : unknown;
}

bl_value bl_op_distinct(bl_call *call, const bl_value *args, size_t n)
{
    bl_arena *arena = call->eval->arena;
    const bl_list *list = args[0].as.list;
    uint64_t price;
    size_t different;

    (void)n;
    if (bl_list_count_texts(&different, &price, list, (bl_list_part){NULL, 0}) &&
        different == list->count)
        return bl_charge(call, price) ? args[0] : bl_cost_error(call);
    const bool many = list->count >= MANY_ITEMS && have_traits(list);

    if (!many && !pay_comparing(call, args[0], args[0]))
        return bl_cost_error(call);
    bl_value *items = BL_NEW_N(arena, bl_value, list->count);
    bl_value unknown = bl_unknown_items(call, list);
    size_t count = 0;

    if (items == NULL)
        return bl_oom_value();
    if (many)
        return distinct_of_many(call, list, items);
    for (size_t i = 0; i < list->count; i++) {
        bool again = false;

        for (size_t k = 0; k < count && !again; k++) {
            const bl_value same = bl_value_equal(arena, list->items[i], items[k]);

            if (same.kind == BL_ERROR)
                return same;
            if (same.kind == BL_UNKNOWN)
                unknown = bl_unknown_merge(arena, unknown, same);
            again = bl_is_true(same);
        }
        if (!again)
            items[count++] = list->items[i];
    }
    return unknown.kind == BL_NULL ? bl_list_value(arena, items, count) : unknown;
}

/* How many in a row at the list's end are this value. */
static bl_value trailing(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[0].as.list;
    size_t count = 0;

    (void)n;
    if (!pay_comparing(call, args[0], args[1]))
        return bl_cost_error(call);
    while (count < list->count) {
        const bl_value same =
            bl_value_equal(call->eval->arena, list->items[list->count - 1 - count], args[1]);

        if (!bl_is_known(same))
            return same;
        if (!same.as.b)
            break;
        count++;
    }
    return bl_int((int64_t)count);
}

/* --- numbers ---------------------------------------------------------------------------------- */

static bl_value overflow(bl_call *call)
{
    return bl_fail0(call, overflow);
}

static bl_value not_summed(bl_call *call, bl_value item)
{
    return bl_fail(call, no_overload, BL_TEXT("function", BYLAW_STR("sum")),
                   BL_TEXT("types", bl_kind_name(item.kind)));
}

static bl_value sum_fractions(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[0].as.list;
    const bl_value unknown = bl_unknown_items(call, list);
    bylaw_fraction sum = {0, 1};

    (void)n;
    if (!bl_charge(call, list->count))
        return bl_cost_error(call);
    if (unknown.kind != BL_NULL)
        return unknown;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind != BL_FRACTION)
            return not_summed(call, list->items[i]);
        if (!bl_fraction_add(&sum, sum, *list->items[i].as.fraction))
            return overflow(call);
    }
    return bl_fraction_value(call->eval->arena, sum);
}

/* Of a list that nobody knew the type of, as well: it is taken for one of whole numbers. */
static bl_value sum_ints(bl_call *call, const bl_value *args, size_t n)
{
    const bl_list *list = args[0].as.list;
    const bl_value unknown = bl_unknown_items(call, list);
    int64_t sum = 0;

    if (list->count > 0 && list->items[0].kind == BL_FRACTION)
        return sum_fractions(call, args, n);
    if (!bl_charge(call, list->count))
        return bl_cost_error(call);
    if (unknown.kind != BL_NULL)
        return unknown;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind != BL_INT)
            return not_summed(call, list->items[i]);
        if (__builtin_add_overflow(sum, list->items[i].as.i, &sum))
            return overflow(call);
    }
    return bl_int(sum);
}

/* |x - target| <= tolerance * |target|, all of it in 128 bits. */
static bl_value about_share(bl_call *call, const bl_value *args, size_t n)
{
    const bl_i128 x = args[0].as.i, target = args[1].as.i;
    const bylaw_fraction tolerance = *args[2].as.fraction;
    const bl_i128 off = x > target ? x - target : target - x;
    bl_i128 left;

    (void)n;
    /* off < 2^64, den < 2^63 */
    if (__builtin_mul_overflow(off, (bl_i128)tolerance.den, &left))
        return overflow(call);
    return bl_bool(left <= (bl_i128)tolerance.num * (target < 0 ? -target : target));
}

static bl_value about_count(bl_call *call, const bl_value *args, size_t n)
{
    const bl_i128 x = args[0].as.i, target = args[1].as.i;
    const bl_i128 off = x > target ? x - target : target - x;

    (void)call;
    (void)n;
    return bl_bool(off <= args[2].as.i);
}

static bl_value fraction_of(bl_call *call, const bl_value *args, size_t n)
{
    bylaw_fraction f;
    const int64_t den = n == 2 ? args[1].as.i : 1;

    if (den == 0)
        return bl_fail0(call, divide_by_zero);
    if (!bl_fraction_make(&f, args[0].as.i, den))
        return overflow(call);
    return bl_fraction_value(call->eval->arena, f);
}

static bl_value fraction_read(bl_call *call, const bl_value *args, size_t n)
{
    bylaw_fraction f;

    (void)n;
    switch (bl_read_fraction(&f, *args[0].as.s)) {
    case BYLAW_OK:
        return bl_fraction_value(call->eval->arena, f);
    case BYLAW_EOVERFLOW:
        return overflow(call);
    default:
        return bl_fail(call, bad_fraction,
                       BL_TEXT("value", bl_value_shown(call->eval->arena, args[0])));
    }
}

/* The whole number at or below a/b, b > 0. */
static int64_t floor_of(bylaw_fraction f)
{
    return f.num / f.den - (f.num % f.den < 0);
}

#define OF_FRACTION(name, part)                                                                    \
    static bl_value name(bl_call *call, const bl_value *args, size_t n)                            \
    {                                                                                              \
        const bylaw_fraction f = *args[0].as.fraction;                                             \
                                                                                                   \
        (void)call;                                                                                \
        (void)n;                                                                                   \
        return bl_int(part);                                                                       \
    }

OF_FRACTION(numerator, f.num)
OF_FRACTION(denominator, f.den)
OF_FRACTION(floor_fraction, floor_of(f))
OF_FRACTION(ceil_fraction, floor_of(f) + (f.num % f.den != 0))

/* --- dates ------------------------------------------------------------------------------------ */

static bl_value date_of(bl_call *call, const bl_value *args, size_t n)
{
    int64_t days;

    (void)n;
    if (!bl_date_make(&days, args[0].as.i, args[1].as.i, args[2].as.i))
        return bl_fail(call, no_such_day, BL_INT("year", args[0].as.i),
                       BL_INT("month", args[1].as.i), BL_INT("day", args[2].as.i));
    return bl_date_value(days);
}

static bl_value date_read(bl_call *call, const bl_value *args, size_t n)
{
    bylaw_str rest;
    int64_t days;

    (void)n;
    if (bl_date_read(&days, &rest, *args[0].as.s) != BL_DATE_OK || rest.len > 0)
        return bl_fail(call, bad_date,
                       BL_TEXT("value", bl_value_shown(call->eval->arena, args[0])));
    return bl_date_value(days);
}

static bl_value date_range(bl_call *call)
{
    return bl_fail0(call, date_range);
}

static bl_value add_days(bl_call *call, const bl_value *args, size_t n)
{
    int64_t days;

    (void)n;
    return bl_date_add_days(&days, args[0].as.i, args[1].as.i) ? bl_date_value(days)
                                                               : date_range(call);
}

static bl_value add_months(bl_call *call, const bl_value *args, size_t n)
{
    int64_t days;

    (void)n;
    return bl_date_add_months(&days, args[0].as.i, args[1].as.i) ? bl_date_value(days)
                                                                 : date_range(call);
}

static bl_value add_years(bl_call *call, const bl_value *args, size_t n)
{
    int64_t days, months;

    (void)n;
    return !__builtin_mul_overflow(args[1].as.i, INT64_C(12), &months) &&
                   bl_date_add_months(&days, args[0].as.i, months)
               ? bl_date_value(days)
               : date_range(call);
}

static bl_value days_until(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int(args[1].as.i - args[0].as.i);
}

/* Months that are full when the same day comes round, or the month's last where it has none. */
static int64_t full_months(int64_t from, int64_t to)
{
    const bl_ymd a = bl_date_parts(from), b = bl_date_parts(to);
    int64_t months = (int64_t)(b.year - a.year) * 12 + (b.month - a.month), reached;

    if (bl_date_add_months(&reached, from, months)) {
        if (to >= from && reached > to)
            months--;
        else if (to < from && reached < to)
            months++;
    }
    return months;
}

static bl_value months_until(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int(full_months(args[0].as.i, args[1].as.i));
}

static bl_value years_until(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int(full_months(args[0].as.i, args[1].as.i) / 12);
}

#define OF_DATE(name, part)                                                                        \
    static bl_value name(bl_call *call, const bl_value *args, size_t n)                            \
    {                                                                                              \
        const bl_ymd d = bl_date_parts(args[0].as.i);                                              \
                                                                                                   \
        (void)call;                                                                                \
        (void)n;                                                                                   \
        return bl_int(part);                                                                       \
    }

OF_DATE(date_year, d.year)
OF_DATE(date_month, d.month)
OF_DATE(date_day, d.day)

static bl_value weekday(bl_call *call, const bl_value *args, size_t n)
{
    (void)call;
    (void)n;
    return bl_int(bl_date_weekday(args[0].as.i));
}

/* --- names ------------------------------------------------------------------------------------ */

static bl_value as_name(bl_call *call, bl_value v)
{
    return v.kind == BL_STRING ? bl_name_value(call->eval->arena, *v.as.s) : v;
}

static bl_value same_name(bl_call *call, const bl_value *args, size_t n)
{
    const bl_value a = as_name(call, args[0]), b = as_name(call, args[1]);

    (void)n;
    return bl_value_equal(call->eval->arena, a, b);
}

/* Two different names that one could take for each other: never unknown. */
static bl_value looks_like(bl_call *call, const bl_value *args, size_t n)
{
    const bl_value a = as_name(call, args[0]), b = as_name(call, args[1]);
    bool alike = false;

    (void)n;
    if (a.kind != BL_NAME || b.kind != BL_NAME)
        return bl_oom_value();
    if (bl_name_looks_like(call->eval->arena, &alike, a.as.name->key, b.as.name->key) != BYLAW_OK)
        return bl_oom_value();
    return bl_bool(alike || bl_name_one_off(a.as.name->key, b.as.name->key));
}

#define CHARTER BL_CHARTER_ONLY
#define METHOD  (BL_CHARTER_ONLY | BL_MEMBER)

const bl_overload bl_builtins_charter[] = {
    {"is", "enum_is", METHOD, "enum?,...enum->bool", is},
    {"votes", "votes_list_enum_list", CHARTER, "list(record),enum,list(name)->int",
     bl_builtin_votes},
    {"at", "at_list_date", CHARTER, "list(<A>),date->list(<A>)", bl_builtin_at},
    {"sameSet", "sameSet_list_list", CHARTER, "list(<A>),list(<A>)->bool", same_set},
    {"without", "list_without_list", METHOD, "list(<A>),list(<A>)->list(<A>)", without},
    {"distinct", "list_distinct", METHOD, "list(<A>)->list(<A>)", bl_op_distinct},
    {"trailing", "trailing_list", CHARTER, "list(<A>),<A>->int", trailing},
    {"sum", "sum_list_int", CHARTER, "list(int)->int", sum_ints},
    {"sum", "sum_list_fraction", CHARTER, "list(fraction)->fraction", sum_fractions},
    {"about", "about_int_int_fraction", CHARTER, "int,int,fraction->bool", about_share},
    {"about", "about_int_int_int", CHARTER, "int,int,int->bool", about_count},
    {"fraction", "fraction_int_int", CHARTER, "int,int->fraction", fraction_of},
    {"fraction", "fraction_int", CHARTER, "int->fraction", fraction_of},
    {"fraction", "fraction_string", CHARTER, "string->fraction", fraction_read},
    {"numerator", "fraction_numerator", METHOD, "fraction->int", numerator},
    {"denominator", "fraction_denominator", METHOD, "fraction->int", denominator},
    {"floor", "fraction_floor", METHOD, "fraction->int", floor_fraction},
    {"ceil", "fraction_ceil", METHOD, "fraction->int", ceil_fraction},
    {"date", "date_int_int_int", CHARTER, "int,int,int->date", date_of},
    {"date", "date_string", CHARTER, "string->date", date_read},
    {"year", "date_year", METHOD, "date->int", date_year},
    {"month", "date_month", METHOD, "date->int", date_month},
    {"day", "date_day", METHOD, "date->int", date_day},
    {"weekday", "date_weekday", METHOD, "date->int", weekday},
    {"addDays", "date_add_days", METHOD, "date,int->date", add_days},
    {"addMonths", "date_add_months", METHOD, "date,int->date", add_months},
    {"addYears", "date_add_years", METHOD, "date,int->date", add_years},
    {"daysUntil", "date_days_until", METHOD, "date,date->int", days_until},
    {"monthsUntil", "date_months_until", METHOD, "date,date->int", months_until},
    {"yearsUntil", "date_years_until", METHOD, "date,date->int", years_until},
    {"sameName", "sameName_name_name", CHARTER, "name,name->bool", same_name},
    {"looksLike", "name_looks_like", METHOD, "name,name->bool", looks_like},
    {NULL, NULL, 0, NULL, NULL},
};
