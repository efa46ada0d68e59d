/* check.h: what bylaw check is made of: command_check.c reads the options and weighs the end,
 * check_reports.c tells what comes out, check_lanes.c goes through the files, on several threads.
 */
#ifndef CHECK_H
#define CHECK_H

#include "cli.h"

#include <pthread.h>
#include <stdatomic.h>

#define MAX_REPORTS 16

/* What came out so far, of the whole run or of one unit. */
typedef struct check_tally {
    bylaw_summary summary;
    int code;
} check_tally;

/* A run: its files fall into units, a whole file each, or a block of lines of a stream. The lanes
 * take units as they come; in the order of the units they tell what came out, so that nothing shows
 * how many lanes there are. */
typedef struct check_run {
    cli *c;
    const bylaw_options *options;
    bylaw_report *reports[MAX_REPORTS + 1]; /* one more for the verdict beside files */
    cli_output outputs[MAX_REPORTS + 1];
    size_t report_count;
    bylaw_verdict fail_on;
    bylaw_baseline *baseline; /* NULL: none */
    bool from_folder;         /* a folder was named: what it holds beside actions is passed over */
    bool one_file;  /* the whole report of its one action; several actions get a line each */
    bool has_lines; /* JSON lines are among the files: streams of any length */
    bool single, opened;
    bool stopped;  /* before any file: the reason has been told */
    bool misnamed; /* --select or --ignore name nothing */
    bool again;    /* for a record: mistakes are told, results are not */
    check_tally tally;
    cli_progress progress;

    /* where the next unit comes from */
    pthread_mutex_t source;
    const cli_strings *files;
    size_t line; /* of FILE:LINE; 0: every action */
    size_t next_file;
    cli_lines lines;
    const char *stream; /* the file that is read as lines now; NULL: none */
    size_t units;       /* taken so far */
    size_t lanes;

    /* whose turn it is to tell */
    pthread_mutex_t lock;
    pthread_cond_t passed;
    size_t turn;
    atomic_bool stop; /* nobody listens any more */
    atomic_bool cut;  /* for that reason something was not checked */
} check_run;

typedef struct check_bytes {
    char *bytes;
    size_t size, room;
} check_bytes;

/* A thread with its checker. Where the formats allow it, it has reports of its own and tells
 * while the others do; what it wrote is put in its place when its turn comes. */
typedef struct check_lane {
    check_run *r;
    cli c; /* its own mistakes and words */
    bylaw_checker *checker;
    bylaw_report *parts[MAX_REPORTS + 1]; /* NULL: the run's are used, in turn */
    check_bytes written[MAX_REPORTS + 1];
    char *said; /* behind c.err */
    size_t said_size;
    cli_block block;
    const char *file; /* of the unit: as it is opened, and as it is shown */
    const char *shown;
    bool is_lines;
    size_t unit;
    bool has_turn;
    check_tally tally; /* of what has not been told */
} check_lane;

/* ---- check_lanes.c ---- */
/* Every file, by `jobs` threads; what was told ends in r->tally. */
void check_files(check_run *r, size_t jobs);
/* Waits until all units before this one have been told. */
void check_take_turn(check_lane *l);

/* ---- check_reports.c ---- */
bool check_open_reports(check_run *r);
void check_close_reports(check_run *r);
/* May lanes have reports of their own? */
bool check_parts_join(const check_run *r);
bool check_open_parts(check_lane *l);
/* Puts what the lane has written in its place; it has the turn. */
void check_flush(check_lane *l);
void check_tell_result(check_lane *l, const bylaw_result *result);
/* What could not be checked: words on standard error, entries in the machine formats. */
void check_tell_errors(check_lane *l, const char *file);

#endif
