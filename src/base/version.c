/* base/version.c: the version comes from the build, which has it from CMakeLists.txt alone. */
#include <bylaw/base.h>

const char *bylaw_version(void)
{
    return BYLAW_VERSION;
}
