package io.proffer.api.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a document of any size from a thread that may block. What fits into one fragment goes out
 * whole, with its length; anything larger goes in chunks, as fast as the reader takes them. A
 * reader that takes nothing for too long is cut.
 */
final class BigAnswer {
  private static final int FRAGMENT_BYTES = 64 * 1024;

  /**
   * How the headers of the answer look.
   *
   * @param tag of the version of the document, where it has one
   */
  record Form(String contentType, boolean lengthFirst, Optional<String> tag) {
    List<Header> headers() {
      return tag.map(value -> List.of(new Header("ETag", value))).orElse(List.of());
    }
  }

  private final HttpServerRequest request;
  private final Context context;
  private final Form form;
  private final Optional<String> callback;
  private final Duration stallTimeout;

  BigAnswer(
      HttpServerRequest request,
      Context context,
      Form form,
      Optional<String> callback,
      Duration stallTimeout) {
    this.request = request;
    this.context = context;
    this.form = form;
    this.callback = callback;
    this.stallTimeout = stallTimeout;
  }

  void send(Exchange.JsonBody json) {
    try {
      if (Answers.isHead(request)) {
        sendLengthOnly(json);
        return;
      }
      if (json instanceof Exchange.PackedBody packed
          && callback.isEmpty()
          && Answers.acceptsGzip(request)
          && packed.isLong()) {
        // Closed only when it is whole: its end says so to the reader.
        var chunks = chunks(true);
        packed.writePacked(chunks);
        chunks.close();
        return;
      }
      var first = new FirstFragment();
      write(json, first);
      first.finish();
    } catch (ReaderGone e) {
      context.runOnContext(ignored -> new Wire(request).cut());
    } catch (IOException | RuntimeException | Error e) {
      var answer = Incidents.answer(e, request.method() + " " + request.path());
      context.runOnContext(ignored -> failed(answer));
    }
  }

  private BlockingChunks chunks(boolean packed) throws IOException {
    var chunks = new BlockingChunks(request, context, stallTimeout);
    chunks.open(form, packed);
    return chunks;
  }

  /** Once the head is out nothing can be said any more but that the document is not whole. */
  private void failed(Answer answer) {
    if (request.response().headWritten()) {
      Wire.breakOff(request);
    } else {
      Answers.send(request, answer);
    }
  }

  private void write(Exchange.JsonBody json, OutputStream out) throws IOException {
    if (callback.isPresent()) {
      out.write((callback.get() + "(").getBytes(StandardCharsets.UTF_8));
    }
    json.writeTo(out);
    if (callback.isPresent()) {
      out.write(')');
    }
  }

  private void sendLengthOnly(Exchange.JsonBody json) throws IOException {
    var counter = new CountingOutput();
    write(json, counter);
    context.runOnContext(
        ignored -> {
          var response = request.response();
          response.putHeader("Date", HttpDate.now());
          form.headers().forEach(header -> response.putHeader(header.name(), header.value()));
          response.putHeader("Content-Length", Long.toString(counter.count()));
          response.putHeader("Content-Type", form.contentType());
          response.end();
        });
  }

  /** Holds back the first fragment, until it is known whether there is a second. */
  private final class FirstFragment extends OutputStream {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private OutputStream rest;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (rest == null && held.size() + length <= FRAGMENT_BYTES) {
        held.write(bytes, from, length);
        return;
      }
      if (rest == null) {
        var packed = Answers.acceptsGzip(request);
        var chunks = chunks(packed);
        rest = packed ? new GZIPOutputStream(chunks, FRAGMENT_BYTES) : chunks;
        held.writeTo(rest);
        held.reset();
      }
      rest.write(bytes, from, length);
    }

    void finish() throws IOException {
      if (rest != null) {
        rest.close();
        return;
      }
      var whole =
          new Answer(
              200,
              form.headers(),
              Optional.of(form.contentType()),
              Buffer.buffer(held.toByteArray()),
              form.lengthFirst(),
              false);
      context.runOnContext(ignored -> Answers.send(request, whole));
    }
  }

  /** The reader left, or took nothing for too long. */
  static final class ReaderGone extends IOException {
    ReaderGone(String message) {
      super(message);
    }
  }
}
