package io.proffer.api.limit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The buckets of clients that nobody listed, of whom there may be as many as like to come. For one
 * more than there is room, a full bucket goes, which is as good as a new one; when there is none,
 * the newcomer shares a bucket with all others that came too late, so that changing one's address
 * gives no more than one address. Not for several threads.
 */
final class Buckets {
  /** So many of those that rested longest are looked at for a full one. */
  private static final int LOOKS = 8;

  private final int room;
  private final Rate rate;
  private final Map<String, TokenBucket> byClient = new LinkedHashMap<>(16, 0.75f, true);
  private final TokenBucket late;

  Buckets(int room, Rate rate, long nowNanos) {
    this.room = room;
    this.rate = rate;
    this.late = new TokenBucket(rate, nowNanos);
  }

  TokenBucket of(String client, long nowNanos) {
    var known = byClient.get(client);
    if (known != null) {
      return known;
    }
    if (byClient.size() >= room && !makeRoom(nowNanos)) {
      return late;
    }
    var fresh = new TokenBucket(rate, nowNanos);
    byClient.put(client, fresh);
    return fresh;
  }

  /** The bucket that {@link #of} would give; empty for a new one, which is full. */
  Optional<TokenBucket> peek(String client, long nowNanos) {
    var known = Optional.ofNullable(byClient.get(client));
    return known.isEmpty() && byClient.size() >= room && !makeRoom(nowNanos)
        ? Optional.of(late)
        : known;
  }

  int size() {
    return byClient.size();
  }

  private boolean makeRoom(long nowNanos) {
    Iterator<TokenBucket> longestAtRest = byClient.values().iterator();
    for (var i = 0; i < LOOKS && longestAtRest.hasNext(); i++) {
      if (longestAtRest.next().isFull(nowNanos)) {
        longestAtRest.remove();
        return true;
      }
    }
    return false;
  }
}
