package io.proffer.api.http;

import io.proffer.api.auth.CredentialStore;
import io.proffer.api.auth.ExecutorClaims;
import io.proffer.api.auth.Principals;
import io.proffer.api.auth.TokenKey;
import io.proffer.api.endpoint.Access;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.flags.WrongFlagException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Asks who comes, before anything else of a request is looked at (lifecycle, section 10). It knows
 * HTTP Basic, and the tokens of executors; an endpoint in a realm that is not locked is nobody's
 * business, whatever is shown.
 */
public final class Door {
  private final String service;
  private final Set<Access> locked;
  private final Supplier<Principals> principals;
  private final Optional<TokenKey> tokens;

  /** What becomes of who knocks. */
  public sealed interface Verdict {
    /**
     * May come in.
     *
     * @param principal who it is; empty where nobody asks, and for executors
     * @param executor what the token of an executor proved as it came; empty for all others
     */
    record Enter(Optional<String> principal, Optional<ExecutorClaims> executor) implements Verdict {
      static final Enter NOBODY = new Enter(Optional.empty(), Optional.empty());
    }

    /** Is told this, and no more. */
    record Refuse(Answer answer) implements Verdict {}
  }

  /**
   * @param service {@code master} or {@code agent}, as in the names of realms
   * @param locked the realms that ask
   * @param principals whom they know at this moment
   */
  public Door(String service, Set<Access> locked, Supplier<Principals> principals) {
    this(service, locked, principals, Optional.empty());
  }

  private Door(
      String service,
      Set<Access> locked,
      Supplier<Principals> principals,
      Optional<TokenKey> tokens) {
    this.service = service;
    this.tokens = tokens;
    this.locked = locked.isEmpty() ? EnumSet.noneOf(Access.class) : EnumSet.copyOf(locked);
    this.principals = principals;
    if (this.locked.contains(Access.OPEN)) {
      throw new IllegalArgumentException("what is open cannot be locked");
    }
  }

  /**
   * The door that flags ask for.
   *
   * @param asked realms to lock, by the flag that asks for it
   * @param flag the one that names the credentials
   * @param store what it names
   * @throws WrongFlagException when something is to be locked, and there are no credentials
   */
  public static Door of(
      String service,
      SortedMap<String, Access> asked,
      String flag,
      Optional<CredentialStore> store) {
    if (asked.isEmpty()) {
      return open();
    }
    var credentials =
        store.orElseThrow(
            () ->
                new WrongFlagException(
                    asked.firstKey(),
                    "Expected " + flag + "=FILE beside it, which says whom to let in"));
    return new Door(service, Set.copyOf(asked.values()), credentials::principals);
  }

  /** The same door of an agent, which lets in executors only with tokens signed by this key. */
  public Door forExecutors(TokenKey key) {
    var more = EnumSet.of(Access.EXECUTORS);
    more.addAll(locked);
    return new Door("agent", more, principals, Optional.of(key));
  }

  /** Whether it asks for credentials there. */
  public boolean locks(Access access) {
    return locked.contains(access);
  }

  /** Lets everybody in, and asks nobody. */
  public static Door open() {
    return new Door("service", Set.of(), () -> new Principals(List.of()));
  }

  Verdict ask(Endpoint endpoint, HttpServerRequest request) {
    if (!locked.contains(endpoint.access())) {
      return Verdict.Enter.NOBODY;
    }
    var shown = request.getHeader("Authorization");
    if (endpoint.access() == Access.EXECUTORS && tokens.isPresent()) {
      var proved =
          Optional.ofNullable(shown).flatMap(token -> tokens.get().verify(token, Instant.now()));
      return proved.isPresent()
          ? new Verdict.Enter(Optional.empty(), proved)
          : new Verdict.Refuse(unauthorized(endpoint, "Bearer"));
    }
    var principal = shown == null ? Optional.<String>empty() : principals.get().of(shown);
    return principal.isPresent()
        ? new Verdict.Enter(principal, Optional.empty())
        : new Verdict.Refuse(unauthorized(endpoint, "Basic"));
  }

  /** The same for all that can be wrong, and in the reference's words. */
  private Answer unauthorized(Endpoint endpoint, String scheme) {
    return Answer.bare(401)
        .with("WWW-Authenticate", scheme + " realm=\"" + endpoint.access().realm(service) + "\"");
  }
}
