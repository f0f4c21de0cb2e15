package io.proffer.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Tasks by their id, and the files in their sandboxes, both through the master. */
public final class TaskFiles {
  /** The most that is asked for at once. */
  private static final int PIECE_BYTES = 256 * 1024;

  /** So many tasks of one id are looked at: of several frameworks, or one after the other. */
  private static final int TASKS = 1000;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Http http;
  private final Masters masters;

  public TaskFiles(Masters masters, Identity identity) {
    this.http = new Http(TIMEOUT, identity);
    this.masters = masters;
  }

  /** What {@code /tasks} says of the tasks with this id, the newest first. */
  public JsonNode tasks(String task) throws ClientException {
    var path = "/tasks?limit=" + TASKS + "&task_id=" + encoded(task);
    return Http.json(masters.ask(master -> http.get(master.uri(path)))).path("tasks");
  }

  /**
   * A piece of a file from an offset on; nothing at its end. Empty when there is no such file.
   *
   * @param path as the agent shows it
   */
  public Optional<FilePiece> read(String agent, String path, long offset) throws ClientException {
    var query = "?agent_id=" + encoded(agent) + "&path=" + encoded(path);
    var answer =
        masters.ask(
            master ->
                http.range(master.uri("/agents/files/download" + query), offset, PIECE_BYTES));
    try (var body = answer.body()) {
      return switch (answer.statusCode()) {
        case 200, 206 -> Optional.of(FilePiece.of(answer, body.readAllBytes()));
        case 416 -> Optional.of(FilePiece.of(answer, new byte[0]));
        case 404 -> Optional.empty();
        case 502, 503 -> throw ClientException.unreachable(text(body.readAllBytes()), null);
        default ->
            throw ClientException.refused(
                "The master answered %d: %s"
                    .formatted(answer.statusCode(), text(body.readAllBytes())));
      };
    } catch (IOException broken) {
      throw ClientException.unreachable(
          "The answer of the master broke off: " + broken.getMessage() + ".", broken);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
