package io.proffer.api.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file, to which whole lines are added or none of them is. Of one thread. */
final class AuditFile implements AutoCloseable {
  private final Path path;
  private FileChannel channel;

  /** Creates it, for its owner alone, where there is none. */
  AuditFile(Path path) throws IOException {
    this.path = path;
    this.channel = open(path);
  }

  /**
   * Adds lines. When it throws, it has added none of them, unless it cannot even take them back.
   */
  void append(byte[] lines) throws IOException {
    var before = channel.size();
    var rest = ByteBuffer.wrap(lines);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException full) {
      if (rest.position() > 0) {
        takeBack(before, full);
      }
      throw full;
    }
  }

  /** The file of that name, which is another one once somebody has moved this one away. */
  void reopen() throws IOException {
    var fresh = open(path);
    channel.close();
    channel = fresh;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void takeBack(long before, IOException why) {
    try {
      channel.truncate(before);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    return Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
        ? FileChannel.open(
            path,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : FileChannel.open(path, options);
  }
}
