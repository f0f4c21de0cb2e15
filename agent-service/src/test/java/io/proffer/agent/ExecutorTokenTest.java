package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.masterlink.DoubleMaster;
import io.proffer.api.flags.Flags;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tokens of executors prove, over the wire. */
@Timeout(60)
final class ExecutorTokenTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String FRAMEWORK = "frame";
  private static final String EXECUTOR = "somebody-elses";

  /** More than --max_request_size. */
  private static final int LONG_BYTES = 9 << 20;

  private static final int LIFE_SECONDS = 3;
  private static final int LONGEST_LIFE_SECONDS = 12;

  @TempDir Path directory;
  private Vertx vertx;
  private DoubleMaster master;
  private AgentAssembly agent;
  private Path socket;
  private Path audit;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    master = new DoubleMaster(vertx, 0);
    socket = directory.resolve("socket");
    audit = directory.resolve("audit");
    var flags = new LinkedHashMap<String, String>();
    flags.put("master", "127.0.0.1:" + master.port());
    flags.put("work_dir", directory.resolve("work").toString());
    flags.put("port", "0");
    flags.put("resources", "cpus:4;mem:1024");
    flags.put("switch_user", "false");
    flags.put("jwt_secret_key", Files.writeString(directory.resolve("key"), KEY).toString());
    flags.put("authenticate_http_executors", "true");
    flags.put("http_executor_domain_sockets", "true");
    flags.put("domain_socket_location", socket.toString());
    flags.put("audit_log", audit.toString());
    agent = AgentAssembly.start(Flags.fill(new AgentConfig(), flags));
    master.awaitSubscription();
    var task = TaskMessages.custom("task", EXECUTOR);
    task.getExecutorBuilder().getCommandBuilder().setValue("sleep 1000");
    master.send(
        record -> record.setRunTask(TaskMessages.run(TaskMessages.framework(FRAMEWORK), task)));
    var state = "";
    while (!state.contains("\"" + EXECUTOR + "\"")) {
      try (var connection = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
        send(connection, "GET /state HTTP/1.1\r\nHost: agent\r\nConnection: close\r\n\r\n");
        state = read(connection.getInputStream());
      }
    }
  }

  @AfterEach
  void stop() {
    agent.close();
    master.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Whoever has a token with an end may send the rest of the request as late as it likes. */
  @Test
  void aTokenThatEndsBeforeItsRequestDoesStillSpeaksForItsOwnerAlone() throws Exception {
    var seconds = LIFE_SECONDS;
    var answer = late(body(), seconds);
    // On a host so busy that the head was read too late: once more, with more time for it.
    while (answer.startsWith("HTTP/1.1 401 ") && seconds < LONGEST_LIFE_SECONDS) {
      seconds *= 2;
      answer = late(body(), seconds);
    }
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    assertTrue(answer.contains("does not contain an 'eid' claim"), answer);
  }

  /** One that comes back says all that was not acknowledged in one piece. */
  @Test
  void anExecutorMaySayMoreThanOthers() throws Exception {
    var said = body("A".repeat(LONG_BYTES));
    try (var connection = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
      send(connection, head(token(Instant.now().getEpochSecond() + 60), said.length()) + said);
      var answer = read(connection.getInputStream());
      assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    }
  }

  private static String body() {
    return body("eA==");
  }

  private static String body(String data) {
    return ("{\"type\":\"MESSAGE\",\"framework_id\":{\"value\":\"%s\"},"
            + "\"executor_id\":{\"value\":\"%s\"},\"message\":{\"data\":\"%s\"}}")
        .formatted(FRAMEWORK, EXECUTOR, data);
  }

  /** The answer to a request whose token runs out between its head and its body. */
  private String late(String body, int seconds) throws Exception {
    var end = Instant.now().getEpochSecond() + seconds;
    try (var connection = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
      send(connection, head(token(end), body.length()));
      while (Instant.now().getEpochSecond() <= end) {
        LockSupport.parkUntil((end + 1) * 1000);
      }
      send(connection, body);
      return read(connection.getInputStream());
    }
  }

  @Test
  void whoIsRefusedOnTheSocketIsInTheAuditLog() throws Exception {
    try (var connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      connection.connect(UnixDomainSocketAddress.of(socket));
      connection.write(ByteBuffer.wrap((head("wrong", 2) + "{}").getBytes(StandardCharsets.UTF_8)));
      assertTrue(
          read(Channels.newInputStream(connection)).startsWith("HTTP/1.1 401 "), "a wrong token");
    }
    var told = "";
    while (!told.contains("\"status\":401")) {
      told = Files.readString(audit);
    }
    assertTrue(told.contains("\"peer\":\"the socket "), told);
    assertEquals(-1, told.indexOf("wrong"), told);
  }

  private static String head(String token, int length) {
    return "POST /api/v1/executor HTTP/1.1\r\nHost: agent\r\nContent-Type: application/json\r\n"
        + "Connection: close\r\n"
        + ("Authorization: Bearer " + token + "\r\nContent-Length: " + length + "\r\n\r\n");
  }

  private static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    to.getOutputStream().flush();
  }

  private static String read(InputStream from) throws IOException {
    return new String(from.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Of another executor, good until then. */
  private static String token(long end) throws GeneralSecurityException {
    var signed =
        part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
            + "."
            + part(
                "{\"fid\":\"%s\",\"eid\":\"mine\",\"cid\":\"c\",\"exp\":%d}"
                    .formatted(FRAMEWORK, end));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
