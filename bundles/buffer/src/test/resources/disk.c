/*
 * Stands between a process and its disk (LD_PRELOAD). What is done to files of one folder is written
 * to a trace in the order in which it was done; and while a certain file exists, that folder is
 * read-only, in the same calls in which a read-only file system would be.
 *
 * DISK_FOLDER   the folder, absolute
 * DISK_TRACE    where the trace goes; none if not set
 * DISK_READONLY the file that makes the folder read-only
 *
 * A record: operation, fd, offset, length of the data (all 64 bit, as the machine has them), data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, CLOSE, WRITE, SYNC, TRUNCATE, RENAME, UNLINK };

#define FDS 65536
static char tracked[FDS];
static int trace = -1;
static const char *folder;
static size_t folder_length;
static const char *readonly;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void start(void) {
  folder = getenv("DISK_FOLDER");
  folder_length = folder ? strlen(folder) : 0;
  readonly = getenv("DISK_READONLY");
  const char *out = getenv("DISK_TRACE");
  if (out) trace = (int)syscall(SYS_openat, AT_FDCWD, out, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static int ours(const char *path) {
  return folder && path && !strncmp(path, folder, folder_length) &&
         (path[folder_length] == '/' || path[folder_length] == 0);
}

static int ours_fd(int fd) { return fd >= 0 && fd < FDS && tracked[fd]; }

static int refused(void) {
  if (!readonly || syscall(SYS_faccessat, AT_FDCWD, readonly, F_OK)) return 0;
  errno = EROFS;
  return 1;
}

static void note(int64_t op, int64_t fd, int64_t offset, const void *data, int64_t length) {
  if (trace < 0) return;
  int64_t head[4] = {op, fd, offset, length};
  struct iovec parts[2] = {{head, sizeof head}, {(void *)data, (size_t)length}};
  if (syscall(SYS_writev, trace, parts, 2) != (long)sizeof head + length) abort();
}

static int opened(int fd, const char *path, int flags) {
  if (fd >= 0 && fd < FDS && ours(path)) {
    tracked[fd] = 1;
    note(OPEN, fd, flags & (O_CREAT | O_TRUNC), path, (int64_t)strlen(path));
  }
  return fd;
}

#define OPENS(name, declare, path, call) \
  int name declare { \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
      va_list more; \
      va_start(more, flags); \
      mode = va_arg(more, mode_t); \
      va_end(more); \
    } \
    REAL(name); \
    if (!ours(path)) return real call; \
    if ((flags & (O_ACCMODE | O_CREAT | O_TRUNC)) && refused()) return -1; \
    pthread_mutex_lock(&lock); \
    int fd = opened(real call, path, flags); \
    pthread_mutex_unlock(&lock); \
    return fd; \
  }

OPENS(open, (const char *path, int flags, ...), path, (path, flags, mode))
OPENS(open64, (const char *path, int flags, ...), path, (path, flags, mode))
OPENS(openat, (int at, const char *path, int flags, ...), path, (at, path, flags, mode))
OPENS(openat64, (int at, const char *path, int flags, ...), path, (at, path, flags, mode))

int close(int fd) {
  REAL(close);
  if (!ours_fd(fd)) return real(fd);
  pthread_mutex_lock(&lock);
  tracked[fd] = 0;
  note(CLOSE, fd, 0, "", 0);
  int result = real(fd);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t write(int fd, const void *data, size_t length) {
  REAL(write);
  if (!ours_fd(fd)) return real(fd, data, length);
  if (refused()) return -1;
  pthread_mutex_lock(&lock);
  int64_t at = lseek(fd, 0, SEEK_CUR);
  if (fcntl(fd, F_GETFL) & O_APPEND) at = lseek(fd, 0, SEEK_END);
  ssize_t done = real(fd, data, length);
  if (done > 0) note(WRITE, fd, at, data, done);
  pthread_mutex_unlock(&lock);
  return done;
}

#define PWRITES(name, type) \
  ssize_t name(int fd, const void *data, size_t length, type at) { \
    REAL(name); \
    if (!ours_fd(fd)) return real(fd, data, length, at); \
    if (refused()) return -1; \
    pthread_mutex_lock(&lock); \
    ssize_t done = real(fd, data, length, at); \
    if (done > 0) note(WRITE, fd, at, data, done); \
    pthread_mutex_unlock(&lock); \
    return done; \
  }

PWRITES(pwrite, off_t)
PWRITES(pwrite64, off64_t)

#define SYNCS(name) \
  int name(int fd) { \
    REAL(name); \
    if (!ours_fd(fd)) return real(fd); \
    if (refused()) return -1; \
    pthread_mutex_lock(&lock); \
    int result = real(fd); \
    if (!result) note(SYNC, fd, 0, "", 0); \
    pthread_mutex_unlock(&lock); \
    return result; \
  }

SYNCS(fsync)
SYNCS(fdatasync)

#define TRUNCATES(name, type) \
  int name(int fd, type length) { \
    REAL(name); \
    if (!ours_fd(fd)) return real(fd, length); \
    if (refused()) return -1; \
    pthread_mutex_lock(&lock); \
    int result = real(fd, length); \
    if (!result) note(TRUNCATE, fd, length, "", 0); \
    pthread_mutex_unlock(&lock); \
    return result; \
  }

TRUNCATES(ftruncate, off_t)
TRUNCATES(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
  REAL(rename);
  if (!ours(from) && !ours(to)) return real(from, to);
  if (refused()) return -1;
  pthread_mutex_lock(&lock);
  int result = real(from, to);
  if (!result) {
    char both[8192];
    size_t first = strlen(from) + 1;
    size_t second = strlen(to);
    if (first + second > sizeof both) abort();
    memcpy(both, from, first);
    memcpy(both + first, to, second);
    note(RENAME, 0, 0, both, (int64_t)(first + second));
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int unlink(const char *path) {
  REAL(unlink);
  if (!ours(path)) return real(path);
  if (refused()) return -1;
  pthread_mutex_lock(&lock);
  int result = real(path);
  if (!result) note(UNLINK, 0, 0, path, (int64_t)strlen(path));
  pthread_mutex_unlock(&lock);
  return result;
}
