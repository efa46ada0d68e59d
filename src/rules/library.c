/* rules/library.c: the versions of the libraries underneath, for `bylaw version` and reports of
 * mistakes. */
#include "doc/document.h"
#include "text/unicode.h"

const char *bylaw_library_version(bylaw_library library)
{
    return library == BYLAW_LIBRARY_YAML ? bl_yaml_version() : bl_icu_version();
}
