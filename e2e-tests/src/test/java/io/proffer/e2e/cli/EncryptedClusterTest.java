package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.tls.TestAuthority;
import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Json;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that speaks TLS alone, to those with certificates, and to executors with tokens. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class EncryptedClusterTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().resolve("examples");
  private static final Pattern TOKEN =
      Pattern.compile("MESOS_EXECUTOR_AUTHENTICATION_TOKEN=([^\\x00]+)");

  @TempDir static Path directory;
  private static EncryptedCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = new EncryptedCluster(directory);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aCommandRunsAndItsOutputIsReadThroughTheMaster() throws Exception {
    var command = "head -c 700000 /dev/zero | tr '\\0' x; echo; echo end";
    try (var run = proffer("run", "--command=" + command)) {
      assertEquals(0, run.await(), run::everything);
      assertEquals(700_005, run.out().length());
    }
    try (var logs = proffer("logs", "task-1")) {
      assertEquals(0, logs.await(), logs::everything);
      assertTrue(logs.out().endsWith("x\nend\n"));
    }
    try (var agents = proffer("agents")) {
      assertEquals(0, agents.await(), agents::everything);
    }
  }

  @Test
  void whoIsNotServedIsToldWhyInOneLine() throws Exception {
    cluster.authority().issueExpired(directory, "late", List.of("late"));
    var ca = "--ssl_ca_file=" + directory.resolve("authority.pem");
    refuses(
        "wants a certificate from us", "https://127.0.0.1:" + cluster.masterPort(), List.of(ca));
    refuses(
        "Does it speak TLS? Then give https://", "127.0.0.1:" + cluster.masterPort(), List.of());
    refuses(
        "not trusted here: look at --ssl_ca_file",
        "https://127.0.0.1:" + cluster.masterPort(),
        List.of());
    refuses("expired", "https://127.0.0.1:" + cluster.masterPort(), cluster.tls("late"));
    Awaitility.await("the log of the master")
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                Stream.of("showed no certificate", "does not speak TLS", "has expired")
                    .allMatch(cluster.master().output()::contains));
    assertFalse(cluster.master().output().contains("\tat "), "no stack traces");
  }

  private static void refuses(String why, String address, List<String> flags) throws Exception {
    var all = new ArrayList<>(List.of("agents", "--master=" + address));
    all.addAll(flags);
    try (var tool = Tool.proffer(directory, all.toArray(String[]::new))) {
      assertEquals(1, tool.await(), tool::everything);
      assertTrue(tool.err().contains(why), tool::everything);
      assertEquals(1, tool.err().lines().count(), tool::everything);
    }
  }

  @Test
  void executorsSpeakForThemselvesAloneAndAreKnownAfterARestart() throws Exception {
    var done = directory.resolve("done");
    var command = "--command=until test -e " + done + "; do sleep 0.1; done";
    try (var one = framework(command);
        var other = framework(command)) {
      one.awaitText("python-1 TASK_RUNNING");
      other.awaitText("python-1 TASK_RUNNING");
      var frameworks = List.of(id(one), id(other));
      var tokens = tokens(frameworks);

      assertEquals(401, call(frameworks.get(0), "Bearer " + tokens.get(0) + "x").statusCode());
      var stranger = call(frameworks.get(0), "Basic YTpi");
      assertEquals(401, stranger.statusCode());
      assertEquals(
          "Bearer realm=\"mesos-agent-executor\"",
          stranger.headers().firstValue("WWW-Authenticate").orElse(""));
      var imposter = call(frameworks.get(0), "Bearer " + tokens.get(1));
      assertEquals(403, imposter.statusCode());
      assertTrue(
          imposter
              .body()
              .endsWith(
                  "does not contain an 'fid' claim with the framework ID "
                      + frameworks.get(0)
                      + ", which is set in the call"),
          imposter.body());
      assertEquals(202, call(frameworks.get(0), "Bearer " + tokens.get(0)).statusCode());
      assertTokensAreNowhere(tokens);

      cluster.restartAgent();
      Awaitility.await("both executors came back")
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  call(frameworks.get(0), "Bearer " + tokens.get(0)).statusCode() == 202
                      && call(frameworks.get(1), "Bearer " + tokens.get(1)).statusCode() == 202);
      Files.createFile(done);
      assertEquals(0, one.await(), one::everything);
      assertEquals(0, other.await(), other::everything);
    }
  }

  private static Tool framework(String command) throws IOException {
    return Tool.example(
        directory,
        Map.of(
            "LIBPROCESS_SSL_CA_FILE", directory.resolve("authority.pem").toString(),
            "LIBPROCESS_SSL_CERT_FILE", directory.resolve("user.pem").toString(),
            "LIBPROCESS_SSL_KEY_FILE", directory.resolve("user.key").toString()),
        "python3",
        EXAMPLES.resolve("framework.py").toString(),
        "--master=https://localhost:" + cluster.masterPort(),
        "--instances=1",
        command,
        "--executor=exec python3 " + EXAMPLES.resolve("executor.py"));
  }

  private static String id(Tool framework) throws IOException {
    var line = framework.out().lines().filter(l -> l.startsWith("subscribed as ")).findFirst();
    return line.orElseThrow().substring("subscribed as ".length());
  }

  /** Only who runs as the executor's user, or as root, sees its environment. */
  private static List<String> tokens(List<String> frameworks) {
    var tokens = new ArrayList<String>();
    for (var framework : frameworks) {
      var found =
          cluster
              .agent()
              .descendants()
              .flatMap(process -> environment(process.pid()).stream())
              .filter(all -> all.contains("MESOS_FRAMEWORK_ID=" + framework))
              .map(TOKEN::matcher)
              .filter(Matcher::find)
              .map(match -> match.group(1))
              .findFirst();
      tokens.add(found.orElseThrow(() -> new AssertionError("no token of " + framework)));
    }
    return tokens;
  }

  private static Optional<String> environment(long pid) {
    try {
      return Optional.of(Files.readString(Path.of("/proc/" + pid + "/environ")));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** A MESSAGE to the scheduler, which this one prints nothing of. */
  private static HttpResponse<String> call(String framework, String authorization) {
    var body =
        Json.of(
            "{'type':'MESSAGE','message':{'data':'aGk='},'executor_id':{'value':'runner'},"
                + "'framework_id':{'value':'"
                + framework
                + "'}}");
    return cluster.send(
        HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + cluster.agentPort() + "/api/v1/executor"))
            .header("Content-Type", "application/json")
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private static void assertTokensAreNowhere(List<String> tokens) throws IOException {
    var seen = new StringBuilder();
    for (var path :
        List.of("/state", "/flags", "/containers", "/metrics/snapshot", "/files/debug")) {
      seen.append(cluster.get(cluster.agentPort(), path).body());
    }
    for (var path : List.of("/state", "/frameworks", "/tasks", "/slaves")) {
      seen.append(cluster.get(cluster.masterPort(), path).body());
    }
    assertTrue(seen.indexOf("authenticate_http_executors") > 0, "the flags are shown");
    // Logs, checkpoints, sandboxes: all that is on disk.
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        seen.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    for (var token : tokens) {
      var signature = token.substring(token.lastIndexOf('.') + 1);
      assertFalse(seen.toString().contains(signature), "a token is shown");
    }
    seen.setLength(0);
    try (var files = Files.walk(directory.resolve("a"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        seen.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertFalse(seen.toString().contains("nobody guesses"), "the key is shown");
  }

  @Test
  void aRenewedCertificateIsUsedAfterAHangup() throws Exception {
    cluster.authority().issue(directory, "renewed", TestAuthority.here());
    try (var old = connect()) {
      var before = old.getSession().getPeerPrincipal().getName();
      for (var kind : List.of(".key", ".pem")) {
        Files.copy(
            directory.resolve("renewed" + kind),
            directory.resolve("master" + kind),
            StandardCopyOption.REPLACE_EXISTING);
      }
      assertEquals("CN=master", before);
      cluster.master().signal("HUP");
      Awaitility.await("the renewed certificate")
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                try (var socket = connect()) {
                  return socket.getSession().getPeerPrincipal().getName().equals("CN=renewed");
                }
              });
      var request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
      old.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', old.getInputStream().read(), "an old connection goes on");
    }
    assertEquals(1, cluster.state().path("activated_slaves").asInt());

    Files.writeString(directory.resolve("master.pem"), "broken");
    var refused =
        cluster.send(
            HttpRequest.newBuilder(
                    URI.create("https://127.0.0.1:" + cluster.masterPort() + "/credentials/reload"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertEquals(409, refused.statusCode());
    assertTrue(
        refused.body().startsWith("The certificates stay as they were: --ssl_cert_file"),
        refused.body());
    Files.copy(
        directory.resolve("renewed.pem"),
        directory.resolve("master.pem"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aServiceWhoseCertificateExpiredSaysSoAndStarts() throws Exception {
    cluster.authority().issueExpired(directory, "expired", TestAuthority.here());
    var port = FreePorts.any();
    var flags =
        new ArrayList<>(
            List.of("master", "--ip=127.0.0.1", "--port=" + port, "--registry=in_memory"));
    flags.addAll(cluster.tls("expired"));
    try (var process = ServiceProcess.start(directory.resolve("expired.log"), flags)) {
      Awaitility.await("the warning, and the port")
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  process.output().contains("expired at 2020-01-01T00:00:00Z")
                      && process.output().contains("serves on https://"));
      refuses(
          "its certificate has expired (NotAfter: Wed Jan 01 00:00:00 UTC 2020)",
          "https://127.0.0.1:" + port,
          cluster.tls("user"));
    }
  }

  private static SSLSocket connect() throws IOException {
    var socket =
        (SSLSocket)
            cluster.context().getSocketFactory().createSocket("127.0.0.1", cluster.masterPort());
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    return socket;
  }

  @Test
  void plainHttpIsNotAnswered() throws IOException {
    for (var port : List.of(cluster.masterPort(), cluster.agentPort())) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        socket
            .getOutputStream()
            .write("GET /state HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertFalse(answer.contains("HTTP"), answer);
      }
    }
    assertThrows(
        Exception.class, () -> Json.get("http://127.0.0.1:" + cluster.masterPort() + "/state"));
  }

  private static Tool proffer(String command, String... arguments) throws IOException {
    var all =
        new ArrayList<>(List.of(command, "--master=https://localhost:" + cluster.masterPort()));
    all.addAll(cluster.tls("user"));
    all.addAll(List.of(arguments));
    return Tool.proffer(directory, all.toArray(String[]::new));
  }
}
