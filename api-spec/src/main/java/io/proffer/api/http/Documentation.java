package io.proffer.api.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The description of a service's API: the OpenAPI document, and a page to read it on. All of it is
 * on the class path, and what is sent stands in a list; no part of a path ever names a resource.
 * Nothing is kept in memory: it is read, hashed and packed for whoever asks, on a worker.
 */
public final class Documentation {
  private static final String OURS = "docs/";
  private static final String WEBJAR =
      "/META-INF/resources/webjars/swagger-ui/" + webjarVersion() + "/";

  /** Keeps the browser from asking anybody else, whatever the page's scripts may want. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
          + " frame-ancestors 'none'";

  private static final Map<String, Piece> PIECES =
      Map.of(
          "", new Piece(OURS + "index.html", "text/html; charset=utf-8"),
          "/docs.js", new Piece(OURS + "docs.js", "text/javascript; charset=utf-8"),
          "/swagger-ui-bundle.js",
              new Piece(WEBJAR + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
          "/swagger-ui.css", new Piece(WEBJAR + "swagger-ui.css", "text/css; charset=utf-8"),
          "/favicon-32x32.png", new Piece(WEBJAR + "favicon-32x32.png", "image/png"));

  private final Piece document;

  /** Something that is sent as it is. */
  private record Piece(String resource, String type) {}

  /**
   * The documentation of one service.
   *
   * @param service {@code master} or {@code agent}
   */
  public Documentation(String service) {
    this.document = new Piece(OURS + service + ".yaml", "application/yaml");
  }

  /** {@code /openapi.yaml}. */
  public void document(Exchange exchange) {
    send(exchange, exchange.match().rest().isEmpty() ? Optional.of(document) : Optional.empty());
  }

  /** {@code /docs}, and the parts of that page below it. */
  public void page(Exchange exchange) {
    send(exchange, Optional.ofNullable(PIECES.get(exchange.match().rest())));
  }

  private static void send(Exchange exchange, Optional<Piece> piece) {
    if (piece.isEmpty()) {
      exchange.answer(Answer.bare(404));
      return;
    }
    exchange.onWorker(() -> exchange.answer(answer(exchange, piece.get())));
  }

  private static Answer answer(Exchange exchange, Piece piece) {
    var body = read(piece.resource());
    // Weak, because the packed body has the same.
    var tag = "W/\"" + hash(body) + "\"";
    var known = exchange.header("If-None-Match").orElse("");
    if (known.strip().equals("*") || known.contains(tag)) {
      return described(Answer.empty(304), tag);
    }
    var packed = exchange.header("Accept-Encoding").filter(Answers::acceptsGzip).isPresent();
    return packed
        ? described(Answer.of(200, piece.type(), gzip(body)), tag).with("Content-Encoding", "gzip")
        : described(Answer.of(200, piece.type(), body), tag);
  }

  private static Answer described(Answer answer, String tag) {
    return answer
        .with("ETag", tag)
        .with("Cache-Control", "no-cache")
        .with("Vary", "Accept-Encoding")
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff");
  }

  private static byte[] gzip(byte[] body) {
    return Answers.gzip(Buffer.buffer(body)).getBytes();
  }

  private static byte[] read(String resource) {
    try (var in = Documentation.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + resource, e);
    }
  }

  private static String hash(byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String webjarVersion() {
    try (var in = Documentation.class.getResourceAsStream("build.properties")) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("swagger-ui");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
