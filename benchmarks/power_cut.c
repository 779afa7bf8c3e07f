/* What the ledger's files would be after a power cut in which nothing that was not synced reached the disk:
 * loaded before a service (LD_PRELOAD), it notes what each write to a file named *.db or *.db-wal overwrote, in
 * the file MAILBOT_UNDO, and forgets that once the file is synced. benchmarks/power.py puts it back. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int undo = -1;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    const char *name = getenv("MAILBOT_UNDO");
    if (name) undo = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* 1 for the ledger's file, 2 for its write-ahead log, 0 for any other. */
static int kind(int fd) {
    char link[64], path[PATH_MAX + 1];
    if (undo < 0 || fd == undo) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX);
    if (n < 7) return 0;
    path[n] = 0;
    if (!strcmp(path + n - 3, ".db")) return 1;
    return strcmp(path + n - 7, ".db-wal") ? 0 : 2;
}

/* A record: which file, offset, length, how many bytes stood there, those bytes. Length 0: it was synced. */
static void note(int file, int64_t offset, int64_t length, int fd) {
    char *old = length ? malloc(length) : NULL;
    int64_t stood = 0;
    if (length) {
        int there = -1;
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        there = open(link, O_RDONLY | O_CLOEXEC);
        ssize_t n = there < 0 ? 0 : pread(there, old, length, offset);
        if (there >= 0) close(there);
        stood = n > 0 ? n : 0;
    }
    int64_t head[4] = {file, offset, length, stood};
    size_t size = sizeof head + stood;
    char *record = malloc(size);
    memcpy(record, head, sizeof head);
    if (stood) memcpy(record + sizeof head, old, stood);
    real_write(undo, record, size);
    free(record);
    free(old);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) {
    int file = kind(fd);
    if (!file) return real_pwrite(fd, data, length, offset);
    pthread_mutex_lock(&lock);
    note(file, offset, length, fd);
    ssize_t n = real_pwrite(fd, data, length, offset);
    pthread_mutex_unlock(&lock);
    return n;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

ssize_t write(int fd, const void *data, size_t length) {
    int file = real_write ? kind(fd) : 0;
    if (!file) return real_write(fd, data, length);
    pthread_mutex_lock(&lock);
    note(file, lseek(fd, 0, SEEK_CUR), length, fd);
    ssize_t n = real_write(fd, data, length);
    pthread_mutex_unlock(&lock);
    return n;
}

static int synced(int fd, int (*real)(int)) {
    int file = kind(fd);
    if (!file) return real(fd);
    pthread_mutex_lock(&lock);
    int done = real(fd);
    if (!done) note(file, 0, 0, fd);
    pthread_mutex_unlock(&lock);
    return done;
}

int fsync(int fd) { return synced(fd, real_fsync); }

int fdatasync(int fd) { return synced(fd, real_fdatasync); }
