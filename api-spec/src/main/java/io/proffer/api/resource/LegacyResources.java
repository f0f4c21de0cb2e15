package io.proffer.api.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Resources as the older JSON endpoints show them (operator-api.md, 3). */
public final class LegacyResources {
  private LegacyResources() {}

  /**
   * {@code {"disk":0.0,"mem":64.0,"gpus":0.0,"cpus":1.0,"ports":"[31000-31001]"}}: the four known
   * scalars always, others when there are some; revocable ones under {@code NAME_revocable}.
   */
  public static Map<String, Object> of(Resources resources) {
    var shape = new LinkedHashMap<String, Object>();
    for (var name : new String[] {"disk", "mem", "gpus", "cpus"}) {
      shape.put(name, 0.0);
    }
    var sums = new TreeMap<String, Amount>();
    for (var element : resources) {
      var key = element.kind().revocable() ? element.name() + "_revocable" : element.name();
      sums.merge(key, element.amount(), LegacyResources::sum);
    }
    for (Map.Entry<String, Amount> entry : sums.entrySet()) {
      shape.put(
          entry.getKey(),
          switch (entry.getValue()) {
            case ScalarAmount scalar -> Thousandths.toDouble(scalar.thousandths());
            case RangesAmount ranges -> ranges.toString();
            case SetAmount set -> set.toString();
          });
    }
    return shape;
  }

  /** Kinds of one name may differ in type; then the first one is shown. */
  private static Amount sum(Amount left, Amount right) {
    return left.getClass() == right.getClass() ? left.plus(right) : left;
  }
}
