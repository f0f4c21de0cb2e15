package io.proffer.master;

import io.proffer.api.flags.Flags;
import io.proffer.api.http.Reload;
import io.proffer.kernel.Signals;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code master}: runs one master until SIGTERM. */
@Command(
    name = "master",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a master: agents register with it, frameworks get offers of their resources from it."
    },
    footerHeading = "%nExample:%n",
    footer = {"  proffer master --work_dir /var/lib/proffer/master --cluster demo"})
public final class MasterMain implements Callable<Integer> {
  private static final int FAILED = 1;

  @Mixin private MasterConfig config = new MasterConfig();

  /** Runs a master in a process of its own. */
  public static void main(String[] arguments) {
    System.exit(Flags.ofProcess().service("master", new MasterMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    MasterAssembly master;
    try {
      master = MasterAssembly.start(config);
    } catch (StartException e) {
      System.err.println(e.getMessage());
      return FAILED;
    }
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(master)));
    master.onHangup().ifPresent(MasterMain::takeHangup);
    try {
      master.stopped().toCompletableFuture().join();
      return 0;
    } catch (CompletionException e) {
      System.err.println("The master cannot go on: " + reason(e.getCause()));
      return FAILED;
    }
  }

  /** A bug often has no message of its own; that of an error may be the name of a class. */
  private static String reason(Throwable cause) {
    return cause.getMessage() == null || cause instanceof Error
        ? cause.toString()
        : cause.getMessage();
  }

  private static void takeHangup(Runnable action) {
    if (!Signals.on("HUP", action)) {
      Reload.missSignal();
    }
  }

  private static void stop(MasterAssembly master) {
    master.close();
    master.stopped().thenAccept(why -> System.err.println(why + ", and has stopped."));
  }
}
