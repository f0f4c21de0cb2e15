package io.proffer.api.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.Flags;
import io.proffer.api.flags.WrongFlagException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String DOCUMENT =
      """
      {"limits": [{"principal": "slow", "qps": 1, "capacity": 2}, {"principal": "free"}],
       "aggregate_default_qps": 3}
      """;

  private final AtomicLong now = new AtomicLong();

  /** How many of a hundred requests at one moment pass. */
  @ParameterizedTest
  @CsvSource({
    "true,  slow,  2",
    "false, slow,  2",
    "true,  free,  100",
    "false, free,  100",
    "true,  other, 3",
    "true,  '',    3",
    "false, other, 8",
    "false, '',    8",
  })
  void eachHasTheLimitThatIsItsOwn(boolean framework, String principal, int passed) {
    var limits = limits(Map.of("max_requests_per_second", "4"), Optional.of(DOCUMENT));
    assertEquals(passed, passed(limits, client(framework, principal, "1.2.3.4")));
  }

  @Test
  void nobodyIsLimitedWhereNoFlagSaysSo() {
    assertTrue(flags(Map.of()).limits(Optional.empty(), now::get).isEmpty());
    var free = Optional.of("{\"limits\": [{\"principal\": \"free\"}]}");
    assertTrue(flags(Map.of()).limits(free, now::get).isEmpty());
  }

  @Test
  void callsAndReadsOfOnePrincipalAreCountedApart() {
    var limits = limits(Map.of("max_requests_per_second", "4"), Optional.of(DOCUMENT));
    assertEquals(2, passed(limits, client(false, "slow", "a")));
    assertEquals(2, passed(limits, client(true, "slow", "a")));
    assertEquals(0, passed(limits, client(true, "slow", "b")));
  }

  @Test
  void frameworksThatAreNotListedShareOneLimit() {
    var limits = limits(Map.of(), Optional.of(DOCUMENT));
    assertEquals(3, passed(limits, client(true, "one", "a")));
    assertEquals(0, passed(limits, client(true, "two", "b")));
    assertEquals(0, passed(limits, client(true, "", "c")));
    assertEquals(100, passed(limits, client(false, "", "c")));
  }

  @Test
  void noPrincipalPassesForTheAddressOfAnother() {
    var limits = limits(Map.of("max_requests_per_second", "1"), Optional.empty());
    assertEquals(2, passed(limits, client(false, "1.2.3.4", "a")));
    assertEquals(2, passed(limits, client(false, "", "1.2.3.4")));
  }

  @Test
  void strangersFillNoMoreThanTheirTableAndThenShareALimit() {
    var limits =
        limits(
            Map.of("max_requests_per_second", "1", "max_limited_clients", "50"), Optional.empty());
    for (var i = 0; i < 50; i++) {
      assertEquals(2, passed(limits, client(false, "", "early" + i)));
    }
    var late = 0;
    for (var i = 0; i < 100_000; i++) {
      late += ask(limits, client(false, "", "late" + i)) ? 1 : 0;
    }
    assertEquals(2, late);
    assertEquals(50, limits.clients());
    assertEquals(Map.of("(none)", 50L * 98 + 99_998), limits.refused());
  }

  @Test
  void whoHasRestedMakesRoomForOthers() {
    var limits =
        limits(
            Map.of("max_requests_per_second", "1", "max_limited_clients", "3"), Optional.empty());
    for (var i = 0; i < 3; i++) {
      assertEquals(2, passed(limits, client(false, "", "early" + i)));
    }
    now.addAndGet(2 * SECOND);
    assertEquals(2, passed(limits, client(false, "", "new")));
    assertEquals(3, limits.clients());
    assertEquals(2, passed(limits, client(false, "", "early2")), "was not forgotten");
  }

  @Test
  void aRefusalSaysWhatIsAllowedAndWhenToComeAgain() {
    var limits =
        limits(
            Map.of("max_requests_per_second", "4", "max_request_burst", "1"),
            Optional.of(
                "{\"limits\": [{\"principal\": \"slow\", \"qps\": 0.1}],"
                    + " \"aggregate_default_qps\": 2.5}"));
    assertEquals(
        "Too many requests of 1.2.3.4: expecting at most 4 a second, 1 at once (--max_requests_per_second). Send it again after 1 s, with longer pauses or fewer connections, or ask the operator for a higher limit",
        second(limits, client(false, "", "1.2.3.4")).sentence());
    var slow = second(limits, client(true, "slow", "a"));
    assertTrue(slow.sentence().startsWith("Too many requests of principal 'slow': "));
    assertTrue(slow.sentence().contains("0.1 a second, 1 at once (--rate_limits)"));
    assertEquals(10, slow.seconds());
    passed(limits, client(true, "x", "a"));
    assertTrue(
        second(limits, client(true, "y", "a"))
            .sentence()
            .startsWith("Too many requests of all frameworks that --rate_limits does not list: "));
  }

  @Test
  void thereAreNeverMoreRowsThanAHundred() {
    var limits = limits(Map.of("max_requests_per_second", "1"), Optional.empty());
    for (var i = 0; i < 1000; i++) {
      passed(limits, client(false, "p" + i, "a"));
    }
    assertEquals(100, limits.refused().size());
    assertEquals(901L * 98, limits.refused().get("(other)"));
  }

  @Test
  void theDocumentMayBeInAFile(@TempDir Path directory) throws Exception {
    var file = Files.writeString(directory.resolve("limits"), DOCUMENT);
    for (var given : new String[] {file.toString(), "file://" + file}) {
      assertEquals(2, passed(limits(Map.of(), Optional.of(given)), client(true, "slow", "a")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/no/such/file",
        "\0",
        "{",
        "{\"limits\": [{\"qps\": 1}]}",
        "{\"limits\": [{\"principal\": \"p\", \"qps\": 0}]}",
        "{\"limits\": [{\"principal\": \"p\", \"qps\": -1}]}",
        "{\"limits\": [{\"principal\": \"p\"}, {\"principal\": \"p\", \"qps\": 1}]}",
        "{\"aggregate_default_qps\": 0}",
      })
  void aWrongDocumentIsToldByItsFlag(String document) {
    var wrong =
        assertThrows(
            WrongFlagException.class, () -> limits(Map.of(), Optional.of(document)).clients());
    assertTrue(
        wrong.getMessage().startsWith("Invalid value for option '--rate_limits': Expected {"),
        wrong.getMessage());
  }

  @Test
  void aBurstOfNothingIsToldByItsFlag() {
    var wrong =
        assertThrows(
            WrongFlagException.class,
            () -> limits(Map.of("max_request_burst", "3"), Optional.empty()).clients());
    assertEquals("--max_request_burst", wrong.flag());
  }

  private RequestLimits limits(Map<String, String> flags, Optional<String> document) {
    return flags(flags).limits(document, now::get).orElseThrow();
  }

  private static LimitFlags flags(Map<String, String> flags) {
    return Flags.fill(new LimitFlags(), flags);
  }

  private static RequestLimits.Client client(boolean framework, String principal, String address) {
    return new RequestLimits.Client(
        framework, Optional.of(principal).filter(who -> !who.isEmpty()), address);
  }

  private static RequestLimits.Refusal second(RequestLimits limits, RequestLimits.Client client) {
    ask(limits, client);
    return limits.ask(client).orElseThrow();
  }

  private static boolean ask(RequestLimits limits, RequestLimits.Client client) {
    return limits.ask(client).isEmpty();
  }

  private static int passed(RequestLimits limits, RequestLimits.Client client) {
    var passed = 0;
    for (var i = 0; i < 100; i++) {
      passed += ask(limits, client) ? 1 : 0;
    }
    return passed;
  }
}
