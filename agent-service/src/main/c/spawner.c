/*
 * Forks supervisors for an agent, which is too big to fork itself: the start of a program by the JDK
 * takes two executions of programs, a fork of this process none.
 *
 *   supervisor spawn ROOM
 *
 *   ROOM    spaces: as many as the title of a supervisor (what ps shows of it) may have
 *
 * Requests come on standard input: three numbers of 32 bits as this machine has them (the number of
 * the request, how many strings are arguments, how many bytes follow), then strings with a zero after
 * each: the arguments of a supervisor, its own name the first, then the environment of the command.
 *
 * Answers go to standard output, three numbers of 32 bits each:
 *   STARTED  number of the request   process
 *   REFUSED  number of the request   errno
 *   ENDED    process                 exit status, or 128 and the signal
 *
 * A supervisor keeps standard output until it has written down who it is. So whoever reads the end of
 * it knows: there is no spawner any more, and what it began can be found.
 *
 * What a supervisor leaves that was killed comes to us, whatever it did to hide, and is killed.
 *
 * The end of standard input is that of the agent, and ours. Supervisors go on.
 */
#define _GNU_SOURCE
#include "spawner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervise.h"

enum { STARTED = 1, REFUSED = 2, ENDED = 3 };

struct request {
  uint32_t number, arguments, bytes;
};

extern char **environ;

static char *title;
static size_t title_room;
static int null = -1, children = -1;

static pid_t *supervisors;
static size_t supervisor_count, supervisor_room;

/* Shorter than asked for only at the end of the input: then the agent is gone, and did not finish. */
static int take(void *into, size_t count) {
  for (size_t got = 0; got < count;) {
    ssize_t more = read(0, (char *)into + got, count - got);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) return 0;
    got += (size_t)more;
  }
  return 1;
}

/* Small enough to go whole or not at all. Without a reader there is nobody to serve. */
static void answer(int32_t what, int32_t who, int32_t value) {
  int32_t words[3] = {what, who, value};
  ssize_t written;
  do written = write(1, words, sizeof words);
  while (written < 0 && errno == EINTR);
  if (written != sizeof words) _exit(0);
}

/* Where it is among our supervisors, or how many those are. */
static size_t place_of(pid_t pid) {
  size_t at = 0;
  while (at < supervisor_count && supervisors[at] != pid) at++;
  return at;
}

/* 0 when there is no room: then it is no supervisor that we could tell from what others leave. */
static int remember(pid_t pid) {
  if (supervisor_count == supervisor_room) {
    size_t room = supervisor_room == 0 ? 64 : 2 * supervisor_room;
    pid_t *more = realloc(supervisors, room * sizeof *more);
    if (more == NULL) return 0;
    supervisors = more;
    supervisor_room = room;
  }
  supervisors[supervisor_count++] = pid;
  return 1;
}

/* Kills each child that we did not fork. Its own children come to us next, and we hear of it. */
static void kill_strays(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
  FILE *file = fopen(path, "re");
  if (file == NULL) return;
  for (int child; fscanf(file, "%d", &child) == 1;)
    if (place_of(child) == supervisor_count) kill(child, SIGKILL);
  fclose(file);
}

static void tell_ends(void) {
  struct signalfd_siginfo some[16];
  while (read(children, some, sizeof some) > 0)
    ;
  int status;
  for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;) {
    size_t at = place_of(ended);
    /* One that ended by itself has left nobody. */
    if (at == supervisor_count || !WIFEXITED(status)) kill_strays();
    if (at == supervisor_count) continue;
    supervisors[at] = supervisors[--supervisor_count];
    answer(ENDED, ended, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  }
}

/* What ps shows, cut where the room ends; the rest stays one last argument of spaces. */
static void rename_to(char **argv) {
  if (title_room == 0) return;
  memset(title, ' ', title_room - 1);
  char *at = title, *end = title + title_room - 1;
  for (int i = 0; argv[i] != NULL && at < end; i++) {
    size_t length = strnlen(argv[i], (size_t)(end - at));
    memcpy(at, argv[i], length);
    at += length;
    *at = 0;
    if (at < end) at++;
  }
}

/* Nothing of ours is left to it but the end of standard output, until it is born. */
static void become_supervisor(char **argv, char **environment) {
  int birth = fcntl(1, F_DUPFD_CLOEXEC, 3);
  if (birth < 0) _exit(1);
  for (int standard = 0; standard < 3; standard++)
    if (dup2(null, standard) < 0) _exit(1);
  close(null);
  close(children);
  environ = environment;
  rename_to(argv);
  _exit(supervise(argv, birth));
}

static int split(char *strings, const struct request *request, char **argv, char **environment) {
  uint32_t count = 0;
  for (char *at = strings, *end = strings + request->bytes; at < end; at += strlen(at) + 1, count++)
    if (count < request->arguments) *argv++ = at;
    else *environment++ = at;
  *argv = NULL;
  *environment = NULL;
  return count >= request->arguments && request->arguments >= 7;
}

/* Frees all it took: who serves for months must not grow. */
static int serve(void) {
  struct request request;
  if (!take(&request, sizeof request)) return 0;
  char *strings = malloc((size_t)request.bytes + 1);
  /* Each string takes a byte at least, and each of the two lists has an end. */
  char **pointers = malloc(((size_t)request.bytes + 2) * sizeof *pointers);
  if (strings == NULL || pointers == NULL) return 0;
  strings[request.bytes] = 0;
  int whole = take(strings, request.bytes);
  if (whole) {
    char **argv = pointers, **environment = pointers + request.arguments + 1;
    pid_t child = -1;
    errno = EINVAL;
    if (request.arguments <= request.bytes && split(strings, &request, argv, environment)) child = fork();
    if (child == 0) become_supervisor(argv, environment);
    if (child > 0 && !remember(child)) _exit(1);
    if (child > 0) answer(STARTED, (int32_t)request.number, child);
    else answer(REFUSED, (int32_t)request.number, errno);
  }
  free(pointers);
  free(strings);
  return whole;
}

int spawner_serve(char **argv, char *room) {
  /* From the first argument to the last they lie behind each other, and all of it is what ps shows. */
  title = argv[0];
  title_room = (size_t)(room - argv[0]) + strlen(room) + 1;
  sigset_t signals;
  /* Whatever ends the agent, from a terminal say, is none of our business: the input ends. */
  sigfillset(&signals);
  sigprocmask(SIG_SETMASK, &signals, NULL);
  setsid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  children = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (children < 0 || null < 0) return 1;
  for (;;) {
    struct pollfd waits[] = {{0, POLLIN, 0}, {children, POLLIN, 0}};
    if (poll(waits, 2, -1) < 0 && errno != EINTR) return 1;
    if (waits[1].revents != 0) tell_ends();
    if (waits[0].revents != 0 && !serve()) return 0;
  }
}
