package io.proffer.cli.bench;

import io.proffer.cli.bench.read.Get;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** Reads {@code /state}: for the first time, again, packed, and as one who has it already. */
final class StateReads {
  /** So many that the median is not of the first few, during which code is still compiled. */
  private static final int AGAIN = 21;

  private static final double MB = 1024 * 1024;

  private final InetSocketAddress master;
  private final Duration limit;
  private final Figures figures;

  StateReads(InetSocketAddress master, Duration limit, Figures figures) {
    this.master = master;
    this.limit = limit;
    this.figures = figures;
  }

  /**
   * Reads, and adds the figures.
   *
   * @throws BenchException when an answer does not come, or is another than it should be
   */
  void measure() throws BenchException {
    var first = get(false, Optional.empty());
    figures.add("first /state", first.seconds(), "s");
    figures.add("size of /state", first.bytes() / MB, "MB");
    again("/state again", false, Optional.empty());
    var packed = get(true, Optional.empty());
    figures.add("first /state with gzip", packed.seconds(), "s");
    figures.add("size of /state with gzip", packed.bytes() / MB, "MB");
    again("/state with gzip again", true, Optional.empty());
    again("/state as one who has it", false, get(false, Optional.empty()).tag());
  }

  /** The median, and how many of them found nothing new. */
  private void again(String name, boolean packed, Optional<String> known) throws BenchException {
    var times = new ArrayList<Double>();
    var unchanged = 0;
    for (var i = 0; i < AGAIN; i++) {
      var before = known.isPresent() ? known : get(packed, Optional.empty()).tag();
      var answer = get(packed, known);
      if (answer.status() == (known.isPresent() ? 304 : 200) && answer.tag().equals(before)) {
        unchanged++;
        times.add(answer.seconds());
      }
    }
    if (times.isEmpty()) {
      throw new BenchException(name + ": the cluster changed between all reads");
    }
    times.sort(null);
    figures.add(name + ", unchanged", 1e3 * times.get(times.size() / 2), "ms");
    figures.add(name + ", of so many", unchanged, "");
  }

  private Get get(boolean packed, Optional<String> known) throws BenchException {
    try {
      var answer = Get.of(master, "/state", packed, known, limit);
      if (answer.status() != 200 && answer.status() != 304) {
        throw new BenchException("/state was answered with " + answer.status());
      }
      return answer;
    } catch (IOException e) {
      throw new BenchException("/state could not be read: " + e.getMessage());
    }
  }
}
