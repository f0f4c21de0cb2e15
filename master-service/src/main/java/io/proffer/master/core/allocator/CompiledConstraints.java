package io.proffer.master.core.allocator;

import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.Attribute;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.ConstraintLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Offer constraints of one framework, ready to be asked about agents (scheduler-api.md, 8).
 *
 * <p>An agent is offered for a role if any group has all its constraints true; a role without entry
 * is not constrained.
 */
public final class CompiledConstraints {
  private static final CompiledConstraints NONE = new CompiledConstraints(new TreeMap<>());

  private final Map<String, List<List<AgentConstraint>>> groupsByRole;

  private CompiledConstraints(Map<String, List<List<AgentConstraint>>> groupsByRole) {
    this.groupsByRole = groupsByRole;
  }

  /** What became of an attempt to compile. */
  public sealed interface Compilation {}

  /** It worked. */
  public record Compiled(CompiledConstraints constraints) implements Compilation {}

  /** The text that follows {@code Offer constraints are not valid: }. */
  public record Refused(String text) implements Compilation {}

  /** Constrains nothing. */
  public static CompiledConstraints none() {
    return NONE;
  }

  /** Checks and compiles; the default instance constrains nothing. */
  public static Compilation compile(OfferConstraints message, ConstraintLimits limits) {
    var bounds = new ConstraintBounds(limits);
    var groupsByRole = new TreeMap<String, List<List<AgentConstraint>>>();
    for (var entry : new TreeMap<>(message.getRoleConstraintsMap()).entrySet()) {
      var role = entry.getKey();
      if (entry.getValue().getGroupsCount() == 0) {
        return new Refused(
            "'OfferConstraints::role_constraints' has an empty 'RoleConstraints::groups' for role "
                + role);
      }
      var groups = new ArrayList<List<AgentConstraint>>();
      for (var group : entry.getValue().getGroupsList()) {
        if (group.getAttributeConstraintsCount() == 0) {
          return new Refused(
              "'OfferConstraints::RoleConstraints::groups' for role "
                  + role
                  + "contains an empty RoleConstraints::Group");
        }
        var constraints = new ArrayList<AgentConstraint>();
        for (var constraint : group.getAttributeConstraintsList()) {
          try {
            constraints.add(AgentConstraint.compile(constraint, bounds));
          } catch (InvalidConstraintException e) {
            return new Refused(
                "A role " + role + " has an invalid 'AttributeConstraint': " + e.getMessage());
          }
        }
        groups.add(List.copyOf(constraints));
      }
      groupsByRole.put(role, List.copyOf(groups));
    }
    return new Compiled(groupsByRole.isEmpty() ? NONE : new CompiledConstraints(groupsByRole));
  }

  /**
   * Those of a framework that was let in with them.
   *
   * @throws IllegalStateException when they are no such constraints
   */
  public static CompiledConstraints checked(OfferConstraints message) {
    return switch (compile(message, ConstraintLimits.none())) {
      case Compiled(var compiled) -> compiled;
      case Refused(var text) ->
          throw new IllegalStateException(
              "a rule let in offer constraints it must refuse: " + text);
    };
  }

  /** Whether no agent is excluded for any role. */
  public boolean isEmpty() {
    return groupsByRole.isEmpty();
  }

  /** Whether an agent must not be offered for this role. */
  public boolean excludes(String role, AgentInfo agent) {
    return excludes(role, agent, new Work());
  }

  /**
   * The same.
   *
   * @param work counts what the answer takes
   */
  boolean excludes(String role, AgentInfo agent, Work work) {
    return excludes(role, agent.getHostname(), agent.getDomain(), agent.getAttributesList(), work);
  }

  /**
   * The same of what an agent says of itself.
   *
   * @param domain the default instance when the agent has none
   */
  public boolean excludes(
      String role, String hostname, DomainInfo domain, List<Attribute> attributes) {
    return excludes(role, hostname, domain, attributes, new Work());
  }

  private boolean excludes(
      String role, String hostname, DomainInfo domain, List<Attribute> attributes, Work work) {
    var groups = groupsByRole.get(role);
    if (groups == null) {
      return false;
    }
    for (var group : groups) {
      if (group.stream().allMatch(c -> c.holds(hostname, domain, attributes, work))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Of an agent that must not be offered for this role: of each group what is not true of it.
   *
   * @param groups at most so many are asked
   * @param work counts what the answer takes
   */
  List<String> failing(String role, AgentInfo agent, int groups, Work work) {
    var failing = new ArrayList<String>();
    var hostname = agent.getHostname();
    var domain = agent.getDomain();
    var attributes = agent.getAttributesList();
    for (var group : groupsByRole.getOrDefault(role, List.of()).stream().limit(groups).toList()) {
      group.stream()
          .filter(c -> !c.holds(hostname, domain, attributes, work))
          .findFirst()
          .ifPresent(constraint -> failing.add(constraint.words()));
    }
    return failing;
  }
}
