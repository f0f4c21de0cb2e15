package io.proffer.e2e.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** One recorded exchange. */
record Golden(String folder, String name, JsonNode document) {
  private static final String HOSTNAME = "--hostname=127.0.0.1";
  private static final Map<String, List<Golden>> READ = new ConcurrentHashMap<>();

  /** The folder of recordings, if there is one. */
  static Optional<Path> directory() {
    var given = System.getProperty("golden.dir", "");
    var root = Path.of(System.getProperty("project.root", "."));
    var path = given.isEmpty() ? root.resolve("../shared/golden") : Path.of(given);
    return Files.isDirectory(path) ? Optional.of(path.normalize()) : Optional.empty();
  }

  /**
   * A cluster like the one that was recorded: a master and one agent.
   *
   * @param masterFlags what the master is given besides
   */
  static Cluster cluster(String... masterFlags) {
    var flags = Stream.concat(Stream.of(HOSTNAME), Stream.of(masterFlags));
    var cluster = Cluster.master(flags.toArray(String[]::new));
    cluster.addAgent("ports:[31000-32000];cpus:4;mem:4096;disk:8192", HOSTNAME);
    cluster.awaitAgents(1);
    return cluster;
  }

  /** All exchanges of a folder, by name. */
  static List<Golden> all(String folder) {
    return READ.computeIfAbsent(folder, Golden::read);
  }

  private static List<Golden> read(String folder) {
    var directory = directory();
    if (directory.isEmpty()) {
      System.out.println(
          "conformance: no recorded exchanges at -Dgolden.dir, " + folder + " skipped");
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory.get().resolve(folder))) {
      var found = new ArrayList<Golden>();
      for (var file : files.sorted().toList()) {
        var name = file.getFileName().toString().replaceAll("\\.json$", "");
        found.add(new Golden(folder, name, Json.parse(Files.readString(file))));
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One exchange. */
  static Golden of(String folder, String name) {
    return all(folder).stream().filter(g -> g.name.equals(name)).findFirst().orElseThrow();
  }

  String method() {
    return document.at("/request/method").asText();
  }

  String path() {
    return document.at("/request/path").asText();
  }

  /** The request's headers but those of the connection, as they were written. */
  List<String> headerLines() {
    var lines = new ArrayList<String>();
    for (var header : document.at("/request/headers")) {
      var key = header.get(0).asText();
      if (!key.equalsIgnoreCase("Host") && !key.equalsIgnoreCase("Content-Length")) {
        lines.add(key + ": " + header.get(1).asText());
      }
    }
    return lines;
  }

  byte[] body() {
    var request = document.get("request");
    return request.has("body_base64")
        ? Base64.getDecoder().decode(request.get("body_base64").asText())
        : request.path("body").asText().getBytes(StandardCharsets.UTF_8);
  }

  JsonNode response() {
    return document.get("response");
  }

  int status() {
    return response().get("status").asInt();
  }

  /** A header of the response; empty when it is absent. */
  String header(String name) {
    for (var header : response().path("headers")) {
      if (header.get(0).asText().equalsIgnoreCase(name)) {
        return header.get(1).asText();
      }
    }
    return "";
  }

  /** The body of the answer, whatever its coding, as bytes. */
  byte[] answerBody() throws IOException {
    var bytes =
        response().has("body_base64")
            ? Base64.getDecoder().decode(response().get("body_base64").asText())
            : response().path("body").asText().getBytes(StandardCharsets.UTF_8);
    return header("Content-Encoding").equals("gzip") ? unpacked(bytes) : bytes;
  }

  /** What was packed by gzip. */
  static byte[] unpacked(byte[] gzip) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  String id() {
    return folder + "/" + name;
  }
}
