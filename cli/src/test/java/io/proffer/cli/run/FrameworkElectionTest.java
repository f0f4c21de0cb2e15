package io.proffer.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.Identity;
import io.proffer.cli.client.MasterAddress;
import io.proffer.cli.client.SchedulerClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The beginning of a job, before masters that elect. */
@Timeout(60)
class FrameworkElectionTest {
  private static final String ERROR = "{\"type\":\"ERROR\",\"error\":{\"message\":\"enough\"}}";

  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private HttpServer master;
  private Framework framework;

  @BeforeEach
  void start() throws IOException {
    master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    master.createContext("/api/v1/scheduler", this::answer);
    master.start();
    var console = new Console(new ByteArrayOutputStream(), progress, UTF_8, false);
    var job = new Job("j", "*", "u", "true", Map.of(), Scalars.parse("cpus:1"), 1);
    var address = new MasterAddress("127.0.0.1", master.getAddress().getPort());
    framework =
        new Framework(
            job, new SchedulerClient(address, Identity.NOBODY), Sandboxes.ofAgents(), console);
  }

  @AfterEach
  void stop() {
    master.stop(0);
  }

  /** The next status; a stream has an ERROR only, which ends the job with these words. */
  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var status = answers.remove();
    var body = status == 200 ? ERROR.length() + "\n" + ERROR : "No leader elected";
    exchange.sendResponseHeaders(status, body.length());
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }

  @Test
  void theEndOfAnElectionIsWaitedFor() {
    answers.add(503);
    answers.add(503);
    answers.add(200);
    var end = assertThrows(ClientException.class, framework::run);
    assertEquals("The master says: enough", end.getMessage());
    var told = progress.toString(UTF_8);
    assertTrue(told.contains("does not lead yet (503 No leader elected). Waiting for a leader."));
    assertEquals(told.indexOf("Waiting"), told.lastIndexOf("Waiting"), told);
  }

  @Test
  void anyOtherFailureIsTheEnd() {
    answers.add(400);
    var end = assertThrows(ClientException.class, framework::run);
    assertTrue(end.getMessage().contains("answered 400"), end::getMessage);
  }

  @Test
  void aSignalEndsTheWaiting() throws Exception {
    framework.stop();
    assertEquals(Interrupts.EXIT, framework.run());
  }
}
