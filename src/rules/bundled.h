/* rules/bundled.h: the rule sets, vocabularies and provisions that the library carries within
 * itself, as texts. Names are paths below rules/: "wcasp.yaml", "vocabulary/assembly.yaml",
 * "provisions/wcasp.yaml". All static: nothing is allocated, nothing freed. */
#ifndef BL_RULES_BUNDLED_H
#define BL_RULES_BUNDLED_H

#include "base/str.h"

typedef struct bl_bundled_file {
    bylaw_str name, text; /* each with a NUL behind it */
    bylaw_str packed;     /* its one document, read when the library was built (doc/packed.h) */
    bylaw_str sha256;     /* of the text, in hex */
} bl_bundled_file;

/* In order of name. */
extern const bl_bundled_file bl_bundled_files[];
extern const size_t bl_bundled_file_count;

/* The text under a name; false where there is none, and *text is untouched. */
bool bl_bundled_find(bylaw_str name, bylaw_str *text);
/* The file that this very text is (by address), or NULL. */
const bl_bundled_file *bl_bundled_of(bylaw_str text);
size_t bl_bundled_text_count(void);
bylaw_str bl_bundled_text_name(size_t i);

#endif
