package io.proffer.master.core.allocator;

import io.proffer.api.id.OfferId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Offer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Figures of the allocator alone, on one thread: agents and frameworks are added, every agent is
 * offered, and each offer is declined for ever, so that the next round goes to somebody else.
 *
 * <p>By hand: {@code ./mvnw -Pbenchmark -DskipTests -pl master-service -am verify}.
 */
final class AllocatorBenchmark {
  private static final long BUDGET = 2_000;
  private static final long YEAR = Duration.ofDays(365).toNanos();

  private final int agents;
  private final int frameworks;
  private final DrfAllocator allocator = new DrfAllocator(AllocatorSettings.defaults());
  private long now = Duration.ofHours(1).toNanos();
  private long turn;
  private long longestSliceNanos;
  private List<Offer> open = new ArrayList<>();

  private AllocatorBenchmark(int agents, int frameworks) {
    this.agents = agents;
    this.frameworks = frameworks;
  }

  /** Prints one line per size. */
  public static void main(String[] args) {
    new AllocatorBenchmark(1_000, 50).measure();
    System.out.println(
        "agents frameworks | add agents ms | first run ms  longest slice ms | round 2..10 ms:"
            + " decline  run | one agent ms | all refused ms | bytes/filter");
    int[][] sizes = {{1_000, 10}, {1_000, 200}, {10_000, 10}, {10_000, 200}, {10_000, 1_000}};
    for (var size : sizes) {
      System.out.println(new AllocatorBenchmark(size[0], size[1]).measure());
    }
  }

  private String measure() {
    for (int i = 0; i < frameworks; i++) {
      var row = Rows.framework(String.format(Locale.ROOT, "m-%04d", i), "role" + i % 20);
      allocator.follow(new FrameworkEvent.Added(row), moment());
    }
    pass();
    run();
    var rows = new ArrayList<Agent>();
    for (int i = 0; i < agents; i++) {
      var id = "00000000-0000-0000-0000-000000000000-S" + i;
      rows.add(Rows.agent(id, "cpus:24;mem:65536;disk:1048576;ports:[31000-32000]"));
    }
    double add = time(() -> addAll(rows));
    pass();
    longestSliceNanos = 0;
    double first = time(this::run);
    double longest = longestSliceNanos / 1e6;
    double decline = 0;
    double again = 0;
    int rounds = Math.min(9, frameworks - 4);
    for (int round = 0; round < rounds; round++) {
      decline += time(this::declineAll) / rounds;
      pass();
      again += time(this::run) / rounds;
    }
    declineAll();
    pass();
    run();
    double one = 0;
    for (int i = 0; i < 20; i++) {
      returned(open.removeLast());
      pass();
      one += time(this::run) / 20;
    }
    String refused = "-";
    String bytes = "-";
    if ((long) agents * frameworks <= 200_000) {
      long before = heap();
      while (!open.isEmpty()) {
        declineAll();
        pass();
        run();
      }
      long filters = (long) agents * (frameworks - 2 - rounds);
      bytes = filters > 100_000 ? String.valueOf((heap() - before) / filters) : "-";
      rows.forEach(row -> allocator.follow(new AgentEvent.Reregistered(row), moment()));
      pass();
      refused = String.format(Locale.ROOT, "%.2f", time(this::run));
    }
    return String.format(
        Locale.ROOT,
        "%6d %10d | %13.1f | %12.1f %17.2f | %23.1f %5.1f | %12.3f | %14s | %12s",
        agents,
        frameworks,
        add,
        first,
        longest,
        decline,
        again,
        one,
        refused,
        bytes);
  }

  private void addAll(List<Agent> rows) {
    for (var row : rows) {
      allocator.follow(new AgentEvent.Registered(row), moment());
    }
  }

  private void run() {
    do {
      long start = cpuNanos();
      var grants = allocator.allocate(BUDGET, moment());
      for (var grant : grants) {
        var offer =
            new Offer(
                new OfferId("O" + turn++),
                grant.framework(),
                grant.agent(),
                grant.role(),
                grant.resources());
        open.add(offer);
        allocator.follow(new OfferEvent.Made(offer), moment());
      }
      longestSliceNanos = Math.max(longestSliceNanos, cpuNanos() - start);
    } while (due());
  }

  private boolean due() {
    var next = allocator.nextDeadlineNanos();
    return next.isPresent() && next.getAsLong() <= now;
  }

  private void declineAll() {
    var all = open;
    open = new ArrayList<>();
    all.forEach(this::returned);
  }

  private void returned(Offer offer) {
    allocator.follow(
        new OfferEvent.Returned(
            offer.framework(),
            offer.role(),
            offer.agent(),
            offer.resources(),
            OfferEvent.Cause.UNUSED,
            OptionalLong.of(YEAR)),
        moment());
  }

  private void pass() {
    now += Duration.ofSeconds(1).toNanos();
    turn++;
  }

  private Moment moment() {
    return new Moment(
        now,
        Instant.EPOCH,
        turn,
        () -> {
          throw new IllegalStateException("an allocator mints no identities");
        });
  }

  /** Milliseconds of processor time: what else runs on the machine does not count. */
  private static double time(Runnable work) {
    long start = cpuNanos();
    work.run();
    return (cpuNanos() - start) / 1e6;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
