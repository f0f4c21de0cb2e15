package io.proffer.api.files;

import java.io.IOException;
import java.util.Optional;

/** Who may have which files. */
@FunctionalInterface
public interface FileAccess {
  /** Everybody may have all of them. */
  FileAccess OPEN = principal -> requested -> true;

  /** Judges the paths that one reader asks for. */
  @FunctionalInterface
  interface Judge {
    /**
     * Whether what stands under a path may be shown. Blocks.
     *
     * @param requested the path as it came
     * @throws BusyException when nobody can tell now
     */
    boolean allows(String requested) throws IOException;
  }

  /** What both allow. */
  default FileAccess and(FileAccess other) {
    return principal -> {
      var first = of(principal);
      var second = other.of(principal);
      return requested -> first.allows(requested) && second.allows(requested);
    };
  }

  /**
   * By the rules of this moment.
   *
   * @param principal who asks, as they have proved; empty where nobody was asked
   */
  Judge of(Optional<String> principal);
}
