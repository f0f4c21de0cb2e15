package io.proffer.e2e.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TestAuthority;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Json;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;

/**
 * A master and an agent as processes that speak TLS alone, to those with certificates; executors
 * show tokens. The test that drives it has a certificate too.
 */
final class EncryptedCluster implements AutoCloseable {
  private final int masterPort = FreePorts.any();
  private final int agentPort = FreePorts.any();
  private final Path directory;
  private final TestAuthority authority = new TestAuthority("authority");
  private final HttpClient http;
  private final ServiceProcess master;
  private ServiceProcess agent;

  EncryptedCluster(Path directory) throws IOException {
    this.directory = directory;
    authority.write(directory);
    authority.issue(directory, "master", TestAuthority.here());
    authority.issue(directory, "agent", TestAuthority.here());
    authority.issue(directory, "user", List.of("user"));
    Files.writeString(directory.resolve("tokens"), "thirty-two bytes that nobody guesses");
    http = HttpClient.newBuilder().sslContext(context()).build();
    master =
        ServiceProcess.start(
            directory.resolve("master.log"),
            arguments(
                "master",
                "--ip=127.0.0.1",
                "--port=" + masterPort,
                "--hostname=localhost",
                "--work_dir=" + directory.resolve("m")));
    startAgent();
    awaitAgent();
  }

  int masterPort() {
    return masterPort;
  }

  int agentPort() {
    return agentPort;
  }

  /** Of whose certificates all are. */
  TestAuthority authority() {
    return authority;
  }

  ServiceProcess master() {
    return master;
  }

  /** The process of its newest start. */
  ServiceProcess agent() {
    return agent;
  }

  /** Kills the agent, and starts it again. */
  void restartAgent() {
    agent.kill();
    startAgent();
    awaitAgent();
  }

  @Override
  public void close() {
    agent.close();
    master.close();
  }

  private void startAgent() {
    agent =
        ServiceProcess.start(
            directory.resolve("agent.log"),
            arguments(
                "agent",
                "--ip=127.0.0.1",
                "--port=" + agentPort,
                "--hostname=localhost",
                "--master=localhost:" + masterPort,
                "--work_dir=" + directory.resolve("a"),
                "--resources=cpus:4;mem:4096;disk:8192;ports:[31000-32000]",
                "--executor_reregistration_timeout=15secs",
                "--http_executor_domain_sockets",
                "--authenticate_http_executors",
                "--jwt_secret_key=" + directory.resolve("tokens")));
  }

  /** With the certificate that has the name of the service. */
  private List<String> arguments(String service, String... more) {
    var all = new ArrayList<>(List.of(service));
    all.addAll(tls(service));
    all.add("--ssl_require_client_cert");
    all.addAll(List.of(more));
    return all;
  }

  List<String> tls(String name) {
    return List.of(
        "--ssl_cert_file=" + directory.resolve(name + ".pem"),
        "--ssl_key_file=" + directory.resolve(name + ".key"),
        "--ssl_ca_file=" + directory.resolve("authority.pem"));
  }

  SSLContext context() {
    var settings =
        new TlsSettings(
            Optional.of(directory.resolve("user.pem")),
            Optional.of(directory.resolve("user.key")),
            Optional.of(directory.resolve("authority.pem")),
            Optional.empty(),
            true,
            false,
            TlsSettings.PROTOCOLS);
    return Managers.context(TlsStore.open(settings).material());
  }

  private void awaitAgent() {
    Awaitility.await("the agent registered")
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .until(() -> agentIsReady() && state().path("activated_slaves").asInt() == 1);
  }

  private boolean agentIsReady() {
    return get(agentPort, "/health").statusCode() == 200;
  }

  JsonNode state() {
    return Json.parse(get(masterPort, "/state").body());
  }

  HttpResponse<String> get(int port, String path) {
    return send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
