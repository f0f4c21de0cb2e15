package io.proffer.agent.sandbox;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
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
  private final Deque<Level> levels = new ArrayDeque<>();

  private record Level(Path path, SecureDirectoryStream<Path> directory) {}

  /** Where a descent ended; good as long as the descent is open. */
  sealed interface End {
    /** In a directory. */
    record Directory(Path path, SecureDirectoryStream<Path> opened) implements End {}

    /** At something else, by its name in this directory. */
    record Leaf(SecureDirectoryStream<Path> parent, Path name, boolean regular) implements End {}
  }

  /** At the top of a run, which must be a directory whose parent no task can write to. */
  Descent(Path run) throws IOException {
    this.run = run;
    levels.addLast(new Level(run, secure(run)));
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
        levels.removeLast().directory().close();
        continue;
      }
      var here = levels.getLast();
      var child = Path.of(name);
      var kind = kind(here, child);
      if (kind.isSymbolicLink()) {
        if (++links > MAX_LINKS) {
          throw new FileSystemLoopException(here.path().resolve(child).toString());
        }
        if (!enter(Files.readSymbolicLink(here.path().resolve(child)), todo)) {
          return Optional.empty();
        }
      } else if (kind.isDirectory()) {
        if (levels.size() == MAX_DEPTH) {
          return Optional.empty();
        }
        levels.addLast(
            new Level(
                here.path().resolve(child),
                here.directory().newDirectoryStream(child, LinkOption.NOFOLLOW_LINKS)));
      } else {
        return todo.isEmpty()
            ? Optional.of(new End.Leaf(here.directory(), child, kind.isRegularFile()))
            : Optional.empty();
      }
    }
    var end = levels.getLast();
    return Optional.of(new End.Directory(end.path(), end.directory()));
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
        levels.removeLast().directory().close();
      }
    }
    var names = names(text.toString());
    while (!names.isEmpty()) {
      todo.addFirst(names.removeLast());
    }
    return true;
  }

  private static BasicFileAttributes kind(Level level, Path child) throws IOException {
    return level
        .directory()
        .getFileAttributeView(child, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
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

  @SuppressWarnings("StreamResourceLeak") // The descent closes it with all others.
  private static SecureDirectoryStream<Path> secure(Path directory) throws IOException {
    var stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException(
        "This system cannot open files relative to directories, so no file of "
            + directory
            + " is read");
  }

  @Override
  public void close() throws IOException {
    while (!levels.isEmpty()) {
      levels.removeLast().directory().close();
    }
  }
}
