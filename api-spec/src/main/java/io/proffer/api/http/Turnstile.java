package io.proffer.api.http;

import io.proffer.api.endpoint.Access;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.limit.RequestLimits;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Refuses requests of who makes too many, once it is known who comes and before anything is read.
 * Agents and executors pass: what they have to say does not become less by waiting. So do health
 * and version, by which others decide whether a service lives.
 */
final class Turnstile {
  private static final int TOO_MANY = 429;

  private final RequestLimits limits;

  Turnstile(RequestLimits limits) {
    this.limits = limits;
  }

  /** Somebody came in: 429 with a sentence, or nothing. */
  Optional<Answer> ask(Endpoint endpoint, HttpServerRequest request, Optional<String> principal) {
    return ask(endpoint, request, endpoint.access() == Access.FRAMEWORKS, principal);
  }

  /**
   * Somebody was not let in, and is counted by address, so that secrets cannot be guessed faster
   * than that; but not as one of the frameworks, whose common limit strangers could use up.
   */
  Optional<Answer> knocked(Endpoint endpoint, HttpServerRequest request) {
    return ask(endpoint, request, false, Optional.empty());
  }

  private Optional<Answer> ask(
      Endpoint endpoint, HttpServerRequest request, boolean framework, Optional<String> principal) {
    if (!isCounted(endpoint)) {
      return Optional.empty();
    }
    var address = Peers.network(request.remoteAddress());
    return limits
        .ask(new RequestLimits.Client(framework, principal, address))
        .map(
            refusal ->
                Answer.text(TOO_MANY, refusal.sentence())
                    .with("Retry-After", Integer.toString(refusal.seconds())));
  }

  /** Whether requests of this endpoint are counted. */
  private static boolean isCounted(Endpoint endpoint) {
    return switch (endpoint.access()) {
      case AGENTS, EXECUTORS -> false;
      // Pages are open to all too, and large.
      case OPEN -> endpoint.answer() == Endpoint.AnswerKind.FILE;
      case READ_ONLY, READ_WRITE, FRAMEWORKS -> true;
    };
  }
}
