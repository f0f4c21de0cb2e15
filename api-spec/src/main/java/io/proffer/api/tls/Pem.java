package io.proffer.api.tls;

import io.proffer.api.auth.UnusableFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468); what stands around them is a comment. */
final class Pem {
  /** All the authorities of a usual machine take a tenth of it. */
  private static final long LARGEST_FILE = 4 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** One block. Its text is its label, never its content, which may be a key. */
  static final class Block {
    private final String label;
    private final byte[] content;
    private final boolean isProtected;

    private Block(String label, byte[] content, boolean isProtected) {
      this.label = label;
      this.content = content;
      this.isProtected = isProtected;
    }

    /** What its first line calls it. */
    String label() {
      return label;
    }

    /** DER; nothing where a passphrase protects it. Nobody may change it. */
    byte[] content() {
      return content;
    }

    boolean isProtected() {
      return isProtected;
    }

    boolean isCertificate() {
      return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }

    boolean isPrivateKey() {
      return label.endsWith("PRIVATE KEY");
    }

    @Override
    public String toString() {
      return label;
    }
  }

  private Pem() {}

  /** All blocks of a file, in their order; none where it is no PEM. */
  static List<Block> read(Path file) throws UnusableFileException {
    var blocks = new ArrayList<Block>();
    var matcher = BLOCK.matcher(text(file));
    while (matcher.find()) {
      blocks.add(block(matcher.group(1), matcher.group(2), blocks.size() + 1));
    }
    return blocks;
  }

  private static Block block(String label, String body, int number) throws UnusableFileException {
    // Before its content, an old form says in headers how it is encrypted.
    if (label.startsWith("ENCRYPTED") || body.indexOf(':') >= 0) {
      return new Block(label, new byte[0], true);
    }
    try {
      var base64 = body.replaceAll("\\s", "");
      return new Block(label, Base64.getDecoder().decode(base64), false);
    } catch (IllegalArgumentException garbage) {
      throw new UnusableFileException(
          "expected base64 in its block " + number + " (" + label + "), but it is none");
    }
  }

  private static String text(Path file) throws UnusableFileException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new UnusableFileException(
            "expected a PEM file of at most " + LARGEST_FILE + " bytes, but it is larger");
      }
      // Comments may be in any encoding; the blocks are ASCII.
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UnusableFileException(
          "it cannot be read: does it exist, and may this process read it?");
    }
  }
}
