package io.proffer.api.http;

import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.fuzz.FuzzTarget;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Bodies in gzip: unpacked whole within the limit, or refused, and their share is given back. */
public final class PackedBodyTarget implements FuzzTarget {
  private static final int MAX = 64 * 1024;

  private static final HttpLimits LIMITS =
      new HttpLimits(
          MAX, MAX, 4 * MAX, MAX, Duration.ofSeconds(1), 8 * 1024, Duration.ofSeconds(1));

  private final Bodies bodies = new Bodies(LIMITS, new BadRequests(LIMITS));

  @Override
  public void take(byte[] input) {
    var released = new AtomicInteger();
    var result =
        bodies.unpack(MasterEndpoints.OPERATOR, Buffer.buffer(input), released::incrementAndGet);
    switch (result) {
      case Bodies.Result.Whole(var bytes, var unpacked, var release) -> {
        FuzzTarget.check(bytes.length() <= MAX && unpacked, "larger than allowed");
        release.run();
      }
      // Shares that were not given back would refuse all that come later with 503.
      case Bodies.Result.Refused(var answer) ->
          FuzzTarget.check(
              answer.status() == 413 || answer.status() == 500, "answered " + answer.status());
    }
    FuzzTarget.check(released.get() == 1, "the share was given back " + released + " times");
  }

  @Override
  public List<byte[]> seeds() {
    var large = Answers.gzip(Buffer.buffer(new byte[MAX + 1])).getBytes();
    var whole = Answers.gzip(Buffer.buffer(new byte[MAX])).getBytes();
    var small = Answers.gzip(Buffer.buffer("{\"type\":\"GET_HEALTH\"}")).getBytes();
    var twice = new byte[2 * small.length];
    System.arraycopy(small, 0, twice, 0, small.length);
    System.arraycopy(small, 0, twice, small.length, small.length);
    return List.of(large, whole, small, twice, "no gzip".getBytes(StandardCharsets.UTF_8));
  }
}
