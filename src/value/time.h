/* value/time.h: CEL's timestamps and durations: seconds and nanoseconds, as text and in sums. */
#ifndef BL_VALUE_TIME_H
#define BL_VALUE_TIME_H

#include "base/str.h"

/* Seconds (of a negative duration: rounded down) and 0..999999999 nanoseconds more. */
typedef struct bl_time {
    int64_t seconds;
    uint32_t nanos;
} bl_time;

typedef enum bl_time_reading {
    BL_TIME_OK,
    BL_TIME_NOT_A_TIME,  /* another form */
    BL_TIME_OUT_OF_RANGE /* no such day, or beyond the range */
} bl_time_reading;

#define BL_TIMESTAMP_MIN INT64_C(-62135596800) /* 0001-01-01T00:00:00Z */
#define BL_TIMESTAMP_MAX INT64_C(253402300799) /* 9999-12-31T23:59:59Z */
#define BL_DURATION_MAX  INT64_C(315576000000) /* 10,000 years of 365.25 days, either way */

bool bl_timestamp_in_range(bl_time t);
bool bl_duration_in_range(bl_time d);

/* RFC 3339: 2009-02-13T23:31:30.5Z, 2009-02-13T23:31:30+08:00; up to nine digits count. */
bl_time_reading bl_timestamp_read(bl_time *out, bylaw_str text);
void bl_timestamp_write(bl_str *out, bl_time t); /* always Z, no zeros at the fraction's end */

/* -1.5h20m, 300ms, 0: units h m s ms us (µs) ns. */
bl_time_reading bl_duration_read(bl_time *out, bylaw_str text);
void bl_duration_write(bl_str *out, bl_time d); /* seconds: -1.5s */

/* false: out of range. */
bool bl_timestamp_add(bl_time *out, bl_time timestamp, bl_time duration);
bool bl_timestamp_sub(bl_time *out, bl_time timestamp, bl_time duration);
/* Beyond int64 nanoseconds, some 292 years, out of range as well. */
bool bl_timestamp_diff(bl_time *out, bl_time a, bl_time b);
bool bl_duration_add(bl_time *out, bl_time a, bl_time b);
bool bl_duration_sub(bl_time *out, bl_time a, bl_time b);
bl_time bl_duration_negate(bl_time d);
int bl_time_compare(bl_time a, bl_time b); /* -1, 0, +1 */

/* Whole units of a duration, rounded to zero. */
int64_t bl_duration_in(bl_time d, int64_t seconds_per_unit);
int64_t bl_duration_milliseconds(bl_time d);

#endif
