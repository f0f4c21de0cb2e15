package io.proffer.agent.masterlink;

import io.proffer.agent.core.command.MasterCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Predicate;

/**
 * Hands the commands of one session to the core, in order, none lost: while the core has no room,
 * they wait here and the stream is paused. Of one event loop.
 */
final class Inlet {
  private static final Duration RETRY = Duration.ofMillis(5);

  private final Wire wire;
  private final Predicate<? super MasterCommand> commands;
  private final ArrayDeque<MasterCommand> waiting = new ArrayDeque<>();
  private Runnable onRoom = () -> {};
  private boolean retrying;

  Inlet(Wire wire, Predicate<? super MasterCommand> commands) {
    this.wire = wire;
    this.commands = commands;
  }

  /** What to call when a core that had no room has some again. */
  void onRoom(Runnable onRoom) {
    this.onRoom = onRoom;
  }

  /** Offers a command; false when it has to wait. */
  boolean offer(MasterCommand command) {
    if (waiting.isEmpty() && commands.test(command)) {
      return true;
    }
    waiting.add(command);
    if (!retrying) {
      retrying = true;
      wire.after(RETRY, this::retry);
    }
    return false;
  }

  private void retry() {
    while (!waiting.isEmpty() && commands.test(waiting.peek())) {
      waiting.poll();
    }
    if (waiting.isEmpty()) {
      retrying = false;
      onRoom.run();
    } else {
      wire.after(RETRY, this::retry);
    }
  }
}
