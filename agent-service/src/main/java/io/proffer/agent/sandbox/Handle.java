package io.proffer.agent.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing of a file system, whatever it is, held by a descriptor that neither reads nor follows
 * (open(2), {@code O_PATH}). The JDK opens by name, and a name that is a pipe by then holds its
 * thread until somebody writes to the pipe, which is for ever. To hold a pipe waits for nobody, and
 * what is held stays what it is: first look, then read through {@link #path}.
 */
final class Handle implements AutoCloseable {
  private static final int O_PATH = 0x200000;
  private static final int O_CLOEXEC = 0x80000;

  /** The only one of them whose bit is not the same on all machines. */
  private static final int O_NOFOLLOW =
      switch (System.getProperty("os.arch")) {
        case "aarch64", "arm", "ppc64", "ppc64le" -> 0x8000;
        default -> 0x20000;
      };

  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOTDIR = 20;
  private static final int ENAMETOOLONG = 36;

  /** What statx(2) is asked, where its answer stands, and how long that is. */
  private static final int AT_EMPTY_PATH = 0x1000;

  private static final int STATX_BTIME = 0x800;
  private static final int BIRTH_SECONDS = 80;
  private static final int BIRTH_NANOS = 88;
  private static final int STATX_BYTES = 256;

  /** As the JDK writes names to the system. */
  private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle OPEN =
      find(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      find("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  /** Older libraries do not have it. */
  private static final Optional<MethodHandle> STATX =
      Linker.nativeLinker()
          .defaultLookup()
          .find("statx")
          .map(
              address ->
                  Linker.nativeLinker()
                      .downcallHandle(
                          address,
                          FunctionDescriptor.of(
                              ValueLayout.JAVA_INT,
                              ValueLayout.JAVA_INT,
                              ValueLayout.ADDRESS,
                              ValueLayout.JAVA_INT,
                              ValueLayout.JAVA_INT,
                              ValueLayout.ADDRESS)));

  private final int descriptor;

  private Handle(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Takes hold of what stands there; of a link itself, when the last name is one.
   *
   * @throws NoSuchFileException when nothing does
   * @throws NotDirectoryException when the path goes through a file
   */
  static Handle of(Path path) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(CALL_STATE);
      var name = arena.allocateFrom(ValueLayout.JAVA_BYTE, (path + "\0").getBytes(NAMES));
      var descriptor = open(state, name);
      if (descriptor < 0) {
        throw refused(path.toString(), (int) ERRNO.get(state, 0L));
      }
      return new Handle(descriptor);
    }
  }

  /** What stands under a name in this directory. */
  Handle child(Path name) throws IOException {
    return of(path().resolve(name));
  }

  /** Leads to what is held and to nothing else, under whatever name it goes by now. */
  Path path() {
    return Path.of("/proc/self/fd/" + descriptor);
  }

  /** Of what is held: of a link, not of what it leads to. */
  BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(path(), BasicFileAttributes.class);
  }

  /**
   * When it was made; empty where the system does not know. The JDK gives the time of the last
   * change instead, and does not tell which of the two it is.
   */
  Optional<Instant> birth() {
    if (STATX.isEmpty()) {
      return Optional.empty();
    }
    try (var arena = Arena.ofConfined()) {
      var answer = arena.allocate(STATX_BYTES, Long.BYTES);
      var result =
          (int)
              STATX
                  .get()
                  .invokeExact(
                      descriptor, arena.allocateFrom(""), AT_EMPTY_PATH, STATX_BTIME, answer);
      var isKnown = result == 0 && (answer.get(ValueLayout.JAVA_INT, 0) & STATX_BTIME) != 0;
      return isKnown
          ? Optional.of(
              Instant.ofEpochSecond(
                  answer.get(ValueLayout.JAVA_LONG, BIRTH_SECONDS),
                  answer.get(ValueLayout.JAVA_INT, BIRTH_NANOS)))
          : Optional.empty();
    } catch (Throwable e) {
      throw new IllegalStateException("statx(2) could not be called", e);
    }
  }

  @Override
  public void close() {
    try {
      int result = (int) CLOSE.invokeExact(descriptor);
      if (result != 0) {
        throw new IllegalStateException("descriptor " + descriptor + " was closed already");
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("close(" + descriptor + ") could not be called", e);
    }
  }

  private static int open(MemorySegment state, MemorySegment name) {
    try {
      return (int) OPEN.invokeExact(state, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    } catch (Throwable e) {
      throw new IllegalStateException("open(2) could not be called", e);
    }
  }

  private static IOException refused(String path, int errno) {
    return switch (errno) {
      case ENOENT, ENAMETOOLONG -> new NoSuchFileException(path);
      case ENOTDIR -> new NotDirectoryException(path);
      case EACCES, EPERM -> new AccessDeniedException(path);
      default -> new FileSystemException(path, null, "open(2) failed, errno " + errno);
    };
  }

  private static MethodHandle find(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
  }
}
