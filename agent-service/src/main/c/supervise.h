#ifndef SUPERVISE_H
#define SUPERVISE_H

/* Holds one container, in this process, until its command has ended; the exit status for this process.
   The descriptor `birth`, unless negative, is closed once it is written down who we are. */
int supervise(char **argv, int birth);

#endif
