package io.proffer.api.files;

import com.google.protobuf.Message;
import io.proffer.api.files.ServedFiles.Content;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.MediaType;
import io.proffer.api.v1.FileInfo;
import io.proffer.api.v1.TimeInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * LIST_FILES and READ_FILE: the two services have messages of their own around the same answers.
 */
public final class FileCalls {
  private final ServedFiles files;
  private final FileAccess access;

  /** Answers from these files, to those who may have them. */
  public FileCalls(ServedFiles files, FileAccess access) {
    this.files = files;
    this.access = access;
  }

  /**
   * Which piece of a file.
   *
   * @param offset in bytes; unsigned, as on the wire
   * @param length in bytes; -1 for as much as there is
   */
  public record Piece(String path, long offset, long length) {}

  /** The entries of a directory, worded by the service. */
  public void list(
      Exchange exchange, MediaType type, String path, Function<List<FileInfo>, Message> words) {
    look(
        exchange,
        path,
        () -> {
          var found = files.list(path);
          return found.isEmpty()
              ? Answer.text(404, "")
              : encoded(type, words.apply(infos(found.get())));
        });
  }

  /** A piece of a file, worded by the service. */
  public void read(
      Exchange exchange, MediaType type, Piece wanted, Function<FileSlice, Message> words) {
    look(
        exchange,
        wanted.path(),
        () -> {
          var found = files.open(wanted.path());
          if (found.isEmpty()) {
            return Answer.text(404, "");
          }
          return switch (found.get()) {
            case Content.Directory directory -> Answer.text(400, "Cannot read a directory.\n");
            case Content.Other other -> FilesHandlers.notAFile("read");
            case Content.File(var name, var id, var channel) -> {
              try (channel) {
                // What is beyond all files is behind the end of this one.
                var offset = wanted.offset() < 0 ? Long.MAX_VALUE : wanted.offset();
                var slice = FileSlice.read(channel, offset, Math.max(-1, wanted.length()));
                yield encoded(type, words.apply(slice));
              }
            }
          };
        });
  }

  private static List<FileInfo> infos(List<FileListing> entries) {
    var infos = new ArrayList<FileInfo>(entries.size());
    for (var file : entries) {
      infos.add(
          FileInfo.newBuilder()
              .setPath(file.path())
              .setNlink((int) file.links())
              .setSize(file.size())
              .setMtime(
                  TimeInfo.newBuilder()
                      .setNanoseconds(TimeUnit.SECONDS.toNanos(file.modifiedSeconds())))
              .setMode(file.mode())
              .setUid(file.user())
              .setGid(file.group())
              .build());
    }
    return infos;
  }

  private static Answer encoded(MediaType type, Message message) {
    return Answer.of(200, type.text(), Calls.encode(message, type));
  }

  private interface Look {
    Answer answer() throws IOException;
  }

  private void look(Exchange exchange, String path, Look look) {
    if (RequestedPath.isTooLong(path)) {
      exchange.answer(Answer.text(404, ""));
      return;
    }
    exchange.onWorker(
        () -> {
          try {
            exchange.answer(
                access.of(exchange.principal()).allows(path) ? look.answer() : Answer.bare(403));
          } catch (IOException e) {
            exchange.answer(FilesHandlers.refused(e));
          }
        });
  }
}
