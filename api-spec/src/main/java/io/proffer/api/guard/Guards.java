package io.proffer.api.guard;

import io.proffer.api.auth.Keyring;
import io.proffer.api.http.Door;
import io.proffer.api.http.Precautions;
import io.proffer.api.http.Reload;
import io.proffer.api.tls.TlsStore;
import io.proffer.api.tls.TlsStores;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands between a service and strangers: who may come in, and do what, and how often; and
 * what is encrypted.
 *
 * @param encryption none where nothing is
 * @param reload reads the files of all of them anew
 */
public record Guards(
    Keyring keyring, Door door, TlsStores encryption, Precautions precautions, Reload reload)
    implements AutoCloseable {
  /** Those, and what reads their files anew. */
  public Guards(Keyring keyring, Door door, TlsStores encryption, Precautions precautions) {
    this(keyring, door, encryption, precautions, new Reload(encryption.all(), keyring));
  }

  /** What the port and the clients of other services are encrypted with. */
  public Optional<TlsStore> tls() {
    return encryption.services();
  }

  /** What is careless in their files. Blocks. */
  public List<String> warnings(Instant now) {
    return Stream.concat(
            keyring.warnings().stream(),
            encryption.all().stream().flatMap(s -> s.warnings(now).stream()))
        .toList();
  }

  /** What SIGHUP asks for; empty where there is nothing to read anew. */
  public Optional<Runnable> onHangup() {
    return precautions.onHangup(
        reload.isEmpty() ? Optional.empty() : Optional.of(() -> reload.read()));
  }

  @Override
  public void close() throws IOException {
    precautions.close();
  }
}
