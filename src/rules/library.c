/* rules/library.c: the libraries underneath, for `bylaw version` and reports of mistakes. */
#include "base/late.h"
#include "doc/document.h"
#include "text/unicode.h"

const char *bylaw_library_version(bylaw_library library)
{
    return library == BYLAW_LIBRARY_YAML ? bl_yaml_version() : bl_icu_version();
}

const char *bylaw_library_missing(void)
{
    return bl_late_missing();
}
