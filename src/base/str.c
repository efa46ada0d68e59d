/* base/str.c: see str.h. */
#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bylaw_str bylaw_str_from(const char *text)
{
    return text != NULL ? (bylaw_str){text, strlen(text)} : (bylaw_str){NULL, 0};
}

bool bl_str_equal(bylaw_str a, bylaw_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* No length of `text` is taken. */
bool bl_str_is_all(bylaw_str a, const char *text)
{
    for (size_t i = 0; i < a.len; i++) {
        if (text[i] == '\0' || text[i] != a.ptr[i])
            return false;
    }
    return text[a.len] == '\0';
}

int bl_str_compare(bylaw_str a, bylaw_str b)
{
    const size_t common = a.len < b.len ? a.len : b.len;
    const int order = common > 0 ? memcmp(a.ptr, b.ptr, common) : 0;

    if (order != 0)
        return order < 0 ? -1 : 1;
    return (a.len > b.len) - (a.len < b.len);
}

bool bl_str_starts(bylaw_str a, bylaw_str prefix)
{
    return a.len >= prefix.len && bl_str_equal(bl_str_slice(a, 0, prefix.len), prefix);
}

bool bl_str_ends(bylaw_str a, bylaw_str suffix)
{
    return a.len >= suffix.len && bl_str_equal(bl_str_slice(a, a.len - suffix.len, a.len), suffix);
}

size_t bl_str_find(bylaw_str a, bylaw_str part, size_t from)
{
    if (part.len == 0)
        return from <= a.len ? from : SIZE_MAX;
    while (from < a.len && a.len - from >= part.len) {
        const char *hit = memchr(a.ptr + from, part.ptr[0], a.len - from - part.len + 1);

        if (hit == NULL)
            return SIZE_MAX;
        if (memcmp(hit, part.ptr, part.len) == 0)
            return (size_t)(hit - a.ptr);
        from = (size_t)(hit - a.ptr) + 1;
    }
    return SIZE_MAX;
}

bylaw_str bl_str_slice(bylaw_str a, size_t from, size_t to)
{
    if (to > a.len)
        to = a.len;
    if (from >= to)
        return (bylaw_str){a.ptr, 0};
    return (bylaw_str){a.ptr + from, to - from};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bylaw_str bl_str_trim(bylaw_str a)
{
    while (a.len > 0 && is_blank(a.ptr[a.len - 1]))
        a.len--;
    while (a.len > 0 && is_blank(a.ptr[0])) {
        a.ptr++;
        a.len--;
    }
    return a;
}

static uint64_t stir(uint64_t h)
{
    h *= UINT64_C(0x9E3779B97F4A7C15); /* odd, its bits without pattern: the golden ratio's */
    return h ^ (h >> 32);
}

/* Eight bytes at a time; the tables that use it are filled by authors, not by attackers, and stay
 * small. */
uint64_t bl_str_hash(bylaw_str a)
{
    uint64_t h = a.len, word = 0;
    size_t i = 0;

    for (; a.len - i >= sizeof word; i += sizeof word) {
        memcpy(&word, a.ptr + i, sizeof word);
        h = stir(h ^ word);
    }
    for (word = 0; i < a.len; i++)
        word = word << 8 | (unsigned char)a.ptr[i];
    return stir(h ^ word);
}

#define MAX_WORD 64 /* names are short; a longer one is no near miss of anything */

/* The code points of `a`; MAX_WORD + 1 where it is longer. Malformed bytes count one each. */
static size_t code_points(uint32_t *out, bylaw_str a)
{
    size_t n = 0;

    for (size_t i = 0; i < a.len;) {
        const unsigned char lead = (unsigned char)a.ptr[i];
        size_t step = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        uint32_t cp = 0;

        if (step > a.len - i)
            step = 1;
        if (n == MAX_WORD)
            return MAX_WORD + 1;
        for (size_t k = 0; k < step; k++)
            cp = cp << 8 | (unsigned char)a.ptr[i + k];
        out[n++] = cp;
        i += step;
    }
    return n;
}

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* A cell of the table lies `most` off the diagonal at most, or it stands for more than that; and
 * once two rows stand for more, all that follow do: a swap reaches back two. */
size_t bl_str_distance(bylaw_str a, bylaw_str b, size_t most)
{
    uint32_t x[MAX_WORD], y[MAX_WORD];
    size_t rows[3][MAX_WORD + 1];
    const size_t n = code_points(x, a), m = code_points(y, b);
    const size_t band = lesser(most, MAX_WORD), beyond = band + 1;
    size_t least = 0, least_before;

    if (n > MAX_WORD || m > MAX_WORD || (n > m ? n - m : m - n) > most)
        return most + 1;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        const size_t from = i > band ? i - band : 1, to = lesser(m, i + band);

        now[from - 1] = from == 1 ? i : beyond;
        least_before = least;
        least = now[from - 1];
        for (size_t j = from; j <= to; j++) {
            /* The row before is filled from one before its first cell to one behind its last. */
            /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): does not see it */
            size_t best = last[j - 1] + (x[i - 1] != y[j - 1]);

            best = lesser(best, lesser(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                best = lesser(best, before[j - 2] + 1);
            now[j] = best;
            least = lesser(least, best);
        }
        if (to < m)
            now[to + 1] = beyond;
        if (least > most && least_before > most)
            return most + 1;
    }
    return lesser(rows[n % 3][m], most + 1);
}

size_t bl_str_near(bylaw_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    if (n < 6)
        return n < 2 ? 0 : 1 + (n > 3);
    return n / 3;
}

bl_str bl_str_init(bl_arena *arena)
{
    return (bl_str){.arena = arena};
}

static bool make_room(bl_str *s, size_t more)
{
    if (s->failed || more > SIZE_MAX / 4 || s->len > SIZE_MAX / 4) {
        s->failed = true;
        return false;
    }
    if (s->room - s->len > more) /* keeps one byte for the NUL */
        return true;
    size_t room = s->room == 0 ? 64 : s->room * 2;

    while (room - s->len <= more)
        room *= 2;
    char *ptr = bl_arena_grow(s->arena, s->ptr, s->room, room);

    if (ptr == NULL) {
        s->failed = true;
        return false;
    }
    s->ptr = ptr;
    s->room = room;
    return true;
}

void bl_str_add(bl_str *s, bylaw_str text)
{
    if (text.len == 0 || !make_room(s, text.len))
        return;
    memcpy(s->ptr + s->len, text.ptr, text.len);
    s->len += text.len;
}

void bl_str_addz(bl_str *s, const char *text)
{
    bl_str_add(s, bylaw_str_from(text));
}

void bl_str_addc(bl_str *s, char c)
{
    bl_str_add(s, (bylaw_str){&c, 1});
}

void bl_str_add_int(bl_str *s, int64_t n)
{
    bl_str_addf(s, "%" PRId64, n);
}

void bl_str_add_uint(bl_str *s, uint64_t n)
{
    bl_str_addf(s, "%" PRIu64, n);
}

void bl_str_add_codepoint(bl_str *s, uint32_t cp)
{
    char bytes[4];
    size_t n = 0;

    if (cp < 0x80) {
        bytes[n++] = (char)cp;
    } else if (cp < 0x800) {
        bytes[n++] = (char)(0xC0 | cp >> 6);
        bytes[n++] = (char)(0x80 | (cp & 0x3F));
    } else if (cp < 0x10000) {
        bytes[n++] = (char)(0xE0 | cp >> 12);
        bytes[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (cp & 0x3F));
    } else {
        bytes[n++] = (char)(0xF0 | cp >> 18);
        bytes[n++] = (char)(0x80 | (cp >> 12 & 0x3F));
        bytes[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (cp & 0x3F));
    }
    bl_str_add(s, (bylaw_str){bytes, n});
}

void bl_str_addf(bl_str *s, const char *format, ...)
{
    char small[128];
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    const int n = vsnprintf(small, sizeof small, format, args);

    if (n < 0) {
        s->failed = true;
    } else if ((size_t)n < sizeof small) {
        bl_str_add(s, (bylaw_str){small, (size_t)n});
    } else if (make_room(s, (size_t)n + 1)) {
        vsnprintf(s->ptr + s->len, (size_t)n + 1, format, again);
        s->len += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

bylaw_str bl_str_view(const bl_str *s)
{
    return (bylaw_str){s->ptr, s->len};
}

bylaw_status bl_str_take(bylaw_str *out, bl_str *s)
{
    if (!make_room(s, 1) || s->arena->failed)
        return BYLAW_ENOMEM;
    s->ptr[s->len] = '\0';
    *out = (bylaw_str){s->ptr, s->len};
    return BYLAW_OK;
}

bylaw_str bl_str_taken(bl_str *s)
{
    bylaw_str out = {NULL, 0};

    return bl_str_take(&out, s) == BYLAW_OK ? out : (bylaw_str){NULL, 0};
}
