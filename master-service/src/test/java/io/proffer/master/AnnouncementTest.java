package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.Flags;
import io.proffer.api.flags.WrongFlagException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others are told of where a master is. */
class AnnouncementTest {
  @Test
  void theBoundAddressAndPortAreAnnouncedUnlessOthersAreGiven() {
    assertEquals("127.0.0.1:7000", of(Map.of("ip", "127.0.0.1")).authority());
    assertEquals(
        "10.0.0.7:80",
        of(Map.of("ip", "127.0.0.1", "advertise_ip", "10.0.0.7", "advertise_port", "80"))
            .authority());
  }

  @Test
  void aMasterThatListensEverywhereAnnouncesOneAddress() {
    assertFalse(of(Map.of("ip", "0.0.0.0")).ip().isAnyLocalAddress());
  }

  @Test
  void anAddressOfManyDigitsIsBracketedWhereAPortFollows() {
    var announced = of(Map.of("advertise_ip", "fd00::7"));

    assertEquals("[fd00:0:0:0:0:0:0:7]:7000", announced.authority());
    assertEquals("master@[fd00:0:0:0:0:0:0:7]:7000", announced.info("m").getPid());
    assertEquals("fd00:0:0:0:0:0:0:7", announced.info("m").getAddress().getIp());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void allAddressesAreNoAddressToAnnounce(String address) {
    var wrong = assertThrows(WrongFlagException.class, () -> of(Map.of("advertise_ip", address)));

    assertEquals("--advertise_ip", wrong.flag());
    assertTrue(wrong.getMessage().contains("but got '" + address + "'"), wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:2181, 127.0.0.1, true",
    "'127.0.0.1:2181,z2', 127.0.0.1, true",
    "z1, 10.0.0.7, false",
    "'127.0.0.1,localhost:2181,[::1]:2181', 127.0.0.1, false"
  })
  void anAddressThatMeansThisHostAloneIsToldWhereZooKeeperIsElsewhere(
      String servers, String ip, boolean warned) {
    var warnings = warnings(servers, ip, false);
    assertEquals(warned ? 1 : 0, warnings.size(), warnings::toString);
  }

  @Test
  void whoEncryptsIsToldWhatIsInClearAllTheSame() {
    var warnings = warnings("z1", "10.0.0.7", true);
    assertEquals(1, warnings.size(), warnings::toString);
    for (var word : List.of("--zk", "plain TCP", "--zk_ssl", "tunnel")) {
      assertTrue(warnings.getFirst().contains(word), word);
    }
    assertEquals(List.of(), warnings("z1", "10.0.0.7", false));
  }

  @Test
  void whoEncryptsThatTooIsToldNothing() {
    assertEquals(List.of(), warnings("z1", "10.0.0.7", true, Map.of("zk_ssl", "true")));
  }

  private static List<String> warnings(String servers, String ip, boolean encrypted) {
    return warnings(servers, ip, encrypted, Map.of());
  }

  private static List<String> warnings(
      String servers, String ip, boolean encrypted, Map<String, String> more) {
    var flags =
        new TreeMap<>(
            Map.of(
                "hostname_lookup",
                "false",
                "zk",
                "zk://" + servers + "/proffer",
                "advertise_ip",
                ip));
    flags.putAll(more);
    var config = Flags.fill(new MasterConfig(), flags);
    return config.ha().warnings(Announcement.of(config, 5050), encrypted);
  }

  private static Announcement of(Map<String, String> flags) {
    var all = new TreeMap<>(Map.of("hostname_lookup", "false"));
    all.putAll(flags);
    return Announcement.of(Flags.fill(new MasterConfig(), all), 7000);
  }
}
