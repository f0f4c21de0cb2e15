package io.proffer.api.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Resources as the older JSON endpoints show them (operator-api.md, 3). */
public final class LegacyResources {
  /** Shown always, in this order, also when there are none. */
  private static final List<String> KNOWN = List.of("disk", "mem", "gpus", "cpus");

  private LegacyResources() {}

  /** Takes the sums, each under its own name. */
  public interface Sink {
    void number(String name, double value) throws IOException;

    void text(String name, String value) throws IOException;
  }

  /** Of one name. */
  private record Sum(String name, Amount amount) {
    Sum plus(Amount more) {
      // Kinds of one name may differ in type; then the first one is shown.
      return amount.getClass() == more.getClass() ? new Sum(name, amount.plus(more)) : this;
    }
  }

  /**
   * {@code {"disk":0.0,"mem":64.0,"gpus":0.0,"cpus":1.0,"ports":"[31000-31001]"}}: the four known
   * scalars always, others when there are some; revocable ones under {@code NAME_revocable}.
   */
  public static void show(Resources resources, Sink sink) throws IOException {
    // There are few: a row of them is walked in less than a map is made.
    var sums = new ArrayList<Sum>(8);
    for (var element : resources) {
      add(element, sums);
    }
    for (var known : KNOWN) {
      var sum = find(known, sums);
      if (sum < 0) {
        sink.number(known, 0);
      } else {
        show(sums.remove(sum), sink);
      }
    }
    sums.sort(Comparator.comparing(Sum::name));
    for (var sum : sums) {
      show(sum, sink);
    }
  }

  private static void add(Element element, List<Sum> sums) {
    var name = element.kind().revocable() ? element.name() + "_revocable" : element.name();
    var at = find(name, sums);
    if (at < 0) {
      sums.add(new Sum(name, element.amount()));
    } else {
      sums.set(at, sums.get(at).plus(element.amount()));
    }
  }

  private static int find(String name, List<Sum> sums) {
    for (var i = 0; i < sums.size(); i++) {
      if (sums.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static void show(Sum sum, Sink sink) throws IOException {
    switch (sum.amount()) {
      case ScalarAmount scalar ->
          sink.number(sum.name(), Thousandths.toDouble(scalar.thousandths()));
      case RangesAmount ranges -> sink.text(sum.name(), ranges.toString());
      case SetAmount set -> sink.text(sum.name(), set.toString());
    }
  }
}
