/* base/hash.c: see hash.h. The digest comes from nettle: small, in Debian, without global state,
 * and not what this library exists for. It is opened when something is hashed: the rule sets that
 * are bundled were hashed by the build. */
#include "base/hash.h"

#include "base/late.h"

#include <nettle/sha2.h>
#include <string.h>

#define NETTLE_FUNCTIONS(F) F(sha256_init) F(sha256_update) F(sha256_digest)
BL_LATE_LIBRARY(nettle, NETTLE_FUNCTIONS, BYLAW_NETTLE_FILE)

static void finish(struct sha256_ctx *ctx, char out[BL_SHA256_HEX])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];

    nettle.sha256_digest(ctx, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[BL_SHA256_HEX - 1] = '\0';
}

static void update(struct sha256_ctx *ctx, const char *from, size_t n)
{
    if (n > 0)
        nettle.sha256_update(ctx, n, (const uint8_t *)from);
}

bool bl_sha256_hex(bylaw_str text, char out[BL_SHA256_HEX])
{
    struct sha256_ctx ctx;

    if (!open_nettle())
        return false;
    nettle.sha256_init(&ctx);
    update(&ctx, text.ptr, text.len);
    finish(&ctx, out);
    return true;
}

/* All 25 characters of the property, which Unicode keeps stable, as UTF-8; U+0009 to U+000D and the
 * blank are tested by value. */
static const char *const wide_spaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
};

size_t bl_white_space_at(bylaw_str text, size_t at)
{
    const unsigned char c = (unsigned char)text.ptr[at];

    if (c == ' ' || (c >= 0x09 && c <= 0x0D))
        return 1;
    if (c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3)
        return 0;
    for (size_t i = 0; i < sizeof wide_spaces / sizeof *wide_spaces; i++) {
        const size_t n = strlen(wide_spaces[i]);

        if (text.len - at >= n && memcmp(text.ptr + at, wide_spaces[i], n) == 0)
            return n;
    }
    return 0;
}

bool bl_sha256_hex_dense(bylaw_str text, char out[BL_SHA256_HEX])
{
    struct sha256_ctx ctx;
    size_t run = 0;

    if (!open_nettle())
        return false;
    nettle.sha256_init(&ctx);
    for (size_t at = 0; at < text.len;) {
        const size_t space = bl_white_space_at(text, at);

        if (space > 0) {
            update(&ctx, text.ptr + run, at - run);
            run = at + space;
        }
        at += space > 0 ? space : 1;
    }
    if (text.len > run)
        update(&ctx, text.ptr + run, text.len - run);
    finish(&ctx, out);
    return true;
}
