package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.cli.bench.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image: built, unpacked and run, where this host has what it takes. */
@Timeout(120)
final class ImageTest {
  private static final String UNTRIED = "the image is neither built nor tried";
  private static final Path JAR = Deployment.ROOT.resolve("cli/target/proffer.jar");

  /** Of the user {@code proffer} in the image. */
  private static final int USER = 5050;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path directory;

  private static String runc;
  private static String umoci;
  private static Path bundle;

  @BeforeAll
  static void build() throws Exception {
    runc = Program.needed("runc", UNTRIED);
    umoci = Program.needed("umoci", UNTRIED);
    Program.needed("dpkg-query", UNTRIED);
    if (!System.getProperty("user.name").equals("root")) {
      Program.skipped("only root can build and run it as it is: " + UNTRIED);
    }
    if (!Files.exists(JAR)) {
      Program.skipped("there is no cli/target/proffer.jar, which ./mvnw package makes: " + UNTRIED);
    }
    var outcome =
        Program.run(
            directory,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            "sh",
            Deployment.file("image/build.sh").toString(),
            "--out",
            directory.resolve("image").toString(),
            "--tag",
            "test");
    assertEquals(0, outcome.status(), outcome.output());
    System.out.println("ImageTest: " + outcome.output().strip());
    bundle = directory.resolve("bundle");
    var unpacked =
        Program.run(directory, umoci, "unpack", "--image", "image/oci:test", bundle.toString());
    assertEquals(0, unpacked.status(), unpacked.output());
  }

  /** JUnit would warn of each link in it that leads out of it. */
  @AfterAll
  static void remove() {
    Program.run(directory, "rm", "-rf", "--one-file-system", "bundle");
  }

  /** As compose and Kubernetes run it: no powers, no root, nothing to write to but two mounts. */
  @Test
  void aMasterInItIsHealthyAndStopsInOrder() throws Exception {
    var port = FreePorts.any();
    var variables =
        List.of(
            "PROFFER_IP=127.0.0.1",
            "PROFFER_PORT=" + port,
            "PROFFER_WORK_DIR=/var/lib/proffer/master");
    long before = System.nanoTime();
    try (var master = Container.start(runc, bundle, USER, variables, List.of("master"))) {
      awaitHealth(master, port);
      System.out.println(
          "ImageTest: healthy after " + (System.nanoTime() - before) / 1_000_000 + " ms.");
      assertEquals(143, master.stop());
      assertTrue(
          master.output().endsWith("The master was asked to stop, and has stopped.\n"),
          master.output());
      assertFalse(master.known());
    }
  }

  @Test
  void anAgentInItRunsTasks() throws Exception {
    var arguments = List.of("run", "--local", "--command", "echo hello from $(id -un)");
    try (var cluster = Container.start(runc, bundle, 0, List.of(), arguments)) {
      assertEquals(0, cluster.await(), cluster::output);
      assertTrue(cluster.output().contains("\nhello from root\n"), cluster.output());
      assertFalse(cluster.known());
    }
  }

  @Test
  void itSaysHowItIsRun() throws Exception {
    var config = config();
    assertEquals("[\"/opt/proffer/bin/proffer\"]", config.get("Entrypoint").toString());
    assertEquals("SIGTERM", config.get("StopSignal").asText());
    assertEquals("{\"5050/tcp\":{},\"5051/tcp\":{}}", config.get("ExposedPorts").toString());
    var root = bundle.resolve("rootfs");
    assertEquals(USER, Files.getAttribute(root.resolve("var/lib/proffer"), "unix:uid"));
    assertTrue(Files.readString(root.resolve("etc/passwd")).contains("\nproffer:x:" + USER + ":"));
    assertTrue(Files.size(root.resolve("etc/ssl/certs/ca-certificates.crt")) > 100_000);
  }

  private static JsonNode config() throws Exception {
    var layout = directory.resolve("image/oci");
    var json = new ObjectMapper();
    var index = json.readTree(layout.resolve("index.json").toFile());
    var manifest = json.readTree(blob(layout, index.at("/manifests/0/digest")).toFile());
    assertEquals(3, manifest.get("layers").size());
    return json.readTree(blob(layout, manifest.at("/config/digest")).toFile()).get("config");
  }

  private static Path blob(Path layout, JsonNode digest) {
    return layout.resolve("blobs").resolve(digest.asText().replace(':', '/'));
  }

  private static void awaitHealth(Container master, int port) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
            .timeout(Duration.ofSeconds(2))
            .build();
    Awaitility.await("health")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              assertTrue(master.alive(), master::output);
              try {
                return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                    == 200;
              } catch (IOException notYet) {
                return false;
              }
            });
  }
}
