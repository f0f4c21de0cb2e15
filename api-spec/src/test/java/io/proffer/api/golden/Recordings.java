package io.proffer.api.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a folder of recorded exchanges. */
final class Recordings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Sample> samples = new ArrayList<>();

  private Recordings() {}

  /** The folder, or empty where there is none. */
  static Optional<Path> folder() {
    Path root = Path.of(System.getProperty("project.root", ".."));
    Path folder =
        Path.of(System.getProperty("golden.dir", root.resolve("../shared/golden").toString()));
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }

  static List<Sample> samples(Path folder) {
    Recordings recordings = new Recordings();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        recordings.read(folder.relativize(file).toString(), JSON.readTree(file.toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return recordings.samples;
  }

  private void read(String source, JsonNode recording) {
    if (recording.has("response") && recording.path("request").has("path")) {
      readExchange(source, recording.get("request"), recording.get("response"));
      for (JsonNode event : recording.path("events_that_follow")) {
        add(source, Sample.Kind.REPRINTED, Dialect.SCHEDULER.record, event.toString());
      }
    }
    for (JsonNode connection : recording.path("connections")) {
      readConnection(source, connection);
    }
  }

  private void readExchange(String source, JsonNode request, JsonNode response) {
    Dialect dialect = Dialect.of(request.get("path").asText(), header(request, "host"));
    if (dialect == null) {
      return;
    }
    int status = response.get("status").asInt();
    if (isJson(request) && request.has("body")) {
      String refusal = response.path("body").asText();
      if (status < 300) {
        add(source, Sample.Kind.ACCEPTED, dialect.call, request.get("body").asText());
      } else if (refusal.startsWith("Failed to parse body")
          || refusal.startsWith("Failed to convert")) {
        String body = request.get("body").asText();
        samples.add(new Sample(source, Sample.Kind.REFUSED, dialect.call, body, refusal));
      }
    }
    String type = header(response, "content-type");
    if (status != 200 || type.contains("protobuf") || !type.startsWith("application/")) {
      return;
    }
    for (JsonNode raw : response.path("recordio_raw")) {
      String framed = raw.asText();
      String text = framed.substring(framed.indexOf('\n') + 1);
      add(source, Sample.Kind.PRINTED, dialect.record, text);
    }
    if (!response.path("body").asText().isEmpty()) {
      add(source, Sample.Kind.PRINTED, dialect.answer, response.get("body").asText());
    }
  }

  /** A client that is part of the reference, or (in "captures") a script beside such clients. */
  private void readConnection(String source, JsonNode connection) {
    Dialect dialect = null;
    for (JsonNode sent : connection.path("client_sends")) {
      Dialect spoken = Dialect.of(path(sent), header(sent, "host"));
      dialect = spoken == null ? dialect : spoken;
      if (spoken != null && isJson(sent) && sent.has("body")) {
        boolean script =
            sent.get("body").asText().startsWith("{\"type\": ") || source.startsWith("captures");
        add(
            source,
            script ? Sample.Kind.ACCEPTED : Sample.Kind.PRINTED,
            spoken.call,
            sent.get("body").asText());
      }
    }
    for (JsonNode answer : connection.path("server_sends")) {
      if (dialect != null && isJson(answer)) {
        for (JsonNode event : answer.path("recordio_records")) {
          add(source, Sample.Kind.REPRINTED, dialect.record, event.toString());
        }
      }
    }
  }

  private void add(String source, Sample.Kind kind, Message message, String text) {
    samples.add(new Sample(source, kind, message, text));
  }

  private static String path(JsonNode sent) {
    String[] words = sent.get("start_line").asText().split(" ", -1);
    return words.length == 3 ? words[1] : "";
  }

  private static boolean isJson(JsonNode sent) {
    return header(sent, "content-type").equals("application/json");
  }

  private static String header(JsonNode sent, String name) {
    for (JsonNode header : sent.path("headers")) {
      if (header.get(0).asText().toLowerCase(Locale.ROOT).equals(name)) {
        return header.get(1).asText();
      }
    }
    return "";
  }
}
