package io.proffer.api.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts answers on the wire, headers in the reference's order. Event loops only. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  /** Bodies from this size on are compressed for clients that understand it. */
  static final int GZIP_FROM_BYTES = 1024;

  private static final long LAST_BYTES_MS = 3000;

  private Answers() {}

  /** Never throws: an answer that cannot be written becomes a 500, or the connection's end. */
  static void send(HttpServerRequest request, Answer answer) {
    var response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    try {
      write(request, response, answer);
    } catch (RuntimeException e) {
      var incident = Incidents.answer(e, request.method() + " " + request.path());
      if (response.headWritten()) {
        Wire.breakOff(request);
      } else {
        response.headers().clear();
        write(request, response, incident);
      }
    }
  }

  private static void write(HttpServerRequest request, HttpServerResponse response, Answer answer) {
    var body = answer.body();
    var packed = isPackable(answer) && acceptsGzip(request);
    if (packed) {
      body = gzip(body);
    }
    response.setStatusCode(answer.status());
    if (answer.status() == 413) {
      response.setStatusMessage("Content Too Large");
    }
    if (packed) {
      response.putHeader("Content-Encoding", "gzip");
    }
    response.putHeader("Date", HttpDate.now());
    for (var header : answer.headers()) {
      response.putHeader(header.name(), header.value());
    }
    describe(response, answer, body.length());
    var closes = answer.closes() && !Wire.isShared(request);
    if (closes) {
      response.putHeader("Connection", "close");
    }
    end(request, response, body);
    if (closes) {
      closeAfterReading(request);
    }
  }

  /** Not a part of a file: its range counts bytes of the file, not of what a packer makes of it. */
  private static boolean isPackable(Answer answer) {
    return answer.body().length() >= GZIP_FROM_BYTES && !answer.encoded() && answer.status() != 206;
  }

  private static void describe(HttpServerResponse response, Answer answer, int length) {
    if (answer.status() == 304) {
      // A length would be taken for that of the body the client has.
      return;
    }
    if (answer.lengthFirst() || answer.contentType().isEmpty()) {
      response.putHeader("Content-Length", Integer.toString(length));
      answer.contentType().ifPresent(type -> response.putHeader("Content-Type", type));
    } else {
      response.putHeader("Content-Type", answer.contentType().get());
      response.putHeader("Content-Length", Integer.toString(length));
    }
  }

  /**
   * Lets a client that is still sending come to its end, or it would see a reset connection instead
   * of the answer; but not for long.
   */
  private static void closeAfterReading(HttpServerRequest request) {
    if (request.isEnded()) {
      request.connection().close();
      return;
    }
    request.handler(ignored -> {});
    request.endHandler(ignored -> request.connection().close());
    Vertx.currentContext().owner().setTimer(LAST_BYTES_MS, timer -> request.connection().close());
  }

  /** A file for the client to save; the channel is closed in the end. */
  static void sendFile(
      HttpServerRequest request, String name, String id, FileChannel opened, FilePart part) {
    var response = request.response();
    if (response.closed() || response.ended()) {
      close(opened, name);
      return;
    }
    response.putHeader("Date", HttpDate.now());
    response.putHeader("Content-Type", "application/octet-stream");
    response.putHeader(
        "Content-Disposition", "attachment; filename=" + name.replaceAll("[^!#-~]", "_"));
    response.putHeader(Header.FILE_ID, id);
    long offset = 0;
    long length = Long.MAX_VALUE;
    if (part instanceof FilePart.Piece piece) {
      response.setStatusCode(206).putHeader("Content-Range", piece.contentRange());
      offset = piece.offset();
      length = piece.length();
    }
    response
        .sendFile(opened, offset, length)
        .onComplete(sent -> close(opened, name))
        .onFailure(
            cause -> {
              if (response.headWritten()) {
                // Less of the file than was announced: only breaking off says so.
                Wire.breakOff(request);
              } else {
                response.headers().clear();
                send(request, Answer.bare(404));
              }
            });
  }

  private static void close(FileChannel opened, String name) {
    try {
      opened.close();
    } catch (IOException e) {
      LOG.warn("{} could not be closed", name, e);
    }
  }

  static boolean acceptsGzip(HttpServerRequest request) {
    var header = request.getHeader("Accept-Encoding");
    return header != null && acceptsGzip(header);
  }

  static boolean acceptsGzip(String acceptEncoding) {
    for (var entry : acceptEncoding.split(",", -1)) {
      var parts = entry.split(";", -1);
      if (parts[0].strip().equalsIgnoreCase("gzip")) {
        return Arrays.stream(parts).skip(1).noneMatch(Answers::isNoWeight);
      }
    }
    return false;
  }

  /** Whether a parameter says that it is not acceptable. */
  private static boolean isNoWeight(String parameter) {
    return parameter.strip().matches("[qQ]=0(\\.0*)?");
  }

  static boolean isHead(HttpServerRequest request) {
    return HttpMethod.HEAD.equals(request.method());
  }

  private static void end(HttpServerRequest request, HttpServerResponse response, Buffer body) {
    if (body.length() == 0 || isHead(request)) {
      response.end();
    } else {
      response.end(body);
    }
  }

  static Buffer gzip(Buffer body) {
    var packed = new ByteArrayOutputStream(body.length() / 4 + 64);
    try (var out = new GZIPOutputStream(packed)) {
      out.write(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(packed.toByteArray());
  }
}
