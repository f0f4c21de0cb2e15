package io.proffer.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns the path of a request into a file of a sandbox. Two spellings are known: the real path of a
 * run, {@code WORK_DIR/slaves/AID/frameworks/FID/executors/EID/runs/CID/...}, and the virtual
 * {@code /frameworks/FID/executors/EID/runs/latest/...}. Whatever leads out of its run is not
 * there.
 */
public final class SandboxPaths {
  private static final Pattern VIRTUAL =
      Pattern.compile("/frameworks/([^/]+)/executors/([^/]+)/runs/latest(/.*)?");

  private final Path agentsRoot;
  private final Pattern real;

  /** The sandboxes below a work directory, an absolute path. */
  public SandboxPaths(Path workDir) {
    this.agentsRoot = workDir.resolve("slaves");
    this.real =
        Pattern.compile(
            Pattern.quote(agentsRoot.toString())
                + "/([^/]+)/frameworks/([^/]+)/executors/([^/]+)/runs/([^/]+)(/.*)?");
  }

  /** The file or directory a request means; empty when there is none that may be shown. */
  public Optional<Path> find(String requested) throws IOException {
    var virtual = VIRTUAL.matcher(requested);
    if (virtual.matches()) {
      return latest(virtual).flatMap(run -> within(run, virtual.group(3)));
    }
    var direct = real.matcher(requested);
    if (direct.matches()) {
      var run = Path.of(requested.substring(0, direct.end(4)));
      return within(run, direct.group(5));
    }
    return Optional.empty();
  }

  /** The newest run of the executor, whichever of this host's agent ids it ran under. */
  private Optional<Path> latest(Matcher virtual) throws IOException {
    if (!Files.isDirectory(agentsRoot)) {
      return Optional.empty();
    }
    try (Stream<Path> agents = Files.list(agentsRoot)) {
      return agents
          .map(
              agent ->
                  agent
                      .resolve("frameworks")
                      .resolve(virtual.group(1))
                      .resolve("executors")
                      .resolve(virtual.group(2))
                      .resolve("runs/latest"))
          .filter(Files::isDirectory)
          .max(Comparator.comparing(SandboxPaths::modified));
    }
  }

  private static Optional<Path> within(Path run, String rest) {
    try {
      var root = run.toRealPath();
      if (root.getNameCount() < 2 || !root.getParent().endsWith("runs")) {
        return Optional.empty();
      }
      var file =
          rest == null || rest.equals("/")
              ? root
              : root.resolve(rest.replaceFirst("^/+", "")).toRealPath();
      return file.startsWith(root) ? Optional.of(file) : Optional.empty();
    } catch (IOException absent) {
      // What cannot be resolved is not there: the caller answers 404.
      return Optional.empty();
    }
  }

  private static long modified(Path path) {
    return path.toFile().lastModified();
  }
}
