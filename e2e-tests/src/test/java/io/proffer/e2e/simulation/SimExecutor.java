package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.api.http.MediaType;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.executor.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** A custom executor: speaks real calls, and does with its tasks what their scripts say. */
final class SimExecutor implements Program, ExecutorSession.Owner {
  private static final Duration KILL_GRACE = Duration.ofSeconds(3);
  private static final int UUID_BYTES = 16;

  /** An agent gives a new one a minute, one that it knew two seconds, and its disk may be slow. */
  private static final Duration PATIENCE_AT_FIRST = Duration.ofSeconds(90);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Truth truth;
  private final Resources total;
  private final String framework;
  private final String name;
  private final ContainerId container;
  private final ExecutorScript script;
  private final SimProcess process;
  private final ExecutorSession session;
  private final SplittableRandom chance;
  private final Map<String, Script> running = new LinkedHashMap<>();
  private IntConsumer exit = status -> {};
  private boolean begun;
  private long begunAt;
  private boolean doomed;

  SimExecutor(
      SimNetwork network,
      Truth truth,
      String host,
      Resources total,
      Map<String, String> environment,
      ContainerId container,
      ExecutorScript script) {
    this.truth = truth;
    this.total = total;
    this.framework = environment.get("MESOS_FRAMEWORK_ID");
    this.name = environment.get("MESOS_EXECUTOR_ID");
    this.container = container;
    this.script = script;
    this.process = new SimProcess(network.world(), host);
    this.chance = network.world().chance("executor " + container);
    var api = new SimClient.Api<>(host, "/api/v1/executor", Event.getDefaultInstance());
    var type = chance.nextBoolean() ? MediaType.JSON : MediaType.PROTOBUF;
    this.session =
        new ExecutorSession(
            process,
            new SimClient<>(network, process, api, type),
            FrameworkID.newBuilder().setValue(framework).build(),
            ExecutorID.newBuilder().setValue(name).build(),
            chance,
            this);
  }

  @Override
  public boolean starts() {
    return script.starts();
  }

  @Override
  public boolean obeys() {
    return script.obeys();
  }

  @Override
  public void begin(IntConsumer exit) {
    this.exit = exit;
    begun = true;
    begunAt = process.world().monotonicNanos();
    truth.executorStarted(process.host(), total, framework, name, container);
    process.after(script.lives(), () -> exit.accept(script.exit() << 8));
    if (script.subscribes()) {
      process.after(chance.nextLong(500_000_000), session::start);
    }
  }

  /** One that the agent has never heard of since they are both there must not stay. */
  @Override
  public void check(long agentNanos) {
    var together = process.world().monotonicNanos() - Math.max(begunAt, agentNanos);
    var patience = session.lastHeardNanos() < 0 ? PATIENCE_AT_FIRST : PATIENCE;
    if (begun && session.lastHeardNanos() < agentNanos && together > patience.toNanos()) {
      throw process.world().broken(name + " does not subscribe, and nobody ends it");
    }
  }

  @Override
  public void doomed() {
    doomed = true;
    truth.executorDoomed(name, container);
    running.keySet().forEach(truth::doomed);
  }

  /** Its tasks never got here. */
  @Override
  public void failed() {}

  @Override
  public void over(int waitStatus) {
    process.kill();
    if (begun) {
      truth.executorEnded(process.host(), name, container);
    }
    running.keySet().forEach(task -> truth.ended(process.host(), task, Truth.Fate.TERMINATED));
    running.clear();
  }

  @Override
  public void launch(TaskInfo info) {
    var task = info.getTaskId().getValue();
    if (doomed) {
      truth.doomed(task);
    }
    truth.started(process.host(), total, framework, task);
    var does = Script.of(info.getData().toStringUtf8());
    running.put(task, does);
    report(task, TaskState.TASK_STARTING);
    if (!does.starts()) {
      end(task, TaskState.TASK_FAILED, Truth.Fate.EXITED_BADLY);
      return;
    }
    report(task, TaskState.TASK_RUNNING);
    process.after(
        does.runs(),
        () -> {
          if (does.exit() == 0) {
            end(task, TaskState.TASK_FINISHED, Truth.Fate.EXITED_WELL);
          } else {
            end(task, TaskState.TASK_FAILED, Truth.Fate.EXITED_BADLY);
          }
        });
    if (chance.nextInt(4) == 0) {
      session.message(ByteString.copyFromUtf8("began " + task));
    }
  }

  @Override
  public void kill(Event.Kill kill) {
    var task = kill.getTaskId().getValue();
    if (!running.containsKey(task)) {
      return;
    }
    var grace =
        kill.getKillPolicy().hasGracePeriod()
            ? kill.getKillPolicy().getGracePeriod().getNanoseconds()
            : KILL_GRACE.toNanos();
    process.after(
        running.get(task).obeys() ? chance.nextLong(100_000_000) : grace,
        () -> end(task, TaskState.TASK_KILLED, Truth.Fate.TERMINATED));
  }

  @Override
  public void shutDown() {
    if (script.obeys()) {
      List.copyOf(running.keySet())
          .forEach(task -> end(task, TaskState.TASK_KILLED, Truth.Fate.TERMINATED));
      process.after(chance.nextLong(KILL_GRACE.toNanos()), () -> exit.accept(0));
    }
  }

  @Override
  public void acknowledged(TaskStatus status) {
    if (TaskLives.isTerminal(status.getState())) {
      truth.settled(status.getTaskId().getValue());
    }
  }

  @Override
  public void refused() {
    exit.accept(1 << 8);
  }

  private void end(String task, TaskState state, Truth.Fate fate) {
    if (running.remove(task) != null) {
      truth.ended(process.host(), task, fate);
      report(task, state);
    }
  }

  private void report(String task, TaskState state) {
    var uuid = new byte[UUID_BYTES];
    chance.nextBytes(uuid);
    session.report(
        TaskStatus.newBuilder()
            .setTaskId(TaskID.newBuilder().setValue(task))
            .setState(state)
            .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
            .setUuid(ByteString.copyFrom(uuid))
            .build());
  }
}
