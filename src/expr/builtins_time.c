/* expr/builtins_time.c: parts of timestamps, in a time zone, and of durations. As in CEL, months
 * and days count from 0 but for getDate; Sunday is day 0. */
#include "expr/builtin_util.h"

#include "text/unicode.h"
#include "value/date.h"
#include "value/time.h"

#define SECONDS_PER_DAY 86400
#define ZONE_COST       20 /* units: a zone is looked up each time */

/* A timestamp as clocks and calendars show it somewhere. */
typedef struct local_time {
    bl_ymd date;
    int64_t days; /* since 1970-01-01 */
    int64_t second_of_day;
    int64_t milliseconds;
} local_time;

/* The zone is the second argument, UTC where there is none. Null: done. */
static bl_value to_local(bl_call *call, local_time *out, const bl_value *args, size_t n)
{
    int32_t offset = 0;

    if (n > 1) {
        if (!bl_charge(call, ZONE_COST))
            return bl_cost_error(call);
        const bylaw_status status = bl_zone_offset(&offset, *args[1].as.s, args[0].as.i);

        if (status == BYLAW_ENOMEM) {
            call->eval->arena->failed = true;
            return bl_oom_value();
        }
        if (status != BYLAW_OK)
            return bl_fail(call, no_zone, BL_TEXT("zone", *args[1].as.s));
    }
    const int64_t seconds = args[0].as.i + offset;

    out->days = seconds >= 0 ? seconds / SECONDS_PER_DAY
                             : (seconds - (SECONDS_PER_DAY - 1)) / SECONDS_PER_DAY;
    out->second_of_day = seconds - out->days * SECONDS_PER_DAY;
    out->date = bl_date_parts(out->days);
    out->milliseconds = args[0].extra / 1000000;
    return BL_NULL_VALUE;
}

static int64_t day_of_year(const local_time *t)
{
    int64_t first = t->days;

    /* A zone may shift the last day of the calendar to the year 10000: no date, but it has days. */
    if (bl_date_make(&first, t->date.year, 1, 1))
        return t->days - first;
    return t->date.day - 1;
}

#define OF_TIMESTAMP(name, part)                                                                   \
    static bl_value name(bl_call *call, const bl_value *args, size_t n)                            \
    {                                                                                              \
        local_time t = {.days = 0};                                                                \
        const bl_value failed = to_local(call, &t, args, n);                                       \
                                                                                                   \
        return failed.kind == BL_NULL ? bl_int(part) : failed;                                     \
    }

OF_TIMESTAMP(full_year, t.date.year)
OF_TIMESTAMP(month, t.date.month - 1)
OF_TIMESTAMP(day_of_month, t.date.day - 1)
OF_TIMESTAMP(date_of_month, t.date.day)
OF_TIMESTAMP(year_day, day_of_year(&t))
OF_TIMESTAMP(week_day, bl_date_weekday(t.days) % 7)
OF_TIMESTAMP(hours, t.second_of_day / 3600)
OF_TIMESTAMP(minutes, t.second_of_day / 60 % 60)
OF_TIMESTAMP(seconds, t.second_of_day % 60)
OF_TIMESTAMP(milliseconds, t.milliseconds)

static bl_time duration_of(bl_value v)
{
    return (bl_time){v.as.i, v.extra};
}

#define OF_DURATION(name, part)                                                                    \
    static bl_value name(bl_call *call, const bl_value *args, size_t n)                            \
    {                                                                                              \
        const bl_time d = duration_of(args[0]);                                                    \
                                                                                                   \
        (void)call;                                                                                \
        (void)n;                                                                                   \
        return bl_int(part);                                                                       \
    }

/* Hours, minutes and seconds are the whole duration; milliseconds only what is beyond seconds. */
OF_DURATION(duration_hours, bl_duration_in(d, 3600))
OF_DURATION(duration_minutes, bl_duration_in(d, 60))
OF_DURATION(duration_seconds, bl_duration_in(d, 1))
OF_DURATION(duration_milliseconds, bl_duration_milliseconds(d) % 1000)

#define TIME_ROWS(function, id, run)                                                               \
    {function, "timestamp_to_" id, BL_MEMBER, "timestamp->int", run},                              \
    {                                                                                              \
        function, "timestamp_to_" id "_with_tz", BL_MEMBER, "timestamp,string->int", run           \
    }

const bl_overload bl_builtins_time[] = {
    TIME_ROWS("getFullYear", "year", full_year),
    TIME_ROWS("getMonth", "month", month),
    TIME_ROWS("getDayOfYear", "day_of_year", year_day),
    TIME_ROWS("getDayOfMonth", "day_of_month", day_of_month),
    TIME_ROWS("getDate", "day_of_month_1_based", date_of_month),
    TIME_ROWS("getDayOfWeek", "day_of_week", week_day),
    TIME_ROWS("getHours", "hours", hours),
    {"getHours", "duration_to_hours", BL_MEMBER, "duration->int", duration_hours},
    TIME_ROWS("getMinutes", "minutes", minutes),
    {"getMinutes", "duration_to_minutes", BL_MEMBER, "duration->int", duration_minutes},
    TIME_ROWS("getSeconds", "seconds", seconds),
    {"getSeconds", "duration_to_seconds", BL_MEMBER, "duration->int", duration_seconds},
    TIME_ROWS("getMilliseconds", "milliseconds", milliseconds),
    {"getMilliseconds", "duration_to_milliseconds", BL_MEMBER, "duration->int",
     duration_milliseconds},
    {NULL, NULL, 0, NULL, NULL},
};
