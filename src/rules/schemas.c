/* rules/schemas.c: the JSON Schemas among the bundled files. They are only printed; what they say
 * is checked by the readers' own tables of keys. */
#include "rules/bundled.h"

#include <bylaw/ruleset.h>

static const bylaw_str before = {"schema/bylaw-", sizeof "schema/bylaw-" - 1};
static const bylaw_str behind = {".schema.json", sizeof ".schema.json" - 1};

static bool is_schema(const bl_bundled_file *file)
{
    return bl_str_starts(file->name, before) && bl_str_ends(file->name, behind);
}

static const bl_bundled_file *schema(size_t i)
{
    for (size_t k = 0; k < bl_bundled_file_count; k++) {
        if (is_schema(&bl_bundled_files[k]) && i-- == 0)
            return &bl_bundled_files[k];
    }
    return NULL;
}

size_t bylaw_schema_count(void)
{
    size_t count = 0;

    for (size_t k = 0; k < bl_bundled_file_count; k++)
        count += is_schema(&bl_bundled_files[k]);
    return count;
}

bylaw_str bylaw_schema_name(size_t i)
{
    const bl_bundled_file *file = schema(i);

    return file == NULL ? (bylaw_str){NULL, 0}
                        : bl_str_slice(file->name, before.len, file->name.len - behind.len);
}

bylaw_str bylaw_schema_text(size_t i)
{
    const bl_bundled_file *file = schema(i);

    return file == NULL ? (bylaw_str){NULL, 0} : file->text;
}
