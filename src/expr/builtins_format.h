/* expr/builtins_format.h: '%s of %d'.format([…]). */
#ifndef BL_EXPR_BUILTINS_FORMAT_H
#define BL_EXPR_BUILTINS_FORMAT_H

#include "expr/builtin.h"

bl_builtin bl_builtin_format;

#endif
