/* tests/cli/fault_calls.h: the calls by which the program takes memory and reads and writes, each
 * of which can be made to fail. Where no sanitizer keeps the memory, malloc itself is replaced, so
 * that libyaml, ICU and the C library find none either; else the linker wraps the calls of the
 * program's own objects, and of libyaml where it is linked in. */
#ifndef TESTS_CLI_FAULT_CALLS_H
#define TESTS_CLI_FAULT_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum call_kind { ALLOC, OPEN, READ, WRITE, CLOSE, RENAME, THREAD, KINDS } call_kind;

typedef struct call_fault {
    const char *name;
    call_kind kind;
    int error;      /* of the call that fails; 0: every read is short instead */
    bool made_good; /* the program must do without noticing */
    int signal;     /* comes instead of a failure */
} call_fault;

/* Ready for child processes; false: no memory for the log. Before anything else. */
bool faults_begin(void);
/* From now on this call of that kind fails, from 1; NULL: none does. */
void faults_plan(const call_fault *fault, size_t at);
/* From now on none fails, and their ways are kept. */
void faults_watch(void);
/* Only while the program runs. */
void faults_arm(bool on);
/* How many calls of that kind the last run made. */
size_t faults_count(call_kind kind);
/* The way to that call, from 1, of the last run that was watched: a hash of the chain of calls; 0:
 * one that is not to fail. */
uint64_t faults_way(call_kind kind, size_t at);

#endif
