package io.proffer.agent.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A directory that belongs to one agent as long as the agent runs. */
public final class OwnedDirectory implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private OwnedDirectory(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the directory and takes it.
   *
   * @param flag that names the directory, for the sentence when this fails
   */
  public static OwnedDirectory take(Path directory, String flag) {
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = channel.tryLock();
      if (lock != null) {
        return new OwnedDirectory(channel, lock);
      }
      close(channel);
      throw taken(directory, flag);
    } catch (OverlappingFileLockException e) {
      close(channel);
      throw taken(directory, flag);
    } catch (AccessDeniedException e) {
      throw new HostException(
          "No permission to write to %s (%s=%s): choose another directory, or run the agent as a user who may"
              .formatted(e.getFile(), flag, directory),
          e);
    } catch (IOException e) {
      close(channel);
      throw new HostException(
          "Cannot use %s=%s: %s. Is the disk full, or something else than a directory there?"
              .formatted(flag, directory, words(e)),
          e);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new HostException("Cannot let go of a directory: " + e.getMessage(), e);
    }
  }

  private static HostException taken(Path directory, String flag) {
    return new HostException(
        "Another agent uses %s=%s: give each agent a directory of its own"
            .formatted(flag, directory));
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new HostException("Cannot close a lock file: " + e.getMessage(), e);
    }
  }

  /** The JDK often says only which path it was; then the name of the exception says the rest. */
  private static String words(IOException e) {
    return e instanceof FileSystemException file && file.getReason() == null
        ? file.getClass().getSimpleName() + " " + file.getFile()
        : e.getMessage();
  }
}
