/* tests/cli/fault_rows.h: the command lines that are run with failing memory and files, and the
 * files that they find. */
#ifndef TESTS_CLI_FAULT_ROWS_H
#define TESTS_CLI_FAULT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

enum { FAULT_ARGS = 20 };

typedef struct fault_row {
    const char *args[FAULT_ARGS + 1]; /* behind `bylaw` */
    const char *input;                /* a file as standard input; NULL: it is empty */
    bool formats;                     /* run again with each format that the command knows */
    bool of_format;                   /* it is such a run */
} fault_row;

extern const fault_row fault_rows[];
extern const size_t fault_row_count;

typedef struct fault_input {
    const char *name, *text;
} fault_input;

extern const fault_input fault_inputs[];
extern const size_t fault_input_count;

/* Files that a run of the program makes before all others. */
typedef struct fault_made_input {
    const char *name;
    fault_row row;
} fault_made_input;

extern const fault_made_input fault_made[];
extern const size_t fault_made_count;

/* Is the file of that name there before a run? */
bool fault_is_input(const char *name);

#endif
