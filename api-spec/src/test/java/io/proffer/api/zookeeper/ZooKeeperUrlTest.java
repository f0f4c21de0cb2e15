package io.proffer.api.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooKeeperUrlTest {
  @Test
  void serversPathAndCredentialsAreReadInTheFormsPeopleWrite() {
    assertEquals(
        new ZooKeeperUrl(List.of("a:1", "b:2181", "10.0.0.3:3"), "/x/y", Optional.empty()),
        ZooKeeperUrl.parse("zk://a:1,b,10.0.0.3:3/x/y"));
    assertEquals(List.of("[::1]:2181"), ZooKeeperUrl.parse("zk://[::1]/x").servers());
    assertEquals(List.of("[::1]:7"), ZooKeeperUrl.parse("zk://[::1]:7/x").servers());
    assertEquals(List.of("a:1", "b:2"), ZooKeeperUrl.parse("zk://a:1, b:2/x").servers());
    assertEquals("/x", ZooKeeperUrl.parse("zk://a/x//").path());
  }

  @ParameterizedTest
  @CsvSource({
    "zk://user:secret@a:1/x, user:secret",
    "zk://user:se@cr:et@a:1/x, user:se@cr:et",
    "zk://user:@a:1/x, user:",
  })
  void thePasswordIsAllBetweenTheFirstColonAndTheLastAt(String text, String credentials) {
    assertEquals(Optional.of(credentials), ZooKeeperUrl.parse(text).credentials());
    assertEquals("a:1", ZooKeeperUrl.parse(text).connectString());
  }

  @Test
  void itIsShownWithoutThePassword() {
    var text = ZooKeeperUrl.parse("zk://user:secret@a:1,b:2/x").toString();
    assertEquals("zk://user:***@a:1,b:2/x", text);
    assertEquals("zk://a:1,b:2/x", ZooKeeperUrl.parse("zk://a:1,b:2/x").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://a:1/x        | it does not begin with zk://
          zk:/a:1/x           | it does not begin with zk://
          ''                  | it does not begin with zk://
          zk://               | there is no path after the servers
          zk://a:1            | there is no path after the servers
          zk://a:1/           | the path is the root; a cluster wants a path of its own
          zk://a:1//          | the path is the root
          zk:///x             | '' is no host name or address
          zk://a:1,/x         | '' is no host name or address
          zk://a b:1/x        | 'a b' is no host name or address
          zk://::1:2181/x     | '::1' is no host name or address
          zk://:2181/x        | '' is no host name or address
          zk://a:/x           | the server 'a:' has no port between 1 and 65535
          zk://a:0/x          | the server 'a:0' has no port between 1 and 65535
          zk://a:65536/x      | the server 'a:65536' has no port between 1 and 65535
          zk://a:99999999999/x| has no port between 1 and 65535
          zk://a:+1/x         | the server 'a:+1' has no port between 1 and 65535
          zk://a:x/x          | the server 'a:x' has no port between 1 and 65535
          zk://a:1/x//y       | '/x//y' is no path of ZooKeeper
          zk://a:1/x/../y     | '/x/../y' is no path of ZooKeeper
          zk://a:1/.          | '/.' is no path of ZooKeeper
          zk://secret@a:1/x   | what stands before the @ is not user:password
          zk://:secret@a:1/x  | what stands before the @ is not user:password
          zk://@a:1/x         | what stands before the @ is not user:password
          """)
  void eachTypoGetsItsSentence(String text, String sentence) {
    var refusal = refusal(text);
    assertTrue(refusal.startsWith("Expected a URL like zk://host1:2181,"), refusal);
    assertTrue(refusal.contains(", but " + sentence) || refusal.contains(sentence), refusal);
    assertFalse(refusal.contains("secret"), refusal);
  }

  /** Also where it is cut into something else by a slash or an at of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "zk://user:se/cret@a:1/x",
        "zk://user:/secret@a:1/x",
        "zk://user:2181/secret@a:1/x",
        "zk://user:secret@a:1",
        "zk://user:secret@/x",
        "zk://user:secret@a:0/x",
        "zk://user:secret@a b/x",
        "zk://user:secret@a:1/x//y",
        "zk://user:secret@a:1/",
        "ZK://user:secret@a:1/x",
      })
  void aPasswordIsInNoRefusal(String text) {
    var refusal = refusal(text);
    assertFalse(refusal.contains("cret"), refusal);
  }

  @Test
  void aUrlIsMeantByItsSchemeAlone() {
    assertTrue(ZooKeeperUrl.isMeantBy("zk://"));
    assertFalse(ZooKeeperUrl.isMeantBy("zk:5050"));
    assertFalse(ZooKeeperUrl.isMeantBy("file://zk://a/x"));
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> ZooKeeperUrl.parse(text))
        .getMessage();
  }
}
