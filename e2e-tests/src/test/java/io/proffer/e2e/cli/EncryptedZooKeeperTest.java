package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.tls.TestAuthority;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master, an agent and commands that find each other in a ZooKeeper which speaks TLS alone. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class EncryptedZooKeeperTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final TestAuthority authority = new TestAuthority("authority");
  private OneServer zooKeeper;

  @BeforeEach
  void start() {
    authority.write(directory);
    authority.issue(directory, "server", TestAuthority.here());
    authority.issue(directory, "client", List.of("client"));
    zooKeeper =
        own(
            OneServer.start(
                TlsStore.open(
                    new TlsSettings(
                        Optional.of(directory.resolve("server.pem")),
                        Optional.of(directory.resolve("server.key")),
                        Optional.of(directory.resolve("authority.pem")),
                        Optional.empty(),
                        true,
                        false,
                        TlsSettings.PROTOCOLS))));
  }

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T own(T part) {
    open.push(part);
    return part;
  }

  private String url() {
    return zooKeeper.url("/proffer").toString();
  }

  /** Their own ports stay as they are: what is of one part need not be of the other. */
  private List<String> flags(String... more) {
    var all = new ArrayList<>(List.of(more));
    all.addAll(
        List.of(
            "--zk_ssl=true",
            "--ssl_enabled=false",
            "--ssl_ca_file=" + directory.resolve("authority.pem"),
            "--ssl_cert_file=" + directory.resolve("client.pem"),
            "--ssl_key_file=" + directory.resolve("client.key")));
    return all;
  }

  private ServiceProcess service(String name, String... more) throws IOException {
    var files = Files.createDirectory(directory.resolve(name + "-tmp"));
    return own(
        ServiceProcess.start(
            directory.resolve(name + ".log"), List.of("-Djava.io.tmpdir=" + files), flags(more)));
  }

  @Test
  void aMasterLeadsAndAnAgentAndCommandsFindIt() throws Exception {
    var port = FreePorts.any();
    var master = service("master", "master", "--ip=127.0.0.1", "--port=" + port, "--zk=" + url());
    var agent =
        service(
            "agent",
            "agent",
            "--ip=127.0.0.1",
            "--port=" + FreePorts.any(),
            "--master=" + url(),
            "--work_dir=" + directory.resolve("a"),
            "--runtime_dir=" + directory.resolve("a-run"),
            "--resources=" + Cluster.RESOURCES);
    Awaitility.await("the agent registered")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                Json.get("http://127.0.0.1:" + port + "/state").path("activated_slaves").asInt()
                    == 1);
    var found =
        own(Tool.proffer(directory, flags("agents", "--master=" + url()).toArray(String[]::new)));
    assertEquals(0, found.await(), found::everything);

    var refused =
        own(
            Tool.proffer(
                directory,
                "agents",
                "--master=" + url(),
                "--zk_ssl",
                "--ssl_ca_file=" + directory.resolve("authority.pem")));
    assertEquals(1, refused.await(), refused::everything);
    assertTrue(refused.err().contains("it wants a certificate from us"), refused::everything);
    assertFalse(refused.err().contains("\tat "), refused::everything);

    for (var service : List.of(agent, master)) {
      assertFalse(service.output().contains("\tat "), service::output);
      service.terminate();
    }
    for (var place : List.of("master-tmp", "agent-tmp", ".")) {
      assertEquals(List.of(), keysLeft(directory.resolve(place)), place);
    }
  }

  private static List<Path> keysLeft(Path place) throws IOException {
    try (var files = Files.list(place)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("proffer-zookeeper-"))
          .toList();
    }
  }
}
