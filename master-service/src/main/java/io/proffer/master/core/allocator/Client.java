package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import java.util.LinkedHashMap;
import java.util.Map;

/** A framework in one role: the unit that is offered something. */
final class Client extends Sharer {
  private final FrameworkNode framework;
  private final Role role;

  /** Offered to it or used by it, by agent; without allocation. */
  final Map<AgentEntry, Resources> holdings = new LinkedHashMap<>();

  /**
   * The first and the last of what it refused, in the order of refusing; see {@link RefusalChain}.
   */
  final RefusalChain refusals = new RefusalChain();

  /** The run in which it is examined on agents that did not change; see {@link Run}. */
  long stirredForRun = -1;

  /** Where a {@link RefusalTable} looks for it first. */
  final int slotHash;

  private final Verdicts verdicts = new Verdicts();
  private Minimum minimum;
  private boolean subscribed;
  private boolean suppressed;

  Client(FrameworkNode framework, Role role, Minimum minimum, ClusterTotal total) {
    super(framework.id().value(), framework.id().value(), total);
    this.framework = framework;
    this.role = role;
    this.minimum = minimum;
    this.slotHash =
        (int) KeyedHash.rank(KeyedHash.of(role.name()), KeyedHash.of(framework.id().value()));
  }

  FrameworkNode framework() {
    return framework;
  }

  Role role() {
    return role;
  }

  /** What is worth an offer to it. */
  Minimum minimum() {
    return minimum;
  }

  void setMinimum(Minimum value) {
    minimum = value;
  }

  boolean subscribed() {
    return subscribed;
  }

  void setSubscribed(boolean value) {
    subscribed = value;
  }

  void setSuppressed(boolean value) {
    suppressed = value;
  }

  @Override
  public boolean isFramework() {
    return true;
  }

  @Override
  public String path() {
    return name();
  }

  boolean suppressed() {
    return suppressed;
  }

  /** One allocation to it, and so to all above it, more or less. */
  void countAllocation(int change) {
    countAllocations(change);
    var line = role.line();
    for (int i = 0; i < line.size(); i++) {
      line.get(i).countAllocations(change);
    }
  }

  /** Whether it wants offers. */
  boolean active() {
    return subscribed && !suppressed && framework.connected();
  }

  /**
   * Whether the framework's constraints keep it from this agent.
   *
   * @param work counts what the answer takes, which is nothing where it is known
   */
  boolean excludes(AgentEntry agent, Work work) {
    var constraints = framework.constraints();
    if (constraints.isEmpty()) {
      return false;
    }
    return verdicts.excludes(agent, () -> constraints.excludes(role.name(), agent.info(), work));
  }

  /** Its constraints are others now. */
  void forgetVerdicts() {
    verdicts.forget();
  }
}
