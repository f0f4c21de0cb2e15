package io.proffer.master.core.fact;

/**
 * What stands between a framework and an offer of an agent; the first that applies, in this order.
 */
public enum Reason {
  NOT_CONNECTED("The framework is not connected."),
  NOT_SUBSCRIBED("The framework is not subscribed to the role."),
  SUPPRESSED("The framework has suppressed the role."),
  PAUSED_FOR_RECOVERY("Nothing is offered until enough agents are back."),
  AGENT_INACTIVE("The agent is disconnected, deactivated or draining."),
  AGENT_NOT_WHITELISTED("The host of the agent is not on the whitelist."),
  AGENT_NEEDS_MULTI_ROLE("The agent does not know frameworks of several roles."),
  AGENT_NEEDS_HIERARCHICAL_ROLE("The agent does not know roles with a slash."),
  GPU_CAPABILITY("The agent has GPUs, and the framework lacks GPU_RESOURCES."),
  REGION_CAPABILITY("The agent is in another region, and the framework lacks REGION_AWARE."),
  CONSTRAINT("The framework's constraints on offers exclude the agent."),
  NOTHING_LEFT("All of the agent is offered or in use."),
  RESERVED_FOR_OTHERS("What is left of the agent is reserved for other roles."),
  /** Of revocable, shared or refined resources. */
  CAPABILITY("What is left needs a capability that the framework lacks."),
  QUOTA_LIMIT("The role has what its quota allows."),
  HEADROOM("What is left is kept for guarantees of other roles."),
  BELOW_MINIMUM("Less is left than is worth an offer."),
  REFUSED("The framework refused these resources a short while ago."),
  BEHIND("Others come first."),
  NEXT_RUN("The next run will offer it."),
  OFFERED("It is offered to the framework at this moment.");

  private final String sentence;

  Reason(String sentence) {
    this.sentence = sentence;
  }

  /** What it says without names or numbers, and so to whoever may not see those. */
  public String sentence() {
    return sentence;
  }

  /** Whether what is said about it may name roles that are not the framework's. */
  public boolean isAboutOthers() {
    return switch (this) {
      case NOTHING_LEFT, RESERVED_FOR_OTHERS, QUOTA_LIMIT, HEADROOM, BEHIND -> true;
      case NOT_CONNECTED,
          NOT_SUBSCRIBED,
          SUPPRESSED,
          PAUSED_FOR_RECOVERY,
          AGENT_INACTIVE,
          AGENT_NOT_WHITELISTED,
          AGENT_NEEDS_MULTI_ROLE,
          AGENT_NEEDS_HIERARCHICAL_ROLE,
          GPU_CAPABILITY,
          REGION_CAPABILITY,
          CONSTRAINT,
          CAPABILITY,
          BELOW_MINIMUM,
          REFUSED,
          NEXT_RUN,
          OFFERED ->
          false;
    };
  }
}
