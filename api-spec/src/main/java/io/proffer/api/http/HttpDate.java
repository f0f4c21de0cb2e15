package io.proffer.api.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} header, worded once a second. */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final class Cache {
    /** A benign race: two threads may word the same second. */
    private static volatile Worded last = new Worded(0, "");
  }

  private record Worded(long second, String text) {}

  private HttpDate() {}

  static String now() {
    var second = Math.floorDiv(System.currentTimeMillis(), 1000L);
    var worded = Cache.last;
    if (worded.second() != second) {
      worded = new Worded(second, FORMAT.format(Instant.ofEpochSecond(second)));
      Cache.last = worded;
    }
    return worded.text();
  }
}
