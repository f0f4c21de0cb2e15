#define _GNU_SOURCE
#include "tree.h"

#include "family.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A process in uninterruptible sleep cannot be killed; we do not wait for it for ever. */
#define LAST_PROCESSES_SECONDS 60

/* The most that the kernel counts to (PID_MAX_LIMIT), one bit each; only what is used takes memory. */
#define MOST_PIDS (4 * 1024 * 1024)
#define SET_BYTES (MOST_PIDS / 8)

/* A second pass finds children with smaller numbers than their parents, which there are where the
   numbers began anew; who forks for ever makes no pass the last one. */
#define MOST_PASSES 8

int stat_of(const char *pid, pid_t *parent, unsigned long long *start) {
  char path[64], line[1024];
  snprintf(path, sizeof path, "/proc/%s/stat", pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, line, sizeof line - 1);
  close(file);
  if (length <= 0) return 0;
  line[length] = 0;
  /* The name stands in parentheses and may hold anything, parentheses too. */
  char *rest = strrchr(line, ')');
  return rest != NULL &&
         sscanf(rest + 2, "%*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu",
                parent, start) == 2;
}

static int has(const unsigned char *set, pid_t pid) { return set[pid / 8] >> (pid % 8) & 1; }

static void put(unsigned char *set, pid_t pid, int member) {
  unsigned char bit = (unsigned char)(1 << (pid % 8));
  if (member) set[pid / 8] |= bit;
  else set[pid / 8] &= (unsigned char)~bit;
}

/* Goes through all processes once, and adds ours to the set; how many are new there. /proc counts
   upwards, and a child is nearly always younger than its parent: what is killed as it is met leaves
   no child that we do not meet after it, however fast they fork. */
static size_t visit(unsigned char *ours, int killing) {
  DIR *proc = opendir("/proc");
  if (proc == NULL) return 0;
  pid_t self = getpid(), parent;
  unsigned long long start;
  size_t fresh = 0;
  for (struct dirent *entry; (entry = readdir(proc)) != NULL;) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    pid_t pid = atoi(entry->d_name);
    if (pid >= MOST_PIDS || !stat_of(entry->d_name, &parent, &start)) continue;
    int member = parent == self || has(ours, parent);
    if (member && killing) kill(pid, SIGKILL);
    if (member && !has(ours, pid)) fresh++;
    /* A number that somebody else has by now is taken back. */
    put(ours, pid, member);
  }
  closedir(proc);
  return fresh;
}

/* Who kills a crowd that wants all processors waits for each turn as long as the crowd takes: so it
   goes before all others, where it may. */
static void hurry(int yes) {
  struct sched_param order = {yes ? 1 : 0};
  sched_setscheduler(0, yes ? SCHED_RR : SCHED_OTHER, &order);
}

/* Through all of /proc, whatever we are and however fast they fork. */
static void signal_crowd(int number) {
  unsigned char *ours = mmap(NULL, SET_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (ours == MAP_FAILED) return;
  if (number == SIGKILL) hurry(1);
  for (int passes = 0; passes < MOST_PASSES && visit(ours, number == SIGKILL) > 0; passes++)
    ;
  if (number == SIGKILL) hurry(0);
  /* Any other signal only once all are known: who handles it may start helpers, and those are to be
     left alone. */
  for (size_t i = 0; number != SIGKILL && i < SET_BYTES; i++)
    for (int bit = 0; ours[i] >> bit != 0; bit++)
      if (ours[i] >> bit & 1) kill((pid_t)(i * 8) + bit, number);
  munmap(ours, SET_BYTES);
}

/* 0 when they are a crowd. Who ends while we read may hide another: we look until nobody is new. */
static int signal_family(struct family family, int number) {
  int seen;
  do {
    seen = family.count;
    if (!meet(&family)) return 0;
  } while (family.count > seen);
  for (int i = 1; i < family.count; i++) kill(family.members[i], number);
  return 1;
}

void signal_tree(pid_t command, int number) {
  if (!signal_family((struct family){{getpid(), command}, 2}, number)) signal_crowd(number);
}

void kill_rest(void) {
  struct timespec pause = {0, 2000000};
  time_t limit = time(NULL) + LAST_PROCESSES_SECONDS;
  for (int rounds = 0;;) {
    pid_t reaped = waitpid(-1, NULL, WNOHANG);
    if (reaped > 0) continue;
    if (reaped < 0 && errno == ECHILD) return;
    if (time(NULL) > limit) return;
    /* Who is still there the second time may be more, and quicker, than a family. */
    if (rounds++ > 0 || !signal_family((struct family){{getpid()}, 1}, SIGKILL)) signal_crowd(SIGKILL);
    nanosleep(&pause, NULL);
    if (pause.tv_nsec < 100000000) pause.tv_nsec *= 2;
  }
}
