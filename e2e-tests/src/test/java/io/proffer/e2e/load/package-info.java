/** Many tasks, long answers, slow readers: what must hold under load. */
package io.proffer.e2e.load;
