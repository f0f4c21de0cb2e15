package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import io.proffer.e2e.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The policy of {@code examples/policy} is built as its README says, and decides in a master. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class PolicyExampleTest {
  private static final Path BUILD =
      Path.of(System.getProperty("project.root", ".."))
          .toAbsolutePath()
          .resolve("examples/policy/build.sh");

  @TempDir static Path directory;

  private static Path jar;

  /** The example's own test runs in its build, which ends there when it fails. */
  @BeforeAll
  static void build() throws Exception {
    try (var script =
        Tool.example(
            directory,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            "sh",
            BUILD.toString(),
            System.getProperty("java.class.path"),
            directory.resolve("built").toString())) {
      assertEquals(0, script.await(), script::everything);
      var lines = script.out().lines().toList();
      assertEquals("MemoryPolicyTest: 7 checks passed", lines.getFirst());
      jar = Path.of(lines.getLast());
    }
  }

  @Test
  void whoHasTheSmallerPartOfTheMemoryIsServedFirst() {
    try (var cluster = Cluster.masterWith(List.of(jar), "--allocator=memory")) {
      assertEquals("processors", servedFirst(cluster));
    }
  }

  @Test
  void ofTheSameTwoTheOtherOneIsServedFirstByDominantShares() {
    try (var cluster = Cluster.masterWith(List.of(jar))) {
      assertEquals("memory", servedFirst(cluster));
    }
  }

  /**
   * One role has 6 of 8 cpus and 1024 of 4608 MB, the other 1 and 3072: the dominant share of the
   * other is the smaller one, two thirds, but its part of the memory is the larger one.
   */
  private static String servedFirst(Cluster cluster) {
    var url = cluster.masterUrl();
    addAgent(cluster, "cpus:6;mem:1024");
    try (var processors = Scheduler.subscribe(url, Scheduler.info("processors"))) {
      processors.awaitOffer();
      processors.accepted(Json.of("{'type':'SUPPRESS'}"));
      try (var memory = Scheduler.subscribe(url, Scheduler.info("memory"))) {
        addAgent(cluster, "cpus:1;mem:3072");
        memory.awaitOffer();
        processors.accepted(Json.of("{'type':'REVIVE'}"));
        addAgent(cluster, "cpus:1;mem:512");
        return winner(processors, memory);
      }
    }
  }

  private static void addAgent(Cluster cluster, String resources) {
    cluster.addAgent(resources + ";disk:100;ports:[31000-31009]");
    cluster.awaitAgents(cluster.agents());
  }

  /** The role that is offered the last agent; only one of them can be. */
  private static String winner(Scheduler processors, Scheduler memory) {
    long deadline = System.nanoTime() + Scheduler.PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (isOffers(processors)) {
        return "processors";
      }
      if (isOffers(memory)) {
        return "memory";
      }
    }
    throw new AssertionError("the third agent is offered to nobody");
  }

  private static boolean isOffers(Scheduler scheduler) {
    var event = scheduler.next(Duration.ofMillis(50));
    return event != null && event.path("type").asText().equals("OFFERS");
  }

  @Test
  void anUnknownPolicyIsToldOfTheSitesOwnToo() {
    var output = failure("--allocator=nonsense");
    assertTrue(
        output.contains(
            "'--allocator': Expected one of hierarchical, memory, priority, random, but got"
                + " 'nonsense'; a policy of your own needs its jar on the class path"),
        output);
  }

  @Test
  void whatThePolicyRefusesIsToldInItsWords() {
    var output = failure("--allocator=memory", "--allocator_options=cpus:4");
    assertTrue(output.contains("or the name of one resource as in gpus, but got 'cpus:4'"), output);
  }

  /** What a master with these flags, which cannot start, says. */
  private static String failure(String... flags) {
    var args = new ArrayList<>(List.of("master", "--ip=127.0.0.1"));
    args.add("--port=" + FreePorts.any());
    args.add("--work_dir=" + directory.resolve("work"));
    args.addAll(List.of(flags));
    var log = directory.resolve("failure" + flags.length + ".log");
    try (var master = ServiceProcess.startWith(log, List.of(jar), args)) {
      assertEquals(2, master.awaitExit(Duration.ofSeconds(30)), master::output);
      assertFalse(master.output().contains("\tat "), master.output());
      return master.output();
    }
  }
}
