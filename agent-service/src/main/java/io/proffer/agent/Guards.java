package io.proffer.agent;

import io.proffer.api.auth.Keyring;
import io.proffer.api.endpoint.Access;
import io.proffer.api.http.Door;
import io.proffer.api.http.Precautions;
import io.proffer.api.http.Reload;
import io.proffer.api.tls.TlsStore;
import io.proffer.kernel.Clock;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between an agent and strangers: who may come in, and do what, and how often; and what
 * is encrypted.
 *
 * @param tls empty where nothing is
 * @param pass what executors are given to be known by
 * @param reload reads the files of all of them anew
 */
record Guards(
    Keyring keyring,
    Door door,
    Optional<TlsStore> tls,
    ExecutorPass pass,
    Reload reload,
    Precautions precautions)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  /** Those that the flags ask for; what is careless in them is said in the log. */
  static Guards of(AgentConfig config, Clock clock) {
    var keyring = config.locks().keyring();
    keyring.warnings().forEach(LOG::warn);
    var tokens = config.locks().tokens();
    tokens.ifPresent(key -> key.warnings().forEach(LOG::warn));
    var door = config.locks().door(keyring, tokens);
    var tls = config.tls().store();
    tls.ifPresent(store -> store.warnings(clock.wall()).forEach(LOG::warn));
    return new Guards(
        keyring,
        door,
        tls,
        new ExecutorPass(
            tokens, door.locks(Access.EXECUTORS), tls.map(store -> store.material().settings())),
        new Reload(tls, keyring),
        config.precautions().open(clock::monotonicNanos));
  }

  /** What SIGHUP asks for; empty where there is nothing to read anew. */
  Optional<Runnable> onHangup() {
    return precautions.onHangup(
        reload.isEmpty() ? Optional.empty() : Optional.of(() -> reload.read()));
  }

  @Override
  public void close() throws IOException {
    precautions.close();
  }
}
