package io.proffer.cli.client;

import io.proffer.api.auth.Credential;
import io.proffer.api.tls.TlsMaterial;
import java.util.Optional;

/**
 * Who asks, and whom it believes.
 *
 * @param credential what to show, whether or not somebody asks
 * @param tls certificates for encrypted connections; empty for the authorities that the JDK knows
 */
public record Identity(Optional<Credential> credential, Optional<TlsMaterial> tls) {
  /** Somebody without a name, who believes what the JDK believes. */
  public static final Identity NOBODY = new Identity(Optional.empty(), Optional.empty());
}
