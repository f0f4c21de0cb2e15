/**
 * What operators say of roles: weights and quotas.
 *
 * <p>May touch all of the core but other rules. The decision that shaped it: what is wrong with a
 * request whatever the cluster has is told first, then whether its sender may ask that at all, and
 * only then what the cluster has to say to it.
 */
package io.proffer.master.core.rule.role;
