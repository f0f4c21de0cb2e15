/*
 * Holds one container: starts its command, owns every process that comes of it, and leaves the
 * command's wait status in a file. It outlives the agent that started it.
 *
 *   supervisor CONTROL SANDBOX USER LIMITS FILE ARGV0 [ARG...]
 *
 *   CONTROL  directory of the agent: gets `pid` ("PID STARTTIME") when signals are safe to send,
 *            and `status` ("exit WAITSTATUS" or "error TEXT") at the end, each whole or not at all;
 *            the room of both is taken at the start: without it nothing runs, and we exit with 73
 *   SANDBOX  working directory of the command; gets `stdout` and `stderr`
 *   USER     "-" to stay who we are, else UID:GID:GROUP,GROUP...
 *   LIMITS   "-", or "STDOUT:STDERR:FILES": bytes of each file (0: no limit), and how many full ones
 *            of each are kept beside it
 *   FILE     what to execute (looked up in PATH), with ARGV0 and what follows as its arguments
 *
 *   SIGTERM  is passed on to every process of the container
 *   SIGUSR1  kills every process of the container
 *
 *   supervisor spawn ROOM
 *
 *   forks such supervisors on request: spawner.c.
 *
 * supervisor.sh keeps the same contract where this file cannot be compiled.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output.h"
#include "spawner.h"
#include "supervise.h"
#include "tree.h"

/* What each file in CONTROL takes, and the exit status of who cannot have that much. */
#define ROOM 1024
#define NO_ROOM 73

static const char *control;

/* Takes the room of CONTROL/NAME before anything runs: a disk that fills later swallows no end. */
static void reserve(const char *name) {
  char path[4096], room[ROOM];
  snprintf(path, sizeof path, "%s/.%s", control, name);
  memset(room, ' ', sizeof room);
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0 || write(file, room, sizeof room) != ROOM || close(file) != 0) _exit(NO_ROOM);
}

/* Under its name, unless that is taken: by an agent that was started again, found nothing here and
   told the world that nothing will run. Where there are no hard links we cannot ask. */
static int publish(const char *temporary, const char *path) {
  if (link(temporary, path) == 0) {
    unlink(temporary);
    return 1;
  }
  return errno != EEXIST && rename(temporary, path) == 0;
}

/* Fills what was reserved, padded with spaces, so that a reader sees nothing or all of it; 0 when
   that cannot be done. */
static int leave(const char *name, const char *format, ...) {
  char temporary[4096], path[4096], text[ROOM];
  snprintf(temporary, sizeof temporary, "%s/.%s", control, name);
  snprintf(path, sizeof path, "%s/%s", control, name);
  va_list values;
  va_start(values, format);
  int length = vsnprintf(text, sizeof text, format, values);
  va_end(values);
  if (length < 0) return 0;
  if (length > ROOM - 1) length = ROOM - 1;
  memset(text + length, ' ', (size_t)(ROOM - length));
  int file = open(temporary, O_WRONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t written = write(file, text, sizeof text);
  return close(file) == 0 && written == ROOM && publish(temporary, path);
}

static void refuse(int report, const char *what) {
  dprintf(report, "%s: %s", what, strerror(errno));
  _exit(1);
}

static void become(int report, char *user) {
  if (strcmp(user, "-") == 0) return;
  gid_t groups[1024];
  int count = 0;
  char *end;
  uid_t uid = (uid_t)strtoul(user, &end, 10);
  gid_t gid = (gid_t)strtoul(end + 1, &end, 10);
  while (*end != 0 && end[1] != 0 && count < 1024) groups[count++] = (gid_t)strtoul(end + 1, &end, 10);
  if (getuid() == uid && getgid() == gid && getuid() != 0) return;
  if (setgroups((size_t)count, groups) != 0) refuse(report, "Failed to set the groups of the user");
  if (setgid(gid) != 0) refuse(report, "Failed to set the group of the user");
  if (setuid(uid) != 0) refuse(report, "Failed to switch to the user");
}

static void run(int report, pid_t parent, char **argv) {
  if (chdir(argv[2]) != 0) refuse(report, "Failed to enter the sandbox");
  become(report, argv[3]);
  int null = open("/dev/null", O_RDONLY);
  if (null < 0 || dup2(null, 0) < 0) refuse(report, "Failed to open /dev/null");
  if (null > 2) close(null);
  const char *failed = outputs_give();
  if (failed != NULL) refuse(report, failed);
  /* After the change of user, which would clear it: the command never outlives us. */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execvp(argv[5], argv + 6);
  fprintf(stderr, "Failed to execute command '%s': %s\n", argv[5], strerror(errno));
  fflush(stderr);
  _exit(1);
}

int supervise(char **argv, int birth) {
  control = argv[1];
  sigset_t signals;
  sigfillset(&signals);
  sigprocmask(SIG_SETMASK, &signals, NULL);
  setsid();
  umask(022);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  pid_t self = getpid(), parent;
  unsigned long long start = 0;
  stat_of("self", &parent, &start);
  reserve("status");
  reserve("pid");
  /* Nobody would find what runs under us, nor be able to end it. */
  if (!leave("pid", "%d %llu\n", self, start)) return NO_ROOM;
  if (birth >= 0) close(birth);

  int report[2], incoming = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  if (incoming < 0 || pipe2(report, O_CLOEXEC) != 0) {
    leave("status", "error Failed to make a pipe: %s\n", strerror(errno));
    return 1;
  }
  struct user user = {0, 0, 0};
  user.is_set = sscanf(argv[3], "%u:%u", &user.uid, &user.gid) == 2;
  const char *failed = outputs_open(argv[4], argv[2], user);
  if (failed != NULL) {
    leave("status", "error %s: %s\n", failed, strerror(errno));
    return 1;
  }
  pid_t command = fork();
  if (command < 0) {
    leave("status", "error Failed to fork: %s\n", strerror(errno));
    return 1;
  }
  if (command == 0) run(report[1], self, argv);
  close(report[1]);
  outputs_given();
  char text[512];
  ssize_t length = read(report[0], text, sizeof text - 1);
  close(report[0]);
  if (length > 0) {
    text[length] = 0;
    waitpid(command, NULL, 0);
    leave("status", "error %s\n", text);
    return 1;
  }

  for (;;) {
    int status;
    for (pid_t reaped; (reaped = waitpid(-1, &status, WNOHANG)) > 0;) {
      if (reaped != command) continue;
      kill_rest();
      outputs_finish();
      leave("status", "exit %d\n", status);
      return 0;
    }
    struct pollfd waits[] = {
        {incoming, POLLIN, 0}, {outputs[0].from, POLLIN, 0}, {outputs[1].from, POLLIN, 0}};
    poll(waits, 3, -1);
    for (int i = 0; i < 2; i++)
      if (waits[i + 1].revents != 0) output_copy(&outputs[i]);
    struct signalfd_siginfo signal;
    if (read(incoming, &signal, sizeof signal) != sizeof signal) continue;
    if (signal.ssi_signo == SIGTERM) signal_tree(command, SIGTERM);
    if (signal.ssi_signo == SIGUSR1) signal_tree(command, SIGKILL);
  }
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "spawn") == 0) return spawner_serve(argv, argv[2]);
  if (argc < 7) {
    fprintf(stderr, "usage: supervisor CONTROL SANDBOX USER LIMITS FILE ARGV0 [ARG...]\n");
    return 2;
  }
  return supervise(argv, -1);
}
