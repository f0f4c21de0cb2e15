/**
 * What rules share: how a status is worded, how a task is killed, how a launch looks, what a
 * subscription says, what follows when something was the last of its kind. May touch all of {@code
 * core} but the rules.
 */
package io.proffer.agent.core.step;
