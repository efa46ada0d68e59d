/* expr/builtins_string.c, _format.c, _math.c, _time.c, _misc.c: what the conformance data leaves
 * out: edges, errors, and what is unknown inside lists. */
#include "harness.h"

static int open_plain(void **state)
{
    harness *h = malloc(sizeof *h);

    harness_open(h, BL_ENV_PLAIN);
    harness_declare(h, "zero", BL_SIMPLE(INT), bl_int(0)); /* so that nothing is folded */
    harness_declare(h, "s", BL_SIMPLE(STRING), bl_string_value(&h->arena, BYLAW_STR("ab中😀ab")));
    harness_declare(h, "e", BL_SIMPLE(STRING), bl_string_value(&h->arena, BYLAW_STR("")));
    harness_unknown(h, "u", BL_SIMPLE(INT));
    harness_unknown(h, "v", BL_SIMPLE(INT));
    bl_value *items = BL_NEW_N(&h->arena, bl_value, 3);

    items[0] = bl_int(7);
    items[1] = h->slots[3];
    items[2] = bl_int(9);
    harness_declare(h, "partly", harness_type(h, "list(int)"), bl_list_value(&h->arena, items, 3));
    bl_value *texts = BL_NEW_N(&h->arena, bl_value, 2);

    texts[0] = h->slots[4];
    texts[1] = bl_string_value(&h->arena, BYLAW_STR("x"));
    harness_declare(h, "texts", harness_type(h, "list(string)"),
                    bl_list_value(&h->arena, texts, 2));
    *state = h;
    return 0;
}

static int close_plain(void **state)
{
    harness_close(*state);
    free(*state);
    return 0;
}

static void texts_are_counted_in_code_points(void **state)
{
    static const eval_case cases[] = {
        {"s.charAt(2)", "\"中\""},
        {"s.charAt(3)", "\"😀\""},
        {"s.charAt(6)", "\"\""},
        {"s.charAt(7)", "!text-index 0-11"},
        {"s.charAt(-1)", "!text-index 0-12"},
        {"s.charAt(9223372036854775807)", "!text-index 0-29"},
        {"s.indexOf('b')", "1"},
        {"s.indexOf('b', 2)", "5"},
        {"s.indexOf('', 6)", "6"},
        {"s.indexOf('a', 6)", "-1"},
        {"s.indexOf('a', 7)", "!text-index 0-17"},
        {"s.indexOf('a', -1)", "!text-index 0-18"},
        {"s.lastIndexOf('ab')", "4"},
        {"s.lastIndexOf('ab', 3)", "0"},
        {"s.lastIndexOf('😀')", "3"},
        {"s.lastIndexOf('')", "6"},
        {"s.lastIndexOf('', 2)", "2"},
        {"s.lastIndexOf('b', 0)", "-1"},
        {"s.lastIndexOf('b', 7)", "!text-index 0-21"},
        {"e.lastIndexOf('')", "0"},
        {"s.substring(2)", "\"中😀ab\""},
        {"s.substring(2, 4)", "\"中😀\""},
        {"s.substring(6)", "\"\""},
        {"s.substring(4, 3)", "!text-range 0-17"},
        {"s.substring(0, 7)", "!text-index 0-17"},
        {"s.substring(-1)", "!text-index 0-15"},
        {"s.reverse()", "\"ba😀中ba\""},
        {"' \\u3000中 \\n'.trim()", "\"中\""},
        {"' \\u3000\\n'.trim()", "\"\""},
        {"e.trim()", "\"\""},
        {"'zA[`{Z'.lowerAscii() + 'zA[`{Z'.upperAscii()", "\"za[`{zZA[`{Z\""},
    };

    HARNESS_CASES(*state, cases, true);
}

static void parts_are_replaced_split_and_joined(void **state)
{
    static const eval_case cases[] = {
        {"s.replace('ab', '')", "\"中😀\""},
        {"s.replace('ab', 'x', 1)", "\"x中😀ab\""},
        {"s.replace('ab', 'x', 0)", "\"ab中😀ab\""},
        {"s.replace('ab', 'x', -5)", "\"x中😀x\""},
        {"'中a'.replace('', '-')", "\"-中-a-\""},
        {"'中a'.replace('', '-', 2)", "\"-中-a\""},
        {"e.replace('', '-')", "\"-\""},
        {"'aaa'.replace('aa', 'b')", "\"ba\""},
        {"s.split('b')", "[\"a\", \"中😀a\", \"\"]"},
        {"s.split('b', 2)", "[\"a\", \"中😀ab\"]"},
        {"s.split('b', 1)", "[\"ab中😀ab\"]"},
        {"s.split('b', 0)", "[]"},
        {"s.split('b', -1)", "[\"a\", \"中😀a\", \"\"]"},
        {"'a中b'.split('')", "[\"a\", \"中\", \"b\"]"},
        {"'a中b'.split('', 2)", "[\"a\", \"中b\"]"},
        {"e.split('')", "[]"},
        {"e.split(',')", "[\"\"]"},
        {"['a', '中'].join()", "\"a中\""},
        {"['a', '中'].join('、')", "\"a、中\""},
        {"['a'].join('、')", "\"a\""},
        {"texts.join('、')", "?v"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void formats_write_every_kind(void **state)
{
    static const eval_case cases[] = {
        {"'%s %s'.format([1, 'a'])", "\"1 a\""},
        {"'%s'.format([[1, 'a', [null]]])", "\"[1, a, [null]]\""},
        {"'%s'.format([{'b': 1, 'a': [2u], 3: true}])", "\"{3: true, a: [2], b: 1}\""},
        {"'%s'.format([b'abc'])", "\"abc\""},
        {"'%s'.format([timestamp('2026-01-02T03:04:05.6Z')])", "\"2026-01-02T03:04:05.6Z\""},
        {"'%s'.format([type(1)])", "\"int\""},
        {"'%s'.format([1e300]).size()", "301"},
        {"'%d %d %d'.format([-5, 5u, 1.5])", "\"-5 5 1.5\""},
        {"'%b %b %b'.format([-5, 5u, true])", "\"-101 101 1\""},
        {"'%o %x %X'.format([-8, -255, 255u])", "\"-10 -ff FF\""},
        {"'%x'.format([-9223372036854775807 - 1])", "\"-8000000000000000\""},
        {"'%x %X'.format(['中', b'\\xff'])", "\"e4b8ad FF\""},
        {"'%.0f %.1f %f'.format([2.5, 0.25, 1])", "\"2 0.2 1.000000\""},
        {"'%.2e'.format([12345u])", "\"1.23e+04\""},
        {"'%.0e'.format([5])", "\"5e+00\""},
        {"'100%%'.format([])", "\"100%\""},
        {"'中%s文'.format(['x'])", "\"中x文\""},
        {"'%s'.format([])", "!format-missing 0-15"},
        {"'%s'.format([1, 2])", "\"1\""},
        {"'%'.format([1])", "!format-clause 0-15"},
        {"'%.3s'.format([1])", "!format-clause 0-18"},
        {"'%.f'.format([1.0])", "!format-clause 0-19"},
        {"'%.1001f'.format([1.0])", "!format-clause 0-23"},
        {"'%.99999999999999f'.format([1.0])", "!format-clause 0-33"},
        {"'%中'.format([1])", "!format-clause 0-18"},
        {"'%d'.format(['a'])", "!format-value 0-18"},
        {"'%s'.format([optional.of(1)])", "!format-value 0-29"},
        {"'%s'.format([[optional.of(1)]])", "!format-value 0-31"},
        {"'%d %d'.format(partly)", "?u"},
        {"'%d'.format(partly)", "\"7\""},
    };

    HARNESS_CASES(*state, cases, true);
}

static void numbers_are_rounded_and_compared(void **state)
{
    static const eval_case cases[] = {
        {"math.greatest(1, 3, 2)", "3"},
        {"math.greatest(1, 1.5)", "1.5"},
        {"math.least([3, 1, 2])", "1"},
        {"math.greatest([1].filter(x, x > 1))", "!empty-list 0-35"},
        {"math.least(1, 0.0 / 0.0)", "!not-a-number 0-24"},
        {"math.greatest(partly)", "?u"},
        {"math.least(u, v)", "?u,v"},
        {"math.abs(-9223372036854775807 - zero - 1)", "!overflow 0-41"},
        {"math.abs(-2.5)", "2.5"},
        {"math.abs(3u)", "3u"},
        {"math.round(2.5)", "3.0"},
        {"math.round(-2.5)", "-3.0"},
        {"math.round(0.49999999999999994)", "0.0"},
        {"math.ceil(1.2)", "2.0"},
        {"math.sign(-0.0)", "-0.0"},
        {"math.sign(-7)", "-1"},
        {"math.sign(0u)", "0u"},
        {"math.sqrt(9)", "3.0"},
        {"math.bitNot(0u)", "18446744073709551615u"},
        {"math.bitXor(6, 3)", "5"},
        {"math.bitShiftLeft(1, 63)", "-9223372036854775808"},
        {"math.bitShiftLeft(1, 64)", "0"},
        {"math.bitShiftRight(-1, 1)", "9223372036854775807"},
        {"math.bitShiftRight(-1, -1)", "!negative-shift 0-26"},
        {"math.isInf(-1.0 / 0.0)", "true"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void clocks_and_calendars_follow_the_zone(void **state)
{
    static const eval_case cases[] = {
        {"timestamp('2026-01-01T00:30:00Z').getFullYear('-01:00')", "2025"},
        {"timestamp('2026-01-01T00:30:00Z').getDayOfYear('-01:00')", "364"},
        {"timestamp('2026-03-01T00:00:00Z').getDayOfYear()", "59"},
        {"timestamp('2026-11-22T00:00:00Z').getDayOfWeek()", "0"},
        {"timestamp('1969-12-31T23:59:59.5Z').getMilliseconds()", "500"},
        {"timestamp('1969-12-31T23:59:59.5Z').getSeconds()", "59"},
        {"timestamp('2026-06-01T00:00:00Z').getHours('Asia/Shanghai')", "8"},
        {"timestamp('2026-06-01T00:00:00Z').getMinutes('Asia/Kolkata')", "30"},
        {"timestamp('9999-12-31T23:59:59Z').getDayOfYear('+01:00')", "0"},
        {"timestamp('0001-01-01T00:00:00Z').getDate('-01:00')", "31"},
        {"timestamp('2026-06-01T00:00:00Z').getHours('Mars')", "!no-zone 0-50"},
        {"timestamp('2026-06-01T00:00:00Z').getHours('')", "!no-zone 0-46"},
        {"duration('-90m').getHours()", "-1"},
        {"duration('-90m').getMinutes()", "-90"},
        {"duration('123.321456789s').getMilliseconds()", "321"},
        {"duration('123.321456789s').getSeconds()", "123"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void base64_is_strict_but_for_padding(void **state)
{
    static const eval_case cases[] = {
        {"base64.encode(b'')", "\"\""},
        {"base64.encode(b'f') + base64.encode(b'fo') + base64.encode(b'foo')", "\"Zg==Zm8=Zm9v\""},
        {"base64.encode(b'\\xff\\xfe\\xfd')", "\"//79\""},
        {"base64.decode('Zg==')", "b\"f\""},
        {"base64.decode('Zg')", "b\"f\""},
        {"base64.decode('Zm8=')", "b\"fo\""},
        {"base64.decode('//79')", "b\"\\xff\\xfe\\xfd\""},
        {"base64.decode('')", "b\"\""},
        {"base64.decode('Z')", "!bad-base64 0-18"},
        {"base64.decode('Zg=')", "!bad-base64 0-20"},
        {"base64.decode('Zg===')", "!bad-base64 0-22"},
        {"base64.decode('Zh==')", "!bad-base64 0-21"},
        {"base64.decode('Z=g=')", "!bad-base64 0-21"},
        {"base64.decode('====')", "!bad-base64 0-21"},
        {"base64.decode('-_79')", "!bad-base64 0-21"},
        {"base64.decode('Zm 9v')", "!bad-base64 0-22"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void optionals_hold_one_value_or_none(void **state)
{
    static const eval_case cases[] = {
        {"optional.none().value()", "!no-value 0-23"},
        {"optional.of(u)", "?u"},
        {"optional.ofNonZeroValue(0.0).hasValue()", "false"},
        {"optional.ofNonZeroValue(b'').hasValue()", "false"},
        {"optional.ofNonZeroValue(duration('0s')).hasValue()", "false"},
        {"optional.ofNonZeroValue('a')", "optional.of(\"a\")"},
        {"optional.unwrap([optional.of(1), optional.none(), optional.of(3)])", "[1, 3]"},
        {"[optional.of(1)].unwrapOpt()", "[1]"},
        {"[1, 2].first().value() + [1, 2].last().value()", "3"},
        {"[].first().hasValue()", "false"},
        {"optional.of(1).orValue(5) + optional.none().orValue(5)", "6"},
        {"optional.none().or(optional.of(2))", "optional.of(2)"},
    };

    HARNESS_CASES(*state, cases, true);
}

static void addresses_are_read_strictly_and_written_in_one_way(void **state)
{
    static const eval_case cases[] = {
        {"ip('1.2.3.4')", "ip(\"1.2.3.4\")"},
        {"ip('1.2.3')", "!bad-address 0-11"},
        {"ip('1.2.3.04')", "!bad-address 0-14"},
        {"ip('1.2.3.4.')", "!bad-address 0-14"},
        {"ip('')", "!bad-address 0-6"},
        {"ip('1:2:3:4:5:6:7:8')", "ip(\"1:2:3:4:5:6:7:8\")"},
        {"ip('1:2:3:4:5:6:7')", "!bad-address 0-19"},
        {"ip('1:2:3:4:5:6:7:8:9')", "!bad-address 0-23"},
        {"ip('1:2:3:4:5:6:7::')", "ip(\"1:2:3:4:5:6:7:0\")"},
        {"ip('1:2:3:4:5:6:7:8::')", "!bad-address 0-23"},
        {"ip('::1:2:3:4:5:6:7')", "ip(\"0:1:2:3:4:5:6:7\")"},
        {"ip('1::2::3')", "!bad-address 0-13"},
        {"ip(':1')", "!bad-address 0-8"},
        {"ip('1:')", "!bad-address 0-8"},
        {"ip(':::')", "!bad-address 0-9"},
        {"ip('12345::')", "!bad-address 0-13"},
        {"ip('g::')", "!bad-address 0-9"},
        {"ip('1:0:0:2:0:0:0:3')", "ip(\"1:0:0:2::3\")"},
        {"ip('1:0:0:2:3:0:0:4')", "ip(\"1::2:3:0:0:4\")"},
        {"ip('1:0:2:3:4:5:6:7')", "ip(\"1:0:2:3:4:5:6:7\")"},
        {"ip('64:ff9b::192.0.2.33')", "ip(\"64:ff9b::c000:221\")"},
        {"ip('1:2:3:4:5:6:7:1.2.3.4')", "!bad-address 0-27"},
        {"ip('::ffff:1.2.3.4')", "!bad-address 0-20"},
        {"ip('0:0:0:0:0:FFFF:1.2.3.4')", "!bad-address 0-28"},
        {"ip('::ffff:102:304').family()", "6"},
        {"cidr('1.2.3.4/32') == cidr('1.2.3.4/32')", "true"},
        {"cidr('1.2.3.4/32') == cidr('1.2.3.4/31')", "false"},
        {"cidr('1.2.3.4/032')", "!bad-network 0-19"},
        {"cidr('1.2.3.4/-1')", "!bad-network 0-18"},
        {"cidr('::/129')", "!bad-network 0-14"},
        {"cidr('::/0').containsIP('ffff::')", "true"},
        {"cidr('::/0').containsIP('1.2.3.4')", "false"},
        {"cidr('0.0.0.0/0').containsIP('255.1.2.3')", "true"},
        {"cidr('10.0.0.128/25').containsIP('10.0.0.127')", "false"},
        {"cidr('ffff:ffff::/17').masked()", "cidr(\"ffff:8000::/17\")"},
        {"cidr('255.255.255.255/0').masked()", "cidr(\"0.0.0.0/0\")"},
        {"type(ip('::1')) == net.IP && type(cidr('::/1')) == net.CIDR", "true"},
        {"ip('::1') in [ip('::2'), ip('0::1')]", "true"},
        {"'%s'.format([ip('::1')])", "!format-value 0-24"},
        {"dyn(ip('::1')) == dyn(cidr('::1/128'))", "false"},
    };

    HARNESS_CASES(*state, cases, true);
}

/* Work grows with what is read and made, and so does the cost: each of these would run long. */
static void no_function_is_free(void **state)
{
    harness *h = *state;
    static const char *const costly[] = {
        "(big + big).replace('a', big).size()",
        "[big, big, big, big].join(big).replace('', big)",
        "big.split('')",
        "'%s%s%s'.format([big, big, big]).replace('a', '%s').size()",
        "big.reverse().reverse().reverse().upperAscii().lowerAscii().size()",
        "big.indexOf(big.substring(1)) + big.lastIndexOf(big.substring(1))",
        "base64.decode(base64.encode(bytes(big)))",
        "strings.quote(strings.quote(big))",
    };

    enum { SIZE = 100000 };
    char *big = bl_arena_alloc(&h->arena, SIZE);

    memset(big, 'a', SIZE);
    harness_declare(h, "big", BL_SIMPLE(STRING),
                    bl_string_value(&h->arena, (bylaw_str){big, SIZE}));
    h->cost_limit = 20000;
    for (size_t i = 0; i < sizeof costly / sizeof costly[0]; i++) {
        const char *result = harness_eval(h, costly[i], true);

        if (strncmp(result, "!cost-limit", 11) != 0)
            fail_msg("%s: %.80s", costly[i], result);
    }
    h->cost_limit = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_counted_in_code_points),
        cmocka_unit_test(parts_are_replaced_split_and_joined),
        cmocka_unit_test(formats_write_every_kind),
        cmocka_unit_test(numbers_are_rounded_and_compared),
        cmocka_unit_test(clocks_and_calendars_follow_the_zone),
        cmocka_unit_test(base64_is_strict_but_for_padding),
        cmocka_unit_test(optionals_hold_one_value_or_none),
        cmocka_unit_test(addresses_are_read_strictly_and_written_in_one_way),
        cmocka_unit_test(no_function_is_free),
    };

    return cmocka_run_group_tests(tests, open_plain, close_plain);
}
