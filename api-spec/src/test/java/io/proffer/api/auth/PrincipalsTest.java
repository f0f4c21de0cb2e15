package io.proffer.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrincipalsTest {
  private final Principals principals =
      new Principals(
          List.of(new Credential("alice", "wonder"), new Credential("zoë", "pass:wörd")));

  @Test
  void whoShowsTheSecretIsKnown() {
    assertEquals(Optional.of("alice"), principals.of(basic("alice:wonder")));
    assertEquals(Optional.of("zoë"), principals.of(new Credential("zoë", "pass:wörd").basic()));
    assertEquals(Optional.of("alice"), principals.of("bAsIc  " + base64("alice:wonder") + " "));
  }

  @Test
  void nobodyElseIs() {
    for (var pair :
        List.of(
            "alice:wonderland",
            "alice:wonde",
            "alice:",
            "alice",
            "Alice:wonder",
            "bob:wonder",
            ":wonder",
            ":",
            "",
            "alice:wonder:")) {
      assertEquals(Optional.empty(), principals.of(basic(pair)), pair);
    }
    for (var header :
        List.of(
            "",
            "Basic",
            "Basic ",
            "Basic !!!",
            "Bearer " + base64("alice:wonder"),
            "alice:wonder",
            base64("alice:wonder"),
            "Basic" + base64("alice:wonder"))) {
      assertEquals(Optional.empty(), principals.of(header), header);
    }
  }

  @Test
  void noTextHasTheSecretInIt() {
    assertFalse(new Credential("alice", "wonder").toString().contains("wonder"));
  }

  private static String basic(String pair) {
    return "Basic " + base64(pair);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
