package io.proffer.master;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.PolicyProvider;
import io.proffer.master.core.allocator.policy.RandomPolicy;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the policies that flags name, among those shipped and those on the class path. */
final class Policies {
  private final Policy policy;
  private final Optional<String> roleSorter;
  private final Optional<String> frameworkSorter;

  /**
   * @param name value of {@code --allocator}
   * @param options value of {@code --allocator_options}
   * @param roleSorter value of {@code --role_sorter}
   * @param frameworkSorter value of {@code --framework_sorter}
   * @throws WrongFlagException when not exactly one module has the policy, one cannot be loaded, or
   *     it refuses the options
   */
  Policies(
      String name, String options, Optional<String> roleSorter, Optional<String> frameworkSorter) {
    this.policy = find(name, options);
    this.roleSorter = roleSorter;
    this.frameworkSorter = frameworkSorter;
  }

  Policy ofRoles() {
    return sorter("--role_sorter", roleSorter);
  }

  Policy ofFrameworks() {
    return sorter("--framework_sorter", frameworkSorter);
  }

  private Policy sorter(String flag, Optional<String> name) {
    if (name.isEmpty()) {
      return policy;
    }
    return switch (name.get()) {
      case "drf" -> new FairPolicy();
      case "random" -> new RandomPolicy();
      case String other ->
          throw new WrongFlagException(flag, "Expected drf or random, but got '" + other + "'");
    };
  }

  private static Policy find(String name, String options) {
    var providers = providers();
    var named = providers.stream().filter(provider -> provider.names().contains(name)).toList();
    if (named.isEmpty()) {
      var known = new TreeSet<String>();
      providers.forEach(provider -> known.add(provider.names().getFirst()));
      throw new WrongFlagException(
          "--allocator",
          "Expected one of "
              + String.join(", ", known)
              + ", but got '"
              + name
              + "'; a policy of your own needs its jar on the class path, with a PolicyProvider of"
              + " that name in META-INF/services");
    }
    if (named.size() > 1) {
      throw new WrongFlagException(
          "--allocator",
          "Several policies on the class path have the name '"
              + name
              + "': "
              + named.stream()
                  .map(provider -> provider.getClass().getName())
                  .collect(Collectors.joining(", ")));
    }
    return create(named.getFirst(), options);
  }

  /** All of them, whichever is asked for: a broken jar is told wherever it is on the class path. */
  private static List<PolicyProvider> providers() {
    try {
      return ServiceLoader.load(PolicyProvider.class).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new WrongFlagException(
          "--allocator",
          "A policy on the class path cannot be loaded; is its jar whole, and made for this"
              + " version? "
              + e.getMessage(),
          e);
    }
  }

  private static Policy create(PolicyProvider provider, String options) {
    try {
      return provider.create(options);
    } catch (IllegalArgumentException e) {
      throw new WrongFlagException("--allocator_options", e.getMessage(), e);
    }
  }
}
