package io.proffer.agent.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.WrongFlagException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnnouncementTest {
  @Test
  void theBoundAddressIsAnnouncedUnlessAnotherIsGiven() {
    assertEquals("127.0.0.1", announced("127.0.0.1", Optional.empty()).ip());
    assertEquals("10.1.2.3", announced("127.0.0.1", Optional.of("10.1.2.3")).ip());
  }

  private static Announcement announced(String bound, Optional<String> advertised) {
    return Announcement.of(bound, advertised, Optional.of("name"), true);
  }

  @Test
  void withoutLookupTheNameIsTheAddress() {
    var announcement = Announcement.of("127.0.0.1", Optional.empty(), Optional.empty(), false);
    assertEquals("127.0.0.1", announcement.hostname());
    assertEquals("name", announced("127.0.0.1", Optional.empty()).hostname());
  }

  @Test
  void aWildcardIsNeverAnnounced() {
    assertEquals("10.1.2.3", announced("0.0.0.0", Optional.of("10.1.2.3")).ip());
    assertFalse(announced("0.0.0.0", Optional.of("10.1.2.3")).isLocal("0.0.0.0"));
    assertTrue(announced("127.0.0.1", Optional.empty()).isLocal("127.0.0.1"));
  }

  @Test
  void whatIsNoAddressIsRefusedWithASentence() {
    var refusal =
        assertThrows(WrongFlagException.class, () -> announced("no such host", Optional.empty()));
    assertEquals("--ip", refusal.flag());
    var other =
        assertThrows(
            WrongFlagException.class, () -> announced("127.0.0.1", Optional.of("no such host")));
    assertEquals("--advertise_ip", other.flag());
  }
}
