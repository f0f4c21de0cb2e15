/**
 * How many requests one client may make: the buckets, who has which, and the flags that say so.
 *
 * <p>May touch the flags, the messages and their JSON. The decision that shaped it: nothing here
 * knows HTTP or a clock; who asks says who it is and what time it is, and a stranger can at most
 * fill a table of fixed size, after which all newcomers share one bucket.
 */
package io.proffer.api.limit;
