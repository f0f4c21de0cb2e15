package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.executor.Call;
import io.proffer.api.v1.executor.Event;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An executor's standing with its agent: a stream that is opened again, and what the agent has not
 * acknowledged. Updates are told one after the other; events that were not seen to when their
 * stream is over are lost.
 */
final class ExecutorSession {
  /** What an agent tells executors to use. */
  private static final Duration BACKOFF = Duration.ofSeconds(2);

  /** Longer than an agent that was started again waits. */
  private static final Duration TOO_LONG = Duration.ofSeconds(12);

  private static final Duration RESTLESSNESS = Duration.ofSeconds(9);
  private static final Duration SLOWNESS = Duration.ofSeconds(1);

  /** Whose session it is. */
  interface Owner {
    void launch(TaskInfo task);

    void kill(Event.Kill kill);

    void shutDown();

    /** The agent has this update. */
    void acknowledged(TaskStatus status);

    /** The agent knows nothing of this executor. */
    void refused();
  }

  private final World world;
  private final SimProcess process;
  private final SimClient<Event> client;
  private final FrameworkID framework;
  private final ExecutorID executor;
  private final Owner owner;
  private final SplittableRandom chance;
  private final boolean slow;
  private final boolean restless;

  /** Given to it, and no update of them acknowledged. */
  private final Map<TaskID, TaskInfo> tasks = new LinkedHashMap<>();

  /** Not acknowledged, the oldest first. */
  private final Map<ByteString, TaskStatus> updates = new LinkedHashMap<>();

  /** Those of them that the agent was told since it was subscribed to. */
  private final Set<ByteString> told = new HashSet<>();

  /** Counts subscriptions; what is said of an earlier one is no news. */
  private int attempt;

  private Runnable giveUp = () -> {};
  private boolean connected;
  private boolean telling;
  private long lastHeard = -1;

  /** When the events that have come will all be seen to. */
  private long busyUntil;

  ExecutorSession(
      SimProcess process,
      SimClient<Event> client,
      FrameworkID framework,
      ExecutorID executor,
      SplittableRandom chance,
      Owner owner) {
    this.world = process.world();
    this.process = process;
    this.client = client;
    this.framework = framework;
    this.executor = executor;
    this.chance = chance;
    this.owner = owner;
    this.slow = chance.nextInt(3) == 0;
    this.restless = chance.nextInt(3) == 0;
  }

  /** Subscribes, and stays subscribed. */
  void start() {
    subscribe();
    if (restless) {
      process.every(
          RESTLESSNESS,
          () -> {
            if (connected) {
              drop("restless");
            }
          });
    }
  }

  /** When the agent was last heard; negative before the first time. */
  long lastHeardNanos() {
    return lastHeard;
  }

  /** Opens a stream, with all that is not acknowledged. */
  private void subscribe() {
    var subscribe = Call.Subscribe.newBuilder().addAllUnacknowledgedTasks(tasks.values());
    updates.values().forEach(status -> subscribe.addUnacknowledgedUpdates(update(status)));
    told.clear();
    told.addAll(updates.keySet());
    telling = false;
    giveUp =
        client.subscribe(
            call(Call.Type.SUBSCRIBE).setSubscribe(subscribe).build(), new Listening(++attempt));
  }

  /** Tells the agent, now or as soon as there is a stream. */
  void report(TaskStatus status) {
    updates.put(status.getUuid(), status);
    tell();
  }

  /** Best effort. */
  void message(ByteString data) {
    var message = call(Call.Type.MESSAGE).setMessage(Call.Message.newBuilder().setData(data));
    client.call(message.build(), Optional.empty(), true, (status, text) -> {}, () -> {});
  }

  /**
   * Gives the stream up without a word, and opens another one soon; now and then too late, or never
   * when its agent is gone.
   */
  private void drop(String why) {
    world.trace().add(world.monotonicNanos(), process.host(), executor.getValue() + ": " + why);
    attempt++;
    connected = false;
    giveUp.run();
    giveUp = () -> {};
    if (why.startsWith("connection re") && chance.nextInt(20) == 0) {
      return;
    }
    var longest = chance.nextInt(12) == 0 ? TOO_LONG : BACKOFF;
    process.after(chance.nextLong(longest.toNanos()), this::subscribe);
  }

  private void tell() {
    if (!connected || telling) {
      return;
    }
    var next = updates.keySet().stream().filter(uuid -> !told.contains(uuid)).findFirst();
    if (next.isPresent()) {
      telling = true;
      told.add(next.get());
      var during = attempt;
      client.call(
          call(Call.Type.UPDATE).setUpdate(update(updates.get(next.get()))).build(),
          Optional.empty(),
          true,
          (status, text) -> answered(during, status, text),
          () -> answered(during, 0, "no answer"));
    }
  }

  private void answered(int during, int status, String text) {
    if (during != attempt) {
      return;
    }
    switch (status) {
      case 202 -> {
        telling = false;
        tell();
      }
      case 0, 403, 503 -> drop(text);
      default -> refused(status + " " + text);
    }
  }

  private void refused(String why) {
    if (!why.endsWith("Framework cannot be found") && !why.endsWith("Executor cannot be found")) {
      throw world.broken("%s got %s".formatted(executor.getValue(), why));
    }
    owner.refused();
  }

  private Call.Builder call(Call.Type type) {
    return Call.newBuilder().setType(type).setFrameworkId(framework).setExecutorId(executor);
  }

  private static Call.Update update(TaskStatus status) {
    return Call.Update.newBuilder().setStatus(status).build();
  }

  private void hear(Event event) {
    lastHeard = world.monotonicNanos();
    world.trace().add(world.monotonicNanos(), process.host(), event);
    switch (event.getType()) {
      case SUBSCRIBED -> {
        connected = true;
        tell();
      }
      case LAUNCH -> {
        var task = event.getLaunch().getTask();
        tasks.put(task.getTaskId(), task);
        owner.launch(task);
      }
      case KILL -> owner.kill(event.getKill());
      case ACKNOWLEDGED -> {
        tasks.remove(event.getAcknowledged().getTaskId());
        Optional.ofNullable(updates.remove(event.getAcknowledged().getUuid()))
            .ifPresent(owner::acknowledged);
      }
      case SHUTDOWN -> owner.shutDown();
      case MESSAGE, HEARTBEAT -> {}
      default -> throw world.broken("no executor expects " + event);
    }
  }

  /** Hears one subscription, as long as it is the newest. */
  private final class Listening implements SimClient.Subscriber<Event> {
    private final int number;

    Listening(int number) {
      this.number = number;
    }

    @Override
    public void event(Event event) {
      busyUntil = Math.max(busyUntil, world.monotonicNanos());
      busyUntil += slow ? chance.nextLong(SLOWNESS.toNanos()) : 0;
      process.after(
          busyUntil - world.monotonicNanos(),
          () -> {
            if (number != attempt) {
              return;
            }
            // What was on its way is lost with the stream.
            if (restless && event.getType() == Event.Type.LAUNCH && chance.nextInt(6) == 0) {
              drop("restless, while a task was on its way");
            } else {
              hear(event);
            }
          });
    }

    @Override
    public void over(String why) {
      if (number != attempt) {
        return;
      }
      if (why.startsWith("400 ")) {
        refused(why);
      } else {
        drop(why);
      }
    }
  }
}
