package io.proffer.agent.checkpoint;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.Durable;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Draining;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.AgentCheckpoint;
import io.proffer.api.internal.DrainCheckpoint;
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
import io.proffer.kernel.Write;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What each durable event stores (api-spec, checkpoint.proto). */
public final class Checkpoints {
  /** The version of the format of all records written. */
  static final int FORMAT = 1;

  static final String RUN = "run";
  static final String AGENT = "agent";
  static final String DRAIN = "drain";
  static final String FRAMEWORKS = "frameworks/";
  static final String TERMINATING = "terminating/";
  static final String EXECUTORS = "executors/";
  static final String SPAWNED = "spawned/";
  static final String REGISTERED = "registered/";
  static final String DOOMED = "doomed/";
  static final String TASKS = "tasks/";
  static final String HISTORY = "history/";
  static final String DELIVERED = "delivered/";
  static final String UNWANTED = "unwanted/";
  static final String RECALLED = "recalled/";
  static final String RUNNING = "running/";
  static final String KILLING = "killing/";
  static final String FORCE = "force/";
  static final String ENDED = "ended/";
  static final String UPDATES = "updates/";
  static final String SETTLED = "settled/";

  private static final List<String> OF_A_TASK =
      List.of(TASKS, HISTORY, DELIVERED, UNWANTED, RECALLED, RUNNING, KILLING, FORCE, ENDED);

  static final Mark MARK = Mark.newBuilder().setFormatVersion(FORMAT).build();

  private Checkpoints() {}

  /** The writes of an event; none for those that need not outlive the process. */
  public static List<Write> of(Event event) {
    return event instanceof Durable durable ? writes(durable) : List.of();
  }

  /** The end of all keys of a task: its own words may be longer than a key can be. */
  static String hash(TaskKey key) {
    return hash(key.framework(), key.task().value());
  }

  /** The end of all keys of what a framework calls so. */
  static String hash(FrameworkId framework, String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(framework.value().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static List<Write> writes(Durable event) {
    return switch (event) {
      case AgentEvent.Recovered(var info, var bootId, var run, var runtimeDir) ->
          List.of(
              put(
                  RUN,
                  RunCheckpoint.newBuilder()
                      .setFormatVersion(FORMAT)
                      .setInfo(info)
                      .setBootId(bootId)
                      .setNumber(run)
                      .setRuntimeDir(runtimeDir)
                      .build()));
      case AgentEvent.Stopped ignored -> List.of(Write.delete(RUN));
      case AgentEvent.DrainBegun(var drain) -> List.of(drain(drain));
      case AgentEvent.DrainEnded ignored -> List.of(Write.delete(DRAIN));
      case LinkEvent.Registered e ->
          List.of(
              put(
                  AGENT,
                  AgentCheckpoint.newBuilder()
                      .setFormatVersion(FORMAT)
                      .setId(e.agent().message())
                      .setEpoch(e.epoch())
                      .build()));
      case FrameworkEvent.Known(var info) ->
          List.of(
              put(
                  FRAMEWORKS + info.getId().getValue(),
                  FrameworkCheckpoint.newBuilder().setFormatVersion(FORMAT).setInfo(info).build()));
      case FrameworkEvent.Terminating(var id) -> List.of(put(TERMINATING + id, MARK));
      case FrameworkEvent.Removed(var id) ->
          List.of(Write.delete(FRAMEWORKS + id), Write.delete(TERMINATING + id));
      case ExecutorEvent.Admitted e -> ExecutorCheckpoints.of(e);
      case ExecutorEvent.Started e -> ExecutorCheckpoints.of(e);
      case ExecutorEvent.Registered e -> ExecutorCheckpoints.of(e);
      case ExecutorEvent.Doomed e -> ExecutorCheckpoints.of(e);
      case ExecutorEvent.Ended e -> ExecutorCheckpoints.of(e);
      case TaskEvent.Admitted(var task) -> List.of(task(task));
      case TaskEvent.Delivered(var key) -> List.of(put(DELIVERED + hash(key), MARK));
      case TaskEvent.Unwanted e -> List.of(unwanted(e));
      case TaskEvent.Started e -> List.of(running(e));
      case TaskEvent.Recalled(var key) -> List.of(put(RECALLED + hash(key), MARK));
      case TaskEvent.KillBegun e -> List.of(killing(e), force(e.key(), Instants.nanos(e.force())));
      case TaskEvent.KillHastened e -> List.of(force(e.key(), Instants.nanos(e.force())));
      case TaskEvent.KillForced(var key) ->
          List.of(
              put(
                  FORCE + hash(key),
                  ForceCheckpoint.newBuilder().setFormatVersion(FORMAT).build()));
      case TaskEvent.Ended e -> List.of(put(ENDED + hash(e.key()), MARK));
      case TaskEvent.Completed e -> {
        var hash = hash(e.key());
        yield OF_A_TASK.stream().map(kind -> Write.delete(kind + hash)).toList();
      }
      case TaskEvent.Settled e -> List.of(settled(e));
      case TaskEvent.Forgotten(var executor, var tasks) ->
          tasks.stream().map(task -> Write.delete(settled(executor, task))).toList();
      case UpdateEvent.Queued e -> queued(e);
      case UpdateEvent.Acknowledged e -> forget(e.key(), e.uuid()).toList();
      case UpdateEvent.Dropped e ->
          e.uuids().stream().flatMap(uuid -> forget(e.key(), uuid)).toList();
    };
  }

  private static Write drain(Draining drain) {
    return put(
        DRAIN,
        DrainCheckpoint.newBuilder()
            .setFormatVersion(FORMAT)
            .setConfig(drain.config())
            .setSinceNanos(Instants.nanos(drain.since()))
            .build());
  }

  private static Write task(Task task) {
    return put(
        TASKS + hash(task.key()),
        TaskCheckpoint.newBuilder()
            .setFormatVersion(FORMAT)
            .setFrameworkId(task.key().framework().message())
            .setInfo(task.info())
            .setContainer(task.container().value())
            .setDirectory(task.directory())
            .build());
  }

  private static Write settled(TaskEvent.Settled event) {
    var key = event.task().key();
    return put(
        settled(event.executor(), key),
        SettledCheckpoint.newBuilder()
            .setFormatVersion(FORMAT)
            .setContainer(event.executor().value())
            .setFrameworkId(key.framework().message())
            .setTaskId(key.task().message())
            .addAllSeen(event.task().seen())
            .build());
  }

  /** A task may be over more than once, each time with another executor. */
  private static String settled(ContainerId executor, TaskKey task) {
    return SETTLED + hash(task) + "/" + executor.value();
  }

  private static Write unwanted(TaskEvent.Unwanted event) {
    var record = UnwantedCheckpoint.newBuilder().setFormatVersion(FORMAT);
    event.policy().ifPresent(record::setPolicy);
    return put(UNWANTED + hash(event.key()), record.build());
  }

  private static Write running(TaskEvent.Started event) {
    var record = RunningCheckpoint.newBuilder().setFormatVersion(FORMAT).setPid(event.pid());
    event.timeUp().map(Instants::nanos).ifPresent(record::setTimeUpNanos);
    return put(RUNNING + hash(event.key()), record.build());
  }

  private static Write killing(TaskEvent.KillBegun event) {
    return put(
        KILLING + hash(event.key()),
        KillingCheckpoint.newBuilder()
            .setFormatVersion(FORMAT)
            .setCause(cause(event.cause()))
            .setSinceNanos(Instants.nanos(event.began()))
            .build());
  }

  private static KillingCheckpoint.KillCause cause(KillCause cause) {
    return switch (cause) {
      case KILL -> KillingCheckpoint.KillCause.KILL;
      case MAX_COMPLETION_TIME -> KillingCheckpoint.KillCause.MAX_COMPLETION_TIME;
      case SHUTDOWN -> KillingCheckpoint.KillCause.SHUTDOWN;
    };
  }

  private static Write force(TaskKey key, long atNanos) {
    return put(
        FORCE + hash(key),
        ForceCheckpoint.newBuilder().setFormatVersion(FORMAT).setAtNanos(atNanos).build());
  }

  private static List<Write> queued(UpdateEvent.Queued event) {
    var writes = new ArrayList<Write>();
    writes.add(
        put(
            update(event.key(), event.status().getUuid()),
            UpdateCheckpoint.newBuilder()
                .setFormatVersion(FORMAT)
                .setSequence(event.sequence())
                .setFrameworkId(event.key().framework().message())
                .setStatus(event.status())
                .build()));
    if (!event.history().isEmpty()) {
      writes.add(
          put(
              HISTORY + hash(event.key()),
              HistoryCheckpoint.newBuilder()
                  .setFormatVersion(FORMAT)
                  .addAllStatuses(event.history())
                  .addAllSeen(event.seen())
                  .build()));
    }
    return writes;
  }

  static Write put(String key, Message record) {
    return Write.put(key, record.toByteArray());
  }

  /** An executor may give two updates one uuid, but not two of one task. */
  private static String update(TaskKey key, ByteString uuid) {
    return UPDATES + hash(key) + "/" + hex(uuid);
  }

  /** Under the key that earlier versions gave it, too. */
  private static Stream<Write> forget(TaskKey key, ByteString uuid) {
    return Stream.of(Write.delete(update(key, uuid)), Write.delete(UPDATES + hex(uuid)));
  }

  private static String hex(ByteString uuid) {
    return HexFormat.of().formatHex(uuid.toByteArray());
  }
}
