package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chapter of {@code docs/high-availability.md} on three masters on one machine, typed as it is
 * but for ports and directories, which may be in use: leaders are stopped as it says, and the task
 * counts on.
 */
@Timeout(300)
final class MastersDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("project.root", ".."))
          .toAbsolutePath()
          .resolve("docs/high-availability.md");

  private static final String CHAPTER = "## Three masters on one machine\n";
  private static final Pattern PORT = Pattern.compile("\\b(2181|50\\d\\d)\\b");
  private static final Pattern LEADER = Pattern.compile("127\\.0\\.0\\.1:(\\d+) .* leader .*");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final Deque<Tool> open = new ArrayDeque<>();

  /** Others may listen at those of the document: ours, by them. */
  private final Map<String, String> ports = new LinkedHashMap<>();

  /** Whoever serves, by its port. */
  private final Map<String, Tool> servers = new LinkedHashMap<>();

  @AfterEach
  void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void whatItTellsToTypeDoesWhatItSays() throws Exception {
    Tool.launcher(directory);
    var commands = commands();
    assertEquals(
        List.of("zookeeper", "master", "master", "master", "agent", "masters", "run"),
        commands.stream().map(command -> command.split(" ", -1)[1]).toList());
    for (var command : commands.subList(0, 5)) {
      serve(command);
    }
    var masters = commands.get(5);
    var first = awaitLeader(masters);
    var run = type(commands.get(6));
    run.awaitText("\n3\n");

    servers.remove(first).kill();
    var second = awaitLeader(masters.replace(port("5052"), oneOfThree()));
    assertNotEquals(first, second);
    var stopped = servers.remove(second);
    stopped.interrupt();
    stopped.await();
    awaitLeader(masters.replace(port("5052"), oneOfThree()));

    assertEquals(0, run.await(), run::everything);
    assertEquals(
        IntStream.rangeClosed(1, 60)
            .mapToObj(number -> number + "\n")
            .collect(Collectors.joining()),
        run.out());
  }

  /** What is indented in the chapter, in its order, with ports and directories of our own. */
  private List<String> commands() throws IOException {
    var text = Files.readString(DOCUMENT);
    var chapter = text.substring(text.indexOf(CHAPTER) + CHAPTER.length());
    return chapter
        .substring(0, chapter.indexOf("\n## "))
        .lines()
        .filter(line -> line.startsWith("    "))
        .map(line -> PORT.matcher(line.strip()).replaceAll(found -> port(found.group())))
        .map(line -> line.replace("/tmp/", directory + "/"))
        // Nothing is said of the port of ZooKeeper there, for it is the usual one.
        .map(line -> line.contains(" zookeeper ") ? line + " --port " + port("2181") : line)
        .toList();
  }

  private String port(String written) {
    return ports.computeIfAbsent(written, port -> Integer.toString(FreePorts.any()));
  }

  private Tool type(String command) throws IOException {
    var tool =
        Tool.example(directory, Map.of(), "sh", "-c", "cd " + directory + "; exec " + command);
    open.push(tool);
    return tool;
  }

  /** In a terminal of its own; the next is typed when it serves. */
  private void serve(String command) throws IOException {
    var server = type(command);
    var port = command.replaceAll(".*--port (\\d+).*", "$1");
    servers.put(port, server);
    if (port.equals(port("2181"))) {
      server.awaitText("ZooKeeper serves on 127.0.0.1:" + port);
    } else {
      var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"));
      Awaitility.await(command)
          .atMost(PATIENCE)
          .ignoreException(UncheckedIOException.class)
          .until(() -> Json.send(health).statusCode() == 200);
    }
  }

  /** The port of a master that is still there. */
  private String oneOfThree() {
    return Stream.of("5050", "5051", "5052")
        .map(this::port)
        .filter(servers::containsKey)
        .findFirst()
        .orElseThrow();
  }

  /** The port of the master that leads, of those that were not stopped, as this command says. */
  private String awaitLeader(String masters) {
    return Awaitility.await(masters)
        .atMost(PATIENCE)
        .until(() -> leader(masters), leader -> leader.filter(servers::containsKey).isPresent())
        .orElseThrow();
  }

  private Optional<String> leader(String masters) throws IOException, InterruptedException {
    var tool = type(masters);
    tool.await();
    return tool.out()
        .lines()
        .map(LEADER::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .findFirst();
  }
}
