package io.proffer.cli.bench.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollersTest {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final Semaphore asked = new Semaphore(0);
  private final Semaphore answers = new Semaphore(0);
  private HttpServer master;

  @BeforeEach
  void start() throws IOException {
    master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    master.createContext("/state", this::answer);
    master.start();
  }

  @AfterEach
  void stop() {
    master.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.release();
    answers.acquireUninterruptibly();
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write("{}".getBytes(StandardCharsets.US_ASCII));
    exchange.close();
  }

  @Test
  void whatIsDueWhileAnAnswerIsAwaitedIsAskedForAfterIt() throws Exception {
    try (var pollers =
        Pollers.start(master.getAddress(), 1, INTERVAL, false, Duration.ofSeconds(30))) {
      await(1);
      // The answer takes the time of ten: nine more are due meanwhile.
      Thread.sleep(INTERVAL.multipliedBy(10));
      answers.release(1000);
      await(11);
      var reads = pollers.reads();
      assertTrue(reads.late() >= 9, reads::toString);
      assertTrue(reads.waits().count() >= 10, reads::toString);
      assertTrue(reads.waits().percentileMs(1) >= 450, () -> "" + reads.waits().percentileMs(1));
      assertEquals("", pollers.trouble());

      pollers.countAnew();
      var few = pollers.reads();
      assertTrue(few.waits().count() < 10, few::toString);
      assertTrue(few.late() < 9, few::toString);
    }
  }

  private void await(int requests) throws InterruptedException {
    assertTrue(asked.tryAcquire(requests, 30, TimeUnit.SECONDS));
  }
}
