package io.proffer.master;

import io.proffer.kernel.Loop;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.event.Event;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;

/** The way into the core, known to shells that are made before the loop is. */
final class CommandPort {
  private static final long RETRY_MS = 10;

  private final Vertx vertx;
  private final Consumer<Command> heard;
  private volatile Optional<Loop<Command, Event, Effect>> loop = Optional.empty();
  private volatile boolean closed;

  /**
   * @param heard told of each command that is offered, before it is
   */
  CommandPort(Vertx vertx, Consumer<Command> heard) {
    this.vertx = vertx;
    this.heard = heard;
  }

  void open(Loop<Command, Event, Effect> target) {
    loop = Optional.of(target);
  }

  /**
   * Lets nothing in any more. Before anything else when the master stops: that its streams end then
   * is no news of frameworks and agents, and must not be taken for it.
   */
  void close() {
    closed = true;
  }

  /** Offers a command; false when there is no room, or no loop. */
  boolean offer(Command command) {
    heard.accept(command);
    return !closed && loop.map(target -> target.offer(command)).orElse(false);
  }

  /** What became of a stream must not be lost: tried again until there is room. */
  void insist(Command command) {
    if (!offer(command) && !closed) {
      vertx.setTimer(RETRY_MS, timer -> insist(command));
    }
  }

  int queued() {
    return loop.map(Loop::queued).orElse(0);
  }
}
