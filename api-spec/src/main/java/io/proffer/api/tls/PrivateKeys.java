package io.proffer.api.tls;

import io.proffer.api.auth.UnusableFileException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Private keys as openssl writes them: PKCS #8, which the JDK reads, and the older forms of RSA
 * (PKCS #1) and of elliptic curves (SEC 1), which become PKCS #8 with an envelope around them.
 */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;

  /** Where SEC 1 names the curve. */
  private static final int PARAMETERS = 0xa0;

  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** rsaEncryption, and NULL for its parameters. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** id-ecPublicKey, which a curve follows. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  /** The key of a block whose label says that it is one. */
  static PrivateKey of(Pem.Block block) throws UnusableFileException {
    if (block.isProtected()) {
      throw new UnusableFileException(
          "expected a private key without a passphrase, but it has one: take it off with"
              + " 'openssl pkey -in FILE -out NEW', and let nobody else read the new file");
    }
    var pkcs8 =
        switch (block.label()) {
          case "PRIVATE KEY" -> Optional.of(block.content());
          case "RSA PRIVATE KEY" -> Optional.of(envelope(RSA, block.content()));
          case "EC PRIVATE KEY" ->
              curve(block.content()).map(curve -> envelope(join(EC, curve), block.content()));
          default -> Optional.<byte[]>empty();
        };
    return pkcs8
        .flatMap(PrivateKeys::parse)
        .orElseThrow(
            () ->
                new UnusableFileException(
                    "expected a private key for RSA, an elliptic curve or Ed25519, but its block '"
                        + block.label()
                        + "' is none that can be read"));
  }

  private static Optional<PrivateKey> parse(byte[] pkcs8) {
    for (var algorithm : ALGORITHMS) {
      try {
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
      } catch (GeneralSecurityException another) {
        // The key says of which algorithm it is, but only its own factory reads that.
      }
    }
    return Optional.empty();
  }

  private static byte[] envelope(byte[] algorithm, byte[] key) {
    return der(SEQUENCE, join(VERSION, der(SEQUENCE, algorithm), der(OCTETS, key)));
  }

  /** What names the curve in a key after SEC 1, or nothing. */
  private static Optional<byte[]> curve(byte[] sec1) {
    var in = ByteBuffer.wrap(sec1);
    if (!enter(in, SEQUENCE)) {
      return Optional.empty();
    }
    while (in.remaining() > 1) {
      int tag = in.get() & 0xff;
      int length = length(in);
      if (length < 0 || length > in.remaining()) {
        return Optional.empty();
      }
      var content = new byte[length];
      in.get(content);
      if (tag == PARAMETERS) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }

  private static boolean enter(ByteBuffer in, int tag) {
    return in.remaining() > 1 && (in.get() & 0xff) == tag && length(in) >= 0;
  }

  /** A length after DER, of at most two bytes; negative for another. */
  private static int length(ByteBuffer in) {
    int first = in.get() & 0xff;
    if (first < 0x80) {
      return first;
    }
    int bytes = first & 0x7f;
    if (bytes < 1 || bytes > 2 || in.remaining() < bytes) {
      return -1;
    }
    int length = 0;
    for (int i = 0; i < bytes; i++) {
      length = (length << 8) | (in.get() & 0xff);
    }
    return length;
  }

  private static byte[] der(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
