package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerdictsTest {
  private final AgentNumbers numbers = new AgentNumbers();
  private final Verdicts verdicts = new Verdicts();
  private int asked;

  @Test
  void eachAgentIsAskedForOnce() {
    var one = agent("a1");
    var other = agent("a2");
    for (int i = 0; i < 3; i++) {
      assertTrue(excludes(one, true));
      assertFalse(excludes(other, false));
    }
    assertEquals(2, asked);
  }

  @Test
  void whoSaysSomethingElseIsAskedForAnew() {
    var agent = agent("a1");
    assertTrue(excludes(agent, true));
    agent.renumber();
    assertFalse(excludes(agent, false));
  }

  @Test
  void otherConstraintsAreOtherVerdicts() {
    var agent = agent("a1");
    assertTrue(excludes(agent, true));
    verdicts.forget();
    assertFalse(excludes(agent, false));
  }

  @Test
  void numbersAreGivenAnewBeforeTheyAreMany() {
    var there = new ArrayList<AgentEntry>();
    Set<Integer> seen = new LinkedHashSet<>();
    for (int i = 0; i < 20_000; i++) {
      there.add(agent("a" + i));
      if (there.size() > 10) {
        there.removeFirst();
      }
      numbers.tidy(there);
      seen.add(there.getLast().number());
      int now = i;
      for (var agent : there) {
        // Verdicts of before must not be those of whoever has the number now.
        boolean excluded = agent.hash() % 2 == 0;
        assertEquals(excluded, excludes(agent, excluded), () -> agent.id() + " in step " + now);
      }
    }
    int most = 2 * 10 + AgentNumbers.SPARE;
    assertTrue(seen.size() <= most + 2, () -> seen.size() + " numbers");
    assertEquals(10, List.copyOf(there).size());
  }

  private AgentEntry agent(String id) {
    return new AgentEntry(new AgentId(id), numbers);
  }

  private boolean excludes(AgentEntry agent, boolean answer) {
    return verdicts.excludes(
        agent,
        () -> {
          asked++;
          return answer;
        });
  }
}
