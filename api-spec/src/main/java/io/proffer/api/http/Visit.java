package io.proffer.api.http;

import io.proffer.api.endpoint.RouteTable;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * A request that found its endpoint.
 *
 * @param context of its event loop
 * @param who makes it, as the door knows; nobody where nobody asked, and for who did not come in
 * @param audit where it is told, if it may change something
 */
record Visit(
    HttpServerRequest request,
    Context context,
    RouteTable.Match match,
    Door.Verdict.Enter who,
    Optional<AuditTrail.Entry> audit) {
  Optional<String> principal() {
    return who.principal();
  }

  /** Ends it with an answer, which nobody else has given. */
  void end(Answer answer) {
    Answers.send(request, answer);
    audit.ifPresent(entry -> entry.answered(principal(), answer.status()));
  }
}
