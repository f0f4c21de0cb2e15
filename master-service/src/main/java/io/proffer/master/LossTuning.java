package io.proffer.master;

import io.proffer.api.flags.Durations;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.master.core.state.Losses;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The flags of a master that say how many agents it may give up. */
public final class LossTuning {
  private static final Pattern RATE = Pattern.compile("([0-9]{1,9})/(.+)");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,9})?)%");
  private static final double WHOLE = 100;

  @Option(
      names = {"--agent_removal_rate_limit", "--slave_removal_rate_limit"},
      paramLabel = "N/DURATION",
      description =
          "How many agents become unreachable in a time, such as 1/10mins, one after the other at"
              + " equal distances: those that answer no pings, and those that do not come back in"
              + " time. Default: no limit.")
  private Optional<String> rate = Optional.empty();

  @Option(
      names = {"--recovery_agent_removal_limit", "--recovery_slave_removal_limit"},
      paramLabel = "PERCENT",
      defaultValue = "100%",
      description =
          "When more agents of the registry than this part have not come back within"
              + " --agent_reregister_timeout after the master began to lead, it stops instead of"
              + " giving them up (${DEFAULT-VALUE}).")
  private String recoveryLimit;

  /**
   * The limits.
   *
   * @throws WrongFlagException when one is none
   */
  Losses losses() {
    return new Losses(rate.map(LossTuning::interval), part(recoveryLimit));
  }

  private static Duration interval(String text) {
    var match = RATE.matcher(text.strip());
    if (match.matches()) {
      var count = Integer.parseInt(match.group(1));
      var time = duration(match.group(2), text);
      if (count > 0 && time.toNanos() >= count) {
        return time.dividedBy(count);
      }
    }
    throw wrong(text);
  }

  private static Duration duration(String text, String all) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(all);
    }
  }

  private static WrongFlagException wrong(String text) {
    return new WrongFlagException(
        "--agent_removal_rate_limit",
        "Expected a number of agents and a time, such as 1/10mins, but got '" + text + "'");
  }

  private static double part(String text) {
    var match = PERCENT.matcher(text.strip());
    if (match.matches() && Double.parseDouble(match.group(1)) <= WHOLE) {
      return Double.parseDouble(match.group(1)) / WHOLE;
    }
    throw new WrongFlagException(
        "--recovery_agent_removal_limit", "Expected 0% to 100%, but got '" + text + "'");
  }
}
