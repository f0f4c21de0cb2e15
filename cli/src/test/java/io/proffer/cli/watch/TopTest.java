package io.proffer.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** Against a master that tells once what there is, and then nothing any more. */
@Timeout(60)
class TopTest {
  private static final String AGENTS =
      "{\"agents\":[{\"agent_info\":{\"id\":{\"value\":\"A1\"},\"hostname\":\"h1\",\"port\":7}}]}";

  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private volatile String agents = AGENTS;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var call = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try (exchange;
        var body = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(200, 0);
      if (call.contains("GET_AGENTS")) {
        body.write(bytes("{\"type\":\"GET_AGENTS\",\"get_agents\":" + agents + "}"));
        return;
      }
      var event =
          bytes(
              "{\"type\":\"SUBSCRIBED\",\"subscribed\":{\"get_state\":{\"get_agents\":"
                  + AGENTS
                  + "}}}");
      body.write(bytes(event.length + "\n"));
      body.write(event);
      body.flush();
      over.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private int top(Writer reader) {
    return top(new CommandLine(new TopCommand()).setOut(new PrintWriter(reader)));
  }

  private int top(CommandLine command) {
    return command.execute(
        "--master=127.0.0.1:" + server.getAddress().getPort(), "--interval=20ms");
  }

  /** Who reads as {@code head} does: so many screens, and then never again. */
  private static final class Head extends Writer {
    private final int most;
    private final Runnable read;
    private final List<String> screens = new ArrayList<>();
    private final StringBuilder screen = new StringBuilder();

    Head(int most) {
      this(most, () -> {});
    }

    /**
     * @param read called after each screen
     */
    Head(int most, Runnable read) {
      this.most = most;
      this.read = read;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      if (screens.size() >= most) {
        throw new IOException("Broken pipe");
      }
      screen.append(text, from, length);
    }

    @Override
    public void flush() {
      if (!screen.isEmpty()) {
        screens.add(screen.toString());
        screen.setLength(0);
        read.run();
      }
    }

    @Override
    public void close() {
      // There is nothing to give back.
    }
  }

  @Test
  void itEndsWhenNobodyReadsThoughNothingHappens() {
    var head = new Head(1);
    assertEquals(1, top(head));
    assertTrue(
        head.screens.getFirst().startsWith("1 agents, 0 frameworks"), head.screens::toString);
  }

  /** Whose errors the writer that a command is given does not hear of. */
  @Test
  void itEndsWhenNobodyReadsStandardOutput() {
    var standard = System.out;
    var head = new Head(1);
    System.setOut(new PrintStream(new Pipe(head), false, StandardCharsets.UTF_8));
    try {
      assertEquals(1, top(new CommandLine(new TopCommand())));
    } finally {
      System.setOut(standard);
    }
    assertFalse(head.screens.isEmpty());
  }

  /** Bytes for that reader. */
  private static final class Pipe extends OutputStream {
    private final Head head;

    Pipe(Head head) {
      this.head = head;
    }

    @Override
    public void write(int letter) throws IOException {
      head.write(letter);
    }

    @Override
    public void flush() {
      head.flush();
    }
  }

  @Test
  void anAgentThatIsGoneIsNotShownForEver() {
    // It goes when it was seen; the second screen may be of the same event as the first.
    var head = new Head(3, () -> agents = "{}");
    assertEquals(1, top(head));
    assertTrue(head.screens.getFirst().contains("h1:7"), head.screens::toString);
    assertFalse(head.screens.getLast().contains("h1:7"), head.screens::toString);
  }
}
