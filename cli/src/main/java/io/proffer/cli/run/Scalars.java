package io.proffer.cli.run;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Amounts of scalar resources by name, in thousandths: what one task needs. */
record Scalars(Map<String, Long> thousandths) {

  /**
   * Reads {@code cpus:0.1;mem:32}.
   *
   * @throws IllegalArgumentException if the text is no such list of positive amounts
   */
  static Scalars parse(String text) {
    var amounts = new TreeMap<String, Long>();
    for (var part : text.split(";", -1)) {
      int colon = part.indexOf(':');
      if (part.isBlank()) {
        continue;
      }
      if (colon < 1) {
        throw unreadable(text, part);
      }
      try {
        var amount = new BigDecimal(part.substring(colon + 1).strip());
        long exact = amount.movePointRight(3).longValueExact();
        if (exact <= 0 || amounts.put(part.substring(0, colon).strip(), exact) != null) {
          throw unreadable(text, part);
        }
      } catch (ArithmeticException | NumberFormatException wrong) {
        throw unreadable(text, part);
      }
    }
    if (amounts.isEmpty()) {
      throw unreadable(text, text);
    }
    return new Scalars(amounts);
  }

  @Override
  public String toString() {
    return thousandths.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + amount(entry.getValue()))
        .collect(Collectors.joining(";"));
  }

  static String amount(long thousandths) {
    return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
  }

  private static IllegalArgumentException unreadable(String text, String part) {
    return new IllegalArgumentException(
        "Expected resources like cpus:0.1;mem:32 (each name once, a positive number with at most"
            + " three decimals), but got '"
            + part
            + "' in '"
            + text
            + "'");
  }
}
