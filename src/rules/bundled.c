/* rules/bundled.c: see bundled.h. The table itself is written by tools/embed.c from the files under
 * rules/, sorted by name. */
#include "rules/bundled.h"

bool bl_bundled_find(bylaw_str name, bylaw_str *text)
{
    size_t low = 0, high = bl_bundled_file_count;

    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        const int order = bl_str_compare(name, bl_bundled_files[mid].name);

        if (order == 0) {
            *text = bl_bundled_files[mid].text;
            return true;
        }
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

const bl_bundled_file *bl_bundled_of(bylaw_str text)
{
    for (size_t i = 0; i < bl_bundled_file_count; i++) {
        if (bl_bundled_files[i].text.ptr == text.ptr)
            return &bl_bundled_files[i];
    }
    return NULL;
}

size_t bl_bundled_text_count(void)
{
    return bl_bundled_file_count;
}

bylaw_str bl_bundled_text_name(size_t i)
{
    return bl_bundled_files[i].name;
}
