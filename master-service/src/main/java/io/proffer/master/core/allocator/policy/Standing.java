package io.proffer.master.core.allocator.policy;

/**
 * How somebody who is to be ranked stands now: a node of the tree of roles, or a framework in one
 * role. Valid only while a policy is asked; take what you need of it.
 */
public interface Standing {

  /** Whether it is a framework in a role; else a node of the tree of roles. */
  boolean isFramework();

  /**
   * Of a role its full path, {@code a/b}; among the roles below it a role competes as {@code a/.},
   * unless the policy draws. Of a framework its id.
   */
  String path();

  /** What an operator set for the role, else 1; of frameworks and of {@code a/.} always 1. */
  double weight();

  /**
   * The largest part it has, offered or used, of the cluster's total of any one scalar resource;
   * those of {@code --fair_sharing_excluded_resource_names} do not count. Not divided by the
   * weight.
   */
  Share dominantShare();

  /** The part it has, offered or used, of the cluster's total of this scalar resource. */
  Share shareOf(String resource);

  /** How many allocations were made to it, or below it, since it is known. */
  long allocations();

  /**
   * For policies that draw: the weight of a role among all active roles, 0 to 1; the sum over all
   * is 1. Of frameworks 1.
   */
  double relativeWeight();

  /**
   * For policies that draw: a number between 0 and 1, both excluded, another one for each run,
   * agent and role or framework.
   */
  double draw();
}
