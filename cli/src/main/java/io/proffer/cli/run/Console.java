package io.proffer.cli.run;

import java.io.PrintWriter;

/**
 * Where a run writes: output of the tasks to standard output and error, progress to standard error,
 * so that a pipe gets the tasks' output alone.
 */
final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;

  Console(PrintWriter out, PrintWriter err, boolean quiet) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
  }

  synchronized void progress(String line) {
    if (!quiet) {
      warn(line);
    }
  }

  synchronized void warn(String line) {
    err.println(line);
    err.flush();
  }

  synchronized void output(boolean error, String text) {
    var writer = error ? err : out;
    writer.print(text);
    writer.flush();
  }
}
