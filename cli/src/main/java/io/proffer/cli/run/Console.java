package io.proffer.cli.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/**
 * Where a run writes: output of the tasks to standard output and error, byte by byte, progress to
 * standard error, so that a pipe gets the tasks' output alone.
 */
final class Console {
  private final OutputStream out;
  private final OutputStream err;
  private final Charset charset;
  private final boolean quiet;
  private boolean outBroken;
  private boolean errBroken;
  private boolean incomplete;

  /** {@code charset} is that of progress. */
  Console(OutputStream out, OutputStream err, Charset charset, boolean quiet) {
    this.out = out;
    this.err = err;
    this.charset = charset;
    this.quiet = quiet;
  }

  /** Standard output and error without the buffers and the silence of {@code System.out}. */
  static Console ofProcess(boolean quiet) {
    return new Console(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        System.err.charset(),
        quiet);
  }

  synchronized void progress(String line) {
    if (!quiet) {
      warn(line);
    }
  }

  synchronized void warn(String line) {
    write(true, (line + System.lineSeparator()).getBytes(charset));
  }

  /**
   * Shows what a task wrote. A reader that has gone, or a full disk, does not end the tasks: it is
   * told once, and {@link #lost} remembers.
   */
  synchronized void output(boolean error, byte[] bytes) {
    if (bytes.length > 0) {
      write(error, bytes);
    }
  }

  /** Tells that the rest of a task's output could not be read. */
  synchronized void incomplete(String directory, String why) {
    incomplete = true;
    warn("Cannot read the rest of the output in " + directory + ": " + why);
  }

  /** Whether some output could not be read or written. */
  synchronized boolean lost() {
    return outBroken || errBroken || incomplete;
  }

  private void write(boolean error, byte[] bytes) {
    if (error ? errBroken : outBroken) {
      return;
    }
    try {
      var stream = error ? err : out;
      stream.write(bytes);
      stream.flush();
    } catch (IOException gone) {
      if (error) {
        errBroken = true;
      } else {
        outBroken = true;
        warn(
            "proffer run: standard output takes no more ("
                + gone.getMessage()
                + "); what else tasks write to it is lost.");
      }
    }
  }
}
