package io.proffer.agent;

import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.fact.Weight;
import io.proffer.kernel.Loop;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The way into the core, known to shells that are made before the loop is. */
final class CommandPort {
  private static final long RETRY_NANOS = 1_000_000;
  private static final long RETRY_MS = 1;

  private volatile Optional<Loop<Command, Event, Effect>> loop = Optional.empty();
  private volatile boolean closed;
  private final Consumer<Command> heard;
  private final long limit;

  /** Memory of the master's commands that wait. */
  private final AtomicLong waiting = new AtomicLong();

  /** The last of the master's that was not taken: it comes again, many times a second. */
  private volatile Optional<Arrival> refused = Optional.empty();

  private record Arrival(Command command, long weight) {}

  /**
   * @param heard told of each command that is offered, once, before it is
   * @param limit how much memory the master's commands may take while they wait; those of requests
   *     are in the bounds of these
   */
  CommandPort(Consumer<Command> heard, long limit) {
    this.heard = heard;
    this.limit = limit;
  }

  void open(Loop<Command, Event, Effect> target) {
    loop = Optional.of(target);
  }

  void close() {
    closed = true;
  }

  /** Offers a command; false when there is no room, or no loop yet. */
  boolean offer(Command command) {
    var arrival = arrival(command);
    var taken = take(arrival);
    if (command instanceof MasterCommand) {
      refused = taken ? Optional.empty() : Optional.of(arrival);
    }
    return taken;
  }

  private Arrival arrival(Command command) {
    var before = refused.filter(arrival -> arrival.command() == command);
    if (before.isPresent()) {
      return before.get();
    }
    heard.accept(command);
    return new Arrival(command, weight(command));
  }

  private boolean take(Arrival arrival) {
    var weight = arrival.weight();
    // One alone is always let in, however large.
    if (weight > 0 && waiting.get() > 0 && waiting.get() + weight > limit) {
      return false;
    }
    waiting.addAndGet(weight);
    var taken = loop.map(target -> target.offer(arrival.command())).orElse(false);
    if (!taken) {
      waiting.addAndGet(-weight);
    }
    return taken;
  }

  /** It has had its turn. */
  void turned(Command command) {
    waiting.addAndGet(-weight(command));
  }

  private static long weight(Command command) {
    return switch (command) {
      case MasterCommand.RunTask run -> Weight.of(run.task()) + Weight.of(run.framework());
      case MasterCommand.UpdateFramework update -> Weight.of(update.framework());
      case MasterCommand.Message message -> message.data().size();
      default -> 0;
    };
  }

  /** Whether there is a loop: it has what the agent knew before as its first command. */
  boolean isOpen() {
    return loop.isPresent();
  }

  /** What became of a stream must not be lost: tried again until there is room. */
  void insist(Vertx vertx, Command command) {
    if (!offer(command) && !closed) {
      vertx.setTimer(RETRY_MS, timer -> insist(vertx, command));
    }
  }

  /** Waits for room, at most so long; false when there was none. Never on an event loop. */
  boolean deliver(OperatorCommand command, Duration limit) {
    var start = System.nanoTime();
    while (!offer(command)) {
      if (closed || System.nanoTime() - start >= limit.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
    return true;
  }

  /** What became of a container must not be lost: waits for room, on a containerizer's thread. */
  void deliver(ContainerCommand outcome) {
    while (!offer(outcome) && !closed) {
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  /** How many wait for their turn. */
  int queued() {
    return loop.map(Loop::queued).orElse(0);
  }
}
