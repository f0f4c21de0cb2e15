package io.proffer.agent.gc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through all sandboxes once. One in use gets the present moment as its modification time, so
 * that its age counts from its last use, and does so after a restart of the agent, too; one that is
 * too old is removed, and then the directories above it that nothing is left in. Blocks.
 */
public final class SandboxCollector {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");
  private static final String LATEST = "latest";

  /**
   * Nothing younger is ever removed, however full the disk: file systems stamp a few milliseconds
   * late, and a container that is just being made is not yet on any list.
   */
  static final Duration SETTLED = Duration.ofSeconds(10);

  private final Path agents;
  private final Path containers;
  private final Supplier<Set<String>> occupied;
  private final GcPolicy policy;
  private final Disk disk;
  private final Consumer<Runnable> alone;
  private final GcCounts counts;

  /**
   * @param workDir root of all sandboxes
   * @param containers has an entry, named by the id, for each container with processes
   * @param occupied ids of all containers that have processes, told from these; blocks
   * @param alone runs something while no sandbox is being made
   */
  public SandboxCollector(
      Path workDir,
      Path containers,
      Supplier<Set<String>> occupied,
      GcPolicy policy,
      Disk disk,
      Consumer<Runnable> alone,
      GcCounts counts) {
    this.agents = workDir.resolve("slaves");
    this.containers = containers;
    this.occupied = occupied;
    this.policy = policy;
    this.disk = disk;
    this.alone = alone;
    this.counts = counts;
  }

  /**
   * One round.
   *
   * @param used ids of the containers that the core knows of, ended ones with it too
   * @param asked when that was asked: what was made later is not touched
   */
  public void collect(Set<String> used, Instant asked) throws IOException {
    var maxAge = policy.maxAge(disk.usage());
    var allowed = maxAge.compareTo(SETTLED) < 0 ? SETTLED : maxAge;
    var round =
        new Round(
            name -> used.contains(name) || Files.exists(containers.resolve(name)),
            asked,
            asked.minus(allowed),
            Long.MAX_VALUE);
    visit(round);
    counts.round(maxAge, round.waiting);
    if (round.removed > 0) {
      LOG.info(
          "Removed {} sandboxes that were not in use for {} s; {} ended ones are left",
          round.removed,
          allowed.toSeconds(),
          round.waiting);
    }
  }

  /**
   * For a disk so full that nothing can be stored: of all that has ended, known to the core or not,
   * one goes, as whoever stores something waits for it. What its framework has not heard yet it
   * hears all the same.
   *
   * @param settled what is younger stays: it may just be made
   * @return false when there was none
   */
  public boolean clearOne(Instant now, Duration settled) throws IOException {
    var round = new Round(new Running(), now, now.minus(settled), 1);
    visit(round);
    if (round.removed > 0) {
      LOG.warn("Removed the sandbox of a container that has ended: the disk was full");
    }
    return round.removed > 0;
  }

  /** Looks at processes at most once. */
  private final class Running implements Predicate<String> {
    private Optional<Set<String>> processes = Optional.empty();

    /**
     * Its supervisor has left no word yet of how it ended; without a control directory, which may
     * be in another runtime directory, the processes say.
     */
    @Override
    public boolean test(String container) {
      var control = containers.resolve(container);
      if (Files.exists(control)) {
        return !Files.exists(control.resolve("status"));
      }
      processes = processes.or(() -> Optional.of(occupied.get()));
      return processes.get().contains(container);
    }
  }

  private void visit(Round round) throws IOException {
    for (var agent : round.left(directories(agents))) {
      for (var framework : round.left(directories(agent.resolve("frameworks")))) {
        for (var executor : round.left(directories(framework.resolve("executors")))) {
          round.visit(executor);
        }
        removeEmpty(framework.resolve("executors"), framework);
      }
      removeEmpty(agent.resolve("frameworks"), agent);
    }
  }

  private final class Round {
    private final Predicate<String> used;
    private final Instant asked;
    private final Instant oldest;
    private final long most;
    private long removed;
    private long waiting;

    /**
     * @param most how many may go
     */
    Round(Predicate<String> used, Instant asked, Instant oldest, long most) {
      this.most = most;
      this.used = used;
      this.asked = asked;
      this.oldest = oldest;
    }

    /** The same, up to where as many have gone as may. */
    Iterable<Path> left(List<Path> all) {
      return () -> all.stream().takeWhile(next -> removed < most).iterator();
    }

    void visit(Path executor) throws IOException {
      var runs = executor.resolve("runs");
      for (var run : left(directories(runs))) {
        var name = run.getFileName().toString();
        try {
          var modified = Files.getLastModifiedTime(run, LinkOption.NOFOLLOW_LINKS).toInstant();
          if (used.test(name)) {
            Files.setLastModifiedTime(run, FileTime.from(asked));
          } else if (modified.isAfter(oldest)) {
            waiting++;
          } else if (remove(run)) {
            removed++;
          } else {
            waiting++;
          }
        } catch (NoSuchFileException gone) {
          // Somebody else has removed it.
        }
      }
      alone.accept(() -> removeUnused(runs));
      removeEmpty(runs, executor);
    }
  }

  private boolean remove(Path run) {
    try {
      // Its own files only, however deep and whatever the links in it lead to: rm sees to that.
      var rm =
          new ProcessBuilder("rm", "-rf", "--", run.toString())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (rm.waitFor() == 0) {
        counts.removed();
        return true;
      }
      LOG.warn("Cannot remove the old sandbox {}: see which of its files cannot be deleted", run);
    } catch (IOException e) {
      LOG.warn("Cannot remove the old sandbox {}", run, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    counts.failed();
    return false;
  }

  /** The link to a run that is gone. */
  private static void removeUnused(Path runs) {
    var latest = runs.resolve(LATEST);
    try {
      if (Files.isSymbolicLink(latest) && !Files.exists(latest)) {
        Files.delete(latest);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove {}, which leads nowhere", latest, e);
    }
  }

  /** Both directories, the inner one first, as far as they are empty. */
  private void removeEmpty(Path inner, Path outer) {
    alone.accept(
        () -> {
          for (var directory : List.of(inner, outer)) {
            try {
              Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException used) {
              return;
            } catch (IOException e) {
              LOG.warn("Cannot remove the empty directory {}", directory, e);
              return;
            }
          }
        });
  }

  private static List<Path> directories(Path parent) throws IOException {
    var found = new ArrayList<Path>();
    try (var children =
        Files.newDirectoryStream(
            parent, child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))) {
      children.forEach(found::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }
}
