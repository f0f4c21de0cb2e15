package io.proffer.cli.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured: names and numbers, in the order they are printed. */
public final class Figures {
  private record Figure(double value, String unit) {}

  private final Map<String, Figure> figures = new LinkedHashMap<>();

  public void add(String name, double value, String unit) {
    figures.put(name, new Figure(value, unit));
  }

  /** A table of names, numbers and units. */
  public String table() {
    int name = figures.keySet().stream().mapToInt(String::length).max().orElse(1);
    int number =
        figures.values().stream().mapToInt(figure -> text(figure).length()).max().orElse(1);
    var text = new StringBuilder();
    figures.forEach(
        (key, figure) ->
            text.append(key)
                .repeat(' ', name + 2 - key.length() + number - text(figure).length())
                .append(text(figure))
                .append(' ')
                .append(figure.unit())
                .append('\n'));
    return text.toString();
  }

  /** One flat object; the unit is part of the name, as in {@code master_cpu_us}. */
  public String json() {
    var text = new StringBuilder("{");
    figures.forEach(
        (key, figure) ->
            text.append(text.length() == 1 ? "\n  \"" : ",\n  \"")
                .append(key.replace(' ', '_').replace("%", "percent"))
                .append(figure.unit().isEmpty() ? "" : "_" + figure.unit().replace("/", "_per_"))
                .append("\": ")
                .append(text(figure)));
    return text.append("\n}").toString();
  }

  private static String text(Figure figure) {
    int decimals = Math.abs(figure.value()) < 100 ? 2 : 0;
    var rounded = BigDecimal.valueOf(figure.value()).setScale(decimals, RoundingMode.HALF_UP);
    return rounded.stripTrailingZeros().toPlainString();
  }
}
