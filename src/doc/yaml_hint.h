/* doc/yaml_hint.h: says in the reader's language what libyaml found wrong, and what to do. */
#ifndef BL_DOC_YAML_HINT_H
#define BL_DOC_YAML_HINT_H

#include "doc/yaml_slip.h"

/* Tells the mistake. true when it could be stepped over: `text` (a copy of the source's, of the
 * same length, places unchanged) is mended so that reading it again finds the next mistakes. */
bool bl_yaml_explain(bl_build *build, char *text, const bl_yaml_trouble *trouble);

#endif
