package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frameworks that subscribe once more, in time and too late, as it was recorded. */
@Timeout(120)
final class FailoverStoryTest {
  private static final String OLD = "SUBSCRIBE-old-stream-at-failover";
  private static final String NEW = "SUBSCRIBE-with-framework-id-failover";
  private static final String BACK = "SUBSCRIBE-with-framework-id-after-disconnect";
  private static final String COMPLETED = "SUBSCRIBE-with-id-of-completed-framework";
  private static final String TOO_LATE = "SUBSCRIBE-with-id-after-zero-failover-timeout";
  private static final String UNKNOWN = "SUBSCRIBE-with-unknown-framework-id";

  /** The subscriptions of this suite, which need a framework that is there, or was. */
  static final Set<String> NAMES = Set.of(OLD, NEW, BACK, COMPLETED, TOO_LATE, UNKNOWN);

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    Assumptions.assumeTrue(
        Golden.directory().isPresent(), "no recorded exchanges at -Dgolden.dir: skipped");
    cluster = Golden.cluster();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aSecondSubscriptionEndsTheFirst() throws IOException {
    try (var old = Story.begin(cluster, golden(OLD))) {
      old.launch("fo-1", "sleep 60");
      old.scheduler().awaitUpdate("fo-1", "TASK_RUNNING");
      try (var next = old.again(golden(NEW))) {
        old.heard(golden(OLD));
        Awaitility.await("the old stream has ended").until(old.scheduler()::ended);
        old.call("call-with-old-stream-id-after-failover");
        next.scheduler()
            .accepted(
                Json.of(
                    "{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'fo-1'}}]}}"));
        next.heard(golden(NEW));
        pipelined(next);
      }
      awaitDisconnected(old.scheduler());
      old.call("call-of-disconnected-framework");
      try (var back = old.again(golden(BACK))) {
        back.heard(golden(BACK));
        back.scheduler().teardown();
      }
      again(COMPLETED, old);
    }
  }

  private static void pipelined(Story story) throws IOException {
    var golden = golden("two-pipelined-calls-on-one-connection");
    Differences.check(
        golden,
        () -> {
          try (var http = new RawHttp(cluster.masterPort())) {
            var call = golden.document().get("request_bytes").asText();
            var lines = call.lines().map(story::ours).toList();
            http.sendBytes(String.join("\r\n", lines));
            for (var answer = 0; answer < 2; answer++) {
              assertEquals(202, http.answer().status());
            }
          }
        });
  }

  @Test
  void aFrameworkWithoutTimeoutIsGoneAtOnce() throws IOException {
    var info = "{'user':'root','name':'golden-nofailover','roles':['golden']}";
    var framework = Json.of(info);
    framework.set("capabilities", Json.parse("[{\"type\":\"MULTI_ROLE\"}]"));
    var story = Story.of(cluster, framework);
    story.close();
    Awaitility.await("it is removed").until(() -> isCompleted(story.scheduler().frameworkId()));
    story.call("call-after-disconnect-with-zero-failover-timeout");
    again(TOO_LATE, story);
  }

  @Test
  void anIdThatWasNeverSeenIsTaken() throws IOException {
    Differences.check(
        golden(UNKNOWN), () -> Starts.same(golden(UNKNOWN), cluster.masterPort(), text -> text));
  }

  private static void again(String name, Story story) throws IOException {
    Differences.check(
        golden(name), () -> Starts.same(golden(name), cluster.masterPort(), story::ours));
  }

  private static void awaitDisconnected(Scheduler scheduler) {
    Awaitility.await("the master knows")
        .until(
            () -> {
              for (var framework :
                  Json.get(cluster.masterUrl() + "/frameworks").get("frameworks")) {
                if (framework.path("id").asText().equals(scheduler.frameworkId())) {
                  return !framework.path("connected").asBoolean();
                }
              }
              return false;
            });
  }

  private static boolean isCompleted(String framework) {
    return Json.get(cluster.masterUrl() + "/frameworks")
        .get("completed_frameworks")
        .findValuesAsText("id")
        .contains(framework);
  }

  private static Golden golden(String name) {
    return Golden.of("scheduler", name);
  }
}
