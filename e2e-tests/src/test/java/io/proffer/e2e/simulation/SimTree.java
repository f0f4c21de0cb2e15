package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.NodesException;
import io.proffer.api.zookeeper.NodesException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The nodes that the simulated servers of ZooKeeper keep. */
final class SimTree {
  private static final String ROOT = "";

  private static final class Entry {
    private ByteString data;
    private int version;
    private final long owner;
    private final TreeSet<String> children = new TreeSet<>();
    private int nextNumber;

    Entry(ByteString data, long owner) {
      this.data = data;
      this.owner = owner;
    }

    Entry copy() {
      var copy = new Entry(data, owner);
      copy.version = version;
      copy.children.addAll(children);
      copy.nextNumber = nextNumber;
      return copy;
    }
  }

  private final TreeMap<String, Entry> entries = new TreeMap<>();

  /** Hears of each node that has other children, or is there, or not any more. */
  private final Consumer<String> changed;

  SimTree(Consumer<String> changed) {
    this.changed = changed;
    entries.put(ROOT, new Entry(ByteString.EMPTY, 0));
  }

  /** As it is now, of which nobody hears when it changes. */
  SimTree copy() {
    var copy = new SimTree(path -> {});
    entries.forEach((path, entry) -> copy.entries.put(path, entry.copy()));
    return copy;
  }

  Optional<Node> read(String path) {
    return Optional.ofNullable(entries.get(path))
        .map(it -> new Node(it.data, it.version, it.owner));
  }

  List<String> children(String path) {
    var entry = entries.get(path);
    return entry == null ? List.of() : List.copyOf(entry.children);
  }

  /** Makes a node that ends with a session; the answer is its path. */
  String enlist(String path, ByteString data, long owner) {
    var parent = entries.get(parent(path));
    if (parent == null) {
      throw failure(Kind.MISSING, path);
    }
    var numbered = path + String.format(Locale.ROOT, "%010d", parent.nextNumber);
    create(numbered, data, owner);
    return numbered;
  }

  /** All or nothing. */
  void commit(List<Change> changes) {
    var undo = new ArrayList<Runnable>();
    var touched = new ArrayList<String>();
    try {
      for (var change : changes) {
        undo.addFirst(make(change, touched));
      }
    } catch (NodesException e) {
      undo.forEach(Runnable::run);
      throw e;
    }
    touched.forEach(changed);
  }

  void create(String path, ByteString data, long owner) {
    add(path, new Entry(data, owner));
    touch(path, changed);
  }

  /** All that ends with a session. */
  List<String> ownedBy(long session) {
    return entries.entrySet().stream()
        .filter(it -> it.getValue().owner == session)
        .map(it -> it.getKey())
        .toList();
  }

  private Runnable make(Change change, List<String> touched) {
    return switch (change) {
      case Change.Create(var path, var data) -> {
        var parent = add(path, new Entry(data, 0));
        touch(path, touched::add);
        yield () -> {
          entries.remove(path);
          parent.children.remove(name(path));
        };
      }
      case Change.Set(var path, var data, var version) -> {
        var entry = entry(path);
        if (version != Node.ANY_VERSION && version != entry.version) {
          throw failure(Kind.VERSION, path);
        }
        var before = entry.data;
        entry.data = data;
        entry.version++;
        yield () -> {
          entry.data = before;
          entry.version--;
        };
      }
      case Change.Delete(var path) -> {
        var entry = entry(path);
        if (!entry.children.isEmpty()) {
          throw failure(Kind.OTHER, path + ", which has children");
        }
        var parent = entries.get(parent(path));
        entries.remove(path);
        parent.children.remove(name(path));
        touch(path, touched::add);
        yield () -> {
          entries.put(path, entry);
          parent.children.add(name(path));
        };
      }
    };
  }

  private Entry add(String path, Entry entry) {
    var parent = entries.get(parent(path));
    if (parent == null) {
      throw failure(Kind.MISSING, path);
    }
    if (entries.containsKey(path)) {
      throw failure(Kind.EXISTS, path);
    }
    entries.put(path, entry);
    parent.children.add(name(path));
    parent.nextNumber++;
    return parent;
  }

  private Entry entry(String path) {
    var entry = entries.get(path);
    if (entry == null) {
      throw failure(Kind.MISSING, path);
    }
    return entry;
  }

  private static void touch(String path, Consumer<String> changed) {
    changed.accept(path);
    changed.accept(parent(path));
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static NodesException failure(Kind kind, String what) {
    return new NodesException(kind, "simulated: %s of %s".formatted(kind, what), null);
  }
}
