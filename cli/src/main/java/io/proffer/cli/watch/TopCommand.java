package io.proffer.cli.watch;

import io.proffer.api.flags.Expecting;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import io.proffer.cli.option.MasterOption;
import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the cluster, drawn anew as it changes. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows agents, frameworks and running tasks, drawn anew as they change, until Ctrl-C.",
      "It follows the events of the master, which do not tell of agents that are out of reach or",
      "gone: which are there is asked every tenth time, and drawn then even if nothing changed."
    })
public final class TopCommand implements Callable<Integer> {
  /** Cursor to the upper left, and nothing below it. */
  private static final String CLEAR = "\u001b[H\u001b[J";

  /** Every which time it is asked which agents are there. */
  private static final int REFRESH = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = Expecting.Positive.class,
      defaultValue = "1secs",
      description = "How often it is drawn, at most (default: ${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(
      names = "--lines",
      paramLabel = "N",
      converter = Expecting.AtLeastOne.class,
      description = "How many lines there are (default: LINES of the environment, or 40).")
  private Optional<Integer> lines = Optional.empty();

  @Mixin private MasterOption master;

  @Override
  public Integer call() {
    var operator = new OperatorClient(master.address(), master.identity());
    var state = new LiveState();
    var changed = new Changed();
    var follower =
        new Follower(
            operator,
            Optional.empty(),
            event -> {
              synchronized (state) {
                state.take(event);
              }
              changed.set();
            });
    var thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    try {
      draw(operator, state, changed, thread.submit(() -> forEver(follower)));
      return CommandLine.ExitCode.OK;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.SOFTWARE;
    } catch (NobodyReads gone) {
      return CommandLine.ExitCode.SOFTWARE;
    } catch (ClientException failed) {
      var line = spec.commandLine();
      line.getErr().println("proffer top: " + failed.getMessage());
      line.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      thread.shutdownNow();
    }
  }

  private static Void forEver(Follower follower) throws ClientException, InterruptedException {
    follower.forEver();
    return null;
  }

  /**
   * Draws until the following ends, or nobody reads: this thread does not wait for events, of which
   * there may be none for hours.
   */
  private void draw(
      OperatorClient operator, LiveState state, Changed changed, Future<Void> following)
      throws ClientException, InterruptedException {
    for (int turn = 1; ; turn++) {
      if (hasEnded(following)) {
        return;
      }
      if (turn % REFRESH == 0 && refresh(operator, state)) {
        changed.set(); // Only who writes notices that nobody reads.
      }
      if (changed.take()) {
        draw(state);
      }
    }
  }

  /** Waits for that, but not for longer than until it is time to draw. */
  private boolean hasEnded(Future<Void> following) throws ClientException, InterruptedException {
    try {
      following.get(interval.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException goesOn) {
      return false;
    } catch (ExecutionException ended) {
      if (ended.getCause() instanceof ClientException failed) {
        throw failed;
      }
      throw new IllegalStateException("Cannot follow events", ended.getCause());
    }
  }

  /**
   * Asks what no event tells. A master that is away for now is the follower's concern.
   *
   * @return whether there is something to show
   */
  private static boolean refresh(OperatorClient operator, LiveState state) throws ClientException {
    long asked;
    synchronized (state) {
      asked = state.changes();
    }
    if (asked == 0) {
      return false; // The master has not told yet what there is.
    }
    try {
      var answer = operator.ask("GET_AGENTS");
      synchronized (state) {
        state.keepAgents(answer, asked);
      }
    } catch (ClientException failed) {
      if (!failed.temporary()) {
        throw failed;
      }
    }
    return true;
  }

  private void draw(LiveState state) {
    String screen;
    synchronized (state) {
      screen = Screen.of(state, lines());
    }
    var out = spec.commandLine().getOut();
    var isTerminal = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    out.print((isTerminal ? CLEAR : "") + screen);
    NobodyReads.check(out);
  }

  private int lines() {
    return lines.orElseGet(
        () -> {
          try {
            return Integer.parseInt(System.getenv().getOrDefault("LINES", "40"));
          } catch (NumberFormatException odd) {
            return 40; // Not ours to complain about.
          }
        });
  }

  /** Whether there is something to draw. */
  private static final class Changed {
    private boolean changed;

    synchronized void set() {
      changed = true;
    }

    synchronized boolean take() {
      var was = changed;
      changed = false;
      return was;
    }
  }
}
