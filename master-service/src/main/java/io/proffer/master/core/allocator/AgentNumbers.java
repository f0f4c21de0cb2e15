package io.proffer.master.core.allocator;

import java.util.Collection;

/**
 * Small numbers for what agents say of themselves, so that what is known of thousands of them fits
 * into bits. Whoever says something else gets a new number, which nothing is known of. When too
 * many numbers are unused all are given anew, in another epoch.
 */
final class AgentNumbers {
  /** So many may be unused beside as many as there are agents. */
  static final int SPARE = 1000;

  private int next;
  private long epoch;

  /** Changes when numbers mean other agents than before. */
  long epoch() {
    return epoch;
  }

  /** A number nothing is known of yet. */
  int give() {
    return next++;
  }

  /** Keeps numbers below twice as many as there are of these, and {@link #SPARE}. */
  void tidy(Collection<AgentEntry> agents) {
    if (next <= 2 * agents.size() + SPARE) {
      return;
    }
    epoch++;
    next = 0;
    agents.forEach(AgentEntry::renumber);
  }
}
