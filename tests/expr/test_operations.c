/* tests/expr/test_operations.c: operators and functions at their edges, evaluated unchecked, so
 * that what the checker would refuse comes to be evaluated too: the error says where it arose. */
#include "harness.h"

#include <math.h>

static bl_value made(harness *h, const char *text)
{
    return harness_run(h, harness_compile(h, text, true), false);
}

/* Variables, so that nothing is folded. */
static int open_plain(void **state)
{
    harness *h = malloc(sizeof *h);

    harness_open(h, BL_ENV_PLAIN);
    harness_declare(h, "one", BL_SIMPLE(INT), bl_int(1));
    harness_declare(h, "big", BL_SIMPLE(INT), bl_int(INT64_MAX));
    harness_declare(h, "small", BL_SIMPLE(INT), bl_int(INT64_MIN));
    harness_declare(h, "two", BL_SIMPLE(UINT), bl_uint(2));
    harness_declare(h, "top", BL_SIMPLE(UINT), bl_uint(UINT64_MAX));
    harness_declare(h, "nan", BL_SIMPLE(DOUBLE), bl_double(NAN));
    harness_declare(h, "yes", BL_SIMPLE(BOOL), bl_bool(true));
    harness_declare(h, "s", BL_SIMPLE(STRING), bl_string_value(&h->arena, BYLAW_STR("x")));
    harness_declare(h, "e", BL_SIMPLE(STRING), bl_string_value(&h->arena, BYLAW_STR("")));
    harness_declare(h, "b", BL_SIMPLE(BYTES), made(h, "b'ab'"));
    harness_declare(h, "xs", harness_type(h, "list(int)"), made(h, "[1, 2, 3]"));
    harness_declare(h, "m", harness_type(h, "map(string, int)"), made(h, "{'a': 1}"));
    harness_declare(h, "t", BL_SIMPLE(TIMESTAMP), made(h, "timestamp('2026-11-21T10:20:30.5Z')"));
    harness_unknown(h, "u", BL_SIMPLE(INT));
    *state = h;
    return 0;
}

static int close_plain(void **state)
{
    harness_close(*state);
    free(*state);
    return 0;
}

static void numbers_are_exact_or_an_error(void **state)
{
    static const eval_case cases[] = {
        {"dyn(big) + 1", "!overflow 0-12"},
        {"dyn(one) + 2", "3"},
        {"dyn(small) - 1", "!overflow 0-14"},
        {"dyn(one) - 2", "-1"},
        {"dyn(big) * 2", "!overflow 0-12"},
        {"dyn(one) * 2", "2"},
        {"dyn(one) / 0", "!divide-by-zero 0-12"},
        {"small / -1", "!overflow 0-10"},
        {"one / -1", "-1"},
        {"one % -1", "0"},
        {"small % -1", "!overflow 0-10"},
        {"one % 0", "!divide-by-zero 0-7"},
        {"-small", "!overflow 0-6"},
        {"-one", "-1"},
        {"top + 1u", "!overflow 0-8"},
        {"two + 1u", "3u"},
        {"two - 3u", "!overflow 0-8"},
        {"two - 1u", "1u"},
        {"two * 2u", "4u"},
        {"top * 2u", "!overflow 0-8"},
        {"two / 2u", "1u"},
        {"two / 0u", "!divide-by-zero 0-8"},
        {"two % 2u", "0u"},
        {"two % 0u", "!divide-by-zero 0-8"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void lists_and_times_are_added(void **state)
{
    static const eval_case cases[] = {
        {"[] + xs", "[1, 2, 3]"},
        {"xs + []", "[1, 2, 3]"},
        {"xs + xs", "[1, 2, 3, 1, 2, 3]"},
        {"duration('1h') + t", "timestamp(\"2026-11-21T11:20:30.5Z\")"},
        {"t + duration('1h')", "timestamp(\"2026-11-21T11:20:30.5Z\")"},
        {"t - duration('1h')", "timestamp(\"2026-11-21T09:20:30.5Z\")"},
        {"t - t", "duration(\"0s\")"},
        {"duration('1h') - duration('2h')", "duration(\"-3600s\")"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void what_has_no_order_is_not_compared(void **state)
{
    static const eval_case cases[] = {
        {"!dyn(yes)", "false"},      {"!dyn(one)", "!no-overload 0-9"},
        {"nan < 1.0", "false"},      {"nan <= 1.0", "false"},
        {"nan > 1.0", "false"},      {"nan >= 1.0", "false"},
        {"dyn(nan) < one", "false"}, {"dyn(one) <= 1.5", "true"},
        {"dyn(one) > two", "false"}, {"dyn(one) >= 1u", "true"},
        {"dyn('a') < 'b'", "true"},  {"dyn(yes) <= true", "true"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void a_list_is_searched_whatever_stands_in_it(void **state)
{
    static const eval_case cases[] = {
        {"one in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "true"},
        {"two in [1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 9u, 10u]", "true"},
        {"nan in [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]", "false"},
        {"yes in [true, false, true, false, true, false, true, false, true, false]", "true"},
        {"b in [b'a', b'b', b'c', b'd', b'e', b'f', b'g', b'h', b'i', b'j']", "false"},
        {"dyn(one) in [1, 'a', 2, 'b', 3, 'c', 4, 'd', 5, 'e', 6]", "true"},
        {"dyn(one) in [dyn('a'), 'b', 1.0, 2, 3, 4, 5, 6, 7, 8, 9]", "true"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void an_index_is_a_whole_number_within_the_list(void **state)
{
    static const eval_case cases[] = {
        {"xs[0]", "1"},
        {"xs[-1]", "!no-index 0-6"},
        {"xs[3]", "!no-index 0-5"},
        {"xs[dyn(1u)]", "2"},
        {"xs[dyn(top)]", "!no-index 0-12"},
        {"xs[dyn(1.0)]", "2"},
        {"xs[dyn(1.5)]", "!unreadable 0-12"},
        {"xs[dyn(1e300)]", "!unreadable 0-14"},
        {"xs[dyn(-1e300)]", "!unreadable 0-15"},
        {"xs[dyn('a')]", "!unreadable 0-12"},
        {"m['a']", "1"},
        {"m['z']", "!no-key 0-6"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void what_does_not_fit_is_not_converted(void **state)
{
    static const eval_case cases[] = {
        {"int(1e300 * double(one))", "!range 0-24"},
        {"int(-1e300 * double(one))", "!range 0-25"},
        {"int(nan)", "!range 0-8"},
        {"int(s)", "!unreadable 0-6"},
        {"int('9223372036854775808' + e)", "!range 0-30"},
        {"int('7' + e)", "7"},
        {"int(top)", "!range 0-8"},
        {"uint(-1.0 * double(one))", "!range 0-24"},
        {"uint(1e300 * double(one))", "!range 0-25"},
        {"uint(nan)", "!range 0-9"},
        {"uint(one)", "1u"},
        {"uint(-one)", "!range 0-10"},
        {"uint(s)", "!unreadable 0-7"},
        {"uint('7' + e)", "7u"},
        {"uint('18446744073709551616' + e)", "!range 0-32"},
        {"double('1e999' + e)", "!range 0-19"},
        {"double(s)", "!unreadable 0-9"},
        {"double('1.5' + e)", "1.5"},
        {"string(!yes)", "\"false\""},
        {"string(yes)", "\"true\""},
        {"string(b)", "\"ab\""},
        {"string(b'\\xff')", "!not-utf8 0-15"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void functions_of_numbers_take_numbers(void **state)
{
    static const eval_case cases[] = {
        {"math.greatest(dyn(s), 1)", "!no-overload 0-24"},
        {"math.greatest([1, dyn(s)])", "!no-overload 0-26"},
        {"math.greatest(xs)", "3"},
        {"math.least(xs)", "1"},
        {"math.greatest([])", "!empty-list 0-17"},
        {"math.sqrt(two)", "1.4142135623730951"},
        {"math.sqrt(one)", "1.0"},
        {"math.sqrt(nan)", "double(\"NaN\")"},
        {"math.sign(nan)", "double(\"NaN\")"},
        {"math.sign(0.0 * double(one))", "0.0"},
        {"math.sign(-2.5 * double(one))", "-1.0"},
        {"math.sign(2.5 * double(one))", "1.0"},
        {"math.isFinite(nan)", "false"},
        {"math.ceil(1.2 * double(one))", "2.0"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void a_zone_that_nobody_knows_is_told(void **state)
{
    static const eval_case cases[] = {
        {"t.getFullYear('No/Zone')", "!no-zone 0-24"},
        {"t.getFullYear('+08:00')", "2026"},
        {"t.getMonth('No/Zone')", "!no-zone 0-21"},
        {"t.getDayOfMonth('No/Zone')", "!no-zone 0-26"},
        {"t.getDate('No/Zone')", "!no-zone 0-20"},
        {"t.getDayOfYear('No/Zone')", "!no-zone 0-25"},
        {"t.getDayOfWeek('No/Zone')", "!no-zone 0-25"},
        {"t.getHours('No/Zone')", "!no-zone 0-21"},
        {"t.getMinutes('No/Zone')", "!no-zone 0-23"},
        {"t.getSeconds('No/Zone')", "!no-zone 0-23"},
        {"t.getMilliseconds('No/Zone')", "!no-zone 0-28"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void a_format_is_read_to_its_end(void **state)
{
    static const eval_case cases[] = {
        {"'%b'.format([!yes])", "\"0\""},
        {"'%'.format([1])", "!format-clause 0-15"},
        {"'%.'.format([1])", "!format-clause 0-16"},
        {"'%.2'.format([1.0])", "!format-clause 0-19"},
        {"'%.af'.format([1.0])", "!format-clause 0-20"},
        {"'%.3f'.format([1.0])", "\"1.000\""},
        {"'%.f'.format([1.0])", "!format-clause 0-19"},
        {"'%.x'.format([1])", "!format-clause 0-17"},
        {"'%d'.format([dyn(s)])", "!format-value 0-21"},
        {"'%s'.format([u])", "?u"},
        {"'%s'.format([[1, u]])", "?u"},
        {"'%s'.format([{'a': u}])", "?u"},
        {"'%s'.format([optional.of(1)])", "!format-value 0-29"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void what_is_zero_is_no_value(void **state)
{
    static const eval_case cases[] = {
        {"optional.ofNonZeroValue(!yes)", "optional.none()"},
        {"optional.ofNonZeroValue(yes)", "optional.of(true)"},
        {"optional.ofNonZeroValue(0.0 * double(one))", "optional.none()"},
        {"optional.ofNonZeroValue(e)", "optional.none()"},
        {"optional.ofNonZeroValue([])", "optional.none()"},
        {"optional.ofNonZeroValue({})", "optional.none()"},
        {"optional.ofNonZeroValue(null)", "optional.none()"},
        {"optional.ofNonZeroValue(b'')", "optional.none()"},
        {"optional.ofNonZeroValue(0u)", "optional.none()"},
        {"optional.ofNonZeroValue(duration('0s'))", "optional.none()"},
        {"optional.ofNonZeroValue(duration('1ns'))", "optional.of(duration(\"0.000000001s\"))"},
        {"optional.ofNonZeroValue(timestamp('1970-01-01T00:00:00Z'))", "optional.none()"},
        {"optional.ofNonZeroValue(optional.none())", "optional.none()"},
        {"optional.ofNonZeroValue(optional.of(one))", "optional.of(optional.of(1))"},
        {"optional.ofNonZeroValue(int)", "optional.of(int)"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void optional_values_stand_for_one_or_none(void **state)
{
    static const eval_case cases[] = {
        {"optional.none().or(optional.of(one))", "optional.of(1)"},
        {"optional.of(one).or(optional.none())", "optional.of(1)"},
        {"optional.none().orValue(one)", "1"},
        {"optional.of(one).orValue(2)", "1"},
        {"xs.last()", "optional.of(3)"},
        {"[].last()", "optional.none()"},
        {"xs.first()", "optional.of(1)"},
        {"[].first()", "optional.none()"},
        {"optional.unwrap([optional.of(one), optional.none()])", "[1]"},
        {"optional.unwrap([dyn(one)])", "!not-optional 0-27"},
        {"optional.unwrap([optional.of(one), dyn(u)])", "?u"},
        {"[optional.of(one)].unwrapOpt()", "[1]"},
        {"optional.of(one).optMap(x, x + 1)", "optional.of(2)"},
        {"optional.of(one).optFlatMap(x, optional.none())", "optional.none()"},
        {"dyn(one).optMap(x, x + 1)", "!no-overload 0-25"},
        {"dyn(one).optFlatMap(x, x)", "!no-overload 0-25"},
        {"optional.of(one).optFlatMap(x, dyn(x))", "!no-overload 0-38"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void texts_are_joined_and_trimmed(void **state)
{
    static const eval_case cases[] = {
        {"[dyn(one)].join()", "!no-overload 0-17"},
        {"[dyn(one)].join(',')", "!no-overload 0-20"},
        {"[s, dyn(u)].join(',')", "?u"},
        {"'\\u205f \\u3000a\\u2000'.trim()", "\"a\""},
        {"strings.quote(s + '\\n\\t\\\\\"')", "\"\\\"x\\\\n\\\\t\\\\\\\\\\\\\\\"\\\"\""},
    };

    HARNESS_CASES(*state, cases, false);
}

static void a_part_is_there_or_not_or_unknown(void **state)
{
    static const eval_case cases[] = {
        {"has(m.a)", "true"},
        {"has(m.z)", "false"},
        {"has(dyn(one).a)", "!no-overload 0-15"},
        {"has(dyn(u).a)", "?u"},
        {"dyn(one).a", "!no-overload 0-10"},
        {"dyn(s).a", "!no-overload 0-8"},
        {"dyn(u).a", "?u"},
        {"m.?a", "optional.of(1)"},
        {"m.?z", "optional.none()"},
        {"dyn(one).?a", "!no-overload 0-11"},
        {"dyn(u).?a", "?u"},
        {"xs[?0]", "optional.of(1)"},
        {"xs[?9]", "optional.none()"},
        {"m[?'a']", "optional.of(1)"},
        {"m[?'z']", "optional.none()"},
        {"dyn(one)[?0]", "!no-overload 0-12"},
        {"dyn(u)[?0]", "?u"},
        {"dyn(one)[0]", "!no-overload 0-11"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void loops_go_through_what_has_elements(void **state)
{
    static const eval_case cases[] = {
        {"dyn(one).exists(x, true)", "!not-a-range 0-8"},
        {"dyn(u).exists(x, true)", "?u"},
        {"xs.exists(x, u == x)", "?u"},
        {"xs.all(x, dyn(x))", "!not-bool 10-16"},
        {"m.exists(k, k == 'a')", "true"},
        {"m.map(k, k)", "[\"a\"]"},
        {"xs.transformMap(i, v, v + 1)", "{0: 2, 1: 3, 2: 4}"},
        {"xs.transformMap(i, v, i > 0, v + 1)", "{1: 3, 2: 4}"},
        {"m.transformMap(k, v, v + 1)", "{\"a\": 2}"},
        {"m.transformList(k, v, v)", "[1]"},
        {"xs.transformMap(i, v, u)", "?u"},
        {"xs.transformMap(i, v, 1 / (v - v))", "!divide-by-zero 22-33"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void addresses_and_networks_are_told_apart(void **state)
{
    static const eval_case cases[] = {
        {"ip('10.0.0.1').family()", "4"},
        {"dyn(cidr('10.0.0.0/8')).family()", "!no-overload 0-32"},
        {"dyn(cidr('10.0.0.0/8')).isUnspecified()", "!no-overload 0-39"},
        {"dyn(cidr('10.0.0.0/8')).isLoopback()", "!no-overload 0-36"},
        {"dyn(cidr('10.0.0.0/8')).isGlobalUnicast()", "!no-overload 0-41"},
        {"dyn(cidr('10.0.0.0/8')).isLinkLocalMulticast()", "!no-overload 0-46"},
        {"dyn(cidr('10.0.0.0/8')).isLinkLocalUnicast()", "!no-overload 0-44"},
        {"dyn(ip('10.0.0.1')).containsIP('10.0.0.1')", "!no-overload 0-42"},
        {"dyn(ip('10.0.0.1')).containsCIDR('10.0.0.0/8')", "!no-overload 0-46"},
        {"dyn(ip('10.0.0.1')).ip()", "!no-overload 0-24"},
        {"dyn(ip('10.0.0.1')).prefixLength()", "!no-overload 0-34"},
        {"dyn(ip('10.0.0.1')).masked()", "!no-overload 0-28"},
        {"cidr('10.0.0.0/8').containsIP(dyn(one))", "!no-overload 0-39"},
        {"cidr('10.0.0.0/8').containsIP('x')", "!bad-address 0-34"},
        {"cidr('10.0.0.0/8').containsCIDR(dyn(one))", "!no-overload 0-41"},
        {"cidr('10.0.0.0/8').containsCIDR('x')", "!bad-network 0-36"},
        {"cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')", "true"},
        {"cidr('10.0.0.0/8').containsCIDR('11.1.0.0/16')", "false"},
        {"cidr('10.0.0.0/16').containsCIDR('10.0.0.0/8')", "false"},
        {"cidr('10.0.0.0/8').containsCIDR('::/8')", "false"},
        {"cidr('10.0.0.0/8').containsIP('::1')", "false"},
        {"cidr('10.0.0.0/12').containsIP('10.15.0.1')", "true"},
        {"cidr('10.0.0.0/12').containsIP('10.16.0.1')", "false"},
        {"cidr('10.0.0.0/12').containsIP('11.0.0.1')", "false"},
        {"cidr('fe80::/10').containsIP('febf::1')", "true"},
        {"string(ip('10.0.0.1'))", "\"10.0.0.1\""},
        {"string(cidr('10.0.0.0/8'))", "\"10.0.0.0/8\""},
    };

    HARNESS_CASES(*state, cases, false);
}

static void ranges_of_addresses_end_where_they_end(void **state)
{
    static const eval_case cases[] = {
        {"ip('224.0.0.1').isLinkLocalMulticast()", "true"},
        {"ip('224.0.1.1').isLinkLocalMulticast()", "false"},
        {"ip('224.1.0.1').isLinkLocalMulticast()", "false"},
        {"ip('225.0.0.1').isLinkLocalMulticast()", "false"},
        {"ip('ff02::1').isLinkLocalMulticast()", "true"},
        {"ip('ff01::1').isLinkLocalMulticast()", "false"},
        {"ip('fe02::1').isLinkLocalMulticast()", "false"},
        {"ip('169.254.0.1').isLinkLocalUnicast()", "true"},
        {"ip('169.253.0.1').isLinkLocalUnicast()", "false"},
        {"ip('168.254.0.1').isLinkLocalUnicast()", "false"},
        {"ip('fe80::1').isLinkLocalUnicast()", "true"},
        {"ip('fec0::1').isLinkLocalUnicast()", "false"},
        {"ip('fd80::1').isLinkLocalUnicast()", "false"},
        {"ip('0.0.0.0').isGlobalUnicast()", "false"},
        {"ip('127.0.0.1').isGlobalUnicast()", "false"},
        {"ip('224.0.0.1').isGlobalUnicast()", "false"},
        {"ip('169.254.0.1').isGlobalUnicast()", "false"},
        {"ip('255.255.255.255').isGlobalUnicast()", "false"},
        {"ip('8.8.8.8').isGlobalUnicast()", "true"},
        {"ip('::').isGlobalUnicast()", "false"},
        {"ip('2001:db8::1').isGlobalUnicast()", "true"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void addresses_are_read_exactly(void **state)
{
    static const eval_case cases[] = {
        {"ip('1.2.3' + e)", "!bad-address 0-15"},
        {"ip('1.2.3.4.5' + e)", "!bad-address 0-19"},
        {"ip('1.2.3.' + e)", "!bad-address 0-16"},
        {"ip('::1.2.3.4' + e)", "ip(\"::102:304\")"},
        {"ip('1:2:3:4:5:6:7:1.2.3.4' + e)", "!bad-address 0-31"},
        {"ip('::1.2.3' + e)", "!bad-address 0-17"},
        {"cidr('10.0.0.0/33' + e)", "!bad-network 0-23"},
        {"cidr('10.0.0.0/8x' + e)", "!bad-network 0-23"},
        {"cidr('10.0.0.0' + e)", "!bad-network 0-20"},
        {"cidr('10.0.0.0/' + e)", "!bad-network 0-21"},
        {"ip.isCanonical('10.0.0.1')", "true"},
        {"ip.isCanonical('::0001')", "false"},
        {"isIP('10.0.0.1')", "true"},
        {"isIP('x')", "false"},
    };

    HARNESS_CASES(*state, cases, false);
}

static void what_cannot_be_read_is_told(void **state)
{
    static const eval_case cases[] = {
        {"base64.decode(s)", "!bad-base64 0-16"},
        {"base64.decode('YWI=')", "b\"ab\""},
        {"base64.encode(b)", "\"YWI=\""},
        {"s.matches('[')", "!bad-regex 0-14"},
        {"s.matches(s)", "true"},
        {"'aaaa'.matches('a{1000}{1000}')", "!bad-regex 0-31"},
        {"type(one)", "int"},
        {"type(u)", "?u"},
        {"type([u])", "?u"},
        {"one == u ? 1 : 2", "?u"},
        {"dyn(one) ? 1 : 2", "!not-bool 0-8"},
    };

    HARNESS_CASES(*state, cases, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_exact_or_an_error),
        cmocka_unit_test(lists_and_times_are_added),
        cmocka_unit_test(what_has_no_order_is_not_compared),
        cmocka_unit_test(a_list_is_searched_whatever_stands_in_it),
        cmocka_unit_test(an_index_is_a_whole_number_within_the_list),
        cmocka_unit_test(what_does_not_fit_is_not_converted),
        cmocka_unit_test(functions_of_numbers_take_numbers),
        cmocka_unit_test(a_zone_that_nobody_knows_is_told),
        cmocka_unit_test(a_format_is_read_to_its_end),
        cmocka_unit_test(what_is_zero_is_no_value),
        cmocka_unit_test(optional_values_stand_for_one_or_none),
        cmocka_unit_test(texts_are_joined_and_trimmed),
        cmocka_unit_test(a_part_is_there_or_not_or_unknown),
        cmocka_unit_test(loops_go_through_what_has_elements),
        cmocka_unit_test(addresses_and_networks_are_told_apart),
        cmocka_unit_test(ranges_of_addresses_end_where_they_end),
        cmocka_unit_test(addresses_are_read_exactly),
        cmocka_unit_test(what_cannot_be_read_is_told),
    };

    return cmocka_run_group_tests(tests, open_plain, close_plain);
}
