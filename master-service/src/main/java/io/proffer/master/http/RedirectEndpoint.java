package io.proffer.master.http;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** /redirect: where the leading master is. */
public final class RedirectEndpoint implements Consumer<Exchange> {
  private final Supplier<Optional<String>> leader;

  /**
   * @param leader {@code HOST:PORT} of the leading master, when there is one
   */
  public RedirectEndpoint(Supplier<Optional<String>> leader) {
    this.leader = leader;
  }

  @Override
  public void accept(Exchange exchange) {
    exchange.answer(
        leader
            .get()
            .map(address -> Answer.redirect("//" + address))
            .orElseGet(() -> Answer.unavailable("No leader elected", 1)));
  }
}
