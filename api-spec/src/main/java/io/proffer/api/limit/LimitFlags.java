package io.proffer.api.limit;

import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.v1.RateLimits;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import picocli.CommandLine.Option;

/** The flags that say how many requests one client may make, alike at master and agent. */
public final class LimitFlags {
  private static final String PER_SECOND = "--max_requests_per_second";
  private static final String BURST = "--max_request_burst";

  /** So many times the wrong secrets of a second may come at once. */
  private static final int AT_ONCE = 10;

  @Option(
      names = PER_SECOND,
      converter = Expecting.Whole.class,
      defaultValue = "0",
      paramLabel = "COUNT",
      description =
          "How many requests a second one principal may make, or one address where nobody is asked"
              + " who they are; more are answered 429. 0 for no limit (${DEFAULT-VALUE}).")
  private int perSecond;

  @Option(
      names = BURST,
      converter = Expecting.AtLeastOne.class,
      paramLabel = "COUNT",
      description = "How many at once, after a rest. Default: those of two seconds.")
  private Optional<Integer> burst = Optional.empty();

  @Option(
      names = "--max_limited_clients",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "10000",
      paramLabel = "COUNT",
      description =
          "How many principals and addresses are told apart for that; all others share one limit"
              + " (${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--max_wrong_secrets_per_second",
      converter = Expecting.Whole.class,
      defaultValue = "10",
      paramLabel = "COUNT",
      description =
          "How many wrong secrets a second one address may show, ten times as many at once after a"
              + " rest; then nothing that it shows is looked at, and all is answered 429. Never more"
              + " than --max_requests_per_second. 0 for no other limit than that"
              + " (${DEFAULT-VALUE}).")
  private int wrongSecrets;

  /**
   * Who slows the guessing of secrets; empty when it is not slowed.
   *
   * @param nanos monotonic nanoseconds now
   */
  public Optional<WrongSecrets> wrongSecrets(LongSupplier nanos) {
    var own =
        wrongSecrets == 0
            ? Optional.<Rate>empty()
            : Optional.of(new Rate(wrongSecrets, AT_ONCE * (long) wrongSecrets));
    return each()
        .filter(rate -> wrongSecrets == 0 || rate.perSecond() < wrongSecrets)
        .or(() -> own)
        .map(rate -> new WrongSecrets(rate, clients, nanos));
  }

  /**
   * Who lets requests through; empty when all may pass.
   *
   * @param rateLimits the reference's document, where it was given
   * @param nanos monotonic nanoseconds now
   * @throws WrongFlagException when flags do not fit together, or the document is wrong
   */
  public Optional<RequestLimits> limits(Optional<String> rateLimits, LongSupplier nanos) {
    if (burst.isPresent() && perSecond == 0) {
      throw new WrongFlagException(BURST, "Expected " + PER_SECOND + " beside it, of which it is");
    }
    var document = rateLimits.map(RateLimitsText::read).orElse(RateLimits.getDefaultInstance());
    var policy =
        new LimitPolicy(
            each(), RateLimitsText.listed(document), RateLimitsText.aggregate(document), clients);
    return policy.isOpen() ? Optional.empty() : Optional.of(new RequestLimits(policy, nanos));
  }

  private Optional<Rate> each() {
    return perSecond == 0
        ? Optional.empty()
        : Optional.of(new Rate(perSecond, burst.map(Integer::longValue).orElse(2L * perSecond)));
  }

  /** As {@code /flags} shows them. */
  public SortedMap<String, String> shown() {
    var flags = new TreeMap<>(Map.of("max_requests_per_second", Integer.toString(perSecond)));
    flags.put("max_wrong_secrets_per_second", Integer.toString(wrongSecrets));
    burst.ifPresent(count -> flags.put("max_request_burst", Integer.toString(count)));
    return flags;
  }
}
