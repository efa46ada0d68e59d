/* report/json.h: a small writer of JSON: commas and escapes are its business. */
#ifndef BL_REPORT_JSON_H
#define BL_REPORT_JSON_H

#include "report/say.h"

typedef struct bl_json {
    bl_str *out;
    bool comma; /* the next value in this object or array needs one */
    bl_quoter quoter;
} bl_json;

void bl_json_open(bl_json *j, const char *key,
                  char bracket); /* '{' or '['; key NULL inside an array */
void bl_json_close(bl_json *j, char bracket);
void bl_json_text(bl_json *j, const char *key, bylaw_str text);
void bl_json_int(bl_json *j, const char *key, int64_t n);
void bl_json_bool(bl_json *j, const char *key, bool b);
void bl_json_null(bl_json *j, const char *key);
void bl_json_label(bl_json *j, const char *key, bylaw_label label); /* {"zh": …, "en": …} */
void bl_json_date(bl_json *j, const char *key, int64_t days);
/* A value of a fact: numbers, text, dates as text, lists, records as objects; unknown is null. */
void bl_json_value(bl_json *j, const char *key, bl_value value);
/* "text": the provision word for word, as j->quoter gives it; "text_changed" where its document has
 * been changed. Nothing where it is not at hand. */
void bl_json_quote(bl_json *j, const bl_provision *provision);

/* One action's result as an object. */
void bl_json_result(bl_json *j, const bylaw_result *result, bl_arena *arena);
/* What could not be checked of one file, as an object. */
void bl_json_errors(bl_json *j, bylaw_str file, const bylaw_diags *diags);

#endif
