package io.proffer.master;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.http.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a master that does not lead answers of itself. Whoever came while it led, and ended his
 * request later, must not be taken by its empty term: nobody would ever hear of what that answers.
 */
final class StandbyHandlers {
  private StandbyHandlers() {}

  /** These, and a refusal for all that only a leader can do. */
  static Map<Endpoint, Consumer<Exchange>> of(Map<Endpoint, Consumer<Exchange>> all) {
    var some = new LinkedHashMap<Endpoint, Consumer<Exchange>>();
    all.forEach(
        (endpoint, handler) ->
            some.put(endpoint, endpoint.local() ? handler : StandbyHandlers::refuse));
    return some;
  }

  private static void refuse(Exchange exchange) {
    exchange.answer(Admission.leaderless());
  }
}
