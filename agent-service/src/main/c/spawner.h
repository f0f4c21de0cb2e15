#ifndef SPAWNER_H
#define SPAWNER_H

/* Serves requests from standard input until that ends; `room` is the last argument of the program,
   which the titles of supervisors are written over. */
int spawner_serve(char **argv, char *room);

#endif
