package io.proffer.api.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Whether files with secrets are for their owner alone. */
public final class Privacy {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private Privacy() {}

  /**
   * What to do when others can read or write the file; empty when they cannot, or when the file
   * system does not know. Blocks.
   *
   * @param flag that names it, with its dashes
   */
  public static Optional<String> warning(String flag, Path file) {
    try {
      var permissions = EnumSet.noneOf(PosixFilePermission.class);
      permissions.addAll(Files.getPosixFilePermissions(file));
      permissions.retainAll(OTHERS);
      return permissions.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "%s=%s holds secrets, and others than its owner can get at it: chmod 600 %s"
                  .formatted(flag, file, file));
    } catch (IOException | UnsupportedOperationException unknown) {
      // Whoever reads the file itself says what is wrong with it.
      return Optional.empty();
    }
  }
}
