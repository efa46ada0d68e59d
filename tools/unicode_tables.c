/* tools/unicode_tables.c: writes what ICU knows of each code point as the tables that
 * src/text/properties.h declares.
 *
 *     bylaw_unicode_tables OUT.c
 *
 * Run by the build. Code points that are alike in everything share a kind, and blocks of code
 * points that are alike in every place share a row: a hundred KiB in all. */
#include "text/properties.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <stdio.h>
#include <string.h>

enum { CODEPOINTS = 0x110000, BLOCK = BL_CODEPOINT_BLOCK, MOST_KINDS = 4096, MOST_BLOCKS = 256 };

static bl_codepoint kinds[MOST_KINDS];
static size_t kind_count;
static uint16_t blocks[MOST_BLOCKS][BLOCK];
static size_t block_count;
static UChar32 ring[CODEPOINTS]; /* the next that folds to the same */

/* East Asian wide and full-width characters take two columns; marks and format characters, the
 * vowels and final consonants of Hangul, which stand in the cell of the first, and controls none.
 */
static uint8_t width_of(UChar32 c)
{
    const int8_t category = u_charType(c);
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);

    if (c < 0x300)
        return category == U_CONTROL_CHAR ? 0 : 1;
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
        category == U_FORMAT_CHAR || (c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FB))
        return 0;
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/* Each is put into the ring of what it folds to, behind that one. */
static void make_rings(void)
{
    for (UChar32 c = 0; c < CODEPOINTS; c++)
        ring[c] = c;
    for (UChar32 c = 0; c < CODEPOINTS; c++) {
        const UChar32 folded = u_foldCase(c, U_FOLD_CASE_DEFAULT);

        if (folded != c) {
            ring[c] = ring[folded];
            ring[folded] = c;
        }
    }
}

/* An index of `count` rows of `size` bytes where `row` stands, behind them if it is new. */
static size_t place_of(const void *row, void *rows, size_t size, size_t *count, size_t most)
{
    size_t i = 0;

    while (i < *count && memcmp((const char *)rows + i * size, row, size) != 0)
        i++;
    if (i == *count && i < most)
        memcpy((char *)rows + size * (*count)++, row, size);
    return i;
}

static size_t kind_of(UChar32 c)
{
    UErrorCode error = U_ZERO_ERROR;
    bl_codepoint kind;

    memset(&kind, 0, sizeof kind);
    kind.next = ring[c] - c;
    kind.category = (uint8_t)u_charType(c);
    kind.script = (uint8_t)uscript_getScript(c, &error);
    kind.width = width_of(c);
    kind.ideographic = u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
    return place_of(&kind, kinds, sizeof kind, &kind_count, MOST_KINDS);
}

/* false: there are more blocks or kinds than the numbers allow. */
static bool write_blocks(FILE *out)
{
    fprintf(out, "const uint8_t bl_codepoint_blocks[] = {");
    for (UChar32 from = 0; from < CODEPOINTS; from += BLOCK) {
        uint16_t row[BLOCK];

        for (UChar32 i = 0; i < BLOCK; i++)
            row[i] = (uint16_t)kind_of(from + i);
        const size_t at = place_of(row, blocks, sizeof row, &block_count, MOST_BLOCKS);

        if (at == MOST_BLOCKS || kind_count == MOST_KINDS)
            return false;
        fprintf(out, "%s%zu,", from / BLOCK % 24 == 0 ? "\n    " : " ", at);
    }
    fprintf(out, "\n};\nconst uint16_t bl_codepoint_table[][BL_CODEPOINT_BLOCK] = {");
    for (size_t b = 0; b < block_count; b++) {
        for (size_t i = 0; i < BLOCK; i++)
            fprintf(out, "%s%d,", i == 0 ? "\n    {" : i % 24 == 0 ? "\n     " : " ", blocks[b][i]);
        fprintf(out, "},");
    }
    fprintf(out, "\n};\nconst bl_codepoint bl_codepoint_kinds[] = {\n");
    for (size_t i = 0; i < kind_count; i++)
        fprintf(out, "    {%d, %d, %d, %d, %d},\n", kinds[i].next, kinds[i].category,
                kinds[i].script, kinds[i].width, kinds[i].ideographic);
    fprintf(out, "};\n");
    return true;
}

/* Categories go by their short names, scripts by their long ones, Any is everything: as RE2 has
 * them. RE2 leaves out of C what is not assigned. */
static void write_names(FILE *out)
{
    static const uint32_t groups[] = {U_GC_C_MASK, U_GC_L_MASK, U_GC_LC_MASK, U_GC_M_MASK,
                                      U_GC_N_MASK, U_GC_P_MASK, U_GC_S_MASK,  U_GC_Z_MASK};
    const size_t group_count = sizeof groups / sizeof *groups;
    const int32_t scripts = u_getIntPropertyMaxValue(UCHAR_SCRIPT);

    fprintf(out, "const bl_property_name bl_property_names[] = {\n    {\"Any\", UINT32_MAX, 0},\n");
    for (size_t i = 0; i < group_count + U_CHAR_CATEGORY_COUNT; i++) {
        const uint32_t mask = i < group_count ? groups[i] : U_MASK(i - group_count);

        if (mask != U_GC_CN_MASK)
            fprintf(out, "    {\"%s\", %uu, 0},\n",
                    u_getPropertyValueName(UCHAR_GENERAL_CATEGORY_MASK, (int32_t)mask,
                                           U_SHORT_PROPERTY_NAME),
                    (unsigned)(mask & ~(uint32_t)U_GC_CN_MASK));
    }
    for (int32_t s = 0; s <= scripts; s++) {
        const char *name = u_getPropertyValueName(UCHAR_SCRIPT, s, U_LONG_PROPERTY_NAME);

        if (name != NULL)
            fprintf(out, "    {\"%s\", 0, %d},\n", name, s);
    }
    fprintf(out, "};\nconst size_t bl_property_name_count = sizeof bl_property_names / sizeof "
                 "*bl_property_names;\n");
}

int main(int argc, char **argv)
{
    FILE *out = argc == 2 ? fopen(argv[1], "wb") : NULL;

    if (out == NULL) {
        fprintf(stderr, "usage: bylaw_unicode_tables OUT.c\n");
        return 2;
    }
    make_rings();
    fprintf(out, "/* Written by tools/unicode_tables.c from ICU " U_ICU_VERSION ". */\n"
                 "#include \"text/properties.h\"\n\n");
    bool good = write_blocks(out);

    write_names(out);
    if (fclose(out) != 0 || !good) {
        fprintf(stderr, "unicode_tables: %s: not written\n", argv[1]);
        remove(argv[1]); /* a half-written file must not look finished to the build */
        return 1;
    }
    return 0;
}
