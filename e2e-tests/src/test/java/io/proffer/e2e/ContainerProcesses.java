package io.proffer.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * What runs on this host of the containers of a cluster: supervisors, and what they may have left,
 * which has the environment of a container or works in its sandbox.
 */
public final class ContainerProcesses {
  private ContainerProcesses() {}

  /** All of them; those that nobody has reaped yet are as good as gone. */
  public static List<ProcessHandle> of(Cluster cluster) {
    var directory = cluster.directory().toString();
    return ProcessHandle.allProcesses()
        .filter(process -> belongs(Path.of("/proc", Long.toString(process.pid())), directory))
        .toList();
  }

  /** Waits until agent 0 has cleared its containers away; then none of them may run. */
  public static void awaitNothingLeft(Cluster cluster, Duration limit) {
    var containers = cluster.directory().resolve("agent0-run/containers");
    Awaitility.await("no container is left")
        .atMost(limit)
        .until(
            () -> {
              try (var all = Files.list(containers)) {
                return all.findAny().isEmpty();
              }
            });
    assertEquals(List.of(), of(cluster));
  }

  private static boolean belongs(Path process, String directory) {
    return read(process.resolve("environ")).contains("MESOS_SANDBOX=" + directory)
        || isSupervisor(read(process.resolve("cmdline")), directory)
        || link(process.resolve("cwd")).startsWith(directory + "/agent");
  }

  private static boolean isSupervisor(String commandLine, String directory) {
    return commandLine.contains(directory) && commandLine.contains("-run/containers/");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private static String link(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException gone) {
      return "";
    }
  }
}
