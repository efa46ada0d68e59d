/* base/late.c: see late.h. */
#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *missing;

/* All of them, or none. */
static bool find_all(const bl_late *library, void *handle)
{
    for (size_t i = 0; i < library->count; i++) {
        if (dlsym(handle, library->names[i]) == NULL)
            return false;
    }
    for (size_t i = 0; i < library->count; i++) {
        void *const found = dlsym(handle, library->names[i]);

        /* ISO C knows no cast from an object's address to a function's; their bytes are alike. */
        memcpy((char *)library->functions + i * sizeof found, (const void *)&found, sizeof found);
    }
    return true;
}

static bool open_now(const bl_late *library)
{
    void *const handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);

    if (handle != NULL && find_all(library, handle))
        return true;
    if (handle != NULL)
        dlclose(handle);
    missing = library->file;
    return false;
}

bool bl_late_open(bl_late *library)
{
    pthread_mutex_lock(&lock);
    if (!library->is_open)
        library->is_open = open_now(library);

    const bool is_open = library->is_open;

    pthread_mutex_unlock(&lock);
    return is_open;
}

const char *bl_late_missing(void)
{
    pthread_mutex_lock(&lock);

    const char *const file = missing;

    pthread_mutex_unlock(&lock);
    return file;
}
