package io.proffer.kernel.sqlite;

import io.proffer.kernel.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Words what SQLite complains about, as a sentence that says what to do. */
final class Sentences {
  private Sentences() {}

  static StoreException explain(Path file, SQLException e) {
    return new StoreException(sentence(file, e), e);
  }

  /** Whether there was no room, and nothing else was wrong. */
  static boolean isFull(SQLException e) {
    return (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_FULL.code;
  }

  private static String sentence(Path file, SQLException e) {
    // An extended code carries its family in the low byte.
    var code = e.getErrorCode() & 0xff;
    var name = e instanceof SQLiteException known ? known.getResultCode() : code;
    if (isFull(e)) {
      return "No space left for %s: free space on its disk, then start again.".formatted(file);
    }
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return "%s is in use by another process: stop that one, or use another work directory."
          .formatted(file);
    }
    if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return "%s is not a store of this program: move it away, or use another work directory."
          .formatted(file);
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return "%s is damaged (%s): put a copy in its place, or move it away to start empty."
          .formatted(file, name);
    }
    if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || code == SQLiteErrorCode.SQLITE_PERM.code
        || code == SQLiteErrorCode.SQLITE_READONLY.code) {
      return "%s cannot be opened for writing (%s): make it and its directory writable for user %s."
          .formatted(file, name, System.getProperty("user.name"));
    }
    return "Reading or writing %s failed (%s): look at the disk, then start again."
        .formatted(file, innermost(e));
  }

  /** The driver's own words are often "Error opening connection", and the reason is the cause. */
  private static String innermost(Throwable e) {
    var reason = e;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return reason.getMessage();
  }
}
