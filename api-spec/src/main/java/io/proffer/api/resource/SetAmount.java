package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Value;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** A set of names, sorted. Subtraction does not require containment. */
public final class SetAmount implements Amount {
  private final String[] items;

  private SetAmount(String[] items) {
    this.items = items;
  }

  /** The items in any order; doubles count once. */
  public static SetAmount of(Collection<String> items) {
    return new SetAmount(new TreeSet<>(items).toArray(String[]::new));
  }

  /** The items in ascending order. */
  public List<String> items() {
    return List.of(items);
  }

  @Override
  public boolean isEmpty() {
    return items.length == 0;
  }

  @Override
  public SetAmount plus(Amount other) {
    var all = new TreeSet<>(Arrays.asList(items));
    all.addAll(Arrays.asList(((SetAmount) other).items));
    return of(all);
  }

  @Override
  public SetAmount minus(Amount other) {
    var rest = new TreeSet<>(Arrays.asList(items));
    for (var item : ((SetAmount) other).items) {
      rest.remove(item);
    }
    return of(rest);
  }

  @Override
  public boolean contains(Amount other) {
    for (var item : ((SetAmount) other).items) {
      if (Arrays.binarySearch(items, item) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void writeTo(Resource.Builder message) {
    message.setType(Value.Type.SET).setSet(Value.Set.newBuilder().addAllItem(Arrays.asList(items)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SetAmount that && Arrays.equals(items, that.items);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(items);
  }

  /** {@code {a, b}}. */
  @Override
  public String toString() {
    return text(Arrays.asList(items));
  }

  /** Items as they came, sorted or not, for error texts. */
  static String text(List<String> items) {
    return "{" + String.join(", ", items) + "}";
  }
}
