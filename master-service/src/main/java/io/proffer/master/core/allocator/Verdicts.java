package io.proffer.master.core.allocator;

import java.util.BitSet;
import java.util.function.BooleanSupplier;

/**
 * What the constraints of a client say of agents, asked once of each: two bits an agent, for there
 * may be thousands of frameworks and tens of thousands of agents.
 */
final class Verdicts {
  private final BitSet known = new BitSet();
  private final BitSet excluded = new BitSet();
  private long epoch;

  /** Whether the agent is excluded; asks if that is not known of what it says of itself now. */
  boolean excludes(AgentEntry agent, BooleanSupplier asked) {
    if (epoch != agent.numbers().epoch()) {
      forget();
      epoch = agent.numbers().epoch();
    }
    int number = agent.number();
    if (!known.get(number)) {
      excluded.set(number, asked.getAsBoolean());
      known.set(number);
    }
    return excluded.get(number);
  }

  void forget() {
    known.clear();
    excluded.clear();
  }
}
