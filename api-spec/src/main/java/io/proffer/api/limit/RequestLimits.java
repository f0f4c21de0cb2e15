package io.proffer.api.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Lets requests through or not. Calls of frameworks and all other requests of one principal are
 * counted apart, so that who watches a framework does not slow it. From any thread.
 */
public final class RequestLimits {
  /** Requests refused to clients without principal. */
  public static final String NOBODY = "(none)";

  /** Requests refused to principals for which there is no row. */
  public static final String OTHERS = "(other)";

  private static final int ROWS = 100;
  private static final double NANOS = 1e9;

  /**
   * Who asks.
   *
   * @param framework whether it is a call of a framework
   * @param principal as proved
   * @param address of the peer, without port
   */
  public record Client(boolean framework, Optional<String> principal, String address) {
    /** In words. */
    String name() {
      return principal.map(who -> "principal '" + who + "'").orElse(address);
    }
  }

  /**
   * A request that is one too many.
   *
   * @param sentence what was allowed, and what to do
   * @param seconds when it may be tried again, at least 1
   */
  public record Refusal(String sentence, int seconds) {}

  private record Listed(boolean framework, String principal) {}

  private final LimitPolicy policy;
  private final LongSupplier nanos;

  // All below are guarded by this.
  private final Map<Listed, TokenBucket> listed = new LinkedHashMap<>();
  private final Optional<Buckets> others;
  private final Optional<TokenBucket> frameworks;
  private final Map<String, Long> refused = new TreeMap<>();

  /**
   * @param nanos monotonic nanoseconds now
   */
  RequestLimits(LimitPolicy policy, LongSupplier nanos) {
    this.policy = policy;
    this.nanos = nanos;
    var now = nanos.getAsLong();
    this.others = policy.each().map(rate -> new Buckets(policy.room(), rate, now));
    this.frameworks = policy.frameworks().map(rate -> new TokenBucket(rate, now));
    policy
        .listed()
        .forEach(
            (principal, rate) -> {
              if (rate.isPresent()) {
                listed.put(new Listed(true, principal), new TokenBucket(rate.get(), now));
                listed.put(new Listed(false, principal), new TokenBucket(rate.get(), now));
              }
            });
  }

  /** Counts a request; gives why it is one too many, or nothing. */
  public synchronized Optional<Refusal> ask(Client client) {
    var now = nanos.getAsLong();
    var bucket = bucket(client, now);
    var wait = bucket.map(tokens -> tokens.take(now)).orElse(0L);
    if (wait == 0) {
      return Optional.empty();
    }
    count(client.principal().orElse(NOBODY));
    return Optional.of(refusal(client, bucket.orElseThrow(), wait));
  }

  /** How many requests were refused, by principal; there are never more rows than a hundred. */
  public synchronized Map<String, Long> refused() {
    return new TreeMap<>(refused);
  }

  /** How many clients that are not listed are told apart at present. */
  public synchronized int clients() {
    return others.map(Buckets::size).orElse(0);
  }

  private Optional<TokenBucket> bucket(Client client, long now) {
    var principal = client.principal();
    if (principal.isPresent() && policy.listed().containsKey(principal.get())) {
      return Optional.ofNullable(listed.get(new Listed(client.framework(), principal.get())));
    }
    if (client.framework() && frameworks.isPresent()) {
      return frameworks;
    }
    return others.map(all -> all.of(key(client), now));
  }

  /** An address never begins like these, and no principal can pass for another's address. */
  private static String key(Client client) {
    return client
        .principal()
        .map(who -> (client.framework() ? "framework " : "principal ") + who)
        .orElse(client.address());
  }

  private void count(String principal) {
    var row = refused.containsKey(principal) || refused.size() < ROWS - 1 ? principal : OTHERS;
    refused.merge(row, 1L, Long::sum);
  }

  private Refusal refusal(Client client, TokenBucket bucket, long waitNanos) {
    var seconds = (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceil(waitNanos / NANOS)));
    var isShared = frameworks.isPresent() && bucket == frameworks.get();
    return new Refusal(
        "Too many requests of %s: expecting at most %s (%s). Send it again after %d s, with longer pauses or fewer connections, or ask the operator for a higher limit"
            .formatted(
                isShared ? "all frameworks that --rate_limits does not list" : client.name(),
                bucket.rate(),
                isShared || client.principal().filter(policy.listed()::containsKey).isPresent()
                    ? "--rate_limits"
                    : "--max_requests_per_second",
                seconds),
        seconds);
  }
}
