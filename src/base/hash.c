/* base/hash.c: see hash.h. The digest comes from nettle: small, in Debian, without global state,
 * and not what this library exists for. It is opened when something is hashed: the rule sets that
 * are bundled were hashed by the build. */
#include "base/hash.h"

#include "base/late.h"

#include <nettle/sha2.h>
#include <string.h>

#define NETTLE_FUNCTIONS(F) F(sha256_init) F(sha256_update) F(sha256_digest)
BL_LATE_LIBRARY(nettle, NETTLE_FUNCTIONS, BYLAW_NETTLE_FILE)

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(bl_sha256) &&
                   _Alignof(struct sha256_ctx) <= _Alignof(bl_sha256),
               "bl_sha256 has room for nettle's context");

static struct sha256_ctx *context(bl_sha256 *hash)
{
    return (struct sha256_ctx *)(void *)hash->state;
}

bool bl_sha256_init(bl_sha256 *hash)
{
    if (!open_nettle())
        return false;
    nettle.sha256_init(context(hash));
    return true;
}

void bl_sha256_add(bl_sha256 *hash, bylaw_str text)
{
    if (text.len > 0)
        nettle.sha256_update(context(hash), text.len, (const uint8_t *)text.ptr);
}

void bl_sha256_end(bl_sha256 *hash, char out[BL_SHA256_HEX])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];

    nettle.sha256_digest(context(hash), sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[BL_SHA256_HEX - 1] = '\0';
}

bool bl_sha256_hex(bylaw_str text, char out[BL_SHA256_HEX])
{
    bl_sha256 hash;

    if (!bl_sha256_init(&hash))
        return false;
    bl_sha256_add(&hash, text);
    bl_sha256_end(&hash, out);
    return true;
}

bool bl_is_sha256(bylaw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];

        if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
            return false;
    }
    return text.len == BL_SHA256_HEX - 1;
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
    bl_sha256 hash;
    size_t run = 0;

    if (!bl_sha256_init(&hash))
        return false;
    for (size_t at = 0; at < text.len;) {
        const size_t space = bl_white_space_at(text, at);

        if (space > 0) {
            bl_sha256_add(&hash, (bylaw_str){text.ptr + run, at - run});
            run = at + space;
        }
        at += space > 0 ? space : 1;
    }
    if (text.len > run)
        bl_sha256_add(&hash, (bylaw_str){text.ptr + run, text.len - run});
    bl_sha256_end(&hash, out);
    return true;
}
