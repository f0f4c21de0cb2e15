package io.proffer.master.core.allocator.policy;

import java.util.List;

/**
 * Makes a policy available under the names of {@code --allocator}; found by {@link
 * java.util.ServiceLoader}, so a jar on the class path with a {@code META-INF/services} entry is
 * enough.
 */
public interface PolicyProvider {

  /** The names it answers to; the first one is shown to people. */
  List<String> names();

  /**
   * The policy, set up with the text of {@code --allocator_options}.
   *
   * @throws IllegalArgumentException when the text makes no sense to it; the message says what was
   *     expected and what came, and stands behind the name of the flag
   */
  Policy create(String options);
}
