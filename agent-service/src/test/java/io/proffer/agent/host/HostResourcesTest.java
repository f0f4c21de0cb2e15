package io.proffer.agent.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.resource.Resources;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostResourcesTest {
  private static String detected(long memMb, Optional<Long> diskMb, String text) {
    var resources = new HostResources(8, memMb, diskMb).with(Resources.parse(text, "*"), "*");
    return Resources.of(resources).toString();
  }

  @Test
  void whatIsNotNamedIsDetected() {
    assertEquals(
        "cpus:8; mem:15360; disk:97280; ports:[31000-32000]",
        detected(16 * 1024, Optional.of(100 * 1024L), ""));
    assertEquals(
        "cpus:2; ports:[1-2]; mem:15360; disk:97280",
        detected(16 * 1024, Optional.of(100 * 1024L), "cpus:2;ports:[1-2]"));
  }

  @Test
  void ofLittleHalfIsLeft() {
    assertEquals(
        "cpus:8; mem:512; disk:4096; ports:[31000-32000]",
        detected(1024, Optional.of(8 * 1024L), ""));
  }

  @Test
  void aDiskThatCannotBeMeasuredCountsAsTenGigabytes() {
    assertEquals(
        "cpus:8; mem:1024; disk:10240; ports:[31000-32000]", detected(2048, Optional.empty(), ""));
  }

  @Test
  void aReservedResourceIsNamedToo() {
    assertEquals(
        "cpus(reservations: [(STATIC,r)]):2; mem:1024; disk:10240; ports:[31000-32000]",
        detected(2048, Optional.empty(), "cpus(r):2"));
  }
}
