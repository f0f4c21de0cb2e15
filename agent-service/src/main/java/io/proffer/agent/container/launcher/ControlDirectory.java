package io.proffer.agent.container.launcher;

import io.proffer.agent.core.fact.ContainerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a supervisor leaves about its container: {@code pid} while it runs, {@code status} after.
 */
record ControlDirectory(Path path) {
  private static final Pattern OWNER = Pattern.compile("(\\d{1,18}) (\\d{1,18})");

  /** What a supervisor is about to leave goes before what it has left. */
  private static final List<String> FILES = List.of(".pid", "pid", ".status", "status");

  /** What became of a command. */
  sealed interface Outcome {
    /** It ended; {@code waitStatus} as wait(2) gives it. */
    record Exited(int waitStatus) implements Outcome {}

    /** It never ran. */
    record Broken(String why) implements Outcome {}

    /** Nobody knows: the supervisor was killed. */
    record Unknown() implements Outcome {}
  }

  /** A process that cannot be mistaken for a later one of the same number. */
  record Owner(long pid, long startTicks) {}

  /** The directory of one container below the runtime directory. */
  static ControlDirectory of(Path containers, ContainerId container) {
    return new ControlDirectory(containers.resolve(container.value()));
  }

  void create() throws IOException {
    Files.createDirectories(path);
  }

  /**
   * The supervisor; empty until it can take signals, and for a file without its words: of a host
   * that lost its power the name may be left and the content not.
   */
  Optional<Owner> owner() throws IOException {
    return read("pid")
        .map(OWNER::matcher)
        .filter(Matcher::matches)
        .map(words -> new Owner(Long.parseLong(words.group(1)), Long.parseLong(words.group(2))));
  }

  /**
   * Sees to it that no supervisor will ever run this container: one that is just starting finds its
   * place taken, and ends.
   *
   * @return false when there is, or was, a supervisor
   */
  boolean claim() throws IOException {
    try {
      Files.createFile(path.resolve("pid"));
      return true;
    } catch (FileAlreadyExistsException e) {
      return Files.size(path.resolve("pid")) == 0;
    }
  }

  /** Whether the command ended, or will never run, and the supervisor said so. */
  boolean isOver() {
    return Files.exists(path.resolve("status"));
  }

  /** Whether the supervisor can take signals. */
  boolean isReady() {
    return Files.exists(path.resolve("pid"));
  }

  Outcome outcome() throws IOException {
    var text = read("status");
    if (text.isEmpty()) {
      return new Outcome.Unknown();
    }
    var words = text.get().split(" ", 2);
    return words[0].equals("exit")
        ? new Outcome.Exited(Integer.parseInt(words[1]))
        : new Outcome.Broken(words[1]);
  }

  /** Forgets the container, of which no supervisor is, or will be. */
  void delete() throws IOException {
    for (var name : FILES) {
      Files.deleteIfExists(path.resolve(name));
    }
    Files.deleteIfExists(path);
  }

  /**
   * Forgets a container that was claimed. A late supervisor finds its place taken, or nothing at
   * all, at any moment: file by file there would be one in which it could still begin.
   */
  void giveUp() throws IOException {
    if (hasOthers()) {
      delete();
      return;
    }
    var aside = path.resolveSibling("." + path.getFileName() + ".gone");
    var gone = new ControlDirectory(Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE));
    try {
      gone.delete();
    } catch (DirectoryNotEmptyException e) {
      // It was just making a file when the directory was moved; it can make no other.
      gone.delete();
    }
  }

  /** Whether there is something of somebody else, which stays where it is. */
  private boolean hasOthers() throws IOException {
    try (var entries = Files.list(path)) {
      return !entries.allMatch(entry -> FILES.contains(entry.getFileName().toString()));
    }
  }

  private Optional<String> read(String name) throws IOException {
    var file = path.resolve(name);
    return Files.exists(file)
        ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
        : Optional.empty();
  }
}
