package io.proffer.api.http;

import io.proffer.api.tls.TlsWords;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of connections that could not be encrypted: one line per reason in a while, since whoever
 * reaches the port can make such connections at will.
 */
final class HandshakeLog {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeLog.class);
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private final Map<TlsWords, Told> told = new EnumMap<>(TlsWords.class);

  /** When a reason was told last, and how often it came since. */
  private record Told(long nanos, long more) {}

  HandshakeLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** May be called on any thread. */
  void failed(Throwable failure) {
    line(TlsWords.of(failure), nanos.getAsLong());
  }

  private synchronized void line(TlsWords reason, long now) {
    var last = told.get(reason);
    if (last != null && now - last.nanos() < PAUSE.toNanos()) {
      told.put(reason, new Told(last.nanos(), last.more() + 1));
      return;
    }
    told.put(reason, new Told(now, 0));
    LOG.warn(
        "A connection was refused: {}{}",
        reason.ofClient(),
        last == null || last.more() == 0 ? "" : " (and " + last.more() + " more since)");
  }
}
