package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.agent.sandbox.FileListing;
import io.proffer.agent.sandbox.FileSlice;
import io.proffer.agent.sandbox.SandboxPaths;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonNumbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code /files/browse}, {@code /files/read}, {@code /files/download} (operator-api, section 5).
 */
public final class FilesHandlers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NO_PATH = "Expecting 'path=value' in query.\n";

  private final SandboxPaths paths;

  /** Serves what these paths allow. */
  public FilesHandlers(SandboxPaths paths) {
    this.paths = paths;
  }

  /** The entries of a directory. */
  public void browse(Exchange exchange) {
    found(
        exchange,
        Answer.text(404, ""),
        (requested, file) -> {
          var entries = FileListing.of(file, requested);
          return json(
              out -> {
                out.writeStartArray();
                for (var entry : entries) {
                  write(out, entry);
                }
                out.writeEndArray();
              });
        });
  }

  /** A piece of a file as text. */
  public void read(Exchange exchange) {
    found(
        exchange,
        Answer.text(404, ""),
        (requested, file) -> {
          if (Files.isDirectory(file)) {
            return Answer.text(400, "Cannot read a directory.\n");
          }
          if (!Files.isRegularFile(file)) {
            return notAFile("read");
          }
          var offset = number(exchange, "offset");
          if (offset.isFailed()) {
            return Answer.text(400, "Failed to parse offset: " + offset.error() + ".\n");
          }
          if (offset.value() < -1) {
            return Answer.text(400, "Negative offset provided: " + offset.value() + ".\n");
          }
          var length = number(exchange, "length");
          if (length.isFailed()) {
            return Answer.text(400, "Failed to parse length: " + length.error() + ".\n");
          }
          if (length.value() < -1) {
            return Answer.text(400, "Negative length provided: " + length.value() + ".\n");
          }
          var slice = FileSlice.read(file, offset.value(), length.value());
          return json(
              out -> {
                out.writeStartObject();
                out.writeStringField("data", slice.data());
                out.writeNumberField("offset", slice.offset());
                out.writeEndObject();
              });
        });
  }

  /** A file as it is, or the {@code Range} of it that was asked for. */
  public void download(Exchange exchange) {
    var requested = exchange.query("path").filter(path -> !path.isEmpty());
    if (requested.isEmpty()) {
      exchange.answer(Answer.text(400, NO_PATH));
      return;
    }
    exchange.onWorker(
        () -> {
          try {
            var file = paths.find(requested.get());
            if (file.isEmpty()) {
              exchange.answer(Answer.bare(404));
            } else if (Files.isDirectory(file.get())) {
              exchange.answer(Answer.text(400, "Cannot download a directory.\n"));
            } else if (!Files.isRegularFile(file.get())) {
              exchange.answer(notAFile("download"));
            } else {
              exchange.answerFile(file.get());
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** A pipe, say: opening one waits for a writer that may never come. */
  private static Answer notAFile(String verb) {
    return Answer.text(400, "Cannot " + verb + " what is neither a file nor a directory.\n");
  }

  private record Parameter(long value, String error) {
    boolean isFailed() {
      return !error.isEmpty();
    }
  }

  /** A parameter as a number; -1 when it is missing. */
  private static Parameter number(Exchange exchange, String name) {
    var text = exchange.query(name);
    if (text.isEmpty()) {
      return new Parameter(-1, "");
    }
    try {
      return new Parameter(Long.parseLong(text.get()), "");
    } catch (NumberFormatException e) {
      return new Parameter(-1, "Failed to convert '" + text.get() + "' to number");
    }
  }

  private interface Found {
    Answer answer(String requested, Path file) throws IOException;
  }

  private void found(Exchange exchange, Answer absent, Found found) {
    var requested = exchange.query("path").filter(path -> !path.isEmpty());
    if (requested.isEmpty()) {
      exchange.answer(Answer.text(400, NO_PATH));
      return;
    }
    exchange.onWorker(
        () -> {
          try {
            Optional<Path> file = paths.find(requested.get());
            exchange.answer(file.isEmpty() ? absent : found.answer(requested.get(), file.get()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private interface Document {
    void write(JsonGenerator out) throws IOException;
  }

  private static Answer json(Document document) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = JSON.createGenerator(bytes)) {
      document.write(out);
    }
    return Answer.json(bytes.toByteArray());
  }

  private static void write(JsonGenerator out, FileListing entry) throws IOException {
    out.writeStartObject();
    out.writeStringField("gid", entry.group());
    out.writeStringField("mode", entry.mode());
    JsonNumbers.writeField("mtime", entry.modifiedSeconds(), out);
    out.writeNumberField("nlink", entry.links());
    out.writeStringField("path", entry.path());
    out.writeNumberField("size", entry.size());
    out.writeStringField("uid", entry.user());
    out.writeEndObject();
  }
}
