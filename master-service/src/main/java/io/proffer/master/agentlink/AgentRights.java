package io.proffer.master.agentlink;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Resource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which agents may come (lifecycle, section 4): by who they are, and by the roles they bring
 * reservations for. The reference says nothing to one that may not; here it is told why, for its
 * log, and asks again.
 */
final class AgentRights {
  private AgentRights() {}

  /** Why an agent with these resources may not come, if it may not. */
  static Optional<String> refusal(Rights rights, List<Resource> resources) {
    if (!rights.allow(Action.REGISTER_AGENT)) {
      return Optional.of(
          "The rules of the master (--acls, register_agents) do not let %s register agents"
              .formatted(who(rights)));
    }
    var permit = rights.on(Action.RESERVE_RESOURCES);
    if (permit.isUnlimited()) {
      return Optional.empty();
    }
    var refused = new TreeSet<String>();
    for (var element : Resources.of(resources)) {
      element.kind().reservationRole().filter(role -> !permit.allows(role)).ifPresent(refused::add);
    }
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The rules of the master (--acls, reserve_resources) do not let %s reserve resources for %s"
                .formatted(who(rights), String.join(", ", refused)));
  }

  private static String who(Rights rights) {
    return rights
        .principal()
        .map(name -> "'" + name + "'")
        .orElse("agents that nobody asks who they are (--authenticate_agents)");
  }
}
