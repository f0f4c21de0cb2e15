package io.proffer.cli.watch;

import io.proffer.api.flags.Expecting;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import io.proffer.cli.option.MasterOption;
import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
      "It follows the events of the master, and asks for everything only once."
    })
public final class TopCommand implements Callable<Integer> {
  /** Cursor to the upper left, and nothing below it. */
  private static final String CLEAR = "\u001b[H\u001b[J";

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
    var state = new LiveState();
    var changed = new Changed();
    var drawing =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    var drawn =
        drawing.scheduleWithFixedDelay(
            () -> draw(state, changed),
            interval.toNanos(),
            interval.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      new Follower(
              new OperatorClient(master.address(), master.identity()),
              Optional.empty(),
              event -> {
                synchronized (state) {
                  state.take(event);
                }
                changed.set();
                if (drawn.state() == Future.State.FAILED) {
                  throw drawn.exceptionNow() instanceof NobodyReads gone
                      ? gone
                      : new IllegalStateException("Cannot draw", drawn.exceptionNow());
                }
              })
          .forEver();
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
      drawing.shutdownNow();
    }
  }

  private void draw(LiveState state, Changed changed) {
    if (!changed.take()) {
      return;
    }
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
