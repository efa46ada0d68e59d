/* tests/fuzz/check_driver.c: the same target without libFuzzer.
 *
 *     check_driver FILE...            each file once
 *     check_driver --random N [SEED]  N texts made of the project's own rule set, actions and
 *                                     registers by cutting, doubling and replacing pieces of them
 *     check_driver --write FOLDER     those texts themselves, to start libFuzzer with
 *
 * The generator is simple and repeatable: the same seed gives the same texts. */
#include "check_target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 65536

static uint64_t random_state;

static size_t random_below(size_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)((random_state >> 33) % n);
}

typedef struct text {
    char bytes[MOST];
    size_t size;
} text;

static const char *const files[] = {
    "=set\n",      "tests/fixtures/wcasp/wcasp.yaml",
    "=yaml\n",     "rules/examples/联盟-解散-8个成员赞成5.yaml",
    "=yaml\n",     "rules/examples/联盟-选票-一个成员两票-相反.yaml",
    "=yaml\n",     "rules/examples/联盟-选举-表决前.yaml",
    "=register\n", "rules/examples/名册.yaml",
};
static const char json[] =
    "=json\n[{\"action\": \"dissolution\", \"rules\": [\"wcasp\"], \"date\": \"2026-11-21\", "
    "\"declared\": \"adopted\", \"facts\": {\"proposer\": {\"office\": \"chair\"}, \"members\": 8, "
    "\"present\": 7, \"vote\": {\"yes\": 5, \"no\": 2}}, \"waivers\": [{\"norm\": \"all-called\", "
    "\"reason\": \"\\u4e00\", \"by\": \"x\", \"until\": \"2027-01-01\"}]}]\n";

#define SEEDS (sizeof files / sizeof files[0] / 2 + 1)

static text seeds[SEEDS];

static const char *const pieces[] = {
    ": ",
    "\n",
    "{",
    "}",
    "[",
    "]",
    "'",
    "\"",
    "-",
    "- ",
    "#",
    "&a ",
    "*a",
    "!",
    "|\n",
    "---\n",
    "null",
    "true",
    "no",
    "1/2",
    "三分之二",
    "-1",
    "9223372036854775807",
    "2026-02-30",
    "二〇二六年",
    "vote.yes",
    "present",
    "wcasp:7.1d",
    "\xFF",
    "\xE2\x80\xAE",
    "\t",
    "，",
    "：",
    "２",
    "none",
    "half.exclusive",
    "threshold: {count: vote.yes, of: members, more_than: 2/3}",
    "each: {x: roll}",
};

static void read_seeds(void)
{
    for (size_t i = 0; i + 1 < SEEDS; i++) {
        char path[512];
        text *t = &seeds[i];

        snprintf(path, sizeof path, "%s/%s", BYLAW_SOURCE_DIR, files[2 * i + 1]);
        FILE *file = fopen(path, "rb");

        if (file == NULL) {
            fprintf(stderr, "check_driver: cannot read %s\n", path);
            exit(2);
        }
        t->size = strlen(files[2 * i]);
        memcpy(t->bytes, files[2 * i], t->size);
        t->size += fread(t->bytes + t->size, 1, MOST - t->size, file);
        fclose(file);
    }
    seeds[SEEDS - 1].size = sizeof json - 1;
    memcpy(seeds[SEEDS - 1].bytes, json, sizeof json - 1);
}

/* Puts `n` bytes in place of `gone` bytes at `at`. */
static void put(text *t, size_t at, size_t gone, const char *bytes, size_t n)
{
    if (t->size - gone + n > MOST)
        return;
    memmove(t->bytes + at + n, t->bytes + at + gone, t->size - at - gone);
    memcpy(t->bytes + at, bytes, n);
    t->size = t->size - gone + n;
}

static void change(text *t)
{
    const size_t at = random_below(t->size + 1), rest = t->size - at;
    const size_t some = rest == 0 ? 0 : random_below(rest < 20 ? rest + 1 : 20);
    const text *from = &seeds[random_below(SEEDS)];
    const size_t start = random_below(from->size), length = random_below(from->size - start);
    const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];

    switch (random_below(4)) {
    case 0:
        put(t, at, some, "", 0);
        break;
    case 1:
        put(t, at, some, piece, strlen(piece));
        break;
    case 2:
        put(t, at, 0, piece, strlen(piece));
        break;
    default:
        put(t, at, some, from->bytes + start, length < 60 ? length : 60);
        break;
    }
}

static void run_random(unsigned long n)
{
    static text made;

    for (unsigned long i = 0; i < n; i++) {
        made = seeds[random_below(SEEDS)];
        for (size_t k = random_below(2); k > 0; k--) { /* two parts together */
            const text *more = &seeds[random_below(SEEDS)];

            put(&made, made.size, 0, more->bytes, more->size);
        }
        for (size_t k = 1 + random_below(4); k > 0; k--)
            change(&made);
        uint8_t *exact = malloc(made.size + 1); /* so that a sanitizer sees a byte too many */

        if (exact == NULL)
            exit(2);
        memcpy(exact, made.bytes, made.size);
        fuzz_check(exact, made.size);
        free(exact);
    }
}

static void write_seeds(const char *folder)
{
    for (size_t i = 0; i < SEEDS; i++) {
        char path[512];

        snprintf(path, sizeof path, "%s/seed-%zu", folder, i);
        FILE *file = fopen(path, "wb");

        if (file == NULL || fwrite(seeds[i].bytes, 1, seeds[i].size, file) != seeds[i].size ||
            fclose(file) != 0) {
            fprintf(stderr, "check_driver: cannot write %s\n", path);
            exit(2);
        }
    }
}

static void run_file(const char *path)
{
    static uint8_t bytes[1 << 20];
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        fprintf(stderr, "check_driver: cannot read %s\n", path);
        exit(2);
    }
    fuzz_check(bytes, fread(bytes, 1, sizeof bytes, file));
    fclose(file);
}

int main(int argc, char **argv)
{
    read_seeds();
    if (argc >= 3 && strcmp(argv[1], "--random") == 0) {
        random_state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
        run_random(strtoul(argv[2], NULL, 10));
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "--write") == 0) {
        write_seeds(argv[2]);
        return 0;
    }
    for (int i = 1; i < argc; i++)
        run_file(argv[i]);
    return 0;
}
