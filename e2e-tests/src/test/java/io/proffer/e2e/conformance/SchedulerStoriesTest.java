package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What recorded frameworks said and heard, from their SUBSCRIBE to their end. */
@Timeout(180)
final class SchedulerStoriesTest {
  private static final Duration SILENCE = Duration.ofMillis(1500);

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
  void theLivesOfCommandTasks() throws IOException {
    try (var story = begin("SUBSCRIBE-stream-command-task-lifecycle")) {
      story.awaitOffer();
      story.call("ACCEPT.LAUNCH-command-task");
      story.awaitNews("life-1", "TASK_STARTING");
      story.call("ACKNOWLEDGE-TASK_STARTING");
      story.awaitNews("life-1", "TASK_RUNNING");
      story.call("ACKNOWLEDGE-TASK_RUNNING");
      story.scheduler().awaitUpdate("life-1", "TASK_FINISHED");
      story.launch("life-2-fails", "exit 3");
      story.scheduler().awaitUpdate("life-2-fails", "TASK_FAILED");
      story.launch("life-3-killed", "sleep 60");
      story.scheduler().awaitUpdate("life-3-killed", "TASK_RUNNING");
      story.call("KILL-task-id-only");
      story.scheduler().awaitUpdate("life-3-killed", "TASK_KILLED");
      story.launch("life-4-killpolicy", "sleep 60");
      story.scheduler().awaitUpdate("life-4-killpolicy", "TASK_RUNNING");
      story.call("KILL-with-agent-and-kill-policy");
      story.scheduler().awaitUpdate("life-4-killpolicy", "TASK_KILLED");
      story.launch("life-5-signal", "kill -9 $$");
      story.scheduler().awaitUpdate("life-5-signal", "TASK_FAILED");
      var limited = Scheduler.task("life-6-max-completion", "sleep 60", story.awaitOffer());
      limited.set("max_completion_time", Json.of("{'nanoseconds':1000000000}"));
      story.launch(limited);
      story.scheduler().awaitUpdate("life-6-max-completion", "TASK_FAILED");
      story.heard(Golden.of("scheduler", "SUBSCRIBE-stream-command-task-lifecycle"));
      var before = Heard.news(story.scheduler().seen());
      story.call("TEARDOWN");
      Differences.check(
          Golden.of("scheduler", "SUBSCRIBE-stream-after-own-TEARDOWN"),
          () -> {
            Awaitility.await("the stream has ended").until(story.scheduler()::ended);
            assertEquals(before, Heard.news(story.scheduler().seen(Heard::isNews, 0)));
          });
    }
  }

  @Test
  void reconciliationAndCallsAboutTheUnknown() throws IOException {
    try (var story = begin("SUBSCRIBE-stream-RECONCILE-KILL-unknown")) {
      story.launch("rec-1", "sleep 60");
      story.scheduler().awaitUpdate("rec-1", "TASK_RUNNING");
      story.call(
          "RECONCILE-known-task",
          "RECONCILE-unknown-task-no-agent",
          "RECONCILE-unknown-task-known-agent",
          "RECONCILE-unknown-task-unknown-agent",
          "RECONCILE-implicit",
          "KILL-unknown-task",
          "KILL-unknown-task-unknown-agent",
          "KILL-unknown-task-known-agent",
          "RECONCILE_OPERATIONS-implicit",
          "RECONCILE_OPERATIONS-unknown-no-agent",
          "RECONCILE_OPERATIONS-unknown-known-agent",
          "RECONCILE_OPERATIONS-unknown-agent",
          "MESSAGE-to-command-executor",
          "MESSAGE-unknown-agent",
          "ACCEPT_INVERSE_OFFERS-unknown",
          "SHUTDOWN-executor");
      story.scheduler().awaitUpdate("rec-1", "TASK_KILLED");
      story.heard(Golden.of("scheduler", "SUBSCRIBE-stream-RECONCILE-KILL-unknown"));
      story.scheduler().teardown();
    }
  }

  @Test
  void declineReviveAndSuppressKeepTheirTimes() throws IOException {
    var golden = Golden.of("scheduler", "SUBSCRIBE-stream-DECLINE-REVIVE-SUPPRESS");
    try (var story = Story.begin(cluster, golden)) {
      story.awaitOffer();
      assertEquals(3.7, secondsTo(story, "DECLINE-refuse-3s"), 0.8, "the next run after 3 s");
      assertEquals(5.5, secondsTo(story, "DECLINE-default-filters"), 0.8, "the one after 5 s");
      story.call("DECLINE-default-filters", "SUPPRESS-no-body");
      assertNull(story.scheduler().next(SILENCE), "no offer while it wants none");
      assertEquals(0, secondsTo(story, "REVIVE-all-roles-no-body"), 0.8, "at once");
      story.call("DECLINE-default-filters", "SUPPRESS-roles");
      story.call(
          "DECLINE-unknown-offer",
          "REQUEST",
          "SUPPRESS-unsubscribed-role",
          "REVIVE-unsubscribed-role",
          "REVIVE-malformed-role");
      assertNull(story.scheduler().next(SILENCE), "none of these brings an offer");
      assertEquals(0, secondsTo(story, "REVIVE-roles"), 0.8, "at once");
      story.heard(golden);
      story.scheduler().teardown();
    }
  }

  private static double secondsTo(Story story, String call) throws IOException {
    var then = System.nanoTime();
    story.call(call);
    story.awaitOffer();
    return Duration.ofNanos(System.nanoTime() - then).toMillis() / 1000.0;
  }

  @Test
  void newsThatNobodyAcknowledgesComesAgain() throws IOException {
    var golden = Golden.of("scheduler", "UPDATE-retried-when-not-acknowledged");
    try (var story = Story.begin(cluster, golden)) {
      story.launch("retry-1", "sleep 60");
      story.heard(golden);
      var news = Heard.news(story.scheduler().seen());
      assertEquals(
          news.get(1).at("/update/status/uuid"), news.get(2).at("/update/status/uuid"), "the same");
      story.scheduler().teardown();
    }
  }

  @Test
  void aFrameworkThatSaysNoMoreThanItMust() throws IOException {
    var golden = Golden.of("scheduler", "SUBSCRIBE-stream-minimal-framework-launch");
    try (var story = Story.begin(cluster, golden)) {
      story.awaitOffer();
      story.call("ACCEPT.LAUNCH-minimal-no-allocation-info");
      story.began(golden);
      story.scheduler().teardown();
    }
  }

  @Test
  void aRoleThatIsGivenUpTakesItsOffersAlong() throws IOException {
    var golden = Golden.of("scheduler", "SUBSCRIBE-stream-UPDATE_FRAMEWORK");
    try (var story = Story.begin(cluster, golden)) {
      story.awaitOffer();
      story.call(
          "UPDATE_FRAMEWORK-add-role",
          "UPDATE_FRAMEWORK-suppressed-role",
          "UPDATE_FRAMEWORK-remove-role");
      story.heard(golden);
      story.scheduler().teardown();
    }
  }

  private static Story begin(String stream) {
    return Story.begin(cluster, Golden.of("scheduler", stream));
  }
}
