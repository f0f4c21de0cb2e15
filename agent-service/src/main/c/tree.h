/* The processes of a container: all that descend from us. */
#ifndef TREE_H
#define TREE_H

#include <sys/types.h>

/* Reads the parent and the start time of a process from /proc/PID/stat; 0 when it is gone. */
int stat_of(const char *pid, pid_t *parent, unsigned long long *start);

/* Sends a signal to all descendants, and in any case to the command. As their reaper we stay the
   ancestor of whoever is orphaned. */
void signal_tree(pid_t command, int number);

/* Kills what is left, until nothing is. */
void kill_rest(void);

#endif
