package io.proffer.agent.checkpoint;

import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Doom;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.Memory;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.DoomCheckpoint;
import io.proffer.api.internal.ExecutorCheckpoint;
import io.proffer.api.internal.RunningCheckpoint;
import io.proffer.kernel.Write;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What is stored of custom executors, and the way back. */
final class ExecutorCheckpoints {
  private ExecutorCheckpoints() {}

  static List<Write> of(ExecutorEvent.Admitted event) {
    var executor = event.executor();
    return List.of(
        Checkpoints.put(
            Checkpoints.EXECUTORS + hash(executor.key()),
            ExecutorCheckpoint.newBuilder()
                .setFormatVersion(Checkpoints.FORMAT)
                .setFrameworkId(executor.key().framework().message())
                .setInfo(executor.info())
                .setContainer(executor.container().value())
                .setDirectory(executor.directory())
                .setRegisterByNanos(Instants.nanos(event.by()))
                .build()));
  }

  static List<Write> of(ExecutorEvent.Started event) {
    return List.of(
        Checkpoints.put(
            Checkpoints.SPAWNED + hash(event.key()),
            RunningCheckpoint.newBuilder()
                .setFormatVersion(Checkpoints.FORMAT)
                .setPid(event.pid())
                .build()));
  }

  static List<Write> of(ExecutorEvent.Registered event) {
    return List.of(Checkpoints.put(Checkpoints.REGISTERED + hash(event.key()), Checkpoints.MARK));
  }

  static List<Write> of(ExecutorEvent.Doomed event) {
    return List.of(
        Checkpoints.put(
            Checkpoints.DOOMED + hash(event.key()),
            DoomCheckpoint.newBuilder()
                .setFormatVersion(Checkpoints.FORMAT)
                .setWhy(doom(event.why()))
                .setForceNanos(Instants.nanos(event.force()))
                .build()));
  }

  static List<Write> of(ExecutorEvent.Ended event) {
    var hash = hash(event.key());
    return Stream.of(
            Checkpoints.EXECUTORS, Checkpoints.SPAWNED, Checkpoints.REGISTERED, Checkpoints.DOOMED)
        .map(kind -> Write.delete(kind + hash))
        .toList();
  }

  /** The way back. */
  static Memory.KeptExecutor kept(
      ExecutorCheckpoint record,
      Optional<RunningCheckpoint> spawned,
      boolean registered,
      Optional<DoomCheckpoint> doomed) {
    var key =
        new ExecutorKey(
            FrameworkId.of(record.getFrameworkId()),
            ExecutorId.of(record.getInfo().getExecutorId()));
    var executor =
        new Executor(
            key,
            record.getInfo(),
            new ContainerId(record.getContainer()),
            record.getDirectory(),
            spawned.map(it -> OptionalLong.of(it.getPid())).orElse(OptionalLong.empty()),
            registered,
            Optional.empty(),
            doomed.map(it -> doom(it.getWhy())));
    return new Memory.KeptExecutor(
        executor,
        registered ? Optional.empty() : Optional.of(Instants.of(record.getRegisterByNanos())),
        doomed.map(it -> Instants.of(it.getForceNanos())));
  }

  private static String hash(ExecutorKey key) {
    return Checkpoints.hash(key.framework(), key.executor().value());
  }

  private static DoomCheckpoint.Doom doom(Doom doom) {
    return switch (doom) {
      case SHUTDOWN -> DoomCheckpoint.Doom.SHUTDOWN;
      case UNREGISTERED -> DoomCheckpoint.Doom.UNREGISTERED;
      case NOT_REREGISTERED -> DoomCheckpoint.Doom.NOT_REREGISTERED;
    };
  }

  private static Doom doom(DoomCheckpoint.Doom doom) {
    return switch (doom) {
      case SHUTDOWN, UNKNOWN -> Doom.SHUTDOWN;
      case UNREGISTERED -> Doom.UNREGISTERED;
      case NOT_REREGISTERED -> Doom.NOT_REREGISTERED;
    };
  }
}
