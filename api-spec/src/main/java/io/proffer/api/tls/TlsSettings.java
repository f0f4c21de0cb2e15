package io.proffer.api.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What flags say of encryption.
 *
 * @param certificate PEM file of our own certificate, those that lead to its authority after it
 * @param key PEM file of its private key
 * @param authorities PEM file of whom to trust; empty, with no directory either, for those that the
 *     JDK knows
 * @param authoritiesDirectory whose files hold more of them
 * @param verifyServer whether a server must be who we meant to reach
 * @param requireClient whether a client must show a certificate of those authorities
 * @param protocols the versions of TLS that are spoken, as the JDK names them
 */
public record TlsSettings(
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> authorities,
    Optional<Path> authoritiesDirectory,
    boolean verifyServer,
    boolean requireClient,
    List<String> protocols) {
  /** The versions that are spoken at all: the older ones are broken. */
  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  public TlsSettings {
    protocols = List.copyOf(protocols);
  }
}
