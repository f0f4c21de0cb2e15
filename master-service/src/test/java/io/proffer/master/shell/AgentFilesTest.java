package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.auth.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading files of an agent through the master, when the agent does what the test says. */
@Timeout(60)
class AgentFilesTest {
  private static final String PATH = "/agents/files/download?agent_id=A&path=/some/file";

  private ServerSocket files;
  private RunningMaster master;
  private ScriptedAgent agent;

  @TempDir Path directory;

  @BeforeEach
  void start() throws Exception {
    var credential = Files.writeString(directory.resolve("credential"), "master sesame");
    files = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    master =
        RunningMaster.start(
                Map.of(
                    "registry", "in_memory",
                    "credentials", credential.toString(),
                    "authenticate_agents", "true",
                    "authenticate_http_readonly", "true",
                    "agent_http_credential", credential.toString(),
                    "agent_file_requests", "1",
                    "agent_file_piece", "10B",
                    "agent_file_timeout", "5secs"))
            .showing(new Credential("master", "sesame"));
    var subscription = ScriptedAgent.subscription();
    subscription.getAgentInfoBuilder().setPort(files.getLocalPort());
    agent = ScriptedAgent.register(master, subscription);
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    master.close();
    files.close();
  }

  private HttpResponse<String> read(String... headers) throws IOException, InterruptedException {
    var id = agentId();
    var request = master.request(PATH.replace("=A&", "=" + id + "&"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return master.send(request);
  }

  private String agentId() throws IOException, InterruptedException {
    return master.get("/slaves").body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
  }

  /** Takes one request and gives this answer; the request's head. */
  private CompletableFuture<String> answering(String answer) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket socket = files.accept()) {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
              head.append((char) socket.getInputStream().read());
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return head.toString();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void noMoreIsAskedOfTheAgentThanOnePiece() throws Exception {
    var asked =
        answering(
            "HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\nContent-Range: bytes"
                + " 5-7/8\r\nProffer-File-Id: 7-f\r\n\r\nabc");
    var answer = read("Range", "bytes=5-999999");
    assertEquals(206, answer.statusCode());
    assertEquals("abc", answer.body());
    assertEquals("bytes 5-7/8", answer.headers().firstValue("Content-Range").orElse(""));
    assertEquals("7-f", answer.headers().firstValue("Proffer-File-Id").orElse(""));
    var head = asked.get();
    assertTrue(head.startsWith("GET /files/download?path=%2Fsome%2Ffile "), head);
    assertTrue(head.toLowerCase(java.util.Locale.ROOT).contains("range: bytes=5-14"), head);
    var shown = new Credential("master", "sesame").basic();
    assertTrue(head.contains("Authorization: " + shown), "the agent is shown who asks");
  }

  @Test
  void anAgentThatDoesNotKnowTheMasterIsNamedWithWhatHelps() throws Exception {
    var asked = answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    var answer = read();
    assertEquals(502, answer.statusCode());
    assertTrue(answer.body().contains("give the master --agent_http_credential=FILE"));
    asked.get();
  }

  @Test
  void anAgentThatSendsMoreThanWasAskedForIsNotBelieved() throws Exception {
    var asked = answering("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc");
    var answer = read();
    assertEquals(502, answer.statusCode());
    assertTrue(answer.body().endsWith("than it was asked for"), answer.body());
    asked.get();
  }

  @Test
  void oneTooManyIsToldToComeAgainAndASilentAgentIsNotWaitedForForEver() throws Exception {
    // The system takes connections for us; nobody answers.
    var first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return read();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    try (var waiting = files.accept()) {
      var second = read();
      assertEquals(503, second.statusCode());
      assertTrue(second.headers().firstValue("Retry-After").isPresent());
      var late = first.get();
      assertEquals(502, late.statusCode());
      assertTrue(late.body().contains("did not answer"), late.body());
      assertTrue(waiting.isConnected());
    }
    var third = answering("HTTP/1.1 404 Not Found\r\nContent-Length: 14\r\n\r\n404 Not Found.");
    var last = read();
    assertEquals("404 Not Found.", last.body());
    assertEquals(404, last.statusCode());
    third.get();
  }

  @Test
  void wrongRequestsAreRefused() throws Exception {
    assertEquals(400, master.get("/agents/files/download?path=/x").statusCode());
    assertEquals(400, read("Range", "bytes=-5").statusCode());
    assertEquals(
        "No agent with id 'nobody' is registered here",
        master.get("/agents/files/download?agent_id=nobody&path=/x").body());
  }
}
