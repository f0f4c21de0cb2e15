package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A line of {@code differences.txt} that agrees fails its suite; one that no suite looks at, here.
 */
final class DifferencesTest {
  @Test
  void everyLineIsAboutARecording() {
    var directory = Golden.directory();
    Assumptions.assumeTrue(directory.isPresent(), "no recorded exchanges at -Dgolden.dir: skipped");
    for (var id : Differences.listed()) {
      assertTrue(Files.exists(directory.get().resolve(id + ".json")), id);
    }
  }
}
