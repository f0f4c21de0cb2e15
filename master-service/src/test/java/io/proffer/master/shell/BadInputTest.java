package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes, the master answers, lives, and loses nothing. */
@Timeout(60)
class BadInputTest {
  /** What the parts of a call that is cut short may be taken for. */
  private static final List<String> NOT_WHOLE =
      List.of(
          "Failed to parse body into Call protobuf",
          "Failed to validate scheduler::Call: Expecting 'type' to be present",
          "Failed to validate scheduler::Call: Expecting 'framework_id' to be present");

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
  void protobufThatEndsTooSoonIsRefused() throws Exception {
    var call = Call.newBuilder().setType(Call.Type.REVIVE);
    call.getFrameworkIdBuilder().setValue("nobody");
    var whole = call.build().toByteArray();

    for (int length = 1; length < whole.length; length++) {
      var answer = post(RunningMaster.PROTOBUF, Arrays.copyOf(whole, length));

      assertEquals(400, answer.statusCode());
      assertTrue(NOT_WHOLE.contains(answer.body()), length + " bytes: " + answer.body());
    }
  }

  @Test
  void protobufNestedTenThousandDeepIsRefused() throws Exception {
    var deep = new byte[20_000];
    // Groups of an unknown field 100, one in the other.
    for (int i = 0; i < deep.length; i += 2) {
      deep[i] = (byte) 0xa3;
      deep[i + 1] = 0x06;
    }

    var answer = post(RunningMaster.PROTOBUF, deep);

    assertEquals(400, answer.statusCode());
    assertEquals("Failed to parse body into Call protobuf", answer.body());
  }

  @Test
  void textOfProtobufThatIsNoUtf8NeverSpoilsWhatOthersRead() throws Exception {
    var subscribe = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
    subscribe
        .getSubscribeBuilder()
        .getFrameworkInfoBuilder()
        .setUser("u")
        .setNameBytes(ByteString.copyFrom(new byte[] {'n', (byte) 0xff, (byte) 0xfe}));

    try (var stream =
        Stream.open(
            master.port(),
            "/api/v1/scheduler",
            "Content-Type: application/x-protobuf\r\n",
            subscribe.build().toByteArray())) {
      assertTrue(stream.nextText().contains("SUBSCRIBED"));
      var state = master.sendForBytes(master.request("/state").GET()).body();

      var read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(state)).toString();
      assertTrue(read.contains("\"name\":\"n"), read);
    }
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
    return post(RunningMaster.JSON, body);
  }

  private HttpResponse<String> post(String type, byte[] body) throws Exception {
    return master.send(
        master
            .request("/api/v1/scheduler")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }
}
