package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Supervisors as children of the JVM, which takes the JDK two executions of programs each. */
final class DirectStarter implements Starter {
  @Override
  public CompletionStage<Started> start(ControlDirectory control, ProcessBuilder supervisor) {
    try {
      var process = supervisor.start();
      return CompletableFuture.completedStage(
          new Started(process.pid(), process.onExit().thenApply(Process::exitValue)));
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public void close() {}
}
