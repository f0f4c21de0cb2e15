package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Waits for supervisors that are not children of ours, or of anybody that tells us. */
final class Orphans {
  private final Deaths deaths = new Deaths();

  /** The end of whoever says in a directory that it is the supervisor, as below. */
  CompletableFuture<Integer> await(ControlDirectory control) {
    return find(control)
        .map(process -> await(control, process))
        .orElseGet(() -> CompletableFuture.completedFuture(0));
  }

  /**
   * Its end, which is noticed at once where the kernel helps, else when the JDK looks; before
   * {@link #start}. Of its status nobody knows.
   *
   * @param process of the supervisor, when it was looked for
   */
  CompletableFuture<Integer> await(ControlDirectory control, ProcessHandle process) {
    var hold = Deaths.hold(process.pid());
    if (hold < 0) {
      return process.onExit().thenApply(gone -> 0);
    }
    var exit = new CompletableFuture<Integer>();
    if (find(control).filter(process::equals).isPresent()) {
      deaths.await(hold, () -> exit.complete(0));
    } else {
      Deaths.release(hold);
      exit.complete(0);
    }
    return exit;
  }

  private static Optional<ProcessHandle> find(ControlDirectory control) {
    try {
      return control.owner().flatMap(Processes::find);
    } catch (IOException unreadable) {
      // Who cannot say who it is cannot say how it ended either.
      return Optional.empty();
    }
  }

  /** Begins to wait. Once. */
  void start() {
    deaths.start();
  }

  /** Nobody hears of an end any more. */
  void close() {
    deaths.close();
  }
}
