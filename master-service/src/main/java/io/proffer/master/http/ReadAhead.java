package io.proffer.master.http;

/**
 * Says when to encode {@code /state} though nobody asks: whenever a growing cluster has doubled. So
 * the code for it is compiled when somebody does ask, and the first who reads 100,000 tasks does
 * not wait for that. Beyond a number of rows all is compiled, and nothing is due any more.
 */
public final class ReadAhead {
  /** What is smaller is read at once by any code. */
  private static final long FIRST_ROWS = 1024;

  private final long lastRows;
  private long next = FIRST_ROWS;

  /**
   * @param lastRows how many agents and tasks there are when it ends; 0 for never
   */
  public ReadAhead(long lastRows) {
    this.lastRows = lastRows;
  }

  /** Whether anything will be due. */
  public synchronized boolean goesOn() {
    return next <= lastRows;
  }

  /**
   * Whether it is time, once for each time.
   *
   * @param rows how many there are now
   */
  public synchronized boolean isDue(long rows) {
    if (!goesOn() || rows < next) {
      return false;
    }
    next = 2 * rows;
    return true;
  }
}
