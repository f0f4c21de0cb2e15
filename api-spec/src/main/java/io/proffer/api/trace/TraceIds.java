package io.proffer.api.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The names of a trace and of its spans, made of the ids of the task alone: so master and agent,
 * which say nothing of traces to each other, find the same ones.
 */
final class TraceIds {
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  private TraceIds() {}

  /** 32 hexadecimal digits. */
  static String trace(Trip.Task task) {
    return hash(TRACE_BYTES, task.framework(), task.id());
  }

  /** 16 hexadecimal digits, for a span of that name. */
  static String span(Trip.Task task, String service, String name) {
    return hash(SPAN_BYTES, task.framework(), task.id(), service, name);
  }

  /** Each part with its end marked, lest two ids become one by where they are cut. */
  private static String hash(int bytes, String... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
