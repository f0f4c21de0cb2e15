package io.proffer.agent;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.Claims;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.executor.ExecutorEndpoint;
import io.proffer.api.auth.ExecutorClaims;
import io.proffer.api.auth.TokenKey;
import io.proffer.api.endpoint.Access;
import io.proffer.api.guard.Guards;
import io.proffer.api.http.Exchange;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.tls.TlsSettings;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What custom executors need to reach their agent, beside its address: how it encrypts, and a token
 * (executor-api, section 4). It is added where a launch leaves for the containerizer, so that no
 * frame, log or checkpoint ever holds a token.
 *
 * @param tokens signs them; empty where executors get none
 * @param asked whether they are asked for it
 * @param tls how the agent's port is encrypted; empty for plain HTTP
 */
record ExecutorPass(Optional<TokenKey> tokens, boolean asked, Optional<TlsSettings> tls)
    implements ExecutorEndpoint.Proof {
  private static final String TOKEN = "MESOS_EXECUTOR_AUTHENTICATION_TOKEN";

  /**
   * That of an agent which is guarded so.
   *
   * @param tokens signs them; empty where executors get none
   */
  static ExecutorPass of(Optional<TokenKey> tokens, Guards guards) {
    return new ExecutorPass(
        tokens,
        guards.door().locks(Access.EXECUTORS),
        guards.tls().map(store -> store.material().settings()));
  }

  /** The order with what its executor needs; that of a command task as it is. */
  ToContainer.Launch furnish(ToContainer.Launch order) {
    if (order.executor().isEmpty() || (tokens.isEmpty() && tls.isEmpty())) {
      return order;
    }
    var environment = new TreeMap<>(order.environment());
    tls.ifPresent(
        settings -> {
          // What the operator or the framework gave stands.
          environment.putIfAbsent("LIBPROCESS_SSL_ENABLED", "true");
          environment.putIfAbsent(
              "LIBPROCESS_SSL_VERIFY_SERVER_CERT", Boolean.toString(settings.verifyServer()));
          settings
              .authorities()
              .map(file -> file.toAbsolutePath().normalize().toString())
              .ifPresent(file -> environment.putIfAbsent("LIBPROCESS_SSL_CA_FILE", file));
        });
    var executor = order.executor().get();
    tokens.ifPresent(
        key ->
            environment.put(
                TOKEN,
                key.sign(
                    new ExecutorClaims(
                        executor.framework().value(),
                        executor.executor().value(),
                        order.container().value()))));
    return order.with(environment);
  }

  /** What the door found in the token as it came: looked at again, it may have run out since. */
  @Override
  public Optional<Claims> of(Exchange exchange) {
    return exchange
        .executor()
        .map(
            claims ->
                new Claims(
                    new FrameworkId(claims.framework()),
                    new ExecutorId(claims.executor()),
                    new ContainerId(claims.container())));
  }
}
