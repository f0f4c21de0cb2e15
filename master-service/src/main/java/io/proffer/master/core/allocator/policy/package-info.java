/**
 * Who is served first: the small interface a policy of allocation implements, and those shipped.
 *
 * <p>A policy only ranks; what anybody may have (quota, refusals, constraints, reservations) is
 * decided by the allocator, the same for all policies. A site's own one is a jar on the class path
 * with a {@link io.proffer.master.core.allocator.policy.PolicyProvider}; see docs/allocator.md.
 */
package io.proffer.master.core.allocator.policy;
