package io.proffer.agent;

import io.proffer.agent.host.HostException;
import io.proffer.api.flags.Flags;
import io.proffer.api.http.Reload;
import io.proffer.kernel.Signals;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command {@code agent}: runs one agent until a signal, or until its master sends it away.
 * SIGTERM and SIGINT leave its tasks to the next start; SIGUSR1 ends them and unregisters.
 */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an agent: it registers with a master, offers this host's resources, and runs tasks.",
      "SIGTERM and Ctrl-C leave its tasks running for the next start on the same --work_dir;",
      "SIGUSR1 ends them, and unregisters the agent."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  proffer agent --master 127.0.0.1:5050 --work_dir /tmp/agent --resources 'cpus:4;mem:4096'"
    })
public final class AgentMain implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  @Mixin private AgentConfig config = new AgentConfig();

  /** Runs an agent in a process of its own. */
  public static void main(String[] arguments) {
    System.exit(Flags.ofProcess().service("agent", new AgentMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    AgentAssembly agent;
    try {
      agent = AgentAssembly.start(config);
    } catch (HostException e) {
      System.err.println(e.getMessage());
      return FAILED;
    }
    var forGood = new AtomicBoolean();
    var hook = Thread.ofPlatform().name("stop").unstarted(() -> stop(agent, forGood.get()));
    Runtime.getRuntime().addShutdownHook(hook);
    Signals.on(
        "USR1",
        () -> {
          forGood.set(true);
          System.exit(DONE);
        });
    agent.onHangup().ifPresent(AgentMain::takeHangup);
    try {
      agent.stopped().toCompletableFuture().join();
      if (config.recover() == RecoverMode.cleanup) {
        // The agent ended because that was all there was to do.
        return DONE;
      }
    } catch (CompletionException e) {
      System.err.println("The agent cannot go on: " + e.getCause().getMessage());
    }
    // Either the hook runs already, or System.exit of the caller starts it.
    return FAILED;
  }

  private static void takeHangup(Runnable action) {
    if (!Signals.on("HUP", action)) {
      Reload.missSignal();
    }
  }

  private static void stop(AgentAssembly agent, boolean forGood) {
    if (forGood) {
      agent.close();
    } else {
      agent.detach();
    }
    agent.stopped().thenAccept(why -> System.err.println(why + "."));
  }
}
