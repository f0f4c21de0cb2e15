package io.proffer.agent.container.launcher;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices at once that processes end which are not our children: the JDK would only look now and
 * then. One thread waits for all of them, each held by a pidfd, which no later process of the same
 * number can take over.
 */
final class Deaths {
  /** The same number on every machine of Linux. */
  private static final long PIDFD_OPEN = 434;

  private static final int POLLFD_BYTES = 8;
  private static final int REVENTS_AT = 6;
  private static final short POLLIN = 1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle POLL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("poll"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("close"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  /** How long the thread may stay when nobody wants to know any more. */
  private static final int LOOK_UP_MS = 1000;

  private record Waited(int descriptor, Runnable then) {}

  private final List<Waited> all = new ArrayList<>();
  private volatile boolean closed;

  /**
   * A hold on a process, which is alive or was a moment ago; negative where the kernel has none to
   * give. Who gets one checks once more that it is the process that was meant.
   */
  static int hold(long pid) {
    try {
      return (int) (long) SYSCALL.invokeExact(PIDFD_OPEN, (int) pid, 0);
    } catch (Throwable e) {
      throw new IllegalStateException("pidfd_open(" + pid + ") could not be called", e);
    }
  }

  /** Lets go of a hold that nobody waits for. */
  static void release(int descriptor) {
    try {
      var _ = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException("close(" + descriptor + ") could not be called", e);
    }
  }

  /** Calls {@code then} when the held process has ended; before {@link #start}. */
  void await(int descriptor, Runnable then) {
    all.add(new Waited(descriptor, then));
  }

  /** Begins to wait, on a thread of its own that ends with the last process. Once. */
  void start() {
    if (!all.isEmpty()) {
      Thread.ofPlatform().daemon().name("adopted").start(this::run);
    }
  }

  /** Nobody is called any more. */
  void close() {
    closed = true;
  }

  private void run() {
    try (var arena = Arena.ofConfined()) {
      var polls = arena.allocate((long) all.size() * POLLFD_BYTES, 4);
      while (!all.isEmpty() && !closed) {
        for (var i = 0; i < all.size(); i++) {
          var at = (long) i * POLLFD_BYTES;
          polls.set(ValueLayout.JAVA_INT, at, all.get(i).descriptor());
          polls.set(ValueLayout.JAVA_SHORT, at + 4, POLLIN);
          polls.set(ValueLayout.JAVA_SHORT, at + REVENTS_AT, (short) 0);
        }
        poll(polls);
        for (var i = all.size() - 1; i >= 0 && !closed; i--) {
          if (polls.get(ValueLayout.JAVA_SHORT, (long) i * POLLFD_BYTES + REVENTS_AT) != 0) {
            var ended = all.remove(i);
            release(ended.descriptor());
            ended.then().run();
          }
        }
      }
    } finally {
      all.forEach(waited -> release(waited.descriptor()));
    }
  }

  private void poll(MemorySegment polls) {
    try {
      var _ = (int) POLL.invokeExact(polls, (long) all.size(), LOOK_UP_MS);
    } catch (Throwable e) {
      throw new IllegalStateException("poll could not be called", e);
    }
  }
}
