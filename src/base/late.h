/* base/late.h: libraries that are opened when something of them is first needed, not when the
 * program starts: loading ICU takes longer than checking an action does, and most actions need
 * nothing of it. late.c is the only file that calls the dynamic loader.
 *
 *     #define ICU_FUNCTIONS(F) F(ucol_open) F(ucol_close)
 *     BL_LATE_LIBRARY(icu, ICU_FUNCTIONS, "libicui18n.so.72")
 *
 *     if (open_icu())
 *         collator = icu.ucol_open("zh", &error);
 */
#ifndef BL_BASE_LATE_H
#define BL_BASE_LATE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bl_late {
    const char *file;         /* as the loader finds it */
    const char *const *names; /* of functions, of this library or of those that it needs */
    size_t count;
    void *functions; /* where they go: a struct of `count` pointers to functions */
    bool is_open;    /* set by bl_late_open alone */
} bl_late;

/* Opens the library unless it is open; it stays so. Any thread may call. false: the library or a
 * function is not there, which bl_late_missing tells from then on; the pointers are untouched. */
bool bl_late_open(bl_late *library);

/* The file of a library that could not be opened, or NULL. Static. */
const char *bl_late_missing(void);

/* One macro more than it seems to take: ICU's functions are macros themselves (ucol_open_72). */
#define BL_LATE_NAME(function)    BL_LATE_TEXT(function)
#define BL_LATE_POINTER(function) __typeof__(&function) function;
#define BL_LATE_TEXT(function)    #function,
#define BL_LATE_LIBRARY(library, FUNCTIONS, so)                                                    \
    static struct {                                                                                \
        FUNCTIONS(BL_LATE_POINTER)                                                                 \
    } library;                                                                                     \
                                                                                                   \
    static bool open_##library(void)                                                               \
    {                                                                                              \
        static const char *const names[] = {FUNCTIONS(BL_LATE_NAME)};                              \
        static bl_late late = {so, names, sizeof names / sizeof *names, &library, false};          \
                                                                                                   \
        return bl_late_open(&late);                                                                \
    }

#endif
