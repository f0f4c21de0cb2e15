package io.proffer.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a check takes tells neither who is known nor how much of a secret was right. */
@Timeout(120)
class CheckTimeTest {
  private static final String SECRET = "0123456789abcdef".repeat(4);
  private static final int PRINCIPALS = 1_000;
  private static final int BATCH = 50;
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 400;
  private static final int TRIES = 3;

  private final Principals principals =
      new Principals(
          IntStream.range(0, PRINCIPALS)
              .mapToObj(i -> new Credential("principal-" + i, SECRET + i))
              .toList());

  /** All pairs are equally long, so that only what is compared differs. */
  private static final Map<String, Credential> SHOWN = new LinkedHashMap<>();

  static {
    SHOWN.put("right", new Credential("principal-500", SECRET + "500"));
    SHOWN.put("wrong", new Credential("principal-500", "f".repeat(SECRET.length()) + "xyz"));
    SHOWN.put("unknown principal", new Credential("principal-abc", SECRET + "500"));
    SHOWN.put("almost right", new Credential("principal-500", SECRET + "50x"));
  }

  @Test
  void itIsTheSameForAll() {
    for (var shown : SHOWN.entrySet()) {
      assertEquals(
          shown.getKey().equals("right"),
          principals.of(shown.getValue().basic()).isPresent(),
          shown.getKey());
    }
    var seen = new ArrayList<String>();
    for (var i = 0; i < TRIES; i++) {
      var medians = medians();
      if (medians[medians.length - 1] <= 2 * medians[0]) {
        return;
      }
      seen.add(Arrays.toString(medians));
    }
    fail("of the medians, in ns, one is more than twice another, each time: " + seen);
  }

  /** In ascending order. Batches take turns, so that what else the machine does meets them all. */
  private long[] medians() {
    var headers = SHOWN.values().stream().map(Credential::basic).toList();
    var times = new long[headers.size()][ROUNDS];
    for (var round = -WARM_UP; round < ROUNDS; round++) {
      for (var kind = 0; kind < headers.size(); kind++) {
        var time = batch(headers.get(kind));
        if (round >= 0) {
          times[kind][round] = time;
        }
      }
    }
    return Arrays.stream(times).mapToLong(CheckTimeTest::median).sorted().toArray();
  }

  private static long median(long[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private long batch(String header) {
    var known = 0;
    var start = System.nanoTime();
    for (var i = 0; i < BATCH; i++) {
      known += principals.of(header).isPresent() ? 1 : 0;
    }
    var time = System.nanoTime() - start;
    assertTrue(known == 0 || known == BATCH);
    return time;
  }

  /** What time alone would not show: a comparison with nothing, or with something shorter. */
  @Test
  void whoIsUnknownIsComparedWithAsMuch() {
    var known = principals.expected("principal-7");
    var unknown = principals.expected("nobody");
    assertEquals(known.length, unknown.length);
    assertFalse(MessageDigest.isEqual(known, unknown));
    assertFalse(Arrays.equals(new byte[unknown.length], unknown), "an empty one could be met");
    var others = new Principals(List.of());
    assertEquals(known.length, others.expected("nobody").length);
    assertFalse(Arrays.equals(unknown, others.expected("nobody")), "the same in every process");
  }
}
