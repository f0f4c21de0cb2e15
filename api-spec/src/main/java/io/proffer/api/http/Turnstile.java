package io.proffer.api.http;

import io.proffer.api.endpoint.Access;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.limit.RequestLimits;
import io.proffer.api.limit.WrongSecrets;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Refuses requests of who makes too many, once it is known who comes and before anything is read.
 * Agents and executors pass: what they have to say does not become less by waiting. So do health
 * and version, by which others decide whether a service lives.
 */
final class Turnstile {
  private static final int TOO_MANY = 429;

  private final Door door;
  private final Optional<RequestLimits> limits;
  private final Optional<WrongSecrets> secrets;

  Turnstile(Door door, Precautions precautions) {
    this.door = door;
    this.limits = precautions.limits();
    this.secrets = precautions.secrets();
  }

  /**
   * Somebody knocks: 429 with a sentence when so many wrong secrets came from there that what is
   * shown is not looked at, be it right or wrong.
   */
  Optional<Answer> knocks(Endpoint endpoint, HttpServerRequest request) {
    return secrets
        .filter(any -> showsSecret(endpoint, request))
        .flatMap(counted -> counted.ask(Peers.network(request.remoteAddress())))
        .map(Turnstile::tooMany);
  }

  /** Somebody came in: 429 with a sentence, or nothing. */
  Optional<Answer> ask(Endpoint endpoint, HttpServerRequest request, Optional<String> principal) {
    return ask(endpoint, request, endpoint.access() == Access.FRAMEWORKS, principal);
  }

  /**
   * Somebody was not let in, and is counted by address: what was shown as a wrong secret, in every
   * realm, as all of them know the same secrets; the request as any other, but not as one of the
   * frameworks, whose common limit strangers could use up.
   */
  Optional<Answer> knocked(Endpoint endpoint, HttpServerRequest request) {
    if (showsSecret(endpoint, request)) {
      secrets.ifPresent(counted -> counted.count(Peers.network(request.remoteAddress())));
    }
    return ask(endpoint, request, false, Optional.empty());
  }

  private Optional<Answer> ask(
      Endpoint endpoint, HttpServerRequest request, boolean framework, Optional<String> principal) {
    if (!isCounted(endpoint)) {
      return Optional.empty();
    }
    var address = Peers.network(request.remoteAddress());
    return limits
        .flatMap(any -> any.ask(new RequestLimits.Client(framework, principal, address)))
        .map(Turnstile::tooMany);
  }

  private static Answer tooMany(RequestLimits.Refusal refusal) {
    return Answer.text(TOO_MANY, refusal.sentence())
        .with("Retry-After", Integer.toString(refusal.seconds()));
  }

  /**
   * Whether this may be a guess. Executors are told apart by signed tokens, which are not guessed
   * but forged with the key, and all those of a host come from one address: one that shows wrong
   * ones must not be able to keep the others out. Who shows nothing does not guess.
   */
  private boolean showsSecret(Endpoint endpoint, HttpServerRequest request) {
    return endpoint.access() != Access.EXECUTORS
        && door.locks(endpoint.access())
        && request.getHeader("Authorization") != null;
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
