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

  /**
   * The same, but a newcomer shares no bucket: where there is no room the one at rest for longest
   * goes, full or not. For what a crowd of strangers could else use up for everybody.
   */
  TokenBucket ofItsOwn(String client, long nowNanos) {
    if (!byClient.containsKey(client) && byClient.size() >= room && !makeRoom(nowNanos)) {
      var eldest = byClient.values().iterator();
      eldest.next();
      eldest.remove();
    }
    return of(client, nowNanos);
  }

  /** The bucket of one that has one. */
  Optional<TokenBucket> known(String client) {
    return Optional.ofNullable(byClient.get(client));
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
