package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.Offer;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes, the master answers, lives, and loses nothing. */
@Timeout(60)
class BadInputTest {
  private RunningMaster master;

  @BeforeEach
  void start() {
    master = RunningMaster.start();
  }

  @AfterEach
  void stopAlive() throws Exception {
    assertEquals(200, master.get("/health").statusCode());
    assertTrue(master.get("/state").body().endsWith("}"));
    master.close();
  }

  @Test
  void jsonNestedTenThousandDeepIsRefused() throws Exception {
    var deep = "{\"type\":\"REVIVE\",\"unknown\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

    var answer = post(deep.getBytes(StandardCharsets.UTF_8));

    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().startsWith("Failed to parse body into JSON"), answer.body());
  }

  @Test
  void invalidUtf8IsRefused() throws Exception {
    var answer = post(new byte[] {'{', '"', 't', (byte) 0xc3, '(', '"', ':', '1', '}'});

    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().startsWith("Failed to parse body into JSON"), answer.body());
  }

  @Test
  void aCallOverTheLimitIsRefusedWithTheFlagToRaise() throws Exception {
    var answer = post(new byte[(8 << 20) + 1]);

    assertEquals(413, answer.statusCode());
    assertTrue(answer.body().contains("--max_request_size"), answer.body());
  }

  @Test
  void aLargeCallWithinTheLimitIsRead() throws Exception {
    var unknown = "{\"unknown\":\"" + "x".repeat(7 << 20) + "\"}";

    assertEquals(
        "Failed to validate scheduler::Call: Expecting 'type' to be present",
        post(unknown.getBytes(StandardCharsets.UTF_8)).body());
  }

  @Test
  void tenThousandOperationsInOneCallLoseNothing() throws Exception {
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      var offer = scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);
      var reserve =
          Offer.Operation.newBuilder()
              .setType(Offer.Operation.Type.RESERVE)
              .setReserve(Offer.Operation.Reserve.getDefaultInstance())
              .build();
      var accept =
          Call.Accept.newBuilder()
              .addOfferIds(offer.getId())
              .addAllOperations(Collections.nCopies(10_000, reserve));
      accept.getFiltersBuilder().setRefuseSeconds(0);

      var answer = scheduler.call(Call.newBuilder().setType(Call.Type.ACCEPT).setAccept(accept));
      var again = scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);

      assertEquals(202, answer.statusCode());
      assertEquals(agent.id(), again.getAgentId());
      assertEquals(cpus(offer), cpus(again));
    }
  }

  private static double cpus(Offer offer) {
    return offer.getResourcesList().stream()
        .filter(resource -> resource.getName().equals("cpus"))
        .map(Resource::getScalar)
        .mapToDouble(scalar -> scalar.getValue())
        .sum();
  }

  private HttpResponse<String> post(byte[] body) throws Exception {
    return master.send(
        master
            .request("/api/v1/scheduler")
            .header("Content-Type", RunningMaster.JSON)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }
}
