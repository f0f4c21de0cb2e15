package io.proffer.api.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.proffer.api.flags.WrongFlagException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the tokens of executors, and knows them again: JSON Web Tokens (RFC 7519) with HS256 and
 * nothing else (lifecycle, section 10). A token is made from its claims and the key alone, so
 * nothing is kept of it, and a restarted agent with the same key knows those of before.
 *
 * <p>The signature is looked at first, as text and in constant time; what is not signed with this
 * key is never parsed.
 */
public final class TokenKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String SCHEME = "bearer ";
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  /** What HS256 asks for: as many bytes as a digest has. */
  private static final int ADVISED_BYTES = 32;

  /** Three ids, of which frameworks choose two. */
  private static final int LONGEST_TOKEN = 8192;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final SecretKeySpec key;
  private final List<String> warnings;

  private TokenKey(byte[] key, List<String> warnings) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.warnings = List.copyOf(warnings);
  }

  /** Tokens with this key. */
  public static TokenKey of(byte[] key) {
    return new TokenKey(key, List.of());
  }

  /**
   * Reads the key: all bytes of the file, as they are.
   *
   * @param flag with its dashes
   * @throws WrongFlagException when it cannot be used
   */
  public static TokenKey open(String flag, Path file) {
    try {
      var bytes = Files.readAllBytes(file);
      if (bytes.length == 0) {
        throw new WrongFlagException(
            flag, "Expected a file with a key, but '" + file + "' is empty");
      }
      var warnings = new ArrayList<String>();
      if (bytes.length < ADVISED_BYTES) {
        warnings.add(
            "The key in %s=%s has %d bytes: with fewer than %d it may be guessed. Make another with 'head -c 32 /dev/urandom'"
                .formatted(flag, file, bytes.length, ADVISED_BYTES));
      }
      Privacy.warning(flag, file).ifPresent(warnings::add);
      return new TokenKey(bytes, warnings);
    } catch (IOException unreadable) {
      throw new WrongFlagException(
          flag,
          "Expected the path of a file with a key, but '%s' cannot be read: does it exist, and may this process read it?"
              .formatted(file),
          unreadable);
    }
  }

  /** What the operator should know of the key. */
  public List<String> warnings() {
    return warnings;
  }

  /** The token of one run of an executor. */
  public String sign(ExecutorClaims claims) {
    var signed = part(HEADER.getBytes(StandardCharsets.UTF_8)) + "." + part(payload(claims));
    return signed + "." + signature(signed);
  }

  /**
   * What an {@code Authorization} header proves; empty for another scheme than Bearer, for what was
   * signed with another key or in another way, and for tokens out of their time.
   */
  public Optional<ExecutorClaims> verify(String authorization, Instant now) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || authorization.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    var token = authorization.substring(SCHEME.length());
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    var expected = signature(parts[0] + "." + parts[1]);
    if (!MessageDigest.isEqual(ascii(expected), ascii(parts[2]))) {
      return Optional.empty();
    }
    return members(parts[0])
        .filter(header -> "HS256".equals(header.get("alg")) && !header.containsKey("crit"))
        .flatMap(header -> members(parts[1]))
        .filter(payload -> isInTime(payload, now))
        .flatMap(TokenKey::claims);
  }

  private static boolean isInTime(Map<String, Object> payload, Instant now) {
    double seconds = now.toEpochMilli() / 1000.0;
    var isOver =
        payload.containsKey("exp") && !(payload.get("exp") instanceof Double end && seconds < end);
    var isEarly =
        payload.containsKey("nbf")
            && !(payload.get("nbf") instanceof Double start && seconds >= start);
    return !isOver && !isEarly;
  }

  private static Optional<ExecutorClaims> claims(Map<String, Object> payload) {
    return payload.get("fid") instanceof String framework
            && payload.get("eid") instanceof String executor
            && payload.get("cid") instanceof String container
        ? Optional.of(new ExecutorClaims(framework, executor, container))
        : Optional.empty();
  }

  private static byte[] payload(ExecutorClaims claims) {
    var out = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("cid", claims.container());
      json.writeStringField("eid", claims.executor());
      json.writeStringField("fid", claims.framework());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new IllegalStateException("memory can be written to", impossible);
    }
    return out.toByteArray();
  }

  /** The members of a JSON object: strings, numbers as doubles, others as null. */
  private static Optional<Map<String, Object>> members(String part) {
    try (var in = JSON.createParser(Base64.getUrlDecoder().decode(part))) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      var members = new TreeMap<String, Object>();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        var name = in.currentName();
        switch (in.nextToken()) {
          case VALUE_STRING -> members.put(name, in.getText());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> members.put(name, in.getDoubleValue());
          case null, default -> {
            members.put(name, Optional.empty());
            in.skipChildren();
          }
        }
      }
      return in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null
          ? Optional.of(members)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException garbage) {
      return Optional.empty();
    }
  }

  private String signature(String signed) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return part(mac.doFinal(ascii(signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static String part(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
