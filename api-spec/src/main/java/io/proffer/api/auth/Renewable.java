package io.proffer.api.auth;

import java.time.Instant;
import java.util.List;

/** Files that can be read anew while what they said is in use. */
public interface Renewable {
  /**
   * Reads them; changes nothing yet, so that all files are read before one takes effect. Blocks.
   *
   * @return puts into use what was read; when that fails, it says so by an {@link
   *     IllegalStateException} with a sentence, and what was in use before is so again
   * @throws UnusableFileException with a sentence that says why all stays as it was
   */
  Runnable read() throws UnusableFileException;

  /** What to tell the log once it is in use. */
  List<String> sentences(Instant now);
}
