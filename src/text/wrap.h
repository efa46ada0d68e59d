/* text/wrap.h: running text in lines of so many columns, Chinese and English mixed. */
#ifndef BL_TEXT_WRAP_H
#define BL_TEXT_WRAP_H

#include "base/str.h"

/* Appends `text` in lines of at most `columns`: the first continues a line of which `used` columns
 * are taken, the others begin with `indent` blanks. Writes no line end behind the last.
 *
 * Lines break at blanks, which vanish there, and between Chinese characters; never before
 * ，。；：、）》” and their like or after （《“, nor inside "5 票", "Art. 11", 第1259条,
 * 2026年11月21日 or a word. What is longer than a line is broken where it must be. No continuation
 * begins with ":" or
 * "#": CI systems take commands there. Our own colour sequences (ESC [ … m) take no columns. */
void bl_wrap(bl_str *out, bylaw_str text, size_t columns, size_t used, size_t indent);

/* Appends n blanks; appends text and blanks up to `columns`. */
void bl_add_blanks(bl_str *out, size_t n);
void bl_add_padded(bl_str *out, bylaw_str text, size_t columns);

#endif
