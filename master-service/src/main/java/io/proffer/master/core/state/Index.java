package io.proffer.master.core.state;

import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which members belong to an owner, both in ascending order, so that a walk can stop after any
 * member and go on there later, whatever has come or gone meanwhile.
 */
final class Index<O extends Comparable<O>, M extends Comparable<M>> {
  private final TreeMap<O, TreeSet<M>> members = new TreeMap<>();
  private final Undo undo;

  Index(Undo undo) {
    this.undo = undo;
  }

  void add(O owner, M member) {
    if (insert(owner, member)) {
      undo.record(() -> delete(owner, member));
    }
  }

  void remove(O owner, M member) {
    if (delete(owner, member)) {
      undo.record(() -> insert(owner, member));
    }
  }

  /** The owner's members; a copy. */
  List<M> of(O owner) {
    return List.copyOf(view(owner));
  }

  /** The owner's members now; changes with the index. */
  NavigableSet<M> view(O owner) {
    var found = members.get(owner);
    return found == null
        ? Collections.emptyNavigableSet()
        : Collections.unmodifiableNavigableSet(found);
  }

  /** At most {@code limit} members after this one, or from the first. */
  List<M> page(O owner, Optional<M> after, int limit) {
    var all = view(owner);
    var rest = after.isPresent() ? all.tailSet(after.get(), false) : all;
    var page = new ArrayList<M>(Math.min(limit, 1024));
    for (var member : rest) {
      if (page.size() == limit) {
        break;
      }
      page.add(member);
    }
    return page;
  }

  int size(O owner) {
    var found = members.get(owner);
    return found == null ? 0 : found.size();
  }

  /** Everything, for the comparison of states. */
  Map<O, NavigableSet<M>> content() {
    var copy = new TreeMap<O, NavigableSet<M>>();
    members.forEach((owner, set) -> copy.put(owner, new TreeSet<>(set)));
    return copy;
  }

  private boolean insert(O owner, M member) {
    return members.computeIfAbsent(owner, none -> new TreeSet<>()).add(member);
  }

  private boolean delete(O owner, M member) {
    var found = members.get(owner);
    if (found == null || !found.remove(member)) {
      return false;
    }
    if (found.isEmpty()) {
      members.remove(owner);
    }
    return true;
  }
}
