package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import java.util.Comparator;

/**
 * An executor's name in the whole cluster: frameworks use the same id on many agents. Sorts by
 * agent, then by framework.
 */
public record ExecutorKey(AgentId agent, FrameworkId framework, ExecutorId executor)
    implements Comparable<ExecutorKey> {
  private static final Comparator<ExecutorKey> ORDER =
      Comparator.comparing(ExecutorKey::agent)
          .thenComparing(ExecutorKey::framework)
          .thenComparing(ExecutorKey::executor);

  @Override
  public int compareTo(ExecutorKey other) {
    return ORDER.compare(this, other);
  }
}
