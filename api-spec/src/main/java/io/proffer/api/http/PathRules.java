package io.proffer.api.http;

import io.proffer.api.acl.Action;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.endpoint.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Endpoints that rules let somebody use or not, whatever they would answer: by their path
 * (get_endpoints), and {@code /flags} (view_flags). Who may not is answered 403.
 */
public final class PathRules {
  private static final Set<String> FLAGS = Set.of("/flags");
  private static final Set<String> BY_PATH =
      Set.of(
          "/containers",
          "/containerizer/debug",
          "/files/debug",
          "/logging/toggle",
          "/metrics/snapshot",
          "/monitor/statistics",
          // The reference has neither.
          "/metrics/prometheus",
          "/credentials/reload");

  private PathRules() {}

  /** The same table, with the rules asked first. */
  public static Map<Endpoint, Consumer<Exchange>> over(
      Map<Endpoint, Consumer<Exchange>> table, Authorizer authorizer) {
    if (!authorizer.isConfigured()) {
      return table;
    }
    var ruled = new LinkedHashMap<Endpoint, Consumer<Exchange>>();
    table.forEach((endpoint, handler) -> ruled.put(endpoint, ruled(endpoint, handler, authorizer)));
    return ruled;
  }

  private static Consumer<Exchange> ruled(
      Endpoint endpoint, Consumer<Exchange> handler, Authorizer authorizer) {
    var path = endpoint.path();
    if (BY_PATH.contains(path)) {
      return exchange ->
          pass(
              authorizer.rights(exchange.principal()).allow(Action.GET_ENDPOINT, path),
              exchange,
              handler);
    }
    return FLAGS.contains(path)
        ? exchange -> {
          // As in the reference: only with an authorizer does it insist on a method.
          if (!exchange.method().equals("GET")) {
            exchange.answer(Answer.methodNotAllowed(List.of("GET"), exchange.method()));
          } else {
            pass(
                authorizer.rights(exchange.principal()).allow(Action.VIEW_FLAGS),
                exchange,
                handler);
          }
        }
        : handler;
  }

  private static void pass(boolean allowed, Exchange exchange, Consumer<Exchange> handler) {
    if (allowed) {
      handler.accept(exchange);
    } else {
      exchange.answer(Answer.bare(403));
    }
  }
}
