package io.proffer.agent.core.fact;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.TaskStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent knew when its earlier run ended, however it ended.
 *
 * @param agent the id a master gave
 * @param epoch the highest it has followed; 0 before the first
 * @param run empty before the first run, and after an orderly stop
 * @param draining what was ordered, and is not carried out
 * @param settled tasks that are over and whose executors are not, by the executor's container
 * @param updates not acknowledged, in any order
 */
public record Memory(
    Optional<AgentId> agent,
    long epoch,
    Optional<Run> run,
    Optional<Draining> draining,
    List<Framework> frameworks,
    List<Kept> tasks,
    List<KeptExecutor> executors,
    Map<ContainerId, List<Settled>> settled,
    List<Waiting> updates) {

  /**
   * What it announced, and the boot of the host it ran in.
   *
   * @param number higher than that of each run before it; 0 of one that did not count
   * @param runtimeDir where its containers leave how they end; empty when nobody knows
   */
  public record Run(AgentInfo info, String bootId, long number, Optional<String> runtimeDir) {}

  /**
   * A task whose terminal update is not acknowledged. Monotonic times mean nothing in another run,
   * so those of its progress are 0 and wall times stand beside it.
   *
   * @param timeUp when it must have ended
   * @param killedAt when SIGTERM was sent
   * @param forceAt when SIGKILL is due; empty once it was sent
   */
  public record Kept(
      Task task, Optional<Instant> timeUp, Optional<Instant> killedAt, Optional<Instant> forceAt) {}

  /**
   * An executor that was not known to have ended.
   *
   * @param registerBy until when it must have subscribed first; empty once it has
   * @param forceAt when SIGKILL is due, for one that is being ended
   */
  public record KeptExecutor(
      Executor executor, Optional<Instant> registerBy, Optional<Instant> forceAt) {}

  /**
   * An update that its framework has not acknowledged.
   *
   * @param sequence higher than that of those before it
   */
  public record Waiting(TaskKey key, TaskStatus status, long sequence) {}

  public Memory {
    frameworks = List.copyOf(frameworks);
    tasks = List.copyOf(tasks);
    executors = List.copyOf(executors);
    settled = Collections.unmodifiableMap(new LinkedHashMap<>(settled));
    updates = List.copyOf(updates);
  }

  /** That of an agent on a directory of its own that is empty. */
  public static Memory none() {
    return new Memory(
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Collections.emptyMap(),
        List.of());
  }

  /** Whether the host was restarted since; false when nobody knows. */
  public boolean isOfAnotherBoot(String bootId) {
    return run.filter(before -> !before.bootId().equals(bootId)).isPresent();
  }
}
