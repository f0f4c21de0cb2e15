package io.proffer.master.core.allocator;

import io.proffer.api.resource.Quantities;
import java.math.BigDecimal;
import java.util.List;

/** A fraction of any size, never rounded. */
record NaiveShare(BigDecimal part, BigDecimal whole) implements Comparable<NaiveShare> {

  /** The largest share of any name that counts, divided by the exact value of the weight. */
  static NaiveShare dominant(
      Quantities mine, Quantities total, List<String> excluded, double weight) {
    var dominant = new NaiveShare(BigDecimal.ZERO, BigDecimal.ONE);
    for (int i = 0; i < mine.size(); i++) {
      var name = mine.name(i);
      if (total.get(name) > 0 && !excluded.contains(name)) {
        var share =
            new NaiveShare(
                BigDecimal.valueOf(mine.amount(i)),
                BigDecimal.valueOf(total.get(name)).multiply(new BigDecimal(weight)));
        dominant = share.compareTo(dominant) > 0 ? share : dominant;
      }
    }
    return dominant;
  }

  @Override
  public int compareTo(NaiveShare other) {
    return part.multiply(other.whole).compareTo(other.part.multiply(whole));
  }
}
