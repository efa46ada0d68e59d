/* value/date.h: calendar dates (proleptic Gregorian, years 1 to 9999) as days since 1970-01-01. */
#ifndef BL_VALUE_DATE_H
#define BL_VALUE_DATE_H

#include "base/diag.h"

typedef struct bl_ymd {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
} bl_ymd;

bool bl_date_make(int64_t *days, int64_t year, int64_t month, int64_t day); /* false: no such day */
bl_ymd bl_date_parts(int64_t days);
int bl_date_weekday(int64_t days); /* 1 Monday .. 7 Sunday */
/* Steps; false when the result leaves years 1..9999. A day beyond the month's end becomes its last
 * day. */
bool bl_date_add_days(int64_t *out, int64_t days, int64_t n);
bool bl_date_add_months(int64_t *out, int64_t days, int64_t n);

typedef enum bl_date_reading {
    BL_DATE_OK,
    BL_DATE_NOT_A_DATE,  /* another form */
    BL_DATE_NO_SUCH_DAY, /* 2026-02-30 */
} bl_date_reading;
/* As people write it: 2026-11-21, 2026/11/21, 2026.11.21, 2026年11月21日, 二〇二六年十一月二十一日,
 * full width digits; a time of day behind it (T12:00, 12:00:00, 上午9时) is returned in *rest,
 * untouched. */
bl_date_reading bl_date_read(int64_t *days, bylaw_str *rest, bylaw_str text);

/* A day that there is not, as a reader would say it: 2026-02-30 is 2026年2月30日 and 30 February
 * 2026; as it is written where it has another form. */
bylaw_label bl_date_as_told(bl_arena *arena, bylaw_str text);

void bl_date_write_iso(bl_str *out, int64_t days); /* 2026-11-21 */
void bl_date_write(bl_str *out, int64_t days,
                   bylaw_lang lang); /* 2026年11月21日, 21 November 2026 */

#endif
