package io.proffer.agent;

import io.proffer.agent.checkpoint.Recollections;
import io.proffer.agent.container.Containerizer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.host.BootId;
import io.proffer.agent.host.HostException;
import io.proffer.api.v1.AgentInfo;
import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import io.proffer.kernel.sqlite.SqliteJournal;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier run of the agent left on its directories.
 *
 * @param journal where it is, and where this run goes on writing
 */
record EarlierRun(Journal<Write> journal, Memory memory, String bootId) {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");
  private static final String CHECKPOINTS = "checkpoints.sqlite";

  /**
   * Reads it. What is to last is here before anything runs, and outlives all who write to it.
   *
   * @throws HostException when it cannot be read
   */
  static EarlierRun read(AgentConfig config, int waitingBatches) {
    SqliteJournal journal;
    try {
      journal = SqliteJournal.open(config.workDir().resolve(CHECKPOINTS), waitingBatches);
    } catch (StoreException e) {
      throw unreadable(config, e);
    }
    try {
      return new EarlierRun(journal, Recollections.from(journal), BootId.now());
    } catch (StoreException e) {
      journal.close();
      throw unreadable(config, e);
    }
  }

  private static HostException unreadable(AgentConfig config, StoreException cause) {
    return new HostException(
        "Cannot use the checkpoints in --work_dir=%s: %s"
            .formatted(config.workDir(), cause.getMessage()),
        cause);
  }

  /** Of what was not known to be over: where it works, which nobody else does. */
  private Map<ContainerId, String> sandboxes() {
    var all = new HashMap<ContainerId, String>();
    memory.tasks().stream()
        .map(Memory.Kept::task)
        .filter(task -> task.progress() instanceof Progress.Own)
        .forEach(task -> all.put(task.container(), task.directory()));
    memory.executors().stream()
        .map(Memory.KeptExecutor::executor)
        .forEach(executor -> all.put(executor.container(), executor.directory()));
    return all;
  }

  /** The containers it left, before anybody can ask for more. */
  List<ContainerId> adopt(Containerizer containers) {
    var rebooted = memory.isOfAnotherBoot(bootId);
    if (rebooted) {
      LOG.info("The host was restarted since this agent ran last");
    }
    try {
      var found = containers.adopt(rebooted, sandboxes());
      if (!found.isEmpty() || !memory.tasks().isEmpty() || !memory.updates().isEmpty()) {
        LOG.info(
            "An earlier run left {} containers, {} tasks and {} updates",
            found.size(),
            memory.tasks().size(),
            memory.updates().size());
      }
      return found;
    } catch (UncheckedIOException e) {
      throw new HostException(e.getMessage() + ": " + e.getCause().getMessage(), e);
    }
  }

  /**
   * After a restart of the host, or in a cleanup, nothing goes on that would not bear the change.
   *
   * @throws HostException when what goes on would not
   */
  void check(AgentConfig config, AgentInfo now) {
    if (memory.run().isEmpty()
        || memory.isOfAnotherBoot(bootId)
        || config.recover() == RecoverMode.cleanup) {
      return;
    }
    config
        .reconfigurationPolicy()
        .violation(memory.run().get().info(), now, config.port() == 0)
        .ifPresent(
            difference -> {
              throw new HostException(
                  "Incompatible agent info detected. With --reconfiguration_policy=%s an agent that did not stop in order starts again with what it announced before. What differs: %s. Start it as before; or end what it left with --recover=cleanup, and then start it with the change; or use another --work_dir"
                      .formatted(config.reconfigurationPolicy(), difference));
            });
  }
}
