/* The few processes that most containers are, found from parent to child: a look at all of the host's
   would cost each of a thousand containers as much as there are containers. */
#ifndef FAMILY_H
#define FAMILY_H

#include <sys/types.h>

/* More than these are a crowd. */
#define MOST_MEMBERS 64

struct family {
  pid_t members[MOST_MEMBERS];
  int count;
};

/* Adds the descendants of the members. 0 when they are too many, or the kernel (without
   CONFIG_PROC_CHILDREN) does not say who they are. */
int meet(struct family *family);

#endif
