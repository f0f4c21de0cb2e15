package io.proffer.agent.core.step;

import java.util.List;

/** The words for a status of wait(2), as the C library of Linux has them. */
public final class WaitStatus {
  private static final List<String> SIGNALS =
      List.of(
          "Unknown signal 0",
          "Hangup",
          "Interrupt",
          "Quit",
          "Illegal instruction",
          "Trace/breakpoint trap",
          "Aborted",
          "Bus error",
          "Floating point exception",
          "Killed",
          "User defined signal 1",
          "Segmentation fault",
          "User defined signal 2",
          "Broken pipe",
          "Alarm clock",
          "Terminated",
          "Stack fault",
          "Child exited",
          "Continued",
          "Stopped (signal)",
          "Stopped",
          "Stopped (tty input)",
          "Stopped (tty output)",
          "Urgent I/O condition",
          "CPU time limit exceeded",
          "File size limit exceeded",
          "Virtual timer expired",
          "Profiling timer expired",
          "Window changed",
          "I/O possible",
          "Power failure",
          "Bad system call");

  private static final int FIRST_REALTIME = 34;

  private WaitStatus() {}

  /** Whether the process ended by itself with status 0. */
  public static boolean isSuccess(int status) {
    return status == 0;
  }

  /** {@code exited with status 3} or {@code terminated with signal Killed}. */
  public static String words(int status) {
    var signal = status & 0x7f;
    if (signal == 0) {
      return "exited with status " + (status >> 8 & 0xff);
    }
    return "terminated with signal "
        + signalName(signal)
        + ((status & 0x80) != 0 ? " (core dumped)" : "");
  }

  private static String signalName(int signal) {
    if (signal < SIGNALS.size()) {
      return SIGNALS.get(signal);
    }
    return signal >= FIRST_REALTIME
        ? "Real-time signal " + (signal - FIRST_REALTIME)
        : "Unknown signal " + signal;
  }
}
