/* expr/builtin_util.h: what the files of builtins share. */
#ifndef BL_EXPR_BUILTIN_UTIL_H
#define BL_EXPR_BUILTIN_UTIL_H

#include "expr/faults.h"

/* Reading or making so many bytes of text: a tenth of a unit each. false: the limit is passed. */
bool bl_pay_text(bl_call *call, uint64_t bytes);
/* Looking for a part in a text: at worst the part is compared at every place. */
bool bl_pay_search(bl_call *call, uint64_t text, uint64_t part);
/* Two lists gone through for each other, or any a x b steps. */
bool bl_pay_pairs(bl_call *call, uint64_t a, uint64_t b);

/* The text built, as a string. */
bl_value bl_built_string(bl_call *call, bl_str *text);

/* What is unknown among the elements, merged; null when all are known. */
bl_value bl_unknown_items(bl_call *call, const bl_list *list);

/* Do two near names stand side by side in a list of names that is a fact? Then they are two:
 * 河南省学会 and 湖南省学会 on one roll are no slip. For bl_near_names; the context is the bl_eval.
 */
bool bl_names_apart(const void *eval, const bl_name *a, const bl_name *b);

/* How a value is told in running text: %s of format(), without quotes. false: it has no such text
 * (an optional). Unknown parts are written as "?". */
bool bl_write_plain(bl_str *out, bl_value v);

#endif
