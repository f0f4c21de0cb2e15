package io.proffer.master.agentlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Door;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.HttpLimits;
import io.proffer.api.http.HttpService;
import io.proffer.api.id.AgentId;
import io.proffer.api.internal.Accepted;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.MasterInfo;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.effect.ToAgent;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that has room for less than an agent sends, no room for the agent, or no future. */
@Timeout(30)
class FullLoopTest {
  private static final LinkSettings SETTINGS =
      new LinkSettings(
          7,
          MasterInfo.newBuilder().setId("m").setIp(1).setPort(2).build(),
          Duration.ofSeconds(15),
          5,
          false);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<Command> loop = new LinkedBlockingQueue<>();
  private final AtomicInteger room = new AtomicInteger(1);
  private final AgentLink link = new AgentLink(SETTINGS, this::offer, loop::add, Authorizer.open());
  private HttpService service;

  @BeforeEach
  void serve() {
    var handlers = new LinkedHashMap<Endpoint, Consumer<Exchange>>();
    for (var endpoint : MasterEndpoints.all()) {
      handlers.put(endpoint, exchange -> exchange.answer(Answer.bare(501)));
    }
    handlers.put(MasterEndpoints.AGENT_SUBSCRIBE, link::subscribe);
    handlers.put(MasterEndpoints.AGENT_RECORDS, link::records);
    service =
        new HttpService(
            vertx,
            MasterEndpoints.table(),
            handlers,
            Door.open(),
            (endpoint, request) -> Optional.empty(),
            HttpLimits.defaults());
    service.listen("127.0.0.1", 0, 1, Optional.empty()).await();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    service.close();
    vertx.close().await();
  }

  @Test
  void whatWentInStaysInAndTheRestGoesInBehindIt() throws Exception {
    var stream = open();
    assertEquals(AgentCommand.Subscribe.class, next().getClass());
    link.accept(List.of(new ToAgent.Registered("s", new AgentId("A"))));
    var first = stream.get(10, TimeUnit.SECONDS);
    assertEquals(200, first.statusCode());
    var batch = batch(1, 2, 3);

    room.set(2);
    assertEquals(503, send(batch).statusCode());
    assertEquals("1", data(next()));
    assertEquals("2", data(next()));
    room.set(5);
    var answer = send(batch);

    assertEquals(3, Accepted.parseFrom(answer.body()).getThrough());
    assertEquals("3", data(next()));
    assertEquals(0, loop.size());
  }

  @Test
  void aSubscriptionThatFindsNoRoomLeavesNoSession() throws Exception {
    room.set(0);

    assertEquals(503, open().get(10, TimeUnit.SECONDS).statusCode());
    assertEquals(0, link.open());
    room.set(1);
    var second = open();
    assertEquals(AgentCommand.Subscribe.class, next().getClass());
    second.cancel(true);
    assertEquals(new AgentCommand.SessionEnded("s"), next());
  }

  @Test
  void aSessionThatIsClosedBeforeItBeganIsToldToComeAgain() throws Exception {
    var stream = open();
    assertEquals(AgentCommand.Subscribe.class, next().getClass());

    link.accept(List.of(new ToAgent.Close("s")));

    assertEquals(503, stream.get(10, TimeUnit.SECONDS).statusCode());
    assertEquals(new AgentCommand.SessionEnded("s"), next());
    assertEquals(0, link.open());
  }

  @Test
  void anAgentIsLetGoWhenItsMasterLeadsNoLonger() throws Exception {
    var stream = open();
    assertEquals(AgentCommand.Subscribe.class, next().getClass());
    link.accept(List.of(new ToAgent.Registered("s", new AgentId("A"))));
    var body = stream.get(10, TimeUnit.SECONDS).body();

    link.endAll();

    assertTrue(body.readAllBytes().length > 0, "what was said before arrives");
    assertEquals(new AgentCommand.SessionEnded("s"), next());
    assertEquals(0, link.open());
  }

  private boolean offer(Command command) {
    return room.getAndUpdate(left -> Math.max(0, left - 1)) > 0 && loop.add(command);
  }

  private Command next() throws InterruptedException {
    var command = loop.poll(10, TimeUnit.SECONDS);
    return Objects.requireNonNull(command, "nothing reached the loop");
  }

  private static String data(Command command) {
    return ((AgentCommand.Message) command).data().toStringUtf8();
  }

  private CompletableFuture<HttpResponse<InputStream>> open() {
    var subscribe =
        Subscribe.newBuilder()
            .setFormatVersion(1)
            .setSession("s")
            .setIp("127.0.0.1")
            .setVersion("1")
            .setAgentInfo(AgentInfo.newBuilder().setHostname("h"))
            .build();
    return client.sendAsync(
        post(MasterEndpoints.AGENT_SUBSCRIBE, subscribe.toByteArray()),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpResponse<byte[]> send(FromAgent batch) throws Exception {
    return client.send(
        post(MasterEndpoints.AGENT_RECORDS, batch.toByteArray()),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest post(Endpoint endpoint, byte[] body) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + service.port() + endpoint.path()))
        .header("Content-Type", "application/x-protobuf")
        .timeout(Duration.ofSeconds(10))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static FromAgent batch(int... numbers) {
    var batch =
        FromAgent.newBuilder()
            .setFormatVersion(1)
            .setEpoch(7)
            .setSession("s")
            .setAgentId(AgentID.newBuilder().setValue("A"));
    for (var number : numbers) {
      batch.addRecords(
          FromAgent.Record.newBuilder()
              .setSequence(number)
              .setMessage(
                  FromAgent.Message.newBuilder()
                      .setFrameworkId(FrameworkID.newBuilder().setValue("F"))
                      .setExecutorId(ExecutorID.newBuilder().setValue("E"))
                      .setData(ByteString.copyFromUtf8(Integer.toString(number)))));
    }
    return batch.build();
  }
}
