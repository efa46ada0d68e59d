/* doc/yaml_reader.h: YAML 1.2 through libyaml's events. */
#ifndef BL_DOC_YAML_READER_H
#define BL_DOC_YAML_READER_H

#include "doc/build.h"

/* Reads from byte `from` (behind a byte order mark) to the end; roots are left on the build's stack
 * from height 0, a NULL one for an empty document. */
void bl_yaml_read(bl_build *build, size_t from);

#endif
