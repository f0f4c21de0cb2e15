#define _GNU_SOURCE
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE 2
#endif

/* What is copied at once: what a pipe holds unless somebody asks for more. */
#define PIECE 65536

#define CREATE (O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC)

struct output outputs[2] = {
    {"stdout", 0, -1, -1, -1, 0, 1},
    {"stderr", 0, -1, -1, -1, 0, 1},
};

static int sandbox = -1;
static long long rotated;
static struct user writer;

/* The sandbox is the task's, and may have anything under any name: there we may do no more than its
   user may. Only files know this user, signals do not. */
static void as_writer(int yes) {
  if (!writer.is_set) return;
  static uid_t uid;
  static gid_t gid;
  if (yes) {
    gid = (gid_t)setfsgid(writer.gid);
    uid = (uid_t)setfsuid(writer.uid);
  } else {
    setfsuid(uid);
    setfsgid(gid);
  }
}

static int open_one(struct output *output) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return 0;
  output->from = ends[0];
  output->to = ends[1];
  fcntl(output->from, F_SETFL, O_NONBLOCK);
  /* Else the command could not open /dev/stdout. */
  if (writer.is_set && fchown(output->to, writer.uid, writer.gid) != 0) return 0;
  output->file = openat(sandbox, output->name, CREATE, 0644);
  struct stat found;
  if (output->file < 0 || fstat(output->file, &found) != 0) return 0;
  output->size = found.st_size;
  return 1;
}

const char *outputs_open(const char *limits, const char *directory, struct user user) {
  if (strcmp(limits, "-") == 0) return NULL;
  writer = user;
  if (sscanf(limits, "%lld:%lld:%lld", &outputs[0].limit, &outputs[1].limit, &rotated) != 3 ||
      outputs[0].limit < 0 || outputs[1].limit < 0 || rotated < 1) {
    errno = EINVAL;
    return limits;
  }
  sandbox = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (sandbox < 0) return "Failed to enter the sandbox";
  const char *failed = NULL;
  as_writer(1);
  for (int i = 0; i < 2 && failed == NULL; i++)
    if (outputs[i].limit > 0 && !open_one(&outputs[i])) failed = outputs[i].name;
  int why = errno;
  as_writer(0);
  errno = why;
  return failed;
}

const char *outputs_give(void) {
  for (int i = 0; i < 2; i++) {
    struct output *one = &outputs[i];
    int file = one->limit > 0 ? one->to : open(one->name, CREATE, 0644);
    if (file < 0 || dup2(file, i + 1) < 0) return one->name;
    close(file);
  }
  return NULL;
}

void outputs_given(void) {
  for (int i = 0; i < 2; i++) {
    if (outputs[i].to >= 0) close(outputs[i].to);
    outputs[i].to = -1;
  }
}

static const char *numbered(const struct output *output, long long number, char *name, size_t room) {
  if (number == 0) return output->name;
  snprintf(name, room, "%s.%lld", output->name, number);
  return name;
}

static int move(const struct output *output, long long from, long long to, unsigned how) {
  char old[64], new[64];
  return (int)syscall(SYS_renameat2, sandbox, numbered(output, from, old, sizeof old), sandbox,
                      numbered(output, to, new, sizeof new), how);
}

static int create(const struct output *output, long long number) {
  char name[64];
  return openat(sandbox, numbered(output, number, name, sizeof name), CREATE | O_EXCL, 0644);
}

/* Frees NAME.1: each file gets the next number, the oldest none. */
static void shift(const struct output *output) {
  char name[64];
  long long last = 1;
  while (last < rotated && faccessat(sandbox, numbered(output, last, name, sizeof name), F_OK, AT_SYMLINK_NOFOLLOW) == 0)
    last++;
  unlinkat(sandbox, numbered(output, last, name, sizeof name), 0);
  for (; last > 1; last--) move(output, last - 1, last, 0);
}

/* The new file takes the place of the full one in one step: at any moment there is one to read. */
static int replace(const struct output *output) {
  shift(output);
  int fresh = create(output, 1);
  if (fresh < 0 || move(output, 1, 0, RENAME_EXCHANGE) == 0) return fresh;
  if (errno == ENOENT) {
    /* The task took the full one away. */
    if (move(output, 1, 0, 0) == 0) return fresh;
  }
  close(fresh);
  /* A file system that cannot exchange names. */
  return move(output, 0, 1, 0) == 0 ? create(output, 0) : -1;
}

static void rotate(struct output *output) {
  as_writer(1);
  int fresh = replace(output);
  as_writer(0);
  if (fresh >= 0) {
    close(output->file);
    output->file = fresh;
  } else {
    /* No room for a name, or the task forbids it: the bound holds, and the full file pays for it. */
    int emptied = ftruncate(output->file, 0);
    (void)emptied;
  }
  output->size = 0;
  output->is_whole = 1;
}

/* A full disk must not hold up the command: what cannot be written is lost, as it would be to one
   that has the file itself. */
static void append(struct output *output, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(output->file, bytes, count);
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
    output->size += written;
    output->is_whole = bytes[-1] == '\n';
  }
}

/* Cuts between lines where that can be done: a line is in two files only when it is longer than one,
   or was not written at once: what there is of it is shown, and not held back. */
static void put(struct output *output, const char *bytes, size_t count) {
  for (;;) {
    size_t room = output->limit > output->size ? (size_t)(output->limit - output->size) : 0;
    if (count <= room) {
      append(output, bytes, count);
      return;
    }
    const char *end = memrchr(bytes, '\n', room);
    size_t piece = end != NULL ? (size_t)(end + 1 - bytes) : output->is_whole && output->size > 0 ? 0 : room;
    append(output, bytes, piece);
    bytes += piece;
    count -= piece;
    rotate(output);
  }
}

void output_copy(struct output *output) {
  static char bytes[PIECE];
  ssize_t got = read(output->from, bytes, sizeof bytes);
  if (got > 0) {
    put(output, bytes, (size_t)got);
  } else if (got == 0 || errno != EAGAIN) {
    close(output->from);
    output->from = -1;
  }
}

/* No more than the pipe can hold: its other end may have been given to a process that is none of ours,
   and goes on writing. */
void outputs_finish(void) {
  for (int i = 0; i < 2; i++) {
    if (outputs[i].from < 0) continue;
    int room = fcntl(outputs[i].from, F_GETPIPE_SZ);
    for (; room > 0 && outputs[i].from >= 0; room -= PIECE) output_copy(&outputs[i]);
  }
}
