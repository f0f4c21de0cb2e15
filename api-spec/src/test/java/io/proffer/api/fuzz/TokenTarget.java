package io.proffer.api.fuzz;

import io.proffer.api.auth.ExecutorClaims;
import io.proffer.api.auth.TokenKey;
import io.proffer.api.resource.IdRules;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of executors. Of headers only those with a token of ours prove something, and no other
 * claims than it was made of; whatever a key has signed can be looked at; each run of an executor
 * is known by its token, and by no other key's.
 */
public final class TokenTarget implements FuzzTarget {
  private static final byte[] SECRET = "k".repeat(32).getBytes(StandardCharsets.UTF_8);
  private static final TokenKey KEY = TokenKey.of(SECRET);
  private static final TokenKey OTHER =
      TokenKey.of("o".repeat(32).getBytes(StandardCharsets.UTF_8));
  private static final ExecutorClaims CLAIMS = new ExecutorClaims("f-1", "e \"1\" \u00e9", "c-1");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public void take(byte[] input) throws GeneralSecurityException {
    header(new String(input, StandardCharsets.ISO_8859_1));
    var lines = new String(input, StandardCharsets.UTF_8).split("\n", 3);
    signed(lines[0], lines.length > 1 ? lines[1] : "");
    // Executors with other ids are not launched.
    if (lines.length == 3 && Arrays.stream(lines).noneMatch(id -> IdRules.check(id).isPresent())) {
      run(new ExecutorClaims(lines[0], lines[1], lines[2]));
    }
  }

  private static void header(String shown) {
    var proved = KEY.verify(shown, NOW);
    if (proved.isPresent()) {
      FuzzTarget.check(
          shown.substring("bearer ".length()).equals(KEY.sign(CLAIMS)), "none of ours: " + shown);
      FuzzTarget.check(proved.get().equals(CLAIMS), "other claims than it was made of");
    }
  }

  /** Of a header and claims that are nobody's but the key's, whatever they are. */
  private static void signed(String header, String payload) throws GeneralSecurityException {
    var text = part(header.getBytes(StandardCharsets.UTF_8));
    text += "." + part(payload.getBytes(StandardCharsets.UTF_8));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    var token = text + "." + part(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    var proved = KEY.verify("Bearer " + token, NOW);
    // HS256 has a 2 in it, however it is encoded and escaped.
    FuzzTarget.check(proved.isEmpty() || header.indexOf('2') >= 0, "no algorithm");
    FuzzTarget.check(OTHER.verify("Bearer " + token, NOW).isEmpty(), "any key will do");
  }

  private static void run(ExecutorClaims claims) {
    var token = "Bearer " + KEY.sign(claims);
    FuzzTarget.check(KEY.verify(token, NOW).equals(Optional.of(claims)), "unknown: " + claims);
    FuzzTarget.check(OTHER.verify(token, NOW).isEmpty(), "any key will do");
  }

  private static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public List<byte[]> seeds() {
    var ids = "{\"cid\":\"c\",\"eid\":\"e\",\"fid\":\"f\"";
    var header = "{\"alg\":\"HS256\"}\n";
    return FuzzTarget.texts(
        "Bearer " + KEY.sign(CLAIMS),
        "bEARER " + KEY.sign(CLAIMS),
        "Bearer " + OTHER.sign(CLAIMS),
        "Bearer " + part("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + ".e30.",
        "Bearer ..",
        "Bearer " + ".".repeat(9_000),
        header + ids + "}",
        header + ids + ",\"exp\":1767225601.5,\"nbf\":-1e400}",
        header + ids + ",\"exp\":" + "9".repeat(2_000) + "}",
        header + ids + ",\"exp\":null,\"x\":[{\"fid\":1}]}",
        header + ids + ",\"fid\":\"other\"}",
        header + ids + "} {}",
        header + "[".repeat(2_000),
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}\n" + ids + "}",
        "{\"alg\":[\"HS256\"]}\n" + ids + "}",
        "f-0001\ne \"1\"\nc",
        "\u00e9\"".repeat(85) + "\n" + "\u2028".repeat(85) + "\n" + "\"".repeat(255));
  }
}
