package io.proffer.api.files;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The queries of {@code /files/browse}, {@code /files/read} and {@code /files/download}. Each has
 * one answer, of what was asked for or of why not, and a piece is a piece of the file.
 */
public final class FilesQueryTarget implements FuzzTarget {
  private static final String CONTENT = "0123456789 übrigens\n";
  private final Path file;
  private final List<String> answers = new ArrayList<>();
  private final FilesHandlers handlers = new FilesHandlers(new OneFile(), FileAccess.OPEN);

  public FilesQueryTarget() throws IOException {
    file = Files.createTempFile("served", "");
    file.toFile().deleteOnExit();
    Files.writeString(file, CONTENT);
  }

  /** A file at {@code /f} in a directory at {@code /d}, and a pipe. */
  private final class OneFile implements ServedFiles {
    @Override
    public Optional<List<FileListing>> list(String requested) {
      return requested.startsWith("/d") ? Optional.of(List.of()) : Optional.empty();
    }

    @Override
    public Optional<Content> open(String requested) throws IOException {
      return switch (RequestedPath.withoutSlashes(requested)) {
        case "/f" -> Optional.of(new Content.File("f", "id", FileChannel.open(file)));
        case "/d" -> Optional.of(new Content.Directory());
        case "/p" -> Optional.of(new Content.Other());
        default -> Optional.empty();
      };
    }

    @Override
    public SortedMap<String, String> attached() {
      return new TreeMap<>(Map.of("/f", file.toString()));
    }
  }

  @Override
  public void take(byte[] input) {
    Map<String, List<String>> parameters;
    try {
      parameters =
          new QueryStringDecoder(new String(input, StandardCharsets.UTF_8), false).parameters();
    } catch (IllegalArgumentException documented) {
      return; // Answered 400 before anybody looks at it.
    }
    var exchange = exchange(parameters);
    one(() -> handlers.browse(exchange));
    one(() -> handlers.download(exchange));
    var piece = one(() -> handlers.read(exchange));
    if (piece.startsWith("{\"data\":\"")) {
      var data = piece.substring(9, piece.indexOf("\",\"offset\"")).replace("\\n", "\n");
      // One that begins in the midst of a character has a sign for the rest of it.
      FuzzTarget.check(CONTENT.contains(data.replaceFirst("^\ufffd", "")), "no piece: " + piece);
    }
  }

  private String one(Runnable request) {
    answers.clear();
    request.run();
    FuzzTarget.check(answers.size() == 1, "answers: " + answers);
    var answer = answers.getFirst();
    FuzzTarget.check(
        answer.startsWith("{") || answer.startsWith("[") || answer.matches("file|40[034]"), answer);
    return answer;
  }

  private Exchange exchange(Map<String, List<String>> parameters) {
    return (Exchange)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {Exchange.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "query" ->
                      parameters.getOrDefault((String) arguments[0], List.of()).stream()
                          .findFirst();
                  case "principal" -> Optional.empty();
                  case "onWorker" -> {
                    ((Runnable) arguments[0]).run();
                    yield null;
                  }
                  case "answer" -> answers.add(Integer.toString(((Answer) arguments[0]).status()));
                  case "answerFile" -> {
                    ((FileChannel) arguments[2]).close();
                    answers.add("file");
                    yield null;
                  }
                  case "answerJson" -> {
                    var out = new ByteArrayOutputStream();
                    ((Exchange.JsonBody) arguments[0]).writeTo(out);
                    answers.add(out.toString(StandardCharsets.UTF_8));
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "path=/f&offset=0&length=4",
        "path=/f",
        "path=/f&offset=-1",
        "path=/f&offset=12&length=-1",
        "path=/f&offset=9223372036854775807&length=9223372036854775807",
        "path=/f&offset=-9223372036854775808",
        "path=/f&offset=1e3&length=",
        "path=/d/",
        "path=/p",
        "path=%2Ff&path=/d",
        "path=",
        "path=" + "/".repeat(5_000),
        "path=/f%00",
        "offset=1");
  }
}
