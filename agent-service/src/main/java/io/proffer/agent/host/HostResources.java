package io.proffer.agent.host;

import com.sun.management.OperatingSystemMXBean;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Resource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an agent offers: what it was told, and for the rest what the host has (resources.md, 4). */
public final class HostResources {
  private static final long MB = 1024L * 1024;
  private static final long GB_IN_MB = 1024;

  private final long cpus;
  private final long memMb;
  private final Optional<Long> diskMb;

  HostResources(long cpus, long memMb, Optional<Long> diskMb) {
    this.cpus = cpus;
    this.memMb = memMb;
    this.diskMb = diskMb;
  }

  /** This host, with the disk that holds a directory. */
  public static HostResources of(Path workDir) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Optional<Long> disk;
    try {
      disk = Optional.of(Files.getFileStore(workDir).getTotalSpace() / MB);
    } catch (IOException e) {
      disk = Optional.empty();
    }
    return new HostResources(
        Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize() / MB, disk);
  }

  /**
   * All resources of the agent.
   *
   * @param given what it was told; what is not among these is detected
   */
  public List<Resource> with(Resources given, String defaultRole) {
    var missing = new ArrayList<String>();
    addUnless(given, missing, "cpus", "cpus:" + cpus);
    addUnless(given, missing, "mem", "mem:" + mem());
    addUnless(given, missing, "disk", "disk:" + disk());
    addUnless(given, missing, "ports", "ports:[31000-32000]");
    return given.plus(Resources.parse(String.join(";", missing), defaultRole)).messages();
  }

  /** One gigabyte is left to the system; of a small memory, half. */
  private long mem() {
    return memMb < 2 * GB_IN_MB ? memMb / 2 : memMb - GB_IN_MB;
  }

  /** Five gigabytes are left free; of a small disk, half. */
  private long disk() {
    if (diskMb.isEmpty()) {
      return 10 * GB_IN_MB;
    }
    var size = diskMb.get();
    return size < 10 * GB_IN_MB ? size / 2 : size - 5 * GB_IN_MB;
  }

  private static void addUnless(Resources given, List<String> to, String name, String text) {
    if (given.stream().noneMatch(element -> element.name().equals(name))) {
      to.add(text);
    }
  }
}
