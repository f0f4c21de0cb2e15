package io.proffer.api.http;

import io.proffer.api.auth.Keyring;
import io.proffer.api.auth.Renewable;
import io.proffer.api.auth.UnusableFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of credentials and rules, and others that protect a service, anew when an
 * operator asks, by a request or by a signal.
 */
public final class Reload implements Consumer<Exchange> {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
  private static final String NOTHING =
      "No flag names a file of credentials, rules or certificates: there is nothing to read anew";

  private final Keyring keyring;
  private final List<Renewable> others;

  public Reload(Keyring keyring, List<? extends Renewable> others) {
    this.keyring = keyring;
    this.others = List.copyOf(others);
  }

  /** Whether there is nothing that could be read anew. */
  public boolean isEmpty() {
    return keyring.isEmpty() && others.isEmpty();
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
   * Reads, and tells the log. One after the other, so that who reads later has the last word.
   * Blocks, until all that was read is in use: not for an event loop.
   *
   * @return the reason when it is not; empty when it is
   */
  public synchronized Optional<String> read() {
    if (isEmpty()) {
      return Optional.of(NOTHING);
    }
    try {
      // All are read before one takes effect.
      var changes = new ArrayList<Runnable>();
      for (var other : others) {
        changes.add(other.read());
      }
      if (!keyring.isEmpty()) {
        LOG.info("{}", keyring.reload());
      }
      changes.forEach(Runnable::run);
      var now = Instant.now();
      others.forEach(other -> other.sentences(now).forEach(LOG::info));
      return Optional.empty();
    } catch (UnusableFileException e) {
      LOG.warn("{}", e.getMessage());
      return Optional.of(e.getMessage());
    } catch (IllegalStateException e) {
      LOG.error("{}", e.getMessage(), e);
      return Optional.of(e.getMessage());
    }
  }
}
