/* tests/fuzz/fuzz.h: what every fuzz target is made of.
 *
 * A target is one file, NAME_target.c, which defines fuzz(): any bytes through some public
 * functions, with properties that must hold for all bytes. A broken property aborts. Each target is
 * linked twice: with driver.c, which ctest runs over the seeds and over texts made of them, and
 * with libFuzzer (clang, -DBYLAW_FUZZ=ON).
 *
 * Where a target takes several texts at once, its bytes are parts: a line such as "=yaml" begins
 * one. What has no such line before it belongs to the first part. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <bylaw/bylaw.h>

#include "base/str.h"

/* The target. */
void fuzz(const uint8_t *data, size_t size);

/* Says what is broken, and aborts. */
void fuzz_broken(const char *what, bylaw_str text);

/* Cuts a text at its lines that are one of `heads`. A part that is not there has a NULL ptr. */
void fuzz_split(bylaw_str text, const char *const *heads, bylaw_str *parts, size_t count);

/* Was it refused with a reason, or taken without one? Anything else is broken. */
bool fuzz_taken(bylaw_status status, const bylaw_diags *diags);

/* Every mistake of the list has a file and a line of it. */
void fuzz_placed(const bylaw_diags *diags);

/* A list of mistakes; never NULL. */
bylaw_diags *fuzz_diags(void);
/* Tells the mistakes in both languages, to nowhere, and frees the list. */
void fuzz_drop(bylaw_diags *diags);

/* The texts beside a rule set: those given, else the fixture's (tests/fixtures/wcasp). */
typedef struct fuzz_beside {
    bylaw_str vocabulary, provisions;
} fuzz_beside;

/* The rule set of a text, looked over by lint; NULL where it is refused, with a reason. */
bylaw_ruleset *fuzz_read_set(bylaw_str text, const fuzz_beside *beside);
/* The fixture, read once. */
const bylaw_ruleset *fuzz_own_set(void);
/* The bundled sets, read once, by the name under `rules:`. For bylaw_options.load. */
bylaw_status fuzz_load(void *context, bylaw_str name, bylaw_str file, const bylaw_ruleset **out,
                       bylaw_diags *diags);

/* Bytes that were written, and where they are kept. */
typedef struct fuzz_output {
    bl_arena arena;
    bl_str text;
} fuzz_output;

void fuzz_output_open(fuzz_output *out);
bylaw_status fuzz_write(void *output, bylaw_str text); /* for every `write` of the library */
void fuzz_output_close(fuzz_output *out);
bylaw_str fuzz_told(const fuzz_output *out);
/* The same bytes both times; closes both. */
void fuzz_same_output(fuzz_output *once, fuzz_output *again, const char *what);

/* The library's own strict reader takes it: one value, or one a line. */
void fuzz_must_be_json(bylaw_str text, bool lines);

/* read_back.c: nothing stands in it that may stand in no format: controls, marks that turn or hide
 * text, bytes that are no UTF-8, commands of a log. */
void fuzz_must_be_plain(bylaw_str text);
/* The same, and what its format demands. */
void fuzz_must_be_format(bylaw_str text, bylaw_report_format format);

/* How actions are told. */
typedef struct fuzz_manner {
    unsigned formats; /* of bylaw_report_format: a bit each */
    int verbosity;
    bool english; /* first, or alone */
} fuzz_manner;

/* Checks every action of the text and tells the results in all the formats, twice, the second time
 * with a checker that has checked others, and these backwards, and in two parts where a format can
 * be joined: told alike, each format read back, and the results what the twin says
 * (tests/check/twin.h). */
void fuzz_check_and_tell(const bylaw_options *options, bylaw_str text, bylaw_format format,
                         const fuzz_manner *manner);
/* The same, in Chinese, with every finding. */
void fuzz_check_actions(const bylaw_options *options, bylaw_str text, bylaw_format format,
                        unsigned formats);
/* again.c: what each result says of other readings and of what it would take, asked of the rules
 * again; and what is told of a single result: explained, and what its vote needs. */
void fuzz_ask_again(const bylaw_options *options, bylaw_str text, bylaw_format format);
#define FUZZ_ALL_FORMATS ((1u << BYLAW_REPORT_FORMATS) - 1)
#define FUZZ_FEW_FORMATS (1u << BYLAW_REPORT_TEXT | 1u << BYLAW_REPORT_JSON)

#endif
