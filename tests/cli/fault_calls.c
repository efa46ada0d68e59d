/* tests/cli/fault_calls.c: see fault_calls.h. */
#define _GNU_SOURCE
#include "fault_calls.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_KEPT ((size_t)1 << 18) /* calls of a kind whose ways are kept */

enum { DEPTH = 96, OUTER = 24 }; /* OUTER: the program's own steps, and those into the library */

/* Shared with the child processes. */
static struct call_log {
    atomic_size_t counts[KINDS];
    uint64_t ways[KINDS][MOST_KEPT];
} * calls;

static const call_fault *planned;
static size_t planned_at;
static _Thread_local bool looking; /* finding the way takes memory too */
static bool armed, watching;

bool faults_begin(void)
{
    void *first[1];

    calls = mmap(NULL, sizeof *calls, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    (void)backtrace(first, 1); /* loads what it needs, now */
    return calls != MAP_FAILED;
}

void faults_plan(const call_fault *fault, size_t at)
{
    watching = false;
    planned = fault;
    planned_at = at;
    for (int k = 0; k < KINDS; k++)
        calls->counts[k] = 0;
}

void faults_watch(void)
{
    faults_plan(NULL, 0);
    watching = true;
}

void faults_arm(bool on)
{
    armed = on;
}

size_t faults_count(call_kind kind)
{
    return calls->counts[kind];
}

uint64_t faults_way(call_kind kind, size_t at)
{
    return at <= MOST_KEPT ? calls->ways[kind][at - 1] : 0;
}

/* ICU and the loader that opens it do not bear want of memory: the loader ends the program itself
 * ("cannot allocate memory for thread-local data"), ICU 72 reads through the null pointers that it
 * gets where it first fills its tables (Transliterator, TransliteratorRegistry), waits for ever for
 * its default locale, or loses text without an error (UnicodeString). What they ask for by
 * themselves is given to them. */
static bool is_foreign(void *address)
{
    extern const char __executable_start[], etext[];
    const uintptr_t at = (uintptr_t)address;
    Dl_info of;

    return (at < (uintptr_t)__executable_start || at >= (uintptr_t)etext) &&
           dladdr(address, &of) != 0 &&
           (strstr(of.dli_fname, "libicu") != NULL || strstr(of.dli_fname, "ld-linux") != NULL);
}

/* The outer steps, and the two that called: what lies between is the library's own, whose tests let
 * all of it fail. 0: a foreign way. */
static uint64_t way_here(void)
{
    void *frames[DEPTH];
    const int n = backtrace(frames, DEPTH);
    uint64_t hash = 14695981039346656037u;

    for (int i = 2; i < n; i++) {
        if (is_foreign(frames[i]))
            return 0;
        if (i < 5 || i >= n - OUTER)
            hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211u;
    }
    return hash;
}

static void keep_way(call_kind kind, size_t at)
{
    if (at > MOST_KEPT)
        return;
    looking = true;
    calls->ways[kind][at - 1] = way_here();
    looking = false;
}

/* Does this call fail? A short read does not fail: every read is short then. */
static bool fails(call_kind k)
{
    if (!armed || looking)
        return false;
    const size_t at = ++calls->counts[k];

    if (watching)
        keep_way(k, at);
    if (planned == NULL || planned->kind != k || at != planned_at)
        return false;
    if (planned->signal != 0)
        raise(planned->signal);
    if (planned->error == 0)
        return false;
    errno = planned->error;
    return true;
}

/* ---- memory ---- */

#ifdef FAULTS_OF_ALL
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

void *malloc(size_t n)
{
    return fails(ALLOC) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails(ALLOC) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return fails(ALLOC) ? NULL : __libc_realloc(p, n);
}
#else
void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t n);
FILE *__real_open_memstream(char **bytes, size_t *size);
char *__real_realpath(const char *path, char *out);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t n);
FILE *__wrap_open_memstream(char **bytes, size_t *size);
char *__wrap_realpath(const char *path, char *out);

void *__wrap_malloc(size_t n)
{
    return fails(ALLOC) ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails(ALLOC) ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return fails(ALLOC) ? NULL : __real_realloc(p, n);
}

char *__wrap_strdup(const char *text)
{
    return fails(ALLOC) ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t n)
{
    return fails(ALLOC) ? NULL : __real_strndup(text, n);
}

FILE *__wrap_open_memstream(char **bytes, size_t *size)
{
    return fails(ALLOC) ? NULL : __real_open_memstream(bytes, size);
}

char *__wrap_realpath(const char *path, char *out)
{
    return fails(ALLOC) ? NULL : __real_realpath(path, out);
}
#endif

/* ---- files ---- */

int __real_open(const char *path, int flags, ...);
int __real_mkstemp(char *path);
FILE *__real_fopen(const char *path, const char *mode);
FILE *__real_fdopen(int fd, const char *mode);
DIR *__real_opendir(const char *path);
ssize_t __real_read(int fd, void *bytes, size_t n);
struct dirent *__real_readdir(DIR *dir);
size_t __real_fwrite(const void *bytes, size_t size, size_t n, FILE *file);
int __real_fclose(FILE *file);
int __real_rename(const char *from, const char *to);
int __real_pthread_create(pthread_t *out, const pthread_attr_t *attr, void *(*run)(void *),
                          void *context);
int __wrap_open(const char *path, int flags, ...);
int __wrap_mkstemp(char *path);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fdopen(int fd, const char *mode);
DIR *__wrap_opendir(const char *path);
ssize_t __wrap_read(int fd, void *bytes, size_t n);
struct dirent *__wrap_readdir(DIR *dir);
size_t __wrap_fwrite(const void *bytes, size_t size, size_t n, FILE *file);
int __wrap_fclose(FILE *file);
int __wrap_rename(const char *from, const char *to);
int __wrap_pthread_create(pthread_t *out, const pthread_attr_t *attr, void *(*run)(void *),
                          void *context);

int __wrap_open(const char *path, int flags, ...)
{
    return fails(OPEN) ? -1 : __real_open(path, flags, 0666);
}

int __wrap_mkstemp(char *path)
{
    return fails(OPEN) ? -1 : __real_mkstemp(path);
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
    return fails(OPEN) ? NULL : __real_fopen(path, mode);
}

FILE *__wrap_fdopen(int fd, const char *mode)
{
    return fails(OPEN) ? NULL : __real_fdopen(fd, mode);
}

DIR *__wrap_opendir(const char *path)
{
    return fails(OPEN) ? NULL : __real_opendir(path);
}

ssize_t __wrap_read(int fd, void *bytes, size_t n)
{
    const bool is_short = armed && planned != NULL && planned->kind == READ && planned->error == 0;

    return fails(READ) ? -1 : __real_read(fd, bytes, is_short && n > 7 ? 7 : n);
}

/* A folder is not read in pieces, and never interrupted. */
struct dirent *__wrap_readdir(DIR *dir)
{
    const bool whole = planned != NULL && planned->made_good;

    return !whole && fails(READ) ? NULL : __real_readdir(dir);
}

size_t __wrap_fwrite(const void *bytes, size_t size, size_t n, FILE *file)
{
    if (file == stderr || !fails(WRITE)) /* what cannot be said cannot be told either */
        return __real_fwrite(bytes, size, n, file);
    file->_flags |= 0x20; /* what the C library notes then: ferror() is true */
    errno = planned->error;
    return 0;
}

int __wrap_fclose(FILE *file)
{
    if (!fails(CLOSE))
        return __real_fclose(file);
    (void)__real_fclose(file);
    errno = planned->error;
    return EOF;
}

int __wrap_rename(const char *from, const char *to)
{
    return fails(RENAME) ? -1 : __real_rename(from, to);
}

int __wrap_pthread_create(pthread_t *out, const pthread_attr_t *attr, void *(*run)(void *),
                          void *context)
{
    return fails(THREAD) ? EAGAIN : __real_pthread_create(out, attr, run, context);
}
