package io.proffer.agent.checkpoint;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Draining;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Settled;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.internal.AgentCheckpoint;
import io.proffer.api.internal.DoomCheckpoint;
import io.proffer.api.internal.DrainCheckpoint;
import io.proffer.api.internal.ExecutorCheckpoint;
import io.proffer.api.internal.ForceCheckpoint;
import io.proffer.api.internal.FrameworkCheckpoint;
import io.proffer.api.internal.HistoryCheckpoint;
import io.proffer.api.internal.KillingCheckpoint;
import io.proffer.api.internal.Mark;
import io.proffer.api.internal.RunCheckpoint;
import io.proffer.api.internal.RunningCheckpoint;
import io.proffer.api.internal.SettledCheckpoint;
import io.proffer.api.internal.TaskCheckpoint;
import io.proffer.api.internal.UnwantedCheckpoint;
import io.proffer.api.internal.UpdateCheckpoint;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a journal loaded: the way back of {@link Checkpoints}. Used once. */
public final class Recollections {
  private Optional<AgentCheckpoint> agent = Optional.empty();
  private Optional<Memory.Run> run = Optional.empty();
  private Optional<Draining> draining = Optional.empty();
  private final List<FrameworkInfo> frameworks = new ArrayList<>();
  private final Set<String> marks = new LinkedHashSet<>();
  private final Map<String, ExecutorCheckpoint> executors = new LinkedHashMap<>();
  private final Map<String, RunningCheckpoint> spawned = new LinkedHashMap<>();
  private final Map<String, DoomCheckpoint> doomed = new LinkedHashMap<>();
  private final Map<String, UnwantedCheckpoint> unwanted = new LinkedHashMap<>();
  private final Map<String, TaskCheckpoint> tasks = new LinkedHashMap<>();
  private final Map<String, HistoryCheckpoint> histories = new LinkedHashMap<>();
  private final Map<String, RunningCheckpoint> running = new LinkedHashMap<>();
  private final Map<String, KillingCheckpoint> killing = new LinkedHashMap<>();
  private final Map<String, ForceCheckpoint> forces = new LinkedHashMap<>();
  private final Map<ContainerId, List<Settled>> settled = new LinkedHashMap<>();
  private final List<Memory.Waiting> updates = new ArrayList<>();

  private Recollections() {}

  /**
   * What an agent knew.
   *
   * @throws StoreException when a record is of another format, or is none
   */
  public static Memory from(List<Write> records) {
    var all = new Recollections();
    records.forEach(all::read);
    return all.memory();
  }

  /**
   * The same out of a journal, record by record: it takes no more memory than what is known then.
   *
   * @throws StoreException when a record is of another format, or is none, or cannot be read
   */
  public static Memory from(Journal<Write> journal) {
    var all = new Recollections();
    journal.read(all::read);
    return all.memory();
  }

  private void read(Write record) {
    try {
      read(record.key(), record.value().orElseThrow());
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException(
          "The checkpoint %s is damaged (%s): restore the work directory from a copy, or use another one; tasks that still run are then ended."
              .formatted(record.key(), e.getMessage()),
          e);
    }
  }

  private void read(String key, byte[] bytes) throws InvalidProtocolBufferException {
    var end = key.substring(key.indexOf('/') + 1);
    switch (key.substring(0, key.length() - (key.indexOf('/') < 0 ? 0 : end.length()))) {
      case Checkpoints.RUN -> {
        var read = RunCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        var runtimeDir =
            read.hasRuntimeDir() ? Optional.of(read.getRuntimeDir()) : Optional.<String>empty();
        run =
            Optional.of(
                new Memory.Run(read.getInfo(), read.getBootId(), read.getNumber(), runtimeDir));
      }
      case Checkpoints.AGENT -> {
        var read = AgentCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        agent = Optional.of(read);
      }
      case Checkpoints.DRAIN -> {
        var read = DrainCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        draining = Optional.of(new Draining(read.getConfig(), Instants.of(read.getSinceNanos())));
      }
      case Checkpoints.FRAMEWORKS -> {
        var read = FrameworkCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        frameworks.add(read.getInfo());
      }
      case Checkpoints.EXECUTORS -> {
        var read = ExecutorCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        executors.put(end, read);
      }
      case Checkpoints.SPAWNED -> {
        var read = RunningCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        spawned.put(end, read);
      }
      case Checkpoints.DOOMED -> {
        var read = DoomCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        doomed.put(end, read);
      }
      case Checkpoints.UNWANTED -> {
        var read = UnwantedCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        unwanted.put(end, read);
      }
      case Checkpoints.TERMINATING,
          Checkpoints.REGISTERED,
          Checkpoints.DELIVERED,
          Checkpoints.RECALLED,
          Checkpoints.ENDED -> {
        check(key, Mark.parseFrom(bytes).getFormatVersion());
        marks.add(key);
      }
      case Checkpoints.TASKS -> {
        var read = TaskCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        tasks.put(end, read);
      }
      case Checkpoints.HISTORY -> {
        var read = HistoryCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        histories.put(end, read);
      }
      case Checkpoints.RUNNING -> {
        var read = RunningCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        running.put(end, read);
      }
      case Checkpoints.KILLING -> {
        var read = KillingCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        killing.put(end, read);
      }
      case Checkpoints.FORCE -> {
        var read = ForceCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        forces.put(end, read);
      }
      case Checkpoints.UPDATES -> {
        var read = UpdateCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        var task =
            new TaskKey(
                FrameworkId.of(read.getFrameworkId()), TaskId.of(read.getStatus().getTaskId()));
        updates.add(new Memory.Waiting(task, read.getStatus(), read.getSequence()));
      }
      case Checkpoints.SETTLED -> {
        var read = SettledCheckpoint.parseFrom(bytes);
        check(key, read.getFormatVersion());
        settled
            .computeIfAbsent(new ContainerId(read.getContainer()), first -> new ArrayList<>())
            .add(
                new Settled(
                    new TaskKey(FrameworkId.of(read.getFrameworkId()), TaskId.of(read.getTaskId())),
                    read.getSeenList()));
      }
      default ->
          throw new StoreException(
              "There is a checkpoint %s that this version of Proffer does not know: start the newer version that wrote it."
                  .formatted(key));
    }
  }

  private static void check(String key, int format) {
    if (format != Checkpoints.FORMAT) {
      throw new StoreException(
          "The checkpoint %s has format %d, and this version of Proffer reads format %d alone: start the version that wrote it, or use another work directory; tasks that still run are then ended."
              .formatted(key, format, Checkpoints.FORMAT));
    }
  }

  private Memory memory() {
    return new Memory(
        agent.map(AgentCheckpoint::getId).map(AgentId::of),
        agent.map(AgentCheckpoint::getEpoch).orElse(0L),
        run,
        draining,
        frameworks.stream().map(this::framework).toList(),
        tasks.entrySet().stream().map(entry -> kept(entry.getKey(), entry.getValue())).toList(),
        executors.keySet().stream().map(this::executor).toList(),
        settled,
        updates);
  }

  private Framework framework(FrameworkInfo info) {
    return new Framework(info, marks.contains(Checkpoints.TERMINATING + info.getId().getValue()));
  }

  private Memory.KeptExecutor executor(String hash) {
    return ExecutorCheckpoints.kept(
        executors.get(hash),
        Optional.ofNullable(spawned.get(hash)),
        marks.contains(Checkpoints.REGISTERED + hash),
        Optional.ofNullable(doomed.get(hash)));
  }

  private Memory.Kept kept(String hash, TaskCheckpoint record) {
    var key =
        new TaskKey(
            FrameworkId.of(record.getFrameworkId()), TaskId.of(record.getInfo().getTaskId()));
    var kill = Optional.ofNullable(killing.get(hash));
    var started = Optional.ofNullable(running.get(hash));
    var history = histories.getOrDefault(hash, HistoryCheckpoint.getDefaultInstance());
    return new Memory.Kept(
        new Task(
            key,
            record.getInfo(),
            new ContainerId(record.getContainer()),
            record.getDirectory(),
            progress(hash, record),
            history.getStatusesList(),
            history.getSeenList()),
        // A kill that has begun has taken the place of the limit.
        kill.isPresent()
            ? Optional.empty()
            : started
                .filter(RunningCheckpoint::hasTimeUpNanos)
                .map(at -> Instants.of(at.getTimeUpNanos())),
        kill.map(at -> Instants.of(at.getSinceNanos())),
        Optional.ofNullable(forces.get(hash))
            .filter(ForceCheckpoint::hasAtNanos)
            .map(at -> Instants.of(at.getAtNanos())));
  }

  private Progress progress(String hash, TaskCheckpoint record) {
    if (marks.contains(Checkpoints.ENDED + hash)) {
      return new Progress.Ended();
    }
    return record.getInfo().hasExecutor() ? hosted(hash) : own(hash);
  }

  private Progress hosted(String hash) {
    if (unwanted.containsKey(hash)) {
      var kill = unwanted.get(hash);
      return new Progress.Unwanted(
          kill.hasPolicy() ? Optional.of(kill.getPolicy()) : Optional.empty());
    }
    return marks.contains(Checkpoints.DELIVERED + hash)
        ? new Progress.Delivered()
        : new Progress.Queued();
  }

  private Progress own(String hash) {
    if (marks.contains(Checkpoints.RECALLED + hash)) {
      return new Progress.Recalled();
    }
    if (!running.containsKey(hash)) {
      return new Progress.Launching();
    }
    var pid = running.get(hash).getPid();
    if (!killing.containsKey(hash)) {
      return new Progress.Running(pid);
    }
    var isForced = forces.containsKey(hash) && !forces.get(hash).hasAtNanos();
    return new Progress.Killing(pid, cause(killing.get(hash).getCause()), 0, isForced);
  }

  private static KillCause cause(KillingCheckpoint.KillCause cause) {
    return switch (cause) {
      case KILL, UNKNOWN -> KillCause.KILL;
      case MAX_COMPLETION_TIME -> KillCause.MAX_COMPLETION_TIME;
      case SHUTDOWN -> KillCause.SHUTDOWN;
    };
  }
}
