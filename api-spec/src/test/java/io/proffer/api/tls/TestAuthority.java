package io.proffer.api.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * An authority that signs whatever a test wants. Certificates are written as DER here, because
 * neither openssl nor keytool makes one that expired years ago everywhere.
 */
public final class TestAuthority {
  private static final byte[] ECDSA = sequence(oid("2a8648ce3d040302"));
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final String name;
  private final KeyPair keys = keys("EC");

  public TestAuthority(String name) {
    this.name = name;
  }

  /** Names of 127.0.0.1. */
  public static List<String> here() {
    return List.of("127.0.0.1", "localhost");
  }

  /** Its own certificate, as a file. */
  public Path write(Path directory) {
    var file = directory.resolve(name + ".pem");
    var now = Instant.now();
    return write(
        file,
        pem(
            "CERTIFICATE",
            signed(
                name,
                keys,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(90)),
                bytes -> bytes.writeBytes(extension("551d13", sequence(new byte[] {1, 1, -1}))))));
  }

  /** Files {@code NAME.pem} and {@code NAME.key} of a certificate that is good today. */
  public Path issue(Path directory, String subject, List<String> names) {
    var now = Instant.now();
    return issue(
        directory, subject, names, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
  }

  /** The same, of one that expired when 2020 began. */
  public Path issueExpired(Path directory, String subject, List<String> names) {
    return issue(directory, subject, names, LONG_AGO.minus(Duration.ofDays(90)), LONG_AGO);
  }

  /** The same, good between two moments. */
  public Path issue(
      Path directory, String subject, List<String> names, Instant from, Instant until) {
    return issue(directory, subject, names, keys("EC"), from, until);
  }

  /** The same, with these keys. */
  Path issue(
      Path directory,
      String subject,
      List<String> names,
      KeyPair pair,
      Instant from,
      Instant until) {
    var certificate =
        signed(
            subject,
            pair,
            from,
            until,
            extensions -> {
              extensions.writeBytes(extension("551d11", sequence(alternatives(names))));
              extensions.writeBytes(
                  extension(
                      "551d25", sequence(join(oid("2b06010505070301"), oid("2b06010505070302")))));
            });
    var key =
        write(
            directory.resolve(subject + ".key"),
            pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    try {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return write(
        directory.resolve(subject + ".pem"),
        "Subject: " + subject + "\n" + pem("CERTIFICATE", certificate));
  }

  static KeyPair keys(String algorithm) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      switch (algorithm) {
        case "EC" -> generator.initialize(256);
        case "RSA" -> generator.initialize(2048);
        default -> {}
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String label, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An RSA key of 2048 bits as PKCS #1: what follows the 26 bytes of the envelope. */
  static byte[] inside(Key pkcs8) {
    var all = pkcs8.getEncoded();
    return Arrays.copyOfRange(all, 26, all.length);
  }

  private interface Extensions {
    void writeTo(ByteArrayOutputStream out);
  }

  private byte[] signed(
      String subject, KeyPair pair, Instant from, Instant until, Extensions extensions) {
    var out = new ByteArrayOutputStream();
    extensions.writeTo(out);
    var body =
        sequence(
            join(
                der(0xa0, der(2, new byte[] {2})),
                der(2, new BigInteger(64, new SecureRandom()).toByteArray()),
                ECDSA,
                commonName(name),
                sequence(join(time(from), time(until))),
                commonName(subject),
                pair.getPublic().getEncoded(),
                der(0xa3, sequence(out.toByteArray()))));
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      return sequence(join(body, ECDSA, der(3, join(new byte[] {0}, signature.sign()))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] alternatives(List<String> names) {
    var out = new ByteArrayOutputStream();
    for (var name : names) {
      if (Character.isDigit(name.charAt(0))) {
        out.writeBytes(der(0x87, InetAddress.ofLiteral(name).getAddress()));
      } else {
        out.writeBytes(der(0x82, name.getBytes(StandardCharsets.US_ASCII)));
      }
    }
    return out.toByteArray();
  }

  private static byte[] extension(String oid, byte[] value) {
    return sequence(join(oid(oid), der(4, value)));
  }

  private static byte[] commonName(String name) {
    return sequence(
        der(0x31, sequence(join(oid("550403"), der(12, name.getBytes(StandardCharsets.UTF_8))))));
  }

  private static byte[] time(Instant moment) {
    var text =
        DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(moment);
    return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] oid(String hex) {
    return der(6, HexFormat.of().parseHex(hex));
  }

  private static byte[] sequence(byte[] content) {
    return der(0x30, content);
  }

  static byte[] der(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length >= 0x100) {
      out.write(0x82);
      out.write(content.length >> 8);
    } else if (content.length >= 0x80) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
