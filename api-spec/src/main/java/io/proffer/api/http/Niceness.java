package io.proffer.api.http;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual threads that stand behind all others when processors are scarce, by setpriority(2).
 *
 * <p>The system knows only the threads that carry them. A carrier that was taken down stays there,
 * since only root may take one up again; so in a process that uses this, no virtual thread may do
 * what others wait for.
 */
public final class Niceness {
  /** The last place the system has. */
  public static final int LAST = 19;

  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

  /** Elsewhere the call is for the process as a whole. */
  private static final boolean KNOWS_THREADS = "Linux".equals(System.getProperty("os.name"));

  private static final int PROCESS = 0;
  private static final int CALLER = 0;

  private Niceness() {}

  /** Looked up when the first is to be nice: most processes never are. */
  private static final class Call {
    static final MethodHandle SETPRIORITY =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT));

    private Call() {}
  }

  /**
   * Makes virtual threads.
   *
   * @param nice how far behind others, up to {@link #LAST}; 0 for beside them
   */
  public static ThreadFactory threads(int nice) {
    if (nice < 0 || nice > LAST) {
      throw new IllegalArgumentException(nice + " is not from 0 to " + LAST);
    }
    var threads = Thread.ofVirtual().factory();
    return nice == 0 || !KNOWS_THREADS
        ? threads
        : work ->
            threads.newThread(
                () -> {
                  takeDown(nice);
                  work.run();
                });
  }

  /** Once more for a carrier that is there already: the call costs less than to remember which. */
  private static void takeDown(int nice) {
    try {
      if ((int) Call.SETPRIORITY.invokeExact(PROCESS, CALLER, nice) != 0) {
        LOG.debug("the system refuses to take a thread down to {}", nice);
      }
    } catch (Throwable e) {
      throw new IllegalStateException("setpriority could not be called", e);
    }
  }
}
