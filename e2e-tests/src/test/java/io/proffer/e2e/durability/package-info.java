/** What is left when something is killed: real processes, SIGKILL. */
package io.proffer.e2e.durability;
