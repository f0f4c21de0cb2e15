/*
 * What a command writes, in files of bounded size: it writes into a pipe, and we copy that into
 * NAME, which becomes NAME.1 when it is full, that NAME.2, and so on; the oldest goes. Without a
 * limit the command has the file itself, and we have nothing to do.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <sys/types.h>

/* Whom the command runs as; `is_set` is 0 to stay who we are. */
struct user {
  int is_set;
  uid_t uid;
  gid_t gid;
};

struct output {
  const char *name;
  /* 0 for none. */
  long long limit;
  /* Ends of the pipe; -1 when there is none, or not any more. */
  int from, to;
  int file;
  long long size;
  /* Whether the file ends with a whole line. */
  int is_whole;
};

/* stdout and stderr. */
extern struct output outputs[2];

/* Reads "STDOUT:STDERR:FILES" (bytes, bytes, rotated files of each), "-" for no limits, and makes
   what the limited ones need. Returns what failed, with errno, or NULL. */
const char *outputs_open(const char *limits, const char *sandbox, struct user user);

/* In the command, in its sandbox, as its user: has it write there. Returns what failed, or NULL. */
const char *outputs_give(void);

/* Once the command has its ends: who keeps them would never see the end of the output. */
void outputs_given(void);

/* Copies some of what was written. Never waits. */
void output_copy(struct output *output);

/* Copies what is left when nobody of the container is. */
void outputs_finish(void);

#endif
