package io.proffer.api.tls;

import io.proffer.api.auth.UnusableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates and keys, as the files had them at one moment, and found to fit together. */
public final class TlsMaterial {
  private final TlsSettings settings;
  private final List<X509Certificate> chain;
  private final Optional<PrivateKey> key;
  private final List<X509Certificate> authorities;

  private TlsMaterial(
      TlsSettings settings,
      List<X509Certificate> chain,
      Optional<PrivateKey> key,
      List<X509Certificate> authorities) {
    this.settings = settings;
    this.chain = List.copyOf(chain);
    this.key = key;
    this.authorities = List.copyOf(authorities);
  }

  /** Reads the files. Blocks. */
  static TlsMaterial read(TlsSettings settings) throws WrongTlsFileException {
    var chain = new ArrayList<X509Certificate>();
    Optional<PrivateKey> key = Optional.empty();
    if (settings.certificate().isPresent()) {
      chain.addAll(at("--ssl_cert_file", settings.certificate().get(), TlsMaterial::certificates));
      var file = settings.key().orElseThrow();
      key = Optional.of(at("--ssl_key_file", file, TlsMaterial::key));
      if (!fits(key.get(), chain.getFirst())) {
        throw new WrongTlsFileException(
            "--ssl_key_file",
            file,
            "expected the private key of the certificate in %s, but it is of another: make them anew together"
                .formatted(settings.certificate().get()));
      }
    }
    var authorities = new ArrayList<X509Certificate>();
    if (settings.authorities().isPresent()) {
      authorities.addAll(
          at("--ssl_ca_file", settings.authorities().get(), TlsMaterial::certificates));
    }
    if (settings.authoritiesDirectory().isPresent()) {
      authorities.addAll(
          at("--ssl_ca_dir", settings.authoritiesDirectory().get(), TlsMaterial::inDirectory));
    }
    return new TlsMaterial(settings, chain, key, authorities);
  }

  public TlsSettings settings() {
    return settings;
  }

  /** Our own certificate first; empty for a client that has none. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Whether files that were read again had the same in them. */
  public boolean sameAs(TlsMaterial other) {
    return settings.equals(other.settings)
        && chain.equals(other.chain)
        && key.equals(other.key)
        && authorities.equals(other.authorities);
  }

  /** Of our own certificate. */
  Optional<PrivateKey> key() {
    return key;
  }

  /** Whom we trust; empty for those that the JDK knows. */
  public List<X509Certificate> authorities() {
    return authorities;
  }

  /** Reads something of one file. */
  private interface Reader<T> {
    T read(Path file) throws UnusableFileException;
  }

  private static <T> T at(String flag, Path file, Reader<T> reader) throws WrongTlsFileException {
    try {
      return reader.read(file);
    } catch (UnusableFileException e) {
      throw new WrongTlsFileException(flag, file, e.getMessage());
    }
  }

  private static List<X509Certificate> certificates(Path file) throws UnusableFileException {
    var certificates = new ArrayList<X509Certificate>();
    for (var block : Pem.read(file)) {
      if (block.isCertificate()) {
        certificates.add(certificate(block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw new UnusableFileException(
          "expected certificates in PEM, each from -----BEGIN CERTIFICATE----- on, but there are"
              + " none in it");
    }
    return certificates;
  }

  private static X509Certificate certificate(Pem.Block block, int number)
      throws UnusableFileException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content()));
    } catch (CertificateException broken) {
      throw new UnusableFileException(
          "expected certificates, but its certificate %d cannot be read".formatted(number));
    }
  }

  /** As a directory of openssl: what is no certificate is passed over. */
  private static List<X509Certificate> inDirectory(Path directory) throws UnusableFileException {
    var certificates = new ArrayList<X509Certificate>();
    try (var files = Files.list(directory)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        for (var block : Pem.read(file)) {
          if (block.isCertificate()) {
            certificates.add(certificate(block, certificates.size() + 1));
          }
        }
      }
    } catch (IOException unreadable) {
      throw new UnusableFileException(
          "expected a directory, but it cannot be read: does it exist, and may this process read"
              + " it?");
    }
    if (certificates.isEmpty()) {
      throw new UnusableFileException(
          "expected certificates in PEM in its files, but there are none");
    }
    return certificates;
  }

  private static PrivateKey key(Path file) throws UnusableFileException {
    for (var block : Pem.read(file)) {
      if (block.isPrivateKey()) {
        return PrivateKeys.of(block);
      }
    }
    throw new UnusableFileException(
        "expected a private key in PEM, from -----BEGIN PRIVATE KEY----- on, but there is none in"
            + " it");
  }

  /** What the key signs, the certificate must be able to verify. */
  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    var algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      var signature = Signature.getInstance(algorithm);
      var text = new byte[] {1, 2, 3};
      signature.initSign(key);
      signature.update(text);
      var signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKinds) {
      return false;
    }
  }
}
