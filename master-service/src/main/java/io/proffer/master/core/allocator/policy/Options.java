package io.proffer.master.core.allocator.policy;

import io.proffer.api.resource.Roles;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of {@code --allocator_options}. */
final class Options {
  private Options() {}

  /** For policies that have nothing to set up. */
  static void refuse(String policy, String options) {
    if (!options.isBlank()) {
      throw new IllegalArgumentException(
          "Expected none, for the policy '" + policy + "' has none, but got '" + options + "'");
    }
  }

  /** At least one role, by comma. */
  static List<String> roles(String policy, String options) {
    var roles = new ArrayList<String>();
    for (var name : options.split(",", -1)) {
      var role = name.strip();
      var error = Roles.check(role);
      if (error.isPresent()) {
        throw new IllegalArgumentException(
            "Expected of '"
                + policy
                + "' the roles in the order they are served, by comma, as in prod,batch, but got '"
                + options
                + "': "
                + error.get());
      }
      roles.add(role);
    }
    return roles;
  }
}
