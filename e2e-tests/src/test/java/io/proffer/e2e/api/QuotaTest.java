package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators say of roles decides what frameworks are offered, and is explained. */
@Timeout(120)
final class QuotaTest {
  private static final String ROLE = "offers";

  private Cluster cluster;
  private Scheduler scheduler;

  @BeforeEach
  void start() {
    cluster = Cluster.withAgent();
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info(ROLE));
  }

  @AfterEach
  void stop() {
    scheduler.close();
    cluster.close();
  }

  @Test
  void aLimitCutsWhatIsOffered() {
    var whole = scheduler.awaitOffer();
    double cpus = amount(whole, "cpus");
    double mem = amount(whole, "mem");
    assertTrue(cpus > 1, whole::toString);

    operator(
        "{'type':'UPDATE_QUOTA','update_quota':{'force':true,'quota_configs':"
            + "[{'role':'offers','limits':{'cpus':{'value':1}}}]}}");
    assertEquals(whole.get("id"), scheduler.await("RESCIND", e -> true).at("/rescind/offer_id"));

    var cut = scheduler.awaitOffer();
    assertEquals(1, amount(cut, "cpus"));
    assertEquals(mem, amount(cut, "mem"));

    operator(
        "{'type':'UPDATE_QUOTA','update_quota':{'force':true,'quota_configs':"
            + "[{'role':'offers','limits':{'cpus':{'value':0},'mem':{'value':0}}}]}}");
    scheduler.await("RESCIND", e -> true);
    assertEquals("QUOTA_LIMIT", reason().get("reason").asText());
    assertTrue(reason().toString().contains("cpus 0 of 0"), () -> reason().toString());
  }

  @Test
  void whatIsKeptForAGuaranteeIsNotOfferedToOthers() {
    var whole = scheduler.awaitOffer();
    double cpus = amount(whole, "cpus");
    operator(
        "{'type':'UPDATE_QUOTA','update_quota':{'quota_configs':"
            + "[{'role':'kept','guarantees':{'cpus':{'value':1}}}]}}");
    assertEquals(whole.get("id"), scheduler.await("RESCIND", e -> true).at("/rescind/offer_id"));

    assertEquals(cpus - 1, amount(scheduler.awaitOffer(), "cpus"));
    try (var kept = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("kept"))) {
      assertEquals(1, amount(kept.awaitOffer(), "cpus"));
      kept.teardown();
    }
  }

  @Test
  void newWeightsRescindWhatIsOffered() {
    var offer = scheduler.awaitOffer();
    operator(
        "{'type':'UPDATE_WEIGHTS','update_weights':{'weight_infos':[{'role':'offers','weight':2}]}}");
    assertEquals(offer.get("id"), scheduler.await("RESCIND", e -> true).at("/rescind/offer_id"));
    assertEquals(offer.get("agent_id"), scheduler.awaitOffer().get("agent_id"));
  }

  @Test
  void anExplanationSaysWhatBecameOfEachAgent() {
    var offer = scheduler.awaitOffer();
    assertEquals("OFFERED", reason().get("reason").asText());
    assertEquals(offer.at("/agent_id/value"), reason().at("/examples/0"));

    var decline = Json.of("{'type':'DECLINE','decline':{'filters':{'refuse_seconds':3600}}}");
    decline.withArray("/decline/offer_ids").add(offer.get("id"));
    var before = Instant.now();
    scheduler.accepted(decline);
    var refused = reason();
    var after = Instant.now();
    assertEquals("REFUSED", refused.get("reason").asText());
    var until = Instant.parse(refused.at("/details/until").asText());
    var decided = until.minusSeconds(3600);
    // It is told to the millisecond, and what is left may be taken from a clock of its own.
    assertFalse(decided.isBefore(before.minusMillis(10)), refused::toString);
    assertFalse(decided.isAfter(after.plusMillis(10)), refused::toString);
    var left = refused.at("/details/for").asText();
    assertTrue(left.endsWith("s more"), left);
    double seconds = Double.parseDouble(left.substring(0, left.length() - "s more".length()));
    double spent = Duration.between(before, after).toMillis() / 1000.0;
    assertTrue(seconds <= 3600.01 && seconds >= 3600 - spent - 0.1, left);

    scheduler.accepted(Json.of("{'type':'SUPPRESS'}"));
    assertEquals("SUPPRESSED", reason().get("reason").asText());
  }

  private JsonNode reason() {
    var explanation =
        Json.get(cluster.masterUrl() + "/api/v1/explain?framework=" + scheduler.frameworkId());
    var findings = explanation.at("/roles/0/findings");
    assertEquals(1, findings.size(), explanation::toString);
    assertEquals(1, findings.at("/0/agents").asInt(), explanation::toString);
    return findings.get(0);
  }

  private void operator(String call) {
    var response = Json.post(cluster.masterUrl() + "/api/v1", Json.of(call).toString());
    assertEquals(200, response.statusCode(), response::body);
  }

  private static double amount(JsonNode offer, String name) {
    double sum = 0;
    for (var resource : offer.path("resources")) {
      if (resource.path("name").asText().equals(name)) {
        sum += resource.at("/scalar/value").asDouble();
      }
    }
    return sum;
  }
}
