package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Agents with several disks under quota: they are drawn anew only as long as another draw could
 * give anything else, and only for whom that is so.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DisksTest {
  private final DrfAllocator allocator = new DrfAllocator(AllocatorSettings.defaults());
  private final Driver driver = new Driver(allocator);

  private void quota(String role, String guarantees, String limits) {
    driver.tell(List.of(new RoleEvent.QuotasSet(List.of(Rows.quota(role, guarantees, limits)))));
  }

  private void frameworks(String role, int count) {
    var events = new ArrayList<Event>();
    for (int i = 0; i < count; i++) {
      events.add(new FrameworkEvent.Added(Rows.framework(role + "-" + i, role)));
    }
    driver.tell(events);
  }

  private void agents(int count) {
    agents(count, "cpus:4;mem:1024;disk:100");
  }

  private void agents(int count, String resources) {
    var total = Rows.resources(resources).plus(Pieces.mount("data", 60));
    var events = new ArrayList<Event>();
    for (int i = 0; i < count; i++) {
      events.add(new AgentEvent.Registered(Rows.agent("s" + i, total, AgentInfo.newBuilder())));
    }
    driver.tell(events);
  }

  /** Whatever is offered in so many seconds is refused for long. */
  private void refuseAll(int seconds) {
    for (int i = 0; i < seconds; i++) {
      refuse(driver.run());
      driver.pass(Duration.ofSeconds(1));
    }
  }

  private void refuse(List<Offer> offers) {
    driver.tell(
        offers.stream().map(o -> Driver.unused(o, o.resources(), Duration.ofDays(300))).toList());
  }

  private boolean rests() {
    // Refusals end some day; nothing else is awaited.
    var next = allocator.nextDeadlineNanos();
    return next.isEmpty() || next.getAsLong() > Duration.ofDays(100).toNanos();
  }

  @Test
  void aLimitOfSomethingElseDrawsNoDisks() {
    quota("r", "", "cpus:1;mem:64");
    frameworks("r", 5);
    agents(10);

    refuseAll(80);

    assertTrue(rests());
  }

  @Test
  void whatIsKeptForOthersOfSomethingElseDrawsNoDisks() {
    quota("q", "cpus:39", "");
    frameworks("r", 5);
    agents(10);

    refuseAll(80);

    assertTrue(rests());
  }

  @Test
  void whereNoDiskMayBeHadNoneIsDrawn() {
    quota("r", "", "disk:0");
    frameworks("r", 5);
    agents(10);

    refuseAll(80);

    assertTrue(rests());
  }

  @Test
  void anotherDrawMayGiveAnotherDisk() {
    quota("r", "", "disk:60");
    frameworks("r", 1);
    agents(1);

    var first = driver.run();
    refuse(first);
    List<Offer> other = List.of();
    for (int i = 0; i < 100 && other.isEmpty(); i++) {
      driver.pass(Duration.ofSeconds(1));
      other = driver.run();
    }

    assertEquals(60_000, first.getFirst().resources().thousandths("disk"));
    assertEquals(60_000, other.getFirst().resources().thousandths("disk"));
  }

  @Test
  void itIsDrawnForThoseOnlyWhoCouldGetAnotherOne() {
    quota("r", "", "disk:60");
    // Nobody else may have GPUs: they would be asked for nothing.
    frameworks("o", 500);
    var gpus = Rows.info(FrameworkInfo.Capability.Type.GPU_RESOURCES);
    var row = Rows.framework("r-0", gpus, List.of("r"), List.of());
    driver.tell(List.of(new FrameworkEvent.Added(row)));
    agents(10, "cpus:4;mem:1024;gpus:1;disk:100");
    // Both draws of each are refused by then.
    refuseAll(100);

    driver.resetClock();
    refuseAll(5);

    assertTrue(driver.slices() <= 5, () -> driver.slices() + " slices");
  }
}
