package io.proffer.master.core.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Agents in the order in which one stage of a run visits them.
 *
 * <p>They are thrown into buckets by rank, as many as the budget allows at once, and a bucket is
 * sorted when it is reached: to sort all agents of a large cluster takes longer than a turn may.
 */
final class Visits {
  private static final int AGENTS_PER_BUCKET = 32;
  private static final Comparator<AgentEntry> BY_RANK =
      Comparator.<AgentEntry>comparingLong(agent -> agent.rank).thenComparing(AgentEntry::id);

  private final List<AgentEntry> agents;

  /** So many of the highest bits of a rank say which bucket it belongs to. */
  private final int bits;

  /** Of each bucket the one that was thrown in last, counted from 1; 0 while it is empty. */
  private final int[] last;

  /** Of each agent the one that was thrown into the same bucket before it, counted alike. */
  private final int[] before;

  /** So many of the first agents are looked at for everybody. */
  private final int thorough;

  private final long run;
  private long stage;
  private long seed;
  private int drawn;
  private int nextBucket;
  private final List<AgentEntry> bucket = new ArrayList<>();
  private int next;

  /**
   * Each of these once in a stage, in no order yet.
   *
   * @param agents some may be there twice; the list must stay as it is
   * @param thorough on so many of the first ones the run looks at everybody
   * @param run its number
   */
  Visits(List<AgentEntry> agents, int thorough, long run) {
    this.agents = agents;
    this.thorough = thorough;
    this.run = run;
    stage = 2 * run;
    bits = 31 - Integer.numberOfLeadingZeros(Math.max(1, agents.size() / AGENTS_PER_BUCKET));
    last = new int[1 << bits];
    before = new int[agents.size()];
  }

  /** A stage with this seed begins. */
  void begin(long stageSeed) {
    seed = stageSeed;
    stage++;
    drawn = 0;
    nextBucket = 0;
    bucket.clear();
    next = 0;
    Arrays.fill(last, 0);
  }

  /** Whether the place of each is drawn. */
  boolean allDrawn() {
    return drawn == agents.size();
  }

  /** Draws the places of more of them, until the budget is spent; at the end there is an agent. */
  void draw(Budget budget) {
    while (!allDrawn() && !budget.spent()) {
      var agent = agents.get(drawn);
      // Of one that has something only later the next run is told.
      if (agent.active() && !agent.available().isEmpty() && agent.drawnInStage != stage) {
        agent.drawnInStage = stage;
        agent.examineAllInRun = drawn < thorough ? run : agent.examineAllInRun;
        throwIn(agent, drawn);
      }
      drawn++;
      budget.draw();
    }
    if (allDrawn()) {
      fill();
    }
  }

  private void throwIn(AgentEntry agent, int index) {
    agent.rank = KeyedHash.rank(seed, agent.hash());
    int at = (int) ((agent.rank ^ Long.MIN_VALUE) >>> 1 >>> (63 - bits));
    before[index] = last[at];
    last[at] = index + 1;
  }

  /** The agent to visit now; null when all have been visited, or not all are drawn. */
  AgentEntry present() {
    return next < bucket.size() ? bucket.get(next) : null;
  }

  /** The visit of the present agent is over. */
  void leave() {
    next++;
    if (next == bucket.size()) {
      fill();
    }
  }

  /** Puts the agents of the next bucket that has any in order. */
  private void fill() {
    next = 0;
    bucket.clear();
    while (bucket.isEmpty() && nextBucket < last.length) {
      for (int at = last[nextBucket++]; at > 0; at = before[at - 1]) {
        bucket.add(agents.get(at - 1));
      }
    }
    bucket.sort(BY_RANK);
  }
}
