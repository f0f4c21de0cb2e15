package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class OffersTest {
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.withAgent("--offer_timeout=3secs");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Scheduler subscribe() {
    return Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("offers"));
  }

  private static void decline(Scheduler scheduler, JsonNode offer, String filters) {
    var call = Json.of("{'type':'DECLINE','decline':{'filters':" + filters + "}}");
    call.withArray("/decline/offer_ids").add(offer.get("id"));
    scheduler.accepted(call);
  }

  @Test
  void aDeclinedOfferStaysAwayForItsFilterAndComesBackAfterIt() {
    try (var scheduler = subscribe()) {
      var offer = scheduler.awaitOffer();
      var before = System.nanoTime();
      decline(scheduler, offer, "{'refuse_seconds':2}");
      var again = scheduler.awaitOffer();
      var seconds = (System.nanoTime() - before) / 1e9;
      assertTrue(seconds >= 2 && seconds < 5, "offered again after " + seconds + " s");
      assertEquals(offer.get("agent_id"), again.get("agent_id"));
      scheduler.teardown();
    }
  }

  @Test
  void reviveClearsFiltersAndSuppressEndsOffers() {
    try (var scheduler = subscribe()) {
      decline(scheduler, scheduler.awaitOffer(), "{'refuse_seconds':3600}");
      assertNull(scheduler.next(Duration.ofMillis(1500)), "a refused agent was offered");
      scheduler.accepted(Json.of("{'type':'REVIVE'}"));
      var offer = scheduler.awaitOffer();
      scheduler.accepted(Json.of("{'type':'SUPPRESS'}"));
      decline(scheduler, offer, "{'refuse_seconds':0}");
      assertNull(scheduler.next(Duration.ofMillis(1500)), "a suppressed framework got an offer");
      scheduler.teardown();
    }
  }

  @Test
  void anOfferNobodyAnswersIsRescinded() {
    try (var scheduler = subscribe()) {
      var offer = scheduler.awaitOffer();
      var rescind = scheduler.await("RESCIND", e -> true);
      assertEquals(offer.get("id"), rescind.at("/rescind/offer_id"));
      scheduler.teardown();
    }
  }

  @Test
  void aConstrainedFrameworkGetsOnlyAgentsThatFit() {
    try (var scheduler = subscribe()) {
      var offer = scheduler.awaitOffer();
      var update =
          Json.of(
              "{'type':'UPDATE_FRAMEWORK','update_framework':{'offer_constraints':"
                  + "{'role_constraints':{'offers':{'groups':[{'attribute_constraints':[{"
                  + "'selector':{'attribute_name':'rack'},"
                  + "'predicate':{'text_equals':{'value':'r1'}}}]}]}}}}}");
      var info = Scheduler.info("offers");
      info.set("id", Json.of("{'value':'" + scheduler.frameworkId() + "'}"));
      update.withObject("/update_framework").set("framework_info", info);
      assertEquals(200, scheduler.call(update).statusCode());
      decline(scheduler, offer, "{'refuse_seconds':0}");
      assertNull(scheduler.next(Duration.ofMillis(1500)), "an excluded agent was offered");
      var debug =
          Json.get(cluster.masterUrl() + "/hierarchical-allocator(1)/offer_constraints_debug");
      assertEquals(
          offer.at("/agent_id/value"),
          debug.at(
              "/frameworks/"
                  + scheduler.frameworkId()
                  + "/excluded_by_attribute_constraints/offers/0"));
      cluster.addAgent("cpus:1;mem:128", "--attributes=rack:r1");
      var fitting = scheduler.awaitOffer();
      assertEquals("r1", fitting.at("/attributes/0/text/value").asText());
      assertNotNull(fitting.get("id"));
      scheduler.teardown();
    } finally {
      cluster.agentProcess(cluster.agents() - 1).close();
      cluster.awaitAgents(1);
    }
  }
}
