package io.proffer.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whom a service knows. It keeps no secrets, only their keyed digests, and these are compared in
 * constant time; an unknown principal costs as much as a known one, so that the time of an answer
 * tells neither who is known nor how much of a secret was right.
 */
public final class Principals {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String SCHEME = "basic ";

  private final SecretKeySpec key;
  private final Map<String, byte[]> digests = new TreeMap<>();

  /** What a principal that is not known is compared with; no secret has this digest. */
  private final byte[] nobody;

  public Principals(List<Credential> credentials) {
    this.key = new SecretKeySpec(random(), ALGORITHM);
    this.nobody = random();
    for (var credential : credentials) {
      digests.put(credential.principal(), digest(credential.secret()));
    }
  }

  /** How many there are. */
  public int count() {
    return digests.size();
  }

  /**
   * Who an {@code Authorization} header proves to be; nobody for another scheme than Basic, for
   * what cannot be decoded, for unknown principals and for wrong secrets.
   */
  public Optional<String> of(String authorization) {
    var pair = decoded(authorization);
    var colon = pair.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    var principal = pair.substring(0, colon);
    var given = digest(pair.substring(colon + 1));
    return MessageDigest.isEqual(expected(principal), given)
        ? Optional.of(principal)
        : Optional.empty();
  }

  /** What the digest of a secret is compared with, of the same length for everybody. */
  byte[] expected(String principal) {
    return digests.getOrDefault(principal, nobody);
  }

  /** Empty for what is none. */
  private static String decoded(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return "";
    }
    try {
      var base64 = authorization.substring(SCHEME.length()).strip();
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException garbage) {
      return "";
    }
  }

  private byte[] digest(String secret) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static byte[] random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
