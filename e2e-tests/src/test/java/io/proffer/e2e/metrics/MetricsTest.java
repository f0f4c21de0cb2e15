package io.proffer.e2e.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One framework with a task that runs and one that has ended, and one that is gone. */
@Timeout(120)
final class MetricsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
  private static final String SERVED = "served";
  private static final Pattern ROW =
      Pattern.compile("\\| `(proffer_[a-z_]+)` \\| (.*) \\| (\\w+) \\| (.*) \\|");

  private static Cluster cluster;
  private static Scheduler scheduler;
  private static Scrape scrape;
  private static JsonNode master;
  private static JsonNode agent;

  private static final String QUOTA =
      Json.of(
              "{'type':'UPDATE_QUOTA','update_quota':{'quota_configs':[{'role':'kept','guarantees':"
                  + "{'cpus':{'value':0.5}},'limits':{'cpus':{'value':2}}}]}}")
          .toString();

  @BeforeAll
  static void start() {
    cluster = Cluster.withAgent();
    var gone = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("gone"));
    var first = gone.awaitOffer();
    gone.launch(first, List.of(Scheduler.task("lost", "sleep 600", first)));
    gone.awaitUpdate("lost", "TASK_RUNNING");
    gone.teardown();
    gone.close();
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("metrics"));
    var offer = scheduler.awaitOffer();
    scheduler.launch(
        offer,
        List.of(
            Scheduler.task("runs", "sleep 600", offer), Scheduler.task("ended", "true", offer)));
    scheduler.awaitUpdate("runs", "TASK_RUNNING");
    scheduler.awaitUpdate("ended", "TASK_FINISHED");
    assertEquals(
        200,
        Json.send(
                HttpRequest.newBuilder(URI.create(cluster.masterUrl() + "/api/v1"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(QUOTA)))
            .statusCode());
    var agentUrl = "http://127.0.0.1:" + cluster.agentPort(0);
    scrape = new Scrape();
    scrape.add(cluster.masterUrl());
    scrape.add(agentUrl);
    master = Json.get(cluster.masterUrl() + "/metrics/snapshot");
    agent = Json.get(agentUrl + "/metrics/snapshot");
  }

  @AfterAll
  static void stop() {
    scheduler.teardown();
    scheduler.close();
    cluster.close();
  }

  @Test
  void everyNameOfTheReferenceIsServedOrItIsSaidWhyNot() throws IOException {
    var wrong = new ArrayList<String>();
    for (var line : resource("names.tsv").lines().filter(l -> !l.startsWith("#")).toList()) {
      var columns = line.split("\t", -1);
      var told = columns[0].equals("master") ? master : agent;
      if (isTold(columns[1], told) != columns[2].equals(SERVED)) {
        wrong.add(line);
      }
    }
    assertEquals(List.of(), wrong, "these lines of names.tsv are not true (any more)");
  }

  private static boolean isTold(String name, JsonNode told) {
    var pattern = Pattern.compile(("\\Q" + name + "\\E").replaceAll("<[^>]+>", "\\\\E[^/]+\\\\Q"));
    var names = new ArrayList<String>();
    told.fieldNames().forEachRemaining(names::add);
    return names.stream().anyMatch(each -> pattern.matcher(each).matches());
  }

  @Test
  void bothFormsTellTheSame() {
    var framework =
        "{call=\"accept\",framework=\"e2e\",framework_id=\"" + scheduler.frameworkId() + "\"}";
    var base = "master/frameworks/e2e/" + scheduler.frameworkId();
    assertEquals(1.0, scrape.value("proffer_master_framework_calls_total" + framework));
    assertEquals(1.0, master.path(base + "/calls/accept").asDouble());
    assertEquals(1.0, master.path(base + "/tasks/active/task_running").asDouble());
    assertEquals(1.0, master.path(base + "/tasks/terminal/task_finished").asDouble());
    assertEquals(1.0, scrape.value("proffer_master_tasks{state=\"running\"}"));
    assertEquals(1.0, master.path("master/tasks_running").asDouble());
    assertEquals(1.0, master.path("master/tasks_finished").asDouble());
    assertEquals(1.0, master.path("master/tasks_killed").asDouble());
    var killed = "{reason=\"framework_removed\",source=\"master\",state=\"killed\"}";
    assertEquals(1.0, scrape.value("proffer_master_task_ends_total" + killed));
    assertEquals(
        1.0, master.path("master/task_killed/source_master/reason_framework_removed").asDouble());
    assertEquals(3.0, scrape.value("proffer_master_tasks_launched_total"));
    assertEquals(2.0, master.path("master/messages_launch_tasks").asDouble());
    assertEquals(2.0, master.path("master/messages_register_framework").asDouble());
    assertEquals(0.0, master.path("master/invalid_status_update_acknowledgements").asDouble());
    assertEquals(0.1, master.path("master/cpus_used").asDouble(), 1e-9);
    assertEquals(
        0.1, scrape.value("proffer_master_resources{resource=\"cpus\",use=\"used\"}"), 1e-9);
    assertEquals(1.0, scrape.value("proffer_agent_tasks{state=\"running\"}"));
    var held = scrape.value("proffer_agent_held_bytes{what=\"tasks\"}");
    assertTrue(held > 4096, "a task has at least its place, not " + held);
    assertTrue(held < scrape.value("proffer_agent_held_limit_bytes{what=\"tasks\"}"));
    assertEquals(1.0, agent.path("slave/tasks_running").asDouble());
    assertEquals(1.0, scrape.value("proffer_metrics_complete"));
    var kept = "{resource=\"cpus\",role=\"kept\"}";
    assertEquals(0.5, scrape.value("proffer_master_role_quota_guarantee" + kept));
    assertEquals(2.0, scrape.value("proffer_master_role_quota_limit" + kept));
    assertEquals(0.0, scrape.value("proffer_master_role_quota_consumed" + kept));
    var quota = "allocator/mesos/quota/roles/kept/resources/cpus/";
    assertEquals(0.5, master.path(quota + "guarantee").asDouble());
    assertEquals(2.0, master.path(quota + "limit").asDouble());
  }

  @Test
  void aTimeoutIsADurationOrRefused() {
    var url = cluster.masterUrl() + "/metrics/snapshot?timeout=";
    assertTrue(Json.get(url + "5secs").has("master/tasks_running"));
    var refused = Json.send(HttpRequest.newBuilder(URI.create(url + "abc")));
    assertEquals(400, refused.statusCode());
    assertEquals("Invalid timeout 'abc': Failed to convert '' to number.\n", refused.body());
  }

  @Test
  void aReadingThatDoesNotWaitHasWhatTheCoreNeedNotTell() {
    var told = Json.get(cluster.masterUrl() + "/metrics/snapshot?timeout=0ns");
    assertTrue(told.has("master/uptime_secs"), told::toString);
    assertFalse(told.isEmpty());
  }

  @Test
  void theDocumentDescribesEveryMetricAndNoOther() throws IOException {
    var described = new TreeSet<String>();
    for (var line : Files.readAllLines(ROOT.resolve("docs/metrics.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        described.add(line);
      }
    }
    var told = new TreeSet<String>();
    scrape.help.forEach(
        (name, sentence) -> {
          if (name.startsWith("proffer_")) {
            told.add(
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        name,
                        String.join(", ", scrape.labelsOf(name)),
                        scrape.type.get(name),
                        sentence));
          }
        });
    assertEquals(String.join("\n", told), String.join("\n", described));
  }

  @Test
  void theDashboardAsksOnlyForWhatThereIs() throws IOException {
    var board = Json.parse(Files.readString(ROOT.resolve("deploy/grafana/proffer.json")));
    var expressions = new ArrayList<String>();
    board.findValues("expr").forEach(found -> expressions.add(found.asText()));
    assertFalse(expressions.isEmpty());
    var wrong = new ArrayList<String>();
    for (var text : expressions) {
      var expression = new Expression(text);
      var known = new TreeSet<String>();
      for (var metric : expression.metrics()) {
        if (scrape.labels.containsKey(metric)) {
          known.addAll(scrape.labels.get(metric));
        } else {
          wrong.add("no metric " + metric + ": " + text);
        }
      }
      for (var label : expression.labels()) {
        if (!known.contains(label)) {
          wrong.add("no label " + label + ": " + text);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void whatIsNoMetricIsFoundInAnExpression() {
    var expression =
        new Expression("sum by (state, no) (rate(proffer_x{a=\"b\"}[5m])) / summ(proffer_y)");
    assertEquals(new TreeSet<>(List.of("proffer_x", "proffer_y", "summ")), expression.metrics());
    assertEquals(new TreeSet<>(List.of("a", "no", "state")), expression.labels());
  }

  private static String resource(String name) throws IOException {
    try (var in = MetricsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
