package io.proffer.agent.gc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that only takes room: on a full disk it is given back, a slice at a time, so that
 * checkpoints can be stored although others take all they find. Blocks; from any thread.
 */
public final class Ballast {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  /** Some checkpoints; small, as whoever has filled the disk may be quicker to take it. */
  static final int SLICE = 64 * 1024;

  /** Of a small disk no more than one in so many bytes. */
  private static final int SHARE = 8;

  private final Path file;
  private final long bytes;

  /**
   * @param directory on the disk that may fill
   * @param bytes at most; 0 for none
   */
  public Ballast(Path directory, long bytes) {
    this.file = directory.resolve("ballast");
    this.bytes = bytes;
  }

  /** Gives a slice back to the disk; false when there is none left. */
  public synchronized boolean release() {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var left = channel.size();
      if (left == 0) {
        return false;
      }
      channel.truncate(Math.max(0, left - SLICE));
      return true;
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException e) {
      LOG.warn("Cannot give room of {} back to the disk", file, e);
      return false;
    }
  }

  /**
   * Makes it whole, where the disk has as much room once more beside it.
   *
   * @return whether it is whole
   */
  public synchronized boolean refill() throws IOException {
    var store = Files.getFileStore(file.getParent());
    var whole = Math.min(bytes, store.getTotalSpace() / SHARE) / SLICE * SLICE;
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var size = channel.size();
      if (size >= whole) {
        channel.truncate(whole);
        return true;
      }
      if (store.getUsableSpace() < 2 * whole - size) {
        return false;
      }
      fill(channel.position(size), whole - size);
      return true;
    }
  }

  /** How much room the disk has beside it. */
  public long free() throws IOException {
    return Files.getFileStore(file.getParent()).getUsableSpace();
  }

  /** With what no file system can make smaller. */
  private static void fill(FileChannel channel, long missing) throws IOException {
    var random = new Random();
    var slice = new byte[SLICE];
    for (var left = missing; left > 0; left -= slice.length) {
      random.nextBytes(slice);
      var rest = ByteBuffer.wrap(slice, 0, (int) Math.min(left, slice.length));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }
}
