package io.proffer.cli.watch;

import java.io.PrintWriter;

/** Whoever read our output has gone, as {@code head} does: there is nobody to print for. */
final class NobodyReads extends RuntimeException {
  private static final long serialVersionUID = 1;

  private NobodyReads() {
    super("the reader of the output has gone");
  }

  /**
   * Flushes, and throws when what was printed went nowhere. The writer of a command may lead to
   * standard output, which tells nobody but who asks it that it has failed.
   */
  static void check(PrintWriter out) {
    if (out.checkError() || System.out.checkError()) {
      throw new NobodyReads();
    }
  }
}
