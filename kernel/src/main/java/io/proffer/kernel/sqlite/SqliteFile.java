package io.proffer.kernel.sqlite;

import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** The open database. Of one thread at a time; holds the lock on the file until closed. */
final class SqliteFile implements AutoCloseable {
  /** "PRFR": tells our files from other databases. */
  static final int APPLICATION = 0x50524652;

  static final int FORMAT = 1;

  private static final String PUT =
      "INSERT INTO facts VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

  private static final String DELETE = "DELETE FROM facts WHERE key = ?";

  /** How long to wait for a process that is just ending. */
  private static final int BUSY_MS = 500;

  private static final int PAGES_A_SLICE = 256;

  private final Connection connection;
  private PreparedStatement put;
  private PreparedStatement delete;

  private SqliteFile(Connection connection) throws SQLException {
    this.connection = connection;
    this.put = connection.prepareStatement(PUT);
    this.delete = connection.prepareStatement(DELETE);
  }

  static SqliteFile open(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MS);
    var connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      // Exclusive: two services on one file would each overwrite what the other believes.
      text(connection, "PRAGMA locking_mode = EXCLUSIVE");
      execute(connection, "PRAGMA auto_vacuum = INCREMENTAL"); // Heard only before the next line.
      text(connection, "PRAGMA journal_mode = WAL");
      execute(connection, "PRAGMA synchronous = FULL");
      execute(connection, "BEGIN EXCLUSIVE");
      prepare(file, connection);
      execute(connection, "COMMIT");
      connection.setAutoCommit(false);
      return new SqliteFile(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void prepare(Path file, Connection connection) throws SQLException {
    var application = number(connection, "PRAGMA application_id");
    var format = number(connection, "PRAGMA user_version");
    var empty = number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    if (empty && application == 0 && format == 0) {
      execute(
          connection,
          "CREATE TABLE facts (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID");
      execute(connection, "PRAGMA application_id = " + APPLICATION);
      execute(connection, "PRAGMA user_version = " + FORMAT);
    } else if (application != APPLICATION) {
      throw new StoreException(
          "%s is a database of another program: move it away, or use another work directory."
              .formatted(file));
    } else if (format != FORMAT) {
      throw new StoreException(
          ("%s has format %d, this program knows formats up to %d: "
                  + "use the program that wrote it, or another work directory.")
              .formatted(file, format, FORMAT));
    }
  }

  /** Shows all rows in the order of keys, each as it is read. */
  void read(Consumer<? super Write> each) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT key, value FROM facts ORDER BY key")) {
      while (rows.next()) {
        each.accept(Write.put(rows.getString(1), rows.getBytes(2)));
      }
    } finally {
      connection.commit();
    }
  }

  /**
   * Stores the batches in one transaction: all of them, or none. Where the disk is full nothing is
   * left of it, and it may be tried again.
   */
  void store(List<List<Write>> batches) throws SQLException {
    try {
      for (var batch : batches) {
        for (var write : batch) {
          apply(write);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      if (Sentences.isFull(e)) {
        undo();
      }
      throw e;
    }
  }

  private void undo() throws SQLException {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // SQLite undoes some transactions itself, and then says that there is none; so the driver has
      // begun no other one.
      if (e.getErrorCode() != SQLiteErrorCode.SQLITE_ERROR.code) {
        throw e;
      }
      execute(connection, "BEGIN");
    }
    // The driver has given up the statement that failed.
    put.close();
    put = connection.prepareStatement(PUT);
    delete.close();
    delete = connection.prepareStatement(DELETE);
  }

  /**
   * Gives a slice of the free pages back to the disk; after the last one also the log's.
   *
   * @return true when there is more to give
   */
  boolean shrink() throws SQLException {
    connection.setAutoCommit(true); // Neither is allowed inside a transaction.
    try {
      execute(connection, "PRAGMA incremental_vacuum(" + PAGES_A_SLICE + ")");
      if (number(connection, "PRAGMA freelist_count") > 0) {
        return true;
      }
      number(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      return false;
    } finally {
      connection.setAutoCommit(false);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** For the tests that run out of space: the file may not grow beyond this many pages. */
  void limitPages(int pages) throws SQLException {
    number(connection, "PRAGMA max_page_count = " + pages);
  }

  private void apply(Write write) throws SQLException {
    var value = write.value();
    if (value.isPresent()) {
      put.setString(1, write.key());
      put.setBytes(2, value.get());
      put.executeUpdate();
    } else {
      delete.setString(1, write.key());
      delete.executeUpdate();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
