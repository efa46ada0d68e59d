/* expr/list_index.h: lists of names looked up by a hash.
 *
 * A norm for each ballot asks of the same list again and again whether a name is in it, or how
 * often. The second time that a long list is asked, it is indexed, for as long as the evaluations
 * share one bl_eval. Only what comparing one by one would give as well is answered: a name that
 * looks like another one of the list is left to that. */
#ifndef BL_EXPR_LIST_INDEX_H
#define BL_EXPR_LIST_INDEX_H

#include "expr/expr.h"

/* Which part of an item is the name: the item itself, or this field of a record of that type. */
typedef struct bl_list_part {
    const bl_type *record; /* NULL: the item itself */
    uint32_t field;
} bl_list_part;

/* Does the name certainly stand in the list? false says nothing. */
bool bl_list_has_name(bl_eval *eval, const bl_list *list, const bl_name *name);
/* How many items are that name, and the place of the first. false: comparing them one by one alone
 * can tell, for some are no known names, or look like this one, or the list is short or not asked
 * often. */
bool bl_list_count_name(size_t *count, size_t *first, bl_eval *eval, const bl_list *list,
                        bl_list_part part, const bl_name *name);

/* How many different ones there are of a few texts, as ballots have names; a mark of each tells
 * most often. *price: of comparing each with each, in units of cost. false: they are no texts, or
 * many.
 */
bool bl_list_count_texts(size_t *count, uint64_t *price, const bl_list *list, bl_list_part part);

#endif
