package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Supervisors as children of the JVM, which takes the JDK two executions of programs each. */
final class DirectStarter implements Starter {
  @Override
  public CompletionStage<Started> start(ControlDirectory control, ProcessBuilder supervisor) {
    try {
      checkLetters(supervisor);
      var process = supervisor.start();
      return CompletableFuture.completedStage(
          new Started(process.pid(), process.onExit().thenApply(Process::exitValue)));
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public void close() {}

  /** The JDK would put question marks for the others, and something else would run. */
  private static void checkLetters(ProcessBuilder supervisor) {
    for (var argument : supervisor.command()) {
      check("argument", argument);
    }
    for (var variable : supervisor.environment().entrySet()) {
      check("environment variable '" + variable.getKey() + "'", variable.getKey());
      check("environment variable '" + variable.getKey() + "'", variable.getValue());
    }
  }

  private static void check(String what, String text) {
    if (!Processes.LETTERS.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "The locale of the agent (%s) has no letters for an %s: start it with LC_ALL=C.UTF-8"
              .formatted(Processes.LETTERS, what));
    }
  }
}
