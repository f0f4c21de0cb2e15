package io.proffer.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells one boot of this host from another. */
public final class BootId {
  private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /**
   * Of now.
   *
   * @throws HostException where the kernel does not say
   */
  public static String now() {
    try {
      return Files.readString(FILE).strip();
    } catch (IOException e) {
      throw new HostException(
          "Cannot read %s (%s), and without it a restart of the host looks like one of the agent: mount /proc, and start again"
              .formatted(FILE, e.getMessage()),
          e);
    }
  }
}
