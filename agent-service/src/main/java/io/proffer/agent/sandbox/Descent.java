package io.proffer.agent.sandbox;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Goes down into a run one name at a time, each opened relative to the directory before it and
 * never through a link. The task owns what is down there and may exchange it at any moment: with a
 * path that is checked first and opened later, it could lead an agent that is root to any file. A
 * link is followed by taking its text for more names to go through, so it ends inside or nowhere.
 */
final class Descent implements AutoCloseable {
  /** As many links as Linux follows. */
  private static final int MAX_LINKS = 40;

  /** Each level holds an open file. */
  private static final int MAX_DEPTH = 128;

  private static final int MAX_NAMES = 4096;

  private final Path run;

  /** From the run down to where we are. */
  private final Deque<Handle> levels = new ArrayDeque<>();

  /** What is held where the descent ended. */
  private Optional<Handle> leaf = Optional.empty();

  /** Where a descent ended; good as long as the descent is open. */
  sealed interface End {
    /** In a directory. */
    record Directory(Handle held) implements End {}

    /** At something else, by its name in the directory before it. */
    record Leaf(Handle held, Path name) implements End {}
  }

  /** At the top of a run, which must be a directory whose parent no task can write to. */
  Descent(Path run) throws IOException {
    this.run = run;
    // With the dot it is refused when it is no directory.
    levels.addLast(Handle.of(run.resolve(".")));
  }

  /** Goes where these names lead; empty where they lead nowhere, or out. */
  Optional<End> follow(String rest) throws IOException {
    try {
      return follow(names(rest));
    } catch (InvalidPathException nobodysName) {
      return Optional.empty();
    }
  }

  private Optional<End> follow(Deque<String> todo) throws IOException {
    var links = 0;
    while (!todo.isEmpty()) {
      if (todo.size() > MAX_NAMES) {
        return Optional.empty();
      }
      var name = todo.removeFirst();
      if (name.equals("..")) {
        if (levels.size() == 1) {
          return Optional.empty();
        }
        levels.removeLast().close();
        continue;
      }
      var here = levels.getLast();
      var child = Path.of(name);
      var held = here.child(child);
      leaf = Optional.of(held);
      var kind = held.attributes();
      if (kind.isSymbolicLink()) {
        letGo();
        if (++links > MAX_LINKS) {
          throw new FileSystemLoopException(name);
        }
        if (!enter(Files.readSymbolicLink(here.path().resolve(child)), todo)) {
          return Optional.empty();
        }
      } else if (kind.isDirectory()) {
        if (levels.size() == MAX_DEPTH) {
          return Optional.empty();
        }
        levels.addLast(held);
        leaf = Optional.empty();
      } else {
        return todo.isEmpty() ? Optional.of(new End.Leaf(held, child)) : Optional.empty();
      }
    }
    return Optional.of(new End.Directory(levels.getLast()));
  }

  /**
   * Puts the names of a link's text before the others. The text may be another one than that of the
   * link which was seen: whatever it is, it is only names.
   */
  private boolean enter(Path target, Deque<String> todo) throws IOException {
    var text = target;
    if (target.isAbsolute()) {
      var real = run.toRealPath();
      if (!target.startsWith(run) && !target.startsWith(real)) {
        return false;
      }
      text = (target.startsWith(run) ? run : real).relativize(target);
      while (levels.size() > 1) {
        levels.removeLast().close();
      }
    }
    var names = names(text.toString());
    while (!names.isEmpty()) {
      todo.addFirst(names.removeLast());
    }
    return true;
  }

  private static Deque<String> names(String path) {
    var names = new ArrayDeque<String>();
    for (var name : List.of(path.split("/", -1))) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return names;
  }

  private void letGo() {
    leaf.ifPresent(Handle::close);
    leaf = Optional.empty();
  }

  @Override
  public void close() {
    letGo();
    while (!levels.isEmpty()) {
      levels.removeLast().close();
    }
  }
}
