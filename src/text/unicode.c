/* text/unicode.c: see unicode.h. The only file that includes ICU, which it opens when a text needs
 * it: loading it takes longer than checking an action does.
 *
 * ICU keeps what it loads (normalization data, transliteration rules, confusables) in immutable
 * singletons of its own, guarded by its own locks: opening a transliterator or a spoof checker a
 * second time costs microseconds. So nothing is kept here and every function may run in any thread.
 * The first use of each costs milliseconds of loading; the short cuts below spare it for texts on
 * which it could change nothing. */
#include "text/unicode.h"

#include "base/late.h"
#include "text/utf8.h"

#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/utf16.h>
#include <unicode/utrans.h>

#include <string.h>

/* --- ICU itself ------------------------------------------------------------------------------- */

#define ICU_FUNCTIONS(F)                                                                           \
    F(u_foldCase)                                                                                  \
    F(u_isUWhiteSpace)                                                                             \
    F(ucal_close)                                                                                  \
    F(ucal_get)                                                                                    \
    F(ucal_getCanonicalTimeZoneID)                                                                 \
    F(ucal_open)                                                                                   \
    F(ucal_setMillis)                                                                              \
    F(ucol_close)                                                                                  \
    F(ucol_open)                                                                                   \
    F(ucol_strcollUTF8)                                                                            \
    F(unorm2_getNFKCCasefoldInstance)                                                              \
    F(unorm2_normalize)                                                                            \
    F(uspoof_close)                                                                                \
    F(uspoof_getSkeleton)                                                                          \
    F(uspoof_open)                                                                                 \
    F(utrans_close)                                                                                \
    F(utrans_openU)                                                                                \
    F(utrans_transUChars)

BL_LATE_LIBRARY(icu, ICU_FUNCTIONS, BYLAW_ICU_FILE)

/* Without ICU all ends as if there were no memory: nothing may pass for checked. */
static bool icu_or_fail(bl_arena *arena)
{
    if (!open_icu())
        arena->failed = true;
    return !arena->failed;
}

/* --- UTF-16, in which ICU works --------------------------------------------------------------- */

typedef struct utf16 {
    UChar *units;
    int32_t length, room;
} utf16;

#define MAX_UNITS (INT32_MAX / 64) /* no text that ICU gets is longer; leaves room to grow */

static bylaw_status utf16_room(bl_arena *arena, utf16 *out, size_t room)
{
    if (room > MAX_UNITS)
        return BYLAW_ELIMIT;
    out->units = bl_arena_alloc(arena, (room + 1) * sizeof *out->units);
    out->room = (int32_t)room;
    out->length = 0;
    return out->units != NULL ? BYLAW_OK : BYLAW_ENOMEM;
}

/* Malformed bytes become U+FFFD each. */
static bylaw_status to_utf16(bl_arena *arena, utf16 *out, bylaw_str text)
{
    const bylaw_status status = utf16_room(arena, out, text.len);

    if (status != BYLAW_OK)
        return status;
    for (size_t at = 0; at < text.len;) {
        const uint32_t cp = bl_utf8_next(text, &at);

        U16_APPEND_UNSAFE(out->units, out->length, cp == BL_BAD_CODEPOINT ? 0xFFFD : (UChar32)cp);
    }
    return BYLAW_OK;
}

/* ICU's macros for this mix signed and unsigned. An unpaired surrogate is U+FFFD. */
static uint32_t next_of(const utf16 *text, int32_t *at)
{
    const uint32_t unit = text->units[(*at)++];

    if (U16_IS_LEAD(unit) && *at < text->length && U16_IS_TRAIL(text->units[*at]))
        return (unit - 0xD800) * 0x400 + (text->units[(*at)++] - 0xDC00u) + 0x10000;
    return U16_IS_SURROGATE(unit) ? 0xFFFD : unit;
}

/* Folded once more, and without white space: what a key is made of. */
static bylaw_status to_key(bl_arena *arena, bylaw_str *out, const utf16 *text)
{
    bl_str built = bl_str_init(arena);

    for (int32_t i = 0; i < text->length;) {
        const uint32_t cp = next_of(text, &i);

        if (!icu.u_isUWhiteSpace((UChar32)cp))
            bl_str_add_codepoint(&built,
                                 (uint32_t)icu.u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT));
    }
    return bl_str_take(out, &built);
}

/* What ICU gets is well-formed, and there is room for what it gives: where it fails, it lacks
 * memory, whatever name it has for that (its data cannot be opened, a rule does not exist). */
static bylaw_status status_of(bl_arena *arena, UErrorCode error)
{
    if (U_SUCCESS(error))
        return BYLAW_OK;
    arena->failed = true; /* nothing may pass for checked */
    return BYLAW_ENOMEM;
}

/* --- keys of names ---------------------------------------------------------------------------- */

static const uint32_t traditional[] = {
#include "text/traditional.def"
};

#define HAN_FIRST 0x4E00u
#define HAN_LAST  0x9FFFu

/* Would normalization, folding and simplifying leave this character as it stands, or is what they
 * make of it plain from its number? Then *folded is that, 0 where it vanishes. */
static bool fold_plainly(uint32_t cp, uint32_t *folded)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E) /* full width forms of ASCII */
        cp -= 0xFF01 - '!';
    if (cp < 0x80) {
        const bool blank = cp == ' ' || (cp >= '\t' && cp <= '\r');

        *folded = blank ? 0 : cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
        return true;
    }
    if (cp == 0x3000) { /* ideographic space */
        *folded = 0;
        return true;
    }
    *folded = cp;
    if (cp >= HAN_FIRST && cp <= HAN_LAST)
        return (traditional[(cp - HAN_FIRST) / 32] >> (cp - HAN_FIRST) % 32 & 1) == 0;
    /* 、。〈〉《》 · ‘’“” */
    return cp == 0x3001 || cp == 0x3002 || (cp >= 0x3008 && cp <= 0x300B) || cp == 0xB7 ||
           cp == 0x2018 || cp == 0x2019 || cp == 0x201C || cp == 0x201D;
}

static bool is_plain(bylaw_str name)
{
    for (size_t at = 0; at < name.len;) {
        const uint32_t cp = bl_utf8_next(name, &at);
        uint32_t folded;

        if (cp == BL_BAD_CODEPOINT || !fold_plainly(cp, &folded))
            return false;
    }
    return true;
}

static bylaw_status plain_key(bl_arena *arena, bylaw_str *out, bylaw_str name)
{
    bl_str key = bl_str_init(arena);

    for (size_t at = 0; at < name.len;) {
        uint32_t folded = 0;

        fold_plainly(bl_utf8_next(name, &at), &folded);
        if (folded != 0)
            bl_str_add_codepoint(&key, folded);
    }
    return bl_str_take(out, &key);
}

/* NFKC with full case folding; characters that are not seen (zero width, variation) vanish. */
static bylaw_status normalize(bl_arena *arena, utf16 *out, const utf16 *in)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = icu.unorm2_getNFKCCasefoldInstance(&error);
    bylaw_status status = utf16_room(arena, out, (size_t)in->length * 4 + 32);

    if (status != BYLAW_OK)
        return status;
    out->length =
        icu.unorm2_normalize(normalizer, in->units, in->length, out->units, out->room, &error);
    if (error != U_BUFFER_OVERFLOW_ERROR)
        return status_of(arena, error);
    error = U_ZERO_ERROR; /* one character may become eighteen */
    if ((status = utf16_room(arena, out, (size_t)out->length)) != BYLAW_OK)
        return status;
    out->length =
        icu.unorm2_normalize(normalizer, in->units, in->length, out->units, out->room, &error);
    return status_of(arena, error);
}

static bool may_be_traditional(const utf16 *text)
{
    for (int32_t i = 0; i < text->length;) {
        const uint32_t cp = next_of(text, &i);
        uint32_t folded;

        if (cp >= 0x3000 && !fold_plainly(cp, &folded))
            return true;
    }
    return false;
}

/* In place: every rule keeps the number of characters. */
static bylaw_status simplify(bl_arena *arena, utf16 *text)
{
    static const UChar id[] = u"Traditional-Simplified";
    UErrorCode error = U_ZERO_ERROR;
    UTransliterator *rules = icu.utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    int32_t limit = text->length;

    if (U_SUCCESS(error))
        icu.utrans_transUChars(rules, text->units, &text->length, text->room, 0, &limit, &error);
    icu.utrans_close(rules);
    return status_of(arena, error);
}

/* Without white space; tells whether there was any. */
static bool squeeze(utf16 *text)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < text->length; i++) {
        if (!icu.u_isUWhiteSpace(text->units[i])) /* no white space lies beyond U+FFFF */
            text->units[kept++] = text->units[i];
    }
    const bool any = kept < text->length;

    text->length = kept;
    return any;
}

bylaw_status bl_name_key(bl_arena *arena, bylaw_str *out, bylaw_str name)
{
    utf16 text, folded;
    bylaw_status status;

    if (is_plain(name))
        return plain_key(arena, out, name);
    if (!icu_or_fail(arena))
        return BYLAW_ENOMEM;
    if ((status = to_utf16(arena, &text, name)) != BYLAW_OK)
        return status;
    squeeze(&text);
    if ((status = normalize(arena, &folded, &text)) != BYLAW_OK)
        return status;
    /* Some accents that stand alone become a blank and a mark, which joins what is before it. */
    if (squeeze(&folded)) {
        text = folded;
        if ((status = normalize(arena, &folded, &text)) != BYLAW_OK)
            return status;
    }
    if (may_be_traditional(&folded) && (status = simplify(arena, &folded)) != BYLAW_OK)
        return status;
    return to_key(arena, out, &folded);
}

/* --- look-alikes ------------------------------------------------------------------------------ */

/* ASCII and Han characters of a key that have a confusable prototype other than themselves, in
 * order; tests/text/test_unicode.c compares with ICU. */
static const uint16_t unsteady[] = {
    '"',    '%',    '0',    '1',    '`',    'm',    '|',    0x4E00, 0x4E36, 0x4E3F, 0x5002, 0x503C,
    0x555F, 0x56D7, 0x586B, 0x58EB, 0x58FF, 0x5B00, 0x5E32, 0x5E50, 0x6238, 0x6409, 0x6663, 0x6669,
    0x66F6, 0x6726, 0x67FF, 0x69E9, 0x6A27, 0x6F59, 0x784F, 0x7D76, 0x80A6, 0x80CA, 0x80D0, 0x80F6,
    0x8101, 0x8127, 0x8141, 0x81A7, 0x853F, 0x8641, 0x8A1E, 0x8A7D, 0x8B8F, 0x8C63, 0x8D86, 0x8DFA,
    0x8E9B, 0x8F27, 0x90DE, 0x93AE, 0x96B8, 0x9E43, 0x9ED2, 0x9FC3,
};

/* Is the skeleton of this character the character itself? */
static bool is_steady(uint32_t cp)
{
    size_t from = 0;
    size_t to = sizeof unsteady / sizeof unsteady[0];

    if (!(cp < 0x80 || (cp >= HAN_FIRST && cp <= HAN_LAST)))
        return false;
    while (from < to) {
        const size_t middle = (from + to) / 2;

        if (unsteady[middle] == cp)
            return false;
        if (unsteady[middle] < cp)
            from = middle + 1;
        else
            to = middle;
    }
    return true;
}

static bool is_steady_text(bylaw_str key)
{
    for (size_t at = 0; at < key.len;) {
        if (!is_steady(bl_utf8_next(key, &at)))
            return false;
    }
    return true;
}

/* What the skeleton of a key has in the place of a character, as far as its first character; 0: not
 * known without ICU. The unsteady characters here are those that names often have. */
static uint32_t first_of_skeleton(uint32_t cp)
{
    switch (cp) {
    case '0':
        return 'o';
    case '1':
        return 'l';
    case 'm':
        return 'r';
    default:
        return is_steady(cp) ? cp : 0;
    }
}

static bool is_inside(bylaw_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

/* The skeletons of two texts are alike as far as the texts are. Are they different right behind
 * that, or does only one of them go on? Then no more need be known. */
static bool skeletons_part(bylaw_str a, bylaw_str b)
{
    size_t at = 0;

    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
        at++;
    while (is_inside(a, at) || is_inside(b, at))
        at--;
    size_t in_a = at, in_b = at;
    const uint32_t left = at < a.len ? first_of_skeleton(bl_utf8_next(a, &in_a)) : 0;
    const uint32_t right = at < b.len ? first_of_skeleton(bl_utf8_next(b, &in_b)) : 0;

    if (at == a.len || at == b.len) /* one is the beginning of the other */
        return left != right;
    return left != 0 && right != 0 && left != right;
}

bylaw_status bl_name_skeleton(bl_arena *arena, bylaw_str *out, bylaw_str key)
{
    UErrorCode error = U_ZERO_ERROR;
    utf16 text, skeleton;
    bylaw_status status;

    if (is_steady_text(key)) {
        *out = key;
        return BYLAW_OK;
    }
    if (!icu_or_fail(arena))
        return BYLAW_ENOMEM;
    /* The longest prototype of one character is 18 long; more would be told by the error. */
    if ((status = to_utf16(arena, &text, key)) != BYLAW_OK ||
        (status = utf16_room(arena, &skeleton, (size_t)text.length * 18 + 64)) != BYLAW_OK)
        return status;
    USpoofChecker *checker = icu.uspoof_open(&error);

    if (U_SUCCESS(error))
        skeleton.length = icu.uspoof_getSkeleton(checker, 0, text.units, text.length,
                                                 skeleton.units, skeleton.room, &error);
    icu.uspoof_close(checker);
    if ((status = status_of(arena, error)) != BYLAW_OK)
        return status;
    return to_key(arena, out, &skeleton); /* prototypes may be capitals: 0 is like O, so like o */
}

bylaw_status bl_name_looks_like(bl_arena *arena, bool *out, bylaw_str key_a, bylaw_str key_b)
{
    bylaw_str a, b;
    bylaw_status status;

    if (skeletons_part(key_a, key_b) || bl_str_equal(key_a, key_b)) {
        *out = false;
        return BYLAW_OK;
    }
    if ((status = bl_name_skeleton(arena, &a, key_a)) != BYLAW_OK ||
        (status = bl_name_skeleton(arena, &b, key_b)) != BYLAW_OK)
        return status;
    *out = bl_str_equal(a, b);
    return BYLAW_OK;
}

bool bl_name_one_off(bylaw_str key_a, bylaw_str key_b)
{
    size_t i = 0, k = 0, length = 0, differ = 0;

    while (i < key_a.len && k < key_b.len) {
        differ += bl_utf8_next(key_a, &i) != bl_utf8_next(key_b, &k);
        length++;
        if (differ > 1)
            return false;
    }
    /* Two names of one character have nothing in common that one could mistake. */
    return i == key_a.len && k == key_b.len && differ == 1 && length > 1;
}

/* --- time zones ------------------------------------------------------------------------------- */

static int digit_at(bylaw_str text, size_t i)
{
    return i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' ? text.ptr[i] - '0' : -1;
}

/* [+-] h[h]:mm */
static bool fixed_offset(int32_t *out, bylaw_str zone)
{
    const bool negative = zone.len > 0 && zone.ptr[0] == '-';
    size_t at = negative || (zone.len > 0 && zone.ptr[0] == '+');
    int32_t hours = digit_at(zone, at);

    if (hours < 0)
        return false;
    if (digit_at(zone, ++at) >= 0)
        hours = hours * 10 + digit_at(zone, at++);
    const int32_t tens = digit_at(zone, at + 1), ones = digit_at(zone, at + 2);

    if (at + 3 != zone.len || zone.ptr[at] != ':' || tens < 0 || ones < 0 || tens > 5 || hours > 23)
        return false;
    *out = (hours * 60 + tens * 10 + ones) * (negative ? -60 : 60);
    return true;
}

bylaw_status bl_zone_offset(int32_t *out, bylaw_str zone, int64_t utc_seconds)
{
    UChar id[64], canonical[64];
    UErrorCode error = U_ZERO_ERROR;
    UBool known = false;

    if (fixed_offset(out, zone))
        return BYLAW_OK;
    if (bl_str_is(zone, "UTC")) { /* the commonest needs no data */
        *out = 0;
        return BYLAW_OK;
    }
    if (zone.len == 0 || zone.len >= sizeof id / sizeof id[0])
        return BYLAW_ENOTFOUND;
    if (!open_icu())
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < zone.len; i++)
        id[i] = (unsigned char)zone.ptr[i];
    const int32_t length = (int32_t)zone.len;

    icu.ucal_getCanonicalTimeZoneID(id, length, canonical, sizeof canonical / sizeof canonical[0],
                                    &known, &error);
    if (U_FAILURE(error) || !known)
        return error == U_MEMORY_ALLOCATION_ERROR ? BYLAW_ENOMEM : BYLAW_ENOTFOUND;
    UCalendar *calendar = icu.ucal_open(id, length, "en", UCAL_GREGORIAN, &error);
    int32_t offset = 0;

    if (U_SUCCESS(error)) {
        icu.ucal_setMillis(calendar, (UDate)utc_seconds * U_MILLIS_PER_SECOND, &error);
        offset = icu.ucal_get(calendar, UCAL_ZONE_OFFSET, &error) +
                 icu.ucal_get(calendar, UCAL_DST_OFFSET, &error);
    }
    icu.ucal_close(calendar);
    if (U_FAILURE(error))
        return error == U_MEMORY_ALLOCATION_ERROR ? BYLAW_ENOMEM : BYLAW_ENOTFOUND;
    *out = offset / U_MILLIS_PER_SECOND;
    return BYLAW_OK;
}

/* --- order of listings ------------------------------------------------------------------------ */

static bool has_han(bylaw_str text)
{
    for (size_t at = 0; at < text.len;) {
        const uint32_t cp = bl_utf8_next(text, &at);

        if (bl_is_ideographic(cp))
            return true;
    }
    return false;
}

static int by_pinyin(bylaw_str a, bylaw_str b)
{
    UErrorCode error = U_ZERO_ERROR;
    UCollationResult order = UCOL_EQUAL;

    if (!open_icu())
        return 0;
    UCollator *collator = icu.ucol_open("zh@collation=pinyin", &error);

    if (U_SUCCESS(error))
        order =
            icu.ucol_strcollUTF8(collator, a.ptr, (int32_t)a.len, b.ptr, (int32_t)b.len, &error);
    icu.ucol_close(collator);
    return U_FAILURE(error) ? 0 : (int)order;
}

/* Two orders, so that texts of both kinds are still ordered in one way: those without Han stand
 * before the others, never among them. */
int bl_collate(bylaw_str a, bylaw_str b)
{
    const bool a_han = has_han(a), b_han = has_han(b);
    int order = (int)a_han - (int)b_han;

    if (order == 0 && a_han && a.len < INT32_MAX && b.len < INT32_MAX)
        order = by_pinyin(a, b);
    return order != 0 ? order : bl_str_compare(a, b);
}

const char *bl_icu_version(void)
{
    return U_ICU_VERSION;
}
