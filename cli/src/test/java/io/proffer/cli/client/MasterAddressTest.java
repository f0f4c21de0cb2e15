package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterAddressTest {
  @Test
  void hostAndPortAreReadInTheFormsPeopleWrite() {
    assertEquals(new MasterAddress("h", 1), MasterAddress.parse("h:1"));
    assertEquals(new MasterAddress("h", 5050), MasterAddress.parse("h"));
    assertEquals(
        "http://h:1/x", MasterAddress.parse("http://h:1/").orElse(true).uri("/x").toString());
    assertEquals(
        "https://h:1/x", MasterAddress.parse("https://h:1").orElse(false).uri("/x").toString());
    assertEquals("https://h:1/x", MasterAddress.parse("h:1").orElse(true).uri("/x").toString());
    assertEquals("http://h:1/x", MasterAddress.parse("h:1").uri("/x").toString());
    assertEquals(new MasterAddress("[::1]", 1), MasterAddress.parse("[::1]:1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":1", "h:0", "h:65536", "h:x", "zk://h/mesos", "a b", "u:p@h:1"})
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> MasterAddress.parse(text));
  }
}
