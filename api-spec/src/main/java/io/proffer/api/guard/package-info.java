/** What stands between a service and strangers, put together from the flags that ask for it. */
package io.proffer.api.guard;
