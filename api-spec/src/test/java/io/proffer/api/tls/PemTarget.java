package io.proffer.api.tls;

import io.proffer.api.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files of certificates and keys. What can be used is a certificate with its own key; what cannot
 * is refused with a sentence that repeats nothing of the file, since it may be a key.
 */
public final class PemTarget implements FuzzTarget {
  private static final int LINE = 40;
  private final Path file;
  private final TlsSettings settings;
  private final List<byte[]> seeds;

  public PemTarget() throws IOException {
    var directory = Files.createTempDirectory("pem");
    directory.toFile().deleteOnExit();
    file = directory.resolve("both");
    seeds = seeds(directory);
    settings =
        new TlsSettings(
            Optional.of(file),
            Optional.of(file),
            Optional.of(file),
            Optional.empty(),
            true,
            false,
            TlsSettings.PROTOCOLS);
  }

  @Override
  public void take(byte[] input) throws IOException {
    Files.write(file, input);
    try {
      var material = TlsMaterial.read(settings);
      FuzzTarget.check(!material.chain().isEmpty(), "no certificate");
      FuzzTarget.check(material.key().isPresent(), "no key");
      FuzzTarget.check(material.authorities().equals(material.chain()), "two readings of one file");
    } catch (WrongTlsFileException documented) {
      var words = documented.getMessage();
      FuzzTarget.check(words.contains("expected "), "a refusal that expects nothing: " + words);
      new String(input, StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.length() > LINE)
          .forEach(line -> FuzzTarget.check(!words.contains(line), "the log has " + line));
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  private static List<byte[]> seeds(Path directory) {
    var authority = new TestAuthority("authority");
    var certificate = text(authority.issue(directory, "host", TestAuthority.here()));
    var key = text(directory.resolve("host.key"));
    var rsa = TestAuthority.keys("RSA").getPrivate();
    var edwards = TestAuthority.keys("Ed25519").getPrivate();
    var body = key.lines().skip(1).findFirst().orElseThrow();
    return FuzzTarget.texts(
        certificate + key,
        key + certificate + text(authority.write(directory)),
        certificate.replace("CERTIFICATE", "X509 CERTIFICATE") + key.replace("\n", "\r\n"),
        certificate + TestAuthority.pem("PRIVATE KEY", rsa.getEncoded()),
        certificate + TestAuthority.pem("RSA PRIVATE KEY", TestAuthority.inside(rsa)),
        certificate + TestAuthority.pem("PRIVATE KEY", edwards.getEncoded()),
        certificate + key.replace("PRIVATE", "EC PRIVATE"),
        certificate + key.replace("PRIVATE", "ENCRYPTED PRIVATE"),
        certificate + key.replace(body, "Proc-Type: 4,ENCRYPTED\n\n" + body),
        certificate + key.replace("PRIVATE", "DSA PRIVATE"),
        certificate + TestAuthority.pem("EC PRIVATE KEY", new byte[] {0x30, 3, (byte) 0xa0, 1, 5}),
        certificate + TestAuthority.pem("EC PRIVATE KEY", new byte[] {0x30, (byte) 0x82, 1}),
        certificate.replace("END", "BEGIN"),
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n" + key,
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        "no PEM");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
