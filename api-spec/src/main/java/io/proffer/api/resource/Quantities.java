package io.proffer.api.resource;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plain amounts by name, without roles or reservations: totals, shares, quotas.
 *
 * <p>Names ascend; an amount is never zero or negative. Amounts are thousandths.
 */
public final class Quantities {
  private static final Quantities EMPTY = new Quantities(new String[0], new long[0]);

  private final String[] names;
  private final long[] amounts;

  private Quantities(String[] names, long[] amounts) {
    this.names = names;
    this.amounts = amounts;
  }

  /** Nothing at all. */
  public static Quantities empty() {
    return EMPTY;
  }

  /** Thousandths by name; zeros and less are left out. */
  public static Quantities of(Map<String, Long> thousandths) {
    var sorted = new TreeMap<>(thousandths);
    sorted.values().removeIf(amount -> amount <= 0);
    if (sorted.isEmpty()) {
      return EMPTY;
    }
    var amounts = sorted.values().stream().mapToLong(Long::longValue).toArray();
    return new Quantities(sorted.keySet().toArray(String[]::new), amounts);
  }

  /** So many thousandths of one name. */
  public static Quantities of(String name, long thousandths) {
    return thousandths <= 0 ? EMPTY : new Quantities(new String[] {name}, new long[] {thousandths});
  }

  /**
   * Reads {@code cpus:1;mem:2}.
   *
   * @throws ResourceParseException when the text is something else
   */
  public static Quantities parse(String text) {
    var found = new TreeMap<String, Long>();
    for (var token : Tokens.split(text, ";")) {
      var pair = Tokens.split(token, ":");
      if (pair.size() != 2) {
        throw new ResourceParseException(
            "Bad value for resources, missing or extra ':' in " + token);
      }
      var name = pair.getFirst().strip();
      if (!(ValueText.parse(pair.getLast()) instanceof ValueText.Scalar scalar)) {
        throw new ResourceParseException(
            "Bad value for resource quantity '"
                + name
                + "': expected a number, got "
                + pair.getLast());
      }
      found.merge(name, Thousandths.of(scalar.value()), Thousandths::plus);
    }
    return of(found);
  }

  /** What keeps a number from being a quantity: only normal numbers and zero are. */
  public static Optional<String> check(double value) {
    if (Double.isNaN(value)) {
      return Optional.of("NaN not supported");
    }
    if (Double.isInfinite(value)) {
      return Optional.of("Infinite values not supported");
    }
    if (value != 0 && Math.abs(value) < Double.MIN_NORMAL) {
      return Optional.of("Subnormal values not supported");
    }
    if (value < 0) {
      return Optional.of("Negative values not supported");
    }
    return Optional.empty();
  }

  /** Number of names. */
  public int size() {
    return names.length;
  }

  /** The i-th name, ascending. */
  public String name(int i) {
    return names[i];
  }

  /** Thousandths of the i-th name; positive. */
  public long amount(int i) {
    return amounts[i];
  }

  /** Thousandths of this name; 0 when it is not there. */
  public long get(String name) {
    int i = Arrays.binarySearch(names, name);
    return i < 0 ? 0 : amounts[i];
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return names.length == 0;
  }

  /** The sum. */
  public Quantities plus(Quantities other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    var newNames = new String[names.length + other.names.length];
    var newAmounts = new long[newNames.length];
    int n = 0;
    int i = 0;
    int j = 0;
    while (i < names.length || j < other.names.length) {
      int order = compareHeads(i, other, j);
      newNames[n] = order <= 0 ? names[i] : other.names[j];
      long left = order <= 0 ? amounts[i++] : 0;
      long right = order >= 0 ? other.amounts[j++] : 0;
      newAmounts[n++] = Thousandths.plus(left, right);
    }
    return new Quantities(Arrays.copyOf(newNames, n), Arrays.copyOf(newAmounts, n));
  }

  private int compareHeads(int i, Quantities other, int j) {
    if (i == names.length) {
      return 1;
    }
    return j == other.names.length ? -1 : names[i].compareTo(other.names[j]);
  }

  /** The difference; what would be zero or less is gone. */
  public Quantities minus(Quantities other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    var newNames = new String[names.length];
    var newAmounts = new long[names.length];
    int n = 0;
    for (int i = 0; i < names.length; i++) {
      long rest = Thousandths.minus(amounts[i], other.get(names[i]));
      if (rest > 0) {
        newNames[n] = names[i];
        newAmounts[n++] = rest;
      }
    }
    return n == 0
        ? EMPTY
        : new Quantities(Arrays.copyOf(newNames, n), Arrays.copyOf(newAmounts, n));
  }

  /** Whether there is at least as much of everything. */
  public boolean contains(Quantities other) {
    for (int i = 0; i < other.names.length; i++) {
      if (get(other.names[i]) < other.amounts[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The largest share this has of any name of the total; 0 without total. A name the total lacks
   * does not count.
   */
  public double dominantShare(Quantities total) {
    double share = 0;
    for (int i = 0; i < names.length; i++) {
      long whole = total.get(names[i]);
      if (whole > 0) {
        share = Math.max(share, (double) amounts[i] / whole);
      }
    }
    return share;
  }

  /** Whole units of this name, absent when there is none. */
  public Optional<Double> units(String name) {
    long found = get(name);
    return found == 0 ? Optional.empty() : Optional.of(Thousandths.toDouble(found));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quantities that
        && Arrays.equals(names, that.names)
        && Arrays.equals(amounts, that.amounts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(names) * 31 + Arrays.hashCode(amounts);
  }

  /** {@code cpus:1; mem:2}; empty: {@code {}}. */
  @Override
  public String toString() {
    if (isEmpty()) {
      return "{}";
    }
    var text = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      text.append(i == 0 ? "" : "; ").append(names[i]).append(':');
      text.append(Thousandths.text(amounts[i]));
    }
    return text.toString();
  }
}
