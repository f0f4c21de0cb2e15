package io.proffer.agent;

import io.proffer.agent.checkpoint.Recollections;
import io.proffer.agent.container.Containerizer;
import io.proffer.agent.container.launcher.Stray;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
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
   * @param makeRoom on a full disk; false when it could not
   * @throws HostException when it cannot be read
   */
  static EarlierRun read(AgentConfig config, int waitingBatches, BooleanSupplier makeRoom) {
    SqliteJournal journal;
    try {
      journal = SqliteJournal.open(config.workDir().resolve(CHECKPOINTS), waitingBatches, makeRoom);
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

  /**
   * How the containers of a run ended is to be read where they leave it: started elsewhere, an
   * agent would report what runs as failed, and offer what it takes a second time. After a restart
   * of the host nothing runs, and there is nothing to read.
   *
   * <p>A directory that was emptied, or is not mounted, is another one as well, as long as
   * something of it runs. Only the operator knows which of the two it is, and an agent that ended
   * its tasks by itself would make of a missing mount a loss; so this is refused too, and a
   * cleanup, which is asked for that, ends them without their directory.
   *
   * @throws HostException when it is not the directory of this run
   */
  void checkRuntimeDir(AgentConfig config) {
    var sandboxes = sandboxes();
    if (memory.run().isEmpty() || memory.isOfAnotherBoot(bootId) || sandboxes.isEmpty()) {
      return;
    }
    var now = config.runtimeDir();
    var before = memory.run().get().runtimeDir().map(Path::of);
    if (before.isPresent() && !isSame(before.get(), now)) {
      throw new HostException(
          "The agent ran with --runtime_dir=%s, where its %d containers leave how they end, and would take them for dead in --runtime_dir=%s. Start it as before; or end what it left with the directory of before and --recover=cleanup, and then start it with the other"
              .formatted(before.get(), sandboxes.size(), now));
    }
    var strays = Stray.of(now.resolve("containers"), sandboxes);
    if (strays.isEmpty()) {
      return;
    }
    if (config.recover() != RecoverMode.cleanup) {
      throw new HostException(
          "Nothing is in --runtime_dir=%s of %d containers that still run. If it is not mounted, mount it; if it was emptied, end them with --recover=cleanup, and then start the agent again"
              .formatted(now, strays.size()));
    }
    LOG.warn("Nothing is in {} of {} containers: they are ended without", now, strays.size());
    strays.forEach(Stray::kill);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.equals(other)
          || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
    } catch (IOException e) {
      return false;
    }
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
   * What this run goes on with. In a cleanup nothing goes on that would not bear the change. After
   * a restart of the host nothing does either, but a master may have the agent on its books as it
   * was, and would send it away as it is: it is another one then, and knows of nothing.
   *
   * @throws HostException when what goes on would not bear the change
   */
  EarlierRun under(AgentConfig config, AgentInfo now) {
    if (memory.run().isEmpty() || config.recover() == RecoverMode.cleanup) {
      return this;
    }
    var difference =
        config
            .reconfigurationPolicy()
            .violation(memory.run().get().info(), now, config.port() == 0);
    if (difference.isEmpty()) {
      return this;
    }
    if (memory.isOfAnotherBoot(bootId)) {
      LOG.warn(
          "The host was restarted, and this agent announces something else: it registers as a new one, and its master tells what became of the tasks of the earlier one. What differs: {}",
          difference.get());
      return forgotten(config);
    }
    throw new HostException(
        "Incompatible agent info detected. With --reconfiguration_policy=%s an agent that did not stop in order starts again with what it announced before. What differs: %s. Start it as before; or end what it left with --recover=cleanup, and then start it with the change; or use another --work_dir"
            .formatted(config.reconfigurationPolicy(), difference.get()));
  }

  private EarlierRun forgotten(AgentConfig config) {
    var all = new ArrayList<Write>();
    journal.read(record -> all.add(Write.delete(record.key())));
    try {
      journal.append(all).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException known ? unreadable(config, known) : e;
    }
    return new EarlierRun(journal, Memory.none(), bootId);
  }
}
