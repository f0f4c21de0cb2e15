package io.proffer.master.registry.zookeeper;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which nodes of records are there: ZooKeeper tells making one from changing one, and the one
 * writer there is knows which it must be. Of the thread of the nodes.
 */
final class Shelf {
  /** A value up to this size lies in a node of its own, and a hundred are read at once. */
  static final int SMALL = 4096;

  private final String root;
  private final int pieceBytes;
  private final NavigableSet<String> small = new TreeSet<>();

  /**
   * By key the numbers of the pieces. All are there, unless a large batch is being put in place.
   */
  private final Map<String, NavigableSet<Integer>> large = new TreeMap<>();

  /**
   * @param root the registry's path
   * @param pieceBytes the largest data of one node
   */
  Shelf(String root, int pieceBytes) {
    this.root = root;
    this.pieceBytes = Math.max(pieceBytes, SMALL);
  }

  /** The name of a node that is there now. */
  void found(String node) {
    var piece = KeyNames.piece(node);
    var key = KeyNames.key(node);
    if (piece < 0) {
      small.add(key);
    } else {
      large.computeIfAbsent(key, any -> new TreeSet<>()).add(piece);
    }
  }

  /** Keys of small values, each with its one node. */
  List<String> small() {
    return List.copyOf(small);
  }

  List<String> large() {
    return List.copyOf(large.keySet());
  }

  /** The nodes of a key, in the order of its bytes; none when it is not there. */
  Set<String> nodes(String key) {
    var nodes = new LinkedHashSet<String>();
    if (small.contains(key)) {
      nodes.add(base(key));
    }
    large
        .getOrDefault(key, new TreeSet<>())
        .forEach(piece -> nodes.add(KeyNames.piece(base(key), piece)));
    return nodes;
  }

  /** What makes this key's nodes say that value. */
  List<Change> changes(String key, Optional<byte[]> value) {
    var before = nodes(key);
    var after = value.map(bytes -> names(key, bytes.length)).orElse(List.of());
    var changes = new ArrayList<Change>(after.size());
    before.stream()
        .filter(node -> !after.contains(node))
        .forEach(node -> changes.add(new Change.Delete(node)));
    for (var i = 0; i < after.size(); i++) {
      var bytes = value.orElseThrow();
      var from = i * pieceBytes;
      var data = ByteString.copyFrom(bytes, from, Math.min(pieceBytes, bytes.length - from));
      changes.add(
          before.contains(after.get(i))
              ? new Change.Set(after.get(i), data, Node.ANY_VERSION)
              : new Change.Create(after.get(i), data));
    }
    return changes;
  }

  /** That write is in place. */
  void put(String key, Optional<byte[]> value) {
    small.remove(key);
    large.remove(key);
    value.ifPresent(
        bytes ->
            names(key, bytes.length).forEach(it -> found(it.substring(it.lastIndexOf('/') + 1))));
  }

  private List<String> names(String key, int bytes) {
    var base = base(key);
    if (bytes <= SMALL) {
      return List.of(base);
    }
    var names = new ArrayList<String>();
    for (var from = 0; from < bytes; from += pieceBytes) {
      names.add(KeyNames.piece(base, names.size()));
    }
    return names;
  }

  private String base(String key) {
    return root + "/" + KeyNames.bucket(key) + "/" + KeyNames.name(key);
  }
}
