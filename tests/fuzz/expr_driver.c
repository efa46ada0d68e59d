/* tests/fuzz/expr_driver.c: the same target without libFuzzer.
 *
 *     expr_driver FILE...            each file once
 *     expr_driver --random N [SEED]  N texts put together from the language's own pieces, and from
 *                                    earlier texts with pieces replaced, removed or doubled
 *
 * The generator is simple and repeatable: the same seed gives the same texts. */
#include "expr_target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const pieces[] = {
    "1",
    "0",
    "-1",
    "2u",
    "1.5",
    "1e3",
    "0x1f",
    "'a'",
    "\"é\"",
    "b'x'",
    "r'\\d'",
    "null",
    "true",
    "false",
    "i",
    "a.b",
    "s",
    "l",
    "m",
    "d",
    "t",
    "u",
    "v",
    "x",
    "y",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    ",",
    ":",
    "?",
    "? ",
    " : ",
    ".",
    ".?",
    "[?",
    "+",
    "-",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    " in ",
    "&&",
    "||",
    "!",
    "[1, 2]",
    "l[0]",
    "m.k",
    "m['k']",
    "m.?k",
    "{'k': 1}",
    "size(l)",
    "has(m.k)",
    ".all(x, ",
    ".exists(x, ",
    ".exists_one(x, ",
    ".map(x, ",
    ".filter(x, ",
    ".all(x, y, ",
    ".transformList(x, y, ",
    ".transformMap(x, y, ",
    "cel.bind(x, ",
    ".optMap(x, ",
    ".orValue(",
    "optional.of(",
    "optional.none()",
    "int(",
    "uint(",
    "double(",
    "string(",
    "bytes(",
    "dyn(",
    "type(",
    "bool(",
    "duration('1h')",
    "timestamp('2009-02-13T23:31:30Z')",
    "matches(",
    ".contains(",
    ".startsWith(",
    ".matches('a*')",
    "fraction(1, 2)",
    "date('2026-11-21')",
    "`a b`",
    "// c\n",
    "9223372036854775807",
    "18446744073709551615u",
    "\n",
    " ",
    "和",
    "@",
    "\\",
    "'",
    "\"\"\"",
};

#define PIECES (sizeof pieces / sizeof pieces[0])
#define MOST   60 /* pieces in a text */
#define POOL   64 /* earlier texts */

typedef struct text {
    uint16_t pieces[MOST];
    size_t count;
} text;

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((random_state >> 33) % n);
}

static void fresh(text *t)
{
    t->count = 1 + random_below(12);
    for (size_t i = 0; i < t->count; i++)
        t->pieces[i] = (uint16_t)random_below(PIECES);
}

/* Puts `n` pieces of `from` in place of some of `t`. */
static void splice(text *t, const text *from)
{
    const size_t at = random_below((uint32_t)t->count + 1);
    const size_t first = random_below((uint32_t)from->count);
    size_t n = 1 + random_below((uint32_t)(from->count - first));
    const size_t gone = random_below(3);
    const size_t rest_at = at + gone < t->count ? at + gone : t->count;
    text made = *t;

    made.count = at;
    for (; n > 0 && made.count < MOST; n--)
        made.pieces[made.count++] = from->pieces[first + n - 1];
    for (size_t i = rest_at; i < t->count && made.count < MOST; i++)
        made.pieces[made.count++] = t->pieces[i];
    if (made.count > 0)
        *t = made;
}

static void try_text(const text *t)
{
    char bytes[MOST * 40];
    size_t len = 0;

    for (size_t i = 0; i < t->count; i++) {
        const size_t n = strlen(pieces[t->pieces[i]]);

        memcpy(bytes + len, pieces[t->pieces[i]], n);
        len += n;
    }
    uint8_t *exact = malloc(len + 1); /* so that a sanitizer sees a byte too many */

    if (exact == NULL)
        exit(2);
    memcpy(exact, bytes, len);
    fuzz_expression(exact, len);
    free(exact);
}

static void run_random(unsigned long n)
{
    static text pool[POOL];

    for (size_t i = 0; i < POOL; i++)
        fresh(&pool[i]);
    for (unsigned long i = 0; i < n; i++) {
        text *t = &pool[random_below(POOL)];

        if (random_below(8) == 0) {
            fresh(t);
        } else {
            text one;

            fresh(&one);
            splice(t, random_below(2) == 0 ? &one : &pool[random_below(POOL)]);
        }
        try_text(t);
    }
}

static void run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(1 << 20);

    if (file == NULL || bytes == NULL) {
        fprintf(stderr, "expr_driver: cannot read %s\n", path);
        exit(2);
    }
    fuzz_expression(bytes, fread(bytes, 1, 1 << 20, file));
    free(bytes);
    fclose(file);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--random") == 0) {
        random_state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
        run_random(strtoul(argv[2], NULL, 10));
        return 0;
    }
    for (int i = 1; i < argc; i++)
        run_file(argv[i]);
    return 0;
}
