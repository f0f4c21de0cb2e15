package io.proffer.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import io.proffer.cli.option.MasterOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what happens in a cluster. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints what happens to agents, frameworks and tasks, until Ctrl-C or the master ends it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  proffer events -f",
      "  proffer events -f --json | jq 'select(.type == \"TASK_UPDATED\")'"
    })
public final class EventsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--follow"},
      description =
          "When the stream ends, ask for it again from there: nothing is missed while a master keeps"
              + " it (its --operator_event_window).")
  private boolean follow;

  @Option(
      names = "--after",
      paramLabel = "EVENT_ID",
      description = "Begin after this event, not with all there is.")
  private Optional<String> after = Optional.empty();

  @Option(names = "--json", description = "Print each event as it is, on a line.")
  private boolean json;

  @Mixin private MasterOption master;

  private final Clock clock;

  /** With the time of this host. */
  public EventsCommand() {
    this(Clock.systemUTC());
  }

  EventsCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    var follower =
        new Follower(new OperatorClient(master.address(), master.identity()), after, this::take);
    try {
      if (follow) {
        follower.forEver();
      }
      follower.once();
      say("The stream of events has ended. With -f it is asked for again.");
      return CommandLine.ExitCode.SOFTWARE;
    } catch (NobodyReads gone) {
      return CommandLine.ExitCode.SOFTWARE;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.SOFTWARE;
    } catch (ClientException failed) {
      say(failed.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void take(JsonNode event) {
    var missed = event.at("/subscribed/not_resumed_because");
    if (missed.isTextual()) {
      say("Some events may be missing. " + missed.asText());
    }
    var out = spec.commandLine().getOut();
    out.println(
        json
            ? event.toString()
            : clock.instant().truncatedTo(ChronoUnit.MILLIS) + "  " + EventLine.of(event));
    NobodyReads.check(out);
  }

  private void say(String what) {
    var line = spec.commandLine();
    line.getErr().println("proffer events: " + what);
    line.getErr().flush();
  }
}
