package io.proffer.api.files;

import java.nio.file.FileSystemException;

/** A directory that has more entries than one answer shows. */
public final class TooManyEntriesException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /**
   * @param directory as it was asked for
   * @param limit of entries
   */
  public TooManyEntriesException(String directory, int limit) {
    super(
        directory,
        null,
        "it has more than %d entries (--max_directory_entries): ask for its files by their names"
            .formatted(limit));
  }
}
