package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.master.core.allocator.policy.Fractions;
import io.proffer.master.core.allocator.policy.Share;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all agents have together, active or not: the whole of which shares are parts. */
final class ClusterTotal {
  private static final int SEEN = 16;

  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final String[] seen = new String[SEEN];
  private final int[] seenNumbers = new int[SEEN];
  private int nextSeen;
  private final Amounts amounts = new Amounts();
  private final int excluded;
  private long version;

  /**
   * @param excluded names that do not count in shares
   */
  ClusterTotal(List<String> excluded) {
    for (var name : excluded) {
      number(name);
    }
    this.excluded = numbers.size();
  }

  /**
   * The number of a resource name. Kinds are shared, and their names with them, so the objects seen
   * last are mostly those that come; of one name there may be several, as of two kinds.
   */
  @SuppressWarnings("ReferenceEquality")
  int number(String name) {
    for (int i = 0; i < SEEN; i++) {
      if (seen[i] == name) {
        return seenNumbers[i];
      }
    }
    int number = numbers.computeIfAbsent(name, any -> numbers.size());
    seen[nextSeen] = name;
    seenNumbers[nextSeen] = number;
    nextSeen = (nextSeen + 1) % SEEN;
    return number;
  }

  /** The number of a resource name; -1 while nobody has numbered it. */
  int find(String name) {
    return numbers.getOrDefault(name, -1);
  }

  void add(Resources resources) {
    amounts.add(resources, 1, this);
    version++;
  }

  void remove(Resources resources) {
    amounts.add(resources, -1, this);
    version++;
  }

  /** Changes when a total changes, and with it all shares. */
  long version() {
    return version;
  }

  /** One more than the largest number. */
  int names() {
    return numbers.size();
  }

  /** All names, by number. */
  List<String> nameList() {
    return List.copyOf(numbers.keySet());
  }

  /** The largest part these are of any one name that counts in shares. */
  Share dominantShare(Amounts mine) {
    long part = 0;
    long whole = 1;
    for (int name = excluded; name < numbers.size(); name++) {
      long some = mine.get(name);
      long all = amounts.get(name);
      if (some > 0 && all > 0 && Fractions.compare(some, all, part, whole) > 0) {
        part = some;
        whole = all;
      }
    }
    return Share.of(part, whole);
  }

  /** The part these are of one name. */
  Share share(Amounts mine, String resource) {
    var name = numbers.get(resource);
    if (name == null || mine.get(name) <= 0 || amounts.get(name) <= 0) {
      return Share.NONE;
    }
    return Share.of(mine.get(name), amounts.get(name));
  }
}
