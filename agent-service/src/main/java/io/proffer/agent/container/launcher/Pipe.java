package io.proffer.agent.container.launcher;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A pipe of the system. One that the JDK makes for a child is closed when the child ends, whoever
 * else may still hold its other end; the end of this one is that of all who hold it.
 */
final class Pipe implements Closeable {
  /** The same number on every machine of Linux that has a JDK 25. */
  private static final int CLOSE_ON_EXEC = 02000000;

  private static final MethodHandle PIPE = find();

  private final int from;
  private final int to;

  Pipe() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      if ((int) PIPE.invokeExact(ends, CLOSE_ON_EXEC) != 0) {
        throw new IOException("Cannot make a pipe. Are too many files open?");
      }
      this.from = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
      this.to = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("pipe2 could not be called", e);
    }
  }

  /** Names the end to read from, for this process, until it is closed. */
  File from() {
    return new File("/proc/self/fd/" + from);
  }

  /** Names the end to write to, in the same way. */
  File to() {
    return new File("/proc/self/fd/" + to);
  }

  /** Who opened an end by its name keeps it. */
  @Override
  public void close() {
    Deaths.release(from);
    Deaths.release(to);
  }

  private static MethodHandle find() {
    var linker = Linker.nativeLinker();
    var shape =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    return linker.downcallHandle(linker.defaultLookup().findOrThrow("pipe2"), shape);
  }
}
