package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.executor.Call;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a body becomes counts, not only the body. */
@Timeout(30)
class MessageWeightTest {
  private static final int LABELS = 10_000;
  private static final int MB = 1 << 20;
  private static final Endpoint AT = MasterEndpoints.SCHEDULER;
  private static final HttpResponse.BodyHandler<String> TEXT = HttpResponse.BodyHandlers.ofString();

  /** With a key of one letter, and its place in a list. */
  private static final long LEAST_OF_LABEL = 92;

  @Test
  void manySmallPartsAreHeavy() {
    var call = labels(LABELS, "k");

    assertTrue(protobuf(call) >= LABELS * LEAST_OF_LABEL, "weighs " + protobuf(call));
    assertTrue(json(call) >= LABELS * LEAST_OF_LABEL, "weighs " + json(call));
  }

  @Test
  void dataWeighWhatTheyAre() {
    var call =
        call()
            .setMessage(Call.Message.newBuilder().setData(ByteString.copyFrom(new byte[MB])))
            .build();

    assertTrue(Math.abs(protobuf(call) - MB) < 1024, "weighs " + protobuf(call));
    assertTrue(Math.abs(json(call) - MB * 4L / 3) < 2048, "weighs " + json(call));
  }

  @Test
  void marksInTextAreNone() {
    var call =
        call()
            .setMessage(Call.Message.newBuilder().setData(ByteString.copyFromUtf8("x")))
            .setExecutorId(ExecutorID.newBuilder().setValue("{\"{,\\".repeat(1000)))
            .build();

    assertTrue(json(call) < 10_000, "weighs " + json(call));
  }

  /** A later executor may say more than this agent knows. */
  @Test
  void whatIsNotKnownIsHeavierThanItsLists() {
    var body = new byte[2 * LABELS];
    for (var i = 0; i < body.length; i += 2) {
      body[i] = 0x78; // Field 15, a number.
    }

    assertTrue(MessageWeight.ofProtobuf(body, Call.getDescriptor()) >= 32L * LABELS);
  }

  @Test
  void aBrokenMessageWeighsWhatCameBefore() {
    var call = labels(LABELS, "k");
    var whole = call.toByteArray();
    var broken = Arrays.copyOf(whole, whole.length + 1); // No field has the number 0.

    assertEquals(protobuf(call), MessageWeight.ofProtobuf(broken, Call.getDescriptor()));
  }

  @Test
  void groupsInGroupsAreNotFollowed() {
    var body = new byte[MB];
    Arrays.fill(body, (byte) 0x7b); // Field 15 begins a group, and another in it, and so on.

    assertTrue(MessageWeight.ofProtobuf(body, Call.getDescriptor()) > 0);
  }

  @Test
  void aCallThatIsTooHeavyIsRefusedUnread() throws Exception {
    try (var server = new TestServer(limits(MB), Map.of(AT, MessageWeightTest::read));
        var client = HttpClient.newHttpClient()) {
      for (var type : MediaType.values()) {
        var answer = client.send(post(server, labels(LABELS * 2, "k"), type), TEXT);

        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("--call_bytes"), answer.body());
        assertEquals(
            200, client.send(post(server, labels(LABELS / 10, "k"), type), TEXT).statusCode());
      }
    }
  }

  @Test
  void thoseThatWaitForTheirAnswersCountTogether() throws Exception {
    var waiting = new LinkedBlockingQueue<Exchange>();
    var call = labels(LABELS / 2, "k");
    try (var server =
            new TestServer(
                limits(protobuf(call) * 2),
                Map.of(
                    AT,
                    exchange ->
                        Calls.read(
                            exchange,
                            Call.getDefaultInstance(),
                            (message, type) -> waiting.add(exchange))));
        var client = HttpClient.newHttpClient()) {
      var first = send(client, server, call);
      var second = send(client, server, call);
      var one = waiting.poll(10, TimeUnit.SECONDS);
      var other = waiting.poll(10, TimeUnit.SECONDS);
      assertEquals(503, send(client, server, call).get(10, TimeUnit.SECONDS).statusCode());

      one.answer(Answer.empty(202));
      other.answer(Answer.empty(202));
      assertEquals(202, first.get(10, TimeUnit.SECONDS).statusCode());
      assertEquals(202, second.get(10, TimeUnit.SECONDS).statusCode());
      var third = send(client, server, call);
      waiting.take().answer(Answer.empty(202));
      assertEquals(202, third.get(10, TimeUnit.SECONDS).statusCode());
    }
  }

  private static void read(Exchange exchange) {
    Calls.read(
        exchange,
        Call.getDefaultInstance(),
        (call, type) -> exchange.answer(Answer.text(200, "read")));
  }

  private static CompletableFuture<HttpResponse<String>> send(
      HttpClient client, TestServer server, Call call) {
    return client.sendAsync(post(server, call, MediaType.PROTOBUF), TEXT);
  }

  private static HttpRequest post(TestServer server, Call call, MediaType type) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/api/v1/scheduler"))
        .header("Content-Type", type.text())
        .POST(HttpRequest.BodyPublishers.ofByteArray(Calls.encode(call, type)))
        .build();
  }

  private static HttpLimits limits(long callBytes) {
    var patience = Duration.ofSeconds(10);
    return new HttpLimits(16 * MB, 16 * MB, 64 * MB, MB, patience, 8192, patience)
        .withCallBytes(callBytes);
  }

  private static long protobuf(Call call) {
    return MessageWeight.ofProtobuf(call.toByteArray(), Call.getDescriptor());
  }

  private static long json(Call call) {
    return MessageWeight.ofJson(JsonCodec.encode(call));
  }

  private static Call labels(int count, String key) {
    var labels = Labels.newBuilder();
    for (var i = 0; i < count; i++) {
      labels.addLabels(Label.newBuilder().setKey(key));
    }
    return call()
        .setUpdate(
            Call.Update.newBuilder()
                .setStatus(
                    TaskStatus.newBuilder()
                        .setTaskId(TaskID.newBuilder().setValue("t"))
                        .setState(TaskState.TASK_RUNNING)
                        .setLabels(labels)))
        .build();
  }

  private static Call.Builder call() {
    return Call.newBuilder()
        .setExecutorId(ExecutorID.newBuilder().setValue("e"))
        .setFrameworkId(FrameworkID.newBuilder().setValue("F"));
  }
}
