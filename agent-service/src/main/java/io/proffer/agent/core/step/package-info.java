/**
 * What rules share: how a status is worded, how updates are sent, how a task is killed, how a
 * launch looks. May touch all of {@code core} but the rules.
 */
package io.proffer.agent.core.step;
