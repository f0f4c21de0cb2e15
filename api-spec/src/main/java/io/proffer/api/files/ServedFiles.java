package io.proffer.api.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Files that a service shows, by the paths of requests; what it does not show is not there. */
public interface ServedFiles {
  /** What stands under a path. */
  sealed interface Content {
    /**
     * A file, opened: whoever gets it closes it.
     *
     * @param name the last one of its path
     * @param id the same as long as it is the same file, under whatever name
     */
    record File(String name, String id, FileChannel channel) implements Content {}

    /** A directory. */
    record Directory() implements Content {}

    /** Neither: a pipe, say. Opening one would wait for a writer that may never come. */
    record Other() implements Content {}
  }

  /** The entries of a directory, sorted; none for a file; empty when there is nothing. Blocks. */
  Optional<List<FileListing>> list(String requested) throws IOException;

  /** Opens what stands there; empty when there is nothing. Blocks. */
  Optional<Content> open(String requested) throws IOException;

  /** Each path under which something is served, and where it leads. Blocks. */
  SortedMap<String, String> attached() throws IOException;
}
