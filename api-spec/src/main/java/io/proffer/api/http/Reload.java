package io.proffer.api.http;

import io.proffer.api.auth.Keyring;
import io.proffer.api.auth.Renewable;
import io.proffer.api.auth.UnusableFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of credentials and rules, and others that protect a service, anew when an
 * operator asks, by a request or by a signal.
 */
public final class Reload implements Consumer<Exchange> {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
  private static final String NO_SIGNAL =
      "SIGHUP is ignored in this process, as under nohup: to have credentials, rules and"
          + " certificates read anew, use POST /credentials/reload; an audit log is opened anew only"
          + " by a restart";
  private static final String NOTHING =
      "No flag names a file of credentials, rules or certificates: there is nothing to read anew";

  private static final String BROKEN =
      "The files could not be read anew, and what was in use stays so: this is a bug, please report"
          + " it with the lines of the log";

  /** In the order in which they are put into use. */
  private final List<Renewable> parts;

  /**
   * @param certificates first, for they alone may turn out to be of no use when they are put into
   *     it
   */
  public Reload(List<? extends Renewable> certificates, Keyring keyring) {
    this.parts =
        Stream.<Renewable>concat(
                certificates.stream(), Stream.of(keyring).filter(keys -> !keys.isEmpty()))
            .toList();
  }

  /** Whether there is nothing that could be read anew. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Tells the log that no SIGHUP reaches this process, so that nobody waits for what it asks. */
  public static void missSignal() {
    LOG.warn(NO_SIGNAL);
  }

  /** {@code POST /credentials/reload}. */
  @Override
  public void accept(Exchange exchange) {
    exchange.onWorker(
        () ->
            exchange.answer(
                read().map(why -> Answer.text(409, why)).orElseGet(() -> Answer.empty(200))));
  }

  /**
   * Reads all, puts all into use or nothing, and tells the log. One after the other, so that who
   * reads later has the last word. Blocks, until all is in use: not for an event loop.
   *
   * @return the reason when it is not; empty when it is
   */
  public synchronized Optional<String> read() {
    if (isEmpty()) {
      return Optional.of(NOTHING);
    }
    try {
      // All are read before one takes effect: a service with the credentials of one day and the
      // certificates of another is what no operator asked for.
      var changes = new ArrayList<Runnable>();
      for (var part : parts) {
        changes.add(part.read());
      }
      changes.forEach(Runnable::run);
      var now = Instant.now();
      parts.forEach(part -> part.sentences(now).forEach(LOG::info));
      return Optional.empty();
    } catch (UnusableFileException e) {
      LOG.warn("{}", e.getMessage());
      return Optional.of(e.getMessage());
    } catch (IllegalStateException e) {
      LOG.error("{}", e.getMessage(), e);
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A signal has nobody else to tell of it.
      LOG.error(BROKEN, withoutWords(e));
      return Optional.of(BROKEN);
    }
  }

  /** Where it happened; what it says may be out of a file with secrets. */
  private static RuntimeException withoutWords(RuntimeException e) {
    var place = new IllegalStateException(e.getClass().getName());
    place.setStackTrace(e.getStackTrace());
    return place;
  }
}
