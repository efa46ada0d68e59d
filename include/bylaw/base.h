/** bylaw/base.h: what every other header builds on: status codes, text, languages, fractions,
 * memory.
 *
 *  Threads: nothing here keeps state; every function may be called from any thread.
 */
#ifndef BYLAW_BASE_H
#define BYLAW_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define BYLAW_API       __attribute__((visibility("default")))
#define BYLAW_NODISCARD __attribute__((warn_unused_result))
#else
#define BYLAW_API
#define BYLAW_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** What a fallible call returns. On anything but BYLAW_OK its outputs are untouched. */
typedef enum bylaw_status {
    BYLAW_OK = 0,    /**< done */
    BYLAW_ENOMEM,    /**< the allocator refused */
    BYLAW_EINPUT,    /**< the input is wrong; the diagnostics say where and what to do */
    BYLAW_EDOMAIN,   /**< an argument lies outside its stated range */
    BYLAW_EOVERFLOW, /**< an exact result does not fit */
    BYLAW_ELIMIT,    /**< a stated limit was reached: depth, size, cost */
    BYLAW_ENOTFOUND, /**< no such thing under that name */
    BYLAW_EIO        /**< reading or writing failed */
} bylaw_status;

/** A piece of UTF-8 text that somebody else owns: not NUL-terminated, may hold NUL. {NULL, 0} is
 * empty. */
typedef struct bylaw_str {
    const char *ptr;
    size_t len;
} bylaw_str;

/** Text of a C string literal or array, without its final NUL. */
#define BYLAW_STR(literal) ((bylaw_str){(literal), sizeof(literal) - 1})

/** The text of a C string; borrowed, so it lives as long as `text`. NULL gives the empty text. */
BYLAW_API bylaw_str bylaw_str_from(const char *text);

/** The languages in which every message exists. */
typedef enum bylaw_lang {
    BYLAW_ZH = 0, /**< Chinese, simplified */
    BYLAW_EN      /**< English */
} bylaw_lang;

#define BYLAW_LANGS 2

/** One text in both languages, indexed by bylaw_lang. */
typedef struct bylaw_label {
    bylaw_str in[BYLAW_LANGS];
} bylaw_label;

/** Where all memory comes from. One function, shaped like realloc, told the old size:
 *
 *  ptr NULL      allocate new_size bytes, aligned for any type; NULL on failure
 *  new_size 0    free ptr (old_size bytes); the result is ignored
 *  otherwise     resize; on failure NULL, and ptr stays valid
 *
 *  A NULL allocator anywhere in this library means malloc, realloc and free of the C library.
 *  Thread rule: an object calls its allocator only from the thread that is using the object.
 */
typedef struct bylaw_allocator {
    void *(*resize)(void *context, void *ptr, size_t old_size, size_t new_size);
    void *context;
} bylaw_allocator;

/** An exact fraction in lowest terms, den > 0. A plain value: copy it, free nothing. */
typedef struct bylaw_fraction {
    int64_t num;
    int64_t den;
} bylaw_fraction;

/** Says where a share of votes stands against a bar. Exact for every int64_t.
 *
 *  out      -1 below the bar, 0 exactly on it, +1 above; untouched on failure
 *  part     votes or persons counted, 0 <= part
 *  whole    the base the norm names, e.g. members present
 *  bar      for example {2, 3}; num >= 0
 *
 *  BYLAW_EDOMAIN  whole is 0 or less, or part is negative: an empty meeting has no share
 *
 *      if (bylaw_share_compare(&order, yes, members, (bylaw_fraction){2, 3}) == BYLAW_OK)
 *          reached = order >= 0;        // 以上 counts the number itself
 */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_share_compare(int *out, int64_t part, int64_t whole,
                                                           bylaw_fraction bar);

/** The least count that reaches a bar: the smallest n >= 0 with n/whole >= bar, or > bar.
 *
 *  out      untouched on failure; may exceed whole (a bar above one, or "more than all")
 *  strict   true for 过半数, 超过: the number itself is not enough
 *
 *  BYLAW_EDOMAIN    whole <= 0
 *  BYLAW_EOVERFLOW  the count does not fit int64_t
 *
 *      bylaw_share_least(&n, 8, (bylaw_fraction){2, 3}, false)   // n = 6
 */
BYLAW_API BYLAW_NODISCARD bylaw_status bylaw_share_least(int64_t *out, int64_t whole,
                                                         bylaw_fraction bar, bool strict);

/** The version of the library that is running, e.g. "0.1.0". Static. */
BYLAW_API const char *bylaw_version(void);

/** The libraries that it runs with. */
typedef enum bylaw_library { BYLAW_LIBRARY_YAML, BYLAW_LIBRARY_ICU } bylaw_library;
/** The version of one of them, e.g. "0.2.5". Static. */
BYLAW_API const char *bylaw_library_version(bylaw_library library);
/** ICU and nettle are opened when a text first needs them, not when the program starts. Where that
 * fails, the installation is broken: what needs them then fails with BYLAW_ENOMEM, and this tells
 * the file that could not be opened, e.g. "libicui18n.so.72"; else NULL. Static. */
BYLAW_API const char *bylaw_library_missing(void);

#ifdef __cplusplus
}
#endif
#endif
