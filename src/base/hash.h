/* base/hash.h: SHA-256, by which a provision is anchored to its source text and a report to the
 * files it was made from. hash.c is the only file that includes nettle. */
#ifndef BL_BASE_HASH_H
#define BL_BASE_HASH_H

#include <bylaw/base.h>

#define BL_SHA256_HEX 65 /* 64 digits and a NUL */

/* A digest of text that comes in pieces: init, any number of adds, end. init is false where nettle
 * cannot be opened (bl_late_missing), as if memory had run out. */
typedef struct bl_sha256 {
    uint64_t state[16]; /* nettle's, which hash.c alone knows */
} bl_sha256;
BYLAW_NODISCARD bool bl_sha256_init(bl_sha256 *hash);
void bl_sha256_add(bl_sha256 *hash, bylaw_str text);
void bl_sha256_end(bl_sha256 *hash, char out[BL_SHA256_HEX]);

/* In lower-case digits. false: nettle cannot be opened; `out` is untouched. */
BYLAW_NODISCARD bool bl_sha256_hex(bylaw_str text, char out[BL_SHA256_HEX]);

/* 64 digits, in lower case? */
bool bl_is_sha256(bylaw_str text);

/* The same of the text without white space: what Unicode gives the property White_Space, in UTF-8.
 * So a line break or a full-width blank more or less does not part a provision from its anchor. */
BYLAW_NODISCARD bool bl_sha256_hex_dense(bylaw_str text, char out[BL_SHA256_HEX]);

/* How many bytes of such white space stand at byte `at`: 0 where there is none. */
size_t bl_white_space_at(bylaw_str text, size_t at);

#endif
