package io.proffer.api.http;

import java.util.Set;

/** What is said of a request that may have been carried out, and of which no answer came. */
public final class Outcome {
  /** Beside a 503: that the call may have been carried out. */
  private static final String HEADER = "X-Proffer-Outcome";

  /** What may be asked again, whatever became of it. */
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private Outcome() {}

  /**
   * Whoever asks again may have a call carried out twice, so only a read is told to. The status is
   * 503 for both: frameworks of the reference take any other for the end of their run.
   *
   * @param method of the request
   * @param why no answer came
   * @param retryAfterSeconds when a read may come again
   */
  public static Answer unknown(String method, String why, int retryAfterSeconds) {
    return READS.contains(method)
        ? Answer.unavailable(why, retryAfterSeconds)
        : Answer.text(503, why + ": the call may or may not have been carried out")
            .with(HEADER, "unknown");
  }
}
