package io.proffer.cli.client;

import java.util.Optional;

/**
 * Reads what a task writes, piece by piece, while its agent may rotate it: {@code stdout} becomes
 * {@code stdout.1} when it is full, that {@code stdout.2}. A file is known by its id, so whoever
 * reads on finds the rest of it under its new name, and then the files after it.
 */
public final class LogReader {
  private static final byte[] NOTHING = {};

  /** Who rotates faster than it is read is given up until the next call. */
  private static final int ATTEMPTS = 10;

  private final Source source;
  private final String path;
  private final Runnable lost;

  /** The file that we are in, how far, and the number behind its name; 0 for none. */
  private String file = "";

  private long offset;
  private int number;
  private boolean begun;

  /** Where files are. */
  public interface Source {
    /** Empty when there is no such file. */
    Optional<FilePiece> read(String path, long offset) throws ClientException;
  }

  /**
   * From the beginning of the oldest file that is left.
   *
   * @param lost told when files went before they were read
   */
  public LogReader(Source source, String path, Runnable lost) {
    this.source = source;
    this.path = path;
    this.lost = lost;
  }

  /** What follows; nothing where nothing does, yet. Empty when there is no file. */
  public Optional<byte[]> next() throws ClientException {
    if (!begun && !begin()) {
      return Optional.empty();
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var piece = read(number, offset);
      if (piece.isEmpty() && number == 0) {
        return Optional.empty();
      }
      if (file.isEmpty() && piece.isPresent()) {
        // The one that follows a gap, whose id nobody has seen yet.
        file = piece.get().file();
      }
      if (!isOurs(piece)) {
        find();
      } else if (number == 0 || piece.get().bytes().length > 0) {
        return Optional.of(take(piece.get()));
      } else {
        var next = read(number - 1, 0);
        // While we asked, all may have got other numbers: then it is not the next one.
        if (next.isPresent() && isOurs(read(number, offset))) {
          enter(number - 1, next.get().file());
          return Optional.of(take(next.get()));
        }
      }
    }
    return Optional.of(NOTHING);
  }

  /** Whether there are younger files than the one that is read. */
  public boolean isBehind() {
    return number > 0;
  }

  /** Enters the oldest file. One that gets another number meanwhile is met again under that. */
  private boolean begin() throws ClientException {
    var which = 0;
    var oldest = read(which, 0);
    if (oldest.isEmpty()) {
      return false;
    }
    for (var older = read(1, 0); older.isPresent(); older = read(which + 1, 0)) {
      oldest = older;
      which++;
    }
    enter(which, oldest.get().file());
    begun = true;
    return true;
  }

  private byte[] take(FilePiece piece) {
    offset += piece.bytes().length;
    return piece.bytes();
  }

  private void enter(int which, String id) {
    number = which;
    file = id;
    offset = 0;
  }

  /** Looks for our file; where it is gone, the oldest there is has what follows, less a gap. */
  private void find() throws ClientException {
    for (number = 0; ; number++) {
      var piece = read(number, offset);
      if (isOurs(piece)) {
        return;
      }
      if (piece.isEmpty() && number > 0) {
        lost.run();
        enter(number - 1, "");
        return;
      }
    }
  }

  private boolean isOurs(Optional<FilePiece> piece) {
    return piece.isPresent() && piece.get().file().equals(file);
  }

  private Optional<FilePiece> read(int which, long from) throws ClientException {
    return source.read(which == 0 ? path : path + "." + which, from);
  }
}
