package io.proffer.api.resource;

import io.proffer.api.v1.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A value in the text format of {@code --resources} and {@code --attributes} (resources.md, 4). */
sealed interface ValueText {
  record Scalar(double value) implements ValueText {}

  record Ranges(RangesAmount amount) implements ValueText {}

  record Items(List<String> items) implements ValueText {}

  record Words(String text) implements ValueText {}

  /** A decimal number, and the words the reference reads as numbers too. */
  Pattern NUMBER =
      Pattern.compile(
          "[+-]?((\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|inf(inity)?|nan)",
          Pattern.CASE_INSENSITIVE);

  /** Reads one value; spaces do not count. */
  static ValueText parse(String text) {
    var packed = text.replace(" ", "");
    if (packed.isEmpty()) {
      throw new ResourceParseException("Expecting non-empty string");
    }
    if (packed.indexOf('[') > 0) {
      throw new ResourceParseException("Unexpected '[' found");
    }
    if (packed.startsWith("[")) {
      return new Ranges(ranges(packed));
    }
    if (packed.indexOf('{') > 0) {
      throw new ResourceParseException("Unexpected '{' found");
    }
    if (packed.startsWith("{")) {
      return new Items(Tokens.split(packed, "{},\n"));
    }
    if (NUMBER.matcher(packed).matches()) {
      return new Scalar(number(packed));
    }
    return new Words(packed);
  }

  private static double number(String text) {
    double value = numeric(text);
    var error = Quantities.check(value);
    if (error.isPresent()) {
      throw new ResourceParseException(error.get() + ": " + text);
    }
    return value;
  }

  private static double numeric(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("nan")) {
      return Double.NaN;
    }
    if (lower.contains("inf")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(text);
  }

  private static RangesAmount ranges(String text) {
    var bounds = Tokens.split(text, "[]-,\n");
    if (bounds.size() % 2 != 0) {
      throw new ResourceParseException("Expecting one or more \"ranges\"");
    }
    var numbers = new ArrayList<Long>(bounds.size());
    for (var bound : bounds) {
      try {
        numbers.add(Long.parseUnsignedLong(bound));
      } catch (NumberFormatException e) {
        throw new ResourceParseException("Expecting non-negative integers in '" + text + "'");
      }
    }
    var message = Value.Ranges.newBuilder();
    for (int i = 0; i < numbers.size(); i += 2) {
      if (Long.compareUnsigned(numbers.get(i), numbers.get(i + 1)) > 0) {
        throw new ResourceParseException("Invalid range in '" + text + "': begin > end");
      }
      message.addRange(
          Value.Range.newBuilder().setBegin(numbers.get(i)).setEnd(numbers.get(i + 1)));
    }
    return RangesAmount.of(message.build());
  }
}
