package io.proffer.kernel.sqlite;

import io.proffer.kernel.Journal;
import io.proffer.kernel.JournalContract;
import io.proffer.kernel.Write;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps the contract. */
final class SqliteJournalContractTest extends JournalContract {
  @TempDir private Path directory;

  @Override
  protected Journal<Write> open() {
    return SqliteJournal.open(directory.resolve("store.db"), 1000);
  }
}
