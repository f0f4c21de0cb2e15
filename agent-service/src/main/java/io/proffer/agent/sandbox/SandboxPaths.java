package io.proffer.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the run that the path of a request is about. Two spellings are known: the real path of a
 * run, {@code WORK_DIR/slaves/AID/frameworks/FID/executors/EID/runs/CID/...}, and the virtual
 * {@code /frameworks/FID/executors/EID/runs/CID/...}; in both {@code latest} stands for the newest
 * run. All directories down to {@code runs} belong to the agent: no task can exchange them.
 */
final class SandboxPaths {
  private static final String LATEST = "latest";
  private static final Pattern VIRTUAL =
      Pattern.compile("/frameworks/([^/]+)/executors/([^/]+)/runs/([^/]+)(/.*)?", Pattern.DOTALL);

  private final Path agentsRoot;
  private final Pattern real;

  /** The sandboxes below a work directory, an absolute path. */
  SandboxPaths(Path workDir) {
    this.agentsRoot = workDir.resolve("slaves");
    this.real =
        Pattern.compile(
            Pattern.quote(agentsRoot.toString())
                + "/([^/]+)/frameworks/([^/]+)/executors/([^/]+)/runs/([^/]+)(/.*)?",
            Pattern.DOTALL);
  }

  /**
   * A place below a run; whether it is there is another question.
   *
   * @param run a directory of the agent's, no link
   * @param rest what is below it, as it was spelled
   */
  record Place(Path run, String rest) {}

  /** Whose sandbox a path is about, whether it is there or not; empty when it is about none. */
  Optional<SandboxOwner> owner(String requested) {
    var virtual = VIRTUAL.matcher(requested);
    if (virtual.matches()) {
      return Optional.of(
          new SandboxOwner(virtual.group(1), virtual.group(2), container(virtual.group(3))));
    }
    var direct = real.matcher(requested);
    return direct.matches()
        ? Optional.of(
            new SandboxOwner(direct.group(2), direct.group(3), container(direct.group(4))))
        : Optional.empty();
  }

  private static Optional<String> container(String run) {
    return Optional.of(run).filter(name -> !name.equals(LATEST));
  }

  /** The place a request means; empty when there is no such run. */
  Optional<Place> find(String requested) throws IOException {
    try {
      var virtual = VIRTUAL.matcher(requested);
      if (virtual.matches()) {
        return run(virtual).map(run -> new Place(run, rest(virtual.group(4))));
      }
      var direct = real.matcher(requested);
      if (direct.matches() && areNames(direct, 4)) {
        var runs = Path.of(requested.substring(0, direct.end(3)), "runs");
        return run(runs, direct.group(4)).map(run -> new Place(run, rest(direct.group(5))));
      }
      return Optional.empty();
    } catch (InvalidPathException nobodysName) {
      return Optional.empty();
    }
  }

  /** The paths under which runs are served, virtual ones for the newest, and where they lead. */
  SortedMap<String, String> all() throws IOException {
    var found = new TreeMap<String, String>();
    for (var agent : directories(agentsRoot)) {
      for (var framework : directories(agent.resolve("frameworks"))) {
        for (var executor : directories(framework.resolve("executors"))) {
          addRuns(framework.getFileName(), executor, found);
        }
      }
    }
    return found;
  }

  private static void addRuns(Path framework, Path executor, SortedMap<String, String> found)
      throws IOException {
    var runs = executor.resolve("runs");
    for (var run : directories(runs)) {
      found.put(run.toString(), run.toString());
    }
    run(runs, LATEST)
        .ifPresent(
            latest -> {
              found.put(runs.resolve(LATEST).toString(), latest.toString());
              found.put(
                  "/frameworks/%s/executors/%s/runs/latest"
                      .formatted(framework, executor.getFileName()),
                  latest.toString());
            });
  }

  /** The run of the executor, whichever of this host's agent ids it ran under. */
  private Optional<Path> run(Matcher virtual) throws IOException {
    if (!areNames(virtual, 3)) {
      return Optional.empty();
    }
    Optional<Path> newest = Optional.empty();
    for (var agent : directories(agentsRoot)) {
      var executor =
          agent
              .resolve("frameworks")
              .resolve(virtual.group(1))
              .resolve("executors")
              .resolve(virtual.group(2));
      var run = run(executor.resolve("runs"), virtual.group(3));
      newest =
          Stream.concat(newest.stream(), run.stream())
              .max(Comparator.comparing(SandboxPaths::modified));
    }
    return newest;
  }

  /** A run by its name; {@code latest} is a link of the agent's to the directory beside it. */
  private static Optional<Path> run(Path runs, String name) throws IOException {
    var run = runs.resolve(name);
    if (name.equals(LATEST)) {
      try {
        run = runs.resolve(Files.readSymbolicLink(run).getFileName());
      } catch (NoSuchFileException | NotLinkException none) {
        return Optional.empty();
      }
    }
    return isDirectory(run) ? Optional.of(run) : Optional.empty();
  }

  /** The first groups must be names: with {@code ..} for an id one would climb out. */
  private static boolean areNames(Matcher path, int groups) {
    for (int group = 1; group <= groups; group++) {
      if (path.group(group).equals(".") || path.group(group).equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> directories(Path parent) throws IOException {
    if (!isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(SandboxPaths::isDirectory).sorted().toList();
    } catch (NoSuchFileException collected) {
      return List.of();
    }
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static String rest(String group) {
    return group == null ? "" : group;
  }

  private static long modified(Path path) {
    return path.toFile().lastModified();
  }
}
