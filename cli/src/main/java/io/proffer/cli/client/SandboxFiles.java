package io.proffer.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Files in the sandboxes of agents, byte by byte: {@code GET /files/download}. One for all agents:
 * each has a thread and open files of its own, and a cluster may have thousands of agents.
 */
public final class SandboxFiles {
  /** The most that is asked for at once. */
  public static final int PAGE_BYTES = 64 * 1024;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Http http = new Http(TIMEOUT, Identity.NOBODY);

  /**
   * What a file holds from an offset in bytes on, at most {@link #PAGE_BYTES}; nothing if it ends
   * there. Empty if there is no such file, or not yet.
   *
   * @param agent its address as its offers tell it, without a path
   */
  public Optional<FilePiece> read(URI agent, String path, long offset) throws ClientException {
    var encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
    var uri = agent.resolve("/files/download?path=" + encoded);
    var answer = http.range(uri, offset, PAGE_BYTES);
    try (var body = answer.body()) {
      return switch (answer.statusCode()) {
        case 206 -> Optional.of(FilePiece.of(answer, piece(agent, answer, offset)));
        // An agent that knows no ranges, as the reference's, gives the file from its beginning.
        case 200 -> {
          body.skipNBytes(Math.min(offset, length(answer)));
          yield Optional.of(FilePiece.of(answer, body.readNBytes(PAGE_BYTES)));
        }
        case 404 -> Optional.empty();
        case 416 -> Optional.of(FilePiece.of(answer, new byte[0]));
        default ->
            throw ClientException.refused(
                agent.getAuthority()
                    + " answered "
                    + answer.statusCode()
                    + ": "
                    + new String(body.readNBytes(PAGE_BYTES), StandardCharsets.UTF_8));
      };
    } catch (IOException broken) {
      throw ClientException.unreachable(
          "The answer of " + agent.getAuthority() + " broke off: " + broken.getMessage() + ".",
          broken);
    }
  }

  private static byte[] piece(URI agent, HttpResponse<InputStream> answer, long offset)
      throws ClientException, IOException {
    var range = answer.headers().firstValue("Content-Range").orElse("");
    if (!range.startsWith("bytes " + offset + "-")) {
      throw ClientException.refused(
          "Expected bytes from " + offset + " on from " + agent.getAuthority() + ", got " + range);
    }
    return answer.body().readNBytes(PAGE_BYTES);
  }

  private static long length(HttpResponse<?> answer) {
    return answer.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE);
  }
}
