/* Loaded before libc: counts what a program does to the files of one folder, and at a chosen
 * count kills it, tears a write in two, or makes the call fail.
 *
 * FAULT_FOLDER  the folder, as a real path      FAULT_TRACE  a file that is told every call
 * FAULT_AT      which call, from 1; 0: none     FAULT_ON     "reads", else everything that changes
 * FAULT_HOW     kill, torn, full or broken      FAULT_STAYS  set: all later calls fail, too
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static void tell(const char *call, const char *path) {
    static int descriptor = -2;
    char line[4200];
    if (descriptor == -2) {
        FILE *file = fopen(setting("FAULT_TRACE"), "a");
        descriptor = file ? fileno(file) : -1;
    }
    if (descriptor < 0) return;
    const char *name = strrchr(path, '/');
    int length = snprintf(line, sizeof line, "%s %s\n", call, name ? name + 1 : path);
    if (REAL(write)(descriptor, line, length) < 0) abort();
}

static int inside(const char *path) {
    const char *folder = setting("FAULT_FOLDER");
    return *folder && !strncmp(path, folder, strlen(folder));
}

static void die(void) { kill(getpid(), SIGKILL); }

static int torn(void) { return !strcmp(setting("FAULT_HOW"), "torn"); }

/* Whether this call is to fail; errno says how. Does not return if it is to kill. */
static int due(const char *call, const char *path, int reads) {
    static long count;
    const char *how = setting("FAULT_HOW");
    long at = atol(setting("FAULT_AT"));
    if (!inside(path) || reads != !strcmp(setting("FAULT_ON"), "reads")) return 0;
    tell(call, path);
    long this = ++count;
    if (torn() && strcmp(call, "write")) return 0;
    if (this != at && !(at && this > at && *setting("FAULT_STAYS"))) return 0;
    if (!strcmp(how, "kill")) die();
    errno = !strcmp(how, "full") ? ENOSPC : EIO;
    return 1;
}

static int due_at(const char *call, int descriptor, int reads) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return due(call, path, reads);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (fd == 1) tell("answer", "");
    if (due_at("write", fd, 0)) {
        if (!torn()) return -1;
        REAL(write)(fd, data, size / 2);
        die();
    }
    return REAL(write)(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    if (due_at("write", fd, 0)) {
        if (!torn()) return -1;
        REAL(pwrite64)(fd, data, size / 2, at);
        die();
    }
    return REAL(pwrite64)(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return pwrite64(fd, data, size, at);
}

ssize_t read(int fd, void *data, size_t size) {
    return due_at("read", fd, 1) ? -1 : REAL(read)(fd, data, size);
}

ssize_t pread64(int fd, void *data, size_t size, off64_t at) {
    return due_at("read", fd, 1) ? -1 : REAL(pread64)(fd, data, size, at);
}

ssize_t pread(int fd, void *data, size_t size, off_t at) { return pread64(fd, data, size, at); }

int fsync(int fd) { return due_at("sync", fd, 0) ? -1 : REAL(fsync)(fd); }

int fdatasync(int fd) { return due_at("sync", fd, 0) ? -1 : REAL(fdatasync)(fd); }

int ftruncate64(int fd, off64_t size) {
    return due_at("truncate", fd, 0) ? -1 : REAL(ftruncate64)(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path) { return due("unlink", path, 0) ? -1 : REAL(unlink)(path); }

int rename(const char *old, const char *new) {
    return due("rename", new, 0) ? -1 : REAL(rename)(old, new);
}

int link(const char *old, const char *new) {
    return due("link", new, 0) ? -1 : REAL(link)(old, new);
}
