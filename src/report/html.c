#include "report/issues.h"
const bl_writer bl_writer_html = {"html", NULL, NULL, NULL};
