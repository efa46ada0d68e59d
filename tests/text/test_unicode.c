/* text/unicode.c: keys and look-alikes of names, widths, zones, order; its tables against ICU. */
#include "text/unicode.h"

#include "text/utf8.h"

#include "support.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utrans.h>

#include <stdio.h>

static bl_arena arena;

static bylaw_str key(const char *name)
{
    bylaw_str out = {NULL, 0};
    assert_int_equal(bl_name_key(&arena, &out, bylaw_str_from(name)), BYLAW_OK);
    return out;
}

static const struct pair {
    const char *a, *b;
} same_names[] = {
    {"西部科技期刊联盟", "西部 科技　期刊\t联盟"},
    {"ＡＢＣ学会", "abc学会"},
    {"中國科學技術協會", "中国科学技术协会"},
    {"學會（筹）", "学会(筹)"},
    {"Straße", "STRASSE"},
    {"ﾃｽﾄ", "テスト"},
    {"ﬁeld", "FIELD"},
    {"e\u0301cole", "École"},
    {"学\u200B会", "学会"}, /* zero width space */
    {"学会\uFE00", "学会"}, /* variation selector */
    {"\u2F63会", "生会"},   /* Kangxi radical */
    {"乾坤", "乾坤"},
    {"瞭望", "了望"}, /* a phrase of the rules */
    {"", " "},
};

static void names_have_one_key(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof same_names / sizeof same_names[0]; i++)
        assert_string_equal(key(same_names[i].a).ptr, key(same_names[i].b).ptr);
    assert_string_not_equal(key("张三").ptr, key("张叁").ptr);
    assert_string_equal(key("皇后").ptr, "皇后");
}

static const struct alike_case {
    const char *a, *b;
    bool alike;
} alike_cases[] = {
    {"期刊1社", "期刊l社", true}, {"o社", "0社", true},    {"paypal", "pаypаl", true},
    {"rnine", "mine", true},      {"张三", "李四", false}, {"士会", "土会", true},
    {"同社", "同社", false},      {"abc", "abd", false},   {"一会", "ー会", true},
    {"未来社", "末来社", false},
};

static void look_alikes_have_equal_skeletons(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof alike_cases / sizeof alike_cases[0]; i++) {
        const struct alike_case *c = &alike_cases[i];
        bool alike = !c->alike;

        assert_int_equal(bl_name_looks_like(&arena, &alike, key(c->a), key(c->b)), BYLAW_OK);
        if (alike != c->alike)
            fail_msg("%s, %s", c->a, c->b);
    }
}

/* What is told without ICU, of characters that differ, is what the skeletons tell. */
static void short_cuts_tell_what_skeletons_tell(void **state)
{
    (void)state;
    for (int a = ' '; a <= '~'; a++) {
        for (int b = ' '; b <= '~'; b++) {
            const char texts[2][8] = {{'x', (char)a, 'y', '\0'}, {'x', (char)b, 'y', '\0'}};
            const bylaw_str left = key(texts[0]);
            const bylaw_str right = key(texts[1]);
            bylaw_str skeletons[2];
            bool alike = true;

            assert_int_equal(bl_name_skeleton(&arena, &skeletons[0], left), BYLAW_OK);
            assert_int_equal(bl_name_skeleton(&arena, &skeletons[1], right), BYLAW_OK);
            assert_int_equal(bl_name_looks_like(&arena, &alike, left, right), BYLAW_OK);
            assert_int_equal(alike, bl_str_equal(skeletons[0], skeletons[1]) &&
                                        !bl_str_equal(left, right));
            bl_arena_reset(&arena);
        }
    }
}

static void one_off_is_one_replaced_character(void **state)
{
    (void)state;
    assert_true(bl_name_one_off(BYLAW_STR("未来社"), BYLAW_STR("末来社")));
    assert_true(bl_name_one_off(BYLAW_STR("张三"), BYLAW_STR("张叁")));
    assert_false(bl_name_one_off(BYLAW_STR("张三"), BYLAW_STR("李四")));
    assert_false(bl_name_one_off(BYLAW_STR("张三"), BYLAW_STR("张三")));
    assert_false(bl_name_one_off(BYLAW_STR("张三"), BYLAW_STR("张三丰")));
    assert_false(bl_name_one_off(BYLAW_STR("甲"), BYLAW_STR("乙")));
    assert_false(bl_name_one_off(BYLAW_STR(""), BYLAW_STR("乙")));
}

/* UTF-16 as UTF-8; white space left out where `squeeze`. */
static bylaw_str utf8_of(const UChar *text, int32_t length, bool squeeze)
{
    bl_str out = bl_str_init(&arena);
    bylaw_str taken = {NULL, 0};

    for (int32_t i = 0; i < length; i++) {
        uint32_t cp = text[i];

        if (cp >= 0xD800 && cp < 0xDC00)
            cp = (cp - 0xD800) * 0x400 + (text[++i] - 0xDC00u) + 0x10000;
        if (!squeeze || !u_isUWhiteSpace((UChar32)cp))
            bl_str_add_codepoint(&out, cp);
    }
    assert_int_equal(bl_str_take(&taken, &out), BYLAW_OK);
    return taken;
}

static bylaw_str utf8_char(UChar32 c)
{
    bl_str out = bl_str_init(&arena);
    bylaw_str taken = {NULL, 0};

    bl_str_add_codepoint(&out, (uint32_t)c);
    assert_int_equal(bl_str_take(&taken, &out), BYLAW_OK);
    return taken;
}

/* What ICU makes of one character below U+10000, by the long way. */
static bylaw_str slow_key(UTransliterator *rules, UChar c)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar text[64];
    int32_t length, limit;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&error);

    limit = length = unorm2_normalize(normalizer, &c, 1, text, 64, &error);
    utrans_transUChars(rules, text, &length, 64, 0, &limit, &error);
    assert_true(U_SUCCESS(error));
    return utf8_of(text, length, true);
}

static UTransliterator *open_rules(void)
{
    UErrorCode error = U_ZERO_ERROR;
    UTransliterator *rules =
        utrans_openU(u"Traditional-Simplified", -1, UTRANS_FORWARD, NULL, 0, NULL, &error);

    assert_true(U_SUCCESS(error));
    return rules;
}

static void short_cuts_of_keys_agree_with_icu(void **state)
{
    (void)state;
    UTransliterator *rules = open_rules();

    for (UChar32 c = 1; c < 0x10000; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        const bylaw_str fast = key(utf8_char(c).ptr), slow = slow_key(rules, (UChar)c);

        if (!bl_str_equal(fast, slow))
            fail_msg("U+%04X gives %s, not %s", (unsigned)c, fast.ptr, slow.ptr);
        if (c % 1024 == 0)
            bl_arena_reset(&arena);
    }
    utrans_close(rules);
}

/* Rules replace phrases as well: every left side must come out as ICU has it. */
static void phrases_agree_with_icu(void **state)
{
    (void)state;
    UErrorCode error = U_ZERO_ERROR;
    UTransliterator *rules = open_rules();
    static UChar source[60000];
    const int32_t length = utrans_toRules(rules, 0, source, 60000, &error);
    int phrases = 0;

    assert_true(U_SUCCESS(error));
    for (int32_t at = 0; at < length; at++) {
        UChar phrase[64];
        int32_t n = 0;

        for (; at < length && source[at] != ';'; at++) {
            if (source[at] == '>')
                break;
            if (source[at] >= 0x3400 && source[at] < 0xA000)
                phrase[n++] = source[at];
        }
        while (at < length && source[at] != ';')
            at++;
        const bylaw_str text = utf8_of(phrase, n, false);
        int32_t limit = n;

        utrans_transUChars(rules, phrase, &n, 64, 0, &limit, &error);
        assert_string_equal(key(text.ptr).ptr, utf8_of(phrase, n, false).ptr);
        phrases++;
    }
    utrans_close(rules);
    assert_true(phrases > 2000);
}

static void short_cuts_of_skeletons_agree_with_icu(void **state)
{
    (void)state;
    UErrorCode error = U_ZERO_ERROR;
    USpoofChecker *checker = uspoof_open(&error);

    assert_true(U_SUCCESS(error));
    for (UChar32 c = 0x20; c < 0xA000; c = c == 0x7F ? 0x4E00 : c + 1) {
        const bylaw_str text = utf8_char(c);
        char slow[64];
        bylaw_str fast;

        if (u_isupper(c) || c == ' ' || c == '0') /* not in a key; 0 is like O, which is folded */
            continue;
        const int32_t length =
            uspoof_getSkeletonUTF8(checker, 0, text.ptr, (int32_t)text.len, slow, 64, &error);

        assert_int_equal(bl_name_skeleton(&arena, &fast, text), BYLAW_OK);
        if (fast.len != (size_t)length || memcmp(fast.ptr, slow, fast.len) != 0)
            fail_msg("U+%04X", (unsigned)c);
        if (c % 1024 == 0)
            bl_arena_reset(&arena);
    }
    uspoof_close(checker);
}

static const struct width_case {
    const char *text;
    size_t width;
} width_cases[] = {
    {"abc", 3},
    {"中文", 4},
    {"ａ", 2},
    {"e\u0301", 1},
    {"\u200B\uFEFF", 0},
    {"“”…×≥①→", 7},
    {"😀", 2},
    {"ｱ", 1},
    {"한", 2},
    {"\u1112\u1161\u11AB", 2},
    {"✓✗", 2},
    {"\x01\x7F", 0},
    {"\xFF", 1},
    {"，。（）《》", 12},
    {"", 0},
    {"\u00AD", 1},
};

static void widths_are_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof width_cases / sizeof width_cases[0]; i++) {
        if (bl_display_width(bylaw_str_from(width_cases[i].text)) != width_cases[i].width)
            fail_msg("%s", width_cases[i].text);
    }
}

static const struct zone_case {
    const char *zone;
    bylaw_status status;
    int32_t offset; /* on 2009-02-13 */
} zone_cases[] = {
    {"UTC", BYLAW_OK, 0},
    {"Australia/Sydney", BYLAW_OK, 39600},
    {"US/Central", BYLAW_OK, -21600},
    {"Asia/Shanghai", BYLAW_OK, 28800},
    {"Asia/Kathmandu", BYLAW_OK, 20700},
    {"+11:00", BYLAW_OK, 39600},
    {"02:00", BYLAW_OK, 7200},
    {"-00:00", BYLAW_OK, 0},
    {"-02:30", BYLAW_OK, -9000},
    {"-09:30", BYLAW_OK, -34200},
    {"9:30", BYLAW_OK, 34200},
    {"+24:00", BYLAW_ENOTFOUND, 0},
    {"+11:60", BYLAW_ENOTFOUND, 0},
    {"+11:0", BYLAW_ENOTFOUND, 0},
    {"+11:000", BYLAW_ENOTFOUND, 0},
    {"+", BYLAW_ENOTFOUND, 0},
    {":", BYLAW_ENOTFOUND, 0},
    {"", BYLAW_ENOTFOUND, 0},
    {"Mars/Olympus", BYLAW_ENOTFOUND, 0},
    {"上海", BYLAW_ENOTFOUND, 0},
    {"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", BYLAW_ENOTFOUND, 0},
};

static void zones_are_known_by_name_or_offset(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof zone_cases / sizeof zone_cases[0]; i++) {
        const struct zone_case *c = &zone_cases[i];
        int32_t offset = 77;

        if (bl_zone_offset(&offset, bylaw_str_from(c->zone), 1234567890) != c->status)
            fail_msg("%s", c->zone);
        assert_int_equal(offset, c->status == BYLAW_OK ? c->offset : 77);
    }
    int32_t summer = 0;

    assert_int_equal(bl_zone_offset(&summer, BYLAW_STR("US/Central"), 1246000000), BYLAW_OK);
    assert_int_equal(summer, -18000);
}

static int width_by_icu(UChar32 c)
{
    const int8_t category = u_charType(c);
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);

    if (c < 0x300)
        return category != U_CONTROL_CHAR;
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR)
        return 0;
    if ((c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FB)) /* Hangul, behind the first */
        return 0;
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/* The tables were written from ICU's properties: here every code point is compared again. */
static void tables_agree_with_icu(void **state)
{
    (void)state;
    bl_property categories[U_CHAR_CATEGORY_COUNT], scripts[USCRIPT_CODE_LIMIT];

    for (int i = 1; i < U_CHAR_CATEGORY_COUNT; i++) {
        const char *name = u_getPropertyValueName(UCHAR_GENERAL_CATEGORY, i, U_SHORT_PROPERTY_NAME);

        assert_true(bl_property_named(&categories[i], bylaw_str_from(name)));
    }
    for (int i = 0; i <= u_getIntPropertyMaxValue(UCHAR_SCRIPT); i++) {
        const char *name = u_getPropertyValueName(UCHAR_SCRIPT, i, U_LONG_PROPERTY_NAME);

        if (name != NULL)
            assert_true(bl_property_named(&scripts[i], bylaw_str_from(name)));
    }
    for (UChar32 c = 0; c < 0x110000; c++) {
        const uint32_t cp = (uint32_t)c;
        const int category = u_charType(c), script = u_getIntPropertyValue(c, UCHAR_SCRIPT);

        if (bl_codepoint_width(cp) != width_by_icu(c) ||
            bl_is_ideographic(cp) != (bool)u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) ||
            (category != U_UNASSIGNED && !bl_codepoint_has(categories[category], cp)) ||
            !bl_codepoint_has(scripts[script], cp) ||
            bl_codepoint_has(scripts[script == USCRIPT_HAN ? USCRIPT_GREEK : USCRIPT_HAN], cp))
            fail_msg("U+%04X", (unsigned)c);
    }
}

static const struct property_case {
    const char *name;
    bool known;
    uint32_t has, has_not;
} property_cases[] = {
    {"L", true, 'a', '1'},
    {"Lu", true, 'A', 'a'},
    {"LC", true, 'a', 0x4E00},
    {"C", true, 0x7F, 0x378},
    {"Any", true, 'a', 0},
    {"Han", true, 0x4E00, 'a'},
    {"Greek", true, 0x3B1, 'a'},
    {"Cn", false, 0, 0},
    {"han", false, 0, 0},
    {"Letter", false, 0, 0},
    {"lu", false, 0, 0},
    {"", false, 0, 0},
    {"Linear_A", true, 0x10600, 'a'},
};

static void properties_go_by_their_exact_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof property_cases / sizeof property_cases[0]; i++) {
        const struct property_case *c = &property_cases[i];
        bl_property property = {0, 0};

        assert_int_equal(bl_property_named(&property, bylaw_str_from(c->name)), c->known);
        if (c->known && (!bl_codepoint_has(property, c->has) ||
                         (c->has_not != 0 && bl_codepoint_has(property, c->has_not))))
            fail_msg("%s", c->name);
    }
}

/* Two code points fold to one if and only if each is in the other's orbit. */
static void orbits_agree_with_folding(void **state)
{
    (void)state;
    static uint8_t members[0x110000];

    for (UChar32 c = 0; c < 0x110000; c++)
        members[u_foldCase(c, U_FOLD_CASE_DEFAULT)]++;
    for (UChar32 c = 0; c < 0x110000; c++) {
        uint32_t orbit[BL_CASE_ORBIT];
        const size_t n = bl_case_orbit(orbit, (uint32_t)c);

        if (orbit[0] != (uint32_t)c || n != members[u_foldCase(c, U_FOLD_CASE_DEFAULT)])
            fail_msg("U+%04X has %d, not %d", (unsigned)c, (int)n,
                     members[u_foldCase(c, U_FOLD_CASE_DEFAULT)]);
    }
}

static void listings_have_one_order(void **state)
{
    (void)state;
    static const char *const sorted[] = {"",     "A",    "B",    "a",    "b",   "安徽",
                                         "北京", "重庆", "上海", "西部", "中国"};

    for (size_t i = 0; i < sizeof sorted / sizeof sorted[0]; i++) {
        for (size_t k = 0; k < sizeof sorted / sizeof sorted[0]; k++) {
            const int order = bl_collate(bylaw_str_from(sorted[i]), bylaw_str_from(sorted[k]));

            if ((order > 0) - (order < 0) != (i > k) - (i < k))
                fail_msg("%s, %s", sorted[i], sorted[k]);
        }
    }
}

static bylaw_status make_keys(const bylaw_allocator *allocator, void *data)
{
    bl_arena small;
    bylaw_str a, b;
    bool alike = false;

    (void)data;
    bl_arena_init(&small, allocator);
    bylaw_status status = bl_name_key(&small, &a, BYLAW_STR("中國科學技術協會Ⅷ1"));

    if (status == BYLAW_OK)
        status = bl_name_key(&small, &b, BYLAW_STR("中国科学技术协会viiil"));
    if (status == BYLAW_OK)
        status = bl_name_looks_like(&small, &alike, a, b);
    bl_arena_dispose(&small);
    return status;
}

static void keys_survive_every_allocation_failure(void **state)
{
    (void)state;
    assert_fault_sweep(make_keys, NULL);
}

static void malformed_names_still_have_keys(void **state)
{
    (void)state;
    assert_string_equal(key("a\xFF\xE4\xB8").ptr, "a\uFFFD\uFFFD\uFFFD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_have_one_key),
        cmocka_unit_test(look_alikes_have_equal_skeletons),
        cmocka_unit_test(short_cuts_tell_what_skeletons_tell),
        cmocka_unit_test(one_off_is_one_replaced_character),
        cmocka_unit_test(short_cuts_of_keys_agree_with_icu),
        cmocka_unit_test(phrases_agree_with_icu),
        cmocka_unit_test(short_cuts_of_skeletons_agree_with_icu),
        cmocka_unit_test(widths_are_columns),
        cmocka_unit_test(zones_are_known_by_name_or_offset),
        cmocka_unit_test(tables_agree_with_icu),
        cmocka_unit_test(properties_go_by_their_exact_names),
        cmocka_unit_test(orbits_agree_with_folding),
        cmocka_unit_test(listings_have_one_order),
        cmocka_unit_test(keys_survive_every_allocation_failure),
        cmocka_unit_test(malformed_names_still_have_keys),
    };

    bl_arena_init(&arena, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    bl_arena_dispose(&arena);
    return failed;
}
