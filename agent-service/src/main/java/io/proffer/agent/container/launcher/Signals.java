package io.proffer.agent.container.launcher;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** kill(2): the JDK itself can send only SIGTERM and SIGKILL. */
final class Signals {
  /** Asks the supervisor to end all processes with SIGTERM. */
  static final int TERM = 15;

  /** Asks the supervisor to end all processes with SIGKILL; SIGUSR1 on Linux. */
  static final int KILL_ALL = 10;

  /** Lets a process that was stopped go on; SIGCONT on Linux. */
  static final int CONTINUE = 18;

  private static final MethodHandle KILL = find();

  private Signals() {}

  /** Sends a signal; false when there is no such process, or it is not ours. */
  static boolean send(long pid, int signal) {
    try {
      return (int) KILL.invokeExact((int) pid, signal) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("kill(" + pid + ", " + signal + ") could not be called", e);
    }
  }

  private static MethodHandle find() {
    var linker = Linker.nativeLinker();
    var shape =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    return linker.downcallHandle(linker.defaultLookup().findOrThrow("kill"), shape);
  }
}
