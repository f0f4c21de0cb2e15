#define _GNU_SOURCE
#include "family.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int add(struct family *family, pid_t pid) {
  for (int i = 0; i < family->count; i++)
    if (family->members[i] == pid) return 1;
  if (family->count == MOST_MEMBERS) return 0;
  family->members[family->count++] = pid;
  return 1;
}

/* The numbers of the children of one thread, with spaces between; -1 where there is no such file. */
static int add_children(struct family *family, pid_t pid, const char *thread) {
  char path[64], line[4096];
  snprintf(path, sizeof path, "/proc/%d/task/%s/children", pid, thread);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t length = read(file, line, sizeof line - 1);
  close(file);
  if (length < 0) return 1;
  line[length] = 0;
  char *rest = line, *end;
  for (pid_t child; (child = (pid_t)strtol(rest, &end, 10)) > 0; rest = end)
    if (!add(family, child)) return 0;
  return length < (ssize_t)sizeof line - 1;
}

/* A child belongs to the thread that forked it. Who has no threads any more has no children either. */
static int add_all_children(struct family *family, pid_t pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *threads = opendir(path);
  if (threads == NULL) return 1;
  int all = 1;
  for (struct dirent *entry; all && (entry = readdir(threads)) != NULL;)
    if (entry->d_name[0] != '.' && add_children(family, pid, entry->d_name) == 0) all = 0;
  closedir(threads);
  return all;
}

int meet(struct family *family) {
  char self[16];
  snprintf(self, sizeof self, "%d", getpid());
  if (add_children(family, getpid(), self) <= 0) return 0;
  for (int i = 0; i < family->count; i++)
    if (!add_all_children(family, family->members[i])) return 0;
  return 1;
}
