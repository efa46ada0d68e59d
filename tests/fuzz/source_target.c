/* tests/fuzz/source_target.c: any bytes as the text of a document: cut into its provisions by their
 * anchors, and drafted anew. Everything is told of the text itself: lines that it has, words that
 * stand in it. A part "=provisions" gives the anchors; else they are the fixture's. */
#include "fuzz.h"

enum { PART_TEXT, PART_PROVISIONS, PARTS };

static const char *const heads[PARTS] = {"=text", "=provisions"};

static size_t lines_of(bylaw_str text)
{
    size_t n = 1;

    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == '\n';
    return n;
}

static void look(const bylaw_original *original, bylaw_str text)
{
    size_t lost = 0;

    for (size_t i = 0; i < bylaw_original_count(original); i++) {
        const bylaw_passage *p = bylaw_original_get(original, i);
        bylaw_str words = {NULL, 0};
        const bool quoted = bylaw_original_quote(original, p->id, &words);

        lost += !p->found;
        if (p->line > lines_of(text))
            fuzz_broken("a line behind the last", p->id);
        if (p->text.len > text.len)
            fuzz_broken("more words than there are", p->id);
        if (quoted != p->found || (quoted && !bl_str_equal(words, p->text)))
            fuzz_broken("quoted otherwise than found", p->id);
    }
    if (lost != bylaw_original_changed(original))
        fuzz_broken("the count of what is lost", text);
    if (bylaw_original_uncovered(original) > text.len)
        fuzz_broken("more left over than there is", text);
}

static void draft(bylaw_str text)
{
    fuzz_output once, again;

    fuzz_output_open(&once);
    fuzz_output_open(&again);
    if (bylaw_provisions_draft(BYLAW_STR("wcasp"), text, fuzz_write, &once, NULL) != BYLAW_OK ||
        bylaw_provisions_draft(BYLAW_STR("wcasp"), text, fuzz_write, &again, NULL) != BYLAW_OK)
        fuzz_broken("no draft", text);
    fuzz_same_output(&once, &again, "a draft");
}

void fuzz(const uint8_t *data, size_t size)
{
    static const char norms[] =
        "ruleset: wcasp\ntitle: {zh: 试, en: trial}\nuses: [assembly]\nnorms:\n"
        "  - {id: n, provision: wcasp:7.1d, on: [resolution], modality: must, require: "
        "all_called,\n"
        "     says: {zh: 要, en: must}}\n";
    bylaw_str parts[PARTS];
    bylaw_original *original = NULL;

    fuzz_split((bylaw_str){(const char *)data, size}, heads, parts, PARTS);
    const fuzz_beside beside = {{NULL, 0}, parts[PART_PROVISIONS]};
    bylaw_ruleset *set =
        parts[PART_PROVISIONS].ptr != NULL ? fuzz_read_set(BYLAW_STR(norms), &beside) : NULL;
    const bylaw_status status =
        bylaw_original_new(&original, set != NULL ? set : fuzz_own_set(), parts[PART_TEXT], NULL);

    if (status == BYLAW_OK)
        look(original, parts[PART_TEXT]);
    else if (status != BYLAW_ENOTFOUND)
        fuzz_broken("a text that cannot be read", parts[PART_TEXT]);
    draft(parts[PART_TEXT]);
    bylaw_original_free(original);
    bylaw_ruleset_free(set);
}
