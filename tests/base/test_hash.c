/* tests/base/test_hash.c: digests against the values of the standard (FIPS 180-4 examples). */
#include "support.h"

#include <stdio.h>

#include "base/hash.h"

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static const struct hash_case {
    bylaw_str text;
    const char *plain, *dense;
} hash_cases[] = {
    {{"", 0}, EMPTY, EMPTY},
    {{"abc", 3}, ABC, ABC},
    {{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56},
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void digests_are_those_of_the_standard(void **state)
{
    (void)state;
    char out[BL_SHA256_HEX];

    for (size_t i = 0; i < sizeof hash_cases / sizeof *hash_cases; i++) {
        assert_true(bl_sha256_hex(hash_cases[i].text, out));
        assert_string_equal(out, hash_cases[i].plain);
        assert_true(bl_sha256_hex_dense(hash_cases[i].text, out));
        assert_string_equal(out, hash_cases[i].dense);
    }
}

static void white_space_of_every_kind_is_skipped(void **state)
{
    (void)state;
    static const char *const spaces[] = {
        "\t",           "\n",           "\v",
        "\f",           "\r",           " ",
        "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80",
        "\xE2\x80\x80", "\xE2\x80\x8A", "\xE2\x80\xA8",
        "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
        "\xE3\x80\x80",
    };
    char text[32], out[BL_SHA256_HEX], plain[BL_SHA256_HEX];

    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        const int n =
            snprintf(text, sizeof text, "%sa%s%sbc%s", spaces[i], spaces[i], spaces[i], spaces[i]);

        assert_true(bl_sha256_hex_dense((bylaw_str){text, (size_t)n}, out));
        assert_string_equal(out, ABC);
        assert_true(bl_sha256_hex((bylaw_str){text, (size_t)n}, out));
        assert_string_not_equal(out, ABC);
    }
    /* U+200B is no white space, nor is half a character. */
    static const char *const others[] = {"\xE2\x80\x8B", "\xE3\x80", "甲"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_true(bl_sha256_hex(bylaw_str_from(others[i]), plain));
        assert_true(bl_sha256_hex_dense(bylaw_str_from(others[i]), out));
        assert_string_equal(out, plain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_those_of_the_standard),
        cmocka_unit_test(white_space_of_every_kind_is_skipped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
