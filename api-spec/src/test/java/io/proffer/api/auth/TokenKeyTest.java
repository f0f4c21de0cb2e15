package io.proffer.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenKeyTest {
  private static final byte[] SECRET =
      "a key of thirty-two bytes or more".getBytes(StandardCharsets.UTF_8);
  private static final TokenKey KEY = TokenKey.of(SECRET);
  private static final ExecutorClaims CLAIMS = new ExecutorClaims("f-0001", "e \"1\" é", "c-1");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final String PAYLOAD = "{\"cid\":\"c\",\"eid\":\"e\",\"fid\":\"f\"}";

  @Test
  void aTokenProvesItsClaims() {
    assertEquals(Optional.of(CLAIMS), KEY.verify("Bearer " + KEY.sign(CLAIMS), NOW));
    assertEquals(Optional.of(CLAIMS), KEY.verify("bearer " + KEY.sign(CLAIMS), NOW));
    assertEquals(KEY.sign(CLAIMS), TokenKey.of(SECRET).sign(CLAIMS), "after a restart too");
  }

  @Test
  void itHasTheFormThatOthersRead() throws Exception {
    var parts = KEY.sign(new ExecutorClaims("f", "e", "c")).split("\\.", -1);
    assertEquals(HS256, decoded(parts[0]));
    assertEquals(PAYLOAD, decoded(parts[1]));
    assertEquals(mac(SECRET, "HmacSHA256", parts[0] + "." + parts[1]), parts[2]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"alg":"HS256"}                       | {"cid":"c","eid":"e","fid":"f"}                 | true
          {"alg":"HS256","typ":"JWT","kid":"1"} | {"cid":"c","eid":"e","fid":"f","iss":["x"]}     | true
          {"alg":"HS256"}                       | {"cid":"c","eid":"e","fid":"f","exp":1767225601} | true
          {"alg":"HS256"}                       | {"cid":"c","eid":"e","fid":"f","exp":1767225600} | false
          {"alg":"HS256"}                       | {"cid":"c","eid":"e","fid":"f","exp":"never"}    | false
          {"alg":"HS256"}                       | {"cid":"c","eid":"e","fid":"f","nbf":1767225601} | false
          {"alg":"none"}                        | {"cid":"c","eid":"e","fid":"f"}                 | false
          {"alg":"hs256"}                       | {"cid":"c","eid":"e","fid":"f"}                 | false
          {"alg":"HS512"}                       | {"cid":"c","eid":"e","fid":"f"}                 | false
          {"alg":["HS256"]}                     | {"cid":"c","eid":"e","fid":"f"}                 | false
          {"typ":"JWT"}                         | {"cid":"c","eid":"e","fid":"f"}                 | false
          {"alg":"none","alg":"HS256"}          | {"cid":"c","eid":"e","fid":"f"}                 | false
          {"alg":"HS256","crit":["b64"]}        | {"cid":"c","eid":"e","fid":"f"}                 | false
          {"alg":"HS256"}                       | {"cid":"c","eid":"e"}                           | false
          {"alg":"HS256"}                       | {"cid":"c","eid":"e","fid":1}                   | false
          {"alg":"HS256"}                       | {"cid":"c","eid":"e","fid":"f"} {}              | false
          {"alg":"HS256"}                       | {"cid":"c","eid":"e","fid":"f"                  | false
          {"alg":"HS256"}                       | ["c","e","f"]                                   | false
          """)
  void evenWhatIsSignedWithTheKeyMustBeAToken(String header, String payload, boolean isOne)
      throws Exception {
    var signed = encoded(header) + "." + encoded(payload);
    var token = signed + "." + mac(SECRET, "HmacSHA256", signed);
    var expected =
        isOne ? Optional.of(new ExecutorClaims("f", "e", "c")) : Optional.<ExecutorClaims>empty();
    assertEquals(expected, KEY.verify("Bearer " + token, NOW));
  }

  @Test
  void whatIsNotSignedWithTheKeyProvesNothing() throws Exception {
    var token = KEY.sign(CLAIMS);
    var parts = token.split("\\.", -1);
    var swapped = KEY.sign(new ExecutorClaims("f-0002", "e", "c-1")).split("\\.", -1);
    refuses(TokenKey.of("another key".getBytes(StandardCharsets.UTF_8)).sign(CLAIMS));
    refuses(parts[0] + "." + swapped[1] + "." + parts[2]);
    refuses(encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".");
    refuses(encoded("{\"alg\":\"none\"}") + "." + parts[1]);
    var sha512 = encoded("{\"alg\":\"HS512\"}") + "." + parts[1];
    refuses(sha512 + "." + mac(SECRET, "HmacSHA512", sha512));
    refuses(token + "=");
    refuses(token + ".");
    refuses("." + token);
    refuses(token + " ");
    refuses(" " + token);
    refuses("");
    refuses("..");
    refuses("x".repeat(100_000));
    for (int length = 0; length < token.length(); length++) {
      refuses(token.substring(0, length));
    }
    assertEquals(Optional.empty(), KEY.verify(token, NOW), "no scheme");
    assertEquals(Optional.empty(), KEY.verify("Basic " + token, NOW));
  }

  /** Of the last character only some bits count: others would be another text for the same. */
  @Test
  void aSignatureHasOneTextOnly() {
    var token = KEY.sign(CLAIMS);
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    var last = token.charAt(token.length() - 1);
    for (int i = 0; i < alphabet.length(); i++) {
      var other = alphabet.charAt(i);
      if (other != last) {
        refuses(token.substring(0, token.length() - 1) + other);
      }
    }
  }

  @Test
  void aKeyThatIsWeakOrOpenIsTakenWithAWarningAndNoneIsShown(@TempDir Path directory)
      throws IOException {
    var file = Files.writeString(directory.resolve("key"), "guess-me");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    var warnings = TokenKey.open("--jwt_secret_key", file).warnings();
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).contains("has 8 bytes"), warnings::toString);
    assertTrue(warnings.get(1).contains("--jwt_secret_key="), warnings::toString);
    assertFalse(warnings.toString().contains("guess-me"));

    Files.write(file, SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertTrue(TokenKey.open("--jwt_secret_key", file).warnings().isEmpty());

    Files.writeString(file, "");
    var empty =
        assertThrows(WrongFlagException.class, () -> TokenKey.open("--jwt_secret_key", file));
    assertTrue(empty.getMessage().contains("is empty"), empty.getMessage());
    var absent = directory.resolve("absent");
    var none =
        assertThrows(WrongFlagException.class, () -> TokenKey.open("--jwt_secret_key", absent));
    assertTrue(none.getMessage().contains("cannot be read"), none.getMessage());
  }

  private static void refuses(String token) {
    assertEquals(Optional.empty(), KEY.verify("Bearer " + token, NOW), token);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String mac(byte[] key, String algorithm, String text)
      throws GeneralSecurityException {
    var mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
