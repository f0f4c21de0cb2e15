package io.proffer.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Files in the sandboxes of one agent: {@code GET /files/read}. */
public final class SandboxFiles {
  /** The most an agent gives at once. */
  private static final int PAGE_BYTES = 64 * 1024;

  private static final char BROKEN = '\uFFFD';
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Http http = new Http(TIMEOUT);
  private final URI agent;

  /** The agent's address as its offers tell it, without a path. */
  public SandboxFiles(URI agent) {
    this.agent = agent;
  }

  /** A piece of a file and where the next one starts. */
  public record Piece(String text, long nextOffset) {
    public static final Piece NOTHING = new Piece("", 0);
  }

  /**
   * What a file says from an offset in bytes on, at most 64 KiB of it; empty if there is no such
   * file yet. A character whose last bytes are still missing stays for the next piece.
   */
  public Optional<Piece> read(String path, long offset) throws ClientException {
    var whole = ask(path, -1, 0);
    if (whole.isEmpty()) {
      return Optional.empty();
    }
    // The size first: only so is it known how many bytes a text stands for that was not UTF-8.
    long length = Math.min(PAGE_BYTES, whole.get().path("offset").asLong() - offset);
    if (length <= 0) {
      return Optional.of(new Piece("", offset));
    }
    return ask(path, offset, length)
        .map(answer -> piece(answer.path("data").asText(), offset, length));
  }

  private Optional<JsonNode> ask(String path, long offset, long length) throws ClientException {
    var encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
    var query = "/files/read?path=" + encoded + "&offset=" + offset + "&length=" + length;
    var answer = http.get(agent.resolve(query));
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw ClientException.refused(
          agent.getAuthority() + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return Optional.of(Http.json(answer.body()));
  }

  private static Piece piece(String data, long offset, long length) {
    int end = data.length();
    while (end > 0 && data.charAt(end - 1) == BROKEN) {
      end--;
    }
    var clean = data.substring(0, end);
    boolean splitCharacter = end > 0 && end < data.length() && clean.indexOf(BROKEN) < 0;
    return splitCharacter
        ? new Piece(clean, offset + clean.getBytes(StandardCharsets.UTF_8).length)
        : new Piece(data, offset + length);
  }
}
