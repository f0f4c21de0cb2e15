package io.proffer.agent.gc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How full the disk of the sandboxes is. */
@FunctionalInterface
public interface Disk {
  /** The share in use, 0 to 1. */
  double usage() throws IOException;

  /** The disk that a directory is on. */
  static Disk of(Path directory) {
    return () -> {
      var store = Files.getFileStore(directory);
      var total = store.getTotalSpace();
      return total == 0 ? 0 : 1 - store.getUnallocatedSpace() / (double) total;
    };
  }
}
