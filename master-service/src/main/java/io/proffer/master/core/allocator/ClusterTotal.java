package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all agents have together, active or not: the whole of which shares are parts. */
final class ClusterTotal {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
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

  /** The number of a resource name. */
  int number(String name) {
    var known = numbers.get(name);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    numbers.put(name, number);
    return number;
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

  /** First number of a name that counts in shares. */
  int firstCounted() {
    return excluded;
  }

  /** One more than the largest number. */
  int names() {
    return numbers.size();
  }

  /** All names, by number. */
  List<String> nameList() {
    return List.copyOf(numbers.keySet());
  }

  long get(int name) {
    return amounts.get(name);
  }
}
