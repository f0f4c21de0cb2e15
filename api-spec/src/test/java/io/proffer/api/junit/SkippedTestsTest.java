package io.proffer.api.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

final class SkippedTestsTest {
  /** Run by the test below alone: nested classes are none of the build's tests. */
  static final class Sample {
    @Test
    void runs() {
      assertTrue(true);
    }

    @Test
    void wantsMore() {
      assumeTrue(false, "this host has no moon");
    }

    @Test
    @Disabled("until the moon is back")
    void isOff() {}
  }

  @Test
  void eachReasonIsALineAndWhatRanIsNone() {
    var console = new ByteArrayOutputStream();
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(Sample.class))
            .build();
    var alone = LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    LauncherFactory.create(alone)
        .execute(request, new SkippedTests(new PrintStream(console, true, StandardCharsets.UTF_8)));
    assertEquals(
        """
        Skipped isOff(): until the moon is back
        Skipped wantsMore(): Assumption failed: this host has no moon
        """,
        console
            .toString(StandardCharsets.UTF_8)
            .lines()
            .sorted()
            .reduce("", (a, b) -> a + b + "\n"));
  }

  @Test
  void whoeverRunsTestsFindsIt() {
    assertTrue(
        ServiceLoader.load(TestExecutionListener.class).stream()
            .anyMatch(found -> found.type() == SkippedTests.class));
  }
}
