/* tests/fuzz/record_target.c: any bytes as a verdict record; as actions of which a record is made;
 * and as damage to what was written. What is taken is written so that it is read again the same and
 * agrees with itself; what is refused is told with a place; damage is refused, or the record is
 * told to be altered, or it says what it said. */
#include "fuzz.h"

#include <bylaw/record.h>

enum { PART_RECORD, PART_YAML, PART_DAMAGE, PARTS };

static const char *const heads[PARTS] = {"=record", "=yaml", "=damage"};

static const char own_actions[] =
    "rules: [wcasp]\ndate: 2026-11-21\nfacts: {members: 8, present: 8}\n"
    "---\naction: resolution\nfacts: {vote: {yes: 4, no: 4}}\n"
    "---\naction: dissolution\ndeclared: adopted\n"
    "facts: {vote: {yes: 5, no: 3}, proposer: {office: chair},\n"
    "  ballots: [{member: a, choice: yes}, {member: a, choice: no}]}\n";

/* NULL where it is refused. */
static bylaw_record *read_record(bylaw_str text)
{
    bylaw_diags *diags = fuzz_diags();
    bylaw_record *record = NULL;

    fuzz_taken(bylaw_record_read(&record, BYLAW_STR("记录.json"), text, NULL, diags), diags);
    fuzz_placed(diags);
    fuzz_drop(diags);
    for (size_t i = 0; record != NULL && i < bylaw_record_input_count(record); i++) {
        const bylaw_record_input input = bylaw_record_input_get(record, i);

        if (input.line == 0 || input.column == 0)
            fuzz_broken("a file without a place", input.name);
    }
    return record;
}

static void write_to(fuzz_output *out, bylaw_record *record)
{
    fuzz_output_open(out);
    if (bylaw_record_write(record, fuzz_write, out) != BYLAW_OK)
        fuzz_broken("a record is not written", BYLAW_STR(""));
    fuzz_must_be_json(fuzz_told(out), false);
}

/* ---- two records ---- */

static bylaw_record_match tell(fuzz_output *out, bylaw_record *then, bylaw_record *now, bool json,
                               bylaw_lang lang)
{
    const bylaw_record_telling how = {.lang = lang,
                                      .json = json,
                                      .name = BYLAW_STR("记录.json"),
                                      .write = fuzz_write,
                                      .context = out};
    bylaw_record_match match = {.verdicts = SIZE_MAX};

    fuzz_output_open(out);
    if (bylaw_record_compare(&match, then, now, &how) != BYLAW_OK)
        fuzz_broken("two records are not compared", BYLAW_STR(""));
    if (json)
        fuzz_must_be_json(fuzz_told(out), false);
    else
        fuzz_must_be_plain(fuzz_told(out));
    return match;
}

/* In words and as JSON, twice: the same counts, the same bytes. */
static bylaw_record_match compare(bylaw_record *then, bylaw_record *now)
{
    bylaw_record_match match = {.verdicts = 0};

    for (int i = 0; i < 3; i++) {
        const bylaw_lang lang = i == 1 ? BYLAW_EN : BYLAW_ZH;
        fuzz_output once, again;
        const bylaw_record_match first = tell(&once, then, now, i == 2, lang);
        const bylaw_record_match second = tell(&again, then, now, i == 2, lang);

        if (first.verdicts != second.verdicts || first.contents != second.contents ||
            first.versions != second.versions || first.altered != second.altered ||
            (i > 0 && (first.verdicts != match.verdicts || first.contents != match.contents)))
            fuzz_broken("counted differently", fuzz_told(&once));
        match = first;
        fuzz_same_output(&once, &again, "what differs");
    }
    return match;
}

/* ---- one record ---- */

/* Written, read and written again: the same bytes; and both agree. */
static void write_and_read(bylaw_record *record)
{
    fuzz_output once, again;

    write_to(&once, record);
    bylaw_record *same = read_record(fuzz_told(&once));

    if (same == NULL)
        fuzz_broken("what was written is refused", fuzz_told(&once));
    if (bylaw_record_altered(same))
        fuzz_broken("altered, as it was written", fuzz_told(&once));
    const bylaw_record_match match = compare(same, record);

    if (!bylaw_record_agrees(&match, false) || match.versions > 0)
        fuzz_broken("does not agree with itself", fuzz_told(&once));
    write_to(&again, same);
    bylaw_record_free(same);
    fuzz_same_output(&once, &again, "a record");
}

/* Of the actions of the text, added forwards or backwards; NULL where they are refused. */
static bylaw_record *make(bylaw_str text, bool backwards)
{
    static const bylaw_str rules[] = {{"wcasp.yaml", 10}};
    const bylaw_ruleset *sets[] = {fuzz_own_set()};
    const bylaw_options options = {.sets = sets, .set_count = 1, .load = fuzz_load};
    const bylaw_record_options what = {.rules = rules, .rule_count = 1};
    bylaw_record *record = NULL;
    bylaw_checker *checker = NULL;
    bylaw_diags *diags = fuzz_diags();
    size_t file = 0;

    if (bylaw_checker_new(&checker, &options, NULL) != BYLAW_OK ||
        bylaw_record_new(&record, &what, NULL) != BYLAW_OK ||
        bylaw_record_file(&file, record, BYLAW_INPUT_ACTION, BYLAW_STR("x"), BYLAW_STR("x.yaml"),
                          false) != BYLAW_OK)
        fuzz_broken("no memory", text);
    bylaw_record_text(record, file, text);
    if (fuzz_taken(bylaw_checker_read(checker, BYLAW_STR("x"), text, BYLAW_FORMAT_YAML, diags),
                   diags)) {
        const size_t count = bylaw_checker_count(checker);

        for (size_t i = 0; i < count; i++) {
            const bylaw_result *result = NULL;

            if (bylaw_checker_check(checker, backwards ? count - 1 - i : i, &result, diags) ==
                    BYLAW_OK &&
                bylaw_record_add(record, result) != BYLAW_OK)
                fuzz_broken("a result is not recorded", text);
        }
    } else {
        bylaw_record_free(record);
        record = NULL;
    }
    bylaw_checker_free(checker);
    fuzz_drop(diags);
    return record;
}

/* Of our own actions; kept until the end. */
static bylaw_record *own(void)
{
    static bylaw_record *record; /* leaks nothing: it is reachable until the end */

    if (record == NULL)
        record = make(bylaw_str_from(own_actions), false);
    return record;
}

static void make_and_read(bylaw_str text)
{
    bylaw_record *one = make(text, false), *other = make(text, true);
    fuzz_output once, again;

    if (one == NULL || other == NULL)
        return;
    write_to(&once, one);
    write_to(&again, other);
    fuzz_same_output(&once, &again, "a record of the same actions backwards");
    write_and_read(one);
    compare(one, own());
    bylaw_record_free(one);
    bylaw_record_free(other);
}

/* ---- damage ---- */

/* The first two bytes say where, the third how many bytes go; the rest is put in their place. */
static bylaw_str damaged(bl_arena *arena, bylaw_str text, bylaw_str how)
{
    const unsigned char *h = (const unsigned char *)how.ptr;
    bl_str out = bl_str_init(arena);

    if (how.len < 3)
        return text;
    const size_t at = (h[0] * 256u + h[1]) % (text.len + 1);
    const size_t behind = h[2] < text.len - at ? at + h[2] : text.len;

    bl_str_add(&out, bl_str_slice(text, 0, at));
    bl_str_add(&out, bl_str_slice(how, 3, how.len));
    bl_str_add(&out, bl_str_slice(text, behind, text.len));
    return bl_str_taken(&out);
}

static void damage(bylaw_str how)
{
    fuzz_output whole, after;
    bl_arena arena;

    bl_arena_init(&arena, NULL);
    write_to(&whole, own());
    const bylaw_str text = damaged(&arena, fuzz_told(&whole), how);
    bylaw_record *record = read_record(text);

    if (record != NULL && bylaw_record_altered(record)) {
        const bylaw_record_match match = compare(record, own());

        if (!match.altered || bylaw_record_agrees(&match, true))
            fuzz_broken("agrees, though it was altered", text);
        write_and_read(record);
    } else if (record != NULL) {
        write_to(&after, record);
        if (!bl_str_equal(fuzz_told(&whole), fuzz_told(&after)))
            fuzz_broken("damaged, and neither refused nor told", text);
        fuzz_output_close(&after);
    }
    bylaw_record_free(record);
    fuzz_output_close(&whole);
    bl_arena_dispose(&arena);
}

static void take(bylaw_str text)
{
    bylaw_record *record = read_record(text);

    if (record == NULL)
        return;
    write_and_read(record);
    compare(record, own());
    compare(own(), record);
    bylaw_record_free(record);
}

void fuzz(const uint8_t *data, size_t size)
{
    static void (*const jobs[PARTS])(bylaw_str) = {take, make_and_read, damage};
    bylaw_str parts[PARTS];

    fuzz_split((bylaw_str){(const char *)data, size}, heads, parts, PARTS);
    for (size_t i = 0; i < PARTS; i++) {
        if (parts[i].ptr != NULL)
            jobs[i](parts[i]);
    }
}
