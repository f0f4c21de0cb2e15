package io.proffer.api.http;

import io.proffer.api.auth.Keyring;
import io.proffer.api.auth.UnusableFileException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files of credentials anew when an operator asks, by a request or by a signal. */
public final class Reload implements Consumer<Exchange> {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
  private static final String NOTHING =
      "No flag names a file of credentials: there is nothing to read anew";

  private final Keyring keyring;

  public Reload(Keyring keyring) {
    this.keyring = keyring;
  }

  /** {@code POST /credentials/reload}. */
  @Override
  public void accept(Exchange exchange) {
    exchange.onWorker(
        () ->
            exchange.answer(
                read().map(why -> Answer.text(409, why)).orElseGet(() -> Answer.empty(200))));
  }

  /** Reads, and tells the log. Blocks. Gives the reason when nothing was changed. */
  public Optional<String> read() {
    if (keyring.isEmpty()) {
      return Optional.of(NOTHING);
    }
    try {
      LOG.info("{}", keyring.reload());
      return Optional.empty();
    } catch (UnusableFileException e) {
      LOG.warn("{}", e.getMessage());
      return Optional.of(e.getMessage());
    }
  }
}
