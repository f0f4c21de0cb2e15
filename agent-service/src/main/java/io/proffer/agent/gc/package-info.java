/**
 * Removes the sandboxes that nobody needs any more: by age, and sooner when the disk fills
 * (containerization, section 11).
 *
 * <p>Touches directories below the work directory, snapshots of the core and the clock. The choice
 * that shaped it: what must be known after a restart, when a sandbox was last in use, is its
 * modification time on disk; nothing else is remembered.
 */
package io.proffer.agent.gc;
