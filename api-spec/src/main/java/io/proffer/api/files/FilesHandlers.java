package io.proffer.api.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.files.ServedFiles.Content;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code /files/browse}, {@code /files/read}, {@code /files/download}, {@code /files/debug}
 * (operator-api, section 5).
 */
public final class FilesHandlers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NO_PATH = "Expecting 'path=value' in query.\n";
  private static final Answer ABSENT = Answer.text(404, "");

  private final ServedFiles files;
  private final FileAccess access;

  /** Serves these files to those who may have them. */
  public FilesHandlers(ServedFiles files, FileAccess access) {
    this.files = files;
    this.access = access;
  }

  /** The entries of a directory. */
  public void browse(Exchange exchange) {
    look(
        exchange,
        requested -> {
          var found = files.list(requested);
          if (found.isEmpty()) {
            exchange.answer(ABSENT);
          } else {
            json(exchange, out -> write(out, found.get()));
          }
        });
  }

  /** A piece of a file as text. */
  public void read(Exchange exchange) {
    look(
        exchange,
        requested -> {
          var found = files.open(requested);
          if (found.isEmpty()) {
            exchange.answer(ABSENT);
            return;
          }
          switch (found.get()) {
            case Content.Directory directory ->
                exchange.answer(Answer.text(400, "Cannot read a directory.\n"));
            case Content.Other other -> exchange.answer(notAFile("read"));
            case Content.File(var name, var id, var channel) -> {
              try (channel) {
                read(exchange, channel);
              }
            }
          }
        });
  }

  private static void read(Exchange exchange, FileChannel file) throws IOException {
    var offset = number(exchange, "offset");
    var length = number(exchange, "length");
    var wrong = wrong("offset", offset).or(() -> wrong("length", length));
    if (wrong.isPresent()) {
      exchange.answer(wrong.get());
    } else if (offset.value() == -1) {
      piece(exchange, "", file.size());
    } else {
      piece(exchange, FileSlice.read(file, offset.value(), length.value()).text(), offset.value());
    }
  }

  private static Optional<Answer> wrong(String name, Parameter parameter) {
    if (parameter.isFailed()) {
      return Optional.of(
          Answer.text(400, "Failed to parse " + name + ": " + parameter.error() + ".\n"));
    }
    return parameter.value() < -1
        ? Optional.of(
            Answer.text(400, "Negative " + name + " provided: " + parameter.value() + ".\n"))
        : Optional.empty();
  }

  private static void piece(Exchange exchange, String data, long offset) {
    json(
        exchange,
        out -> {
          out.writeStartObject();
          out.writeStringField("data", data);
          out.writeNumberField("offset", offset);
          out.writeEndObject();
        });
  }

  /** A file as it is, or the {@code Range} of it that was asked for. */
  public void download(Exchange exchange) {
    look(
        exchange,
        requested -> {
          var found = files.open(requested);
          if (found.isEmpty()) {
            exchange.answer(Answer.bare(404));
            return;
          }
          switch (found.get()) {
            case Content.Directory directory ->
                exchange.answer(Answer.text(400, "Cannot download a directory.\n"));
            case Content.Other other -> exchange.answer(notAFile("download"));
            case Content.File(var name, var id, var channel) ->
                exchange.answerFile(name, id, channel);
          }
        });
  }

  /** Which paths are served to the one who asks, and where they lead. */
  public void debug(Exchange exchange) {
    // On a worker: it looks at every directory there is.
    exchange.onWorker(
        () -> {
          try {
            var judge = access.of(exchange.principal());
            var shown = new TreeMap<String, String>();
            for (var path : files.attached().entrySet()) {
              if (judge.allows(path.getKey())) {
                shown.put(path.getKey(), path.getValue());
              }
            }
            json(exchange, out -> write(out, shown));
          } catch (IOException e) {
            exchange.answer(refused(e));
          }
        });
  }

  /** A pipe, say: opening one waits for a writer that may never come. */
  static Answer notAFile(String verb) {
    return Answer.text(400, "Cannot " + verb + " what is neither a file nor a directory.\n");
  }

  /** What to answer when the system refuses to look, or there is too much to see. */
  static Answer refused(IOException e) {
    return switch (e) {
      case TooManyEntriesException many ->
          Answer.text(400, "Cannot list the directory: " + many.getReason() + ".\n");
      case BusyException busy -> Answer.unavailable(busy.getMessage(), 1);
      case AccessDeniedException denied ->
          Answer.text(403, "The user that this service runs as may not read this.\n");
      default -> throw new UncheckedIOException(e);
    };
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

  private interface Look {
    void at(String requested) throws IOException;
  }

  private void look(Exchange exchange, Look look) {
    var requested = exchange.query("path").filter(path -> !path.isEmpty());
    if (requested.isEmpty()) {
      exchange.answer(Answer.text(400, NO_PATH));
      return;
    }
    if (RequestedPath.isTooLong(requested.get())) {
      exchange.answer(ABSENT);
      return;
    }
    exchange.onWorker(
        () -> {
          try {
            if (access.of(exchange.principal()).allows(requested.get())) {
              look.at(requested.get());
            } else {
              exchange.answer(Answer.bare(403));
            }
          } catch (IOException e) {
            exchange.answer(refused(e));
          }
        });
  }

  private interface Document {
    void write(JsonGenerator out) throws IOException;
  }

  private static void json(Exchange exchange, Document document) {
    exchange.answerJson(
        to -> {
          try (var out = JSON.createGenerator(to)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            document.write(out);
          }
        });
  }

  private static void write(JsonGenerator out, Map<String, String> paths) throws IOException {
    out.writeStartObject();
    for (var path : paths.entrySet()) {
      out.writeStringField(path.getKey(), path.getValue());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, List<FileListing> entries) throws IOException {
    out.writeStartArray();
    for (var entry : entries) {
      write(out, entry);
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, FileListing entry) throws IOException {
    out.writeStartObject();
    out.writeStringField("gid", entry.group());
    out.writeStringField("mode", entry.modeText());
    JsonNumbers.writeField("mtime", (double) entry.modifiedSeconds(), out);
    out.writeNumberField("nlink", entry.links());
    out.writeStringField("path", entry.path());
    out.writeNumberField("size", entry.size());
    out.writeStringField("uid", entry.user());
    out.writeEndObject();
  }
}
