package io.proffer.agent;

import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.event.Event;
import io.proffer.kernel.Loop;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The way into the core, known to shells that are made before the loop is. */
final class CommandPort {
  private static final long RETRY_NANOS = 1_000_000;
  private static final long RETRY_MS = 1;

  private volatile Optional<Loop<Command, Event, Effect>> loop = Optional.empty();
  private volatile boolean closed;
  private final Consumer<Command> heard;

  /**
   * @param heard told of each command that is offered, before it is
   */
  CommandPort(Consumer<Command> heard) {
    this.heard = heard;
  }

  void open(Loop<Command, Event, Effect> target) {
    loop = Optional.of(target);
  }

  void close() {
    closed = true;
  }

  /** Offers a command; false when there is no room, or no loop yet. */
  boolean offer(Command command) {
    heard.accept(command);
    return loop.map(target -> target.offer(command)).orElse(false);
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
