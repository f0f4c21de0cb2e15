package io.proffer.e2e.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code proffer bench --scenario failover} as users call it, small. */
@Timeout(240)
final class FailoverBenchTest {
  private static final double SESSION = 6;

  /** From the signal, with the end of the session where there is one to wait for. */
  private static final double AIM_AFTER_KILL = SESSION + 2;

  private static final double AIM_AFTER_STOP = 1;
  private static final double AIM_OF_AGENTS = 5;

  /** What a machine that builds something else may add: still no session that has to end first. */
  private static final double SLACK = 4;

  @TempDir private Path directory;

  @Test
  void anotherMasterLeadsWithAllAgentsAndTasksSoonAfterAKillAndSoonerAfterAStop() throws Exception {
    var figures =
        new ObjectMapper()
            .readTree(
                BenchRun.of(
                    directory,
                    List.of("-XX:TieredStopAtLevel=1"),
                    "--scenario=failover",
                    "--zk_session_timeout=6secs",
                    "--agents=50",
                    "--tasks=500",
                    "--frameworks=2",
                    "--concurrency=100",
                    "--time_limit=1mins",
                    "--master_java_option=-XX:TieredStopAtLevel=1",
                    "--json"));
    assertEquals(500, figures.get("life_cycles").asInt());
    assertEquals(0, figures.get("lost_or_failed").asInt());
    check(figures, "kill", AIM_AFTER_KILL);
    check(figures, "stop", AIM_AFTER_STOP);
    assertTrue(
        seconds(figures, "kill", "ZooKeeper_names_another") > SESSION / 2,
        () -> "Nobody may lead before the session of the killed has ended: " + figures);
  }

  private static void check(JsonNode figures, String how, double aim) {
    var offer = seconds(figures, how, "the_first_offer");
    var agents = seconds(figures, how, "all_agents_are_back");
    var tasks = seconds(figures, how, "all_tasks_are_reconciled");
    assertTrue(0 < offer && offer < aim + SLACK, figures::toString);
    assertTrue(0 < agents && agents < aim + AIM_OF_AGENTS + SLACK, figures::toString);
    assertTrue(agents <= tasks, figures::toString);
  }

  private static double seconds(JsonNode figures, String how, String what) {
    return figures.get(how + "_until_" + what + "_s").asDouble();
  }
}
